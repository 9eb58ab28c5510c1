// Recording a repair over HTTP (sign-in checked, body checked, number, clocks, time line, audit) by 1, 16 and 64
// clients, in one hot community and spread over 16. Floor: the statements of a real request through the driver.
import { makeServer } from '../src/apps/server/wiring.ts';
import { atLeast, atMost, type Context } from './bench.contract.ts';
import {
  type BenchCommunity,
  type BenchDatabase,
  makeAccount,
  makeBenchCommunity,
  type Program,
  Visitor,
} from './ground.ts';
import { measureClosed, roundTo, type Timing } from './measure.ts';
import { freshIds, makeReplay, traceOf } from './trace.ts';

const communitiesCount = 16;
const unitsEach = 200;
const mostClients = 64;

type Place = { community: BenchCommunity; visitors: Visitor[] };

const bodyFor = (community: BenchCommunity, turn: number) => ({
  unitId: community.unitIds[turn % community.unitIds.length],
  category: 'water',
  urgency: 'ordinary',
  description: '厨房水龙头关不紧，一直在滴水，柜子底下已经泡湿了一块。',
  channel: 'phone',
  contact: { name: '王建国', phone: '19900001234' },
  readBack: true,
});

export async function run({ ground, report, options, say }: Context): Promise<void> {
  const forMs = Number(options.get('seconds') ?? 8) * 1000;
  const base = await ground.database('bench_create');
  const profile = options.get('profile');
  const program = await base.serve(
    profile ? { nodeArgs: ['--enable-source-maps', '--cpu-prof', `--cpu-prof-dir=${profile}`] } : {},
  );
  try {
    const places: Place[] = [];
    for (let index = 0; index < communitiesCount; index++)
      places.push(await settle(base, program, index, index === 0 ? mostClients : mostClients / communitiesCount));
    const statements = await takeStatements(base, places[0] as Place);
    say(`${statements.one.length} statements a request`);
    if (options.has('statements')) {
      await tellStatements(base, statements, say);
      return;
    }
    const asked = options.get('clients')?.split(',').map(Number) ?? [1, 16, mostClients];
    for (const clients of asked) {
      const hot = places[0] as Place;
      const spread = (client: number) => places[client % communitiesCount] as Place;
      for (const [name, placeOf] of [
        ['one hot community', () => hot],
        ['16 communities', spread],
      ] as const) {
        if (clients === 1 && name !== 'one hot community') continue;
        const visitorOf = (client: number) => {
          const place = placeOf(client);
          return place.visitors[
            name === 'one hot community' ? client : Math.floor(client / communitiesCount)
          ] as Visitor;
        };
        const http = await measureClosed(clients, forMs, async (client, turn) => {
          const { community } = placeOf(client);
          await visitorOf(client).post(`${community.path}/repairs`, bodyFor(community, client * 31 + turn));
        });
        const floor = await replay(base, statements, clients, forMs, hot, placeOf);
        reportPair(report, `${clients} clients, ${name}`, http, floor);
      }
    }
    for (const place of places) for (const visitor of place.visitors) visitor.leave();
  } finally {
    await program.stop();
    await base.close();
  }
}

async function settle(base: BenchDatabase, program: Program, index: number, clients: number): Promise<Place> {
  const community = await makeBenchCommunity(base, `B${String(index).padStart(2, '0')}`, unitsEach);
  await makeAccount(base, `head-${index}`, community.id, ['cs_supervisor']);
  const visitors: Visitor[] = [];
  for (let client = 0; client < clients; client++) {
    const username = `desk-${index}-${client}`;
    const accountId = await makeAccount(base, username, community.id, ['front_desk']);
    visitors.push(await new Visitor(program.address, accountId).signIn(username));
  }
  return { community, visitors };
}

type Taken = { one: Awaited<ReturnType<typeof traceOf>>; fresh: Set<string> };

/** Two takings of one request against this process's own server: ids that differ are made anew at each turn. */
async function takeStatements(base: BenchDatabase, place: Place): Promise<Taken> {
  const server = await makeServer(base.house, { webFolder: null, timers: false });
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  const bound = server.app.server.address();
  const address = `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`;
  const visitor = await new Visitor(address).signIn('desk-0-0');
  const body = bodyFor(place.community, 0);
  const once = () => visitor.post(`${place.community.path}/repairs`, body);
  try {
    for (let warm = 0; warm < 3; warm++) await once();
    const one = await traceOf(base.house, once);
    const other = await traceOf(base.house, once);
    return { one, fresh: freshIds(one, other) };
  } finally {
    visitor.leave();
    await server.close();
  }
}

/** Which statement costs what, each client alone. */
async function tellStatements(base: BenchDatabase, { one, fresh }: Taken, say: Context['say']): Promise<void> {
  const replayer = makeReplay(base.appAccess, one, fresh);
  const turns = 200;
  for (let turn = 0; turn < turns; turn++) await replayer.turn();
  for (const [place, { text }] of one.entries())
    say(
      `${roundTo((replayer.spentMs[place] ?? 0) / turns, 3)} ms  ${text.replaceAll(/\s+/g, ' ').trim().slice(0, 130)}`,
    );
  await replayer.close();
}

/** The same in each community: its own ids in place of the first one's. */
async function replay(
  base: BenchDatabase,
  { one, fresh }: Taken,
  clients: number,
  forMs: number,
  from: Place,
  placeOf: (client: number) => Place,
): Promise<Timing> {
  const { rows } = await base.owner.query<{ community_id: string; id: string }>(
    "select community_id, id from service_standards where state = 'in-force'",
  );
  const standards = new Map(rows.map((row) => [row.community_id, row.id]));
  const replayer = makeReplay(base.appAccess, one, fresh);
  try {
    return await measureClosed(clients, forMs, (client, turn) => {
      const { community } = placeOf(client);
      const unitIds = community.unitIds;
      const ids = new Map([
        [from.community.id, community.id],
        [standards.get(from.community.id) ?? '', standards.get(community.id) ?? ''],
        [from.community.unitIds[0] ?? '', unitIds[(client * 31 + turn) % unitIds.length] ?? ''],
      ]);
      return replayer.turn(ids);
    });
  } finally {
    await replayer.close();
  }
}

function reportPair(report: Context['report'], what: string, http: Timing, floor: Timing): void {
  const detail = {
    perSecond: http.perSecond,
    floorPerSecond: floor.perSecond,
    p50Ms: http.p50Ms,
    floorP50Ms: floor.p50Ms,
    p99Ms: http.p99Ms,
    floorP99Ms: floor.p99Ms,
  };
  report({
    what,
    measure: 'throughput, share of floor',
    ...atLeast(roundTo(http.perSecond / floor.perSecond), 0.5),
    detail,
  });
  report({ what, measure: 'p99, times floor', ...atMost(roundTo(http.p99Ms / floor.p99Ms), 3), detail: {} });
}
