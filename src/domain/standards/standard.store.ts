// SQL of the service standard's versions.
import type { Day, Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { StandardState } from './standard-edit.contract.ts';

export type StandardRow = {
  id: string;
  version: number;
  state: StandardState;
  inForceOn: Day;
  document: unknown;
  revision: number;
  basedOnId: string | null;
  note: string;
  remark: string;
  createdBy: string | null;
  createdAt: Instant;
};

const columns = [
  'id',
  'version',
  'state',
  'inForceOn',
  'document',
  'revision',
  'basedOnId',
  'note',
  'remark',
  'createdBy',
  'createdAt',
] as const;

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

/** Versions that were or are in force, the latest first: of two of one day the later counts. */
export const listEverInForce = (tx: Tx, communityId: string): Promise<{ id: string; inForceOn: string }[]> =>
  tx
    .selectFrom('serviceStandards')
    .select(['id', 'inForceOn'])
    .where('communityId', '=', communityId)
    .where('state', 'in', ['in-force', 'replaced'])
    .orderBy('inForceOn', 'desc')
    .orderBy('version', 'desc')
    .execute();

export async function findStandardRow(
  tx: Tx,
  communityId: string,
  id: string,
  isForUpdate = false,
): Promise<StandardRow | undefined> {
  const query = tx
    .selectFrom('serviceStandards')
    .select(columns)
    .where('communityId', '=', communityId)
    .where('id', '=', id);
  return (await (isForUpdate ? query.forUpdate() : query).executeTakeFirst()) as StandardRow | undefined;
}

/** The next number; null while a version is being written or waits. Locks the community's versions. */
export async function nextStandardVersion(tx: Tx, communityId: string): Promise<number | null> {
  const rows = await tx
    .selectFrom('serviceStandards')
    .select(['version', 'state'])
    .where('communityId', '=', communityId)
    .orderBy('version', 'desc')
    .forUpdate()
    .execute();
  if (rows.some((row) => ['draft', 'submitted', 'approved'].includes(row.state))) return null;
  return (rows[0]?.version ?? 0) + 1;
}

export async function updateStandard(
  tx: Tx,
  communityId: string,
  id: string,
  change: Partial<Pick<StandardRow, 'state' | 'inForceOn' | 'revision' | 'note' | 'remark'>> & {
    document?: object;
    submittedAt?: Instant | null;
  },
): Promise<void> {
  const { document, ...rest } = change;
  await tx
    .updateTable('serviceStandards')
    .set({ ...rest, ...(document ? { document: JSON.stringify(document) } : {}) })
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .execute();
}

/** Approved versions whose day has come, of every community. */
export async function listEnteringStandards(tx: Tx, today: Day): Promise<{ communityId: string; id: string }[]> {
  return tx
    .selectFrom('serviceStandards')
    .select(['communityId', 'id'])
    .where('state', '=', 'approved')
    .where('inForceOn', '<=', today)
    .execute();
}

export const listStandardRows = (tx: Tx, communityId: string) =>
  tx
    .selectFrom('serviceStandards')
    .select(['id', 'version', 'state', 'inForceOn', 'createdAt', 'note'])
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
    basedOnId?: string;
    note?: string;
  },
): Promise<void> {
  await tx
    .insertInto('serviceStandards')
    .values({ ...row, document: JSON.stringify(row.document) })
    .execute();
}
