// The weekly receipt detail 收款明细周报 (FD18, Q5.5): every receipt of the week and what they come to.
import { Link } from '@tanstack/react-router';
import { yuanOfFen } from '../../../kernel/money.ts';
import { dayOf, plusDays, wallTimeOf } from '../../../kernel/time.ts';
import { Card } from '../../../ui/Card.tsx';
import { DayField } from '../../../ui/DayField.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Problem } from '../../../ui/Problem.tsx';
import { methodWords } from '../../ledger/ledger.words.ts';
import { receiptStateWords } from '../../receipts/receipt.words.ts';
import type { ReceiptDetail } from '../receipt-detail.contract.ts';
import { detailWords as words } from '../receipt-detail.words.ts';
import { useReceiptDetail } from './useReceiptDetail.ts';
import './books.css';

export function ReceiptDetailScreen() {
  const { community, query, detail, setAddress } = useReceiptDetail();
  const shown = detail.data;
  const address = new URLSearchParams(query).toString();
  const week = (days: number) =>
    shown ? setAddress({ from: plusDays(shown.from, days), until: plusDays(shown.until, days) }) : undefined;
  return (
    <div className="stack">
      <header className="row wrap">
        <h1>{words.title}</h1>
        <span className="grow" />
        <a className="btn" download href={`/api/v1/communities/${community.id}/receipt-detail/file?${address}`}>
          {words.xlsx}
        </a>
        <Link className="btn primary" to={`/c/${community.code}/receipt-detail/print`} search={query}>
          {words.printPage}
        </Link>
      </header>
      <p className="muted">{words.lead}</p>
      <div className="row wrap detailspan">
        <button type="button" className="btn" onClick={() => week(-7)}>
          {words.before}
        </button>
        <DayField
          label={words.from}
          value={shown?.from ?? ''}
          onChange={(day) => setAddress({ from: day ?? '', until: shown?.until ?? '' })}
        />
        <DayField
          label={words.until}
          value={shown?.until ?? ''}
          onChange={(day) => setAddress({ until: day ?? '', from: shown?.from ?? '' })}
        />
        <button type="button" className="btn" onClick={() => week(7)}>
          {words.after}
        </button>
      </div>
      <Problem error={detail.error} retry={() => void detail.refetch()} />
      {detail.isPending ? <div className="busyline" role="status" aria-label={words.loading} /> : null}
      {shown && shown.receipts.length === 0 ? <EmptyState title={words.none} /> : null}
      {shown && shown.receipts.length > 0 ? <Shown shown={shown} code={community.code} /> : null}
    </div>
  );
}

function Shown({ shown, code }: { shown: ReceiptDetail; code: string }) {
  return (
    <>
      <div className="row wrap detailsums">
        <Sum name={words.standing} count={shown.standing.count} fen={shown.standing.fen} />
        <Sum name={words.reversed} count={shown.reversed.count} fen={shown.reversed.fen} />
        <Sum name={words.voided} count={shown.voided} fen={null} />
      </div>
      <div className="detailgroups">
        <Group title={words.byItem} rows={shown.byItem} />
        <Group
          title={words.byMethod}
          rows={shown.byMethod.map(({ method, fen }) => ({ name: methodWords[method], fen }))}
        />
        <Group title={words.byCashier} rows={shown.byCashier} />
      </div>
      {shown.isCut ? <p className="notice warn">{words.cut}</p> : null}
      <Card flush>
        <div className="tablebox">
          <table className="data detailtable" data-wideonly="2 4 6 7">
            <thead>
              <tr>
                {words.columns.map((name) => (
                  <th key={name}>{name}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.receipts.map((one) => (
                <tr key={one.id} className={one.state === 'issued' ? undefined : 'undone'}>
                  <td className="num">
                    <Link to={`/c/${code}/receipts/${one.id}/print`}>{one.code}</Link>
                  </td>
                  <td className="num nowrap">{`${dayOf(one.at)} ${wallTimeOf(one.at).slice(0, 5)}`}</td>
                  <td className="num nowrap">{one.units.join('、')}</td>
                  <td className="words">{one.items.join('、')}</td>
                  <td className="nowrap">{one.payer}</td>
                  <td>{one.methods.map((method) => methodWords[method]).join('、')}</td>
                  <td>{one.cashier}</td>
                  <td className="num right">{yuanOfFen(one.amountFen)}</td>
                  <td>{one.state === 'issued' ? '' : <span className="tag">{receiptStateWords[one.state]}</span>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Card>
    </>
  );
}

function Sum({ name, count, fen }: { name: string; count: number; fen: number | null }) {
  return (
    <div>
      <span className="muted">{name}</span> <b className="num">{words.sheets(count)}</b>
      {fen === null ? null : <span className="num"> ¥ {yuanOfFen(fen)}</span>}
    </div>
  );
}

function Group({ title, rows }: { title: string; rows: readonly { name: string; fen: number }[] }) {
  return (
    <Card title={title}>
      {rows.map((one) => (
        <div key={one.name} className="row">
          <span className="anywhere">{one.name}</span>
          <span className="grow" />
          <span className="num">{yuanOfFen(one.fen)}</span>
        </div>
      ))}
    </Card>
  );
}
