// The replay beside a draft: on time and late by kind, before and after, opened to the clocks behind each figure.
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { newId } from '../../../../kernel/id.ts';
import { Card } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { useCommunity, useMay } from '../../../access/screens/parts/session.ts';
import type { CaseKind } from '../../../cases/case.contract.ts';
import { caseAddress } from '../../../cases/screens/parts/caseAddress.ts';
import type { ClockKind } from '../../../clocks/clock.contract.ts';
import { clockKindWords, momentInWords } from '../../../clocks/clock.words.ts';
import { replayRoutes } from '../../replay.contract.ts';
import { replayOutcomeWords, replayPageWords as words } from '../../replay.words.ts';
import './replays.css';

const askAgainMs = 700;

export function ReplayCard({ standardId }: { standardId: string }) {
  const community = useCommunity();
  const may = useMay();
  const client = useQueryClient();
  const [open, setOpen] = useState<ClockKind | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isStarting, setStarting] = useState(false);
  const params = { communityId: community.id, id: standardId };
  const key = ['replay', community.id, standardId];
  const latest = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call(replayRoutes.getReplay, { params, signal }),
    refetchInterval: ({ state }) => (state.data?.replay?.state === 'running' ? askAgainMs : false),
  });
  const replay = latest.data?.replay ?? null;
  const isRunning = replay?.state === 'running';
  const start = async () => {
    setError(null);
    setStarting(true);
    try {
      await call(replayRoutes.startReplay, { params, key: newId() });
    } catch (caught) {
      setError(caught);
    } finally {
      setStarting(false);
      await client.invalidateQueries({ queryKey: key });
    }
  };
  return (
    <div className="no-print">
      <Card
        title={words.title}
        note={replay ? words.span(replay.fromOn, replay.untilOn, replay.cases) : undefined}
        actions={
          may('standard.edit') ? (
            <button
              type="button"
              className="btn"
              aria-busy={isStarting || isRunning}
              disabled={isStarting || isRunning}
              onClick={() => void start()}
            >
              {replay ? words.again : words.start}
            </button>
          ) : null
        }
        flush
      >
        <p className="muted replaytext">{words.explain}</p>
        <Problem error={latest.error ?? error} />
        {isRunning ? (
          <p className="replaytext" role="status">
            <progress max={Math.max(1, replay.cases)} value={replay.casesDone} />{' '}
            {words.progress(replay.casesDone, replay.cases)}
          </p>
        ) : null}
        {replay?.state === 'failed' ? <p className="replaytext fault">{words.failed}</p> : null}
        {replay?.isOld ? <p className="replaytext raised">{words.old}</p> : null}
        {replay?.state === 'done' && replay.counts.length === 0 ? <p className="replaytext">{words.none}</p> : null}
        {replay !== null && replay.counts.length > 0 ? (
          <div className="tablebox">
            <table className="data replaytable" data-wideonly="2 3">
              <thead>
                <tr>
                  <th>{words.kind}</th>
                  <th className="right">{words.wasOnTime}</th>
                  <th className="right">{words.wouldBeOnTime}</th>
                  <th className="right">{words.wasLate}</th>
                  <th className="right">{words.wouldBeLate}</th>
                  <th className="right">{words.changed}</th>
                </tr>
              </thead>
              <tbody>
                {[...replay.counts]
                  .sort((a, b) => b.changed - a.changed)
                  .map((count) => (
                    <tr key={count.kind} className={count.changed > 0 ? 'changed' : undefined}>
                      <td>{clockKindWords[count.kind]}</td>
                      <td className="right num">{count.was['on-time']}</td>
                      <td className="right num">{count.wouldBe['on-time']}</td>
                      <td className="right num">{count.was.late}</td>
                      <td className="right num">{count.wouldBe.late}</td>
                      <td className="right num">
                        {may('indicator.read') ? (
                          <button
                            type="button"
                            className="btn quiet"
                            aria-expanded={open === count.kind}
                            onClick={() => setOpen(open === count.kind ? null : count.kind)}
                          >
                            {count.changed}
                          </button>
                        ) : (
                          count.changed
                        )}
                      </td>
                    </tr>
                  ))}
              </tbody>
            </table>
          </div>
        ) : null}
        {open === null || replay === null ? null : (
          <ReplayRows key={`${replay.id}${open}`} standardId={standardId} replayId={replay.id} kind={open} />
        )}
      </Card>
    </div>
  );
}

function ReplayRows(props: { standardId: string; replayId: string; kind: ClockKind }) {
  const community = useCommunity();
  const [isChanged, setChanged] = useState(true);
  const rows = useInfiniteQuery({
    queryKey: ['replay', community.id, props.replayId, props.kind, isChanged],
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) =>
      call(replayRoutes.listReplayRows, {
        params: { communityId: community.id, id: props.standardId },
        query: {
          kind: props.kind,
          limit: 50,
          ...(isChanged ? { changed: 'true' } : {}),
          ...(pageParam === '' ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  const items = rows.data?.pages.flatMap((page) => page.items) ?? [];
  const due = (at: string | null) => (at === null ? '–' : momentInWords(at));
  const over = (minutes: number) => (minutes > 0 ? ` · ${words.over(minutes)}` : '');
  return (
    <div>
      <div className="row wrap replaytext">
        <b>{isChanged ? words.rows(clockKindWords[props.kind]) : words.allRows(clockKindWords[props.kind])}</b>
        <label className="row">
          <input type="checkbox" checked={isChanged} onChange={(event) => setChanged(event.target.checked)} />
          {words.onlyChanged}
        </label>
      </div>
      <Problem error={rows.error} />
      {rows.data && items.length === 0 ? <p className="replaytext muted">{words.noRows}</p> : null}
      {items.length === 0 ? null : (
        <div className="tablebox">
          <table className="data short">
            <thead>
              <tr>
                <th>{words.case}</th>
                <th>{words.was}</th>
                <th>{words.wouldBe}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((row) => (
                <tr key={row.clockId}>
                  <td>
                    <Link className="num" to={caseAddress(community.code, row.caseId, row.caseKind as CaseKind)}>
                      {row.caseCode}
                    </Link>
                  </td>
                  <td className="num">
                    {replayOutcomeWords[row.was]} · {words.due} {due(row.wasDueAt)}
                    {over(row.wasOverMinutes)}
                  </td>
                  <td className="num">
                    {replayOutcomeWords[row.wouldBe]} · {words.due} {due(row.wouldBeDueAt)}
                    {over(row.wouldBeOverMinutes)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.hasNextPage ? (
        <button type="button" className="btn replaytext" onClick={() => void rows.fetchNextPage()}>
          {words.more}
        </button>
      ) : null}
    </div>
  );
}
