// Household visits 上门拜访 (FU7, C3.6.1): whose move it is, what an appointment and a record need, and what each person
// owes in a month: so many different households, visited and recorded.
import { allowsBy, allowsFrom } from '../../kernel/moves.ts';
import { type FieldFault, Refusal } from '../../kernel/refusal.ts';
import { type Day, dayOf, daysBetween, type Instant, later, type Month, monthOf, plusDays } from '../../kernel/time.ts';
import type { Role } from '../access/role.contract.ts';
import type { VisitMove, VisitState } from './visit.contract.ts';
import { moves, type VisitHat } from './visit.moves.ts';

export type VisitFact = { state: VisitState; visitorId: string; at: Instant; madeAt: Instant };
export type Asker = { accountId: string; mayArrange: boolean; mayReview: boolean };

export function hatsOf(fact: Pick<VisitFact, 'visitorId'>, asker: Asker): VisitHat[] {
  const isVisitor = fact.visitorId === asker.accountId;
  return [
    ...(isVisitor ? (['visitor'] as const) : []),
    ...(asker.mayArrange ? (['arranger'] as const) : []),
    ...(asker.mayReview && !isVisitor ? (['reviewer'] as const) : []),
  ];
}

export function refusalOf(fact: VisitFact, asker: Asker, name: VisitMove): Refusal | null {
  const move = moves[name];
  if (!allowsBy(move, hatsOf(fact, asker))) return new Refusal('visit.not_yours', { move: name }, 403);
  if (!allowsFrom(move, fact.state)) return new Refusal('visit.move_not_allowed', { state: fact.state, move: name });
  return null;
}

/** A year ahead: beyond it a year was mistyped. */
const farthestDays = 366;

/** By appointment: a day to come, today's earlier hours too, for what was agreed at the door. */
export function appointmentFaults(at: Instant, now: Instant): FieldFault[] {
  const [day, today] = [dayOf(at), dayOf(now)];
  if (day < today) return [{ path: 'at', code: 'day_gone' }];
  return daysBetween(today, day) > farthestDays ? [{ path: 'at', code: 'too_far_ahead' }] : [];
}

/** It was held: not in the future, and not before the day on which it was agreed. */
export function heldFaults(heldAt: Instant, fact: Pick<VisitFact, 'madeAt'>, now: Instant): FieldFault[] {
  if (heldAt > now) return [{ path: 'heldAt', code: 'in_the_future' }];
  return dayOf(heldAt) < dayOf(fact.madeAt) ? [{ path: 'heldAt', code: 'before_appointment' }] : [];
}

export const isLate = (fact: Pick<VisitFact, 'state' | 'at'>, now: Instant): boolean =>
  fact.state === 'appointed' && fact.at < now;

// ── the duty of a month ─────────────────────────────────────────────────────────────────────────────

/** The duty as the standard sets it. */
export type DutyRule = { perPersonPerMonth: number; roles: readonly Role[] };
export type Holder = { accountId: string; name: string; role: Role };
export type HeldFact = { visitorId: string; unitId: string; heldAt: Instant };
export type AheadFact = { visitorId: string; unitId: string; at: Instant };

export type Duty = {
  person: { id: string; name: string; roles: Role[] };
  households: number;
  visits: number;
  ahead: number;
  missing: number;
};

/** Who owes visits, once each whatever posts they hold, by name. */
export function peopleOwing(holders: readonly Holder[], rule: DutyRule): Duty['person'][] {
  const people = new Map<string, Duty['person']>();
  for (const { accountId, name, role } of holders) {
    if (!rule.roles.includes(role)) continue;
    const known = people.get(accountId) ?? { id: accountId, name, roles: [] };
    if (!known.roles.includes(role)) known.roles.push(role);
    people.set(accountId, known);
  }
  return [...people.values()].sort((a, b) => a.name.localeCompare(b.name, 'zh') || a.id.localeCompare(b.id));
}

/**
 * The duty is households, not visits: a second visit to the same one is good, and counts no second time. Two people who
 * visit the same household both count it.
 */
export function dutiesOf(
  month: Month,
  rule: DutyRule,
  holders: readonly Holder[],
  held: readonly HeldFact[],
  appointed: readonly AheadFact[],
): Duty[] {
  return peopleOwing(holders, rule).map((person) => {
    const own = held.filter((one) => one.visitorId === person.id && monthOf(one.heldAt) === month);
    const households = new Set(own.map((one) => one.unitId));
    const ahead = new Set(
      appointed
        .filter((one) => one.visitorId === person.id && monthOf(one.at) === month && !households.has(one.unitId))
        .map((one) => one.unitId),
    );
    return {
      person,
      households: households.size,
      visits: own.length,
      ahead: ahead.size,
      missing: Math.max(0, rule.perPersonPerMonth - households.size),
    };
  });
}

/** Of each person the last visit among these, in whatever order they come. */
export function lastVisits(held: readonly HeldFact[]): Map<string, Instant> {
  const last = new Map<string, Instant>();
  for (const { visitorId, heldAt } of held) last.set(visitorId, later(last.get(visitorId) ?? heldAt, heldAt));
  return last;
}

/**
 * Which warning is due today: the smallest of the steps that still covers the days left, so that a program which slept
 * warns once and not for each step it missed; null before the first.
 */
export function warningStep(today: Day, daysBeforeMonthEnd: readonly number[]): number | null {
  const [year = 0, number = 1] = today.split('-').map(Number);
  const next = `${number === 12 ? year + 1 : year}-${String(number === 12 ? 1 : number + 1).padStart(2, '0')}-01`;
  const left = daysBetween(today, plusDays(next, -1));
  const open = daysBeforeMonthEnd.filter((step) => left <= step);
  return open.length === 0 ? null : Math.min(...open);
}
