// Reads rows of a spreadsheet as buildings, units, people and vehicles 导入: finds the header, applies the
// form's profile, and rejects what is wrong with sheet, row and column (PP4). Then decides for each draft
// whether it is new, a change, the same, or needs a person, so that a second run writes nothing.

import { type Cell, isBlankRow, type SheetRow, textOf } from '../../kernel/sheet.ts';
import type { Day } from '../../kernel/time.ts';
import { parseWrittenTime } from '../../kernel/written-time.ts';
import { normalisePhone } from '../parties/phone.rules.ts';
import { normalisePlate } from '../parties/plate.rules.ts';
import type {
  Draft,
  IgnoredColumn,
  IgnoredSheet,
  ImportField,
  ImportProfile,
  PartyDraft,
  PartyKey,
  Rejection,
  RejectionCode,
  RelationDraft,
  RowPlace,
  SheetProfile,
  UnitDraft,
  UnitKey,
  VehicleDraft,
} from './import.contract.ts';
import { areaUnitPattern, companyPattern, nameSeparator, notesSheetPattern } from './import-profile.words.ts';
import { normaliseBuilding, normaliseEntrance, normaliseRoom } from './room.rules.ts';

/** A header stands within the first rows; above it there may be a title or a hint. */
const headerWithinRows = 20;
const longestRead = 60;
const longestRoom = 20;
const longestBuilding = 40;
const longestName = 100;
/** 100,000 m² in hundredths: no flat and no shop is larger. */
const maxAreaHundredths = 10_000_000;

const personalFields: ReadonlySet<ImportField> = new Set(['name', 'phone', 'identity', 'plate']);
const unitFields: ReadonlySet<ImportField> = new Set(['area', 'usage', 'state', 'deliveredOn']);

export const unitKeyOf = (building: string, entrance: string, room: string): UnitKey =>
  `${normaliseBuilding(building)}|${normaliseEntrance(entrance)}|${normaliseRoom(room)}`;

export const partyKeyOf = (name: string, phone: string | null, unitKey: UnitKey): PartyKey =>
  phone === null ? `${name}@${unitKey}` : `${name}|${phone}`;

/** Name and phone back out of the key: a hundred thousand people need not be remembered twice. */
export function partyOfKey(key: PartyKey, unitKey: UnitKey): { name: string; phone: string | null } {
  if (key.endsWith(`@${unitKey}`)) return { name: key.slice(0, -unitKey.length - 1), phone: null };
  const at = key.lastIndexOf('|');
  return { name: key.slice(0, at), phone: key.slice(at + 1) };
}

/** 建筑面积(㎡)*, with blanks or a line break inside → 建筑面积. */
export const normaliseHeader = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[(（【[].*?[)）】\]]/g, '')
    .replace(/[\s*:：_]/g, '');

type Header = {
  profile: ImportProfile;
  sheet: SheetProfile;
  /** Column index and header as written, per field. */
  columns: Map<ImportField, { at: number; title: string }>;
  firstRow: string;
};

type SheetState =
  | {
      kind: 'searching';
      seen: number;
      best: { header: Header; row: number; titles: string[] } | null;
      titles: string[];
    }
  | { kind: 'reading'; header: Header }
  | { kind: 'ignored' };

/** What a row or the end of the file yields. */
export type Mapped = { drafts: Draft[]; rejected: Rejection[] };

export type MappingSummary = {
  /** Codes of the forms that were recognised. */
  profiles: string[];
  rowsRead: number;
  /** Rows of people's data that were taken or rejected; blank ones and notes don't count. */
  rowsOfContent: number;
  rowsRejected: number;
  ignoredSheets: IgnoredSheet[];
  ignoredColumns: IgnoredColumn[];
};

export type ImportMapping = {
  take(row: SheetRow): Mapped;
  /** Ties what refers to later rows; asked once, after the last row. */
  finish(): Mapped;
  hasUnit(key: UnitKey): boolean;
  summary(): MappingSummary;
};

/** What has to be remembered of a unit that was handed on, and the row that said it. */
type UnitFacts = Pick<UnitDraft, 'areaHundredthsM2' | 'usage' | 'state' | 'deliveredOn'> & { row: number };

/** What a row says of one person, before it is tied to a unit. */
type PersonRow = {
  at: RowPlace;
  name: string;
  phone: string | null;
  identity: string | null;
  kind: 'person' | 'company';
  relation: RelationDraft['relation'];
};

type Waiting =
  | { noun: 'unit'; at: RowPlace; column: string; ownerNo: string; unit: UnitDraft }
  | { noun: 'vehicle'; at: RowPlace; column: string; ownerNo: string; plate: string };

/**
 * Maps row by row; memory grows by one small entry per unit and person, not with the file's text.
 * Rows must come sheet by sheet in the order of the file.
 */
export function startMapping(profiles: readonly ImportProfile[]): ImportMapping {
  let sheetIndex = -1;
  let sheetName = '';
  let state: SheetState = { kind: 'ignored' };
  let rowsRead = 0;
  let rowsOfContent = 0;
  let rowsRejected = 0;
  const recognised = new Set<string>();
  const ignoredSheets: IgnoredSheet[] = [];
  const ignoredColumns: IgnoredColumn[] = [];
  const buildings = new Set<string>();
  const units = new Map<UnitKey, UnitFacts>();
  const parties = new Map<PartyKey, { no: number; identity: string | null; row: number }>();
  /** `party number, unit key, relation`: numbers for names, for a hundred thousand long keys are 20 MB. */
  const relations = new Set<string>();
  const plates = new Map<string, { unitKey: UnitKey; row: number }>();
  const owners = new Map<string, PersonRow>();
  const dependents = new Map<string, PersonRow[]>();
  const waiting: Waiting[] = [];
  const unitsOfOwner = new Map<string, UnitKey[]>();

  function endSheet(rejected: Rejection[]): void {
    if (state.kind !== 'searching') return;
    const { best, titles } = state;
    if (best !== null) {
      for (const field of best.header.sheet.required) {
        if (best.header.columns.has(field)) continue;
        rejected.push({
          sheet: sheetName,
          row: best.row,
          column: best.header.sheet.columns[field]?.[0] ?? field,
          code: 'missing_column',
          read: best.titles.join('、').slice(0, longestRead),
          isPersonal: false,
        });
      }
    } else if (state.seen > 0) ignoredSheets.push({ sheet: sheetName, reason: 'unknown', columns: titles });
    state = { kind: 'ignored' };
  }

  function startSheet(row: SheetRow): void {
    sheetIndex = row.sheet.index;
    sheetName = row.sheet.name;
    const reason = row.sheet.isHidden ? 'hidden' : notesSheetPattern.test(sheetName.trim()) ? 'notes' : null;
    if (reason === null) state = { kind: 'searching', seen: 0, best: null, titles: [] };
    else {
      ignoredSheets.push({ sheet: sheetName, reason, columns: [] });
      state = { kind: 'ignored' };
    }
  }

  function search(row: SheetRow, rejected: Rejection[]): void {
    if (state.kind !== 'searching') return;
    const found = headerOf(row, profiles);
    const titles = row.cells.map(textOf).filter((title) => title !== '');
    if (state.titles.length < 2 && titles.length > state.titles.length) state.titles = titles;
    state.seen++;
    if (found?.sheet.required.every((field) => found.columns.has(field))) {
      recognised.add(found.profile.code);
      const taken = new Set([...found.columns.values()].map((column) => column.at));
      for (const [at, cell] of row.cells.entries()) {
        if (!taken.has(at) && textOf(cell) !== '') ignoredColumns.push({ sheet: sheetName, column: textOf(cell) });
      }
      state = { kind: 'reading', header: found };
    } else if (
      found !== null &&
      found.columns.size >= 2 &&
      found.columns.size > (state.best?.header.columns.size ?? 0)
    ) {
      state.best = { header: found, row: row.row, titles };
    }
    if (state.kind === 'searching' && row.row >= headerWithinRows) endSheet(rejected);
  }

  /** The first fact in which an earlier row of the same unit says otherwise, or says nothing: it is handed on already. */
  function contradictionOf(unit: UnitDraft): { field: ImportField; row: number } | null {
    const known = units.get(unit.key);
    if (known === undefined) return null;
    for (const [field, name] of unitFacts) {
      if (unit[name] !== null && known[name] !== unit[name]) return { field, row: known.row };
    }
    return null;
  }

  function takeUnit(unit: UnitDraft, drafts: Draft[]): void {
    if (units.has(unit.key)) return;
    const { areaHundredthsM2, usage, state: unitState, deliveredOn } = unit;
    units.set(unit.key, { areaHundredthsM2, usage, state: unitState, deliveredOn, row: unit.at.row });
    emitBuilding(unit.building, unit.at, drafts);
    drafts.push(unit);
  }

  function emitBuilding(building: string, at: RowPlace, drafts: Draft[]): void {
    if (buildings.has(building)) return;
    buildings.add(building);
    drafts.push({ noun: 'building', at, building });
  }

  function personDrafts(person: PersonRow, unitKey: UnitKey, more: Partial<RelationDraft>, drafts: Draft[]): PartyKey {
    const key = partyKeyOf(person.name, person.phone, unitKey);
    let known = parties.get(key);
    if (known === undefined) {
      known = { no: parties.size, identity: person.identity, row: person.at.row };
      parties.set(key, known);
      drafts.push({
        noun: 'party',
        key,
        unitKey,
        at: person.at,
        kind: person.kind,
        name: person.name,
        phone: person.phone,
        identity: person.identity,
      });
    }
    const tie = `${known.no},${unitKey},${person.relation}`;
    if (!relations.has(tie)) {
      relations.add(tie);
      drafts.push({
        noun: 'relation',
        at: person.at,
        unitKey,
        partyKey: key,
        relation: person.relation,
        sharePercent: more.sharePercent ?? null,
        fromOn: more.fromOn ?? null,
        untilOn: more.untilOn ?? null,
      });
    }
    return key;
  }

  function readRow(row: SheetRow, header: Header): Mapped {
    const reader = new RowReader(row, header);
    const drafts: Draft[] = [];
    const { sheet, profile } = header;
    if (reader.isBlank() || reader.repeatsHeader()) return { drafts, rejected: [] };
    if (sheet.skipWithout !== undefined && reader.text(sheet.skipWithout) === '') return { drafts, rejected: [] };
    rowsOfContent++;
    for (const field of sheet.filled) reader.require(field);

    if (sheet.rows === 'buildings') {
      const building = reader.building();
      if (reader.isFine()) emitBuilding(building, reader.at, drafts);
    } else if (sheet.rows === 'owners') {
      const [person] = reader.people(profile);
      const ownerNo = reader.text('ownerNo');
      if (reader.isFine() && person !== undefined) {
        if (person.relation !== 'owner') dependents.set(ownerNo, [...(dependents.get(ownerNo) ?? []), person]);
        else {
          const known = owners.get(ownerNo);
          if (known === undefined) owners.set(ownerNo, person);
          else if (known.name !== person.name || known.phone !== person.phone) {
            reader.reject('ownerNo', 'contradicts_row', { row: known.at.row });
          }
        }
      }
    } else if (sheet.rows === 'vehicles') {
      const plate = reader.plate();
      const ownerNo = reader.text('ownerNo');
      if (header.columns.has('ownerNo')) {
        if (reader.isFine())
          waiting.push({ noun: 'vehicle', at: reader.at, column: reader.title('ownerNo'), ownerNo, plate });
      } else {
        const unitKey = reader.unitKey();
        const known = plates.get(plate);
        if (known !== undefined && known.unitKey !== unitKey)
          reader.reject('plate', 'contradicts_row', { row: known.row });
        if (reader.isFine() && known === undefined) {
          plates.set(plate, { unitKey, row: row.row });
          drafts.push({ noun: 'vehicle', at: reader.at, plate, unitKey, partyKey: null });
        }
      }
    } else {
      const isWholeUnit = sheet.rows === 'units' || header.columns.has('area');
      const unit = reader.unit(profile);
      const people = sheet.rows === 'people' ? reader.people(profile) : [];
      const sharePercent = reader.share();
      const fromOn = reader.day('fromOn');
      const untilOn = reader.day('untilOn');
      for (const person of people) {
        const known = parties.get(partyKeyOf(person.name, person.phone, unit.key));
        if (known !== undefined && person.identity !== null && known.identity !== person.identity) {
          reader.reject('identity', 'contradicts_row', { row: known.row });
        }
      }
      const contradiction = isWholeUnit ? contradictionOf(unit) : null;
      if (contradiction !== null) reader.reject(contradiction.field, 'contradicts_row', { row: contradiction.row });
      const ownerNo = reader.text('ownerNo');
      if (reader.isFine() && ownerNo !== '' && header.columns.has('ownerNo')) {
        waiting.push({ noun: 'unit', at: reader.at, column: reader.title('ownerNo'), ownerNo, unit });
      } else if (reader.isFine()) {
        if (isWholeUnit) takeUnit(unit, drafts);
        for (const person of people) personDrafts(person, unit.key, { sharePercent, fromOn, untilOn }, drafts);
      }
    }
    if (!reader.isFine()) {
      rowsRejected++;
      return { drafts: [], rejected: reader.rejected };
    }
    return { drafts, rejected: [] };
  }

  function tieWaiting(): Mapped {
    const drafts: Draft[] = [];
    const rejected: Rejection[] = [];
    const refuse = (at: RowPlace, column: string, code: RejectionCode, read: string, facts?: Rejection['facts']) => {
      rowsRejected++;
      rejected.push({ ...at, column, code, read, isPersonal: false, ...(facts === undefined ? {} : { facts }) });
    };
    const namedOwners = new Set<string>();
    for (const entry of waiting) {
      if (entry.noun !== 'unit') continue;
      namedOwners.add(entry.ownerNo);
      const owner = owners.get(entry.ownerNo);
      const contradiction = contradictionOf(entry.unit);
      if (owner === undefined) refuse(entry.at, entry.column, 'unknown_owner', entry.ownerNo);
      else if (contradiction !== null) {
        const { field, row } = contradiction;
        refuse(entry.at, field, 'contradicts_row', entry.unit.room, { field, row });
      } else {
        takeUnit(entry.unit, drafts);
        const { key } = entry.unit;
        const known = unitsOfOwner.get(entry.ownerNo);
        if (known === undefined) unitsOfOwner.set(entry.ownerNo, [key]);
        else known.push(key);
        for (const person of [owner, ...(dependents.get(entry.ownerNo) ?? [])]) personDrafts(person, key, {}, drafts);
      }
    }
    for (const [ownerNo, owner] of owners) {
      if (!namedOwners.has(ownerNo)) refuse(owner.at, 'ownerNo', 'owner_without_unit', ownerNo);
    }
    for (const [ownerNo, people] of dependents) {
      if (!owners.has(ownerNo)) for (const person of people) refuse(person.at, 'ownerNo', 'unknown_owner', ownerNo);
    }
    for (const entry of waiting) {
      if (entry.noun !== 'vehicle') continue;
      const [unitKey] = unitsOfOwner.get(entry.ownerNo) ?? [];
      const owner = owners.get(entry.ownerNo);
      if (unitKey === undefined || owner === undefined) refuse(entry.at, entry.column, 'unknown_owner', entry.ownerNo);
      else if (!plates.has(entry.plate)) {
        plates.set(entry.plate, { unitKey, row: entry.at.row });
        const partyKey = partyKeyOf(owner.name, owner.phone, unitKey);
        drafts.push({ noun: 'vehicle', at: entry.at, plate: entry.plate, unitKey, partyKey });
      }
    }
    waiting.length = 0;
    return { drafts, rejected };
  }

  return {
    take(row) {
      const rejected: Rejection[] = [];
      if (row.sheet.index !== sheetIndex) {
        endSheet(rejected);
        startSheet(row);
      }
      rowsRead++;
      if (isBlankRow(row)) return { drafts: [], rejected };
      if (state.kind === 'searching') {
        search(row, rejected);
        return { drafts: [], rejected };
      }
      if (state.kind === 'ignored') return { drafts: [], rejected };
      const mapped = readRow(row, state.header);
      return rejected.length === 0 ? mapped : { drafts: mapped.drafts, rejected: [...rejected, ...mapped.rejected] };
    },
    finish() {
      const rejected: Rejection[] = [];
      endSheet(rejected);
      const tied = tieWaiting();
      if (recognised.size === 0 && rejected.length === 0) {
        const unknown = ignoredSheets.find((ignored) => ignored.reason === 'unknown');
        rejected.push({
          sheet: unknown?.sheet ?? ignoredSheets[0]?.sheet ?? '',
          row: 1,
          column: '',
          code: 'no_known_header',
          read: (unknown?.columns ?? []).join('、').slice(0, longestRead),
          isPersonal: false,
        });
      }
      return { drafts: tied.drafts, rejected: [...rejected, ...tied.rejected] };
    },
    hasUnit: (key) => units.has(key),
    summary: () => ({
      profiles: [...recognised],
      rowsRead,
      rowsOfContent,
      rowsRejected,
      ignoredSheets,
      ignoredColumns,
    }),
  };
}

const unitFacts = [
  ['area', 'areaHundredthsM2'],
  ['usage', 'usage'],
  ['state', 'state'],
  ['deliveredOn', 'deliveredOn'],
] as const;

/** The form and columns that this row heads best, or null when no column is known. */
function headerOf(row: SheetRow, profiles: readonly ImportProfile[]): Header | null {
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
class RowReader {
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

// ── plan ────────────────────────────────────────────────────────────────────────────────────────────

export type KnownUnit = Pick<UnitDraft, 'areaHundredthsM2' | 'usage' | 'state' | 'deliveredOn'> & { id: string };
export type KnownParty = {
  id: string;
  kind: 'person' | 'company';
  name: string;
  hasPhone: boolean;
  hasIdentity: boolean;
  hasSameIdentity: boolean;
};
export type KnownRelation = { id: string; sharePercent: number | null; fromOn: Day; untilOn: Day | null };

/** What was there before the import; looked up by the store, in batches. Ids say nothing to the rules. */
export type KnownFacts = {
  building(name: string): { id: string } | undefined;
  unit(key: UnitKey): KnownUnit | undefined;
  /** By name and phone (compared by keyed hash), without a phone by name among the unit's people. */
  party(draft: PartyDraft): KnownParty | undefined;
  /** A relation that runs now. */
  relation(draft: RelationDraft): KnownRelation | undefined;
  /** How many owners the unit had before the import. */
  ownersOf(key: UnitKey): number;
  vehicle(plate: string): { id: string; unitKey: UnitKey } | undefined;
  isUnitInFile(key: UnitKey): boolean;
};

export type Changed = Record<string, { was: string | number | null; is: string | number | null }>;

export type Decision =
  | { decision: 'create'; draft: Draft }
  | { decision: 'change'; draft: Draft; id: string; changed: Changed }
  | { decision: 'same'; draft: Draft; id: string }
  | { decision: 'conflict'; draft: Draft; code: 'unknown_unit' | 'owner_differs' | 'plate_elsewhere' };

/** An empty cell never erases what is kept; a fact that differs is a change, shown before it is made. */
export function decide(draft: Draft, known: KnownFacts): Decision {
  switch (draft.noun) {
    case 'building': {
      const found = known.building(draft.building);
      return found === undefined ? { decision: 'create', draft } : { decision: 'same', draft, id: found.id };
    }
    case 'unit': {
      const found = known.unit(draft.key);
      return found === undefined
        ? { decision: 'create', draft }
        : changeOrSame(
            draft,
            found.id,
            unitFacts.map(([, name]) => [name, found[name], draft[name]]),
          );
    }
    case 'party': {
      if (!hasUnit(draft.unitKey, known)) return { decision: 'conflict', draft, code: 'unknown_unit' };
      const found = known.party(draft);
      if (found === undefined) return { decision: 'create', draft };
      const changed: Changed = {};
      if (draft.kind !== found.kind) changed.kind = { was: found.kind, is: draft.kind };
      // Values of phone and identity stay out of the plan: it is shown to people without the right to see them.
      if (draft.phone !== null && !found.hasPhone) changed.phone = { was: null, is: 'new' };
      if (draft.identity !== null && !found.hasSameIdentity) {
        changed.identity = { was: found.hasIdentity ? 'old' : null, is: 'new' };
      }
      return Object.keys(changed).length === 0
        ? { decision: 'same', draft, id: found.id }
        : { decision: 'change', draft, id: found.id, changed };
    }
    case 'relation': {
      if (!hasUnit(draft.unitKey, known)) return { decision: 'conflict', draft, code: 'unknown_unit' };
      const found = known.relation(draft);
      if (found !== undefined) {
        return changeOrSame(draft, found.id, [
          ['sharePercent', found.sharePercent, draft.sharePercent],
          ['fromOn', found.fromOn, draft.fromOn],
          ['untilOn', found.untilOn, draft.untilOn],
        ]);
      }
      // Another owner is a change of ownership 过户, which closes one relation and asks about money (PP2).
      if (draft.relation === 'owner' && known.ownersOf(draft.unitKey) > 0) {
        return { decision: 'conflict', draft, code: 'owner_differs' };
      }
      return { decision: 'create', draft };
    }
    case 'vehicle':
      return decideVehicle(draft, known);
  }
}

function decideVehicle(draft: VehicleDraft, known: KnownFacts): Decision {
  if (!hasUnit(draft.unitKey, known)) return { decision: 'conflict', draft, code: 'unknown_unit' };
  const found = known.vehicle(draft.plate);
  if (found === undefined) return { decision: 'create', draft };
  return found.unitKey === draft.unitKey
    ? { decision: 'same', draft, id: found.id }
    : { decision: 'conflict', draft, code: 'plate_elsewhere' };
}

const hasUnit = (key: UnitKey, known: KnownFacts): boolean => known.isUnitInFile(key) || known.unit(key) !== undefined;

type Fact = string | number | null;

function changeOrSame(draft: Draft, id: string, facts: readonly (readonly [string, Fact, Fact])[]): Decision {
  const changed: Changed = {};
  for (const [name, was, is] of facts) if (is !== null && is !== was) changed[name] = { was, is };
  return Object.keys(changed).length === 0
    ? { decision: 'same', draft, id }
    : { decision: 'change', draft, id, changed };
}

export type Plan = {
  creates: Draft[];
  changes: Extract<Decision, { decision: 'change' }>[];
  unchanged: number;
  conflicts: Extract<Decision, { decision: 'conflict' }>[];
};

/** The whole plan at once, for previews; a large file is decided draft by draft with `decide`. */
export function planImport(known: KnownFacts, drafts: Iterable<Draft>): Plan {
  const plan: Plan = { creates: [], changes: [], unchanged: 0, conflicts: [] };
  for (const draft of drafts) {
    const decision = decide(draft, known);
    if (decision.decision === 'create') plan.creates.push(draft);
    else if (decision.decision === 'change') plan.changes.push(decision);
    else if (decision.decision === 'conflict') plan.conflicts.push(decision);
    else plan.unchanged++;
  }
  return plan;
}

/** Whose column a conflict is shown under. */
const conflictField = { unknown_unit: 'room', owner_differs: 'name', plate_elsewhere: 'plate' } as const;

/** A conflict as the report shows it, beside the rejected rows. */
export function rejectionOf(conflict: Extract<Decision, { decision: 'conflict' }>): Rejection {
  const { draft, code } = conflict;
  const read =
    draft.noun === 'vehicle'
      ? code === 'plate_elsewhere'
        ? draft.plate
        : draft.unitKey
      : draft.noun === 'relation'
        ? code === 'owner_differs'
          ? draft.partyKey.replace(/[|@].*$/, '')
          : draft.unitKey
        : draft.noun === 'party'
          ? draft.unitKey
          : '';
  return {
    ...draft.at,
    column: conflictField[code],
    code,
    read:
      code === 'unknown_unit'
        ? read
            .split('|')
            .filter((part) => part !== '')
            .join('-')
        : read,
    facts: { field: conflictField[code] },
    isPersonal: code !== 'unknown_unit',
  };
}
