import { describe, expect, it } from 'vitest';
import { checkedAddress, isPublicAddress } from './address-check.ts';

describe('where the program may speak to', () => {
  it.each([
    ['8.8.8.8', true],
    ['172.15.255.255', true],
    ['172.32.0.1', true],
    ['2400:3200::1', true],
    ['127.0.0.1', false],
    ['127.255.255.254', false],
    ['0.0.0.0', false],
    ['10.1.2.3', false],
    ['100.64.0.1', false],
    ['169.254.169.254', false],
    ['172.16.0.1', false],
    ['172.31.255.255', false],
    ['192.168.1.1', false],
    ['198.18.0.1', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['::', false],
    ['::1', false],
    ['::ffff:127.0.0.1', false],
    ['::ffff:8.8.8.8', false],
    ['64:ff9b::7f00:1', false],
    ['fe80::1', false],
    ['fc00::1', false],
    ['fd12:3456::1', false],
    ['ff02::1', false],
    ['2002:7f00:1::', false],
    ['2001:0:7f00:1::', false],
    ['2001:db8::1', false],
    ['localhost', false],
    ['', false],
  ])('%s: %s', (address, isPublic) => {
    expect(isPublicAddress(address)).toBe(isPublic);
  });

  const answers =
    (...addresses: string[]) =>
    async () =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

  it('refuses a name of which any answer is closed, and one without an answer', async () => {
    const of = (resolve: Parameters<typeof checkedAddress>[1]) => checkedAddress('hook.example.cn', resolve, false);
    expect(await of(answers('8.8.8.8'))).toEqual({ ok: true, address: { address: '8.8.8.8', family: 4 } });
    expect(await of(answers('8.8.8.8', '127.0.0.1'))).toEqual({ ok: false, code: 'address_not_allowed' });
    expect(await of(answers())).toEqual({ ok: false, code: 'name_unknown' });
    expect(await of(() => Promise.reject(new Error('ENOTFOUND')))).toEqual({ ok: false, code: 'name_unknown' });
  });

  it('takes an address written out as it stands, without asking anybody', async () => {
    const nobody = () => Promise.reject(new Error('asked'));
    expect(await checkedAddress('127.0.0.1', nobody, false)).toEqual({ ok: false, code: 'address_not_allowed' });
    expect(await checkedAddress('127.0.0.1', nobody, true)).toMatchObject({ ok: true });
  });
});
