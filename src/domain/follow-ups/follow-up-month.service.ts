// The month of follow-ups 月度回访: its analysis, whether its floors can still be met, and its list (FU1, FU5).
import { dayMs, monthOf, plusMs, startOfDay } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Call, readIn } from '../access/call.ts';
import { maskPhonesInText } from '../parties/phone.rules.ts';
import type { FollowUpSubject } from '../standards/standard.contract.ts';
import { type Policy, policyOf } from '../standards/standard.service.ts';
import type { FollowUp } from './follow-up.contract.ts';
import { listFollowUpRecords, textsOf } from './follow-up.store.ts';
import type { MonthAnalysis, Share } from './follow-up-analysis.contract.ts';
import { subjectRule } from './follow-up-facts.rules.ts';
import { type FinishedCase, ratesOf, refOf, satisfactionOf, shareOf } from './follow-up-month.rules.ts';
import {
  lastDueOfMonths,
  listFinished,
  listRepeated,
  listReworked,
  listSamples,
  listUnsettledMonths,
} from './follow-up-month.store.ts';
import { exportByOf, isMonthOpen, keptUntilOf, nextMonth } from './follow-up-share.rules.ts';
import { shapeFollowUps } from './follow-up-view.service.ts';

const startOfMonth = (month: string) => startOfDay(`${month}-01`);

const finishedIn = (tx: Tx, communityId: string, month: string, now: string) =>
  listFinished(tx, communityId, month, { from: startOfMonth(month), until: startOfMonth(nextMonth(month)) }, now);

/** Repairs always; others where something of them was finished. */
const subjectsOf = (finished: readonly FinishedCase[]): FollowUpSubject[] => [
  ...new Set<FollowUpSubject>(['repair', ...finished.map((one) => one.what)]),
];

const shareIn = (policy: Policy, what: FollowUpSubject): number | null =>
  subjectRule(policy.version.document, what)?.share ?? null;

/** The month as it stands now, and where the words of those who were not satisfied lie. */
export async function reckonMonth(
  tx: Tx,
  call: Call,
  month: string,
): Promise<{ analysis: Omit<MonthAnalysis, 'handOver'>; lackingTextIds: Record<string, string> }> {
  const { communityId, now } = call;
  const policy = await policyOf(tx, communityId);
  const { followUp } = policy.version.document;
  const finished = await finishedIn(tx, communityId, month, now);
  const until = startOfMonth(nextMonth(month));
  const lastDueAt = (await lastDueOfMonths(tx, communityId, [month])).get(month) ?? null;
  // What has no follow-up yet has no date either: the month waits for it.
  const isOpen = isMonthOpen(month, lastDueAt, now) || finished.some((one) => one.state === null);
  const texts = await textsOf(
    tx,
    communityId,
    finished.map((one) => one.lackingTextId),
  );
  const shown = (verdict: 'not-acceptable' | 'not-reached') =>
    finished.flatMap((one) => {
      if (one.verdict !== verdict || one.followUpId === null) return [];
      const lacking = one.lackingTextId === null ? undefined : texts.get(one.lackingTextId);
      return [
        {
          followUpId: one.followUpId,
          code: one.code ?? '',
          case: refOf(one),
          unit: one.unit,
          category: one.category,
          verdict,
          satisfaction: one.satisfaction,
          lacking: lacking === undefined ? null : maskPhonesInText(lacking),
          at: one.recordedAt ?? '',
          complaint:
            one.complaintId === null || one.complaintCode === null
              ? null
              : { id: one.complaintId, code: one.complaintCode },
        },
      ];
    });
  const repeated = async (kind: 'repair' | 'complaint', { count, days }: { count: number; days: number }) => ({
    count,
    days,
    items: await listRepeated(tx, communityId, kind, count, {
      since: plusMs(until, -days * dayMs),
      monthFrom: startOfMonth(month),
      until,
    }),
  });
  const subjects = subjectsOf(finished);
  const analysis = {
    month,
    isOpen,
    closesAt: lastDueAt !== null && lastDueAt > until ? lastDueAt : until,
    exportBy: exportByOf(month, followUp.exportByDay.value),
    keptUntil: keptUntilOf(month, followUp.keptYears.value),
    rates: subjects.flatMap((what) => ratesOf(what, finished, shareIn(policy, what), now)),
    shares: subjects.map((what) => shareOf(month, what, finished, shareIn(policy, what))),
    satisfaction: satisfactionOf(finished, followUp.satisfactionSteps.value),
    failed: shown('not-acceptable'),
    notReached: shown('not-reached'),
    sameRepair: await repeated('repair', followUp.sameRepair.value),
    reworked: (await listReworked(tx, communityId, startOfMonth(month), until)).map(({ id, code, ...one }) => ({
      case: { id, code },
      ...one,
    })),
    sameComplaint: await repeated('complaint', followUp.sameComplaintRunning.value),
    samples: (await listSamples(tx, communityId, month)).map((one) => ({
      what: one.what as FollowUpSubject,
      drawn: one.drawn,
      owed: one.owed,
      seed: isOpen ? null : one.seed,
    })),
  };
  return {
    analysis,
    lackingTextIds: Object.fromEntries(
      finished.flatMap(({ followUpId, lackingTextId }) =>
        followUpId === null || lackingTextId === null ? [] : [[followUpId, lackingTextId]],
      ),
    ),
  };
}

/** Of the running month and of those before that are not settled: what is still in time to be warned of. */
export async function openShares(tx: Tx, communityId: string, now: string): Promise<Share[]> {
  const policy = await policyOf(tx, communityId);
  const months = new Set([...(await listUnsettledMonths(tx, communityId)), monthOf(now)]);
  const shares: Share[] = [];
  for (const month of [...months].sort()) {
    const finished = await finishedIn(tx, communityId, month, now);
    for (const what of subjectsOf(finished)) shares.push(shareOf(month, what, finished, shareIn(policy, what)));
  }
  return shares;
}

export const readFollowUpShares = (call: Call) =>
  readIn(call, async (tx) => ({ items: await openShares(tx, call.communityId, call.now) }));

const exportRows = 500;

export async function listMonth(tx: Tx, call: Call, month: string): Promise<FollowUp[]> {
  const shaped: FollowUp[] = [];
  let after: { key: string; id: string } | null = null;
  for (;;) {
    const records = await listFollowUpRecords(
      tx,
      call.communityId,
      { month },
      { breadth: 'community' },
      {
        sort: 'newest',
        limit: exportRows,
        after,
      },
    );
    shaped.push(...(await shapeFollowUps(tx, call, records)));
    const last = records.at(-1);
    if (!last || records.length < exportRows) return shaped.reverse();
    after = { key: last.madeAt, id: last.id };
  }
}
