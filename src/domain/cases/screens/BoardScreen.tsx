// The board 事项: every kind of case as a table or by state, found by filters that stand in the address.
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { dayOf } from '../../../kernel/time.ts';
import { call } from '../../../ui/call.ts';
import { DataTable } from '../../../ui/DataTable.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FilterSelect } from '../../../ui/FilterSelect.tsx';
import { serverNow } from '../../../ui/now.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { useKeys } from '../../../ui/useKeys.ts';
import { useMedia } from '../../../ui/useMedia.ts';
import { download, workbookFile, workbookType } from '../../../ui/workbookFile.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { staffRoutes } from '../../access/staff.contract.ts';
import { boardWords as words } from '../board.words.ts';
import { type BoardRow, caseKinds, countCases, listCases } from '../case.contract.ts';
import { caseKindWords } from '../case.words.ts';
import { BoardKanban } from './BoardKanban.tsx';
import { askOf, boardCodecs, isFiltered, noFilters } from './boardAddress.ts';
import { boardColumns, sheetRowOf } from './boardColumns.tsx';
import { OriginChoice } from './OriginChoice.tsx';
import { BulkRemind } from './parts/BulkRemind.tsx';
import { CaseCard } from './parts/CaseCard.tsx';
import type { CaseFaces } from './parts/caseFace.ts';
import { SavedViews } from './SavedViews.tsx';
import { useBoard } from './useBoard.ts';
import './parts/board.css';

/** A file of more rows than this is no longer read by a person. */
const mostExported = 5000;

export function BoardScreen({ faces }: { faces: CaseFaces }) {
  const community = useCommunity();
  const params = { communityId: community.id };
  const navigate = useNavigate();
  const isNarrow = useMedia('(max-width: 700px)');
  const [filters, setFilters] = useAddressState(boardCodecs);
  const [isPointed, setPointed] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const search = useRef<HTMLInputElement>(null);
  const ask = askOf(filters);
  const isTable = filters.view === 'table';
  const board = useBoard(community.id, ask, isPointed || filters.open !== '');
  const counts = useQuery({
    queryKey: ['case', community.id, 'counts', filters.kind],
    queryFn: ({ signal }) =>
      call(countCases, { params, query: filters.kind === 'all' ? {} : { kind: filters.kind }, signal }),
  });
  const overdue = useQuery({
    queryKey: ['case', community.id, 'overdue'],
    queryFn: ({ signal }) => call(listCases, { params, query: { overdue: 'true', count: 'true', limit: 1 }, signal }),
  });
  const staff = useQuery({
    queryKey: ['staff', community.id],
    queryFn: ({ signal }) => call(staffRoutes.listStaff, { params, query: {}, signal }),
    staleTime: 300_000,
  });
  useKeys({
    escape: () => (filters.open === '' ? setChosen(new Set()) : setFilters({ open: '' })),
    f: () => search.current?.focus(),
  });

  const pathOf = (row: BoardRow): string | null => {
    const path = faces[row.kind]?.pathOf(row.id);
    return path === undefined ? null : `/c/${community.code}/${path}`;
  };
  const open = (row: BoardRow) => {
    const path = pathOf(row);
    if (path !== null && isNarrow) void navigate({ to: path });
    else setFilters({ open: row.id });
  };
  // Chosen is what one sees chosen: a row that left the list is no longer acted on.
  const chosenRows = board.rows.filter((row) => chosen.has(row.id));
  const openRow = filters.open === '' ? undefined : board.rows.find((row) => row.id === filters.open);
  // The list may not hold it any more; then whoever knows it may still show it.
  const [openKind, setOpenKind] = useState<BoardRow['kind']>('repair');
  useEffect(() => {
    if (openRow) setOpenKind(openRow.kind);
  }, [openRow]);
  const Beside = filters.open === '' || isNarrow ? undefined : faces[openRow?.kind ?? openKind]?.Beside;

  const stateCounts = new Map<string, { word: string; cases: number }>();
  for (const [kind, face] of Object.entries(faces)) {
    if (filters.kind !== 'all' && filters.kind !== kind) continue;
    for (const state of face.states) {
      const cases = (counts.data?.items ?? [])
        .filter((one) => one.kind === kind && one.state === state)
        .reduce((sum, one) => sum + one.cases, 0);
      const before = stateCounts.get(state)?.cases ?? 0;
      if (cases + before > 0) stateCounts.set(state, { word: face.stateWord(state), cases: cases + before });
    }
  }
  // Two kinds may call two states by one word: states are shown of a chosen kind, or the one that an address names.
  const shownStates = [...stateCounts].filter(([state]) => filters.kind !== 'all' || filters.state === state);
  const openCases = (counts.data?.items ?? [])
    .filter((one) => !faces[one.kind]?.isEnded(one.state))
    .reduce((sum, one) => sum + one.cases, 0);

  const sort =
    filters.sort === 'due'
      ? ({ field: 'due', down: false } as const)
      : ({ field: 'received', down: filters.sort === 'newest' } as const);
  const empty = isFiltered(filters) ? (
    <EmptyState
      title={uiWords.empty.filtered}
      action={
        <button type="button" className="btn" onClick={() => setFilters(noFilters)}>
          {words.clear}
        </button>
      }
    />
  ) : (
    <EmptyState title={words.empty}>
      <p>{words.emptyText}</p>
    </EmptyState>
  );

  return (
    <div className={Beside ? 'board open' : 'board'}>
      <section className="card boardlist" aria-label={words.rows}>
        <div className="boardhead">
          <h1>{words.title}</h1>
          {board.total === null ? null : <span className="faint num">{words.counted(board.total)}</span>}
          <span className="grow" />
          <fieldset className="switch" aria-label={words.how}>
            {(['table', 'kanban'] as const).map((view) => (
              <button
                key={view}
                type="button"
                aria-pressed={filters.view === view}
                onClick={() => setFilters({ view, ...(view === 'kanban' ? { open: '' } : {}) })}
              >
                {words[view]}
              </button>
            ))}
          </fieldset>
          <SavedViews overdue={overdue.data?.total ?? 0} openCases={openCases} />
          <ExportButton communityId={community.id} ask={ask} faces={faces} />
        </div>
        <div className="filterbar">
          <input
            ref={search}
            type="search"
            className="find"
            placeholder={words.search}
            aria-label={words.searchLabel}
            aria-keyshortcuts="f"
            value={filters.q}
            onChange={(event) => setFilters({ q: event.target.value.slice(0, 100) })}
          />
          <FilterSelect
            label={words.kind}
            value={filters.kind}
            options={[['all', words.allKinds], ...caseKinds.map((kind) => [kind, caseKindWords[kind]] as const)]}
            onChange={(kind) => setFilters({ kind, state: 'open' })}
          />
          <FilterSelect
            label={words.responsible}
            value={filters.responsible}
            options={[
              ['', words.anybody],
              ['me', words.me],
              ['none', words.nobody],
              ...(staff.data?.items ?? []).map(
                ({ id, name, load }) => [id, load > 0 ? `${name} (${load})` : name] as const,
              ),
            ]}
            onChange={(responsible) => setFilters({ responsible })}
          />
          <OriginChoice
            value={filters.origin}
            onChange={(origin) => setFilters({ origin, ...(origin === '' ? {} : { state: 'all' }) })}
          />
          <label className="row tickfilter">
            <input
              type="checkbox"
              checked={filters.overdue}
              onChange={(event) => setFilters({ overdue: event.target.checked })}
            />
            {words.overdue}
          </label>
          {filters.unit === '' ? null : (
            <button
              type="button"
              className="chip on"
              aria-label={words.removeFilter(words.thisUnit)}
              onClick={() => setFilters({ unit: '' })}
            >
              {board.rows[0]?.unit ? words.unitFilter(board.rows[0].unit) : words.thisUnit} ×
            </button>
          )}
          {isFiltered(filters) ? (
            <button type="button" className="btn quiet" onClick={() => setFilters(noFilters)}>
              {words.clear}
            </button>
          ) : null}
        </div>
        {isTable ? (
          <fieldset className="chips" aria-label={words.state}>
            <StateChip
              word={words.open}
              count={openCases}
              isOn={filters.state === 'open'}
              choose={() => setFilters({ state: 'open' })}
            />
            {shownStates.map(([state, one]) => (
              <StateChip
                key={state}
                word={one.word}
                count={one.cases}
                isOn={filters.state === state}
                choose={() => setFilters({ state })}
              />
            ))}
            <StateChip
              word={words.allStates}
              count={null}
              isOn={filters.state === 'all'}
              choose={() => setFilters({ state: 'all' })}
            />
          </fieldset>
        ) : null}
        {board.error === null ? null : (
          <div className="inset">
            <Problem error={board.error} retry={board.retry} />
          </div>
        )}
        {isTable && isNarrow ? (
          <div className="cardlist">
            {board.rows.map((row) => (
              <CaseCard
                key={row.id}
                row={row}
                faces={faces}
                withState
                to={pathOf(row)}
                isMarked={board.marked.has(row.id)}
              />
            ))}
            {board.isEmpty ? empty : null}
          </div>
        ) : isTable ? (
          // biome-ignore lint/a11y/noStaticElementInteractions: it only notices that somebody points at the rows
          <div onPointerEnter={() => setPointed(true)} onPointerLeave={() => setPointed(false)}>
            <DataTable
              name="board"
              label={words.rows}
              rows={board.rows}
              keyOf={(row) => row.id}
              nameOf={(row) => row.code}
              columns={boardColumns(faces, pathOf, Beside !== undefined)}
              sort={sort}
              onSort={(next) =>
                setFilters({
                  sort: next.field === 'due' ? 'due' : filters.sort === 'newest' ? 'oldest' : 'newest',
                })
              }
              onOpen={open}
              openKey={filters.open === '' ? null : filters.open}
              markOf={(row) => (board.marked.has(row.id) ? 'fresh' : undefined)}
              chosen={Beside ? undefined : chosen}
              onChoose={setChosen}
              isLoading={board.isLoading}
              empty={board.isEmpty ? empty : null}
              bar={
                chosenRows.length > 0 ? (
                  <ChosenBar rows={chosenRows} faces={faces} setChosen={setChosen} />
                ) : board.waiting > 0 ? (
                  <button type="button" className="chip news" onClick={board.renew}>
                    {words.updated(board.waiting)} · {words.show}
                  </button>
                ) : (
                  <span className="faint num">
                    {board.total === null ? null : words.shown(board.rows.length, board.total)}
                  </span>
                )
              }
            />
          </div>
        ) : (
          <BoardKanban faces={faces} ask={ask} kind={filters.kind} counts={stateCounts} pathOf={pathOf} />
        )}
        {isTable && board.hasMore ? (
          <div className="morebar">
            <button type="button" className="btn" aria-busy={board.isLoadingMore} onClick={board.loadMore}>
              {board.isLoadingMore ? uiWords.loading : words.more}
            </button>
          </div>
        ) : null}
      </section>
      {Beside ? (
        <aside className="beside-panel" aria-label={words.beside}>
          <div className="besidebar no-print">
            {openRow && pathOf(openRow) !== null ? (
              <Link className="btn quiet" to={pathOf(openRow) ?? ''}>
                {words.openPage}
              </Link>
            ) : null}
            <span className="grow" />
            <button type="button" className="btn quiet" onClick={() => setFilters({ open: '' })}>
              {words.close} <kbd>Esc</kbd>
            </button>
          </div>
          <Beside key={filters.open} id={filters.open} />
        </aside>
      ) : null}
    </div>
  );
}

function StateChip(props: { word: string; count: number | null; isOn: boolean; choose: () => void }) {
  return (
    <button type="button" className={props.isOn ? 'chip on' : 'chip'} aria-pressed={props.isOn} onClick={props.choose}>
      {props.word} {props.count === null ? null : <b className="num">{props.count}</b>}
    </button>
  );
}

/** What can be done with the chosen rows, in the place where else their number stands. */
function ChosenBar(props: {
  rows: readonly BoardRow[];
  faces: CaseFaces;
  setChosen: (change: (before: ReadonlySet<string>) => ReadonlySet<string>) => void;
}) {
  const { rows, faces, setChosen } = props;
  return (
    <fieldset className="chosenbar" aria-label={words.chosen(rows.length)}>
      <b>{words.chosen(rows.length)}</b>
      {Object.values(faces).map(({ kind, Bulk }) => {
        const own = rows.filter((row) => row.kind === kind);
        return Bulk && own.length > 0 ? (
          <Bulk
            key={kind}
            rows={own}
            onDone={(ids) => setChosen((before) => new Set([...before].filter((id) => !ids.includes(id))))}
          />
        ) : null;
      })}
      <BulkRemind rows={rows} />
      <button type="button" className="btn" onClick={() => saveRows(rows, faces)}>
        {words.exportChosen(rows.length)}
      </button>
      <button type="button" className="btn quiet" onClick={() => setChosen(() => new Set())}>
        {words.unchoose}
      </button>
    </fieldset>
  );
}

function ExportButton(props: { communityId: string; ask: ReturnType<typeof askOf>; faces: CaseFaces }) {
  const [state, setState] = useState<'idle' | 'busy' | 'cut'>('idle');
  const [error, setError] = useState<unknown>(null);
  const exportRows = async () => {
    setState('busy');
    setError(null);
    try {
      const rows: BoardRow[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof readPage>> = await readPage(props.communityId, props.ask, cursor);
        rows.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null && rows.length < mostExported);
      saveRows(rows, props.faces);
      setState(cursor === null ? 'idle' : 'cut');
    } catch (problem) {
      setError(problem);
      setState('idle');
    }
  };
  return (
    <>
      <button type="button" className="btn quiet" disabled={state === 'busy'} onClick={() => void exportRows()}>
        {state === 'busy' ? words.exporting : words.export}
      </button>
      {state === 'cut' ? <span className="faint">{words.exportedMost(mostExported)}</span> : null}
      <Problem error={error} />
    </>
  );
}

function saveRows(rows: readonly BoardRow[], faces: CaseFaces): void {
  const file = workbookFile({
    name: words.sheetName,
    head: words.sheetHead,
    widths: words.sheetWidths,
    rows: rows.map((row) => sheetRowOf(row, faces)),
  });
  download(file, workbookType, words.fileName(dayOf(serverNow())));
}

const readPage = (communityId: string, ask: ReturnType<typeof askOf>, cursor: string | null) =>
  call(listCases, {
    params: { communityId },
    query: { ...ask, limit: 200, ...(cursor === null ? {} : { cursor }) },
  });
