// A state machine as one table (spec/10): it drives the server's check, the buttons, the printed
// diagram and the complete test of state × move × role.

/** One row: from which states, to which (null: stays; a function's job where it depends on facts), by whom. */
export type Move<State extends string, Role extends string> = {
  from: readonly State[];
  /** `null` keeps the state; `'by-facts'` means the rule names the target. */
  to: State | null | 'by-facts';
  by: readonly Role[];
};

export type Moves<Name extends string, State extends string, Role extends string> = Record<Name, Move<State, Role>>;

/** Whether this state has this move at all, whoever asks. */
export function allowsFrom<State extends string, Role extends string>(move: Move<State, Role>, state: State): boolean {
  return move.from.includes(state);
}

/** Whether one of the caller's roles may make this move. */
export function allowsBy<State extends string, Role extends string>(
  move: Move<State, Role>,
  roles: readonly string[],
): boolean {
  return move.by.some((role) => roles.includes(role));
}
