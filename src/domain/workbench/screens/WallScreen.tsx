// Wall board 大屏: clocks and counts in letters that are read from five metres; neither name, room nor phone (PR4).
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { dayOf, instantOf, wallTimeOf, weekdayOf } from '../../../kernel/time.ts';
import { ClockBar } from '../../../ui/ClockBar.tsx';
import { call } from '../../../ui/call.ts';
import { useIsLive } from '../../../ui/live.ts';
import { useNowMs } from '../../../ui/now.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import type { ClockKind } from '../../clocks/clock.contract.ts';
import { clockKindWords } from '../../clocks/clock.words.ts';
import { type Wall, workbenchRoutes } from '../workbench.contract.ts';
import { categoryWord, isEndedState, levelWord, stateWord, wallWords as words } from '../workbench.words.ts';
import './wall.css';

const askAgainMs = 30_000;
/** What fits without scrolling at 1366 × 768. */
const rows = 7;
const states = 8;

export function WallScreen() {
  const community = useCommunity();
  const isLive = useIsLive();
  const wall = useQuery({
    queryKey: ['case', community.id, 'wall'],
    queryFn: ({ signal }) => call(workbenchRoutes.getWall, { params: { communityId: community.id }, signal }),
    refetchInterval: askAgainMs,
  });
  // A duty room at night: dark, whatever this device chose for its other pages.
  useEffect(() => {
    const before = document.documentElement.dataset.theme;
    document.documentElement.dataset.theme = 'dark';
    return () => {
      if (before === undefined) delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = before;
    };
  }, []);

  const data = wall.data;
  return (
    <main className="wall" id="page">
      <header>
        <h1>{data?.communityName ?? community.name}</h1>
        <span className="grow" />
        <WallTime />
        <Link to={`/c/${community.code}/desk`} className="btn quiet wallback">
          {words.back}
        </Link>
      </header>
      {data === undefined ? (
        wall.error === null ? (
          <div className="busyline" role="status" aria-label={uiWords.loading} />
        ) : (
          <Problem error={wall.error} retry={() => void wall.refetch()} />
        )
      ) : (
        <WallBody wall={data} />
      )}
      {isLive && wall.error === null ? null : (
        <p className="wallnote" role="status">
          {words.notLive}
        </p>
      )}
    </main>
  );
}

function WallTime() {
  const now = instantOf(useNowMs());
  const day = dayOf(now);
  return (
    <p className="walltime">
      <span>{words.day(day, words.weekdays[weekdayOf(day)] ?? '')}</span>
      <time dateTime={now}>{wallTimeOf(now)}</time>
    </p>
  );
}

function WallBody({ wall }: { wall: Wall }) {
  // What is ended is nobody's work any more: the years of it would fill the line.
  const most = wall.counts
    .filter((one) => one.cases > 0 && !isEndedState(one.kind, one.state))
    .sort((a, b) => b.cases - a.cases);
  return (
    <>
      <dl className="wallcounts">
        {(['open', 'overdue', 'receivedToday', 'endedToday'] as const).map((name) => (
          <div key={name} className={name === 'overdue' && wall.overdue > 0 ? 'hot' : undefined}>
            <dt>{words[name]}</dt>
            <dd>{wall[name]}</dd>
          </div>
        ))}
      </dl>
      <section className="wallnext" aria-label={words.next}>
        {wall.next.length === 0 ? <p className="wallnothing">{words.nothing}</p> : null}
        <ol>
          {wall.next.slice(0, rows).map((one) => (
            <li key={one.code}>
              {one.dueAt === null ? (
                <span className="wallnoclock">{words.noClock}</span>
              ) : (
                <ClockBar
                  facts={{
                    state: one.state === 'paused' ? 'paused' : 'running',
                    // Only the due time is shown here, so the bar is no measure: it is hidden by the style.
                    startedAt: wall.now,
                    dueAt: one.dueAt,
                  }}
                />
              )}
              <b className="num">{one.code}</b>
              <span>{one.building === null ? words.noBuilding : words.building(one.building)}</span>
              <span className="wallpair">
                <b>{levelWord(one)}</b>
                <span>{categoryWord(one.category)}</span>
              </span>
              <span className="wallpair">
                <b>{one.clockKind === null ? '' : (clockKindWords[one.clockKind as ClockKind] ?? '')}</b>
                <span>{stateWord(one.kind, one.state)}</span>
              </span>
            </li>
          ))}
        </ol>
      </section>
      <footer>
        {most.slice(0, states).map((one) => (
          <span key={`${one.kind} ${one.state}`}>
            {stateWord(one.kind, one.state)} <b>{one.cases}</b>
          </span>
        ))}
      </footer>
    </>
  );
}
