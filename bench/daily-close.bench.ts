// A cashier's day with 10,000 receipts counted over HTTP: the sheet asked for and the count posted, five cashiers one after the
// other. Floor: the sums of the drawer and the receipts of the day by one statement each, through the driver.
import { newId } from '../src/kernel/id.ts';
import { dayOf } from '../src/kernel/time.ts';
import { atMost, type Context } from './bench.contract.ts';
import { type BenchCommunity, type BenchDatabase, makeAccount, makeBenchCommunity, Visitor } from './ground.ts';
import { elapsedMs, medianOf, roundTo } from './measure.ts';
import { loadNow } from './processes.ts';

const cashiers = 5;
const fen = 1_000;
const faceFen = 10_000;

export async function run({ ground, report, options }: Context): Promise<void> {
  const receipts = Number(options.get('receipts') ?? 10_000);
  const base = await ground.database('bench_close');
  const program = await base.serve();
  try {
    const community = await makeBenchCommunity(base, 'CLOSE', 100);
    const day = dayOf(base.house.time.now());
    const path = `${community.path}/daily-closes`;
    const [sheetMs, countMs, floorMs]: [number[], number[], number[]] = [[], [], []];
    const load = loadNow();
    for (let at = 0; at < cashiers; at++) {
      const id = await makeAccount(base, `cashier-close-${at}`, community.id, ['cashier']);
      await fillDay(base, community, { id, day, at, receipts });
      const cashier = await new Visitor(program.address, id).signIn(`cashier-close-${at}`);
      let sheet = '';
      sheetMs.push(await elapsedMs(async () => (sheet = (await cashier.get(`${path}/sheet`)).body)));
      const { takings, takenFen } = JSON.parse(sheet) as { takings: number; takenFen: number };
      if (takings !== receipts || takenFen !== receipts * fen) throw new Error(`the sheet knows ${takings} takings`);
      const cash = [{ faceFen, pieces: (receipts * fen) / faceFen }];
      const signature = 'data:image/png;base64,iVBORw0KGgoAAAA=';
      const body = { day, cash, slips: [], differences: [], blankReceipts: [], signature };
      countMs.push(await elapsedMs(() => cashier.post(path, body)));
      floorMs.push(await elapsedMs(() => sumsOnly(base, community.id, id, day)));
      cashier.leave();
    }
    const wholeMs = countMs.map((ms, at) => ms + (sheetMs[at] ?? 0));
    report({
      what: `a day with ${receipts} receipts: sheet and count`,
      measure: 'slowest of five, ms',
      ...atMost(roundTo(Math.max(...wholeMs)), 1_000, ' ms'),
      detail: {
        p50Ms: roundTo(medianOf(wholeMs)),
        sheetP50Ms: roundTo(medianOf(sheetMs)),
        countP50Ms: roundTo(medianOf(countMs)),
        floorP50Ms: roundTo(medianOf(floorMs)),
        timesFloor: roundTo(medianOf(wholeMs) / medianOf(floorMs)),
        ...{ load, loadAfter: loadNow() },
      },
    });
  } finally {
    await program.stop();
    await base.close();
  }
}

/** A used-up book of that many receipts, each of a payment in cash that was paid ahead. */
async function fillDay(
  base: BenchDatabase,
  { id: communityId, unitIds }: BenchCommunity,
  { id, day, at, receipts }: { id: string; day: string; at: number; receipts: number },
): Promise<void> {
  const bookId = newId();
  const unit = unitIds[at];
  const now = base.house.time.now();
  await base.owner.query(`
    create temp table taken on commit preserve rows as
      select n, gen_random_uuid() as entry, gen_random_uuid() as payment from generate_series(1, ${receipts}) n;
    insert into receipt_books (community_id, id, series, from_number, to_number, next_number, holder_id, used_at, state, version)
    values ('${communityId}', '${bookId}', 'D${at}', 1, ${receipts}, ${receipts + 1}, '${id}', 'counter', 'used-up', 1);
    insert into ledger_entries (community_id, id, kind, posted_at, posted_on, cashier_id, close_on, posted_by, line_count, debit_fen)
    select '${communityId}', entry, 'payment', '${now}', '${day}', '${id}', '${day}', '${id}', 2, ${fen} from taken;
    insert into ledger_lines (community_id, entry_id, place, account, amount_fen, cashier_id)
    select '${communityId}', entry, 0, 'cash', ${fen}, '${id}' from taken;
    insert into ledger_lines (community_id, entry_id, place, account, amount_fen, unit_id)
    select '${communityId}', entry, 1, 'prepaid', -${fen}, '${unit}' from taken;
    insert into payments (community_id, id, entry_id, unit_id, amount_fen, prepaid_fen, change_fen, taken_at, cashier_id, at)
    select '${communityId}', payment, entry, '${unit}', ${fen}, ${fen}, 0, 'counter', '${id}', '${now}' from taken;
    insert into receipts (community_id, id, book_id, series, number, kind, source_id, lines, amount_fen, methods, cashier_id, issued_at)
    select '${communityId}', gen_random_uuid(), '${bookId}', 'D${at}', n, 'payment', payment, '[]', ${fen}, '{cash}', '${id}', '${now}' from taken;
    drop table taken;
    analyze ledger_entries; analyze ledger_lines; analyze payments; analyze receipts`);
}

async function sumsOnly(base: BenchDatabase, communityId: string, cashierId: string, day: string): Promise<void> {
  await base.owner.query(
    `select l.account, sum(l.amount_fen) from ledger_entries e join ledger_lines l on l.community_id = e.community_id and l.entry_id = e.id
     where e.community_id = $1 and e.cashier_id = $2 and e.close_on = $3 group by l.account`,
    [communityId, cashierId, day],
  );
  await base.owner.query(
    `select series, min(number), max(number), count(*), sum(amount_fen) from receipts where community_id = $1 and cashier_id = $2 group by series`,
    [communityId, cashierId],
  );
}
