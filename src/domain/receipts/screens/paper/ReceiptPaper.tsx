// The sheets of a receipt: as many lines as the paper holds, the sum and its capitals on the last one.
import { methodWords } from '../../../ledger/ledger.words.ts';
import type { Receipt, ReceiptLine } from '../../receipt.contract.ts';
import { receiptPaperWords as words } from '../../receipt-page.words.ts';

export const ways = ['laser', 'impact'] as const;
export type Way = (typeof ways)[number];

/** What a sheet holds when each of its lines is as long as names and rooms get. */
const linesOnSheet: Record<Way, number> = { laser: 9, impact: 8 };

export function ReceiptPaper(props: { receipt: Receipt; way: Way }) {
  const { receipt, way } = props;
  const sheets = cut(receipt.lines, linesOnSheet[way]);
  const copies = way === 'laser' ? words.copies : [words.parts];
  return copies.map((copy) =>
    sheets.map((lines, at) => (
      <Sheet
        key={`${copy} ${lines[0]?.charge ?? ''} ${lines[0]?.month ?? ''} ${lines[0]?.unit ?? ''}`}
        {...{ receipt, way, copy, lines, at: at + 1, of: sheets.length }}
      />
    )),
  );
}

function cut(lines: readonly ReceiptLine[], most: number): (readonly ReceiptLine[])[] {
  const sheets: ReceiptLine[][] = [];
  for (let at = 0; at < lines.length; at += most) sheets.push(lines.slice(at, at + most));
  return sheets.length === 0 ? [[]] : sheets;
}

function Sheet(props: {
  receipt: Receipt;
  way: Way;
  copy: string;
  lines: readonly ReceiptLine[];
  at: number;
  of: number;
}) {
  const { receipt, way, lines } = props;
  const isLast = props.at === props.of;
  const marks = [
    ...(receipt.isDuplicate ? [words.duplicate] : []),
    ...(receipt.state === 'voided' ? [words.voided] : []),
    ...(receipt.state === 'reversed' ? [words.reversed] : []),
  ];
  return (
    <article className={`paper receipt ${way}`} aria-label={`${words.title} ${receipt.code}`}>
      <header>
        <span className="left">
          {receipt.company}
          <br />
          {receipt.community}
        </span>
        <h1>
          {words.title}
          {marks.map((mark) => (
            <b key={mark} className="mark">
              {mark}
            </b>
          ))}
        </h1>
        <span className="copy">
          {props.copy}
          <br />
          <b className="no">№ {receipt.code}</b>
        </span>
      </header>
      <div className="meta">
        <span>
          {words.date}：{words.moment(receipt.issuedAt)}
        </span>
        <span>
          {words.payer}：{receipt.payer}
        </span>
        <span>
          {words.method}：{receipt.method.map((one) => methodWords[one]).join('、')}
        </span>
        {props.of > 1 ? <span>{words.sheet(props.at, props.of)}</span> : null}
      </div>
      <table className="form receiptform">
        <thead>
          <tr>
            {words.columns.map((name) => (
              <th key={name}>{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a receipt never change
            <tr key={index}>
              <td>{line.unit}</td>
              <td>{line.charge}</td>
              <td className="nobreak">{line.month ?? ''}</td>
              <td className="num">{line.quantity}</td>
              <td className="num">{line.unitPrice}</td>
              <td className="num">{words.yuan(line.amountFen)}</td>
            </tr>
          ))}
          <tr className="sum">
            {isLast ? (
              <>
                <td colSpan={4}>
                  {words.capitals}：<b>{receipt.amountInCapitals}</b>
                </td>
                <td>{words.total}</td>
                <td className="num">
                  <b>¥ {words.yuan(receipt.amountFen)}</b>
                </td>
              </>
            ) : (
              <td colSpan={6}>{words.more}</td>
            )}
          </tr>
        </tbody>
      </table>
      <footer>
        <span>{words.seal}：</span>
        <span>
          {words.cashier}：{receipt.cashier}
        </span>
      </footer>
      <p className="fine">{words.fine}</p>
    </article>
  );
}
