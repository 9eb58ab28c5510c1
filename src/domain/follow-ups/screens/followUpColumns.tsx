// The columns of the list of follow-ups, and the same row as it goes into a file.
import { Link } from '@tanstack/react-router';
import { dayOf, wallTimeOf } from '../../../kernel/time.ts';
import { ClockBar } from '../../../ui/ClockBar.tsx';
import type { Column } from '../../../ui/DataTable.tsx';
import { ShortTime } from '../../cases/screens/parts/ShortTime.tsx';
import { clockKindWords } from '../../clocks/clock.words.ts';
import type { FollowUp } from '../follow-up.contract.ts';
import { followUpChannelWords, followUpStateWords, followUpSubjectWords, verdictWords } from '../follow-up.words.ts';
import { followUpListWords as words } from '../follow-up-page.words.ts';
import { followUpAddress, openClock } from './parts/followUpFacts.ts';
import { VerdictTag } from './parts/VerdictTag.tsx';

const clockNames = { due: 'follow-up', 'visit-due': 'visit', recorded: 'review' } as const;

export function RowClock({ row }: { row: FollowUp }) {
  const clock = openClock(row);
  if (clock === null) return <span className="faint">{row.state in clockNames ? words.noDue : words.ended}</span>;
  return <ClockBar facts={clock} label={clockKindWords[clockNames[row.state as keyof typeof clockNames]]} />;
}

export function followUpColumns(props: {
  communityCode: string;
  isBeside: boolean;
  /** Why a row was not taken by the last act on many. */
  refusals: ReadonlyMap<string, string>;
}): Column<FollowUp>[] {
  const all: (Column<FollowUp> & { isWide?: boolean })[] = [
    {
      key: 'due',
      word: words.columns.due,
      cell: (row) => (
        <div className="rowclock">
          <RowClock row={row} />
        </div>
      ),
    },
    {
      key: 'followUp',
      word: words.columns.followUp,
      cell: (row) => (
        <div className="rowcase">
          <div className="row">
            <Link className="num code" to={followUpAddress(props.communityCode, row.id)}>
              {row.code}
            </Link>
            <span className="faint num">{row.caseCode}</span>
            {row.kind === 'unfinished' ? <span className="tag raised">{words.unfinished}</span> : null}
          </div>
          <div className="clip" title={row.summary}>
            {row.summary}
          </div>
          {props.refusals.has(row.id) ? <div className="refusedrow">{props.refusals.get(row.id)}</div> : null}
        </div>
      ),
    },
    {
      key: 'unit',
      word: words.columns.unit,
      cell: (row) => (
        <span className="roomcell num" title={row.unit ?? row.place ?? undefined}>
          {row.unit ?? row.place ?? words.none}
        </span>
      ),
    },
    {
      key: 'customer',
      word: words.columns.customer,
      isWide: true,
      cell: (row) => <span className="nowrap">{row.contact.name ?? words.none}</span>,
    },
    {
      key: 'caller',
      word: words.columns.caller,
      cell: (row) =>
        row.caller === null && row.result === null ? (
          <span className="faint">{words.noCaller}</span>
        ) : (
          <span className="nowrap">{row.result?.by.name ?? row.caller?.name}</span>
        ),
    },
    {
      key: 'handlers',
      word: words.columns.handlers,
      isWide: true,
      isHidden: true,
      cell: (row) => row.handlers.map((one) => one.name).join('、') || words.none,
    },
    {
      key: 'tries',
      word: words.columns.tries,
      isWide: true,
      isRight: true,
      isHidden: true,
      cell: (row) => <span className="faint">{words.tried(row.asks.made.tries)}</span>,
    },
    {
      key: 'verdict',
      word: words.columns.verdict,
      cell: (row) =>
        row.result === null ? (
          <span className="faint nowrap">
            {row.asks.made.tries > 0 ? `${words.columns.tries} ${words.tried(row.asks.made.tries)}` : words.none}
          </span>
        ) : (
          <span className="resultcell">
            <VerdictTag verdict={row.result.verdict} />
            {row.result.satisfaction === null ? null : (
              <span className="faint nowrap">{words.satisfaction(row.result.satisfaction)}</span>
            )}
          </span>
        ),
    },
    {
      key: 'state',
      word: words.columns.state,
      isWide: true,
      cell: (row) => <span className="tag">{followUpStateWords[row.state]}</span>,
    },
    {
      key: 'done',
      word: words.columns.done,
      isRight: true,
      isWide: true,
      isHidden: true,
      cell: (row) => (row.result === null ? words.none : <ShortTime at={row.result.at} />),
    },
  ];
  return props.isBeside ? all.filter((column) => !column.isWide) : all;
}

const moment = (at: string | null | undefined): string =>
  at === null || at === undefined ? '' : `${dayOf(at)} ${wallTimeOf(at).slice(0, 5)}`;
const figure = (value: number | null | undefined): string =>
  value === null || value === undefined ? '' : String(value);

export function sheetRowOf(row: FollowUp): string[] {
  const { result, review } = row;
  return [
    row.code,
    row.caseCode,
    followUpSubjectWords[row.what],
    followUpStateWords[row.state],
    row.unit ?? row.place ?? '',
    row.contact.name ?? '',
    row.summary,
    row.handlers.map((one) => one.name).join('、'),
    result?.by.name ?? row.caller?.name ?? '',
    moment(row.finishedAt),
    moment(row.dueAt),
    figure(row.asks.made.tries),
    result ? verdictWords[result.verdict] : '',
    figure(result?.quality),
    figure(result?.effect),
    figure(result?.satisfaction),
    result?.lacking ?? '',
    result?.suggestions ?? '',
    result?.channel ? followUpChannelWords[result.channel] : '',
    result ? (result.signed ? words.yes : words.no) : '',
    moment(result?.at),
    review?.by.name ?? '',
    review?.comment ?? '',
    row.complaint?.code ?? '',
  ];
}
