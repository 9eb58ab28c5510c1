// What a repair asks of the follow-ups above it: a draw at the end of the work, making one, voiding it. Handed over in
// the wiring, and carried out in the transaction of the move.
import { type Instant, type Month, monthOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';
import type { StandardDocument } from '../standards/standard.contract.ts';
import type { Policy } from '../standards/standard.service.ts';
import type { Decision, RepairFacts } from './repair-facts.rules.ts';

/** Which place the month's sample gave this case, and what follows; the slice above knows the rest of it. */
export type FollowUpDraw = { isOwed: boolean };

export type FollowUpLinks = {
  draw(tx: Tx, call: Call, ask: { what: 'repair'; month: Month; document: StandardDocument }): Promise<FollowUpDraw>;
  make(
    tx: Tx,
    call: Call,
    made: { caseId: string; at: Instant; finishedAt: Instant; draw: FollowUpDraw },
  ): Promise<void>;
  void(tx: Tx, call: Call, what: { caseId: string; at: Instant; reason: string }): Promise<void>;
};

let links: FollowUpLinks | null = null;
export const linkFollowUps = (made: FollowUpLinks): void => {
  links = made;
};

function followUps(): FollowUpLinks {
  if (!links) throw new Error('follow-ups are not linked');
  return links;
}

/** What is finished is finished when it happened; its month's sample says whether a follow-up is owed (FU1). */
export const drawFollowUp = (
  tx: Tx,
  call: Call,
  policy: Policy,
  repair: RepairFacts,
  input: { happenedAt?: Instant | undefined },
) =>
  followUps().draw(tx, call, {
    what: 'repair',
    month: monthOf(repair.finishedAt ?? input.happenedAt ?? call.now),
    document: policy.version.document,
  });

export async function carryFollowUp(
  tx: Tx,
  call: Call,
  after: RepairFacts,
  { followUp, event }: Decision,
  draw: FollowUpDraw | null,
): Promise<void> {
  if (draw && (followUp === 'make' || followUp === 'not-owed'))
    await followUps().make(tx, call, {
      caseId: after.id,
      at: event.at,
      finishedAt: after.finishedAt ?? event.at,
      draw,
    });
  if (followUp === 'void') await followUps().void(tx, call, { caseId: after.id, at: event.at, reason: event.move });
}
