// Backups 备份 as the manager sees them: the last good one.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';

export const lastBackupSchema = z.object({
  at: z.string(),
  fileName: z.string(),
  bytes: z.int(),
  /** Read back whole after it was written. */
  verified: z.boolean(),
});
export type LastBackup = z.infer<typeof lastBackupSchema>;

export const backupRoutes = {
  lastBackup: route({
    method: 'GET',
    path: '/backups/last',
    summary: { zh: '最近一次成功的备份', en: 'The last good backup; null where none was ever taken' },
    permission: 'backup.read',
    response: z.object({ backup: lastBackupSchema.nullable() }),
  }),
};
