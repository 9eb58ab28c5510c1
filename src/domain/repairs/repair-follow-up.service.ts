// Repairs and the follow-ups above them: a draw at the end of the work, making one, voiding it, each in the transaction of
// the move; and what those ask back of a repair.
import { type Instant, monthOf } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';
import { type FollowUpDraw, type FollowUpSource, followUps } from '../cases/case-follow-up.service.ts';
import type { Policy } from '../standards/standard.service.ts';
import type { Decision, RepairFacts } from './repair-facts.rules.ts';

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
      what: 'repair',
      at: event.at,
      finishedAt: after.finishedAt ?? event.at,
      draw,
    });
  if (followUp === 'void') await followUps().void(tx, call, { caseId: after.id, at: event.at, reason: event.move });
}

/** Whom an order was sent to has it in hand, accepted or not. */
export const repairHolders: NonNullable<FollowUpSource['holdersOf']> = async (tx, communityId, caseIds) => {
  const { rows } = await sql<{ caseId: string; holderId: string | null }>`
    select id as case_id, unnest(array[technician_id, contractor_id]) as holder_id
    from repairs where community_id = ${communityId} and id = any (${[...caseIds]}::uuid[])`.execute(tx);
  return rows;
};
