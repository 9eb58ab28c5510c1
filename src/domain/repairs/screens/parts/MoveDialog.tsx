// The dialog of one move: asks, sends with the version that was looked at, and loses nothing typed when refused.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { call } from '../../../../ui/call.ts';
import { DraftNote } from '../../../../ui/DraftNote.tsx';
import { Problem } from '../../../../ui/Problem.tsx';
import { currentIn, ProblemError } from '../../../../ui/problem.ts';
import { Sign } from '../../../../ui/Sign.tsx';
import { useDraft } from '../../../../ui/useDraft.ts';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import type { StandardDocument } from '../../../standards/standard.contract.ts';
import { type RepairAnswer, type RepairMove, repairAnswerSchema, repairMoveRoutes } from '../../repair.contract.ts';
import {
  repairFieldWords,
  repairMoveWords,
  repairRefusalWords,
  repairStateWords,
  timelineInWords,
} from '../../repair.words.ts';
import { moveLeadWords, repairPageWords } from '../../repair-page.words.ts';
import { MoveFields } from './MoveFields.tsx';
import { bodyOf, startDraft } from './moveDraft.ts';

const words = repairPageWords.dialog;
export type OpenMove = Exclude<RepairMove, 'close'>;

/** Whether the refusal means that the order is no longer what we looked at. */
const isOldNews = (error: unknown): boolean =>
  error instanceof ProblemError && (error.status === 412 || error.status === 409 || error.status === 404);

export function MoveDialog(props: {
  move: OpenMove;
  repair: RepairAnswer;
  document: StandardDocument | undefined;
  onClose: () => void;
}) {
  const { move, repair } = props;
  const id = useId();
  const client = useQueryClient();
  const dialog = useRef<HTMLDialogElement>(null);
  const draft = useDraft(`repair.${move}:${repair.id}`, startDraft(move, repair));
  const attempt = useIdempotencyKey();
  const [seenVersion] = useState(repair.version);
  const [seenSeq] = useState(() => Math.max(0, ...repair.timeline.map((entry) => entry.seq)));
  const [fault, setFault] = useState<string | null>(null);
  const send = useMutation({
    mutationFn: (body: Record<string, unknown>) =>
      call(repairMoveRoutes[move], {
        params: { communityId: repair.communityId, id: repair.id },
        body: body as never,
        key: attempt.key,
      }),
    onSuccess: (answer) => {
      attempt.renew();
      draft.clear();
      client.setQueryData(['repair', repair.communityId, repair.id], answer);
      void client.invalidateQueries({ queryKey: ['case', repair.communityId] });
      void client.invalidateQueries({ queryKey: ['staff', repair.communityId] });
      props.onClose();
    },
    onError: (error) => {
      const current = currentIn(repairAnswerSchema, error);
      if (current) client.setQueryData(['repair', repair.communityId, repair.id], current);
      else if (isOldNews(error)) void client.invalidateQueries({ queryKey: ['repair', repair.communityId, repair.id] });
    },
  });
  useEffect(() => dialog.current?.showModal(), []);

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (send.isPending) return;
    const read = bodyOf(move, draft.value, repair);
    setFault('fault' in read ? words[read.fault] : null);
    if ('body' in read) send.mutate(read.body);
  };
  const now = repair.moves.find((one) => one.name === move);
  const isAllowed = now?.allowed ?? false;
  const news = repair.version === seenVersion ? [] : repair.timeline.filter((entry) => entry.seq > seenSeq);
  const problem = send.error instanceof ProblemError ? send.error : null;
  const faultOf = (path: string) =>
    problem?.errors.find((one) => one.path === path || one.path.startsWith(`${path}.`))?.message;
  const lead = moveLeadWords[move];
  return (
    <dialog
      ref={dialog}
      className="move"
      aria-labelledby={id}
      onClose={props.onClose}
      onCancel={(event) => send.isPending && event.preventDefault()}
    >
      <form
        onSubmit={submit}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          event.currentTarget.requestSubmit();
        }}
      >
        <div className="dialoghead">
          <h2 id={id}>
            {repairMoveWords[move]} <span className="faint num">{repair.code}</span>
          </h2>
        </div>
        <div className="dialogbody">
          <DraftNote draft={draft} />
          {repair.version === seenVersion ? null : (
            <div className="notice warn" role="alert">
              <Sign name="warning" />
              <div className="grow">
                <b>{words.stale}</b>
                {news.length > 0 ? (
                  <ul>
                    {news.map((entry) => (
                      <li key={entry.id}>{timelineInWords(entry)}</li>
                    ))}
                  </ul>
                ) : null}
              </div>
            </div>
          )}
          {isAllowed ? null : (
            <div className="notice bad" role="alert">
              <Sign name="warning" />
              <b>
                {words.notAllowedNow(
                  repairStateWords[repair.state],
                  now?.reason ? refusalInWords(now.reason) : repairRefusalWords['repair.move_not_allowed'],
                )}
              </b>
            </div>
          )}
          {lead === undefined ? null : <p>{lead}</p>}
          <MoveFields
            move={move}
            repair={repair}
            document={props.document}
            draft={draft.value}
            set={(part) => draft.setValue((before) => ({ ...before, ...part }))}
            setPhotos={(change) => draft.setValue((before) => ({ ...before, photos: change(before.photos) }))}
            faultOf={faultOf}
          />
          {fault === null ? null : (
            <div className="notice bad" role="alert">
              <Sign name="warning" />
              <b>{fault}</b>
            </div>
          )}
          {problem?.status === 412 && repair.version !== seenVersion ? null : (
            <Problem error={send.error} retry={() => submit()} fieldWords={repairFieldWords} />
          )}
        </div>
        <div className="dialogfoot">
          <button type="button" className="btn" onClick={() => dialog.current?.close()}>
            {words.cancel}
          </button>
          <button type="submit" className="btn primary" disabled={!isAllowed} aria-busy={send.isPending}>
            {send.isPending ? words.sending : repairMoveWords[move]} <kbd>{words.submitKey}</kbd>
          </button>
        </div>
      </form>
    </dialog>
  );
}

export const refusalInWords = (code: string): string =>
  (repairRefusalWords as Readonly<Record<string, string>>)[code] ?? code;
