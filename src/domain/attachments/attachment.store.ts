// SQL of attachments.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';

export type AttachmentRow = {
  communityId: string;
  id: string;
  state: string;
  mediaType: string;
  fileName: string;
  bytes: number;
  sha256: Buffer;
  thumbSha256: Buffer | null;
  width: number | null;
  height: number | null;
  noun: string | null;
  nounId: string | null;
  purpose: string | null;
  refusedCode: string | null;
  uploadedBy: string;
  createdAt: Instant;
  attachedAt: Instant | null;
};

export const findAttachment = (tx: Tx, communityId: string, id: string): Promise<AttachmentRow | undefined> =>
  tx
    .selectFrom('attachments')
    .selectAll()
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .executeTakeFirst();

/** False where the id is taken. */
export async function insertAttachment(tx: Tx, row: AttachmentRow): Promise<boolean> {
  const made = await tx
    .insertInto('attachments')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  return made.length > 0;
}

/** Hangs those that are loose and the uploader's own on their owner; answers their ids. */
export async function attachLoose(
  tx: Tx,
  communityId: string,
  ids: readonly string[],
  owner: { noun: string; nounId: string; uploadedBy: string; at: Instant },
): Promise<string[]> {
  const rows = await tx
    .updateTable('attachments')
    .set({ state: 'attached', noun: owner.noun, nounId: owner.nounId, attachedAt: owner.at })
    .where('communityId', '=', communityId)
    .where('id', 'in', [...ids])
    .where('state', '=', 'ready')
    .where('uploadedBy', '=', owner.uploadedBy)
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Erases those that hang on nothing since before; the rows stay, the bytes go when nobody else needs them. */
export async function eraseLoose(
  tx: Tx,
  before: Instant,
  limit: number,
): Promise<Pick<AttachmentRow, 'communityId' | 'sha256' | 'thumbSha256'>[]> {
  const { rows } = await sql<Pick<AttachmentRow, 'communityId' | 'sha256' | 'thumbSha256'>>`
    update attachments a set state = 'erased', file_name = ''
    where (a.community_id, a.id) in (
      select community_id, id from attachments where state in ('received', 'ready') and created_at < ${before}
      order by created_at limit ${limit} for update skip locked)
    returning a.community_id, a.sha256, a.thumb_sha256`.execute(tx);
  return rows;
}

/** Whether any attachment still shows these bytes. */
export async function isNeeded(tx: Tx, communityId: string, sha256: Buffer): Promise<boolean> {
  const { rows } = await sql<{ needed: boolean }>`
    select exists (select 1 from attachments where community_id = ${communityId} and state in ('received', 'ready', 'attached')
      and (sha256 = ${sha256} or thumb_sha256 = ${sha256})) as needed`.execute(tx);
  return rows[0]?.needed ?? true;
}

/** One at a time for the same bytes, until the transaction ends: storing and removing never cross. */
export async function lockObject(tx: Tx, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(7140003, hashtext(${key}))`.execute(tx);
}
