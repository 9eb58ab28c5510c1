// The phone frame: title and name, a line when there is no signal, the page, a bar of pages for the thumb.
import { useQueryClient } from '@tanstack/react-query';
import { type ComponentType, lazy, Suspense, useEffect, useSyncExternalStore } from 'react';
import { useMay, useSession } from '../../domain/access/screens/parts/session.ts';
import { sessionWords } from '../../domain/access/session.words.ts';
import { Card } from '../../ui/Card.tsx';
import { Crash } from '../../ui/Crash.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useLive } from '../../ui/live.ts';
import { keepSending, useQueuedActs, worksOffline } from '../../ui/offline.ts';
import { ThemeMenu } from '../../ui/ThemeMenu.tsx';
import { uiWords } from '../../ui/ui.words.ts';
import { useAddressPath } from '../../ui/useAddressState.ts';
import { useFrameTitle } from '../../ui/useTitle.ts';
import { PhoneLink } from './PhoneLink.tsx';
import { type PhonePage, pages } from './pages.ts';
import { phonePageWords, phoneWords } from './phone.words.ts';
import { takeNewRelease, useNewRelease } from './worker.ts';
import './phone.css';

type PageBody = ComponentType<{ rest: string }>;
const bodies = new Map<PhonePage, PageBody>(
  pages.map((page) => [page, lazy(async () => ({ default: await page.load() }))]),
);

function subscribeOnline(listener: () => void): () => void {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}
const useIsOnline = () => useSyncExternalStore(subscribeOnline, () => navigator.onLine);

export function PhoneFrame() {
  const { me, community, refresh } = useSession();
  const may = useMay();
  const path = useAddressPath();
  const client = useQueryClient();
  useLive(client, community?.id ?? null);
  useEffect(() => keepSending(() => void client.invalidateQueries(), refresh), [client, refresh]);

  const [, word = '', rest = ''] = /^\/m\/([^/]*)\/?(.*)$/.exec(path) ?? [];
  const open = pages.filter((page) => may(page.permission));
  const isMine = word === 'mine';
  const page = isMine ? undefined : (open.find((one) => one.path === word) ?? open[0]);
  const Body = page && bodies.get(page);
  const title = isMine ? phoneWords.mine : page?.name ? phonePageWords[page.name] : uiWords.product;
  useFrameTitle(title === uiWords.product ? undefined : title, community?.name, path);
  const inBar = open.filter((one) => one.name !== undefined);
  return (
    <div className="phone">
      <header className="phonetop">
        <h1 className="grow">{title}</h1>
        <PhoneLink to="mine" className="plainlink">
          {me.user.name}
        </PhoneLink>
      </header>
      <Signal />
      <main className="phonepage">
        <Crash key={path}>
          <Suspense fallback={<div className="busyline" role="status" aria-label={uiWords.pages.loading} />}>
            {isMine ? (
              <MinePage />
            ) : Body ? (
              <Body rest={word === page?.path ? rest : ''} />
            ) : (
              <EmptyState title={phoneWords.noPages.title}>
                <p>{phoneWords.noPages.text}</p>
              </EmptyState>
            )}
          </Suspense>
        </Crash>
      </main>
      <nav className="phonebar" aria-label={phoneWords.mainNav}>
        {inBar.map((one) => (
          <PhoneLink key={one.path} to={one.path} isCurrent={one === page}>
            {one.name ? phonePageWords[one.name] : null}
          </PhoneLink>
        ))}
        <PhoneLink to="mine" isCurrent={isMine}>
          {phoneWords.mine}
        </PhoneLink>
      </nav>
    </div>
  );
}

/** Whether there is a signal, what waits for it, and whether a new release lies ready. */
function Signal() {
  const isOnline = useIsOnline();
  const waiting = useQueuedActs().filter((act) => act.refusal === undefined).length;
  const isNew = useNewRelease();
  const said = isOnline
    ? waiting > 0
      ? phoneWords.sending(waiting)
      : null
    : worksOffline()
      ? phoneWords.offline(waiting)
      : phoneWords.offlineOff;
  return (
    <>
      {said === null ? null : (
        <div className="phoneoffline" role="status">
          {said}
        </div>
      )}
      {isNew ? (
        <button type="button" className="phonenew" onClick={takeNewRelease}>
          {phoneWords.newRelease}
        </button>
      ) : null}
    </>
  );
}

function MinePage() {
  const waiting = useQueuedActs().filter((act) => !act.isReported).length;
  const { me, community, chooseCommunity, signOut } = useSession();
  return (
    <div className="stack">
      {window.isSecureContext ? null : <p className="notice warn">{phoneWords.notSecure}</p>}
      {me.communities.length > 1 ? (
        <Card title={phoneWords.community} flush>
          <div className="menu list">
            {me.communities.map((one) => (
              <button
                key={one.id}
                type="button"
                aria-current={one.id === community?.id}
                onClick={() => chooseCommunity(one.id)}
              >
                {one.name}
              </button>
            ))}
          </div>
        </Card>
      ) : null}
      <Card title={uiWords.theme.word} flush>
        <div className="menu list">
          <ThemeMenu />
        </div>
      </Card>
      <a className="btn wide tall" href="/">
        {phoneWords.desktop}
      </a>
      {waiting > 0 ? <p className="notice warn">{phoneWords.leaveWaiting(waiting)}</p> : null}
      <button type="button" className="btn wide tall" onClick={() => void signOut()}>
        {sessionWords.me.signOut}
      </button>
    </div>
  );
}
