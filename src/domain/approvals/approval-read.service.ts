// Approvals 审批 as people read them: mine to decide, asked by me, decided by me; with time line, clocks and moves.
import { decodeCursor, encodeCursor } from '../../kernel/paging.ts';
import { badField, forbidden, notFound } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { accountNames, listMyCommunities } from '../access/account.service.ts';
import { type Call, callRoles, reachOf, readIn } from '../access/call.ts';
import { may } from '../access/permission.rules.ts';
import type { Role } from '../access/role.contract.ts';
import { hiddenTakers, opaqueFor } from '../cases/case-anonymity.service.ts';
import { foldClock } from '../clocks/clock.rules.ts';
import { staffingOf } from '../clocks/staffing.service.ts';
import { maskPhonesInText } from '../parties/phone.rules.ts';
import type { ApprovalKind } from '../standards/standard.contract.ts';
import { policyOf } from '../standards/standard.service.ts';
import type { Approval, ApprovalList, ApprovalQuery } from './approval.contract.ts';
import { allowedMoves } from './approval.rules.ts';
import {
  chainOf,
  isAnonymous,
  loadStepCalendars,
  type Standing,
  standing,
  standingOf,
  subjectOf,
} from './approval.service.ts';
import {
  type ApprovalRow,
  findApprovalRow,
  findApprovalTexts,
  findPendingOf,
  listApprovalEvents,
  listApprovalRows,
} from './approval.store.ts';
import { withoutMinute } from './approval-sight.rules.ts';

const batch = 200;

async function standings(tx: Tx, communityId: string, rows: readonly ApprovalRow[], now: Instant): Promise<Standing[]> {
  if (rows.length === 0) return [];
  const events = await listApprovalEvents(
    tx,
    communityId,
    rows.map((row) => row.id),
  );
  await loadStepCalendars(tx, events);
  const staffing = await staffingOf(tx, communityId, now);
  const found: Standing[] = [];
  for (const row of rows) {
    const policy = await policyOf(tx, communityId, row.standardVersionId);
    found.push(standingOf(row, events.get(row.id) ?? [], policy, staffing));
  }
  return found;
}

const isDecider = (one: Standing, meId: string): boolean =>
  one.row.state === 'pending' && one.deciders.some((decider) => decider.staffId === meId);
const hadAHand = (one: Standing, meId: string): boolean =>
  one.events.some((event) => event.byId === meId && event.action !== 'ask');

/** Leaders and the auditor see all; others what they asked for, may decide, or decided. */
function maySee(call: Call, one: Standing): boolean {
  const meId = call.actor.accountId;
  return (
    reachOf(call, 'approval.read') === 'community' ||
    one.row.askedBy === meId ||
    (one.row.barredIds.includes(meId) && !subjectOf(one.row.kind).isAboutBarred) ||
    isDecider(one, meId) ||
    hadAHand(one, meId)
  );
}

export async function readApprovals(call: Call, query: ApprovalQuery): Promise<ApprovalList> {
  const meId = call.actor.accountId;
  const isWanted = (one: Standing) =>
    maySee(call, one) && (query.mine !== 'to-decide' || (isDecider(one, meId) && call.now < one.row.expiresAt));
  return readIn(call, async (tx) => {
    const cursor = query.cursor === undefined ? null : decodeCursor(query.cursor, 1)[0];
    if (cursor !== null && (typeof cursor !== 'string' || !/^[0-9a-f-]{36}$/.test(cursor)))
      throw badField('cursor', 'not_a_cursor');
    // Whose a step is follows from the roster of this minute, so it is asked of the rows, batch by batch.
    const gather = async (after: string | null, most: number): Promise<Standing[]> => {
      const found: Standing[] = [];
      for (let last = after; found.length < most; ) {
        const rows = await listApprovalRows(tx, call.communityId, { ...query, meId, afterId: last, limit: batch });
        found.push(...(await standings(tx, call.communityId, rows, call.now)).filter(isWanted));
        if (rows.length < batch) break;
        last = rows.at(-1)?.id ?? null;
      }
      return found;
    };
    const found = await gather(cursor as string | null, query.limit + 1);
    const shown = found.slice(0, query.limit);
    const items = await shapes(tx, call, shown);
    const nextCursor = found.length > query.limit ? encodeCursor([shown.at(-1)?.row.id ?? null]) : null;
    if (!query.count) return { items, nextCursor };
    return { items, nextCursor, total: (await gather(null, Number.POSITIVE_INFINITY)).length };
  });
}

export async function readApprovalsEverywhere(call: Call, query: ApprovalQuery): Promise<ApprovalList> {
  if (query.cursor !== undefined) throw badField('cursor', 'not_across_communities');
  const communities = await call.house.database.read([], (tx) => listMyCommunities(tx, call.actor));
  const items: Approval[] = [];
  for (const { id } of communities) {
    if (may(call.actor, 'approval.read', id) === null) continue;
    const there = { ...call, communityId: id, roles: callRoles(call.actor, id) };
    items.push(...(await readApprovals(there, query)).items);
  }
  items.sort((a, b) => (a.askedAt > b.askedAt ? -1 : 1));
  return { items: items.slice(0, query.limit), nextCursor: null };
}

export async function readApproval(call: Call, id: string): Promise<Approval> {
  return readIn(call, async (tx) => {
    const row = await findApprovalRow(tx, call.communityId, id);
    if (!row) throw notFound('approval');
    const [one] = await standings(tx, call.communityId, [row], call.now);
    if (!one || !maySee(call, one)) throw forbidden('approval.read');
    return (await shapes(tx, call, [one]))[0] as Approval;
  });
}

/** Whose the open step of a subject's pending approval is, and whether this person may say yes; null: nothing is asked. */
export async function readDutyOf(
  tx: Tx,
  call: Call,
  of: { kind: ApprovalKind; subjectId: string },
): Promise<{ role: Role; mayDecide: boolean } | null> {
  const id = await findPendingOf(tx, call.communityId, of.kind, of.subjectId);
  const row = id === undefined ? undefined : await findApprovalRow(tx, call.communityId, id);
  if (!row) return null;
  const { facts, deciders } = await standing(tx, row, call.now);
  const moves = allowedMoves(facts, { actorId: call.actor.accountId, now: call.now, deciders });
  return { role: row.dutyRole, mayDecide: moves.some((move) => move.name === 'approve' && move.allowed) };
}

async function shapes(tx: Tx, call: Call, all: readonly Standing[]): Promise<Approval[]> {
  const texts = await findApprovalTexts(
    tx,
    call.communityId,
    all.map((one) => one.row.id),
  );
  const names = await accountNames(
    tx,
    all.flatMap((one) => [
      one.row.askedBy,
      ...one.deciders.map((decider) => decider.staffId),
      ...one.events.flatMap((event) => [event.byId, event.forId, ...(event.facts.told ?? [])]),
    ]),
  );
  const takers = await hiddenTakers(
    tx,
    call,
    all.flatMap(({ row: { caseId, facts } }) =>
      caseId !== null && isAnonymous(facts) ? [{ caseId, flags: ['anonymous'] }] : [],
    ),
  );
  return all.map((one) => {
    const whole = shape(call, one, texts, names);
    const takerId = one.row.caseId === null ? undefined : takers.get(one.row.caseId);
    return takerId === undefined ? whole : withoutMinute(whole, takerId, opaqueFor(call));
  });
}

function shape(call: Call, one: Standing, texts: Map<string, string>, names: Map<string, string>): Approval {
  const { row, policy, facts } = one;
  const meId = call.actor.accountId;
  const person = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? '' });
  // Numbers that somebody typed into a reason or remark are nobody's to read here (PR5).
  const said = (id: string | null) => (id === null ? null : maskPhonesInText(texts.get(id) ?? '') || null);
  const { title, lines, page } = subjectOf(row.kind).describe(row.facts, row.subjectId);
  const isOpen = row.state === 'pending';
  return {
    id: row.id,
    communityId: row.communityId,
    code: row.code,
    kind: row.kind,
    subjectId: row.subjectId,
    caseId: row.caseId,
    state: row.state,
    title,
    lines: [...lines],
    page,
    takesDay: subjectOf(row.kind).takesDay ?? false,
    reason: said(row.reasonTextId),
    askedBy: { id: row.askedBy, name: names.get(row.askedBy) ?? '' },
    askedAt: row.askedAt,
    expiresAt: row.expiresAt,
    decidedAt: row.decidedAt,
    steps: chainOf(policy, row.kind).map((role, index) => {
      const step = index + 1;
      const isDone = row.state === 'approved' || step < row.step;
      return {
        step,
        role,
        state: isDone ? ('done' as const) : isOpen && step === row.step ? ('open' as const) : ('ahead' as const),
      };
    }),
    step: row.step,
    dutyRole: row.dutyRole,
    deciders: isOpen
      ? one.deciders.map(({ staffId, via, forId }) => ({ id: staffId, name: names.get(staffId) ?? '', via, forId }))
      : [],
    dueAt: row.dueAt,
    overdueFrom: isOpen ? row.overdueFrom : null,
    stepOpenedAt: row.stepOpenedAt,
    isMine: { toDecide: isDecider(one, meId), asked: row.askedBy === meId, decided: hadAHand(one, meId) },
    clocks: one.clocks.map(({ step, events }) => {
      const folded = foldClock(events, policy.calendarOf, call.now);
      const { state, startedAt, dueAt, overdueFrom, endedAt, spentMinutes, overMinutes, why } = folded;
      return {
        kind: 'approve' as const,
        step,
        state,
        startedAt,
        dueAt,
        overdueFrom,
        stoppedAt: endedAt,
        spentMinutes,
        overMinutes,
        policyVersion: String(policy.versionNumber),
        why,
      };
    }),
    timeline: one.events
      .filter((event) => event.action !== 'recalculated')
      .map((event) => ({
        id: event.id,
        at: event.at,
        action: event.action,
        step: event.step,
        role: (event.facts.dutyRole ?? (event.byRole as Role | null)) || null,
        by: person(event.byId),
        for: person(event.forId),
        told: (event.facts.told ?? []).map((id) => names.get(id) ?? ''),
        remark: said(event.textId),
        toStep: event.facts.toStep ?? null,
      })),
    moves: allowedMoves(facts, { actorId: meId, now: call.now, deciders: one.deciders }),
    version: row.version,
  };
}
