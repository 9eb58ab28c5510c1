// SQL of complaints 投诉: the kind's own row under the case's id.
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { ComplaintSource } from './complaint.contract.ts';

export type ComplaintRow = {
  id: string;
  source: ComplaintSource;
  aboutCaseId: string | null;
  resolutionTextId: string | null;
  resolvedAt: Instant | null;
  closedAt: Instant | null;
};

export async function insertComplaint(
  tx: Tx,
  communityId: string,
  row: Pick<ComplaintRow, 'id' | 'source' | 'aboutCaseId'>,
): Promise<void> {
  await tx
    .insertInto('complaints')
    .values({ ...row, communityId })
    .execute();
}

export const getComplaintRow = async (tx: Tx, communityId: string, id: string): Promise<ComplaintRow> =>
  (await tx
    .selectFrom('complaints')
    .selectAll()
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()) as unknown as ComplaintRow;

export async function updateComplaint(
  tx: Tx,
  communityId: string,
  id: string,
  change: Partial<Omit<ComplaintRow, 'id'>>,
): Promise<void> {
  await tx.updateTable('complaints').set(change).where('communityId', '=', communityId).where('id', '=', id).execute();
}
