// What `verify` asks of approvals 审批: the open step's clock folded anew says what the row says, the story has no gap, gives
// what the row says and nothing that nobody may; and what waits or was moved by a yes has its approval.
import type { Instant } from '../../kernel/time.ts';
import { type Breach, type Check, checkPage } from '../../platform/checks.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import { policyOf } from '../standards/standard.service.ts';
import { chainOf, linkedSubjects, loadStepCalendars, settleClock } from './approval.service.ts';
import { type ApprovalRow, listApprovalEvents } from './approval.store.ts';
import { faultsInStory } from './approval-story.rules.ts';

export const approvalsFoldAnew: Check = async function* (tx) {
  for (let after = ''; ; ) {
    const { rows } = await sql<ApprovalRow>`
      select * from approvals where ${after} = '' or id > nullif(${after}, '')::uuid order by id limit ${checkPage}`.execute(
      tx,
    );
    for (const row of rows) {
      const events = await listApprovalEvents(tx, row.communityId, [row.id]);
      const own = events.get(row.id) ?? [];
      const breach = (what: string, column = ''): Breach => ({
        communityId: row.communityId,
        what,
        facts: { approvalId: row.id, column },
      });
      if (own.some((event, index) => event.seq !== index + 1) || own.length !== row.eventSeq)
        yield breach('events_have_gaps');
      await loadStepCalendars(tx, events);
      const anew = { ...row };
      const policy = await policyOf(tx, row.communityId, row.standardVersionId);
      settleClock(anew, own, policy);
      for (const column of ['dueAt', 'overdueFrom', 'nextStepAt'] as const)
        if (anew[column] !== row[column]) yield breach('column_differs', column);
      for (const { what, column } of faultsInStory(row, own, chainOf(policy, row.kind))) yield breach(what, column);
    }
    if (rows.length < checkPage) return;
    after = rows.at(-1)?.id ?? '';
  }
};

/** Nothing waits for an answer that nobody was asked for, and nothing was moved by a yes that nobody gave. */
export const subjectsHaveApprovals: Check = async function* (tx) {
  for (const { kind, listWaiting, listMoved } of linkedSubjects()) {
    const breachOf = (what: string, one: { communityId: string; subjectId: string }): Breach => ({
      communityId: one.communityId,
      what,
      facts: { kind, subjectId: one.subjectId },
    });
    const known = await listAnswers(tx, kind);
    const pending = new Set(known.filter((one) => one.decidedAt === null).map((one) => one.subjectId));
    const waiting = await listWaiting(tx);
    for (const one of waiting) if (!pending.has(one.subjectId)) yield breachOf('waits_without_approval', one);
    const waits = new Set(waiting.map((one) => one.subjectId));
    for (const one of known)
      if (one.decidedAt === null && !waits.has(one.subjectId)) yield breachOf('approval_without_subject', one);

    const yeses = known.filter((one) => one.state === 'approved');
    // Before the first answer of this kind there may have been another way to decide: an earlier release's.
    const first = new Map<string, Instant>();
    for (const { communityId, decidedAt } of known)
      if (decidedAt !== null && decidedAt < (first.get(communityId) ?? '~')) first.set(communityId, decidedAt);
    for (const one of await listMoved(tx)) {
      const isOlder = one.at !== null && one.at < (first.get(one.communityId) ?? '~');
      const hasYes = yeses.some(
        (yes) => yes.subjectId === one.subjectId && (one.at === null || yes.decidedAt === one.at),
      );
      if (!isOlder && !hasYes) yield breachOf('moved_without_approval', one);
    }
  }
};

type Answered = { communityId: string; subjectId: string; state: string; decidedAt: Instant | null };
async function listAnswers(tx: Tx, kind: string): Promise<Answered[]> {
  const { rows } = await sql<Answered>`
    select community_id, subject_id, state, decided_at from approvals where kind = ${kind}`.execute(tx);
  return rows;
}
