// What `verify` asks of clocks 时限: each folded anew from its events says what its row says.
import { type Breach, type Check, checkPage } from '../../platform/checks.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import { loadCalendars } from './calendar.service.ts';
import { foldClock } from './clock.rules.ts';
import { type ClockPolicy, cacheOf } from './clock.service.ts';
import { type ClockRow, listClockEvents } from './clock.store.ts';

/** The policy by which a clock counts: handed over, because standards stand above clocks. */
export type PolicyOf = (tx: Tx, communityId: string, versionId: string) => Promise<ClockPolicy>;

export const clocksFoldAnew = (policyOf: PolicyOf): Check =>
  async function* (tx) {
    for (let after = ''; ; ) {
      const { rows } = await sql<ClockRow>`
        select * from clocks where ${after} = '' or id > nullif(${after}, '')::uuid order by id limit ${checkPage}`.execute(
        tx,
      );
      for (const [communityId, mine] of byCommunity(rows)) yield* checkClocks(tx, policyOf, communityId, mine);
      if (rows.length < checkPage) return;
      after = rows.at(-1)?.id ?? '';
    }
  };

function byCommunity(rows: readonly ClockRow[]): Map<string, ClockRow[]> {
  const found = new Map<string, ClockRow[]>();
  for (const row of rows) {
    const own = found.get(row.communityId);
    if (own) own.push(row);
    else found.set(row.communityId, [row]);
  }
  return found;
}

async function* checkClocks(
  tx: Tx,
  policyOf: PolicyOf,
  communityId: string,
  rows: readonly ClockRow[],
): AsyncGenerator<Breach> {
  const ids = rows.map((row) => row.id);
  const events = await listClockEvents(tx, communityId, ids);
  const named = [...events.values()]
    .flat()
    .flatMap((event) => ('calendarVersion' in event ? [event.calendarVersion] : []));
  await loadCalendars(tx, [...rows.map((row) => row.calendarVersion), ...(named as string[])]);
  for (const row of rows) {
    const breach = (what: string, facts: Breach['facts'] = {}): Breach => ({
      communityId,
      what,
      facts: { clockId: row.id, caseId: row.caseId, kind: row.kind, ...facts },
    });
    const own = events.get(row.id) ?? [];
    if (!own.some((event) => event.type === 'start')) {
      yield breach('clock_without_start');
      continue;
    }
    if (own.some((event, index) => event.seq !== index + 1) || row.eventSeq !== own.length)
      yield breach('events_have_gaps', { events: own.length, expected: row.eventSeq });
    const policy = await policyOf(tx, communityId, row.policyVersionId);
    const says = cacheOf(foldClock(own, policy.calendarOf), row, policy);
    for (const [column, expected] of Object.entries(says)) {
      const found = row[column as keyof ClockRow];
      if (found !== expected)
        yield breach('column_differs', { column, found: shown(found), expected: shown(expected) });
    }
  }
}

const shown = (value: unknown): string | number | boolean | null =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
