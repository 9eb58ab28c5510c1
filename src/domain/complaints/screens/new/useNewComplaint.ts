// Saving a complaint that is being registered: the case first, whatever is typed afterwards into that case; nothing is done
// twice and nothing typed is lost, whatever breaks in between.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { newId } from '../../../../kernel/id.ts';
import { call } from '../../../../ui/call.ts';
import { nowMs, serverNow } from '../../../../ui/now.ts';
import { currentIn, ProblemError } from '../../../../ui/problem.ts';
import { useDraft } from '../../../../ui/useDraft.ts';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { complaintMoveRoutes, complaintRoutes, type Sibling } from '../../complaint.contract.ts';
import { complaintNewWords as words } from '../../complaint-page.words.ts';
import { type ComplaintAnswer, complaintAnswerSchema } from '../../complaint-shapes.contract.ts';
import {
  amendBody,
  type ComplaintDraft,
  createBody,
  emptyComplaint,
  newComplaintForm,
  type Told,
  toldBy,
} from '../parts/complaintDraft.ts';
import { faultsIn, faultsOf, type NewFaults } from './complaintFaults.ts';

export type Saved = { complaint: ComplaintAnswer; draft: ComplaintDraft };

export function useNewComplaint(communityId: string, onFirstSave: (saved: Saved) => void) {
  const client = useQueryClient();
  const draft = useDraft<ComplaintDraft>(newComplaintForm, emptyComplaint);
  const createKey = useIdempotencyKey(`${newComplaintForm}.create`);
  /** A resend of the same words carries the same key; other words are another act. */
  const amendKey = useRef({ body: '', key: '' });
  const [isSaving, setSaving] = useState(false);
  const running = useRef(false);
  const [error, setError] = useState<unknown>(null);
  const [faults, setFaults] = useState<NewFaults>({});
  const { value, setValue } = draft;
  const id = value.recorded?.id ?? null;
  const queryKey = ['complaint', communityId, id];
  const complaint = useQuery({
    queryKey,
    queryFn: ({ signal }) => call(complaintRoutes.getComplaint, { params: { communityId, id: id ?? '' }, signal }),
    enabled: id !== null,
  });

  const change = (changes: Partial<ComplaintDraft>) => {
    setValue((before) => ({ ...before, startedAt: before.startedAt ?? serverNow(), ...changes }));
    const paths = Object.keys(changes).flatMap((field) => pathsOf[field] ?? [field]);
    setFaults((before) => Object.fromEntries(Object.entries(before).filter(([path]) => !isOf(paths, path))));
  };

  const first = async (): Promise<void> => {
    const told = toldBy(value);
    const body = createBody(value, told, nowMs());
    setValue((before) => ({ ...before, sent: body, sentTold: told }));
    const send = (one: typeof body) =>
      call(complaintRoutes.createComplaint, { params: { communityId }, body: one, key: createKey.key });
    let known: Told = told;
    let answer: ComplaintAnswer;
    try {
      answer = await send(body);
    } catch (caught) {
      // An earlier attempt went through with other words: it stands, and what was typed since is still to be sent.
      const isEarlier = caught instanceof ProblemError && caught.code === 'idempotency_mismatch';
      if (!isEarlier || value.sent === null) throw caught;
      answer = await send(value.sent);
      known = value.sentTold ?? told;
    }
    client.setQueryData(['complaint', communityId, answer.id], answer);
    const recorded = { id: answer.id, code: answer.code, told: known };
    setValue((before) => ({ ...before, sent: null, sentTold: null, recorded }));
    for (const noun of ['case', 'unit']) void client.invalidateQueries({ queryKey: [noun, communityId] });
    onFirstSave({ complaint: answer, draft: value });
  };

  const more = async (recorded: NonNullable<ComplaintDraft['recorded']>): Promise<void> => {
    const told = toldBy(value);
    const body = amendBody(value, told, recorded.told);
    if (body === null) return;
    const text = JSON.stringify(body);
    if (amendKey.current.body !== text) amendKey.current = { body: text, key: newId() };
    const amend = (version: number, key: string) =>
      call(complaintMoveRoutes.amend, {
        params: { communityId, id: recorded.id },
        body: { ...body, version } as never,
        key,
      });
    const looked = complaint.data ?? (await complaint.refetch()).data;
    let answer: ComplaintAnswer;
    try {
      answer = await amend(looked?.version ?? 1, amendKey.current.key);
    } catch (caught) {
      // Taken over or forwarded while the story was typed: that is no contradiction to the story.
      const current = currentIn(complaintAnswerSchema, caught);
      if (current === undefined) throw caught;
      client.setQueryData(queryKey, current);
      if (looked !== undefined && hasOtherWords(body, looked, current))
        throw new ProblemError({ status: 412, code: 'stale_version', title: words.stale });
      amendKey.current = { body: text, key: newId() };
      answer = await amend(current.version, amendKey.current.key);
    }
    client.setQueryData(queryKey, answer);
    setValue((before) => ({ ...before, recorded: { ...recorded, told }, savedMoreAt: serverNow() }));
    void client.invalidateQueries({ queryKey: ['case', communityId] });
  };

  const run = async (act: () => Promise<void>): Promise<boolean> => {
    if (running.current) return false;
    running.current = true;
    setSaving(true);
    setError(null);
    try {
      await act();
      setFaults({});
      return true;
    } catch (caught) {
      setError(caught);
      setFaults(faultsIn(caught));
      return false;
    } finally {
      running.current = false;
      setSaving(false);
    }
  };

  const save = async (): Promise<boolean> => {
    const found = faultsOf(value);
    if (Object.keys(found).length > 0) {
      setFaults(found);
      return false;
    }
    const { recorded } = value;
    return run(() => (recorded === null ? first() : more(recorded)));
  };

  const join = (sibling: Sibling) => {
    const { recorded } = value;
    const sameEvent = { id: sibling.id, code: sibling.code };
    if (recorded === null) {
      change({ sameEvent });
      return;
    }
    void run(async () => {
      const answer = await call(complaintMoveRoutes.link, {
        params: { communityId, id: recorded.id },
        body: { sameEventAs: sibling.id, version: complaint.data?.version ?? 1 },
        key: newId(),
      });
      client.setQueryData(queryKey, answer);
      setValue((before) => ({ ...before, sameEvent }));
    });
  };

  const startAfresh = () => {
    draft.clear();
    createKey.renew();
    setError(null);
    setFaults({});
  };

  const isUnsaved = value.recorded !== null && amendBody(value, toldBy(value), value.recorded.told) !== null;
  return {
    draft,
    change,
    save,
    join,
    startAfresh,
    error,
    faults,
    isSaving,
    isUnsaved,
    complaint: complaint.data ?? null,
  };
}

/** Fields of the form whose fault stands under another path. */
const pathsOf: Readonly<Record<string, readonly string[]>> = {
  phone: ['contact.phone'],
  name: ['contact.name'],
  unitText: ['unitId'],
  consentBy: ['consent'],
  consentHow: ['consent'],
};
const isOf = (paths: readonly string[], path: string): boolean =>
  paths.some((one) => path === one || path.startsWith(`${one}.`));

/** Whether somebody else changed what we are about to write. */
function hasOtherWords(body: Record<string, unknown>, looked: ComplaintAnswer, current: ComplaintAnswer): boolean {
  return (['account', 'demand', 'place', 'replyReason', 'replyAt', 'against'] as const).some(
    (field) => field in body && current[field] !== looked[field],
  );
}
