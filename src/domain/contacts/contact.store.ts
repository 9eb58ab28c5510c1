// SQL of the desk ledger.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';

export type ContactRecord = {
  communityId: string;
  id: string;
  code: string;
  channel: string;
  callerName: string | null;
  callerPhoneMasked: string | null;
  unitId: string | null;
  unit: string | null;
  body: string | null;
  outcome: string;
  state: string;
  caseId: string | null;
  caseCode: string | null;
  caseKind: string | null;
  takenBy: string;
  takenByName: string;
  readBack: boolean;
  startedAt: Instant;
  createdAt: Instant;
  version: number;
};

export type NewContact = {
  communityId: string;
  id: string;
  channel: string;
  callerName: string | null;
  callerPhoneSealed: Buffer | null;
  callerPhoneMasked: string | null;
  unitId: string | null;
  requestTextId: string;
  outcome: string;
  state: string;
  caseId: string | null;
  telephoneCallId: string | null;
  takenBy: string;
  readBack: boolean;
  startedAt: Instant;
  createdAt: Instant;
};

export async function insertContactText(tx: Tx, communityId: string, id: string, body: string): Promise<void> {
  await tx.insertInto('contactTexts').values({ communityId, id, body }).execute();
}

export async function insertContact(tx: Tx, row: NewContact & { code: string }): Promise<void> {
  await tx.insertInto('contacts').values(row).execute();
}

export async function settleByPromise(tx: Tx, communityId: string, ids: readonly string[]): Promise<void> {
  await sql`
    update contacts set version = version + 1, state = case outcome when 'call-back' then 'done' else 'read' end
    where community_id = ${communityId} and id = any(${ids}::uuid[]) and state in ('call-back', 'message')`.execute(tx);
}

export async function settleOpen(tx: Tx, communityId: string, caseId: string): Promise<void> {
  await sql`
    update contacts set version = version + 1, state = 'answered'
    where community_id = ${communityId} and case_id = ${caseId} and state = 'open'`.execute(tx);
}

/** null: none of this community. An anonymous one stands in no ledger beside who called and when. */
export const findNamedCase = async (
  tx: Tx,
  communityId: string,
  id: string,
): Promise<{ isAnonymous: boolean } | null> => {
  const row = await tx
    .selectFrom('cases')
    .select('flags')
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? { isAnonymous: row.flags.includes('anonymous') } : null;
};

export type ContactFilter = {
  id?: string;
  state?: string | undefined;
  owing?: boolean | undefined;
  unitId?: string | undefined;
  from?: Instant;
  until?: Instant;
  after?: { at: Instant; id: string } | null;
  limit: number;
};

export async function listContacts(tx: Tx, communityId: string, filter: ContactFilter): Promise<ContactRecord[]> {
  const parts = [sql`c.community_id = ${communityId}`];
  if (filter.id) parts.push(sql`c.id = ${filter.id}`);
  if (filter.state) parts.push(sql`c.state = ${filter.state}`);
  if (filter.owing) parts.push(sql`c.state in ('open', 'call-back', 'message')`);
  if (filter.unitId) parts.push(sql`c.unit_id = ${filter.unitId}`);
  if (filter.from) parts.push(sql`c.created_at >= ${filter.from}`);
  if (filter.until) parts.push(sql`c.created_at < ${filter.until}`);
  if (filter.after) parts.push(sql`(c.created_at, c.id) < (${filter.after.at}::timestamptz, ${filter.after.id}::uuid)`);
  const { rows } = await sql<ContactRecord>`
    select c.community_id, c.id, c.code, c.channel, c.caller_name, c.caller_phone_masked, c.unit_id, u.label as unit, t.body, c.outcome, c.state, c.case_id,
           k.code as case_code, k.kind as case_kind, c.taken_by, a.name as taken_by_name, c.read_back, c.started_at, c.created_at, c.version
    from contacts c
    left join units u on u.community_id = c.community_id and u.id = c.unit_id
    left join contact_texts t on t.community_id = c.community_id and t.id = c.request_text_id
    left join cases k on k.community_id = c.community_id and k.id = c.case_id
    join accounts a on a.id = c.taken_by
    where ${sql.join(parts, sql` and `)} order by c.created_at desc, c.id desc limit ${filter.limit}`.execute(tx);
  return rows;
}
