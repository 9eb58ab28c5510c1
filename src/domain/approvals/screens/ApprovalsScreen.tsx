// The page 审批: mine to decide, asked by me, decided by me; the chosen one lies beside the list and is decided by keyboard.
import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from '../../../ui/call.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FilterSelect } from '../../../ui/FilterSelect.tsx';
import { Problem } from '../../../ui/Problem.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { useKeys } from '../../../ui/useKeys.ts';
import { useMedia } from '../../../ui/useMedia.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { approvalKinds } from '../../standards/standard.contract.ts';
import { approvalNames } from '../../standards/standard.words.ts';
import { approvalRoutes, approvalStates } from '../approval.contract.ts';
import { approvalStateWords, approvalPageWords as words } from '../approval.words.ts';
import { approvalCodecs, approvalTabs } from './approvalAddress.ts';
import { ApprovalPanel } from './parts/ApprovalPanel.tsx';
import { ApprovalRow } from './parts/ApprovalRow.tsx';
import './parts/approvals.css';

export function ApprovalsScreen() {
  const community = useCommunity();
  const isNarrow = useMedia('(max-width: 900px)');
  const [filters, setFilters] = useAddressState(approvalCodecs);
  const { tab, kind, state } = filters;
  const list = useInfiniteQuery({
    queryKey: ['approval', community.id, 'list', tab, kind, state],
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) =>
      call(approvalRoutes.listApprovals, {
        params: { communityId: community.id },
        query: {
          limit: 50,
          ...(tab === 'all' ? {} : { mine: tab }),
          ...(kind === '' ? {} : { kind }),
          ...(state === '' || tab === 'to-decide' ? {} : { state }),
          ...(pageParam === '' ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const at = rows.findIndex((row) => row.id === filters.open);
  const go = (by: number) => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
    if (next) setFilters({ open: next.id });
  };
  useKeys({
    j: () => go(1),
    k: () => go(-1),
    arrowdown: () => go(1),
    arrowup: () => go(-1),
    escape: () => setFilters({ open: '' }),
  });
  // On a desk something always lies open: what waits longest is at hand without a click.
  const openId = filters.open !== '' ? filters.open : isNarrow ? '' : (rows[0]?.id ?? '');
  const isFiltered = kind !== '' || (state !== '' && tab !== 'to-decide');
  const afterDecision = () => {
    const next = rows[at + 1] ?? rows[at - 1];
    setFilters({ open: tab === 'to-decide' && next && next.id !== openId ? next.id : openId });
  };
  const listed = (
    <section className="card approvallist" aria-label={words.list}>
      <div className="approvalhead">
        <h1>{words.title}</h1>
        {list.data ? <span className="faint num">{words.counted(rows.length)}</span> : null}
        <span className="grow" />
        <span className="faint keysnote">{words.keys}</span>
      </div>
      <fieldset className="approvaltabs" aria-label={words.tabsLabel}>
        {approvalTabs.map((one) => (
          <button
            key={one}
            type="button"
            className={tab === one ? 'chip on' : 'chip'}
            aria-pressed={tab === one}
            onClick={() => setFilters({ tab: one, open: '' })}
          >
            {words.tabs[one]}
          </button>
        ))}
      </fieldset>
      <div className="approvalfilters field">
        <FilterSelect
          label={words.kind}
          value={kind}
          options={[['', words.allKinds], ...approvalKinds.map((one) => [one, approvalNames[one]] as const)]}
          onChange={(next) => setFilters({ kind: next, open: '' })}
        />
        {tab === 'to-decide' ? null : (
          <FilterSelect
            label={words.state}
            value={state}
            options={[['', words.allStates], ...approvalStates.map((one) => [one, approvalStateWords[one]] as const)]}
            onChange={(next) => setFilters({ state: next, open: '' })}
          />
        )}
      </div>
      <Problem error={list.error} retry={() => void list.refetch()} />
      {list.isLoading ? <div className="busyline" role="status" aria-label={uiWords.loading} /> : null}
      <ul className="approvalrows">
        {rows.map((row) => (
          <ApprovalRow key={row.id} row={row} isOpen={row.id === openId} onOpen={() => setFilters({ open: row.id })} />
        ))}
      </ul>
      {list.data && rows.length === 0 ? (
        <EmptyState
          title={isFiltered ? uiWords.empty.filtered : words.empty[tab].title}
          action={
            isFiltered ? (
              <button type="button" className="btn" onClick={() => setFilters({ kind: '', state: '' })}>
                {words.clear}
              </button>
            ) : null
          }
        >
          {isFiltered ? null : <p>{words.empty[tab].text}</p>}
        </EmptyState>
      ) : null}
      {list.hasNextPage ? (
        <button type="button" className="btn morerows" onClick={() => void list.fetchNextPage()}>
          {words.loadMore}
        </button>
      ) : null}
    </section>
  );
  if (isNarrow && openId !== '')
    return (
      <div className="stack">
        <button type="button" className="btn start" onClick={() => setFilters({ open: '' })}>
          {words.back}
        </button>
        <ApprovalPanel key={openId} id={openId} onDecided={afterDecision} />
      </div>
    );
  return (
    <div className={isNarrow ? 'stack' : 'approvals'}>
      {listed}
      {isNarrow ? null : openId === '' ? (
        <p className="muted approvalnone">{words.choose}</p>
      ) : (
        <ApprovalPanel key={openId} id={openId} onDecided={afterDecision} />
      )}
    </div>
  );
}
