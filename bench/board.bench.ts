// The board at ten thousand and a hundred thousand cases of one community (a million with --large): open, overdue, of
// one person, by what is due next, fifty rows, and the counts beside it. Floor: the same statements through the driver.
import { makeServer } from '../src/apps/server/wiring.ts';
import { atMost, type Context } from './bench.contract.ts';
import { fillCases, recordPattern } from './fill.ts';
import { type BenchDatabase, makeBenchCommunity, Visitor } from './ground.ts';
import { measureTimes, roundTo } from './measure.ts';
import { makeReplay, type Statement, traceOf } from './trace.ts';

const times = 200;

export async function run({ ground, report, large }: Context): Promise<void> {
  const base = await ground.database('bench_board');
  const program = await base.serve();
  const found: { size: number; p50Ms: number }[] = [];
  try {
    const community = await makeBenchCommunity(base, 'BOARD', 1000);
    const pattern = await recordPattern(base, program, community);
    let size = 1;
    for (const wanted of large ? [10_000, 100_000, 1_000_000] : [10_000, 100_000]) {
      await fillCases(base, community, pattern, { from: size, to: wanted });
      size = wanted + 1;
      const list = `${community.path}/cases?state=open&overdue=true&responsible=${pattern.responsibleIds[0]}&sort=due&limit=50`;
      const paths = [list, `${community.path}/cases/counts?by=state`];
      const statements = await takeStatements(base, paths, `desk-${community.code}`);
      const replayer = makeReplay(base.appAccess, statements, new Set());
      const floor = await measureTimes(times, () => replayer.turn(), 20);
      await replayer.close();
      const http = await measureTimes(
        times,
        async () => {
          for (const path of paths) await pattern.desk.get(path);
        },
        20,
      );
      const shown = JSON.parse((await pattern.desk.get(list)).body) as { items: unknown[] };
      found.push({ size: wanted, p50Ms: http.p50Ms });
      report({
        what: `${wanted} cases`,
        measure: 'p50 over floor, ms',
        ...atMost(roundTo(http.p50Ms - floor.p50Ms), 3),
        detail: { rows: shown.items.length, p50Ms: http.p50Ms, p95Ms: http.p95Ms, floorP50Ms: floor.p50Ms },
      });
    }
    pattern.desk.leave();
    const [first, last] = [found[0], found.at(-1)];
    if (first && last)
      report({
        what: `${first.size} → ${last.size} cases`,
        measure: 'growth exponent of p50',
        ...atMost(roundTo(Math.log(last.p50Ms / first.p50Ms) / Math.log(last.size / first.size), 3), 0.1),
        detail: { fromMs: first.p50Ms, toMs: last.p50Ms },
      });
  } finally {
    await program.stop();
    await base.close();
  }
}

/** What these requests send, with the sign-in's check that stands before each. */
export async function takeStatements(
  base: BenchDatabase,
  paths: readonly string[],
  username: string,
  more: (visitor: Visitor) => Promise<unknown> = async () => {},
): Promise<Statement[]> {
  const server = await makeServer(base.house, { webFolder: null, timers: false });
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  const bound = server.app.server.address();
  const visitor = new Visitor(`http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`);
  try {
    await visitor.signIn(username);
    const ask = async () => {
      for (const path of paths) await visitor.get(path);
      await more(visitor);
    };
    await ask();
    return await traceOf(base.house, ask);
  } finally {
    visitor.leave();
    await server.close();
  }
}
