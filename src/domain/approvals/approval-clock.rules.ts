// The clock `approve` of each step: folded from what happened to the approval, so that no second record can differ.
import type { Instant } from '../../kernel/time.ts';
import type { Role } from '../access/role.contract.ts';
import type { ClockEvent } from '../clocks/clock.contract.ts';
import type { ClockRule } from '../standards/standard.contract.ts';
import type { ApprovalAction } from './approval.contract.ts';

export type ApprovalEvent = {
  id: string;
  seq: number;
  action: ApprovalAction;
  step: number;
  at: Instant;
  recordedAt: Instant;
  facts: { dutyRole?: Role; calendarVersion?: string };
};
export type StepClock = { step: number; events: ClockEvent[] };

type LimitedRule = ClockRule & { limit: NonNullable<ClockRule['limit']> };

/** One clock an opened step, in order; none where the standard gives deciding no limit. */
export function stepClocks(
  events: readonly ApprovalEvent[],
  rule: LimitedRule | null,
  policyVersion: string,
): StepClock[] {
  if (rule === null) return [];
  const clocks: StepClock[] = [];
  for (const event of events) {
    const { at, recordedAt, seq, facts } = event;
    const open = clocks.at(-1)?.events;
    if (event.action === 'open-step') {
      const owner = { staffId: null, role: facts.dutyRole ?? (rule.owner[0] as Role) };
      clocks.push({
        step: event.step,
        events: [
          {
            type: 'start',
            at,
            recordedAt,
            seq,
            limit: rule.limit,
            policyVersion,
            rule: rule.source.rule,
            ...(facts.calendarVersion ? { calendarVersion: facts.calendarVersion } : {}),
            chargedTo: 'centre',
            ladder: rule.ladder,
          },
          { type: 'assign', at, recordedAt, seq, owner },
        ],
      });
    } else if (event.action === 'recalculated')
      open?.push({ type: 'recalculated', at, recordedAt, seq, calendarVersion: facts.calendarVersion ?? '' });
    else if (event.action === 'approve' || event.action === 'reject' || event.action === 'return')
      open?.push({ type: 'stop', at, recordedAt, seq, evidenceId: event.id });
    else if (event.action === 'withdraw' || event.action === 'lapse')
      open?.push({ type: 'void', at, recordedAt, seq, reason: event.action });
  }
  return clocks;
}
