// Words of charges 应收: each line as a clerk would read it out, why it differs from last month, and what a price rule or
// an amount typed is refused for.

import { type AmountFault, yuanOfFen } from '../../kernel/money.ts';
import { decimalText, rational, times } from '../../kernel/rational.ts';
import { type ProblemWords, plain } from '../../kernel/words.ts';
import type {
  ChargeDetail,
  ChargeDifference,
  ChargeKind,
  Difference,
  Payer,
  priceFaultCodes,
  ReductionKind,
  Rounding,
} from './charge.contract.ts';
import { segmentAmount } from './charge.rules.ts';
import type { FormulaFault, FormulaNames } from './formula.contract.ts';
import { formulaFaultInWords, formulaProblems } from './formula.words.ts';
import { fullAmount, type PriceLine, priceText } from './price.rules.ts';

export const chargeKindWords: Record<ChargeKind, string> = {
  management: '物业管理费',
  water: '水费',
  electricity: '电费',
  gas: '燃气费',
  heating: '供暖费',
  parking: '停车费',
  'renovation-deposit': '装修押金',
  'card-deposit': '门卡押金',
  service: '特约服务费',
  repair: '维修费',
  'late-fee': '滞纳金',
  other: '其他',
};

export const payerWords: Record<Payer['role'], string> = { owner: '业主', lessee: '租户', developer: '开发商' };
export const roundingWords: Record<Rounding, string> = {
  fen: '四舍五入到分',
  jiao: '四舍五入到角',
  yuan: '四舍五入到元',
};
export const reductionWords: Record<ReductionKind, (percent: number) => string> = {
  override: (percent) => `按 ${percent}% 计`,
  unsold: (percent) => `未售，按 ${percent}% 计`,
  vacant: (percent) => `空置，按 ${percent}% 计`,
  free: (percent) => (percent === 0 ? '免收期' : `优惠期，按 ${percent}% 计`),
};

/** The unit in which a meter of each kind counts. */
const meterUnits: Partial<Record<ChargeKind, string>> = { water: '吨', gas: '立方米', electricity: '度' };
const shownDay = (day: string) => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;

function lineInWords({ what, name, quantity, priceTenThousandths }: PriceLine, kind: ChargeKind): string {
  const counted = decimalText(quantity, 4);
  const price = priceTenThousandths === null ? '' : priceText(priceTenThousandths);
  const unit = meterUnits[kind] ?? '单位';
  switch (what) {
    case 'area':
      return `${name === 'inner' ? '套内面积' : '建筑面积'} ${counted} 平方米 × ${price} 元`;
    case 'fixed':
      return `固定 ${price} 元`;
    case 'tier':
      return `${name ? `第 ${name} 档 ` : ''}${counted} ${unit} × ${price} 元`;
    case 'share':
      return `公摊 ${counted} ${unit} × ${price} 元`;
    case 'vehicle':
      return `${name} ${counted} 辆 × ${price} 元`;
    case 'day':
      return `${counted} 天 × ${price} 元`;
    case 'surcharge':
      return `附加费 ${price} 元`;
    case 'formula':
      return priceTenThousandths === null
        ? `按公式 ${name} 得 ${counted} 元`
        : `按公式 ${name} 得 ${counted}，× ${price} 元`;
  }
}

const payerInWords = ({ role }: Payer) => payerWords[role];

/**
 * A charge in lines: quantity × price × days = amount for each stretch of days, then the whole with its rounding, then who
 * pays what where more than one does (MN2, MN12).
 */
export function chargeInWords(detail: ChargeDetail, kind: ChargeKind, names: FormulaNames): string[] {
  const { period } = detail;
  const charging = detail.segments.filter((segment) => segment.rule !== null);
  const isWhole = charging.length === 1 && charging[0]?.days === period.days;
  const lines = charging.flatMap((segment) => {
    const full = segment.rule && fullAmount(segment.rule, segment.quantities, period.days, names);
    if (!full || full.fault) return [];
    const amount = segmentAmount(segment, full.fen, period.days);
    const sum = full.lines.map((line) => lineInWords(line, kind)).join(' + ') || '没有要计费的';
    const days = isWhole ? '' : ` × ${segment.days}/${period.days} 天`;
    const bracketed = full.lines.length > 1 && days ? `（${sum}）` : sum;
    const reductions = segment.reductions.map(({ kind: reduction, percent }) => reductionWords[reduction](percent));
    const when = isWhole ? '' : `${shownDay(segment.from)}至${shownDay(segment.until)}：`;
    const after = reductions.length > 0 ? `（${reductions.join('，')}）` : '';
    return [`${when}${bracketed}${days}${after} = ${decimalText(times(amount, rational(1, 100)), 4)} 元`];
  });
  const uncharged = period.days - charging.reduce((sum, segment) => sum + segment.days, 0);
  return [
    ...lines,
    ...(uncharged > 0 ? [`有 ${uncharged} 天没有收费标准，不收费`] : []),
    `合计 ${yuanOfFen(detail.totalFen)} 元（${roundingWords[detail.rounding]}）`,
    ...(detail.shares.length > 1
      ? detail.shares.map(({ payer, amountFen }) => `其中${payerInWords(payer)} ${yuanOfFen(amountFen)} 元`)
      : []),
  ];
}

const countedUnits: Partial<Record<ChargeKind, string>> = { ...meterUnits, parking: '辆', management: '平方米' };
const fromTo = (was: string | null, is: string | null, unit: string) =>
  was !== null && is !== null && was !== is ? `从 ${was} ${unit}变为 ${is} ${unit}` : '有变化';

function reasonInWords({ code, was, is }: Difference, kind: ChargeKind): string {
  switch (code) {
    case 'first':
      return '上月没有这一项';
    case 'quantity':
      return `${kind === 'management' ? '面积' : kind === 'parking' ? '车辆' : '用量'}${fromTo(was, is, countedUnits[kind] ? `${countedUnits[kind]}` : '')}`;
    case 'days-of-month':
      return `上月 ${was} 天，本月 ${is} 天`;
    case 'rule':
      return '计费办法改了';
    case 'price':
      return `单价${fromTo(was, is, '元')}`;
    case 'changed-within':
      return '价格或数量在月中变动，两种标准按天分开计';
    case 'days-charged':
      return `上月计 ${was} 天，本月计 ${is} 天`;
    case 'override':
      return `本户优惠从 ${was}% 变为 ${is}%`;
    case 'unsold':
      return '未售房屋的计费比例有变化';
    case 'vacant':
      return is === '100' ? '不再按空置计费' : was === '100' ? `按空置计费（${is}%）` : '空置的天数有变化';
    case 'free':
      return is === '100' ? '免收或优惠期结束' : was === '100' ? '进入免收或优惠期' : '免收的天数有变化';
    case 'payer':
      return '付款人在月中变更，按天分摊';
    case 'rounding':
      return '四舍五入';
  }
}

const signed = (fen: number) => `${fen > 0 ? '+' : '−'}${yuanOfFen(Math.abs(fen))} 元`;

/** `比上月多 3.20 元，因为…`: with one reason the reason alone, with more each with its own amount. */
export function differenceInWords({ fen, reasons }: ChargeDifference, kind: ChargeKind): string {
  const [first] = reasons;
  if (first?.code === 'first') return reasonInWords(first, kind);
  if (fen === 0 && reasons.length === 0) return '与上月相同';
  const head = fen === 0 ? '与上月相同' : `比上月${fen > 0 ? '多' : '少'} ${yuanOfFen(Math.abs(fen))} 元`;
  const why =
    reasons.length === 1 && first
      ? reasonInWords(first, kind)
      : reasons.map((reason) => `${reasonInWords(reason, kind)}（${signed(reason.fen)}）`).join('；');
  return `${head}，因为${why}`;
}

const missingWords: Readonly<Record<string, string>> = {
  area: '没有面积，请先补上房屋面积',
  usage: '这个月还没有抄表',
};
/** Why a charge could not be computed, as the preview says it. */
export const computeFaultInWords = (fault: { code: string; found: string; at?: number }): string =>
  fault.code === 'quantity_missing'
    ? (missingWords[fault.found] ?? `缺“${fault.found}”的数据`)
    : formulaFaultInWords({ at: 1, ...fault } as FormulaFault);

export const amountFaultWords: Record<AmountFault, string> = {
  amount_missing: '请填金额',
  amount_not_a_number: '金额请写成元，例如 1234.50',
  amount_negative: '金额不能小于 0',
  amount_zero: '金额不能是 0',
  amount_parts_of_fen: '金额最多两位小数，请写到分',
  amount_too_large: '金额太大，请核对（应小于 100 亿元）',
};

const priceFaultWords: Record<(typeof priceFaultCodes)[number], string> = {
  tiers_not_rising: '每一档的上限应比前一档高',
  tier_without_end_missing: '最后一档不要填上限',
  tier_without_end_not_last: '只有最后一档可以不填上限',
  class_twice: '车辆类别重复',
  versions_same_day: '同一天已经有一个价格版本',
  period_reversed: '结束日期早于开始日期',
  periods_overlap: '与另一段日期重叠',
};

const asProblems = (words: Readonly<Record<string, string>>): ProblemWords =>
  Object.fromEntries(Object.entries(words).map(([code, zh]) => [code, plain(zh, code.replaceAll('_', ' '))]));

export const chargeFaults: ProblemWords = {
  ...asProblems(amountFaultWords),
  ...asProblems(priceFaultWords),
  ...formulaProblems,
};
