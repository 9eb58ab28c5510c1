// Making, voiding and sending to the door: what the program does with follow-ups 回访 in the transaction of the case's
// move, or when the time has come (FU1, FU3).
import { randomBytes } from 'node:crypto';
import { newId } from '../../kernel/id.ts';
import { allowsFrom } from '../../kernel/moves.ts';
import { type Instant, type Month, monthOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { listPostHolders } from '../access/account.service.ts';
import type { Call } from '../access/call.ts';
import { type CaseRow, lockCase } from '../cases/case.store.ts';
import type { FollowUpLinks } from '../cases/case-follow-up.service.ts';
import { takeYearCode } from '../cases/number.store.ts';
import type { ClockFact } from '../clocks/clock.contract.ts';
import { listClocksOf } from '../clocks/clock.store.ts';
import type { FollowUpSubject, StandardDocument } from '../standards/standard.contract.ts';
import { type Policy, policyOf } from '../standards/standard.service.ts';
import type { FollowUpKind, FollowUpState } from './follow-up.contract.ts';
import { moves } from './follow-up.moves.ts';
import { makeClocks, startsFrom, toDoorAt, unfinishedAt, visitClocks, voidAll } from './follow-up.rules.ts';
import {
  endOfRepair,
  findFollowUp,
  handlersOfCases,
  insertFollowUp,
  listOfCase,
  takePlace,
  updateFollowUp,
} from './follow-up.store.ts';
import { subjectRule } from './follow-up-facts.rules.ts';
import { loadForUpdate, writeStep } from './follow-up-load.service.ts';
import { type Draw, drawOf } from './follow-up-sample.rules.ts';

/** null: no share is set, so nothing is drawn and every one is owed. */
type Sampled = { isOwed: boolean; draw: Draw | null };

async function drawSample(
  tx: Tx,
  call: Call,
  ask: { what: FollowUpSubject; month: Month; document: StandardDocument },
): Promise<Sampled> {
  const share = subjectRule(ask.document, ask.what)?.share ?? null;
  if (share === null) return { isOwed: true, draw: null };
  const { samplingRoom, sampleOfEach } = ask.document.followUp;
  const fresh = randomBytes(16).toString('hex');
  const { seed, index } = await takePlace(tx, call.communityId, ask.what, ask.month, fresh);
  const draw = drawOf(seed, index, { share, room: samplingRoom.value, of: sampleOfEach.value });
  return { isOwed: draw.isOwed, draw };
}

type Making = {
  caseRow: CaseRow;
  policy: Policy;
  what: FollowUpSubject;
  kind: FollowUpKind;
  state: FollowUpState;
  at: Instant;
  finishedAt: Instant | null;
  draw: Draw | null;
};

/** Its number is the last lock of the transaction but for what closes the case. */
async function insertMade(tx: Tx, call: Call, making: Making): Promise<void> {
  const { caseRow, policy, what, kind, state, at, finishedAt } = making;
  const { communityId, now } = call;
  const id = newId();
  const handlerIds = (await handlersOfCases(tx, communityId, [caseRow.id])).get(caseRow.id) ?? [];
  const subject = { id, what, callerId: null, handlerIds };
  const holders = await listPostHolders(tx, communityId);
  const { document } = policy.version;
  await writeStep(
    tx,
    { ...call, source: 'system' },
    { policy, caseRow, id, code: null },
    {
      name: kind === 'unfinished' ? 'make-unfinished' : state === 'not-owed' ? 'not-owed' : 'make',
      eventId: newId(),
      at,
      byRole: 'system',
      state: [null, state],
      facts: {},
      clocks:
        state === 'not-owed'
          ? []
          : kind === 'unfinished'
            ? visitClocks(subject, at, document, holders)
            : makeClocks(subject, at, document, holders),
    },
  );
  await insertFollowUp(
    tx,
    {
      communityId,
      id,
      code: await takeYearCode(tx, communityId, 'HF', now),
      caseId: caseRow.id,
      what,
      kind,
      state,
      month: monthOf(finishedAt ?? at),
      finishedAt,
      startedAt: at,
      madeAt: now,
      lastStepAt: at,
    },
    making.draw,
  );
}

async function voidOpen(
  tx: Tx,
  call: Call,
  what: { caseId: string; at: Instant; reason: string; kinds?: readonly FollowUpKind[] },
): Promise<void> {
  const { communityId, now } = call;
  const all = await listOfCase(tx, communityId, what.caseId);
  const open = all.filter(
    (one) => allowsFrom(moves.void, one.state) && (what.kinds === undefined || what.kinds.includes(one.kind)),
  );
  // What the sample left out of a case that is taken up again was not finished after all.
  for (const one of all)
    if (one.state === 'not-owed' && one.withdrawnAt === null && what.kinds === undefined)
      await updateFollowUp(tx, communityId, one.id, { withdrawnAt: now });
  if (open.length === 0) return;
  const caseRow = await lockCase(tx, communityId, what.caseId);
  if (!caseRow) return;
  const policy = await policyOf(tx, communityId, caseRow.standardVersionId);
  const clocks = (await listClocksOf(tx, communityId, caseRow.id)) as readonly ClockFact[];
  for (const one of open) {
    await writeStep(
      tx,
      { ...call, source: 'system' },
      { policy, caseRow, id: one.id, code: one.code },
      {
        name: 'void',
        eventId: newId(),
        at: what.at,
        byRole: 'system',
        state: [one.state, 'void'],
        facts: { reason: what.reason },
        clocks: voidAll(clocks, one.id, what.at, what.reason),
      },
    );
    await updateFollowUp(tx, communityId, one.id, { state: 'void', lastStepAt: what.at, version: one.version + 1 });
  }
}

/** What every kind of case asks of this slice: a place in the month's sample, one made, those that stand voided. */
export const followUpLinks: FollowUpLinks = {
  draw: drawSample,

  async make(tx, call, { caseId, what, at, finishedAt, draw }) {
    const sampled = draw as Sampled;
    // Finished now: nobody has to go there any more because it was not.
    await voidOpen(tx, call, { caseId, at, reason: 'finished', kinds: ['unfinished'] });
    const caseRow = (await lockCase(tx, call.communityId, caseId)) as CaseRow;
    await insertMade(tx, call, {
      caseRow,
      policy: await policyOf(tx, call.communityId, caseRow.standardVersionId),
      what,
      kind: 'finished',
      state: sampled.isOwed ? 'due' : 'not-owed',
      at,
      finishedAt,
      draw: sampled.draw,
    });
  },

  void: (tx, call, what) => voidOpen(tx, call, what),
};

/** due → visit-due, when it was not done in time (FU3). Answers whether it went. */
export async function sendToDoor(tx: Tx, call: Call, id: string): Promise<boolean> {
  if (!(await findFollowUp(tx, call.communityId, id))) return false;
  const { row, caseRow, policy, context } = await loadForUpdate(tx, call, id, null);
  const at = toDoorAt(context.followUp, context.document, policy.calendar);
  if (!allowsFrom(moves['to-door'], row.state) || at === null || at > call.now) return false;
  await writeStep(
    tx,
    call,
    { policy, caseRow, id, code: row.code },
    {
      name: 'to-door',
      eventId: context.eventId,
      at,
      byRole: 'system',
      state: [row.state, 'visit-due'],
      facts: {},
      clocks: visitClocks(context.followUp, at, context.document, context.holders),
    },
  );
  await updateFollowUp(tx, call.communityId, id, { state: 'visit-due', lastStepAt: at, version: row.version + 1 });
  return true;
}

/** A case still unfinished so many days after its report: somebody goes there (FU3). Answers whether it was made. */
export async function makeUnfinished(tx: Tx, call: Call, caseId: string): Promise<boolean> {
  const caseRow = await lockCase(tx, call.communityId, caseId);
  if (!caseRow || caseRow.endedAt !== null) return false;
  const known = await listOfCase(tx, call.communityId, caseId);
  if (known.some((one) => one.kind === 'unfinished')) return false;
  const policy = await policyOf(tx, call.communityId, caseRow.standardVersionId);
  const at = unfinishedAt(caseRow.receivedAt, policy.version.document, policy.calendar);
  if (at === null || at > call.now) return false;
  await insertMade(tx, call, {
    caseRow,
    policy,
    what: 'repair',
    kind: 'unfinished',
    state: 'visit-due',
    at,
    finishedAt: null,
    draw: null,
  });
  return true;
}

/** Finished before this house kept follow-ups: made now, from the time it would have been. Answers whether it was made. */
export async function makeForgotten(tx: Tx, call: Call, caseId: string): Promise<boolean> {
  const caseRow = await lockCase(tx, call.communityId, caseId);
  const end = caseRow && (await endOfRepair(tx, call.communityId, caseId));
  if (!caseRow || !end?.finishedAt) return false;
  const policy = await policyOf(tx, call.communityId, caseRow.standardVersionId);
  // Where it runs from the voucher, the voucher makes it when it comes.
  const at = startsFrom(policy.version.document, 'repair') === 'return-voucher' ? end.returnedAt : end.finishedAt;
  if (at === null) return false;
  const known = await listOfCase(tx, call.communityId, caseId);
  if (known.some((one) => one.kind === 'finished' && one.state !== 'void')) return false;
  await insertMade(tx, call, {
    caseRow,
    policy,
    what: 'repair',
    kind: 'finished',
    state: 'due',
    at,
    finishedAt: end.finishedAt,
    draw: null,
  });
  return true;
}
