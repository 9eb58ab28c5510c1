// The same event 同一事件 carried out: a complaint joins its group, and every other one of it is counted anew (CP2).
import { newId } from '../../kernel/id.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';
import { changeCase } from '../cases/case.service.ts';
import type { ClockFact } from '../clocks/clock.contract.ts';
import { listClocksOf } from '../clocks/clock.store.ts';
import { dueAt } from '../clocks/limit.rules.ts';
import { type Policy, policyOf } from '../standards/standard.service.ts';
import { complaintFacts, getComplaintRow, ownChanges, updateComplaint } from './complaint.store.ts';
import { memberOf } from './complaint-ask.rules.ts';
import type { ComplaintDecision, ComplaintFacts } from './complaint-facts.rules.ts';
import type { GroupMember } from './complaint-group.rules.ts';
import { insertGroup, listMembers, lockComplaintCase } from './complaint-group.store.ts';
import { proposalFor, type Reweighed, reweigh } from './complaint-level.rules.ts';
import { nothingAsked, takeBackLowering } from './complaint-lowering.service.ts';
import { flagsOf } from './complaint-moves.rules.ts';
import { repeatAfter, sendNotices } from './complaint-notice.service.ts';

/** The group there is from now on, and the complaint named with it where that had none. */
export async function joinGroup(tx: Tx, call: Call, joins: NonNullable<ComplaintDecision['joins']>): Promise<void> {
  await insertGroup(tx, call.communityId, joins.groupId, call.now);
  if (joins.alsoId) await updateComplaint(tx, call.communityId, joins.alsoId, { groupId: joins.groupId });
}

/** Every other complaint of these groups, with the facts as they are now. */
export async function countOthers(
  tx: Tx,
  call: Call,
  self: ComplaintFacts,
  decision: Pick<ComplaintDecision, 'regroup' | 'event' | 'joins'>,
): Promise<void> {
  const { id } = self;
  for (const groupId of decision.regroup ?? []) {
    // One that is being recorded stands among the cases only at the very end.
    const listed = (await listMembers(tx, call.communityId, groupId)).filter((member) => member.id !== id);
    const members: GroupMember[] = self.groupId === groupId ? [...listed, memberOf(self)] : listed;
    for (const member of members) {
      if (member.id === id) continue;
      const row = await lockComplaintCase(tx, call.communityId, member.id);
      if (!row) continue;
      const own = await getComplaintRow(tx, call.communityId, member.id);
      const facts = complaintFacts(row, own);
      const policy = await policyOf(tx, call.communityId, row.standardVersionId);
      const clocks = (await listClocksOf(tx, call.communityId, row.id)) as readonly ClockFact[];
      const others = members.filter((one) => one.id !== member.id);
      const outcome = reweigh(policy.version.document, clocks, facts, others, {
        at: decision.event.at,
        dueOf: (limit, from) => dueAt(limit, from, policy.calendar),
      });
      const isNew = decision.joins?.alsoId === member.id;
      const isSame =
        outcome.changes.raisings === facts.raisings &&
        outcome.changes.people === facts.people &&
        outcome.changes.rule === facts.rule;
      if (isSame && !isNew) continue;
      const fired = proposalFor(policy.version.document, facts, others).fired.map((each) => each.rule);
      await updateComplaint(tx, call.communityId, member.id, { firedRules: fired });
      await keepReweighed(tx, call, policy, facts, outcome, {
        at: decision.event.at,
        because: { action: isNew ? 'linked' : 'same-event', groupId, with: id },
        thing: groupId,
        flags: own.source === 'follow-up' ? ['from-follow-up'] : [],
      });
    }
  }
}

/** Writes what counting anew, or a missed promise, made of a complaint that is locked. */
export async function keepReweighed(
  tx: Tx,
  call: Call,
  policy: Policy,
  before: ComplaintFacts,
  outcome: Reweighed,
  why: { at: string; because: Record<string, unknown>; thing: string; flags: readonly string[] },
): Promise<void> {
  const { changes, raised, notices } = outcome;
  const after: ComplaintFacts = { ...before, ...changes };
  const row = await lockComplaintCase(tx, call.communityId, before.id);
  if (!row) return;
  const eventId = newId();
  await changeCase(tx, { ...call, source: 'system' }, policy, row, {
    step: {
      id: eventId,
      kind: raised ? 'move' : 'link',
      move: raised ? 'raise' : null,
      fromState: raised ? before.state : null,
      toState: raised ? before.state : null,
      at: why.at,
      byRole: 'system',
      facts: {
        ...why.because,
        raisings: after.raisings,
        people: after.people,
        proposed: after.proposedSeverity,
        ...(raised ? { severity: [raised.from, raised.to], rule: raised.rule } : {}),
      },
    },
    clocks: outcome.clocks,
    columns: { level: after.severity, flags: [...flagsOf(after), ...why.flags] },
    changed: raised ? { severity: [raised.from, raised.to] } : {},
    isAppend: !raised,
  });
  await takeBackLowering(tx, { ...call, source: 'system' }, before, after);
  await updateComplaint(tx, call.communityId, before.id, {
    ...ownChanges(changes),
    ...(raised ? { repeatAt: repeatAfter(policy.version.document, notices, call.now), ...nothingAsked } : {}),
  });
  await sendNotices(tx, call, after, eventId, notices, why.thing);
}
