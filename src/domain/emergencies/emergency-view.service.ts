// An emergency 突发事件 as its reader may see it, and those that a complaint is about.
import { accountNames } from '../access/account.service.ts';
import { type Call, readIn } from '../access/call.ts';
import { getCase, requireInReach, viewCase } from '../cases/case.service.ts';
import { findCase, findText } from '../cases/case.store.ts';
import type { ClockFact } from '../clocks/clock.contract.ts';
import { listClocksOf } from '../clocks/clock.store.ts';
import { maskPhonesInText } from '../parties/phone.rules.ts';
import { policyOf } from '../standards/standard.service.ts';
import type { Emergency } from './emergency.contract.ts';
import { allowedMoves } from './emergency.rules.ts';
import { emergencyActor, loadEmergency } from './emergency.service.ts';
import { listOfComplaint } from './emergency.store.ts';
import { keptUntilOf } from './emergency-kept.rules.ts';
import { deciderOf, followUpSubjectOf, reviewerOf } from './emergency-level.rules.ts';

/** `isJustMoved`: made by whoever may not read it afterwards, what came of it is still shown. */
export const readEmergency = (call: Call, id: string, isJustMoved = false): Promise<Emergency> =>
  readIn(call, async (tx) => {
    const row = await getCase(tx, call, id, 'emergency');
    if (!isJustMoved) await requireInReach(tx, call, id);
    const shared = await viewCase(tx, call, row);
    const { own, deployments, facts } = await loadEmergency(tx, call, row);
    const { document } = (await policyOf(tx, call.communityId, row.standardVersionId)).version;
    const names = await accountNames(tx, [own.inChargeId, own.takenOverBy, own.reviewedBy]);
    const person = (accountId: string | null) =>
      accountId === null ? null : { id: accountId, name: names.get(accountId) ?? '' };
    const text = async (textId: string | null) => {
      const body = await findText(tx, call.communityId, textId);
      return body === null || body === '' ? null : maskPhonesInText(body);
    };
    const complaint = own.complaintId === null ? undefined : await findCase(tx, call.communityId, own.complaintId);
    const reviewText = await text(own.reviewTextId);
    const reviewer = person(own.reviewedBy);
    return {
      ...shared,
      kind: 'emergency' as const,
      state: facts.state,
      category: facts.category,
      severity: facts.severity,
      proposedSeverity: facts.proposedSeverity,
      levelFact: facts.levelFact,
      description: await text(row.summaryTextId),
      contact: { name: row.contactName, phone: row.contactPhoneMasked },
      occurredAt: facts.occurredAt,
      harm: facts.harm,
      inCharge: person(own.inChargeId),
      takenOverAt: own.takenOverAt,
      takenOverBy: person(own.takenOverBy),
      takenOverByRole: deciderOf(document, facts.severity),
      deployed: deployments.map((one) => ({
        person: { id: one.accountId, name: one.name },
        task: maskPhonesInText(one.task ?? ''),
        at: one.at,
      })),
      complaint: complaint ? { id: complaint.id, code: complaint.code } : null,
      cause: facts.cause,
      result: await text(own.resultTextId),
      resolvedAt: own.resolvedAt,
      review:
        reviewText === null || reviewer === null || own.reviewedAt === null
          ? null
          : { text: reviewText, by: reviewer, at: own.reviewedAt },
      reviewedByRole: reviewerOf(document, facts.severity),
      followUp: own.followUp,
      followUpWhat: followUpSubjectOf(facts.severity),
      keptUntil: keptUntilOf(row.endedAt, document.emergency.keptYears.value),
      moves: allowedMoves({
        emergency: facts,
        clocks: (await listClocksOf(tx, call.communityId, id)) as readonly ClockFact[],
        document,
        actor: await emergencyActor(tx, call),
        now: call.now,
      }),
    };
  });

export const readEmergenciesOf = (call: Call, complaintId: string) =>
  readIn(call, async (tx) => {
    await getCase(tx, call, complaintId);
    await requireInReach(tx, call, complaintId);
    return { items: await listOfComplaint(tx, call.communityId, complaintId) };
  });
