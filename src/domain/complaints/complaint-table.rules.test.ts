import { describe, expect, it } from 'vitest';
import { plusMinutes } from '../../kernel/time.ts';
import {
  afterMove,
  complaint,
  engineer,
  generalManager,
  ids,
  luxury,
  manager,
  move,
  now,
  outcome,
  person,
  standard,
  standing,
  supervisor,
  taker,
} from './complaint.fixture.ts';
import { allowsMove, type Hat, hats, moves } from './complaint.moves.ts';
import { type ComplaintActor, type ComplaintFacts, systemActor } from './complaint-facts.rules.ts';
import { allowedMoves } from './complaint-moves.rules.ts';
import {
  type ComplaintMove,
  type ComplaintState,
  complaintMoves,
  complaintStates,
  type Severity,
  severities,
} from './complaint-shapes.contract.ts';

const later = (minutes: number) => plusMinutes(now, minutes);

// The table of spec/10, copied by hand.
const open = 'recorded classified sent in-progress waiting resolved customer-told';
const table = `
amend         | ${open}                          | same          | first desk sup
forward       | ${open}                          | same          | sup mgr
take-over     | ${open}                          | same          | decider
classify      | recorded                         | classified    | sup
raise         | ${open}                          | same          | sup mgr gm system
mishandled    | ${open}                          | same          | sup mgr gm system
lower         | ${open}                          | same          | sup
respond       | ${open}                          | same          | first head sup gm
send          | recorded classified in-progress  | sent          | desk sup
accept        | sent                             | in-progress   | head named
transfer      | sent in-progress                 | sent          | head sup
wait          | in-progress                      | waiting       | head sup
resume        | waiting                          | in-progress   | head sup
resolve       | in-progress waiting              | resolved      | head sup
tell-customer | resolved                         | customer-told | teller
close         | customer-told                    | closed        | system closer
reopen        | customer-told closed             | in-progress   | sup system
invalidate    | ${open}                          | same          | sup
validate      | ${open}                          | same          | sup
link          | ${open}                          | same          | desk sup
unlink        | ${open}                          | same          | desk sup
merge         | recorded classified              | closed        | sup
`;
const rows = table
  .trim()
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim().split(/\s+/)))
  .map(([name, from, to, by]) => ({
    name: name?.[0] as ComplaintMove,
    from: from as ComplaintState[],
    to: to?.[0] ?? '',
    by: by as string[],
  }));

/** Everybody who might ask, and what the table calls them at each level; nobody's word is `-`. */
const byLevel =
  (words: string, perLevel: Partial<Record<Severity, string>> = {}) =>
  (severity: Severity) =>
    `${words} ${perLevel[severity] ?? ''}`.trim().split(/\s+/);
const people: { who: string; words: (severity: Severity) => string[]; actor: ComplaintActor; outsider?: true }[] = [
  {
    who: 'the desk clerk who took it',
    words: byLevel('first desk', { ordinary: 'teller', serious: 'teller' }),
    actor: taker,
  },
  { who: 'another desk clerk', words: byLevel('desk'), actor: person('front_desk', ids.otherDesk) },
  {
    who: 'the stand-in of who took it',
    words: byLevel('desk', { ordinary: 'teller', serious: 'teller' }),
    actor: person('front_desk', ids.otherDesk, { standsInFor: { roles: [], staffIds: [ids.taker] } }),
  },
  {
    who: 'the customer service supervisor',
    words: byLevel('sup', { ordinary: 'teller closer', serious: 'teller closer' }),
    actor: supervisor,
  },
  {
    who: 'the manager',
    words: byLevel('sup mgr', {
      ordinary: 'teller closer',
      serious: 'decider teller closer',
      major: 'teller closer',
    }),
    actor: manager,
  },
  {
    who: 'the general manager',
    words: byLevel('gm', { major: 'decider', critical: 'decider teller closer' }),
    actor: generalManager,
  },
  {
    who: 'the stand-in of the general manager',
    words: byLevel('-', { major: 'decider', critical: 'decider' }),
    actor: person('head_office', 'office', { standsInFor: { roles: ['general_manager'], staffIds: [] } }),
  },
  { who: 'the head of the department', words: byLevel('head'), actor: engineer },
  { who: 'its named technician', words: byLevel('named'), actor: person('technician', ids.named) },
  { who: 'another technician', words: byLevel('-'), actor: person('technician', ids.technician) },
  { who: 'the head of another department', words: byLevel('-'), actor: person('order_supervisor') },
  {
    who: 'the resident of the unit',
    words: byLevel('-'),
    actor: person('resident', 'r', { unitIds: [ids.unit] }),
    outsider: true,
  },
  { who: 'a contractor', words: byLevel('-'), actor: person('contractor'), outsider: true },
  { who: 'the program', words: byLevel('system'), actor: systemActor },
  ...(['butler', 'cashier', 'finance', 'auditor', 'admin', 'hr_admin', 'duty_technician'] as const).map((role) => ({
    who: role,
    words: byLevel('-'),
    actor: person(role),
  })),
];

const levelAbove = (severity: Severity): Severity =>
  severities[Math.min(severities.indexOf(severity) + 1, 3)] as Severity;

/** A body that lacks nothing, so that only state, level and post can be in the way. */
const fullBody = (name: ComplaintMove, severity: Severity): Record<string, unknown> => {
  const bodies: Partial<Record<ComplaintMove, Record<string, unknown>>> = {
    amend: { place: 'the garage' },
    raise: { severity: levelAbove(severity), reason: 'r' },
    mishandled: { reason: 'r' },
    lower: { severity: 'ordinary', reason: 'r' },
    respond: { how: 'call', answer: 'a' },
    send: { department: 'engineering' },
    transfer: { department: 'environment', reason: 'r' },
    wait: { until: later(60), reason: 'r', explained: 'call' },
    resolve: { result: 'mended', cause: 'facilities' },
    'tell-customer': { how: 'call', answer: 'a', opinion: 'fine' },
    reopen: { reason: 'r' },
    invalidate: { reason: 'r', explained: 'call' },
    validate: { reason: 'r', explained: 'call' },
    link: { sameEventAs: ids.other },
    merge: { intoId: ids.other },
  };
  return bodies[name] ?? {};
};

/** In a group, so that it can leave it; told why and when, so that it can be sent at any level. */
const ready = (state: ComplaintState, severity: Severity) =>
  standing(state, { severity, proposedSeverity: 'ordinary', groupId: 'some group', replyAt: later(60) });

/** What the level alone forbids, whoever asks (spec/10 needs). */
const levelObstacle = (name: ComplaintMove, state: ComplaintState, severity: Severity): string | null => {
  if (severity === 'ordinary' && name === 'forward') return 'complaint.nothing_to_forward';
  if (severity === 'ordinary' && name === 'lower') return 'complaint.no_lower_level';
  if (severity === 'critical' && (name === 'raise' || name === 'mishandled')) return 'complaint.no_higher_level';
  if (severity !== 'ordinary' && name === 'send' && state === 'recorded') return 'complaint.not_classified';
  return null;
};

describe('the state table', () => {
  it('has exactly the moves of the specification, and each hat in use', () => {
    expect(rows.map((row) => row.name)).toEqual(complaintMoves);
    expect(new Set(Object.values(moves).flatMap((each) => each.by))).toEqual(new Set(hats));
    for (const row of rows)
      for (const state of complaintStates)
        for (const hat of hats)
          expect(allowsMove(row.name, state, [hat as Hat])).toBe(row.from.includes(state) && row.by.includes(hat));
  });

  for (const row of rows)
    it(`lets each one make the move "${row.name}" where the table says so, and nobody else, at every level`, () => {
      const wrong: string[] = [];
      // The presets differ in limits, not in hands: one level is asked of both.
      for (const severity of severities)
        for (const version of severity === 'serious' ? [luxury, standard] : [luxury])
          for (const state of complaintStates)
            for (const { who, words, actor, outsider } of people) {
              const facts = ready(state, severity);
              // Without a department in charge it has neither head nor named staff.
              const worn = words(severity).filter(
                (word) => facts.department !== null || (word !== 'head' && word !== 'named'),
              );
              const may = row.by.some((hat) => worn.includes(hat));
              const expected = !may
                ? outsider
                  ? '404'
                  : '403'
                : !row.from.includes(state)
                  ? 'complaint.move_not_allowed'
                  : (levelObstacle(row.name, state, severity) ?? (row.to === 'same' ? state : row.to));
              const actual = outcome(() =>
                move(row.name, { complaint: facts, actor, input: fullBody(row.name, severity), with: version }),
              );
              if (actual !== expected) wrong.push(`${severity} ${state}, ${who}: ${actual}, not ${expected}`);
            }
      expect(wrong).toEqual([]);
    });

  it('shows each one exactly the buttons that the server would accept', () => {
    const wrong: string[] = [];
    for (const severity of severities)
      for (const state of complaintStates)
        for (const { who, actor } of people.filter((each) => each.words(severity).some((word) => word !== '-'))) {
          const facts = ready(state, severity);
          const shown = allowedMoves(facts, actor, luxury, { now })
            .filter((each) => each.allowed)
            .map((each) => each.name)
            .sort()
            .join(' ');
          const accepted = complaintMoves
            .filter((name) => {
              const came = outcome(() => move(name, { complaint: facts, actor, input: fullBody(name, severity) }));
              return (complaintStates as readonly string[]).includes(came);
            })
            .sort()
            .join(' ');
          if (shown !== accepted) wrong.push(`${severity} ${state} ${who}: shown ${shown}, accepted ${accepted}`);
        }
    expect(wrong).toEqual([]);
  });

  it('puts the likely move first and says why another is refused', () => {
    const buttons = allowedMoves(standing('in-progress', { severity: 'major' }), supervisor, luxury, { now });
    expect(buttons[0]).toEqual({ name: 'resolve', allowed: true });
    expect(buttons.find((each) => each.name === 'classify')).toEqual({
      name: 'classify',
      allowed: false,
      reason: 'complaint.move_not_allowed',
    });
    const atTheDesk = allowedMoves(complaint({ severity: 'serious' }), taker, luxury, { now });
    expect(atTheDesk.find((each) => each.name === 'send')).toEqual({
      name: 'send',
      allowed: false,
      reason: 'complaint.not_classified',
    });
  });

  it('asks for the version that was read, and takes none from the program or from a phone without a signal', () => {
    const facts = complaint();
    const amend = (version: number | undefined) =>
      outcome(() => move('amend', { complaint: facts, actor: taker, input: { place: 'p', version } }));
    expect(amend(3)).toBe('412');
    expect(amend(undefined)).toBe('version: required');
    expect(amend(4)).toBe('recorded');
    const told = standing('customer-told');
    expect(outcome(() => move('close', { complaint: told, actor: systemActor, input: { version: undefined } }))).toBe(
      'closed',
    );
    const decision = move('respond', {
      complaint: standing('in-progress', { firstContactId: ids.butler }),
      actor: person('butler', ids.butler),
      input: { version: undefined, happenedAt: later(5), how: 'visit', answer: 'a' },
      at: later(60),
    });
    expect(decision.event).toMatchObject({ at: later(5), byRole: 'butler' });
    // Its state is told before its time: the step that ended it is younger than what was done without a signal.
    const ended = standing('closed', { firstContactId: ids.butler, lastStateAt: later(30) });
    const input = { version: undefined, happenedAt: later(5), how: 'visit', answer: 'a' };
    expect(
      outcome(() => move('respond', { complaint: ended, actor: person('butler', ids.butler), input, at: later(60) })),
    ).toBe('complaint.move_not_allowed');
  });

  it('gives it to the head of the new department after a transfer', () => {
    const before = standing('in-progress');
    const input = { department: 'environment', reason: 'a tree' };
    const moved: ComplaintFacts = afterMove(before, move('transfer', { complaint: before, actor: engineer, input }));
    expect(moved).toMatchObject({ state: 'sent', department: 'environment', handlerId: null });
    expect(outcome(() => move('accept', { complaint: moved, actor: engineer }))).toBe('403');
    expect(outcome(() => move('accept', { complaint: moved, actor: person('environment_supervisor') }))).toBe(
      'in-progress',
    );
  });
});
