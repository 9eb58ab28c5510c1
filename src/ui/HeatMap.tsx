// When in the week: seven rows of hours as a table, darker where there are more. A cell with something opens its rows; the
// number stands in it, so that colour alone says nothing.
import { useEffect, useRef } from 'react';
import './charts.css';

export type HeatCell = { key: string; count: number };

/** Five steps of depth; none for nothing. */
export const depthOf = (count: number, most: number): number =>
  count === 0 || most === 0 ? 0 : Math.max(1, Math.ceil((count / most) * 5));

/** The names of the rows stay where they are. */
const namesWidth = 44;

export function HeatMap(props: {
  label: string;
  rows: readonly { name: string; cells: readonly HeatCell[] }[];
  columns: readonly string[];
  cellName: (row: string, column: string, count: number) => string;
  /** The column that stands first where not all fit. */
  startAt: number;
  openKey: string;
  onOpen: (key: string) => void;
}) {
  const box = useRef<HTMLElement>(null);
  const { startAt } = props;
  useEffect(() => {
    const node = box.current;
    if (node) node.scrollLeft = ((node.scrollWidth - namesWidth) * startAt) / props.columns.length;
  }, [startAt, props.columns.length]);
  const most = Math.max(...props.rows.flatMap((row) => row.cells.map((cell) => cell.count)), 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys, with or without cells to press.
    <section ref={box} className="chart heatscroll" aria-label={props.label} tabIndex={0}>
      <table className="heat">
        <thead>
          <tr>
            <td />
            {props.columns.map((column) => (
              <th key={column} scope="col" className="num">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">{row.name}</th>
              {row.cells.map((cell, index) => (
                <td key={cell.key} className={`depth${depthOf(cell.count, most)}`}>
                  {cell.count === 0 ? null : (
                    <button
                      type="button"
                      className="num"
                      aria-pressed={cell.key === props.openKey}
                      aria-label={props.cellName(row.name, props.columns[index] ?? '', cell.count)}
                      title={props.cellName(row.name, props.columns[index] ?? '', cell.count)}
                      onClick={() => props.onOpen(cell.key)}
                    >
                      {cell.count}
                    </button>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
