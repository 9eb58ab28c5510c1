// What `verify` says of approvals, each tried against data broken by hand: by the asker, twice the same, a state that the
// decisions do not give, and things that wait or were moved without an approval. Lowerings and price lists are its subjects.
import { beforeAll, describe, expect, it } from 'vitest';
import { useHouse } from '../../../tests/house.ts';
import { type Centre, makeCentre, recorded, story, walk } from './complaint-centre.fixture.ts';

const house = useHouse({ startAt: '2026-11-23T02:00:00.000Z' });

describe('verify finds in approvals', () => {
  let centre: Centre;
  beforeAll(async () => {
    centre = await makeCentre(house);
    await house.asOwner(`update service_standards set document = jsonb_set(document, '{approvals,complaint.lower,steps,value}',
      '["manager", "general_manager"]') where community_id = '${centre.community.id}'`);
  });

  /** A complaint that waits for a lower level, with its approval. */
  async function asked() {
    const { community, desk, supervisor } = centre;
    const contact = { name: '陈先生', phone: '13800001234' };
    const made = await recorded(desk, community, { severity: 'critical', contact, ...story });
    await walk(community, made.id, [['lower', supervisor, { severity: 'serious', reason: '损失较小' }]]);
    const [approval] = (await supervisor.get(`${community.path}/approvals?subjectId=${made.id}`)).body.items;
    return { complaintId: made.id as string, id: approval.id as string };
  }
  /** Said by both steps. */
  async function lowered() {
    const { community, manager, gm } = centre;
    const one = await asked();
    const path = `${community.path}/approvals/${one.id}`;
    expect((await manager.post(`${path}/approve`, { version: 1 })).body).toMatchObject({ step: 2, state: 'pending' });
    expect((await gm.post(`${path}/approve`, { version: 2 })).body.state).toBe('approved');
    return one;
  }
  /** `approvals column_differs state`, of the approval or the thing with this id. */
  const found = async (id: string) =>
    (await house.breaches())
      .filter((line) => line.includes(id))
      .map((line) => line.replace(/ \{.*?("column":"(\w*)")?\}$/, (_all, _field, column) => ` ${column ?? ''}`).trim());
  /** The story, by number: 1 ask, 2 open, 3 yes, 4 open, 5 yes. */
  const breakEvent = (id: string, seq: number, change: string) =>
    house.asOwner(`update approval_events set ${change} where approval_id = '${id}' and seq = ${seq}`);

  it('nothing in what people did through the program', async () => {
    const { community, supervisor, manager } = centre;
    await lowered();
    const refused = await asked();
    const { version } = (await supervisor.get(`${community.path}/approvals/${refused.id}`)).body;
    await manager.post(`${community.path}/approvals/${refused.id}/reject`, { version, remark: '伤情未核实' });
    const taken = await asked();
    await supervisor.post(`${community.path}/approvals/${taken.id}/withdraw`, { version: 1 });
    await asked();
    // The homes of the centre are put in by hand, past the search.
    expect((await house.breaches()).filter((line) => !line.startsWith('search '))).toEqual([]);
  });

  it('a step decided by whoever asked, or whom it is about', async () => {
    const { supervisor, technician } = centre;
    const { id } = await lowered();
    await breakEvent(id, 3, `by_id = '${supervisor.id}'`);
    expect(await found(id)).toEqual(['approvals decided_by_asker']);
    const barred = await lowered();
    await house.asOwner(`update approvals set barred_ids = '{${technician.id}}' where id = '${barred.id}'`);
    await breakEvent(barred.id, 5, `by_id = '${technician.id}'`);
    expect(await found(barred.id)).toEqual(['approvals decided_by_asker']);
  });

  it('two steps decided by the same person', async () => {
    const { id } = await lowered();
    await breakEvent(id, 5, `by_id = '${centre.manager.id}'`);
    expect(await found(id)).toEqual(['approvals decided_twice']);
  });

  it('a step that was left out', async () => {
    const { id } = await lowered();
    await house.asOwner(`delete from approval_events where approval_id = '${id}' and seq in (3, 4);
      update approval_events set seq = 3 where approval_id = '${id}' and seq = 5;
      update approvals set event_seq = 3 where id = '${id}'`);
    expect(await found(id)).toContain('approvals step_out_of_order');
  });

  it('a state that its decisions do not give', async () => {
    const { id, complaintId } = await asked();
    await house.asOwner(
      `update approvals set state = 'approved', decided_at = asked_at, next_step_at = null where id = '${id}'`,
    );
    expect(await found(id)).toEqual(['approvals column_differs state', 'approvals column_differs decidedAt']);
    // And with it the complaint waits for nobody.
    expect(await found(complaintId)).toEqual(['approval-subjects waits_without_approval']);
    const other = await asked();
    await house.asOwner(`update approvals set step = 2, duty_role = 'general_manager' where id = '${other.id}'`);
    expect(await found(other.id)).toEqual(['approvals column_differs step', 'approvals column_differs dutyRole']);
  });

  it('a subject that was moved, or no longer waits, without its approval', async () => {
    const { community, manager } = centre;
    // Lowered by hand; one before the first answer of all was another release's.
    const one = await lowered();
    const forged = (at: string) =>
      house.asOwner(`insert into case_events (community_id, id, case_id, seq, kind, at, recorded_at, source, facts)
        select community_id, gen_random_uuid(), id, event_seq + 1, 'approval', '${at}', '${at}', 'system', '{"action": "lowered"}'
        from cases where id = '${one.complaintId}';
        update cases set event_seq = event_seq + 1 where id = '${one.complaintId}'`);
    await forged('2026-11-01T00:00:00.000Z');
    expect(await found(one.complaintId)).toEqual([]);
    await forged('2026-11-23T05:00:00.000Z');
    expect(await found(one.complaintId)).toEqual(['approval-subjects moved_without_approval']);

    const waiting = await asked();
    await house.asOwner(`update complaints set lowering_to = null where id = '${waiting.complaintId}'`);
    expect(await found(waiting.complaintId)).toEqual(['approval-subjects approval_without_subject']);

    // The price list's chain is the general manager's.
    const engineer = centre.engineer;
    const { items } = (await engineer.get(`${community.path}/price-list`)).body;
    const dearer = items.map((item: object, index: number) => (index === 0 ? { ...item, unitPriceFen: 9900 } : item));
    const list = (await engineer.post(`${community.path}/price-lists`, { items: dearer, note: '人工涨价' })).body;
    const path = `${community.path}/price-lists/${list.id}`;
    expect((await engineer.post(`${path}/submit`, { version: 1 })).status).toBe(200);
    expect((await centre.gm.post(`${path}/return`, { version: 2, remark: '太贵' })).status).toBe(200);
    expect((await engineer.post(`${path}/submit`, { version: 3 })).status).toBe(200);
    expect(await found(list.id)).toEqual([]);
    await house.asOwner(`update price_lists set state = 'approved', decided_by = '${manager.id}', in_force_on = '2027-01-01',
      decided_at = '2026-11-23T05:00:00.000Z' where id = '${list.id}'`);
    expect(await found(list.id)).toEqual([
      'approval-subjects approval_without_subject',
      'approval-subjects moved_without_approval',
    ]);
    const [standard] = await house.asOwner(
      `select id from service_standards where community_id = '${community.id}' and state = 'in-force'`,
    );
    await house.asOwner(`update service_standards set submitted_at = created_at where id = '${standard.id}'`);
    expect(await found(standard.id)).toEqual(['approval-subjects moved_without_approval']);
  });
});
