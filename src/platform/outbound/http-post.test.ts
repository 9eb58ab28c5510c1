import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HttpReceiver } from '../../../tests/http-receiver.ts';
import { makeOutbound } from './outbound.ts';

describe('a name that answers differently the second time', () => {
  const receiver = new HttpReceiver();
  let port = 0;
  beforeAll(async () => {
    port = await receiver.open();
  });
  afterAll(() => receiver.close());

  it('is asked once, and the connection goes to the address that was checked', async () => {
    let asked = 0;
    const outbound = makeOutbound({
      mayBePrivate: true,
      // Only the first answer leads anywhere: a second look-up would be refused by the network.
      resolve: async () => [{ address: asked++ === 0 ? '127.0.0.1' : '127.9.9.9', family: 4 }],
    });
    const answer = await outbound.postHttp({ url: `http://hook.example.cn:${port}/x`, headers: {}, body: '{}' });
    expect(answer).toMatchObject({ ok: true, status: 200 });
    expect(asked).toBe(1);
    expect(receiver.posts[0]?.headers.host).toBe(`hook.example.cn:${port}`);
  });
});
