// A month of charges: previewed and posted by the program, against one `insert … select` per table of the same rows into the
// same tables, with their keys, checks and triggers. `--units` (20,000 when left out; the design's figure is a million) × 3 items.
import { randomUUID } from 'node:crypto';
import { insertRun, updateRun } from '../src/domain/charges/billing-run.store.ts';
import { workOnRun } from '../src/domain/charges/billing-work.service.ts';
import { newId } from '../src/kernel/id.ts';
import { atMost, type Context } from './bench.contract.ts';
import { type BenchDatabase, makeAccount, makeBenchCommunity } from './ground.ts';
import { elapsedMs, roundTo } from './measure.ts';

const month = '2026-11';
const untilDoneMs = 86_400_000;
const mebibyte = 2 ** 20;

export async function run({ ground, report, say, options }: Context): Promise<void> {
  const units = Number(options.get('units') ?? 20_000);
  const base = await ground.database('bench_billing');
  try {
    const accountId = await makeAccount(base, 'biller', null, []);
    const community = await makeBenchCommunity(base, 'BILL', units);
    const twin = await makeBenchCommunity(base, 'FLOOR', units);
    await base.owner.query('update units set area_hundredths_m2 = 8950');
    for (const { id } of [community, twin]) await fillPrices(base, id);
    await base.owner.query('analyze');

    let mostBytes = 0;
    const watch = setInterval(() => {
      mostBytes = Math.max(mostBytes, process.memoryUsage().rss);
    }, 50);
    const first = await oneRun(base, community.id, accountId, units);
    clearInterval(watch);
    say(`previewed in ${roundTo(first.previewMs / 1000)} s, posted in ${roundTo(first.postMs / 1000)} s`);
    const second = await oneRun(base, community.id, accountId, units);
    const { rows } = await base.owner.query<{ count: number }>(
      'select count(*)::int as count from charges where community_id = $1',
      [community.id],
    );
    if (rows[0]?.count !== units * 3) throw new Error(`${rows[0]?.count} charges stand, not ${units * 3}`);
    const floorMs = await elapsedMs(() => insertSelect(base, twin.id, community.id, accountId));
    const wholeMs = first.previewMs + first.postMs;
    report({
      what: `${units} units × 3 items, previewed and posted`,
      measure: 'times insert … select',
      ...atMost(roundTo(wholeMs / floorMs), 3),
      detail: {
        previewMs: roundTo(first.previewMs),
        postMs: roundTo(first.postMs),
        floorMs: roundTo(floorMs),
        chargesPerSecond: roundTo((units * 3_000) / wholeMs),
      },
    });
    report({
      what: 'the same month run again, nothing posted twice',
      measure: 'times the first run',
      ...atMost(roundTo((second.previewMs + second.postMs) / wholeMs), 1),
      detail: { previewMs: roundTo(second.previewMs), postMs: roundTo(second.postMs) },
    });
    report({
      what: 'memory of the process while it runs',
      measure: 'RSS, MiB',
      ...atMost(roundTo(mostBytes / mebibyte), 200),
      detail: { units },
    });
  } finally {
    await base.close();
  }
}

async function fillPrices(base: BenchDatabase, communityId: string): Promise<void> {
  const rules = [
    { kind: 'area', areaOf: 'built', priceTenThousandths: 28_000 },
    { kind: 'fixed', amountFen: 800 },
    { kind: 'area', areaOf: 'built', priceTenThousandths: 5_500 },
  ];
  for (const [place, rule] of rules.entries()) {
    const id = newId();
    await base.owner.query(
      `insert into charge_items (community_id, id, code, name, kind, due_day, created_at) values ($1, $2, $3, $3, 'management', 25, '2026-01-01')`,
      [communityId, id, `I${place}`],
    );
    await base.owner.query(
      `insert into price_versions (community_id, id, item_id, from_on, rule, rounding, payer, unsold_percent, vacant_percent, entered_at)
       values ($1, $2, $3, '2026-01-01', $4, 'fen', 'owner', 100, 100, '2026-01-01')`,
      [communityId, newId(), id, JSON.stringify(rule)],
    );
  }
}

async function oneRun(base: BenchDatabase, communityId: string, accountId: string, units: number) {
  const id = newId();
  const { house } = base;
  await house.database.write([communityId], (tx) =>
    insertRun(tx, communityId, {
      ...{ id, month, itemIds: [], createdBy: accountId, units },
      createdAt: house.time.now(),
    }),
  );
  const previewMs = await elapsedMs(() => workOnRun(house, communityId, id, untilDoneMs));
  await house.database.write([communityId], (tx) =>
    updateRun(tx, communityId, id, { state: 'posting', postBy: accountId, postAt: house.time.now() }),
  );
  const postMs = await elapsedMs(() => workOnRun(house, communityId, id, untilDoneMs));
  return { previewMs, postMs };
}

/** What the database alone needs for the same rows: it is told the amounts and works nothing out. */
async function insertSelect(base: BenchDatabase, into: string, from: string, accountId: string): Promise<void> {
  const salt = randomUUID();
  const made = (id: string) => `md5('${salt}' || ${id})::uuid`;
  await base.owner.query('begin');
  await base.owner.query(
    `create temp table floor_pairs on commit drop as
     select c.id as old_id, c.entry_id as old_entry, u.id as unit_id, i.id as item_id
     from charges c
     join units o on o.community_id = c.community_id and o.id = c.unit_id
     join units u on u.community_id = $2 and u.sort_key = o.sort_key
     join charge_items oi on oi.community_id = c.community_id and oi.id = c.item_id
     join charge_items i on i.community_id = $2 and i.code = oi.code
     where c.community_id = $1`,
    [from, into],
  );
  await base.owner.query(
    `insert into ledger_entries (community_id, id, kind, posted_at, posted_on, posted_by, line_count, debit_fen)
     select $2, ${made('e.id')}, e.kind, e.posted_at, e.posted_on, $3, e.line_count, e.debit_fen
     from ledger_entries e where e.community_id = $1`,
    [from, into, accountId],
  );
  await base.owner.query(
    `insert into charges (community_id, id, entry_id, unit_id, item_id, kind, payer_role, payer_id, month, due_on, amount_fen, detail, nth, posted_at)
     select $2, ${made('c.id')}, ${made('c.entry_id')}, p.unit_id, p.item_id, c.kind, c.payer_role, c.payer_id, c.month, c.due_on, c.amount_fen, c.detail, c.nth, c.posted_at
     from charges c join floor_pairs p on p.old_id = c.id where c.community_id = $1`,
    [from, into],
  );
  await base.owner.query(
    `insert into ledger_lines (community_id, entry_id, place, account, amount_fen, unit_id, charge_id, item_id)
     select $2, ${made('l.entry_id')}, l.place, l.account, l.amount_fen, p.unit_id, case when l.charge_id is null then null else ${made('l.charge_id')} end, p.item_id
     from ledger_lines l join floor_pairs p on p.old_entry = l.entry_id where l.community_id = $1`,
    [from, into],
  );
  await base.owner.query('commit');
}
