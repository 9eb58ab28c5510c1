// What a repair asks of the follow-ups above it: a draw at the end of the work, making one, voiding it. Handed over in
// the wiring, and carried out in the transaction of the move.
import type { Instant, Month } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';
import type { StandardDocument } from '../standards/standard.contract.ts';

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

export function followUps(): FollowUpLinks {
  if (!links) throw new Error('follow-ups are not linked');
  return links;
}
