// The receipts of a day by book: from, to, the voided among them.
import { dailyClosePageWords as words } from '../../daily-close-page.words.ts';
import type { ReceiptSpan } from '../../daily-close-view.contract.ts';

export function Receipts({ spans }: { spans: readonly ReceiptSpan[] }) {
  if (spans.length === 0) return <p className="muted">{words.noReceipts}</p>;
  return spans.map(({ series, from, to, voided }) => (
    <p key={`${series} ${from}`}>
      <span className="num">{words.receiptSpan(series, from, to)}</span>
      {voided.length === 0 ? null : <span className="muted"> {words.voided(voided)}</span>}
    </p>
  ));
}
