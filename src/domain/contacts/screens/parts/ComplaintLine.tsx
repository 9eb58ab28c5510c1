// The line in the desk's ledger 台账 for a complaint that was taken: every contact has one (FD1). Of an anonymous one there is
// none, for the book would say who took it and when (spec/12 Anonymity).
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { newId } from '../../../../kernel/id.ts';
import { call } from '../../../../ui/call.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { useCommunity } from '../../../access/screens/parts/session.ts';
import type { Channel } from '../../../cases/case.contract.ts';
import { severityWords } from '../../../complaints/complaint-case.words.ts';
import type { ComplaintAnswer } from '../../../complaints/complaint-shapes.contract.ts';
import { type CreateContactBody, contactRoutes } from '../../contact.contract.ts';
import { newContactWords as words } from '../../new-contact.words.ts';

/** What comes in by these is somebody who speaks to the desk; letters have a book of their own. */
const spokenChannels: readonly Channel[] = ['phone', 'counter', 'visit', 'hotline', 'wechat', 'online', 'sms', 'email'];

type Taken = {
  complaint: ComplaintAnswer;
  draft: { startedAt: string | null; name: string; phone: string; unitId: string | null };
};

export function useComplaintLine() {
  const community = useCommunity();
  const client = useQueryClient();
  const [attempt, setAttempt] = useState<{ body: CreateContactBody; key: string } | null>(null);
  const send = useMutation({
    mutationFn: (line: { body: CreateContactBody; key: string }) =>
      call(contactRoutes.createContact, { params: { communityId: community.id }, body: line.body, key: line.key }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['contact', community.id] }),
  });
  const write = ({ complaint, draft }: Taken) => {
    if (complaint.anonymous || !spokenChannels.includes(complaint.channel)) return;
    const name = draft.name.trim();
    const phone = draft.phone.trim();
    const line = {
      body: {
        channel: complaint.channel,
        ...(name === '' ? {} : { callerName: name }),
        ...(phone === '' ? {} : { callerPhone: phone }),
        ...(draft.unitId === null ? {} : { unitId: draft.unitId }),
        request: words.complaintLine(severityWords[complaint.severity], complaint.code),
        outcome: 'case' as const,
        caseId: complaint.id,
        startedAt: complaint.receivedAt,
      },
      key: newId(),
    };
    setAttempt(line);
    send.mutate(line);
  };
  return {
    write,
    code: send.data?.code ?? null,
    error: send.error,
    retry: attempt === null ? null : () => send.mutate(attempt),
  };
}

export function ComplaintLineNote({ line }: { line: ReturnType<typeof useComplaintLine> }) {
  if (line.code !== null) return <div className="muted num">{words.saved.contact(line.code)}</div>;
  if (line.error === null) return null;
  return (
    <>
      <div>{words.complaintLineFailed}</div>
      <Problem error={line.error} {...(line.retry ? { retry: line.retry } : {})} />
    </>
  );
}
