// Who had a hand in the work 经手人 (spec/10): whoever made a move between accept and finish, quoted, or was given the work.
// Taking, dispatching and telling are not handling. They never follow it up themselves.

/** A move as the time line has it, in its order. */
export type CaseMove = { move: string; byId: string | null };

/** Taking it, correcting what was taken, sending it somewhere, ending it. */
const notHandling: ReadonlySet<string> = new Set([
  'create',
  'log',
  'amend',
  'dispatch',
  'transfer',
  'cancel',
  'rework',
  'send',
  'respond',
  'reopen',
]);
const endsWork: ReadonlySet<string> = new Set(['finish', 'resolve']);
/** It lies with nobody until somebody accepts it again. */
const leavesHands: ReadonlySet<string> = new Set(['hand-back', 'dispatch', 'transfer', 'cancel', 'rework']);

/** Over all rounds of the case: a rework does not wash the first technician's hands. */
export function handlersOf(moves: readonly CaseMove[], holderIds: readonly (string | null)[]): string[] {
  const hands = new Set<string>();
  let isWorked = false;
  for (const { move, byId } of moves) {
    if (move === 'accept' || move === 'reopen') isWorked = true;
    const isHand = (isWorked && !notHandling.has(move)) || move === 'quote';
    if (isHand && byId !== null) hands.add(byId);
    if (endsWork.has(move) || leavesHands.has(move)) isWorked = false;
  }
  for (const holder of holderIds) if (holder !== null) hands.add(holder);
  return [...hands];
}
