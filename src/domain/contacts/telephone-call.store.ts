// SQL of calls that a telephone system told of.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';

export type CallRow = {
  id: string;
  fromMasked: string | null;
  unitId: string | null;
  unit: string | null;
  rangAt: Instant;
  answeredAt: Instant | null;
  endedAt: Instant | null;
  rings: number | null;
  contactId: string | null;
};

export const isCallKnown = async (tx: Tx, communityId: string, id: string): Promise<boolean> =>
  (await tx
    .selectFrom('telephoneCalls')
    .select('id')
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .executeTakeFirst()) !== undefined;

/** Inserts the call or locks the known one, so that two events of one call come one after another. */
export async function claimCall(
  tx: Tx,
  communityId: string,
  call: { id: string; externalId: string; rangAt: Instant },
): Promise<{ id: string; rangAt: Instant; answeredAt: Instant | null; endedAt: Instant | null; isNew: boolean }> {
  const made = await sql<{ id: string }>`
    insert into telephone_calls (community_id, id, external_id, rang_at)
    values (${communityId}, ${call.id}, ${call.externalId}, ${call.rangAt}) on conflict do nothing returning id`.execute(
    tx,
  );
  const row = await tx
    .selectFrom('telephoneCalls')
    .select(['id', 'rangAt', 'answeredAt', 'endedAt'])
    .where('communityId', '=', communityId)
    .where('externalId', '=', call.externalId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return { ...row, isNew: made.rows.length > 0 };
}

export async function updateCall(
  tx: Tx,
  communityId: string,
  id: string,
  change: Partial<{
    rangAt: Instant;
    answeredAt: Instant | null;
    endedAt: Instant | null;
    rings: number | null;
    fromSealed: Buffer;
    fromMasked: string;
    unitId: string;
  }>,
): Promise<void> {
  await tx
    .updateTable('telephoneCalls')
    .set(change)
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .execute();
}

export async function listCalls(
  tx: Tx,
  communityId: string,
  filter: { id?: string; ringingSince?: Instant; from?: Instant; until?: Instant; limit: number },
): Promise<CallRow[]> {
  const parts = [sql`t.community_id = ${communityId}`];
  if (filter.id) parts.push(sql`t.id = ${filter.id}`);
  // A line that was never told to hang up must not ring for ever.
  if (filter.ringingSince)
    parts.push(sql`t.answered_at is null and t.ended_at is null and t.rang_at >= ${filter.ringingSince}`);
  if (filter.from) parts.push(sql`t.rang_at >= ${filter.from}`);
  if (filter.until) parts.push(sql`t.rang_at < ${filter.until}`);
  const { rows } = await sql<CallRow>`
    select t.id, t.from_masked, t.unit_id, u.label as unit, t.rang_at, t.answered_at, t.ended_at, t.rings,
           (select c.id from contacts c where c.community_id = t.community_id and c.telephone_call_id = t.id limit 1) as contact_id
    from telephone_calls t left join units u on u.community_id = t.community_id and u.id = t.unit_id
    where ${sql.join(parts, sql` and `)} order by t.rang_at desc, t.id desc limit ${filter.limit}`.execute(tx);
  return rows;
}

export async function countCalls(
  tx: Tx,
  communityId: string,
  day: { from: Instant; until: Instant },
  asked: { min: number; max: number },
): Promise<{ answered: number; answeredInTime: number; missed: number }> {
  const { rows } = await sql<{ answered: number; answeredInTime: number; missed: number }>`
    select count(*) filter (where answered_at is not null) as answered,
           count(*) filter (where answered_at is not null and rings between ${asked.min} and ${asked.max}) as answered_in_time,
           count(*) filter (where answered_at is null and ended_at is not null) as missed
    from telephone_calls where community_id = ${communityId} and rang_at >= ${day.from} and rang_at < ${day.until}`.execute(
    tx,
  );
  return rows[0] ?? { answered: 0, answeredInTime: 0, missed: 0 };
}
