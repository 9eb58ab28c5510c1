// What `verify` asks of attachments 附件: the bytes that a row names lie in the store and are those that were sent.
import { createHash } from 'node:crypto';
import { type Check, checkPage } from '../../platform/checks.ts';
import { sql, type Tx } from '../../platform/database/database.ts';

type Stored = { communityId: string; id: string; sha256: Buffer; thumbSha256: Buffer | null };

/** Rows whose bytes must be there, by id. Refused and erased ones have none. */
const listStored = async (tx: Tx, after: string): Promise<Stored[]> =>
  (
    await sql<Stored>`
      select community_id, id, sha256, thumb_sha256 from attachments
      where state in ('ready', 'attached') and (${after} = '' or id > nullif(${after}, '')::uuid) order by id limit ${checkPage}`.execute(
      tx,
    )
  ).rows;

export const filesAreWhole: Check = async function* (tx, house) {
  for (let after = ''; ; ) {
    const rows = await listStored(tx, after);
    for (const { communityId, id, sha256, thumbSha256 } of rows)
      for (const wanted of [sha256, thumbSha256]) {
        if (wanted === null) continue;
        const object = await house.objects.get(`${communityId}/${wanted.toString('hex')}`);
        const facts = { attachmentId: id, isThumb: wanted === thumbSha256 };
        if (!object) {
          yield { communityId, what: 'file_missing', facts };
          continue;
        }
        const hash = createHash('sha256');
        for await (const chunk of object.stream) hash.update(chunk as Buffer);
        if (!hash.digest().equals(wanted)) yield { communityId, what: 'file_changed', facts };
      }
    if (rows.length < checkPage) return;
    after = rows.at(-1)?.id ?? '';
  }
};
