// The demo by the built program: filled behind a door that says so, begun anew after a kill, on a clock of its own that only
// goes forward, and never over real data.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { newId } from '../src/kernel/id.ts';
import { minuteMs, msOf } from '../src/kernel/time.ts';
import { Person } from './house.ts';
import { command, Program, setUp } from './program.ts';

const ground = mkdtempSync(join(tmpdir(), 'guanjia-demo-'));
let folders = 0;
const freshRun = () => ({ env: { DATA_DIR: join(ground, `d${++folders}`), DEMO_PASSWORD: 'seven calm rivers' } });
const running: Program[] = [];
const small = ['--scale', '0.02'];
/** A year from now: no machine's clock comes near it while this runs. */
const later = new Date(Date.now() + 365 * 24 * 60 * minuteMs).toISOString();

async function serve(run: ReturnType<typeof freshRun>, args: readonly string[] = []): Promise<Program> {
  const program = await Program.start(run, args);
  running.push(program);
  return program;
}
const signIn = (program: Program) => new Person(program, newId(), 'desk').signIn('seven calm rivers');

afterEach(async () => {
  for (const program of running.splice(0)) await program.stop();
});
afterAll(() => rmSync(ground, { recursive: true, force: true }));

it('answers while it fills, is filled anew after a kill in the middle, and runs on its own clock', {
  timeout: 400_000,
}, async () => {
  const run = freshRun();
  const first = await Program.launch(run, ['--demo', ...small]);
  running.push(first);
  const ready = await fetch(`${first.address}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([503, { status: 'not_ready', reason: 'demo' }]);
  expect(Number(ready.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await fetch(`${first.address}/healthz`)).status).toBe(200);
  const asked = await fetch(`${first.address}/api/v1/me`);
  expect([asked.status, ((await asked.json()) as { code: string }).code]).toEqual([503, 'not_ready']);
  const page = await fetch(`${first.address}/`);
  expect([page.status, await page.text()]).toEqual([503, expect.stringContaining('系统正在启动')]);
  await first.until(() => /2[5-9]%|[3-9]\d%/.test(first.heard.said), 200_000);
  await first.kill();

  // Half filled: served as it lies, it is not ready and says why.
  const half = await Program.launch(run);
  running.push(half);
  await half.until(() => half.heard.said.includes('管家已启动'));
  const notYet = await fetch(`${half.address}/readyz`);
  expect([notYet.status, await notYet.json()]).toEqual([503, { status: 'not_ready', reason: 'demo' }]);
  await half.stop();

  const again = await Program.launch(run, ['--demo', ...small, '--clock', later]);
  running.push(again);
  await again.until(() => again.heard.said.includes('管家已启动'), 300_000);
  expect(again.heard.said).toContain('现清除后重新生成');
  expect((await fetch(`${again.address}/readyz`)).status).toBe(200);
  const desk = await signIn(again);
  const clock = (await desk.get('/clock')).body;
  expect(clock.isMovable).toBe(true);
  expect(msOf(clock.now) - msOf(later)).toBeGreaterThanOrEqual(0);
  expect(msOf(clock.now) - msOf(later)).toBeLessThan(10 * minuteMs);
  const { communities } = (await desk.get('/me')).body;
  const path = `/communities/${communities[0].id}`;
  expect((await desk.get(`${path}/cases?count=true`)).body.total).toBeGreaterThan(0);

  const hour = new Date(msOf(clock.now) + 60 * minuteMs).toISOString();
  const moved = await desk.post('/clock', { to: hour });
  expect([moved.status, msOf(moved.body.now) >= msOf(hour)]).toEqual([200, true]);
  const back = await desk.post('/clock', { to: clock.now });
  expect([back.status, back.body.code]).toEqual([409, 'clock.forward_only']);
  const nonsense = await desk.post('/clock', { to: 'next week' });
  expect([nonsense.status, nonsense.body.errors[0].path, nonsense.body.errors[0].code]).toEqual([
    422,
    'to',
    'not_an_instant',
  ]);
  // What is written now is written at the clock's time.
  const made = await desk.post(`${path}/contacts`, { channel: 'phone', request: '问路', outcome: 'answered' });
  expect(msOf(made.body.at ?? made.body.createdAt) >= msOf(hour)).toBe(true);

  // Beside the running program: nothing to do, nothing changed.
  const total = (await desk.get(`${path}/cases?count=true`)).body.total;
  expect(await command(['demo'], run)).toMatchObject({ code: 0, said: expect.stringContaining('演示数据已就绪') });
  expect((await desk.get(`${path}/cases?count=true`)).body.total).toBe(total);
  await again.stop();

  // Asked for once more on demo data it changes nothing; the clock goes on from its last entry, and nobody moves it.
  const third = await serve(run, ['--demo']);
  expect(third.heard.said).toContain('演示数据已就绪');
  const same = await signIn(third);
  expect((await same.get(`${path}/cases?count=true`)).body.total).toBe(total);
  const still = (await same.get('/clock')).body;
  expect([still.isMovable, msOf(still.now) >= msOf(hour)]).toEqual([false, true]);
  const refused = await same.post('/clock', { to: new Date(msOf(still.now) + 60 * minuteMs).toISOString() });
  expect([refused.status, refused.body.code]).toEqual([409, 'clock.not_movable']);
});

it('refuses a demo and a clock on real data, and a clock that is no instant', { timeout: 120_000 }, async () => {
  const run = freshRun();
  const nonsense = await command(['serve', '--demo', '--clock', 'tomorrow'], run);
  expect([nonsense.code, nonsense.complained]).toEqual([1, expect.stringContaining('--clock 应为带时区的时间')]);
  const empty = await command(['serve', '--clock', later], { env: { ...run.env, PORT: '0' } });
  expect([empty.code, empty.complained]).toEqual([1, expect.stringContaining('--clock 只能用于演示数据')]);
  const program = await serve(run);
  await setUp(program);
  const beside = await command(['demo'], run);
  expect([beside.code, beside.complained]).toEqual([1, expect.stringContaining('已有正式数据')]);
  await program.stop();
  for (const [args, why] of [
    [['--demo'], '已有正式数据'],
    [['--demo', '--clock', later], '已有正式数据'],
    [['--clock', later], '--clock 只能用于演示数据'],
  ] as const) {
    const ended = await command(['serve', ...args], { env: { ...run.env, PORT: '0' } });
    expect([ended.code, ended.complained]).toEqual([1, expect.stringContaining(why)]);
  }
});

it('is filled by a command beside a running empty program, which then serves it and offers no set-up any more', {
  timeout: 300_000,
}, async () => {
  const run = freshRun();
  const program = await serve(run);
  expect((await command(['demo', '--scale', '2'], run)).complained).toContain('--scale');
  const filling = command(['demo', ...small], run);
  const seen = new Set<string>();
  let ended = false;
  void filling.finally(() => {
    ended = true;
  });
  while (!ended) {
    const ready = await fetch(`${program.address}/readyz`);
    const { reason = 'ready' } = (await ready.json()) as { reason?: string };
    seen.add(reason);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  expect(await filling).toMatchObject({ code: 0, complained: '' });
  expect([...seen]).toEqual(expect.arrayContaining(['ready', 'demo']));
  expect((await fetch(`${program.address}/readyz`)).status).toBe(200);
  const desk = await signIn(program);
  expect((await desk.get('/me')).body.isDemo).toBe(true);
  await expect(setUp(program)).rejects.toThrow('404');
  // The timers stood still meanwhile: no ladder rang at once for half a year.
  const { communities } = (await desk.get('/me')).body;
  expect(communities).toHaveLength(1);
  expect(await command(['verify'], run)).toMatchObject({ code: 0 });
});
