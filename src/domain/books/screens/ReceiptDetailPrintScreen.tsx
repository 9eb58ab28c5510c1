// The weekly receipt detail on A4 lying 收款明细周报: handed to the supervisor on Saturday, both sign.
import { Link } from '@tanstack/react-router';
import { yuanOfFen } from '../../../kernel/money.ts';
import { dayOf, wallTimeOf } from '../../../kernel/time.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { methodWords } from '../../ledger/ledger.words.ts';
import { receiptStateWords } from '../../receipts/receipt.words.ts';
import type { ReceiptDetail } from '../receipt-detail.contract.ts';
import { detailWords as words } from '../receipt-detail.words.ts';
import { useReceiptDetail } from './useReceiptDetail.ts';
import '../../../ui/paper.css';
import './books.css';

const minute = (at: string) => `${dayOf(at).slice(5)} ${wallTimeOf(at).slice(0, 5)}`;

export function ReceiptDetailPrintScreen() {
  const { community, query, detail } = useReceiptDetail();
  if (detail.error) return <Problem error={detail.error} retry={() => void detail.refetch()} />;
  if (!detail.data) return <div className="busyline" role="status" aria-label={words.loading} />;
  return (
    <div className="paperpage">
      <div className="row wrap no-print papertools">
        <Link className="btn" to={`/c/${community.code}/receipt-detail`} search={query}>
          {words.back}
        </Link>
        <span className="grow" />
        <button type="button" className="btn primary" onClick={() => window.print()}>
          {words.print}
        </button>
      </div>
      <Sheet shown={detail.data} />
    </div>
  );
}

function Sheet({ shown }: { shown: ReceiptDetail }) {
  return (
    <article className="paper detailpaper">
      <header>
        <span>{shown.community}</span>
        <h1>{words.title}</h1>
        <span className="copy num">{words.span(shown.from, shown.until)}</span>
      </header>
      <table className="form">
        <thead>
          <tr>
            {words.columns.map((name) => (
              <th key={name}>{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.receipts.map((one) => (
            <tr key={one.id}>
              <td className="num">{one.code}</td>
              <td className="num">{minute(one.at)}</td>
              <td>{one.units.join('、')}</td>
              <td>{one.items.join('、')}</td>
              <td>{one.payer}</td>
              <td>{one.methods.map((method) => methodWords[method]).join('、')}</td>
              <td>{one.cashier}</td>
              <td className="num right">{yuanOfFen(one.amountFen)}</td>
              <td>{one.state === 'issued' ? '' : receiptStateWords[one.state]}</td>
            </tr>
          ))}
          <tr>
            <td colSpan={7}>
              {words.total} {words.sheets(shown.standing.count)} · {words.voided} {words.sheets(shown.voided)} ·{' '}
              {words.reversed} {words.sheets(shown.reversed.count)}
            </td>
            <td className="num right">
              <b>{yuanOfFen(shown.standing.fen)}</b>
            </td>
            <td />
          </tr>
        </tbody>
      </table>
      <p>
        {words.byItem}：{shown.byItem.map((one) => `${one.name} ${yuanOfFen(one.fen)}`).join('；')}
      </p>
      <p>
        {words.byMethod}：
        {shown.byMethod.map(({ method, fen }) => `${methodWords[method]} ${yuanOfFen(fen)}`).join('；')}
      </p>
      {shown.isCut ? <p>{words.cut}</p> : null}
      <p className="signline">
        {words.signs.map((name) => (
          <span key={name}>{name}</span>
        ))}
      </p>
    </article>
  );
}
