// Who had a hand in the work 经手人 (spec/10): whoever made a move between accept and finish, quoted, decided on the spot, or
// was given the work. Taking, dispatching and telling are not handling. They never follow it up themselves.

/** A move as the time line has it, in its order; `forId`: whom it was about. */
export type HandMove = { move: string; byId: string | null; forId: string | null };

export type HandRule = {
  /** From here on whoever moves it has it in hand. */
  begins: readonly string[];
  /** It is over, or lies with nobody until somebody accepts it again. */
  ends: readonly string[];
  /** In between, and yet no handling: correcting what was taken, sending it somewhere, telling. */
  apart: readonly string[];
  /** A hand in it wherever it stands. */
  always: readonly string[];
  /** The work goes to whom the move is about. */
  gives: readonly string[];
};

/** Repairs and complaints: accepted, worked on, finished or resolved. */
export const workedOn: HandRule = {
  begins: ['accept', 'reopen'],
  ends: ['finish', 'resolve', 'hand-back', 'dispatch', 'transfer', 'cancel', 'rework'],
  apart: ['create', 'log', 'amend', 'dispatch', 'transfer', 'cancel', 'rework', 'send', 'respond', 'reopen'],
  always: ['quote'],
  gives: [],
};

/** Over all rounds of the case: a rework does not wash the first technician's hands. `holderIds`: who has it now. */
export function handsIn(
  rule: HandRule,
  moves: readonly HandMove[],
  holderIds: readonly (string | null)[] = [],
): string[] {
  const hands = new Set<string>();
  let isWorked = false;
  for (const { move, byId, forId } of moves) {
    if (rule.begins.includes(move)) isWorked = true;
    const isHand = (isWorked && !rule.apart.includes(move)) || rule.always.includes(move);
    if (isHand && byId !== null) hands.add(byId);
    if (rule.gives.includes(move) && forId !== null) hands.add(forId);
    if (rule.ends.includes(move)) isWorked = false;
  }
  for (const holder of holderIds) if (holder !== null) hands.add(holder);
  return [...hands];
}
