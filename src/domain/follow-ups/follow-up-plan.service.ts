// Planning follow-ups 回访计划 (FU0): the supervisor gives due ones to named callers; the weekly batch of reviews (RP18).
import { newId } from '../../kernel/id.ts';
import { BadInput, type FieldFault, Refusal } from '../../kernel/refusal.ts';
import type { Tx } from '../../platform/database/database.ts';
import { accountNames, listPostHolders } from '../access/account.service.ts';
import { type Call, effect, readIn } from '../access/call.ts';
import type { Role } from '../access/role.contract.ts';
import { notify } from '../notifications/notification.service.ts';
import { findAway } from '../rosters/roster.service.ts';
import { policyOf } from '../standards/standard.service.ts';
import { openFollowUpStates } from './follow-up.contract.ts';
import { assignClocks, ownerOf } from './follow-up.rules.ts';
import { saveReview } from './follow-up.service.ts';
import { handlersOfCases, listFollowUpRecords, updateFollowUp } from './follow-up.store.ts';
import { callingRoles, subjectRule } from './follow-up-facts.rules.ts';
import { loadForUpdate, writeStep } from './follow-up-load.service.ts';
import type { PlanBody, PlanProposal, ReviewBatch, ReviewBatchBody } from './follow-up-plan.contract.ts';
import { type Candidate, namingFault, proposeCallers, type ToPlan } from './follow-up-plan.rules.ts';
import { butlersOfUnits, casesOfFollowUps, countNamed } from './follow-up-plan.store.ts';

/** Everybody with a post here, and whether the roster has them away now. */
async function candidatesOf(tx: Tx, call: Call): Promise<Candidate[]> {
  const away = await findAway(tx, call.communityId, call.now);
  const people = new Map<string, Role[]>();
  for (const { accountId, role } of await listPostHolders(tx, call.communityId))
    people.set(accountId, [...(people.get(accountId) ?? []), role]);
  return [...people].map(([accountId, roles]) => ({ accountId, roles, away: away.has(accountId) }));
}

const callingRoleOf = (candidate: Candidate): Role | undefined =>
  callingRoles.find((role) => candidate.roles.includes(role));

export async function proposePlan(
  call: Call,
  query: { dueBefore?: string | undefined; anew?: boolean | undefined; limit: number },
): Promise<PlanProposal> {
  return readIn(call, async (tx) => {
    const { communityId } = call;
    const records = await listFollowUpRecords(
      tx,
      communityId,
      { states: openFollowUpStates, dueBefore: query.dueBefore },
      { breadth: 'community' },
      { sort: 'route', limit: query.limit, after: null },
    );
    const handlers = await handlersOfCases(
      tx,
      communityId,
      records.map((row) => row.caseId),
    );
    const areas = await butlersOfUnits(
      tx,
      communityId,
      records.flatMap((row) => (row.unitId === null ? [] : [row.unitId])),
    );
    const items: ToPlan[] = [];
    for (const row of records) {
      const { document } = (await policyOf(tx, communityId, row.standardVersionId)).version;
      items.push({
        id: row.id,
        state: row.state,
        callerId: query.anew ? null : row.callerId,
        handlerIds: handlers.get(row.caseId) ?? [],
        wanted: subjectRule(document, row.what)?.callers ?? [],
        areaIds: row.unitId === null ? [] : (areas.get(row.unitId) ?? []),
      });
    }
    const candidates = await candidatesOf(tx, call);
    const named = await countNamed(tx, communityId);
    const load = new Map(named);
    // Those that are spread anew are nobody's for now.
    if (query.anew)
      for (const { callerId } of records)
        if (callerId !== null) load.set(callerId, Math.max(0, (load.get(callerId) ?? 0) - 1));
    const proposals = proposeCallers(items, candidates, load);
    const names = await accountNames(tx, [
      ...candidates.map((one) => one.accountId),
      ...items.flatMap((one) => one.handlerIds),
    ]);
    const person = (id: string) => ({ id, name: names.get(id) ?? '' });
    const proposed = (id: string) =>
      (load.get(id) ?? 0) + proposals.filter((one) => one.callerId === id && one.why !== 'named').length;
    return {
      items: records.map((row, index) => {
        const proposal = proposals[index];
        const callerId = proposal?.callerId ?? null;
        return {
          id: row.id,
          code: row.code,
          caseId: row.caseId,
          caseCode: row.caseCode,
          unit: row.unit,
          place: row.place,
          dueAt: row.state === 'visit-due' ? (row.visitDueAt ?? row.dueAt) : row.dueAt,
          handlers: (items[index]?.handlerIds ?? []).map(person),
          caller: callerId === null ? null : person(callerId),
          why: proposal?.why ?? 'nobody',
        };
      }),
      callers: candidates.flatMap((one) => {
        const role = callingRoleOf(one);
        if (role === undefined) return [];
        const { accountId } = one;
        return [
          {
            ...person(accountId),
            role,
            away: one.away,
            named: named.get(accountId) ?? 0,
            proposed: proposed(accountId),
          },
        ];
      }),
    };
  });
}

/** All or none: each fault names its item, so that the page can show it where it stands. */
export async function planFollowUps(call: Call, body: PlanBody): Promise<{ planned: number }> {
  await effect(call, newId(), async (tx) => {
    const { communityId } = call;
    const candidates = await candidatesOf(tx, call);
    const wanted = new Map(body.items.map(({ id, callerId }, index) => [id, { callerId, path: `items.${index}` }]));
    const known = await casesOfFollowUps(tx, communityId, [...wanted.keys()]);
    const faults: FieldFault[] = [];
    for (const [id, { path }] of wanted)
      if (!known.some((one) => one.id === id)) faults.push({ path: `${path}.id`, code: 'unknown_follow_up' });
    const told = new Map<string, number>();
    for (const { id } of known) {
      const { callerId, path } = wanted.get(id) as { callerId: string | null; path: string };
      const { row, caseRow, policy, context } = await loadForUpdate(tx, call, id, call);
      const { followUp, document, holders } = context;
      if (!(openFollowUpStates as readonly string[]).includes(row.state)) {
        faults.push({ path: `${path}.id`, code: 'not_open' });
        continue;
      }
      const fault =
        callerId === null
          ? null
          : namingFault(
              followUp,
              candidates.find((one) => one.accountId === callerId),
            );
      if (fault !== null) faults.push({ path: `${path}.callerId`, code: fault });
      if (faults.length > 0 || callerId === row.callerId) continue;
      await writeStep(
        tx,
        call,
        { policy, caseRow, id, code: row.code },
        {
          name: 'plan',
          eventId: context.eventId,
          at: call.now,
          byRole: call.roles[0] ?? '',
          state: [row.state, row.state],
          facts: {},
          clocks: assignClocks(context.clocks, id, call.now, ownerOf({ ...followUp, callerId }, document, holders)),
          forId: callerId ?? undefined,
        },
      );
      await updateFollowUp(tx, communityId, id, {
        callerId,
        plannedBy: call.actor.accountId,
        plannedAt: call.now,
      });
      if (callerId !== null) told.set(callerId, (told.get(callerId) ?? 0) + 1);
    }
    if (faults.length > 0) throw new BadInput(faults);
    for (const [staffId, count] of told)
      await notify(tx, {
        communityId,
        kind: 'follow-ups-planned',
        facts: { count },
        to: [{ staffId }],
        channel: 'bell',
        thing: `${staffId}:${call.requestId}`,
        now: call.now,
      });
  });
  return { planned: body.items.length };
}

/** RP18: the Monday batch. What this reviewer may not stays, and is named with its reason. */
export async function reviewFollowUps(call: Call, body: ReviewBatchBody): Promise<ReviewBatch> {
  const reviewed: ReviewBatch['reviewed'] = [];
  const refused: ReviewBatch['refused'] = [];
  let isReplay = true;
  await effect(call, newId(), async (tx) => {
    isReplay = false;
    const known = await casesOfFollowUps(tx, call.communityId, body.ids);
    for (const id of body.ids)
      if (!known.some((one) => one.id === id)) refused.push({ id, code: null, reason: 'not_found' });
    for (const { id, code } of known) {
      const loaded = await loadForUpdate(tx, call, id, call);
      // One standard may be followed by another: each record goes by that of its case.
      if (loaded.context.document.followUp.reviewedBy.value !== 'weekly-batch')
        throw new Refusal('follow-up.review_one_by_one');
      try {
        await saveReview(tx, call, loaded, { comment: body.comment, version: loaded.row.version });
        reviewed.push({ id, code });
      } catch (fault) {
        // The rule refuses before anything is written.
        if (!(fault instanceof Refusal)) throw fault;
        refused.push({ id, code, reason: fault.code });
      }
    }
  });
  return isReplay ? { reviewed: await reviewedByMe(call, body.ids), refused: [] } : { reviewed, refused };
}

/** A resend does nothing: it is told what stands reviewed. */
const reviewedByMe = (call: Call, ids: readonly string[]): Promise<ReviewBatch['reviewed']> =>
  readIn(call, async (tx) => {
    const found = await listFollowUpRecords(
      tx,
      call.communityId,
      { ids, states: ['reviewed'] },
      { breadth: 'community' },
      { sort: 'newest', limit: ids.length, after: null },
    );
    return found.filter((one) => one.reviewedBy === call.actor.accountId).map(({ id, code }) => ({ id, code }));
  });
