// Earlier imports 导入记录, each to look at again; what nothing hangs on can be taken back.
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { z } from 'zod';
import { newId } from '../../../../kernel/id.ts';
import { dayOf, wallTimeOf } from '../../../../kernel/time.ts';
import { Card } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { Problem } from '../../../../ui/Problem.tsx';
import { uiWords } from '../../../../ui/ui.words.ts';
import { importPageWords, importStateWords } from '../../import-page.words.ts';
import { type ImportState, importRoutes, stayingKinds } from '../../import-run.contract.ts';
import { placeProblems } from '../../place.words.ts';

const words = importPageWords.history;
type Line = z.output<typeof importRoutes.listImports.response>['items'][number];

const lookOf: Record<ImportState, string> = {
  received: '',
  running: 'raised',
  previewed: '',
  rejected: 'high',
  done: 'good',
  failed: 'high',
  undoing: 'raised',
  undone: '',
};
const askAgainMs = 1000;
const isUnderWay = (line: Line) => line.state === 'undoing' || line.state === 'running';
const reasonOf = (code: string | null) => (code === null ? null : (placeProblems.titles[code]?.({}).zh ?? null));
const minuteWord = (instant: string) => `${dayOf(instant)} ${wallTimeOf(instant).slice(0, 5)}`;

export function ImportHistory(props: { communityId: string; openId: string; onOpen: (id: string) => void }) {
  const { communityId } = props;
  const client = useQueryClient();
  const [undoing, setUndoing] = useState<Line | null>(null);
  const imports = useInfiniteQuery({
    queryKey: ['import', communityId, 'list'],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(importRoutes.listImports, {
        params: { communityId },
        query: { limit: 10, ...(pageParam === '' ? {} : { cursor: pageParam }) },
        signal,
      }),
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.items.some(isUnderWay)) ? askAgainMs : false,
  });
  const lines = imports.data?.pages.flatMap((page) => page.items) ?? [];
  const isUndoing = lines.some((one) => one.state === 'undoing');
  useEffect(() => {
    // What goes on behind the answer has come to its end: the households are others now.
    if (isUndoing) return () => void client.invalidateQueries({ queryKey: ['unit', communityId] });
  }, [isUndoing, client, communityId]);
  return (
    <Card title={words.title} flush>
      <Problem error={imports.error} retry={() => void imports.refetch()} />
      {imports.isPending && !imports.error ? (
        <div className="busyline" role="status" aria-label={uiWords.loading} />
      ) : null}
      {imports.data && lines.length === 0 ? <p className="line muted">{words.none}</p> : null}
      {lines.map((one) => (
        <div key={one.id} className={one.id === props.openId ? 'line historyline at' : 'line historyline'}>
          <div className="row wrap">
            <b className="anywhere">{one.fileName}</b>
            <span className={`tag ${lookOf[one.state]}`}>{importStateWords[one.state]}</span>
            <span className="grow" />
            <span className="row">
              <button
                type="button"
                className="linklike"
                aria-label={`${words.open} ${one.fileName}`}
                onClick={() => props.onOpen(one.id)}
              >
                {words.open}
              </button>
              {one.state === 'done' && one.written > 0 && !stayingKinds.includes(one.kind) ? (
                <button
                  type="button"
                  className="linklike"
                  aria-label={`${words.undo} ${one.fileName}`}
                  onClick={() => setUndoing(one)}
                >
                  {words.undo}
                </button>
              ) : null}
            </span>
          </div>
          <div className="row wrap faint num">
            <span>{minuteWord(one.createdAt)}</span>
            <span>{one.startedBy.name}</span>
            <span>{`${words.counts} ${one.rows.toLocaleString('zh-CN')}`}</span>
            {one.state === 'done' ? <span>{`${words.written} ${one.written.toLocaleString('zh-CN')}`}</span> : null}
            {one.undoneAt === null ? null : <span>{words.undone(minuteWord(one.undoneAt))}</span>}
          </div>
          {one.state === 'undoing' ? (
            <div className="faint" role="status">
              {words.undoing}
              <div className="busyline" />
            </div>
          ) : null}
          {one.state === 'done' && reasonOf(one.errorCode) ? (
            <p className="notice bad" role="alert">
              {reasonOf(one.errorCode)}
            </p>
          ) : null}
        </div>
      ))}
      {imports.hasNextPage ? (
        <div className="row tablefoot">
          <button type="button" className="btn quiet" onClick={() => void imports.fetchNextPage()}>
            {words.more}
          </button>
        </div>
      ) : null}
      {undoing === null ? null : (
        <FormDialog
          title={words.undoTitle(undoing.fileName)}
          isOpen
          isRisky
          submitWord={words.undo}
          onClose={() => setUndoing(null)}
          onSubmit={async () => {
            await call(importRoutes.undoImport, { params: { communityId, id: undoing.id }, key: newId() });
            setUndoing(null);
            await client.invalidateQueries({ queryKey: ['import', communityId] });
            void client.invalidateQueries({ queryKey: ['unit', communityId] });
          }}
        >
          {() => <p>{words.undoText(undoing.written)}</p>}
        </FormDialog>
      )}
    </Card>
  );
}
