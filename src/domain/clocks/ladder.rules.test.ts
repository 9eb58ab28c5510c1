import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { standardDocumentSchema } from '../standards/standard.contract.ts';
import { testCalendar, wall } from './calendar.fixture.ts';
import type { ClockEvent, LadderCode, Limit } from './clock.contract.ts';
import { foldClock } from './clock.rules.ts';
import {
  isEvidenceLate,
  nextStepAt,
  type Posting,
  presentFor,
  stepsDue,
  stepsShown,
  stepTimes,
  whoIsTold,
} from './ladder.rules.ts';

const calendar = testCalendar();
const luxury = standardDocumentSchema.parse(
  JSON.parse(readFileSync(new URL('../../../standards/luxury.json', import.meta.url), 'utf8')),
);
const startAt = (at: string, limit: Limit, ladder: LadderCode = 'minutes'): ClockEvent => {
  const when = wall(at);
  return { type: 'start', at: when, recordedAt: when, seq: 0, limit, policyVersion: 'v', chargedTo: 'centre', ladder };
};
const stopAt = (at: string): ClockEvent => ({
  type: 'stop',
  at: wall(at),
  recordedAt: wall(at),
  seq: 9,
  evidenceId: 'e',
});
const R = (minutes: number): Limit => ({ minutes, calendar: 'R' });

describe('the steps of a ladder stand at', () => {
  const rows: [string, LadderCode, string, Limit, string[]][] = [
    [
      'minutes',
      'minutes',
      '2026-11-23 13:48:41',
      R(15),
      ['2026-11-23 14:03:41', '2026-11-23 14:08:41', '2026-11-23 14:18:41'],
    ],
    [
      'hours',
      'hours',
      '2026-11-23 10:00',
      { hours: 2, calendar: 'R' },
      ['2026-11-23 11:36', '2026-11-23 12:00', '2026-11-23 13:00', '2026-11-23 16:00'],
    ],
    [
      'days',
      'days',
      '2026-11-19 10:00',
      { workingDays: 2 },
      ['2026-11-23 09:00', '2026-11-23 18:00', '2026-11-24 18:00', '2026-11-26 18:00'],
    ],
    [
      'days, due at 24:00',
      'days',
      '2026-11-18 10:00',
      { calendarDays: 5 },
      ['2026-11-23 09:00', '2026-11-24 00:00', '2026-11-24 18:00', '2026-11-26 18:00'],
    ],
    [
      'days, given on the last day after nine',
      'days',
      '2026-11-23 10:00',
      { sameDay: true },
      ['2026-11-23 21:00', '2026-11-24 18:00', '2026-11-26 18:00'],
    ],
    ['a date that is not set', 'days', '2026-11-23 10:00', { at: null }, []],
  ];
  test.each(rows)('%s', (_name, code, at, limit, times) => {
    const clock = foldClock([startAt(at, limit, code)], calendar);
    expect(stepTimes(luxury.ladders[code], clock, calendar).map((step) => step.at)).toEqual(times.map(wall));
  });
});

describe('taking steps', () => {
  const running = foldClock([startAt('2026-11-23 10:00', R(15))], calendar);
  const { minutes } = luxury.ladders;
  test('before due nothing is due, and the sweep waits for the due time', () => {
    expect(stepsDue(minutes, running, calendar, wall('2026-11-23 10:14:59'), [])).toEqual([]);
    expect(nextStepAt(minutes, running, calendar, [])).toBe(wall('2026-11-23 10:15'));
  });
  test('after a downtime each step comes once, with its own time', () => {
    const due = stepsDue(minutes, running, calendar, wall('2026-11-23 12:00'), []);
    expect(due.map((step) => step.at)).toEqual(['10:15', '10:20', '10:30'].map((time) => wall(`2026-11-23 ${time}`)));
    expect(stepsDue(minutes, running, calendar, wall('2026-11-23 12:00'), due)).toEqual([]);
    expect(nextStepAt(minutes, running, calendar, due)).toBeNull();
  });
  test('an ended clock waits for nothing, a missed one still owes the steps before its stop', () => {
    const missed = foldClock([startAt('2026-11-23 10:00', R(15)), stopAt('2026-11-23 10:22')], calendar);
    expect(nextStepAt(minutes, missed, calendar, [])).toBeNull();
    expect(stepsDue(minutes, missed, calendar, wall('2026-11-23 12:00'), []).map((step) => step.step)).toEqual([0, 1]);
  });
  test('a step taken before evidence arrived late is marked', () => {
    const met = foldClock([startAt('2026-11-23 10:00', R(15)), stopAt('2026-11-23 10:12')], calendar);
    expect(isEvidenceLate({ step: 0, at: wall('2026-11-23 10:15') }, met)).toBe(true);
    expect(stepsDue(minutes, met, calendar, wall('2026-11-23 12:00'), [])).toEqual([]);
  });
  test('and stays to be seen in the why, although the promise was kept (spec/11, 4)', () => {
    const met = foldClock([startAt('2026-11-23 10:00', R(15)), stopAt('2026-11-23 10:12')], calendar);
    const taken = [
      { step: 0, at: wall('2026-11-23 10:15'), told: ['tech'] },
      { step: 1, at: wall('2026-11-23 10:20'), told: ['manager'] },
    ];
    expect(
      stepsShown(minutes, met, calendar, taken).map(({ at, taken: one, evidenceLate }) => [
        at,
        one?.told,
        evidenceLate,
      ]),
    ).toEqual([
      [wall('2026-11-23 10:15'), ['tech'], true],
      [wall('2026-11-23 10:20'), ['manager'], true],
    ]);
    expect(stepsShown(minutes, met, calendar, [])).toEqual([]);
  });
  test('of a missed clock only the steps after the stop are marked, and each is shown once', () => {
    const missed = foldClock([startAt('2026-11-23 10:00', R(15)), stopAt('2026-11-23 10:17')], calendar);
    const taken = [
      { step: 0, at: wall('2026-11-23 10:15') },
      { step: 1, at: wall('2026-11-23 10:20') },
    ];
    const marks = stepsShown(minutes, missed, calendar, taken).map((one) => [
      one.step,
      one.taken !== undefined,
      one.evidenceLate,
    ]);
    expect(marks.slice(0, 2)).toEqual([
      [0, true, false],
      [1, true, true],
    ]);
    expect(new Set(marks.map(([step]) => step)).size).toBe(marks.length);
  });
  test('a new agreed date is warned of anew', () => {
    const at = wall('2026-11-23 10:40');
    const agreed: ClockEvent = {
      type: 'agree',
      at,
      recordedAt: at,
      seq: 1,
      dueAt: wall('2026-11-23 15:00'),
      consentId: 'c',
    };
    const clock = foldClock([startAt('2026-11-23 10:00', R(15)), agreed], calendar);
    const taken = [0, 1, 2].map((step) => ({ step, at: wall('2026-11-23 10:30') }));
    expect(nextStepAt(minutes, clock, calendar, taken)).toBe(wall('2026-11-23 15:00'));
  });
  test('a frozen clock has no next step', () => {
    const at = wall('2026-11-23 10:05');
    const pause: ClockEvent = { type: 'pause', at, recordedAt: at, seq: 1, reason: 'customer', chargedTo: 'customer' };
    expect(
      nextStepAt(minutes, foldClock([startAt('2026-11-23 10:00', R(15)), pause], calendar), calendar, []),
    ).toBeNull();
  });
});

describe('who is told', () => {
  const post = (staffId: string, role: Posting['role'], absent = false, standInId: string | null = null): Posting => ({
    staffId,
    role,
    absent,
    standInId,
  });
  const tech = { staffId: 'zhou', role: 'technician' as const };
  const all = [
    post('zhou', 'technician'),
    post('liu', 'engineering_supervisor'),
    post('wang', 'manager'),
    post('gao', 'general_manager'),
  ];
  const rows: [string, ('owner' | 'superior' | 'manager')[], Posting[], string[], string[]][] = [
    ['owner and superior', ['owner', 'superior'], all, [], ['zhou', 'liu']],
    ['nobody twice, the step still counts', ['manager'], all, ['wang'], []],
    [
      'an absent superior’s stand-in',
      ['superior'],
      [...all.slice(0, 1), post('liu', 'engineering_supervisor', true, 'chen'), ...all.slice(2)],
      [],
      ['chen'],
    ],
    [
      'without a stand-in the next up',
      ['superior'],
      [...all.slice(0, 1), post('liu', 'engineering_supervisor', true), ...all.slice(2)],
      [],
      ['wang'],
    ],
    [
      'where the stand-in is away too, the next up',
      ['superior'],
      [
        post('zhou', 'technician'),
        post('liu', 'engineering_supervisor', true, 'chen'),
        post('chen', 'technician', true),
        post('wang', 'manager'),
      ],
      [],
      ['wang'],
    ],
    [
      'an absent owner’s superior, once',
      ['owner', 'superior'],
      [post('zhou', 'technician', true), ...all.slice(1)],
      [],
      ['liu'],
    ],
    [
      'up over two empty posts',
      ['superior'],
      [post('zhou', 'technician'), post('gao', 'general_manager')],
      [],
      ['gao'],
    ],
  ];
  test('a message to a post goes to who is there of its department, else up the line', () => {
    const heads = (absent: boolean, standInId: string | null = null): Posting[] => [
      { ...post('liu', 'engineering_supervisor', absent, standInId), department: 'engineering' },
      ...all.filter((one) => one.role === 'manager'),
    ];
    const told = (staffing: Posting[]) =>
      presentFor('engineering_supervisor', 'engineering', luxury.reportingLine, staffing).map((one) => one.staffId);
    expect([told(heads(false)), told(heads(true, 'zhou')), told(heads(true))]).toEqual([['liu'], ['zhou'], ['wang']]);
  });
  test.each(rows)('%s', (_name, tell, staffing, heard, told) => {
    expect(whoIsTold({ tell }, tech, luxury.reportingLine, staffing, heard).map((one) => one.staffId)).toEqual(told);
  });
});
