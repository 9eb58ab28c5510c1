// Bell 通知: what is mine to know, newest first; a loud one stands across the page and sounds until it is acknowledged.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { dayOf, wallTimeOf } from '../../../kernel/time.ts';
import { call } from '../../../ui/call.ts';
import { deviceStore } from '../../../ui/device.ts';
import { serverNow } from '../../../ui/now.ts';
import { Popover } from '../../../ui/Popover.tsx';
import { Problem } from '../../../ui/Problem.tsx';
import { Sign } from '../../../ui/Sign.tsx';
import { useSession } from '../../access/screens/parts/session.ts';
import { caseAddress, kindOfCode } from '../../cases/screens/parts/caseAddress.ts';
import type { ClockKind } from '../../clocks/clock.contract.ts';
import { clockKindWords } from '../../clocks/clock.words.ts';
import { type Notification, notificationRoutes } from '../../notifications/notification.contract.ts';
import {
  notificationActionWords,
  notificationInWords,
  urgencyNames,
  bellWords as words,
} from '../../notifications/notification.words.ts';
import './bell.css';

const shown = 30;
/** A loud one sounds again until somebody has acknowledged it. */
const soundAgainMs = 20_000;
const askAgainMs = 60_000;
const mutePlace = 'guanjia:bell:mute';

const inWords = (one: Notification): string =>
  notificationInWords(one, {
    clockWord: (kind) => clockKindWords[kind as ClockKind] ?? kind,
    levelWord: (level) => urgencyNames[level] ?? level,
  });
const needsAnswer = (one: Notification): boolean => one.loud && one.acknowledgedAt === null;

export function Bell() {
  const { me, community } = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [isMute, setMute] = useState(() => deviceStore.getItem(mutePlace) === 'true');
  const [error, setError] = useState<unknown>(null);
  // The stream of a community touches what carries its id in second place.
  const key = ['notification', community?.id ?? '', me.user.id];
  const list = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call(notificationRoutes.listNotifications, { query: { limit: shown }, signal }),
    refetchInterval: askAgainMs,
  });
  const unreadCount = useQuery({
    queryKey: [...key, 'unread'],
    queryFn: ({ signal }) =>
      call(notificationRoutes.listNotifications, { query: { limit: 1, unread: 'true', count: 'true' }, signal }),
    refetchInterval: askAgainMs,
  });
  const items = list.data?.items ?? [];
  const unread = unreadCount.data?.total ?? items.filter((one) => !one.read).length;
  const loud = items.filter(needsAnswer);
  const first = loud[0];
  useAlarm(loud.length > 0 && !isMute, first?.id ?? null);

  const act = async (work: () => Promise<unknown>) => {
    setError(null);
    try {
      await work();
    } catch (caught) {
      setError(caught);
    } finally {
      await client.invalidateQueries({ queryKey: ['notification'] });
    }
  };
  const acknowledge = (one: Notification) =>
    act(() => call(notificationRoutes.acknowledgeNotification, { params: { id: one.id } }));
  const open = (one: Notification) => {
    if (!one.read) void act(() => call(notificationRoutes.readNotification, { params: { id: one.id } }));
    const where = me.communities.find((each) => each.id === one.communityId);
    if (one.caseId !== null && where) void navigate({ to: caseAddress(where.code, one.caseId, kindOfCode(one.code)) });
  };
  const mute = () => {
    setMute(!isMute);
    deviceStore.setItem(mutePlace, String(!isMute));
  };
  const today = dayOf(serverNow());
  return (
    <>
      <Popover
        className="plain bell"
        name={words.name(unread)}
        label={
          <>
            <Sign name="bell" />
            {unread === 0 ? null : <span className="bellcount num">{unread > 99 ? words.many : unread}</span>}
          </>
        }
      >
        <div className="belllist">
          <div className="row">
            <b className="grow">{words.heading}</b>
            <button type="button" className="btn quiet" aria-pressed={isMute} onClick={mute}>
              {isMute ? words.isMute : words.isLoud}
            </button>
            <button
              type="button"
              className="btn quiet"
              onClick={() => void act(() => call(notificationRoutes.readAllNotifications))}
            >
              {notificationActionWords.markAllRead}
            </button>
          </div>
          <Problem error={list.error ?? error} />
          {items.length === 0 && list.data ? <p className="muted bellempty">{notificationActionWords.empty}</p> : null}
          <ul>
            {items.map((one) => (
              <li key={one.id} className={one.read ? undefined : 'unread'}>
                <button type="button" className="bellline" onClick={() => open(one)}>
                  <span>{inWords(one)}</span>
                  <time dateTime={one.at} className="faint">
                    {dayOf(one.at) === today ? '' : `${dayOf(one.at).slice(5)} `}
                    {wallTimeOf(one.at).slice(0, 5)}
                  </time>
                </button>
                {needsAnswer(one) ? (
                  <button type="button" className="btn primary" onClick={() => void acknowledge(one)}>
                    {notificationActionWords.acknowledge}
                  </button>
                ) : null}
              </li>
            ))}
          </ul>
        </div>
      </Popover>
      {first === undefined ? null : (
        <div className="loudbar" role="alert">
          <Sign name="warning" />
          <span className="grow">
            <b>{inWords(first)}</b>
            {loud.length > 1 ? <span> {words.moreLoud(loud.length - 1)}</span> : null}
          </span>
          {first.caseId === null ? null : (
            <button type="button" className="btn" onClick={() => open(first)}>
              {words.open}
            </button>
          )}
          <button type="button" className="btn" onClick={() => void acknowledge(first)}>
            {notificationActionWords.acknowledge}
          </button>
          <button type="button" className="btn quiet" aria-pressed={isMute} onClick={mute}>
            {isMute ? words.isMute : words.isLoud}
          </button>
        </div>
      )}
    </>
  );
}

/** Two short tones. Browsers keep a page silent until somebody has touched it; then the next repeat is heard. */
function useAlarm(isOn: boolean, id: string | null): void {
  const audio = useRef<AudioContext | null>(null);
  useEffect(() => {
    if (!isOn || id === null) return;
    const sound = () => {
      audio.current ??= new AudioContext();
      const context = audio.current;
      void context.resume().then(() => {
        for (const [offset, pitch] of [
          [0, 880],
          [0.22, 660],
        ] as const) {
          const tone = context.createOscillator();
          const volume = context.createGain();
          const start = context.currentTime + offset;
          tone.frequency.value = pitch;
          volume.gain.setValueAtTime(0.0001, start);
          volume.gain.exponentialRampToValueAtTime(0.25, start + 0.02);
          volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.2);
          tone.connect(volume).connect(context.destination);
          tone.start(start);
          tone.stop(start + 0.22);
        }
      });
    };
    sound();
    const timer = setInterval(sound, soundAgainMs);
    return () => clearInterval(timer);
  }, [isOn, id]);
}
