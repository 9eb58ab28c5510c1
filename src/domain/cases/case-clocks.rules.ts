// Clocks 时限 of any kind of case: finding a promise's rule in the standard, starting, stopping and voiding what runs.
import { type Instant, later } from '../../kernel/time.ts';
import type { ClockCommand, ClockFact, ClockKind, Limit, Owner } from '../clocks/clock.contract.ts';
import type { ClockRule, StandardDocument } from '../standards/standard.contract.ts';

export const findRule = (document: StandardDocument, kind: ClockKind, variant = ''): ClockRule | undefined =>
  document.clocks.find((rule) => rule.kind === kind && rule.variant === variant);

export const isOpen = (clock: ClockFact): boolean => clock.state === 'running' || clock.state === 'paused';
export const openClock = (clocks: readonly ClockFact[], kind: ClockKind, key = ''): ClockFact | undefined =>
  clocks.find((clock) => clock.kind === kind && clock.key === key && isOpen(clock));

/** Starts a promise by its rule; nothing where this preset has no such clock. `limit` replaces the rule's own. */
export const startByRule = (
  rule: ClockRule | undefined,
  start: { at: Instant; owner: Owner; key?: string; limit?: Limit },
): ClockCommand[] =>
  !rule || rule.limit === null
    ? []
    : [
        {
          do: 'start',
          kind: rule.kind,
          key: start.key ?? '',
          at: start.at,
          limit: start.limit ?? rule.limit,
          ladder: rule.ladder,
          owner: start.owner,
          chargedTo: 'centre',
          rule: rule.source.rule,
          ...(rule.wished ? { wishedLimit: rule.wished } : {}),
        },
      ];

/** A clock may start in the future, at an appointment; what ends it earlier ends it at its start, with nothing spent. */
export const within = (clock: ClockFact, at: Instant): Instant => later(at, clock.startedAt);

export const stopClocks = (
  clocks: readonly ClockFact[],
  kind: ClockKind,
  at: Instant,
  evidenceId: string,
): ClockCommand[] =>
  clocks
    .filter((clock) => clock.kind === kind && isOpen(clock))
    .map((clock) => ({ do: 'stop', kind, key: clock.key, at: within(clock, at), evidenceId }));

export const voidClocks = (
  clocks: readonly ClockFact[],
  which: (clock: ClockFact) => boolean,
  at: Instant,
  reason: string,
): ClockCommand[] =>
  clocks
    .filter((clock) => isOpen(clock) && which(clock))
    .map((clock) => ({ do: 'void', kind: clock.kind, key: clock.key, at: within(clock, at), reason }));

/** A call noted on the line: to the contractor it meets `contractor-told` (RP7), an outgoing one to the customer `call-back`. */
export function notedCall(
  clocks: readonly ClockFact[],
  call: {
    to: 'customer' | 'contractor' | 'department' | 'other';
    direction: 'out' | 'in';
    at: Instant;
    eventId: string;
  },
): ClockCommand[] {
  if (call.direction !== 'out') return [];
  if (call.to === 'contractor') return stopClocks(clocks, 'contractor-told', call.at, call.eventId);
  if (call.to === 'customer') return stopClocks(clocks, 'call-back', call.at, call.eventId);
  if (call.to === 'department') return stopClocks(clocks, 'notify', call.at, call.eventId);
  return [];
}
