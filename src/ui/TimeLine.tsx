// Time line 经过: what happened, newest first, with the day said once.
import type { ReactNode } from 'react';
import { dayOf, type Instant, wallTimeOf } from '../kernel/time.ts';
import { serverNow } from './now.ts';

export type TimeLineEntry = {
  id: string;
  at: Instant;
  tone?: 'good' | 'bad';
  /** Who did what. */
  title: ReactNode;
  /** How long it took against its limit, by which way it came. */
  note?: ReactNode;
  /** Text, photos, a signature. */
  more?: ReactNode;
};

export function TimeLine({ entries, label }: { entries: readonly TimeLineEntry[]; label: string }) {
  const today = dayOf(serverNow());
  return (
    <ol className="timeline" aria-label={label}>
      {entries.map((entry, index) => {
        const day = dayOf(entry.at);
        const before = entries[index - 1];
        // The newest needs its day only where it is not today's.
        const isNewDay = day !== (before === undefined ? today : dayOf(before.at));
        return (
          <li key={entry.id} className={entry.tone}>
            <time dateTime={entry.at} title={`${day} ${wallTimeOf(entry.at)}`}>
              {isNewDay || index === 0 ? <span className="unseen">{day} </span> : null}
              {wallTimeOf(entry.at)}
            </time>
            <span className="rail">
              <i />
            </span>
            <div className="what">
              {isNewDay ? <span className="day num">{day}</span> : null}
              {entry.title} {entry.note === undefined ? null : <span className="faint">{entry.note}</span>}
              {entry.more === undefined ? null : <div>{entry.more}</div>}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
