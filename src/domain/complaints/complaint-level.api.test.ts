// The level of a complaint through its life over real HTTP: who is told and again each minute, the ladder, the same event,
// lowered with approval, mishandled after a follow-up that was not accepted (CP2, CP3, CP9, spec/11, spec/12 Told to).
import { describe, expect, it } from 'vitest';
import { changeFigures } from '../../../tests/figures.ts';
import { type Person, useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';
import { plusMinutes } from '../../kernel/time.ts';
import {
  bell,
  type Centre,
  clockOf,
  follow,
  later,
  makeCentre,
  pathOf,
  recorded,
  review,
  story,
  toTold,
  walk,
} from './complaint-centre.fixture.ts';

const house = useHouse({ startAt: '2026-11-23T06:30:00.000Z' });
const contact = { name: '陈先生', phone: '13800001234' };
const inHours = (hours: number) => plusMinutes(house.house.time.now(), hours * 60);
const reply = () => ({ replyReason: '要等厂家到场', replyAt: inHours(4) });
/** The kinds of what this person was told of one complaint, in the order of telling. */
const toldOf = async (person: Person, id: string) =>
  (await bell(person))
    .filter((one) => one.caseId === id)
    .reverse()
    .map((one) => one.kind);

describe('who is told (spec/12)', () => {
  const rows = [
    ['ordinary', ['supervisor']],
    ['serious', ['supervisor', 'manager']],
    ['major', ['supervisor', 'manager', 'gm']],
    ['critical', ['supervisor', 'manager', 'gm']],
  ] as const;
  for (const [severity, names] of rows)
    it(`of one that is ${severity}: ${names.join(', ')}, loud`, async () => {
      const centre = await makeCentre(house);
      const { id } = await recorded(centre.desk, centre.community, { unitId: centre.unitId, severity, contact });
      await house.tick();
      for (const name of ['supervisor', 'manager', 'gm', 'engineer', 'technician'] as const) {
        const told = (await bell(centre[name])).filter((one) => one.caseId === id);
        const expected = (names as readonly string[]).includes(name) ? ['complaint-recorded loud'] : [];
        expect([name, ...told.map((one) => `${one.kind} ${one.loud ? 'loud' : 'bell'}`)]).toEqual([name, ...expected]);
      }
    });

  it('tells the general manager of a critical one again each minute until it is taken over, and climbs the ladder', async () => {
    const { community, desk, gm, manager, unitId } = await makeCentre(house);
    const { id, createdAt } = await recorded(desk, community, { unitId, severity: 'critical', contact });
    for (let minute = 0; minute < 4; minute++) {
      await house.tick();
      later(house, 1);
    }
    await house.tick();
    const waits = (await toldOf(gm, id)).filter((kind) => kind === 'complaint-waits');
    expect(waits).toHaveLength(4);
    const seen = (await desk.get(pathOf(community, id))).body;
    const respond = clockOf(seen, 'respond');
    expect(respond.dueAt).toBe(plusMinutes(createdAt, 1));
    const steps = seen.timeline.filter(
      (one: { action: string; facts: { clock?: string } }) =>
        one.action === 'escalated' && one.facts.clock === 'respond',
    );
    expect(steps[0]).toMatchObject({ at: respond.dueAt });
    expect(await toldOf(gm, id)).toContain('overdue');
    // That no date is agreed yet is no promise missed.
    expect(seen.failures).toBe(1);

    const forgotten = await manager.post(pathOf(community, id, '/take-over'), { version: seen.version });
    expect(forgotten.status).toBe(403);
    const taken = await walk(community, id, [['take-over', gm, { inChargeId: manager.id }]]);
    expect(taken).toMatchObject({ inCharge: { id: manager.id } });
    expect(clockOf(taken, 'respond')).toMatchObject({ state: 'missed', overMinutes: 4 });
    const before = (await toldOf(gm, id)).length;
    for (let minute = 0; minute < 3; minute++) {
      later(house, 1);
      await house.tick();
    }
    const after = (await toldOf(gm, id)).slice(before);
    expect(after).not.toContain('complaint-waits');
  });

  it('says so again as often as the standard has it, and old ones as often as theirs had it', async () => {
    const centre = await makeCentre(house);
    const { community, desk, gm, unitId } = centre;
    const waits = async (id: string) => (await toldOf(gm, id)).filter((kind) => kind === 'complaint-waits').length;
    const old = await recorded(desk, community, { unitId, severity: 'major', contact });
    await changeFigures(house, community, centre, [{ path: 'complaint/repeatMinutes/value', value: 3 }]);
    const seldom = await recorded(desk, community, { unitId, severity: 'major', contact, against: 'order' });
    const heard: string[] = [];
    for (let minute = 1; minute <= 3; minute++) {
      later(house, 1);
      await house.tick();
      heard.push(`${await waits(old.id)} ${await waits(seldom.id)}`);
    }
    expect(heard).toEqual(['1 0', '2 0', '3 1']);
  });

  it('counts each missed promise once as a failure, however far its ladder climbs (spec/10)', async () => {
    const { community, desk, unitId } = await makeCentre(house);
    const { id } = await recorded(desk, community, { unitId, contact });
    const failures = async () => (await desk.get(pathOf(community, id))).body.failures;
    later(house, 9);
    await house.tick();
    expect(await failures()).toBe(0);
    later(house, 2);
    await house.tick();
    // The form's way is no failure; the response is one.
    expect(await failures()).toBe(1);
    later(house, 20);
    await house.tick();
    expect(await failures()).toBe(1);
    later(house, 12 * 60);
    await house.tick();
    expect(await failures()).toBe(2);
  });
});

describe('upward (CP3)', () => {
  it('is forwarded by the supervisor to the manager, who takes a serious one over', async () => {
    const { community, desk, supervisor, manager, unitId } = await makeCentre(house);
    const made = await recorded(desk, community, { unitId, severity: 'serious', contact, ...story });
    const early = await desk.post(pathOf(community, made.id, '/send'), {
      version: made.version,
      department: 'engineering',
    });
    expect([early.status, early.body.code]).toEqual([409, 'complaint.not_classified']);
    const forwarded = await walk(community, made.id, [
      ['classify', supervisor, {}],
      ['forward', supervisor],
    ]);
    expect(forwarded).toMatchObject({ state: 'classified', forwardedTo: 'manager' });
    expect(clockOf(forwarded, 'form-forwarded').state).toBe('met');
    await house.tick();
    expect(await toldOf(manager, made.id)).toContain('complaint-forwarded');
    const taken = await walk(community, made.id, [['take-over', manager]]);
    expect(clockOf(taken, 'respond').state).toBe('met');
    const sent = await walk(community, made.id, [['send', desk, { department: 'engineering' }]]);
    expect(sent.state).toBe('sent');
  });

  it('lets nobody without the right say a level', async () => {
    const { community, desk, butler, engineer, supervisor, unitId } = await makeCentre(house);
    const made = await recorded(desk, community, { unitId, contact });
    for (const who of [desk, butler, engineer])
      for (const [name, body] of [
        ['classify', { severity: 'critical' }],
        ['raise', { severity: 'critical', reason: 'x' }],
        ['mishandled', { reason: 'x' }],
        ['lower', { severity: 'ordinary', reason: 'x' }],
      ] as const)
        expect(
          (await who.post(pathOf(community, made.id, `/${name}`), { version: made.version, ...body })).status,
        ).toBe(403);
    const below = await recorded(desk, community, { unitId, severity: 'serious' });
    const lowered = await supervisor.post(pathOf(community, below.id, '/classify'), {
      version: below.version,
      severity: 'ordinary',
    });
    expect([lowered.status, lowered.body.code]).toEqual([409, 'complaint.level_below']);
  });

  it('has its limits anew from a rise, the finish never later than promised', async () => {
    const { community, desk, supervisor, unitId } = await makeCentre(house);
    const made = await recorded(desk, community, { unitId, contact, severity: 'ordinary' });
    later(house, 5);
    const raised = await walk(community, made.id, [['raise', supervisor, { severity: 'serious', reason: '客户受惊' }]]);
    expect(raised.severity).toBe('serious');
    expect(clockOf(raised, 'complete').dueAt).toBe(clockOf(made, 'complete').dueAt);
    const at = raised.timeline.at(-1).at;
    expect(clockOf(raised, 'respond')).toMatchObject({ startedAt: at, dueAt: plusMinutes(at, 8) });
    expect(clockOf(raised, 'form-forwarded').state).toBe('running');
  });
});

describe('lowered with approval (CP2)', () => {
  const approvalOf = async ({ community, supervisor }: Centre, id: string) =>
    (await supervisor.get(`${community.path}/approvals?subjectId=${id}`)).body.items[0];
  const asked = async (centre: Centre, by: 'supervisor' | 'manager' = 'supervisor') => {
    const { community, desk, unitId } = centre;
    const made = await recorded(desk, community, { unitId, severity: 'critical', contact, ...story, ...reply() });
    return walk(community, made.id, [['lower', centre[by], { severity: 'serious', reason: '损失核实后较小' }]]);
  };

  it('falls when the manager approves, and whoever asked hears of it', async () => {
    const centre = await makeCentre(house);
    const { community, supervisor, manager, gm } = centre;
    const waiting = await asked(centre);
    expect(waiting).toMatchObject({ severity: 'critical', loweringTo: 'serious', flags: ['raised', 'lowering-asked'] });
    expect(waiting.lowering).toMatchObject({ approver: 'manager', mayDecide: false, reason: '损失核实后较小' });
    const path = pathOf(community, waiting.id, '/lowering');
    expect((await supervisor.post(`${path}/approve`, {})).status).toBe(403);
    const seen = (await manager.get(pathOf(community, waiting.id))).body;
    expect(seen.lowering).toMatchObject({ mayDecide: true, askedBy: { id: supervisor.id } });
    const stale = await manager.post(`${path}/approve`, { version: 1 });
    expect([stale.status, stale.body.code]).toEqual([412, 'stale_version']);
    const lowered = await manager.post(`${path}/approve`, { version: seen.version, remark: '同意' });
    expect(lowered.body).toMatchObject({ severity: 'serious', loweringTo: null, lowering: null, flags: ['raised'] });
    expect(lowered.body.timeline.at(-1)).toMatchObject({ kind: 'approval', action: 'lowered', text: '同意' });
    expect(clockOf(lowered.body, 'respond').owner.role).toBe('manager');
    const again = await manager.post(`${path}/approve`, {});
    expect([again.status, again.body.code]).toEqual([409, 'complaint.no_lowering_asked']);
    await house.tick();
    // Once to each: whoever decides hears that it waits, whoever asked what came of it.
    const ofApproval = async (who: Person) =>
      (await toldOf(who, waiting.id)).filter((kind) => /approval|lower/.test(kind));
    expect([await ofApproval(manager), await ofApproval(supervisor)]).toEqual([
      ['approval-asked'],
      ['approval-decided'],
    ]);
    // Nobody above the manager is rung out of bed any more.
    later(house, 2);
    await house.tick();
    expect(await toldOf(gm, waiting.id)).not.toContain('complaint-waits');
  });

  it('stays when it is rejected, with the reason', async () => {
    const centre = await makeCentre(house);
    const waiting = await asked(centre);
    const path = pathOf(centre.community, waiting.id, '/lowering/reject');
    expect((await centre.manager.post(path, {})).body.errors[0].path).toBe('remark');
    const kept = await centre.manager.post(path, { remark: '伤情未核实' });
    expect(kept.body).toMatchObject({ severity: 'critical', loweringTo: null });
    expect(kept.body.timeline.at(-1)).toMatchObject({ action: 'not-lowered', text: '伤情未核实' });
  });

  it('is never given by who asks: what the manager asks for is the general manager to say', async () => {
    const centre = await makeCentre(house);
    const waiting = await asked(centre, 'manager');
    expect(waiting.lowering).toMatchObject({ approver: 'general_manager', mayDecide: false });
    const path = pathOf(centre.community, waiting.id, '/lowering/approve');
    const own = await centre.manager.post(path, {});
    expect([own.status, own.body.code]).toEqual([409, 'complaint.own_request']);
    expect((await centre.gm.post(path, {})).body.severity).toBe('serious');
  });

  it('is over with a rise', async () => {
    const centre = await makeCentre(house);
    const { community, desk, supervisor, manager, unitId } = centre;
    const made = await recorded(desk, community, { unitId, severity: 'serious', contact });
    await walk(community, made.id, [
      ['lower', supervisor, { severity: 'ordinary', reason: 'x' }],
      ['raise', supervisor, { severity: 'major', reason: 'y' }],
    ]);
    const late = await manager.post(pathOf(community, made.id, '/lowering/approve'), {});
    expect(late.body.code).toBe('complaint.no_lowering_asked');
    expect((await approvalOf(centre, made.id)).state).toBe('withdrawn');
  });

  it('is over with a rise by itself', async () => {
    const centre = await makeCentre(house);
    const { community, desk, supervisor, unitId, otherUnitId } = centre;
    const made = await recorded(desk, community, { unitId, severity: 'serious', contact });
    await walk(community, made.id, [['lower', supervisor, { severity: 'ordinary', reason: 'x' }]]);
    await recorded(desk, community, { unitId: otherUnitId, sameEventAs: made.id, facts: { lossFen: 1_000_000 } });
    expect((await desk.get(pathOf(community, made.id))).body).toMatchObject({ severity: 'major', lowering: null });
    expect((await approvalOf(centre, made.id)).state).toBe('withdrawn');
  });

  it('is decided on the page of the approvals too, with the same effect at once, by whoever has the duty', async () => {
    const centre = await makeCentre(house);
    const { community, supervisor, manager, gm } = centre;
    const waiting = await asked(centre);
    const approval = await approvalOf(centre, waiting.id);
    expect(approval).toMatchObject({
      kind: 'complaint.lower',
      state: 'pending',
      title: `投诉 ${waiting.code} 降级`,
      lines: ['特别重大 → 较大'],
      page: `complaints/${waiting.id}`,
      reason: '损失核实后较小',
      deciders: [{ id: manager.id }],
    });
    const path = `${community.path}/approvals/${approval.id}`;
    const body = { version: approval.version, remark: '同意' };
    const tries = [await supervisor.post(`${path}/approve`, body), await gm.post(`${path}/approve`, body)];
    expect(tries.map((one) => [one.status, one.body.code])).toEqual([
      [409, 'approval.own_request'],
      [403, 'approval.not_your_step'],
    ]);
    expect((await manager.post(`${path}/approve`, body)).body.state).toBe('approved');
    const seen = (await supervisor.get(pathOf(community, waiting.id))).body;
    expect(seen).toMatchObject({ severity: 'serious', loweringTo: null, lowering: null, flags: ['raised'] });
    expect(seen.timeline.at(-1)).toMatchObject({ action: 'lowered', text: '同意', by: { id: manager.id } });
    const [stamps] = await house.asOwner(`select (select xmin::text from approvals where id = '${approval.id}') as one,
      (select xmin::text from complaints where id = '${waiting.id}') as other`);
    expect(stamps.one).toBe(stamps.other);
  });

  it('waits for the next superior where only the asker holds the post, or nobody does', async () => {
    const centre = await makeCentre(house);
    const { community, manager, gm } = centre;
    expect((await approvalOf(centre, (await asked(centre, 'manager')).id)).deciders).toMatchObject([{ id: gm.id }]);
    await house.asOwner(`update role_grants set ended_at = now() where account_id = '${manager.id}'`);
    const waiting = await asked(centre);
    expect(waiting.lowering).toMatchObject({ approver: 'general_manager', mayDecide: false });
    expect((await gm.get(pathOf(community, waiting.id))).body.lowering).toMatchObject({ mayDecide: true });
  });

  it('is not asked for where nobody but the asker could decide, and is refused with the post that is missing', async () => {
    const centre = await makeCentre(house);
    const { community, desk, supervisor, manager, gm, unitId } = centre;
    const made = await recorded(desk, community, { unitId, severity: 'critical', contact, ...story, ...reply() });
    await house.asOwner(`update role_grants set ended_at = now() where account_id in ('${manager.id}', '${gm.id}')`);
    const alone = await supervisor.post(pathOf(community, made.id, '/lower'), {
      version: made.version,
      severity: 'serious',
      reason: '损失核实后较小',
    });
    expect([alone.status, alone.body.code]).toEqual([409, 'approval.nobody_to_decide']);
    expect(alone.body.title).toContain('经理');
    expect((await desk.get(pathOf(community, made.id))).body).toMatchObject({
      loweringTo: null,
      version: made.version,
    });
  });

  it('is never said by whoever the complaint is about: the next superior has the duty', async () => {
    const centre = await makeCentre(house);
    const { community, desk, supervisor, manager, gm, technician, unitId } = centre;
    const about = async (againstStaffId: string) => {
      const facts = { unitId, severity: 'critical', contact, ...story, ...reply(), againstStaffId };
      const made = await recorded(desk, community, facts);
      return walk(community, made.id, [['lower', supervisor, { severity: 'serious', reason: '损失核实后较小' }]]);
    };
    const waiting = await about(manager.id);
    expect(waiting.lowering).toMatchObject({ approver: 'general_manager' });
    expect((await manager.get(pathOf(community, waiting.id))).body.lowering).toMatchObject({ mayDecide: false });
    const path = pathOf(community, waiting.id, '/lowering/approve');
    const own = await manager.post(path, {});
    expect([own.status, own.body.code]).toEqual([409, 'approval.own_request']);
    expect((await gm.post(path, {})).body.severity).toBe('serious');
    // Being barred opens nothing to read.
    await about(technician.id);
    expect((await technician.get(`${community.path}/approvals`)).body.items).toEqual([]);
  });

  it('stays when nobody decides in the term, or whoever asked takes it back', async () => {
    const centre = await makeCentre(house);
    const { community, supervisor } = centre;
    const [first, second] = [await asked(centre), await asked(centre)];
    const { id, version } = await approvalOf(centre, first.id);
    await supervisor.post(`${community.path}/approvals/${id}/withdraw`, { version });
    // Three days in luxury (CP2).
    later(house, 4 * 24 * 60);
    await house.tick();
    expect((await approvalOf(centre, second.id)).state).toBe('lapsed');
    for (const one of [first, second])
      expect((await supervisor.get(pathOf(community, one.id))).body).toMatchObject({
        severity: 'critical',
        loweringTo: null,
        lowering: null,
      });
    const last = async (id: string) => {
      const entry = (await supervisor.get(pathOf(community, id))).body.timeline.findLast(
        (one: { kind: string }) => one.kind === 'approval',
      );
      return [entry.action, entry.by?.id ?? null];
    };
    expect([await last(first.id), await last(second.id)]).toEqual([
      ['lowering-withdrawn', supervisor.id],
      ['lowering-lapsed', null],
    ]);
  });

  it('says of an anonymous one neither taker, minute nor number in the words of the approval', async () => {
    const centre = await makeCentre(house);
    const { community, desk, supervisor } = centre;
    const made = await recorded(desk, community, { anonymous: true, severity: 'critical', ...story });
    const reason = '已向 13800001234 核实';
    await walk(community, made.id, [['lower', supervisor, { severity: 'serious', reason }]]);
    const approval = await approvalOf(centre, made.id);
    expect([approval.title, ...approval.lines]).toEqual([`投诉 ${made.code} 降级`, '特别重大 → 较大']);
    expect(JSON.stringify(approval)).not.toContain('13800001234');
    expect(JSON.stringify(approval)).not.toContain(desk.id);
    expect(JSON.stringify(approval)).not.toContain('前台');
  });
});

describe('the same event (CP2)', () => {
  it('is counted anew for the whole group with each new one, and its level rises by itself', async () => {
    const { community, desk, gm, unitId, otherUnitId } = await makeCentre(house);
    const first = await recorded(desk, community, { unitId, facts: { peopleCount: 4 } });
    const second = await recorded(desk, community, {
      unitId: otherUnitId,
      sameEventAs: first.id,
      facts: { peopleCount: 5 },
    });
    expect(second).toMatchObject({ severity: 'ordinary', group: { raisings: 2, people: 9 } });
    expect((await desk.get(pathOf(community, first.id))).body.group).toMatchObject({
      id: second.group.id,
      raisings: 2,
      people: 9,
      others: [{ id: second.id, code: second.code, severity: 'ordinary' }],
    });
    const third = await recorded(desk, community, { contact, sameEventAs: second.id });
    expect(third).toMatchObject({ severity: 'critical', rule: 'critical.people', group: { raisings: 3, people: 10 } });
    expect(third.firedRules).toEqual(['critical.people', 'serious.raisings']);
    for (const { id } of [first, second]) {
      const seen = (await desk.get(pathOf(community, id))).body;
      expect(seen).toMatchObject({ severity: 'critical', proposedSeverity: 'critical', rule: 'critical.people' });
      expect(seen.timeline.at(-1)).toMatchObject({ action: 'raise', byRole: 'system' });
      expect(clockOf(seen, 'respond').dueAt).toBe(plusMinutes(seen.timeline.at(-1).at, 1));
    }
    // One event rings once, and once each minute, however many complain of it.
    await house.tick();
    expect((await bell(gm)).map((one) => one.kind).sort()).toEqual(['complaint-raised', 'complaint-recorded']);
    later(house, 1);
    await house.tick();
    expect((await bell(gm)).filter((one) => one.kind === 'complaint-waits')).toHaveLength(1);
  });

  it('counts one caller once among the people, and each call among the raisings', async () => {
    const { community, desk, unitId } = await makeCentre(house);
    const first = await recorded(desk, community, { unitId, contact });
    await recorded(desk, community, { unitId, contact, sameEventAs: first.id });
    const third = await recorded(desk, community, { unitId, contact, sameEventAs: first.id });
    expect(third).toMatchObject({ severity: 'serious', rule: 'serious.raisings', group: { raisings: 3, people: 1 } });
  });

  it('joins and parts by hand, and the level waits for somebody to lower it', async () => {
    const { community, desk, supervisor, unitId, otherUnitId } = await makeCentre(house);
    const first = await recorded(desk, community, { unitId, facts: { lossFen: 1_000_000 } });
    const second = await recorded(desk, community, { unitId: otherUnitId });
    const linked = await walk(community, second.id, [['link', desk, { sameEventAs: first.id }]]);
    expect(linked).toMatchObject({ severity: 'major', rule: 'major.loss', group: { raisings: 2, people: 2 } });
    const twice = await desk.post(pathOf(community, second.id, '/link'), {
      version: linked.version,
      sameEventAs: first.id,
    });
    expect(twice.body.code).toBe('complaint.already_in_the_group');
    const parted = await walk(community, second.id, [['unlink', supervisor]]);
    expect(parted).toMatchObject({ severity: 'major', proposedSeverity: 'ordinary', group: null, flags: ['raised'] });
    expect((await desk.get(pathOf(community, first.id))).body.group).toMatchObject({
      raisings: 1,
      people: 1,
      others: [],
    });
  });

  it('takes a changed fact of one for all, and whose fault a loss is from the supervisor only', async () => {
    const { community, desk, supervisor, unitId, otherUnitId } = await makeCentre(house);
    const first = await recorded(desk, community, { unitId });
    const second = await recorded(desk, community, { unitId: otherUnitId, sameEventAs: first.id });
    await walk(community, second.id, [['amend', desk, { facts: { lossFen: 200_000 } }]]);
    expect((await desk.get(pathOf(community, first.id))).body).toMatchObject({
      severity: 'serious',
      rule: 'serious.loss',
    });
    const { version } = (await desk.get(pathOf(community, second.id))).body;
    const path = pathOf(community, second.id, '/amend');
    const body = { version, liability: 'other', reason: '邻居装修所致' };
    expect((await desk.post(path, body)).status).toBe(403);
    expect((await supervisor.post(path, { ...body, reason: undefined })).body.errors[0].path).toBe('reason');
    await walk(community, second.id, [['amend', supervisor, { liability: 'other', reason: '邻居装修所致' }]]);
    const seen = (await desk.get(pathOf(community, first.id))).body;
    expect(seen).toMatchObject({ severity: 'serious', proposedSeverity: 'ordinary', flags: ['raised'] });
  });

  it('proposes what looks like it to the desk, and shows it to nobody else', async () => {
    const { community, desk, butler, unitId, otherUnitId } = await makeCentre(house);
    const first = await recorded(desk, community, { unitId, ...story });
    await recorded(desk, community, { unitId: otherUnitId, account: '保洁未清理楼道垃圾', against: 'environment' });
    const ask = { unitId: otherUnitId, place: '3栋大堂', against: 'engineering', text: '电梯又困人，等了半小时' };
    const proposed = await desk.post(`${community.path}/complaints/siblings`, ask);
    expect(proposed.body.items).toMatchObject([{ id: first.id, code: first.code, summary: story.account }]);
    expect(proposed.body.items[0].because).toEqual(['building', 'place', 'against', 'words']);
    expect((await butler.post(`${community.path}/complaints/siblings`, ask)).body.items).toEqual([]);
    const second = await recorded(desk, community, { unitId: otherUnitId, ...story, account: ask.text });
    const shown = await desk.get(pathOf(community, second.id, '/siblings'));
    expect(shown.body.items.map((one: { id: string }) => one.id)).toEqual([first.id]);
  });

  it('is filed only when everybody of it was called back (spec/10 close)', async () => {
    const centre = await makeCentre(house);
    const { community, desk, unitId, otherUnitId, technician, supervisor } = centre;
    const first = await recorded(desk, community, { unitId, contact, ...story });
    const second = await recorded(desk, community, {
      unitId: otherUnitId,
      contact: { name: '李女士', phone: '13900001234' },
      sameEventAs: first.id,
      ...story,
    });
    const anonymous = await recorded(desk, community, { anonymous: true, sameEventAs: first.id, ...story });
    expect((await desk.get(pathOf(community, first.id, '/call-backs'))).body).toEqual({ items: [], open: 0 });
    // Three raisings made it serious.
    await walk(community, first.id, [['classify', supervisor]]);
    await toTold(centre, first.id);
    const owed = (await desk.get(pathOf(community, first.id, '/call-backs'))).body;
    expect(owed).toMatchObject({ open: 1 });
    expect(
      owed.items.map((one: { complaint: { code: string }; contact: { phone: string }; calledAt: string | null }) => [
        one.complaint.code,
        one.contact.phone,
        one.calledAt !== null,
      ]),
    ).toEqual([
      [first.code, '138****1234', true],
      [second.code, '139****1234', false],
    ]);
    await review(centre, await follow(centre, first.id, { verdict: 'acceptable' }));
    const waiting = (await desk.get(pathOf(community, first.id))).body;
    expect(waiting).toMatchObject({ state: 'customer-told', group: { callBacksOpen: 1 } });
    expect(waiting.group.others.map((one: { id: string }) => one.id)).toContain(anonymous.id);
    const early = await supervisor.post(pathOf(community, first.id, '/close'), { version: waiting.version });
    expect(early.body.code).toBe('complaint.call_backs_open');
    const called = pathOf(community, first.id, `/call-backs/${second.id}/called`);
    const body = { how: 'call', answer: '电梯已修好' };
    expect((await technician.post(called, body)).status).toBe(403);
    expect((await desk.post(called, { ...body, how: 'posted' })).body.errors[0].path).toBe('how');
    expect((await desk.post(called, body)).body).toMatchObject({ open: 0 });
    expect((await desk.post(called, body)).body.code).toBe('complaint.already_called');
    expect((await desk.get(pathOf(community, first.id))).body.state).toBe('closed');
    const told = (await desk.get(pathOf(community, second.id))).body;
    expect(told.timeline.at(-1)).toMatchObject({ action: 'called-back', text: '电梯已修好' });
  });
});

describe('mishandled (CP9)', () => {
  it('rises by one, by decision with a reason', async () => {
    const { community, desk, supervisor, unitId } = await makeCentre(house);
    const made = await recorded(desk, community, { unitId, contact });
    const raised = await walk(community, made.id, [['mishandled', supervisor, { reason: '两天无人回复' }]]);
    expect(raised).toMatchObject({ severity: 'serious', proposedSeverity: 'serious', rule: 'serious.mishandled' });
  });

  it('follows a follow-up that was not accepted: reopened, raised, complained of anew, in one transaction', async () => {
    const centre = await makeCentre(house);
    const { community, desk, engineer, butler, unitId } = centre;
    const made = await recorded(butler, community, { unitId, contact, ...story });
    await walk(community, made.id, [
      ['send', desk, { department: 'engineering' }],
      ['accept', engineer],
      ['resolve', engineer, { result: '已复检', cause: 'facilities' }],
      ['tell-customer', butler, { how: 'call', answer: '已复检', opinion: '再看看' }],
    ]);
    const recordedOne = await follow(centre, made.id, { verdict: 'not-acceptable', lacking: '当天晚上又困人' });
    const seen = (await desk.get(pathOf(community, made.id))).body;
    expect(seen).toMatchObject({ state: 'in-progress', failures: 1, severity: 'serious', rule: 'serious.mishandled' });
    expect(
      seen.timeline.filter((one: { byRole: string; kind: string }) => one.byRole === 'system' && one.kind === 'move'),
    ).toMatchObject([
      { action: 'reopen', text: '当天晚上又困人', by: null },
      { action: 'mishandled', by: null },
    ]);
    const opened = (await desk.get(pathOf(community, recordedOne.complaint.id))).body;
    expect(opened).toMatchObject({
      state: 'recorded',
      source: 'follow-up',
      about: { id: made.id, code: made.code, kind: 'complaint' },
      account: '当天晚上又困人',
      contact: { name: '陈先生', phone: '138****1234' },
      group: { raisings: 2, people: 1 },
    });
    expect(opened.flags).toContain('from-follow-up');
    expect(seen.group.id).toBe(opened.group.id);
    const followUps = (await desk.get(`${community.path}/follow-ups?caseId=${made.id}`)).body.items;
    expect(followUps).toHaveLength(1);
  });
});

it('is made without a signal by those who may, at its own time, never before the last step', async () => {
  const { community, desk, technician, unitId } = await makeCentre(house);
  const made = await recorded(desk, community, { unitId, contact, ...story });
  await walk(community, made.id, [['send', desk, { department: 'engineering', responsibleId: technician.id }]]);
  later(house, 30);
  const at = plusMinutes(house.house.time.now(), -10);
  const accepted = await technician.post(pathOf(community, made.id, '/accept'), { happenedAt: at });
  expect(accepted.body).toMatchObject({ state: 'in-progress', responsible: { id: technician.id } });
  expect(clockOf(accepted.body, 'sent').stoppedAt).toBe(at);
  // Once the state allows the step: a technician's device does not write time before the last one.
  const early = await recorded(desk, community, { unitId, contact, ...story });
  await walk(community, early.id, [['send', desk, { department: 'engineering', responsibleId: technician.id }]]);
  const before = await technician.post(pathOf(community, early.id, '/accept'), {
    happenedAt: plusMinutes(house.house.time.now(), -100),
  });
  expect([before.status, before.body.errors[0]?.code]).toEqual([422, 'before_last_event']);
});

it('takes two of one event that come at once for two', async () => {
  const { community, desk, butler, unitId } = await makeCentre(house);
  const first = await recorded(desk, community, { unitId });
  const made = await Promise.all(
    Array.from({ length: 6 }, (_, index) =>
      (index % 2 ? desk : butler).post(
        `${community.path}/complaints`,
        { channel: 'phone', contact: { phone: `1380000123${index}` }, sameEventAs: first.id },
        { 'idempotency-key': newId() },
      ),
    ),
  );
  expect(made.map((one) => one.status)).toEqual([201, 201, 201, 201, 201, 201]);
  const seen = (await desk.get(pathOf(community, first.id))).body;
  expect(seen.group).toMatchObject({ raisings: 7, people: 7 });
  expect(new Set(made.map((one) => one.body.group.id)).size).toBe(1);
});
