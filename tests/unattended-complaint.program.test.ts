// An unattended critical complaint in the running program, in real seconds: each step of its ladder comes at its own second
// to the right person's mailbox and to the company's own receiver, whoever decides is called again each minute, and all of
// it ends when the general manager takes it over (CP3, CP9; spec/11 Ladders). The standard's minutes are seconds here.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { generate } from 'otplib';
import { afterAll, expect, it } from 'vitest';
import { newId } from '../src/kernel/id.ts';
import { Person } from './house.ts';
import { HttpReceiver } from './http-receiver.ts';
import { clerk, copyProduct, Program, pathOf, type Run, setUp } from './program.ts';
import { readable, SmtpReceiver } from './smtp-receiver.ts';

const ground = mkdtempSync(join(tmpdir(), 'guanjia-unattended-'));
const mails = new SmtpReceiver();
const hooks = new HttpReceiver();
let program: Program | undefined;

afterAll(async () => {
  await program?.stop();
  await Promise.all([mails.close(), hooks.close()]);
  rmSync(ground, { recursive: true, force: true });
});

/** Of the general manager's minute, and of the ten in which the department must have the form. */
const seconds = { respond: 4, sent: 8, toManager: 6, toGeneralManager: 12 };
const asMinutes = (value: number) => value / 60;

/** Who has to bind an authenticator first does so, as at a first sign-in; a session of its own opens with it. */
async function withSecondFactor(person: Person): Promise<Person> {
  const { key } = (await person.post('/me/second-factor')).body;
  const bound = await person.post('/me/second-factor/confirm', { code: await generate({ secret: key }) });
  expect(bound.status, JSON.stringify(bound.body)).toBe(200);
  const cookie = (bound.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  const { csrfToken } = (await new Person(person.house, person.id, person.username, cookie).get('/me')).body;
  return new Person(person.house, person.id, person.username, cookie, csrfToken);
}

it('climbs to the general manager second by second, calls again each minute, and is still once it is taken over', {
  timeout: 420_000,
}, async () => {
  const main = copyProduct(join(ground, 'product'), 'luxury', (standard) => {
    const rule = (kind: string, variant: string) =>
      standard.clocks.find((one: any) => one.kind === kind && one.variant === variant);
    rule('respond', 'critical').limit.minutes = asMinutes(seconds.respond);
    rule('sent', '').limit.minutes = asMinutes(seconds.sent);
    const [, manager, generalManager] = standard.ladders.minutes;
    manager.when.afterMinutes = asMinutes(seconds.toManager);
    generalManager.when.afterMinutes = asMinutes(seconds.toGeneralManager);
  });
  const run: Run = { main, env: { DATA_DIR: join(ground, 'data'), OUTBOUND_PRIVATE: '1' } };
  program = await Program.start(run);
  await setUp(program);
  const admin = await withSecondFactor(await new Person(program, newId(), 'admin').signIn());
  const path = await pathOf(admin);
  const roles = { desk: 'front_desk', sup: 'cs_supervisor', mgr: 'manager', gm: 'general_manager' } as const;
  type Who = keyof typeof roles;
  const people = {} as Record<Who, Person>;
  for (const who of Object.keys(roles) as Who[]) people[who] = await clerk(program, run, ground, who, roles[who]);
  people.gm = await withSecondFactor(people.gm);
  const staff: { id: string; username: string }[] = (await people.desk.get(`${path}/staff`)).body.items;
  const idOf = (who: Who): string => staff.find((one) => one.username === who)?.id ?? '';
  const nameOf = (id: string): string => staff.find((one) => one.id === id)?.username ?? id;

  // ── where messages go ──
  const [mailPort, hookPort] = [await mails.open(), await hooks.open()];
  const settings = { allowedHosts: ['127.0.0.1'], linkBase: null };
  expect((await admin.post(`${path}/channel-settings`, settings)).status).toBe(200);
  for (const channel of [
    {
      kind: 'mail',
      name: '值班邮箱',
      groups: ['out'],
      host: '127.0.0.1',
      port: mailPort,
      security: 'none',
      from: 'guanjia@example.cn',
      destinations: (Object.keys(roles) as Who[]).map((who) => ({ address: `${who}@example.cn`, staffId: idOf(who) })),
    },
    {
      kind: 'webhook',
      name: '集团平台',
      groups: ['out'],
      url: `http://127.0.0.1:${hookPort}/take`,
      signingKey: 'a key of two dozen letters or more',
    },
  ]) {
    const made = await admin.post(`${path}/channels`, channel);
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    const on = await admin.post(`${path}/channels/${made.body.id}/switch`, { isOn: true, version: made.body.version });
    expect(on.status, JSON.stringify(on.body)).toBe(200);
  }
  /** Each mail with the second at which it lay in the mailbox. */
  const heard: { who: string; subject: string; at: number }[] = [];
  let isListening = true;
  const listening = (async () => {
    while (isListening) {
      for (const mail of mails.mails.splice(0))
        for (const to of mail.to)
          heard.push({ who: to.split('@')[0] ?? '', subject: readable(mail.text).subject, at: Date.now() });
      await sleep(50);
    }
  })();
  const heardBy = (who: Who, words: RegExp) => heard.filter((one) => one.who === who && words.test(one.subject));

  // ── said at the counter, and nobody does anything ──
  const recorded = await people.desk.post(`${path}/complaints`, {
    channel: 'counter',
    severity: 'critical',
    against: 'engineering',
    place: '三号楼电梯',
    account: '电梯急停，老人摔倒后被困四十分钟',
    demand: '请总经理出面',
    contact: { name: '李女士', phone: '10200000001' },
    replyReason: '需请检验机构到场',
    replyAt: new Date(Date.now() + 3_600_000).toISOString(),
  });
  expect([recorded.status, recorded.body.severity], JSON.stringify(recorded.body)).toEqual([201, 'critical']);
  const complaint = `${path}/complaints/${recorded.body.id}`;
  const begun = Date.parse(recorded.body.createdAt);
  type Step = { clock: string; second: number; told: string[]; lateMs: number };
  const steps = async (): Promise<Step[]> =>
    (await people.gm.get(complaint)).body.timeline
      .filter((entry: any) => entry.action === 'escalated' && ['respond', 'sent'].includes(entry.facts.clock))
      .map((entry: any) => ({
        clock: entry.facts.clock,
        second: Math.round((Date.parse(entry.at) - begun) / 1000),
        // Who set the house up holds the manager's post as well.
        told: entry.facts.told.map(nameOf).filter((name: string) => name !== 'admin'),
        lateMs: Date.parse(entry.recordedAt) - Date.parse(entry.at),
      }));
  const lastStep = seconds.sent + seconds.toGeneralManager;
  await sleep(begun + lastStep * 1000 - Date.now());
  await expect.poll(async () => (await steps()).length, { timeout: 30_000, interval: 500 }).toBe(6);

  // The decider's own minute has nobody above him, so his superior's step is the manager's; the form climbs from the desk.
  const climbed = await steps();
  const of = (clock: string) =>
    climbed.filter((one) => one.clock === clock).map(({ second, told }) => ({ second, told }));
  expect(of('respond')).toEqual([
    { second: seconds.respond, told: ['gm'] },
    { second: seconds.respond + seconds.toManager, told: ['mgr'] },
    // Told already; the step stands on the time line all the same.
    { second: seconds.respond + seconds.toGeneralManager, told: [] },
  ]);
  expect(of('sent')).toEqual([
    { second: seconds.sent, told: ['desk', 'sup'] },
    { second: seconds.sent + seconds.toManager, told: ['mgr'] },
    { second: seconds.sent + seconds.toGeneralManager, told: ['gm'] },
  ]);
  expect(climbed.map((one) => one.second)).toEqual(climbed.map((one) => one.second).sort((a, b) => a - b));
  // Not counted up afterwards: each was taken when its second had come.
  for (const one of climbed) expect(one.lateMs, JSON.stringify(one)).toBeLessThan(10_000);

  // And so it lies in the mailboxes: nobody before their second, each above after the one below.
  const overdue = /超时/;
  await expect.poll(() => heardBy('gm', overdue).length, { timeout: 30_000 }).toBeGreaterThanOrEqual(2);
  const secondOf = (one: { at: number } | undefined) => ((one?.at ?? Number.NaN) - begun) / 1000;
  const firstOf = (who: Who) => secondOf(heardBy(who, overdue)[0]);
  expect(firstOf('gm')).toBeGreaterThanOrEqual(seconds.respond);
  expect(firstOf('desk')).toBeGreaterThanOrEqual(seconds.sent);
  expect(firstOf('sup')).toBeGreaterThanOrEqual(seconds.sent);
  expect(firstOf('mgr')).toBeGreaterThanOrEqual(seconds.respond + seconds.toManager);
  expect(secondOf(heardBy('gm', overdue).at(-1))).toBeGreaterThanOrEqual(lastStep);
  const kinds = () => hooks.posts.map((post) => post.body.type);
  expect(kinds()).toEqual(expect.arrayContaining(['notification.overdue', 'notification.escalated']));
  for (const post of hooks.posts) expect(post.headers['webhook-signature']).toMatch(/^v1,/);

  // ── called again each minute, he alone ──
  const waits = () => hooks.posts.filter((post) => post.body.type === 'notification.complaint-waits');
  await expect.poll(() => waits().length, { timeout: 150_000, interval: 500 }).toBe(2);
  const [first = 0, second = 0] = waits().map((post) => (Date.parse(post.body.at) - begun) / 1000);
  expect(first).toBeGreaterThanOrEqual(60);
  expect(first).toBeLessThan(75);
  expect(second - first).toBeGreaterThanOrEqual(60);
  expect(second - first).toBeLessThan(75);
  await expect.poll(() => heardBy('gm', /接手|接管/).length, { timeout: 20_000 }).toBe(2);
  for (const who of ['desk', 'sup', 'mgr'] as const) expect(heardBy(who, /接手|接管/)).toEqual([]);

  // ── taken over ──
  const { version } = (await people.gm.get(complaint)).body;
  const taken = await people.gm.post(`${complaint}/take-over`, { version });
  expect(taken.status, JSON.stringify(taken.body)).toBe(200);
  const respond = taken.body.clocks.find((one: any) => one.kind === 'respond');
  expect([respond.state, respond.stoppedAt]).toEqual(['missed', taken.body.takenOverAt]);
  const before = { waits: waits().length, steps: await steps() };
  await sleep(70_000);
  expect({ waits: waits().length, steps: await steps() }).toEqual(before);
  isListening = false;
  await listening;
});
