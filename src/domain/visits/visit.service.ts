// Household visits 上门拜访: appointed, recorded with what was said and what is to be improved, reviewed (FU7).
import { newId } from '../../kernel/id.ts';
import { decodeCursor, pageOf } from '../../kernel/paging.ts';
import { BadInput, badField, notFound, Refusal, staleVersion } from '../../kernel/refusal.ts';
import { type Instant, monthOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { accountNames, listPostHolders } from '../access/account.service.ts';
import { type Call, effect, type InputOf, reachOf, readIn } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import { addImprovements, checkImprovements, improvementsOf } from '../improvements/improvement.service.ts';
import { spanOf } from '../indicators/indicator.rules.ts';
import { notify } from '../notifications/notification.service.ts';
import { isUnitHere } from '../places/household.service.ts';
import { standardInForce } from '../standards/standard.service.ts';
import { type Visit, type VisitMove, visitMoves, type visitRoutes } from './visit.contract.ts';
import { type Asker, appointmentFaults, dutiesOf, heldFaults, isLate, peopleOwing, refusalOf } from './visit.rules.ts';
import {
  findOpen,
  findVisit,
  insertVisit,
  listMonthFacts,
  listVisitRows,
  updateVisit,
  type VisitReach,
  type VisitRecord,
} from './visit.store.ts';

type Input<Name extends keyof typeof visitRoutes> = InputOf<(typeof visitRoutes)[Name]>;

const askerOf = (call: Call): Asker => ({
  accountId: call.actor.accountId,
  mayArrange: reachOf(call, 'visit.arrange') !== null,
  mayReview: reachOf(call, 'visit.review') !== null,
});

const reachFor = (call: Call): VisitReach => {
  const breadth = reachOf(call, 'visit.read');
  return {
    breadth: breadth === 'community' || breadth === 'area' ? breadth : 'own',
    accountId: call.actor.accountId,
  };
};

// ── asked ───────────────────────────────────────────────────────────────────────────────────────────

export const listVisits = (call: Call, { query }: Input<'listVisits'>) =>
  readIn(call, async (tx) => {
    const after = query.cursor === undefined ? null : decodeCursor(query.cursor, 2);
    if (after !== null && (typeof after[0] !== 'string' || typeof after[1] !== 'string'))
      throw badField('cursor', 'not_a_cursor');
    const span = query.month === undefined ? undefined : spanOf(query.month);
    const rows = await listVisitRows(
      tx,
      call.communityId,
      reachFor(call),
      {
        ...span,
        state: query.state,
        visitorId: query.visitor === 'me' ? call.actor.accountId : query.visitor,
        unitId: query.unitId,
        building: query.building,
        lateAt: query.late === 'true' ? call.now : undefined,
      },
      { after: after as readonly [Instant, string] | null, limit: query.limit, isDown: query.sort === '-at' },
    );
    const page = pageOf(
      rows,
      query.limit,
      (row) => [row.at, row.id],
      (row) => row,
    );
    return { items: await shape(tx, call, page.items), nextCursor: page.nextCursor };
  });

export const readVisit = (call: Call, { params }: { params: { id: string } }): Promise<Visit> =>
  readIn(call, async (tx) => {
    const row = await findVisit(tx, call.communityId, params.id, reachFor(call));
    const [shown] = row ? await shape(tx, call, [row]) : [];
    if (!shown) throw notFound('visit');
    return shown;
  });

/** Whoever sees the whole community sees everybody's month, the others their own line. */
export const readVisitMonth = (call: Call, { params }: Input<'readVisitMonth'>) =>
  readIn(call, async (tx) => {
    if (params.month > monthOf(call.now)) throw badField('month', 'in_the_future');
    const { householdVisits } = (await standardInForce(tx, call.communityId)).document.followUp;
    const { held, ahead } = await listMonthFacts(tx, call.communityId, spanOf(params.month));
    const holders = await listPostHolders(tx, call.communityId);
    const duties = dutiesOf(params.month, householdVisits.value, holders, held, ahead);
    return {
      month: params.month,
      perPerson: householdVisits.value.perPersonPerMonth,
      interviews: householdVisits.value.interviews,
      items:
        reachFor(call).breadth === 'community'
          ? duties
          : duties.filter((one) => one.person.id === call.actor.accountId),
    };
  });

// ── appointed ───────────────────────────────────────────────────────────────────────────────────────

export async function createVisit(call: Call, { body }: Input<'createVisit'>): Promise<Visit> {
  const visitorId = body.visitorId ?? call.actor.accountId;
  const isForOther = visitorId !== call.actor.accountId;
  if (isForOther && !askerOf(call).mayArrange) throw new Refusal('visit.not_yours', { move: 'appoint' }, 403);
  const id = await effect(call, newId(), async (tx, made) => {
    const { householdVisits } = (await standardInForce(tx, call.communityId)).document.followUp;
    const owing = peopleOwing(await listPostHolders(tx, call.communityId), householdVisits.value);
    const faults = [
      ...appointmentFaults(body.at, call.now),
      ...((await isUnitHere(tx, call.communityId, body.unitId)) ? [] : [{ path: 'unitId', code: 'unknown_unit' }]),
      ...(owing.some((one) => one.id === visitorId) ? [] : [{ path: 'visitorId', code: 'visits_nobody' }]),
    ];
    if (faults.length > 0) throw new BadInput(faults);
    const open = await findOpen(tx, call.communityId, visitorId, body.unitId);
    if (open) throw new Refusal('visit.already_appointed', { id: open.id, at: open.at });
    await insertVisit(tx, call.communityId, {
      id: made,
      unitId: body.unitId,
      visitorId,
      at: body.at,
      purpose: body.purpose ?? null,
      isInterview: body.isInterview,
      state: 'appointed',
      madeBy: call.actor.accountId,
      madeAt: call.now,
    });
    await record(tx, call, {
      action: 'visit.appoint',
      noun: 'visit',
      nounId: made,
      changed: { visitor: [null, visitorId], at: [null, body.at] },
    });
    if (isForOther) await tell(tx, call, made, visitorId, 'visit-appointed', body.at);
  });
  return readVisit(call, { params: { id } });
}

// ── moved ───────────────────────────────────────────────────────────────────────────────────────────

export const rescheduleVisit = (call: Call, { params, body }: Input<'rescheduleVisit'>) =>
  move(call, params.id, 'reschedule', body.version, async (tx, row) => {
    const faults = appointmentFaults(body.at, call.now);
    if (faults.length > 0) throw new BadInput(faults);
    if (row.visitorId !== call.actor.accountId) await tell(tx, call, row.id, row.visitorId, 'visit-appointed', body.at);
    return { at: body.at };
  });

export const recordVisit = (call: Call, { params, body }: Input<'recordVisit'>) =>
  move(call, params.id, 'record', body.version, async (tx, row) => {
    const faults = [
      ...heldFaults(body.heldAt, row, call.now),
      ...(await checkImprovements(tx, call, body.improvements)),
    ];
    if (faults.length > 0) throw new BadInput(faults);
    await addImprovements(tx, call, { noun: 'visit', nounId: row.id }, body.improvements);
    return {
      state: 'recorded',
      heldAt: body.heldAt,
      met: body.met,
      said: body.said,
      opinions: body.opinions ?? null,
      recordedAt: call.now,
      remark: null,
    };
  });

export const missVisit = (call: Call, { params, body }: Input<'missVisit'>) =>
  move(call, params.id, 'miss', body.version, async () => ({ state: 'missed', reason: body.reason }));

export const cancelVisit = (call: Call, { params, body }: Input<'cancelVisit'>) =>
  move(call, params.id, 'cancel', body.version, async () => ({ state: 'cancelled', reason: body.reason }));

export const reviewVisit = (call: Call, { params, body }: Input<'reviewVisit'>) =>
  move(call, params.id, 'review', body.version, async () => ({
    state: 'reviewed',
    reviewedAt: call.now,
    reviewedBy: call.actor.accountId,
    comment: body.comment ?? null,
  }));

/** Back to its visitor; what was written stays, to be mended and not typed anew. */
export const returnVisit = (call: Call, { params, body }: Input<'returnVisit'>) =>
  move(call, params.id, 'return', body.version, async (tx, row) => {
    await tell(tx, call, row.id, row.visitorId, 'visit-returned', row.at);
    return { state: 'appointed', remark: body.remark };
  });

async function move(
  call: Call,
  id: string,
  name: VisitMove,
  seen: number | undefined,
  change: (tx: Tx, row: VisitRecord) => Promise<Parameters<typeof updateVisit>[3]>,
): Promise<Visit> {
  await effect(call, id, async (tx) => {
    const row = await findVisit(tx, call.communityId, id, reachFor(call), true);
    if (!row) throw notFound('visit');
    const refused = refusalOf(row, askerOf(call), name);
    if (refused?.status === 403) throw refused;
    const version = seen ?? call.ifMatch;
    if (version === null || version === undefined) throw badField('version', 'required');
    if (version !== row.version) throw staleVersion(row.version);
    if (refused) throw refused;
    const after = await change(tx, row);
    if (name === 'return') {
      const open = await findOpen(tx, call.communityId, row.visitorId, row.unitId);
      if (open) throw new Refusal('visit.already_appointed', { id: open.id, at: open.at });
    }
    await updateVisit(tx, call.communityId, id, after);
    await record(tx, call, {
      action: `visit.${name}`,
      noun: 'visit',
      nounId: id,
      changed: {
        state: [row.state, after.state ?? row.state],
        version: [row.version, row.version + 1],
        ...(after.at === undefined ? {} : { at: [row.at, after.at] }),
      },
    });
  });
  return readVisit(call, { params: { id } });
}

const tell = (
  tx: Tx,
  call: Call,
  id: string,
  staffId: string,
  kind: 'visit-appointed' | 'visit-returned',
  at: Instant,
) =>
  notify(tx, {
    communityId: call.communityId,
    kind,
    facts: { visitId: id, at },
    to: [{ staffId }],
    channel: 'bell',
    thing: `${kind}:${id}`,
    now: call.now,
  });

// ── shown ───────────────────────────────────────────────────────────────────────────────────────────

async function shape(tx: Tx, call: Call, rows: readonly VisitRecord[]): Promise<Visit[]> {
  const names = await accountNames(
    tx,
    rows.flatMap((row) => [row.visitorId, row.madeBy, row.reviewedBy]),
  );
  const improvements = await improvementsOf(
    tx,
    call,
    'visit',
    rows.map((row) => row.id),
  );
  const person = (id: string) => ({ id, name: names.get(id) ?? '' });
  const asker = askerOf(call);
  return rows.map((row) => ({
    id: row.id,
    communityId: call.communityId,
    unit: { id: row.unitId, label: row.unit, building: row.building },
    visitor: person(row.visitorId),
    at: row.at,
    purpose: row.purpose,
    isInterview: row.isInterview,
    state: row.state,
    isLate: isLate(row, call.now),
    madeBy: person(row.madeBy),
    madeAt: row.madeAt,
    result:
      row.heldAt === null || row.met === null || row.said === null || row.recordedAt === null
        ? null
        : { heldAt: row.heldAt, met: row.met, said: row.said, opinions: row.opinions, recordedAt: row.recordedAt },
    reason: row.reason,
    review:
      row.reviewedAt === null || row.reviewedBy === null
        ? null
        : { by: person(row.reviewedBy), at: row.reviewedAt, comment: row.comment },
    remark: row.remark,
    improvements: improvements.get(row.id) ?? [],
    moves: visitMoves.map((name) => {
      const refused = refusalOf(row, asker, name);
      return refused === null ? { name, allowed: true } : { name, allowed: false, reason: refused.code };
    }),
    version: row.version,
  }));
}
