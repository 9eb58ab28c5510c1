// The ladder 逐级上报 carried out: which steps of these clocks are due, who hears of each, kept in the clock's row.
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Role } from '../access/role.contract.ts';
import { calendarsNamed, loadCalendars } from './calendar.service.ts';
import type { ClockKind, LadderStep } from './clock.contract.ts';
import { foldClock } from './clock.rules.ts';
import { type ClockPolicy, ladderOf, ownerOf } from './clock.service.ts';
import { type CaseKey, type ClockRow, listDueClocksOf, listEventsOfClocks, updateSteps } from './clock.store.ts';
import { nextStepAt, type Posting, stepsDue, type Told, whoIsTold } from './ladder.rules.ts';

export type { CaseKey } from './clock.store.ts';
export { listDueCases } from './clock.store.ts';

/** A step just taken, for the time line and for those who are told. */
export type StepTaken = CaseKey & {
  clockId: string;
  clock: ClockKind;
  step: number;
  /** The step's own time, whenever it was recorded. */
  at: Instant;
  dueAt: Instant | null;
  told: Told[];
  ladder: ClockRow['ladder'];
  channels: LadderStep['channels'];
  acknowledgeWithinMinutes: number | null;
};

/** What the ladder asks of slices beside it. */
export type LadderSources = {
  policyOf(
    tx: Tx,
    communityId: string,
    versionId: string,
  ): Promise<ClockPolicy & { reportingLine: Partial<Record<Role, Role>> }>;
  /** Everybody's posts, and who is away at this instant. */
  staffingOf(tx: Tx, communityId: string, at: Instant): Promise<Posting[]>;
};

/** Takes every due step of the clocks of these cases, which the caller has locked. Run twice it takes none twice. */
export async function takeDueSteps(
  tx: Tx,
  cases: readonly CaseKey[],
  now: Instant,
  sources: LadderSources,
): Promise<StepTaken[]> {
  const rows = await listDueClocksOf(tx, cases, now);
  if (rows.length === 0) return [];
  const events = await listEventsOfClocks(tx, rows);
  await loadCalendars(tx, [...rows.map((row) => row.calendarVersion), ...calendarsNamed(events)]);
  const policies = new Map<string, Awaited<ReturnType<LadderSources['policyOf']>>>();
  const staffing = new Map<string, Posting[]>();
  const taken: StepTaken[] = [];
  const changed: ClockRow[] = [];
  for (const row of rows) {
    const policy =
      policies.get(row.policyVersionId) ?? (await sources.policyOf(tx, row.communityId, row.policyVersionId));
    policies.set(row.policyVersionId, policy);
    const people = staffing.get(row.communityId) ?? (await sources.staffingOf(tx, row.communityId, now));
    staffing.set(row.communityId, people);
    const folded = foldClock(events.get(row.id) ?? [], policy.calendarOf);
    const calendar = policy.calendarOf(folded.calendarVersion);
    const ladder = ladderOf(policy, row.ladder);
    const after = { ...row, steps: [...row.steps], toldIds: [...row.toldIds] };
    for (const due of stepsDue(ladder, folded, calendar, now, row.steps)) {
      const told = whoIsTold(due, folded.owner ?? ownerOf(row), policy.reportingLine, people, after.toldIds);
      const toldIds = told.map((one) => one.staffId);
      after.toldIds.push(...toldIds);
      after.steps.push({ step: due.step, at: due.at, told: toldIds });
      taken.push({
        communityId: row.communityId,
        caseId: row.caseId,
        clockId: row.id,
        clock: row.kind,
        step: due.step,
        at: due.at,
        dueAt: folded.dueAt,
        told,
        ladder: row.ladder,
        channels: due.channels,
        acknowledgeWithinMinutes: due.acknowledgeWithinMinutes ?? null,
      });
    }
    after.nextStepAt = nextStepAt(ladder, folded, calendar, after.steps);
    changed.push(after);
  }
  await updateSteps(tx, changed);
  return taken;
}
