// A city's day of house complaints, each lived to its end against the running product: dispatched, accepted, arrived at,
// finished, signed, returned and confirmed by simulated people over HTTP, some late, some sent back, some declined. The
// program's clock is moved through the day; on the days after, the customers are asked by named callers. Then the month's figures are counted once more, slowly, from each order's own
// page, and have to be the same.
//   npm run bench -- lives --file tickets.csv.gz [--reports 200] [--keep]
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { dayMs, placeOf, type Report, readReports } from './city-day.ts';
import { type BenchCommunity, makeAccount, makeBenchCommunity, openGround, Visitor } from './ground.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const options = new Map<string, string>();
for (let index = 2; index < process.argv.length; index++) {
  const one = process.argv[index] ?? '';
  if (one.startsWith('--')) options.set(one.slice(2), process.argv[index + 1] ?? 'true');
}

/** The first Monday of next month: the standard is in force by then, and the month holds every life whole. */
const firstDay = firstMondayAfter(new Date());
function firstMondayAfter(today: Date): string {
  const day = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 1));
  while (day.getUTCDay() !== 1) day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}
const month = firstDay.slice(0, 7);
const dayStartMs = Date.parse(`${firstDay}T00:00:00+08:00`);
const minuteMs = 60_000;
const tickMs = 5 * minuteMs;
const techniciansCount = 24;

type Step =
  | 'create'
  | 'dispatch'
  | 'accept'
  | 'arrive'
  | 'quote'
  | 'decline'
  | 'finish'
  | 'sign'
  | 'return-voucher'
  | 'confirm'
  | 'rework';
type Planned = { step: Step; afterMs: number };
type Life = {
  report: Report;
  steps: Planned[];
  dueMs: number;
  technician: number;
  path: string;
  version: number;
  satisfied: boolean;
  /** How often it was begun; a part of the keys of its acts. */
  round: number;
  again: () => Planned[];
};

/** The same numbers for the same report: the day can be lived again and compared. */
function numbersOf(key: string): () => number {
  let round = 0;
  return () => createHash('sha256').update(`${key} ${round++}`).digest().readUInt32BE(0) / 2 ** 32;
}

function planOf(report: Report, at: number): Life {
  const next = numbersOf(report.key);
  const between = (low: number, high: number) => (low + next() * (high - low)) * minuteMs;
  const isEmergency = report.urgency === 'emergency';
  const isSlow = next() < 0.06;
  const isDeclined = next() < 0.04;
  const isReworked = !isDeclined && next() < 0.05;
  const round = (): Planned[] => [
    { step: 'dispatch', afterMs: between(0, 3) },
    { step: 'accept', afterMs: between(0, 3) },
    { step: 'arrive', afterMs: isSlow ? between(12, 40) : between(1, 6) },
    ...(isDeclined
      ? [
          { step: 'quote' as const, afterMs: between(3, 10) },
          { step: 'decline' as const, afterMs: between(3, 10) },
        ]
      : [
          { step: 'finish' as const, afterMs: isSlow ? between(90, 300) : between(8, isEmergency ? 240 : 70) },
          { step: 'sign' as const, afterMs: between(1, 10) },
          { step: 'return-voucher' as const, afterMs: between(5, 60) },
        ]),
  ];
  return {
    report,
    steps: [
      { step: 'create', afterMs: 0 },
      ...round(),
      ...(isReworked ? [{ step: 'rework' as const, afterMs: between(30, 600) }, ...round()] : []),
      { step: 'confirm', afterMs: between(10, 120) },
    ],
    dueMs: report.atMs,
    technician: at % techniciansCount,
    path: '',
    version: 0,
    satisfied: next() < 0.93,
    round: 1,
    again: () => [...round(), { step: 'confirm', afterMs: between(10, 120) }],
  };
}

/** How the customer takes it when asked afterwards. */
type Answer = 'acceptable' | 'not-acceptable' | 'out';
const answerOf = (key: string): Answer => {
  const number = numbersOf(`${key} asked`)();
  return number < 0.03 ? 'not-acceptable' : number < 0.07 ? 'out' : 'acceptable';
};

type People = {
  desks: Visitor[];
  technicians: Visitor[];
  technicianIds: string[];
  engineer: Visitor;
  supervisor: Visitor;
  generalManager: Visitor;
};

const bodiesOf = (drawing: string) => ({
  create: ({ report }: Life, unitIds: readonly string[]) => ({
    unitId: placeOf(report.address, unitIds),
    category: report.category,
    urgency: report.urgency,
    description: `${report.text} (${report.key})`,
    channel: 'phone',
    readBack: true,
  }),
  move: ({ satisfied, technician, report }: Life, step: Step, people: People): object => {
    if (step === 'dispatch') return { technicianId: people.technicianIds[technician] };
    if (step === 'quote')
      return { amountFen: 26_000, lines: [{ name: '上门更换配件', quantity: 1, unitPriceFen: 26_000 }] };
    if (step === 'decline') return { by: '业主本人', reason: '价格不接受，自行处理' };
    if (step === 'finish') return { result: `处理完成：${report.text.slice(0, 60)}`, materials: [] };
    if (step === 'sign') return { signature: drawing, satisfied };
    if (step === 'rework') return { reason: '同一故障又发生' };
    return {};
  },
});

const doerOf = (step: Step, life: Life, people: People, at: number): Visitor => {
  if (step === 'create' || step === 'dispatch' || step === 'rework')
    return people.desks[at % people.desks.length] as Visitor;
  if (step === 'confirm') return people.engineer;
  return people.technicians[life.technician] as Visitor;
};

async function main(): Promise<boolean> {
  const file = options.get('file');
  if (!file) throw new Error('--file tickets.csv.gz is needed');
  const all = readReports(file);
  const reports = all.slice(0, Number(options.get('reports') ?? all.length));
  say(`${reports.length} reports`);
  const ground = await openGround();
  const base = await ground.database('bench_lives');
  const community = await makeBenchCommunity(base, 'LV', 1_200);
  // Only what was filled as demo data may run on a clock of its own.
  await base.owner.query('update organizations set demo_filled_at = now()');
  const ids = async (name: string, count: number, role: Parameters<typeof makeAccount>[3][number]) =>
    Promise.all(
      Array.from(
        { length: count },
        async (_, at) => [`${name}${at}`, await makeAccount(base, `${name}${at}`, community.id, [role])] as const,
      ),
    );
  const desks = await ids('desk', 8, 'front_desk');
  const technicians = await ids('tech', techniciansCount, 'technician');
  const [engineer] = await ids('eng', 1, 'engineering_supervisor');
  const [supervisor] = await ids('sup', 1, 'cs_supervisor');
  const [generalManager] = await ids('gm', 1, 'general_manager');
  const program = await base.serve({ args: ['--clock', new Date(dayStartMs - 5 * minuteMs).toISOString()] });
  try {
    const enter = (name: string | undefined) => new Visitor(program.address).signIn(name ?? '');
    const people: People = {
      desks: await Promise.all(desks.map(([name]) => enter(name))),
      technicians: await Promise.all(technicians.map(([name]) => enter(name))),
      technicianIds: technicians.map(([, id]) => id),
      engineer: await enter(engineer?.[0]),
      supervisor: await enter(supervisor?.[0]),
      generalManager: await enter(generalManager?.[0]),
    };
    await live(reports.map(planOf), people, community);
    const isSame = await compare(people.supervisor, community);
    for (const one of Object.values(people).flat()) if (one instanceof Visitor) one.leave();
    return isSame;
  } finally {
    await program.stop();
    await base.close();
    await ground.close();
  }
}

const patienceMs = 60_000;

/** One act, sent again under its key until it is answered; a refusal ends the run with its words. */
async function act(who: Visitor, path: string, body: object, key: string): Promise<{ id: string; version: number }> {
  const begin = performance.now();
  for (;;) {
    const answer = await who.ask('POST', path, body, { 'idempotency-key': key }).catch(() => null);
    if (answer && answer.status < 300) return JSON.parse(answer.body) as { id: string; version: number };
    if (answer && answer.status < 500 && answer.status !== 429)
      throw new Error(`${key} ${path}: ${answer.status} ${answer.body.slice(0, 400)}`);
    if (performance.now() - begin > patienceMs) throw new Error(`${key} ${path}: no answer`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** A signature such as a finger draws. */
const draw = async (): Promise<string> => {
  const stroke = { create: { width: 44, height: 2, channels: 3 as const, background: '#000' } };
  const bytes = await sharp({
    create: { width: 60, height: 24, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  })
    .composite([{ input: stroke, left: 8, top: 11 }])
    .png()
    .toBuffer();
  return `data:image/png;base64,${bytes.toString('base64')}`;
};

/** The day's work, then each morning the customers are asked; what they do not accept is worked at again. */
async function live(lives: readonly Life[], people: People, community: BenchCommunity): Promise<void> {
  const drawing = await draw();
  const bodies = bodiesOf(drawing);
  const begin = performance.now();
  let acts = 0;
  let nowMs = 0;
  const work = async () => {
    for (; lives.some((life) => life.steps.length > 0); nowMs += tickMs) {
      await moveClock(people.supervisor, dayStartMs + nowMs);
      await Promise.all(
        lives.map(async (life, at) => {
          for (let first = life.steps[0]; first && life.dueMs <= nowMs; first = life.steps[0]) {
            const { step } = first;
            const key = `${life.report.key}-${life.round}-${life.steps.length}-${step}`;
            const who = doerOf(step, life, people, at);
            if (step === 'create') {
              const made = await act(who, `${community.path}/repairs`, bodies.create(life, community.unitIds), key);
              life.path = `${community.path}/repairs/${made.id}`;
              life.version = made.version;
            } else {
              const body = { version: life.version, ...bodies.move(life, step, people) };
              life.version = (await act(who, `${life.path}/${step}`, body, key)).version;
            }
            acts++;
            life.steps.shift();
            life.dueMs = Math.max(life.dueMs + (life.steps[0]?.afterMs ?? 0), nowMs);
          }
        }),
      );
      if (nowMs % (dayMs / 8) === 0) say(`${String(nowMs / 3_600_000).padStart(3)} h: ${acts} acts`);
    }
  };
  await work();
  const byPath = new Map(lives.map((life) => [life.path, life]));
  for (let day = 2; day <= asksOnDays; day++) {
    nowMs = Math.max(nowMs, day * dayMs + 10 * 3_600_000);
    await moveClock(people.supervisor, dayStartMs + nowMs);
    const asking = performance.now();
    const asked = await askCustomers(people, community, byPath, drawing);
    acts += asked.acts;
    say(`day ${day}: ${asked.acts} acts of follow-up, ${asked.reworked.length} to be worked at again`);
    for (const life of asked.reworked) {
      life.round++;
      life.version = (JSON.parse((await people.supervisor.get(life.path)).body) as { version: number }).version;
      life.steps = life.again();
      life.dueMs = nowMs + (life.steps[0]?.afterMs ?? 0);
    }
    // The clock runs on while the customers are asked, and it moves forward only.
    nowMs += tickMs * (1 + Math.ceil((performance.now() - asking) / tickMs));
    await work();
  }
  const seconds = (performance.now() - begin) / 1000;
  say(`${acts} acts of ${lives.length} lives in ${Math.round(seconds)} s, ${Math.round(acts / seconds)} a second`);
}

/** Long enough for three tries on two days and one at the door. */
const asksOnDays = 5;

type FollowUpItem = {
  id: string;
  caseId: string;
  version: number;
  state: string;
  attempts: { at: string }[];
  result: { verdict: string } | null;
};

/** The supervisor names callers as proposed; each asks their own; the records are reviewed. */
async function askCustomers(
  people: People,
  community: BenchCommunity,
  byPath: ReadonlyMap<string, Life>,
  drawing: string,
): Promise<{ acts: number; reworked: Life[] }> {
  const at = `${community.path}/follow-ups`;
  let acts = 0;
  for (;;) {
    const proposal: { items: { id: string; caller: { id: string } | null; why: string }[] } = JSON.parse(
      (await people.supervisor.get(`${at}/plan-proposal?limit=500`)).body,
    );
    const items = proposal.items.flatMap(({ id, caller, why }) =>
      caller === null || why === 'named' ? [] : [{ id, callerId: caller.id }],
    );
    if (items.length === 0) break;
    await people.supervisor.post(`${at}/plan`, { items });
    acts++;
  }
  const reworked: Life[] = [];
  const callers = [...people.desks, people.supervisor];
  await Promise.all(
    callers.map(async (caller) => {
      for (const item of await everyOne<FollowUpItem>(caller, `${at}?state=open&caller=me&limit=200`)) {
        const life = byPath.get(`${community.path}/repairs/${item.caseId}`);
        if (!life) throw new Error(`${item.caseId} is nobody's life`);
        const answer = answerOf(`${life.report.key} ${life.round}`);
        const key = `${item.id}-${item.version}-${item.attempts.length}`;
        acts++;
        if (answer === 'out' && item.attempts.length < 4) {
          // Morning and afternoon count as two tries of a day; the last one is at the door.
          await act(
            caller,
            `${at}/${item.id}/attempt`,
            { outcome: 'no-answer', atDoor: item.attempts.length >= 2 },
            key,
          );
          continue;
        }
        const reached = { quality: 4, effect: 4, satisfaction: 5, signature: drawing, channel: 'in-person' };
        const body =
          answer === 'out'
            ? { verdict: 'not-reached' }
            : answer === 'acceptable'
              ? { verdict: 'acceptable', ...reached }
              : { verdict: 'not-acceptable', ...reached, quality: 1, effect: 1, satisfaction: 1, lacking: '还在漏' };
        // What waited three days the program sends to the door while the list is being worked through.
        const { version } = JSON.parse((await caller.get(`${at}/${item.id}`)).body) as FollowUpItem;
        await act(caller, `${at}/${item.id}/record`, { version, ...body }, key);
        if (answer === 'not-acceptable') reworked.push(life);
      }
    }),
  );
  for (const reviewer of [people.supervisor, people.generalManager])
    for (const item of await everyOne<FollowUpItem>(reviewer, `${at}?state=recorded&toReview=true&limit=200`)) {
      await act(reviewer, `${at}/${item.id}/review`, { version: item.version, comment: '已阅' }, `${item.id}-review`);
      acts++;
    }
  return { acts, reworked };
}

async function everyOne<Row>(who: Visitor, path: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const next: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: { items: Row[]; nextCursor: string | null } = JSON.parse((await who.get(`${path}${next}`)).body);
    rows.push(...page.items);
    cursor = page.nextCursor;
  }
  return rows;
}

const moveClock = (who: Visitor, toMs: number) => who.post('/clock', { to: new Date(toMs).toISOString() });

type Figure = { name: string; numerator: number; denominator: number };
type CasePage = {
  level: string | null;
  urgency: string;
  timeline: { at: string; action: string; facts?: Record<string, unknown> }[];
  clocks: { kind: string; state: string; stoppedAt: string | null }[];
};

/** Every order opened by itself and judged by what its page says: as slow and as plain as can be. */
async function compare(who: Visitor, community: BenchCommunity): Promise<boolean> {
  const counted: Record<string, [number, number]> = {
    'repair-timeliness': [0, 0],
    'repair-arrival': [0, 0],
    'repair-rework': [0, 0],
    'minor-repairs-passed': [0, 0],
    'repair-follow-up': [0, 0],
  };
  const note = (name: string, counts: boolean) => {
    const pair = counted[name] as [number, number];
    if (counts) pair[0]++;
    pair[1]++;
  };
  const inMonth = (at: string) => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().startsWith(month);
  let opened = 0;
  for (const { id } of await everyOne<{ id: string }>(who, `${community.path}/cases?kind=repair&limit=200`)) {
    const order: CasePage = JSON.parse((await who.get(`${community.path}/repairs/${id}`)).body);
    opened++;
    const finishes = order.timeline.filter((one) => one.action === 'finish');
    const here = finishes.filter((one) => inMonth(one.at));
    if (here.length === 0) continue;
    const last = here.at(-1)?.at ?? '';
    const of = (kind: string) =>
      order.clocks.filter((clock) => clock.kind === kind && clock.stoppedAt !== null && clock.stoppedAt <= last);
    const complete = of('complete').map((clock) => clock.state);
    note('repair-timeliness', complete.includes('met') && !complete.includes('missed'));
    const onSite = of('on-site').map((clock) => clock.state);
    if (onSite.some((state) => state === 'met' || state === 'missed'))
      note('repair-arrival', !onSite.includes('missed'));
    const reworks = order.timeline.filter((one) => one.action === 'rework');
    note(
      'repair-rework',
      reworks.some((back) =>
        here.some((one) => one.at <= back.at && Date.parse(back.at) - Date.parse(one.at) <= 30 * dayMs),
      ),
    );
    if (order.urgency === 'ordinary') {
      const sign = order.timeline.find((one) => one.action === 'sign');
      const isBefore = reworks.some((back) => back.at < (sign?.at ?? ''));
      note('minor-repairs-passed', sign?.facts?.satisfied === true && !isBefore);
    }
    const followUps = await everyOne<FollowUpItem>(who, `${community.path}/follow-ups?caseId=${id}`);
    note(
      'repair-follow-up',
      followUps.some(({ result }) => result !== null && result.verdict !== 'not-reached'),
    );
  }
  const figures = (
    JSON.parse((await who.get(`${community.path}/indicators?month=${month}`)).body) as { items: Figure[] }
  ).items;
  let isSame = true;
  say(`${opened} orders opened one by one`);
  // The day has repairs only: the other figures of the month count what nobody here lived.
  const lived = figures.filter(({ name }) => name.startsWith('repair-') || name === 'minor-repairs-passed');
  for (const { name, numerator, denominator } of lived) {
    const [top, below] = counted[name] ?? [Number.NaN, Number.NaN];
    const fits = top === numerator && below === denominator;
    isSame &&= fits;
    say(`${name}: ${numerator} ÷ ${denominator}, counted again ${top} ÷ ${below}${fits ? '' : '  DIFFERENT'}`);
  }
  return isSame && lived.length === Object.keys(counted).length;
}

const isGood = await main();
say(isGood ? 'the figures are what was lived' : 'NOT what was lived');
process.exitCode = isGood ? 0 : 1;
