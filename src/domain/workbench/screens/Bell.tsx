// Bell 通知: what is mine to know, newest first.
import { dayOf, wallTimeOf } from '../../../kernel/time.ts';
import { serverNow } from '../../../ui/now.ts';
import { Popover } from '../../../ui/Popover.tsx';
import { Problem } from '../../../ui/Problem.tsx';
import { Sign } from '../../../ui/Sign.tsx';
import { notificationActionWords, bellWords as words } from '../../notifications/notification.words.ts';
import { toggleMute, useIsMute } from './alarmSound.ts';
import { inWords, needsAnswer, useNotifications } from './useNotifications.ts';
import './bell.css';

export function Bell() {
  const mine = useNotifications();
  const isMute = useIsMute();
  const today = dayOf(serverNow());
  return (
    <Popover
      className="plain bell"
      name={words.name(mine.unread)}
      label={
        <>
          <Sign name="bell" />
          {mine.unread === 0 ? null : (
            <span className="bellcount num">{mine.unread > 99 ? words.many : mine.unread}</span>
          )}
        </>
      }
    >
      <div className="belllist">
        <div className="row">
          <b className="grow">{words.heading}</b>
          <button type="button" className="btn quiet" aria-pressed={isMute} onClick={toggleMute}>
            {isMute ? words.isMute : words.isLoud}
          </button>
          <button type="button" className="btn quiet" onClick={() => void mine.readAll()}>
            {notificationActionWords.markAllRead}
          </button>
        </div>
        <Problem error={mine.error} />
        {mine.items.length === 0 && mine.isLoaded ? (
          <p className="muted bellempty">{notificationActionWords.empty}</p>
        ) : null}
        <ul>
          {mine.items.map((one) => (
            <li key={one.id} className={one.read ? undefined : 'unread'}>
              <button type="button" className="bellline" onClick={() => mine.open(one)}>
                <span>{inWords(one)}</span>
                <time dateTime={one.at} className="faint">
                  {dayOf(one.at) === today ? '' : `${dayOf(one.at).slice(5)} `}
                  {wallTimeOf(one.at).slice(0, 5)}
                </time>
              </button>
              {needsAnswer(one) ? (
                <button type="button" className="btn primary" onClick={() => void mine.acknowledge([one])}>
                  {notificationActionWords.acknowledge}
                </button>
              ) : null}
            </li>
          ))}
        </ul>
      </div>
    </Popover>
  );
}
