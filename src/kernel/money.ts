// Money is whole fen 分; people write yuan. Products of money and quantity go through BigInt and are divided once.

/** `35`, `35.5` or `35.50` yuan as fen; null when it is no amount. Thousands may be set apart by commas. */
export function fenOfYuan(text: string): number | null {
  const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text.trim().replaceAll(/[,，](?=\d{3}(\D|$))/g, ''));
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : null;
}

/** 3550 → `35.50`; below zero with a sign. */
export function yuanOfFen(fen: number): string {
  const whole = Math.trunc(Math.abs(fen) / 100);
  const rest = String(Math.abs(fen) % 100).padStart(2, '0');
  return `${fen < 0 ? '-' : ''}${whole}.${rest}`;
}

/** No single amount reaches 10¹² fen (ten thousand million yuan); sums of a hundred thousand of them stay safe integers. */
export const fenLimit = 1_000_000_000_000;

export const amountFaults = [
  'amount_missing',
  'amount_not_a_number',
  'amount_negative',
  'amount_zero',
  'amount_parts_of_fen',
  'amount_too_large',
] as const;
export type AmountFault = (typeof amountFaults)[number];

/** What is wrong with an amount of money that moves: it is whole fen, above zero, below the limit. Null: nothing. */
export function fenFault(fen: number): AmountFault | null {
  if (!Number.isFinite(fen)) return 'amount_not_a_number';
  if (fen < 0) return 'amount_negative';
  if (fen === 0) return 'amount_zero';
  if (fen >= fenLimit) return 'amount_too_large';
  return Number.isInteger(fen) ? null : 'amount_parts_of_fen';
}

const fullWidth = /[０-９．，－]/g;
const halfWidth = (sign: string) => (sign === '－' ? '-' : String.fromCharCode(sign.charCodeAt(0) - 0xfee0));

/**
 * Yuan as typed at a counter: full-width figures, `¥`, 元 at the end and thousands set apart are read; nothing is rounded
 * or guessed. `fault` says what stops it, so that the field can say so and keep what was typed.
 */
export function readYuan(typed: string): { fen: number; fault: null } | { fen: null; fault: AmountFault } {
  const no = (fault: AmountFault) => ({ fen: null, fault });
  if (typed.length > 60) return no('amount_too_large');
  const text = typed
    .replaceAll(fullWidth, halfWidth)
    .trim()
    .replace(/^[¥￥]\s*/, '')
    .replace(/\s*元$/, '');
  if (text === '') return no('amount_missing');
  const match = /^(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return no('amount_not_a_number');
  const whole = (match[2] as string).replaceAll(',', '').replace(/^0+(?=\d)/, '');
  const decimals = match[3] ?? '';
  if (match[1] === '-') return no('amount_negative');
  if (decimals.length > 2) return no('amount_parts_of_fen');
  if (whole.length > 10) return no('amount_too_large');
  const fen = Number(whole) * 100 + Number(decimals.padEnd(2, '0'));
  const fault = fenFault(fen);
  return fault ? no(fault) : { fen, fault: null };
}

/** A sum of fen; a fault of ours when it leaves the safe integers. */
export function sumFen(amounts: readonly number[]): number {
  let sum = 0;
  for (const fen of amounts) {
    sum += fen;
    if (!Number.isSafeInteger(sum)) throw new RangeError('an amount of fen that is no safe integer');
  }
  return sum;
}

/** A BigInt of fen as a number; a fault of ours when it is no safe integer. */
export function fenOf(amount: bigint): number {
  const fen = Number(amount);
  if (!Number.isSafeInteger(fen)) throw new RangeError('an amount of fen that is no safe integer');
  return fen;
}

/**
 * A whole shared out by weights (areas, days, open amounts) so that the shares sum to it exactly: each gets the whole fen
 * of its exact share, the fen that are left go one each to the largest remainders, on a tie to the larger weight, then to
 * the earlier. All weights zero: shared equally. Below zero it is the mirror image.
 */
export function splitByWeight(totalFen: number, weights: readonly (number | bigint)[]): number[] {
  if (weights.length === 0) {
    if (totalFen !== 0) throw new RangeError('an amount shared out among nobody');
    return [];
  }
  if (totalFen < 0) return splitByWeight(-totalFen, weights).map((share) => (share === 0 ? 0 : -share));
  const given = weights.map(BigInt);
  if (given.some((weight) => weight < 0n)) throw new RangeError('a weight below zero');
  const sumGiven = given.reduce((a, b) => a + b, 0n);
  const used = sumGiven === 0n ? given.map(() => 1n) : given;
  const sum = sumGiven === 0n ? BigInt(used.length) : sumGiven;
  const total = BigInt(totalFen);
  const shares = used.map((weight) => (total * weight) / sum);
  const rest = used.map((weight) => (total * weight) % sum);
  let left = total - shares.reduce((a, b) => a + b, 0n);
  const order = used
    .map((_, index) => index)
    .sort((a, b) => {
      const [x, y] = [rest[a] as bigint, rest[b] as bigint];
      if (x !== y) return x > y ? -1 : 1;
      const [v, w] = [used[a] as bigint, used[b] as bigint];
      return v === w ? a - b : v > w ? -1 : 1;
    });
  for (const index of order) {
    if (left === 0n) break;
    shares[index] = (shares[index] as bigint) + 1n;
    left -= 1n;
  }
  return shares.map(fenOf);
}
