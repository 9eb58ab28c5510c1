// Complaints about the same event 同一事件: how often it was raised while unsolved, by how many people, what the whole
// event's facts are (CP2).
import { type Instant, later } from '../../kernel/time.ts';
import { countedLossFen, type SeverityFacts, type StatedFacts } from './complaint-severity.rules.ts';
import type { Injury, Liability, Severity } from './complaint-shapes.contract.ts';
import { injuries } from './complaint-shapes.contract.ts';

/** One complaint as its group counts it. */
export type GroupMember = {
  id: string;
  /** Tells people apart: the party, or the unit where no party is known; null: anonymous or not to be told. */
  personKey: string | null;
  receivedAt: Instant;
  /** When it was solved, null while it is not (a reopened one is not). */
  resolvedAt: Instant | null;
  /** The same entry made twice is no raising. */
  isMerged: boolean;
  liability: Liability;
  stated: StatedFacts;
};

export type GroupCounters = { raisings: number; people: number };

/** Two counters: raisings since the event was last solved, and distinct people. */
export function countGroup(members: readonly GroupMember[]): GroupCounters {
  const counted = members.filter((member) => !member.isMerged);
  return { raisings: raisingsUnsolved(counted), people: distinctPeople(counted) };
}

/**
 * An event counts as solved once all who had raised it by then had theirs resolved; who raises it later begins a new
 * count. One customer may raise many times.
 */
function raisingsUnsolved(members: readonly GroupMember[]): number {
  const inOrder = [...members].sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1));
  let raisings = 0;
  /** Null: one of this count is still unsolved. */
  let solvedAt: Instant | null = null;
  for (const { receivedAt, resolvedAt } of inOrder) {
    const isNewCount = raisings === 0 || (solvedAt !== null && receivedAt > solvedAt);
    if (isNewCount) solvedAt = resolvedAt;
    else solvedAt = solvedAt === null || resolvedAt === null ? null : later(solvedAt, resolvedAt);
    raisings = isNewCount ? 1 : raisings + 1;
  }
  return raisings;
}

/**
 * Known parties, each once, and stated counts, which hold the one who states them; what somebody says again does not add.
 * Anonymous repetitions add none: of their counts the largest stands, for they may be the same crowd.
 */
function distinctPeople(members: readonly GroupMember[]): number {
  const known = new Map<string, number>();
  let unknown = 0;
  for (const { personKey, stated } of members) {
    if (personKey === null) unknown = Math.max(unknown, stated.peopleCount ?? 0);
    else known.set(personKey, Math.max(known.get(personKey) ?? 0, stated.peopleCount ?? 1));
  }
  return [...known.values()].reduce((sum, people) => sum + people, unknown);
}

/**
 * The facts of the whole event. A loss is what somebody knows of the event's, so the largest statement stands and is not
 * added to a neighbour's statement of the same damage.
 */
export function groupFacts(members: readonly GroupMember[], mishandledAt: Severity | null): SeverityFacts {
  const counted = members.filter((member) => !member.isMerged);
  const most = (read: (member: GroupMember) => number | null): number =>
    counted.reduce((largest, member) => Math.max(largest, read(member) ?? 0), 0);
  return {
    ...countGroup(counted),
    lossFen: most((member) => countedLossFen(member.stated, member.liability)),
    deaths: most((member) => member.stated.deaths),
    injury: injuries[most((member) => injuries.indexOf(member.stated.injury ?? 'none'))] as Injury,
    mediaReports: most((member) => member.stated.mediaReports),
    mediaDays: most((member) => member.stated.mediaDays),
    mediaOutlets: most((member) => member.stated.mediaOutlets),
    unfulfilledPromise: counted.some((member) => member.stated.unfulfilledPromise === true),
    mishandledAt,
  };
}

// ── calling back ────────────────────────────────────────────────────────────────────────────────────

/** Who of an event still waits to hear how it ended. */
export type CallBackFacts = {
  id: string;
  personKey: string | null;
  receivedAt: Instant;
  resolvedAt: Instant | null;
  isMerged: boolean;
  /** By telephone or at a door. */
  isReachable: boolean;
  toldAt: Instant | null;
  closedAt: Instant | null;
  /** Told by way of this list. */
  calledAt: Instant | null;
};
export type CallBackOwed<Member> = { member: Member; since: Instant; isOpen: boolean };

/**
 * Once one complaint of an event is resolved, everybody of it is owed a call (spec/10 close): each person once, by the
 * first complaint of theirs, whichever of theirs they were told in. What is owed is read off the complaints, so that one
 * that joins, leaves or is reopened needs no entry put right.
 */
export function callBacksOf<Member extends CallBackFacts>(members: readonly Member[]): CallBackOwed<Member>[] {
  const counted = members.filter((member) => !member.isMerged);
  const since = counted.flatMap((member) => member.resolvedAt ?? []).sort()[0];
  if (since === undefined || counted.length < 2) return [];
  const people = new Map<string, Member[]>();
  for (const member of counted)
    if (member.isReachable) {
      const key = member.personKey ?? member.id;
      people.set(key, [...(people.get(key) ?? []), member]);
    }
  return [...people.values()].flatMap((theirs) => {
    const [first] = theirs.toSorted((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1));
    const isOpen = !theirs.some((one) => one.toldAt ?? one.calledAt ?? one.closedAt);
    return first ? [{ member: first, since, isOpen }] : [];
  });
}
