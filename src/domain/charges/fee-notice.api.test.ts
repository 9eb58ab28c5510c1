// Fee notices over HTTP (MN3): in bulk by building and page, one for each who pays, with what is owed from before and for how
// long; as a Word file, as a message to residents with an account; by whom, and nothing of it elsewhere.

import { describe, expect, it, vi } from 'vitest';
import yauzl from 'yauzl';
import { inBooks, owe, pay, postingOf } from '../../../tests/books.ts';
import { type Community, useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';
import { workBillingRuns } from './billing-work.service.ts';
import { householdsIn, itemIn, management, priceOf } from './charging.fixture.ts';
import type { FeeNotice } from './fee-notice.contract.ts';

vi.setConfig({ testTimeout: 60_000 });

/** The text of one part of a packed file. */
const partOf = (bytes: Buffer, name: string): Promise<string> =>
  new Promise((resolve, reject) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true }, (fault, zip) => {
      if (fault) return reject(fault);
      zip.on('end', () => reject(new Error(`${name} is not in the file`)));
      zip.on('entry', (entry: yauzl.Entry) => {
        if (entry.fileName !== name) return zip.readEntry();
        zip.openReadStream(entry, (broken, stream) => {
          if (broken) return reject(broken);
          const chunks: Buffer[] = [];
          stream.on('data', (chunk: Buffer) => chunks.push(chunk));
          stream.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
        });
      });
      zip.readEntry();
    });
  });
const house = useHouse({ startAt: '2026-11-26T02:00:00.000Z' });

/** Three households, the first let: the lessee pays for the rubbish, the owner the management fee. */
async function billed() {
  const community = await house.community();
  const finance = await house.person('finance', community);
  const manager = await house.person('manager', community);
  await itemIn(finance, community, management());
  await itemIn(finance, community, {
    ...{ code: 'LJ', name: '垃圾清运费', kind: 'other', dueDay: 25 },
    first: priceOf({ kind: 'fixed', amountFen: 800 }, '2026-01-01', { payer: 'lessee' }),
  });
  const homes = await householdsIn(house, community, 3);
  const [first, second] = homes;
  const lessee = newId();
  await house.asOwner(`
    insert into parties (community_id, id, kind, name, created_at) values ('${community.id}', '${lessee}', 'person', '租客甲', '2026-01-01T00:00:00Z');
    insert into unit_parties (community_id, id, unit_id, party_id, relation, from_on)
      values ('${community.id}', '${newId()}', '${first?.id}', '${lessee}', 'lessee', '2026-01-01')`);
  const run = (await finance.post(`${community.path}/billing-runs`, { month: '2026-11' })).body;
  await finance.post(`${community.path}/billing-runs/${run.id}/submit`);
  await manager.post(`${community.path}/billing-runs/${run.id}/approve`);
  await finance.post(`${community.path}/billing-runs/${run.id}/post`);
  while ((await workBillingRuns(house.house)) > 0);
  const posting = postingOf(house, community, finance.id);
  await inBooks(house, community, async (tx) => {
    await owe(tx, posting, { unitId: second?.id ?? '', amountFen: 12_345, month: '2026-08', dueOn: '2026-08-26' });
    await pay(tx, posting, { unitId: homes[2]?.id ?? '', fen: 25_860 });
  });
  return { community, finance, manager, homes, lessee };
}
const list = (who: { get: (path: string) => Promise<any> }, { path }: Community, query = '') =>
  who.get(`${path}/fee-notices?month=2026-11${query}`);

describe('fee notices', () => {
  it('go to each who pays, tell what is owed from before and for how long, and leave out who paid (MN3, MN13)', async () => {
    const { community, finance } = await billed();
    const { items } = (await list(finance, community)).body;
    expect(
      items.map((one: FeeNotice) => [one.unit.label, one.payer.role, one.payerName, one.toPayFen, one.earlierFen]),
    ).toEqual([
      ['3-1-101', 'owner', '业主1', 25_060, 0],
      ['3-1-101', 'lessee', '租客甲', 800, 0],
      ['3-1-102', 'owner', '', 12_345, 12_345],
      ['3-1-102', 'owner', '业主2', 25_860, 0],
    ]);
    const [earlier] = items[2].earlier;
    expect(earlier).toMatchObject({ month: '2026-08', dueOn: '2026-08-26', overdueDays: 92 });
    expect(items[0].lines[0]).toMatchObject({ dueOn: '2026-11-25', overdueDays: 1 });
    expect(items[3]).toMatchObject({ toPayInCapitals: '贰佰伍拾捌元陆角整' });
    const all = (await list(finance, community, '&open=false')).body.items;
    expect(all.some((one: FeeNotice) => one.unit.label === '3-1-103' && one.toPayFen === 0)).toBe(true);
    // Page by page the same.
    const first = (await list(finance, community, '&limit=1')).body;
    const second = (await list(finance, community, `&limit=1&cursor=${encodeURIComponent(first.nextCursor)}`)).body;
    expect([...first.items, ...second.items]).toEqual(items);
  });

  it('are a Word file with a table for each, its sums in words', async () => {
    const { community, finance } = await billed();
    await finance.post(`${community.path}/charging-settings/amend`, { noticeText: '请认准加盖财务章的收据。' });
    const file = await finance.open(`${community.path}/fee-notices/document?month=2026-11`);
    expect(file.status).toBe(200);
    const xml = await partOf(Buffer.from(await file.arrayBuffer()), 'word/document.xml');
    const text = xml.replace(/<[^>]+>/g, '');
    for (const word of [
      '租客甲（3-1-101）',
      '请认准加盖财务章的收据。',
      '贰佰伍拾元陆角整',
      '逾期 92 天',
      '建筑面积 89.5 平方米 × 2.80 元',
    ])
      expect(text).toContain(word);
    expect(text).not.toContain('3-1-103');
    expect(xml.match(/<w:tbl>/g)).toHaveLength(4);
  });

  it('are told to residents with an account, once, and say how many have none', async () => {
    const { community, finance, homes, lessee } = await billed();
    const resident = await house.person('resident', community);
    await house.asOwner(
      `insert into resident_accounts (community_id, id, account_id, party_id) values ('${community.id}', '${newId()}', '${resident.id}', '${lessee}')`,
    );
    const body = { month: '2026-11', unitId: homes[0]?.id };
    const sent = await finance.post(`${community.path}/fee-notices/send`, body);
    expect(sent.body).toEqual({ told: 1, households: 2, withoutAccount: 1 });
    await finance.post(`${community.path}/fee-notices/send`, body);
    await house.tick();
    const heard = (await resident.get('/notifications')).body.items;
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatchObject({
      kind: 'fee-notice',
      facts: { month: '2026-11', toPayFen: 800, dueOn: '2026-11-25' },
    });
  });

  it('are read by those who may, sent by fewer, and are of one community only; no phone is on them', async () => {
    const { community, finance } = await billed();
    const [butler, technician] = [await house.person('butler', community), await house.person('technician', community)];
    expect((await list(technician, community)).status).toBe(403);
    expect((await butler.post(`${community.path}/fee-notices/send`, { month: '2026-11' })).status).toBe(403);
    expect((await butler.get(`${community.path}/fee-notices/document?month=2026-11`)).status).toBe(403);
    const other = await house.community();
    const stranger = await house.person('finance', other);
    expect((await list(stranger, community)).status).toBeGreaterThan(400);
    expect((await list(stranger, other)).body.items).toEqual([]);
    expect((await list(finance, community, '&month=x')).status).toBe(422);
    expect(JSON.stringify((await list(finance, community)).body)).not.toMatch(/phone|identity/);
  });
});
