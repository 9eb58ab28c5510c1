// A complaint 投诉 as its caller may see it, and lists of them; of an anonymous one taker and minute by reader (CP12).
import { decodeCursor, encodeCursor } from '../../kernel/paging.ts';
import { badField } from '../../kernel/refusal.ts';
import type { Tx } from '../../platform/database/database.ts';
import { accountNames } from '../access/account.service.ts';
import { type Call, readIn } from '../access/call.ts';
import { caseReach, getCase, mayReadCase, requireInReach, viewCase } from '../cases/case.service.ts';
import { type CaseRow, findCase } from '../cases/case.store.ts';
import { toTheHour } from '../cases/case-sight.rules.ts';
import { maskPhonesInText } from '../parties/phone.rules.ts';
import { policyOf } from '../standards/standard.service.ts';
import type { ComplaintListQuery, ComplaintRow as ComplaintListRow } from './complaint.contract.ts';
import { type ComplaintRow, complaintFacts, getComplaintRow, readTexts } from './complaint.store.ts';
import { actorOf } from './complaint-actor.service.ts';
import { opaqueFor, sightOf } from './complaint-anonymity.service.ts';
import { callBacksOf } from './complaint-group.rules.ts';
import { listMembers } from './complaint-group.store.ts';
import { type ComplaintListRecord, listComplaintRows } from './complaint-list.store.ts';
import { loweringDuty } from './complaint-lowering.service.ts';
import { allowedMoves } from './complaint-moves.rules.ts';
import type { StatedFacts } from './complaint-severity.rules.ts';
import type { ComplaintAnswer, StatedFactsInput } from './complaint-shapes.contract.ts';
import { anonymitySight, maskAnonymous } from './complaint-sight.rules.ts';

export async function readComplaint(call: Call, id: string): Promise<ComplaintAnswer> {
  return readIn(call, async (tx) => {
    const row = await getCase(tx, call, id, 'complaint');
    await requireInReach(tx, call, id);
    return viewComplaint(tx, call, row, true);
  });
}

/** After a move the caller sees what came of it even where the complaint has left their hands. */
export async function readMovedComplaint(call: Call, id: string): Promise<ComplaintAnswer> {
  return readIn(call, async (tx) => {
    const row = await getCase(tx, call, id, 'complaint');
    return viewComplaint(tx, call, row, await mayReadCase(tx, call, id));
  });
}

const masked = (text: string | null): string | null => (text === null ? null : maskPhonesInText(text));

/** As it was stated: what is not known is left out. */
function statedShown({ deaths, ...plain }: StatedFacts): StatedFactsInput {
  const known = Object.entries(plain).filter(([, value]) => value !== null);
  return { ...Object.fromEntries(known), ...(deaths === null ? {} : { death: deaths }) };
}

async function viewComplaint(tx: Tx, call: Call, row: CaseRow, mayRead: boolean): Promise<ComplaintAnswer> {
  const { communityId } = call;
  const own = await getComplaintRow(tx, communityId, row.id);
  const facts = complaintFacts(row, own);
  const policy = await policyOf(tx, communityId, row.standardVersionId);
  const [shared, texts, members, names, about, into, actor, duty] = await Promise.all([
    viewCase(tx, call, row),
    readTexts(tx, row, own),
    own.groupId === null ? [] : listMembers(tx, communityId, own.groupId),
    accountNames(tx, [own.againstStaffId, own.inChargeId, own.loweringAskedBy]),
    own.aboutCaseId === null ? undefined : findCase(tx, communityId, own.aboutCaseId),
    own.mergedIntoId === null ? undefined : findCase(tx, communityId, own.mergedIntoId),
    actorOf(tx, call),
    own.loweringTo === null ? null : loweringDuty(tx, call, row.id),
  ]);
  const person = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? '' });
  const callBacksOpen = callBacksOf(members).filter((one) => one.isOpen).length;
  const answer: ComplaintAnswer = {
    ...shared,
    kind: 'complaint',
    state: facts.state,
    severity: facts.severity,
    proposedSeverity: facts.proposedSeverity,
    rule: facts.rule,
    firedRules: [...own.firedRules],
    validity: facts.validity,
    liability: facts.liability,
    facts: statedShown(facts.stated),
    anonymous: facts.anonymous,
    contact: mayRead ? { name: row.contactName, phone: row.contactPhoneMasked } : { name: null, phone: null },
    against: facts.against,
    againstStaff: person(own.againstStaffId),
    occurredAt: own.occurredAt,
    account: masked(texts.account),
    demand: masked(texts.demand),
    replyReason: masked(texts.replyReason),
    replyAt: own.replyAt,
    wishedAt: own.wishedAt,
    agreedAt: own.agreedAt,
    source: own.source,
    about: about ? { id: about.id, code: about.code, kind: about.kind } : null,
    group:
      own.groupId === null
        ? null
        : {
            id: own.groupId,
            raisings: own.raisings,
            people: own.people,
            callBacksOpen,
            others: members
              .filter((member) => member.id !== row.id)
              .map(({ id, code, state, severity }) => ({ id, code, state, severity })),
          },
    failures: own.failures,
    takenOverAt: own.takenOverAt,
    inCharge: person(own.inChargeId),
    forwardedTo: own.forwardedTo,
    loweringTo: own.loweringTo,
    lowering: loweringShown(own, duty, person(own.loweringAskedBy), masked(texts.lowering)),
    waitUntil: own.waitUntil,
    resolvedAt: own.resolvedAt,
    result: masked(texts.result),
    cause: own.cause as ComplaintAnswer['cause'],
    toldAt: own.toldAt,
    answer: masked(texts.answer),
    signed: own.signed,
    opinion: masked(texts.opinion),
    satisfied: own.satisfied,
    mergedInto: into ? { id: into.id, code: into.code } : null,
    moves: allowedMoves(facts, actor, policy.version, { now: call.now, callBacksOpen }),
  };
  return maskAnonymous(answer, facts, sightOf(call, facts), opaqueFor(call));
}

function loweringShown(
  own: ComplaintRow,
  duty: Awaited<ReturnType<typeof loweringDuty>>,
  askedBy: { id: string; name: string } | null,
  reason: string | null,
): ComplaintAnswer['lowering'] {
  const { loweringTo, loweringAskedAt } = own;
  if (loweringTo === null || loweringAskedAt === null || duty === null) return null;
  return {
    to: loweringTo,
    askedAt: loweringAskedAt,
    askedBy,
    reason,
    approver: duty.role,
    mayDecide: duty.mayDecide,
  };
}

// ── lists ───────────────────────────────────────────────────────────────────────────────────────────

const cursorContext = 'complaint-cursor';

export async function listComplaints(
  call: Call,
  query: ComplaintListQuery,
): Promise<{ items: ComplaintListRow[]; nextCursor: string | null }> {
  return readIn(call, async (tx) => {
    const reach = caseReach(call);
    if (!reach) return { items: [], nextCursor: null };
    const rows = await listComplaintRows(tx, call.communityId, reach, query, {
      limit: query.limit + 1,
      after: query.cursor === undefined ? null : openCursor(call, query.cursor),
    });
    const last = rows.length > query.limit ? rows[query.limit - 1] : undefined;
    return {
      items: rows.slice(0, query.limit).map((row) => listed(call, row)),
      // Sealed: it holds the minute at which the last row came in.
      nextCursor: last
        ? call.house.secrets.seal(encodeCursor([last.receivedAt, last.id]), cursorContext).toString('base64url')
        : null,
    };
  });
}

function openCursor(call: Call, text: string): { key: string; id: string } {
  let opened: string;
  try {
    opened = call.house.secrets.open(Buffer.from(text, 'base64url'), cursorContext);
  } catch {
    throw badField('cursor', 'not_a_cursor');
  }
  const [key, id] = decodeCursor(opened, 2);
  return { key: String(key), id: String(id) };
}

function listed(call: Call, row: ComplaintListRecord): ComplaintListRow {
  const { body, firstContactId, responsibleId, responsibleName, againstStaffId, sentTo, ...plain } = row;
  const shown: ComplaintListRow = {
    ...plain,
    kind: 'complaint',
    level: row.severity,
    summary: maskPhonesInText(body ?? ''),
    responsible: responsibleId === null ? null : { id: responsibleId, name: responsibleName ?? '' },
  };
  const sight = anonymitySight(
    { id: call.actor.accountId, roles: call.roles },
    { anonymous: row.anonymous, against: row.against, againstStaffId, department: sentTo, firstContactId },
  );
  if (sight.minute) return shown;
  const hour = (at: string | null) => (at === null ? null : toTheHour(at));
  return {
    ...shown,
    receivedAt: toTheHour(shown.receivedAt),
    nextDueAt: hour(shown.nextDueAt),
    takenOverAt: hour(shown.takenOverAt),
  };
}
