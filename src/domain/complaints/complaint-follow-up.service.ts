// What a complaint asks of the follow-ups above it: a place in the month's sample when the customer is told, making one,
// voiding it. Handed over in the wiring, and carried out in the transaction of the move.
import { type Instant, type Month, monthOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';
import type { StandardDocument } from '../standards/standard.contract.ts';
import type { Policy } from '../standards/standard.service.ts';
import type { ComplaintDecision } from './complaint-facts.rules.ts';

type What = 'major-critical-event' | 'complaint';
/** Which place the month's sample gave it; the slice above knows the rest of it. */
export type FollowUpDraw = { isOwed: boolean };

export type ComplaintFollowUps = {
  draw(tx: Tx, call: Call, ask: { what: What; month: Month; document: StandardDocument }): Promise<FollowUpDraw>;
  make(tx: Tx, call: Call, made: { caseId: string; what: What; at: Instant; draw: FollowUpDraw }): Promise<void>;
  void(tx: Tx, call: Call, what: { caseId: string; at: Instant; reason: string }): Promise<void>;
};

let links: ComplaintFollowUps | null = null;
export const linkComplaintFollowUps = (made: ComplaintFollowUps): void => {
  links = made;
};

function followUps(): ComplaintFollowUps {
  if (!links) throw new Error('follow-ups are not linked');
  return links;
}

/** Its month is that of the end of the work, whatever day it is told (FU1). */
export async function drawFollowUp(
  tx: Tx,
  call: Call,
  policy: Policy,
  { followUp }: ComplaintDecision,
): Promise<FollowUpDraw | null> {
  if (followUp?.do !== 'make') return null;
  const { what, at } = followUp;
  return followUps().draw(tx, call, { what, month: monthOf(at), document: policy.version.document });
}

export async function carryFollowUp(
  tx: Tx,
  call: Call,
  id: string,
  { followUp, event }: ComplaintDecision,
  draw: FollowUpDraw | null,
): Promise<void> {
  if (draw && followUp?.do === 'make')
    await followUps().make(tx, call, { caseId: id, what: followUp.what, at: followUp.at, draw });
  if (followUp?.do === 'void') await followUps().void(tx, call, { caseId: id, at: event.at, reason: event.move });
}
