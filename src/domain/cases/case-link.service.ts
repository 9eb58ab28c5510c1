// What slices beside ask of cases: may this person know of it. Handed over in the wiring.
import { sql, type Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';
import { mayReadCase } from './case.service.ts';
import { inReach } from './case.store.ts';

/** Those of these cases that a contractor or resident reaches: always their own only (spec/12). */
export async function ownCases(
  tx: Tx,
  communityId: string,
  accountId: string,
  caseIds: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select c.id from cases c where c.community_id = ${communityId} and c.id = any (${[...caseIds]}::uuid[])
      and ${inReach({ breadth: 'own', accountId })}`.execute(tx);
  return new Set(rows.map((row) => row.id));
}

/** What hangs on an entry of a time line goes by the rights to its case. */
export async function mayReadCaseEvent(tx: Tx, call: Call, eventId: string): Promise<boolean> {
  const event = await tx
    .selectFrom('caseEvents')
    .select('caseId')
    .where('communityId', '=', call.communityId)
    .where('id', '=', eventId)
    .executeTakeFirst();
  return event !== undefined && (await mayReadCase(tx, call, event.caseId));
}
