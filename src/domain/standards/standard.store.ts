// SQL of the service standard's versions.
import type { Tx } from '../../platform/database/database.ts';

export type StandardRow = { id: string; version: number; state: string; inForceOn: string; document: unknown };

const columns = ['id', 'version', 'state', 'inForceOn', 'document'] as const;

/** Only the id: the document is cached by it for ever. */
export const findInForceId = async (tx: Tx, communityId: string): Promise<string | undefined> =>
  (
    await tx
      .selectFrom('serviceStandards')
      .select('id')
      .where('communityId', '=', communityId)
      .where('state', '=', 'in-force')
      .executeTakeFirst()
  )?.id;

export const findStandardRow = (tx: Tx, communityId: string, id: string): Promise<StandardRow | undefined> =>
  tx
    .selectFrom('serviceStandards')
    .select(columns)
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .executeTakeFirst();

export const listStandardRows = (tx: Tx, communityId: string) =>
  tx
    .selectFrom('serviceStandards')
    .select(['id', 'version', 'state', 'inForceOn', 'createdAt'])
    .where('communityId', '=', communityId)
    .orderBy('version', 'desc')
    .execute();

export async function insertStandard(
  tx: Tx,
  row: {
    communityId: string;
    id: string;
    version: number;
    state: string;
    inForceOn: string;
    document: object;
    createdBy: string | null;
    createdAt: string;
  },
): Promise<void> {
  await tx
    .insertInto('serviceStandards')
    .values({ ...row, document: JSON.stringify(row.document) })
    .execute();
}
