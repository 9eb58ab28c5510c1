// Taking a payment over HTTP with its receipt, by 1, 4, 16 and 64 tills on two receipt books. Floor: the statements of a real
// request through the driver on the same books. The price of numbers without a gap is that floor beside the same statements
// with numbers from a sequence, which nobody waits for and which leave gaps, and beside one book for each till.
import { makeServer } from '../src/apps/server/wiring.ts';
import { newId } from '../src/kernel/id.ts';
import { atLeast, atMost, type Context } from './bench.contract.ts';
import { type BenchDatabase, makeAccount, makeBenchCommunity, Visitor } from './ground.ts';
import { measureClosed, roundTo } from './measure.ts';
import { loadNow } from './processes.ts';
import { freshIds, makeReplay, traceOf } from './trace.ts';

const most = 64;
const books = 2;
const numbersInBook = 9_000_000 / most;

/** A book of its own for each cashier, past the standard's length: a benchmark takes more numbers than a day. */
async function giveBook(base: BenchDatabase, communityId: string, holderId: string, at: number): Promise<string> {
  const id = newId();
  const from = Math.floor(at * numbersInBook) + 1;
  await base.owner.query(
    `insert into receipt_books (community_id, id, series, from_number, to_number, next_number, holder_id, used_at, state, version)
     values ($1, $2, 'P', $3, $4, $3, $5, 'counter', 'issued', 1)`,
    [communityId, id, from, from + Math.floor(numbersInBook) - 1, holderId],
  );
  return id;
}

/** The number from a sequence instead of the book's own row, which is then not locked until the commit. */
const fromSequence = (text: string): string =>
  text.replace(
    /update receipt_books set[\s\S]*?(greatest\(last_issued_at, \$\d+::timestamptz\))[\s\S]*?(where [\s\S]*?)returning id, series, next_number - 1 as number, last_issued_at/,
    `select id, series, nextval('bench_numbers')::int as number, $1 as last_issued_at from receipt_books $2`,
  );

async function receiptsIn(base: BenchDatabase): Promise<number> {
  const { rows } = await base.owner.query<{ count: number }>('select count(*)::int as count from receipts');
  return rows[0]?.count ?? 0;
}

export async function run({ ground, report, options }: Context): Promise<void> {
  const forMs = Number(options.get('seconds') ?? 8) * 1000;
  const base = await ground.database('bench_payment');
  const program = await base.serve();
  try {
    const community = await makeBenchCommunity(base, 'PAY', most);
    const cashiers: string[] = [];
    const bookIds: string[] = [];
    for (let at = 0; at < most; at++) {
      const id = await makeAccount(base, `cashier-${at}`, community.id, ['cashier']);
      cashiers.push(id);
      bookIds.push(await giveBook(base, community.id, id, at));
    }
    const path = `${community.path}/payments`;
    const bodyOf = (client: number) => ({
      unitId: community.unitIds[client],
      method: 'cash',
      amountFen: 36_632,
      allocations: [],
    });
    const visitors = await Promise.all(
      Array.from({ length: most }, (_, at) => new Visitor(program.address).signIn(`cashier-${at % books}`)),
    );
    const server = await makeServer(base.house, { webFolder: null, timers: false });
    await server.app.listen({ port: 0, host: '127.0.0.1' });
    const bound = server.app.server.address();
    const tracer = await new Visitor(`http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`).signIn(
      'cashier-0',
    );
    const once = () => tracer.post(path, bodyOf(0));
    for (let warm = 0; warm < 3; warm++) await once();
    const one = await traceOf(base.house, once);
    const fresh = freshIds(one, await traceOf(base.house, once));
    tracer.leave();
    await server.close();
    await base.owner.query('create sequence bench_numbers start 20000000; grant usage on bench_numbers to guanjia_app');
    const withGaps = one.map((statement) => ({ ...statement, text: fromSequence(statement.text) }));
    if (withGaps.every(({ text }, at) => text === one[at]?.text)) throw new Error('no statement takes a number');
    const floorOf = async (clients: number, bookCount: number, statements = one) => {
      // The replayed minute lies before what was issued meanwhile, and a book's times never go backwards.
      await base.owner.query('update receipt_books set last_issued_at = null');
      const before = await receiptsIn(base);
      const replayer = makeReplay(base.appAccess, statements, fresh);
      try {
        const timing = await measureClosed(clients, forMs, (client) =>
          replayer.turn(
            new Map([
              [community.unitIds[0] ?? '', community.unitIds[client] ?? ''],
              [cashiers[0] ?? '', cashiers[client % bookCount] ?? ''],
              [bookIds[0] ?? '', bookIds[client % bookCount] ?? ''],
            ]),
          ),
        );
        const written = (await receiptsIn(base)) - before;
        if (written < timing.count) throw new Error(`${timing.count} replays wrote ${written} receipts`);
        return timing;
      } finally {
        await replayer.close();
      }
    };
    for (const clients of options.get('clients')?.split(',').map(Number) ?? [1, 4, 16, most]) {
      const http = await measureClosed(clients, forMs, async (client) => {
        await visitors[client]?.post(path, bodyOf(client));
      });
      const floor = await floorOf(clients, books);
      const own = await floorOf(clients, most);
      const gaps = await floorOf(clients, books, withGaps);
      const what = `${clients} tills on ${books} books`;
      report({
        what,
        measure: 'throughput, share of floor',
        ...atLeast(roundTo(http.perSecond / floor.perSecond), 0.5),
        detail: {
          perSecond: http.perSecond,
          floorPerSecond: floor.perSecond,
          p50Ms: http.p50Ms,
          p99Ms: http.p99Ms,
          floorP50Ms: floor.p50Ms,
          floorP99Ms: floor.p99Ms,
          load: loadNow(),
        },
      });
      report({ what, measure: 'p99, times floor', ...atMost(roundTo(http.p99Ms / floor.p99Ms), 3), detail: {} });
      report({
        what,
        measure: 'statements with gapless numbers, share of a sequence',
        value: roundTo(floor.perSecond / gaps.perSecond),
        detail: {
          gaplessPerSecond: floor.perSecond,
          sequencePerSecond: gaps.perSecond,
          bookEachPerSecond: own.perSecond,
          load: loadNow(),
        },
      });
    }
    for (const visitor of visitors) visitor.leave();
  } finally {
    await program.stop();
    await base.close();
  }
}
