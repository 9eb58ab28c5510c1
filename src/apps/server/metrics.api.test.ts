// What Prometheus reads: there when configured, with nothing of anybody in it.
import { describe, expect, it } from 'vitest';
import { type Community, useHouse } from '../../../tests/house.ts';
import { recordMany } from '../../domain/audit/audit.service.ts';
import { msOfId, newId } from '../../kernel/id.ts';

const numberOf = (text: string, series: string): number => {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return Number(line?.slice(series.length + 1) ?? Number.NaN);
};

describe('the metrics', () => {
  const house = useHouse({ metrics: true });
  const read = async () => (await fetch(`${house.address}/metrics`)).text();
  const note = (community: Community) =>
    house.house.database.write([community.id], (tx) =>
      recordMany(tx, house.house.time.now(), [
        { communityId: community.id, action: 'contact.create', noun: 'contact', nounId: newId() },
      ]),
    );

  it('count requests by the pattern of their route and its answer, never by the address that was asked', async () => {
    const community = await house.community();
    const desk = await house.person('front_desk', community, '林小满');
    await desk.get(`${community.path}/repairs/${newId()}`);
    await desk.get('/communities?q=13812345678');
    await fetch(`${house.address}/wp-login.php?name=张三`);
    const text = await read();
    const count = (labels: string) => numberOf(text, `guanjia_http_request_seconds_count{${labels}}`);
    expect(count('method="GET",route="/api/v1/communities/:communityId/repairs/:id",status="404"')).toBe(1);
    expect(count('method="GET",route="none",status="404"')).toBe(1);
    expect(text).toMatch(/^process_resident_memory_bytes /m);
    for (const personal of [community.id, community.code, desk.id, desk.username, '林小满', '1381234', 'wp-login'])
      expect(text).not.toContain(personal);
  });

  it('tell how long each timer takes, what waits to be sent, and how late browsers hear', async () => {
    const community = await house.community();
    // What the day's housekeeping tells somebody goes out with the next round.
    await house.tick();
    await house.tick();
    let text = await read();
    for (const timer of ['sweep', 'seal', 'send', 'housekeep'])
      expect(numberOf(text, `guanjia_timer_seconds_count{timer="${timer}",outcome="done"}`), timer).toBeGreaterThan(0);
    expect(numberOf(text, 'guanjia_outbox_due')).toBe(0);
    expect(numberOf(text, 'guanjia_feed_lag_seconds')).toBe(0);

    await note(community);
    const [{ oldest }] = await house.asOwner('select min(audit_id::text) as oldest from audit_unsealed');
    await house.asOwner(`insert into outbox (community_id, id, kind, recipient_id, channel, dedupe, due_at, state)
      select '${community.id}', gen_random_uuid(), 'dispatched', id, 'bell', 'one', now() - interval '1 minute', 'waiting' from accounts limit 1`);
    text = await read();
    expect(numberOf(text, 'guanjia_outbox_due')).toBe(1);
    const lagMs = numberOf(text, 'guanjia_feed_lag_seconds') * 1000;
    expect(lagMs).toBeGreaterThan(0);
    expect(lagMs).toBeLessThanOrEqual(Date.now() - msOfId(oldest));
    await house.tick();
    text = await read();
    expect(numberOf(text, 'guanjia_feed_lag_seconds')).toBe(0);
    expect(numberOf(text, 'guanjia_outbox_due')).toBe(0);
  });

  it('go on when the database is away', async () => {
    const { database } = house.house;
    const { everywhere } = database;
    database.everywhere = () => Promise.reject(new Error('away'));
    const text = await read();
    database.everywhere = everywhere;
    expect(text).toMatch(/^process_cpu_seconds_total /m);
    expect(text).toMatch(/^guanjia_outbox_due nan$/im);
  });
});

describe('a program without METRICS', () => {
  const house = useHouse();
  it('has no such page', async () => {
    expect((await fetch(`${house.address}/metrics`)).status).toBe(404);
  });
});
