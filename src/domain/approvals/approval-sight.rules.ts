// Of an approval 审批 about an anonymous case, what a reader may see from whom taker and minute are kept (spec/12 Anonymity).
import type { Instant } from '../../kernel/time.ts';
import { toTheHour } from '../cases/case-sight.rules.ts';
import type { Approval } from './approval.contract.ts';

type Person = { id: string; name: string } | null;

/**
 * Down to the hour, and without the name of whoever took the case. Asking often follows the talk by minutes, and each step
 * of the ladder stands so many minutes after the asking.
 */
export function withoutMinute(approval: Approval, takerId: string | null, opaque: (id: string) => string): Approval {
  const isTaker = (person: Person) => takerId !== null && person?.id === takerId;
  const shown = <Someone extends Person>(person: Someone) => (isTaker(person) ? null : person);
  const hour = (at: Instant | null) => (at === null ? null : toTheHour(at));
  const hours = (minutes: number) => Math.floor(minutes / 60) * 60;
  return {
    ...approval,
    askedBy: shown(approval.askedBy),
    askedAt: toTheHour(approval.askedAt),
    expiresAt: toTheHour(approval.expiresAt),
    decidedAt: hour(approval.decidedAt),
    dueAt: hour(approval.dueAt),
    overdueFrom: hour(approval.overdueFrom),
    stepOpenedAt: toTheHour(approval.stepOpenedAt),
    clocks: approval.clocks.map((clock) => ({
      ...clock,
      startedAt: toTheHour(clock.startedAt),
      dueAt: hour(clock.dueAt),
      overdueFrom: hour(clock.overdueFrom),
      stoppedAt: hour(clock.stoppedAt),
      spentMinutes: hours(clock.spentMinutes),
      overMinutes: hours(clock.overMinutes),
      why: [],
    })),
    timeline: approval.timeline.map((entry) => ({
      ...entry,
      id: opaque(entry.id),
      at: toTheHour(entry.at),
      by: shown(entry.by),
      for: shown(entry.for),
      // Of a taker without a name the post would do as well.
      role: isTaker(entry.by) ? null : entry.role,
    })),
  };
}
