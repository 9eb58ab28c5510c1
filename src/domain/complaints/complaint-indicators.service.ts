// The figures of the complaints 投诉指标 (CP13), handed to the indicators in the wiring.
import { dayOf, later, type Month } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { IndicatorRow } from '../indicators/indicator.contract.ts';
import { checkedOn, spanOf } from '../indicators/indicator.rules.ts';
import type { IndicatorSource } from '../indicators/indicator-month.service.ts';
import { householdsAt } from '../indicators/indicator-place.store.ts';
import type { StandardDocument } from '../standards/standard.contract.ts';
import {
  answeredRows,
  type HandledComplaint,
  handledRows,
  type ReceivedComplaint,
  timelyComplaintRows,
  validRows,
} from './complaint-indicators.rules.ts';
import { lastDueOfReceived, listHandledComplaints, listReceivedComplaints } from './complaint-indicators.store.ts';

/** What every figure of handled complaints counts from, that of their follow-up among them. */
export const handledComplaints = (tx: Tx, communityId: string, month: Month): Promise<HandledComplaint[]> =>
  listHandledComplaints(tx, communityId, spanOf(month));

const checked = (_tx: Tx, _communityId: string, month: Month, { indicators }: StandardDocument) =>
  checkedOn(month, indicators.monthCheckedByDay.value);

/** What came in can still be answered and finished until the last of its dates. */
const lastPromise: IndicatorSource['finalOn'] = async (tx, communityId, month, document) => {
  const due = await lastDueOfReceived(tx, communityId, spanOf(month));
  const day = checked(tx, communityId, month, document);
  return due === null ? day : later(day, dayOf(due));
};

const ofReceived =
  (count: (received: readonly ReceivedComplaint[]) => IndicatorRow[]): IndicatorSource['rows'] =>
  async (tx, communityId, month) =>
    count(await listReceivedComplaints(tx, communityId, spanOf(month)));

export const complaintIndicators: readonly IndicatorSource[] = [
  {
    name: 'complaints-handled',
    formulaVersion: 1,
    comparison: 'at-least',
    target: ({ complaint }) => complaint.handledTarget.value,
    finalOn: lastPromise,
    rows: ofReceived(handledRows),
  },
  {
    name: 'complaint-timeliness',
    formulaVersion: 1,
    comparison: 'at-least',
    // No manual sets a share for it.
    target: () => null,
    finalOn: checked,
    rows: async (tx, communityId, month) => timelyComplaintRows(await handledComplaints(tx, communityId, month)),
  },
  {
    name: 'complaint-answered',
    formulaVersion: 1,
    comparison: 'at-least',
    target: ({ complaint }) => complaint.answeredTarget.value,
    finalOn: lastPromise,
    rows: ofReceived(answeredRows),
  },
  {
    name: 'valid-complaints',
    formulaVersion: 1,
    comparison: 'below',
    target: ({ complaint }) => complaint.validBelow.value,
    finalOn: lastPromise,
    rows: ofReceived(validRows),
    denominator: householdsAt,
  },
];
