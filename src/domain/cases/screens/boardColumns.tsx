// The columns of the board, and the same row as it goes into a file.
import { Link } from '@tanstack/react-router';
import { dayOf, wallTimeOf } from '../../../kernel/time.ts';
import type { Column } from '../../../ui/DataTable.tsx';
import { clockKindWords } from '../../clocks/clock.words.ts';
import { boardWords as words } from '../board.words.ts';
import type { BoardRow } from '../case.contract.ts';
import { caseKindWords } from '../case.words.ts';
import { type CaseLooks, raisedOf, stateWordOf } from './parts/caseFace.ts';
import { LevelTag } from './parts/LevelTag.tsx';
import { RowClock } from './parts/RowClock.tsx';
import { ShortTime } from './parts/ShortTime.tsx';

export function boardColumns(
  faces: CaseLooks,
  pathOf: (row: BoardRow) => string | null,
  isBeside: boolean,
): Column<BoardRow, 'due' | 'received'>[] {
  const all: (Column<BoardRow, 'due' | 'received'> & { isWide?: boolean })[] = [
    {
      key: 'due',
      word: words.columns.due,
      sortBy: 'due',
      cell: (row) => (
        <div className="rowclock">
          <RowClock row={row} faces={faces} />
        </div>
      ),
    },
    {
      key: 'case',
      word: words.columns.case,
      cell: (row) => {
        const path = pathOf(row);
        return (
          <div className="rowcase">
            <div className="row">
              {path === null ? (
                <b className="num">{row.code}</b>
              ) : (
                <Link className="num code" to={path}>
                  {row.code}
                </Link>
              )}
              {row.nextClockKind === null ? null : <span className="faint">{clockKindWords[row.nextClockKind]}</span>}
              {raisedOf(faces, row).map((word) => (
                <span key={word} className="tag raised">
                  {word}
                </span>
              ))}
            </div>
            <div className="clip" title={row.summary}>
              {row.summary}
            </div>
          </div>
        );
      },
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
      key: 'state',
      word: words.columns.state,
      cell: (row) => <span className="tag">{stateWordOf(faces, row.kind, row.state)}</span>,
    },
    { key: 'level', word: words.columns.level, isWide: true, cell: (row) => <LevelTag row={row} faces={faces} /> },
    {
      key: 'category',
      word: words.columns.category,
      isWide: true,
      isHidden: true,
      cell: (row) =>
        row.category === null ? words.none : (faces[row.kind]?.categoryWord(row.category) ?? row.category),
    },
    {
      key: 'responsible',
      word: words.columns.responsible,
      isWide: true,
      cell: (row) =>
        row.responsible === null ? (
          <span className="faint">{words.nobody}</span>
        ) : (
          <span className="nowrap">{row.responsible.name}</span>
        ),
    },
    {
      key: 'received',
      word: words.columns.received,
      sortBy: 'received',
      isRight: true,
      isWide: true,
      cell: (row) => <ShortTime at={row.receivedAt} />,
    },
  ];
  return isBeside ? all.filter((column) => !column.isWide) : all;
}

const moment = (at: string | null): string => (at === null ? '' : `${dayOf(at)} ${wallTimeOf(at)}`);

export function sheetRowOf(row: BoardRow, faces: CaseLooks): string[] {
  const face = faces[row.kind];
  return [
    row.code,
    caseKindWords[row.kind],
    stateWordOf(faces, row.kind, row.state),
    row.level === null ? '' : (face?.levelWord(row.level) ?? row.level),
    row.category === null ? '' : (face?.categoryWord(row.category) ?? row.category),
    row.unit ?? row.place ?? '',
    row.summary,
    row.responsible?.name ?? '',
    row.nextClockKind === null ? '' : clockKindWords[row.nextClockKind],
    moment(row.nextDueAt),
    moment(row.receivedAt),
    row.flags.map((flag) => face?.flagWord(flag) ?? flag).join(' '),
  ];
}
