// The record of a visit on paper 住户回访记录表, A4: blank for the way to the door, or as it was recorded.
import { Link, useParams } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import { dayOf, wallTimeOf } from '../../../kernel/time.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { metWith, type Visit } from '../visit.contract.ts';
import { metWords } from '../visit.words.ts';
import { visitPageWords } from '../visit-page.words.ts';
import { useVisit } from './useVisits.ts';
import '../../../ui/paper.css';
import './parts/visitpaper.css';

const words = visitPageWords.paper;
const moment = (at: string | undefined): string =>
  at === undefined ? '' : `${dayOf(at)} ${wallTimeOf(at).slice(0, 5)}`;
/** Rows ruled on the sheet even where fewer were given, to be filled by hand. */
const ruledRows = 3;

export function VisitPrintScreen() {
  const { visitId } = useParams({ strict: false }) as { visitId?: string };
  const community = useCommunity();
  const found = useVisit(visitId ?? '');
  const [isBlank, setBlank] = useState(false);
  if (found.error) return <Problem error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <div className="busyline" role="status" aria-label={uiWords.loading} />;
  const visit = found.data;
  return (
    <div className="paperpage">
      <div className="row wrap no-print papertools">
        <Link className="btn" to={`/c/${community.code}/visits/${visit.id}`}>
          {words.back}
        </Link>
        {visit.result === null ? null : (
          <fieldset className="choices inline" aria-label={words.how}>
            {[false, true].map((blank) => (
              <label key={String(blank)} className="choice">
                <input type="radio" name="blank" checked={isBlank === blank} onChange={() => setBlank(blank)} />
                {blank ? words.blank : words.filled}
              </label>
            ))}
          </fieldset>
        )}
        <span className="grow" />
        <button type="button" className="btn primary" onClick={() => window.print()}>
          {words.print}
        </button>
      </div>
      <Sheet
        visit={isBlank ? { ...visit, result: null, review: null, improvements: [] } : visit}
        communityName={community.name}
      />
    </div>
  );
}

function Sheet({ visit, communityName }: { visit: Visit; communityName: string }) {
  const { result, review, improvements } = visit;
  const tick = (isTicked: boolean) => (isTicked ? words.ticked : words.empty);
  return (
    <article className="paper visitpaper">
      <header>
        <span>{communityName}</span>
        <h1>{words.title}</h1>
        <span className="copy num">{dayOf(visit.at)}</span>
      </header>
      <table className="form">
        <tbody>
          <Pair
            items={[
              [words.unit, visit.unit.label],
              [words.visitor, visit.visitor.name],
            ]}
          />
          <Pair
            items={[
              [words.at, moment(visit.at)],
              [words.heldAt, moment(result?.heldAt)],
            ]}
          />
          <tr>
            <th>{words.met}</th>
            <td colSpan={3}>
              {metWith.map((one) => (
                <span key={one} className="check">
                  {tick(result?.met === one)} {metWords[one]}
                </span>
              ))}
            </td>
          </tr>
          <Wide name={words.purpose} text={visit.purpose ?? ''} className="" />
          <Wide name={words.said} text={result?.said ?? ''} className="longbox" />
          <Wide name={words.opinions} text={result?.opinions ?? ''} className="longbox" />
        </tbody>
      </table>
      <table className="form lines">
        <thead>
          <tr>
            <th>{words.improvements}</th>
            <th>{words.owner}</th>
            <th>{words.dueOn}</th>
            <th>{words.done}</th>
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: Math.max(ruledRows, improvements.length) }, (_, index) => {
            const one = improvements[index];
            return (
              <tr key={one?.id ?? `blank ${index}`} className="ruled">
                <td>{one?.text}</td>
                <td>{one?.owner.name}</td>
                <td className="num">{one?.dueOn}</td>
                <td>{one?.done?.result}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <table className="form">
        <tbody>
          <Wide name={words.customerSign} text="" className="signbox" />
          <Wide name={words.review} text={review?.comment ?? ''} className="signbox" />
          <Wide
            name={words.reviewer}
            text={review === null ? '' : `${review.by.name} ${moment(review.at)}`}
            className=""
          />
        </tbody>
      </table>
    </article>
  );
}

function Pair({ items }: { items: readonly (readonly [string, string])[] }) {
  return (
    <tr>
      {items.map(([name, value]) => (
        <Fragment key={name}>
          <th>{name}</th>
          <td className="num">{value}</td>
        </Fragment>
      ))}
    </tr>
  );
}

const Wide = (props: { name: string; text: string; className: string }) => (
  <tr>
    <th>{props.name}</th>
    <td colSpan={3} className={props.className}>
      {props.text}
    </td>
  </tr>
);
