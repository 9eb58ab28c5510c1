// SQL of the incoming documents register and of the replies to it.
import type { Day, Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { DocumentKind, DocumentListQuery, ReplyMove, ReplyState, ReplyWay } from './letter.contract.ts';

export type DocumentRecord = {
  id: string;
  code: string;
  kind: DocumentKind;
  sender: string;
  datedOn: Day;
  receivedOn: Day;
  subject: string;
  summary: string;
  caseId: string;
  caseCode: string;
  caseKind: string;
  enteredBy: string;
  enteredByName: string;
  enteredAt: Instant;
  replyCode: string | null;
  replyState: ReplyState | null;
};

export type NewDocument = Omit<
  DocumentRecord,
  'caseCode' | 'caseKind' | 'enteredByName' | 'replyCode' | 'replyState'
> & { sameKey: string };

export type ReplyRow = {
  id: string;
  documentId: string;
  code: string | null;
  state: ReplyState;
  addressee: string;
  subject: string;
  body: string;
  way: ReplyWay | null;
  writtenBy: string;
  createdAt: Instant;
  approvedBy: string | null;
  approvedAt: Instant | null;
  version: number;
};

export type ReplyEventRow = {
  id: string;
  letterId: string;
  move: ReplyMove | 'draft';
  toState: ReplyState;
  at: Instant;
  byId: string;
  way: ReplyWay | null;
  note: string;
};

/** The number under which the same letter, or one of the same scans, stands already. */
export async function findSame(
  tx: Tx,
  communityId: string,
  sameKey: string,
  attachmentIds: readonly string[],
): Promise<string | undefined> {
  const { rows } = await sql<{ code: string }>`
    select code from incoming_documents d where community_id = ${communityId} and (same_key = ${sameKey} or exists (
      select from incoming_document_files f join attachments a on a.community_id = f.community_id and a.sha256 = f.sha256
      where f.community_id = d.community_id and f.document_id = d.id and a.id = any(${[...attachmentIds]}::uuid[])))
    order by code limit 1`.execute(tx);
  return rows[0]?.code;
}

export async function insertDocument(tx: Tx, communityId: string, row: NewDocument, fileIds: readonly string[]) {
  await tx
    .insertInto('incomingDocuments')
    .values({ communityId, ...row })
    .execute();
  // The same picture twice in one letter is one file.
  await sql`
    insert into incoming_document_files (community_id, document_id, attachment_id, sha256)
    select distinct on (sha256) community_id, ${row.id}::uuid, id, sha256 from attachments
    where community_id = ${communityId} and id = any(${[...fileIds]}::uuid[]) order by sha256, id`.execute(tx);
}

export async function findCaseByCode(
  tx: Tx,
  communityId: string,
  code: string,
): Promise<{ id: string; flags: unknown } | undefined> {
  return tx
    .selectFrom('cases')
    .select(['id', 'flags'])
    .where('communityId', '=', communityId)
    .where('code', '=', code.toUpperCase())
    .executeTakeFirst();
}

export async function listDocumentRecords(
  tx: Tx,
  communityId: string,
  ask: Partial<DocumentListQuery> & { id?: string; afterCode?: string; limit: number },
): Promise<DocumentRecord[]> {
  const like = `%${(ask.q ?? '').replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<DocumentRecord>`
    select d.id, d.code, d.kind, d.sender, d.dated_on, d.received_on, d.subject, d.summary, d.case_id, c.code as case_code,
      c.kind as case_kind, d.entered_by, a.name as entered_by_name, d.entered_at, r.code as reply_code, r.state as reply_state
    from incoming_documents d
    join cases c on c.community_id = d.community_id and c.id = d.case_id
    join accounts a on a.id = d.entered_by
    left join lateral (select code, state from reply_letters l where l.community_id = d.community_id and l.document_id = d.id
      order by l.created_at desc, l.id desc limit 1) r on true
    where d.community_id = ${communityId}
      and (${ask.id ?? null}::uuid is null or d.id = ${ask.id ?? null}::uuid)
      and (${ask.caseId ?? null}::uuid is null or d.case_id = ${ask.caseId ?? null}::uuid)
      and (${ask.unitId ?? null}::uuid is null or c.unit_id = ${ask.unitId ?? null}::uuid)
      and (${ask.kind ?? null}::text is null or d.kind = ${ask.kind ?? null})
      and (${ask.reply ?? null}::text is null or coalesce(r.state, 'none') = ${ask.reply ?? null})
      and (${ask.from ?? null}::date is null or d.received_on >= ${ask.from ?? null}::date)
      and (${ask.until ?? null}::date is null or d.received_on <= ${ask.until ?? null}::date)
      and (${ask.q ?? ''} = '' or d.code ilike ${like} or d.sender ilike ${like} or d.subject ilike ${like} or r.code ilike ${like} or c.code ilike ${like})
      and (${ask.afterCode ?? null}::text is null or d.code < ${ask.afterCode ?? null})
    order by d.code desc limit ${ask.limit}`.execute(tx);
  return rows;
}

export async function listFileIds(tx: Tx, communityId: string, documentId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('incomingDocumentFiles')
    .select('attachmentId')
    .where('communityId', '=', communityId)
    .where('documentId', '=', documentId)
    .orderBy('attachmentId')
    .execute();
  return rows.map((row) => row.attachmentId);
}

export async function insertReply(tx: Tx, communityId: string, row: ReplyRow): Promise<void> {
  await tx
    .insertInto('replyLetters')
    .values({ communityId, ...row })
    .execute();
}

export async function insertReplyEvent(tx: Tx, communityId: string, row: ReplyEventRow): Promise<void> {
  await tx
    .insertInto('replyLetterEvents')
    .values({ communityId, ...row })
    .execute();
}

export async function lockReply(tx: Tx, communityId: string, id: string): Promise<ReplyRow | undefined> {
  return (await tx
    .selectFrom('replyLetters')
    .selectAll()
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()) as ReplyRow | undefined;
}

export async function listReplies(
  tx: Tx,
  communityId: string,
  by: { id?: string; documentId?: string },
): Promise<ReplyRow[]> {
  let query = tx.selectFrom('replyLetters').selectAll().where('communityId', '=', communityId);
  if (by.id !== undefined) query = query.where('id', '=', by.id);
  if (by.documentId !== undefined) query = query.where('documentId', '=', by.documentId);
  return (await query.orderBy('createdAt', 'desc').orderBy('id', 'desc').execute()) as ReplyRow[];
}

export async function listReplyEvents(tx: Tx, communityId: string, letterIds: readonly string[]) {
  if (letterIds.length === 0) return [];
  return (await tx
    .selectFrom('replyLetterEvents')
    .selectAll()
    .where('communityId', '=', communityId)
    .where('letterId', 'in', [...letterIds])
    .orderBy('at')
    .orderBy('id')
    .execute()) as ReplyEventRow[];
}

export async function updateReply(
  tx: Tx,
  communityId: string,
  id: string,
  change: Partial<Omit<ReplyRow, 'id' | 'documentId' | 'createdAt'>>,
): Promise<void> {
  await tx
    .updateTable('replyLetters')
    .set(change)
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .execute();
}

export async function namesOfWriters(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('accounts')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}

export async function communityNameOf(tx: Tx, communityId: string): Promise<string> {
  const row = await tx.selectFrom('communities').select('name').where('id', '=', communityId).executeTakeFirst();
  return row?.name ?? '';
}
