// Calls and visits that became no case 来电来访: a handful each day, at the desk's hours.
import { atWallTime, dayOf, type Instant, plusDays, plusMinutes } from '../../kernel/time.ts';
import { deskTalks } from './demo-repairs.words.ts';
import type { PlannedParty, PlannedUnit } from './demo-town.rules.ts';
import type { Random } from './seeded-random.rules.ts';

export type TalkDraft = {
  at: Instant;
  by: string;
  unit: number | null;
  party: number | null;
  channel: 'phone' | 'counter' | 'wechat';
  request: string;
  outcome: 'answered' | 'call-back' | 'message' | 'open';
  /** When what was promised was kept; null: it still waits. */
  settledAt: Instant | null;
};

export function planTalks(
  random: Random,
  town: { units: readonly PlannedUnit[]; parties: readonly PlannedParty[] },
  desks: readonly string[],
  now: Instant,
  days: number,
  aDay: number,
): TalkDraft[] {
  const talks: TalkDraft[] = [];
  for (let ago = days; ago >= 0; ago--)
    for (let one = 0; one < aDay; one++) {
      const at = plusMinutes(atWallTime(plusDays(dayOf(now), -ago), '07:40'), random.between(0, 740));
      const [request, outcome] = random.pick(deskTalks);
      const unit = random.chance(0.8) ? random.between(0, town.units.length - 1) : null;
      const home = unit === null ? [] : (town.units[unit]?.relations ?? []).filter((each) => each.untilOn === null);
      const channel = random.weighted([
        ['phone', 7],
        ['counter', 3],
        ['wechat', 1],
      ] as const);
      const by = random.pick(desks);
      const party = home.length > 0 ? random.pick(home).party : null;
      if (at > now) continue;
      const settledAt = plusMinutes(at, random.between(3, 9));
      const isSettled = outcome !== 'answered' && settledAt <= now;
      talks.push({ at, by, unit, party, channel, request, outcome, settledAt: isSettled ? settledAt : null });
    }
  return talks;
}
