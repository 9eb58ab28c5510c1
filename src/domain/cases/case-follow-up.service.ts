// What cases of any kind ask of the follow-ups 回访 above them when they are finished (FU1), and what those ask back of the
// kind: both are handed over in the wiring and carried out in the transaction of the move.
import type { Instant, Month } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';
import type { FollowUpSubject, StandardDocument } from '../standards/standard.contract.ts';
import type { CaseKind } from './case.contract.ts';
import type { HandRule } from './case-hands.rules.ts';

/** Which place the month's sample gave it; the slice above knows the rest of it. */
export type FollowUpDraw = { isOwed: boolean };

export type FollowUpLinks = {
  draw(
    tx: Tx,
    call: Call,
    ask: { what: FollowUpSubject; month: Month; document: StandardDocument },
  ): Promise<FollowUpDraw>;
  /** `at`: what its promise counts from; `finishedAt`: the end of the work, whose month its rate counts in. */
  make(
    tx: Tx,
    call: Call,
    made: { caseId: string; what: FollowUpSubject; at: Instant; finishedAt: Instant; draw: FollowUpDraw },
  ): Promise<void>;
  void(tx: Tx, call: Call, what: { caseId: string; at: Instant; reason: string }): Promise<void>;
};

let links: FollowUpLinks | null = null;
export const linkFollowUps = (made: FollowUpLinks): void => {
  links = made;
};
export function followUps(): FollowUpLinks {
  if (!links) throw new Error('follow-ups are not linked');
  return links;
}

/**
 * What a kind of case whose matters are followed up says of itself. A later slice hands over one of these, and its
 * finished matters through `followUps()`; nothing above has to know it.
 */
export type FollowUpSource = {
  kinds: readonly CaseKind[];
  /** Who had a hand in the work 经手人 (spec/10): they never ask about it themselves. */
  hands: HandRule;
  /** Who holds the work now, beside those of the time line. */
  holdersOf?(
    tx: Tx,
    communityId: string,
    caseIds: readonly string[],
  ): Promise<readonly { caseId: string; holderId: string | null }[]>;
  /** Taken before the case itself, where what comes of a follow-up may reach other cases. */
  lockBefore?(tx: Tx, communityId: string): Promise<void>;
  /** The customer did not accept it: done again, in the same transaction; the complaint is opened besides. */
  doAgain?(tx: Tx, call: Call, caseId: string, lacking: string): Promise<void>;
  /** The complaint about it, after it was opened. */
  complainedOf?(tx: Tx, call: Call, caseId: string, complaintId: string): Promise<void>;
  /** The follow-up of what was finished then is reviewed: nothing of it keeps the case open any more. */
  settle?(tx: Tx, call: Call, caseId: string, finishedAt: Instant | null): Promise<void>;
};

const sources = new Map<CaseKind, FollowUpSource>();
export const linkFollowUpSources = (given: readonly FollowUpSource[]): void => {
  for (const source of given) for (const kind of source.kinds) sources.set(kind, source);
};
export const followUpSourceOf = (kind: CaseKind): FollowUpSource | undefined => sources.get(kind);
export const followUpSources = (): readonly FollowUpSource[] => [...new Set(sources.values())];
