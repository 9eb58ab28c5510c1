// Amounts in capitals 大写金额, as the rules for filling in bills and vouchers ask: 整 where the amount ends with yuan or
// jiao, 零 once for any run of noughts between figures and before fen where jiao is nought. Where the rules leave 零 free
// (yuan or ten thousands end in nought and a figure follows: 10.50, 107000) it is left out, as most printed receipts do.

const figures = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'] as const;
const placesInGroup = ['', '拾', '佰', '仟'] as const;
const groupNames = ['', '万', '亿', '万亿'] as const;

/** Four figures: `1020` → 壹仟零贰拾. Noughts at the end say nothing. */
function groupInCapitals(group: number): string {
  let text = '';
  let isNoughtPending = false;
  for (let place = 3; place >= 0; place--) {
    const figure = Math.floor(group / 10 ** place) % 10;
    if (figure === 0) {
      isNoughtPending = text !== '';
      continue;
    }
    text += `${isNoughtPending ? '零' : ''}${figures[figure]}${placesInGroup[place]}`;
    isNoughtPending = false;
  }
  return text;
}

/** A whole number of yuan above zero, without 元. */
function yuanInCapitals(yuan: number): string {
  const groups: number[] = [];
  for (let rest = yuan; rest > 0; rest = Math.floor(rest / 10_000)) groups.push(rest % 10_000);
  let text = '';
  let isNoughtPending = false;
  for (let index = groups.length - 1; index >= 0; index--) {
    const group = groups[index] as number;
    if (group === 0) {
      isNoughtPending = text !== '';
      continue;
    }
    // A group that does not fill its four places has noughts before its first figure.
    const needsNought = text !== '' && (isNoughtPending || group < 1000);
    text += `${needsNought ? '零' : ''}${groupInCapitals(group)}${groupNames[index]}`;
    isNoughtPending = false;
  }
  return text;
}

/** 1234.56 yuan → 壹仟贰佰叁拾肆元伍角陆分; 0 → 零元整; below zero with 负 before it. */
export function capitalsOfFen(fen: number): string {
  if (!Number.isSafeInteger(fen)) throw new RangeError('an amount of fen that is no safe integer');
  const size = Math.abs(fen);
  const yuan = Math.floor(size / 100);
  const jiao = Math.floor(size / 10) % 10;
  const rest = size % 10;
  const whole = yuan === 0 ? '' : `${yuanInCapitals(yuan)}元`;
  if (size === 0) return '零元整';
  let parts = '';
  if (jiao > 0) parts = `${figures[jiao]}角`;
  if (rest > 0) parts += `${jiao === 0 && yuan > 0 ? '零' : ''}${figures[rest]}分`;
  return `${fen < 0 ? '负' : ''}${whole}${parts}${rest === 0 ? '整' : ''}`;
}
