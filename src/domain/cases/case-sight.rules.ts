// What of a case's clocks somebody from outside is shown: a contractor keeps some promises, the others are the house's own.
import type { Role } from '../access/role.contract.ts';
import type { ClockKind, WhyPart } from '../clocks/clock.contract.ts';

/** Promises that a contractor keeps; the desk's (notify, call-back, contractor-told) are not its business. */
export const contractorClocks: readonly ClockKind[] = ['on-site', 'complete', 'waiting', 'voucher'];

export const isContractorOnly = (roles: readonly Role[]): boolean =>
  roles.length > 0 && roles.every((role) => role === 'contractor');

/** Without the steps of the ladder, which name who is told; null: not theirs. */
export const clockForContractor = <Clock extends { kind: ClockKind; why: WhyPart[] }>(clock: Clock): Clock | null =>
  contractorClocks.includes(clock.kind) ? { ...clock, why: clock.why.filter((part) => part.code !== 'step') } : null;
