// A lower level 降级: asked for by a move, given or refused by somebody above who did not ask (CP2). Two functions are the
// whole of it for whoever keeps approvals: `askLowering` says what waits for whom, `settleLowering` carries the answer out.
import { newId } from '../../kernel/id.ts';
import { forbidden, Refusal, staleVersion } from '../../kernel/refusal.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Call, effect } from '../access/call.ts';
import { changeCase, getCaseForUpdate } from '../cases/case.service.ts';
import { insertTexts } from '../cases/case.store.ts';
import type { ClockFact } from '../clocks/clock.contract.ts';
import { listClocksOf } from '../clocks/clock.store.ts';
import { dueAt } from '../clocks/limit.rules.ts';
import { notify } from '../notifications/notification.service.ts';
import { policyOf } from '../standards/standard.service.ts';
import {
  type ComplaintRow,
  complaintFacts,
  getComplaintRow,
  ownChanges,
  type ServiceColumns,
  updateComplaint,
} from './complaint.store.ts';
import { type ComplaintDecision, deciderOf } from './complaint-facts.rules.ts';
import { lockEvents } from './complaint-group.store.ts';
import { lowered, notLowered } from './complaint-level.rules.ts';
import { flagsOf } from './complaint-moves.rules.ts';

export async function askLowering(
  tx: Tx,
  call: Call,
  id: string,
  decision: ComplaintDecision,
): Promise<Partial<ServiceColumns>> {
  const loweringTextId = decision.text === undefined ? null : newId();
  if (loweringTextId) await insertTexts(tx, call.communityId, id, [{ id: loweringTextId, body: decision.text ?? '' }]);
  return {
    loweringAskedBy: call.actor.accountId,
    loweringAskedAt: decision.event.at,
    loweringApprover: decision.approval?.approver ?? null,
    loweringTextId,
  };
}

type Decider = Pick<Call, 'actor' | 'roles'>;
/** Whoever it waits for, or somebody above; never who asked. */
export const mayDecideLowering = (
  { actor, roles }: Decider,
  own: Pick<ComplaintRow, 'loweringApprover' | 'loweringAskedBy'>,
): boolean => holdsApproval(roles, own) && own.loweringAskedBy !== actor.accountId;

const holdsApproval = (roles: Decider['roles'], own: Pick<ComplaintRow, 'loweringApprover'>): boolean =>
  roles.includes('general_manager') || (own.loweringApprover !== 'general_manager' && roles.includes('manager'));

export const decideLowering = (
  call: Call,
  id: string,
  answer: { isApproved: boolean; version?: number | undefined; remark?: string | undefined },
): Promise<string> =>
  effect(call, id, async (tx) => {
    await lockEvents(tx, call.communityId);
    const row = await getCaseForUpdate(tx, call, id, 'complaint');
    const own = await getComplaintRow(tx, call.communityId, id);
    if (!holdsApproval(call.roles, own)) throw forbidden('complaint.judge');
    const version = answer.version ?? call.ifMatch;
    if (version !== null && version !== undefined && version !== row.version) throw staleVersion(row.version);
    if (own.loweringTo === null) throw new Refusal('complaint.no_lowering_asked');
    if (own.loweringAskedBy === call.actor.accountId) throw new Refusal('complaint.own_request');
    await settleLowering(tx, call, id, answer);
  });

export async function settleLowering(
  tx: Tx,
  call: Call,
  id: string,
  answer: { isApproved: boolean; remark?: string | undefined },
): Promise<void> {
  const { communityId, now } = call;
  const row = await getCaseForUpdate(tx, call, id, 'complaint');
  const own = await getComplaintRow(tx, communityId, id);
  const before = complaintFacts(row, own);
  const to = before.loweringTo;
  const policy = await policyOf(tx, communityId, row.standardVersionId);
  const { document } = policy.version;
  const outcome = answer.isApproved
    ? lowered(document, (await listClocksOf(tx, communityId, id)) as readonly ClockFact[], before, {
        at: now,
        dueOf: (limit, from) => dueAt(limit, from, policy.calendar),
      })
    : null;
  const changes = outcome?.changes ?? notLowered;
  const after = { ...before, ...changes };
  await changeCase(tx, call, policy, row, {
    step: {
      id: newId(),
      kind: 'approval',
      move: null,
      fromState: null,
      toState: null,
      at: now,
      byRole: call.roles.find((role) => role === 'manager' || role === 'general_manager') ?? null,
      forId: own.loweringAskedBy ?? undefined,
      facts: { action: outcome ? 'lowered' : 'not-lowered', severity: [before.severity, to] },
      text: answer.remark,
    },
    clocks: outcome?.clocks ?? [],
    columns: {
      level: after.severity,
      flags: [...flagsOf(after), ...(own.source === 'follow-up' ? ['from-follow-up'] : [])],
    },
    changed: { severity: [before.severity, after.severity], loweringTo: [to, null] },
  });
  await updateComplaint(tx, communityId, id, {
    ...ownChanges(changes),
    loweringAskedBy: null,
    loweringAskedAt: null,
    loweringApprover: null,
    loweringTextId: null,
    ...(deciderOf(document, after.severity) === 'general_manager' ? {} : { repeatAt: null }),
  });
  if (own.loweringAskedBy)
    await notify(tx, {
      communityId,
      caseId: id,
      kind: outcome ? 'complaint-lowered' : 'complaint-not-lowered',
      facts: { urgency: after.severity },
      to: [{ staffId: own.loweringAskedBy }],
      channel: 'bell',
      thing: `${id}:lowering`,
      now,
    });
}
