// The staff app's frame filled: pages that exist and may be opened, community switcher, user menu, ribbons.
import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useParams } from '@tanstack/react-router';
import { type ComponentType, lazy, Suspense, useEffect } from 'react';
import type { Role } from '../../domain/access/role.contract.ts';
import { useMay, useSession } from '../../domain/access/screens/parts/session.ts';
import { sessionWords } from '../../domain/access/session.words.ts';
import { Crash } from '../../ui/Crash.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Frame, type FrameItem } from '../../ui/Frame.tsx';
import { useIsLive, useLive } from '../../ui/live.ts';
import { Popover } from '../../ui/Popover.tsx';
import { Sign } from '../../ui/Sign.tsx';
import { ThemeMenu } from '../../ui/ThemeMenu.tsx';
import { uiWords } from '../../ui/ui.words.ts';
import { useAddressPath } from '../../ui/useAddressState.ts';
import { type KeyMap, useKeys } from '../../ui/useKeys.ts';
import { useFrameTitle } from '../../ui/useTitle.ts';
import { frameSlots, pages, type StaffPage } from './pages.ts';
import { pageWords, staffWords } from './staff.words.ts';

const words = sessionWords.me;
const groups = ['now', 'money', 'tell', 'know'] as const;

const lazySlot = (load: (() => Promise<ComponentType>) | null) =>
  load === null ? null : lazy(async () => ({ default: await load() }));
const Omnibox = lazySlot(frameSlots.omnibox);
const Actions = lazySlot(frameSlots.actions);
const Bell = lazySlot(frameSlots.bell);
const Alarms = lazySlot(frameSlots.alarms);

/** `/c/LYHT/repairs/$repairId` fits the address of any repair. */
const pathFits = (pattern: string, path: string): boolean => {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  return wanted.length === given.length && wanted.every((part, at) => part.startsWith('$') || part === given[at]);
};

/** A contractor's man has a face of his own: the house's first pages would show him an empty house. */
const isForMe = (page: StaffPage, roles: readonly Role[]): boolean => {
  if (page.audience === undefined) return true;
  const isContractor = roles.length > 0 && roles.every((role) => role === 'contractor');
  return isContractor === (page.audience === 'contractor');
};

export function Shell() {
  const { me, community, chooseCommunity, signOut } = useSession();
  const may = useMay();
  const navigate = useNavigate();
  const path = useAddressPath();
  const { communityCode } = useParams({ strict: false });
  const isLive = useIsLive();
  useLive(useQueryClient(), community?.id ?? null);

  // The address names the community; a link from a colleague switches to it.
  const named = me.communities.find((one) => one.code === communityCode);
  useEffect(() => {
    if (named && named.id !== community?.id) chooseCommunity(named.id);
  }, [named, community?.id, chooseCommunity]);

  const base = community === null ? '' : `/c/${community.code}`;
  const open = pages.filter((page) => may(page.permission) && isForMe(page, community?.roles ?? []));
  const bare = open.find((page) => page.isBare && path === `${base}/${page.path}`);
  // A page that stands alone asks for nothing that only the frame shows: the wall is no place for anybody's cases (PR4).
  const counts = frameSlots.useCounts(bare ? '' : (community?.id ?? ''));
  const keys: KeyMap = {};
  for (const page of open) if (page.hotkey) keys[page.hotkey] = () => void navigate({ to: `${base}/${page.path}` });
  useKeys(keys, community !== null);
  const here = pages
    .filter((page) => pathFits(`${base}/${page.path}`, path))
    .sort((a, b) => Number(a.path.includes('$')) - Number(b.path.includes('$')))[0];
  const titleOf = here?.title ?? here?.name;
  const fallbackTitle = path === '/account' ? words.account : undefined;
  useFrameTitle(titleOf ? pageWords[titleOf] : fallbackTitle, community?.name, path);

  const itemOf = (page: StaffPage): FrameItem[] => {
    const { name, icon: Icon } = page;
    if (name === undefined) return [];
    const to = `${base}/${page.path}`;
    const count = counts[name];
    return [
      {
        key: page.path,
        word: pageWords[name],
        icon: Icon ? <Icon /> : null,
        isCurrent: path === to || path.startsWith(`${to}/`) || here?.under === page.path,
        ...(count ? { count } : {}),
        link: (inside, attributes) => (
          <Link to={to} {...attributes}>
            {inside}
          </Link>
        ),
      },
    ];
  };
  const grouped = groups.map((group) => open.filter((page) => page.group === group));
  const isUsed = (page: StaffPage) => page.usedWith === undefined || may(page.usedWith);
  const items = grouped.map((group) => group.filter(isUsed).flatMap(itemOf)).filter((group) => group.length > 0);
  const more = grouped.flatMap((group) => group.filter((page) => !isUsed(page)).flatMap(itemOf));

  if (bare) return <Page />;
  return (
    <Frame
      groups={items}
      more={{ word: staffWords.more, items: more }}
      place={path}
      brand={
        <Link to="/" className="brand">
          {uiWords.product}
        </Link>
      }
      switcher={
        community === null ? null : me.communities.length === 1 ? (
          <span className="muted">{community.name}</span>
        ) : (
          <Popover
            kind="menu"
            className="plain"
            name={`${words.switchCommunity}: ${community.name}`}
            label={
              <>
                <span>{community.name}</span>
                <Sign name="down" />
              </>
            }
          >
            {me.communities.map((one) => (
              <Link key={one.id} to={`/c/${one.code}`} aria-current={one.id === community.id}>
                <span className="grow">{one.name}</span>
                <span className="faint">{one.code}</span>
              </Link>
            ))}
          </Popover>
        )
      }
      omnibox={
        Omnibox && community ? (
          <Suspense>
            <Omnibox />
          </Suspense>
        ) : null
      }
      actions={
        Actions && community ? (
          <Suspense>
            <Actions />
          </Suspense>
        ) : null
      }
      userMenu={
        <>
          {Bell && community ? (
            <Suspense>
              <Bell />
            </Suspense>
          ) : null}
          <Popover
            kind="menu"
            className="plain"
            name={me.user.name}
            label={
              <>
                <Sign name="person" />
                <span className="wideonly">{me.user.name}</span>
              </>
            }
          >
            <Link to="/account">{words.account}</Link>
            <a href="/m/">{staffWords.toPhone}</a>
            <hr />
            <ThemeMenu />
            <hr />
            <button type="button" onClick={() => void signOut()}>
              {words.signOut}
            </button>
          </Popover>
        </>
      }
      ribbon={
        <>
          {Alarms && community ? (
            <Suspense>
              <Alarms />
            </Suspense>
          ) : null}
          {me.isDemo ? <div className="notice plain">{words.demo}</div> : null}
          {isLive ? null : (
            <div className="notice warn" role="status">
              {staffWords.notLive}
            </div>
          )}
        </>
      }
    >
      <Page />
    </Frame>
  );
}

function Page() {
  const path = useAddressPath();
  return (
    <Crash key={path}>
      <Suspense fallback={<div className="busyline" role="status" aria-label={uiWords.pages.loading} />}>
        <Outlet />
      </Suspense>
    </Crash>
  );
}

/** `/` and `/c/{code}`: on to the first page one may open. */
export function FirstPage() {
  const { me, community } = useSession();
  const may = useMay();
  const navigate = useNavigate();
  const { communityCode } = useParams({ strict: false });
  const target = me.communities.find((one) => one.code === communityCode) ?? community;
  const first = pages.find(
    (page) => page.group !== undefined && may(page.permission) && isForMe(page, target?.roles ?? []),
  );
  const to = target && first ? `/c/${target.code}/${first.path}` : null;
  useEffect(() => {
    if (to !== null) void navigate({ to, replace: true });
  }, [to, navigate]);
  if (to !== null) return null;
  const note = community === null ? words.noCommunity : staffWords.noPages;
  return (
    <EmptyState title={note.title}>
      <p>{note.text}</p>
    </EmptyState>
  );
}

export function NoSuchPage() {
  return (
    <EmptyState
      title={uiWords.notFound.title}
      action={
        <Link to="/" className="btn primary">
          {uiWords.notFound.home}
        </Link>
      }
    >
      <p>{uiWords.notFound.text}</p>
    </EmptyState>
  );
}
