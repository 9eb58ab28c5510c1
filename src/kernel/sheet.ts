// What a row of a spreadsheet 电子表格 looks like once it is read: plain values, so that mapping
// rules stay free of files and of the library that reads them.

export type CellBody =
  | { kind: 'text'; value: string; text: string }
  | { kind: 'number'; value: number; text: string }
  /** A real date cell. `value` is the wall time as written, `YYYY-MM-DD HH:MM:SS`; it carries no zone. */
  | { kind: 'date'; value: string; text: string }
  | { kind: 'boolean'; value: boolean; text: string }
  /** `value` is the result the writing program left behind; nobody has checked it against the formula. */
  | { kind: 'formula'; value: string | number | boolean | null; text: string }
  /** `#N/A`, `#REF!` and the like. */
  | { kind: 'error'; value: string; text: string };

/** `merged`: the cell lies in a merged region; a covered cell repeats what the region shows. */
export type Cell = CellBody & { merged?: 'anchor' | 'covered' };

/** Rows and columns count from 1, as people name them. */
export type Region = { top: number; left: number; bottom: number; right: number };

export type SheetFacts = {
  name: string;
  /** From 0, in the order of the tabs. */
  index: number;
  isHidden: boolean;
  merges: readonly Region[];
};

export type SheetRow = {
  sheet: SheetFacts;
  row: number;
  isHidden: boolean;
  /** By column from 0; empty cells are `undefined`. */
  cells: readonly (Cell | undefined)[];
};

/**
 * Text that a spreadsheet program would take for a formula when the file is opened or turned into CSV gets
 * an apostrophe in front. The cell type is text already; this guards the way through CSV and copying.
 */
export function withoutFormula(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
}

/** Characters that XML 1.0 can't hold would make a file no program opens. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to leave out.
export const forbiddenInXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
/** Excel refuses longer cells. */
export const longestCell = 32_767;

export const textOf = (cell: Cell | undefined): string => (cell === undefined ? '' : cell.text.trim());

export const isBlankRow = (row: SheetRow): boolean => row.cells.every((cell) => textOf(cell) === '');

/** 0 → A, 26 → AA. */
export function columnName(column: number): string {
  let name = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}
