// One move of an order from the phone: sent with one key until it has gone through, so that a second press does it once.
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { newId } from '../../../../kernel/id.ts';
import { call } from '../../../../ui/call.ts';
import { ProblemError } from '../../../../ui/problem.ts';
import type { RepairAnswer, RepairMove, RepairMoveBody } from '../../repair.contract.ts';
import { repairMoveRoutes } from '../../repair.contract.ts';

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

export function useMove(
  communityId: string,
  repair: RepairAnswer,
): { send: Send; busy: PhoneMove | null; error: unknown } {
  const client = useQueryClient();
  const keys = useRef(new Map<string, string>());
  const isBusy = useRef(false);
  const [busy, setBusy] = useState<PhoneMove | null>(null);
  const [error, setError] = useState<unknown>(null);
  const send: Send = async (name, body) => {
    if (isBusy.current) return false;
    isBusy.current = true;
    setBusy(name);
    setError(null);
    // Another body is another intent: an answer that got lost is asked for with the very words it was sent with.
    const intent = `${name} ${repair.version} ${JSON.stringify(body)}`;
    const key = keys.current.get(intent) ?? newId();
    keys.current.set(intent, key);
    try {
      const answer = await call(repairMoveRoutes[name] as typeof repairMoveRoutes.accept, {
        params: { communityId, id: repair.id },
        body: { ...body, version: repair.version },
        key,
      });
      keys.current.delete(intent);
      client.setQueryData(['repair', communityId, repair.id], answer);
      void client.invalidateQueries({ queryKey: ['case', communityId] });
      return true;
    } catch (caught) {
      setError(caught);
      // Somebody else was faster: what is shown must be theirs.
      if (caught instanceof ProblemError && (caught.status === 412 || caught.status === 409))
        void client.invalidateQueries({ queryKey: ['repair', communityId, repair.id] });
      return false;
    } finally {
      isBusy.current = false;
      setBusy(null);
    }
  };
  return { send, busy, error };
}
