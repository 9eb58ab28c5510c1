// The month's report handed over 回访月报交接 (FU5): first the supervisor, then the manager, each with the date; what was handed
// over stays as it was.
import { Refusal } from '../../kernel/refusal.ts';
import { dayOf, type Instant, monthOf } from '../../kernel/time.ts';
import type { HandOver, MonthAnalysis } from './follow-up-analysis.contract.ts';

/** A month's figures and cases; of what customers said the ids, so that it can still be erased. */
export type FrozenMonth = Omit<MonthAnalysis, 'handOver'> & { lackingTextIds: Record<string, string> };

type Signed = { handedBy: string; acknowledgedAt: Instant | null } | undefined;

/** Figures of a month that still runs are nobody's to sign; one whose last due date is open may be: the 10th does not wait. */
export function checkHandOver(month: string, report: Signed, now: Instant): void {
  if (report) throw new Refusal('follow-up.report_handed');
  if (month >= monthOf(now)) throw new Refusal('follow-up.month_running', { month });
}

export function checkAcknowledge(report: Signed, by: string): void {
  if (!report) throw new Refusal('follow-up.report_not_handed');
  if (report.acknowledgedAt !== null) throw new Refusal('follow-up.report_acknowledged');
  // Two signatures of one person are one.
  if (report.handedBy === by) throw new Refusal('follow-up.own_report');
}

export const freeze = (
  analysis: Omit<MonthAnalysis, 'handOver'>,
  lackingTextIds: Record<string, string>,
): FrozenMonth => {
  const silent = <Row extends { lacking: string | null }>(rows: readonly Row[]) =>
    rows.map((row) => ({ ...row, lacking: null }));
  return { ...analysis, failed: silent(analysis.failed), notReached: silent(analysis.notReached), lackingTextIds };
};

export const isLate = (handOver: Pick<HandOver, 'dueOn' | 'handed'>, now: Instant): boolean =>
  dayOf(handOver.handed?.at ?? now) > handOver.dueOn;
