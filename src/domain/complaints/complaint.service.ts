// Complaints 投诉: load → decide → save → record, one transaction each; the rules decide, this carries it out.
import { newId, randomId } from '../../kernel/id.ts';
import { badField } from '../../kernel/refusal.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Call, effect } from '../access/call.ts';
import { attachAll, attachDrawing, type Drawing, keepDrawing, readDrawing } from '../attachments/attachment.service.ts';
import type { Channel } from '../cases/case.contract.ts';
import { type CaseChange, changeCase, getCaseForUpdate, openCase } from '../cases/case.service.ts';
import { type CaseRow, insertTexts } from '../cases/case.store.ts';
import { openContactPhone, sealPhone } from '../cases/case-contact.service.ts';
import type { FollowUpSource } from '../cases/case-follow-up.service.ts';
import { workedOn } from '../cases/case-hands.rules.ts';
import type { ClockFact } from '../clocks/clock.contract.ts';
import { listClocksOf } from '../clocks/clock.store.ts';
import { dueAt } from '../clocks/limit.rules.ts';
import { phoneHash } from '../parties/party-seal.service.ts';
import { indexCase } from '../places/search.service.ts';
import type { StandardDocument } from '../standards/standard.contract.ts';
import { type Policy, policyOf } from '../standards/standard.service.ts';
import {
  askBeforeRecord,
  complaintFacts,
  findNamed,
  getComplaintRow,
  insertComplaint,
  ownChanges,
  readTexts,
  type ServiceColumns,
  updateComplaint,
} from './complaint.store.ts';
import { actorOf, homeOf } from './complaint-actor.service.ts';
import { forgetWhenFilesCame } from './complaint-anonymity.service.ts';
import { contextOf, personKeyOf } from './complaint-context.service.ts';
import {
  type ComplaintChanges,
  type ComplaintDecision,
  type ComplaintFacts,
  type ComplaintTexts,
  systemActor,
} from './complaint-facts.rules.ts';
import { carryFollowUp, drawFollowUp } from './complaint-follow-up.service.ts';
import { callBacksOf } from './complaint-group.rules.ts';
import { countOthers, joinGroup } from './complaint-group.service.ts';
import { findMember, listMembers, lockEvents } from './complaint-group.store.ts';
import { decideRecord } from './complaint-intake.rules.ts';
import { proposalFor } from './complaint-level.rules.ts';
import { askLowering, nothingAsked, takeBackLowering } from './complaint-lowering.service.ts';
import { decideComplaint, flagsOf, isReadyToClose } from './complaint-moves.rules.ts';
import { repeatAfter, sendNotices } from './complaint-notice.service.ts';
import type {
  ComplaintMove,
  ComplaintMoveBody,
  CreateComplaintBody,
  SeverityRule,
} from './complaint-shapes.contract.ts';

/** Where one came from that no customer brought: what somebody found not acceptable when asked. */
export type Origin = {
  source: 'follow-up';
  aboutCaseId: string;
  category: string | null;
  facts: { followUpId: string; followUp: string; about: string };
};

/** Records a complaint; answers its id. Of an anonymous one not even the id tells when it was made. */
export const createComplaint = (call: Call, body: CreateComplaintBody): Promise<string> =>
  effect(call, body.anonymous ? randomId() : newId(), (tx, id) => recordComplaint(tx, call, id, body));

export async function recordComplaint(
  tx: Tx,
  call: Call,
  id: string,
  body: CreateComplaintBody,
  origin: Origin | null = null,
): Promise<void> {
  const { communityId } = call;
  const { sameEventAs, againstStaffId } = body;
  if (sameEventAs) await lockEvents(tx, communityId);
  const policy = await policyOf(tx, communityId);
  const hash = body.contact?.phone && !body.anonymous ? phoneHash(call.house, communityId, body.contact.phone) : null;
  const [known, home, named] = await Promise.all([
    askBeforeRecord(tx, communityId, {
      unitId: body.unitId ?? null,
      phoneHash: hash,
      sameEventAs: sameEventAs ?? null,
    }),
    homeOf(tx, call),
    againstStaffId ? findNamed(tx, communityId, againstStaffId) : undefined,
  ]);
  if (named === null) throw badField('againstStaffId', 'unknown_person');
  const { sameEvent } = known;
  const decision = decideRecord(
    {
      complaintId: id,
      eventId: newId(),
      dueOf: (limit, from) => dueAt(limit, from, policy.calendar),
      unitKnown: body.unitId === undefined || known.unitKnown,
      personKey: home?.partyId ?? personKeyOf(known.partyId, body.unitId ?? null, hash),
      sameEvent,
      newGroupId: randomId(),
      group: sameEvent
        ? sameEvent.groupId
          ? await listMembers(tx, communityId, sameEvent.groupId)
          : [await findMember(tx, communityId, sameEvent.id)].flatMap((member) => member ?? [])
        : [],
    },
    body,
    policy.version,
    { id: call.actor.accountId, roles: call.roles, ...(home ? { unitIds: home.unitIds } : {}) },
    call.now,
  );
  const facts = { ...decision.changes, id, state: decision.state, version: 1 } as ComplaintFacts;
  const { contact, texts = {} } = decision;
  await openCase(
    tx,
    call,
    policy,
    {
      id,
      kind: 'complaint',
      state: decision.state,
      unitId: facts.unitId,
      place: facts.place,
      level: facts.severity,
      category: origin?.category ?? facts.against,
      department: 'customer-service',
      channel: facts.channel,
      flags: shownFlags(facts, origin?.source ?? null),
      responsibleId: null,
      firstContactId: facts.firstContactId,
      contactName: contact?.name ?? null,
      standardVersionId: policy.versionId,
      receivedAt: facts.receivedAt,
      createdAt: call.now,
      endedAt: null,
      description: texts.account ?? '',
      contactPhone: contact?.phone ? sealPhone(call, id, contact.phone) : undefined,
    },
    {
      ...decision.event,
      facts: { ...decision.event.facts, ...(origin ? { source: origin.source, ...origin.facts } : {}) },
      text: decision.text,
    },
    decision.clocks,
    async () => {
      if (decision.joins) await joinGroup(tx, call, decision.joins);
      const kept = await keepTexts(tx, communityId, id, texts);
      await insertComplaint(tx, communityId, id, facts, {
        ...kept,
        source: origin?.source ?? null,
        aboutCaseId: origin?.aboutCaseId ?? null,
        firedRules: decision.event.facts.fired as SeverityRule[],
        repeatAt: repeatAfter(policy.version.document, decision.notices, call.now),
      });
      await attachAll(tx, call, decision.attachmentIds, 'complaint', id);
      if (facts.anonymous && decision.attachmentIds.length > 0) await forgetWhenFilesCame(tx, communityId, [id]);
      await sendNotices(tx, call, facts, decision.event.id, decision.notices);
      await indexCase(tx, communityId, id, [texts.account ?? null, texts.demand ?? null, facts.place]);
      await countOthers(tx, call, facts, decision);
    },
  );
}

/** Makes one move; answers the complaint's id. `version` or If-Match, unless it was made without a signal. */
export async function moveComplaint<Name extends ComplaintMove>(
  call: Call,
  name: Name,
  id: string,
  body: ComplaintMoveBody<Name>,
): Promise<string> {
  const { signature } = body as { signature?: string };
  const drawing = signature === undefined ? undefined : await readDrawing(call, signature);
  const moved = await effect(call, id, (tx) =>
    carryMove(tx, call, id, name, { ...body, version: body.version ?? call.ifMatch ?? undefined }, drawing),
  );
  if (drawing) await keepDrawing(call, drawing);
  return moved;
}

/** A reply letter that was delivered told the end; in the transaction of its delivery (CP8), whatever its version by now. */
export async function tellByLetter(
  tx: Tx,
  call: Call,
  id: string,
  told: Omit<ComplaintMoveBody<'tell-customer'>, 'how' | 'signature' | 'version'>,
): Promise<void> {
  await lockEvents(tx, call.communityId);
  const { version } = await getCaseForUpdate(tx, call, id, 'complaint');
  await carryMove(tx, call, id, 'tell-customer', { ...told, how: 'letter', version });
}

async function carryMove<Name extends ComplaintMove>(
  tx: Tx,
  call: Call,
  id: string,
  name: Name,
  input: ComplaintMoveBody<Name>,
  drawing?: Drawing,
): Promise<void> {
  await lockEvents(tx, call.communityId);
  const row = await getCaseForUpdate(tx, call, id, 'complaint');
  const own = await getComplaintRow(tx, call.communityId, id);
  const policy = await policyOf(tx, call.communityId, row.standardVersionId);
  const before = complaintFacts(row, own);
  const context = await contextOf(tx, call, policy, row, before, name, input);
  const decision = decideComplaint(name, {
    complaint: before,
    clocks: (await listClocksOf(tx, call.communityId, id)) as readonly ClockFact[],
    input,
    standard: policy.version,
    actor: call.source === 'system' ? systemActor : await actorOf(tx, call),
    context,
    now: call.now,
  });
  // The month's sample may leave it out: the place is drawn once the rule has said that it is told.
  const draw = await drawFollowUp(tx, call, policy, decision);
  if (draw && !draw.isOwed) decision.changes = { ...decision.changes, followUp: 'not-owed' };
  const after: ComplaintFacts = { ...before, ...decision.changes, state: decision.state };
  const fired = proposalFor(policy.version.document, after, context.group ?? []).fired;
  await save(tx, call, policy, row, { before, after, decision, source: own.source }, drawing, {
    ...('proposedSeverity' in decision.changes ? { firedRules: fired.map((each) => each.rule) } : {}),
    ...(decision.approval ? await askLowering(tx, call, row, own, decision) : {}),
  });
  await carryFollowUp(tx, call, id, decision, draw);
  await countOthers(tx, call, after, decision);
  await closeWhatIsReady(tx, call, id, after.groupId ?? before.groupId);
}

type Change = {
  before: ComplaintFacts;
  after: ComplaintFacts;
  decision: ComplaintDecision;
  source: Origin['source'] | null;
};

async function save(
  tx: Tx,
  call: Call,
  policy: Policy,
  row: CaseRow,
  { before, after, decision, source }: Change,
  drawing: Drawing | undefined,
  more: Partial<ServiceColumns>,
): Promise<void> {
  const { communityId } = call;
  const { contact, texts = {}, event } = decision;
  const kept = await keepTexts(tx, communityId, row.id, texts);
  const phone = contact?.phone ? sealPhone(call, row.id, contact.phone) : null;
  const columns: CaseChange['columns'] = {
    state: after.state,
    flags: shownFlags(after, source),
    level: after.severity,
    ...(source === null ? { category: after.against } : {}),
    department: after.department ?? 'customer-service',
    unitId: after.unitId,
    place: after.place,
    responsibleId: after.handlerId ?? after.inChargeId,
    endedAt: after.state === 'closed' ? (row.endedAt ?? call.now) : null,
    ...(contact?.name === undefined ? {} : { contactName: contact.name }),
    ...(phone ? { contactPhoneSealed: phone.sealed, contactPhoneMasked: phone.masked } : {}),
  };
  // What was done and what the customer heard stand on the time line too: a reopened one is answered anew.
  const said = [texts.result, texts.answer, texts.opinion, decision.text].filter((part) => part !== undefined);
  await changeCase(tx, call, policy, row, {
    step: { ...event, text: said.length === 0 ? undefined : said.join('\n') },
    clocks: decision.clocks,
    columns,
    description: texts.account,
    changed: changedFields(before, after),
  });
  if (decision.joins) await joinGroup(tx, call, decision.joins);
  await takeBackLowering(tx, call, before, after);
  await updateComplaint(tx, communityId, row.id, {
    ...ownChanges(decision.changes),
    ...kept,
    ...(decision.cause === undefined ? {} : { cause: decision.cause }),
    ...(decision.satisfied === undefined ? {} : { satisfied: decision.satisfied }),
    ...(event.move === 'reopen' ? answeredAnew : {}),
    ...alarmChanges(policy.version.document, decision.changes, decision, call),
    ...more,
  });
  await attachAll(tx, call, decision.attachmentIds, 'case-event', event.id);
  if (decision.signature && drawing) await attachDrawing(tx, call, drawing, 'case-event', event.id);
  if (after.anonymous && (decision.attachmentIds.length > 0 || drawing))
    await forgetWhenFilesCame(tx, communityId, [event.id]);
  await sendNotices(tx, call, after, event.id, decision.notices);
  if (texts.account !== undefined || texts.demand !== undefined || after.place !== before.place) {
    const now = await readTexts(tx, row, await getComplaintRow(tx, communityId, row.id));
    await indexCase(tx, communityId, row.id, [texts.account ?? now.account, now.demand, after.place]);
  }
}

/** What was said of the first end is no answer to the second. */
const answeredAnew = {
  resultTextId: null,
  answerTextId: null,
  opinionTextId: null,
  cause: null,
  satisfied: null,
  calledAt: null,
  calledBy: null,
  calledHow: null,
} as const;

/** The alarm goes on with a level that wants it, and ends with whoever takes it over. */
function alarmChanges(
  document: StandardDocument,
  changes: ComplaintChanges,
  decision: Pick<ComplaintDecision, 'notices'>,
  call: Pick<Call, 'now'>,
): Partial<ServiceColumns> {
  const next = repeatAfter(document, decision.notices, call.now);
  const isOver = Boolean(changes.takenOverAt ?? changes.closedAt);
  return {
    ...(next ? { repeatAt: next } : isOver ? { repeatAt: null } : {}),
    // A rise ends what was asked.
    ...(changes.loweringTo === null ? nothingAsked : {}),
  };
}

export const shownFlags = (facts: ComplaintFacts, source: Origin['source'] | null): string[] => [
  ...flagsOf(facts),
  ...(source === 'follow-up' ? ['from-follow-up'] : []),
];

/** The account is the case's own summary; the others have ids of their own. */
async function keepTexts(
  tx: Tx,
  communityId: string,
  id: string,
  { demand, replyReason, result, answer, opinion }: ComplaintTexts,
): Promise<Partial<ServiceColumns>> {
  const rows: { id: string; body: string }[] = [];
  const kept: Partial<ServiceColumns> = {};
  const keep = (column: keyof ServiceColumns, body: string | undefined) => {
    if (body === undefined) return;
    const textId = newId();
    rows.push({ id: textId, body });
    Object.assign(kept, { [column]: textId });
  };
  keep('demandTextId', demand);
  keep('replyReasonTextId', replyReason);
  keep('resultTextId', result);
  keep('answerTextId', answer);
  keep('opinionTextId', opinion);
  await insertTexts(tx, communityId, id, rows);
  return kept;
}

const unaudited: readonly (keyof ComplaintFacts)[] = ['version', 'place', 'personKey', 'stated'];
/** Codes, ids, numbers and times only: free text and contacts are not among the facts. */
function changedFields(before: ComplaintFacts, after: ComplaintFacts): Record<string, [unknown, unknown]> {
  const changed: Record<string, [unknown, unknown]> = {};
  for (const key of Object.keys(after) as (keyof ComplaintFacts)[])
    if (!unaudited.includes(key) && before[key] !== after[key]) changed[key] = [before[key], after[key]];
  return changed;
}

// ── by the program ──────────────────────────────────────────────────────────────────────────────────

/** Nobody's hand: whoever asked the customer has not worked on it (FU, spec/10 handler). */
const asSystem = (call: Call): Call => ({
  ...call,
  source: 'system',
  key: null,
  actor: { ...call.actor, accountId: '' },
});

async function moveBySystem<Name extends 'close' | 'reopen' | 'mishandled'>(
  tx: Tx,
  call: Call,
  id: string,
  name: Name,
  input: ComplaintMoveBody<Name>,
): Promise<void> {
  await carryMove(tx, asSystem(call), id, name, input);
}

/** Taken up again because the customer did not find it acceptable: that is a complaint mishandled (CP9, spec/10). */
async function reopenByProgram(tx: Tx, call: Call, id: string, reason: string): Promise<void> {
  await moveBySystem(tx, call, id, 'reopen', { reason });
  const row = await getCaseForUpdate(tx, call, id, 'complaint');
  if (row.level !== 'critical') await moveBySystem(tx, call, id, 'mishandled', { reason });
}

/** Its follow-up was reviewed: nothing of it keeps the complaint open any more. */
async function settleComplaintFollowUp(tx: Tx, call: Call, id: string, finishedAt: string | null): Promise<void> {
  const own = await getComplaintRow(tx, call.communityId, id);
  // Reopened since: the follow-up that counts is still to be made.
  if (own.followUp !== 'due' || own.resolvedAt !== finishedAt) return;
  await updateComplaint(tx, call.communityId, id, { followUp: 'reviewed' });
  await closeWhatIsReady(tx, call, id, own.groupId);
}

/** How follow-ups see a complaint. */
export const complaintSource: FollowUpSource = {
  kinds: ['complaint'],
  hands: workedOn,
  holdersOf: async (tx, communityId, caseIds) =>
    (
      await tx
        .selectFrom('complaints')
        .select(['id', 'handlerId'])
        .where('communityId', '=', communityId)
        .where('id', 'in', [...caseIds])
        .execute()
    ).map((row) => ({ caseId: row.id, holderId: row.handlerId })),
  lockBefore: lockEvents,
  doAgain: reopenByProgram,
  settle: settleComplaintFollowUp,
};

/** The program closes what is told, followed up, and of whose event nobody waits; whoever waited last lets the others go. */
export async function closeWhatIsReady(tx: Tx, call: Call, id: string, groupId: string | null): Promise<void> {
  const members = groupId === null ? [] : await listMembers(tx, call.communityId, groupId);
  const open = callBacksOf(members).filter((one) => one.isOpen).length;
  const told = members.filter((member) => member.state === 'customer-told').map((member) => member.id);
  for (const memberId of new Set([id, ...told])) {
    const row = await getCaseForUpdate(tx, call, memberId, 'complaint');
    const own = await getComplaintRow(tx, call.communityId, memberId);
    const owed = own.groupId === groupId ? open : 0;
    if (isReadyToClose(complaintFacts(row, own), owed)) await moveBySystem(tx, call, memberId, 'close', {});
  }
}

/** What somebody found not acceptable when asked, as a complaint of its own (FU4); the last lock taken is its number. */
export async function openFollowUpComplaint(
  tx: Tx,
  call: Call,
  id: string,
  draft: { about: CaseRow; description: string; channel: Channel; followUpId: string; followUpCode: string },
): Promise<void> {
  const { about, description, channel } = draft;
  const phone = about.contactPhoneSealed ? openContactPhone(call, about) : undefined;
  await recordComplaint(
    tx,
    call,
    id,
    {
      channel,
      account: description,
      ...(about.unitId ? { unitId: about.unitId } : {}),
      ...(about.place ? { place: about.place } : {}),
      contact: { ...(about.contactName ? { name: about.contactName } : {}), ...(phone ? { phone } : {}) },
      // Said once more about the same thing: it counts as a raising of that event.
      ...(about.kind === 'complaint' ? { sameEventAs: about.id } : {}),
    },
    {
      source: 'follow-up',
      aboutCaseId: about.id,
      // Whom a complaint is about, or what was mended, says something of this one; what happened in an emergency does not.
      category: about.kind === 'repair' || about.kind === 'complaint' ? about.category : null,
      facts: { followUpId: draft.followUpId, followUp: draft.followUpCode, about: about.code },
    },
  );
}
