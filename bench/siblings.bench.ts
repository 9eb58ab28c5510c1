// What looks like the same event among a hundred thousand complaints, one in ten open: asked over HTTP while a form is typed.
// Floor: what each of these texts asked of the database, through the driver, text by text; one text asked again and again would
// say nothing of the dear ones. Beside it what the database itself says that they took.
import { makeServer } from '../src/apps/server/wiring.ts';
import { textTokens } from '../src/domain/places/search.rules.ts';
import { atMost, type Context } from './bench.contract.ts';
import { copiedCase, copyRows, settleDown, withoutTriggers } from './fill.ts';
import { type BenchDatabase, makeAccount, makeBenchCommunity, uuidOf, Visitor } from './ground.ts';
import { measureTimes, roundTo } from './measure.ts';
import { executionMs } from './plans.bench.ts';
import { loadNow } from './processes.ts';
import { makeReplay, replayPool, type Statement, traceOf } from './trace.ts';

const pick = (from: readonly string[], n: number): string => from[n % from.length] as string;
const places = [...'东西南北中前后左右上'].flatMap((side) =>
  ['门岗亭', '车库入口', '电梯厅', '垃圾房', '水景池', '儿童乐园', '配电间', '消防通道', '会所大堂', '屋顶露台'].map(
    (what) => `${side}${what}`,
  ),
);
const matters = [
  '漏水严重',
  '灯不亮了',
  '噪音太大',
  '一直没人清扫',
  '停放杂物堵住了',
  '有股臭味',
  '门禁失灵',
  '地砖松动',
];
const wishes = ['请尽快处理并回复', '要求物业给个说法', '希望今天就有人来看', '已经反映多次没有结果'];
const surnames = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏'];
const given = [...'丹宁安凯帆庆川冬伟兰国宾岩峰平广建彬志思恒慧成敏文斌'];
/** Everyday words in every account, a number now and then, and somebody's name, which few others hold. */
const accountOf = (n: number): string =>
  `${pick(surnames, n)}${pick(given, Math.floor(n / 30))}${pick(given, Math.floor(n / 720))}说${(n % 40) + 1}栋${pick(places, n * 7)}${pick(matters, n)}，从${(n % 28) + 1}号晚上${(n * 13) % 12}点开始，${pick(places, n * 3 + 1)}也受影响，${pick(wishes, n * 11)}`;

const chunk = 5_000;
/** The 95th hundredth of sixty is the third worst, which chance decides. */
const times = 200;
const warmTimes = 5;

export async function run({ ground, report, options }: Context): Promise<void> {
  const size = Number(options.get('complaints') ?? 100_000);
  const base = await ground.database('bench_siblings');
  const program = await base.serve();
  try {
    const community = await makeBenchCommunity(base, 'SIBL', 400);
    await makeAccount(base, 'head-siblings', community.id, ['cs_supervisor']);
    await makeAccount(base, 'desk-siblings', community.id, ['front_desk']);
    const desk = await new Visitor(program.address).signIn('desk-siblings');
    const made = await desk.post(`${community.path}/complaints`, {
      unitId: community.unitIds[0],
      channel: 'phone',
      account: accountOf(0),
      contact: { name: '王建国', phone: '19900001234' },
    });
    const { id } = JSON.parse(made.body) as { id: string };
    for (let from = 1; from <= size; from += chunk) {
      const range = { from, to: Math.min(size, from + chunk - 1) };
      const numbers = Array.from({ length: range.to - from + 1 }, (_, index) => from + index);
      const moved = `t.received_at - make_interval(secs => n * 25)`;
      const textId = uuidOf("'text' || n");
      await withoutTriggers(base, ['cases', 'case_texts', 'complaints'], async () => {
        await copyRows(base, 'cases', community.id, `t.id = '${id}'`, range, {
          id: copiedCase,
          code: `'TS-2020-' || lpad(n::text, 7, '0')`,
          state: `case when n % 10 = 0 then 'recorded' else 'closed' end`,
          unit_id: `(array[${community.unitIds.map((one) => `'${one}'`).join(',')}]::uuid[])[n % ${community.unitIds.length} + 1]`,
          summary_text_id: textId,
          received_at: moved,
          created_at: moved,
          ended_at: `case when n % 10 <> 0 then ${moved} + interval '1 day' end`,
        });
        await copyRows(base, 'complaints', community.id, `t.id = '${id}'`, range, { id: copiedCase });
        await base.owner.query(
          `insert into case_texts (community_id, id, case_id, body)
           select $1::uuid, ${uuidOf("'text' || n")}, ${copiedCase}, body from unnest($2::int[], $3::text[]) r(n, body)`,
          [community.id, numbers, numbers.map(accountOf)],
        );
      });
      const tokens = numbers.flatMap((n) => textTokens(accountOf(n)).map((token) => ({ n, token })));
      await base.owner.query(
        `insert into search_tokens (community_id, token, noun, noun_id)
         select $1::uuid, token, 'case', ${copiedCase} from unnest($2::int[], $3::text[]) r(n, token)`,
        [community.id, tokens.map((one) => one.n), tokens.map((one) => one.token)],
      );
    }
    await settleDown(base, 'cases', 'case_texts', 'complaints', 'search_tokens');
    let shown = 0;
    const bodyOf = (turn: number) => ({
      unitId: community.unitIds[(turn * 17) % community.unitIds.length],
      text: accountOf(turn * 611 + 10),
      place: pick(places, turn),
    });
    const path = `${community.path}/complaints/siblings`;
    const tookMs: number[] = [];
    const timing = await measureTimes(times, async (turn) => {
      const startedAt = performance.now();
      const answer = await desk.post(path, bodyOf(turn));
      shown += (JSON.parse(answer.body) as { items: unknown[] }).items.length;
      tookMs.push(performance.now() - startedAt);
    });
    const asked = await eachAsked(base, 'desk-siblings', (visitor, turn) => visitor.post(path, bodyOf(turn)));
    const pool = replayPool(base.appAccess, 1);
    const replays = asked.map((statements) => makeReplay(base.appAccess, statements, new Set(), pool));
    for (const replay of replays) await replay.turn();
    const floor = await measureTimes(times, async (turn) => replays[turn]?.turn(), 0);
    const [statements = []] = asked;
    await pool.end();
    report({
      what: `${size} complaints, siblings of one being typed in`,
      measure: 'p95, ms',
      ...atMost(timing.p95Ms, 50),
      detail: {
        p50Ms: timing.p50Ms,
        maxMs: timing.maxMs,
        floorP50Ms: floor.p50Ms,
        floorP95Ms: floor.p95Ms,
        firstTenMs: tookMs.slice(0, 10).map(Math.round).join(' '),
        overFloorP50Ms: roundTo(timing.p50Ms - floor.p50Ms),
        statements: statements.length,
        executionMs: roundTo(await executionMs(base, community.id, statements)),
        load: loadNow(),
        shownOnAverage: shown / (times + 5),
      },
    });
    desk.leave();
  } finally {
    await program.stop();
    await base.close();
  }
}

/** What each turn sends, in a program in this process that has heard the texts before it, as the measured one had. */
async function eachAsked(
  base: BenchDatabase,
  username: string,
  ask: (visitor: Visitor, turn: number) => Promise<unknown>,
): Promise<Statement[][]> {
  const server = await makeServer(base.house, { webFolder: null, timers: false });
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  const bound = server.app.server.address();
  const visitor = new Visitor(`http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`);
  try {
    await visitor.signIn(username);
    for (let turn = 0; turn < warmTimes; turn++) await ask(visitor, turn);
    const asked: Statement[][] = [];
    for (let turn = 0; turn < times; turn++) asked.push(await traceOf(base.house, () => ask(visitor, turn)));
    return asked;
  } finally {
    visitor.leave();
    await server.close();
  }
}
