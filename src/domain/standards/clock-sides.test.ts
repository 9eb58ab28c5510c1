// Every promise of both presets on both sides of its limit. The figures are spec/11's, written here a second time, and the
// due times are counted minute by minute on a calendar written here a second time: neither the presets nor the rules of
// clocks are asked. `clock-limits.test.ts` has a handful reckoned by people; this counts them all, from many starts.
import { describe, expect, it, test } from 'vitest';
import luxuryPreset from '../../../standards/luxury.json' with { type: 'json' };
import standardPreset from '../../../standards/standard.json' with { type: 'json' };
import { plusMs } from '../../kernel/time.ts';
import { announcedYears } from '../clocks/calendar.fixture.ts';
import { makeCalendar } from '../clocks/calendar.rules.ts';
import type { ClockEvent, Limit } from '../clocks/clock.contract.ts';
import { foldClock } from '../clocks/clock.rules.ts';
import { standardDocumentSchema } from './standard.contract.ts';

// ── spec/11, the table ──────────────────────────────────────────────────────────────────────────────

/**
 * What the table says: `10 min R` round the clock, `30 min O` in office hours, working or calendar days, `same day`,
 * `Monday 18:00`, `date` a date that somebody sets, `date, in 1 min` one whose lack is overdue by then, `–` no clock.
 */
const table: Record<string, readonly [luxury: string, standard: string]> = {
  'fill-in': ['5 min R', '–'],
  notify: ['5 min R', '–'],
  'contractor-told': ['5 min R', '–'],
  assess: ['15 min R', '–'],
  'on-site emergency': ['15 min R', 'date'],
  'on-site major': ['30 min R', 'date'],
  'on-site ordinary': ['15 min R', 'date'],
  'on-site hurry': ['15 min R', '–'],
  'on-site appointment': ['date', 'date'],
  'complete emergency': ['24 h R', 'date'],
  'complete major': ['date', 'date'],
  'complete ordinary': ['2 h R', 'date'],
  waiting: ['date', 'date'],
  voucher: ['same day', 'same day'],
  'call-back': ['30 min R', '30 min O'],
  'call-back after-hand-back': ['5 min R', '5 min O'],
  message: ['10 min O', '30 min O'],
  'answer enquiry': ['same day', '1 working days'],
  'respond ordinary': ['10 min R', '–'],
  'respond serious': ['8 min R', '–'],
  'respond major': ['5 min R', '–'],
  'respond critical': ['1 min R', '–'],
  'form-forwarded': ['same day', 'same day'],
  'answer complaint': ['–', '24 h R'],
  sent: ['10 min R', '–'],
  'complete complaint-ordinary': ['12 h R', '24 h R'],
  'complete complaint-serious': ['48 h R', '24 h R'],
  'complete complaint-major': ['5 calendar days', '24 h R'],
  'complete complaint-critical': ['date, in 1 min', '24 h R'],
  'tell-customer': ['same day', 'same day'],
  'next-answer': ['date', 'date'],
  'follow-up repair': ['2 working days', '7 calendar days'],
  'follow-up repair, as wished': ['1 working days', '–'],
  'follow-up major-critical-event': ['1 working days', '–'],
  'follow-up complaint': ['2 working days', '–'],
  'follow-up service': ['date', '7 calendar days'],
  'follow-up event': ['2 working days', '7 calendar days'],
  'follow-up other': ['1 working days', '7 calendar days'],
  visit: ['3 working days', '–'],
  'review repair': ['2 working days', 'Monday 18:00'],
  'review other': ['2 working days', '5 working days'],
  approve: ['1 working days', '2 working days'],
  'subject-request': ['15 working days', '15 working days'],
};

// ── a slow calendar of autumn and spring 2026, from the notice of the State Council ─────────────────

const daysOff = new Set(
  [
    ['2026-02', [15, 16, 17, 18, 19, 20, 21, 22, 23]],
    ['2026-04', [4, 5, 6]],
    ['2026-05', [1, 2, 3, 4, 5]],
    ['2026-06', [19, 20, 21]],
    ['2026-09', [25, 26, 27]],
    ['2026-10', [1, 2, 3, 4, 5, 6, 7]],
  ].flatMap(([month, days]) => (days as number[]).map((day) => `${month}-${String(day).padStart(2, '0')}`)),
);
const daysMoved = new Set(['2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10']);

/** A wall minute counted from 1970-01-01 00:00 in Shanghai; the zone has had no other hour since 1991. */
const minuteOf = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00Z`) / 60_000;
const instantAt = (minute: number): string => new Date(minute * 60_000 - 8 * 3_600_000).toISOString();
const textOf = (minute: number): string => new Date(minute * 60_000).toISOString().slice(0, 16).replace('T', ' ');
const midnightOf = (minute: number): number => minute - (minute % 1440);

const worked = new Map<number, boolean>();
function isWorked(minute: number): boolean {
  const midnight = midnightOf(minute);
  const known = worked.get(midnight) ?? isWorkedDay(textOf(midnight).slice(0, 10));
  worked.set(midnight, known);
  return known;
}
function isWorkedDay(day: string): boolean {
  if (daysOff.has(day)) return false;
  if (daysMoved.has(day)) return true;
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  return weekday >= 1 && weekday <= 5;
}
/** The minute that begins here belongs to 08–12 or 14–18 of a worked day. */
function isOfficeMinute(minute: number): boolean {
  const hour = Math.floor((minute % 1440) / 60);
  return ((hour >= 8 && hour < 12) || (hour >= 14 && hour < 18)) && isWorked(minute);
}

function countMinutes(from: number, minutes: number, isCounted: (minute: number) => boolean): number {
  let minute = from;
  for (let left = minutes; left > 0; minute++) if (isCounted(minute)) left--;
  return minute;
}
/** 18:00 of the n-th worked day after the start's. */
function countWorkedDays(from: number, days: number): number {
  let day = midnightOf(from);
  for (let left = days; left > 0; ) {
    day += 1440;
    if (isWorked(day)) left--;
  }
  return day + 18 * 60;
}
function nextMonday(from: number): number {
  let day = midnightOf(from) + 1440;
  while (new Date(`${textOf(day).slice(0, 10)}T12:00:00Z`).getUTCDay() !== 1) day += 1440;
  while (!isWorked(day)) day += 1440;
  return day + 18 * 60;
}

/** The minute at which what the table says is due; null where somebody sets the date. */
function slowlyDue(said: string, from: number): number | null {
  const [count = '', unit, calendar] = said.split(' ');
  if (said === 'same day')
    return from % 1440 <= 20 * 60 ? midnightOf(from) + 21 * 60 : midnightOf(from) + 1440 + 10 * 60;
  if (said === 'Monday 18:00') return nextMonday(from);
  if (said.startsWith('date')) return null;
  if (unit === 'working') return countWorkedDays(from, Number(count));
  if (unit === 'calendar') return midnightOf(from) + (Number(count) + 1) * 1440;
  const minutes = Number(count) * (unit === 'h' ? 60 : 1);
  return countMinutes(from, minutes, calendar === 'R' ? () => true : isOfficeMinute);
}

const starts: readonly (readonly [what: string, start: string])[] = [
  ['an ordinary morning', '2026-11-24 09:00'],
  ['right before the lunch break', '2026-11-24 11:59'],
  ['in the lunch break', '2026-11-23 12:30'],
  ['a Friday at closing', '2026-11-20 18:00'],
  ['a weekend', '2026-11-21 03:17'],
  ['the last minute of “same day”', '2026-11-24 20:00'],
  ['a minute after it', '2026-11-24 20:01'],
  ['the eve of National Day', '2026-09-30 17:50'],
  ['within National Day', '2026-10-03 11:00'],
  ['its last midnight', '2026-10-07 23:59'],
  ['a moved Saturday before the lunch break', '2026-10-10 11:50'],
  ['a moved Sunday at closing', '2026-09-20 17:40'],
  ['a moved Saturday before Spring Festival', '2026-02-14 17:45'],
  ['within Spring Festival', '2026-02-17 08:00'],
  ['the day before a moved Saturday', '2026-02-27 17:59'],
];

// ── the presets against it ──────────────────────────────────────────────────────────────────────────

const documents = {
  luxury: standardDocumentSchema.parse(luxuryPreset),
  standard: standardDocumentSchema.parse(standardPreset),
};
const fortnight = 14 * 1440;

describe.each(['luxury', 'standard'] as const)('what spec/11 promises in the %s preset', (preset) => {
  const { clocks, hours } = documents[preset];
  const calendar = makeCalendar({
    years: announcedYears,
    exceptions: [],
    deskHours: hours.desk,
    sameDay: hours.sameDay,
  });
  const limits = new Map<string, Limit | null>(
    clocks.flatMap((rule): [string, Limit | null][] => {
      const name = [rule.kind, rule.variant].join(' ').trim();
      return [
        [name, rule.limit],
        ...(rule.kind === 'follow-up' && rule.variant === 'repair'
          ? [[`${name}, as wished`, rule.wished ?? null] as [string, Limit | null]]
          : []),
      ];
    }),
  );

  it('has a line of the table for each clock, and a clock for each line', () => {
    expect([...limits.keys()].sort()).toEqual(Object.keys(table).sort());
  });

  const rows = Object.entries(table).map(([name, columns]) => [name, columns[preset === 'luxury' ? 0 : 1]] as const);
  const fold = (limit: Limit, from: number, stoppedAt: string) => {
    const at = instantAt(from);
    const base = { recordedAt: at, policyVersion: 'v', chargedTo: 'centre', ladder: 'minutes' } as const;
    const events: ClockEvent[] = [
      { ...base, type: 'start', at, seq: 0, limit },
      { type: 'stop', at: stoppedAt, recordedAt: stoppedAt, seq: 1, evidenceId: 'e' },
    ];
    return foldClock(events, calendar);
  };

  test.each(rows)('%s: %s', (name, said) => {
    const limit = limits.get(name) ?? null;
    if (said === '–') {
      expect(limit).toBeNull();
      return;
    }
    if (limit === null) throw new Error(`${name} has no limit`);
    for (const [what, start] of starts) {
      const from = minuteOf(start);
      const counted = slowlyDue(said, from);
      // Where somebody sets the date, it holds as set, whatever day it falls on; a missing one where the table says so.
      const isOpenDate = counted === null;
      const due = counted ?? (said === 'date' ? from + fortnight : from + 1);
      if (isOpenDate) expect(limit).toMatchObject({ at: null });
      const judged: Limit = isOpenDate && said === 'date' ? { at: instantAt(due) } : limit;
      const verdict = (offMs: number) => fold(judged, from, plusMs(instantAt(due), offMs)).state;
      const sides = [-60_000, -1, 0, 999, 1_000, 60_000].map((offMs) => verdict(offMs));
      expect(sides, `${what}, ${start}: due ${textOf(due)}`).toEqual(['met', 'met', 'met', 'met', 'missed', 'missed']);
    }
  });
});
