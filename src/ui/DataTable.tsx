// The dense table of every list: sort, choice of columns, density, selection, totals, and row by row with the keyboard.
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Sort } from './addressState.ts';
import { deviceStore } from './device.ts';
import { Popover } from './Popover.tsx';
import { uiWords } from './ui.words.ts';
import { useKeys } from './useKeys.ts';

const words = uiWords.table;

export type Column<Row, Field extends string = string> = {
  key: string;
  word: string;
  cell: (row: Row) => ReactNode;
  /** Sorted by this field of the list's `sort`. */
  sortBy?: Field;
  /** Numbers and money stand to the right. */
  isRight?: boolean;
  /** What stands below the column. */
  total?: ReactNode;
  /** Not shown until somebody chooses it. */
  isHidden?: boolean;
  /** Gives way on a phone, so that what matters stands in sight. */
  isWideOnly?: boolean;
};

type Choice = { hidden: string[]; isDense: boolean };

function readChoice(name: string, columns: readonly Column<never>[]): Choice {
  try {
    const kept = JSON.parse(deviceStore.getItem(`guanjia:table:${name}`) ?? '') as Partial<Choice>;
    if (Array.isArray(kept.hidden)) return { hidden: kept.hidden, isDense: kept.isDense === true };
  } catch {
    // Nothing kept, or cut off: the columns as they were meant.
  }
  return { hidden: columns.filter((column) => column.isHidden).map((column) => column.key), isDense: false };
}

export function DataTable<Row, Field extends string = string>(props: {
  /** Under which columns and density are kept on this device. */
  name: string;
  label: string;
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** What a row is called for those who hear it. */
  nameOf: (row: Row) => string;
  columns: readonly Column<Row, Field>[];
  sort?: Sort<Field> | null;
  onSort?: (sort: Sort<Field>) => void;
  /** Enter or a click; opens beside the list. */
  onOpen?: (row: Row) => void;
  openKey?: string | null;
  /** A row that looks different: just changed by somebody else. */
  markOf?: (row: Row) => string | undefined;
  chosen?: ReadonlySet<string> | undefined;
  onChoose?: (chosen: ReadonlySet<string>) => void;
  /** Filters to the left of the table's own buttons. */
  bar?: ReactNode;
  empty?: ReactNode;
  isLoading?: boolean;
}) {
  const [choice, setChoice] = useState(() => readChoice(props.name, props.columns));
  const [at, setAt] = useState<string | null>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const shown = props.columns.filter((column) => !choice.hidden.includes(column.key));
  const keys = props.rows.map(props.keyOf);
  const current = props.openKey ?? at;
  const hasTotals = shown.some((column) => column.total !== undefined);
  const { chosen, onChoose } = props;

  const keepChoice = (next: Choice) => {
    setChoice(next);
    deviceStore.setItem(`guanjia:table:${props.name}`, JSON.stringify(next));
  };
  const move = (by: 1 | -1) => {
    if (keys.length === 0) return;
    const from = current === null ? -1 : keys.indexOf(current);
    const to = keys[from < 0 ? (by > 0 ? 0 : keys.length - 1) : Math.max(0, Math.min(keys.length - 1, from + by))];
    setAt(to ?? null);
    const row = props.rows.find((one) => props.keyOf(one) === to);
    // The row that lies open beside the list follows the hand.
    if (props.openKey && row !== undefined) props.onOpen?.(row);
  };
  const openCurrent = () => {
    const row = props.rows.find((one) => props.keyOf(one) === current);
    if (row !== undefined) props.onOpen?.(row);
  };
  const toggle = (key: string | null) => {
    if (!chosen || !onChoose || key === null) return;
    const next = new Set(chosen);
    if (!next.delete(key)) next.add(key);
    onChoose(next);
  };
  useKeys({ j: () => move(1), k: () => move(-1), enter: openCurrent });
  useEffect(() => {
    if (at !== null) body.current?.querySelector('tr.at')?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const onTableKey = (event: KeyboardEvent) => {
    if (event.target instanceof Element && event.target.closest('button, a, input, select, textarea')) return;
    const act = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Enter: openCurrent,
      ' ': () => toggle(current),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  const isAllChosen = chosen !== undefined && keys.length > 0 && keys.every((key) => chosen.has(key));
  return (
    <div>
      <div className="tablebar">
        {props.bar}
        <span className="grow" />
        <span className="row tablelook">
          <Popover className="btn quiet" label={words.columns}>
            <div className="col">
              {props.columns.map((column) => (
                <label key={column.key} className="row">
                  <input
                    type="checkbox"
                    checked={!choice.hidden.includes(column.key)}
                    onChange={(event) =>
                      keepChoice({
                        ...choice,
                        hidden: event.target.checked
                          ? choice.hidden.filter((key) => key !== column.key)
                          : [...choice.hidden, column.key],
                      })
                    }
                  />
                  {column.word}
                </label>
              ))}
            </div>
          </Popover>
          <button
            type="button"
            className="btn quiet"
            aria-pressed={choice.isDense}
            onClick={() => keepChoice({ ...choice, isDense: !choice.isDense })}
          >
            {choice.isDense ? words.roomy : words.dense}
          </button>
        </span>
      </div>
      {props.isLoading ? <div className="busyline" role="status" aria-label={uiWords.loading} /> : null}
      <div className="tablebox">
        <table
          className={choice.isDense ? 'data dense' : 'data'}
          aria-label={props.label}
          aria-description={words.rowKeys}
          aria-busy={props.isLoading}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys walk the rows from here
          tabIndex={0}
          onKeyDown={onTableKey}
        >
          <thead>
            <tr>
              {chosen === undefined ? null : (
                <th className="tick">
                  <input
                    type="checkbox"
                    aria-label={words.chooseAll}
                    checked={isAllChosen}
                    onChange={() => onChoose?.(new Set(isAllChosen ? [] : keys))}
                  />
                </th>
              )}
              {shown.map((column) => (
                <HeadCell key={column.key} column={column} sort={props.sort ?? null} onSort={props.onSort} />
              ))}
            </tr>
          </thead>
          <tbody ref={body}>
            {props.rows.map((row) => {
              const key = props.keyOf(row);
              const mark = props.markOf?.(row);
              const className = `${props.onOpen ? 'opens' : ''}${key === current ? ' at' : ''}${mark ? ` ${mark}` : ''}`;
              return (
                <tr
                  key={key}
                  className={className}
                  aria-current={key === current ? true : undefined}
                  onClick={(event) => {
                    if (event.target instanceof Element && event.target.closest('button, a, input')) return;
                    setAt(key);
                    props.onOpen?.(row);
                  }}
                >
                  {chosen === undefined ? null : (
                    <td className="tick">
                      <input
                        type="checkbox"
                        aria-label={words.chooseRow(props.nameOf(row))}
                        checked={chosen.has(key)}
                        onChange={() => toggle(key)}
                      />
                    </td>
                  )}
                  {shown.map((column) => (
                    <td key={column.key} className={looksOf(column)}>
                      {column.cell(row)}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
          {hasTotals && props.rows.length > 0 ? (
            <tfoot>
              <tr>
                {chosen === undefined ? null : <td />}
                {shown.map((column, index) => (
                  <td key={column.key} className={looksOf(column)}>
                    {column.total ?? (index === 0 ? words.total : null)}
                  </td>
                ))}
              </tr>
            </tfoot>
          ) : null}
        </table>
      </div>
      {props.rows.length === 0 && !props.isLoading ? props.empty : null}
    </div>
  );
}

const looksOf = (column: Pick<Column<never>, 'isRight' | 'isWideOnly'>): string | undefined =>
  [column.isRight ? 'right' : '', column.isWideOnly ? 'wideonly' : ''].filter((one) => one !== '').join(' ') ||
  undefined;

function HeadCell<Row, Field extends string>(props: {
  column: Column<Row, Field>;
  sort: Sort<Field> | null;
  onSort: ((sort: Sort<Field>) => void) | undefined;
}) {
  const { column, sort, onSort } = props;
  const field = column.sortBy;
  const className = looksOf(column);
  if (field === undefined || onSort === undefined) return <th className={className}>{column.word}</th>;
  const isSorted = sort?.field === field;
  const isDown = isSorted && sort.down;
  return (
    <th className={className} aria-sort={isSorted ? (isDown ? 'descending' : 'ascending') : undefined}>
      <button
        type="button"
        title={words.sortBy(column.word)}
        onClick={() => onSort({ field, down: isSorted && !isDown })}
      >
        {column.word}
        {isSorted ? <span aria-hidden="true">{isDown ? ' ↓' : ' ↑'}</span> : null}
      </button>
    </th>
  );
}
