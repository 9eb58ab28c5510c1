// The review 审阅 of one record (FU4): a comment, where something was found a proposal with owner and date (FU0), or back
// to be asked again.
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { dayOf } from '../../../../kernel/time.ts';
import { Card } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { DraftNote } from '../../../../ui/DraftNote.tsx';
import { serverNow } from '../../../../ui/now.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { TextBox } from '../../../../ui/TextBox.tsx';
import { useDraft } from '../../../../ui/useDraft.ts';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { ColleaguePicker } from '../../../access/screens/parts/ColleaguePicker.tsx';
import { type FollowUp, followUpRoutes } from '../../follow-up.contract.ts';
import { followUpFieldWords } from '../../follow-up.words.ts';
import { reviewWords as words } from '../../follow-up-page.words.ts';
import { useAfterMove } from '../useFollowUps.ts';
import { refusalInWords } from './followUpFacts.ts';

/** At or below this the customer was not satisfied, whatever they said of the work. */
const poorStep = 2;

export function ReviewForm({ followUp, onDone }: { followUp: FollowUp; onDone: (said: string) => void }) {
  const afterMove = useAfterMove();
  const attempt = useIdempotencyKey();
  const { result } = followUp;
  const hasFindings = result?.lacking !== null || (result?.satisfaction ?? poorStep + 1) <= poorStep;
  const draft = useDraft(`follow-up.review:${followUp.id}`, {
    comment: '',
    isImproving: hasFindings,
    text: '',
    ownerId: '',
    on: '',
    remark: '',
    isReturning: false,
  });
  const { value } = draft;
  const set = (changes: Partial<typeof value>) => draft.setValue((before) => ({ ...before, ...changes }));
  const [isTried, setTried] = useState(false);
  const params = { communityId: followUp.communityId, id: followUp.id };
  const { version } = followUp;
  const parts = [value.text.trim(), value.ownerId, value.on];
  const hasImprovement = value.isImproving && parts.some((part) => part !== '');
  const isImprovementWhole = !hasImprovement || parts.every((part) => part !== '');
  const send = useMutation({
    mutationFn: () =>
      value.isReturning
        ? call(followUpRoutes.returnFollowUp, {
            params,
            body: { version, remark: value.remark.trim() },
            key: attempt.key,
          })
        : call(followUpRoutes.reviewFollowUp, {
            params,
            body: {
              version,
              comment: value.comment.trim(),
              ...(hasImprovement
                ? { improvement: { text: value.text.trim(), ownerId: value.ownerId, on: value.on } }
                : {}),
            },
            key: attempt.key,
          }),
    onSuccess: (answer) => {
      const said = value.isReturning ? words.backHeading : words.submit;
      attempt.renew();
      draft.clear();
      afterMove(answer);
      onDone(said);
    },
  });
  const mayReturn = followUp.moves.find((move) => move.name === 'return');
  const isReady = value.isReturning ? value.remark.trim() !== '' : value.comment.trim() !== '' && isImprovementWhole;
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    setTried(true);
    if (isReady && !send.isPending) send.mutate();
  };
  return (
    <Card title={value.isReturning ? words.backHeading : words.heading}>
      <form
        className="col recordform"
        noValidate
        onSubmit={submit}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          event.currentTarget.requestSubmit();
        }}
      >
        <DraftNote draft={draft} />
        {value.isReturning ? (
          <TextBox
            label={words.remark}
            placeholder={words.remarkPlaceholder}
            value={value.remark}
            fault={isTried && value.remark.trim() === '' ? words.missingRemark : undefined}
            onText={(remark) => set({ remark })}
          />
        ) : (
          <>
            {followUp.asks.reviewedBy === 'weekly-batch' ? <p className="faint">{words.weekly}</p> : null}
            <TextBox
              label={words.comment}
              placeholder={words.commentPlaceholder}
              value={value.comment}
              fault={isTried && value.comment.trim() === '' ? words.missing : undefined}
              onText={(comment) => set({ comment })}
            />
            <span className="row wrap">
              {words.usual.map((comment) => (
                <button key={comment} type="button" className="chip" onClick={() => set({ comment })}>
                  {comment}
                </button>
              ))}
            </span>
            {value.isImproving ? (
              <fieldset className="improvement col">
                <legend>
                  {words.improvement} {hasFindings ? <span className="faint">{words.improvementHint}</span> : null}
                </legend>
                <TextBox
                  label={words.improvement}
                  placeholder={words.improvementPlaceholder}
                  value={value.text}
                  fault={isTried && !isImprovementWhole ? words.missingImprovement : undefined}
                  onText={(text) => set({ text })}
                />
                <div className="pair">
                  <ColleaguePicker
                    communityId={followUp.communityId}
                    label={words.owner}
                    none={words.choose}
                    value={value.ownerId}
                    onChange={(ownerId) => set({ ownerId })}
                  />
                  <label className="field">
                    <span className="label">{words.on}</span>
                    <input
                      type="date"
                      min={dayOf(serverNow())}
                      value={value.on}
                      onChange={(event) => set({ on: event.target.value })}
                    />
                  </label>
                </div>
              </fieldset>
            ) : null}
          </>
        )}
        <Problem error={send.error} retry={() => submit()} fieldWords={followUpFieldWords} />
        <div className="row wrap">
          <button type="submit" className={value.isReturning ? 'btn risky' : 'btn primary'} aria-busy={send.isPending}>
            {send.isPending ? words.sending : value.isReturning ? words.backSubmit : words.submit}
          </button>
          {value.isReturning ? (
            <button type="button" className="btn" onClick={() => set({ isReturning: false })}>
              {words.cancel}
            </button>
          ) : (
            <>
              {mayReturn === undefined ? null : mayReturn.allowed ? (
                <button type="button" className="btn" onClick={() => set({ isReturning: true })}>
                  {words.back}
                </button>
              ) : (
                <button type="button" className="btn" aria-disabled="true">
                  {`${words.back} · ${refusalInWords(mayReturn.reason ?? '')}`}
                </button>
              )}
              <span className="grow" />
              <button type="button" className="btn quiet" onClick={() => set({ isImproving: !value.isImproving })}>
                {value.isImproving ? words.noImprovement : words.addImprovement}
              </button>
            </>
          )}
        </div>
      </form>
    </Card>
  );
}
