// 300 random event lists against a slow counter that walks through every minute and knows no arithmetic.
import { describe, expect, test } from 'vitest';
import { instantOf, msOf } from '../../kernel/time.ts';
import { announcedYears, testCalendar, wall } from './calendar.fixture.ts';
import type { CalendarCode, ChargeParty, ClockEvent } from './clock.contract.ts';
import { foldClock } from './clock.rules.ts';

const calendar = testCalendar();
const parties: ChargeParty[] = ['customer', 'centre', 'department', 'contractor'];

/** Small and seeded, so that a failing list can be run again. */
function randomOf(seed: number): (below: number) => number {
  let state = seed * 2654435761 + 1;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 374761393) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const moved = new Set(announcedYears.flatMap((year) => year.work));
const off = new Set<string>();
for (const year of announcedYears)
  for (const [, from, to] of year.off)
    for (let ms = Date.parse(from); ms <= Date.parse(to); ms += 86_400_000) off.add(instantOf(ms).slice(0, 10));

/** Whether the minute that begins here is open, straight from the published lists. */
function isOpen(ms: number, code: CalendarCode): boolean {
  if (code === 'R') return true;
  const local = instantOf(ms + 8 * 3_600_000);
  const day = local.slice(0, 10);
  const hour = Number(local.slice(11, 13));
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const worked = moved.has(day) || (!off.has(day) && weekday !== 0 && weekday !== 6);
  return worked && ((hour >= 8 && hour < 12) || (hour >= 14 && hour < 18));
}

type Term = { left: number; code: CalendarCode; fromMs: number; due: number | null };

/** Walks from the start, minute by minute, doing what each event says when its minute comes. */
function slowFold(events: readonly ClockEvent[], untilMs: number) {
  const start = events[0];
  if (start?.type !== 'start' || !('minutes' in start.limit)) throw new Error('a list begins with its start');
  const code = start.limit.calendar;
  const startMs = msOf(start.at);
  const spent: Record<ChargeParty, number> = { customer: 0, centre: 0, department: 0, contractor: 0 };
  const paused: boolean[] = [];
  /** A term that counts from the start replays the minutes gone by, as they were paused or not. */
  const replay = (minutes: number, fromMs: number, nowMs: number): Term => {
    const term: Term = { left: minutes, code, fromMs, due: null };
    for (let ms = fromMs; ms < nowMs; ms += 60_000) tick(term, ms, paused[(ms - startMs) / 60_000] ?? false);
    return term;
  };
  const tick = (term: Term, ms: number, isPaused: boolean): void => {
    if (term.due !== null || isPaused || !isOpen(ms, term.code)) return;
    term.left -= 1;
    if (term.left === 0) term.due = ms + 60_000;
  };
  let terms: Term[] = [{ left: start.limit.minutes, code, fromMs: startMs, due: null }];
  let fixed: number | null = null;
  let pausedBy: ChargeParty | null = null;
  let charged = start.chargedTo;
  let next = 1;
  let ended: ClockEvent['type'] | null = null;
  let ms = startMs;
  const dueNow = (): number | null => {
    const dues = [...terms.map((term) => term.due), fixed].filter((due) => due !== null);
    return dues.length === 0 ? null : Math.min(...dues);
  };
  for (; ended === null && ms <= untilMs; ms += 60_000) {
    for (let event = events[next]; event !== undefined && msOf(event.at) === ms; event = events[++next]) {
      if (event.type === 'pause') pausedBy = event.chargedTo;
      if (event.type === 'resume') pausedBy = null;
      if (event.type === 'charge') charged = event.chargedTo;
      if (event.type === 'agree') {
        fixed = msOf(event.dueAt);
        terms = [];
      }
      if (event.type === 'rebase' && 'minutes' in event.limit) {
        const isRise = event.rise !== undefined;
        const response = event.rise?.responseLimit;
        const hasRunOut = (dueNow() ?? Number.POSITIVE_INFINITY) < ms;
        const candidate = replay(event.limit.minutes, startMs, ms);
        const gone = candidate.due !== null && candidate.due < ms;
        if (!isRise && fixed === null && !gone) terms = [candidate];
        if (isRise && !gone) terms.push(candidate);
        if (isRise && gone && !hasRunOut && response && 'minutes' in response)
          terms.push({ left: response.minutes, code, fromMs: ms, due: null });
      }
      if (event.type === 'stop' || event.type === 'void') {
        ended = event.type;
        break;
      }
    }
    if (ended !== null) break;
    spent[pausedBy ?? charged] += 1;
    paused.push(pausedBy !== null);
    for (const term of terms) tick(term, ms, pausedBy !== null);
  }
  const endMs = ms;
  // What is still open at the end is walked out, unpaused, to know when it would have been due.
  for (let on = endMs; terms.some((term) => term.due === null); on += 60_000)
    for (const term of terms) tick(term, on, false);
  const due = dueNow();
  const late = due !== null && endMs > due;
  return { due, spent, state: late ? 'missed' : ended === 'stop' ? 'met' : 'void', endMs, startMs };
}

function randomEvents(seed: number): ClockEvent[] {
  const random = randomOf(seed);
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  const code = pick(['R', 'O'] as const);
  const firstMs = msOf(wall('2023-01-01 00:00'));
  let ms = firstMs + random(3.9 * 365 * 24 * 60) * 60_000;
  const limit = () => ({ minutes: 1 + random(pick([30, 600, 3000])), calendar: code });
  const stamp = (seq: number) => ({ at: instantOf(ms), recordedAt: instantOf(ms), seq });
  const events: ClockEvent[] = [
    { ...stamp(0), type: 'start', limit: limit(), policyVersion: 'v', chargedTo: pick(parties), ladder: 'minutes' },
  ];
  const count = random(9);
  for (let seq = 1; seq <= count; seq++) {
    ms += random(pick([5, 240, 4000])) * 60_000;
    const kind = random(10);
    if (kind < 3) events.push({ ...stamp(seq), type: 'pause', reason: 'parts', chargedTo: pick(parties) });
    else if (kind < 6) events.push({ ...stamp(seq), type: 'resume' });
    else if (kind < 7) events.push({ ...stamp(seq), type: 'charge', chargedTo: pick(parties) });
    else if (kind < 8 && random(2) === 0)
      events.push({ ...stamp(seq), type: 'agree', dueAt: instantOf(ms + (1 + random(3000)) * 60_000), consentId: 'c' });
    else if (kind < 9) events.push({ ...stamp(seq), type: 'rebase', limit: limit(), reason: 'level' });
    else
      events.push({ ...stamp(seq), type: 'rebase', limit: limit(), reason: 'rise', rise: { responseLimit: limit() } });
  }
  ms += random(4000) * 60_000;
  const end = stamp(count + 1);
  events.push(random(5) === 0 ? { ...end, type: 'void', reason: 'x' } : { ...end, type: 'stop', evidenceId: 'e' });
  return events;
}

describe('300 random event lists on both calendars, 2023–2026', () => {
  test.each(Array.from({ length: 300 }, (_, seed) => seed))('list %i counts as minute by minute', (seed) => {
    const events = randomEvents(seed);
    const slow = slowFold(events, msOf((events.at(-1) as ClockEvent).at));
    const shuffled = [...events].reverse();
    const folded = foldClock(shuffled, calendar);
    expect({ due: folded.dueAt, state: folded.state }).toEqual({
      due: slow.due === null ? null : instantOf(slow.due),
      state: slow.state,
    });
    const minutes = Object.fromEntries(Object.entries(folded.spentMs).map(([party, spent]) => [party, spent / 60_000]));
    expect(minutes).toEqual(slow.spent);
    expect(Object.values(folded.spentMs).reduce((a, b) => a + b)).toBe(slow.endMs - slow.startMs);
    const over = slow.state === 'missed' && slow.due !== null ? (slow.endMs - slow.due) / 60_000 : 0;
    expect([folded.spentMinutes, folded.overMinutes]).toEqual([(slow.endMs - slow.startMs) / 60_000, over]);
  });
});
