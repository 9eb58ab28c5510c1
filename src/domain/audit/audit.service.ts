// Audit 审计: who changed what, when, from where, before and after; append-only, numbered and chained by hashes.
// The numbers are also the feed that browsers follow (spec/12 Feed).
import { createHash } from 'node:crypto';
import { canonical } from '../../kernel/canonical.ts';
import { msOfId, newId } from '../../kernel/id.ts';
import { type Instant, instantOf } from '../../kernel/time.ts';
import { type Database, sql, type Tx } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import { machineMs } from '../../platform/time-source.ts';

/** `changed`: field → [was, is], codes, ids and numbers only; a personal field is given by `personalDigest`. */
export type AuditEntry = {
  action: string;
  noun: string;
  nounId: string | null;
  changed?: Record<string, [unknown, unknown]>;
};

/** Who did it, when and from where; a `Call` is one. */
export type AuditBy = {
  communityId: string;
  now: Instant;
  actor: { accountId: string };
  roles: readonly string[];
  fromIp: string;
  requestId: string;
};

export async function record(tx: Tx, by: AuditBy, entry: AuditEntry): Promise<void> {
  await tx
    .insertInto('auditLog')
    .values({
      communityId: by.communityId,
      id: newId(),
      at: by.now,
      actorId: by.actor.accountId || null,
      actorRole: by.roles[0] ?? null,
      fromIp: by.fromIp || null,
      action: entry.action,
      noun: entry.noun,
      nounId: entry.nounId,
      changed: JSON.stringify(entry.changed ?? {}),
      requestId: by.requestId,
    })
    .execute();
}

/** What the program itself did, many rows in one statement. */
export async function recordMany(
  tx: Tx,
  at: Instant,
  entries: readonly (AuditEntry & { communityId: string })[],
): Promise<void> {
  if (entries.length === 0) return;
  await sql`
    insert into audit_log (community_id, id, at, action, noun, noun_id, changed)
    select community_id, id, ${at}, action, noun, noun_id, changed::jsonb
    from unnest(${entries.map((one) => one.communityId)}::uuid[], ${entries.map(() => newId())}::uuid[], ${entries.map((one) => one.action)}::text[],
      ${entries.map((one) => one.noun)}::text[], ${entries.map((one) => one.nounId)}::uuid[], ${entries.map((one) => JSON.stringify(one.changed ?? {}))}::text[])
      as e(community_id, id, action, noun, noun_id, changed)`.execute(tx);
}

/** A personal value in the log is a salted digest: two equal values can't be told to be equal, and none can be read back. */
export function personalDigest(house: House, value: string | null): string | null {
  if (value === null) return null;
  const salt = newId();
  return `${salt}:${house.secrets.lookupHash(value, `audit:${salt}`).toString('base64url')}`;
}

type Unsealed = {
  communityId: string;
  id: string;
  at: string;
  actorId: string | null;
  actorRole: string | null;
  fromIp: string | null;
  action: string;
  noun: string;
  nounId: string | null;
  changed: unknown;
  requestId: string | null;
};

export const firstHash = Buffer.alloc(32);

/** hash = sha256(previous ‖ canonical row). */
export function sealHash(previous: Buffer, row: Unsealed): Buffer {
  const { communityId, id, at, actorId, actorRole, fromIp, action, noun, nounId, changed, requestId } = row;
  return createHash('sha256')
    .update(previous)
    .update(canonical({ communityId, id, at, actorId, actorRole, fromIp, action, noun, nounId, changed, requestId }))
    .digest();
}

export const feedChannel = 'guanjia_feed';
const sealLock = 7_140_002;
const batch = 2_000;

/** Numbers committed rows per community; one process at a time; answers how many it sealed. */
export async function sealAudit(database: Database): Promise<number> {
  return database.everywhere(async (tx) => {
    const free = await sql<{ got: boolean }>`select pg_try_advisory_xact_lock(${sealLock}) as got`.execute(tx);
    if (!free.rows[0]?.got) return 0;
    const { rows } = await sql<Unsealed>`
      select l.community_id, l.id, l.at, l.actor_id, l.actor_role, l.from_ip, l.action, l.noun, l.noun_id, l.changed, l.request_id
      from audit_unsealed u join audit_log l on l.community_id = u.community_id and l.id = u.audit_id
      order by u.community_id, u.audit_id limit ${batch}`.execute(tx);
    if (rows.length === 0) return 0;
    const communityIds = [...new Set(rows.map((row) => row.communityId))];
    const known = await tx.selectFrom('auditHeads').selectAll().where('communityId', 'in', communityIds).execute();
    const heads = new Map(known.map((head) => [head.communityId, { no: head.no, hash: head.hash }]));
    const sealedAt = instantOf(machineMs());
    const seals = rows.map((row) => {
      const head = heads.get(row.communityId) ?? { no: 0, hash: firstHash };
      const next = { no: head.no + 1, hash: sealHash(head.hash, row) };
      heads.set(row.communityId, next);
      return { communityId: row.communityId, no: next.no, auditId: row.id, hash: next.hash, sealedAt };
    });
    await sql`
      insert into audit_seals (community_id, no, audit_id, hash, sealed_at)
      select * from unnest(${seals.map((seal) => seal.communityId)}::uuid[], ${seals.map((seal) => seal.no)}::bigint[],
        ${seals.map((seal) => seal.auditId)}::uuid[], ${seals.map((seal) => seal.hash)}::bytea[], ${seals.map((seal) => seal.sealedAt)}::timestamptz[])`.execute(
      tx,
    );
    await sql`delete from audit_unsealed using unnest(${seals.map((seal) => seal.communityId)}::uuid[], ${seals.map((seal) => seal.auditId)}::uuid[]) as done(community_id, audit_id)
      where audit_unsealed.community_id = done.community_id and audit_unsealed.audit_id = done.audit_id`.execute(tx);
    for (const communityId of communityIds) {
      const head = heads.get(communityId);
      if (!head) continue;
      await sql`insert into audit_heads (community_id, no, hash) values (${communityId}, ${head.no}, ${head.hash})
        on conflict (community_id) do update set no = excluded.no, hash = excluded.hash`.execute(tx);
    }
    await sql`select pg_notify(${feedChannel}, '')`.execute(tx);
    return rows.length;
  });
}

/** How long the oldest entry has been waiting for its number: so late is what browsers hear. The id carries its time. */
export async function feedLagMs(tx: Tx): Promise<number> {
  const oldest = await tx.selectFrom('auditUnsealed').select('auditId').orderBy('auditId').limit(1).executeTakeFirst();
  return oldest ? Math.max(0, machineMs() - msOfId(oldest.auditId)) : 0;
}

export type ChainBreach = { communityId: string; no: number; what: 'hash' | 'gap' | 'head' };

/** Follows one community's chain from the start and names each place where it does not hold (`verify`). */
export async function checkChain(tx: Tx, communityId: string): Promise<ChainBreach[]> {
  const breaches: ChainBreach[] = [];
  let previous: Buffer = firstHash;
  let no = 0;
  for (;;) {
    const { rows } = await sql<Unsealed & { no: number; hash: Buffer }>`
      select s.no, s.hash, l.community_id, l.id, l.at, l.actor_id, l.actor_role, l.from_ip, l.action, l.noun, l.noun_id, l.changed, l.request_id
      from audit_seals s join audit_log l on l.community_id = s.community_id and l.id = s.audit_id
      where s.community_id = ${communityId} and s.no > ${no} order by s.no limit 5000`.execute(tx);
    for (const row of rows) {
      if (row.no !== no + 1) breaches.push({ communityId, no: row.no, what: 'gap' });
      if (!sealHash(previous, row).equals(row.hash)) breaches.push({ communityId, no: row.no, what: 'hash' });
      previous = row.hash;
      no = row.no;
    }
    if (rows.length < 5000) break;
  }
  const head = await tx.selectFrom('auditHeads').selectAll().where('communityId', '=', communityId).executeTakeFirst();
  if ((head?.no ?? 0) !== no || (head && !head.hash.equals(previous))) breaches.push({ communityId, no, what: 'head' });
  return breaches;
}
