// Recording a follow-up at the desk 记录回访: reached → five questions; not reached → a try. By keyboard alone, nothing lost.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { Card } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { DraftNote } from '../../../../ui/DraftNote.tsx';
import { nowMs } from '../../../../ui/now.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { ProblemError } from '../../../../ui/problem.ts';
import { Sign } from '../../../../ui/Sign.tsx';
import { useDraft } from '../../../../ui/useDraft.ts';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { useKeys } from '../../../../ui/useKeys.ts';
import { PhotoPicker } from '../../../cases/screens/parts/PhotoPicker.tsx';
import { type AttemptBody, type FollowUp, followUpRoutes, type RecordBody } from '../../follow-up.contract.ts';
import { followUpFieldWords } from '../../follow-up.words.ts';
import { recordWords as words } from '../../follow-up-page.words.ts';
import {
  attemptOf,
  type Faults,
  isTriedEnough,
  mended,
  type RecordDraft,
  recordOf,
  startRecord,
  stepQuestions,
} from '../recordDraft.ts';
import { useAfterMove } from '../useFollowUps.ts';
import { AttemptFields } from './AttemptFields.tsx';
import { RecordFields } from './RecordFields.tsx';

type Sent = { move: 'record'; body: Omit<RecordBody, 'version'> } | { move: 'attempt'; body: AttemptBody };

export function RecordForm({ followUp, onDone }: { followUp: FollowUp; onDone: (said: string) => void }) {
  const client = useQueryClient();
  const afterMove = useAfterMove();
  const draft = useDraft(`follow-up.record:${followUp.id}`, startRecord(followUp));
  const attempt = useIdempotencyKey();
  const form = useRef<HTMLFormElement>(null);
  const [seenVersion] = useState(followUp.version);
  const [faults, setFaults] = useState<Faults>({});
  const params = { communityId: followUp.communityId, id: followUp.id };
  const send = useMutation({
    mutationFn: (sent: Sent) =>
      sent.move === 'record'
        ? call(followUpRoutes.recordFollowUp, {
            params,
            body: { ...sent.body, version: followUp.version },
            key: attempt.key,
          })
        : call(followUpRoutes.attemptFollowUp, { params, body: sent.body, key: attempt.key }),
    onSuccess: (answer, sent) => {
      attempt.renew();
      draft.clear();
      setFaults({});
      afterMove(answer);
      onDone(
        sent.move === 'attempt'
          ? words.saved.attempt
          : sent.body.verdict === 'not-acceptable'
            ? words.saved.failed
            : words.saved.record,
      );
    },
    onError: (error) => {
      if (error instanceof ProblemError && (error.status === 409 || error.status === 412))
        void client.invalidateQueries({ queryKey: ['follow-up', params.communityId, params.id] });
    },
  });

  const { value } = draft;
  const set = (changes: Partial<RecordDraft>) => {
    draft.setValue((before) => ({ ...before, ...changes }));
    setFaults((before) => mended(before, changes));
  };
  const isReached = value.way === 'reached';
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (send.isPending) return;
    const read = isReached ? recordOf(value, followUp) : attemptOf(value, nowMs());
    setFaults('faults' in read ? read.faults : {});
    if (!('body' in read)) return;
    if (isReached) send.mutate({ move: 'record', body: read.body as Omit<RecordBody, 'version'> });
    else send.mutate({ move: 'attempt', body: read.body as AttemptBody });
  };
  // A figure answers the first open question wherever one stands, as long as nobody types.
  const answer = (step: number) => () => {
    const open = stepQuestions.find((question) => value[question] === 0);
    if (!isReached || open === undefined) return;
    set({ [open]: step });
    form.current?.querySelector<HTMLElement>(`[data-question=${open}]`)?.scrollIntoView({ block: 'nearest' });
  };
  useKeys({ 1: answer(1), 2: answer(2), 3: answer(3), 4: answer(4), 5: answer(5) });

  const count = Object.keys(faults).length;
  const isFailed = isReached && value.verdict === 'not-acceptable';
  const problem = send.error instanceof ProblemError ? send.error : null;
  return (
    <Card title={words.heading} note={words.keys}>
      <form
        ref={form}
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
        {followUp.version === seenVersion ? null : (
          <div className="notice warn" role="alert">
            <Sign name="warning" />
            <b>{words.stale}</b>
          </div>
        )}
        <fieldset className="segments" aria-label={words.way}>
          {(['reached', 'missed'] as const).map((way) => (
            <label key={way} className={value.way === way ? 'on' : ''}>
              <input
                type="radio"
                name={`way${followUp.id}`}
                checked={value.way === way}
                onChange={() => {
                  setFaults({});
                  draft.setValue((before) => ({ ...before, way }));
                }}
              />
              {words[way]}
            </label>
          ))}
        </fieldset>
        {isReached ? (
          <RecordFields
            followUp={followUp}
            draft={value}
            set={set}
            faults={faults}
            photos={
              <PhotoPicker
                communityId={followUp.communityId}
                ids={value.photos}
                onChange={(change) => {
                  draft.setValue((before) => ({ ...before, photos: change(before.photos) }));
                  setFaults((before) => mended(before, { photos: [] }));
                }}
              />
            }
          />
        ) : (
          <AttemptFields followUp={followUp} draft={value} set={set} faults={faults} />
        )}
        {count === 0 ? null : (
          <div className="notice bad" role="alert">
            <Sign name="warning" />
            <b>{words.faultsAbove(count)}</b>
          </div>
        )}
        {problem?.status === 412 && followUp.version !== seenVersion ? null : (
          <Problem error={send.error} retry={() => submit()} fieldWords={followUpFieldWords} />
        )}
        <div className="row wrap">
          <button type="submit" className={isFailed ? 'btn risky' : 'btn primary'} aria-busy={send.isPending}>
            {send.isPending
              ? words.sending
              : isReached
                ? isFailed
                  ? words.submitFailed
                  : words.submit
                : words.submitAttempt}
          </button>
          {!isReached && isTriedEnough(followUp) ? (
            <button
              type="button"
              className="btn"
              onClick={() => send.mutate({ move: 'record', body: { verdict: 'not-reached' } })}
            >
              {words.submitNotReached}
            </button>
          ) : null}
        </div>
      </form>
    </Card>
  );
}
