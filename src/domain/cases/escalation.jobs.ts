// Escalation 逐级上报: the sweep that takes the steps of ladders when they fall due, writes them on the time line with
// their own time and tells people (spec/11 rule 4, Ladders).
import { newId } from '../../kernel/id.ts';
import { type Instant, minuteMs, msBetween } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import { recordMany } from '../audit/audit.service.ts';
import { type LadderSources, listDueCases, type StepTaken, takeDueSteps } from '../clocks/ladder.service.ts';
import { staffingOf } from '../clocks/staffing.service.ts';
import type { NotificationKind } from '../notifications/notification.contract.ts';
import { pressingOf } from '../notifications/notification.rules.ts';
import { type Digest, notifyDigests, notifyMany, type PersonalNotice } from '../notifications/notification.service.ts';
import { policyOf } from '../standards/standard.service.ts';
import { insertEscalations, type LockedCase, lockFreeCases, updateEventCounts } from './escalation.store.ts';
import { onMissed } from './missed-promise.service.ts';

const batchCases = 1_000;
/** The sweep comes twice a second: a step this late fell into a downtime, and people get one digest of those. */
const downtimeMs = 2 * minuteMs;

const sources: LadderSources = {
  async policyOf(tx, communityId, versionId) {
    const policy = await policyOf(tx, communityId, versionId);
    return { ...policy, reportingLine: policy.version.document.reportingLine };
  },
  staffingOf,
};

/** Takes what is due until nothing is; answers how many steps it took. Each batch is one transaction. */
export async function sweepClocks(house: House, batch = batchCases): Promise<number> {
  let steps = 0;
  for (;;) {
    const round = await house.database.everywhere((tx) => sweepRound(tx, house, house.time.now(), batch));
    steps += round.steps;
    // A full batch of which some were busy: those come again at the next tick.
    if (round.cases < batch || round.steps === 0) break;
  }
  if (steps > 0) house.committed();
  return steps;
}

async function sweepRound(
  tx: Tx,
  house: House,
  now: Instant,
  batch: number,
): Promise<{ cases: number; steps: number }> {
  const due = await listDueCases(tx, now, batch);
  if (due.length === 0) return { cases: 0, steps: 0 };
  const cases = new Map((await lockFreeCases(tx, due)).map((one) => [one.id, one]));
  const locked = [...cases.values()].map(({ communityId, id }) => ({ communityId, caseId: id }));
  const taken = await takeDueSteps(tx, locked, now, sources);
  if (taken.length > 0) {
    await writeSteps(tx, cases, taken, now);
    await countMissed(tx, house, cases, taken, now);
  }
  return { cases: due.length, steps: taken.length };
}

async function writeSteps(
  tx: Tx,
  cases: ReadonlyMap<string, LockedCase>,
  taken: readonly StepTaken[],
  now: Instant,
): Promise<void> {
  const touched = new Set<LockedCase>();
  const events = [...taken]
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map((step) => {
      const row = cases.get(step.caseId) as LockedCase;
      row.eventSeq++;
      touched.add(row);
      const told = step.told.map((one) => one.staffId);
      return {
        communityId: step.communityId,
        id: newId(),
        caseId: step.caseId,
        seq: row.eventSeq,
        at: step.at,
        recordedAt: now,
        forId: told.length === 1 ? (told[0] ?? null) : null,
        facts: {
          action: 'escalated',
          clock: step.clock,
          clockId: step.clockId,
          step: step.step,
          early: step.dueAt !== null && step.at < step.dueAt,
          told,
          targets: step.told.map((one) => one.target),
        },
      };
    });
  await insertEscalations(tx, events);
  await updateEventCounts(tx, [...touched]);
  await recordMany(
    tx,
    now,
    [...touched].map((row) => ({
      communityId: row.communityId,
      action: `${row.kind}.escalated`,
      noun: row.kind,
      nounId: row.id,
    })),
  );
  await notifyMany(tx, noticesOf(cases, taken, now));
  await notifyDigests(tx, digestsOf(taken, now), now);
}

/** A step at or after the due time is a promise missed, one before it a warning. */
async function countMissed(
  tx: Tx,
  house: House,
  cases: ReadonlyMap<string, LockedCase>,
  taken: readonly StepTaken[],
  now: Instant,
): Promise<void> {
  for (const one of cases.values()) {
    const work = onMissed(one.kind);
    const missed = taken.filter((step) => step.caseId === one.id && step.dueAt !== null && step.at >= step.dueAt);
    if (work && missed.length > 0) await work(tx, { house, now, communityId: one.communityId, caseId: one.id, missed });
  }
}

const isLate = (step: StepTaken, now: Instant): boolean => msBetween(step.at, now) > downtimeMs;

function kindOf(step: StepTaken, target: string): NotificationKind {
  if (step.dueAt === null || step.at < step.dueAt) return 'due-soon';
  return target === 'owner' ? 'overdue' : 'escalated';
}

const noticesOf = (
  cases: ReadonlyMap<string, LockedCase>,
  taken: readonly StepTaken[],
  now: Instant,
): PersonalNotice[] =>
  taken
    .filter((step) => !isLate(step, now))
    .flatMap((step) =>
      step.told.map(
        ({ staffId, target, via }): PersonalNotice => ({
          communityId: step.communityId,
          caseId: step.caseId,
          kind: kindOf(step, target),
          facts: {
            clock: step.clock,
            step: step.step,
            // Of an anonymous one the due time would tell the minute at which it was taken.
            ...(cases.get(step.caseId)?.flags.includes('anonymous')
              ? { anonymous: true }
              : { clockId: step.clockId, dueAt: step.dueAt }),
            target,
            via,
            acknowledgeWithinMinutes: step.acknowledgeWithinMinutes,
          },
          recipientId: staffId,
          channel: step.channels.includes('loud') ? 'loud' : 'bell',
          out: step.channels.includes('out'),
          pressing: pressingOf({
            isLoud: step.channels.includes('loud'),
            level: cases.get(step.caseId)?.level ?? null,
            isOfDays: step.ladder === 'days',
          }),
          thing: step.clockId,
          now,
        }),
      ),
    );

function digestsOf(taken: readonly StepTaken[], now: Instant): Digest[] {
  const digests = new Map<string, Digest & { caseIds: string[] }>();
  for (const step of taken) {
    if (!isLate(step, now)) continue;
    for (const { staffId } of step.told) {
      const key = `${step.communityId}:${staffId}`;
      const known = digests.get(key);
      if (!known) {
        const { communityId } = step;
        digests.set(key, { communityId, recipientId: staffId, steps: 1, caseIds: [step.caseId], until: step.at });
        continue;
      }
      known.steps++;
      if (!known.caseIds.includes(step.caseId)) known.caseIds.push(step.caseId);
      if (step.at > known.until) known.until = step.at;
    }
  }
  return [...digests.values()];
}
