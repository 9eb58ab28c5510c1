// From which fact a follow-up runs, as the standard has it (FU1 `startsFrom`, `mode`): the end of the work, half the way of an
// agreement or its end, the end of an event. A slice with such matters asks this, and hands each start over on its day.
import { type Instant, instantOf, msOf } from '../../kernel/time.ts';
import type { Matter } from '../cases/case-matter.contract.ts';
import type { FollowUpRule } from '../standards/standard.rules.ts';

export type Start = { at: Instant; from: 'done' | 'half-way' | 'end' };

/**
 * An agreement is asked about when half of it is over, or after its end, or both (`mode`: any, all); a one-off order after
 * its end. Nothing starts of what is not done and has no term.
 */
export function startsOf(rule: Pick<FollowUpRule, 'startsFrom' | 'mode'>, { doneAt, term }: Matter): Start[] {
  if (rule.startsFrom === 'half-way-or-end' && term !== undefined) {
    const half: Start = { at: instantOf((msOf(term.from) + msOf(term.until)) / 2), from: 'half-way' };
    const end: Start = { at: doneAt ?? term.until, from: 'end' };
    // Ended before its half, there is nothing left to ask half-way.
    const both = half.at < end.at ? [half, end] : [end];
    return rule.mode === 'all' ? both : both.slice(0, 1);
  }
  return doneAt === null ? [] : [{ at: doneAt, from: rule.startsFrom === 'half-way-or-end' ? 'end' : 'done' }];
}
