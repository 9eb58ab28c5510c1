import { describe, expect, it, test } from 'vitest';
import { hourMs, minuteMs, plusMinutes, plusMs } from '../../kernel/time.ts';
import type { ClockKind } from '../clocks/clock.contract.ts';
import type { StandardVersion } from '../standards/standard.contract.ts';
import {
  calendar,
  clockOf,
  dueOf,
  engineer,
  generalManager,
  ids,
  inShort,
  luxury,
  manager,
  move,
  Play,
  person,
  running,
  standard,
  supervisor,
  taker,
  wall,
} from './complaint.fixture.ts';
import { latestAnswer } from './complaint-clocks.rules.ts';
import { systemActor } from './complaint-facts.rules.ts';
import { lowered } from './complaint-level.rules.ts';
import { type Severity, severities } from './complaint-shapes.contract.ts';

const hours = (count: number) => count * 60;
const second = 1000;
const story = {
  place: 'p',
  account: 'a',
  demand: 'd',
  replyReason: 'r',
};
const saved = (severity: Severity, at: string, version: StandardVersion, body: Record<string, unknown> = {}) =>
  Play.record({ ...story, severity, ...body }, at, version);

/** Classified where the level asks for it, and sent to the engineers. */
const sentTo = (play: Play, at: string): Play => {
  if (play.facts.severity !== 'ordinary') play.make('classify', supervisor, at);
  if (play.facts.replyAt === null && ['major', 'critical'].includes(play.facts.severity))
    play.make('amend', taker, at, { replyAt: plusMinutes(at, hours(1)) });
  play.make('send', taker, at, { department: 'engineering' });
  return play;
};
const inProgress = (play: Play, at: string): Play => {
  sentTo(play, at).make('accept', engineer, at);
  return play;
};

// ── every limit of both presets, as people reckon it ────────────────────────────────────────────────

/** Wednesday before National Day (off 1–7 October) · within it · Saturday worked instead, at the lunch break · in a lunch break. */
const starts = ['2026-09-30 17:50', '2026-10-03 11:00', '2026-10-10 11:50', '2026-11-23 12:30'] as const;
type Four = readonly [string, string, string, string];

/** Minutes run round the clock; a word is reckoned for the four starts; null: the preset has no such clock. */
type Promise = number | Four | 'no date' | null;
const sameDay: Four = ['2026-09-30 21:00', '2026-10-03 21:00', '2026-10-10 21:00', '2026-11-23 21:00'];
const fiveDays: Four = ['2026-10-06 00:00', '2026-10-09 00:00', '2026-10-16 00:00', '2026-11-29 00:00'];
const kinds = ['respond', 'form-forwarded', 'sent', 'answer', 'complete'] as const;
const promises: Record<'luxury' | 'standard', Record<Severity, readonly Promise[]>> = {
  luxury: {
    ordinary: [10, null, 10, null, hours(12)],
    serious: [8, sameDay, 10, null, hours(48)],
    major: [5, sameDay, 10, null, fiveDays],
    critical: [1, sameDay, 10, null, 'no date'],
  },
  standard: {
    ordinary: [null, null, null, hours(24), hours(24)],
    serious: [null, sameDay, null, hours(24), hours(24)],
    major: [null, sameDay, null, hours(24), hours(24)],
    critical: [null, sameDay, null, hours(24), hours(24)],
  },
};

describe.each([
  ['luxury', luxury],
  ['standard', standard],
] as const)('CP3: what the %s preset promises at the first save', (preset, version) => {
  test.each(severities)('%s', (severity) => {
    starts.forEach((start, index) => {
      const at = wall(start);
      const play = saved(severity, at, version);
      const due = kinds.map((kind) => {
        const clock = play.clocks.find((one) => one.kind === kind);
        return clock ? play.clock(kind).dueAt : 'none';
      });
      const expected = promises[preset][severity].map((promise) =>
        promise === null
          ? 'none'
          : promise === 'no date'
            ? null
            : typeof promise === 'number'
              ? plusMinutes(at, promise)
              : wall(promise[index] ?? ''),
      );
      expect(due, `from ${start}`).toEqual(expected);
    });
  });

  it('gives a next answer five working days at most, and the customer word the same day', () => {
    const latest: Four = ['2026-10-13 18:00', '2026-10-13 18:00', '2026-10-16 18:00', '2026-11-30 18:00'];
    starts.forEach((start, index) => {
      const at = wall(start);
      expect(latestAnswer(version.document, at, dueOf)).toBe(wall(latest[index] ?? ''));
      const play = inProgress(saved('ordinary', at, version), at);
      play.make('resolve', engineer, at, { result: 'r', cause: 'late' });
      expect(play.clock('tell-customer').dueAt).toBe(wall(sameDay[index] ?? ''));
    });
  });

  it('lets the form of a late evening go up next morning', () => {
    const due = (start: string) => saved('serious', start, version).clock('form-forwarded').dueAt;
    expect(due(wall('2026-09-30 20:00'))).toBe(wall('2026-09-30 21:00'));
    expect(due(plusMs(wall('2026-09-30 20:00'), second))).toBe(wall('2026-10-01 10:00'));
  });
});

describe('CP3: to the second', () => {
  const at = wall('2026-11-23 11:55');
  const rows: [string, Severity, StandardVersion, ClockKind, (play: Play, when: string) => void][] = [
    [
      'an ordinary one is responded to by the signature',
      'ordinary',
      luxury,
      'respond',
      (play, when) => {
        sentTo(play, at).make('accept', engineer, when);
      },
    ],
    [
      'the form reaches the department',
      'serious',
      luxury,
      'sent',
      (play, when) => {
        sentTo(play, at).make('accept', engineer, when);
      },
    ],
    ['the manager takes over', 'serious', luxury, 'respond', (play, when) => play.make('take-over', manager, when)],
    [
      'the general manager takes over a major one',
      'major',
      luxury,
      'respond',
      (play, when) => {
        play.make('take-over', generalManager, when);
      },
    ],
    [
      'the general manager takes over a critical one',
      'critical',
      luxury,
      'respond',
      (play, when) => {
        play.make('take-over', generalManager, when);
      },
    ],
    [
      'the form goes to the manager',
      'serious',
      standard,
      'form-forwarded',
      (play, when) => {
        play.make('forward', supervisor, when);
      },
    ],
    [
      'the form goes on to the general manager',
      'major',
      luxury,
      'form-forwarded',
      (play, when) => {
        play.make('forward', supervisor, at);
        play.make('forward', manager, when);
      },
    ],
    [
      'the customer is answered',
      'ordinary',
      standard,
      'answer',
      (play, when) => {
        play.make('respond', taker, when, { how: 'call', answer: 'a' });
      },
    ],
    [
      'it is finished',
      'serious',
      luxury,
      'complete',
      (play, when) => {
        inProgress(play, at).make('resolve', engineer, when, { result: 'r', cause: 'late' });
      },
    ],
    [
      'it is finished within calendar days',
      'major',
      luxury,
      'complete',
      (play, when) => {
        inProgress(play, at).make('resolve', engineer, when, { result: 'r', cause: 'late' });
      },
    ],
  ];
  test.each(rows)('%s', (_what, severity, version, kind, act) => {
    for (const [lateMs, state] of [
      [-60 * second, 'met'],
      [-1, 'met'],
      [0, 'met'],
      [second, 'missed'],
    ] as const) {
      const play = saved(severity, at, version);
      const due = play.clock(kind).dueAt as string;
      act(play, plusMs(due, lateMs));
      expect(play.clock(kind).state).toBe(state);
    }
  });

  it('does not count an acceptance as the response where somebody has to take over', () => {
    const play = inProgress(saved('serious', at, luxury), at);
    expect(play.clock('sent').state).toBe('met');
    expect(play.clock('respond').state).toBe('running');
  });

  it('keeps the start of the talk beside: limits run from the first save', () => {
    const play = saved('critical', at, luxury, { receivedAt: plusMinutes(at, -9) });
    expect(play.facts.receivedAt).toBe(plusMinutes(at, -9));
    expect(play.clock('respond').dueAt).toBe(plusMinutes(at, 1));
  });

  it('holds a critical one without an agreed date overdue after the response minute', () => {
    const play = saved('critical', at, luxury);
    expect(play.clock('complete')).toMatchObject({ dueAt: null, overdueFrom: plusMinutes(at, 1) });
    play.make('amend', taker, plusMinutes(at, 30), {
      agreedAt: plusMinutes(at, hours(72)),
      consent: { by: 'the owner', how: 'call' },
    });
    expect(play.clock('complete')).toMatchObject({
      dueAt: plusMinutes(at, hours(72)),
      overdueFrom: plusMinutes(at, hours(72)),
    });
  });

  it('is kept by those whom the table names', () => {
    const owner = (severity: Severity, kind: ClockKind) => saved(severity, at, luxury).clock(kind).owner?.role;
    expect(severities.map((severity) => owner(severity, 'respond'))).toEqual([
      'front_desk',
      'manager',
      'general_manager',
      'general_manager',
    ]);
    expect(severities.map((severity) => owner(severity, 'complete'))).toEqual([
      'cs_supervisor',
      'cs_supervisor',
      'manager',
      'general_manager',
    ]);
    const play = saved('ordinary', at, luxury);
    expect(play.clock('sent').owner).toMatchObject({ role: 'front_desk' });
    sentTo(play, at);
    expect(play.clock('sent').owner).toMatchObject({ role: 'engineering_supervisor', department: 'engineering' });
    expect(saved('ordinary', at, standard).clock('answer').owner).toEqual({ staffId: ids.taker, role: 'front_desk' });
  });

  it('counts the signature for an anonymous one from the sending, which tells the department no minute (spec/12)', () => {
    const body = { anonymous: true, place: 'the lobby', account: 'a', demand: 'b', unitId: undefined };
    const play = Play.record({ ...body, contact: undefined }, at, luxury);
    const later = plusMinutes(at, 7);
    sentTo(play, later);
    expect(play.clock('sent')).toMatchObject({ startedAt: later, dueAt: plusMinutes(later, 10), state: 'running' });
    expect(play.clock('respond').dueAt).toBe(plusMinutes(at, 10));
  });
});

// ── the customer's date ─────────────────────────────────────────────────────────────────────────────

describe('CP3, 09 B1: the customer’s date', () => {
  const at = wall('2026-11-23 14:30');
  const inDays = (days: number) => plusMinutes(at, hours(24 * days));
  const consent = { by: 'the owner', how: 'call' };
  const due = (severity: Severity, version: StandardVersion, body: Record<string, unknown>) =>
    saved(severity, at, version, body).clock('complete').dueAt;

  it('replaces the 12 hours of an ordinary one by the wish alone, sooner or later', () => {
    expect(due('ordinary', luxury, { wishedAt: inDays(3) })).toBe(inDays(3));
    expect(due('ordinary', luxury, { wishedAt: plusMinutes(at, 30) })).toBe(plusMinutes(at, 30));
    expect(due('ordinary', luxury, { wishedAt: inDays(3), agreedAt: inDays(2), consent })).toBe(inDays(2));
  });

  it('does not replace the 48 hours of a serious one', () => {
    expect(due('serious', luxury, { wishedAt: inDays(4), agreedAt: inDays(4), consent })).toBe(inDays(2));
  });

  it('replaces the five days of a major one only where it was agreed', () => {
    const fiveDaysOn = wall('2026-11-29 00:00');
    expect(due('major', luxury, { wishedAt: inDays(9) })).toBe(fiveDaysOn);
    expect(due('major', luxury, { agreedAt: inDays(9), channel: 'letter' })).toBe(fiveDaysOn);
    expect(due('major', luxury, { agreedAt: inDays(9), channel: 'letter', consent })).toBe(inDays(9));
    // Noted in the very talk, it was agreed in it.
    expect(due('major', luxury, { agreedAt: inDays(9), channel: 'phone' })).toBe(inDays(9));
  });

  it('of the standard preset is later than 24 hours only with a reason and a next answer', () => {
    const plain = { replyReason: undefined };
    expect(due('ordinary', standard, { ...plain, wishedAt: inDays(3) })).toBe(inDays(1));
    expect(due('ordinary', standard, { wishedAt: inDays(3) })).toBe(inDays(1));
    expect(due('ordinary', standard, { wishedAt: inDays(3), replyAt: inDays(1) })).toBe(inDays(3));
    expect(due('ordinary', standard, { ...plain, wishedAt: plusMinutes(at, 60) })).toBe(plusMinutes(at, 60));
  });

  it('counts when it is noted later', () => {
    const play = saved('ordinary', at, luxury);
    play.make('amend', taker, plusMinutes(at, 60), { wishedAt: inDays(2) });
    expect(play.clock('complete').dueAt).toBe(inDays(2));
    play.make('amend', taker, plusMinutes(at, 90), { agreedAt: inDays(4), consent });
    expect(play.clock('complete').dueAt).toBe(inDays(4));
    const soft = saved('ordinary', at, standard, { replyReason: undefined, wishedAt: inDays(3) });
    soft.make('amend', taker, plusMinutes(at, 60), { replyReason: 'parts', replyAt: inDays(1) });
    expect(soft.clock('complete').dueAt).toBe(inDays(3));
  });

  it('is not touched by what has nothing to do with it', () => {
    const play = saved('ordinary', at, luxury, { wishedAt: inDays(2) });
    expect(inShort(play.make('amend', taker, plusMinutes(at, 60), { place: 'elsewhere' }).clocks)).toEqual([]);
  });

  it('a reply time named at intake is a clock of the first contact (CP6)', () => {
    const play = saved('major', at, luxury, { replyAt: inDays(1) });
    expect(play.clock('next-answer', 'intake')).toMatchObject({
      dueAt: inDays(1),
      owner: { staffId: ids.taker, role: 'front_desk' },
    });
    play.make('amend', taker, plusMinutes(at, 5), { replyAt: inDays(2) });
    expect(play.clock('next-answer', 'intake').dueAt).toBe(inDays(2));
    play.make('respond', taker, plusMinutes(at, 60), { how: 'call', answer: 'a' });
    expect(play.clock('next-answer', 'intake').state).toBe('met');
  });
});

// ── a change of level ───────────────────────────────────────────────────────────────────────────────

describe('CP3: a rise of level', () => {
  const at = wall('2026-11-23 14:30');
  const raised = (play: Play, to: Severity, when: string) =>
    play.make('raise', generalManager, when, { severity: to, reason: 'r' });

  const pairs = severities.flatMap((from, index) => severities.slice(index + 1).map((to) => [from, to] as const));
  test.each(pairs)('%s to %s: response and form anew from the rise, the finish never later', (from, to) => {
    for (const version of [luxury, standard])
      for (const minutes of [0, 1, 30, hours(11), hours(30), hours(100)]) {
        const when = plusMinutes(at, minutes);
        const play = saved(from, at, version);
        const before = play.clock('complete');
        raised(play, to, when);
        const limit = version.document.clocks.find((rule) => rule.kind === 'respond' && rule.variant === to)?.limit;
        if (limit && 'minutes' in limit)
          expect(play.clock('respond')).toMatchObject({ startedAt: when, dueAt: plusMinutes(when, limit.minutes) });
        else expect(play.clocks.some((clock) => clock.kind === 'respond')).toBe(false);
        expect(play.clock('form-forwarded')).toMatchObject({ state: 'running', startedAt: when });
        const after = play.clock('complete');
        if (before.dueAt !== null) expect((after.dueAt ?? '9') <= before.dueAt).toBe(true);
        // What had run out by the rise stays so.
        if (before.dueAt !== null && before.dueAt < when) expect(after.dueAt).toBe(before.dueAt);
      }
  });

  it('keeps 12 hours when an ordinary one becomes serious', () => {
    const play = saved('ordinary', at, luxury);
    raised(play, 'serious', plusMinutes(at, 60));
    expect(play.clock('complete').dueAt).toBe(plusMinutes(at, hours(12)));
  });

  it('shortens a far wish to the new level’s limit', () => {
    const play = saved('ordinary', at, luxury, { wishedAt: plusMinutes(at, hours(240)) });
    raised(play, 'serious', plusMinutes(at, 60));
    expect(play.clock('complete').dueAt).toBe(plusMinutes(at, hours(48)));
  });

  it('leaves the response time of the new level where its limit would already have passed', () => {
    const play = saved('ordinary', at, luxury, { wishedAt: plusMinutes(at, hours(240)) });
    const when = plusMinutes(at, hours(60));
    raised(play, 'serious', when);
    expect(play.clock('complete').dueAt).toBe(plusMinutes(when, 8));
  });

  it('does not heal a response that was missed before it', () => {
    const play = saved('serious', at, luxury);
    raised(play, 'major', plusMinutes(at, 9));
    const first = play.clocks.filter((clock) => clock.kind === 'respond');
    expect(first.map((clock) => clockOf([clock], 'respond').state)).toEqual(['missed', 'running']);
    const early = saved('serious', at, luxury);
    raised(early, 'major', plusMinutes(at, 8));
    expect(clockOf(early.clocks.slice(0, 1), 'respond').state).toBe('void');
  });

  it('asks for a new taking over of what was taken over at the lower level', () => {
    const play = saved('serious', at, luxury);
    play.make('take-over', manager, plusMinutes(at, 2), { inChargeId: ids.named });
    play.make('forward', supervisor, plusMinutes(at, 3));
    raised(play, 'critical', plusMinutes(at, 20));
    expect(play.facts).toMatchObject({ takenOverAt: null, forwardedTo: null });
    expect(play.clock('respond')).toMatchObject({ state: 'running', dueAt: plusMinutes(at, 21) });
    play.make('take-over', generalManager, plusMinutes(at, 21));
    expect(play.clock('respond').state).toBe('met');
  });

  it('rises by itself in the amendment that shows the loss, with the date noted in the same breath', () => {
    const play = saved('ordinary', at, luxury);
    const when = plusMinutes(at, 60);
    play.make('amend', taker, when, {
      facts: { lossFen: 1_000_000 },
      agreedAt: plusMinutes(at, hours(72)),
      consent: { by: 'the owner', how: 'call' },
    });
    expect(play.facts.severity).toBe('major');
    expect(play.clock('respond')).toMatchObject({ startedAt: when, dueAt: plusMinutes(when, 5) });
    expect(play.clock('complete').dueAt).toBe(plusMinutes(at, hours(72)));
  });
});

describe('CP3: a lower level keeps the time spent', () => {
  const at = wall('2026-11-23 14:30');
  const fall = (play: Play, to: Severity, when: string) => {
    play.make('lower', supervisor, when, { severity: to, reason: 'r' });
    const done = lowered(play.standard.document, play.openFacts, play.facts, { at: when, dueOf });
    if (!done) throw new Error('not lowered');
    play.apply(done);
  };

  it('counts both limits from their own start', () => {
    const play = saved('serious', at, luxury);
    fall(play, 'ordinary', plusMinutes(at, 4));
    expect(play.clock('respond')).toMatchObject({
      startedAt: at,
      dueAt: plusMinutes(at, 10),
      owner: { role: 'front_desk' },
    });
    expect(play.clock('complete')).toMatchObject({ startedAt: at, dueAt: plusMinutes(at, hours(12)) });
    expect(play.clock('form-forwarded').state).toBe('void');
  });

  it('leaves the response time where the lower limit would already have passed', () => {
    const play = saved('serious', at, luxury);
    const when = plusMinutes(at, hours(20));
    fall(play, 'ordinary', when);
    expect(play.clock('complete').dueAt).toBe(plusMinutes(when, 10));
    // The response had run out: a lower level does not heal it.
    expect(play.clock('respond').dueAt).toBe(plusMinutes(at, 8));
  });

  it('gives a critical one the days of a major one, and the form still goes up', () => {
    const play = saved('critical', at, luxury);
    fall(play, 'major', plusMinutes(at, 30));
    expect(play.clock('complete').dueAt).toBe(wall('2026-11-29 00:00'));
    expect(play.clock('form-forwarded').state).toBe('running');
  });

  it('leaves no response waiting for a signature that was given before', () => {
    const play = inProgress(saved('serious', at, luxury), plusMinutes(at, 3));
    fall(play, 'ordinary', plusMinutes(at, 5));
    expect(play.clock('respond').state).toBe('void');
    const late = inProgress(saved('serious', at, luxury), plusMinutes(at, 3));
    fall(late, 'ordinary', plusMinutes(at, 9));
    expect(late.clock('respond').state).toBe('missed');
  });

  it('asks for no form to be passed on that the one who decides now has', () => {
    const play = saved('major', at, luxury);
    play.make('forward', supervisor, plusMinutes(at, 10));
    fall(play, 'serious', plusMinutes(at, 30));
    expect(play.clock('form-forwarded').state).toBe('void');
    const notYet = saved('major', at, luxury);
    fall(notYet, 'serious', plusMinutes(at, 30));
    notYet.make('forward', supervisor, plusMinutes(at, 40));
    expect(notYet.clock('form-forwarded').state).toBe('met');
  });

  it('changes nothing but the name in the standard preset', () => {
    const play = saved('critical', at, standard);
    fall(play, 'ordinary', plusMinutes(at, 30));
    expect(play.clock('complete').dueAt).toBe(plusMinutes(at, hours(24)));
    expect(play.clock('answer').dueAt).toBe(plusMinutes(at, hours(24)));
  });
});

// ── the department, waiting, and opened again ───────────────────────────────────────────────────────

describe('the department’s time', () => {
  const at = wall('2026-11-23 14:30');
  const since = (minutes: number) => plusMinutes(at, minutes);

  it('is charged from the signature on, and the centre’s again until another department signs', () => {
    const play = sentTo(saved('ordinary', at, luxury), since(3));
    play.make('accept', engineer, since(5));
    play.make('transfer', engineer, since(65), { department: 'environment', reason: 'a tree' });
    expect(play.clock('sent')).toMatchObject({ state: 'running', startedAt: since(65), dueAt: since(75) });
    const gardener = person('environment_supervisor');
    play.make('accept', gardener, since(70));
    play.make('resolve', gardener, since(100), { result: 'r', cause: 'facilities' });
    const { spentMs, state } = play.clock('complete');
    expect(state).toBe('met');
    expect(spentMs).toMatchObject({ centre: (5 + 5) * minuteMs, department: (60 + 30) * minuteMs });
    expect(play.clocks.filter((clock) => clock.kind === 'respond').length).toBe(1);
  });

  it('is sent anew before the first one has signed', () => {
    const play = sentTo(saved('ordinary', at, luxury), since(3));
    play.make('transfer', supervisor, since(11), { department: 'order', reason: 'r' });
    const states = play.clocks.filter((one) => one.kind === 'sent').map((one) => clockOf([one], 'sent').state);
    expect(states).toEqual(['missed', 'running']);
  });
});

describe('CP6: waiting', () => {
  const at = wall('2026-11-23 14:30');
  const until = plusMinutes(at, hours(40));
  const waiting = (input: Record<string, unknown> = {}, severity: Severity = 'ordinary') => {
    const play = inProgress(saved(severity, at, luxury), at);
    play.make('wait', engineer, plusMinutes(at, 60), { until, reason: 'parts', explained: 'call', ...input });
    return play;
  };
  const consent = { by: 'the owner', how: 'call' };

  it('makes the next answer’s date a clock of who set it; without consent the finish runs on', () => {
    const play = waiting();
    expect(play.clock('next-answer')).toMatchObject({
      dueAt: until,
      owner: { staffId: 'engineering_supervisor', role: 'engineering_supervisor' },
    });
    expect(play.clock('complete').dueAt).toBe(plusMinutes(at, hours(12)));
  });

  it('with consent the date stands for the finish, also after it goes on', () => {
    const play = waiting({ consent });
    expect(play.clock('complete').dueAt).toBe(until);
    expect(play.facts).toMatchObject({ agreedAt: until, agreedWithConsent: true });
    play.make('resume', engineer, plusMinutes(at, 120));
    expect(play.clock('next-answer').state).toBe('void');
    expect(play.clock('complete').dueAt).toBe(until);
  });

  it('is met by an answer and by the end of the work, a second late is missed', () => {
    const answered = waiting();
    answered.make('respond', engineer, until, { how: 'message', answer: 'a' });
    expect(answered.clock('next-answer').state).toBe('met');
    expect(answered.facts.state).toBe('waiting');
    const resolved = waiting({ consent });
    resolved.make('resolve', engineer, plusMs(until, second), { result: 'r', cause: 'late' });
    expect([resolved.clock('next-answer').state, resolved.clock('complete').state]).toEqual(['missed', 'missed']);
  });

  it('leaves the answer promised at intake when it goes on', () => {
    const play = inProgress(saved('ordinary', at, luxury, { replyAt: until }), at);
    play.make('wait', engineer, plusMinutes(at, 60), { until, reason: 'parts', explained: 'call' });
    play.make('resume', engineer, plusMinutes(at, 70));
    expect(play.clock('next-answer', 'intake').state).toBe('running');
  });
});

describe('the end and a second beginning', () => {
  const at = wall('2026-11-23 14:30');
  const told = (version: StandardVersion) => {
    const play = inProgress(saved('ordinary', at, version, { wishedAt: plusMinutes(at, hours(3)) }), at);
    play.make('resolve', engineer, plusMinutes(at, 60), { result: 'r', cause: 'late' });
    play.make('tell-customer', taker, plusMinutes(at, 90), { how: 'call', answer: 'a', opinion: 'o' });
    return play;
  };

  it('telling the customer answers him too', () => {
    const play = told(standard);
    expect([play.clock('tell-customer').state, play.clock('answer').state]).toEqual(['met', 'met']);
    expect(play.openFacts.filter((clock) => clock.state === 'running')).toEqual([]);
  });

  it('closed, nothing runs on but what was promised about a call', () => {
    const play = told(luxury);
    play.make('raise', manager, plusMinutes(at, 95), { severity: 'serious', reason: 'r' });
    play.facts = { ...play.facts, followUp: 'reviewed' };
    const clocks = [...play.openFacts, running('call-back', 'x')];
    const decision = move('close', { complaint: play.facts, actor: systemActor, clocks, at: plusMinutes(at, 120) });
    expect(inShort(decision.clocks)).toEqual(['void respond', 'void form-forwarded']);
  });

  it('after a failed follow-up it is reopened and, as mishandled, one level higher (FU4, CP9)', () => {
    const play = told(luxury);
    const again = plusMs(at, 50 * hourMs);
    play.make('reopen', systemActor, again, { version: undefined, reason: 'not acceptable' });
    play.make('mishandled', systemActor, again, { version: undefined, reason: 'not acceptable' });
    expect(play.facts).toMatchObject({
      state: 'in-progress',
      severity: 'serious',
      rule: 'serious.mishandled',
      failures: 1,
    });
    expect(play.clock('respond')).toMatchObject({ startedAt: again, dueAt: plusMinutes(again, 8) });
    // What was promised with the reopening is not lengthened by the rise.
    expect(play.clock('complete').dueAt).toBe(plusMinutes(again, hours(12)));
    expect(play.clock('form-forwarded').state).toBe('running');
  });

  it('reopened it has the full length from then on, charged to the department, the old wish gone', () => {
    for (const [version, minutes] of [
      [luxury, hours(12)],
      [standard, hours(24)],
    ] as const) {
      const play = told(version);
      const again = plusMs(at, 50 * hourMs);
      play.make('reopen', supervisor, again, { reason: 'r' });
      const states = play.clocks
        .filter((one) => one.kind === 'complete')
        .map((one) => clockOf([one], 'complete').state);
      expect(states).toEqual(['met', 'running']);
      expect(play.clock('complete')).toMatchObject({
        startedAt: again,
        dueAt: plusMinutes(again, minutes),
        chargedTo: 'department',
      });
    }
  });
});

it('the calendar of these tests is the announced one', () => {
  expect(calendar.isWorkingDay('2026-10-10')).toBe(true);
  expect(calendar.isWorkingDay('2026-10-03')).toBe(false);
});
