import { describe, expect, it, test } from 'vitest';
import { Refusal } from '../../kernel/refusal.ts';
import { atWallTime } from '../../kernel/time.ts';
import type { Role } from '../access/role.contract.ts';
import {
  type AbsenceFact,
  type AskedAbsence,
  absenceFaults,
  awayAt,
  dayAround,
  endOf,
  holds,
  isOnShift,
  overlap,
  type RosterAsk,
  type ShiftFact,
  shiftFaults,
} from './roster.rules.ts';
import { partOfDay } from './roster.words.ts';

/** `26 18:00` of November 2026, Shanghai. */
const at = (text: string) => atWallTime(`2026-11-${text.slice(0, 2)}`, text.slice(3));
const away = (staffId: string, from: string, until: string | null, standInId: string | null = null): AbsenceFact => ({
  id: `${staffId}-${from}`,
  staffId,
  from: at(from),
  until: until === null ? null : at(until),
  standInId,
});
const shift = (staffId: string, from: string, until: string, role: Role = 'duty_technician'): ShiftFact => ({
  id: `${staffId}-${from}`,
  staffId,
  role,
  from: at(from),
  until: at(until),
});

describe('who is there at an instant', () => {
  const list = [away('zhou', '26 09:00', '26 18:00', 'li'), away('li', '27 00:00', null)];
  const rows: [string, string[]][] = [
    ['26 08:59', []],
    ['26 09:00', ['zhou']],
    ['26 17:59', ['zhou']],
    ['26 18:00', []],
    ['27 00:00', ['li']],
    ['30 12:00', ['li']],
  ];
  test.each(rows)('at %s away: %j', (when, expected) => {
    expect([...awayAt(list, at(when)).keys()]).toEqual(expected);
  });

  it('names the stand-in and the end', () => {
    expect(awayAt(list, at('26 12:00')).get('zhou')).toEqual({ until: at('26 18:00'), standInId: 'li' });
  });

  it('counts everybody as present where nothing was entered', () => {
    expect(awayAt([], at('26 12:00')).size).toBe(0);
  });
});

describe('stretches of time', () => {
  const span = (from: string, until: string | null) => ({ from: at(from), until: until === null ? null : at(until) });
  const rows: [string, ReturnType<typeof span>, ReturnType<typeof span>, boolean][] = [
    ['one after the other', span('26 08:00', '26 12:00'), span('26 12:00', '26 18:00'), false],
    ['by a minute', span('26 08:00', '26 12:01'), span('26 12:00', '26 18:00'), true],
    ['one within the other', span('26 08:00', '28 12:00'), span('27 08:00', '27 09:00'), true],
    ['without an end', span('26 08:00', null), span('29 08:00', '29 09:00'), true],
    ['before one without an end', span('26 08:00', null), span('25 08:00', '26 08:00'), false],
    ['both without an end', span('26 08:00', null), span('25 08:00', null), true],
  ];
  test.each(rows)('%s', (_name, a, b, expected) => {
    expect([overlap(a, b), overlap(b, a)]).toEqual([expected, expected]);
  });

  it('holds from its begin to just before its end', () => {
    const one = span('26 08:00', '26 12:00');
    expect([holds(one, at('26 08:00')), holds(one, at('26 12:00'))]).toEqual([true, false]);
  });
});

describe('what of a stretch falls on a day', () => {
  const rows: [string, string | null, string | null][] = [
    ['26 18:00', '27 08:00', '18:00–24:00'],
    ['25 18:00', '26 08:00', '00:00–08:00'],
    ['25 00:00', null, '全天'],
    ['26 00:00', '27 00:00', '全天'],
    ['27 00:00', null, null],
    ['25 08:00', '26 00:00', null],
  ];
  test.each(rows)('%s to %s', (from, until, expected) => {
    expect(partOfDay({ from: at(from), until: until === null ? null : at(until) }, '2026-11-26')).toBe(expected);
  });
});

describe('on shift (spec/10: the duty technician to himself, on shift)', () => {
  const nights = [shift('gao', '26 18:00', '27 08:00'), shift('liu', '27 18:00', '28 08:00')];
  const rows: [string, string, string, ShiftFact[], AbsenceFact[], boolean][] = [
    ['in the own shift', 'gao', '26 20:00', nights, [], true],
    ['in the own shift past midnight', 'gao', '27 03:00', nights, [], true],
    ['at its last minute', 'gao', '27 07:59', nights, [], true],
    ['when it is over', 'gao', '27 08:00', nights, [], false],
    ['in a colleague’s shift', 'liu', '26 20:00', nights, [], false],
    ['at noon of a day that has a shift', 'gao', '26 12:00', nights, [], false],
    ['on a day without any shift', 'gao', '29 12:00', nights, [], true],
    ['where nothing was entered', 'gao', '26 20:00', [], [], true],
    [
      'where only another post has a shift',
      'gao',
      '26 20:00',
      [shift('lin', '26 08:00', '26 18:00', 'front_desk')],
      [],
      true,
    ],
    ['away in the own shift', 'gao', '26 20:00', nights, [away('gao', '26 19:00', null)], false],
    ['away, with no shift entered', 'gao', '26 20:00', [], [away('gao', '26 19:00', null)], false],
  ];
  test.each(rows)('%s', (_name, who, when, shifts, absences, expected) => {
    const now = at(when);
    expect(isOnShift(who, 'duty_technician', now, shifts, awayAt(absences, now))).toBe(expected);
  });

  it('reads the Shanghai day, not the UTC one', () => {
    expect(dayAround(at('27 03:00'))).toEqual({ from: at('27 00:00'), until: at('28 00:00') });
  });
});

const people: RosterAsk['people'] = new Map(
  (
    [
      ['zhou', 'technician', null],
      ['li', 'technician', null],
      ['lin', 'front_desk', null],
      ['tan', 'order_supervisor', 'engineering'],
      ['chen', 'resident', null],
      ['ding', 'contractor', null],
    ] as const
  ).map(([id, role, department]) => [id, { id, posts: [{ role, department }] }]),
);
const ask = (change: Partial<RosterAsk> = {}): RosterAsk => ({
  keeper: { breadth: 'community', roles: ['manager'] },
  people,
  absences: [],
  shifts: [],
  ...change,
});
const engineer: RosterAsk['keeper'] = { breadth: 'department', roles: ['engineering_supervisor'] };
/** Fault codes, or the refusal's code. */
function outcome(work: () => { path: string; code: string }[]): string[] {
  try {
    return work().map((fault) => `${fault.path}: ${fault.code}`);
  } catch (error) {
    if (error instanceof Refusal) return [error.code];
    throw error;
  }
}

describe('entering an absence', () => {
  const asked = (change: Partial<AskedAbsence> = {}): AskedAbsence => ({
    staffId: 'zhou',
    from: at('26 08:00'),
    until: at('27 18:00'),
    standInId: null,
    ...change,
  });
  const rows: [string, AskedAbsence, Partial<RosterAsk>, string[]][] = [
    ['nobody stands in', asked(), {}, []],
    ['somebody with a post here stands in', asked({ standInId: 'lin' }), {}, []],
    ['of somebody unknown here', asked({ staffId: 'nobody' }), {}, ['staffId: not_staff_here']],
    ['of a resident', asked({ staffId: 'chen' }), {}, ['staffId: not_staff_here']],
    ['of a contractor’s man', asked({ staffId: 'ding' }), {}, ['staffId: not_staff_here']],
    ['by the engineers’ head for a technician', asked(), { keeper: engineer }, []],
    [
      'by the engineers’ head for one whose post names the department',
      asked({ staffId: 'tan' }),
      { keeper: engineer },
      [],
    ],
    [
      'by the engineers’ head for the desk',
      asked({ staffId: 'lin' }),
      { keeper: engineer },
      ['roster.not_your_people'],
    ],
    [
      'over another of the same person',
      asked(),
      { absences: [away('zhou', '27 17:00', null)] },
      ['roster.absence_overlaps'],
    ],
    ['right after another of the same person', asked(), { absences: [away('zhou', '25 08:00', '26 08:00')] }, []],
    ['beside another person’s', asked(), { absences: [away('lin', '26 08:00', null)] }, []],
    ['oneself stands in', asked({ standInId: 'zhou' }), {}, ['standInId: stands_in_for_oneself']],
    ['somebody without a post stands in', asked({ standInId: 'nobody' }), {}, ['standInId: stand_in_without_post']],
    ['a resident stands in', asked({ standInId: 'chen' }), {}, ['standInId: stand_in_without_post']],
    [
      'the stand-in is away for its last hour',
      asked({ standInId: 'li' }),
      { absences: [away('li', '27 17:00', '28 08:00')] },
      ['standInId: stand_in_is_away'],
    ],
    [
      'the stand-in leaves when it is over',
      asked({ standInId: 'li' }),
      { absences: [away('li', '27 18:00', null)] },
      [],
    ],
  ];
  test.each(rows)('%s', (_name, body, change, expected) => {
    expect(outcome(() => absenceFaults(body, ask(change)))).toEqual(expected);
  });
});

describe('entering a shift', () => {
  const asked = { staffId: 'zhou', role: 'technician' as Role, from: at('26 18:00'), until: at('27 08:00') };
  const rows: [string, typeof asked, Partial<RosterAsk>, string[]][] = [
    ['of a post that is held', asked, {}, []],
    ['of a post that is not held', { ...asked, role: 'duty_technician' }, {}, ['role: post_not_held']],
    ['of a resident', { ...asked, staffId: 'chen', role: 'resident' }, {}, ['staffId: not_staff_here']],
    [
      'by the engineers’ head for the desk',
      { ...asked, staffId: 'lin', role: 'front_desk' },
      { keeper: engineer },
      ['roster.not_your_people'],
    ],
    ['within an absence', asked, { absences: [away('zhou', '27 07:00', null)] }, ['roster.is_absent']],
    [
      'over another shift',
      asked,
      { shifts: [shift('zhou', '27 07:00', '27 20:00', 'technician')] },
      ['roster.shift_overlaps'],
    ],
    ['right before another shift', asked, { shifts: [shift('zhou', '27 08:00', '27 20:00', 'technician')] }, []],
  ];
  test.each(rows)('%s', (_name, body, change, expected) => {
    expect(outcome(() => shiftFaults(body, ask(change)))).toEqual(expected);
  });
});

describe('back early', () => {
  const now = at('26 12:00');
  const span = (from: string, until: string | null) => ({ from: at(from), until: until === null ? null : at(until) });
  it('is cut to now, taken back before it began, and refused when it is over', () => {
    expect(endOf(span('26 08:00', '27 08:00'), now)).toEqual({ until: now });
    expect(endOf(span('26 08:00', null), now)).toEqual({ until: now });
    expect(endOf(span('26 12:00', null), now)).toEqual({ removed: true });
    expect(endOf(span('28 08:00', '29 08:00'), now)).toEqual({ removed: true });
    expect(() => endOf(span('25 08:00', '26 12:00'), now)).toThrow('roster.ended_already');
  });
});
