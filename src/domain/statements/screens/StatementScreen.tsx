// The household's statement 对账单 (MN12): what is owed and how it was worked out, what was paid, what is held.
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { yuanOfFen } from '../../../kernel/money.ts';
import { dayOf, wallTimeOf } from '../../../kernel/time.ts';
import { Card } from '../../../ui/Card.tsx';
import { DayField } from '../../../ui/DayField.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { serverNow } from '../../../ui/now.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { usePageTitle } from '../../../ui/useTitle.ts';
import type { Statement, StatementCharge } from '../statement.contract.ts';
import {
  balanceInWords,
  chargeName,
  chargeStateWords,
  payerWords,
  statementPageWords as words,
} from '../statement.words.ts';
import { useStatement } from './useStatement.ts';
import './statement.css';

const minute = (at: string) => `${dayOf(at)} ${wallTimeOf(at).slice(0, 5)}`;
const signed = (fen: number) => (fen > 0 ? `+${yuanOfFen(fen)}` : yuanOfFen(fen));

export function StatementScreen() {
  const { unitId, community, from, setFrom, statement } = useStatement();
  usePageTitle(statement.data && words.title(statement.data.unit), community.name);
  if (statement.error) return <Problem error={statement.error} retry={() => void statement.refetch()} />;
  if (!statement.data) return <div className="busyline" role="status" aria-label={uiWords.loading} />;
  const shown = statement.data;
  const household = `/c/${community.code}/households/${unitId}`;
  return (
    <div className="stack">
      <header className="row wrap statementhead">
        <h1>{words.title(shown.unit)}</h1>
        <span className="faint num">{words.asOf(minute(shown.asOf))}</span>
        <span className="grow" />
        <Link className="btn" to={household}>
          {words.back}
        </Link>
        <Link className="btn primary" to={`${household}/account/print`} search={from === '' ? {} : { from }}>
          {words.printPage}
        </Link>
      </header>
      <Totals shown={shown} />
      <div className="row wrap statementsince">
        <DayField
          label={words.since}
          value={from === '' ? shown.from : from}
          onChange={setFrom}
          until={dayOf(serverNow())}
        />
      </div>
      <Charges charges={shown.charges} />
      {shown.deposits.length === 0 ? null : <Deposits shown={shown} />}
      <History shown={shown} />
    </div>
  );
}

function Totals({ shown }: { shown: Statement }) {
  const { balanceFen, openFen, prepaidFen, depositFen } = shown;
  const label = balanceFen > 0 ? words.balance : balanceFen < 0 ? words.ahead : words.even;
  return (
    <Card>
      <dl className="statementtotals">
        <div className="whole">
          <dt>{label}</dt>
          <dd className={balanceFen > 0 ? 'num owed' : 'num'}>{yuanOfFen(Math.abs(balanceFen))}</dd>
        </div>
        {(
          [
            [words.openFen, openFen],
            [words.prepaidFen, prepaidFen],
            [words.depositFen, depositFen],
          ] as const
        ).map(([name, fen]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="num">{yuanOfFen(fen)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function Charges({ charges }: { charges: readonly StatementCharge[] }) {
  const [isOnlyOpen, setOnlyOpen] = useState(false);
  const shown = isOnlyOpen ? charges.filter(({ openFen }) => openFen > 0) : charges;
  const choice = (
    <fieldset className="row statementchoice" aria-label={words.filter}>
      {[false, true].map((only) => (
        <label key={String(only)} className="row">
          <input type="radio" name="only-open" checked={isOnlyOpen === only} onChange={() => setOnlyOpen(only)} />
          {only ? words.onlyOpen : words.all}
        </label>
      ))}
    </fieldset>
  );
  if (charges.length === 0)
    return (
      <Card title={words.charges}>
        <p className="muted">{words.noCharges}</p>
      </Card>
    );
  const [item, due, amount, open, state] = words.chargeColumns;
  return (
    <Card title={words.charges} note={shown.length} actions={choice} flush>
      <div className="tablebox">
        <table className="data" data-wideonly="2">
          <thead>
            <tr>
              <th>{item}</th>
              <th>{due}</th>
              <th className="right">{amount}</th>
              <th className="right">{open}</th>
              <th>{state}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((charge) => (
              <tr key={charge.id}>
                <td className="statementwhy">
                  <b>{chargeName(charge.item, charge.month)}</b>{' '}
                  <span className="faint">{payerWords[charge.payer]}</span>
                  {charge.explanation.length === 0 ? null : (
                    <details>
                      <summary>{words.why}</summary>
                      {charge.explanation.map((line) => (
                        <p key={line}>{line}</p>
                      ))}
                      {charge.difference === null ? null : <p className="muted">{charge.difference}</p>}
                    </details>
                  )}
                </td>
                <td className="num">{charge.dueOn}</td>
                <td className="num right">{yuanOfFen(charge.amountFen)}</td>
                <td className="num right">{charge.openFen === 0 ? '' : yuanOfFen(charge.openFen)}</td>
                <td>
                  <span className={charge.openFen > 0 ? 'tag raised' : 'tag'}>{chargeStateWords[charge.state]}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function Deposits({ shown }: { shown: Statement }) {
  const [item, at, taken, held] = words.depositColumns;
  return (
    <Card title={words.deposits} note={shown.deposits.length} flush>
      <div className="tablebox">
        <table className="data" data-wideonly="2">
          <thead>
            <tr>
              <th>{item}</th>
              <th>{at}</th>
              <th className="right">{taken}</th>
              <th className="right">{held}</th>
            </tr>
          </thead>
          <tbody>
            {shown.deposits.map((one) => (
              <tr key={one.depositId}>
                <td>{one.item}</td>
                <td className="num">{minute(one.takenAt)}</td>
                <td className="num right">{yuanOfFen(one.takenFen)}</td>
                <td className="num right">{yuanOfFen(one.heldFen)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function History({ shown }: { shown: Statement }) {
  if (shown.entries.length === 0) return <EmptyState title={words.none} />;
  const [day, what, change, balance] = words.historyColumns;
  return (
    <Card title={words.history} note={shown.entries.length} flush>
      <div className="tablebox">
        <table className="data" data-wideonly="">
          <thead>
            <tr>
              <th>{day}</th>
              <th>{what}</th>
              <th className="right">{change}</th>
              <th className="right">{balance}</th>
            </tr>
          </thead>
          <tbody>
            {shown.entries.map((entry) => (
              <tr key={entry.id} className={entry.isReversed ? 'undone' : undefined}>
                <td className="num">{entry.on}</td>
                <td className="statementwhy">
                  {entry.words}
                  {entry.receiptCode === null ? null : (
                    <span className="faint"> {words.receipt(entry.receiptCode)}</span>
                  )}
                  {entry.isReversed ? <span className="tag">{words.isReversed}</span> : null}
                </td>
                <td className="num right">{entry.amountFen === 0 ? '' : signed(entry.amountFen)}</td>
                <td className="num right" title={balanceInWords(entry.balanceFen)}>
                  {yuanOfFen(entry.balanceFen)}
                </td>
              </tr>
            ))}
            <tr>
              <td />
              <td className="muted">{words.opening(shown.from)}</td>
              <td />
              <td className="num right">{yuanOfFen(shown.openingFen)}</td>
            </tr>
          </tbody>
        </table>
      </div>
    </Card>
  );
}
