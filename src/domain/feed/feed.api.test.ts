import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Community, useHouse } from '../../../tests/house.ts';
import { LiveClient } from '../../../tests/live.ts';
import { makeServer } from '../../apps/server/wiring.ts';
import { newId } from '../../kernel/id.ts';
import { recordMany, sealAudit } from '../audit/audit.service.ts';
import { openFeed } from './feed.service.ts';

describe('following what others change', () => {
  const feed = { heartbeatMs: 120, recheckMs: 150, pollMs: 400, backlogLimit: 50 };
  const house = useHouse({ feed });
  const clients: LiveClient[] = [];
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.stop();
  });

  const follow = async (...args: ConstructorParameters<typeof LiveClient>): Promise<LiveClient> => {
    const client = new LiveClient(...args);
    clients.push(client);
    return client.start();
  };
  /** Something changes in this community; answers the ids, in order. */
  async function change(community: Community, count = 1, isSealed = true): Promise<string[]> {
    const ids: string[] = [];
    for (let index = 0; index < count; index++) {
      const nounId = newId();
      ids.push(nounId);
      const entry = { communityId: community.id, action: 'repair.log', noun: 'repair', nounId };
      await house.house.database.write([community.id], (tx) => recordMany(tx, house.house.time.now(), [entry]));
    }
    if (isSealed) await sealAudit(house.house.database);
    return ids;
  }
  const idsOf = (client: LiveClient) => client.changes().map((one) => one.nounId);

  it('tells the present number first, then each change once, with ids only', async () => {
    const community = await house.community();
    await change(community, 3);
    const client = await follow(await house.person('front_desk', community), community);
    expect(client.events[0]).toMatchObject({ event: 'hello', id: '3' });
    const ids = await change(community, 2);
    await client.until(() => client.changes().length === 2);
    expect(client.changes()).toEqual([
      { no: 4, action: 'repair.log', noun: 'repair', nounId: ids[0], caseId: ids[0] },
      { no: 5, action: 'repair.log', noun: 'repair', nounId: ids[1], caseId: ids[1] },
    ]);
  });

  it('goes on after the last number heard, by header and by query', async () => {
    const community = await house.community();
    const desk = await house.person('front_desk', community);
    const ids = await change(community, 6);
    const client = await follow(desk, community, { from: '2' });
    await client.until(() => client.changes().length === 4);
    expect(idsOf(client)).toEqual(ids.slice(2));
    const byQuery = await desk.open(`${community.path}/events?lastEventId=5`, {}, AbortSignal.timeout(300));
    const reader = byQuery.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (reader && !text.includes('id: 6')) text += (await reader.read()).value ?? '';
    expect(text).not.toContain('id: 5\n');
  });

  it('says reset to who is too far behind, and to who brings a number that was never given', async () => {
    const community = await house.community();
    const desk = await house.person('front_desk', community);
    await change(community, 52);
    for (const from of ['1', '999', 'nonsense']) {
      const client = await follow(desk, community, { from });
      await client.until(() => client.events.length > 0);
      expect(client.events[0]).toMatchObject({ event: 'reset', id: '52' });
    }
    expect((await follow(desk, community, { from: '2' })).events.every((event) => event.event === 'message')).toBe(
      true,
    );
  });

  it('shows two streams the same and beats while nothing happens', async () => {
    const community = await house.community();
    const [a, b] = [
      await follow(await house.person('front_desk', community), community),
      await follow(await house.person('manager', community), community),
    ];
    const ids = await change(community, 30);
    for (const client of [a, b]) {
      await client.until(() => client.changes().length === 30);
      expect(idsOf(client)).toEqual(ids);
      await client.until(() => client.pieces.filter((piece) => piece.includes(': beat')).length >= 2);
    }
  });

  it('shows nothing of another community', async () => {
    const [mine, other] = [await house.community(), await house.community()];
    const desk = await house.person('front_desk', mine);
    const client = await follow(desk, mine);
    await change(other, 2);
    const ids = await change(mine, 1);
    await client.until(() => client.changes().length === 1);
    expect(idsOf(client)).toEqual(ids);
    expect((await desk.get(`${other.path}/events`)).status).toBe(404);
  });

  it('hears on when its listening connection is killed', async () => {
    const community = await house.community();
    const client = await follow(await house.person('front_desk', community), community);
    const killed = await house.house.database.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query ilike 'listen%'`);
    expect(killed.rows.length).toBe(1);
    const ids = await change(community, 3);
    await client.until(() => client.changes().length === 3);
    expect(idsOf(client)).toEqual(ids);
    expect(client.connects).toBe(1);
    const listeners = () =>
      house.house.database.pool.query(
        `select 1 from pg_stat_activity where datname = current_database() and query ilike 'listen%'`,
      );
    for (let tries = 0; (await listeners()).rows.length === 0; tries++) {
      if (tries > 100) throw new Error('nobody listens any more');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });

  it('ends when the session is signed out, and does not keep an idle session alive', async () => {
    const community = await house.community();
    const desk = await house.person('front_desk', community);
    const client = await follow(desk, community);
    await house.asOwner(
      `update sessions set last_seen_at = last_seen_at - interval '2 hours' where account_id = '${desk.id}'`,
    );
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(client.hasEnded).toBe(false);
    const [row] = await house.asOwner(`select last_seen_at from sessions where account_id = '${desk.id}'`);
    expect(Date.now() - Date.parse(row.last_seen_at)).toBeGreaterThan(3_600_000);
    await house.asOwner(`delete from sessions where account_id = '${desk.id}'`);
    await client.until(() => client.hasEnded);
  });

  it('ends at once for whoever asks while it is being closed, or afterwards', async () => {
    const community = await house.community();
    const asker = await house.person('front_desk', community);
    const links = {
      caseNouns: [],
      hidingNouns: [],
      casesInReach: async () => new Set<string>(),
      hiddenFrom: async () => new Set<string>(),
    };
    const closing = openFeed(house.house, links, feed);
    const follower = {
      communityId: community.id,
      accountId: asker.id,
      roles: ['front_desk'] as const,
      isOutsider: false,
      lastNo: undefined,
      isStillAllowed: async () => true,
    };
    const meanwhile = closing.follow(follower);
    await closing.close();
    for (const stream of [await meanwhile, await closing.follow(follower)]) {
      stream.resume();
      await once(stream, 'end', { signal: AbortSignal.timeout(2_000) });
    }
  });

  it('ends when the account is disabled', async () => {
    const community = await house.community();
    const desk = await house.person('front_desk', community);
    const client = await follow(desk, community);
    await house.asOwner(`update accounts set disabled_at = now() where id = '${desk.id}'`);
    await client.until(() => client.hasEnded);
  });

  it('shows a contractor no case but the own ones', async () => {
    const community = await house.community();
    const contractor = await house.person('contractor', community);
    const client = await follow(contractor, community);
    const own = newId();
    await house.asOwner(`insert into cases (community_id, id, code, kind, state, channel, standard_version_id, received_at, created_at, responsible_id)
      select '${community.id}', '${own}', 'BX-2026-900001', 'repair', 'logged', 'phone', id, now(), now(), '${contractor.id}'
      from service_standards where community_id = '${community.id}'`);
    await change(community, 2);
    const entry = { communityId: community.id, action: 'repair.dispatch', noun: 'repair', nounId: own };
    await house.house.database.write([community.id], (tx) => recordMany(tx, house.house.time.now(), [entry]));
    await sealAudit(house.house.database);
    await client.until(() => client.changes().length === 1);
    expect(client.changes()[0]?.nounId).toBe(own);
    // Taken away again: that too is told, or it would stay on the screen.
    await house.asOwner(`update cases set responsible_id = null where id = '${own}'`);
    await house.house.database.write([community.id], (tx) => recordMany(tx, house.house.time.now(), [entry]));
    await change(community, 1);
    await client.until(() => client.lastId === '5');
    expect(idsOf(client)).toEqual([own, own]);
  });

  it('two browsers with eight tabs, the program killed between two changes: no change missed', async () => {
    const community = await house.community();
    const people = [await house.person('front_desk', community), await house.person('manager', community)];
    const tabs: LiveClient[] = [];
    for (let tab = 0; tab < 10; tab++)
      tabs.push(await follow(people[tab % 2] as (typeof people)[0], community, { comesBack: true }));
    const before = await change(community, 5);
    // The second change is committed, but the program dies before it is numbered or told.
    const between = await change(community, 1, false);
    const port = (house.server.app.server.address() as AddressInfo).port;
    house.server.app.server.closeAllConnections();
    await house.server.close();
    const during = await change(community, 2, false);
    house.server = await makeServer(house.house, { webFolder: null, timers: true, feed });
    await house.server.app.listen({ port, host: '127.0.0.1' });
    const after = await change(community, 3, false);
    const all = [...before, ...between, ...during, ...after];
    for (const tab of tabs) {
      await tab.until(() => tab.changes().length >= all.length);
      expect(idsOf(tab)).toEqual(all);
      expect(tab.connects).toBeGreaterThan(1);
    }
  });
});
