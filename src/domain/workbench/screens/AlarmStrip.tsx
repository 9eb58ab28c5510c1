// Alarm strip 强提醒: loud notifications nobody has acknowledged, in a line of their own above the page. It never lies
// over anything: the page begins below it, and the bell in the bar above stays in sight while one scrolls.
import { useState } from 'react';
import { Problem } from '../../../ui/Problem.tsx';
import { Sign } from '../../../ui/Sign.tsx';
import { notificationActionWords, bellWords as words } from '../../notifications/notification.words.ts';
import { toggleMute, useAlarm, useIsMute } from './alarmSound.ts';
import { inWords, useNotifications } from './useNotifications.ts';
import './bell.css';

export function AlarmStrip() {
  const mine = useNotifications();
  const isMute = useIsMute();
  const [isOpen, setOpen] = useState(false);
  const { loud } = mine;
  useAlarm(loud.length > 0 && !isMute, loud[0]?.id ?? null);
  if (loud.length === 0) return null;
  const rest = loud.length - 1;
  return (
    <section className="alarms no-print" aria-label={words.alarms}>
      {/* The list stays a list for those who hear it; the region around it is what calls out. */}
      <div role="alert">
        <ul>
          {(isOpen ? loud : loud.slice(0, 1)).map((one, index) => (
            <li key={one.id}>
              <Sign name="warning" />
              <span className="alarmtext">{inWords(one)}</span>
              {one.caseId === null ? null : (
                <button type="button" className="btn quiet" onClick={() => mine.open(one)}>
                  {words.open}
                </button>
              )}
              <button type="button" className="btn" onClick={() => void mine.acknowledge([one])}>
                {notificationActionWords.acknowledge}
              </button>
              {index > 0 || rest === 0 ? null : (
                <button type="button" className="btn quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
                  {isOpen ? words.fewer : words.moreLoud(rest)}
                </button>
              )}
            </li>
          ))}
        </ul>
      </div>
      {isOpen && rest > 0 ? (
        <div className="row">
          <button type="button" className="btn" onClick={() => void mine.acknowledge(loud)}>
            {words.acknowledgeAll(loud.length)}
          </button>
          <button type="button" className="btn quiet" aria-pressed={isMute} onClick={toggleMute}>
            {isMute ? words.isMute : words.isLoud}
          </button>
        </div>
      ) : null}
      <Problem error={mine.error} />
    </section>
  );
}
