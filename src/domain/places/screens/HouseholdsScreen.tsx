// Households 房户: search eight ways as one types, list or building map; a household opens beside. All of it stands in
// the address.
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { countCodec, oneOfCodec, textCodec } from '../../../ui/addressState.ts';
import { Choice } from '../../../ui/Choice.tsx';
import { call } from '../../../ui/call.ts';
import { type Column, DataTable } from '../../../ui/DataTable.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Problem } from '../../../ui/Problem.tsx';
import { Sign } from '../../../ui/Sign.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { useKeys } from '../../../ui/useKeys.ts';
import { useSettled } from '../../../ui/useSettled.ts';
import { useCommunity, useMay } from '../../access/screens/parts/session.ts';
import { relationWords } from '../../parties/party.words.ts';
import { householdWords, matchedByWords } from '../household.words.ts';
import { unitStates } from '../import.contract.ts';
import { unitStateWords, unitUsageWords } from '../place.words.ts';
import { type UnitItem, unitRoutes } from '../unit.contract.ts';
import { BuildingPicture, colourings } from './parts/BuildingPicture.tsx';
import type { CaseSight } from './parts/caseSight.ts';
import { HouseholdCards } from './parts/HouseholdCards.tsx';
import { UnitStateTag } from './parts/UnitStateTag.tsx';
import { useHousehold } from './parts/useHousehold.ts';
import './parts/households.css';

const words = householdWords;
const firstPage = 50;
const laterPage = 100;
const foundAtMost = 50;
/** Below this width a household opens as its own page. */
const besideFrom = '(min-width: 1101px)';

const codecs = {
  q: textCodec(),
  building: textCodec(),
  state: oneOfCodec(['', ...unitStates], ''),
  view: oneOfCodec(['list', 'map'], 'list'),
  colour: oneOfCodec(colourings, 'state'),
  open: textCodec(),
  shown: countCodec(firstPage),
};

const peopleWord = (unit: UnitItem) => {
  const named = unit.people.slice(0, 2).map((one) => `${one.name}（${relationWords[one.relation]}）`);
  return unit.people.length > 2 ? `${named.join('、')} ${words.more(unit.people.length)}` : named.join('、');
};

export function HouseholdsScreen({ cases }: { cases: CaseSight }) {
  const community = useCommunity();
  const may = useMay();
  const navigate = useNavigate();
  const [address, setAddress] = useAddressState(codecs);
  const [typed, setTyped] = useState(address.q);
  const box = useRef<HTMLInputElement>(null);
  const q = useSettled(typed.trim());
  const { building, state, open } = address;
  const params = { communityId: community.id };
  const openCases = cases.useOpenCases(community.id);

  useEffect(() => {
    if (q !== address.q) setAddress({ q });
    // Only what was typed goes to the address; an address changed elsewhere comes back by the effect below.
  }, [q, address.q, setAddress]);

  const buildings = useQuery({
    queryKey: ['unit', community.id, 'buildings'],
    queryFn: ({ signal }) => call(unitRoutes.listBuildings, { params, signal }).then((answer) => answer.items),
  });
  const units = useInfiniteQuery({
    queryKey: ['unit', community.id, 'list', { q, building, state }],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(unitRoutes.listUnits, {
        params,
        query: {
          limit: q !== '' ? foundAtMost : pageParam === '' ? firstPage : laterPage,
          ...(q === '' ? {} : { q }),
          ...(building === '' ? {} : { building }),
          ...(state === '' ? {} : { state }),
          ...(pageParam === '' ? {} : { cursor: pageParam }),
          ...(q === '' && pageParam === '' ? { count: 'true' as const } : {}),
        },
        signal,
      }),
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    enabled: address.view === 'list',
  });
  const all = units.data?.pages.flatMap((page) => page.items) ?? [];
  // A search goes over the whole community; the filters then narrow what it found.
  const rows =
    q === ''
      ? all
      : all.filter((unit) => (!building || unit.building === building) && (!state || unit.state === state));
  const total = units.data?.pages[0]?.total;
  const isFiltered = q !== '' || building !== '' || state !== '';
  const clear = () => {
    setTyped('');
    setAddress({ q: '', building: '', state: '' });
  };
  const openUnit = (unit: UnitItem) => {
    if (window.matchMedia(besideFrom).matches) setAddress({ open: unit.id });
    else void navigate({ to: `/c/${community.code}/households/${unit.id}` });
  };
  useKeys({
    f: () => box.current?.focus(),
    ...(open === '' ? {} : { escape: () => setAddress({ open: '' }) }),
  });

  const columns: Column<UnitItem>[] = [
    { key: 'label', word: words.columns.label, cell: (unit) => <b className="num nowrap">{unit.label}</b> },
    {
      key: 'people',
      word: words.columns.people,
      cell: (unit) =>
        unit.people.length === 0 ? (
          <span className="faint">{words.nobody}</span>
        ) : (
          <span className="anywhere">{peopleWord(unit)}</span>
        ),
    },
    ...(q === ''
      ? []
      : [
          {
            key: 'by',
            word: words.columns.by,
            cell: (unit: UnitItem) => (
              <span className="faint nowrap">{unit.matchedBy === null ? '' : matchedByWords[unit.matchedBy]}</span>
            ),
          },
        ]),
    {
      key: 'area',
      word: words.columns.area,
      isRight: true,
      cell: (unit) => (unit.areaHundredthsM2 === null ? '' : words.area(unit.areaHundredthsM2)),
    },
    {
      key: 'usage',
      word: words.columns.usage,
      cell: (unit) => (unit.usage in unitUsageWords ? unitUsageWords[unit.usage as keyof typeof unitUsageWords] : ''),
    },
    { key: 'state', word: words.columns.state, cell: (unit) => <UnitStateTag state={unit.state} /> },
    ...(openCases === null
      ? []
      : [
          {
            key: 'cases',
            word: words.columns.cases,
            isRight: true,
            cell: (unit: UnitItem) => openCases.get(unit.id) ?? '',
          },
        ]),
  ];

  const buildingName = building !== '' ? building : (buildings.data?.[0]?.name ?? '');
  const filters = (
    <>
      <Choice
        label={words.building}
        isLabelHidden
        none={words.allBuildings}
        value={building}
        words={Object.fromEntries((buildings.data ?? []).map((one) => [one.name, words.map.building(one.name)]))}
        onChange={(next) => setAddress({ building: next })}
      />
      {address.view === 'map' ? null : (
        <Choice
          label={words.state}
          isLabelHidden
          none={words.allStates}
          value={state}
          words={unitStateWords}
          onChange={(next) => setAddress({ state: next })}
        />
      )}
    </>
  );
  const empty = isFiltered ? (
    <EmptyState
      title={q === '' ? uiWords.empty.filtered : words.notFound(q)}
      action={
        <button type="button" className="btn" onClick={clear}>
          {words.clear}
        </button>
      }
    >
      {q === '' ? null : <p>{words.notFoundHints}</p>}
    </EmptyState>
  ) : (
    <EmptyState
      title={words.emptyTitle}
      action={
        may('import.register') ? (
          <Link to={`/c/${community.code}/imports`} className="btn primary">
            {words.toImport}
          </Link>
        ) : undefined
      }
    >
      <p>{words.emptyText}</p>
    </EmptyState>
  );
  return (
    <div className={open === '' ? '' : 'besidewide'}>
      <div className="stack">
        <div className="row wrap pagehead">
          <h1>{words.title}</h1>
          <span className="faint num">
            {address.view === 'map' || units.isPlaceholderData
              ? ''
              : q !== ''
                ? words.found(rows.length)
                : total === undefined
                  ? ''
                  : words.total(total)}
          </span>
          <span className="grow" />
          {may('import.register') ? (
            <Link to={`/c/${community.code}/imports`} className="btn quiet">
              {words.toImport}
            </Link>
          ) : null}
          <fieldset className="segments">
            <legend className="unseen">{words.view}</legend>
            {(['list', 'map'] as const).map((view) => (
              <label key={view} className={address.view === view ? 'on' : undefined}>
                <input
                  type="radio"
                  name="view"
                  checked={address.view === view}
                  onChange={() => setAddress({ view }, { keep: true })}
                />
                {words.views[view]}
              </label>
            ))}
          </fieldset>
        </div>
        {address.view === 'list' ? (
          <>
            <div className="searchbox">
              <Sign name="find" />
              <input
                ref={box}
                type="search"
                aria-label={words.search}
                placeholder={words.searchHint}
                value={typed}
                maxLength={60}
                autoComplete="off"
                onChange={(event) => setTyped(event.target.value)}
                onKeyDown={(event) => {
                  if (event.nativeEvent.isComposing) return;
                  const first = rows[0];
                  if (event.key === 'Enter' && first) openUnit(first);
                  if (event.key === 'Escape') setTyped('');
                }}
              />
              <kbd>F</kbd>
            </div>
            <Problem error={units.error} retry={() => void units.refetch()} />
            <section className="card">
              <DataTable
                name="households"
                label={words.title}
                rows={rows}
                keyOf={(unit) => unit.id}
                nameOf={(unit) => unit.label}
                columns={columns}
                onOpen={openUnit}
                openKey={open === '' ? null : open}
                bar={filters}
                isLoading={units.isPending || units.isPlaceholderData}
                empty={units.error ? null : empty}
              />
              {q === '' && units.hasNextPage ? (
                <div className="row tablefoot">
                  <span className="faint num">{words.shown(rows.length, total ?? rows.length)}</span>
                  <button
                    type="button"
                    className="btn"
                    aria-busy={units.isFetchingNextPage}
                    onClick={() => void units.fetchNextPage()}
                  >
                    {uiWords.table.more}
                  </button>
                </div>
              ) : null}
            </section>
          </>
        ) : (
          <section className="card">
            <div className="tablebar">
              {filters}
              {openCases === null ? null : (
                <fieldset className="segments">
                  <legend className="unseen">{words.map.colourBy}</legend>
                  {colourings.map((colour) => (
                    <label key={colour} className={address.colour === colour ? 'on' : undefined}>
                      <input
                        type="radio"
                        name="colour"
                        checked={address.colour === colour}
                        onChange={() => setAddress({ colour })}
                      />
                      {words.map.colours[colour]}
                    </label>
                  ))}
                </fieldset>
              )}
            </div>
            <Problem error={buildings.error} retry={() => void buildings.refetch()} />
            {buildings.data?.length === 0 ? (
              empty
            ) : (
              <BuildingPicture
                communityId={community.id}
                building={buildingName}
                colouring={openCases === null ? 'state' : address.colour}
                openCases={openCases}
                openId={open}
                onOpen={openUnit}
              />
            )}
          </section>
        )}
      </div>
      {open === '' ? null : <Beside unitId={open} cases={cases} onClose={() => setAddress({ open: '' })} />}
    </div>
  );
}

function Beside(props: { unitId: string; cases: CaseSight; onClose: () => void }) {
  const community = useCommunity();
  const household = useHousehold(community.id, props.unitId);
  const actions = (
    <>
      <Link to={`/c/${community.code}/households/${props.unitId}`} className="btn">
        {words.openWhole}
      </Link>
      <button type="button" className="btn quiet" onClick={props.onClose}>
        {words.closeBeside} <kbd>Esc</kbd>
      </button>
    </>
  );
  return (
    <aside className="stack sidesheet" aria-label={words.whole}>
      {household.error ? <Problem error={household.error} retry={() => void household.refetch()} /> : null}
      {household.isPending ? <div className="busyline" role="status" aria-label={uiWords.loading} /> : null}
      {household.data ? (
        <HouseholdCards
          key={household.data.id}
          household={household.data}
          cases={props.cases}
          isSide
          actions={actions}
        />
      ) : null}
    </aside>
  );
}
