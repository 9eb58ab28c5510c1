// One row of a form 导入: which header it stands under, what its cells say by field, and every fault of it with sheet, row and
// column (PP4).
import { type Cell, type SheetRow, textOf } from '../../kernel/sheet.ts';
import type { Day } from '../../kernel/time.ts';
import { parseWrittenTime } from '../../kernel/written-time.ts';
import { normalisePhone } from '../parties/phone.rules.ts';
import { normalisePlate } from '../parties/plate.rules.ts';
import type {
  ImportField,
  ImportProfile,
  Rejection,
  RejectionCode,
  RelationDraft,
  RowPlace,
  SheetProfile,
  UnitDraft,
  UnitKey,
} from './import.contract.ts';
import { areaUnitPattern, companyPattern, nameSeparator } from './import-profile.words.ts';
import { normaliseBuilding, normaliseEntrance, normaliseRoom } from './room.rules.ts';

export const longestRead = 60;
const longestRoom = 20;
const longestBuilding = 40;
const longestName = 100;
/** 100,000 m² in hundredths: no flat and no shop is larger. */
const maxAreaHundredths = 10_000_000;

const personalFields: ReadonlySet<ImportField> = new Set(['name', 'phone', 'identity', 'plate']);
const unitFields: ReadonlySet<ImportField> = new Set(['area', 'usage', 'state', 'deliveredOn']);

/** 建筑面积(㎡)*, with blanks or a line break inside → 建筑面积. */
export const normaliseHeader = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[(（【[].*?[)）】\]]/g, '')
    .replace(/[\s*:：_]/g, '');

export type Header = {
  profile: ImportProfile;
  sheet: SheetProfile;
  /** Column index and header as written, per field. */
  columns: Map<ImportField, { at: number; title: string }>;
  firstRow: string;
};

/** What a row says of one person, before it is tied to a unit. */
export type PersonRow = {
  at: RowPlace;
  name: string;
  phone: string | null;
  identity: string | null;
  kind: 'person' | 'company';
  relation: RelationDraft['relation'];
};

/** The form and columns that this row heads best, or null when no column is known. */
export function headerOf(row: SheetRow, profiles: readonly ImportProfile[]): Header | null {
  const titles = row.cells.map((cell) => ({ title: textOf(cell), plain: normaliseHeader(textOf(cell)) }));
  let best: Header | null = null;
  let bestScore = 0;
  for (const profile of profiles) {
    for (const sheet of profile.sheets) {
      const columns: Header['columns'] = new Map();
      for (const [field, spellings] of Object.entries(sheet.columns) as [ImportField, readonly string[]][]) {
        const at = titles.findIndex(({ plain }) => plain !== '' && spellings.includes(plain));
        if (at >= 0) columns.set(field, { at, title: titles[at]?.title ?? '' });
      }
      const isWhole = sheet.required.every((field) => columns.has(field));
      // A whole header beats a fuller one that lacks a required column.
      const score = columns.size + (isWhole ? 100 : 0);
      if (columns.size > 0 && score > bestScore) {
        bestScore = score;
        best = { profile, sheet, columns, firstRow: titles.map(({ plain }) => plain).join('|') };
      }
    }
  }
  return best;
}

/** Reads the cells of one row by field and collects every fault of it. */
export class RowReader {
  readonly rejected: Rejection[] = [];
  readonly at: RowPlace;

  constructor(
    private readonly row: SheetRow,
    private readonly header: Header,
  ) {
    this.at = { sheet: row.sheet.name, row: row.row };
  }

  isFine(): boolean {
    return this.rejected.length === 0;
  }

  title(field: ImportField): string {
    return this.header.columns.get(field)?.title ?? this.header.sheet.columns[field]?.[0] ?? field;
  }

  reject(field: ImportField, code: RejectionCode, facts: Record<string, string | number> = {}): void {
    if (this.rejected.some((fault) => fault.column === this.title(field))) return;
    this.rejected.push({
      ...this.at,
      column: this.title(field),
      code,
      read: textOf(this.cell(field)).slice(0, longestRead),
      facts: { field, ...facts },
      isPersonal: personalFields.has(field),
    });
  }

  /** Nothing in any column of the form; notes beside the table don't count. */
  isBlank(): boolean {
    for (const { at } of this.header.columns.values()) if (textOf(this.row.cells[at]) !== '') return false;
    return true;
  }

  /** Lists printed page by page repeat their header. */
  repeatsHeader(): boolean {
    const [first] = this.header.columns.values();
    if (first === undefined || textOf(this.row.cells[first.at]) !== first.title) return false;
    return this.row.cells.map((cell) => normaliseHeader(textOf(cell))).join('|') === this.header.firstRow;
  }

  require(field: ImportField): void {
    if (this.text(field) === '') this.reject(field, 'required');
  }

  private cell(field: ImportField): Cell | undefined {
    const column = this.header.columns.get(field);
    return column === undefined ? undefined : this.row.cells[column.at];
  }

  /** The cell's text when it may be taken at its word; '' and a rejection otherwise. */
  text(field: ImportField): string {
    const cell = this.cell(field);
    if (cell === undefined) return '';
    if (cell.kind === 'formula') this.reject(field, 'formula');
    else if (cell.kind === 'error') this.reject(field, 'cell_error');
    else if (cell.merged !== undefined && !this.mayBeMerged(field)) this.reject(field, 'merged_cell');
    else return cell.text.trim();
    return '';
  }

  /** A merged building or person holds for all its rows; a merged area only when the room is merged with it. */
  private mayBeMerged(field: ImportField): boolean {
    if (field === 'plate' || field === 'ownerNo') return false;
    return !unitFields.has(field) || this.cell('room')?.merged !== undefined;
  }

  /** A name that the writing program took for a date (1-1 became 1 January) is lost. */
  private nameText(field: ImportField, longest: number): string {
    const text = this.text(field);
    if (text !== '' && this.cell(field)?.kind === 'date') this.reject(field, 'became_date');
    else if (text.length > longest) this.reject(field, 'too_long', { limit: longest });
    return text;
  }

  building(): string {
    return normaliseBuilding(this.nameText('building', longestBuilding));
  }

  unitKey(): UnitKey {
    const { building, entrance, room } = this.place();
    return `${building}|${entrance}|${room}`;
  }

  private place() {
    const building = this.building();
    const entrance = normaliseEntrance(this.nameText('entrance', longestRoom));
    const room = normaliseRoom(this.nameText('room', longestRoom));
    if (room !== '' && !/[\p{L}\p{N}]/u.test(room)) this.reject('room', 'not_a_room');
    return { building, entrance, room };
  }

  unit(profile: ImportProfile): UnitDraft {
    const place = this.place();
    return {
      noun: 'unit',
      at: this.at,
      key: `${place.building}|${place.entrance}|${place.room}`,
      ...place,
      areaHundredthsM2: this.area(),
      usage: this.word('usage', profile.usages),
      state: this.word('state', profile.states),
      deliveredOn: this.day('deliveredOn'),
    };
  }

  private area(): number | null {
    const text = this.text('area').normalize('NFKC').replace(areaUnitPattern, '').replace(/,/g, '').trim();
    if (text === '') return null;
    if (!/^\d+(\.\d+)?$/.test(text)) this.reject('area', 'not_a_number');
    const hundredths = Math.round(Number(text) * 100);
    // Spreadsheets carry 94.560000000001; a third decimal that means something is refused.
    if (Math.abs(Number(text) * 100 - hundredths) > 1e-6) this.reject('area', 'too_many_decimals', { decimals: 2 });
    if (hundredths < 1 || hundredths > maxAreaHundredths) {
      this.reject('area', 'out_of_range', { from: 0.01, to: maxAreaHundredths / 100 });
    }
    return hundredths;
  }

  share(): number | null {
    const cell = this.cell('sharePercent');
    const written = this.text('sharePercent').normalize('NFKC');
    const text = written.replace(/%$/, '').trim();
    if (text === '') return null;
    if (!/^\d+(\.\d+)?$/.test(text)) this.reject('sharePercent', 'not_a_number');
    // A cell formatted as percent holds 0.5 for 50%.
    const percent = cell?.kind === 'number' && cell.value <= 1 ? cell.value * 100 : Number(text);
    if (!(percent > 0 && percent <= 100)) this.reject('sharePercent', 'out_of_range', { from: 0, to: 100 });
    return Math.round(percent * 100) / 100;
  }

  day(field: 'deliveredOn' | 'fromOn' | 'untilOn'): Day | null {
    const text = this.text(field);
    if (text === '') return null;
    const wall = parseWrittenTime(text);
    if (wall === null) this.reject(field, 'not_a_day');
    return wall?.slice(0, 10) ?? null;
  }

  private word<Word>(field: ImportField, words: Readonly<Record<string, Word>>): Word | null {
    const text = this.text(field).normalize('NFKC');
    if (text === '') return null;
    if (Object.hasOwn(words, text)) return words[text] ?? null;
    const allowed = Object.keys(words).filter((word) => !/^\d+$/.test(word));
    this.reject(field, 'unknown_word', { allowed: allowed.slice(0, 8).join('、') });
    return null;
  }

  plate(): string {
    const text = this.text('plate');
    const plate = normalisePlate(text);
    if (plate === null && text !== '') this.reject('plate', 'not_a_plate');
    return plate ?? '';
  }

  /** The people that the row names: none when the name is empty, several when it holds a separator. */
  people(profile: ImportProfile): PersonRow[] {
    const written = this.text('name');
    const phone = this.phone(profile);
    const identity = this.identity(profile);
    const relation = this.word('relation', profile.relations);
    const kind = this.word('partyKind', profile.partyKinds);
    if (written === '') {
      // A phone without a name would be dropped unseen.
      if (phone !== null || identity !== null) this.reject('name', 'required');
      return [];
    }
    if (relation === null) this.reject('relation', 'required');
    const names = written
      .normalize('NFKC')
      .split(nameSeparator)
      .map((name) => name.trim());
    return names
      .filter((name) => name !== '')
      .map((name, index) => {
        if (name.length > longestName) this.reject('name', 'too_long', { limit: longestName });
        return {
          at: this.at,
          name,
          // The one phone and identity of the row belong to the first that is named.
          phone: index === 0 ? phone : null,
          identity: index === 0 ? identity : null,
          kind: kind ?? (companyPattern.test(name) ? 'company' : 'person'),
          relation: relation ?? 'contact',
        };
      });
  }

  private phone(profile: ImportProfile): string | null {
    const text = this.text('phone');
    if (text === '' || profile.emptyPhones.includes(text)) return null;
    const reading = normalisePhone(text);
    if ('phone' in reading) return reading.phone;
    this.reject('phone', reading.fault);
    return null;
  }

  private identity(profile: ImportProfile): string | null {
    const cell = this.cell('identity');
    const text = this.text('identity').normalize('NFKC').toUpperCase().replace(/\s/g, '');
    if (text === '' || profile.emptyIdentities.includes(text)) return null;
    // As a number, 18 digits lose their last three the moment they are typed.
    if (cell?.kind === 'number' && text.length > 15) this.reject('identity', 'digits_lost');
    // Identity card (18 or the old 15), passport or permit, unified social credit code of a company.
    else if (!/^(\d{17}[\dX]|\d{15}|[0-9A-Z]{6,18})$/.test(text)) this.reject('identity', 'not_an_identity');
    return text;
  }
}
