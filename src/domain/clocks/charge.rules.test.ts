// Each interval of a clock is charged to exactly one party, and the parts sum to the whole (spec/11, 6).
import { describe, expect, it } from 'vitest';
import { instantOf, msBetween } from '../../kernel/time.ts';
import { testCalendar } from './calendar.fixture.ts';
import {
  addCharged,
  type Charged,
  chargedMinutes,
  chargedSeconds,
  chargeParties,
  nothingCharged,
  sumCharged,
} from './charge.rules.ts';
import type { ChargeParty, ClockEvent } from './clock.contract.ts';
import { foldClock } from './clock.rules.ts';

/** Small and seeded, so that a failing case can be run again. */
function randomOf(seed: number): (below: number) => number {
  let state = seed * 2654435761 + 1;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 374761393) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
const seeds = Array.from({ length: 400 }, (_, seed) => seed + 1);
const partyAt = (index: number): ChargeParty => chargeParties[index] as ChargeParty;

describe('charged time in whole units', () => {
  it('sums to the whole, nobody is a full unit away from their own time, and who spent nothing gets nothing', () => {
    for (const seed of seeds) {
      const random = randomOf(seed);
      const ms = Object.fromEntries(
        chargeParties.map((party) => [party, random(3) === 0 ? 0 : random(5_000_000)]),
      ) as Charged;
      const total = sumCharged(ms);
      const ways = [
        { unit: 1000, charged: chargedSeconds(ms), whole: Math.floor(total / 1000) },
        { unit: 60_000, charged: chargedMinutes(ms), whole: Math.ceil(total / 60_000) },
      ];
      for (const { unit, charged, whole } of ways) {
        expect(sumCharged(charged)).toBe(whole);
        for (const party of chargeParties) {
          expect(charged[party]).toBeGreaterThanOrEqual(0);
          expect(Math.abs(charged[party] - ms[party] / unit)).toBeLessThan(1);
          if (ms[party] === 0) expect(charged[party]).toBe(0);
        }
      }
    }
  });

  it('counts three halves of a minute as two begun minutes, not as three', () => {
    const halves = { customer: 30_000, centre: 30_000, department: 30_000, contractor: 0 };
    expect(sumCharged(chargedMinutes(halves))).toBe(2);
  });
});

describe('a clock handed from one party to the next', () => {
  it('charges each moment to one of them: the sum is stop minus start', () => {
    const calendar = testCalendar();
    for (const seed of seeds) {
      const random = randomOf(seed);
      const startMs = Date.parse('2026-11-23T01:00:00.000Z');
      const at = (ms: number) => instantOf(startMs + ms);
      let ms = 0;
      let expected: Charged = nothingCharged;
      let [party, pausedFor]: [ChargeParty, ChargeParty | null] = ['centre', null];
      const events: ClockEvent[] = [
        {
          type: 'start',
          at: at(0),
          recordedAt: at(0),
          seq: 1,
          limit: { hours: 2, calendar: 'R' },
          policyVersion: '1',
          chargedTo: 'centre',
          ladder: 'hours',
        },
      ];
      for (let step = 1 + random(12); step > 0; step -= 1) {
        const wait = random(7_200_000);
        expected = addCharged(expected, { ...nothingCharged, [pausedFor ?? party]: wait });
        ms += wait;
        const base = { at: at(ms), recordedAt: at(ms), seq: events.length + 1 };
        const next = partyAt(random(chargeParties.length));
        if (random(2) === 0) {
          events.push({ ...base, type: 'charge', chargedTo: next });
          party = next;
        } else if (pausedFor === null) {
          events.push({ ...base, type: 'pause', reason: 'parts', chargedTo: next });
          pausedFor = next;
        } else {
          events.push({ ...base, type: 'resume' });
          pausedFor = null;
        }
      }
      events.push({ at: at(ms), recordedAt: at(ms), seq: events.length + 1, type: 'stop', evidenceId: 'e' });
      const folded = foldClock(events, calendar);
      expect(folded.spentMs).toEqual(expected);
      expect(sumCharged(folded.spentMs)).toBe(msBetween(at(0), at(ms)));
      expect(sumCharged(chargedMinutes(folded.spentMs))).toBe(folded.spentMinutes);
    }
  });
});
