// What looks like the same event 疑似同一事件, and whom of a group to call back (CP2, spec/10 close).
import { newId } from '../../kernel/id.ts';
import { badField, forbidden, notFound, Refusal } from '../../kernel/refusal.ts';
import { hourMs, plusMs } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { accountNames } from '../access/account.service.ts';
import { type Call, effect, readIn } from '../access/call.ts';
import { isOutsider } from '../access/permission.rules.ts';
import { attachAll } from '../attachments/attachment.service.ts';
import { changeCase, getCase, getCaseForUpdate, requireInReach } from '../cases/case.service.ts';
import { toTheHour } from '../cases/case-sight.rules.ts';
import { maskPhonesInText } from '../parties/phone.rules.ts';
import { policyOf, standardInForce } from '../standards/standard.service.ts';
import type { CallBackList, CalledBody, Sibling, SiblingQueryBody } from './complaint.contract.ts';
import { closeWhatIsReady } from './complaint.service.ts';
import { complaintFacts, getComplaintRow, readTexts, updateComplaint } from './complaint.store.ts';
import { checkHow } from './complaint-ask.rules.ts';
import { callBacksOf } from './complaint-group.rules.ts';
import { listMembers, lockEvents } from './complaint-group.store.ts';
import { countWords } from './complaint-rarity.service.ts';
import { pairsOf, proposeSiblings, rarityOf, type SiblingFacts } from './complaint-siblings.rules.ts';
import { buildingOfUnit, listSiblingCandidates } from './complaint-siblings.store.ts';
import { anonymitySight } from './complaint-sight.rules.ts';

const summaryLetters = 120;

async function siblingsOf(
  tx: Tx,
  call: Call,
  about: Omit<SiblingFacts, 'buildingId'> & { unitId: string | null },
  except: { id: string | null; groupId: string | null },
): Promise<{ items: Sibling[] }> {
  const words = [...new Set([...pairsOf(about.text), ...pairsOf(about.place)])];
  // None waits for another's answer, so they travel together.
  const [standard, buildingId, { holders, complaints }] = await Promise.all([
    standardInForce(tx, call.communityId),
    buildingOfUnit(tx, call.communityId, about.unitId),
    countWords(tx, call.communityId, words),
  ]);
  const policy = standard.document.complaint.sameEvent.value;
  const near = policy.withinHours * hourMs;
  const subject: SiblingFacts = { ...about, buildingId };
  const candidates = await listSiblingCandidates(tx, call.communityId, {
    from: plusMs(subject.at, -near),
    until: plusMs(subject.at, near),
    buildingId: subject.buildingId,
    holders,
    exceptId: except.id,
    exceptGroupId: except.groupId,
  });
  const viewer = { id: call.actor.accountId, roles: call.roles };
  return {
    items: proposeSiblings(policy, rarityOf(holders, complaints), subject, candidates).map(({ candidate, score }) => ({
      id: candidate.id,
      code: candidate.code,
      state: candidate.state,
      severity: candidate.severity,
      unit: candidate.unit,
      place: candidate.place,
      summary: maskPhonesInText(candidate.body ?? '').slice(0, summaryLetters),
      receivedAt: anonymitySight(viewer, { ...candidate, department: candidate.department as never }).minute
        ? candidate.receivedAt
        : toTheHour(candidate.receivedAt),
      groupId: candidate.groupId,
      raisings: candidate.raisings,
      people: candidate.people,
      points: score.points,
      because: score.because,
    })),
  };
}

/** Who reads the community's cases is shown others' complaints; whoever else records one is not. */
export const findSiblings = (call: Call, body: SiblingQueryBody): Promise<{ items: Sibling[] }> =>
  readIn(call, async (tx) => {
    if (!mayLook(call)) return { items: [] };
    const subject = {
      unitId: body.unitId ?? null,
      place: body.place ?? null,
      against: body.against ?? null,
      text: body.text ?? null,
      at: body.at ?? call.now,
    };
    return siblingsOf(tx, call, subject, { id: null, groupId: null });
  });

const lookers = ['front_desk', 'cs_supervisor', 'manager', 'general_manager'] as const;
const mayLook = (call: Call): boolean => lookers.some((role) => call.roles.includes(role));

export const listSiblings = (call: Call, id: string): Promise<{ items: Sibling[] }> =>
  readIn(call, async (tx) => {
    const row = await getCase(tx, call, id, 'complaint');
    await requireInReach(tx, call, id);
    if (!mayLook(call)) throw forbidden('complaint.link');
    const own = await getComplaintRow(tx, call.communityId, id);
    const texts = await readTexts(tx, row, own);
    const subject = {
      unitId: row.unitId,
      place: row.place,
      against: own.against,
      text: [texts.account, texts.demand].filter(Boolean).join(' ') || null,
      at: own.occurredAt ?? row.receivedAt,
    };
    return siblingsOf(tx, call, subject, { id, groupId: own.groupId });
  });

// ── calling back ────────────────────────────────────────────────────────────────────────────────────

export const listCallBacks = (call: Call, id: string): Promise<CallBackList> =>
  readIn(call, async (tx) => {
    await getCase(tx, call, id, 'complaint');
    await requireInReach(tx, call, id);
    return callBacksShown(tx, call, (await getComplaintRow(tx, call.communityId, id)).groupId);
  });

async function callBacksShown(tx: Tx, call: Call, groupId: string | null): Promise<CallBackList> {
  const owed = callBacksOf(groupId === null ? [] : await listMembers(tx, call.communityId, groupId));
  const names = await accountNames(
    tx,
    owed.map((one) => one.member.calledBy),
  );
  // Numbers are for those who call.
  const maySee = mayLook(call);
  return {
    items: owed.map(({ member, since }) => ({
      id: member.id,
      complaint: { id: member.id, code: member.code, state: member.state },
      unitId: maySee ? member.unitId : null,
      unit: maySee ? member.unit : null,
      contact: maySee ? { name: member.contactName, phone: member.contactPhoneMasked } : { name: null, phone: null },
      since,
      calledAt: member.toldAt ?? member.calledAt,
      calledBy: member.calledBy === null ? null : { id: member.calledBy, name: names.get(member.calledBy) ?? '' },
      how: member.calledHow,
    })),
    open: owed.filter((one) => one.isOpen).length,
  };
}

/** Somebody of the event heard how it ended; a step of the complaint in which they said so. */
export async function markCalled(call: Call, id: string, callBackId: string, body: CalledBody): Promise<CallBackList> {
  await effect(call, id, async (tx) => {
    const { communityId } = call;
    await lockEvents(tx, communityId);
    await getCaseForUpdate(tx, call, id, 'complaint');
    if (!mayLook(call)) throw isOutsider(call.roles) ? notFound('complaint') : forbidden('complaint.tell-customer');
    const { groupId } = await getComplaintRow(tx, communityId, id);
    const members = groupId === null ? [] : await listMembers(tx, communityId, groupId);
    const owed = callBacksOf(members).find((one) => one.member.id === callBackId);
    if (!owed) throw notFound('call-back');
    const row = await getCaseForUpdate(tx, call, callBackId, 'complaint');
    checkHow('how', body.how, complaintFacts(row, await getComplaintRow(tx, communityId, callBackId)));
    if (body.how === 'posted') throw badField('how', 'can_be_reached');
    if (!owed.isOpen) throw new Refusal('complaint.already_called');
    const eventId = newId();
    await changeCase(tx, call, await policyOf(tx, communityId, row.standardVersionId), row, {
      step: {
        id: eventId,
        kind: 'call',
        move: null,
        fromState: null,
        toState: null,
        at: call.now,
        byRole: call.roles[0] ?? null,
        facts: { action: 'called-back', how: body.how, to: 'customer', direction: 'out' },
        text: body.answer,
      },
      clocks: [],
      columns: {},
      changed: {},
      isAppend: true,
    });
    await updateComplaint(tx, communityId, callBackId, {
      calledAt: call.now,
      calledBy: call.actor.accountId,
      calledHow: body.how,
    });
    await attachAll(tx, call, body.attachmentIds ?? [], 'case-event', eventId);
    await closeWhatIsReady(tx, call, id, groupId);
  });
  return readIn(call, async (tx) =>
    callBacksShown(tx, call, (await getComplaintRow(tx, call.communityId, id)).groupId),
  );
}
