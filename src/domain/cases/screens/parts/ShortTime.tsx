// When, as briefly as it can be said: today only the time, else month and day too.
import { dayOf, type Instant, wallTimeOf } from '../../../../kernel/time.ts';
import { serverNow } from '../../../../ui/now.ts';

export function ShortTime({ at }: { at: Instant }) {
  const day = dayOf(at);
  const today = dayOf(serverNow());
  const time = wallTimeOf(at).slice(0, 5);
  const text = day === today ? time : `${day.slice(0, 4) === today.slice(0, 4) ? day.slice(5) : day} ${time}`;
  return (
    <time className="nowrap" dateTime={at} title={`${day} ${wallTimeOf(at)}`}>
      {text}
    </time>
  );
}
