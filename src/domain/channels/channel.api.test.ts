import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate } from '../../../tests/certificate.ts';
import { type Answer, type Community, type Person, useHouse } from '../../../tests/house.ts';
import { HttpReceiver } from '../../../tests/http-receiver.ts';
import { readable, SmtpReceiver } from '../../../tests/smtp-receiver.ts';
import { hourMs, minuteMs, plusMs } from '../../kernel/time.ts';
import { makeLog } from '../../platform/log.ts';
import { sendDeliveries } from './delivery.jobs.ts';

type Shown = Answer['body'];
const said: string[] = [];

describe('messages that leave the house', () => {
  // Monday 23 November 2026, 10:00 in Shanghai.
  const house = useHouse({
    startAt: '2026-11-23T02:00:00.000Z',
    outbound: { mayBePrivate: true, withinMs: 1_000, answerBytes: 2_000 },
    log: makeLog('info', { write: (line) => said.push(line) }),
  });
  const now = () => house.house.time.now();
  const later = (ms: number) => house.house.time.moveTo(plusMs(now(), ms));
  const mails = new SmtpReceiver({ signIn: true });
  const posts = new HttpReceiver();
  let mailPort = 0;
  let hookBase = '';

  beforeAll(async () => {
    mailPort = await mails.open();
    hookBase = `http://127.0.0.1:${await posts.open()}`;
  });
  afterAll(() => Promise.all([mails.close(), posts.close()]));
  afterEach(async () => {
    mailPort = await mails.open(mailPort);
    mails.mails.length = 0;
    mails.answers = {};
    mails.isMute = false;
    posts.posts.length = 0;
    posts.reply = (response) => response.end('{"errcode":0}');
  });

  type Centre = { community: Community; admin: Person; desk: Person; tech: Person; engineer: Person };
  async function centre(): Promise<Centre> {
    const community = await house.community();
    const [admin, desk, tech, engineer] = [
      await house.person('admin', community, '管理员'),
      await house.person('front_desk', community, '林小满'),
      await house.person('technician', community, '周海涛'),
      await house.person('engineering_supervisor', community, '韩工'),
    ];
    const saved = await admin.post(`${community.path}/channel-settings`, {
      allowedHosts: ['127.0.0.1', 'localhost'],
      linkBase: 'https://gj.example.cn/',
    });
    expect(saved.status, JSON.stringify(saved.body)).toBe(200);
    return { community, admin, desk, tech, engineer };
  }
  const mailBody = (changed: object = {}) => ({
    kind: 'mail',
    name: '值班邮箱',
    groups: ['out'],
    host: '127.0.0.1',
    port: mailPort,
    security: 'none',
    username: 'robot',
    password: 'mail-secret-1',
    from: 'guanjia@example.cn',
    destinations: [{ address: 'duty@example.cn' }],
    ...changed,
  });
  const hookBody = (changed: object = {}) => ({
    kind: 'webhook',
    name: '集团平台',
    groups: ['out'],
    url: `${hookBase}/take?token=hook-secret-1`,
    signingKey: 'signing-secret-0123456789',
    ...changed,
  });
  const robotBody = (changed: object = {}) => ({
    kind: 'wecom',
    name: '客服群',
    groups: ['out'],
    url: `${hookBase}/cgi-bin/webhook/send?key=robot-secret-1`,
    ...changed,
  });
  async function channel({ admin, community }: Centre, body: object, isOn = true) {
    const made = await admin.post(`${community.path}/channels`, body);
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    const path = `${community.path}/channels/${made.body.id}`;
    if (isOn) expect((await admin.post(`${path}/switch`, { isOn: true })).status).toBe(200);
    return { id: made.body.id as string, path, made: made.body };
  }
  /** A repair dispatched: loud and out (spec/12 Told to). */
  async function dispatched({ desk, tech, community }: Centre, urgency = 'emergency') {
    const made = await desk.post(`${community.path}/repairs`, {
      place: '地下车库',
      category: 'public-area',
      urgency,
      description: '水管爆裂，业主 13800001234 张三',
      channel: 'phone',
      readBack: true,
    });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    const sent = await desk.post(`${community.path}/repairs/${made.body.id}/dispatch`, {
      version: 1,
      technicianId: tech.id,
    });
    expect(sent.status, JSON.stringify(sent.body)).toBe(200);
    return { id: made.body.id as string, code: made.body.code as string };
  }
  const deliveries = async ({ admin, community }: Centre, query = ''): Promise<Shown[]> =>
    (await admin.get(`${community.path}/deliveries${query}`)).body.items;
  const timeline = async ({ desk, community }: Centre, id: string): Promise<Shown[]> =>
    (await desk.get(`${community.path}/repairs/${id}`)).body.timeline.filter((one: { action: string }) =>
      /sent-out$/.test(one.action),
    );

  it('delivers once by mail, robot and webhook, and writes it on the time line', async () => {
    const one = await centre();
    await channel(one, mailBody());
    await channel(one, robotBody());
    await channel(one, hookBody());
    const order = await dispatched(one);
    for (let round = 0; round < 3; round++) await house.tick();
    expect(mails.mails).toHaveLength(1);
    const [mail] = mails.mails;
    expect(mail).toMatchObject({ to: ['duty@example.cn'], user: 'robot' });
    const { subject, body, header } = readable(mail?.text ?? '');
    expect(subject).toContain(`${order.code} 已派工（紧急），请接单`);
    expect(body).toContain(`https://gj.example.cn/c/${one.community.code}/repairs/${order.id}`);
    expect(header('Auto-Submitted')).toBe('auto-generated');
    const [row] = await deliveries(one, '?state=sent&limit=50').then((rows) =>
      rows.filter((each) => each.channelKind === 'mail'),
    );
    expect(header('Message-ID')).toBe(`<${row.id}@example.cn>`);

    expect(posts.posts).toHaveLength(2);
    const robot = posts.posts.find((post) => post.path.startsWith('/cgi-bin'));
    expect(robot?.body).toMatchObject({ msgtype: 'text' });
    expect(robot?.body.text.content).toContain(order.code);
    const hook = posts.posts.find((post) => post.path.startsWith('/take'));
    const id = hook?.headers['webhook-id'];
    const timestamp = hook?.headers['webhook-timestamp'];
    // The receiver's way to check it, written from the scheme's description alone.
    const signature = createHmac('sha256', 'signing-secret-0123456789').update(`${id}.${timestamp}.${hook?.text}`);
    expect(hook?.headers['webhook-signature']).toBe(`v1,${signature.digest('base64')}`);
    expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(60);
    expect(hook?.body).toMatchObject({ id, case: { id: order.id, code: order.code, kind: 'repair' } });
    // No personal value of anybody in what went out.
    for (const text of [`${subject}${body}`, ...posts.posts.map((post) => post.text)])
      expect(text).not.toMatch(/张三|13800001234|爆裂|周海涛|林小满|地下车库/);

    const entries = await timeline(one, order.id);
    expect(entries.map((entry) => [entry.action, entry.facts.channelKind]).sort()).toEqual([
      ['sent-out', 'mail'],
      ['sent-out', 'webhook'],
      ['sent-out', 'wecom'],
    ]);
  });

  it('bridges a mail server that is down for a day, with growing gaps and nothing sent twice', async () => {
    const one = await centre();
    const { path } = await channel(one, mailBody());
    await mails.close();
    const order = await dispatched(one);
    await house.tick();
    const health = async () => (await one.admin.get(`${one.community.path}/channels`)).body.items[0];
    const gaps: number[] = [];
    const until = plusMs(now(), 24 * hourMs);
    while (now() < until) {
      const { resumesAt } = await health();
      const wait = Date.parse(resumesAt) - Date.parse(now());
      gaps.push(Math.round(wait / 30_000));
      // A moment too early nothing is tried.
      if (wait > 5_000) later(wait - 5_000);
      expect(await sendDeliveries(house.house)).toBe(0);
      later(5_100);
      expect(await sendDeliveries(house.house)).toBe(1);
    }
    expect(gaps.slice(0, 4)).toEqual([1, 2, 4, 8]);
    expect(Math.max(...gaps)).toBe(120);
    expect(gaps.length).toBeLessThan(40);
    expect(await health()).toMatchObject({ lastErrorCode: 'not_reached', lastSentAt: null });
    expect((await health()).waiting).toBeGreaterThan(0);

    mailPort = await mails.open(mailPort);
    later(hourMs);
    await house.tick();
    await house.tick();
    const arrived = mails.mails.map((mail) => readable(mail.text));
    expect(arrived.filter(({ subject }) => subject.includes(`${order.code} 已派工`))).toHaveLength(1);
    // It says when it arose, not when it got through.
    expect(arrived.find(({ subject }) => subject.includes('已派工'))?.body).toContain('11月23日 10:');
    expect(new Set(arrived.map(({ header }) => header('Message-ID'))).size).toBe(arrived.length);
    expect(await health()).toMatchObject({ waiting: 0, resumesAt: null, lastErrorCode: null });
    await one.admin.post(`${path}/switch`, { isOn: false });
  });

  it('gives up after three days: a dead letter that the administrator sends again or drops', async () => {
    const one = await centre();
    const { path } = await channel(one, hookBody());
    posts.reply = (response) => response.writeHead(503).end();
    const order = await dispatched(one);
    await house.tick();
    later(73 * hourMs);
    await house.tick();
    const failed = (await deliveries(one, '?state=failed')).find((row) => row.kind === 'assigned');
    expect(failed).toMatchObject({ code: order.code, errorCode: 'busy' });
    expect((await timeline(one, order.id)).some((entry) => entry.action === 'not-sent-out')).toBe(true);
    expect((await one.admin.get(`${one.community.path}/channels`)).body.items[0].failed).toBeGreaterThan(0);

    posts.reply = (response) => response.end();
    const before = posts.posts.length;
    const again = await one.admin.post(`${one.community.path}/deliveries/${failed.id}/retry`);
    expect([again.status, again.body.state]).toEqual([200, 'waiting']);
    await house.tick();
    const resent = posts.posts.slice(before).filter((post) => post.headers['webhook-id'] === failed.id);
    expect(resent).toHaveLength(1);
    const twice = await one.admin.post(`${one.community.path}/deliveries/${failed.id}/retry`);
    expect([twice.status, twice.body.code]).toEqual([409, 'channel.delivery_over']);
    await one.admin.post(`${path}/switch`, { isOn: false });
  });

  it('takes a no to one message as the end of that one, and drops it when told so', async () => {
    const one = await centre();
    await channel(one, mailBody());
    mails.answers = { RCPT: '550 no such mailbox' };
    await dispatched(one);
    await house.tick();
    const [failed] = await deliveries(one, '?state=failed');
    expect(failed).toMatchObject({ errorCode: 'recipient_refused', attempts: 1 });
    const dropped = await one.admin.post(`${one.community.path}/deliveries/${failed.id}/drop`);
    expect(dropped.body.state).toBe('dropped');
    // The next message goes.
    mails.answers = {};
    await dispatched(one);
    await house.tick();
    expect(mails.mails).toHaveLength(1);
  });

  it('is not held up by a webhook that never answers', async () => {
    const one = await centre();
    await channel(one, hookBody({ name: '不回应' }));
    await channel(one, mailBody());
    posts.reply = () => {};
    await dispatched(one);
    const started = Date.now();
    await house.tick();
    expect(Date.now() - started).toBeLessThan(5_000);
    expect(mails.mails).toHaveLength(1);
    const waiting = (await deliveries(one, '?state=waiting')).find((row) => row.channelKind === 'webhook');
    expect(waiting).toMatchObject({ errorCode: 'timed_out' });
    // A test that fails doesn't end its rest.
    const { items } = (await one.admin.get(`${one.community.path}/channels`)).body;
    const [resting] = items.filter((item: { kind: string }) => item.kind === 'webhook');
    await one.admin.post(`${one.community.path}/channels/${resting.id}/test`);
    const after = (await one.admin.get(`${one.community.path}/channels`)).body.items;
    expect(after.find((item: { id: string }) => item.id === resting.id).resumesAt).toBe(resting.resumesAt);
    // Until its rest is over it is not asked again, and then with the same id.
    const asked = posts.posts.length;
    await house.tick();
    expect(posts.posts).toHaveLength(asked);
    posts.reply = (response) => response.end();
    later(minuteMs);
    await house.tick();
    expect(posts.posts.at(-1)?.headers['webhook-id']).toBe(posts.posts[0]?.headers['webhook-id']);
  });

  it('holds ordinary ones back at night until seven, and lets emergencies through (spec/12 Told to)', async () => {
    const one = await centre();
    const { path } = await channel(one, mailBody());
    const night = plusMs(
      now(),
      ((23 * hourMs + 30 * minuteMs - (Date.parse(now()) + 8 * hourMs)) % (24 * hourMs)) + 24 * hourMs,
    );
    house.house.time.moveTo(night);
    await one.desk.signIn();
    await one.admin.signIn();
    const ordinary = await dispatched(one, 'ordinary');
    const emergency = await dispatched(one, 'emergency');
    await house.tick();
    expect(mails.mails.map((mail) => readable(mail.text).subject).join()).toContain(emergency.code);
    expect(mails.mails.map((mail) => readable(mail.text).subject).join()).not.toContain(`${ordinary.code} 已派工`);
    const held = (await deliveries(one, '?state=waiting')).find((row) => row.code === ordinary.code);
    expect(new Date(Date.parse(held.dueAt) + 8 * hourMs).toISOString().slice(11, 16)).toBe('07:00');
    house.house.time.moveTo(plusMs(held.dueAt, 1_000));
    await house.tick();
    expect(mails.mails.map((mail) => readable(mail.text).subject).join()).toContain(`${ordinary.code} 已派工`);
    await one.admin.post(`${path}/switch`, { isOn: false });
  });

  it('writes to a person only what that person is told', async () => {
    const one = await centre();
    await channel(
      one,
      mailBody({
        groups: ['loud'],
        destinations: [
          { address: 'tech@example.cn', staffId: one.tech.id },
          { address: 'eng@example.cn', staffId: one.engineer.id },
        ],
      }),
    );
    await dispatched(one);
    await house.tick();
    const subjects = (to: string) =>
      mails.mails.filter((mail) => mail.to[0] === to).map((mail) => readable(mail.text).subject);
    expect(subjects('tech@example.cn').join()).toContain('已派工');
    expect(subjects('eng@example.cn').join()).not.toContain('已派工');
    expect(subjects('eng@example.cn').join()).toContain('新登记');
  });

  it('refuses redirects, large answers, wrong certificates and hosts that are not on the list', async () => {
    const one = await centre();
    const { admin, community } = one;
    const certificate = makeCertificate();
    const wrong = new HttpReceiver(certificate);
    const wrongMail = new SmtpReceiver({ tls: certificate });
    const [wrongPort, wrongMailPort] = [await wrong.open(), await wrongMail.open()];
    const test = async (body: object) => {
      const { path } = await channel(one, body, false);
      const { items } = (await admin.post(`${path}/test`)).body;
      return items.map((item: { state: string; errorCode: string | null }) => [item.state, item.errorCode]);
    };
    posts.reply = (response) => response.writeHead(302, { location: `${hookBase}/elsewhere` }).end();
    expect(await test(hookBody())).toEqual([['dropped', 'redirected']]);
    expect(posts.posts.map((post) => post.path)).toEqual(['/take?token=hook-secret-1']);
    posts.reply = (response) => response.end('x'.repeat(5_000));
    expect(await test(hookBody())).toEqual([['dropped', 'answer_too_large']]);
    expect(await test(hookBody({ url: `https://localhost:${wrongPort}/` }))).toEqual([['dropped', 'bad_certificate']]);
    expect(wrong.posts).toEqual([]);
    expect(await test(mailBody({ host: 'localhost', port: wrongMailPort, security: 'starttls' }))).toEqual([
      ['dropped', 'bad_certificate'],
    ]);
    expect(wrongMail.lines.join('\n')).not.toContain('AUTH');
    // A server that can't encrypt gets no password.
    const heard = mails.lines.length;
    expect(await test(mailBody({ security: 'starttls' }))).toEqual([['dropped', 'not_encrypted']]);
    expect(mails.lines.slice(heard).join('\n')).not.toContain('AUTH');
    await Promise.all([wrong.close(), wrongMail.close()]);

    const closed = await admin.post(`${community.path}/channels`, hookBody({ url: 'https://hook.example.cn/' }));
    expect([closed.status, closed.body.code]).toEqual([409, 'channel.host_not_allowed']);
    // Taken off the list while in use: refused; off and then removed, nothing goes any more.
    const { id, path } = await channel(one, hookBody());
    const inUse = await admin.post(`${community.path}/channel-settings`, { allowedHosts: [], linkBase: null });
    expect([inUse.status, inUse.body.code]).toEqual([409, 'channel.host_in_use']);
    await admin.post(`${path}/switch`, { isOn: false });
    expect((await admin.post(`${community.path}/channel-settings`, { allowedHosts: [], linkBase: null })).status).toBe(
      200,
    );
    expect((await admin.post(`${path}/test`)).body.code).toBe('channel.host_not_allowed');
    const shown = (await admin.get(`${community.path}/channels`)).body.items.find(
      (item: { id: string }) => item.id === id,
    );
    expect(shown.isHostAllowed).toBe(false);
  });

  it('never answers nor logs a secret, and keeps it sealed', async () => {
    const one = await centre();
    const { admin, community } = one;
    const secrets = /mail-secret-1|robot-secret-1|hook-secret-1|signing-secret/;
    const mail = await channel(one, mailBody());
    const robot = await channel(one, robotBody());
    const hook = await channel(one, hookBody());
    const answers = [mail.made, robot.made, hook.made, (await admin.get(`${community.path}/channels`)).body];
    for (const { path } of [mail, robot, hook]) answers.push((await admin.post(`${path}/test`)).body);
    // Bad input says which field, not what stood in it.
    answers.push((await admin.post(`${community.path}/channels`, mailBody({ port: 0 }))).body);
    answers.push((await admin.post(`${community.path}/channels`, hookBody({ url: 'hook-secret-1' }))).body);
    mails.answers = { AUTH: '535 mail-secret-1 is wrong' };
    answers.push((await admin.post(`${mail.path}/test`)).body);
    expect(answers.at(-1).items[0].errorCode).toBe('sign_in_refused');
    expect(JSON.stringify(answers)).not.toMatch(secrets);
    expect(said.length).toBeGreaterThan(0);
    expect(said.join('\n')).not.toMatch(secrets);
    const stored = await house.asOwner(
      `select c::text as row from channels c where community_id = '${community.id}'
       union all select l::text from audit_log l where community_id = '${community.id}'
       union all select o::text from outbox o where community_id = '${community.id}'`,
    );
    expect(JSON.stringify(stored)).not.toMatch(secrets);
    expect(JSON.stringify(stored)).not.toContain('duty@example.cn');
    // The key that a removed channel had is gone for good.
    expect((await admin.post(`${robot.path}/remove`)).status).toBe(200);
    const [gone] = await house.asOwner(`select sealed from channels where id = '${robot.id}'`);
    expect(gone.sealed).toBeNull();
  });

  it('keeps a secret that is left out, but not for another server', async () => {
    const one = await centre();
    const { path, made } = await channel(one, mailBody());
    const { password: _left, ...kept } = mailBody({ name: '新名字' });
    const destinations = made.mail.destinations;
    const same = await one.admin.post(`${path}/amend`, { ...kept, destinations, version: 2 });
    expect([same.status, same.body.name, same.body.mail.destinations]).toEqual([200, '新名字', destinations]);
    await one.admin.post(`${path}/test`);
    expect(mails.mails).toHaveLength(1);
    const elsewhere = await one.admin.post(`${path}/amend`, { ...kept, host: 'localhost' });
    expect(elsewhere.body.errors).toEqual([expect.objectContaining({ path: 'password', code: 'secret_again' })]);
    const stale = await one.admin.post(`${path}/amend`, { ...kept, version: 2 });
    expect([stale.status, stale.body.code]).toEqual([412, 'stale_version']);
    const turned = await one.admin.post(`${path}/amend`, hookBody());
    expect(turned.body.errors[0].path).toBe('kind');
  });

  it('is the administrator`s alone, and drops what waits when it is switched off', async () => {
    const one = await centre();
    for (const role of ['manager', 'front_desk', 'auditor', 'general_manager'] as const) {
      const person = await house.person(role, one.community);
      expect((await person.get(`${one.community.path}/channels`)).status, role).toBe(403);
    }
    const other = await house.person('admin', await house.community());
    expect((await other.get(`${one.community.path}/channels`)).status).toBe(404);
    const { path } = await channel(one, hookBody());
    posts.reply = (response) => response.writeHead(503).end();
    await dispatched(one);
    await house.tick();
    await one.admin.post(`${path}/switch`, { isOn: false });
    posts.reply = (response) => response.end();
    const before = posts.posts.length;
    later(hourMs);
    await house.tick();
    expect(posts.posts).toHaveLength(before);
    expect((await deliveries(one)).every((row) => row.state === 'dropped')).toBe(true);
  });

  it('names the field that is wrong', async () => {
    const { admin, community } = await centre();
    const fault = async (body: object) =>
      (await admin.post(`${community.path}/channels`, body)).body.errors.map((one: { path: string }) => one.path);
    expect(await fault(mailBody({ host: 'https://smtp.example.cn' }))).toEqual(['host']);
    expect(await fault(mailBody({ from: 'a@b.cn\r\nBcc: x@y.cn' }))).toEqual(['from']);
    expect(await fault(mailBody({ destinations: [{ address: 'x' }] }))).toEqual(['destinations.0.address']);
    expect(await fault(mailBody({ destinations: [{ address: 'x@y.cn', staffId: community.id }] }))).toEqual([
      'destinations.0.staffId',
    ]);
    expect(await fault(mailBody({ password: undefined }))).toEqual(['password']);
    expect(await fault(hookBody({ signingKey: 'short' }))).toEqual(['signingKey']);
    expect(await fault(hookBody({ groups: [] }))).toEqual(['groups']);
    expect(await fault(hookBody({ url: 'ftp://x.cn' }))).toEqual(['url']);
  });
});

describe('without the setting for tests', () => {
  const asked: string[] = [];
  let answers = [{ address: '127.0.0.1', family: 4 }];
  const house = useHouse({
    outbound: {
      withinMs: 1_000,
      resolve: async (host) => {
        asked.push(host);
        return answers;
      },
    },
  });
  it('goes to no loopback or private address, whatever name leads there, and never in plain text', async () => {
    const community = await house.community();
    const admin = await house.person('admin', community);
    await admin.post(`${community.path}/channel-settings`, {
      allowedHosts: ['hook.example.cn', '127.0.0.1', '169.254.169.254'],
      linkBase: null,
    });
    const hook = (url: string) => ({
      kind: 'webhook',
      name: '外部',
      groups: ['out'],
      url,
      signingKey: 'signing-secret-0123456789',
    });
    const plainText = await admin.post(`${community.path}/channels`, hook('http://hook.example.cn/'));
    expect(plainText.body.errors).toEqual([expect.objectContaining({ path: 'url', code: 'not_encrypted' })]);
    const test = async (body: object) => {
      const made = await admin.post(`${community.path}/channels`, body);
      return (await admin.post(`${community.path}/channels/${made.body.id}/test`)).body.items[0].errorCode;
    };
    expect(await test(hook('https://hook.example.cn/'))).toBe('address_not_allowed');
    expect(await test(hook('https://127.0.0.1/'))).toBe('address_not_allowed');
    expect(await test(hook('https://169.254.169.254/latest'))).toBe('address_not_allowed');
    answers = [{ address: '192.168.1.8', family: 4 }];
    const mail = {
      kind: 'mail',
      name: '邮件',
      groups: ['out'],
      host: 'hook.example.cn',
      port: 465,
      security: 'tls',
      from: 'a@example.cn',
      destinations: [{ address: 'b@example.cn' }],
    };
    expect(await test(mail)).toBe('address_not_allowed');
    expect(asked).toEqual(['hook.example.cn', 'hook.example.cn']);
  });
});
