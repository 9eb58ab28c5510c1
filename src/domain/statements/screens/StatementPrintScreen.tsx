// The statement on A4 住户费用对账单: handed over at the desk, line by line as on the screen.
import { Link } from '@tanstack/react-router';
import { yuanOfFen } from '../../../kernel/money.ts';
import { dayOf, wallTimeOf } from '../../../kernel/time.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import type { Statement } from '../statement.contract.ts';
import { balanceInWords, chargeName, chargeStateWords, statementPageWords as words } from '../statement.words.ts';
import { useStatement } from './useStatement.ts';
import '../../../ui/paper.css';
import './statement.css';

export function StatementPrintScreen() {
  const { unitId, community, from, statement } = useStatement();
  if (statement.error) return <Problem error={statement.error} retry={() => void statement.refetch()} />;
  if (!statement.data) return <div className="busyline" role="status" aria-label={uiWords.loading} />;
  return (
    <div className="paperpage">
      <div className="row wrap no-print papertools">
        <Link
          className="btn"
          to={`/c/${community.code}/households/${unitId}/account`}
          search={from === '' ? {} : { from }}
        >
          {words.backToStatement}
        </Link>
        <span className="grow" />
        <button type="button" className="btn primary" onClick={() => window.print()}>
          {words.print}
        </button>
      </div>
      <Sheet shown={statement.data} communityName={community.name} />
    </div>
  );
}

function Sheet({ shown, communityName }: { shown: Statement; communityName: string }) {
  const [item, due, amount, open, state] = words.chargeColumns;
  const [day, what, change, balance] = words.historyColumns;
  return (
    <article className="paper statementpaper">
      <header>
        <span>{communityName}</span>
        <h1>{words.paperTitle}</h1>
        <span className="copy num">{dayOf(shown.asOf)}</span>
      </header>
      <p className="row wrap">
        <b>
          {words.paperUnit} {shown.unit}
        </b>
        <span>{words.asOf(`${dayOf(shown.asOf)} ${wallTimeOf(shown.asOf).slice(0, 5)}`)}</span>
        <b>{balanceInWords(shown.balanceFen)}</b>
        <span>
          {words.openFen} {yuanOfFen(shown.openFen)} · {words.prepaidFen} {yuanOfFen(shown.prepaidFen)} ·{' '}
          {words.depositFen} {yuanOfFen(shown.depositFen)}
        </span>
      </p>
      <table className="form statementlines">
        <thead>
          <tr>
            <th>{item}</th>
            <th className="day">{due}</th>
            <th className="sum">{amount}</th>
            <th className="sum">{open}</th>
            <th className="day">{state}</th>
          </tr>
        </thead>
        <tbody>
          {shown.charges.map((charge) => (
            <tr key={charge.id}>
              <td>
                {chargeName(charge.item, charge.month)}
                {charge.explanation.map((line) => (
                  <span key={line} className="why">
                    {line}
                  </span>
                ))}
              </td>
              <td className="num">{charge.dueOn}</td>
              <td className="right num">{yuanOfFen(charge.amountFen)}</td>
              <td className="right num">{yuanOfFen(charge.openFen)}</td>
              <td>{chargeStateWords[charge.state]}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table className="form statementlines">
        <thead>
          <tr>
            <th className="day">{day}</th>
            <th>{what}</th>
            <th className="sum">{change}</th>
            <th className="sum">{balance}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td />
            <td>{words.opening(shown.from)}</td>
            <td />
            <td className="right num">{yuanOfFen(shown.openingFen)}</td>
          </tr>
          {[...shown.entries].reverse().map((entry) => (
            <tr key={entry.id}>
              <td className="num">{entry.on}</td>
              <td>
                {entry.words}
                {entry.receiptCode === null ? null : ` ${words.receipt(entry.receiptCode)}`}
                {entry.isReversed ? ` （${words.isReversed}）` : null}
              </td>
              <td className="right num">{yuanOfFen(entry.amountFen)}</td>
              <td className="right num">{yuanOfFen(entry.balanceFen)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{words.paperFoot}</p>
      <p className="signline">
        <span>{words.paperSeal}</span>
        <span>{words.paperReader}</span>
      </p>
    </article>
  );
}
