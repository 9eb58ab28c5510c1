// Reads rows of a spreadsheet as buildings, units, people and vehicles 导入: finds the header, applies the form's profile, and
// hands each fact on once, tied to its unit and its owner.
import { isBlankRow, type SheetRow, textOf } from '../../kernel/sheet.ts';
import type {
  Draft,
  IgnoredColumn,
  IgnoredSheet,
  ImportField,
  ImportProfile,
  PartyKey,
  Rejection,
  RejectionCode,
  RelationDraft,
  RowPlace,
  UnitDraft,
  UnitKey,
} from './import.contract.ts';
import { partyKeyOf, unitFacts } from './import-keys.rules.ts';
import { notesSheetPattern } from './import-profile.words.ts';
import { type Header, headerOf, longestRead, type PersonRow, RowReader } from './import-row.rules.ts';

/** A header stands within the first rows; above it there may be a title or a hint. */
const headerWithinRows = 20;

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
