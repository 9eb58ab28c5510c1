import { describe, expect, it, vi } from 'vitest';
import {
  type Centre,
  drawnLine,
  finishRepair,
  openCentre,
  returnVoucher,
  unitIn,
} from '../../../tests/finished-repair.ts';
import { faultsOf, type Person, useHouse } from '../../../tests/house.ts';
import { LiveClient } from '../../../tests/live.ts';
import { newId } from '../../kernel/id.ts';
import { plusMinutes } from '../../kernel/time.ts';
import { sweepFollowUps } from './follow-up.jobs.ts';
import { samplesDrawAnew } from './follow-up-check.service.ts';
import { permutationOf } from './follow-up-sample.rules.ts';

// Many repairs, each from the call to the voucher over real HTTP.
vi.setConfig({ testTimeout: 120_000 });
const house = useHouse({ startAt: '2026-11-02T01:00:00.000Z' });
const now = () => house.house.time.now();
const wait = (minutes: number) => house.house.time.moveTo(plusMinutes(now(), minutes));
const day = 24 * 60;

const listOf = async (person: Person, centre: Centre, query = ''): Promise<any[]> => {
  const answer = await person.get(`${centre.community.path}/follow-ups?${query}`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body.items;
};
const followUpOf = async (centre: Centre, caseId: string): Promise<any> =>
  (await listOf(centre.supervisor, centre, `caseId=${caseId}`)).at(-1);
const post = (
  person: Person,
  centre: Centre,
  id: string,
  move: string,
  body: object,
  headers?: Record<string, string>,
) => person.post(`${centre.community.path}/follow-ups/${id}/${move}`, body, headers);
const fine = { verdict: 'acceptable', quality: 5, effect: 5, satisfaction: 5, signature: drawnLine };
const bad = { ...fine, verdict: 'not-acceptable', satisfaction: 1, lacking: '修好第二天又漏了' };
const clocksOf = async (centre: Centre, caseId: string): Promise<string[]> =>
  (await centre.supervisor.get(`${centre.community.path}/clocks?caseId=${caseId}&limit=200`)).body.items.map(
    (one: { kind: string; state: string }) => `${one.kind} ${one.state}`,
  );
const repairOf = async (centre: Centre, id: string): Promise<any> =>
  (await centre.desk.get(`${centre.community.path}/repairs/${id}`)).body;
describe('a follow-up from the finish to the archive (luxury)', () => {
  it('is made with the finish, asked in person, signed, reviewed, and lets the repair close', async () => {
    const centre = await openCentre(house);
    const repair = await finishRepair(house, centre);
    const followUp = await followUpOf(centre, repair.id);
    expect(followUp).toMatchObject({
      state: 'due',
      what: 'repair',
      kind: 'finished',
      caseCode: repair.code,
      month: '2026-11',
      unit: expect.stringContaining('101'),
      contact: { name: '陈先生', phone: '138****1234' },
      handlers: [{ name: '周海涛' }],
      // Monday 2 November: wished by the end of Tuesday, due by the end of Wednesday (FU1, RP17).
      wishedAt: '2026-11-03T10:00:00.000Z',
      dueAt: '2026-11-04T10:00:00.000Z',
      asks: { signature: true, channel: 'in-person', notReached: { tries: 3, days: 2, atDoor: 1 } },
      keptUntil: '2028-11-30',
    });
    expect(followUp.code).toMatch(/^HF-2026-\d{6}$/);
    expect(followUp.summary).not.toContain('13800001234');
    expect(await clocksOf(centre, repair.id)).toContain('follow-up running');
    await returnVoucher(centre, repair);

    const recorded = await post(centre.desk, centre, followUp.id, 'record', {
      version: 1,
      ...fine,
      suggestions: '很好',
    });
    expect(recorded.status, JSON.stringify(recorded.body)).toBe(200);
    expect(recorded.body).toMatchObject({
      state: 'recorded',
      version: 2,
      result: { verdict: 'acceptable', satisfaction: 5, signed: true, channel: 'in-person', by: { name: '林小满' } },
    });
    expect(recorded.body.result.attachmentIds).toHaveLength(1);
    expect(await clocksOf(centre, repair.id)).toEqual(expect.arrayContaining(['follow-up met', 'review running']));

    const confirmed = await centre.engineer.post(`${centre.community.path}/repairs/${repair.id}/confirm`, {
      version: (await repairOf(centre, repair.id)).version,
    });
    expect(confirmed.body.state).toBe('returned');
    const reviewed = await post(centre.supervisor, centre, followUp.id, 'review', {
      version: 2,
      comment: '已阅，服务到位',
    });
    expect(reviewed.status, JSON.stringify(reviewed.body)).toBe(200);
    expect(reviewed.body).toMatchObject({
      state: 'reviewed',
      review: { by: { name: '苏文' }, comment: '已阅，服务到位' },
    });
    expect((await repairOf(centre, repair.id)).state).toBe('closed');
    expect((await repairOf(centre, repair.id)).timeline.map((one: { action: string }) => one.action)).toEqual(
      expect.arrayContaining(['follow-up-make', 'follow-up-record', 'follow-up-review', 'close']),
    );
  });

  it('notes tries without raising the version, and believes "not reached" only after enough of them', async () => {
    const centre = await openCentre(house);
    const repair = await finishRepair(house, centre);
    const { id } = await followUpOf(centre, repair.id);
    const early = await post(centre.desk, centre, id, 'record', { version: 1, verdict: 'not-reached' });
    expect([early.status, early.body.code]).toEqual([409, 'follow-up.not_enough_tries']);
    expect(early.body.title).toContain('上门至少 1 次');
    for (const [minutes, body] of [
      [30, { outcome: 'no-answer', note: '响了十声' }],
      [day, { outcome: 'later', nextAt: plusMinutes(now(), 3 * day) }],
      [60, { outcome: 'no-answer', atDoor: true }],
    ] as const) {
      wait(minutes);
      const tried = await post(centre.desk2, centre, id, 'attempt', body);
      expect(tried.status, JSON.stringify(tried.body)).toBe(200);
      expect(tried.body.version).toBe(1);
    }
    const gone = await post(centre.desk, centre, id, 'record', { version: 1, verdict: 'not-reached' });
    expect(gone.status, JSON.stringify(gone.body)).toBe(200);
    expect(gone.body).toMatchObject({ state: 'recorded', asks: { made: { tries: 3, days: 2, atDoor: 1 } } });
    expect(gone.body.attempts.map((one: { outcome: string }) => one.outcome)).toEqual([
      'no-answer',
      'later',
      'no-answer',
    ]);
    // Counted as not followed up: neither met nor missed (spec/10).
    expect(await clocksOf(centre, repair.id)).toContain('follow-up void');
    await post(centre.supervisor, centre, id, 'review', { version: 2, comment: '同意' });
  });

  it('goes back with a remark, is due on the old date, and its caller hears of it', async () => {
    const centre = await openCentre(house);
    const repair = await finishRepair(house, centre);
    const followUp = await followUpOf(centre, repair.id);
    await post(centre.desk, centre, followUp.id, 'record', { version: 1, ...fine });
    const returned = await post(centre.supervisor, centre, followUp.id, 'return', {
      version: 2,
      remark: '没问处理效果',
    });
    expect(returned.body).toMatchObject({
      state: 'due',
      result: null,
      dueAt: followUp.dueAt,
      returned: { remark: '没问处理效果', by: { name: '苏文' } },
    });
    expect(await clocksOf(centre, repair.id)).toEqual(
      expect.arrayContaining(['follow-up met', 'follow-up running', 'review void']),
    );
    await house.tick();
    const bell = (await centre.desk.get('/notifications')).body.items.map((one: { kind: string }) => one.kind);
    expect(bell).toContain('follow-up-returned');
    expect((await post(centre.desk, centre, followUp.id, 'record', { version: 3, ...fine })).body.state).toBe(
      'recorded',
    );
  });

  it('is void when the case is taken up again, and another is made at the next finish', async () => {
    const centre = await openCentre(house);
    const repair = await finishRepair(house, centre);
    const path = `${centre.community.path}/repairs/${repair.id}`;
    const again = await centre.desk.post(`${path}/rework`, { version: repair.version, reason: '又漏了' });
    expect(again.status, JSON.stringify(again.body)).toBe(200);
    expect((await followUpOf(centre, repair.id)).state).toBe('void');
    expect(await clocksOf(centre, repair.id)).toContain('follow-up void');
    let { version } = again.body;
    for (const [who, move, body] of [
      [centre.desk, 'dispatch', { technicianId: centre.tech.id }],
      [centre.tech, 'accept', {}],
      [centre.tech, 'arrive', {}],
      [centre.tech, 'finish', { result: '换管', materials: [] }],
    ] as const)
      version = (await who.post(`${path}/${move}`, { version, ...body })).body.version;
    const all = await listOf(centre.supervisor, centre, `caseId=${repair.id}`);
    expect(all.map((one) => one.state).sort()).toEqual(['due', 'void']);
  });
});

describe('what a customer does not accept (FU4)', () => {
  it('tells the general manager, opens a complaint and sends the repair back, all at once', async () => {
    const centre = await openCentre(house);
    const repair = await finishRepair(house, centre);
    const { id } = await followUpOf(centre, repair.id);
    const recorded = await post(centre.butler, centre, id, 'record', { version: 1, ...bad });
    expect([recorded.status, recorded.body.code]).toEqual([403, 'forbidden']);
    const answer = await post(centre.desk, centre, id, 'record', { version: 1, ...bad });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect(answer.body.complaint.code).toMatch(/^TS-2026-\d{6}$/);
    expect((await repairOf(centre, repair.id)).state).toBe('logged');
    expect((await repairOf(centre, repair.id)).reworkCount).toBe(1);

    const complaint = await centre.supervisor.get(`${centre.community.path}/complaints/${answer.body.complaint.id}`);
    expect(complaint.body).toMatchObject({
      kind: 'complaint',
      state: 'recorded',
      source: 'follow-up',
      account: bad.lacking,
      about: { id: repair.id, code: repair.code },
      contact: { name: '陈先生', phone: '138****1234' },
      flags: ['from-follow-up'],
    });
    const kinds = complaint.body.clocks.map((clock: { kind: string }) => clock.kind).sort();
    expect(kinds).toEqual(['complete', 'respond', 'sent']);
    await house.tick();
    for (const who of [centre.gm, centre.supervisor]) {
      const told = (await who.get('/notifications')).body.items.find(
        (one: { kind: string }) => one.kind === 'not-acceptable',
      );
      expect(told).toMatchObject({ loud: true, code: repair.code });
    }
    const board = await centre.desk.get(`${centre.community.path}/cases?kind=complaint`);
    expect(board.body.items).toMatchObject([{ code: answer.body.complaint.code, state: 'recorded' }]);
    const found = await centre.desk.get(`${centre.community.path}/search?q=${answer.body.complaint.code}`);
    expect(JSON.stringify(found.body)).toContain(answer.body.complaint.id);

    // The opinion is the general manager's; the record is not sent back, for it has become a complaint.
    const low = await post(centre.supervisor, centre, id, 'review', { version: 2, comment: '已阅' });
    expect([low.status, low.body.code]).toEqual([403, 'follow-up.higher_review_needed']);
    expect(low.body.title).toContain('总经理');
    const back = await post(centre.gm, centre, id, 'return', { version: 2, remark: '再问' });
    expect([back.status, back.body.code]).toEqual([409, 'follow-up.acted_on']);
    const reviewed = await post(centre.gm, centre, id, 'review', {
      version: 2,
      comment: '工程部写检查',
      improvement: { text: '换用不锈钢软管', ownerId: centre.engineer.id, on: '2026-12-31' },
    });
    expect(reviewed.body.review.improvement).toMatchObject({ owner: { name: '刘建国' }, on: '2026-12-31' });
    // The repair is being done again: its own next follow-up lets it close, not this one.
    expect((await repairOf(centre, repair.id)).state).toBe('logged');
  });

  it.each([
    ['the complaint', 'complaints'],
    ['its case and number', 'counters'],
    ['the rework', 'repairs'],
    ['the message', 'outbox'],
    ['the record itself', 'follow_ups'],
    ['the audit', 'audit_log'],
  ])('leaves nothing of it when %s can’t be written', async (_what, table) => {
    const centre = await openCentre(house);
    const repair = await finishRepair(house, centre);
    const { id } = await followUpOf(centre, repair.id);
    const before = await footprint(centre, repair.id);
    await house.asOwner(`
      create function refuse_it() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$;
      create trigger refuse_it before insert or update on ${table} for each row execute function refuse_it()`);
    const answer = await post(centre.desk, centre, id, 'record', { version: 1, ...bad });
    await house.asOwner(`drop trigger refuse_it on ${table}; drop function refuse_it()`);
    expect(answer.status).toBe(500);
    expect(await footprint(centre, repair.id)).toEqual(before);
    expect((await post(centre.desk, centre, id, 'record', { version: 1, ...bad })).status).toBe(200);
  });

  /** Everything that the record would have written. */
  async function footprint(centre: Centre, caseId: string): Promise<unknown> {
    const where = `community_id = '${centre.community.id}'`;
    return {
      followUp: await house.asOwner(
        `select state, version, verdict, complaint_id from follow_ups where case_id = '${caseId}'`,
      ),
      repair: await house.asOwner(`select follow_up, rework_count, finished_at from repairs where id = '${caseId}'`),
      rows: await house.asOwner(`select (select count(*) from cases where ${where}) as cases, (select count(*) from case_events where ${where}) as events,
        (select count(*) from case_texts where ${where}) as texts, (select count(*) from complaints where ${where}) as complaints,
        (select count(*) from outbox where ${where}) as told, (select count(*) from audit_log where ${where}) as audited,
        (select count(*) from attachments where ${where}) as attached, (select count(*) from clock_events where ${where}) as clocks`),
    };
  }
});

describe('an open case page', () => {
  it('hears of each step of its follow-up: the change names the case, whose lines the page asks anew', async () => {
    const centre = await openCentre(house);
    const repair = await finishRepair(house, centre);
    const { id, version } = await followUpOf(centre, repair.id);
    await house.tick();
    const live = await new LiveClient(centre.desk2, centre.community).start();
    const heard = () => live.changes().filter((one) => one.noun === 'repair' && one.caseId === repair.id).length;
    const steps: [Person, string, object][] = [
      [centre.desk, 'attempt', { outcome: 'busy' }],
      [centre.desk, 'record', { version, ...fine }],
      [centre.supervisor, 'return', { version: version + 1, remark: '请再问清楚' }],
      [centre.desk, 'record', { version: version + 2, ...fine }],
      [centre.supervisor, 'review', { version: version + 3, comment: '属实' }],
    ];
    for (const [index, [who, move, body]] of steps.entries()) {
      const answer = await post(who, centre, id, move, body);
      expect(answer.status, `${move} ${JSON.stringify(answer.body)}`).toBe(200);
      const lines = (await repairOf(centre, repair.id)).timeline.map((one: { action: string }) => one.action);
      expect(lines).toContain(`follow-up-${move}`);
      await house.tick();
      await live.until(() => heard() > index);
      // The follow-up's own lists and its card on the page go by this one.
      expect(live.changes()).toContainEqual(expect.objectContaining({ noun: 'follow-up', nounId: id }));
    }
    await live.stop();
  });
});

describe('bad input and who may not', () => {
  it('refuses one who had a hand in the work, by name', async () => {
    const centre = await openCentre(house);
    const both = await house.person(['front_desk', 'technician'], centre.community, '既做又访');
    const repair = await finishRepair(house, centre, { tech: both });
    const { id, handlers } = await followUpOf(centre, repair.id);
    expect(handlers).toEqual([{ id: both.id, name: '既做又访' }]);
    for (const [move, body] of [
      ['attempt', { outcome: 'busy' }],
      ['record', { version: 1, ...fine }],
    ] as const) {
      const answer = await post(both, centre, id, move, body);
      expect([answer.status, answer.body.code]).toEqual([403, 'follow-up.own_work']);
      expect(answer.body.title).toContain('经手');
    }
    const shown = (await listOf(both, centre, `caseId=${repair.id}`))[0].moves;
    expect(shown).toContainEqual({ name: 'record', allowed: false, reason: 'follow-up.own_work' });
    expect((await post(centre.tech, centre, id, 'record', { version: 1, ...fine })).status).toBe(403);
  });

  it('refuses a review by who made the call', async () => {
    const centre = await openCentre(house);
    const repair = await finishRepair(house, centre);
    const { id } = await followUpOf(centre, repair.id);
    await post(centre.supervisor, centre, id, 'record', { version: 1, ...fine });
    const own = await post(centre.supervisor, centre, id, 'review', { version: 2, comment: '自己说好' });
    expect([own.status, own.body.code]).toEqual([403, 'follow-up.own_call']);
    const other = await house.person('cs_supervisor', centre.community);
    const low = await post(other, centre, id, 'review', { version: 2, comment: '同级' });
    expect([low.status, low.body.code]).toEqual([403, 'follow-up.higher_review_needed']);
    expect((await post(centre.desk, centre, id, 'review', { version: 2, comment: '前台' })).body.code).toBe(
      'forbidden',
    );
    expect((await post(centre.manager, centre, id, 'review', { version: 2, comment: '经理审' })).status).toBe(200);
  });

  it('names each wrong field in Chinese and writes nothing', async () => {
    const centre = await openCentre(house);
    const repair = await finishRepair(house, centre);
    const { id } = await followUpOf(centre, repair.id);
    for (const [body, status, faults] of [
      [{ version: 1, ...fine, satisfaction: 6 }, 422, ['satisfaction too_large']],
      [{ version: 1, ...fine, satisfaction: 0 }, 422, ['satisfaction too_small']],
      [{ version: 1, ...fine, satisfaction: 4.5 }, 422, null],
      [{ version: 1, ...fine, satisfaction: undefined }, 422, ['satisfaction required']],
      [{ version: 1, verdict: 'acceptable' }, 422, ['quality required', 'effect required', 'satisfaction required']],
      [{ version: 1, ...fine, verdict: 'not-acceptable' }, 422, ['lacking required']],
      [{ version: 1, ...fine, verdict: undefined }, 422, ['verdict not_one_of']],
      [{ version: 1, ...fine, verdict: 'so-so' }, 422, null],
      [{ version: 1, ...fine, signature: '' }, 422, null],
      [{ version: 1, ...fine, signature: 'data:image/png;base64,' }, 422, null],
      [{ version: 1, ...fine, signature: 'data:image/png;base64,iVBORw0KGgoAAAA=' }, 422, ['signature not_a_drawing']],
      [{ ...fine }, 422, ['version required']],
      [{ version: 1, ...fine, sneaky: true }, 422, null],
    ] as const) {
      const answer = await post(centre.desk, centre, id, 'record', body);
      expect(answer.status, JSON.stringify(body).slice(0, 90)).toBe(status);
      if (faults !== null) expect(faultsOf(answer), JSON.stringify(body).slice(0, 90)).toEqual(faults);
      else expect(faultsOf(answer).length).toBeGreaterThan(0);
    }
    const unsigned = await post(centre.desk, centre, id, 'record', { version: 1, ...fine, signature: undefined });
    expect([unsigned.status, unsigned.body.code]).toEqual([409, 'follow-up.signature_missing']);
    const byPhone = { version: 1, ...fine, signature: undefined, channel: 'phone' };
    const why = await post(centre.desk, centre, id, 'record', byPhone);
    expect([why.status, why.body.code]).toEqual([409, 'follow-up.reason_missing']);
    const stale = await post(centre.desk, centre, id, 'record', { ...fine, version: 7 });
    expect([stale.status, stale.body.code]).toEqual([412, 'stale_version']);
    expect(await followUpOf(centre, repair.id)).toMatchObject({ state: 'due', version: 1, attempts: [] });
    const said = await post(centre.desk, centre, id, 'record', { ...byPhone, reason: '客户出差' });
    expect(said.body.result).toMatchObject({ channel: 'phone', reason: '客户出差', signed: false });
  });

  it('records once: the second answers 409, a resend under its key the first', async () => {
    const centre = await openCentre(house);
    const repair = await finishRepair(house, centre);
    const { id } = await followUpOf(centre, repair.id);
    const key = { 'idempotency-key': newId() };
    const first = await post(centre.desk, centre, id, 'record', { version: 1, ...fine }, key);
    const resent = await post(centre.desk, centre, id, 'record', { version: 1, ...fine }, key);
    expect([first.status, resent.status, resent.body.version]).toEqual([200, 200, 2]);
    const second = await post(centre.desk2, centre, id, 'record', { version: 2, ...fine });
    expect([second.status, second.body.code]).toEqual([409, 'follow-up.move_not_allowed']);
    expect(second.body.title).toMatch(/[一-鿿]/);
    expect((await post(centre.desk, centre, id, 'attempt', { outcome: 'busy' })).status).toBe(409);
    await post(centre.supervisor, centre, id, 'review', { version: 2, comment: '好' });
    for (const [move, body] of [
      ['review', { version: 3, comment: '再审' }],
      ['return', { version: 3, remark: '再问' }],
    ] as const)
      expect((await post(centre.supervisor, centre, id, move, body)).status).toBe(409);
  });

  it('lets one of two clerks record at once', async () => {
    const centre = await openCentre(house);
    const repair = await finishRepair(house, centre);
    const { id } = await followUpOf(centre, repair.id);
    const answers = await Promise.all(
      [centre.desk, centre.desk2].map((one) => post(one, centre, id, 'record', { version: 1, ...fine })),
    );
    expect(answers.map((one) => one.status).sort()).toEqual([200, 412]);
  });

  it('answers 404 for another community’s, and hides all of it from contractor and resident', async () => {
    const [here, there] = [await openCentre(house), await openCentre(house)];
    const repair = await finishRepair(house, here);
    const { id } = await followUpOf(here, repair.id);
    for (const answer of [
      await there.desk.get(`${there.community.path}/follow-ups/${id}`),
      await post(there.desk, there, id, 'record', { version: 1, ...fine }),
      await post(there.supervisor, there, id, 'review', { version: 1, comment: '好' }),
      await there.desk.get(`${here.community.path}/follow-ups/${id}`),
      await here.desk.get(`${here.community.path}/follow-ups/${newId()}`),
    ])
      expect(answer.status).toBe(404);
    const everywhere = await there.desk.get('/follow-ups');
    expect(everywhere.body.items.some((one: { id: string }) => one.id === id)).toBe(false);
    expect((await here.desk.get('/follow-ups')).body.items[0]).toMatchObject({ id, communityId: here.community.id });
    for (const role of ['contractor', 'resident', 'technician', 'finance'] as const)
      expect((await (await house.person(role, here.community)).get(`${here.community.path}/follow-ups`)).status).toBe(
        403,
      );
  });

  it('keeps a butler to their area, and lets them call at once in it (FU1)', async () => {
    const centre = await openCentre(house);
    const repair = await finishRepair(house, centre);
    const { id } = await followUpOf(centre, repair.id);
    expect(await listOf(centre.butler, centre)).toEqual([]);
    expect((await post(centre.butler, centre, id, 'attempt', { outcome: 'busy' })).status).toBe(403);
    await house.asOwner(`insert into staff_areas (community_id, id, account_id, unit_id)
      values ('${centre.community.id}', '${newId()}', '${centre.butler.id}', '${centre.unitId}')`);
    expect((await listOf(centre.butler, centre)).map((one) => one.id)).toEqual([id]);
    expect((await post(centre.butler, centre, id, 'record', { version: 1, ...fine })).status).toBe(200);
  });
});

describe('without a signal (FU6)', () => {
  it('takes a try and a record with the device’s times, in any butler’s or clerk’s hand, once', async () => {
    const centre = await openCentre(house);
    const repair = await finishRepair(house, centre);
    const { id } = await followUpOf(centre, repair.id);
    wait(600);
    const tried = { outcome: 'no-answer', atDoor: true, happenedAt: plusMinutes(now(), -300) };
    const key = { 'idempotency-key': newId() };
    await post(centre.desk, centre, id, 'attempt', tried, key);
    const again = await post(centre.desk, centre, id, 'attempt', tried, key);
    expect(again.body.attempts).toMatchObject([{ at: tried.happenedAt }]);
    expect(again.body.attempts[0].recordedAt > plusMinutes(tried.happenedAt, 299)).toBe(true);
    const happenedAt = plusMinutes(now(), -120);
    const recorded = await post(centre.desk, centre, id, 'record', { ...fine, happenedAt });
    expect(recorded.body).toMatchObject({ state: 'recorded', result: { at: happenedAt } });
    expect(recorded.body.result.recordedAt > plusMinutes(happenedAt, 119)).toBe(true);
    const late = await post(centre.desk2, centre, id, 'record', { ...fine, happenedAt });
    expect([late.status, late.body.code]).toEqual([409, 'follow-up.move_not_allowed']);
  });

  it('lists what is to do by the way on foot', async () => {
    const centre = await openCentre(house);
    for (const [building, room] of [
      ['10', '201'],
      ['2', '1001'],
      ['2', '901'],
    ] as const) {
      const unitId = await unitIn(centre.desk, centre.community, room, building);
      await finishRepair(house, centre, { unitId });
    }
    const way = await listOf(centre.desk, centre, 'sort=route&state=open');
    expect(way.map((one) => one.unit.replaceAll(/\D+/g, '-').replace(/-$/, ''))).toEqual([
      '2-1-901',
      '2-1-1001',
      '10-1-201',
    ]);
    const first = await centre.desk.get(`${centre.community.path}/follow-ups?sort=route&limit=2&count=true`);
    expect(first.body.total).toBe(3);
    const rest = await centre.desk.get(
      `${centre.community.path}/follow-ups?sort=route&limit=2&cursor=${first.body.nextCursor}`,
    );
    expect([...first.body.items, ...rest.body.items].map((one: { id: string }) => one.id)).toEqual(
      way.map((one) => one.id),
    );
  });
});

describe('what the time alone does (FU3, luxury)', () => {
  it('sends to the door what was not done after three days, once', async () => {
    const centre = await openCentre(house);
    const repair = await finishRepair(house, centre);
    const { id } = await followUpOf(centre, repair.id);
    await sweepFollowUps(house.house);
    expect((await followUpOf(centre, repair.id)).state).toBe('due');
    wait(4 * day);
    await sweepFollowUps(house.house);
    await sweepFollowUps(house.house);
    const due = await followUpOf(centre, repair.id);
    expect(due).toMatchObject({ id, state: 'visit-due', version: 2 });
    expect(due.visitDueAt > now()).toBe(true);
    expect((await clocksOf(centre, repair.id)).filter((one) => one === 'visit running')).toHaveLength(1);
    const recorded = await post(centre.desk, centre, id, 'record', { version: 2, ...fine });
    expect(recorded.body.state).toBe('recorded');
    expect(await clocksOf(centre, repair.id)).toEqual(expect.arrayContaining(['visit met', 'follow-up missed']));
  });

  it('sends somebody to ask about a case unfinished after three days; a finish makes that void', async () => {
    const centre = await openCentre(house);
    const made = await centre.desk.post(`${centre.community.path}/repairs`, {
      unitId: centre.unitId,
      category: 'water',
      urgency: 'ordinary',
      description: '漏水',
      channel: 'phone',
    });
    wait(4 * day);
    await sweepFollowUps(house.house);
    await sweepFollowUps(house.house);
    const all = await listOf(centre.supervisor, centre, `caseId=${made.body.id}`);
    expect(all).toMatchObject([{ kind: 'unfinished', state: 'visit-due', sample: null, finishedAt: null }]);
    const path = `${centre.community.path}/repairs/${made.body.id}`;
    let { version } = await repairOf(centre, made.body.id);
    for (const [who, move, body] of [
      [centre.desk, 'dispatch', { technicianId: centre.tech.id }],
      [centre.tech, 'accept', {}],
      [centre.tech, 'arrive', {}],
      [centre.tech, 'finish', { result: '换管', materials: [] }],
    ] as const)
      version = (await who.post(`${path}/${move}`, { version, ...body })).body.version;
    const after = await listOf(centre.supervisor, centre, `caseId=${made.body.id}`);
    expect(after.map((one) => `${one.kind} ${one.state}`).sort()).toEqual(['finished due', 'unfinished void']);
  });

  it('makes the follow-up of a repair that was finished before the house kept any', async () => {
    const centre = await openCentre(house);
    const repair = await finishRepair(house, centre);
    await house.asOwner(`delete from follow_ups where case_id = '${repair.id}';
      delete from follow_up_samples where community_id = '${centre.community.id}'`);
    await sweepFollowUps(house.house);
    const made = await listOf(centre.supervisor, centre, `caseId=${repair.id}`);
    expect(made).toMatchObject([{ state: 'due', finishedAt: repair.finishedAt }]);
    expect(await sweepFollowUps(house.house)).toBe(0);
  });
});

describe('the standard preset: by telephone within a week of the voucher, sixty of a hundred (Q)', () => {
  it('is made with the voucher, and only then', async () => {
    const centre = await openCentre(house, 'standard');
    const repair = await finishRepair(house, centre);
    expect(await listOf(centre.supervisor, centre, `caseId=${repair.id}`)).toEqual([]);
    await returnVoucher(centre, repair);
    const [made] = await listOf(centre.supervisor, centre, `caseId=${repair.id}`);
    expect(['due', 'not-owed']).toContain(made.state);
    expect(made.sample).toMatchObject({ group: 0, position: 0, owed: 7, of: 10, share: 0.6, place: null, seed: null });
    expect(made.asks).toMatchObject({ channel: 'phone', signature: false, reviewedBy: 'weekly-batch' });
  });

  it('owes exactly seven of each ten, reproducibly by the kept seed, and lets the others close without', async () => {
    const centre = await openCentre(house, 'standard');
    const ids: string[] = [];
    for (let index = 0; index < 11; index++) {
      const repair = await finishRepair(house, centre);
      await returnVoucher(centre, repair);
      ids.push(repair.id);
    }
    const drawn =
      await house.asOwner(`select case_id, state, sample_seed, sample_group, sample_position, sample_place, sample_owed, sample_of
      from follow_ups where community_id = '${centre.community.id}' order by sample_group, sample_position`);
    expect(drawn.map((one) => one.case_id)).toEqual(ids);
    expect(drawn.filter((one) => one.sample_group === 0 && one.state === 'due')).toHaveLength(7);
    expect(drawn.map((one) => one.sample_group)).toEqual([...Array(10).fill(0), 1]);
    for (const one of drawn) {
      const place = permutationOf(one.sample_seed, one.sample_group, one.sample_of)[one.sample_position];
      expect([place, (place as number) < one.sample_owed]).toEqual([one.sample_place, one.state === 'due']);
    }
    expect(new Set(drawn.map((one) => one.sample_seed)).size).toBe(1);
    // `verify` draws again: nothing differs, until somebody changes a place.
    expect(await breaches()).toEqual([]);
    await house.asOwner(`update follow_ups set sample_place = (sample_place + 1) % 10 where case_id = '${ids[3]}'`);
    expect(await breaches()).toEqual(['draw_differs']);
    await house.asOwner(`update follow_ups set sample_place = (sample_place + 9) % 10 where case_id = '${ids[3]}'`);
    await house.asOwner(
      `update follow_ups set state = 'void' where case_id = '${drawn.find((one) => one.state === 'not-owed')?.case_id}'`,
    );
    expect(await breaches()).toEqual(['draw_not_kept']);
    await house.asOwner(
      `update follow_ups set state = 'not-owed' where state = 'void' and community_id = '${centre.community.id}'`,
    );
    const leftOut = drawn.find((one) => one.state === 'not-owed')?.case_id;
    const { version } = await repairOf(centre, leftOut);
    const confirmed = await centre.engineer.post(`${centre.community.path}/repairs/${leftOut}/confirm`, { version });
    expect(confirmed.body.state).toBe('closed');
  });

  const breaches = (): Promise<string[]> =>
    house.house.database.everywhere(async (tx) => {
      const found: string[] = [];
      for await (const breach of samplesDrawAnew(tx, house.house)) found.push(breach.what);
      return found;
    });
});
