import { describe, expect, test } from 'vitest';
import { testCalendar, wall } from './calendar.fixture.ts';
import { makeCalendar } from './calendar.rules.ts';
import type { ClockEvent, Limit } from './clock.contract.ts';
import { foldClock } from './clock.rules.ts';
import { whyInWords } from './clock.words.ts';
import { stepTimes } from './ladder.rules.ts';

const calendar = testCalendar();
const R = (minutes: number): Limit => ({ minutes, calendar: 'R' });
type Without<T> = T extends unknown ? Omit<T, 'at' | 'recordedAt' | 'seq'> : never;
type Line = [string, Without<ClockEvent>, string?];
const start = (limit: Limit): Without<ClockEvent> => ({
  type: 'start',
  limit,
  policyVersion: 'lux-3',
  rule: 'RP3',
  chargedTo: 'centre',
  ladder: 'minutes',
});
const stop: Without<ClockEvent> = { type: 'stop', evidenceId: 'e' };
const hold: Without<ClockEvent> = { type: 'pause', reason: 'customer', chargedTo: 'customer' };
const resume: Without<ClockEvent> = { type: 'resume' };
const clockOf = (lines: Line[]): ClockEvent[] =>
  lines.map(([at, event, recorded], seq) => {
    const when = wall(`2026-11-23 ${at}`);
    return { ...event, at: when, recordedAt: recorded ? wall(`2026-11-23 ${recorded}`) : when, seq } as ClockEvent;
  });
const due = (time: string) => wall(`2026-11-23 ${time}`);
const fold = (lines: Line[], now?: string) => foldClock(clockOf(lines), calendar, now === undefined ? now : due(now));
const rise = (limit: Limit, response: Limit | null): Without<ClockEvent> => ({
  type: 'rebase',
  limit,
  reason: '升级',
  rise: { responseLimit: response },
});
const agree = (time: string): Without<ClockEvent> => ({ type: 'agree', dueAt: due(time), consentId: 'c' });

describe('what became of a promise', () => {
  const rows: [string, Line[], string, string | null, number][] = [
    [
      'stopped to the second is met',
      [
        ['10:00:00', start(R(15))],
        ['10:15:00', stop],
      ],
      'met',
      '10:15',
      0,
    ],
    [
      'one second later is missed',
      [
        ['10:00:00', start(R(15))],
        ['10:15:01', stop],
      ],
      'missed',
      '10:15',
      1,
    ],
    [
      'a pause moves the due time',
      [
        ['10:00', start(R(60))],
        ['10:30', hold],
        ['12:00', resume],
        ['12:30', stop],
      ],
      'met',
      '12:30',
      0,
    ],
    [
      'a pause after due heals nothing',
      [
        ['10:00', start(R(60))],
        ['11:01', hold],
        ['13:00', resume],
        ['13:30', stop],
      ],
      'missed',
      '11:00',
      150,
    ],
    [
      'stopped while paused',
      [
        ['10:00', start(R(60))],
        ['10:30', hold],
        ['15:00', stop],
      ],
      'met',
      '15:30',
      0,
    ],
    [
      'an agreed date replaces the limit',
      [
        ['10:00', start(R(60))],
        ['10:30', agree('17:00')],
        ['16:59', stop],
      ],
      'met',
      '17:00',
      0,
    ],
    [
      'pauses don’t move an agreed date',
      [
        ['10:00', start(R(60))],
        ['10:30', agree('12:00')],
        ['10:40', hold],
        ['12:40', resume],
        ['13:00', stop],
      ],
      'missed',
      '12:00',
      60,
    ],
    [
      'a missed clock stays missed when voided',
      [
        ['10:00', start(R(15))],
        ['10:20', { type: 'void', reason: 'x' }],
      ],
      'missed',
      '10:15',
      5,
    ],
    [
      'voided in time is neither',
      [
        ['10:00', start(R(15))],
        ['10:10', { type: 'void', reason: 'x' }],
      ],
      'void',
      '10:15',
      0,
    ],
    [
      'late evidence is judged by when it happened',
      [
        ['10:00', start(R(15))],
        ['10:12', stop, '10:40'],
      ],
      'met',
      '10:15',
      0,
    ],
    [
      'the earliest evidence counts, in whatever order it came',
      [
        ['10:00', start(R(15))],
        ['10:30', stop],
        ['10:12', stop],
      ],
      'met',
      '10:15',
      0,
    ],
    [
      'a rebase counts from the original start and keeps pauses',
      [
        ['10:00', start(R(60))],
        ['10:10', hold],
        ['10:20', resume],
        ['10:30', { type: 'rebase', limit: R(120), reason: 'x' }],
        ['12:10', stop],
      ],
      'met',
      '12:10',
      0,
    ],
    [
      'a rise never moves the due time later',
      [
        ['10:00', start(R(60))],
        ['10:30', rise(R(600), R(8))],
        ['11:01', stop],
      ],
      'missed',
      '11:00',
      1,
    ],
    [
      'a rise to a shorter limit takes it',
      [
        ['10:00', start(R(60))],
        ['10:10', rise(R(30), R(8))],
        ['10:30', stop],
      ],
      'met',
      '10:30',
      0,
    ],
    [
      'a due time before the rise becomes rise + response limit',
      [
        ['10:00', start(R(60))],
        ['10:30', rise(R(20), R(8))],
        ['10:38', stop],
      ],
      'met',
      '10:38',
      0,
    ],
    [
      '… but not later than promised',
      [
        ['10:00', start(R(60))],
        ['10:55', rise(R(20), R(8))],
        ['11:00', stop],
      ],
      'met',
      '11:00',
      0,
    ],
    [
      'a rise of a clock that ran out heals nothing',
      [
        ['10:00', start(R(15))],
        ['10:30', rise(R(10), R(8))],
        ['10:35', stop],
      ],
      'missed',
      '10:15',
      20,
    ],
    [
      'a lowering to what has passed gets the response limit',
      [
        ['10:00', start(R(600))],
        ['12:00', { type: 'rebase', limit: R(60), reason: 'x', responseLimit: R(15) }],
        ['12:15', stop],
      ],
      'met',
      '12:15',
      0,
    ],
    [
      'a rise keeps pausing with the limit it keeps',
      [
        ['10:00', start(R(60))],
        ['10:10', rise(R(600), R(8))],
        ['10:20', hold],
        ['10:50', resume],
        ['11:30', stop],
      ],
      'met',
      '11:30',
      0,
    ],
    [
      'a date that was never needed',
      [
        ['10:00', start({ at: null })],
        ['15:00', stop],
      ],
      'met',
      null,
      0,
    ],
    [
      'a date that had to be set within a minute',
      [
        ['10:00', start({ at: null, dateWithin: { minutes: 1, calendar: 'R' } })],
        ['10:05', stop],
      ],
      'missed',
      null,
      4,
    ],
  ];
  test.each(rows)('%s', (_name, lines, state, dueTime, over) => {
    const folded = fold(lines);
    expect([folded.state, folded.dueAt, folded.overMinutes]).toEqual([
      state,
      dueTime === null ? null : due(dueTime),
      over,
    ]);
  });
});

describe('a clock that still runs', () => {
  test('is frozen while a pause moves its due time, and overdue from nowhere', () => {
    const folded = fold(
      [
        ['10:00', start(R(60))],
        ['10:30', hold],
      ],
      '15:00',
    );
    expect([folded.state, folded.frozen, folded.dueAt, folded.overdueFrom, folded.overMinutes]).toEqual([
      'paused',
      true,
      due('11:00'),
      null,
      0,
    ]);
  });
  test('is overdue in a pause against an agreed date', () => {
    const folded = fold(
      [
        ['10:00', start(R(60))],
        ['10:05', agree('11:00')],
        ['10:30', hold],
      ],
      '11:10',
    );
    expect([folded.state, folded.frozen, folded.overdueFrom, folded.overMinutes]).toEqual([
      'paused',
      false,
      due('11:00'),
      10,
    ]);
  });
  test('gives the same due time whenever it is asked', () => {
    const lines: Line[] = [
      ['10:00', start(R(60))],
      ['10:30', hold],
    ];
    expect(fold(lines).dueAt).toBe(fold(lines, '17:00').dueAt);
  });
  test('charges each minute to one party', () => {
    const folded = fold(
      [
        ['10:00', start(R(60))],
        ['10:05', { type: 'charge', chargedTo: 'department' }],
        ['10:15', hold],
        ['10:45', resume],
      ],
      '11:00',
    );
    const minutes = Object.fromEntries(Object.entries(folded.spentMs).map(([party, ms]) => [party, ms / 60_000]));
    expect(minutes).toEqual({ centre: 5, department: 25, customer: 30, contractor: 0 });
    expect([folded.spentMinutes, folded.countedMinutes]).toEqual([60, 30]);
  });
  test('is provisional only where working days of an unannounced year count', () => {
    const at = (limit: Limit) =>
      foldClock(
        clockOf([['10:00', start(limit)]]).map((e) => ({ ...e, at: wall('2026-12-31 10:00') })),
        calendar,
      );
    expect(at({ workingDays: 2 }).provisional).toBe(true);
    expect(at({ calendarDays: 2 }).provisional).toBe(false);
    expect(at(R(60 * 48)).provisional).toBe(false);
  });
  test('keeps the calendar it was started with until it is recalculated', () => {
    const loaded = makeCalendar({ years: [], deskHours: [['00:00', '24:00']], sameDay: calendar.sameDay });
    const calendarFor = (version: string | undefined) => (version === loaded.version ? loaded : calendar);
    const events = clockOf([['17:50', start({ minutes: 30, calendar: 'O' })]]);
    const told = clockOf([
      ['17:50', start({ minutes: 30, calendar: 'O' })],
      ['17:55', { type: 'recalculated', calendarVersion: loaded.version }],
    ]);
    expect(foldClock(events, calendarFor).dueAt).toBe(wall('2026-11-24 08:20'));
    expect(foldClock(told, calendarFor).dueAt).toBe(due('18:20'));
  });
});

test('says why in the words of the case page', () => {
  const clock = fold([['13:48:41', start(R(15))]], '14:09:53');
  const names: Record<string, string> = { owner: '周海涛', superior: '刘建国' };
  const ladder = [
    { when: { afterMinutes: 0 }, tell: ['owner' as const, 'superior' as const], channels: [] },
    { when: { afterMinutes: 5 }, tell: ['manager' as const], channels: [] },
    { when: { afterMinutes: 15 }, tell: ['general_manager' as const], channels: [] },
  ];
  const steps = stepTimes(ladder, clock, calendar).map(({ at, tell }) => ({
    code: 'step' as const,
    at,
    targets: tell,
    evidenceLate: false,
  }));
  const words = whyInWords([...clock.why, ...steps], {
    policyName: () => '豪宅标准第 3 版',
    targetName: (t) => names[t] ?? { manager: '管理处经理' }[t as string] ?? '总经理',
  });
  expect(words).toBe(
    '13:48:41 登记起算，15 分钟，全天候（RP3，豪宅标准第 3 版）。未暂停。14:03:41 到点 → 周海涛、刘建国；14:08:41 → 管理处经理；14:18:41 → 总经理。',
  );
});
