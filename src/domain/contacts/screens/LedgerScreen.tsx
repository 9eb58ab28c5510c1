// Desk ledger 前台台账 by day: what came in, who took it, what came of it; day and filter stand in the address (FD1, FD5).
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { dayOf, isDay, plusDays, wallTimeOf } from '../../../kernel/time.ts';
import { oneOfCodec, textCodec } from '../../../ui/addressState.ts';
import { Card } from '../../../ui/Card.tsx';
import { call } from '../../../ui/call.ts';
import { type Column, DataTable } from '../../../ui/DataTable.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { serverNow } from '../../../ui/now.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { useCommunity, useMay } from '../../access/screens/parts/session.ts';
import { channelWords } from '../../cases/case.words.ts';
import { caseAddress } from '../../cases/screens/parts/caseAddress.ts';
import { type Contact, contactRoutes, contactStates } from '../contact.contract.ts';
import { contactStateWords } from '../contact.words.ts';
import { ledgerWords as words } from '../new-contact.words.ts';
import { LedgerReviewBar } from './parts/LedgerReviewBar.tsx';
import './ledger.css';

const pageLines = 50;
const codecs = { day: textCodec(), state: oneOfCodec(['all', ...contactStates], 'all') };

export function LedgerScreen() {
  const community = useCommunity();
  const mayWrite = useMay()('contact.write');
  const navigate = useNavigate();
  const [filter, setFilter] = useAddressState(codecs);
  const today = dayOf(serverNow());
  const day = isDay(filter.day) ? filter.day : today;
  const ledger = useInfiniteQuery({
    queryKey: ['contact', community.id, 'ledger', day, filter.state],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      call(contactRoutes.listContacts, {
        params: { communityId: community.id },
        query: {
          day,
          state: filter.state === 'all' ? undefined : filter.state,
          limit: pageLines,
          cursor: pageParam ?? undefined,
        },
        signal,
      }),
    getNextPageParam: (page) => page.nextCursor,
  });
  const rows = ledger.data?.pages.flatMap((page) => page.items) ?? [];
  const toDay = (next: string) => setFilter({ day: next === today ? '' : next });
  return (
    <Card
      title={words.heading}
      note={day}
      actions={
        mayWrite ? (
          <Link to={`/c/${community.code}/contacts/new`} className="btn">
            {words.add}
            <kbd>F2</kbd>
          </Link>
        ) : null
      }
      flush
    >
      <Problem error={ledger.error} retry={() => void ledger.refetch()} />
      <LedgerReviewBar day={day} onDay={toDay} />
      <DataTable<Contact>
        name="contacts"
        label={words.label}
        rows={rows}
        keyOf={(row) => row.id}
        nameOf={(row) => row.code}
        columns={columns(community.code)}
        isLoading={ledger.isFetching && rows.length === 0}
        onOpen={(row) => {
          if (row.caseId !== null)
            void navigate({ to: caseAddress(community.code, row.caseId, row.caseKind ?? 'repair') });
        }}
        empty={<EmptyState title={words.empty} />}
        bar={
          <>
            <button type="button" className="btn" aria-label={words.previous} onClick={() => toDay(plusDays(day, -1))}>
              ‹
            </button>
            <input
              className="dayfield num"
              type="date"
              aria-label={words.day}
              value={day}
              max={today}
              onChange={(event) => event.target.value !== '' && toDay(event.target.value)}
            />
            <button
              type="button"
              className="btn"
              aria-label={words.next}
              disabled={day >= today}
              onClick={() => toDay(plusDays(day, 1))}
            >
              ›
            </button>
            {day === today ? null : (
              <button type="button" className="btn quiet" onClick={() => toDay(today)}>
                {words.today}
              </button>
            )}
            <select
              className="dayfield"
              aria-label={words.state}
              value={filter.state}
              onChange={(event) => setFilter({ state: codecs.state.read(event.target.value) ?? 'all' })}
            >
              <option value="all">{words.all}</option>
              {contactStates.map((state) => (
                <option key={state} value={state}>
                  {contactStateWords[state]}
                </option>
              ))}
            </select>
          </>
        }
      />
      {ledger.hasNextPage ? (
        <p className="line">
          <button
            type="button"
            className="btn wide"
            aria-busy={ledger.isFetchingNextPage}
            onClick={() => void ledger.fetchNextPage()}
          >
            {words.more}
          </button>
        </p>
      ) : null}
    </Card>
  );
}

const columns = (communityCode: string): Column<Contact>[] => [
  {
    key: 'time',
    word: words.columns.time,
    cell: (row) => <time dateTime={row.startedAt}>{wallTimeOf(row.startedAt).slice(0, 5)}</time>,
  },
  {
    key: 'code',
    word: words.columns.code,
    isWideOnly: true,
    cell: (row) => <span className="num nowrap">{row.code}</span>,
  },
  {
    key: 'channel',
    word: words.columns.channel,
    isWideOnly: true,
    cell: (row) => <span className="nowrap">{channelWords[row.channel]}</span>,
  },
  { key: 'unit', word: words.columns.unit, cell: (row) => <span className="roomcell num">{row.unit ?? ''}</span> },
  {
    key: 'who',
    word: words.columns.who,
    isWideOnly: true,
    cell: (row) => (
      <>
        {row.callerName ?? ''}
        {row.callerPhone === null ? null : <div className="faint num">{row.callerPhone}</div>}
      </>
    ),
  },
  { key: 'request', word: words.columns.request, cell: (row) => <span className="ledgertext">{row.request}</span> },
  {
    key: 'state',
    word: words.columns.state,
    cell: (row) => <span className={row.state === 'open' ? 'tag raised' : 'tag'}>{contactStateWords[row.state]}</span>,
  },
  {
    key: 'case',
    word: words.columns.case,
    isWideOnly: true,
    cell: (row) =>
      row.caseId === null ? null : (
        <Link className="num nowrap" to={caseAddress(communityCode, row.caseId, row.caseKind ?? 'repair')}>
          {row.caseCode}
        </Link>
      ),
  },
  {
    key: 'readBack',
    word: words.columns.readBack,
    isWideOnly: true,
    cell: (row) =>
      row.readBack ? (
        <span className="faint nowrap">{words.readBack}</span>
      ) : (
        <span className="tag raised">{words.notReadBack}</span>
      ),
  },
  {
    key: 'takenBy',
    word: words.columns.takenBy,
    isWideOnly: true,
    cell: (row) => <span className="nowrap">{row.takenBy.name}</span>,
  },
];
