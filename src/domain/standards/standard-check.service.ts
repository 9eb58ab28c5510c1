// SQL for `verify`: versions of the standard 服务标准 that wait for their approval, and those that an approval put in force.
import { sql, type Tx } from '../../platform/database/database.ts';

type Found = { communityId: string; subjectId: string };

export const listSubmittedStandards = async (tx: Tx): Promise<Found[]> =>
  (await sql<Found>`select community_id, id as subject_id from service_standards where state = 'submitted'`.execute(tx))
    .rows;

/** The one that a community starts with was never submitted. */
export const listApprovedStandards = async (tx: Tx): Promise<(Found & { at: null })[]> => {
  const { rows } = await sql<Found>`select community_id, id as subject_id from service_standards
    where submitted_at is not null and state in ('approved', 'in-force', 'replaced')`.execute(tx);
  return rows.map((row) => ({ ...row, at: null }));
};
