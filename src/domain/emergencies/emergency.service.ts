// Emergencies 突发事件: load → decide → save → record, one transaction each; the rules decide, this carries it out.
import { newId } from '../../kernel/id.ts';
import { BadInput, badField, type FieldFault } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { listPostHolders } from '../access/account.service.ts';
import { type Call, effect } from '../access/call.ts';
import { attachAll } from '../attachments/attachment.service.ts';
import { changeCase, getCaseForUpdate, openCase, requireInReach } from '../cases/case.service.ts';
import { type CaseRow, findCase, insertTexts } from '../cases/case.store.ts';
import { sealPhone } from '../cases/case-contact.service.ts';
import type { FollowUpSource } from '../cases/case-follow-up.service.ts';
import { findColleague } from '../cases/case-promise.service.ts';
import type { ClockFact } from '../clocks/clock.contract.ts';
import { listClocksOf } from '../clocks/clock.store.ts';
import { isUnitHere } from '../places/household.service.ts';
import { indexCase } from '../places/search.service.ts';
import { findAway } from '../rosters/roster.service.ts';
import type { StandardDocument } from '../standards/standard.contract.ts';
import { type Policy, policyOf } from '../standards/standard.service.ts';
import type { CreateEmergencyBody, EmergencyMove } from './emergency.contract.ts';
import { decideMove, decideRecord, type EmergencyInput, isReadyToClose } from './emergency.rules.ts';
import {
  emergencyFacts,
  getEmergencyRow,
  insertDeployments,
  insertEmergency,
  listDeployments,
  ownColumns,
  updateEmergency,
} from './emergency.store.ts';
import {
  type EmergencyActor,
  type EmergencyDecision,
  type EmergencyFacts,
  flagsOf,
  systemActor,
} from './emergency-facts.rules.ts';
import { drawFollowUp, emergencyHands, makeFollowUp, voidFollowUp } from './emergency-follow-up.service.ts';
import { repeatAfter, sendNotices } from './emergency-notice.service.ts';

export async function emergencyActor(tx: Tx, call: Call): Promise<EmergencyActor> {
  if (call.source === 'system') return systemActor;
  const id = call.actor.accountId;
  const away = await findAway(tx, call.communityId, call.now);
  const staffIds = [...away].flatMap(([staffId, { standInId }]) => (standInId === id ? [staffId] : []));
  if (staffIds.length === 0) return { id, roles: call.roles };
  const posts = (await listPostHolders(tx, call.communityId)).filter((one) => staffIds.includes(one.accountId));
  return { id, roles: call.roles, standsInFor: posts.map((one) => one.role) };
}

/** Where it is and which complaint it is linked to must be of this community; a complaint also in the caller's reach. */
async function checkLinks(
  tx: Tx,
  call: Call,
  { unitId, complaintId }: { unitId?: string | null | undefined; complaintId?: string | null | undefined },
): Promise<void> {
  const faults: FieldFault[] = [];
  if (unitId && !(await isUnitHere(tx, call.communityId, unitId)))
    faults.push({ path: 'unitId', code: 'unknown_unit' });
  if (complaintId) {
    if (await findCase(tx, call.communityId, complaintId, 'complaint')) await requireInReach(tx, call, complaintId);
    else faults.push({ path: 'complaintId', code: 'unknown_case' });
  }
  if (faults.length > 0) throw new BadInput(faults);
}

export const createEmergency = (call: Call, body: CreateEmergencyBody): Promise<string> =>
  effect(call, newId(), async (tx, id) => {
    await checkLinks(tx, call, body);
    const policy = await policyOf(tx, call.communityId);
    const role = call.roles[0] ?? 'front_desk';
    const decided = decideRecord(body, {
      id,
      document: policy.version.document,
      actor: { id: call.actor.accountId, role },
      now: call.now,
    });
    const { facts, notices } = decided;
    const { contact, description = '' } = body;
    const eventId = newId();
    await openCase(
      tx,
      call,
      policy,
      {
        id,
        kind: 'emergency',
        state: 'reported',
        unitId: body.unitId ?? null,
        place: body.place ?? null,
        level: facts.severity,
        category: facts.category,
        department: facts.department,
        channel: body.channel,
        flags: [],
        responsibleId: null,
        firstContactId: call.actor.accountId,
        contactName: contact?.name ?? null,
        standardVersionId: policy.versionId,
        receivedAt: call.now,
        createdAt: call.now,
        endedAt: null,
        description,
        contactPhone: contact?.phone ? sealPhone(call, id, contact.phone) : undefined,
      },
      {
        id: eventId,
        kind: 'move',
        move: 'create',
        fromState: null,
        toState: 'reported',
        at: call.now,
        byRole: role,
        facts: { channel: body.channel, ...decided.eventFacts },
      },
      decided.clocks,
      async () => {
        await insertEmergency(tx, {
          communityId: call.communityId,
          id,
          category: facts.category,
          severity: facts.severity,
          proposedSeverity: facts.proposedSeverity,
          levelFact: facts.levelFact,
          occurredAt: facts.occurredAt,
          ...facts.harm,
          complaintId: body.complaintId ?? null,
          inChargeId: null,
          takenOverAt: null,
          takenOverBy: null,
          repeatAt: repeatAfter(policy.version.document, notices, call.now),
          cause: null,
          resultTextId: null,
          resolvedAt: null,
          reviewTextId: null,
          reviewedAt: null,
          reviewedBy: null,
          reopenings: 0,
          followUp: 'none',
        });
        await attachAll(tx, call, body.attachmentIds ?? [], 'emergency', id);
        await sendNotices(tx, call, facts, eventId, notices);
        await indexCase(tx, call.communityId, id, [description, body.place ?? '']);
      },
    );
    // What was done before anybody could write stands on the line with its own time.
    const measures = [...(body.measures ?? [])].sort((a, b) => ((a.at ?? call.now) < (b.at ?? call.now) ? -1 : 1));
    for (const measure of measures) await carryMove(tx, call, id, 'measure', measure);
  });

export const moveEmergency = <Name extends Exclude<EmergencyMove, 'close'>>(
  call: Call,
  name: Name,
  id: string,
  body: EmergencyInput[Name],
): Promise<string> =>
  effect(call, id, async (tx) => {
    const input = { ...body, version: (body as { version?: number }).version ?? call.ifMatch ?? undefined };
    await checkPeople(tx, call, name, input);
    if (name === 'amend') await checkLinks(tx, call, input as EmergencyInput['amend']);
    await carryMove(tx, call, id, name, input);
  });

async function checkPeople(tx: Tx, call: Call, name: EmergencyMove, input: object): Promise<void> {
  const isHere = async (id: string) => Boolean(await findColleague(tx, call.communityId, id));
  if (name === 'take-over') {
    const { inChargeId } = input as EmergencyInput['take-over'];
    if (inChargeId !== undefined && !(await isHere(inChargeId))) throw badField('inChargeId', 'unknown_person');
  }
  if (name !== 'deploy') return;
  const { staffIds } = input as EmergencyInput['deploy'];
  for (const [index, id] of staffIds.entries())
    if (!(await isHere(id))) throw badField(`staffIds.${index}`, 'unknown_person');
}

export async function loadEmergency(tx: Tx, call: Call, row: CaseRow) {
  const own = await getEmergencyRow(tx, call.communityId, row.id);
  const deployments = await listDeployments(tx, call.communityId, row.id);
  return { own, deployments, facts: emergencyFacts(row, own, [...new Set(deployments.map((one) => one.accountId))]) };
}

async function carryMove<Name extends EmergencyMove>(
  tx: Tx,
  call: Call,
  id: string,
  name: Name,
  input: EmergencyInput[Name],
): Promise<void> {
  const row = await getCaseForUpdate(tx, call, id, 'emergency');
  const { facts: before } = await loadEmergency(tx, call, row);
  const policy = await policyOf(tx, call.communityId, row.standardVersionId);
  const decision = decideMove(
    name,
    {
      emergency: before,
      clocks: (await listClocksOf(tx, call.communityId, id)) as readonly ClockFact[],
      document: policy.version.document,
      actor: await emergencyActor(tx, call),
      eventId: newId(),
      now: call.now,
    },
    input,
  );
  const after: EmergencyFacts = { ...before, ...decision.changes, state: decision.state };
  const draw = decision.followUp === 'make' ? await drawFollowUp(tx, call, policy, after) : null;
  if (draw && !draw.isOwed) {
    decision.changes = { ...decision.changes, followUp: 'not-owed' };
    after.followUp = 'not-owed';
  }
  await save(tx, call, policy, row, { before, after, decision }, input);
  if (draw) await makeFollowUp(tx, call, after, draw);
  if (decision.followUp === 'void') await voidFollowUp(tx, call, id, name);
  if (isReadyToClose(after)) await closeByProgram(tx, call, id);
}

type Change = { before: EmergencyFacts; after: EmergencyFacts; decision: EmergencyDecision };

async function save(
  tx: Tx,
  call: Call,
  policy: Policy,
  row: CaseRow,
  { before, after, decision }: Change,
  input: object,
): Promise<void> {
  const { communityId } = call;
  const said = input as EmergencyInput['amend'];
  const isAmend = decision.move === 'amend';
  const contact = isAmend ? said.contact : undefined;
  const phone = contact?.phone ? sealPhone(call, row.id, contact.phone) : null;
  const columns = {
    state: after.state,
    level: after.severity,
    category: after.category,
    department: after.department,
    flags: flagsOf(after),
    responsibleId: after.inChargeId,
    endedAt: after.endedAt,
    ...(isAmend && said.unitId !== undefined ? { unitId: said.unitId } : {}),
    ...(isAmend && said.place !== undefined ? { place: said.place } : {}),
    ...(contact?.name === undefined ? {} : { contactName: contact.name }),
    ...(phone ? { contactPhoneSealed: phone.sealed, contactPhoneMasked: phone.masked } : {}),
  };
  const events: { id: string; accountId: string; at: Instant }[] = [];
  let current = row;
  for (const [index, step] of decision.steps.entries()) {
    const eventId = newId();
    events.push({ id: eventId, accountId: step.forId ?? '', at: step.at });
    const isFirst = index === 0;
    await changeCase(tx, call, policy, current, {
      step: {
        id: eventId,
        kind: 'move',
        move: decision.move,
        fromState: isFirst ? before.state : after.state,
        toState: after.state,
        at: step.at,
        byRole: decision.byRole,
        forId: step.forId,
        facts: step.facts,
        text: step.text,
      },
      clocks: isFirst ? decision.clocks : [],
      columns,
      ...(isAmend && isFirst && said.description !== undefined ? { description: said.description } : {}),
      changed: isFirst ? changedFields(before, after) : {},
      isAppend: decision.isAppend,
    });
    current = { ...current, eventSeq: current.eventSeq + 1, version: current.version + (decision.isAppend ? 0 : 1) };
  }
  const eventId = events[0]?.id ?? newId();
  await updateEmergency(tx, communityId, row.id, {
    ...ownColumns(decision.changes),
    ...(await textsOf(tx, communityId, row.id, decision)),
    ...(decision.move === 'review' ? { reviewedBy: call.actor.accountId } : {}),
    ...(decision.move === 'reopen' ? { resultTextId: null, reviewTextId: null, reviewedBy: null } : {}),
    ...(isAmend && said.complaintId !== undefined ? { complaintId: said.complaintId } : {}),
    ...alarmOf(policy.version.document, decision, after, call.now),
  });
  if (decision.move === 'deploy')
    await insertDeployments(
      tx,
      communityId,
      row.id,
      events.map((one) => ({ id: newId(), accountId: one.accountId, eventId: one.id, at: one.at })),
    );
  await attachAll(tx, call, (input as { attachmentIds?: string[] }).attachmentIds ?? [], 'case-event', eventId);
  await sendNotices(tx, call, after, eventId, decision.notices);
  if (isAmend && (said.description !== undefined || said.place !== undefined))
    await indexCase(tx, communityId, row.id, [said.description ?? '', said.place ?? row.place ?? '']);
}

/** Result and review are kept beside the time line too: the paper and the page show them at their place. */
async function textsOf(tx: Tx, communityId: string, id: string, { move, steps }: EmergencyDecision) {
  const column = move === 'resolve' ? 'resultTextId' : move === 'review' ? 'reviewTextId' : null;
  const body = steps[0]?.text;
  if (column === null || body === undefined) return {};
  const textId = newId();
  await insertTexts(tx, communityId, id, [{ id: textId, body }]);
  return { [column]: textId };
}

/** The alarm goes on with a level that wants it, and ends with whoever takes it over. */
function alarmOf(
  document: StandardDocument,
  { notices }: EmergencyDecision,
  after: EmergencyFacts,
  now: Instant,
): { repeatAt?: Instant | null } {
  if (after.takenOverAt !== null || after.state === 'resolved' || after.state === 'closed') return { repeatAt: null };
  const next = repeatAfter(document, notices, now);
  return next === null ? {} : { repeatAt: next };
}

const audited = [
  'category',
  'severity',
  'proposedSeverity',
  'department',
  'inChargeId',
  'cause',
  'resolvedAt',
] as const;
/** Codes, ids and times only. */
function changedFields(before: EmergencyFacts, after: EmergencyFacts): Record<string, [unknown, unknown]> {
  const changed: Record<string, [unknown, unknown]> = {};
  if (before.state !== after.state) changed.state = [before.state, after.state];
  for (const key of audited) if (before[key] !== after[key]) changed[key] = [before[key], after[key]];
  return changed;
}

// ── by the program ──────────────────────────────────────────────────────────────────────────────────

const asSystem = (call: Call): Call => ({
  ...call,
  source: 'system',
  key: null,
  actor: { ...call.actor, accountId: '' },
});

const closeByProgram = (tx: Tx, call: Call, id: string): Promise<void> =>
  carryMove(tx, asSystem(call), id, 'close', {});

/** Its follow-up was reviewed: nothing of it keeps the emergency open any more. */
async function settle(tx: Tx, call: Call, id: string, finishedAt: Instant | null): Promise<void> {
  const row = await getCaseForUpdate(tx, call, id, 'emergency');
  const { facts } = await loadEmergency(tx, call, row);
  // Taken up again since: the follow-up that counts is still to be made.
  if (facts.followUp !== 'due' || facts.resolvedAt !== finishedAt) return;
  await updateEmergency(tx, call.communityId, id, { followUp: 'reviewed' });
  if (isReadyToClose({ ...facts, followUp: 'reviewed' })) await closeByProgram(tx, call, id);
}

/** What somebody did not accept of how it was dealt with is a complaint about it; the emergency itself is over. */
async function complainedOf(tx: Tx, call: Call, id: string, complaintId: string): Promise<void> {
  const { complaintId: known } = await getEmergencyRow(tx, call.communityId, id);
  if (known === null) await updateEmergency(tx, call.communityId, id, { complaintId });
}

/** How follow-ups see an emergency. */
export const emergencySource: FollowUpSource = {
  kinds: ['emergency'],
  hands: emergencyHands,
  settle,
  complainedOf,
};
