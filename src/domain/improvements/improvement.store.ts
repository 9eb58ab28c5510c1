// SQL of improvements 改进措施.
import type { Day, Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { ImprovementNoun, ImprovementState } from './improvement.contract.ts';

export type ImprovementRow = {
  id: string;
  noun: ImprovementNoun;
  nounId: string;
  text: string;
  ownerId: string;
  dueOn: Day;
  state: ImprovementState;
  madeBy: string;
  madeAt: Instant;
  doneAt: Instant | null;
  doneBy: string | null;
  result: string | null;
  settledAt: Instant | null;
  settledBy: string | null;
  remark: string | null;
  version: number;
};

const columns = sql`id, noun, noun_id, text, owner_id, due_on, state, made_by, made_at, done_at, done_by, result, settled_at, settled_by, remark, version`;

export type ImprovementFilter = {
  state?: ImprovementState | undefined;
  ownerId?: string | undefined;
  noun?: ImprovementNoun | undefined;
  nounId?: string | undefined;
  /** Open and due before this day. */
  overdueOn?: Day | undefined;
  /** Only those this account owns or gave. */
  ownOf?: string | undefined;
};

export async function listImprovementRows(
  tx: Tx,
  communityId: string,
  filter: ImprovementFilter,
  page: { after: readonly [Day, string] | null; limit: number },
): Promise<ImprovementRow[]> {
  const { rows } = await sql<ImprovementRow>`
    select ${columns} from improvements where community_id = ${communityId}
      ${filter.state === undefined ? sql`` : sql`and state = ${filter.state}`}
      ${filter.ownerId === undefined ? sql`` : sql`and owner_id = ${filter.ownerId}`}
      ${filter.noun === undefined ? sql`` : sql`and noun = ${filter.noun}`}
      ${filter.nounId === undefined ? sql`` : sql`and noun_id = ${filter.nounId}`}
      ${filter.overdueOn === undefined ? sql`` : sql`and state = 'open' and due_on < ${filter.overdueOn}`}
      ${filter.ownOf === undefined ? sql`` : sql`and (owner_id = ${filter.ownOf} or made_by = ${filter.ownOf})`}
      ${page.after === null ? sql`` : sql`and (due_on, id) > (${page.after[0]}::date, ${page.after[1]}::uuid)`}
    order by due_on, id limit ${page.limit + 1}`.execute(tx);
  return rows;
}

/** Those of several visits or surveys at once, for a list of them. */
export async function listImprovementsOf(
  tx: Tx,
  communityId: string,
  noun: ImprovementNoun,
  nounIds: readonly string[],
): Promise<ImprovementRow[]> {
  if (nounIds.length === 0) return [];
  const { rows } = await sql<ImprovementRow>`
    select ${columns} from improvements
    where community_id = ${communityId} and noun = ${noun} and noun_id = any (${[...nounIds]}::uuid[]) order by due_on, id`.execute(
    tx,
  );
  return rows;
}

export async function findImprovement(
  tx: Tx,
  communityId: string,
  id: string,
  lock = false,
): Promise<ImprovementRow | undefined> {
  const { rows } = await sql<ImprovementRow>`
    select ${columns} from improvements where community_id = ${communityId} and id = ${id} ${lock ? sql`for update` : sql``}`.execute(
    tx,
  );
  return rows[0];
}

export const insertImprovements = (
  tx: Tx,
  communityId: string,
  rows: readonly Pick<
    ImprovementRow,
    'id' | 'noun' | 'nounId' | 'text' | 'ownerId' | 'dueOn' | 'state' | 'madeBy' | 'madeAt'
  >[],
): Promise<unknown> =>
  tx
    .insertInto('improvements')
    .values(rows.map((row) => ({ ...row, communityId })))
    .execute();

export const updateImprovement = (
  tx: Tx,
  communityId: string,
  id: string,
  change: Partial<Omit<ImprovementRow, 'id' | 'noun' | 'nounId' | 'version'>>,
): Promise<unknown> =>
  tx
    .updateTable('improvements')
    .set((eb) => ({ ...change, version: eb('version', '+', 1) }))
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .execute();

export async function listCommunitiesWithOpenImprovements(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{
    communityId: string;
  }>`select distinct community_id from improvements where state = 'open'`.execute(tx);
  return rows.map((row) => row.communityId);
}

/** Open ones due until that day whose owner was not yet told of it; marked as told in the same step. */
export async function takeUnwarned(
  tx: Tx,
  communityId: string,
  until: Day,
): Promise<{ id: string; ownerId: string; dueOn: Day }[]> {
  const { rows } = await sql<{ id: string; ownerId: string; dueOn: Day }>`
    update improvements set warned_for = due_on
    where community_id = ${communityId} and state = 'open' and due_on <= ${until} and warned_for is distinct from due_on
    returning id, owner_id, due_on`.execute(tx);
  return rows;
}
