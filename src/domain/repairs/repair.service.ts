// Repairs 报修: load → decide → save → record, one transaction each; the rules decide, this carries it out.
import { newId } from '../../kernel/id.ts';
import { dayMs, dayOf, type Instant, plusMs } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Call, effect, readIn } from '../access/call.ts';
import { attachAll, attachDrawing, type Drawing, keepDrawing, readDrawing } from '../attachments/attachment.service.ts';
import { record } from '../audit/audit.service.ts';
import {
  type CaseChange,
  changeCase,
  getCase,
  getCaseForUpdate,
  mayReadCase,
  openCase,
  requireInReach,
  viewCase,
} from '../cases/case.service.ts';
import { type CaseRow, findText } from '../cases/case.store.ts';
import { sealPhone } from '../cases/case-contact.service.ts';
import type { FollowUpSource } from '../cases/case-follow-up.service.ts';
import { workedOn } from '../cases/case-hands.rules.ts';
import type { ClockFact } from '../clocks/clock.contract.ts';
import { listClocksOf } from '../clocks/clock.store.ts';
import { dueAt } from '../clocks/limit.rules.ts';
import { pressingOf } from '../notifications/notification.rules.ts';
import { notify } from '../notifications/notification.service.ts';
import { maskPhonesInText } from '../parties/phone.rules.ts';
import { isUnitHere } from '../places/household.service.ts';
import { indexCase } from '../places/search.service.ts';
import { pricesOn } from '../price-lists/price-list.service.ts';
import { findAway, isOnShift } from '../rosters/roster.service.ts';
import { type Policy, policyOf } from '../standards/standard.service.ts';
import {
  type CreateRepairBody,
  endedRepairStates,
  type RepairAnswer,
  type RepairMove,
  type RepairMoveBody,
} from './repair.contract.ts';
import { allowedMoves, decideMove, flagsOf, isReadyToClose } from './repair.rules.ts';
import {
  askBeforeCreate,
  findAssignee,
  getRepairRow,
  insertRepair,
  ownChanges,
  type RepairRow,
  repairFacts,
  unitsOfResident,
  updateRepair,
} from './repair.store.ts';
import { decideCreate } from './repair-create.rules.ts';
import {
  type Decision,
  isOutsider,
  type MoveContext,
  type Notice,
  type RepairActor,
  type RepairFacts,
  systemActor,
} from './repair-facts.rules.ts';
import { carryFollowUp, drawFollowUp, repairHolders } from './repair-follow-up.service.ts';
import { chargeRepair } from './repair-money.service.ts';
import { notificationKindOf } from './repair-notice.rules.ts';
import { appointmentTold, contractorSigned, contractorTold, forContractor } from './repair-sight.rules.ts';
import { signedStep } from './repair-signature.rules.ts';
import {
  accountOfContractor,
  accountsToTell,
  colleaguesOf,
  firmNamed,
  firmOf,
  judgeWarranty,
} from './repair-warranty.service.ts';
import { startsFollowUp } from './repair-work.rules.ts';

async function actorOf(tx: Tx, call: Call): Promise<RepairActor> {
  if (call.source === 'system') return systemActor;
  const unitIds = call.roles.includes('resident')
    ? await unitsOfResident(tx, call.communityId, call.actor.accountId)
    : [];
  return { id: call.actor.accountId, roles: call.roles, unitIds, firmAccountIds: await colleaguesOf(tx, call) };
}

const isEnded = (state: string): boolean => (endedRepairStates as readonly string[]).includes(state);

/** Records a repair; answers its id. */
export async function createRepair(
  call: Call,
  body: CreateRepairBody,
  options: { importId?: string } = {},
): Promise<string> {
  return effect(call, newId(), (tx, id) => recordRepair(tx, call, id, body, options));
}

export async function recordRepair(
  tx: Tx,
  call: Call,
  id: string,
  body: CreateRepairBody,
  options: { importId?: string } = {},
): Promise<void> {
  const policy = await policyOf(tx, call.communityId);
  const { repeatedFault } = policy.version.document.repair;
  const since = plusMs(call.now, -repeatedFault.value.days * dayMs);
  const known =
    body.unitId === undefined ? null : await askBeforeCreate(tx, call.communityId, body.unitId, body.category, since);
  const warranty = await judgeWarranty(tx, call.communityId, {
    unitId: body.unitId ?? null,
    place: body.place ?? null,
    category: body.category,
    part: body.part ?? null,
    receivedAt: body.receivedAt ?? call.now,
  });
  const decision = decideCreate(
    {
      repairId: id,
      eventId: newId(),
      unitKnown: known?.unitKnown ?? true,
      priceItemKnown:
        body.priceItemId === undefined || (await pricesOn(tx, call.communityId, dayOf(call.now))).has(body.priceItemId),
      warranty: warranty?.verdict.isUnder
        ? { contractorId: warranty.accountIds[0] ?? null, colleagueIds: warranty.accountIds }
        : null,
      verdict: warranty?.verdict ?? null,
      sameFaultsBefore: known?.sameFaultsBefore ?? 0,
    },
    body,
    policy.version,
    await actorOf(tx, call),
    call.now,
  );
  const facts = { ...decision.changes, id, state: decision.state, version: 1 } as RepairFacts;
  const { contact } = decision;
  await openCase(
    tx,
    call,
    policy,
    {
      id,
      kind: 'repair',
      state: decision.state,
      unitId: facts.unitId,
      place: facts.place,
      level: facts.urgency,
      category: facts.category,
      department: facts.department,
      channel: facts.channel,
      flags: flagsOf(facts),
      responsibleId: null,
      firstContactId: facts.firstContactId,
      contactName: contact?.name ?? null,
      standardVersionId: policy.versionId,
      receivedAt: facts.receivedAt,
      createdAt: call.now,
      endedAt: null,
      description: decision.description ?? '',
      contactPhone: contact?.phone ? sealPhone(call, id, contact.phone) : undefined,
      importId: options.importId,
    },
    { ...decision.event, byRole: decision.event.byRole, text: decision.text },
    decision.clocks,
    async () => {
      await insertRepair(tx, call.communityId, id, facts);
      await attachAll(tx, call, decision.attachmentIds, 'repair', id);
      await sendNotices(tx, call, facts, decision.event.id, decision.notices);
      await indexCase(tx, call.communityId, id, [decision.description ?? '', facts.place ?? '']);
    },
  );
}

/** Makes one move; answers the repair's id. `version` or If-Match, unless the move was made without a signal. */
export async function moveRepair<Name extends RepairMove>(
  call: Call,
  name: Name,
  id: string,
  body: RepairMoveBody<Name>,
): Promise<string> {
  const { signature } = body as { signature?: string };
  const drawing = signature === undefined ? undefined : await readDrawing(call, signature);
  const moved = await effect(call, id, async (tx) => {
    const row = await getCaseForUpdate(tx, call, id, 'repair');
    const named = body as { contractorId?: string };
    const contractorId =
      name === 'dispatch' && named.contractorId
        ? { contractorId: await accountOfContractor(tx, call.communityId, named.contractorId) }
        : {};
    const input = { ...body, ...contractorId, version: body.version ?? call.ifMatch ?? undefined };
    await carryMove(tx, call, row, name, input, drawing);
  });
  if (drawing) await keepDrawing(call, drawing);
  return moved;
}

async function carryMove<Name extends RepairMove>(
  tx: Tx,
  call: Call,
  row: CaseRow,
  name: Name,
  input: RepairMoveBody<Name>,
  drawing?: Drawing,
): Promise<void> {
  const policy = await policyOf(tx, call.communityId, row.standardVersionId);
  const own = await getRepairRow(tx, call.communityId, row.id);
  const before = repairFacts(row, own);
  const clocks = await clockFacts(tx, call.communityId, row.id);
  const context = await contextOf(tx, call, policy, before, input);
  // Drawn before the rule decides: a refusal rolls the place in the sample back with everything else.
  const draw = startsFollowUp(policy.version.document, name)
    ? await drawFollowUp(tx, call, policy, before, input)
    : null;
  if (draw) context.followUpOwed = draw.isOwed;
  const decision = decideMove(name, {
    repair: before,
    clocks,
    input,
    standard: policy.version,
    actor: await actorOf(tx, call),
    context,
    now: call.now,
  });
  const after: RepairFacts = { ...before, ...decision.changes, state: decision.state };
  await save(tx, call, policy, row, before, after, decision, drawing);
  await carryFollowUp(tx, call, after, decision, draw);
  if (after.chargedFen !== before.chargedFen) await chargeRepair(tx, call, after);
  if (isReadyToClose(after) && after.state !== 'closed') await closeRepair(tx, call, row.id);
}

/** The contractor's signature for the order, where it was not drawn on arrival: an append, no move (RP7). */
export async function signForOrder(
  call: Call,
  id: string,
  body: { signature?: string | undefined; attachmentIds?: readonly string[] | undefined },
): Promise<string> {
  const drawing = body.signature === undefined ? undefined : await readDrawing(call, body.signature);
  const signed = await effect(call, id, async (tx) => {
    const row = await getCaseForUpdate(tx, call, id, 'repair');
    await requireInReach(tx, call, id);
    const facts = repairFacts(row, await getRepairRow(tx, call.communityId, id));
    const policy = await policyOf(tx, call.communityId, row.standardVersionId);
    const step = signedStep(facts, await actorOf(tx, call), policy.version.document, newId(), call.now);
    await changeCase(tx, call, policy, row, { step, clocks: [], columns: {}, changed: {}, isAppend: true });
    await attachAll(tx, call, body.attachmentIds ?? [], 'case-event', step.id);
    if (drawing) await attachDrawing(tx, call, drawing, 'case-event', step.id);
  });
  if (drawing) await keepDrawing(call, drawing);
  return signed;
}

async function clockFacts(tx: Tx, communityId: string, caseId: string): Promise<ClockFact[]> {
  return (await listClocksOf(tx, communityId, caseId)).map(({ kind, key, state, startedAt, dueAt: due }) => ({
    kind,
    key,
    state,
    startedAt,
    dueAt: due,
  }));
}

/** What only the database or the calendar knows about this move. */
async function contextOf(tx: Tx, call: Call, policy: Policy, repair: RepairFacts, input: object): Promise<MoveContext> {
  const asked = input as {
    technicianId?: string;
    contractorId?: string;
    unitId?: string;
    priceItemId?: string;
    lines?: readonly { priceItemId?: string }[];
    happenedAt?: Instant;
  };
  const assigneeId = asked.technicianId ?? asked.contractorId;
  const warranty = await warrantyContext(tx, call, repair, input);
  const at = asked.happenedAt ?? call.now;
  return {
    eventId: newId(),
    dueOf: (limit, from) => dueAt(limit, from, policy.calendar),
    ...(assigneeId ? { assignee: await assigneeOf(tx, call, assigneeId) } : {}),
    ...(warranty ? { warranty } : {}),
    ...(asked.technicianId && call.roles.includes('duty_technician')
      ? { onShift: await isOnShift(tx, call.communityId, call.actor.accountId, 'duty_technician', at) }
      : {}),
    ...(asked.unitId && asked.unitId !== repair.unitId
      ? { unitKnown: await isUnitHere(tx, call.communityId, asked.unitId) }
      : {}),
    ...(asked.priceItemId || asked.lines?.some((line) => line.priceItemId)
      ? { listPriceFen: await listPrices(tx, call.communityId, at) }
      : {}),
  };
}

/** A draft that becomes an order tells its contractor; another place, category or part is judged anew. */
async function warrantyContext(
  tx: Tx,
  call: Call,
  repair: RepairFacts,
  input: { unitId?: string; place?: string; category?: string; part?: string },
): Promise<MoveContext['warranty']> {
  if (repair.state === 'draft')
    return { verdict: repair.warranty, accountIds: await accountsToTell(tx, call.communityId, repair.warranty) };
  if (!input.unitId && !input.place && !input.category && !input.part) return undefined;
  const judged = await judgeWarranty(tx, call.communityId, {
    unitId: input.place ? null : (input.unitId ?? repair.unitId),
    place: input.unitId ? null : (input.place ?? repair.place),
    category: input.category ?? repair.category,
    // A part belongs to its category.
    part: input.part ?? (input.category && input.category !== repair.category ? null : repair.part),
    receivedAt: repair.receivedAt,
  });
  return judged ?? { verdict: null, accountIds: [] };
}

/** The person named, and whether the roster has them away now: an order sent on is for the hours to come. */
async function assigneeOf(tx: Tx, call: Call, id: string): Promise<MoveContext['assignee']> {
  const person = await findAssignee(tx, call.communityId, id);
  const firmId = person?.roles.includes('contractor') ? await firmOf(tx, call.communityId, id) : null;
  return person && { ...person, firmId, away: (await findAway(tx, call.communityId, call.now)).get(id) ?? null };
}

/** What is quoted goes by the list of that day (spec/12: price at the quote). */
async function listPrices(tx: Tx, communityId: string, at: Instant): Promise<Record<string, number>> {
  const prices = await pricesOn(tx, communityId, dayOf(at));
  return Object.fromEntries([...prices].map(([id, item]) => [id, item.unitPriceFen]));
}

async function save(
  tx: Tx,
  call: Call,
  policy: Policy,
  row: CaseRow,
  before: RepairFacts,
  after: RepairFacts,
  decision: Decision,
  drawing: Drawing | undefined,
): Promise<void> {
  const { changes, contact } = decision;
  const resultTextId = decision.result === undefined ? null : newId();
  if (resultTextId)
    await tx
      .insertInto('caseTexts')
      .values({ communityId: call.communityId, id: resultTextId, caseId: row.id, body: decision.result as string })
      .execute();
  const phone = contact?.phone ? sealPhone(call, row.id, contact.phone) : null;
  const columns: CaseChange['columns'] = {
    state: after.state,
    flags: flagsOf(after),
    level: after.urgency,
    category: after.category,
    department: after.department,
    unitId: after.unitId,
    place: after.place,
    responsibleId: after.responsibleId,
    firstContactId: after.firstContactId,
    endedAt: isEnded(after.state) ? (row.endedAt ?? call.now) : null,
    ...(contact?.name === undefined ? {} : { contactName: contact.name }),
    ...(phone ? { contactPhoneSealed: phone.sealed, contactPhoneMasked: phone.masked } : {}),
  };
  await changeCase(tx, call, policy, row, {
    step: { ...decision.event, text: decision.text },
    clocks: decision.clocks,
    columns,
    description: decision.description,
    changed: changedFields(before, after),
  });
  await updateRepair(tx, call.communityId, row.id, {
    ...ownChanges(changes),
    ...(resultTextId ? { resultTextId } : {}),
  });
  await attachAll(tx, call, decision.attachmentIds, 'case-event', decision.event.id);
  if (decision.signature && drawing) await attachDrawing(tx, call, drawing, 'case-event', decision.event.id);
  await sendNotices(tx, call, after, decision.event.id, decision.notices);
  if (decision.description !== undefined)
    await indexCase(tx, call.communityId, row.id, [decision.description, after.place ?? '']);
}

/** Codes, ids, numbers and times only: free text and contacts are not among the facts. */
function changedFields(before: RepairFacts, after: RepairFacts): Record<string, [unknown, unknown]> {
  const changed: Record<string, [unknown, unknown]> = {};
  for (const key of Object.keys(after) as (keyof RepairFacts)[]) {
    if (key === 'version' || key === 'place' || key === 'materials' || key === 'quote' || key === 'warranty') continue;
    if (before[key] !== after[key]) changed[key] = [before[key], after[key]];
  }
  return changed;
}

/** Done once more by the program: what the customer did not accept goes back to the department (spec/10). */
async function reworkByProgram(tx: Tx, call: Call, id: string, reason: string): Promise<void> {
  const system: Call = { ...call, source: 'system', key: null };
  const row = await getCaseForUpdate(tx, system, id, 'repair');
  await carryMove(tx, system, row, 'rework', { version: row.version, reason });
}

/** Its follow-up was reviewed: nothing is left of it that keeps the order open. */
async function settleFollowUp(tx: Tx, call: Call, id: string, finishedAt: Instant | null): Promise<void> {
  const row = await getCaseForUpdate(tx, call, id, 'repair');
  const repair = repairFacts(row, await getRepairRow(tx, call.communityId, id));
  // Taken up again since: the follow-up that counts is still to be made.
  if (repair.followUp !== 'due' || repair.finishedAt !== finishedAt) return;
  await updateRepair(tx, call.communityId, id, { followUp: 'reviewed' });
  if (isReadyToClose({ ...repair, followUp: 'reviewed' })) await closeRepair(tx, call, id);
}

/** RP11: what is owed for it was paid at the counter, put on the bill, or is open again because a payment was undone. */
export async function settleMoney(
  tx: Tx,
  call: Call,
  id: string,
  settlement: 'open' | 'paid' | 'on-bill',
): Promise<void> {
  const row = await getCaseForUpdate(tx, call, id, 'repair');
  const repair = repairFacts(row, await getRepairRow(tx, call.communityId, id));
  if (repair.settlement === settlement) return;
  await updateRepair(tx, call.communityId, id, { settlement });
  await record(tx, call, {
    action: 'repair.settle',
    noun: 'repair',
    nounId: id,
    changed: { settlement: [repair.settlement, settlement] },
  });
  if (isReadyToClose({ ...repair, settlement })) await closeRepair(tx, call, id);
}

/** How follow-ups see a repair. */
export const repairSource: FollowUpSource = {
  kinds: ['repair'],
  hands: workedOn,
  holdersOf: repairHolders,
  doAgain: reworkByProgram,
  settle: settleFollowUp,
};

/** The program closes what is confirmed, followed up and settled; the row is read anew because a move just wrote it. */
async function closeRepair(tx: Tx, call: Call, id: string): Promise<void> {
  const system: Call = { ...call, source: 'system', key: null };
  const row = await getCaseForUpdate(tx, system, id, 'repair');
  await carryMove(tx, system, row, 'close', { version: row.version });
}

async function sendNotices(
  tx: Tx,
  call: Call,
  repair: RepairFacts,
  eventId: string,
  notices: readonly Notice[],
): Promise<void> {
  for (const notice of notices) {
    const to =
      'firstContact' in notice.to ? (repair.firstContactId ? { staffId: repair.firstContactId } : null) : notice.to;
    if (!to) continue;
    await notify(tx, {
      communityId: call.communityId,
      caseId: repair.id,
      kind: notificationKindOf[notice.kind],
      facts: { urgency: repair.urgency, category: repair.category },
      to: [to],
      channel: notice.loud ? 'loud' : 'bell',
      out: notice.out,
      pressing: pressingOf({ isLoud: notice.loud, level: repair.urgency }),
      thing: `${repair.id}:${eventId}`,
      now: call.now,
    });
  }
}

/** A repair as its caller may see it, with clocks, time line and the caller's moves. */
export async function readRepair(call: Call, id: string): Promise<RepairAnswer> {
  return readIn(call, async (tx) => {
    const row = await getCase(tx, call, id, 'repair');
    await requireInReach(tx, call, id);
    return viewRepair(tx, call, row, await getRepairRow(tx, call.communityId, id));
  });
}

/** After a move the caller sees what came of it even where the order has left their hands (handed back, transferred). */
export async function readMovedRepair(call: Call, id: string): Promise<RepairAnswer> {
  return readIn(call, async (tx) => {
    const row = await getCase(tx, call, id, 'repair');
    const own = await getRepairRow(tx, call.communityId, id);
    return viewRepair(tx, call, row, own, await mayReadCase(tx, call, id));
  });
}

async function viewRepair(tx: Tx, call: Call, row: CaseRow, own: RepairRow, mayRead = true): Promise<RepairAnswer> {
  const facts = repairFacts(row, own);
  const policy = await policyOf(tx, call.communityId, row.standardVersionId);
  const shared = await viewCase(tx, call, row);
  const names = await tx
    .selectFrom('accounts')
    .select(['id', 'name'])
    .where('id', 'in', [own.technicianId ?? row.id, own.contractorId ?? row.id])
    .execute();
  const person = (id: string | null) =>
    id === null ? null : { id, name: names.find((one) => one.id === id)?.name ?? '' };
  const description = await findText(tx, call.communityId, row.summaryTextId);
  const result = await findText(tx, call.communityId, own.resultTextId);
  const actor = await actorOf(tx, call);
  const answer: RepairAnswer = {
    ...shared,
    kind: 'repair',
    state: facts.state,
    category: facts.category,
    urgency: facts.urgency,
    description: maskPhonesInText(description ?? ''),
    contact: mayRead ? { name: row.contactName, phone: row.contactPhoneMasked } : { name: null, phone: null },
    appointmentAt: own.appointmentAt,
    agreedAt: own.agreedAt,
    technician: person(own.technicianId),
    contractor: person(own.contractorId),
    contractorFirm: await firmNamed(tx, call.communityId, own.contractorFirmId),
    part: own.part,
    warranty: own.warranty,
    contractorTold: contractorTold(shared.timeline),
    appointmentTold: appointmentTold(shared.timeline, own.appointmentAt),
    contractorSigned: contractorSigned(shared.timeline),
    priceItemId: own.priceItemId,
    priceItem: await priceItemOf(tx, call, own.priceItemId, facts.receivedAt),
    quote: own.quote,
    materials: [...own.materials],
    chargedFen: own.chargedFen,
    settlement: own.settlement,
    result: result === null ? null : maskPhonesInText(result),
    satisfied: own.satisfied,
    pause: own.pauseReason === null ? null : { reason: own.pauseReason, until: own.pauseUntil },
    finishedAt: own.finishedAt,
    confirmedAt: own.confirmedAt,
    reworkCount: own.reworkCount,
    repeatedFault: own.repeatedFault,
    underWarranty: own.underWarranty,
    readBack: own.readBack,
    unlisted: own.unlisted,
    hurry: own.hurry,
    moves: allowedMoves(facts, actor, policy.version, call.now),
  };
  const isContractor = call.source !== 'system' && isOutsider(actor) && call.roles.includes('contractor');
  return isContractor ? forContractor(answer, [call.actor.accountId, ...(actor.firmAccountIds ?? [])]) : answer;
}

/** The item as it stood on the list when the report came in; a list that no longer knows it shows nothing. */
async function priceItemOf(tx: Tx, call: Call, id: string | null, at: Instant): Promise<RepairAnswer['priceItem']> {
  const item = id === null ? undefined : (await pricesOn(tx, call.communityId, dayOf(at))).get(id);
  if (!item) return null;
  const { code, name, unit, unitPriceFen, isPaid } = item;
  return { id: item.id, code, name, unit, unitPriceFen, isPaid };
}
