// One move of a follow-up from the phone: kept on the device and sent when it can be, once; over plain HTTP sent with one
// key until it has gone through.
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { newId } from '../../../../kernel/id.ts';
import { call } from '../../../../ui/call.ts';
import { press, worksOffline } from '../../../../ui/offline.ts';
import { type AttemptBody, type FollowUp, followUpRoutes, type RecordBody } from '../../follow-up.contract.ts';
import { attemptOutcomeWords, stepWords, verdictWords } from '../../follow-up.words.ts';
import { followUpPhoneWords as words } from '../../follow-up-page.words.ts';
import { attemptAction, recordAction } from './visitList.ts';

export type VisitMove = { name: 'attempt'; body: AttemptBody } | { name: 'record'; body: Omit<RecordBody, 'version'> };

/** What was said, in one line: it is what remains on the case where the move itself is refused. */
function saysOf(move: VisitMove): string {
  const parts =
    move.name === 'attempt'
      ? [attemptOutcomeWords[move.body.outcome], move.body.note]
      : [
          verdictWords[move.body.verdict],
          move.body.satisfaction === undefined ? undefined : stepWords[move.body.satisfaction - 1],
          move.body.lacking,
          move.body.suggestions,
          move.body.reason,
        ];
  return [words.actWord[move.name], ...parts.filter((part) => part !== undefined)].join(' · ');
}

export function useVisitMove(followUp: FollowUp) {
  const client = useQueryClient();
  const keys = useRef(new Map<string, string>());
  const isBusy = useRef(false);
  const [busy, setBusy] = useState<VisitMove['name'] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { communityId, id } = followUp;

  const sendNow = async (move: VisitMove): Promise<'sent'> => {
    const intent = `${move.name} ${followUp.version} ${JSON.stringify(move.body)}`;
    const key = keys.current.get(intent) ?? newId();
    keys.current.set(intent, key);
    const params = { communityId, id };
    if (move.name === 'attempt') await call(followUpRoutes.attemptFollowUp, { params, body: move.body, key });
    else await call(followUpRoutes.recordFollowUp, { params, body: { ...move.body, version: followUp.version }, key });
    keys.current.delete(intent);
    return 'sent';
  };
  const sendKept = (move: VisitMove): Promise<'sent' | 'waiting'> => {
    const { attachmentIds, ...body } = move.body;
    return press({
      communityId,
      caseId: followUp.caseId,
      caseCode: followUp.code,
      path: `/communities/${communityId}/follow-ups/${id}/${move.name}`,
      action: move.name === 'attempt' ? attemptAction : recordAction,
      word: words.actWord[move.name],
      body: move.name === 'attempt' ? body : { ...body, version: followUp.version },
      says: saysOf(move),
      photoIds: attachmentIds ?? [],
    });
  };
  /** null: refused; the reason is in `error`. */
  const send = async (move: VisitMove): Promise<'sent' | 'waiting' | null> => {
    if (isBusy.current) return null;
    isBusy.current = true;
    setBusy(move.name);
    setError(null);
    try {
      return await (worksOffline() ? sendKept(move) : sendNow(move));
    } catch (caught) {
      setError(caught);
      return null;
    } finally {
      void client.invalidateQueries({ queryKey: ['follow-up', communityId] });
      isBusy.current = false;
      setBusy(null);
    }
  };
  return { send, busy, error };
}
