// The month's rates: a row for each kind of thing asked about; each figure opens to the cases that it is made of.
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Card } from '../../../../ui/Card.tsx';
import { Sign } from '../../../../ui/Sign.tsx';
import { uiWords } from '../../../../ui/ui.words.ts';
import { useCommunity } from '../../../access/screens/parts/session.ts';
import { caseAddress, kindOfCode } from '../../../cases/screens/parts/caseAddress.ts';
import { followUpSubjectWords, rateNameWords, stepWords } from '../../follow-up.words.ts';
import { type CaseRef, type MonthAnalysis, type Rate, rateNames } from '../../follow-up-analysis.contract.ts';
import { percent, subjectOrder, monthWords as words } from '../../follow-up-page.words.ts';
import { casesOfRate, rateKey, subjectsWithRates } from '../monthAddress.ts';

export function RateTable(props: { analysis: MonthAnalysis; show: string; onShow: (show: string) => void }) {
  const { rates } = props.analysis;
  const shown = subjectsWithRates(rates);
  const subjects = subjectOrder.filter((what) => shown.includes(what));
  if (subjects.length === 0) return <p className="line faint">{words.nothing}</p>;
  return (
    <div className="tablebox">
      <table className="data rates">
        <thead>
          <tr>
            <th>{words.what}</th>
            {rateNames.map((name) => (
              <th key={name} className="right">
                {rateNameWords[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {subjects.map((what) => (
            <tr key={what}>
              <th scope="row">{followUpSubjectWords[what]}</th>
              {rateNames.map((name) => {
                const rate = rates.find((one) => one.what === what && one.name === name);
                return (
                  <td key={name} className="right">
                    {rate === undefined ? words.none : <Figure rate={rate} show={props.show} onShow={props.onShow} />}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Figure({ rate, show, onShow }: { rate: Rate; show: string; onShow: (show: string) => void }) {
  const key = rateKey(rate);
  const isShown = show === key;
  return (
    <button
      type="button"
      className={isShown ? 'figure on' : 'figure'}
      aria-pressed={isShown}
      disabled={rate.of.length === 0}
      onClick={() => onShow(isShown ? '' : key)}
    >
      <span className="unseen">{words.casesOf(followUpSubjectWords[rate.what], rateNameWords[rate.name])} </span>
      <b className="num">{rate.value === null ? words.none : percent(rate.value)}</b>
      <span className="faint num">
        {rate.denominator === 0 ? words.nothing : `${rate.numerator} ÷ ${rate.denominator}`}
      </span>
      {rate.target === null ? null : (
        <span className={rate.met === false ? 'goal missed' : 'goal'}>
          {rate.met === null ? null : <Sign name={rate.met ? 'met' : 'missed'} />} {words.target(percent(rate.target))}{' '}
          {rate.met === null ? '' : rate.met ? words.met : words.missed}
        </span>
      )}
    </button>
  );
}

/** The cases of the figure that was pressed: first those that are not counted, because they can be mended. */
export function ShownCases(props: { analysis: MonthAnalysis; show: string; onClose: () => void }) {
  const { analysis, show } = props;
  const rate = analysis.rates.find((one) => rateKey(one) === show);
  const step = analysis.satisfaction.find((one) => show === `step.${one.step}`);
  if (rate === undefined && step === undefined) return null;
  const title = rate
    ? words.casesOf(followUpSubjectWords[rate.what], rateNameWords[rate.name])
    : words.casesOf(words.satisfaction, words.step(step?.step ?? 0, stepWords[(step?.step ?? 1) - 1] ?? ''));
  const lists = rate ? casesOfRate(rate) : { counted: step?.cases ?? [], others: [] };
  return (
    <div className="no-print">
      <Card
        title={title}
        actions={
          <button type="button" className="btn quiet" onClick={props.onClose}>
            {uiWords.close}
          </button>
        }
      >
        <div className="col">
          {lists.others.length > 0 ? <Refs title={words.others(lists.others.length)} refs={lists.others} /> : null}
          <Refs title={words.counted(lists.counted.length)} refs={lists.counted} />
        </div>
      </Card>
    </div>
  );
}

const refsShown = 40;

function Refs({ title, refs }: { title: string; refs: readonly CaseRef[] }) {
  const [isAll, setAll] = useState(false);
  return (
    <div>
      <div className="faint">{title}</div>
      <div className="refs">
        {refs.length === 0 ? words.noneHere : <CaseRefs refs={isAll ? refs : refs.slice(0, refsShown)} />}
        {refs.length > refsShown && !isAll ? (
          <button type="button" className="linklike" onClick={() => setAll(true)}>
            {words.showAll(refs.length)}
          </button>
        ) : null}
      </div>
    </div>
  );
}

export function CaseRefs({ refs }: { refs: readonly CaseRef[] }) {
  const community = useCommunity();
  return refs.map((one) => (
    <Link key={one.id} className="num code" to={caseAddress(community.code, one.id, kindOfCode(one.code))}>
      {one.code}
    </Link>
  ));
}
