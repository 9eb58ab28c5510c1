// A lower level 降级: asked for by a move, given or refused as an approval 审批 by somebody above who did not ask (CP2). Decided
// on the complaint's page or on that of the approvals, it falls in the transaction of the decision.
import { newId } from '../../kernel/id.ts';
import { Refusal, staleVersion } from '../../kernel/refusal.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Call, effect, reachOf } from '../access/call.ts';
import {
  type ApprovalSubject,
  type Ended,
  endSubject,
  moveSubject,
  openApproval,
} from '../approvals/approval.service.ts';
import { readDutyOf } from '../approvals/approval-read.service.ts';
import { changeCase, getCaseForUpdate } from '../cases/case.service.ts';
import { type CaseRow, insertTexts } from '../cases/case.store.ts';
import type { ClockFact } from '../clocks/clock.contract.ts';
import { listClocksOf } from '../clocks/clock.store.ts';
import { dueAt } from '../clocks/limit.rules.ts';
import { policyOf } from '../standards/standard.service.ts';
import {
  type ComplaintRow,
  complaintFacts,
  getComplaintRow,
  listAskedLowerings,
  listLowered,
  ownChanges,
  type ServiceColumns,
  updateComplaint,
} from './complaint.store.ts';
import { loweringInWords } from './complaint-case.words.ts';
import { type ComplaintDecision, type ComplaintFacts, deciderOf } from './complaint-facts.rules.ts';
import { lockComplaintCase, lockEvents } from './complaint-group.store.ts';
import { lowered, notLowered } from './complaint-level.rules.ts';
import { flagsOf } from './complaint-moves.rules.ts';

const askedOf = (subjectId: string) => ({ kind: 'complaint.lower', subjectId }) as const;

/** The complaint's own columns while nothing is asked. */
export const nothingAsked = { loweringAskedBy: null, loweringAskedAt: null, loweringTextId: null } as const;

export async function askLowering(
  tx: Tx,
  call: Call,
  row: Pick<CaseRow, 'id' | 'code' | 'level'>,
  own: Pick<ComplaintRow, 'anonymous' | 'againstStaffId'>,
  decision: ComplaintDecision,
): Promise<Partial<ServiceColumns>> {
  const { id, code } = row;
  const reason = decision.text ?? '';
  const loweringTextId = reason === '' ? null : newId();
  if (loweringTextId) await insertTexts(tx, call.communityId, id, [{ id: loweringTextId, body: reason }]);
  const levels = { code, from: row.level, to: decision.approval?.severity ?? null };
  await openApproval(tx, call, {
    ...askedOf(id),
    caseId: id,
    facts: own.anonymous ? { ...levels, anonymous: true } : levels,
    reason,
    // Nobody decides how grave a complaint about themselves is.
    barredIds: own.againstStaffId === null ? [] : [own.againstStaffId],
  });
  return { loweringAskedBy: call.actor.accountId, loweringAskedAt: decision.event.at, loweringTextId };
}

/** Whose it is to decide, and whether it is the caller's; on the complaint's own page the right to judge is needed too. */
export async function loweringDuty(tx: Tx, call: Call, id: string) {
  const duty = await readDutyOf(tx, call, askedOf(id));
  return duty && { ...duty, mayDecide: duty.mayDecide && reachOf(call, 'complaint.judge') !== null };
}

/** A rise, an end or a merger takes back what was asked. */
export async function takeBackLowering(
  tx: Tx,
  call: Call,
  before: Pick<ComplaintFacts, 'id' | 'loweringTo'>,
  after: Pick<ComplaintFacts, 'loweringTo'>,
): Promise<void> {
  if (before.loweringTo !== null && after.loweringTo === null) await endSubject(tx, call, askedOf(before.id));
}

/** On the complaint's own page: the approval decides whose it is, the version is the complaint's. */
export const decideLowering = (
  call: Call,
  id: string,
  answer: { isApproved: boolean; version?: number | undefined; remark?: string | undefined },
): Promise<string> =>
  effect(call, id, async (tx) => {
    await lockEvents(tx, call.communityId);
    const row = await getCaseForUpdate(tx, call, id, 'complaint');
    const own = await getComplaintRow(tx, call.communityId, id);
    const version = answer.version ?? call.ifMatch;
    if (version !== null && version !== undefined && version !== row.version) throw staleVersion(row.version);
    if (own.loweringTo === null) throw new Refusal('complaint.no_lowering_asked');
    if (own.loweringAskedBy === call.actor.accountId) throw new Refusal('complaint.own_request');
    const { isApproved, remark = '' } = answer;
    const ended = await moveSubject(tx, call, askedOf(id), isApproved ? 'approve' : 'reject', { remark });
    if (ended) await settleLowering(tx, call, id, ended);
  });

/** The lowering as a subject of approvals: decided there, or over with its term, it is settled here. */
export const complaintLowering: ApprovalSubject = {
  kind: 'complaint.lower',
  isAboutBarred: true,
  describe: (facts, id) => ({ ...loweringInWords(facts), page: `complaints/${id}` }),
  lock: async (tx, communityId, id) => {
    await lockEvents(tx, communityId);
    await lockComplaintCase(tx, communityId, id);
  },
  ended: async (tx, call, ended) => {
    if ((await getComplaintRow(tx, call.communityId, ended.subjectId)).loweringTo === null) return;
    await settleLowering(tx, call, ended.subjectId, ended);
  },
  listWaiting: listAskedLowerings,
  listMoved: listLowered,
};

/** Approved, yet it has risen or ended since: it stays as it is. */
const notLoweredActions = {
  approved: 'not-lowered',
  rejected: 'not-lowered',
  returned: 'lowering-returned',
  withdrawn: 'lowering-withdrawn',
  lapsed: 'lowering-lapsed',
} as const satisfies Record<Ended['outcome'], string>;

async function settleLowering(tx: Tx, call: Call, id: string, ended: Pick<Ended, 'outcome' | 'remark'>): Promise<void> {
  const { communityId, now } = call;
  const row = await getCaseForUpdate(tx, call, id, 'complaint');
  const own = await getComplaintRow(tx, communityId, id);
  const before = complaintFacts(row, own);
  const to = before.loweringTo;
  const policy = await policyOf(tx, communityId, row.standardVersionId);
  const { document } = policy.version;
  const fallen =
    ended.outcome === 'approved'
      ? lowered(document, (await listClocksOf(tx, communityId, id)) as readonly ClockFact[], before, {
          at: now,
          dueOf: (limit, from) => dueAt(limit, from, policy.calendar),
        })
      : null;
  const changes = fallen?.changes ?? notLowered;
  const after = { ...before, ...changes };
  await changeCase(tx, call, policy, row, {
    step: {
      id: newId(),
      kind: 'approval',
      move: null,
      fromState: null,
      toState: null,
      at: now,
      byRole: call.roles.find((role) => role === 'manager' || role === 'general_manager') ?? call.roles[0] ?? null,
      forId: own.loweringAskedBy ?? undefined,
      facts: { action: fallen ? 'lowered' : notLoweredActions[ended.outcome], severity: [before.severity, to] },
      text: ended.remark === '' ? undefined : ended.remark,
    },
    clocks: fallen?.clocks ?? [],
    columns: {
      level: after.severity,
      flags: [...flagsOf(after), ...(own.source === 'follow-up' ? ['from-follow-up'] : [])],
    },
    changed: { severity: [before.severity, after.severity], loweringTo: [to, null] },
  });
  await updateComplaint(tx, communityId, id, {
    ...ownChanges(changes),
    ...nothingAsked,
    ...(deciderOf(document, after.severity) === 'general_manager' ? {} : { repeatAt: null }),
  });
}
