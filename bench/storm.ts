// A day of a city's house complaints replayed against the running product: 24 hours in 60 seconds over HTTP, each with
// its Idempotency-Key, also with the program killed in the middle. Every report must be there once.
//   npm run bench -- storm --file tickets.csv.gz [--kill 30] [--seconds 60] [--address http://… --password …]
// Without --address it starts the built program itself, with demo data in a folder of its own.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { productFolder } from '../src/apps/server/wiring.ts';
import { dayMs, placeOf, type Report, readReports } from './city-day.ts';
import { type Program, startProgram, Visitor } from './ground.ts';
import { timingOf } from './measure.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

const options = new Map<string, string>();
for (let index = 2; index < process.argv.length; index++) {
  const one = process.argv[index] ?? '';
  if (one.startsWith('--')) options.set(one.slice(2), process.argv[index + 1] ?? 'true');
}

type Target = { address: string; password: string; program: Program | null; restart(): Promise<void>; dataDir: string };

async function openTarget(): Promise<Target> {
  const given = options.get('address');
  if (given)
    return {
      address: given,
      password: options.get('password') ?? '',
      program: null,
      restart: async () => {},
      dataDir: '',
    };
  const dataDir = mkdtempSync(join(tmpdir(), 'guanjia-storm-'));
  const password = 'a password for storms';
  say('filling demo data …');
  const start = (port = '0') =>
    startProgram([], { DATA_DIR: dataDir, DEMO_PASSWORD: password, PORT: port }, ['--demo']);
  const target: Target = { address: '', password, program: await start(), restart: async () => {}, dataDir };
  target.address = (target.program as Program).address;
  target.restart = async () => {
    await target.program?.stop('SIGKILL');
    const startedAt = performance.now();
    target.program = await start(new URL(target.address).port);
    say(`killed; back after ${Math.round(performance.now() - startedAt)} ms`);
  };
  return target;
}

const clientsCount = 24;
const patienceMs = 60_000;

async function main(): Promise<boolean> {
  const file = options.get('file');
  if (!file) throw new Error('--file tickets.csv.gz is needed');
  const reports = readReports(file);
  say(`${reports.length} residential complaints`);
  const target = await openTarget();
  try {
    return await storm(reports, target);
  } finally {
    await target.program?.stop();
    if (target.dataDir) rmSync(target.dataDir, { recursive: true, force: true });
  }
}

async function storm(reports: readonly Report[], target: Target): Promise<boolean> {
  const seconds = Number(options.get('seconds') ?? 60);
  const killAt = options.get('kill');
  const clients = await Promise.all(
    Array.from({ length: clientsCount }, (_, at) =>
      new Visitor(target.address).signIn(at % 2 === 0 ? 'desk' : 'desk2', target.password),
    ),
  );
  const [first] = clients as [Visitor];
  const { items: communities } = JSON.parse((await first.get('/communities')).body) as {
    items: { id: string; code: string }[];
  };
  const community = communities.find((one) => one.code === 'LYHT');
  if (!community) throw new Error('there is no community LYHT');
  const path = `/communities/${community.id}`;
  const units = await allOf<{ id: string }>(first, `${path}/units?limit=200`);
  const before = await allOf<{ id: string }>(first, `${path}/cases?kind=repair&limit=200`);
  say(`${units.length} households, ${before.length} repairs before`);

  const samples: number[] = [];
  const codes = new Map<string, string>();
  let resent = 0;
  /** Lines that were given up: refused for good, or never answered. The storm goes on without them. */
  const failed: string[] = [];
  const giveUp = (report: Report, why: string) => {
    failed.push(report.key);
    say(`line ${report.line} (${report.key}): ${why}`);
  };
  const lines = clients.map(() => Promise.resolve());
  const begin = performance.now();
  const killing =
    killAt === undefined
      ? Promise.resolve()
      : wait(Number(killAt) * 1000).then(async () => {
          say(`kill -9 at ${killAt} s, ${codes.size} answered`);
          await target.restart();
        });
  for (const [at, report] of reports.entries()) {
    const dueMs = (report.atMs / dayMs) * seconds * 1000;
    await wait(dueMs - (performance.now() - begin));
    const scheduledAt = performance.now();
    const client = at % clients.length;
    lines[client] = (lines[client] as Promise<void>).then(async () => {
      const body = {
        unitId: placeOf(
          report.address,
          units.map((one) => one.id),
        ),
        category: report.category,
        urgency: report.urgency,
        description: `${report.text} (${report.key})`,
        channel: 'phone',
        readBack: true,
      };
      for (;;) {
        try {
          const answer = await (clients[client] as Visitor).ask('POST', `${path}/repairs`, body, {
            'idempotency-key': report.key,
          });
          if (answer.status === 201) {
            codes.set(report.key, (JSON.parse(answer.body) as { code: string }).code);
            break;
          }
          // Too much at once, and a twin in flight, are worth another try; what is wrong stays wrong.
          if (answer.status < 500 && answer.status !== 429)
            return giveUp(report, `${answer.status} ${answer.body.slice(0, 300)}`);
        } catch {
          // The connection broke or could not be made: the program may be starting again.
        }
        if (performance.now() - scheduledAt > patienceMs) return giveUp(report, 'no answer');
        resent++;
        await wait(200);
      }
      // From the moment the caller called: what waited behind another counts too.
      samples.push(performance.now() - scheduledAt);
    });
  }
  await Promise.all(lines);
  await killing;
  const timing = timingOf(samples, performance.now() - begin);
  say(
    `created ${codes.size} in ${Math.round(performance.now() - begin)} ms, ${resent} sent again; p50 ${timing.p50Ms} ms, p99 ${timing.p99Ms} ms, longest ${timing.maxMs} ms`,
  );

  const after = await allOf<{ id: string; code: string; summary: string }>(
    first,
    `${path}/cases?kind=repair&limit=200`,
  );
  const found = new Map<string, string[]>();
  for (const row of after) {
    const key = /\((311-\d+)\)/.exec(row.summary)?.[1];
    if (key) found.set(key, [...(found.get(key) ?? []), row.code]);
  }
  if (failed.length > 0) say(`${failed.length} of ${reports.length} lines failed`);
  const missing = reports.filter((report) => !found.has(report.key)).length;
  const doubled = [...found.values()].filter((one) => one.length > 1).length;
  const misnamed = reports.filter(
    (report) => found.has(report.key) && found.get(report.key)?.[0] !== codes.get(report.key),
  ).length;
  say(
    `on the board: ${found.size} of ${reports.length}, ${missing} missing, ${doubled} double, ${misnamed} with another number`,
  );
  const grown = after.length - before.length;
  say(`repairs grew by ${grown}`);
  for (const client of clients) client.leave();
  const isClean = target.dataDir === '' ? notVerified() : verify(target.dataDir);
  return failed.length === 0 && missing === 0 && doubled === 0 && misnamed === 0 && grown === reports.length && isClean;
}

async function allOf<Row>(visitor: Visitor, path: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { items: Row[]; nextCursor: string | null } = JSON.parse(
      (await visitor.get(`${path}${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`)).body,
    );
    rows.push(...page.items);
    cursor = page.nextCursor;
  }
  return rows;
}

/** Another machine's data folder can't be asked from here. */
function notVerified(): true {
  say('verify: NOT run, the program under --address keeps its own data; run `npm run app -- verify` beside it');
  return true;
}

function verify(dataDir: string): boolean {
  const done = spawnSync(process.execPath, [join(productFolder(), 'dist/server/main.js'), 'verify'], {
    env: { PATH: process.env.PATH ?? '', DATA_DIR: dataDir, LOG_LEVEL: 'error' },
    encoding: 'utf8',
  });
  say(`verify: exit ${done.status} ${done.stdout.trim().split('\n').slice(-3).join(' | ')}`);
  return done.status === 0;
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));

const isGood = await main();
say(isGood ? 'every report is there once' : 'NOT every report is there once');
process.exitCode = isGood ? 0 : 1;
