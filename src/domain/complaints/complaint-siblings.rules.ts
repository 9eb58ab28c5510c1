// Which other complaints look like the same event 疑似同一事件 (CP2): building, place, what it is about, and the words that
// both use, rare ones weighing most, in the measure of their nearness in time. Nothing is linked by it.
import { hourMs, type Instant, msBetween } from '../../kernel/time.ts';
import { textTokens } from '../places/search.rules.ts';
import type { StandardDocument } from '../standards/standard.contract.ts';
import type { Against } from './complaint-shapes.contract.ts';

/** What two complaints are compared by. */
export type SiblingFacts = {
  buildingId: string | null;
  place: string | null;
  against: Against | null;
  /** Account and demand. */
  text: string | null;
  /** When it happened, else when it was received. */
  at: Instant;
};
export type SiblingPolicy = StandardDocument['complaint']['sameEvent']['value'];
export type SiblingScore = {
  points: number;
  proposed: boolean;
  because: ('building' | 'place' | 'against' | 'words')[];
};

/** How much a pair of characters tells. */
export type Rarity = (pair: string) => number;

/** Whoever writes more says nothing new by it; and each pair is counted in the community's texts. */
const pairsOfText = 200;
/** The opening of an account says what it is about; it counts as much as the whole. */
const openingLetters = 24;

/** A pair that this many hold is common, and counting on tells nothing. */
export const commonAt = 500;
/** Above this many complaints rarity is measured as among this many. */
export const rarityWithin = 5_000;

/** Square of the logarithm of how rare it is; of pairs nobody else uses 1 of all, of common ones little. */
export function rarityOf(holders: ReadonlyMap<string, number>, complaints: number): Rarity {
  const all = Math.min(complaints, rarityWithin);
  return (pair) => Math.max(0, Math.log(all / Math.min(Math.max(holders.get(pair) ?? 1, 1), commonAt))) ** 2;
}

/** Pairs of neighbouring characters: Chinese is not parted into words, and 电梯困人 meets 电梯又困人 in two of them. */
export const pairsOf = (text: string | null): ReadonlySet<string> => new Set(textTokens(text ?? '', pairsOfText));

/** A text weighed once for all that it is held against. */
export type Weighed = { weights: ReadonlyMap<string, number>; whole: number };

export function weigh(rarity: Rarity, pairs: ReadonlySet<string>): Weighed {
  const weights = new Map([...pairs].map((pair) => [pair, rarity(pair)]));
  return { weights, whole: [...weights.values()].reduce((sum, weight) => sum + weight, 0) };
}

/**
 * Cosine of what both say, 0 to 1. Pairs that only the other uses are taken to weigh what the subject's do on average, so
 * that the counts of one text suffice for all its candidates.
 */
export function alike(subject: Weighed, other: ReadonlySet<string>): number {
  if (subject.weights.size === 0 || other.size === 0) return 0;
  let [common, commonPairs] = [0, 0];
  for (const [pair, weight] of subject.weights)
    if (other.has(pair)) {
      common += weight;
      commonPairs++;
    }
  if (common === 0) return 0;
  const others = common + ((other.size - commonPairs) * subject.whole) / subject.weights.size;
  return Math.min(1, common / Math.sqrt(subject.whole * others));
}

const opening = (text: string | null): string | null => text?.slice(0, openingLetters) ?? null;

/** Of one complaint, reckoned once for all candidates. */
export const prepareSubject = (rarity: Rarity, facts: SiblingFacts) => ({
  ...facts,
  whole: weigh(rarity, pairsOf(facts.text)),
  opening: weigh(rarity, pairsOf(opening(facts.text))),
  placePairs: pairsOf(facts.place),
});
export type SiblingSubject = ReturnType<typeof prepareSubject>;

export function siblingScore(policy: SiblingPolicy, subject: SiblingSubject, other: SiblingFacts): SiblingScore {
  const nearness = 1 - Math.abs(msBetween(subject.at, other.at)) / (policy.withinHours * hourMs);
  if (nearness <= 0) return { points: 0, proposed: false, because: [] };
  const likeness =
    (alike(subject.opening, pairsOf(opening(other.text))) + alike(subject.whole, pairsOf(other.text))) / 2;
  const words = Math.min(1, likeness / policy.fullWordsAt);
  const place = shared(subject.placePairs, pairsOf(other.place));
  const sameBuilding = subject.buildingId !== null && subject.buildingId === other.buildingId;
  const sameAgainst = subject.against !== null && subject.against === other.against;
  const points =
    (sameBuilding ? policy.buildingPoints : 0) +
    (sameAgainst ? policy.againstPoints : 0) +
    policy.placePoints * place +
    policy.wordPoints * words;
  const total = Math.round(points * (1 - policy.farShare * (1 - nearness)));
  return {
    points: total,
    proposed: total >= policy.proposeAtPoints,
    because: [
      ...(sameBuilding ? ['building' as const] : []),
      ...(place > 0 ? ['place' as const] : []),
      ...(sameAgainst ? ['against' as const] : []),
      ...(words > 0 ? ['words' as const] : []),
    ],
  };
}

/** The siblings worth showing, likeliest first. */
export function proposeSiblings<Candidate extends SiblingFacts>(
  policy: SiblingPolicy,
  rarity: Rarity,
  facts: SiblingFacts,
  candidates: readonly Candidate[],
): { candidate: Candidate; score: SiblingScore }[] {
  const subject = prepareSubject(rarity, facts);
  return candidates
    .map((candidate) => ({ candidate, score: siblingScore(policy, subject, candidate) }))
    .filter(({ score }) => score.proposed)
    .sort((a, b) => b.score.points - a.score.points || (a.candidate.at < b.candidate.at ? 1 : -1))
    .slice(0, policy.atMost);
}

/** Pairs of a place in common over those of the shorter: 电梯 and 3栋2单元电梯 are one place. */
function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const smaller = Math.min(a.size, b.size);
  return smaller === 0 ? 0 : [...a].filter((pair) => b.has(pair)).length / smaller;
}
