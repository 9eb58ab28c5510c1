// The head of a case's page 事项: what it is, how it stands and since when, and what this person may do with it.
import type { ReactNode } from 'react';
import { MoveButtons } from '../../../../ui/MoveButtons.tsx';
import { serverNow } from '../../../../ui/now.ts';
import { Popover } from '../../../../ui/Popover.tsx';
import { useKeys } from '../../../../ui/useKeys.ts';
import { briefMoment } from '../../../../ui/wallTime.ts';
import { casePageWords as words } from '../../board.words.ts';
import type { CaseAnswer, MoveAnswer } from '../../case.contract.ts';
import { channelWords } from '../../case.words.ts';

/** How a kind of case says and orders its moves. */
export type MoveLook = {
  wordOf: (name: string) => string;
  refusalInWords: (code: string) => string;
  /** Refusals worth a line on the page; what the state alone forbids says nothing new beside the state. */
  isSaid: (refusal: string) => boolean;
  hotkeys: Readonly<Record<string, string | undefined>>;
  /** So many moves stand as buttons; the rest is a click away. */
  buttonsShown: number;
};

export function CaseHead(props: {
  subject: Pick<CaseAnswer, 'code' | 'receivedAt' | 'channel' | 'firstContact' | 'moves'>;
  /** Kind, level and state. */
  tags: ReactNode;
  flags: readonly { name: string; word: string; isRaised: boolean }[];
  title: string;
  firstContact: (name: string) => string;
  look: MoveLook;
  onMove: (name: string) => void;
  onRemind: (() => void) | null;
  /** What else may be done here, after the moves. */
  children?: ReactNode;
}) {
  const { subject, look, onMove } = props;
  const allowed = subject.moves.filter((move) => move.allowed);
  const rest = allowed.slice(look.buttonsShown);
  const refused = subject.moves.filter((move) => !move.allowed && look.isSaid(move.reason ?? ''));
  const hotkeyOf = (move: MoveAnswer) => look.hotkeys[move.name];
  useKeys(
    Object.fromEntries(
      rest.flatMap((move) => {
        const key = hotkeyOf(move);
        return key ? [[key, () => onMove(move.name)]] : [];
      }),
    ),
  );
  return (
    <header className="casehead">
      <div className="titles">
        <div className="row wrap">
          {props.tags}
          {props.flags.map((flag) => (
            <span key={flag.name} className={flag.isRaised ? 'tag raised' : 'tag'}>
              {flag.word}
            </span>
          ))}
          <span className="faint num">
            {[
              subject.code,
              words.received(briefMoment(subject.receivedAt, serverNow()), channelWords[subject.channel]),
              ...(subject.firstContact ? [props.firstContact(subject.firstContact.name)] : []),
            ].join(' · ')}
          </span>
        </div>
        <h1 className="anywhere">{props.title}</h1>
      </div>
      <div className="acts no-print">
        <MoveButtons
          label={words.moves}
          moves={[...allowed.slice(0, look.buttonsShown), ...refused].map((move) => {
            const hotkey = hotkeyOf(move);
            return {
              name: move.name,
              word: look.wordOf(move.name),
              isAllowed: move.allowed,
              reason: move.reason === undefined ? undefined : look.refusalInWords(move.reason),
              ...(hotkey ? { hotkey } : {}),
            };
          })}
          onMove={onMove}
        />
        {props.onRemind ? (
          <button type="button" className="btn" aria-keyshortcuts="u" onClick={props.onRemind}>
            {words.remind} <kbd>U</kbd>
          </button>
        ) : null}
        {rest.length > 0 ? (
          <Popover kind="menu" className="btn" name={words.moreMoves} label="⋯">
            {rest.map((move) => (
              <button key={move.name} type="button" onClick={() => onMove(move.name)}>
                <span className="grow">{look.wordOf(move.name)}</span>
                {hotkeyOf(move) ? <kbd>{hotkeyOf(move)?.toUpperCase()}</kbd> : null}
              </button>
            ))}
          </Popover>
        ) : null}
        {props.children}
      </div>
    </header>
  );
}

const titleLetters = 60;

/** The first line of what was said, cut where it is too long for a head. */
export function titleLine(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  return line.length > titleLetters ? `${line.slice(0, titleLetters)}…` : line;
}
