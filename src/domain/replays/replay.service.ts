// Replays 试算 carried out: batch by batch in the background, with progress, so that a quarter of a large community holds up
// nobody; an answer that is there within a second comes at once.
import { newId } from '../../kernel/id.ts';
import { decodeCursor, pageOf } from '../../kernel/paging.ts';
import { badField, notFound, Refusal } from '../../kernel/refusal.ts';
import { dayOf, type Instant, plusDays, startOfDay } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import { type Call, effect, type InputOf, readIn } from '../access/call.ts';
import { calendarsNamed, communityCalendar, loadCalendars } from '../clocks/calendar.service.ts';
import { foldClock } from '../clocks/clock.rules.ts';
import { listClockEvents } from '../clocks/clock.store.ts';
import type { StandardDocument } from '../standards/standard.contract.ts';
import { documentOf, type Policy, policyOf } from '../standards/standard.service.ts';
import { findStandardRow } from '../standards/standard.store.ts';
import type { Replay, ReplayCount, replayRoutes } from './replay.contract.ts';
import { countRows, outcomeOf, replayClock } from './replay.rules.ts';
import {
  countQuarterCases,
  failInterruptedReplays,
  findLatestReplay,
  insertReplay,
  insertReplayRows,
  listClocksOfAll,
  listCustomerDates,
  listFollowUpSubjects,
  listLevels,
  listQuarterCases,
  listReplayRows,
  type ReplayedClock,
  type ReplayRow,
  updateReplay,
} from './replay.store.ts';

/** A quarter, to the day: the cases of the last 13 weeks. */
const quarterDays = 91;
const batchCases = 200;
const answerWithinMs = 1_000;

const running = new Map<string, Promise<void>>();

const spanOf = (row: Pick<ReplayRow, 'fromOn' | 'untilOn'>) => ({
  from: startOfDay(row.fromOn),
  until: startOfDay(plusDays(row.untilOn, 1)),
});

export async function startReplay(call: Call, standardId: string): Promise<Replay> {
  const { communityId, house } = call;
  const untilOn = dayOf(call.now);
  const made: { row: ReplayRow | null; document: StandardDocument | null } = { row: null, document: null };
  await effect(call, newId(), async (tx, id) => {
    const standard = await findStandardRow(tx, communityId, standardId, true);
    if (!standard) throw notFound('standard');
    const latest = await findLatestReplay(tx, communityId, standardId);
    if (latest?.state === 'running' && running.has(latest.id)) throw new Refusal('replay.running');
    const row: ReplayRow = {
      communityId,
      id,
      standardId,
      revision: standard.revision,
      state: 'running',
      fromOn: plusDays(untilOn, -quarterDays),
      untilOn,
      cases: 0,
      casesDone: 0,
      counts: [],
      startedBy: call.actor.accountId,
      startedAt: call.now,
      endedAt: null,
    };
    row.cases = await countQuarterCases(tx, communityId, spanOf(row));
    await insertReplay(tx, row);
    made.row = row;
    made.document = documentOf(standard.document).document;
  });
  if (made.row && made.document) {
    const { row } = made;
    const work = run(house, row, made.document, call.now).finally(() => running.delete(row.id));
    running.set(row.id, work);
    await Promise.race([work, new Promise((resolve) => setTimeout(resolve, answerWithinMs).unref())]);
  }
  const found = (await readReplay(call, standardId)).replay;
  if (!found) throw notFound('replay');
  return found;
}

async function run(house: House, row: ReplayRow, after: StandardDocument, now: Instant): Promise<void> {
  try {
    let counts: ReplayCount[] = [];
    let casesDone = 0;
    for (let afterId = ''; ; ) {
      const last = afterId;
      const found = await house.database.write([row.communityId], async (tx) => {
        const cases = await listQuarterCases(tx, row.communityId, spanOf(row), last, batchCases);
        const rows = await replayCases(tx, row.communityId, cases, after, now);
        await insertReplayRows(tx, row.communityId, row.id, rows);
        counts = countRows(counts, rows);
        casesDone += cases.length;
        await updateReplay(tx, row.communityId, row.id, { casesDone, counts });
        return cases;
      });
      if (found.length < batchCases) break;
      afterId = found.at(-1)?.id ?? '';
    }
    await house.database.write([row.communityId], (tx) =>
      updateReplay(tx, row.communityId, row.id, { state: 'done', endedAt: house.time.now() }),
    );
  } catch (fault) {
    house.log.error('replay.failed', { id: row.id }, fault);
    await house.database
      .write([row.communityId], (tx) =>
        updateReplay(tx, row.communityId, row.id, { state: 'failed', endedAt: house.time.now() }),
      )
      .catch((second: unknown) => house.log.error('replay.not_marked', { id: row.id }, second));
  }
}

/** Each clock of these cases as it was and as it would be: folded from the same events, by both versions. */
async function replayCases(
  tx: Tx,
  communityId: string,
  cases: readonly { id: string; level: string | null; standardVersionId: string }[],
  after: StandardDocument,
  now: Instant,
): Promise<ReplayedClock[]> {
  if (cases.length === 0) return [];
  const ids = cases.map((one) => one.id);
  const clocks = await listClocksOfAll(tx, communityId, ids);
  const levels = await listLevels(tx, communityId, ids);
  const events = await listClockEvents(
    tx,
    communityId,
    clocks.map((one) => one.id),
  );
  await loadCalendars(tx, [...clocks.map((one) => one.calendarVersion), ...calendarsNamed(events)]);
  const { desk, sameDay } = after.hours;
  const calendar = await communityCalendar(tx, communityId, { deskHours: desk, sameDay });
  const followUpOf = await listFollowUpSubjects(tx, communityId, ids);
  const customers = await listCustomerDates(tx, communityId, ids);
  const levelOf = new Map(cases.map((one) => [one.id, one.level]));
  const policies = new Map<string, Policy>();
  const rows: ReplayedClock[] = [];
  for (const clock of clocks) {
    const own = events.get(clock.id) ?? [];
    const known = policies.get(clock.policyVersionId);
    const policy = known ?? (await policyOf(tx, communityId, clock.policyVersionId));
    policies.set(clock.policyVersionId, policy);
    const level = levelOf.get(clock.caseId) ?? '';
    const versions = { before: policy.version.document, after };
    const story = {
      kind: clock.kind,
      key: clock.key,
      events: own,
      levels: levels.get(clock.caseId) ?? [{ at: '', level }],
      followUpOf: followUpOf.get(clock.key),
      customer: customers.get(clock.caseId),
    };
    const was = foldClock(own, policy.calendarOf, now);
    const wouldBe = replayClock(versions, story, calendar, now);
    rows.push({
      clockId: clock.id,
      caseId: clock.caseId,
      kind: clock.kind,
      was: outcomeOf(was, now),
      wouldBe: outcomeOf(wouldBe, now),
      wasDueAt: was.dueAt,
      wouldBeDueAt: wouldBe?.dueAt ?? null,
      wasOverMinutes: was.overMinutes,
      wouldBeOverMinutes: wouldBe?.overMinutes ?? 0,
    });
  }
  return rows;
}

/** A program that was stopped in the middle leaves a replay that says so. */
export const markInterruptedReplays = (house: House): Promise<number> =>
  house.database.everywhere((tx) => failInterruptedReplays(tx, [...running.keys()], house.time.now()));

export async function readReplay(call: Call, standardId: string): Promise<{ replay: Replay | null }> {
  return readIn(call, async (tx) => {
    const standard = await findStandardRow(tx, call.communityId, standardId);
    if (!standard) throw notFound('standard');
    const row = await findLatestReplay(tx, call.communityId, standardId);
    if (!row) return { replay: null };
    const { communityId: _community, revision, startedBy: _by, ...rest } = row;
    return { replay: { ...rest, isOld: revision !== standard.revision && standard.state === 'draft' } };
  });
}

export async function readReplayRows(
  call: Call,
  standardId: string,
  query: InputOf<typeof replayRoutes.listReplayRows>['query'],
) {
  const cursor = query.cursor === undefined ? null : decodeCursor(query.cursor, 1)[0];
  if (cursor !== null && (typeof cursor !== 'string' || !/^[0-9a-f-]{36}$/.test(cursor)))
    throw badField('cursor', 'not_a_cursor');
  return readIn(call, async (tx) => {
    const replay = await findLatestReplay(tx, call.communityId, standardId);
    if (!replay) return { items: [], nextCursor: null };
    const { cursor: _cursor, limit, ...filters } = query;
    const rows = await listReplayRows(tx, call.communityId, replay.id, {
      ...filters,
      limit: limit + 1,
      afterId: cursor as string | null,
    });
    return pageOf(
      rows,
      limit,
      (row) => [row.clockId],
      (row) => row,
    );
  });
}
