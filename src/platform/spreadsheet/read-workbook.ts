// Reads an .xlsx row by row: memory stays the same however long the sheet is. Before the first row of
// a sheet is handed out the sheet has been unfolded once, so a cut or bloated file is refused before
// anybody acts on half of it, and merged regions, which stand behind the rows, are known.

import type { Cell, CellBody, Region, SheetFacts, SheetRow } from '../../kernel/sheet.ts';
import { isDateStyle, wallTimeOfSerial } from './number-formats.ts';
import { decodeOfficeEscapes, SharedStrings, type StringLimits, scanInto } from './shared-strings.ts';
import { attributeOf, decodeEntities, XmlFault, XmlScan } from './xml-scan.ts';
import { damaged, notXlsx, tooLarge, type ZipLimits, ZipSource } from './zip-file.ts';

export type WorkbookLimits = ZipLimits &
  StringLimits & {
    maxColumns: number;
    maxSheets: number;
    maxMerges: number;
  };

/** 100,000 households with 20 columns unfold to some 100 MB and hold some 500,000 texts. */
export const workbookLimits: WorkbookLimits = {
  maxInflatedBytes: 512 * 1024 * 1024,
  maxRatio: 200,
  ratioFromBytes: 8 * 1024 * 1024,
  maxParts: 2_000,
  maxStrings: 1_500_000,
  maxStringBytes: 64 * 1024 * 1024,
  maxColumns: 512,
  maxSheets: 100,
  maxMerges: 20_000,
};

type SheetPart = SheetFacts & { part: string };

export type Workbook = {
  sheets: readonly SheetFacts[];
  /** The rows of a sheet, as many at a time as one unfolded chunk holds: a promise per row costs as much as its parsing. */
  batches(sheet: SheetFacts): AsyncGenerator<SheetRow[]>;
  close(): void;
};

/** Refuses: spreadsheet.not_xlsx, .old_xls, .encrypted, .damaged, .too_large, .too_many_strings. */
export async function openWorkbook(
  source: string | Buffer,
  limits: WorkbookLimits = workbookLimits,
): Promise<Workbook> {
  const zip = await ZipSource.open(source, limits);
  try {
    const book = await orXmlFault(readBook(zip, limits));
    return {
      sheets: book.sheets,
      batches: (sheet) => batchesOf(zip, book, sheet.index, limits),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

/** All rows of all sheets in the order of the tabs, hidden ones too (marked). */
export async function* readWorkbook(
  source: string | Buffer,
  limits: WorkbookLimits = workbookLimits,
): AsyncGenerator<SheetRow> {
  const workbook = await openWorkbook(source, limits);
  try {
    for (const sheet of workbook.sheets) {
      for await (const batch of workbook.batches(sheet)) yield* batch;
    }
  } finally {
    workbook.close();
  }
}

type Book = {
  sheets: SheetPart[];
  strings: SharedStrings;
  /** By style index of a cell. */
  isDateStyle: boolean[];
  is1904: boolean;
};

async function readBook(zip: ZipSource, limits: WorkbookLimits): Promise<Book> {
  if (!zip.has('[Content_Types].xml')) throw notXlsx('no_content_types');
  const mainPart = [...(await relationsOf(zip, '')).values()].find((relation) => relation.type === 'officeDocument');
  if (mainPart === undefined || !zip.has(mainPart.target)) throw notXlsx('no_workbook');
  if (!mainPart.target.toLowerCase().endsWith('.xml')) throw notXlsx('binary_workbook');
  const relations = await relationsOf(zip, mainPart.target);
  const listed: { name: string; relation: string; isHidden: boolean }[] = [];
  let is1904 = false;
  let isWorkbook = false;
  await scanPart(zip, mainPart.target, {
    open(name, attributes) {
      if (name === 'workbook') isWorkbook = true;
      if (name === 'workbookPr') is1904 = /^(1|true)$/.test(attributeOf(attributes, 'date1904') ?? '');
      if (name !== 'sheet') return;
      const relation = /\s[\w.-]+:id\s*=\s*["']([^"']+)["']/.exec(attributes)?.[1] ?? '';
      const state = attributeOf(attributes, 'state');
      listed.push({
        name: attributeOf(attributes, 'name') ?? '',
        relation,
        isHidden: state === 'hidden' || state === 'veryHidden',
      });
    },
  });
  if (!isWorkbook) throw notXlsx('no_workbook');
  if (listed.length > limits.maxSheets) throw tooLarge('sheets', limits.maxSheets);

  const sheets: SheetPart[] = [];
  for (const { name, relation, isHidden } of listed) {
    const target = relations.get(relation);
    // Chart and macro sheets have no rows.
    if (target === undefined || target.type !== 'worksheet') continue;
    const merges = await surveySheet(zip, target.target, limits);
    sheets.push({ name, index: sheets.length, isHidden, merges, part: target.target });
  }
  if (sheets.length === 0) throw notXlsx('no_sheets');

  const targets = [...relations.values()];
  const strings = new SharedStrings(limits);
  const stringsPart = targets.find((relation) => relation.type === 'sharedStrings');
  if (stringsPart !== undefined && zip.has(stringsPart.target)) {
    const scan = scanInto(strings);
    for await (const chunk of zip.text(stringsPart.target)) scan.write(chunk);
    scan.end();
  }
  const stylesPart = targets.find((relation) => relation.type === 'styles');
  const styles = stylesPart !== undefined && zip.has(stylesPart.target) ? await readStyles(zip, stylesPart.target) : [];
  return { sheets, strings, isDateStyle: styles, is1904 };
}

/** The part unfolded once: its checksum, its size, and the merged regions that stand behind the rows. */
async function surveySheet(zip: ZipSource, part: string, limits: WorkbookLimits): Promise<Region[]> {
  const mark = Buffer.from('mergeCells');
  let tail: Buffer = Buffer.alloc(0);
  let found: string | null = null;
  for await (const chunk of zip.bytes(part)) {
    if (found !== null) {
      if (!found.includes('</') || !/<\/(?:\w+:)?mergeCells/.test(found)) found += chunk.toString('latin1');
    } else {
      const window = tail.length === 0 ? chunk : Buffer.concat([tail, chunk]);
      for (let at = window.indexOf(mark); at >= 0; at = window.indexOf(mark, at + 1)) {
        // Only as an element: the word may stand in a cell's text, where `<` is written `&lt;`.
        if (!/<(?:\w+:)?$/.test(window.toString('latin1', Math.max(0, at - 16), at))) continue;
        found = window.toString('latin1', at);
        break;
      }
      tail = Buffer.from(window.subarray(Math.max(0, window.length - 32)));
    }
    if (found !== null && found.length > limits.maxMerges * 200) throw tooLarge('merges', limits.maxMerges);
  }
  if (found === null) return [];
  const merges: Region[] = [];
  for (const match of found.matchAll(/mergeCell\s[^>]*?ref\s*=\s*["']([A-Z]+)(\d+):([A-Z]+)(\d+)["']/g)) {
    if (merges.length >= limits.maxMerges) throw tooLarge('merges', limits.maxMerges);
    const [, left = '', top, right = '', bottom] = match;
    const region = { top: Number(top), left: columnOf(left) + 1, bottom: Number(bottom), right: columnOf(right) + 1 };
    // Whole-column merges made by mistake would make every row of the sheet wide.
    if (region.left <= limits.maxColumns) merges.push({ ...region, right: Math.min(region.right, limits.maxColumns) });
  }
  return merges.sort((a, b) => a.top - b.top);
}

async function readStyles(zip: ZipSource, part: string): Promise<boolean[]> {
  const formats = new Map<number, string>();
  const formatOfStyle: number[] = [];
  let isInCellFormats = false;
  await scanPart(zip, part, {
    open(name, attributes) {
      if (name === 'numFmt') {
        formats.set(Number(attributeOf(attributes, 'numFmtId')), attributeOf(attributes, 'formatCode') ?? '');
      } else if (name === 'cellXfs') isInCellFormats = true;
      else if (name === 'xf' && isInCellFormats) formatOfStyle.push(Number(attributeOf(attributes, 'numFmtId') ?? 0));
    },
    close(name) {
      if (name === 'cellXfs') isInCellFormats = false;
    },
  });
  return formatOfStyle.map((format) => isDateStyle(format, formats));
}

type Relation = { type: string; target: string };

/** The relations of a part by id, targets as paths from the root. `''` is the package itself. */
async function relationsOf(zip: ZipSource, part: string): Promise<Map<string, Relation>> {
  const slash = part.lastIndexOf('/');
  const folder = part.slice(0, slash + 1);
  const name = `${folder}_rels/${part.slice(slash + 1)}.rels`;
  const relations = new Map<string, Relation>();
  if (!zip.has(name)) return relations;
  await scanPart(zip, name, {
    open(tag, attributes) {
      if (tag !== 'Relationship' || attributeOf(attributes, 'TargetMode') === 'External') return;
      const target = attributeOf(attributes, 'Target') ?? '';
      const path = new URL(target.replaceAll('\\', '/'), `file:///${folder}`).pathname.slice(1);
      relations.set(attributeOf(attributes, 'Id') ?? '', {
        // The last word is the same in the transitional and the strict dialect.
        type: (attributeOf(attributes, 'Type') ?? '').split('/').at(-1) ?? '',
        target: decodeURIComponent(path),
      });
    },
  });
  return relations;
}

type PartVisitor = { open(name: string, attributes: string): void; close?(name: string): void };

async function scanPart(zip: ZipSource, part: string, visitor: PartVisitor): Promise<void> {
  const scan = new XmlScan({
    open: (name, attributes) => visitor.open(name, attributes),
    close: (name) => visitor.close?.(name),
    text: () => {},
  });
  for await (const chunk of zip.text(part)) scan.write(chunk);
  scan.end();
}

async function orXmlFault<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof XmlFault || error instanceof URIError ? damaged('xml') : error;
  }
}

async function* batchesOf(
  zip: ZipSource,
  book: Book,
  index: number,
  limits: WorkbookLimits,
): AsyncGenerator<SheetRow[]> {
  const sheet = book.sheets[index];
  if (sheet === undefined) return;
  const { part, ...facts } = sheet;
  const visitor = new RowVisitor(facts, book, limits);
  const scan = new XmlScan(visitor);
  try {
    for await (const chunk of zip.text(part)) {
      scan.write(chunk);
      const batch = visitor.take();
      if (batch.length > 0) yield batch;
    }
    scan.end();
  } catch (error) {
    throw error instanceof XmlFault ? damaged('xml') : error;
  }
}

class RowVisitor {
  private ready: SheetRow[] = [];
  private cells: (Cell | undefined)[] = [];
  private row = 0;
  private isRowHidden = false;
  private isInData = false;
  private column = -1;
  private type = '';
  private style = 0;
  private value = '';
  private inline = '';
  private hasFormula = false;
  private target: 'value' | 'inline' | 'none' = 'none';
  private phoneticDepth = 0;
  private nextMerge = 0;
  private active: (Region & { body: CellBody | null })[] = [];

  constructor(
    private readonly sheet: SheetFacts,
    private readonly book: Book,
    private readonly limits: WorkbookLimits,
  ) {}

  take(): SheetRow[] {
    const rows = this.ready;
    this.ready = [];
    return rows;
  }

  open(name: string, attributes: string, isSelfClosing: boolean): void {
    if (!this.isInData) {
      if (name === 'sheetData') this.isInData = !isSelfClosing;
      return;
    }
    if (name === 'c') {
      this.column = this.columnFor(attributeOf(attributes, 'r'));
      this.type = attributeOf(attributes, 't') ?? 'n';
      this.style = Number(attributeOf(attributes, 's') ?? 0);
      this.value = '';
      this.inline = '';
      this.hasFormula = false;
    } else if (name === 'v') this.target = isSelfClosing ? 'none' : 'value';
    else if (name === 't') this.target = isSelfClosing || this.phoneticDepth > 0 ? 'none' : 'inline';
    else if (name === 'f') this.hasFormula = true;
    else if (name === 'rPh') this.phoneticDepth += isSelfClosing ? 0 : 1;
    else if (name === 'row') {
      const number = Number(attributeOf(attributes, 'r') ?? this.row + 1);
      // Rows that go back would make a row number in a report point at the wrong line.
      if (!Number.isInteger(number) || number <= this.row) throw damaged('row_order');
      this.row = number;
      this.isRowHidden = /^(1|true)$/.test(attributeOf(attributes, 'hidden') ?? '');
      this.cells = [];
      this.column = -1;
      if (isSelfClosing) this.endRow();
    }
  }

  text(raw: string): void {
    if (this.target === 'value') this.value += decodeEntities(raw);
    else if (this.target === 'inline') this.inline += decodeEntities(raw);
  }

  close(name: string): void {
    if (!this.isInData) return;
    if (name === 'v' || name === 't') this.target = 'none';
    else if (name === 'c') {
      const cell = this.cell();
      if (cell === undefined) return;
      if (this.column >= this.limits.maxColumns) throw tooLarge('columns', this.limits.maxColumns);
      this.put(this.column, cell);
    } else if (name === 'row') this.endRow();
    else if (name === 'rPh') this.phoneticDepth--;
    else if (name === 'sheetData') this.isInData = false;
  }

  private endRow(): void {
    if (this.sheet.merges.length > 0) this.applyMerges();
    if (this.cells.length === 0) return;
    this.ready.push({ sheet: this.sheet, row: this.row, isHidden: this.isRowHidden, cells: this.cells });
    this.cells = [];
  }

  /** A merged region shows its first cell everywhere, so the covered cells of this row repeat it. */
  private applyMerges(): void {
    this.active = this.active.filter((region) => region.bottom >= this.row);
    for (let merge = this.sheet.merges[this.nextMerge]; merge !== undefined && merge.top <= this.row; ) {
      const body = merge.top === this.row ? (this.cells[merge.left - 1] ?? null) : null;
      if (merge.bottom >= this.row) this.active.push({ ...merge, body });
      merge = this.sheet.merges[++this.nextMerge];
    }
    let width = 0;
    for (const region of this.active) {
      width += region.right - region.left + 1;
      if (width > this.limits.maxColumns) throw damaged('merges');
      if (region.body === null) continue;
      for (let column = region.left - 1; column < region.right; column++) {
        const isAnchor = this.row === region.top && column === region.left - 1;
        this.put(column, { ...region.body, merged: isAnchor ? 'anchor' : 'covered' });
      }
    }
  }

  /** Without holes: a hole is skipped by `map` and `every`, an `undefined` is not. */
  private put(column: number, cell: Cell): void {
    while (this.cells.length < column) this.cells.push(undefined);
    this.cells[column] = cell;
  }

  private columnFor(reference: string | null): number {
    if (reference === null) return this.column + 1;
    const column = columnOf(reference);
    if (column < 0) throw damaged('reference');
    return column;
  }

  private cell(): Cell | undefined {
    if (this.hasFormula) {
      const result = this.plainCell();
      return { kind: 'formula', value: result?.value ?? null, text: result?.text ?? '' };
    }
    return this.plainCell();
  }

  private plainCell(): CellBody | undefined {
    switch (this.type) {
      case 's': {
        if (this.value === '') return undefined;
        const text = this.book.strings.at(Number(this.value));
        if (text === null) throw damaged('shared_string');
        return textCell(text);
      }
      case 'inlineStr':
        return textCell(decodeOfficeEscapes(detached(this.inline)));
      case 'str':
        return textCell(decodeOfficeEscapes(detached(this.value)));
      case 'b':
        return this.value === ''
          ? undefined
          : {
              kind: 'boolean',
              value: this.value === '1' || this.value === 'true',
              text: this.value === '1' || this.value === 'true' ? 'TRUE' : 'FALSE',
            };
      case 'e':
        return { kind: 'error', value: this.value, text: this.value };
      case 'd': {
        const wall = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d)?))?/.exec(this.value);
        if (wall === null) return textCell(this.value);
        return dateCell(`${wall[1]} ${(wall[2] ?? '00:00:00').padEnd(8, ':00')}`);
      }
      default:
        return this.numberCell();
    }
  }

  private numberCell(): CellBody | undefined {
    if (this.value.trim() === '') return undefined;
    const number = Number(this.value);
    if (!Number.isFinite(number)) throw damaged('number');
    if (this.book.isDateStyle[this.style] === true) {
      const wall = wallTimeOfSerial(number, this.book.is1904);
      if (wall !== null) return dateCell(wall);
    }
    return { kind: 'number', value: number, text: String(number) };
  }
}

/** A slice of a chunk keeps the whole chunk in memory for as long as a row's text is kept; a copy doesn't. */
const detached = (text: string): string => (text.length > 12 ? ` ${text}`.slice(1) : text);

const textCell = (text: string): CellBody | undefined =>
  text === '' ? undefined : { kind: 'text', value: text, text };

const dateCell = (wall: string): CellBody => ({
  kind: 'date',
  value: wall,
  text: wall.endsWith(' 00:00:00') ? wall.slice(0, 10) : wall,
});

/** `AB12` → 27; -1 when it starts with no letter. */
function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at++) {
    const code = reference.charCodeAt(at);
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column - 1;
}
