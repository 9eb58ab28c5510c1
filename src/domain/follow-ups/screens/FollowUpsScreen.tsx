// The page 回访: what has to be asked, visited and reviewed, what is due first; the chosen one lies beside the list.
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { dayOf } from '../../../kernel/time.ts';
import { call } from '../../../ui/call.ts';
import { DataTable } from '../../../ui/DataTable.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FilterSelect } from '../../../ui/FilterSelect.tsx';
import { serverNow } from '../../../ui/now.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { Sign } from '../../../ui/Sign.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { useKeys } from '../../../ui/useKeys.ts';
import { useMedia } from '../../../ui/useMedia.ts';
import { download, workbookFile, workbookType } from '../../../ui/workbookFile.ts';
import { useCommunity, useMay } from '../../access/screens/parts/session.ts';
import { staffRoutes } from '../../access/staff.contract.ts';
import { type FollowUp, followUpRoutes, followUpSorts, followUpStates, verdicts } from '../follow-up.contract.ts';
import { followUpStateWords, verdictWords } from '../follow-up.words.ts';
import { callingRoles } from '../follow-up-facts.rules.ts';
import { batchWords, followUpListWords as words } from '../follow-up-page.words.ts';
import type { ReviewBatch } from '../follow-up-plan.contract.ts';
import { FollowUpCards } from './FollowUpCards.tsx';
import {
  askOf,
  type FollowUpAsk,
  type FollowUpFilters,
  followUpCodecs,
  followUpTabs,
  isFiltered,
  lastMonths,
  noFilters,
} from './followUpAddress.ts';
import { followUpColumns, sheetRowOf } from './followUpColumns.tsx';
import { BatchReview } from './parts/BatchReview.tsx';
import { FollowUpPanel } from './parts/FollowUpPanel.tsx';
import { followUpAddress, isWithin, lastWeekOf, refusalInWords } from './parts/followUpFacts.ts';
import { PlanDialog } from './parts/PlanDialog.tsx';
import { ShareWarnings } from './parts/ShareWarnings.tsx';
import { useFollowUpList, useIsWeekly, useTabCounts } from './useFollowUps.ts';
import '../../cases/screens/parts/board.css';
import './parts/follow-ups.css';

/** A file of more rows than this is no longer read by a person. */
const mostExported = 5000;
/** Follow-ups are kept two years (FU5). */
const monthsOffered = 25;

export function FollowUpsScreen() {
  const community = useCommunity();
  const may = useMay();
  const navigate = useNavigate();
  const isNarrow = useMedia('(max-width: 700px)');
  const isWeekly = useIsWeekly();
  const isReviewer = may('follow-up.review');
  const [filters, setFilters] = useAddressState(followUpCodecs);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [dialog, setDialog] = useState<'plan' | 'batch' | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [refusals, setRefusals] = useState<ReadonlyMap<string, string>>(new Map());
  const ask = askOf(filters, isReviewer);
  const list = useFollowUpList(community.id, ask);
  const counts = useTabCounts(community.id, isReviewer);
  useKeys({ escape: () => (filters.open === '' ? setChosen(new Set()) : setFilters({ open: '' })) });

  const change = (changes: Partial<FollowUpFilters>) => {
    setSaid(null);
    setRefusals(new Map());
    setChosen(new Set());
    setFilters(changes);
  };
  const open = (row: FollowUp) =>
    isNarrow ? void navigate({ to: followUpAddress(community.code, row.id) }) : setFilters({ open: row.id });
  const isBeside = filters.open !== '' && !isNarrow;
  const chosenRows = list.rows.filter((row) => chosen.has(row.id));
  const toPlan = chosenRows.filter((row) => row.state === 'due' || row.state === 'visit-due');
  const toReview = chosenRows.filter((row) => row.state === 'recorded');
  const at = list.rows.findIndex((row) => row.id === filters.open);
  // Once recorded it may have left the list; then the first is the next.
  const next = list.rows.find((row, index) => index > at && row.id !== filters.open);
  const mayPlan = may('follow-up.plan');
  const mayBatch = isReviewer && isWeekly;
  const isChoosable = !isBeside && (mayPlan || mayBatch);

  const tickLastWeek = () => {
    const week = lastWeekOf(dayOf(serverNow()));
    const own = list.rows.filter(
      (row) =>
        row.result !== null &&
        isWithin(row.result.at, week) &&
        row.moves.some((move) => move.name === 'review' && move.allowed),
    );
    setChosen(new Set(own.map((row) => row.id)));
    setSaid(own.length === 0 ? words.lastWeekNone : null);
  };
  const afterBatch = (answer: ReviewBatch) => {
    setDialog(null);
    setChosen(new Set(answer.refused.map((one) => one.id)));
    setRefusals(new Map(answer.refused.map((one) => [one.id, refusalInWords(one.reason)])));
    setSaid(
      [
        batchWords.done(answer.reviewed.length),
        ...answer.refused.map((one) =>
          batchWords.refused(one.code ?? batchWords.notListed, refusalInWords(one.reason)),
        ),
      ].join('；'),
    );
  };

  const emptyWords = words.empty[filters.tab];
  const empty = isFiltered(filters) ? (
    <EmptyState
      title={uiWords.empty.filtered}
      action={
        <button type="button" className="btn" onClick={() => change(noFilters)}>
          {words.clear}
        </button>
      }
    />
  ) : (
    <EmptyState title={emptyWords.title}>
      <p>{emptyWords.text}</p>
    </EmptyState>
  );

  return (
    <>
      <ShareWarnings onShow={(share) => change({ ...noFilters, tab: 'all', state: 'open', month: share.month })} />
      <div className={isBeside ? 'board open' : 'board'}>
        <section className="card boardlist" aria-label={words.rows}>
          <div className="boardhead">
            <h1>{words.title}</h1>
            {list.total === null ? null : <span className="faint num">{words.counted(list.total)}</span>}
            <span className="grow" />
            {mayPlan ? (
              <button type="button" className="btn" onClick={() => setDialog('plan')}>
                {toPlan.length > 0 ? words.planChosen(toPlan.length) : words.plan}
              </button>
            ) : null}
            <ExportButton communityId={community.id} ask={ask} />
            {may('follow-up.analysis') ? (
              <Link className="btn quiet" to={`/c/${community.code}/follow-ups/analysis`}>
                {words.month}
              </Link>
            ) : null}
          </div>
          <fieldset className="chips followuptabs" aria-label={words.tabsLabel}>
            {followUpTabs.map((tab) => (
              <button
                key={tab}
                type="button"
                className={filters.tab === tab ? 'chip on' : 'chip'}
                aria-pressed={filters.tab === tab}
                onClick={() => change({ tab, state: '' })}
              >
                {words.tabs[tab]} {counts[tab] === undefined ? null : <b className="num">{counts[tab]}</b>}
              </button>
            ))}
          </fieldset>
          <FilterBar filters={filters} change={change} isReviewer={isReviewer} />
          {said === null ? null : (
            <div className="inset">
              <div className={refusals.size > 0 ? 'notice warn' : 'notice good'} role="status">
                <Sign name={refusals.size > 0 ? 'warning' : 'met'} />
                <span className="grow">{said}</span>
                <button type="button" className="btn quiet" onClick={() => setSaid(null)}>
                  {words.close}
                </button>
              </div>
            </div>
          )}
          {list.error === null ? null : (
            <div className="inset">
              <Problem error={list.error} retry={list.retry} />
            </div>
          )}
          {isNarrow ? (
            <div className="cardlist">
              {list.isLoading ? <div className="busyline" role="status" aria-label={uiWords.loading} /> : null}
              <FollowUpCards rows={list.rows} communityCode={community.code} />
              {list.rows.length === 0 && !list.isLoading ? empty : null}
            </div>
          ) : (
            <DataTable
              name="follow-ups"
              label={words.rows}
              rows={list.rows}
              keyOf={(row) => row.id}
              nameOf={(row) => row.code}
              columns={followUpColumns({ communityCode: community.code, isBeside, refusals })}
              onOpen={open}
              openKey={filters.open === '' ? null : filters.open}
              chosen={isChoosable ? chosen : undefined}
              onChoose={setChosen}
              isLoading={list.isLoading}
              empty={empty}
              bar={
                chosenRows.length > 0 ? (
                  <fieldset className="chosenbar" aria-label={words.chosen(chosenRows.length)}>
                    <b>{words.chosen(chosenRows.length)}</b>
                    {mayPlan && toPlan.length > 0 ? (
                      <button type="button" className="btn primary" onClick={() => setDialog('plan')}>
                        {words.planChosen(toPlan.length)}
                      </button>
                    ) : null}
                    {mayBatch && toReview.length > 0 ? (
                      <button type="button" className="btn primary" onClick={() => setDialog('batch')}>
                        {batchWords.review(toReview.length)}
                      </button>
                    ) : null}
                    <button type="button" className="btn quiet" onClick={() => setChosen(new Set())}>
                      {words.unchoose}
                    </button>
                  </fieldset>
                ) : mayBatch && filters.tab === 'review' && !isBeside ? (
                  <button type="button" className="btn" onClick={tickLastWeek}>
                    {words.lastWeek}
                  </button>
                ) : (
                  <span className="faint num">
                    {list.total === null ? null : words.shown(list.rows.length, list.total)}
                  </span>
                )
              }
            />
          )}
          {list.hasMore ? (
            <div className="morebar">
              <button type="button" className="btn" aria-busy={list.isLoadingMore} onClick={list.loadMore}>
                {list.isLoadingMore ? uiWords.loading : words.more}
              </button>
            </div>
          ) : null}
        </section>
        {isBeside ? (
          <aside className="beside-panel" aria-label={words.beside}>
            <div className="besidebar no-print">
              <Link className="btn quiet" to={followUpAddress(community.code, filters.open)}>
                {words.openPage}
              </Link>
              <span className="grow" />
              <button type="button" className="btn quiet" onClick={() => setFilters({ open: '' })}>
                {words.close} <kbd>Esc</kbd>
              </button>
            </div>
            <FollowUpPanel
              key={filters.open}
              id={filters.open}
              onNext={next === undefined ? undefined : () => setFilters({ open: next.id })}
            />
          </aside>
        ) : null}
      </div>
      {dialog === 'plan' ? (
        <PlanDialog
          chosenIds={toPlan.map((row) => row.id)}
          onClose={() => setDialog(null)}
          onDone={(done) => {
            setDialog(null);
            setChosen(new Set());
            setSaid(done);
          }}
        />
      ) : null}
      {dialog === 'batch' ? (
        <BatchReview ids={toReview.map((row) => row.id)} onClose={() => setDialog(null)} onDone={afterBatch} />
      ) : null}
    </>
  );
}

function FilterBar(props: {
  filters: FollowUpFilters;
  change: (changes: Partial<FollowUpFilters>) => void;
  isReviewer: boolean;
}) {
  const { filters, change } = props;
  const community = useCommunity();
  const staff = useQuery({
    queryKey: ['staff', community.id],
    queryFn: ({ signal }) => call(staffRoutes.listStaff, { params: { communityId: community.id }, query: {}, signal }),
    staleTime: 300_000,
  });
  const months = lastMonths(dayOf(serverNow()).slice(0, 7), monthsOffered);
  return (
    <div className="filterbar followupfilters">
      <FilterSelect
        label={words.caller}
        value={filters.caller}
        options={[
          ['', words.anybody],
          ['me', words.me],
          ['none', words.nobody],
          ...(staff.data?.items ?? [])
            .filter((person) => person.roles.some((role) => (callingRoles as readonly string[]).includes(role)))
            .map((person) => [person.id, person.name] as const),
        ]}
        onChange={(caller) => change({ caller })}
      />
      <FilterSelect
        label={words.byMonth}
        value={filters.month}
        options={[['', words.anyMonth], ...months.map((month) => [month, words.monthOf(month)] as const)]}
        onChange={(month) => change({ month })}
      />
      <FilterSelect
        label={words.verdict}
        value={filters.verdict}
        options={[['', words.anyVerdict], ...verdicts.map((verdict) => [verdict, verdictWords[verdict]] as const)]}
        onChange={(verdict) => change({ verdict, ...(filters.tab === 'due' ? { tab: 'all' } : {}) })}
      />
      {filters.tab === 'all' ? (
        <FilterSelect
          label={words.state}
          value={filters.state}
          options={[
            ['', words.anyState],
            ['open', words.openStates],
            ...followUpStates.map((state) => [state, followUpStateWords[state]] as const),
          ]}
          onChange={(state) => change({ state })}
        />
      ) : null}
      <FilterSelect
        label={words.sort}
        value={filters.sort}
        options={followUpSorts.map((sort) => [sort, words.sorts[sort]] as const)}
        onChange={(sort) => change({ sort })}
      />
      {filters.tab === 'review' && props.isReviewer ? (
        <label className="row tickfilter">
          <input
            type="checkbox"
            checked={!filters.others}
            onChange={(event) => change({ others: !event.target.checked })}
          />
          {words.toReview}
        </label>
      ) : null}
      {isFiltered(filters) ? (
        <button type="button" className="btn quiet" onClick={() => change(noFilters)}>
          {words.clear}
        </button>
      ) : null}
    </div>
  );
}

function ExportButton(props: { communityId: string; ask: FollowUpAsk }) {
  const [state, setState] = useState<'idle' | 'busy' | 'cut'>('idle');
  const [error, setError] = useState<unknown>(null);
  const exportRows = async () => {
    setState('busy');
    setError(null);
    try {
      const rows: FollowUp[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof readPage>> = await readPage(props.communityId, props.ask, cursor);
        rows.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null && rows.length < mostExported);
      const file = workbookFile({
        name: words.sheetName,
        head: words.sheetHead,
        widths: words.sheetWidths,
        rows: rows.map(sheetRowOf),
      });
      download(file, workbookType, words.fileName(dayOf(serverNow())));
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

const readPage = (communityId: string, ask: FollowUpAsk, cursor: string | null) =>
  call(followUpRoutes.listFollowUps, {
    params: { communityId },
    query: { ...ask, limit: 200, ...(cursor === null ? {} : { cursor }) },
  });
