// The state table of spec/10 against a running house: every state × move × person, held by a technician and by a contractor.
import { beforeAll, describe, expect, it } from 'vitest';
import { type Community, type Person, useHouse } from '../../../tests/house.ts';
import { type Asker, askingEverybody, inTurns, type Standing } from '../../../tests/state-table.ts';
import { newId } from '../../kernel/id.ts';
import { roles as allRoles, type Role } from '../access/role.contract.ts';
import { type RepairMove, type RepairState, repairMoveRoutes, repairStates } from './repair.contract.ts';
import { type Hat, moves } from './repair.moves.ts';

type Name = Exclude<RepairMove, 'close'>;
const names = Object.keys(repairMoveRoutes) as Name[];
type Holder = 'tech' | 'con';

/** Somebody who asks, and the hats they wear for an order that the technician or the contractor holds. */
type Caller = Asker & { hats: (held: Holder | null) => Hat[] };

describe('the state table over HTTP', () => {
  const house = useHouse();
  let community: Community;
  let unitId: string;
  let byName: Record<'desk' | 'butler' | 'eng' | 'tech' | 'con', Person>;
  const callers: Caller[] = [];

  beforeAll(async () => {
    community = await house.community();
    const [buildingId, unit] = [newId(), newId()];
    unitId = unit;
    await house.asOwner(`
      insert into buildings (community_id, id, name) values ('${community.id}', '${buildingId}', '1');
      insert into units (community_id, id, building_id, entrance, room, label) values ('${community.id}', '${unit}', '${buildingId}', '1', '101', '1-1-101')`);
    const join = async (who: string, role: Role, hats: Caller['hats']) => {
      const person = await house.person(role, community, who);
      callers.push({ who, person, hats, isOutsider: role === 'contractor' || role === 'resident' });
      return person;
    };
    const nothing = () => [];
    byName = {
      desk: await join('the desk', 'front_desk', () => ['desk']),
      butler: await join('the butler who recorded it', 'butler', () => ['maker']),
      eng: await join('the head of engineering', 'engineering_supervisor', (held) =>
        held === 'con' ? ['eng', 'con-head'] : ['eng'],
      ),
      tech: await join('its technician', 'technician', (held) => (held === 'tech' ? ['tech'] : [])),
      con: await join('its contractor', 'contractor', (held) => (held === 'con' ? ['con'] : [])),
    };
    await join('the supervisor', 'cs_supervisor', () => ['sup']);
    await join('the manager', 'manager', () => ['sup']);
    await join('the duty technician', 'duty_technician', () => ['duty']);
    await join('another technician', 'technician', nothing);
    await join('another contractor', 'contractor', nothing);
    await join('another butler', 'butler', nothing);
    const resident = await join('the resident of the unit', 'resident', () => ['resident']);
    await join('another resident', 'resident', nothing);
    const partyId = newId();
    await house.asOwner(`
      insert into parties (community_id, id, kind, name, created_at) values ('${community.id}', '${partyId}', 'person', '陈先生', '${house.house.time.now()}');
      insert into unit_parties (community_id, id, unit_id, party_id, relation, from_on) values ('${community.id}', '${newId()}', '${unit}', '${partyId}', 'owner', '2020-01-01');
      insert into resident_accounts (community_id, id, account_id, party_id) values ('${community.id}', '${newId()}', '${resident.id}', '${partyId}')`);
    const named: readonly Role[] = [
      'front_desk',
      'butler',
      'engineering_supervisor',
      'technician',
      'contractor',
      'cs_supervisor',
      'manager',
      'duty_technician',
      'resident',
    ];
    for (const role of allRoles.filter((one) => !named.includes(one))) await join(role, role, nothing);
  });

  const report = {
    category: 'water',
    urgency: 'ordinary',
    description: '厨房水管漏水',
    channel: 'phone',
    readBack: true,
  };
  const pathOf = (id: string) => `${community.path}/repairs/${id}`;

  /** A body that lacks nothing, so that only state and person can be in the way. */
  function fullBody(name: Name, asker: Caller | null): Record<string, unknown> {
    const isDuty = asker?.hats(null).includes('duty');
    const hats = asker?.hats(null) ?? [];
    const bodies: Partial<Record<Name, Record<string, unknown>>> = {
      amend: { appointmentAt: new Date(Date.parse(house.house.time.now()) + 7_200_000).toISOString() },
      dispatch: { technicianId: isDuty ? asker?.person.id : byName.tech.id },
      'hand-back': { reason: '手上有急修' },
      quote: { amountFen: 5000, lines: [{ name: '人工', quantity: 1, unitPriceFen: 5000 }] },
      agree: { by: '陈先生' },
      decline: { by: '陈先生', reason: '嫌贵' },
      pause: { reason: 'parts' },
      finish: { result: '已更换软管' },
      sign: { absent: true, reason: '客户外出' },
      rework: { reason: '又漏了' },
      transfer: { department: 'environment', reason: '绿化的水管' },
      cancel: { by: hats.includes('eng') ? 'not-feasible' : 'customer', reason: '不修了' },
    };
    return bodies[name] ?? {};
  }

  /** The way to each state, made by those whose work it is. */
  const way = (holder: Holder): Record<RepairState, readonly (readonly [Name, 'desk' | 'eng' | Holder])[]> => {
    const dispatched = [['dispatch', 'desk']] as const;
    const accepted = [...dispatched, ['accept', holder]] as const;
    const onSite = [...accepted, ['arrive', holder]] as const;
    const quoted = [...onSite, ['quote', holder]] as const;
    const done = [...onSite, ['finish', holder]] as const;
    const signed = [...done, ['sign', holder]] as const;
    const declined = [...quoted, ['decline', 'desk']] as const;
    return {
      draft: [],
      logged: [],
      dispatched,
      accepted,
      'en-route': [...accepted, ['depart', holder]],
      'on-site': onSite,
      quoted,
      working: [...quoted, ['agree', holder]],
      paused: [...onSite, ['pause', holder]],
      done,
      signed,
      returned: [...signed, ['return-voucher', holder]],
      declined,
      closed: [...declined, ['confirm', 'eng']],
      cancelled: [...dispatched, ['cancel', 'desk']],
    };
  };

  async function orderIn(state: RepairState, holder: Holder): Promise<Standing> {
    const made = await byName.butler.post(`${community.path}/repairs`, { ...report, unitId, draft: state === 'draft' });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    let last = made;
    for (const [name, by] of way(holder)[state]) {
      const to = name === 'dispatch' && holder === 'con' ? { contractorId: byName.con.id } : fullBody(name, null);
      const asker = callers.find((one) => one.person === byName[by]) ?? null;
      last = await byName[by].post(`${pathOf(made.body.id)}/${name}`, {
        version: last.body.version,
        ...(name === 'dispatch' ? to : fullBody(name, asker)),
      });
      expect(last.status, `${name} on the way to ${state}: ${JSON.stringify(last.body)}`).toBe(200);
    }
    expect(last.body.state).toBe(state);
    return { id: made.body.id, version: last.body.version };
  }

  const onTheWay: readonly Name[] = ['accept', 'depart', 'arrive', 'finish', 'sign', 'return-voucher', 'decline'];
  const heldBy = (state: RepairState, holder: Holder): Holder | null =>
    state === 'draft' || state === 'logged' ? null : holder;

  /** What the table says, in the words of the interface. */
  function expected(name: Name, state: RepairState, caller: Caller, holder: Holder): string {
    const worn = caller.hats(heldBy(state, holder));
    if (!worn.some((hat) => moves[name].by.includes(hat))) return caller.isOutsider ? '404' : '403 forbidden';
    // A resident's own order is theirs to cancel until somebody has accepted it.
    const isLate = worn.includes('resident') && !['draft', 'logged', 'dispatched'].includes(state);
    if (!moves[name].from.includes(state) || isLate) return `409 repair.move_not_allowed ${state} ${name}`;
    return '200';
  }

  function reached(name: Name, state: RepairState): string {
    if (name === 'agree') return 'working';
    if (name === 'resume') return 'on-site';
    if (name === 'confirm') return state === 'declined' ? 'closed' : 'returned';
    return moves[name].to ?? state;
  }
  const ask = askingEverybody<Caller, RepairState, Name, Holder>({
    states: repairStates,
    moves: names,
    isHatted: (one) => one.hats('tech').length + one.hats('con').length > 0,
    pathOf,
    reader: () => byName.desk,
    make: orderIn,
    bodyOf: async (name, { caller }) => fullBody(name, caller),
    expected,
    reached,
    isCanonical: (name, from) =>
      onTheWay.includes(name) || (from === 'on-site' && (name === 'quote' || name === 'pause')),
  });
  for (const holder of ['tech', 'con'] as const)
    for (const state of repairStates.filter((one) => holder === 'tech' || heldBy(one, holder) !== null))
      it(`answers every move by everybody in "${state}", held by ${holder === 'tech' ? 'a technician' : 'a contractor'}`, () => {
        // A contractor's order differs only for those who hold it or head the department.
        const asking = callers.filter((one) => holder === 'tech' || one.isOutsider || one.hats('con').includes('eng'));
        return ask(state, holder, asking);
      });

  it('lets no one close by hand: the program does', async () => {
    const order = await orderIn('returned', 'tech');
    await inTurns(callers, async ({ who, person }) => {
      const answer = await person.post(`${pathOf(order.id)}/close`, { version: order.version });
      expect([who, answer.status]).toEqual([who, 404]);
    });
  });

  it('asks for the version before it looks at the state', async () => {
    const order = await orderIn('done', 'tech');
    const stale = await byName.desk.post(`${pathOf(order.id)}/dispatch`, {
      version: order.version - 1,
      technicianId: byName.tech.id,
    });
    expect([stale.status, stale.body.code, stale.body.facts]).toEqual([
      412,
      'stale_version',
      { current: order.version },
    ]);
    const none = await byName.desk.post(`${pathOf(order.id)}/dispatch`, { technicianId: byName.tech.id });
    expect([none.status, none.body.errors[0]?.path]).toEqual([422, 'version']);
  });

  it('takes reports from those whose work it is, and from residents for their own home only', async () => {
    const makers: readonly string[] = [
      'the desk',
      'the butler who recorded it',
      'another butler',
      'the head of engineering',
      'its technician',
      'another technician',
      'the supervisor',
      'the manager',
      'the duty technician',
      'the resident of the unit',
      'chief_butler',
      'customer_assistant',
      'order_supervisor',
      'environment_supervisor',
    ];
    const told: [string, number][] = [];
    await inTurns(callers, async ({ who, person }) => {
      told.push([who, (await person.post(`${community.path}/repairs`, { ...report, unitId })).status]);
    });
    // Who has no right to record at all hears so; another resident may not even learn that the home exists. To the
    // contractor nothing is hidden here: there is no order yet.
    const answers = callers.map(({ who }): [string, number] => [
      who,
      makers.includes(who) ? 201 : who === 'another resident' ? 404 : 403,
    ]);
    expect(told.sort()).toEqual(answers.sort());
  });
});
