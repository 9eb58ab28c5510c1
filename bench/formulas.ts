// Reads the price formulas of another property system's dump (`npm run bench -- formulas --file F`) and expresses each as
// a price rule of ours: with the same result as a plain calculation of the formula × its price, or with the reason why not.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type PriceRule, priceRuleSchema } from '../src/domain/charges/charge.contract.ts';
import type { FormulaVariable } from '../src/domain/charges/formula.contract.ts';
import { formulaFaultInWords, importedFormulaNames } from '../src/domain/charges/formula.words.ts';
import { fullAmount, ruleFaults } from '../src/domain/charges/price.rules.ts';
import { fenLimit } from '../src/kernel/money.ts';
import { decimalText, parseDecimal, rational, times } from '../src/kernel/rational.ts';

const file = process.argv[process.argv.indexOf('--file') + 1];
if (!process.argv.includes('--file') || file === undefined) {
  process.stdout.write('formulas --file <dump.json.gz>\n');
  process.exit(2);
}
type Row = { formula_value: string; price: string };
const rows = (JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as { fee_formula: Row[] }).fee_formula;

/** One building's facts, in no round numbers. */
const facts: Partial<Record<FormulaVariable, string>> = {
  sharedUsage: '1234.5',
  area: '89.37',
  entranceArea: '2144.88',
  buildingArea: '8579.52',
  communityArea: '102954.24',
  floors: '18',
  entrances: '4',
  coefficient: '1.15',
  surcharge: '7.5',
};

/** The plain calculation: names replaced by figures, brackets innermost first, then × and ÷, then + and −, in floats. */
function plain(text: string, price: string): number | null {
  let rest = text.replaceAll('×', '*').replaceAll('÷', '/').replaceAll(/\s+/g, '');
  const names = [...importedFormulaNames.variables].sort(([a], [b]) => b.length - a.length);
  for (const [name, variable] of names) {
    const value = variable === 'price' ? price : facts[variable];
    if (value !== undefined) rest = rest.replaceAll(name, value);
  }
  const number = '(-?\\d+(?:\\.\\d+)?(?:e[-+]?\\d+)?)';
  const once = (pattern: string, work: (a: number, sign: string, b: number) => number) => {
    const match = new RegExp(pattern).exec(rest);
    if (!match) return false;
    const [all, a = '', sign = '', b = ''] = match;
    rest = rest.replace(all, String(work(Number(a), sign, Number(b))));
    return true;
  };
  const flat = (inner: string): string => {
    const outside = rest;
    rest = inner;
    while (once(`${number}([*/])${number}`, (a, sign, b) => (sign === '*' ? a * b : a / b)));
    while (once(`^${number}([-+])${number}`, (a, sign, b) => (sign === '+' ? a + b : a - b)));
    const value = rest;
    rest = outside;
    return value;
  };
  for (let inner = /\(([^()]*)\)/.exec(rest); inner; inner = /\(([^()]*)\)/.exec(rest))
    rest = rest.replace(inner[0], flat(inner[1] as string));
  const value = Number(flat(rest));
  return Number.isFinite(value) && rest !== '' ? value : null;
}

const counts = { same: 0, refused: 0, different: 0 };
const reasons = new Map<string, number>();
let slowestMs = 0;
for (const { formula_value: text, price } of rows) {
  const from = process.hrtime.bigint();
  const priceTenThousandths = Number(decimalText(times(parseDecimal(price) ?? rational(0), rational(10_000))));
  // A formula that names its price gives an amount; any other gives the quantity that the price is taken of.
  const gives = text.includes('单价') ? 'amount' : 'quantity';
  const rule = {
    kind: 'formula',
    text,
    gives,
    priceTenThousandths,
    surchargeFen: gives === 'amount' ? 750 : 0,
  } as const;
  const parsed = priceRuleSchema.parse(rule) as PriceRule;
  const [fault] = ruleFaults(parsed, 'rule', importedFormulaNames);
  const full = fault
    ? null
    : fullAmount(parsed, { formula: facts as Record<string, string> }, 30, importedFormulaNames);
  slowestMs = Math.max(slowestMs, Number(process.hrtime.bigint() - from) / 1e6);
  const quantity = plain(text, price);
  const tooLarge = full?.fen && full.fen.num >= BigInt(fenLimit) * full.fen.den;
  const refusal = fault
    ? formulaFaultInWords({
        code: fault.code as 'formula_empty',
        at: Number(fault.facts?.at ?? 1),
        found: String(fault.facts?.found ?? ''),
      })
    : full?.fault
      ? full.fault.code
      : tooLarge
        ? '金额太大，请核对（应小于 100 亿元）'
        : null;
  if (refusal !== null) {
    counts.refused++;
    const code = fault?.code ?? full?.fault?.code ?? 'amount_too_large';
    reasons.set(code, (reasons.get(code) ?? 0) + 1);
    process.stdout.write(`refused  ${text} · ${refusal.slice(0, 40)}\n`);
  } else {
    const ours = Number(decimalText(times(full?.fen ?? rational(0), rational(1, 100)), 10));
    const theirs = quantity === null ? Number.NaN : gives === 'amount' ? quantity : quantity * Number(price);
    if (Math.abs(ours - theirs) <= 1e-9 * Math.max(1, Math.abs(theirs))) counts.same++;
    else {
      counts.different++;
      process.stdout.write(`DIFFERS  ${text} × ${price}: ${ours}, plainly ${theirs}\n`);
    }
  }
}
const why = [...reasons].map(([code, count]) => `${code} ${count}`).join(', ');
process.stdout.write(
  `${rows.length} formulas: ${counts.same} with the same result, ${counts.refused} refused (${why}), ${counts.different} different; slowest ${slowestMs.toFixed(2)} ms\n`,
);
process.exitCode = counts.different > 0 ? 1 : 0;
