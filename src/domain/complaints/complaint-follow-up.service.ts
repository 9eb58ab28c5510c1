// What a complaint asks of the follow-ups above it, in the transaction of the move: a place in the month's sample when the
// customer is told, making one, voiding it.
import { monthOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';
import { type FollowUpDraw, followUps } from '../cases/case-follow-up.service.ts';
import type { Policy } from '../standards/standard.service.ts';
import type { ComplaintDecision } from './complaint-facts.rules.ts';

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
    await followUps().make(tx, call, {
      caseId: id,
      what: followUp.what,
      at: followUp.at,
      finishedAt: followUp.at,
      draw,
    });
  if (followUp?.do === 'void') await followUps().void(tx, call, { caseId: id, at: event.at, reason: event.move });
}
