// Enquiries 咨询 and suggestions 建议 among the "others" of FU1: answered, they are asked about afterwards where there is
// somebody to ask; taken up again, they are not.
import { monthOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';
import type { CaseRow } from '../cases/case.store.ts';
import { type FollowUpSource, followUps } from '../cases/case-follow-up.service.ts';
import type { Policy } from '../standards/standard.service.ts';
import type { EnquiryMove } from './enquiry.contract.ts';

/** How follow-ups see them: whoever answered had a hand in it. */
export const enquirySource: FollowUpSource = {
  kinds: ['enquiry', 'suggestion'],
  hands: { begins: [], ends: [], apart: [], always: ['answer'], gives: [] },
};

/** Somebody without a room and a number was answered while they stood there: nobody can be asked. */
const canBeAsked = (row: Pick<CaseRow, 'unitId' | 'contactPhoneSealed'>): boolean =>
  row.unitId !== null || row.contactPhoneSealed !== null;

export async function followUpEnquiry(
  tx: Tx,
  call: Call,
  policy: Policy,
  row: CaseRow,
  name: EnquiryMove,
): Promise<void> {
  if (name === 'reopen') await followUps().void(tx, call, { caseId: row.id, at: call.now, reason: 'reopen' });
  if (name !== 'answer' || !canBeAsked(row)) return;
  const { document } = policy.version;
  const what = 'other';
  for (const at of followUps().starts(document, what, { doneAt: call.now })) {
    const draw = await followUps().draw(tx, call, { what, month: monthOf(at), document });
    await followUps().make(tx, call, { caseId: row.id, what, at, finishedAt: at, draw });
  }
}
