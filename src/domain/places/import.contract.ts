// What an import 导入 of places and parties reads from a file: drafts with natural keys, and what it
// could not take, by sheet, row and column.

import { z } from 'zod';
import type { Day } from '../../kernel/time.ts';

/** Where a draft comes from; rows count from 1 as the spreadsheet shows them. */
export type RowPlace = { sheet: string; row: number };

/** `building|entrance|room` in normal form; the natural key of a unit within its community. */
export type UnitKey = string;
/** `name|phone`, without a phone `name@unit`; the natural key of a party. */
export type PartyKey = string;

export const unitUsages = ['residential', 'shop', 'office', 'dormitory', 'garage', 'storage', 'other'] as const;
export type UnitUsage = (typeof unitUsages)[number];
export const unitStates = ['unsold', 'vacant', 'occupied', 'renovating', 'let'] as const;
export type UnitState = (typeof unitStates)[number];
export const relationKinds = ['owner', 'lessee', 'family', 'carer', 'contact'] as const;
export type RelationKind = (typeof relationKinds)[number];

export type BuildingDraft = { noun: 'building'; at: RowPlace; building: string };
/** `null`: the file says nothing, so nothing is changed; `entrance` is `''` where there is none. */
export type UnitDraft = {
  noun: 'unit';
  at: RowPlace;
  key: UnitKey;
  building: string;
  entrance: string;
  room: string;
  areaHundredthsM2: number | null;
  usage: UnitUsage | null;
  state: UnitState | null;
  deliveredOn: Day | null;
};
export type PartyDraft = {
  noun: 'party';
  at: RowPlace;
  key: PartyKey;
  /** The unit in which the name is looked up when there is no phone. */
  unitKey: UnitKey;
  kind: 'person' | 'company';
  name: string;
  phone: string | null;
  identity: string | null;
};
export type RelationDraft = {
  noun: 'relation';
  at: RowPlace;
  unitKey: UnitKey;
  partyKey: PartyKey;
  relation: RelationKind;
  sharePercent: number | null;
  fromOn: Day | null;
  untilOn: Day | null;
};
export type VehicleDraft = {
  noun: 'vehicle';
  at: RowPlace;
  plate: string;
  unitKey: UnitKey;
  partyKey: PartyKey | null;
};
export type Draft = BuildingDraft | UnitDraft | PartyDraft | RelationDraft | VehicleDraft;

export const rejectionCodes = [
  'required',
  'too_long',
  'not_a_number',
  'out_of_range',
  'too_many_decimals',
  'not_a_day',
  'unknown_word',
  'has_letters',
  'too_few_digits',
  'too_many_digits',
  'not_a_phone',
  'not_an_identity',
  'not_a_plate',
  'not_a_room',
  'digits_lost',
  'became_date',
  'formula',
  'cell_error',
  'merged_cell',
  'contradicts_row',
  'unknown_owner',
  'owner_without_unit',
  'unknown_unit',
  'owner_differs',
  'plate_elsewhere',
  'missing_column',
  'no_known_header',
] as const;
export type RejectionCode = (typeof rejectionCodes)[number];

/** `facts` feed the wording: the column's field, the row that says otherwise, the words allowed. */
export type Rejection = RowPlace & {
  column: string;
  code: RejectionCode;
  read: string;
  facts?: Record<string, string | number>;
  /** The value read is a phone, an identity number or a name: not for those without the right (PR1). */
  isPersonal: boolean;
};

/** As the interface answers it; `expected` is worded. */
export const rejectedRowSchema = z.object({
  sheet: z.string(),
  row: z.number().int(),
  column: z.string(),
  code: z.enum(rejectionCodes),
  read: z.string(),
  expected: z.string(),
});
export type RejectedRow = z.infer<typeof rejectedRowSchema>;

export type ImportField =
  | 'building'
  | 'entrance'
  | 'room'
  | 'area'
  | 'usage'
  | 'state'
  | 'deliveredOn'
  | 'name'
  | 'partyKind'
  | 'relation'
  | 'phone'
  | 'identity'
  | 'sharePercent'
  | 'fromOn'
  | 'untilOn'
  | 'ownerNo'
  | 'plate';

/** How one sheet of a known form is recognised and read. Kept as data, so a further form is a further entry. */
export type SheetProfile = {
  code: string;
  /** Header spellings per field, without blanks, stars and brackets. */
  columns: Partial<Record<ImportField, readonly string[]>>;
  required: readonly ImportField[];
  /** Fields that must be in a row; the others may be empty. */
  filled: readonly ImportField[];
  /** A row without this field says nothing we keep (a parking space nobody bought). */
  skipWithout?: ImportField;
  /** Known headers that the product does not keep yet; other unknown headers are reported the same way. */
  rows: 'buildings' | 'units' | 'people' | 'owners' | 'vehicles';
};

export type ImportProfile = {
  code: string;
  sheets: readonly SheetProfile[];
  /** Words and codes of the form for our words. */
  usages: Readonly<Record<string, UnitUsage>>;
  states: Readonly<Record<string, UnitState>>;
  relations: Readonly<Record<string, RelationKind>>;
  partyKinds: Readonly<Record<string, 'person' | 'company'>>;
  /** Values that the form tells people to write when they have none. */
  emptyPhones: readonly string[];
  emptyIdentities: readonly string[];
};

export type IgnoredSheet = { sheet: string; reason: 'hidden' | 'notes' | 'unknown'; columns: string[] };
export type IgnoredColumn = { sheet: string; column: string };
