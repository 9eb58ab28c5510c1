// One move of an order from the phone: kept on the device and sent when it can be; over plain HTTP sent with one key until
// it has gone through, so that a second press does it once.
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { newId } from '../../../../kernel/id.ts';
import { call } from '../../../../ui/call.ts';
import { press, worksOffline } from '../../../../ui/offline.ts';
import { currentIn, ProblemError } from '../../../../ui/problem.ts';
import type { RepairAnswer, RepairMove, RepairMoveBody } from '../../repair.contract.ts';
import { repairAnswerSchema, repairMoveRoutes } from '../../repair.contract.ts';
import { phoneMoveWords, repairMoveWords } from '../../repair.words.ts';

export type PhoneMove = Exclude<RepairMove, 'close'>;

/** The likely next one of a technician, in the order of the work. */
export const nextMoves = [
  'accept',
  'depart',
  'arrive',
  'resume',
  'finish',
  'sign',
  'return-voucher',
] as const satisfies readonly PhoneMove[];

export type Send = <Name extends PhoneMove>(
  name: Name,
  body: Omit<RepairMoveBody<Name>, 'version'>,
) => Promise<boolean>;

/** What somebody wrote or chose, in one line: it is what remains where the move itself is refused. */
function saysOf(name: PhoneMove, body: object): string {
  const { result, reason, note, call: said, materials } = body as Record<string, unknown>;
  const parts = Array.isArray(materials)
    ? materials.map((line: { name: string; quantity: number }) => `${line.name} × ${line.quantity}`)
    : [];
  const texts = [result, said, name === 'pause' ? undefined : reason, note, ...parts].filter(
    (one): one is string => typeof one === 'string' && one !== '',
  );
  return [phoneMoveWords[name] ?? repairMoveWords[name], ...texts].join(' · ');
}

export function useMove(
  communityId: string,
  repair: RepairAnswer,
): { send: Send; busy: PhoneMove | null; error: unknown } {
  const client = useQueryClient();
  const keys = useRef(new Map<string, string>());
  const isBusy = useRef(false);
  const [busy, setBusy] = useState<PhoneMove | null>(null);
  const [error, setError] = useState<unknown>(null);
  const reload = () => {
    void client.invalidateQueries({ queryKey: ['repair', communityId, repair.id] });
    void client.invalidateQueries({ queryKey: ['case', communityId] });
  };
  const sendKept = async (name: PhoneMove, body: object): Promise<void> => {
    const { attachmentIds, ...rest } = body as { attachmentIds?: string[] };
    const sent = await press({
      communityId,
      caseId: repair.id,
      caseCode: repair.code,
      path: `/communities/${communityId}/repairs/${repair.id}/${name}`,
      action: name,
      body: { ...rest, version: repair.version },
      says: saysOf(name, body),
      photoIds: attachmentIds ?? [],
    });
    if (sent === 'sent') await client.refetchQueries({ queryKey: ['repair', communityId, repair.id] });
    if (sent === 'sent') void client.invalidateQueries({ queryKey: ['case', communityId] });
  };
  const sendNow = async (name: PhoneMove, body: object): Promise<void> => {
    // Another body is another intent: an answer that got lost is asked for with the very words it was sent with.
    const intent = `${name} ${repair.version} ${JSON.stringify(body)}`;
    const key = keys.current.get(intent) ?? newId();
    keys.current.set(intent, key);
    const answer = await call(repairMoveRoutes[name] as typeof repairMoveRoutes.accept, {
      params: { communityId, id: repair.id },
      body: { ...body, version: repair.version },
      key,
    });
    keys.current.delete(intent);
    client.setQueryData(['repair', communityId, repair.id], answer);
    void client.invalidateQueries({ queryKey: ['case', communityId] });
  };
  const send: Send = async (name, body) => {
    if (isBusy.current) return false;
    isBusy.current = true;
    setBusy(name);
    setError(null);
    try {
      await (worksOffline() ? sendKept(name, body) : sendNow(name, body));
      return true;
    } catch (caught) {
      setError(caught);
      // Somebody else was faster: what is shown must be theirs.
      const current = currentIn(repairAnswerSchema, caught);
      if (current) client.setQueryData(['repair', communityId, repair.id], current);
      else if (caught instanceof ProblemError && (caught.status === 412 || caught.status === 409)) reload();
      return false;
    } finally {
      isBusy.current = false;
      setBusy(null);
    }
  };
  return { send, busy, error };
}
