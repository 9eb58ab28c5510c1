// How rare words are 稀有程度 in a community's texts. What is common stays common, so it is counted once in a while only:
// most words of a text are, and counting each of them up to where it tells nothing is what asking for siblings would cost.
import { minuteMs } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { machineMs } from '../../platform/time-source.ts';
import { commonAt, rarityWithin } from './complaint-siblings.rules.ts';
import { countComplaintsUpTo, countHolders } from './complaint-siblings.store.ts';

/** An import that is taken back makes words rare again; by then they are counted anew. */
const rememberedMs = 10 * minuteMs;
/** A community's everyday pairs are fewer. */
const wordsRemembered = 20_000;
const communitiesRemembered = 200;

type Known = { untilMs: number; common: Set<string>; hasMany: boolean };
const knownOf = new Map<string, Known>();

function knownIn(communityId: string): Known {
  const known = knownOf.get(communityId);
  if (known && known.untilMs > machineMs() && known.common.size < wordsRemembered) return known;
  if (knownOf.size >= communitiesRemembered) knownOf.clear();
  const fresh = { untilMs: machineMs() + rememberedMs, common: new Set<string>(), hasMany: false };
  knownOf.set(communityId, fresh);
  return fresh;
}

/** How many cases hold each word, counted as far as it tells something, and among how many complaints. */
export async function countWords(
  tx: Tx,
  communityId: string,
  words: readonly string[],
): Promise<{ holders: Map<string, number>; complaints: number }> {
  const known = knownIn(communityId);
  const unknown = words.filter((word) => !known.common.has(word));
  const counted = unknown.length === 0 ? [] : await countHolders(tx, communityId, unknown);
  for (const { token, holders } of counted) if (holders >= commonAt) known.common.add(token);
  const complaints = known.hasMany ? rarityWithin : await countComplaintsUpTo(tx, communityId, rarityWithin);
  known.hasMany = complaints >= rarityWithin;
  const countOf = new Map(counted.map((row) => [row.token, row.holders]));
  return { holders: new Map(words.map((word) => [word, countOf.get(word) ?? commonAt])), complaints };
}
