// Follow-ups 回访 as their caller may see them: lists by due time, by the way on foot, over all communities; one alone.
import { decodeCursor, pageOf } from '../../kernel/paging.ts';
import { badField, notFound } from '../../kernel/refusal.ts';
import type { Tx } from '../../platform/database/database.ts';
import { accountNames, listMyCommunities } from '../access/account.service.ts';
import { type Call, callRoles, reachOf, readIn } from '../access/call.ts';
import { listAttachmentsOf } from '../cases/case.store.ts';
import { maskPhonesInText } from '../parties/phone.rules.ts';
import { policyOf } from '../standards/standard.service.ts';
import {
  type FollowUp,
  type FollowUpList,
  type FollowUpQuery,
  type FollowUpState,
  followUpStates,
  openFollowUpStates,
} from './follow-up.contract.ts';
import { allowedFollowUpMoves } from './follow-up.rules.ts';
import {
  countFollowUps,
  type FollowUpFilter,
  type FollowUpRecord,
  handlersOfCases,
  listAttempts,
  listFollowUpRecords,
  textsOf,
} from './follow-up.store.ts';
import { levelOf, subjectRule, triesMade } from './follow-up-facts.rules.ts';
import { factsOf, followUpReach } from './follow-up-load.service.ts';
import { lastDueOfMonths } from './follow-up-month.store.ts';
import { isMonthOpen, keptUntilOf } from './follow-up-share.rules.ts';

/** What nobody has to do anything about is asked for by name. */
const usualStates = followUpStates.filter((state) => state !== 'not-owed' && state !== 'void');

function statesOf(query: FollowUpQuery): FollowUpState[] {
  if (query.state === undefined || query.state.length === 0)
    // All of one case belong to its page, whatever became of them.
    return query.caseId === undefined ? usualStates : [...followUpStates];
  return [...new Set(query.state.flatMap((state) => (state === 'open' ? openFollowUpStates : [state])))];
}

const filterOf = (call: Call, query: FollowUpQuery): FollowUpFilter => ({
  states: statesOf(query),
  dueBefore: query.dueBefore,
  callerId: query.caller === 'me' ? call.actor.accountId : query.caller === 'none' ? null : query.caller,
  toReview: query.toReview ? { accountId: call.actor.accountId, level: levelOf(call.roles) } : undefined,
  caseId: query.caseId,
  kind: query.kind,
  verdict: query.verdict,
  month: query.month,
});

export async function readFollowUps(call: Call, query: FollowUpQuery): Promise<FollowUpList> {
  return readIn(call, async (tx) => {
    const reach = followUpReach(call);
    if (!reach) return { items: [], nextCursor: null };
    const cursor = query.cursor === undefined ? null : decodeCursor(query.cursor, 2);
    if (cursor && (typeof cursor[0] !== 'string' || typeof cursor[1] !== 'string'))
      throw badField('cursor', 'not_a_cursor');
    const filter = filterOf(call, query);
    const records = await listFollowUpRecords(tx, call.communityId, filter, reach, {
      sort: query.sort,
      limit: query.limit + 1,
      after: cursor ? { key: cursor[0] as string, id: cursor[1] as string } : null,
    });
    const keyOf = (row: FollowUpRecord) =>
      query.sort === 'due' ? row.nextKey : query.sort === 'route' ? row.routeKey : row.madeAt;
    const page = pageOf(
      records,
      query.limit,
      (row) => [keyOf(row), row.id],
      (row) => row,
    );
    return {
      items: await shapeFollowUps(tx, call, page.items),
      nextCursor: page.nextCursor,
      ...(query.count ? { total: await countFollowUps(tx, call.communityId, filter, reach) } : {}),
    };
  });
}

export async function readFollowUpsEverywhere(call: Call, query: FollowUpQuery): Promise<FollowUpList> {
  if (query.cursor !== undefined) throw badField('cursor', 'not_across_communities');
  const communities = await call.house.database.read([], (tx) => listMyCommunities(tx, call.actor));
  const lists = [];
  for (const { id } of communities) {
    const there: Call = { ...call, communityId: id, roles: callRoles(call.actor, id) };
    if (reachOf(there, 'follow-up.read') !== null) lists.push(await readFollowUps(there, query));
  }
  const items = lists.flatMap((list) => list.items);
  const due = (one: FollowUp) =>
    (one.state === 'visit-due'
      ? (one.visitDueAt ?? one.dueAt)
      : one.state === 'recorded'
        ? one.reviewDueAt
        : one.dueAt) ?? '9999';
  // The way on foot leads through one community after the other; the lists come in that order.
  if (query.sort === 'due') items.sort((a, b) => (due(a) < due(b) ? -1 : due(a) > due(b) ? 1 : 0));
  if (query.sort === 'newest') items.sort((a, b) => (a.id < b.id ? 1 : -1));
  const total = lists.reduce((sum, list) => sum + (list.total ?? 0), 0);
  return { items: items.slice(0, query.limit), nextCursor: null, ...(query.count ? { total } : {}) };
}

/** `isJustMoved`: handed on by the very move, it may have left the caller's reach; what came of it is still shown. */
export async function readFollowUp(call: Call, id: string, isJustMoved = false): Promise<FollowUp> {
  return readIn(call, async (tx) => {
    const reach = isJustMoved ? ({ breadth: 'community' } as const) : followUpReach(call);
    const [record] = reach
      ? await listFollowUpRecords(tx, call.communityId, { ids: [id] }, reach, { sort: 'due', limit: 1, after: null })
      : [];
    if (!record) throw notFound('follow-up');
    const [shaped] = await shapeFollowUps(tx, call, [record]);
    return shaped as FollowUp;
  });
}

const summaryLetters = 200;

export async function shapeFollowUps(tx: Tx, call: Call, records: readonly FollowUpRecord[]): Promise<FollowUp[]> {
  if (records.length === 0) return [];
  const { communityId } = call;
  const ids = records.map((row) => row.id);
  const tries = await listAttempts(tx, communityId, ids);
  const handlers = await handlersOfCases(
    tx,
    communityId,
    records.map((row) => row.caseId),
  );
  const texts = await textsOf(tx, communityId, [
    ...records.flatMap((row) => [
      row.summaryTextId,
      row.lackingTextId,
      row.suggestionsTextId,
      row.reasonTextId,
      row.commentTextId,
      row.improvementTextId,
      row.remarkTextId,
    ]),
    ...[...tries.values()].flat().map((one) => one.textId),
  ]);
  const names = await accountNames(tx, [
    ...records.flatMap((row) => [row.callerId, row.recordedBy, row.reviewedBy, row.returnedBy, row.improvementOwnerId]),
    ...[...handlers.values()].flat(),
    ...[...tries.values()].flat().map((one) => one.byId),
  ]);
  const attached = await listAttachmentsOf(
    tx,
    communityId,
    records.flatMap((row) => (row.recordEventId === null ? [] : [row.recordEventId])),
  );
  const lastDue = await lastDueOfMonths(tx, communityId, [...new Set(records.map((row) => row.month))]);
  const person = (id: string) => ({ id, name: names.get(id) ?? '' });
  const text = (id: string | null): string | null => {
    const body = id === null ? undefined : texts.get(id);
    return body === undefined ? null : maskPhonesInText(body);
  };
  const shaped: FollowUp[] = [];
  for (const row of records) {
    const { document } = (await policyOf(tx, communityId, row.standardVersionId)).version;
    const rule = subjectRule(document, row.what);
    const own = tries.get(row.id) ?? [];
    const handlerIds = handlers.get(row.caseId) ?? [];
    const facts = factsOf(row, own, handlerIds, row.dueAt);
    const isClosed = !isMonthOpen(row.month, lastDue.get(row.month) ?? null, call.now);
    const nextDueAt =
      row.state === 'due'
        ? row.dueAt
        : row.state === 'visit-due'
          ? (row.visitDueAt ?? row.dueAt)
          : row.state === 'recorded'
            ? row.reviewDueAt
            : null;
    const lastTry = own.at(-1);
    shaped.push({
      id: row.id,
      communityId,
      code: row.code,
      caseId: row.caseId,
      caseCode: row.caseCode,
      caseKind: row.caseKind,
      what: row.what,
      kind: row.kind,
      state: row.state,
      version: row.version,
      month: row.month,
      unitId: row.unitId,
      unit: row.unit,
      place: row.place,
      summary: (text(row.summaryTextId) ?? '').slice(0, summaryLetters),
      category: row.category,
      contact: { name: row.contactName, phone: row.contactPhoneMasked },
      handlers: handlerIds.map(person),
      caller: row.callerId === null ? null : person(row.callerId),
      startedAt: row.startedAt,
      finishedAt: row.finishedAt,
      dueAt: row.dueAt,
      wishedAt: row.wishedAt,
      visitDueAt: row.visitDueAt,
      reviewDueAt: row.reviewDueAt,
      overdue: nextDueAt !== null && nextDueAt < call.now,
      attempts: own.map((one) => ({
        id: one.id,
        at: one.at,
        recordedAt: one.recordedAt,
        by: person(one.byId),
        outcome: one.outcome,
        atDoor: one.atDoor,
        nextAt: one.nextAt,
        note: text(one.textId),
      })),
      nextTryAt: lastTry?.nextAt ?? null,
      result:
        row.verdict === null || row.recordedAt === null || row.recordedBy === null
          ? null
          : {
              verdict: row.verdict,
              quality: row.quality,
              effect: row.effect,
              satisfaction: row.satisfaction,
              lacking: text(row.lackingTextId),
              suggestions: text(row.suggestionsTextId),
              channel: row.channel,
              reason: text(row.reasonTextId),
              signed: row.isSigned,
              at: row.recordedAt,
              recordedAt: row.heardAt ?? row.recordedAt,
              by: person(row.recordedBy),
              attachmentIds: row.recordEventId === null ? [] : (attached.get(row.recordEventId) ?? []),
            },
      review:
        row.reviewedAt === null || row.reviewedBy === null
          ? null
          : {
              at: row.reviewedAt,
              by: person(row.reviewedBy),
              comment: text(row.commentTextId) ?? '',
              improvement:
                row.improvementOwnerId === null || row.improvementOn === null
                  ? null
                  : {
                      text: text(row.improvementTextId) ?? '',
                      owner: person(row.improvementOwnerId),
                      on: row.improvementOn,
                    },
            },
      returned:
        row.returnedAt === null || row.returnedBy === null
          ? null
          : { at: row.returnedAt, by: person(row.returnedBy), remark: text(row.remarkTextId) ?? '' },
      complaint:
        row.complaintId === null || row.complaintCode === null
          ? null
          : { id: row.complaintId, code: row.complaintCode },
      asks: {
        channel: rule?.channel ?? 'phone',
        signature: rule?.signature ?? false,
        notReached: document.followUp.notReached.value,
        made: triesMade(own),
        reviewedBy: document.followUp.reviewedBy.value,
      },
      sample:
        row.sampleGroup === null || row.samplePosition === null || row.sampleOwed === null || row.sampleOf === null
          ? null
          : {
              group: row.sampleGroup,
              position: row.samplePosition,
              owed: row.sampleOwed,
              of: row.sampleOf,
              share: row.sampleShare === null ? null : Number(row.sampleShare),
              place: isClosed ? row.samplePlace : null,
              seed: isClosed ? row.sampleSeed : null,
            },
      keptUntil: keptUntilOf(row.month, document.followUp.keptYears.value),
      moves: allowedFollowUpMoves({ id: call.actor.accountId, roles: call.roles }, facts),
    });
  }
  return shaped;
}
