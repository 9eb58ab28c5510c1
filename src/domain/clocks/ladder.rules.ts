// The ladder 逐级上报: which steps of a clock are due, when the next one is, and who hears of it (spec/11 Ladders).
import { atWallTime, dayOf, type Instant, minuteMs, msBetween, plusMinutes, plusMs } from '../../kernel/time.ts';
import type { Role } from '../access/role.contract.ts';
import type { Calendar } from './calendar.rules.ts';
import type { LadderStep, LadderTarget, Owner } from './clock.contract.ts';
import type { FoldedClock } from './clock.rules.ts';
import { dueAfterPauses, dueAt, limitLength } from './limit.rules.ts';

/** What a ladder asks of a clock; any folded clock is one. */
export type LadderFacts = Pick<
  FoldedClock,
  'state' | 'startedAt' | 'dueAt' | 'overdueFrom' | 'judgedBy' | 'endedAt' | 'stoppedAt' | 'basis'
>;

/** A step that stands on the time line: its place in the ladder and its own time, whenever it was recorded. */
export type TakenStep = { step: number; at: Instant };
export type DueStep = TakenStep & Pick<LadderStep, 'tell' | 'channels' | 'acknowledgeWithinMinutes'>;

/** When `percent` of the promised time is used up, pauses left out as in the promise itself. */
function percentAt(percent: number, due: Instant, clock: LadderFacts, calendar: Calendar): Instant {
  const length = limitLength(clock.basis.limit);
  if (length !== null && due === clock.dueAt) {
    const part = { minutes: (length.ms * percent) / 100 / minuteMs, calendar: length.calendar };
    const at = dueAfterPauses(part, clock.basis.from, clock.basis.pauses, calendar);
    if (at !== null) return at;
  }
  return plusMs(clock.startedAt, Math.floor((msBetween(clock.startedAt, due) * percent) / 100));
}

/** The time of one step; null when it falls before the start (09:00 of a same-day promise given at noon). */
function stepAt(step: LadderStep, due: Instant, clock: LadderFacts, calendar: Calendar): Instant | null {
  const { when } = step;
  if ('percent' in when) return percentAt(when.percent, due, clock, calendar);
  if ('afterMinutes' in when) return plusMinutes(due, when.afterMinutes);
  // 24:00 belongs to the day that it ends.
  const dueDay = dayOf(plusMs(due, -1));
  if ('lastDayAt' in when) {
    const at = atWallTime(dueDay, when.lastDayAt);
    return at > clock.startedAt && at < due ? at : null;
  }
  return when.afterWorkingDays === 0
    ? due
    : dueAt({ workingDays: when.afterWorkingDays }, atWallTime(dueDay, '00:00'), calendar);
}

/**
 * The due time that the steps count from. An open clock's is `overdueFrom` (a frozen one has none). A missed clock
 * keeps its own, so that steps which fell due before the stop can still be recorded after a downtime.
 */
function ladderDue(clock: LadderFacts): Instant | null {
  if (clock.state === 'running' || clock.state === 'paused') return clock.overdueFrom;
  return clock.state === 'missed' ? clock.judgedBy : null;
}

/** Every step of the ladder with its own time, taken or not, in order of time. */
export function stepTimes(ladder: readonly LadderStep[], clock: LadderFacts, calendar: Calendar): DueStep[] {
  const due = ladderDue(clock);
  if (due === null) return [];
  return ladder
    .flatMap((step, index) => {
      const at = stepAt(step, due, clock, calendar);
      if (at === null) return [];
      const { tell, channels, acknowledgeWithinMinutes } = step;
      return [{ step: index, at, tell, channels, acknowledgeWithinMinutes }];
    })
    .sort((a, b) => (a.at === b.at ? a.step - b.step : a.at < b.at ? -1 : 1));
}

/**
 * A step is taken when it was taken for a time not before the one it has now: a due time that moved away (an agreed
 * date, a pause) is warned of anew, one that moved nearer is not.
 */
const isTaken = (step: TakenStep, taken: readonly TakenStep[]): boolean =>
  taken.some((known) => known.step === step.step && known.at >= step.at);

/**
 * The steps to record now, each with its own time, also after a downtime; asking twice with what was recorded gives
 * none. Of a missed clock those that fell due before it ended. Ask before the stop is cached.
 */
export function stepsDue(
  ladder: readonly LadderStep[],
  clock: LadderFacts,
  calendar: Calendar,
  now: Instant,
  alreadyTaken: readonly TakenStep[],
): DueStep[] {
  const until = clock.endedAt;
  return stepTimes(ladder, clock, calendar).filter(
    (step) => step.at <= now && (until === null || step.at < until) && !isTaken(step, alreadyTaken),
  );
}

/** When the sweep must look again; null when all steps are taken, the clock is frozen or has ended. */
export function nextStepAt(
  ladder: readonly LadderStep[],
  clock: LadderFacts,
  calendar: Calendar,
  alreadyTaken: readonly TakenStep[],
): Instant | null {
  if (clock.state !== 'running' && clock.state !== 'paused') return null;
  return stepTimes(ladder, clock, calendar).find((step) => !isTaken(step, alreadyTaken))?.at ?? null;
}

/** A step stays on the time line when the stop turns out to have happened before it: its evidence came late. */
export const isEvidenceLate = (step: TakenStep, clock: Pick<FoldedClock, 'stoppedAt'>): boolean =>
  clock.stoppedAt !== null && clock.stoppedAt <= step.at;

export type ShownStep<Taken extends TakenStep> = Pick<DueStep, 'step' | 'at' | 'tell'> & {
  taken: Taken | undefined;
  evidenceLate: boolean;
};

/**
 * The steps of the "why this time": those of the promise as it stands, taken or ahead, and for an ended clock those that were
 * taken although the promise was kept, because the evidence of it came late (spec/11, 4: they stay, marked).
 */
export function stepsShown<Taken extends TakenStep>(
  ladder: readonly LadderStep[],
  clock: LadderFacts,
  calendar: Calendar,
  taken: readonly Taken[],
): ShownStep<Taken>[] {
  const standing = stepTimes(ladder, clock, calendar).map(({ step, at, tell }): ShownStep<Taken> => {
    const one = taken.find((known) => known.step === step && known.at >= at);
    return { step, at, tell, taken: one, evidenceLate: one !== undefined && isEvidenceLate(one, clock) };
  });
  const shown = new Set(standing.map((one) => one.taken));
  const stayed = taken
    .filter((one) => clock.endedAt !== null && !shown.has(one))
    .map(
      (one): ShownStep<Taken> => ({
        step: one.step,
        at: one.at,
        tell: ladder[one.step]?.tell ?? [],
        taken: one,
        evidenceLate: isEvidenceLate(one, clock),
      }),
    );
  return [...standing, ...stayed].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.step - b.step));
}

/** One person in one post, by today's roster. */
export type Posting = {
  staffId: string;
  role: Role;
  department?: Owner['department'];
  absent: boolean;
  /** Who stands in while absent. */
  standInId: string | null;
};

export type Told = { staffId: string; target: LadderTarget; via: 'self' | 'stand-in' | 'next-up' };

/**
 * Who hears of a step: the owner, the owner's superior, a post. Who is absent by the roster is represented by the
 * stand-in; where nobody is, the next one up the reporting line hears it. Nobody is told twice: the answer may be
 * empty, and the step is recorded all the same.
 */
export function whoIsTold(
  step: Pick<LadderStep, 'tell'>,
  owner: Owner,
  reportingLine: Partial<Record<Role, Role>>,
  staffing: readonly Posting[],
  alreadyTold: readonly string[],
): Told[] {
  const heard = new Set(alreadyTold);
  const told: Told[] = [];
  for (const target of step.tell) {
    for (const person of reach(target, owner, reportingLine, staffing)) {
      if (heard.has(person.staffId)) continue;
      heard.add(person.staffId);
      told.push({ ...person, target });
    }
  }
  return told;
}

type Reached = Pick<Told, 'staffId' | 'via'>;

/** Whoever is there for a post: its holders, the stand-ins of those absent, else the next one up the reporting line. */
export function presentFor(
  role: Role,
  department: Owner['department'],
  line: Partial<Record<Role, Role>>,
  staffing: readonly Posting[],
): Reached[] {
  const present = represent(holders(role, department, staffing), staffing);
  return present.length > 0 ? present : climb(line[role], line, staffing);
}

function reach(
  target: LadderTarget,
  owner: Owner,
  line: Partial<Record<Role, Role>>,
  staffing: readonly Posting[],
): Reached[] {
  if (target === 'owner') {
    const own = owner.staffId === null ? holders(owner.role, owner.department, staffing) : personOf(owner, staffing);
    const present = represent(own, staffing);
    return present.length > 0 ? present : climb(line[owner.role], line, staffing);
  }
  const role = target === 'superior' ? line[owner.role] : target;
  return role === undefined ? [] : presentFor(role, undefined, line, staffing);
}

/** A person on no posting list (a contractor's man, a stand-in from elsewhere) is there. */
function personOf(owner: Owner, staffing: readonly Posting[]): Posting[] {
  const staffId = owner.staffId ?? '';
  const known = staffing.find((posting) => posting.staffId === staffId);
  return [known ?? { staffId, role: owner.role, absent: false, standInId: null }];
}

const holders = (role: Role, department: Owner['department'], staffing: readonly Posting[]): Posting[] =>
  staffing.filter(
    (posting) =>
      posting.role === role &&
      (department === undefined || posting.department === undefined || posting.department === department),
  );

/** Those present, and the present stand-ins of those who are not. */
function represent(postings: readonly Posting[], staffing: readonly Posting[]): Reached[] {
  const absent = new Set(staffing.filter((posting) => posting.absent).map((posting) => posting.staffId));
  return postings.flatMap((posting): Reached[] => {
    if (!posting.absent) return [{ staffId: posting.staffId, via: 'self' }];
    if (posting.standInId === null || absent.has(posting.standInId)) return [];
    return [{ staffId: posting.standInId, via: 'stand-in' }];
  });
}

function climb(from: Role | undefined, line: Partial<Record<Role, Role>>, staffing: readonly Posting[]): Reached[] {
  const seen = new Set<Role>();
  for (let role = from; role !== undefined && !seen.has(role); role = line[role]) {
    seen.add(role);
    const present = represent(holders(role, undefined, staffing), staffing);
    if (present.length > 0) return present.map(({ staffId }) => ({ staffId, via: 'next-up' }));
  }
  return [];
}
