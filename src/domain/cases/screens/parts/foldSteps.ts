// Steps of ladders that fell due at one instant are one thing to a reader: several promises, each named.
import type { TimelineEntry } from '../../case.contract.ts';

export type FoldedEntry = { entry: TimelineEntry; also: TimelineEntry[] };

/** Entries in order; each further step of the same instant stands with the first one of it. */
export function foldSteps(inOrder: readonly TimelineEntry[]): FoldedEntry[] {
  const folded: FoldedEntry[] = [];
  for (const entry of inOrder) {
    const first =
      entry.action === 'escalated'
        ? folded.findLast((one) => one.entry.action === 'escalated' && one.entry.at === entry.at)
        : undefined;
    if (first) first.also.push(entry);
    else folded.push({ entry, also: [] });
  }
  return folded;
}
