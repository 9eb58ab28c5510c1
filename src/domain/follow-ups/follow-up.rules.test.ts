import { describe, expect, it } from 'vitest';
import luxuryPreset from '../../../standards/luxury.json' with { type: 'json' };
import standardPreset from '../../../standards/standard.json' with { type: 'json' };
import { BadInput, Refusal } from '../../kernel/refusal.ts';
import { plusMinutes } from '../../kernel/time.ts';
import { type Role, roles } from '../access/role.contract.ts';
import { testCalendar, wall } from '../clocks/calendar.fixture.ts';
import type { ClockFact } from '../clocks/clock.contract.ts';
import { standardDocumentSchema } from '../standards/standard.contract.ts';
import {
  type FollowUpMove,
  type FollowUpState,
  followUpMoves,
  followUpRefusals,
  followUpStates,
  personalMoves,
  type RecordBody,
} from './follow-up.contract.ts';
import { moves } from './follow-up.moves.ts';
import {
  allowedFollowUpMoves,
  attempt,
  makeClocks,
  recordResult,
  review,
  sendBack,
  toDoorAt,
  unfinishedAt,
  visitClocks,
} from './follow-up.rules.ts';
import { followUpMoveWords, followUpProblems, followUpStateWords } from './follow-up.words.ts';
import {
  actingRole,
  dutyRole,
  type FollowUpActor,
  type FollowUpContext,
  type FollowUpFacts,
  reviewerNeeded,
  systemActor,
} from './follow-up-facts.rules.ts';

const luxury = standardDocumentSchema.parse(luxuryPreset);
const standard = standardDocumentSchema.parse(standardPreset);
const calendar = testCalendar();
const now = wall('2026-11-25 10:00');
const earlier = (minutes: number) => plusMinutes(now, -minutes);

const worker = 'worker';
const followUp = (change: Partial<FollowUpFacts> = {}): FollowUpFacts => ({
  id: 'hf',
  state: 'due',
  version: 3,
  what: 'repair',
  kind: 'finished',
  madeAt: earlier(60),
  lastStepAt: earlier(60),
  callerId: null,
  handlerIds: [worker],
  tries: [],
  verdict: null,
  recordedBy: null,
  recordedRole: null,
  returnedAt: null,
  complaintId: null,
  dueAt: wall('2026-11-26 18:00'),
  ...change,
});
/** As it stands in this state, recorded by a desk clerk where it is. */
const standing = (state: FollowUpState, change: Partial<FollowUpFacts> = {}): FollowUpFacts =>
  followUp({
    state,
    ...(state === 'recorded' || state === 'reviewed'
      ? { verdict: 'acceptable', recordedBy: 'desk', recordedRole: 'front_desk' }
      : {}),
    ...change,
  });

const person = (role: Role, id: string = role): FollowUpActor => ({ id, roles: [role] });
const desk = person('front_desk', 'desk2');
const clock = (kind: ClockFact['kind'], state: ClockFact['state'] = 'running', key = 'hf'): ClockFact => ({
  kind,
  key,
  state,
  startedAt: earlier(60),
  dueAt: wall('2026-11-26 18:00'),
});
const context = (change: Partial<FollowUpContext> & { actor: FollowUpActor }): FollowUpContext => ({
  followUp: followUp(),
  clocks: [clock('follow-up')],
  document: luxury,
  holders: [
    { accountId: 'desk', role: 'front_desk' },
    { accountId: 'desk2', role: 'front_desk' },
    { accountId: 'sup', role: 'cs_supervisor' },
    { accountId: 'mgr', role: 'manager' },
    { accountId: 'gm', role: 'general_manager' },
  ],
  eventId: 'event',
  now,
  ...change,
});
const good: RecordBody = {
  version: 3,
  verdict: 'acceptable',
  quality: 5,
  effect: 4,
  satisfaction: 5,
  signature: 'data:image/png;base64,iVBORw0KGgo=',
};
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'ok';
  } catch (fault) {
    if (fault instanceof Refusal) return fault.code;
    if (fault instanceof BadInput) return fault.faults.map((one) => `${one.path} ${one.code}`).join(', ');
    throw fault;
  }
};

// ── state × move × role ─────────────────────────────────────────────────────────────────────────────

const callers: readonly Role[] = ['front_desk', 'butler', 'chief_butler', 'customer_assistant'];
const leaders: readonly Role[] = ['cs_supervisor', 'manager', 'general_manager'];
const bodies: Record<(typeof personalMoves)[number], (from: FollowUpContext) => unknown> = {
  attempt: (from) => attempt(from, { outcome: 'busy', atDoor: false }),
  record: (from) => recordResult(from, good),
  review: (from) => review(from, { version: 3, comment: '好' }),
  return: (from) => sendBack(from, { version: 3, remark: '再问' }),
};
/** Spec/10 written once more by hand: who may at all, and from which state. */
const expected = (name: FollowUpMove, state: FollowUpState, role: Role): string => {
  if (!(personalMoves as readonly string[]).includes(name)) return 'forbidden';
  const isCall = name === 'attempt' || name === 'record';
  const may = isCall ? callers.includes(role) || leaders.includes(role) : leaders.includes(role);
  if (!may) return 'forbidden';
  const from = isCall ? ['due', 'visit-due'] : ['recorded'];
  return from.includes(state) ? 'ok' : 'follow-up.move_not_allowed';
};

describe('every state, move and post (spec/10 Follow-up)', () => {
  const rows = followUpStates.flatMap((state) =>
    followUpMoves.flatMap((name) => roles.map((role): [FollowUpState, FollowUpMove, Role] => [state, name, role])),
  );
  it(`decides all ${rows.length} of them as the table does`, () => {
    for (const [state, name, role] of rows) {
      const from = context({ followUp: standing(state), actor: person(role) });
      const answer =
        name in bodies
          ? codeOf(() => bodies[name as keyof typeof bodies](from))
          : codeOf(() => {
              const acting = actingRole(name, from.actor, from.followUp);
              if ('refusal' in acting) throw acting.refusal;
            });
      expect(`${state} ${name} ${role}: ${answer}`).toBe(`${state} ${name} ${role}: ${expected(name, state, role)}`);
    }
  });

  it('shows each one exactly the buttons that the server would accept', () => {
    for (const state of followUpStates)
      for (const role of roles) {
        const actor = person(role);
        const shown = allowedFollowUpMoves(actor, standing(state)).filter((one) => one.allowed);
        const accepted = personalMoves.filter((name) => expected(name, state, role) === 'ok');
        expect(shown.map((one) => one.name).sort(), `${state} ${role}`).toEqual([...accepted].sort());
      }
  });

  it('keeps what the program does for the program', () => {
    for (const name of followUpMoves) {
      const isOwn = !(personalMoves as readonly string[]).includes(name);
      expect('role' in actingRole(name, systemActor, followUp())).toBe(isOwn);
      expect(moves[name].by.includes('system')).toBe(isOwn);
    }
  });

  it('has a word for every state, move and refusal', () => {
    expect(Object.keys(followUpStateWords).sort()).toEqual([...followUpStates].sort());
    expect(Object.keys(followUpMoveWords).sort()).toEqual([...followUpMoves].sort());
    for (const code of followUpRefusals) expect(followUpProblems.titles[code]?.({}).zh).toMatch(/[一-鿿]/);
  });
});

describe('who never judges their own work', () => {
  it.each(['attempt', 'record'] as const)('refuses %s by one who had a hand in it, whatever the post', (name) => {
    for (const role of [...callers, ...leaders]) {
      const actor = person(role, worker);
      expect(codeOf(() => bodies[name](context({ actor })))).toBe('follow-up.own_work');
      expect(allowedFollowUpMoves(actor, followUp()).find((one) => one.name === name)).toEqual({
        name,
        allowed: false,
        reason: 'follow-up.own_work',
      });
    }
  });

  it.each(['review', 'return'] as const)('refuses %s by who made the call', (name) => {
    const mine = standing('recorded', { recordedBy: 'gm', recordedRole: 'general_manager' });
    expect(codeOf(() => bodies[name](context({ followUp: mine, actor: person('general_manager', 'gm') })))).toBe(
      'follow-up.own_call',
    );
  });

  it('is answered 403: not among those who may', () => {
    const acting = actingRole('record', person('front_desk', worker), followUp());
    expect('refusal' in acting && acting.refusal.status).toBe(403);
  });

  it.each([
    ['front_desk', 'acceptable', 'cs_supervisor'],
    ['butler', 'not-reached', 'cs_supervisor'],
    ['cs_supervisor', 'acceptable', 'manager'],
    ['manager', 'acceptable', 'general_manager'],
    ['front_desk', 'not-acceptable', 'general_manager'],
    ['cs_supervisor', 'not-acceptable', 'general_manager'],
  ] as const)('a call by %s that ends %s is reviewed by %s at least', (recordedRole, verdict, needs) => {
    expect(reviewerNeeded({ recordedRole, verdict })).toBe(needs);
    const recorded = standing('recorded', { recordedRole, verdict, recordedBy: 'caller' });
    for (const [index, role] of leaders.entries()) {
      const answer = codeOf(() => bodies.review(context({ followUp: recorded, actor: person(role) })));
      expect(answer).toBe(index >= leaders.indexOf(needs) ? 'ok' : 'follow-up.higher_review_needed');
    }
  });

  it('gives the duty to the next superior where everybody of a small centre had a hand in it, never to nobody', () => {
    const holders = context({ actor: desk }).holders;
    expect(dutyRole(['front_desk'], [], holders)).toBe('front_desk');
    expect(dutyRole(['front_desk'], ['desk'], holders)).toBe('front_desk');
    expect(dutyRole(['front_desk'], ['desk', 'desk2'], holders)).toBe('cs_supervisor');
    expect(dutyRole(['front_desk'], ['desk', 'desk2', 'sup'], holders)).toBe('manager');
    expect(dutyRole(['front_desk'], [], [{ accountId: 'gm', role: 'general_manager' }])).toBe('general_manager');
    expect(dutyRole(['front_desk'], [], [])).toBe('front_desk');
  });
});

// ── the record (FU2) ────────────────────────────────────────────────────────────────────────────────

const record = (input: Partial<RecordBody>, change: Partial<FollowUpContext> = {}) =>
  recordResult(context({ actor: desk, ...change }), { ...good, ...input });

describe('what a record has to say (FU2)', () => {
  it.each([
    [
      'all of the first three',
      { quality: undefined, effect: undefined, satisfaction: undefined },
      'quality required, effect required, satisfaction required',
    ],
    ['what was lacking, where it is not acceptable', { verdict: 'not-acceptable' }, 'lacking required'],
    [
      'nothing where nobody answered',
      { verdict: 'not-reached' },
      'quality not_when_not_reached, effect not_when_not_reached, satisfaction not_when_not_reached, signature not_when_not_reached',
    ],
  ] as [string, Partial<RecordBody>, string][])('%s', (_what, input, code) => {
    expect(codeOf(() => record(input))).toBe(code);
  });

  it.each([
    ['luxury: signed in person', luxury, {}, 'ok'],
    ['luxury: a photo of the signed slip', luxury, { signature: undefined, attachmentIds: ['a'] }, 'ok'],
    ['luxury: in person without a signature', luxury, { signature: undefined }, 'follow-up.signature_missing'],
    [
      'luxury: by telephone without a reason',
      luxury,
      { signature: undefined, channel: 'phone' },
      'follow-up.reason_missing',
    ],
    [
      'luxury: by telephone with its reason',
      luxury,
      { signature: undefined, channel: 'phone', reason: '客户在外地' },
      'ok',
    ],
    ['standard: by telephone', standard, { signature: undefined }, 'ok'],
    ['standard: in person, nothing to sign', standard, { signature: undefined, channel: 'in-person' }, 'ok'],
  ] as [string, typeof luxury, Partial<RecordBody>, string][])('%s', (_what, document, input, code) => {
    expect(codeOf(() => record(input, { document }))).toBe(code);
  });

  it('takes the channel from the slip, else from the standard', () => {
    expect(record({}).channel).toBe('in-person');
    expect(record({}).isSigned).toBe(true);
    expect(record({ signature: undefined }, { document: standard })).toMatchObject({
      channel: 'phone',
      isSigned: false,
    });
  });

  it.each([
    [
      'two tries',
      [
        ['2026-11-23 10:00', false],
        ['2026-11-24 10:00', true],
      ],
      luxury,
      'follow-up.not_enough_tries',
    ],
    [
      'three on one day',
      [
        ['2026-11-24 09:00', true],
        ['2026-11-24 10:00', true],
        ['2026-11-24 11:00', true],
      ],
      luxury,
      'follow-up.not_enough_tries',
    ],
    [
      'three on two days, none at the door (luxury)',
      [
        ['2026-11-23 09:00', false],
        ['2026-11-24 10:00', false],
        ['2026-11-24 11:00', false],
      ],
      luxury,
      'follow-up.not_enough_tries',
    ],
    [
      'three on two days, one at the door (luxury)',
      [
        ['2026-11-23 09:00', false],
        ['2026-11-24 10:00', true],
        ['2026-11-24 11:00', false],
      ],
      luxury,
      'ok',
    ],
    [
      'three on two days by telephone (standard)',
      [
        ['2026-11-23 09:00', false],
        ['2026-11-24 10:00', false],
        ['2026-11-24 11:00', false],
      ],
      standard,
      'ok',
    ],
    [
      'midnight makes two days',
      [
        ['2026-11-23 23:59', false],
        ['2026-11-24 00:01', false],
        ['2026-11-24 00:02', false],
      ],
      standard,
      'ok',
    ],
  ] as [string, [string, boolean][], typeof luxury, string][])(
    'not reached after %s',
    (_what, made, document, code) => {
      const tries = made.map(([at, atDoor]) => ({ at: wall(at), atDoor, outcome: 'no-answer' as const }));
      const bare = { version: 3, verdict: 'not-reached' } as RecordBody;
      const answer = codeOf(() =>
        recordResult(context({ actor: desk, followUp: followUp({ tries }), document }), bare),
      );
      expect(answer).toBe(code);
    },
  );
});

describe('the promises that a record meets and starts', () => {
  const kinds = (commands: readonly { do: string; kind: string }[]) => commands.map((one) => `${one.do} ${one.kind}`);
  it('reached: the follow-up and the visit are met, the review begins', () => {
    const outcome = record(
      {},
      { clocks: [clock('follow-up'), clock('visit'), clock('follow-up', 'running', 'another')] },
    );
    expect(kinds(outcome.clocks)).toEqual(['stop follow-up', 'stop visit', 'start review']);
    expect(outcome.clocks.at(-1)).toMatchObject({ limit: { workingDays: 2 }, owner: { role: 'cs_supervisor' } });
  });

  it('not reached: the follow-up is void, for nobody was followed up; the visit was made', () => {
    const tries = ['2026-11-23 09:00', '2026-11-24 10:00', '2026-11-24 11:00'].map((at) => ({
      at: wall(at),
      atDoor: true,
      outcome: 'no-answer' as const,
    }));
    const outcome = recordResult(
      context({ actor: desk, followUp: followUp({ tries }), clocks: [clock('follow-up'), clock('visit')] }),
      { version: 3, verdict: 'not-reached' },
    );
    expect(kinds(outcome.clocks)).toEqual(['void follow-up', 'stop visit', 'start review']);
  });

  it('not acceptable: the review is the general manager’s, in the standard due next Monday at 18:00 (RP18)', () => {
    const outcome = record(
      { verdict: 'not-acceptable', lacking: '又漏了', signature: undefined },
      { document: standard },
    );
    expect(outcome.clocks.at(-1)).toMatchObject({
      limit: { weekday: 1, time: '18:00' },
      owner: { role: 'general_manager' },
    });
  });

  it('a call by the supervisor is reviewed by the manager', () => {
    const outcome = record({}, { actor: person('cs_supervisor', 'sup') });
    expect(outcome.clocks.at(-1)).toMatchObject({ owner: { role: 'manager' } });
  });

  it('sent back: the review is void and the old due stands, the promise is not made longer', () => {
    const recorded = standing('recorded');
    const outcome = sendBack(
      context({
        actor: person('cs_supervisor'),
        followUp: recorded,
        clocks: [clock('follow-up', 'met'), clock('review')],
      }),
      {
        version: 3,
        remark: '请问清楚',
      },
    );
    expect(kinds(outcome.clocks)).toEqual(['void review', 'start follow-up']);
    expect(outcome.clocks.at(-1)).toMatchObject({ limit: { at: recorded.dueAt } });
    expect(outcome.state).toBe('due');
  });

  it('what became a complaint is not sent back', () => {
    const acted = standing('recorded', { verdict: 'not-acceptable', complaintId: 'ts' });
    const ask = context({ actor: person('general_manager'), followUp: acted });
    expect(codeOf(() => sendBack(ask, { version: 3, remark: '再问' }))).toBe('follow-up.acted_on');
    expect(allowedFollowUpMoves(ask.actor, acted)).toContainEqual({
      name: 'return',
      allowed: false,
      reason: 'follow-up.acted_on',
    });
  });

  it('made: due in two working days, wished in one (L); in seven days (Q); the desk’s, or whose the plan has named', () => {
    const holders = context({ actor: desk }).holders;
    const subject = { id: 'hf', what: 'repair' as const, callerId: null, handlerIds: [] };
    expect(makeClocks(subject, now, luxury, holders)).toMatchObject([
      { limit: { workingDays: 2 }, wishedLimit: { workingDays: 1 }, owner: { staffId: null, role: 'front_desk' } },
    ]);
    expect(makeClocks(subject, now, standard, holders)).toMatchObject([{ limit: { calendarDays: 7 } }]);
    expect(makeClocks({ ...subject, callerId: 'sup' }, now, luxury, holders)).toMatchObject([
      { owner: { staffId: 'sup', role: 'cs_supervisor' } },
    ]);
    expect(makeClocks({ ...subject, handlerIds: ['desk', 'desk2'] }, now, standard, holders)).toMatchObject([
      { owner: { role: 'cs_supervisor' } },
    ]);
  });
});

describe('in the order of the interface', () => {
  it('own work before version, version before state', () => {
    const closed = standing('reviewed');
    expect(
      codeOf(() =>
        recordResult(context({ actor: person('front_desk', worker), followUp: closed }), { ...good, version: 1 }),
      ),
    ).toBe('follow-up.own_work');
    expect(codeOf(() => recordResult(context({ actor: desk, followUp: closed }), { ...good, version: 1 }))).toBe(
      'stale_version',
    );
    expect(
      codeOf(() => recordResult(context({ actor: desk, followUp: closed }), { ...good, version: undefined })),
    ).toBe('version required');
    expect(codeOf(() => recordResult(context({ actor: desk, followUp: closed }), good))).toBe(
      'follow-up.move_not_allowed',
    );
  });

  it('asks no version of what was done without a signal, nor of a try (FU6)', () => {
    const offline = { ...good, version: undefined, happenedAt: earlier(30) };
    expect(recordResult(context({ actor: desk }), offline)).toMatchObject({ at: earlier(30), state: 'recorded' });
    expect(attempt(context({ actor: desk }), { outcome: 'busy', atDoor: false })).toMatchObject({
      state: 'due',
      at: now,
    });
  });

  it.each([
    ['before the follow-up was made', earlier(120), 'happenedAt before_last_event'],
    ['ahead of the server', plusMinutes(now, 10), 'happenedAt ahead_of_the_server'],
  ])('refuses a device time %s', (_what, happenedAt, code) => {
    expect(codeOf(() => record({ happenedAt }))).toBe(code);
  });

  it('says that it is void before it asks when: the step that voided it is younger than what was done without a signal', () => {
    const gone = standing('void', { lastStepAt: earlier(5) });
    const offline = { ...good, version: undefined, happenedAt: earlier(30) };
    const tried = { outcome: 'busy' as const, atDoor: false, happenedAt: earlier(30) };
    expect(codeOf(() => recordResult(context({ actor: desk, followUp: gone }), offline))).toBe(
      'follow-up.move_not_allowed',
    );
    expect(codeOf(() => attempt(context({ actor: desk, followUp: gone }), tried))).toBe('follow-up.move_not_allowed');
  });

  it('refuses a next try that lies in the past', () => {
    const outcome = { outcome: 'later' as const, atDoor: false, nextAt: earlier(5) };
    expect(codeOf(() => attempt(context({ actor: desk }), outcome))).toBe('nextAt in_the_past');
  });

  it('refuses an improvement that was to be done yesterday (FU0)', () => {
    const improvement = { text: '改', ownerId: 'eng', on: '2026-11-24' };
    const ask = context({ actor: person('cs_supervisor'), followUp: standing('recorded') });
    expect(codeOf(() => review(ask, { version: 3, comment: '好', improvement }))).toBe('improvement.on in_the_past');
    expect(
      codeOf(() => review(ask, { version: 3, comment: '好', improvement: { ...improvement, on: '2026-11-25' } })),
    ).toBe('ok');
  });
});

// ── FU3 ─────────────────────────────────────────────────────────────────────────────────────────────

describe('when somebody goes there (FU3)', () => {
  it('luxury: the end of the third day after it was made, not before it was due', () => {
    const made = { madeAt: wall('2026-11-20 16:00'), returnedAt: null };
    expect(toDoorAt({ ...made, dueAt: wall('2026-11-23 18:00') }, luxury, calendar)).toBe(wall('2026-11-24 00:00'));
    expect(toDoorAt({ ...made, dueAt: wall('2026-11-25 18:00') }, luxury, calendar)).toBe(wall('2026-11-25 18:00'));
    expect(toDoorAt({ ...made, dueAt: null }, luxury, calendar)).toBe(wall('2026-11-24 00:00'));
    const returnedAt = wall('2026-11-24 09:00');
    expect(toDoorAt({ ...made, returnedAt, dueAt: wall('2026-11-23 18:00') }, luxury, calendar)).toBe(
      wall('2026-11-28 00:00'),
    );
  });

  it('luxury: a case unfinished at the end of the third day after its report', () => {
    expect(unfinishedAt(wall('2026-11-20 09:12'), luxury, calendar)).toBe(wall('2026-11-24 00:00'));
  });

  it('standard: nobody, both switches are off', () => {
    expect(
      toDoorAt({ madeAt: wall('2026-11-01 09:00'), returnedAt: null, dueAt: null }, standard, calendar),
    ).toBeNull();
    expect(unfinishedAt(wall('2026-11-01 09:00'), standard, calendar)).toBeNull();
  });

  it('has three working days for the visit, and none in a standard without visits', () => {
    const subject = { id: 'hf', what: 'repair' as const, callerId: null, handlerIds: [] };
    const { holders } = context({ actor: desk });
    expect(visitClocks(subject, now, luxury, holders)).toMatchObject([
      { kind: 'visit', key: 'hf', limit: { workingDays: 3 }, owner: { role: 'front_desk' } },
    ]);
    expect(visitClocks(subject, now, standard, holders)).toEqual([]);
  });
});
