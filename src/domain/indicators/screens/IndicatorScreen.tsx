// Indicators 指标 of a month: each figure with its target, and below it the cases that it was counted from.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { dayOf, type Month, monthOf, wallTimeOf } from '../../../kernel/time.ts';
import { oneOfCodec, textCodec } from '../../../ui/addressState.ts';
import { Card } from '../../../ui/Card.tsx';
import { addressOf, call } from '../../../ui/call.ts';
import { type Column, DataTable } from '../../../ui/DataTable.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { serverNow } from '../../../ui/now.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { Sign } from '../../../ui/Sign.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { useKeys } from '../../../ui/useKeys.ts';
import { download, workbookFile, workbookType } from '../../../ui/workbookFile.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { type CaseKind, caseKinds } from '../../cases/case.contract.ts';
import { caseAddress } from '../../cases/screens/parts/caseAddress.ts';
import { lookOf } from '../../cases/screens/parts/caseFace.ts';
import { ShortTime } from '../../cases/screens/parts/ShortTime.tsx';
import {
  groupings,
  type Indicator,
  type IndicatorRowShown,
  indicatorNames,
  indicatorRoutes,
} from '../indicator.contract.ts';
import { monthAfter } from '../indicator.rules.ts';
import { groupingWords, indicatorWords, pictureWords, indicatorPageWords as words } from '../indicator.words.ts';
import { EveryCommunity } from './parts/EveryCommunity.tsx';
import { groupWord, type OpenGroup } from './parts/groupWord.ts';
import { IndicatorPictures } from './parts/IndicatorPictures.tsx';
import './indicators.css';

const parts = ['all', 'counts', 'rest'] as const;
const codecs = {
  month: textCodec(),
  name: oneOfCodec(indicatorNames, 'repair-timeliness'),
  part: oneOfCodec(parts, 'all'),
  /** The group that was opened from a picture. */
  by: oneOfCodec(['', ...groupings], ''),
  key: textCodec(),
};
const isMonth = (text: string) => /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
const pageRows = 100;
const exportRows = 500;

export function IndicatorScreen() {
  const community = useCommunity();
  const [address, setAddress] = useAddressState(codecs);
  const current = monthOf(serverNow());
  const month = isMonth(address.month) && address.month <= current ? address.month : current;
  const figuresOf = (of: Month) => ({
    queryKey: ['indicators', community.id, of],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      call(indicatorRoutes.listIndicators, { params: { communityId: community.id }, query: { month: of }, signal }),
  });
  const figures = useQuery(figuresOf(month));
  const before = useQuery(figuresOf(monthAfter(month, -1)));
  const go = (to: Month) => {
    if (to <= current) setAddress({ month: to === current ? '' : to, by: '', key: '' });
  };
  useKeys({ '[': () => go(monthAfter(month, -1)), ']': () => go(monthAfter(month)) });
  const items = figures.data?.items ?? [];
  const open = items.find((one) => one.name === address.name) ?? items[0];
  const group = address.by === '' || address.key === '' ? null : { by: address.by, key: address.key };
  return (
    <div className="stack indicators">
      <div className="row wrap pagehead">
        <h1>
          {words.heading} <span className="faint">{community.name}</span>
        </h1>
        <span className="num">{words.month(month)}</span>
        <span className="grow" />
        <span className="row wrap no-print">
          <button type="button" className="btn" onClick={() => go(monthAfter(month, -1))}>
            {words.before} <kbd>[</kbd>
          </button>
          <input
            className="monthfield num"
            type="month"
            aria-label={words.monthField}
            value={month}
            max={current}
            onChange={(event) => isMonth(event.target.value) && go(event.target.value)}
          />
          <button type="button" className="btn" disabled={month >= current} onClick={() => go(monthAfter(month))}>
            {words.after} <kbd>]</kbd>
          </button>
          <a
            className="btn"
            href={addressOf(indicatorRoutes.exportIndicators.path, { communityId: community.id }, { month })}
            download
          >
            {pictureWords.exportMonth}
          </a>
          <Link className="btn" to={`/c/${community.code}/complaints/month?month=${month}`}>
            {pictureWords.complaintMonth}
          </Link>
          <button type="button" className="btn" onClick={() => window.print()}>
            {words.print}
          </button>
        </span>
      </div>
      <p className="muted no-print">{words.lead}</p>
      <Problem error={figures.error} retry={() => void figures.refetch()} />
      {figures.data ? null : <div className="busyline" role="status" aria-label={uiWords.loading} />}
      <ul className="figures">
        {items.map((one) => (
          <li key={one.name}>
            <FigureCard
              figure={one}
              before={before.data?.items.find((other) => other.name === one.name) ?? null}
              isOpen={one.name === open?.name}
              onOpen={() => setAddress({ name: one.name, part: 'all', by: '', key: '' })}
            />
          </li>
        ))}
      </ul>
      {open ? (
        <>
          <IndicatorPictures
            key={open.name}
            figure={open}
            group={group}
            onMonth={go}
            onGroup={(by, key) =>
              setAddress(by === address.by && key === address.key ? { by: '', key: '' } : { by, key, part: 'all' })
            }
          />
          <EveryCommunity figure={open} />
          <RowsCard
            key={`${month} ${open.name} ${address.by} ${address.key}`}
            figure={open}
            part={address.part}
            onPart={(part) => setAddress({ part })}
            communityCode={community.code}
            group={group}
            onWhole={() => setAddress({ by: '', key: '' })}
          />
        </>
      ) : null}
    </div>
  );
}

/** A bar is a hundred wide. */
const scaleOf = (figure: Indicator): number => (figure.measure === 'points' ? 1 : 100);

const toneOf = (figure: Indicator) => (figure.met === null ? 'untold' : figure.met ? 'met' : 'late');

function FigureCard(props: { figure: Indicator; before: Indicator | null; isOpen: boolean; onOpen: () => void }) {
  const { figure, before } = props;
  const { name, formula } = indicatorWords[figure.name];
  return (
    <button
      type="button"
      className={`figure ${toneOf(figure)}`}
      aria-pressed={props.isOpen}
      title={words.showRows(name)}
      onClick={props.onOpen}
    >
      <span className="row">
        <b className="grow">{name}</b>
        {figure.met === null ? null : (
          <span className={figure.met ? 'tag met' : 'tag late'}>
            <Sign name={figure.met ? 'met' : 'missed'} /> {figure.met ? words.met : words.missed}
          </span>
        )}
      </span>
      <span className="figurevalue num">{words.value(figure.value, figure.measure)}</span>
      <span className="share" aria-hidden="true">
        <i style={{ width: `${(figure.value ?? 0) * scaleOf(figure)}%` }} />
        {figure.target === null ? null : <b style={{ left: `${figure.target * scaleOf(figure)}%` }} />}
      </span>
      <span className="row wrap num">
        <span>
          {figure.denominator === 0 ? words.noCases : words.counted(figure.numerator, figure.denominator, figure)}
        </span>
        <span className="grow" />
        <span className="muted">{words.target(figure.target, figure.comparison, figure.measure)}</span>
      </span>
      <span className="row wrap faint num">
        <span>{words.previous(words.value(before?.value ?? null, figure.measure))}</span>
        <span className="grow" />
        <span>{figure.isFinal ? words.final : words.open(figure.finalOn)}</span>
      </span>
      <span className="faint formula">{formula}</span>
    </button>
  );
}

type RowsPart = (typeof parts)[number];
const queryOf = (part: RowsPart) =>
  part === 'all' ? {} : { counts: part === 'counts' ? ('true' as const) : ('false' as const) };

function RowsCard(props: {
  figure: Indicator;
  part: RowsPart;
  onPart: (part: RowsPart) => void;
  communityCode: string;
  group: OpenGroup | null;
  onWhole: () => void;
}) {
  const { figure, part, group } = props;
  const { communityId, name, month } = figure;
  const face = indicatorWords[name];
  const [exporting, setExporting] = useState<{ error: unknown; isBusy: boolean }>({ error: null, isBusy: false });
  const ask = (cursor: string | null, limit: number) => ({
    params: { communityId, name },
    query: { month, limit, ...queryOf(part), ...group, ...(cursor === null ? {} : { cursor }) },
  });
  const rows = useInfiniteQuery({
    queryKey: ['indicators', communityId, month, name, part, group],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      call(indicatorRoutes.listIndicatorRows, { ...ask(pageParam, pageRows), signal }),
    getNextPageParam: (page) => page.nextCursor,
  });
  const shown = rows.data?.pages.flatMap((page) => page.items) ?? [];
  const save = async () => {
    setExporting({ error: null, isBusy: true });
    try {
      const all: IndicatorRowShown[] = [];
      let cursor: string | null = null;
      do {
        const page: { items: IndicatorRowShown[]; nextCursor: string | null } = await call(
          indicatorRoutes.listIndicatorRows,
          ask(cursor, exportRows),
        );
        all.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null);
      const file = workbookFile({
        name: face.name,
        head: [
          words.columns.code,
          words.columns.unit,
          words.columns.what,
          words.columns.level,
          words.columns.at,
          words.columns.counts,
        ],
        widths: [18, 16, 14, 10, 18, 14],
        rows: all.map((row) => [
          row.code,
          row.unit ?? (isCase(row) ? words.publicArea : ''),
          ...wordsOf(row),
          `${dayOf(row.at)} ${wallTimeOf(row.at).slice(0, 5)}`,
          row.counts ? face.counts : face.rest,
        ]),
      });
      download(file, workbookType, `${words.sheet(face.name, month)}.xlsx`);
      setExporting({ error: null, isBusy: false });
    } catch (error) {
      setExporting({ error, isBusy: false });
    }
  };
  // Households stand below the line, not in the list; of one group the list itself says how many.
  // Points don't split the rows into those that count and the rest.
  const isWhole = group === null && figure.per === 'rows' && figure.measure === 'share';
  const tabs: [RowsPart, string][] =
    figure.per === 'households'
      ? [['all', words.part(face.counts, rows.data?.pages[0]?.total ?? 0)]]
      : [
          ['all', group === null ? words.all(figure.denominator) : words.allOfGroup],
          ['counts', isWhole ? words.part(face.counts, figure.numerator) : face.counts],
          ['rest', isWhole ? words.part(face.rest, figure.denominator - figure.numerator) : face.rest],
        ];
  return (
    <Card
      title={`${face.name}：${words.rows}`}
      note={words.month(month)}
      actions={
        <button type="button" className="btn quiet no-print" disabled={exporting.isBusy} onClick={() => void save()}>
          {words.export}
        </button>
      }
      flush
    >
      <Problem error={rows.error ?? exporting.error} retry={() => void rows.refetch()} />
      <DataTable<IndicatorRowShown>
        name="indicator-rows"
        label={words.rows}
        rows={shown}
        keyOf={(row) => row.caseId}
        nameOf={(row) => row.code}
        columns={columnsOf(props.communityCode, face)}
        isLoading={rows.isFetching && shown.length === 0}
        empty={<EmptyState title={words.empty.title}>{words.empty.text}</EmptyState>}
        bar={
          <fieldset className="row wrap partchips" aria-label={words.columns.counts}>
            {tabs.map(([one, word]) => (
              <button
                key={one}
                type="button"
                className={one === part ? 'chip on num' : 'chip num'}
                aria-pressed={one === part}
                onClick={() => props.onPart(one)}
              >
                {word}
              </button>
            ))}
            {group ? (
              <button type="button" className="chip on" onClick={props.onWhole}>
                {pictureWords.opened(groupingWords[group.by], groupWord(group, shown[0] ?? null, figure))}
                <span aria-hidden="true"> ×</span>
                <span className="faint"> {pictureWords.allAgain}</span>
              </button>
            ) : null}
          </fieldset>
        }
      />
      {rows.hasNextPage ? (
        <p className="line">
          <button
            type="button"
            className="btn wide"
            aria-busy={rows.isFetchingNextPage}
            onClick={() => void rows.fetchNextPage()}
          >
            {words.more}
          </button>
        </p>
      ) : null}
    </Card>
  );
}

/** Some figures are counted from people or answers, which have no page of a case. */
const isCase = (row: Pick<IndicatorRowShown, 'kind'>): boolean => caseKinds.some((kind) => kind === row.kind);

/** Category and level in the words of the case's own kind. */
function wordsOf(row: IndicatorRowShown): [category: string, level: string] {
  const look = lookOf(row.kind as CaseKind);
  return [
    row.category === null ? '' : (look?.categoryWord(row.category) ?? row.category),
    row.level === null ? '' : (look?.levelWord(row.level) ?? row.level),
  ];
}

const columnsOf = (communityCode: string, face: { counts: string; rest: string }): Column<IndicatorRowShown>[] => [
  {
    key: 'code',
    word: words.columns.code,
    cell: (row) =>
      isCase(row) ? (
        <Link className="num nowrap" to={caseAddress(communityCode, row.caseId, row.kind as CaseKind)}>
          {row.code}
        </Link>
      ) : (
        <span className="nowrap">{row.code}</span>
      ),
  },
  {
    key: 'unit',
    word: words.columns.unit,
    isWideOnly: true,
    cell: (row) => <span className="roomcell num">{row.unit ?? (isCase(row) ? words.publicArea : '')}</span>,
  },
  { key: 'what', word: words.columns.what, cell: (row) => <span className="nowrap">{wordsOf(row)[0]}</span> },
  { key: 'level', word: words.columns.level, cell: (row) => <span className="nowrap">{wordsOf(row)[1]}</span> },
  { key: 'at', word: words.columns.at, isWideOnly: true, cell: (row) => <ShortTime at={row.at} /> },
  {
    key: 'counts',
    word: words.columns.counts,
    cell: (row) => (
      <span className="tag nowrap">
        {row.points === undefined ? '' : `${row.points} · `}
        {row.counts ? face.counts : face.rest}
      </span>
    ),
  },
];
