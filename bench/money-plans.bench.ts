// How PostgreSQL carries out each list of money, with a hundred thousand charges and seven in ten of them paid (a million with
// --large), over two years: as the app role, behind the policies. A whole table read for one page is a miss.
import { newId } from '../src/kernel/id.ts';
import { dayOf, plusDays } from '../src/kernel/time.ts';
import { makeClient } from '../src/platform/database/own-client.ts';
import type { Context } from './bench.contract.ts';
import { settleDown, withoutTriggers } from './fill.ts';
import { type BenchCommunity, type BenchDatabase, makeAccount, makeBenchCommunity, uuidOf } from './ground.ts';
import { explainLists } from './plans.bench.ts';

/** So that each has charges of two years, not of centuries. */
const chargesOfHome = 50;
const months = 24;
const inBook = 500;
const tables = [
  'ledger_entries',
  'ledger_lines',
  'charges',
  'payments',
  'receipts',
  'receipt_books',
  'daily_closes',
] as const;

export async function run({ ground, report, large, say, options }: Context): Promise<void> {
  const size = Number(options.get('rows') ?? (large ? 1_000_000 : 100_000));
  const base = await ground.database('bench_money_plans');
  const program = await base.serve();
  const client = makeClient(base.appAccess);
  await client.connect();
  try {
    const community = await makeBenchCommunity(base, 'MONEY', Math.max(400, Math.round(size / chargesOfHome)));
    const username = 'money-plans';
    const cashierId = await makeAccount(base, username, community.id, ['finance', 'cashier', 'manager']);
    const receiverId = await makeAccount(base, 'money-receiver', community.id, ['finance']);
    await withoutTriggers(base, tables, () => fillMoney(base, community, { cashierId, receiverId }, size));
    await settleDown(base, ...tables);
    await program.stop();
    const today = dayOf(base.house.time.now());
    const week = `from=${plusDays(today, -6)}&until=${today}`;
    const month = plusDays(today, -40).slice(0, 7);
    const unit = community.unitIds[7];
    const at = `${community.path}/`;
    // A report of a month or a week adds up all that came in it.
    const ofMonth = Math.ceil((size * 4) / months);
    await explainLists({ base, client, communityId: community.id, username, size, report, say }, [
      ['counter: what a home owes', `${at}units/${unit}/due`],
      ['account of a home', `${at}units/${unit}/account`],
      ['charges of a home', `${at}units/${unit}/charges`],
      ['payments', `${at}payments`],
      ['payments of a home', `${at}payments?unitId=${unit}`],
      ['receipts', `${at}receipts`],
      ['receipts, one number', `${at}receipts?q=000123`],
      ['receipt books', `${at}receipt-books`],
      ['receipts of a week', `${at}receipt-detail?${week}`, ofMonth],
      ['daily closes', `${at}daily-closes?${week}`],
      ['what a cashier counts today', `${at}daily-closes/sheet`],
      ['custody', `${at}custody`, ofMonth],
      ['surprise counts', `${at}surprise-counts`],
      ['money alarms', `${at}money-alarms`],
      ['books of a month', `${at}books?month=${month}`, size * 4],
      ['fee notices of a month', `${at}fee-notices?month=${month}`, ofMonth],
      ['deposits', `${at}deposits`],
      ['waivers', `${at}waivers`],
      ['refunds of what was paid ahead', `${at}prepaid-refunds`],
      ['billing runs', `${at}billing-runs`],
      ['charge items', `${at}charge-items`],
    ]);
  } finally {
    await client.end();
    await base.close();
  }
}

/** A charge each minute or so, seven in ten of them paid a week later, each payment with its receipt. */
async function fillMoney(
  base: BenchDatabase,
  { id: communityId, unitIds }: BenchCommunity,
  { cashierId, receiverId }: { cashierId: string; receiverId: string },
  size: number,
): Promise<void> {
  const itemId = newId();
  const now = base.house.time.now();
  const secondsBetween = Math.floor((months * 30 * 86_400) / size);
  const q = (text: string) => `'${text}'`;
  const c = `${q(communityId)}::uuid`;
  const id = (word: string) => uuidOf(`'${word}' || n`).replaceAll('$1', q(communityId));
  const book = id('book');
  const bookOf = book.replaceAll('|| n', `|| (n - 1) / ${inBook}`);
  const unit = `(array[${unitIds.map(q).join(',')}]::uuid[])[n % ${unitIds.length} + 1]`;
  const at = `(${q(now)}::timestamptz - make_interval(secs => n * ${secondsBetween}::bigint))`;
  const paidAt = `(${at} + interval '7 days')`;
  const day = (when: string) => `(${when} at time zone 'Asia/Shanghai')::date`;
  const fen = '(10000 + n % 9000)';
  const every = `generate_series(1, ${size}) n`;
  const paid = `${every} where n % 10 < 7 and ${paidAt} <= ${q(now)}::timestamptz`;
  await base.owner.query(`
    insert into charge_items (community_id, id, code, name, kind, due_day, created_at)
      values (${c}, ${q(itemId)}, 'WY', '物业费', 'management', 25, '2024-01-01');
    insert into receipt_books (community_id, id, series, from_number, to_number, next_number, holder_id, used_at, state, version)
      select ${c}, ${book}, 'M', n * ${inBook} + 1, (n + 1) * ${inBook}, (n + 1) * ${inBook} + 1, ${q(cashierId)}, 'counter', 'used-up', 1
      from generate_series(0, ${Math.ceil(size / inBook)}) n;
    insert into ledger_entries (community_id, id, kind, posted_at, posted_on, posted_by, line_count, debit_fen)
      select ${c}, ${id('ce')}, 'charge', ${at}, ${day(at)}, ${q(cashierId)}, 2, ${fen} from ${every};
    insert into charges (community_id, id, entry_id, unit_id, item_id, kind, payer_role, month, due_on, amount_fen, detail, posted_at, nth)
      select ${c}, ${id('c')}, ${id('ce')}, ${unit}, ${q(itemId)}, 'management', 'owner', to_char(${at}, 'YYYY-MM'), ${day(at)},
        ${fen}, null, ${at}, n from ${every};
    insert into ledger_lines (community_id, entry_id, place, account, amount_fen, unit_id, charge_id, item_id)
      select ${c}, ${id('ce')}, 0, 'receivable', ${fen}, ${unit}, ${id('c')}, ${q(itemId)} from ${every};
    insert into ledger_lines (community_id, entry_id, place, account, amount_fen, unit_id, item_id)
      select ${c}, ${id('ce')}, 1, 'income', -${fen}, null, ${q(itemId)} from ${every};
    insert into ledger_entries (community_id, id, kind, posted_at, posted_on, cashier_id, close_on, posted_by, line_count, debit_fen)
      select ${c}, ${id('pe')}, 'payment', ${paidAt}, ${day(paidAt)}, ${q(cashierId)}, ${day(paidAt)}, ${q(cashierId)}, 2, ${fen} from ${paid};
    insert into ledger_lines (community_id, entry_id, place, account, amount_fen, cashier_id)
      select ${c}, ${id('pe')}, 0, 'cash', ${fen}, ${q(cashierId)} from ${paid};
    insert into ledger_lines (community_id, entry_id, place, account, amount_fen, unit_id, charge_id, item_id)
      select ${c}, ${id('pe')}, 1, 'receivable', -${fen}, ${unit}, ${id('c')}, ${q(itemId)} from ${paid};
    insert into payments (community_id, id, entry_id, unit_id, amount_fen, prepaid_fen, change_fen, taken_at, cashier_id, at)
      select ${c}, ${id('p')}, ${id('pe')}, ${unit}, ${fen}, 0, 0, 'counter', ${q(cashierId)}, ${paidAt} from ${paid};
    insert into receipts (community_id, id, book_id, series, number, kind, source_id, lines, amount_fen, methods, cashier_id, issued_at)
      select ${c}, ${id('r')}, ${bookOf}, 'M', n, 'payment', ${id('p')}, '[]', ${fen}, '{cash}', ${q(cashierId)}, ${paidAt} from ${paid};
    insert into daily_closes (community_id, id, code, cashier_id, day, state, cash, slips, lines, blank_receipts, receipts, counted_at,
        received_by, handed_over_at, slip_kind, slip_number, sealed_by, sealed_at, seal_no, seal, sealed)
      select ${c}, gen_random_uuid(), 'RJ-' || d, ${q(cashierId)}, d, 'sealed', '[]', '[]', '[]', '[]', '[]', ${q(now)},
        ${q(receiverId)}, ${q(now)}, 'deposit-slip', '1', ${q(receiverId)}, ${q(now)}, row_number() over (order by d), 'x', '{}'
      from (select distinct close_on as d from ledger_entries where close_on < ${q(dayOf(now))}::date) days`);
}
