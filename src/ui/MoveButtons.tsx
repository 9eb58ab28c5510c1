// The moves of a state for this person: the likely one first and filled, refused ones dashed with their reason.
import { useId } from 'react';
import { type KeyMap, useKeys } from './useKeys.ts';

export type MoveButton = {
  name: string;
  word: string;
  isAllowed: boolean;
  /** Why not, in words. */
  reason?: string | undefined;
  /** A letter that does the same: `u`. */
  hotkey?: string;
};

export function MoveButtons(props: {
  moves: readonly MoveButton[];
  /** Which of the allowed ones is meant most often; else the first. */
  likely?: string;
  onMove: (name: string) => void;
  /** The move under way: its button waits, the others too. */
  busy?: string | null;
  label: string;
}) {
  const id = useId();
  const allowed = props.moves.filter((move) => move.isAllowed);
  const first = allowed.find((move) => move.name === props.likely) ?? allowed[0];
  const ordered = [
    ...(first ? [first] : []),
    ...allowed.filter((move) => move !== first),
    ...props.moves.filter((move) => !move.isAllowed),
  ];
  const keys: KeyMap = {};
  for (const move of allowed) if (move.hotkey) keys[move.hotkey] = () => !props.busy && props.onMove(move.name);
  useKeys(keys);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields; these are acts
    <div className="moves" role="group" aria-label={props.label}>
      {ordered.map((move) =>
        move.isAllowed ? (
          <button
            key={move.name}
            type="button"
            className={`btn${move === first ? ' primary' : ''}${props.busy === move.name ? ' busy' : ''}`}
            aria-busy={props.busy === move.name}
            aria-keyshortcuts={move.hotkey}
            onClick={() => !props.busy && props.onMove(move.name)}
          >
            {move.word}
            {move.hotkey ? <kbd>{move.hotkey.toUpperCase()}</kbd> : null}
          </button>
        ) : (
          // Not `disabled`: the reason must be reachable by keyboard and be read aloud.
          <button key={move.name} type="button" className="btn" aria-disabled="true">
            <span id={`${id}${move.name}`}>{move.reason ? `${move.word} · ${move.reason}` : move.word}</span>
          </button>
        ),
      )}
    </div>
  );
}
