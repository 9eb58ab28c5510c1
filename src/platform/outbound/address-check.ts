// Which addresses the program may speak to on its own: public ones. A name is asked once and the answer is kept for the
// connection, so that a second answer (rebinding) reaches nothing.
import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

export type Address = { address: string; family: number };
export type Resolve = (host: string) => Promise<readonly Address[]>;

export const askDns: Resolve = (host) => lookup(host, { all: true, order: 'ipv4first' });

/** Not for the public network by their registers (RFC 6890, RFC 8190): loopback, link-local, private, shared, reserved. */
const closed4 = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  closed4.addSubnet(net, bits, 'ipv4');

/** Of IPv6 only global unicast is open, and of that not what carries an IPv4 address or documentation. */
const open6 = new BlockList();
open6.addSubnet('2000::', 3, 'ipv6');
const closed6 = new BlockList();
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  closed6.addSubnet(net, bits, 'ipv6');

export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !closed4.check(address, 'ipv4');
  if (family === 6) return open6.check(address, 'ipv6') && !closed6.check(address, 'ipv6');
  return false;
}

export type Checked = { ok: true; address: Address } | { ok: false; code: 'name_unknown' | 'address_not_allowed' };

/** One address to connect to. A name of which any answer is not public is refused whole. */
export async function checkedAddress(host: string, resolve: Resolve, mayBePrivate: boolean): Promise<Checked> {
  const family = isIP(host);
  let answers: readonly Address[];
  try {
    answers = family === 0 ? await resolve(host) : [{ address: host, family }];
  } catch {
    return { ok: false, code: 'name_unknown' };
  }
  const [first] = answers;
  if (first === undefined) return { ok: false, code: 'name_unknown' };
  if (!mayBePrivate && !answers.every(({ address }) => isPublicAddress(address)))
    return { ok: false, code: 'address_not_allowed' };
  return { ok: true, address: first };
}
