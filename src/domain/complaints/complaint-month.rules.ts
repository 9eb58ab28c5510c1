// The counts of a month's complaints and the days they go by (CP11).
import { atWallTime, type Day, type Instant, type Month, plusDays } from '../../kernel/time.ts';
import { firstDayOf, monthAfter } from '../indicators/indicator.rules.ts';
import type {
  ComplaintMonth,
  MonthComplaint,
  MonthExtent,
  MonthSection,
  MonthTally,
  Punctuality,
  VisitReason,
} from './complaint-month.contract.ts';
import { monthSections } from './complaint-month.contract.ts';
import type { Severity } from './complaint-shapes.contract.ts';

export const lastDayOf = (month: Month): Day => plusDays(firstDayOf(monthAfter(month)), -1);

/** CP11: by the 30th, in February by its last day. */
export const cutoffDayOf = (month: Month, day: number): number => Math.min(day, Number(lastDayOf(month).slice(8)));

export const untilOf = (month: Month, extent: MonthExtent, day: number): Day =>
  extent === 'month' ? lastDayOf(month) : `${month}-${String(cutoffDayOf(month, day)).padStart(2, '0')}`;

/** The first midnight after what is counted. */
export const endOf = (until: Day): Instant => atWallTime(until, '24:00');

/** Finished by its promise or not; what still runs is late once its date is over. */
export function punctualityOf(
  clock: { complete: 'met' | 'missed' | 'open' | 'none'; dueAt: Instant | null },
  now: Instant,
): Punctuality {
  if (clock.complete === 'missed') return 'late';
  if (clock.complete === 'met') return 'in-time';
  return clock.complete === 'open' && clock.dueAt !== null && clock.dueAt < now ? 'late' : 'running';
}

/** What speaks for visiting the customer again. */
export function visitReasonsOf(facts: {
  raisings: number;
  punctuality: Punctuality;
  level: Severity;
  satisfied: boolean | null;
  followUp: MonthComplaint['followUp'];
}): VisitReason[] {
  const reasons: VisitReason[] = [];
  if (facts.raisings > 1) reasons.push('repeated');
  if (facts.punctuality === 'late') reasons.push('late');
  if (facts.level !== 'ordinary') reasons.push('grave');
  if (facts.satisfied === false) reasons.push('not-satisfied');
  if (facts.followUp === 'not-acceptable') reasons.push('follow-up-failed');
  return reasons;
}

const count = (items: readonly MonthComplaint[], which: (one: MonthComplaint) => boolean) => items.filter(which).length;

export const tallyOf = (items: readonly MonthComplaint[]): MonthTally => ({
  received: items.length,
  valid: count(items, (one) => one.validity === 'valid'),
  invalid: count(items, (one) => one.validity === 'invalid'),
  undecided: count(items, (one) => one.validity === 'undecided'),
  handled: count(items, (one) => one.resolvedAt !== null),
  inTime: count(items, (one) => one.punctuality === 'in-time'),
  late: count(items, (one) => one.punctuality === 'late'),
  repeated: count(items, (one) => one.raisings > 1),
});

const keyOf: Record<MonthSection, (one: MonthComplaint) => string | null> = {
  kind: (one) => one.category,
  level: (one) => one.level,
  department: (one) => one.department,
  building: (one) => one.building,
};

/** By kind, level, department, building: each complaint in one row of every section. */
export const sectionsOf = (items: readonly MonthComplaint[]): ComplaintMonth['sections'] =>
  monthSections.map((by) => {
    const parts = new Map<string | null, MonthComplaint[]>();
    for (const one of items) parts.set(keyOf[by](one), [...(parts.get(keyOf[by](one)) ?? []), one]);
    const rows = [...parts]
      .map(([key, part]) => ({ key, label: by === 'building' ? key : null, ...tallyOf(part) }))
      .sort((a, b) => b.received - a.received || String(a.key).localeCompare(String(b.key)));
    return { by, rows };
  });
