// Which complaints of a month count for which figure (CP13; spec/11 Denominators). One belongs to the month in which it
// was received, or, for what is said of its handling, to that in which it was resolved and stood so at the month's end.
import type { Instant } from '../../kernel/time.ts';
import type { IndicatorRow } from '../indicators/indicator.contract.ts';
import type { Validity } from './complaint-shapes.contract.ts';
import { exportedTime } from './complaint-sight.rules.ts';

export type CountedComplaint = Omit<IndicatorRow, 'counts' | 'cause'> & {
  cause: string | null;
  anonymous: boolean;
  at: Instant;
};
export type ReceivedComplaint = CountedComplaint & {
  isResolved: boolean;
  validity: Validity;
  /** `none`: nobody promised an answer by a time (the luxury table has no such promise). */
  answer: 'met' | 'open' | 'missed' | 'none';
};
export type HandledComplaint = CountedComplaint & {
  /** Resolved twice in one month, after a reopening, it is late if either was. */
  complete: 'met' | 'missed' | 'none';
};

/**
 * As rows of a figure, in the order of their event. The minute of an anonymous one is shown to nobody, and its place among
 * the others must not tell it either (CP12).
 */
export const complaintRows = <One extends CountedComplaint>(
  complaints: readonly One[],
  counts: (complaint: One) => boolean,
): IndicatorRow[] =>
  complaints
    .map((complaint) => {
      const { caseId, code, kind, unit, level, category, cause, anonymous, at } = complaint;
      const shownAt = exportedTime(at, anonymous);
      return { caseId, code, kind, unit, level, category, cause, at: shownAt, counts: counts(complaint) };
    })
    .sort((a, b) => (a.at === b.at ? (a.caseId < b.caseId ? -1 : 1) : a.at < b.at ? -1 : 1));

/** V: handled ÷ received, at the day of reckoning. */
export const handledRows = (received: readonly ReceivedComplaint[]): IndicatorRow[] =>
  complaintRows(received, (one) => one.isResolved);

/** V, C2.4: answered in time ÷ those with a time to be answered by. */
export const answeredRows = (received: readonly ReceivedComplaint[]): IndicatorRow[] =>
  complaintRows(
    received.filter((one) => one.answer !== 'none'),
    (one) => one.answer === 'met',
  );

/** V: the valid ones, to be divided by households; one that nobody has judged yet is not valid yet (CP7). */
export const validRows = (received: readonly ReceivedComplaint[]): IndicatorRow[] =>
  complaintRows(
    received.filter((one) => one.validity === 'valid'),
    () => true,
  );

/** CP3: finished by the limit or the agreed date ÷ resolved. */
export const timelyComplaintRows = (handled: readonly HandledComplaint[]): IndicatorRow[] =>
  complaintRows(handled, (one) => one.complete === 'met');
