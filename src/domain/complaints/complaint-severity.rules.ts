// The level 级别 of a complaint, decided by facts (CP2): which rules fire, which of them is the highest, and which stated
// facts cannot both be true. Every figure is the standard's.
import type { FieldFault } from '../../kernel/refusal.ts';
import type { StandardDocument } from '../standards/standard.contract.ts';
import {
  type Injury,
  type Liability,
  type Severity,
  type SeverityFact,
  type SeverityRule,
  type StatedFactsInput,
  severities,
} from './complaint-shapes.contract.ts';

export type ComplaintPolicy = StandardDocument['complaint'];

/** As kept: null is not known. */
export type StatedFacts = {
  lossFen: number | null;
  peopleCount: number | null;
  deaths: number | null;
  injury: Injury | null;
  mediaReports: number | null;
  mediaDays: number | null;
  mediaOutlets: number | null;
  unfulfilledPromise: boolean | null;
};
export const nothingStated: StatedFacts = {
  lossFen: null,
  peopleCount: null,
  deaths: null,
  injury: null,
  mediaReports: null,
  mediaDays: null,
  mediaOutlets: null,
  unfulfilledPromise: null,
};

/** What is stated now over what was known before: a fact that is left out stays as it was. */
export function statedFrom(input: StatedFactsInput | undefined, before: StatedFacts = nothingStated): StatedFacts {
  if (input === undefined) return before;
  const { death, ...plain } = input;
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  return { ...before, ...given, ...(death === undefined ? {} : { deaths: Number(death) }) };
}

/** A missing fact contradicts nothing: only what is stated does. */
export function contradictions(stated: StatedFacts): FieldFault[] {
  const faults: FieldFault[] = [];
  if ((stated.deaths ?? 0) > 0 && stated.injury === 'none')
    faults.push({ path: 'facts.injury', code: 'contradicts_death' });
  if (stated.mediaReports === 0 && (stated.mediaDays ?? 0) + (stated.mediaOutlets ?? 0) > 0)
    faults.push({ path: 'facts.mediaReports', code: 'contradicts_media' });
  return faults;
}

/** Losses count where the property company or the developer caused them (CP2). */
export const countedLossFen = (stated: Pick<StatedFacts, 'lossFen'>, liability: Liability): number =>
  liability === 'other' ? 0 : (stated.lossFen ?? 0);

/** What the level of one complaint is judged by: the facts of the whole event, and what was decided about this one. */
export type SeverityFacts = {
  lossFen: number;
  people: number;
  deaths: number;
  injury: Injury;
  mediaReports: number;
  mediaDays: number;
  mediaOutlets: number;
  unfulfilledPromise: boolean;
  /** How often the event was raised without being solved. */
  raisings: number;
  /** The level at which it was found mishandled. */
  mishandledAt: Severity | null;
};

export type FiredRule = { severity: Severity; rule: SeverityRule };
/** `fired` holds one rule for each fact that speaks for a level above ordinary, the highest first. */
export type Proposal = { severity: Severity; rule: SeverityRule; fired: FiredRule[] };

export const rankOf = (severity: Severity): number => severities.indexOf(severity);
export const higher = (a: Severity, b: Severity): Severity => (rankOf(a) >= rankOf(b) ? a : b);
/** The level so many steps up, at most the highest. */
export const raisedBy = (severity: Severity, steps: number): Severity =>
  severities[Math.min(rankOf(severity) + steps, severities.length - 1)] ?? severity;

/** Upper bounds of the manual only say where the next level starts: the highest rule that fires wins. */
export function proposeSeverity(policy: ComplaintPolicy, facts: SeverityFacts): Proposal {
  const fired = levelsByFact(policy, facts)
    .map(([fact, severity]): FiredRule => ({ severity, rule: `${severity}.${fact}` }))
    .sort((a, b) => rankOf(b.severity) - rankOf(a.severity));
  const first = fired[0];
  return first ? { ...first, fired } : { severity: 'ordinary', rule: 'ordinary.other', fired };
}

function levelsByFact(policy: ComplaintPolicy, facts: SeverityFacts): [SeverityFact, Severity][] {
  const critical = policy.thresholds.critical.value;
  const major = policy.thresholds.major.value;
  const serious = policy.thresholds.serious.value;
  // One day in the paper is a report, whoever did not count the reports.
  const reports = Math.max(facts.mediaReports, facts.mediaDays, facts.mediaOutlets);
  const levels: [SeverityFact, Severity | null][] = [
    ['death', facts.deaths >= critical.deaths ? 'critical' : null],
    ['people', facts.people >= critical.people ? 'critical' : null],
    [
      'loss',
      facts.lossFen >= critical.lossFen
        ? 'critical'
        : facts.lossFen >= major.lossFen
          ? 'major'
          : facts.lossFen >= serious.lossFen
            ? 'serious'
            : null,
    ],
    [
      'injury',
      facts.injury === 'grave' && major.graveInjury
        ? 'major'
        : facts.injury !== 'none' && serious.slightInjury
          ? 'serious'
          : null,
    ],
    [
      'media',
      facts.mediaDays >= major.mediaDays || facts.mediaOutlets >= major.mediaOutlets
        ? 'major'
        : reports >= serious.mediaReports
          ? 'serious'
          : null,
    ],
    byRaisings(policy, facts),
    ['mishandled', facts.mishandledAt === null ? null : raisedBy(facts.mishandledAt, policy.mishandledRaisesBy.value)],
  ];
  return levels.filter((each): each is [SeverityFact, Severity] => each[1] !== null && each[1] !== 'ordinary');
}

/** The manual is silent on what was never promised and is raised ten times: it stays where the standard says. */
function byRaisings(policy: ComplaintPolicy, facts: SeverityFacts): [SeverityFact, Severity | null] {
  const { raisings } = facts;
  if (raisings >= policy.thresholds.major.value.promisedRaisings)
    return facts.unfulfilledPromise ? ['promise', 'major'] : ['unpromised', policy.unpromisedRaisingsStay.value];
  return ['raisings', raisings >= policy.thresholds.serious.value.raisings ? 'serious' : null];
}
