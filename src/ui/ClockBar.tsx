// A clock 时限 as people see it: sign + words + thin bar, counting by itself; a click tells why this time.
import type { ReactNode } from 'react';
import { type ClockFacts, clockLook, type Look } from './clockLook.ts';
import { useNowMs } from './now.ts';
import { Popover } from './Popover.tsx';
import { Sign } from './Sign.tsx';
import { type ClockWords, clockWords, lengthInDigits, uiWords } from './ui.words.ts';

function wordsOf({ look, ms }: Look, words: ClockWords, pauseReason: string | null): string {
  switch (look) {
    case 'running':
    case 'soon':
      return ms === null ? words.notSet : words.remaining(ms);
    case 'late':
      return words.over(ms ?? 0);
    case 'paused':
      return words.paused(pauseReason);
    case 'met':
      return words.met(ms);
    case 'missed':
      return words.missed(ms);
    case 'void':
      return words.void;
  }
}

export function ClockBar(props: {
  facts: ClockFacts;
  /** What the clock promises ("到场"); read aloud before the time. */
  label?: string;
  pauseReason?: string | null;
  words?: ClockWords;
  /** Why this time: start, limit, calendar, pauses, rule, who is told next. */
  why?: ReactNode;
  /** The one large clock of a page, in digits. */
  big?: boolean;
}) {
  const counts = props.facts.state === 'running';
  const seen = clockLook(props.facts, useNowMs(counts));
  const words = wordsOf(seen, props.words ?? clockWords, props.pauseReason ?? null);
  const className = `clock ${seen.look}${props.big ? ' big' : ''}`;
  const inside = (
    <>
      <Sign name={seen.look} />
      <b>
        {props.label === undefined ? null : <span className="unseen">{props.label} </span>}
        {props.big && counts && seen.ms !== null ? (
          <>
            <span aria-hidden="true">{lengthInDigits(seen.ms)}</span>
            <span className="unseen">{words}</span>
          </>
        ) : (
          words
        )}
      </b>
      <span className="bar">
        <i style={{ width: `${(seen.used * 100).toFixed(1)}%` }} />
      </span>
    </>
  );
  if (props.why === undefined) return <span className={className}>{inside}</span>;
  return (
    <Popover className={className} label={inside}>
      <strong>{uiWords.why}</strong>
      <div className="muted">{props.why}</div>
    </Popover>
  );
}
