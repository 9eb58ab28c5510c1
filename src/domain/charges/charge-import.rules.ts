// Fee settings, the fees of rooms and meters as a widely used property system writes them in its forms (费用设置, 房屋信息,
// 水电表): read row by row by their headings; what stands beside the table is a note of the form, not a row.
import type { CellBody, SheetRow } from '../../kernel/sheet.ts';
import { type Day, isDay } from '../../kernel/time.ts';
import { normaliseEntrance, normaliseRoom, unitLabel } from '../places/room.rules.ts';
import type { ChargeKind, PriceRule } from './charge.contract.ts';
import { scaledOf } from './rule-draft.rules.ts';

export type ItemDraft = {
  noun: 'item';
  number: string;
  name: string;
  kind: ChargeKind;
  from: Day;
  until: Day | null;
  rule: PriceRule;
};
export type FeeDraft = { noun: 'fee'; unit: string; numbers: readonly string[]; from: readonly (Day | null)[] };
export type MeterDraft = { noun: 'meter'; code: string; unit: string; item: string };
export type ChargeDraft = (ItemDraft | FeeDraft | MeterDraft) & { sheet: string; row: number };
export type ChargeRejectionCode =
  | 'required'
  | 'not_a_number'
  | 'not_a_day'
  | 'unknown_formula'
  | 'unknown_unit'
  | 'unknown_item'
  | 'meter_elsewhere'
  | 'once_only'
  | 'no_known_header';
export type ChargeRejection = { sheet: string; row: number; column: string; code: ChargeRejectionCode; read: string };

type Layout = 'item' | 'fee' | 'meter';
/** Which headings make a sheet one of ours. */
const layouts: Record<Layout, readonly string[]> = {
  item: ['费用编号', '收费项目', '计算公式', '计费单价', '固定费用', '计费起始时间'],
  fee: ['房屋编号', '楼栋编号', '单元编号', '房屋费用', '费用开始时间'],
  meter: ['表号', '房屋', '费用项'],
};
const kinds: readonly (readonly [RegExp, ChargeKind])[] = [
  [/物业/, 'management'],
  [/水/, 'water'],
  [/电/, 'electricity'],
  [/[燃煤天]气/, 'gas'],
  [/取暖|供暖|供热/, 'heating'],
  [/停车|车位/, 'parking'],
  [/维修/, 'repair'],
];
const kindOf = (text: string): ChargeKind => kinds.find(([pattern]) => pattern.test(text))?.[1] ?? 'other';

const textOf = (cell: CellBody | undefined): string => (cell?.text ?? '').trim();

/** `2020-6-10`, `2020/06/10` or a date cell. */
export function dayIn(text: string): Day | null {
  const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s.*)?$/.exec(text.trim());
  if (!match) return null;
  const day = `${match[1]}-${String(match[2]).padStart(2, '0')}-${String(match[3]).padStart(2, '0')}`;
  return isDay(day) ? day : null;
}

/** `1-1-1001` with its parts in normal form. */
export function labelIn(text: string): string | null {
  const parts = text.trim().split(/[-－—]/);
  if (parts.length !== 3) return null;
  const [building = '', entrance = '', room = ''] = parts;
  return labelOf(building, entrance, room);
}
const labelOf = (building: string, entrance: string, room: string): string =>
  unitLabel({ building: building.trim(), entrance: normaliseEntrance(entrance), room: normaliseRoom(room) });

export function startChargeMapping() {
  let sheet = '';
  let columns: ReadonlyMap<string, number> | null = null;
  let layout: Layout | null = null;
  let known = 0;

  function header(row: SheetRow): void {
    const found = new Map(row.cells.flatMap((cell, at) => (textOf(cell) === '' ? [] : [[textOf(cell), at] as const])));
    layout =
      (Object.keys(layouts) as Layout[]).find((name) => layouts[name].every((title) => found.has(title))) ?? null;
    columns = layout === null ? null : found;
    if (layout !== null) known++;
  }

  return {
    take(row: SheetRow): { drafts: ChargeDraft[]; rejected: ChargeRejection[] } {
      if (row.sheet.name !== sheet) {
        sheet = row.sheet.name;
        header(row);
        return { drafts: [], rejected: [] };
      }
      if (layout === null || columns === null) return { drafts: [], rejected: [] };
      const at = (title: string): string => {
        const place = columns?.get(title);
        return place === undefined ? '' : textOf(row.cells[place]);
      };
      // A row with nothing under any of our headings is a note at the side.
      if (layouts[layout].every((title) => at(title) === '')) return { drafts: [], rejected: [] };
      const place = { sheet, row: row.row };
      const rejected: ChargeRejection[] = [];
      const no = (column: string, code: ChargeRejectionCode) =>
        rejected.push({ ...place, column, code, read: at(column) });
      const made = { item: itemOf, fee: feeOf, meter: meterOf }[layout](at, no);
      return { drafts: made !== null && rejected.length === 0 ? [{ ...made, ...place }] : [], rejected };
    },
    finish: (): ChargeRejection[] =>
      known > 0 ? [] : [{ sheet, row: 1, column: '', code: 'no_known_header', read: '' }],
  };
}

type At = (title: string) => string;
type No = (column: string, code: ChargeRejectionCode) => void;

function itemOf(at: At, no: No): ItemDraft | null {
  for (const title of ['费用编号', '收费项目', '计算公式']) if (at(title) === '') no(title, 'required');
  if (at('费用标识') === '一次性费用') no('费用标识', 'once_only');
  const price = scaledOf(at('计费单价') || '0', 4);
  const fixed = scaledOf(at('固定费用') || '0', 2);
  const from = dayIn(at('计费起始时间'));
  const until = at('计费结束时间') === '' ? null : dayIn(at('计费结束时间'));
  if (price === null) no('计费单价', 'not_a_number');
  if (fixed === null) no('固定费用', 'not_a_number');
  if (from === null) no('计费起始时间', 'not_a_day');
  if (at('计费结束时间') !== '' && until === null) no('计费结束时间', 'not_a_day');
  const rule = ruleOf(at('计算公式'), price ?? 0, fixed ?? 0);
  if (rule === null && at('计算公式') !== '') no('计算公式', 'unknown_formula');
  if (rule === null || from === null) return null;
  return {
    noun: 'item',
    number: at('费用编号'),
    name: at('收费项目'),
    kind: kindOf(at('费用类型')),
    from,
    until,
    rule,
  };
}

/** The form's two formulas: area × price + a fixed sum on top, or the fixed sum alone. */
function ruleOf(code: string, priceTenThousandths: number, fen: number): PriceRule | null {
  if (code === '2002') return { kind: 'fixed', amountFen: fen };
  if (code !== '1001') return null;
  if (fen === 0) return { kind: 'area', areaOf: 'built', priceTenThousandths };
  return { kind: 'formula', text: '建筑面积×单价+附加费', gives: 'amount', priceTenThousandths, surchargeFen: fen };
}

/** `1#2` beside `2020-06-10#2020-07-10`: several fees, each from its day. */
function feeOf(at: At, no: No): FeeDraft | null {
  if (at('房屋费用') === '') return null;
  const numbers = at('房屋费用')
    .split('#')
    .map((part) => part.trim());
  const days = at('费用开始时间') === '' ? [] : at('费用开始时间').split('#').map(dayIn);
  if (days.some((day) => day === null)) no('费用开始时间', 'not_a_day');
  return {
    noun: 'fee',
    unit: labelOf(at('楼栋编号'), at('单元编号'), at('房屋编号')),
    numbers,
    from: numbers.map((_, place) => days[place] ?? null),
  };
}

function meterOf(at: At, no: No): MeterDraft | null {
  for (const title of layouts.meter) if (at(title) === '') no(title, 'required');
  const unit = labelIn(at('房屋'));
  if (unit === null && at('房屋') !== '') no('房屋', 'unknown_unit');
  return unit === null ? null : { noun: 'meter', code: at('表号'), unit, item: at('费用项') };
}
