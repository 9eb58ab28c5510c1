// Reads a list of contractors 维保单位 from a spreadsheet: each row a firm in a trade, with its contact and its term.
import { type SheetRow, textOf } from '../../kernel/sheet.ts';
import type { Day } from '../../kernel/time.ts';
import { parseWrittenTime } from '../../kernel/written-time.ts';
import { normalisePhone } from '../parties/phone.rules.ts';
import {
  type ContractorDraft,
  type ContractorField,
  type ContractorRejection,
  type ContractorRejectionCode,
  contractorFields,
  type TermDraft,
} from './contractor-import.contract.ts';
import { categoryOfWord, contractorColumns, coversOfWord } from './contractor-import.words.ts';

export type Category = { code: string; name: string };
type Columns = Map<ContractorField, { at: number; title: string }>;

const headerWithinRows = 20;
/** As long as the register keeps them. */
const longest: Partial<Record<ContractorField, number>> = { name: 60, part: 40, person: 60, duty: 40, note: 500 };
const personal: ReadonlySet<ContractorField> = new Set(['person', 'phone']);
const mostMonths = 600;
/** A sheet of examples, as the form has it, is not read. */
const exampleSheet = /^示例/;

const plainTitle = (title: string): string => title.replace(/[\s*＊()（）]/g, '');

export type ContractorMapping = {
  take(row: SheetRow): { draft: ContractorDraft | null; rejected: ContractorRejection[] };
  finish(): ContractorRejection[];
};

export function startContractorMapping(categories: readonly Category[]): ContractorMapping {
  let columns: Columns | null = null;
  let sheet = -1;
  let hasHeader = false;
  let first: { sheet: string; titles: string } | null = null;

  const headerOf = (row: SheetRow): void => {
    const found: Columns = new Map();
    for (const [at, cell] of row.cells.entries()) {
      const title = textOf(cell);
      const field = contractorFields.find((one) => contractorColumns[one].includes(plainTitle(title)));
      if (field !== undefined && !found.has(field)) found.set(field, { at, title });
    }
    first ??= { sheet: row.sheet.name, titles: row.cells.map(textOf).filter(Boolean).join('、').slice(0, 60) };
    if (!found.has('name') || !found.has('category')) return;
    columns = found;
    hasHeader = true;
  };

  return {
    take(row) {
      const nothing = { draft: null, rejected: [] };
      if (row.sheet.index !== sheet) {
        sheet = row.sheet.index;
        columns = null;
      }
      if (row.sheet.isHidden || exampleSheet.test(row.sheet.name)) return nothing;
      if (columns !== null) return draftOf(row, columns, categories);
      if (row.row <= headerWithinRows) headerOf(row);
      return nothing;
    },
    finish: () =>
      hasHeader
        ? []
        : [
            {
              sheet: first?.sheet ?? '',
              row: 1,
              column: '',
              code: 'no_known_header',
              read: first?.titles ?? '',
              isPersonal: false,
            },
          ],
  };
}

/** Every fault of the row at once; a row without a word says nothing. */
function draftOf(row: SheetRow, known: Columns, categories: readonly Category[]) {
  const rejected: ContractorRejection[] = [];
  const cellOf = (field: ContractorField) => {
    const column = known.get(field);
    return column === undefined ? undefined : row.cells[column.at];
  };
  const reject = (field: ContractorField, code: ContractorRejectionCode, facts?: ContractorRejection['facts']) => {
    rejected.push({
      sheet: row.sheet.name,
      row: row.row,
      column: known.get(field)?.title ?? contractorColumns[field][0] ?? field,
      code,
      read: textOf(cellOf(field)).slice(0, 60),
      isPersonal: personal.has(field),
      ...(facts === undefined ? {} : { facts }),
    });
  };
  const read = (field: ContractorField): string => {
    const cell = cellOf(field);
    if (cell?.kind === 'formula') reject(field, 'formula');
    else if (cell?.kind === 'error') reject(field, 'cell_error');
    const text = textOf(cell);
    const maximum = longest[field];
    if (maximum !== undefined && text.length > maximum) reject(field, 'too_long', { maximum });
    return text;
  };
  const day = (field: ContractorField): Day | null => {
    const text = read(field);
    if (text === '') return null;
    const wall = parseWrittenTime(text);
    if (wall === null) reject(field, 'not_a_day');
    return wall === null ? null : wall.slice(0, 10);
  };
  const texts = Object.fromEntries(contractorFields.map((field) => [field, textOf(cellOf(field))]));
  if (Object.values(texts).every((text) => text === '')) return { draft: null, rejected };

  const name = read('name');
  if (name === '') reject('name', 'required');
  const word = read('category');
  const category =
    categories.find((one) => [one.name, one.code].includes(word) || one.code === categoryOfWord[word])?.code ?? '';
  if (word === '') reject('category', 'required');
  else if (category === '')
    reject('category', 'unknown_category', { words: categories.map((one) => one.name).join('、') });

  const [activeFrom, activeUntil] = [day('activeFrom'), day('activeUntil')];
  if (activeFrom !== null && activeUntil !== null && activeUntil < activeFrom)
    reject('activeUntil', 'end_before_start');
  const person = readPerson(read, reject);
  const term = readTerm(read, day, reject, category);
  const note = read('note');
  if (rejected.length > 0) return { draft: null, rejected };
  const titles = Object.fromEntries([...known].map(([field, { title }]) => [field, title]));
  const draft: ContractorDraft = {
    sheet: row.sheet.name,
    row: row.row,
    name,
    category,
    activeFrom,
    activeUntil,
    note: note === '' ? null : note,
    person,
    term,
    titles,
  };
  return { draft, rejected };
}

type Read = (field: ContractorField) => string;
type Reject = (field: ContractorField, code: ContractorRejectionCode, facts?: ContractorRejection['facts']) => void;

function readPerson(read: Read, reject: Reject): ContractorDraft['person'] {
  const [name, phone, duty] = [read('person'), read('phone'), read('duty')];
  if (name === '') {
    if (phone !== '' || duty !== '') reject('person', 'phone_without_person');
    return null;
  }
  const reading = phone === '' ? null : normalisePhone(phone);
  if (reading && 'fault' in reading) reject('phone', 'not_a_phone');
  return {
    name,
    phone: reading && 'phone' in reading ? reading.phone : null,
    duty: duty === '' ? null : duty,
  };
}

function readTerm(
  read: Read,
  day: (field: ContractorField) => Day | null,
  reject: Reject,
  category: string,
): TermDraft | null {
  const covers = coversOfWord[read('covers')];
  if (covers === undefined)
    reject('covers', 'unknown_word', { words: Object.keys(coversOfWord).filter(Boolean).join('、') });
  const [part, written] = [read('part'), read('months')];
  const [untilOn, startsOn] = [day('untilOn'), day('startsOn')];
  const months = written === '' ? null : Number(written);
  if (months !== null && !(Number.isInteger(months) && months >= 1 && months <= mostMonths))
    reject('months', 'not_months');
  if (months !== null && untilOn !== null) reject('untilOn', 'months_or_last_day');
  if (untilOn !== null && startsOn !== null && untilOn < startsOn) reject('untilOn', 'end_before_start');
  if (months === null && untilOn === null) {
    // A part or a day without how long promises nothing that could be kept.
    if (part !== '' || startsOn !== null) reject('months', 'required');
    return null;
  }
  return { covers: covers ?? 'units', category, part: part === '' ? null : part, months, untilOn, startsOn };
}
