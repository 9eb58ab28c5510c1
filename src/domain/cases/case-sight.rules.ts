// What of a case's clocks not everybody is shown: a contractor keeps some promises, the others are the house's own; of an
// anonymous case the minute tells who it was.
import { hourMs, type Instant, instantOf, msBetween, msOf } from '../../kernel/time.ts';
import type { Role } from '../access/role.contract.ts';
import type { ClockKind, WhyPart } from '../clocks/clock.contract.ts';
import type { ClockAnswer } from './case.contract.ts';

/** Promises that a contractor keeps; the desk's (notify, call-back, contractor-told) are not its business. */
export const contractorClocks: readonly ClockKind[] = ['on-site', 'complete', 'waiting', 'voucher'];

export const isContractorOnly = (roles: readonly Role[]): boolean =>
  roles.length > 0 && roles.every((role) => role === 'contractor');

/** Without the steps of the ladder, which name who is told; null: not theirs. */
export const clockForContractor = <Clock extends { kind: ClockKind; why: WhyPart[] }>(clock: Clock): Clock | null =>
  contractorClocks.includes(clock.kind) ? { ...clock, why: clock.why.filter((part) => part.code !== 'step') } : null;

/** Down to the full hour: Shanghai's hours are everybody's, its offset being whole. */
export const toTheHour = (instant: Instant): Instant => instantOf(Math.floor(msOf(instant) / hourMs) * hourMs);

/**
 * Start and due are the same minute so many hours apart, so both are shown to the hour, the due time never later than it
 * is. A promise of less than an hour has then nothing to show but that it runs.
 */
export function clockToTheHour<Clock extends ClockAnswer>(clock: Clock): Clock {
  const isShort = clock.dueAt !== null && msBetween(clock.startedAt, clock.dueAt) < hourMs;
  const hour = (at: string | null) => (at === null || isShort ? null : toTheHour(at));
  const hours = (amount: number, unit: number) => Math.floor(amount / unit) * unit;
  return {
    ...clock,
    startedAt: toTheHour(clock.startedAt),
    dueAt: hour(clock.dueAt),
    overdueFrom: hour(clock.overdueFrom),
    wishedAt: null,
    stoppedAt: clock.stoppedAt === null ? null : toTheHour(clock.stoppedAt),
    spentMinutes: hours(clock.spentMinutes, 60),
    overMinutes: hours(clock.overMinutes, 60),
    spentSecondsBy: {
      customer: hours(clock.spentSecondsBy.customer, 3600),
      centre: hours(clock.spentSecondsBy.centre, 3600),
      department: hours(clock.spentSecondsBy.department, 3600),
      contractor: hours(clock.spentSecondsBy.contractor, 3600),
    },
    why: [],
  };
}
