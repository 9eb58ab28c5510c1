// A month of charges: previewed, approved and posted by the built program behind its answers, against one `insert … select` per
// table of the same rows into the same tables, with their keys, checks and triggers. `--units` (20,000 when left out; the
// design's figure is a million) × 3 items.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../src/kernel/id.ts';
import { atMost, type Context } from './bench.contract.ts';
import { type BenchDatabase, makeAccount, makeBenchCommunity, Visitor } from './ground.ts';
import { elapsedMs, roundTo } from './measure.ts';
import { loadNow, memoryOf, processorMsOf, processorMsOfServer } from './processes.ts';

const month = '2026-11';
const lookEveryMs = 50;

export async function run({ ground, report, say, options }: Context): Promise<void> {
  const units = Number(options.get('units') ?? 20_000);
  const base = await ground.database('bench_billing');
  const program = await base.serve();
  const pid = program.process.pid ?? 0;
  try {
    const accountId = await makeAccount(base, 'biller', null, []);
    const community = await makeBenchCommunity(base, 'BILL', units);
    const twin = await makeBenchCommunity(base, 'FLOOR', units);
    await makeAccount(base, 'finance-billing', community.id, ['finance']);
    await makeAccount(base, 'manager-billing', community.id, ['manager']);
    const people = {
      finance: await new Visitor(program.address).signIn('finance-billing'),
      manager: await new Visitor(program.address).signIn('manager-billing'),
    };
    await base.owner.query('update units set area_hundredths_m2 = 8000 + (hashtext(room) & 1023)');
    for (const { id } of [community, twin]) await fillPrices(base, id);
    await base.owner.query('analyze');

    /** Wall, and processor time of program and database. */
    const timed = async (work: () => Promise<unknown>) => {
      const [program, server] = [processorMsOf(pid), await processorMsOfServer(base.owner)];
      const wallMs = await elapsedMs(work);
      const [programMs, serverMs] = [processorMsOf(pid) - program, (await processorMsOfServer(base.owner)) - server];
      return { wallMs: roundTo(wallMs), programMs, serverMs };
    };
    const idle = memoryOf(pid);
    const load = loadNow();
    let id = '';
    const preview = await timed(async () => {
      id = await previewed(base, people.finance, community.path);
    });
    say(`previewed: ${JSON.stringify(preview)}, ${JSON.stringify(memoryOf(pid))}`);
    const post = await timed(() => posted(base, people, community.path, id));
    say(`posted: ${JSON.stringify(post)}, ${JSON.stringify(memoryOf(pid))}`);
    const most = memoryOf(pid);
    const { rows } = await base.owner.query<{ count: number }>(
      'select count(*)::int as count from charges where community_id = $1',
      [community.id],
    );
    if (rows[0]?.count !== units * 3) throw new Error(`${rows[0]?.count} charges stand, not ${units * 3}`);
    const again = await timed(() => previewed(base, people.finance, community.path));
    const loadAfter = loadNow();
    const floor = await timed(() => insertSelect(base, twin.id, community.id, accountId));
    const wallMs = preview.wallMs + post.wallMs;
    report({
      what: `${units} units × 3 items, previewed and posted`,
      measure: 'times insert … select',
      ...atMost(roundTo(wallMs / floor.wallMs), 3),
      detail: {
        previewMs: preview.wallMs,
        postMs: post.wallMs,
        floorMs: floor.wallMs,
        chargesPerSecond: roundTo((units * 3_000) / wallMs),
        ...{ load, loadAfter },
      },
    });
    const usedMs = (one: typeof post) => one.programMs + one.serverMs;
    report({
      what: 'processor time of program and database for it',
      measure: 'times insert … select',
      value: roundTo((usedMs(preview) + usedMs(post)) / floor.serverMs),
      detail: {
        previewProgramMs: preview.programMs,
        previewDatabaseMs: preview.serverMs,
        postProgramMs: post.programMs,
        postDatabaseMs: post.serverMs,
        floorDatabaseMs: floor.serverMs,
      },
    });
    report({
      what: 'the same month previewed again, nothing left to post',
      measure: 'times the first run',
      ...atMost(roundTo(again.wallMs / wallMs), 1),
      detail: { previewMs: again.wallMs },
    });
    if (most)
      report({
        what: 'memory of the program while it runs',
        measure: 'RSS, MiB',
        ...atMost(most.mostMiB, 200),
        detail: { idleMiB: idle?.nowMiB ?? 0, units },
      });
    for (const one of Object.values(people)) one.leave();
  } finally {
    await program.stop();
    await base.close();
  }
}

type People = { finance: Visitor; manager: Visitor };

/** Until the run says so; asked past the program, so that the asking costs it nothing. */
async function until(base: BenchDatabase, id: string, condition: string): Promise<void> {
  for (;;) {
    const { rows } = await base.owner.query(`select 1 from billing_runs where id = $1 and ${condition}`, [id]);
    if (rows.length > 0) return;
    await sleep(lookEveryMs);
  }
}

async function previewed(base: BenchDatabase, finance: Visitor, path: string): Promise<string> {
  const { id } = JSON.parse((await finance.post(`${path}/billing-runs`, { month })).body) as { id: string };
  await until(base, id, 'computed_at is not null');
  return id;
}

async function posted(base: BenchDatabase, { finance, manager }: People, path: string, id: string): Promise<void> {
  await finance.post(`${path}/billing-runs/${id}/submit`, {});
  await manager.post(`${path}/billing-runs/${id}/approve`, {});
  await finance.post(`${path}/billing-runs/${id}/post`, {});
  await until(base, id, `state = 'posted'`);
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
