// Exact fractions over BigInt: what prices, areas, meter figures and days are multiplied and divided in, so that money is
// rounded once, at the end. Never a float.

/** `den` is above zero and shares no factor with `num`. */
export type Rational = { readonly num: bigint; readonly den: bigint };

const plain = BigInt(Number.MAX_SAFE_INTEGER);
const gcd = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a < 0n ? -a : a, b];
  // Nearly all of them fit, and a step costs a tenth.
  if (x <= plain && y <= plain) {
    let [m, n] = [Number(x), Number(y)];
    while (n !== 0) [m, n] = [n, m % n];
    return BigInt(m);
  }
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
};

export function rational(num: bigint | number, den: bigint | number = 1n): Rational {
  const [n, d] = [BigInt(num), BigInt(den)];
  if (d === 0n) throw new RangeError('a fraction over zero');
  const factor = gcd(n, d < 0n ? -d : d) || 1n;
  return d < 0n ? { num: -n / factor, den: -d / factor } : { num: n / factor, den: d / factor };
}

export const zero: Rational = { num: 0n, den: 1n };
export const one: Rational = { num: 1n, den: 1n };

export const plus = (a: Rational, b: Rational): Rational => rational(a.num * b.den + b.num * a.den, a.den * b.den);
export const minus = (a: Rational, b: Rational): Rational => rational(a.num * b.den - b.num * a.den, a.den * b.den);
export const times = (a: Rational, b: Rational): Rational => rational(a.num * b.num, a.den * b.den);
/** Throws RangeError over zero; whoever divides by what people typed asks first. */
export const over = (a: Rational, b: Rational): Rational => rational(a.num * b.den, a.den * b.num);
export const sumOf = (all: readonly Rational[]): Rational => all.reduce(plus, zero);

/** −1, 0, 1. */
export function compare(a: Rational, b: Rational): number {
  const [left, right] = [a.num * b.den, b.num * a.den];
  return left < right ? -1 : left > right ? 1 : 0;
}
export const isZero = (a: Rational): boolean => a.num === 0n;
export const negated = (a: Rational): Rational => ({ num: -a.num, den: a.den });

/** The whole number at or below. */
export const floorOf = (a: Rational): bigint => {
  const whole = a.num / a.den;
  return a.num < 0n && whole * a.den !== a.num ? whole - 1n : whole;
};
export const ceilingOf = (a: Rational): bigint => -floorOf(negated(a));
/** To the nearest whole number; a half goes away from zero, as people round money (四舍五入). */
export function roundHalfUp(a: Rational): bigint {
  const [size, sign] = a.num < 0n ? [-a.num, -1n] : [a.num, 1n];
  return sign * ((2n * size + a.den) / (2n * a.den));
}

/** `12`, `-0.5`, `3.1416` as a fraction; null when it is no plain decimal. */
export function parseDecimal(text: string): Rational | null {
  const match = /^(-?)(\d{1,15})(?:\.(\d{1,10}))?$/.exec(text);
  if (!match) return null;
  const decimals = match[3] ?? '';
  const num = BigInt(`${match[2]}${decimals}`);
  return rational(match[1] === '-' ? -num : num, 10n ** BigInt(decimals.length));
}

/** Written with at most `places` decimals, rounded half up, without zeros at the end. */
export function decimalText(a: Rational, places = 6): string {
  const scale = 10n ** BigInt(places);
  const scaled = roundHalfUp(times(a, rational(scale)));
  const size = scaled < 0n ? -scaled : scaled;
  const rest = (size % scale).toString().padStart(places, '0').replace(/0+$/, '');
  return `${scaled < 0n ? '-' : ''}${size / scale}${rest && `.${rest}`}`;
}

/** `7/3`: a fraction kept as text, so that what it came from can be derived again. */
export const rationalText = (a: Rational): string => (a.den === 1n ? `${a.num}` : `${a.num}/${a.den}`);
