// CP12, spec/12 Anonymity: the head of the department complained about asks every route, and every list and stream, for
// who took an anonymous complaint, at which minute, and from whom. And those who keep complaints still see it all.
import { describe, expect, it } from 'vitest';
import { type Person, useHouse } from '../../../tests/house.ts';
import { LiveClient } from '../../../tests/live.ts';
import { msOf, plusMinutes, plusMs } from '../../kernel/time.ts';
import { bell, later, makeCentre, pathOf, recorded, story, walk } from './complaint-centre.fixture.ts';

// 14:37:21 in Shanghai: the minute that nobody of the department may learn.
const startAt = '2026-11-23T06:37:21.000Z';
const house = useHouse({ startAt });
const phone = '13800001234';

async function photo(by: Person, path: string): Promise<string> {
  const form = new FormData();
  const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  form.append('file', new Blob([Buffer.from(pixel, 'base64')], { type: 'image/png' }), 'IMG_20261123_143721.png');
  const answer = await by.post(`${path}/attachments`, form);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.id;
}

/** Every way an answer could say when: an instant within those minutes, or an id of version 7 made then. */
function tells(text: string, from: number, until: number): string[] {
  const instants = [...text.matchAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*Z/g)].map(([found]) => found);
  const ids = [...text.matchAll(/([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g)].map(
    ([found, high = '', low = '']) => [found, Number.parseInt(high + low, 16)] as const,
  );
  return [
    ...instants.filter((one) => msOf(one) > from && msOf(one) < until),
    ...ids.filter(([, ms]) => ms > from && ms < until).map(([found]) => found),
  ];
}

describe('an anonymous complaint', () => {
  it('stores no number, party or home, whoever types one in, and says so later', async () => {
    const { community, desk, unitId } = await makeCentre(house);
    const made = await recorded(desk, community, { anonymous: true, unitId, contact: { name: '陈', phone }, ...story });
    expect(made).toMatchObject({
      anonymous: true,
      unitId: null,
      contact: { name: null, phone: null },
      flags: ['anonymous'],
    });
    const [row] = await house.asOwner(`select c.unit_id, c.contact_name, c.contact_phone_sealed, c.contact_phone_masked,
      c.reporter_party_id, p.person_key from cases c join complaints p on p.id = c.id where c.id = '${made.id}'`);
    expect(Object.values(row).every((value) => value === null)).toBe(true);
    const amended = await desk.post(pathOf(community, made.id, '/amend'), {
      version: made.version,
      unitId,
      contact: { phone },
    });
    expect(amended.body.errors.map((one: any) => [one.path, one.code])).toEqual([
      ['unitId', 'anonymous_has_none'],
      ['contact', 'anonymous_has_none'],
    ]);
    const line = await desk.post(`${community.path}/contacts`, {
      channel: 'phone',
      request: '匿名投诉',
      outcome: 'case',
      caseId: made.id,
    });
    expect(line.body.errors[0]).toMatchObject({ path: 'caseId', code: 'case_is_anonymous' });
  });

  it('tells the head of its department neither taker nor minute nor number, in no route, list, feed or alarm', async () => {
    const { community, desk, butler, supervisor, engineer, technician, manager, unitId } = await makeCentre(house);
    const live = await new LiveClient(engineer, community).start();
    const keepers = await new LiveClient(manager, community).start();
    const file = await photo(butler, community.path);
    const from = msOf(house.house.time.now());
    const made = await recorded(butler, community, {
      anonymous: true,
      unitId,
      contact: { name: '陈', phone },
      attachmentIds: [file],
      ...story,
    });
    expect(made.id[14]).toBe('4');
    expect(made.attachmentIds[0][14]).toBe('4');
    // Nobody sends it in time: the ladders climb, and each step is so many minutes after the start.
    later(house, 12);
    await house.tick();
    await walk(community, made.id, [['classify', supervisor]]);
    await desk.post(`${community.path}/cases/${made.id}/notes`, {
      kind: 'photo',
      attachmentIds: [await photo(desk, community.path)],
    });
    later(house, 7);
    const until = msOf(house.house.time.now());
    await house.tick();
    const sent = await walk(community, made.id, [
      ['send', desk, { department: 'engineering', responsibleId: technician.id }],
    ]);
    await house.tick();

    const signed = await walk(community, made.id, [['accept', engineer]]);
    // Half a day on, what began with the talk is overdue and is told.
    later(house, 13 * 60);
    await house.tick();
    for (const head of [engineer, technician]) {
      const path = community.path;
      const answers = await Promise.all(
        [
          pathOf(community, made.id),
          `${path}/complaints`,
          `${path}/complaints?limit=1`,
          pathOf(community, made.id, '/call-backs'),
          `${path}/cases`,
          `${path}/cases?kind=complaint&limit=1&sort=newest`,
          `${path}/cases?overdue=true`,
          '/cases',
          `${path}/clocks?caseId=${made.id}`,
          `${path}/clocks?state=running`,
          '/clocks',
          `${path}/search?q=${encodeURIComponent('电梯困人')}`,
          `${path}/search?q=${made.code}`,
          `${path}/follow-ups`,
          `${path}/contacts`,
          `${path}/wall`,
          '/notifications',
        ].map(async (route) => ({ route, answer: await head.get(route) })),
      );
      for (const { route, answer } of answers) {
        const text = JSON.stringify(answer.body);
        expect([route, tells(text, from, until)]).toEqual([route, []]);
        expect([route, text.includes(butler.id), text.includes('管家')]).toEqual([route, false, false]);
        expect([route, /138\*{4}1234|13800001234|3-1-502/.test(text)]).toEqual([route, false]);
        // A cursor is only hidden from the eye: whoever decodes it must find nothing either.
        const cursor = answer.body?.nextCursor ?? '';
        const decoded = Buffer.from(cursor.replace('~', ''), 'base64url').toString('latin1');
        expect([route, tells(decoded, from, until)]).toEqual([route, []]);
      }
      const bells = JSON.stringify((await bell(head)).filter((one) => one.caseId === made.id));
      expect(bells).not.toContain('dueAt');
      expect(bells).not.toContain('困人');
    }
    for (const list of ['complaints', 'cases', 'cases?overdue=true', 'cases?kind=complaint&limit=1&sort=newest'])
      expect([list, (await engineer.get(`${community.path}/${list}`)).body.items[0]?.id]).toEqual([list, made.id]);
    expect((await engineer.get(`${community.path}/clocks?caseId=${made.id}`)).body.items.length).toBeGreaterThan(2);
    const own = (await engineer.get(pathOf(community, made.id))).body;
    expect(own).toMatchObject({ account: story.account, firstContact: null, receivedAt: '2026-11-23T06:00:00.000Z' });
    const [sentClock] = own.clocks.filter((one: any) => one.kind === 'sent' && one.state === 'met');
    const sentAt = sent.timeline.find((one: any) => one.action === 'send').at;
    // Counted from the sending: from the first save it would fall due at a telling minute.
    expect(sentClock).toMatchObject({ startedAt: sentAt, dueAt: plusMinutes(sentAt, 10) });
    expect(signed.state).toBe('in-progress');
    // Asked minute by minute, the hour is all that comes out.
    const due = msOf(made.clocks.find((one: any) => one.kind === 'complete').dueAt);
    const probe = async (ms: number) =>
      (
        await engineer.get(
          `${community.path}/clocks?caseId=${made.id}&dueBefore=${encodeURIComponent(plusMs('2026-01-01T00:00:00.000Z', ms - msOf('2026-01-01T00:00:00.000Z')))}`,
        )
      ).body.items.length;
    expect(await probe(due + 60_000)).toBe(await probe(due - 60_000));
    // The photo is there under an id that tells nothing; a note's own, sent before, is not.
    expect(own.attachmentIds).toEqual(made.attachmentIds);
    expect((await engineer.get(`${community.path}/attachments/${own.attachmentIds[0]}`)).status).toBe(200);

    // Live, nothing of it came and went before the eyes of the department, and all of it before the manager's.
    const heard = (client: LiveClient) =>
      client.events
        .map((event) => JSON.parse(event.text) as { noun?: string; nounId?: string; action?: string })
        .filter((event) => event.noun === 'complaint' && event.nounId === made.id)
        .map((event) => event.action);
    await keepers.until(() => heard(keepers).includes('complaint.accept'));
    expect(heard(keepers)).toContain('complaint.create');
    expect(heard(live)).toEqual([]);
    await Promise.all([live.stop(), keepers.stop()]);

    // Those who keep it see who took it and when.
    for (const keeper of [desk, supervisor, manager, butler]) {
      const whole = (await keeper.get(pathOf(community, made.id))).body;
      expect([whole.receivedAt, whole.firstContact.id]).toEqual([made.receivedAt, butler.id]);
    }
  });

  it('is answered by a posted paper, owes no follow-up, and is filed at once', async () => {
    const { community, desk, engineer } = await makeCentre(house);
    const made = await recorded(desk, community, { anonymous: true, ...story });
    const resolved = await walk(community, made.id, [
      ['send', desk, { department: 'engineering' }],
      ['accept', engineer],
      ['resolve', engineer, { result: '已更换', cause: 'facilities' }],
    ]);
    const rung = await desk.post(pathOf(community, made.id, '/tell-customer'), {
      version: resolved.version,
      how: 'call',
      answer: 'x',
      opinion: 'y',
    });
    expect(rung.body.errors[0]).toMatchObject({ path: 'how', code: 'cannot_be_reached' });
    const told = await walk(community, made.id, [['tell-customer', desk, { how: 'posted', answer: '已更换门锁' }]]);
    expect(told.state).toBe('closed');
    expect((await desk.get(`${community.path}/follow-ups?caseId=${made.id}`)).body.items).toEqual([]);
  });

  it('says in its approval of a lower level neither who asked nor when, to whoever may not know the taker', async () => {
    const { community, desk, supervisor, manager, gm, engineer } = await makeCentre(house);
    // Wednesday 14:37:21, whatever the tests before it did to the time.
    house.house.time.moveTo('2026-11-25T06:37:21.000Z');
    const headOffice = await house.person('head_office', community, '总部');
    // The head of the department complained about decides in the manager's place.
    const away = await manager.post(`${community.path}/absences`, {
      staffId: manager.id,
      reason: 'leave',
      from: house.house.time.now(),
      until: '2026-12-20T00:00:00.000Z',
      standInId: engineer.id,
    });
    expect(away.status, JSON.stringify(away.body)).toBe(201);
    const live = await new LiveClient(engineer, community).start();
    const keepers = await new LiveClient(manager, community).start();
    later(house, 1);
    const from = msOf(house.house.time.now()) - 1;
    const made = await recorded(supervisor, community, { anonymous: true, severity: 'critical', ...story });
    later(house, 4);
    await walk(community, made.id, [['lower', supervisor, { severity: 'serious', reason: '只有一户反映' }]]);
    const [asked] = (await manager.get(`${community.path}/approvals?subjectId=${made.id}`)).body.items;
    expect(asked).toMatchObject({ askedBy: { id: supervisor.id } });
    expect(tells(JSON.stringify(asked), from, msOf(asked.askedAt) + 1)).toContain(asked.askedAt);
    later(house, 3);
    const until = msOf(house.house.time.now());
    await house.tick();
    // Into the next working day and past its end: every step of the ladder has been taken.
    for (const minutes of [15 * 60, 13 * 60]) {
      later(house, minutes);
      await house.tick();
    }
    const path = community.path;
    const hidden = async (reader: Person, routes: readonly string[]) => {
      for (const route of routes) {
        const answer = await reader.get(route);
        expect([route, answer.status]).toEqual([route, 200]);
        const text = JSON.stringify(answer.body);
        expect([route, text.includes(asked.code)]).toEqual([route, true]);
        expect([route, tells(text, from, until)]).toEqual([route, []]);
        expect([route, text.includes(supervisor.id)]).toEqual([route, false]);
      }
    };
    const all = [
      `${path}/approvals`,
      `${path}/approvals?caseId=${made.id}`,
      '/approvals',
      `${path}/approvals/${asked.id}`,
    ];
    await hidden(headOffice, all);
    await hidden(engineer, [...all, `${path}/approvals?mine=to-decide&limit=1`]);
    const [shown] = (await engineer.get(`${path}/approvals?mine=to-decide`)).body.items;
    expect(shown).toMatchObject({ askedBy: null, askedAt: '2026-11-25T06:00:00.000Z', reason: '只有一户反映' });
    expect(shown.timeline[0]).toMatchObject({ action: 'ask', at: '2026-11-25T06:00:00.000Z', by: null, role: null });
    const bells = (await bell(engineer)).filter((one) => one.facts.approvalId === asked.id);
    expect(bells.map((one) => one.kind)).toContain('approval-asked');
    expect(JSON.stringify(bells)).not.toMatch(/dueAt|"at":"2026-11-25T06:(3|40|41|42)/);

    const said = await engineer.post(`${path}/approvals/${asked.id}/approve`, { version: shown.version });
    expect(said.body).toMatchObject({
      state: 'approved',
      askedBy: null,
      decidedAt: expect.stringContaining(':00:00.000Z'),
    });
    await hidden(engineer, [`${path}/approvals?mine=decided`]);
    const sent = await walk(community, made.id, [
      ['classify', supervisor],
      ['send', desk, { department: 'engineering' }],
    ]);
    const seen = (await engineer.get(pathOf(community, made.id))).body;
    expect(seen).toMatchObject({ severity: 'serious', code: sent.code });
    expect(seen.timeline.map((one: { action: string }) => one.action)).toContain('lowered');
    expect(tells(JSON.stringify(seen), from, until)).toEqual([]);
    expect(JSON.stringify(seen)).not.toContain(supervisor.id);
    const heard = (client: LiveClient) =>
      client.events
        .map((event) => JSON.parse(event.text) as { noun?: string; nounId?: string; action?: string })
        .filter((event) => event.noun === 'approval' && event.nounId === asked.id)
        .map((event) => event.action);
    await house.tick();
    await keepers.until(() => heard(keepers).includes('approval.approve'));
    expect(heard(keepers)).toContain('approval.ask');
    expect(heard(live)).toEqual([]);
    await Promise.all([live.stop(), keepers.stop()]);
    for (const keeper of [manager, gm])
      expect((await keeper.get(`${path}/approvals/${asked.id}`)).body).toMatchObject({
        askedBy: { id: supervisor.id },
        askedAt: asked.askedAt,
      });
  });

  it('against customer service keeps its taker from the supervisor in the approval that the manager asked for', async () => {
    const { community, manager, supervisor, gm } = await makeCentre(house);
    const against = { ...story, against: 'customer-service' };
    const made = await recorded(manager, community, { anonymous: true, severity: 'critical', ...against });
    await walk(community, made.id, [['lower', manager, { severity: 'serious', reason: '只有一户反映' }]]);
    const asked = async (reader: Person) =>
      (await reader.get(`${community.path}/approvals?subjectId=${made.id}`)).body.items[0];
    expect(await asked(supervisor)).toMatchObject({ askedBy: null, state: 'pending' });
    expect((await asked(supervisor)).askedAt).toMatch(/:00:00\.000Z$/);
    expect(await asked(gm)).toMatchObject({ askedBy: { id: manager.id } });
  });

  it('about somebody of the desk hides from them, and the bell says no word of it', async () => {
    const { community, desk, supervisor, butler } = await makeCentre(house);
    const made = await recorded(butler, community, { ...story, anonymous: true, against: 'customer-service' });
    const seen = (await desk.get(pathOf(community, made.id))).body;
    expect([seen.firstContact, seen.receivedAt.slice(14)]).toEqual([null, '00:00.000Z']);
    await house.tick();
    const [rung] = (await bell(supervisor)).filter((one) => one.caseId === made.id);
    expect(rung).toMatchObject({ kind: 'complaint-recorded', facts: { urgency: 'ordinary', anonymous: true } });
    expect(JSON.stringify(rung)).not.toContain('困人');
  });
});
