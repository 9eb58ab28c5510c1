// SQL of working calendars and of a community's exceptions.
import type { Tx } from '../../platform/database/database.ts';

export const listCalendarExceptions = (tx: Tx, communityId: string) =>
  tx
    .selectFrom('calendarExceptions')
    .select(['onDay', 'works', 'reason'])
    .where('communityId', '=', communityId)
    .orderBy('onDay')
    .execute();

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
