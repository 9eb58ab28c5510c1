// SQL of what the house remembers of its backups: one setting.
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type LastBackup, lastBackupSchema } from './backup.contract.ts';

const key = 'last_backup';

export async function findLastBackup(tx: Tx): Promise<LastBackup | null> {
  const row = await tx.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst();
  return row ? lastBackupSchema.parse(row.value) : null;
}

export async function keepLastBackup(tx: Tx, backup: LastBackup, updatedAt: Instant): Promise<void> {
  const value = JSON.stringify(backup);
  await tx
    .insertInto('settings')
    .values({ key, value, updatedAt })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value, updatedAt }))
    .execute();
}
