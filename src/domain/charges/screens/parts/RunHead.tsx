// A billing run's head: its figures against the last period, how far it is, who did what, and the moves that are open.
import { useState } from 'react';
import { yuanOfFen } from '../../../../kernel/money.ts';
import { dayOf, wallTimeOf } from '../../../../kernel/time.ts';
import { Card } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { type BillingRunView, billingRunRoutes } from '../../billing-run.contract.ts';
import { billingRunMoveWords, billingRunProblems, billingRunStateWords } from '../../billing-run.words.ts';
import { billingPageWords as words } from '../../charging-page.words.ts';

const routes = {
  submit: billingRunRoutes.submitBillingRun,
  approve: billingRunRoutes.approveBillingRun,
  post: billingRunRoutes.postBillingRun,
  abandon: billingRunRoutes.abandonBillingRun,
};
type MoveName = keyof typeof routes;
export const signedYuan = (fen: number): string => (fen > 0 ? `+${yuanOfFen(fen)}` : yuanOfFen(fen));
const shownAt = (at: string) => `${dayOf(at)} ${wallTimeOf(at).slice(0, 5)}`;

export function RunHead({ run, onMoved }: { run: BillingRunView; onMoved: () => Promise<unknown> }) {
  const [move, setMove] = useState<MoveName | null>(null);
  const isPosting = run.state === 'posting';
  const isComputing = run.state === 'preview' && !run.isComputed;
  const { done, of } = run.progress;
  const steps = [
    [words.created, run.created],
    [billingRunMoveWords.submit, run.submitted],
    [billingRunMoveWords.approve, run.approved],
    [billingRunMoveWords.post, run.postingSince],
    [billingRunMoveWords.abandon, run.abandoned],
  ] as const;
  return (
    <Card
      title={
        <>
          <span className="num">{run.month}</span> {words.title}{' '}
          <span className={run.state === 'posted' ? 'tag good' : run.state === 'abandoned' ? 'tag' : 'tag accent'}>
            {billingRunStateWords[run.state]}
          </span>
        </>
      }
      actions={
        <span className="row wrap">
          {run.moves.map((one) => (
            <button
              key={one.name}
              type="button"
              className={one.name === 'abandon' ? 'btn' : 'btn primary'}
              disabled={!one.allowed}
              title={one.reason === undefined ? undefined : billingRunProblems[one.reason]?.({}).zh}
              onClick={() => setMove(one.name)}
            >
              {billingRunMoveWords[one.name]}
            </button>
          ))}
        </span>
      }
    >
      <div className="runfigures">
        <Figure word={words.charges} value={String(run.charges)} />
        <Figure word={words.total} value={yuanOfFen(run.fen)} isBig />
        <Figure word={words.last} value={yuanOfFen(run.lastFen)} />
        <Figure word={words.difference} value={signedYuan(run.differenceFen)} />
        <Figure word={words.odd} value={String(run.odd)} isRaised={run.odd > 0} />
        <Figure word={words.notComputed} value={String(run.notComputed)} isRaised={run.notComputed > 0} />
      </div>
      {isPosting || isComputing ? (
        <div className="col" role="status">
          <span className="num">{isPosting ? words.posting(done, of) : words.computing(done, of)}</span>
          <progress className="runprogress" value={done} max={Math.max(1, of)} />
        </div>
      ) : null}
      {run.alreadyPosted > 0 ? <p className="muted num">{words.alreadyPosted(run.alreadyPosted)}</p> : null}
      {run.moves
        .filter((one) => one.reason !== undefined)
        .map((one) => (
          <p key={one.name} className="muted">
            {billingRunProblems[one.reason ?? '']?.({ count: run.notComputed }).zh}
          </p>
        ))}
      <p className="faint num">
        {steps
          .flatMap(([what, step]) => (step === null ? [] : [words.by(what, step.by?.name ?? '', shownAt(step.at))]))
          .join(' · ')}
        {run.postedAt === null ? '' : ` · ${words.posted(shownAt(run.postedAt))}`}
        {run.reason === '' ? '' : ` · ${run.reason}`}
      </p>
      {run.totals.length > 0 ? <Totals run={run} /> : null}
      {move === null ? null : (
        <MoveDialog
          run={run}
          name={move}
          onClose={() => setMove(null)}
          onDone={async () => {
            setMove(null);
            await onMoved();
          }}
        />
      )}
    </Card>
  );
}

function Figure(props: { word: string; value: string; isBig?: boolean; isRaised?: boolean }) {
  return (
    <div className="runfigure">
      <span className="muted">{props.word}</span>
      <b className={props.isRaised ? 'num raised' : props.isBig ? 'num big' : 'num'}>{props.value}</b>
    </div>
  );
}

function Totals({ run }: { run: BillingRunView }) {
  const c = words.perItemColumns;
  return (
    <div className="tablebox">
      <table className="data" data-wideonly="2 4 6">
        <thead>
          <tr>
            <th>{c.item}</th>
            <th className="right">{c.units}</th>
            <th className="right">{c.fen}</th>
            <th className="right">{c.last}</th>
            <th className="right">{c.difference}</th>
            <th className="right">{c.odd}</th>
          </tr>
        </thead>
        <tbody>
          {run.totals.map((total) => (
            <tr key={total.itemId}>
              <td className="anywhere">{total.name}</td>
              <td className="right num">{total.units}</td>
              <td className="right num">
                <b>{yuanOfFen(total.fen)}</b>
              </td>
              <td className="right num">{yuanOfFen(total.lastFen)}</td>
              <td className="right num">{signedYuan(total.differenceFen)}</td>
              <td className="right num">{total.odd === 0 ? '–' : total.odd}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function MoveDialog(props: {
  run: BillingRunView;
  name: MoveName;
  onClose: () => void;
  onDone: () => Promise<unknown>;
}) {
  const { run, name } = props;
  const attempt = useIdempotencyKey();
  const [reason, setReason] = useState('');
  const submit = async () => {
    await call(routes[name], {
      params: { communityId: run.communityId, id: run.id },
      body: name === 'abandon' ? { version: run.version, reason } : { version: run.version },
      key: attempt.key,
    });
    await props.onDone();
  };
  return (
    <FormDialog
      title={`${run.month} · ${billingRunMoveWords[name]}`}
      isOpen
      isRisky={name === 'abandon'}
      onClose={props.onClose}
      onSubmit={submit}
      submitWord={billingRunMoveWords[name]}
      shownFields={['reason']}
    >
      {(fault) =>
        name === 'abandon' ? (
          <label className="field">
            <span>{words.abandonAsk}</span>
            <textarea
              rows={2}
              maxLength={300}
              aria-label={words.reason}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
            {fault('reason') ? <span className="fault">{fault('reason')}</span> : null}
          </label>
        ) : (
          <>
            <p className="num">{words.postAsk(run.charges, yuanOfFen(run.fen))}</p>
            {name === 'submit' ? <p className="muted">{words.submitAsk}</p> : null}
          </>
        )
      }
    </FormDialog>
  );
}
