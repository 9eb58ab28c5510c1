// The page 上门拜访: visits with their filters, who has how many households in a month, and what is to be improved.
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { monthOf } from '../../../kernel/time.ts';
import { Card } from '../../../ui/Card.tsx';
import { Choice } from '../../../ui/Choice.tsx';
import { type Column, DataTable } from '../../../ui/DataTable.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { serverNow } from '../../../ui/now.ts';
import { PageHead } from '../../../ui/PageHead.tsx';
import { Problem } from '../../../ui/Problem.tsx';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { briefMoment } from '../../../ui/wallTime.ts';
import { ColleaguePicker } from '../../access/screens/parts/ColleaguePicker.tsx';
import { useCommunity, useMay } from '../../access/screens/parts/session.ts';
import { improvementPartWords } from '../../improvements/improvement.words.ts';
import { ImprovementList } from '../../improvements/screens/parts/ImprovementList.tsx';
import type { Visit, VisitState } from '../visit.contract.ts';
import { visitStateWords } from '../visit.words.ts';
import { visitPageWords as words } from '../visit-page.words.ts';
import { AppointDialog } from './parts/AppointDialog.tsx';
import { DutyTable } from './parts/DutyTable.tsx';
import {
  improvementFilters,
  isMonth,
  isVisitState,
  useImprovements,
  useRefreshVisits,
  useVisitList,
  visitCodecs,
  visitTabs,
} from './useVisits.ts';
import './parts/visits.css';

export function VisitsScreen() {
  const community = useCommunity();
  const may = useMay();
  const refresh = useRefreshVisits();
  const [address, setAddress] = useAddressState(visitCodecs);
  const [isAppointing, setAppointing] = useState(false);
  const current = monthOf(serverNow());
  const month = isMonth(address.month) ? address.month : '';
  const shownMonth = month !== '' && month <= current ? month : current;
  return (
    <div className="stack visitpage">
      <PageHead title={words.title} note={community.name}>
        {may('visit.move') ? (
          <button type="button" className="btn primary" onClick={() => setAppointing(true)}>
            {words.appoint}
          </button>
        ) : null}
      </PageHead>
      <p className="muted no-print">{words.lead}</p>
      <div className="row wrap no-print" role="tablist" aria-label={words.title}>
        {visitTabs.map((tab) => (
          <button
            key={tab}
            type="button"
            role="tab"
            aria-selected={address.tab === tab}
            className={address.tab === tab ? 'btn primary' : 'btn'}
            onClick={() => setAddress({ tab })}
          >
            {words.tabs[tab]}
          </button>
        ))}
      </div>
      {address.tab === 'list' ? <VisitRows onAppoint={() => setAppointing(true)} /> : null}
      {address.tab === 'month' ? (
        <DutyTable
          month={shownMonth}
          current={current}
          onMonth={(to) => setAddress({ month: to === current ? '' : to })}
          onPerson={(id) => setAddress({ tab: 'list', visitor: id, month: shownMonth, state: '', late: false })}
        />
      ) : null}
      {address.tab === 'improvements' ? <Improvements onChanged={refresh} /> : null}
      {isAppointing ? (
        <AppointDialog
          onClose={() => setAppointing(false)}
          onDone={async () => {
            setAppointing(false);
            await refresh();
          }}
        />
      ) : null}
    </div>
  );
}

function VisitRows(props: { onAppoint: () => void }) {
  const community = useCommunity();
  const may = useMay();
  const navigate = useNavigate();
  const [address, setAddress] = useAddressState(visitCodecs);
  const ask = { month: address.month, state: address.state, visitor: address.visitor, late: address.late };
  const list = useVisitList(ask);
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const isFiltered = ask.month !== '' || ask.state !== '' || ask.visitor !== '' || ask.late;
  const addressOf = (row: Visit) => `/c/${community.code}/visits/${row.id}`;
  const columns: Column<Visit>[] = [
    {
      key: 'at',
      word: words.columns.at,
      cell: (row) => (
        <Link className="num nowrap" to={addressOf(row)}>
          {briefMoment(row.at, serverNow())}
        </Link>
      ),
    },
    { key: 'unit', word: words.columns.unit, cell: (row) => <span className="roomcell num">{row.unit.label}</span> },
    {
      key: 'visitor',
      word: words.columns.visitor,
      isWideOnly: true,
      cell: (row) => <span className="nowrap">{row.visitor.name}</span>,
    },
    {
      key: 'state',
      word: words.columns.state,
      cell: (row) => (
        <span className="row visitstates">
          <span className={row.isLate ? 'tag late' : 'tag'}>
            {row.isLate ? words.late : visitStateWords[row.state]}
          </span>
          {row.isInterview ? <span className="tag">{words.interview}</span> : null}
        </span>
      ),
    },
    {
      key: 'opinions',
      word: words.columns.opinions,
      cell: (row) => <span className="opinioncell">{row.result?.opinions ?? row.purpose ?? ''}</span>,
    },
    {
      key: 'improvements',
      word: words.columns.improvements,
      isWideOnly: true,
      cell: (row) => (
        <span className="num nowrap">
          {words.improvementCount(
            row.improvements.filter((one) => one.state === 'open' || one.state === 'done').length,
            row.improvements.length,
          )}
        </span>
      ),
    },
  ];
  return (
    <Card flush>
      <div className="visitfilters no-print">
        <div className="field">
          <label htmlFor="visit-month">{words.monthField}</label>
          <input
            id="visit-month"
            type="month"
            value={isMonth(ask.month) ? ask.month : ''}
            onChange={(event) => setAddress({ month: event.target.value })}
          />
        </div>
        <Choice<VisitState>
          label={words.state}
          value={isVisitState(ask.state) ? ask.state : ''}
          words={visitStateWords}
          none={words.allStates}
          onChange={(state) => setAddress({ state })}
        />
        <ColleaguePicker
          communityId={community.id}
          label={words.visitor}
          none={words.everybody}
          value={ask.visitor}
          onChange={(visitor) => setAddress({ visitor })}
        />
        <label className="row">
          <input type="checkbox" checked={ask.late} onChange={(event) => setAddress({ late: event.target.checked })} />
          {words.onlyLate}
        </label>
      </div>
      <Problem error={list.error} retry={() => void list.refetch()} />
      <DataTable<Visit>
        name="visits"
        label={words.rows}
        rows={rows}
        keyOf={(row) => row.id}
        nameOf={(row) => row.unit.label}
        columns={columns}
        onOpen={(row) => void navigate({ to: addressOf(row) })}
        isLoading={list.isFetching && rows.length === 0}
        empty={
          isFiltered ? (
            <EmptyState
              title={words.noneFound}
              action={
                <button
                  type="button"
                  className="btn"
                  onClick={() => setAddress({ month: '', state: '', visitor: '', late: false })}
                >
                  {words.clear}
                </button>
              }
            />
          ) : (
            <EmptyState
              title={words.none}
              action={
                may('visit.move') ? (
                  <button type="button" className="btn primary" onClick={props.onAppoint}>
                    {words.appoint}
                  </button>
                ) : null
              }
            >
              <p>{words.noneText}</p>
            </EmptyState>
          )
        }
      />
      <More list={list} />
    </Card>
  );
}

function More(props: { list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown } }) {
  if (!props.list.hasNextPage) return null;
  return (
    <p className="line">
      <button
        type="button"
        className="btn wide"
        aria-busy={props.list.isFetchingNextPage}
        onClick={() => void props.list.fetchNextPage()}
      >
        {words.more}
      </button>
    </p>
  );
}

function Improvements(props: { onChanged: () => Promise<unknown> }) {
  const [address, setAddress] = useAddressState(visitCodecs);
  const list = useImprovements(address.show);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card flush>
      <fieldset className="chips visitchips no-print" aria-label={improvementPartWords.state}>
        {improvementFilters.map((show) => (
          <button
            key={show}
            type="button"
            className={address.show === show ? 'chip on' : 'chip'}
            aria-pressed={address.show === show}
            onClick={() => setAddress({ show })}
          >
            {improvementPartWords.filters[show]}
          </button>
        ))}
      </fieldset>
      <Problem error={list.error} retry={() => void list.refetch()} />
      {items.length === 0 && !list.isFetching ? (
        <EmptyState title={improvementPartWords.none}>
          <p>{improvementPartWords.noneText}</p>
        </EmptyState>
      ) : (
        <ImprovementList items={items} isMixed onChanged={props.onChanged} />
      )}
      <More list={list} />
    </Card>
  );
}
