// The state table of spec/10 against a running house: every state × move × person at the lowest and the highest level.
import { beforeAll, describe, expect, it } from 'vitest';
import { type Community, type Person, useHouse } from '../../../tests/house.ts';
import { type Asker, askingEverybody, inTurns, type Standing } from '../../../tests/state-table.ts';
import { newId } from '../../kernel/id.ts';
import { plusMinutes } from '../../kernel/time.ts';
import { roles as allRoles, type Role } from '../access/role.contract.ts';
import { type Hat, moves } from './complaint.moves.ts';
import {
  type ComplaintMove,
  type ComplaintState,
  complaintMoves,
  complaintStates,
  type Severity,
} from './complaint-shapes.contract.ts';

type Level = Extract<Severity, 'ordinary' | 'critical'>;
type Caller = Asker & { hats: (state: ComplaintState, level: Level) => Hat[] };

const isSent = (state: ComplaintState) => state !== 'recorded' && state !== 'classified';

describe('the state table over HTTP', () => {
  const house = useHouse();
  let community: Community;
  let unitId: string;
  type Name = 'desk' | 'butler' | 'sup' | 'gm' | 'eng' | 'tech';
  let byName: Record<Name, Person>;
  const callers: Caller[] = [];

  beforeAll(async () => {
    community = await house.community();
    const buildingId = newId();
    unitId = newId();
    await house.asOwner(`
      insert into buildings (community_id, id, name) values ('${community.id}', '${buildingId}', '1');
      insert into units (community_id, id, building_id, entrance, room, label) values ('${community.id}', '${unitId}', '${buildingId}', '1', '101', '1-1-101')`);
    const join = async (who: string, role: Role, hats: Caller['hats']) => {
      const person = await house.person(role, community, who);
      callers.push({ who, person, hats, isOutsider: role === 'contractor' || role === 'resident' });
      return person;
    };
    const atOrdinary = (level: Level, ...worn: Hat[]) => (level === 'ordinary' ? worn : []);
    const atCritical = (level: Level, ...worn: Hat[]) => (level === 'critical' ? worn : []);
    byName = {
      desk: await join('the desk', 'front_desk', () => ['desk']),
      butler: await join('the butler who took it', 'butler', (_, level) => ['first', ...atOrdinary(level, 'teller')]),
      sup: await join('the supervisor', 'cs_supervisor', (_, level) => [
        'sup',
        ...atOrdinary(level, 'closer', 'teller'),
      ]),
      gm: await join('the general manager', 'general_manager', (_, level) => [
        'gm',
        ...atCritical(level, 'decider', 'closer', 'teller'),
      ]),
      eng: await join('the head of engineering', 'engineering_supervisor', (state) => (isSent(state) ? ['head'] : [])),
      tech: await join('the technician named', 'technician', (state) => (isSent(state) ? ['named'] : [])),
    };
    await join('the manager', 'manager', (_, level) => ['sup', 'mgr', ...atOrdinary(level, 'closer', 'teller')]);
    const nothing = () => [];
    await join('another butler', 'butler', nothing);
    await join('another technician', 'technician', nothing);
    const resident = await join('the resident of the unit', 'resident', nothing);
    const partyId = newId();
    await house.asOwner(`
      insert into parties (community_id, id, kind, name, created_at) values ('${community.id}', '${partyId}', 'person', '陈先生', '${house.house.time.now()}');
      insert into unit_parties (community_id, id, unit_id, party_id, relation, from_on) values ('${community.id}', '${newId()}', '${unitId}', '${partyId}', 'owner', '2020-01-01');
      insert into resident_accounts (community_id, id, account_id, party_id) values ('${community.id}', '${newId()}', '${resident.id}', '${partyId}')`);
    const named: readonly Role[] = [
      'front_desk',
      'butler',
      'cs_supervisor',
      'general_manager',
      'engineering_supervisor',
      'technician',
      'manager',
      'resident',
    ];
    for (const role of allRoles.filter((one) => !named.includes(one))) await join(role, role, nothing);
  });

  const pathOf = (id: string) => `${community.path}/complaints/${id}`;
  const inAnHour = () => plusMinutes(house.house.time.now(), 60);
  const bodyOf = (level: Level) => ({
    unitId,
    channel: 'phone',
    severity: level,
    contact: { name: '陈先生', phone: '13800001234' },
    place: '1栋大堂',
    account: '电梯困人四十分钟',
    demand: '查明原因',
    replyReason: '要等厂家到场',
    replyAt: inAnHour(),
  });
  /** Nobody to call: it is filed as soon as the answer is posted. */
  const unreachable = (level: Level) => {
    const { unitId: _unit, contact: _contact, ...body } = bodyOf(level);
    return body;
  };

  async function fresh(level: Level): Promise<string> {
    const made = await byName.butler.post(`${community.path}/complaints`, bodyOf(level));
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    return made.body.id;
  }

  /** A body that lacks nothing, so that only state and person can be in the way. */
  async function fullBody(
    name: ComplaintMove,
    level: Level,
    other: () => Promise<string> = () => fresh('ordinary'),
  ): Promise<Record<string, unknown>> {
    const bodies: Partial<Record<ComplaintMove, Record<string, unknown>>> = {
      amend: { demand: '书面答复' },
      classify: { severity: level },
      raise: { severity: 'critical', reason: '客户情绪激动' },
      mishandled: { reason: '未按时答复' },
      lower: { severity: level === 'critical' ? 'major' : 'ordinary', reason: '损失已核实较小' },
      respond: { how: 'call', answer: '正在处理' },
      send: { department: 'engineering', responsibleId: byName.tech.id },
      transfer: { department: 'environment', reason: '属绿化' },
      wait: { until: inAnHour(), reason: '等配件', explained: 'call' },
      resolve: { result: '已更换触点', cause: 'facilities' },
      'tell-customer': { how: 'call', answer: '已说明原因', opinion: '可以接受' },
      reopen: { reason: '又困人了' },
      invalidate: { reason: '属邻里纠纷', explained: 'call' },
      validate: { reason: '属实', explained: 'call' },
      link: { sameEventAs: name === 'link' ? await other() : '' },
      merge: { intoId: name === 'merge' ? await other() : '' },
    };
    return bodies[name] ?? {};
  }

  /** The way to each state, made by those whose work it is. */
  const way = (level: Level): Record<ComplaintState, readonly (readonly [ComplaintMove, Name])[]> => {
    const classified = [['classify', 'sup']] as const;
    const sent = [...classified, ['send', 'desk']] as const;
    const inProgress = [...sent, ['accept', 'eng']] as const;
    const resolved = [...inProgress, ['resolve', 'eng']] as const;
    const told = [...resolved, ['tell-customer', level === 'critical' ? 'gm' : 'sup']] as const;
    return {
      recorded: [],
      classified,
      sent,
      'in-progress': inProgress,
      waiting: [...inProgress, ['wait', 'eng']],
      resolved,
      'customer-told': told,
      closed: told,
    };
  };

  async function complaintIn(state: ComplaintState, level: Level): Promise<Standing> {
    const body = state === 'closed' ? unreachable(level) : bodyOf(level);
    let last = await byName.butler.post(`${community.path}/complaints`, body);
    expect(last.status, JSON.stringify(last.body)).toBe(201);
    const { id } = last.body;
    for (const [name, by] of way(level)[state]) {
      const posted = state === 'closed' && name === 'tell-customer';
      last = await byName[by].post(`${pathOf(id)}/${name}`, {
        version: last.body.version,
        ...(posted ? { how: 'posted', answer: '已张贴答复' } : await fullBody(name, level)),
      });
      expect(last.status, `${name} on the way to ${state}: ${JSON.stringify(last.body)}`).toBe(200);
    }
    expect(last.body.state).toBe(state);
    return { id, version: last.body.version };
  }

  const onTheWay: readonly ComplaintMove[] = [
    'classify',
    'accept',
    'resolve',
    'tell-customer',
    'wait',
    'amend',
    'respond',
  ];
  /** What a refused link or merge names needs to be no new one. */
  let spare: Promise<string> | undefined;
  const anyOther = () => {
    spare ??= fresh('ordinary');
    return spare;
  };

  /** What no field could mend, besides the state. */
  function inTheWay(name: ComplaintMove, state: ComplaintState, level: Level): string | null {
    if (name === 'forward' && level === 'ordinary') return 'complaint.nothing_to_forward';
    if (name === 'lower' && level === 'ordinary') return 'complaint.no_lower_level';
    if ((name === 'raise' || name === 'mishandled') && level === 'critical') return 'complaint.no_higher_level';
    if (name === 'send' && state === 'recorded' && level === 'critical') return 'complaint.not_classified';
    if (name === 'close') return 'complaint.follow_up_open';
    if (name === 'unlink') return 'complaint.not_in_a_group';
    return null;
  }

  /** What the table says, in the words of the interface. */
  function expected(name: ComplaintMove, state: ComplaintState, caller: Caller, level: Level): string {
    const worn = caller.hats(state, level);
    if (!worn.some((hat) => moves[name].by.includes(hat))) return caller.isOutsider ? '404' : '403 forbidden';
    if (!moves[name].from.includes(state)) return `409 complaint.move_not_allowed ${state} ${name}`;
    const reason = inTheWay(name, state, level);
    return reason === null ? '200' : `409 ${reason}`;
  }

  const ask = askingEverybody<Caller, ComplaintState, ComplaintMove, Level>({
    states: complaintStates,
    moves: complaintMoves,
    isHatted: (one) => one.hats('sent', 'ordinary').length + one.hats('sent', 'critical').length > 0,
    pathOf,
    reader: () => byName.desk,
    make: complaintIn,
    bodyOf: (name, { way: level, isRefused }) => fullBody(name, level, isRefused ? anyOther : undefined),
    expected,
    reached: (name, state) => moves[name].to ?? state,
    // From waiting to resolved is another way than the canonical one.
    isCanonical: (name, from) => onTheWay.includes(name) && !(from === 'waiting' && name === 'resolve'),
  });
  for (const level of ['ordinary', 'critical'] as const)
    for (const state of complaintStates)
      it(`answers every move by everybody in "${state}", ${level}`, () => ask(state, level, callers));

  it('asks for the version before it looks at the state', async () => {
    const { id, version } = await complaintIn('resolved', 'ordinary');
    const stale = await byName.sup.post(`${pathOf(id)}/classify`, { version: version - 1 });
    expect([stale.status, stale.body.code, stale.body.facts]).toEqual([412, 'stale_version', { current: version }]);
    const none = await byName.sup.post(`${pathOf(id)}/classify`, {});
    expect([none.status, none.body.errors[0]?.path]).toEqual([422, 'version']);
  });

  it('takes complaints from every post and from residents about their own home (spec/12 complaint.record)', async () => {
    const told: [string, number][] = [];
    await inTurns(callers, async ({ who, person }) => {
      const { severity: _severity, ...body } = bodyOf('ordinary');
      told.push([who, (await person.post(`${community.path}/complaints`, body)).status]);
    });
    const outside = ['contractor', 'owners_committee', 'developer', 'rental_agency', 'admin'];
    const answers = callers.map(({ who }): [string, number] => [who, outside.includes(who) ? 403 : 201]);
    expect(told.sort()).toEqual(answers.sort());
  });
});
