// SQL of working calendars and of a community's exceptions.
import type { Tx } from '../../platform/database/database.ts';

export const listCalendarExceptions = (tx: Tx, communityId: string) =>
  tx
    .selectFrom('calendarExceptions')
    .select(['id', 'onDay', 'works', 'reason'])
    .where('communityId', '=', communityId)
    .orderBy('onDay')
    .execute();

export async function insertCalendarException(
  tx: Tx,
  row: { communityId: string; id: string; onDay: string; works: boolean; reason: string },
): Promise<boolean> {
  const made = await tx
    .insertInto('calendarExceptions')
    .values(row)
    .onConflict((conflict) => conflict.columns(['communityId', 'onDay']).doNothing())
    .returning('id')
    .execute();
  return made.length > 0;
}

export async function deleteCalendarException(tx: Tx, communityId: string, id: string): Promise<void> {
  await tx.deleteFrom('calendarExceptions').where('communityId', '=', communityId).where('id', '=', id).execute();
}

/** Years that the community's organization loaded itself. */
export async function listLoadedYears(tx: Tx, communityId: string) {
  return tx
    .selectFrom('holidayYears')
    .innerJoin('communities', 'communities.organizationId', 'holidayYears.organizationId')
    .select(['holidayYears.year', 'holidayYears.content', 'holidayYears.loadedAt'])
    .where('communities.id', '=', communityId)
    .orderBy('holidayYears.year')
    .execute();
}

export async function saveLoadedYear(
  tx: Tx,
  row: { organizationId: string; year: number; content: object; loadedBy: string; loadedAt: string },
): Promise<void> {
  const values = { ...row, content: JSON.stringify(row.content) };
  const { organizationId: _organization, year: _year, ...rest } = values;
  await tx
    .insertInto('holidayYears')
    .values(values)
    .onConflict((conflict) => conflict.columns(['organizationId', 'year']).doUpdateSet(rest))
    .execute();
}

export async function keepCalendar(tx: Tx, version: string, content: object, createdAt: string): Promise<void> {
  await tx
    .insertInto('calendarVersions')
    .values({ version, content: JSON.stringify(content), createdAt })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export const findCalendarContent = async (tx: Tx, version: string): Promise<unknown> =>
  (await tx.selectFrom('calendarVersions').select('content').where('version', '=', version).executeTakeFirst())
    ?.content;
