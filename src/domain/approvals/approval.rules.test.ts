// Approvals: whose a step is with every absence and small centre, every state × move × person, and the clock of a step.
import { describe, expect, it, test } from 'vitest';
import { BadInput, Refusal } from '../../kernel/refusal.ts';
import { plusMinutes } from '../../kernel/time.ts';
import type { Role } from '../access/role.contract.ts';
import { announcedYears, wall } from '../clocks/calendar.fixture.ts';
import { makeCalendar } from '../clocks/calendar.rules.ts';
import { foldClock } from '../clocks/clock.rules.ts';
import type { Posting } from '../clocks/ladder.rules.ts';
import { approvalMoves, approvalStates } from './approval.contract.ts';
import { approvalMoveTable } from './approval.moves.ts';
import {
  type ApprovalFacts,
  allowedMoves,
  barredFrom,
  type Decider,
  decideMove,
  dutyOf,
  isLapsed,
  moveBlocker,
  standingYeses,
} from './approval.rules.ts';
import { type ApprovalEvent, stepClocks } from './approval-clock.rules.ts';

const line: Partial<Record<Role, Role>> = {
  front_desk: 'cs_supervisor',
  cs_supervisor: 'manager',
  manager: 'general_manager',
};
/** `sup:cs_supervisor`, `mgr:manager!` is away, `mgr:manager!sup` with a stand-in. */
const people = (...texts: string[]): Posting[] =>
  texts.map((text) => {
    const [staffId = '', post = ''] = text.split(':');
    const [role = '', standIn] = post.split('!');
    return { staffId, role: role as Role, absent: standIn !== undefined, standInId: standIn || null };
  });

describe('whose an open step is (spec/10, spec/11 Ladders)', () => {
  const rows: [string, Role, Posting[], string[], string, string][] = [
    ['its post', 'manager', people('m:manager', 'g:general_manager'), [], 'manager', 'm self'],
    ['each holder of the post', 'manager', people('m:manager', 'n:manager'), [], 'manager', 'm self, n self'],
    ['never the asker', 'manager', people('m:manager', 'n:manager'), ['m'], 'manager', 'n self'],
    [
      'small centre: nobody else holds it, the next superior has it',
      'manager',
      people('m:manager', 'g:general_manager'),
      ['m'],
      'general_manager',
      'g self',
    ],
    ['small centre: no such post at all', 'cs_supervisor', people('m:manager'), [], 'manager', 'm self'],
    [
      'two posts up',
      'cs_supervisor',
      people('s:cs_supervisor', 'm:manager', 'g:general_manager'),
      ['s', 'm'],
      'general_manager',
      'g self',
    ],
    [
      'never waived: nobody is left',
      'general_manager',
      people('g:general_manager', 'm:manager'),
      ['g'],
      'general_manager',
      '',
    ],
    [
      'the stand-in of who is away, who may still decide',
      'manager',
      people('m:manager!s', 's:cs_supervisor'),
      [],
      'manager',
      'm self, s stand-in',
    ],
    [
      'a stand-in who asked may not: the next one up may',
      'manager',
      people('m:manager!s', 's:cs_supervisor', 'g:general_manager'),
      ['s'],
      'manager',
      'm self, g next-up',
    ],
    [
      'a stand-in who is away too: the next one up may',
      'manager',
      people('m:manager!s', 's:cs_supervisor!', 'g:general_manager'),
      [],
      'manager',
      'm self, g next-up',
    ],
    [
      'nobody there and no stand-in: the next one up may',
      'manager',
      people('m:manager!', 'g:general_manager'),
      [],
      'manager',
      'm self, g next-up',
    ],
    [
      'one of two is there: nobody above is needed',
      'manager',
      people('m:manager!', 'n:manager', 'g:general_manager'),
      [],
      'manager',
      'm self, n self',
    ],
    [
      'the stand-in of an asker decides nothing for them',
      'manager',
      people('m:manager!s', 's:cs_supervisor', 'g:general_manager'),
      ['m'],
      'general_manager',
      'g self',
    ],
  ];
  test.each(rows)('%s', (_what, role, staffing, barred, duty, deciders) => {
    const found = dutyOf(role, line, staffing, barred);
    expect([found.role, found.deciders.map((one) => `${one.staffId} ${one.via}`).join(', ')]).toEqual([duty, deciders]);
  });
  it('says whose place a stand-in takes', () => {
    const { deciders } = dutyOf('manager', line, people('m:manager!s', 's:cs_supervisor'), []);
    expect(deciders[1]).toEqual({ staffId: 's', via: 'stand-in', forId: 'm' });
  });
});

const now = '2026-11-26T02:00:00.000Z';
const self = (staffId: string): Decider => ({ staffId, via: 'self', forId: null });
const base: ApprovalFacts = {
  state: 'pending',
  version: 4,
  askedBy: 'asker',
  barredIds: ['writer'],
  chain: ['cs_supervisor', 'manager', 'general_manager'],
  step: 2,
  expiresAt: plusMinutes(now, 60),
  yeses: [{ step: 1, byId: 'sup' }],
};
const codeOf = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (fault) {
    if (fault instanceof BadInput) return fault.faults.map((one) => `${one.path} ${one.code}`).join();
    return fault instanceof Refusal ? `${fault.status} ${fault.code}` : fault;
  }
};
const ask = (actorId: string, more: object = {}) => ({
  actorId,
  now,
  deciders: [self('mgr')],
  version: 4,
  remark: '请看说明',
  ...more,
});

describe('deciding', () => {
  const moves = approvalMoves.filter((name) => name !== 'lapse');
  const persons = { decider: 'mgr', asker: 'asker', writer: 'writer', earlier: 'sup', other: 'desk' } as const;
  const all = approvalStates.flatMap((state) =>
    moves.flatMap((name) =>
      (Object.keys(persons) as (keyof typeof persons)[]).map((who) => [state, name, who] as const),
    ),
  );
  test.each(all)('%s: %s by the %s', (state, name, who) => {
    const found = codeOf(() => decideMove(name, { ...base, state }, ask(persons[who])).state);
    const isTheirs = name === 'withdraw' ? who === 'asker' : who !== 'other';
    const expected = !isTheirs
      ? state === 'pending'
        ? '403 approval.not_your_step'
        : '409 approval.move_not_allowed'
      : state !== 'pending'
        ? '409 approval.move_not_allowed'
        : name === 'withdraw'
          ? 'withdrawn'
          : who === 'asker' || who === 'writer'
            ? '409 approval.own_request'
            : who === 'earlier'
              ? '409 approval.same_person'
              : { approve: 'pending', reject: 'rejected', return: 'returned' }[name];
    expect(found).toBe(expected);
  });
  test.each(approvalStates)('a lapse of what is %s', (state) => {
    expect(isLapsed({ state, expiresAt: now }, now)).toBe(approvalMoveTable.lapse.from.includes(state));
    expect(isLapsed({ state, expiresAt: plusMinutes(now, 1) }, now)).toBe(false);
  });

  const rows: [string, ApprovalFacts, Parameters<typeof decideMove>[0], object, unknown][] = [
    ['a yes opens the next step', base, 'approve', {}, ['pending', 3, ['sup', 'mgr']]],
    ['the last yes approves', { ...base, step: 3 }, 'approve', {}, ['approved', null, ['sup', 'mgr']]],
    ['a yes needs no remark', base, 'approve', { remark: undefined }, ['pending', 3, ['sup', 'mgr']]],
    ['a no ends it at any step', base, 'reject', {}, ['rejected', null, ['sup']]],
    ['a return to the asker ends it', base, 'return', {}, ['returned', null, []]],
    ['a return to an earlier step opens that', base, 'return', { toStep: 1 }, ['pending', 1, []]],
    ['a no says why', base, 'reject', { remark: '  ' }, 'remark required'],
    ['a return says why', base, 'return', { remark: undefined }, 'remark required'],
    ['a return goes back', base, 'return', { toStep: 2 }, 'toStep not_an_earlier_step'],
    ['a return goes to a step that is there', base, 'return', { toStep: -1 }, 'toStep not_an_earlier_step'],
    ['no version', base, 'approve', { version: undefined }, 'version required'],
    ['a stale version', base, 'approve', { version: 3 }, '412 stale_version'],
    ['after its term', { ...base, expiresAt: now }, 'approve', {}, '409 approval.lapsed'],
  ];
  test.each(rows)('%s', (_what, facts, name, more, expected) => {
    const found = codeOf(() => {
      const decision = decideMove(name, facts, ask('mgr', more));
      return [decision.state, decision.opens, decision.yeses.map((yes) => yes.byId)];
    });
    expect(found).toEqual(expected);
  });

  it('is refused before its version is looked at where it is nobody of theirs', () => {
    expect(codeOf(() => decideMove('approve', base, ask('desk', { version: 1 })))).toBe('403 approval.not_your_step');
  });
  it('bars the asker, the writers and who said yes before', () => {
    expect(barredFrom(base)).toEqual(['asker', 'writer', 'sup']);
  });
  it('offers the decider three moves and the asker a withdrawal with the reason why no more', () => {
    const of = (actorId: string) => allowedMoves(base, ask(actorId)).map((one) => `${one.name} ${one.reason ?? 'yes'}`);
    expect(of('mgr')).toEqual(['approve yes', 'return yes', 'reject yes']);
    expect(of('asker')).toEqual(['approve approval.own_request', 'withdraw yes']);
    expect(of('sup')).toEqual(['approve approval.same_person']);
    expect(of('desk')).toEqual([]);
    expect(allowedMoves({ ...base, state: 'approved' }, ask('mgr'))).toEqual([]);
    expect(moveBlocker('approve', base, ask('mgr'))).toBeNull();
  });
  it('takes back the yeses from the step of a return on, so that the same people may say yes again', () => {
    const yes = (step: number, byId: string) => ({ action: 'approve', step, byId, toStep: null });
    const back = (step: number, toStep: number) => ({ action: 'return', step, byId: 'c', toStep });
    expect(standingYeses([yes(1, 'a'), yes(2, 'b'), back(3, 2)])).toEqual([{ step: 1, byId: 'a' }]);
    expect(standingYeses([yes(1, 'a'), back(2, 1), yes(1, 'b')])).toEqual([{ step: 1, byId: 'b' }]);
  });
});

describe('the clock of a step (spec/11 approve)', () => {
  const calendar = makeCalendar({
    years: announcedYears,
    exceptions: [],
    deskHours: [
      ['08:00', '12:00'],
      ['14:00', '18:00'],
    ],
    sameDay: { endsAt: '21:00', lateAfter: '20:00', nextDayAt: '10:00' },
  });
  const event = (seq: number, action: ApprovalEvent['action'], step: number, at: string): ApprovalEvent => ({
    id: `e${seq}`,
    seq,
    action,
    step,
    at: wall(at),
    recordedAt: wall(at),
    facts: { dutyRole: 'general_manager' },
  });
  const rule = {
    kind: 'approve' as const,
    variant: '',
    limit: { workingDays: 1 },
    startsFrom: 'step-opened',
    stopsOn: 'decision',
    owner: ['manager' as const],
    ladder: 'days' as const,
    soft: false,
    source: { rule: 'NT3', ours: true },
  };
  const story = (last: ApprovalEvent['action'], at: string) => [
    event(1, 'ask', 0, '2026-11-26 10:00'),
    event(2, 'open-step', 1, '2026-11-26 10:00'),
    event(3, 'approve', 1, '2026-11-26 11:00'),
    event(4, 'open-step', 2, '2026-11-26 11:00'),
    event(5, last, 2, at),
  ];
  const rows: [string, ApprovalEvent['action'], string, string][] = [
    ['a decision in time meets it', 'approve', '2026-11-27 18:00', 'met'],
    ['a return is a decision', 'return', '2026-11-27 09:00', 'met'],
    ['a late one missed it', 'reject', '2026-11-27 18:01', 'missed'],
    ['a withdrawal in time is neither', 'withdraw', '2026-11-27 09:00', 'void'],
    ['what lapsed was missed', 'lapse', '2026-12-20 00:00', 'missed'],
  ];
  test.each(rows)('%s', (_what, action, at, state) => {
    const clocks = stepClocks(story(action, at), rule, 'v1');
    const folded = clocks.map((clock) => foldClock(clock.events, calendar));
    expect(folded.map((one) => one.state)).toEqual(['met', state]);
    expect(folded[1]?.dueAt).toBe(wall('2026-11-27 18:00'));
    expect(folded[1]?.owner).toEqual({ staffId: null, role: 'general_manager' });
  });
  it('is none where the standard sets no limit', () => {
    expect(stepClocks(story('approve', '2026-11-27 09:00'), null, 'v1')).toEqual([]);
  });
});
