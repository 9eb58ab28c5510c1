// A list of contractors 维保单位 as it is read from a sheet: one row a firm, with a contact and a term where it has them.
import type { Day } from '../../kernel/time.ts';

export const contractorFields = [
  'name',
  'category',
  'part',
  'covers',
  'months',
  'untilOn',
  'startsOn',
  'activeFrom',
  'activeUntil',
  'person',
  'phone',
  'duty',
  'note',
] as const;
export type ContractorField = (typeof contractorFields)[number];

export type ContractorRejectionCode =
  | 'required'
  | 'too_long'
  | 'unknown_category'
  | 'unknown_word'
  | 'not_months'
  | 'months_or_last_day'
  | 'not_a_day'
  | 'end_before_start'
  | 'not_a_phone'
  | 'phone_without_person'
  | 'formula'
  | 'cell_error'
  | 'contradicts_row'
  | 'firm_differs'
  | 'phone_differs'
  | 'term_differs'
  | 'no_known_header';

/** `column` is the heading as it stands in the file. */
export type ContractorRejection = {
  sheet: string;
  row: number;
  column: string;
  code: ContractorRejectionCode;
  read: string;
  isPersonal: boolean;
  facts?: Record<string, string | number>;
};

export type TermDraft = {
  covers: 'units' | 'common';
  category: string;
  part: string | null;
  months: number | null;
  untilOn: Day | null;
  startsOn: Day | null;
};
export type ContractorDraft = {
  sheet: string;
  row: number;
  name: string;
  category: string;
  /** null: the row says nothing, an earlier row or the register does. */
  activeFrom: Day | null;
  activeUntil: Day | null;
  note: string | null;
  person: { name: string; phone: string | null; duty: string | null } | null;
  /** null: neither months nor a last day, so the firm answers for the trade and nothing is promised. */
  term: TermDraft | null;
  /** The headings, for what is found wrong later. */
  titles: Partial<Record<ContractorField, string>>;
};
