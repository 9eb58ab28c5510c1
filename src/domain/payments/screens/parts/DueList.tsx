// What a household owes, line by line 应收: ticked with the space bar, moved along with the arrows; how each came about beside it.
import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { newId } from '../../../../kernel/id.ts';
import { Card } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { useCommunity } from '../../../access/screens/parts/session.ts';
import { relationWords } from '../../../parties/party.words.ts';
import { counterWords as words } from '../../counter.words.ts';
import { type Due, paymentRoutes } from '../../payment.contract.ts';
import type { DueCharge } from '../counterDraft.ts';

export function DueList(props: {
  due: Due;
  ticked: ReadonlySet<string>;
  onTick: (ticked: Set<string>) => void;
  onChanged: () => void;
  foot: ReactNode;
}) {
  const { due, ticked } = props;
  const list = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState(0);
  const charges = due.charges;
  // The page stays at its head: the focus is for the keys.
  useEffect(() => list.current?.focus({ preventScroll: true }), []);
  const toggle = (charge: DueCharge | undefined) => {
    if (!charge?.mayTake) return;
    const next = new Set(ticked);
    if (!next.delete(charge.chargeId)) next.add(charge.chargeId);
    props.onTick(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== list.current) return;
    if (event.key === 'ArrowDown') setAt(Math.min(charges.length - 1, at + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1));
    else if (event.key === ' ') toggle(charges[at]);
    else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) {
      const all = charges.filter((one) => one.mayTake).map((one) => one.chargeId);
      props.onTick(new Set(all.every((id) => ticked.has(id)) ? [] : all));
    } else return;
    event.preventDefault();
  };
  const people = due.people.slice(0, 3).map((one) => {
    const relation = (relationWords as Readonly<Record<string, string>>)[one.relation] ?? '';
    return `${one.name} · ${relation}`;
  });
  const facts = [...people, ...(due.areaHundredthsM2 === null ? [] : [words.area(due.areaHundredthsM2)])];
  return (
    <Card
      title={due.unit}
      note={facts.join('　')}
      actions={<span className="faint listkeys">{words.listKeys}</span>}
      flush
    >
      {charges.length === 0 ? <p className="body muted">{words.nothingDue}</p> : null}
      <div className="tablebox">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the list takes the keys of the whole counter */}
        <table className="data duetable" ref={list} tabIndex={0} aria-label={words.tableLabel} onKeyDown={onKeyDown}>
          {charges.length === 0 ? null : (
            <thead>
              <tr>
                {words.columns.map((name, index) => (
                  <th key={name} className={index > 3 ? 'right' : undefined}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
          )}
          <tbody>
            {charges.map((charge, index) => (
              <Row
                key={charge.chargeId}
                charge={charge}
                isOther={charge.unitId !== due.unitId}
                isAt={index === at}
                isTicked={ticked.has(charge.chargeId)}
                onToggle={() => {
                  setAt(index);
                  toggle(charge);
                }}
                onChanged={props.onChanged}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div className="row wrap duefoot">{props.foot}</div>
    </Card>
  );
}

function Row(props: {
  charge: DueCharge;
  isOther: boolean;
  isAt: boolean;
  isTicked: boolean;
  onToggle: () => void;
  onChanged: () => void;
}) {
  const { charge } = props;
  const { code } = useCommunity();
  return (
    <tr className={props.isAt ? 'on' : undefined} aria-selected={props.isAt}>
      <td>
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={words.pick(charge.charge, charge.month)}
          checked={props.isTicked}
          disabled={!charge.mayTake}
          onChange={props.onToggle}
        />
      </td>
      <td>
        {props.isOther ? <span className="tag">{charge.unit}</span> : null} {charge.charge}
        {charge.lateFeeOf === null ? null : <span className="tag">{words.lateFeeOf(charge.lateFeeOf)}</span>}
        {charge.caseId ? (
          <Link className="quietlink" tabIndex={-1} to={`/c/${code}/repairs/${charge.caseId}`}>
            {words.order}
          </Link>
        ) : null}
      </td>
      <td className="num nobreak">{charge.month ?? charge.dueOn}</td>
      <td className="faint how">
        {charge.how.map((line) => (
          <div key={line}>{line}</div>
        ))}
        {charge.mayTake ? null : <div>{words.notYours}</div>}
        {charge.kind === 'repair' && charge.caseId ? (
          <ToBill chargeId={charge.chargeId} onDone={props.onChanged} />
        ) : null}
      </td>
      <td className="num right">{words.yuan(charge.amountFen)}</td>
      <td className="num right">{words.yuan(charge.paidFen)}</td>
      <td className="num right">
        {props.isTicked ? (
          <b>{words.yuan(charge.openFen)}</b>
        ) : (
          <span className="faint">
            <span className="wideonly">—</span>
            <span className="openonly">{words.yuan(charge.openFen)}</span>
          </span>
        )}
      </td>
    </tr>
  );
}

/** RP11: the order then knows that its money stands on the bill. */
function ToBill(props: { chargeId: string; onDone: () => void }) {
  const { id: communityId } = useCommunity();
  const [error, setError] = useState<unknown>(null);
  const [isDone, setDone] = useState(false);
  const put = async () => {
    try {
      await call(paymentRoutes.putChargeOnBill, { params: { communityId, id: props.chargeId }, key: newId() });
      setDone(true);
      props.onDone();
    } catch (caught) {
      setError(caught);
    }
  };
  if (isDone) return <span className="tag good">{words.toBillDone}</span>;
  return (
    <>
      <button type="button" className="btn quiet small" title={words.toBillTitle} onClick={() => void put()}>
        {words.toBill}
      </button>
      <Problem error={error} />
    </>
  );
}
