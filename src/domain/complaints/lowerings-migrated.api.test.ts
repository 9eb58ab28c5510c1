// A lower level asked for under the release that kept its own approval of it: it waits as an approval now, with its asker, its
// reason and its minute, and what people were told of it then can still be read (CP2, migration 0030).
import { beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type Person, useHouse } from '../../../tests/house.ts';
import { msOfId } from '../../kernel/id.ts';
import { hourMs } from '../../kernel/time.ts';
import { notificationInWords } from '../notifications/notification.words.ts';

const house = useHouse({
  startAt: '2026-11-23T07:00:00.000Z',
  older: { upTo: 25, fixture: 'lowerings-asked' },
});

describe('a lowering that waited when the house was brought up to date', () => {
  let path = '';
  let [supervisor, manager, gm, technician] = [] as unknown as [Person, Person, Person, Person];
  let [known, anonymous] = [] as Answer['body'][];
  beforeAll(async () => {
    const [community] = await house.asOwner('select id from communities');
    path = `/communities/${community.id}`;
    supervisor = await house.formerPerson('cs_supervisor');
    manager = await house.formerPerson('manager');
    gm = await house.formerPerson('general_manager');
    technician = await house.formerPerson('technician');
    await house.tick();
    const { items } = (await manager.get(`${path}/approvals`)).body;
    [known, anonymous] = ['特别重大 → 较大', '重大 → 较大'].map((line) =>
      items.find((one: { lines: string[] }) => one.lines[0] === line),
    );
    expect(items).toHaveLength(2);
  });

  it('is a pending approval with its asker, its reason and its minute', () => {
    expect(known).toMatchObject({
      code: 'SP-2026-000001',
      kind: 'complaint.lower',
      state: 'pending',
      title: '投诉 TS-2026-000001 降级',
      askedBy: { id: supervisor.id },
      // A number in a reason is nobody's to read.
      reason: '损失核实后较小，住户 138****1234 已确认',
      steps: [{ step: 1, role: 'manager', state: 'open' }],
      dutyRole: 'manager',
      deciders: [{ id: manager.id }],
      // Monday 23 November: one working day is Tuesday 18:00 (spec/11 approve), by the recount.
      dueAt: '2026-11-24T10:00:00.000Z',
      clocks: [{ state: 'running', dueAt: '2026-11-24T10:00:00.000Z' }],
    });
    expect(known.askedAt).toMatch(/^2026-11-23T06:30:/);
    expect(known.timeline[0]).toMatchObject({ action: 'ask', at: known.askedAt, by: { id: supervisor.id } });
    // Three days in luxury (CP2), the whole of them from the day of the migration.
    expect(known.expiresAt >= '2026-11-26T16:00:00.000Z').toBe(true);
    expect(anonymous).toMatchObject({
      code: 'SP-2026-000002',
      askedBy: { id: manager.id },
      reason: '只有一户反映',
      dutyRole: 'general_manager',
      deciders: [{ id: gm.id }],
    });
    expect(anonymous.askedAt).toMatch(/^2026-11-23T06:50:/);
    // Its id says the hour, no minute (CP12); the other's says when it was asked.
    expect([msOfId(anonymous.id) % hourMs, msOfId(known.id)]).toEqual([0, Date.parse(known.askedAt)]);
  });

  it('is read by nobody whom it is about', async () => {
    const [{ against }] = await house.asOwner(
      `select against_staff_id as against from complaints where id = '${anonymous.caseId}'`,
    );
    expect(against).toBe(technician.id);
    expect((await technician.get(`${path}/approvals/${anonymous.id}`)).status).toBe(403);
  });

  it('keeps what was told of it then, in words', async () => {
    const told = async (person: Person) => {
      const answer = await person.get('/notifications?limit=200');
      expect(answer.status).toBe(200);
      return answer.body.items.filter((one: { kind: string }) => one.kind.includes('lower'));
    };
    const [asked, outcome] = [await told(manager), await told(supervisor)];
    expect(new Set(asked.map((one: { kind: string }) => one.kind))).toEqual(new Set(['complaint-lowering-asked']));
    expect(outcome.map((one: { kind: string }) => one.kind).sort()).toEqual([
      'complaint-lowered',
      'complaint-not-lowered',
    ]);
    for (const one of [...asked, ...outcome])
      expect(notificationInWords(one, { clockWord: (kind) => kind })).toContain(`${one.code} 投诉`);
  });

  it('falls when it is approved, the next number follows, and every invariant holds', async () => {
    // The homes of that house were put in by hand, past the search.
    const breaches = async () => (await house.breaches()).filter((line) => !line.startsWith('search '));
    expect(await breaches()).toEqual([]);
    const complaint = async () => (await supervisor.get(`${path}/complaints/${known.caseId}`)).body;
    expect((await complaint()).lowering).toMatchObject({ approver: 'manager', askedAt: known.askedAt });
    const said = await manager.post(`${path}/approvals/${known.id}/approve`, { version: known.version });
    expect(said.body, JSON.stringify(said.body)).toMatchObject({ state: 'approved' });
    expect(await complaint()).toMatchObject({ severity: 'serious', loweringTo: null, lowering: null });
    const { version } = await complaint();
    const again = { version, severity: 'ordinary', reason: '只是误会' };
    expect((await supervisor.post(`${path}/complaints/${known.caseId}/lower`, again)).status).toBe(200);
    const { items } = (await manager.get(`${path}/approvals?subjectId=${known.caseId}&state=pending`)).body;
    expect(items).toMatchObject([{ code: 'SP-2026-000003' }]);
    expect(await breaches()).toEqual([]);
  });
});
