// Backups 备份: what of the house goes into one, that one was taken or restored (also in the audit: it holds all that
// is known of everybody), and which was the last.
import type { Instant } from '../../kernel/time.ts';
import type { Ask } from '../../platform/backup/take-backup.ts';
import type { House } from '../../platform/house.ts';
import { type Call, readIn, systemCall } from '../access/call.ts';
import { findOrganization } from '../access/session.store.ts';
import { record } from '../audit/audit.service.ts';
import type { LastBackup } from './backup.contract.ts';
import { findLastBackup, keepLastBackup } from './backup.store.ts';

/** Who was signed in, whose guesses were slowed: a restored house asks everybody to sign in again. */
export const leftOutTables = ['sessions', 'setup_secrets', 'sign_in_failures'];

/** Keys of the stored bytes that rows name; refused and erased attachments have none. */
export async function attachmentKeys(ask: Ask): Promise<string[]> {
  const rows = await ask(`
    select community_id || '/' || encode(hash, 'hex') as key from attachments, unnest(array[sha256, thumb_sha256]) as hash
    where state not in ('refused', 'erased') and hash is not null order by 1`);
  return rows.map((row) => String(row.key));
}

/** The heads of the audit chains: kept elsewhere, they show a chain that was cut short later. */
export async function auditNotes(ask: Ask): Promise<Record<string, unknown>> {
  return {
    auditHeads: await ask(
      `select community_id as "communityId", no::int as no, encode(hash, 'hex') as hash from audit_heads order by 1`,
    ),
    auditUnsealed: Number((await ask('select count(*)::int as count from audit_unsealed'))[0]?.count ?? 0),
  };
}

/** Tells the manager and the audit. An empty house has nobody to tell. */
export async function rememberBackup(house: House, backup: LastBackup): Promise<void> {
  await inOrganization(
    house,
    'backup.take',
    { fileName: [null, backup.fileName], bytes: [null, backup.bytes] },
    backup,
  );
}

export async function rememberRestore(house: House, takenAt: Instant): Promise<void> {
  await inOrganization(house, 'backup.restore', { takenAt: [null, takenAt] }, null);
}

async function inOrganization(
  house: House,
  action: string,
  changed: Record<string, [unknown, unknown]>,
  backup: LastBackup | null,
): Promise<void> {
  await house.database.everywhere(async (tx) => {
    const organization = await findOrganization(tx);
    if (!organization) return;
    const call = systemCall(house, organization.id, { id: '', organizationId: organization.id });
    if (backup) await keepLastBackup(tx, backup, call.now);
    await record(tx, call, { action, noun: 'organization', nounId: organization.id, changed });
  });
}

export const readLastBackup = async (call: Call): Promise<{ backup: LastBackup | null }> => ({
  backup: await readIn(call, findLastBackup),
});
