// What the rules of a follow-up 回访 are told, loaded under lock, and how one of its steps is written: a line on the time
// line of its case, the clocks, the audit.
import { newId } from '../../kernel/id.ts';
import { forbidden, notFound } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { listPostHolders } from '../access/account.service.ts';
import { type Call, reachOf } from '../access/call.ts';
import type { Permission } from '../access/permission.rules.ts';
import { record } from '../audit/audit.service.ts';
import { changeCase } from '../cases/case.service.ts';
import { type CaseReach, type CaseRow, findCase, insertTexts, isInReach, lockCase } from '../cases/case.store.ts';
import { followUpSourceOf } from '../cases/case-follow-up.service.ts';
import type { ClockCommand, ClockFact } from '../clocks/clock.contract.ts';
import { listClocksOf } from '../clocks/clock.store.ts';
import { type Policy, policyOf } from '../standards/standard.service.ts';
import {
  type AttemptRow,
  type FollowUpRow,
  findFollowUp,
  handlersOfCases,
  listAttempts,
  lockFollowUp,
} from './follow-up.store.ts';
import { type FollowUpContext, type FollowUpFacts, systemActor } from './follow-up-facts.rules.ts';

export type Loaded = { row: FollowUpRow; caseRow: CaseRow; policy: Policy; context: FollowUpContext };

export const factsOf = (
  row: FollowUpRow,
  tries: readonly AttemptRow[],
  handlerIds: readonly string[],
  dueAt: Instant | null,
): FollowUpFacts => ({
  id: row.id,
  state: row.state,
  version: row.version,
  what: row.what,
  kind: row.kind,
  madeAt: row.madeAt,
  lastStepAt: row.lastStepAt,
  callerId: row.callerId,
  handlerIds,
  tries,
  verdict: row.verdict,
  recordedBy: row.recordedBy,
  recordedRole: row.recordedRole,
  returnedAt: row.returnedAt,
  complaintId: row.complaintId,
  dueAt,
});

/** Locks the case, then the follow-up; `call` null is the program itself. */
export async function loadForUpdate(
  tx: Tx,
  place: { communityId: string; now: Instant },
  id: string,
  call: Call | null,
): Promise<Loaded> {
  const { communityId, now } = place;
  const found = await findFollowUp(tx, communityId, id);
  // What comes of it may reach other complaints of the same event: those are locked in one order.
  const known = found && (await findCase(tx, communityId, found.caseId));
  if (known) await followUpSourceOf(known.kind)?.lockBefore?.(tx, communityId);
  const caseRow = found && (await lockCase(tx, communityId, found.caseId));
  if (!caseRow) throw notFound('follow-up');
  const row = await lockFollowUp(tx, communityId, id);
  const policy = await policyOf(tx, communityId, caseRow.standardVersionId);
  const clocks = await listClocksOf(tx, communityId, caseRow.id);
  const handlerIds = (await handlersOfCases(tx, communityId, [caseRow.id])).get(caseRow.id) ?? [];
  const tries = (await listAttempts(tx, communityId, [id])).get(id) ?? [];
  const dues = clocks.flatMap((one) => (one.kind === 'follow-up' && one.key === id && one.dueAt ? [one.dueAt] : []));
  return {
    row,
    caseRow,
    policy,
    context: {
      followUp: factsOf(row, tries, handlerIds, dues.sort().at(-1) ?? null),
      clocks: clocks as readonly ClockFact[],
      document: policy.version.document,
      actor: call ? { id: call.actor.accountId, roles: call.roles } : systemActor,
      holders: await listPostHolders(tx, communityId),
      eventId: newId(),
      now,
    },
  };
}

/** How far the caller's permission goes over follow-ups: the community, or a butler's area. */
export function followUpReach(call: Call, permission: Permission = 'follow-up.read'): CaseReach | null {
  const breadth = reachOf(call, permission);
  if (breadth === null) return null;
  const { accountId } = call.actor;
  return breadth === 'community' ? { breadth } : { breadth: breadth === 'area' ? 'area' : 'own', accountId };
}

/** Outside their area a butler calls only where the plan named them. */
export async function requireReach(tx: Tx, call: Call, row: Pick<FollowUpRow, 'caseId' | 'callerId'>): Promise<void> {
  if (row.callerId === call.actor.accountId) return;
  const reach = followUpReach(call);
  if (!reach || !(await isInReach(tx, call.communityId, row.caseId, reach))) throw forbidden('follow-up.read');
}

/** Keeps a text where it can be erased; answers its id, null where there is none. */
export async function keepText(tx: Tx, communityId: string, caseId: string, body: string | undefined) {
  if (body === undefined) return null;
  const id = newId();
  await insertTexts(tx, communityId, caseId, [{ id, body }]);
  return id;
}

export type Step = {
  /** `record`: on the time line it stands as `follow-up-record`. */
  name: string;
  eventId: string;
  at: Instant;
  byRole: string;
  state: [was: string | null, is: string];
  facts: Record<string, unknown>;
  clocks: readonly ClockCommand[];
  text?: string | undefined;
  forId?: string | undefined;
};

/** An append to the case: whoever has its form open is not thrown out by a call to the customer. */
export async function writeStep(
  tx: Tx,
  call: Call,
  about: { policy: Policy; caseRow: CaseRow; id: string; code: string | null },
  step: Step,
): Promise<void> {
  await changeCase(tx, call, about.policy, about.caseRow, {
    step: {
      id: step.eventId,
      kind: 'link',
      move: null,
      fromState: null,
      toState: null,
      at: step.at,
      byRole: step.byRole,
      forId: step.forId,
      facts: {
        action: `follow-up-${step.name}`,
        followUpId: about.id,
        // Not yet numbered when it is made.
        ...(about.code === null ? {} : { followUp: about.code }),
        ...step.facts,
      },
      text: step.text,
    },
    clocks: step.clocks,
    columns: {},
    changed: {},
    isAppend: true,
  });
  about.caseRow.eventSeq++;
  await record(tx, call, {
    action: `follow-up.${step.name}`,
    noun: 'follow-up',
    nounId: about.id,
    changed: { state: step.state },
  });
}
