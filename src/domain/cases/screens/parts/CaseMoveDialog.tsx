// The dialog of one move of a case 事项: asks, sends with the version that was looked at, and loses nothing typed when it is
// refused. Each kind gives its words, its fields and its route.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';
import { DraftNote } from '../../../../ui/DraftNote.tsx';
import { Problem } from '../../../../ui/Problem.tsx';
import { ProblemError } from '../../../../ui/problem.ts';
import { Sign } from '../../../../ui/Sign.tsx';
import type { DraftState } from '../../../../ui/useDraft.ts';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { useKeys } from '../../../../ui/useKeys.ts';
import { moveDialogWords as words } from '../../board.words.ts';
import type { CaseAnswer, TimelineEntry } from '../../case.contract.ts';

/** Whether the refusal means that the case is no longer what we looked at. */
const isOldNews = (error: unknown): boolean =>
  error instanceof ProblemError && (error.status === 412 || error.status === 409 || error.status === 404);

export type ReadBody = { body: Record<string, unknown> } | { fault: string };

export function CaseMoveDialog<Answer extends CaseAnswer, Value>(props: {
  move: string;
  subject: Answer;
  moveWord: string;
  /** The act in a sentence, where the fields don't say it. */
  lead?: ReactNode;
  stateWord: string;
  refusalInWords: (code: string) => string;
  sayEntry: (entry: TimelineEntry) => string;
  fieldWords: Record<string, string>;
  /** Paths whose fault stands beside their field. */
  shownFields?: readonly string[];
  draft: DraftState<Value>;
  /** The body of the move, or what is still wrong with it, in words. */
  read: () => ReadBody;
  send: (body: Record<string, unknown>, key: string) => Promise<Answer>;
  /** The case as a refusal of an old version carried it. */
  currentIn: (error: unknown) => Answer | undefined;
  queryKey: readonly unknown[];
  onClose: () => void;
  children: (faultOf: (path: string) => string | undefined) => ReactNode;
}) {
  const { move, subject, draft, queryKey } = props;
  const id = useId();
  const client = useQueryClient();
  const dialog = useRef<HTMLDialogElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const attempt = useIdempotencyKey();
  const [seenVersion] = useState(subject.version);
  const [seenSeq] = useState(() => Math.max(0, ...subject.timeline.map((entry) => entry.seq)));
  const [fault, setFault] = useState<string | null>(null);
  const send = useMutation({
    mutationFn: (body: Record<string, unknown>) => props.send(body, attempt.key),
    onSuccess: (answer) => {
      attempt.renew();
      draft.clear();
      client.setQueryData(queryKey, answer);
      void client.invalidateQueries({ queryKey: ['case', subject.communityId] });
      void client.invalidateQueries({ queryKey: ['staff', subject.communityId] });
      props.onClose();
    },
    onError: (error) => {
      const current = props.currentIn(error);
      if (current) client.setQueryData(queryKey, current);
      else if (isOldNews(error)) void client.invalidateQueries({ queryKey });
    },
  });
  // Before the effects of what stands in it: a pad to sign on measures itself, and what is not shown has no size.
  useLayoutEffect(() => dialog.current?.showModal(), []);
  // Whoever has just signed with the mouse stands in no field: the key counts wherever the focus is.
  useKeys({ 'ctrl+enter': () => form.current?.requestSubmit() });

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (send.isPending) return;
    const read = props.read();
    setFault('fault' in read ? read.fault : null);
    if ('body' in read) send.mutate(read.body);
  };
  const now = subject.moves.find((one) => one.name === move);
  const isAllowed = now?.allowed ?? false;
  const news = subject.version === seenVersion ? [] : subject.timeline.filter((entry) => entry.seq > seenSeq);
  const problem = send.error instanceof ProblemError ? send.error : null;
  const faultOf = (path: string) =>
    problem?.errors.find((one) => one.path === path || one.path.startsWith(`${path}.`))?.message;
  return (
    <dialog
      ref={dialog}
      className="move"
      aria-labelledby={id}
      onClose={props.onClose}
      onCancel={(event) => send.isPending && event.preventDefault()}
    >
      <form ref={form} onSubmit={submit}>
        <div className="dialoghead">
          <h2 id={id}>
            {props.moveWord} <span className="faint num">{subject.code}</span>
          </h2>
        </div>
        <div className="dialogbody">
          <DraftNote draft={draft} />
          {subject.version === seenVersion ? null : (
            <div className="notice warn" role="alert">
              <Sign name="warning" />
              <div className="grow">
                <b>{words.stale}</b>
                {news.length > 0 ? (
                  <ul>
                    {news.map((entry) => (
                      <li key={entry.id}>{props.sayEntry(entry)}</li>
                    ))}
                  </ul>
                ) : null}
              </div>
            </div>
          )}
          {isAllowed ? null : (
            <div className="notice bad" role="alert">
              <Sign name="warning" />
              <b>{words.notAllowedNow(props.stateWord, props.refusalInWords(now?.reason ?? ''))}</b>
            </div>
          )}
          {props.lead === undefined ? null : <p>{props.lead}</p>}
          {props.children(faultOf)}
          {fault === null ? null : (
            <div className="notice bad" role="alert">
              <Sign name="warning" />
              <b>{fault}</b>
            </div>
          )}
          {problem?.status === 412 && subject.version !== seenVersion ? null : (
            <Problem
              error={send.error}
              retry={() => submit()}
              fieldWords={props.fieldWords}
              {...(props.shownFields ? { hideFields: props.shownFields } : {})}
            />
          )}
        </div>
        <div className="dialogfoot">
          <button type="button" className="btn" onClick={() => dialog.current?.close()}>
            {words.cancel}
          </button>
          <button type="submit" className="btn primary" disabled={!isAllowed} aria-busy={send.isPending}>
            {send.isPending ? words.sending : props.moveWord} <kbd>{words.submitKey}</kbd>
          </button>
        </div>
      </form>
    </dialog>
  );
}
