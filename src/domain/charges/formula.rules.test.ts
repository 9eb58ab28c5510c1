// The language of price formulas: what it reads, how it is worked out, where it stops and how fast.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalText, parseDecimal, type Rational, rational } from '../../kernel/rational.ts';
import type { FormulaVariable } from './formula.contract.ts';
import { type FormulaFacts, readFormula, workOut } from './formula.rules.ts';
import { formulaFaultInWords, formulaNames, importedFormulaNames } from './formula.words.ts';

const decimal = (text: string) => parseDecimal(text) as Rational;
const facts: FormulaFacts = {
  area: decimal('89.5'),
  innerArea: decimal('70'),
  buildingArea: decimal('8950'),
  sharedUsage: decimal('1200'),
  usage: decimal('36'),
  price: decimal('2.8'),
  surcharge: decimal('10'),
  coefficient: decimal('1.2'),
  households: decimal('40'),
  floors: decimal('18'),
};
const result = (text: string) => {
  const { formula, fault } = readFormula(text, formulaNames);
  if (fault) return `${fault.code} ${fault.at} ${fault.found}`;
  const { value, fault: late } = workOut(formula, facts);
  return late ? `${late.code} ${late.at} ${late.found}` : decimalText(value);
};

describe('a price formula', () => {
  it.each([
    ['建筑面积*单价', '250.6'],
    ['建筑面积 × 单价 ＋ 附加费', '260.6'],
    ['（建筑面积－套内面积）×单价', '54.6'],
    ['公摊总量/楼栋面积*房屋面积', '12'],
    ['公摊总量/户数', '30'],
    ['公摊总量÷总楼层×系数', '80'],
    ['1/3*3', '1'],
    ['2+3*4-6/3', '12'],
    ['-2*-3', '6'],
    ['10-3-2', '5'],
    ['12/2/3', '2'],
    ['最大(建筑面积, 90)*单价', '252'],
    ['min(用量, 20)*0.5+max(用量-20, 0)*0.8', '22.8'],
    ['四舍五入(建筑面积)', '90'],
    ['舍去(89.9)+进一(0.1)', '90'],
    ['如果(用量>30, 用量*0.6, 用量*0.5)', '21.6'],
    ['如果(建筑面积>=90, 1/0, 7)', '7'],
    ['如果(户数=40, 1, 2)', '1'],
    ['如果(户数≤39, 1, 2)', '2'],
    ['如果(户数<40, 1, 2)', '2'],
  ])('%s comes to %s', (text, value) => {
    expect(result(text)).toBe(value);
  });

  it.each([
    ['', 'formula_empty 1 '],
    ['   ', 'formula_empty 1 '],
    ['建筑面积*', 'formula_value_expected 6 '],
    ['*3', 'formula_value_expected 1 *'],
    ['3 4', 'formula_sign_expected 3 4'],
    ['建筑面积 单价', 'formula_sign_expected 6 单价'],
    ['(1+2', 'formula_bracket_open 1 ('],
    ['1+2)', 'formula_bracket_extra 4 )'],
    ['1+2）', 'formula_bracket_extra 4 )'],
    ['(1 2)', 'formula_sign_expected 4 2'],
    ['面 积', 'formula_unknown_name 1 面'],
    ['alert(1)', 'formula_unknown_name 1 alert'],
    ['constructor', 'formula_unknown_name 1 constructor'],
    ['__proto__', 'formula_bad_sign 1 _'],
    ['1;2', 'formula_bad_sign 2 ;'],
    ['单价[0]', 'formula_bad_sign 3 ['],
    ['单价.toString', 'formula_bad_sign 3 .'],
    ['"1"', 'formula_bad_sign 1 "'],
    ['1.', 'formula_bad_sign 2 .'],
    ['9999999999999999', 'formula_bad_number 1 9999999999999999'],
    ['最小(1)', 'formula_arguments 1 最小'],
    ['最小', 'formula_unknown_name 1 最小'],
    ['如果(1, 2, 3)', 'formula_sign_expected 5 ,'],
    ['如果(1>0, 2)', 'formula_arguments 1 如果'],
    ['1>0', 'formula_sign_expected 2 >'],
    ['建筑面积+用量', 'formula_kinds_mixed 5 +'],
    ['最大(建筑面积, 用量)', 'formula_kinds_mixed 1 max'],
    ['1/0', 'formula_divided_by_nothing 2 /'],
    ['1/(户数-40)', 'formula_divided_by_nothing 2 /'],
    ['人数*5', 'formula_fact_missing 1 people'],
    [`${'('.repeat(30)}1${')'.repeat(30)}`, 'formula_too_deep 26 ('],
    [`${'-'.repeat(30)}1`, 'formula_too_deep 26 -'],
    [Array(9).fill('999999').join('*'), 'formula_number_too_large 42 *'],
    ['1'.repeat(301), 'formula_too_long 301 '],
  ])('%s is refused: %s', (text, refusal) => {
    expect(result(text)).toBe(refusal);
  });

  it('says in Chinese where and why', () => {
    const { fault } = readFormula('建筑面积*单价 附加费', formulaNames);
    expect(fault && formulaFaultInWords(fault)).toBe('第 9 个字：“附加费”前面缺运算符号（+ - × ÷）');
  });

  it('adds a fee to square metres times price, and a figure to anything', () => {
    expect(readFormula('房屋面积*单价+附加费', formulaNames).fault).toBeNull();
    expect(readFormula('用量*单价+面积*单价', formulaNames).fault).toBeNull();
    expect(readFormula('用量-100', formulaNames).fault).toBeNull();
  });

  it('reads letters only where an import brings them', () => {
    expect(readFormula('T/F*R', formulaNames).fault?.code).toBe('formula_unknown_name');
    const { formula } = readFormula('T/F*R', importedFormulaNames);
    expect(formula?.variables).toEqual(['sharedUsage', 'buildingArea', 'area'] satisfies FormulaVariable[]);
  });

  it('is worked out as by a second algorithm that reduces what stands in brackets first', () => {
    // Builds a tree with its value beside it and writes it with all its brackets.
    type Written = { text: string; value: Rational | null };
    const { tree } = fc.letrec<{ tree: Written }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5, depthIdentifier: 'formula' },
        fc.integer({ min: 0, max: 50 }).map((number): Written => ({ text: String(number), value: rational(number) })),
        fc.tuple(tie('tree'), fc.constantFrom('+', '-', '*', '/'), tie('tree')).map(([left, sign, right]): Written => {
          const text = `(${left.text}${sign}${right.text})`;
          if (left.value === null || right.value === null) return { text, value: null };
          const [a, b, c, d] = [left.value.num, left.value.den, right.value.num, right.value.den];
          if (sign === '+') return { text, value: rational(a * d + c * b, b * d) };
          if (sign === '-') return { text, value: rational(a * d - c * b, b * d) };
          if (sign === '*') return { text, value: rational(a * c, b * d) };
          return { text, value: c === 0n ? null : rational(a * d, b * c) };
        }),
      ),
    }));
    fc.assert(
      fc.property(tree, ({ text, value }) => {
        if (text.length > 300) return;
        const read = readFormula(text, formulaNames);
        if (!read.formula) throw new Error(`${text}: ${read.fault.code}`);
        const worked = workOut(read.formula, {});
        if (worked.fault?.code === 'formula_number_too_large') return;
        expect(worked.value).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  it('ends any input within 50 ms, with a value or a place inside the text', () => {
    const pieces = fc.constantFrom(
      '(',
      ')',
      '-',
      '+',
      '*',
      '/',
      ',',
      '999999999',
      '单价',
      '建筑面积',
      'max(',
      '如果(',
      '>',
      ' ',
      '1.5',
    );
    const hostile = [
      '('.repeat(100_000),
      '-'.repeat(300),
      '9'.repeat(1_000_000),
      `1${'*999999999999'.repeat(22)}`,
      `1${'/999999999999'.repeat(22)}`,
      'max('.repeat(75),
      '如果('.repeat(100),
      '1+'.repeat(150),
      ' '.repeat(300),
    ];
    const check = (text: string) => {
      const from = process.hrtime.bigint();
      const read = readFormula(text, formulaNames);
      if (read.formula) workOut(read.formula, facts);
      else expect(read.fault.at).toBeGreaterThanOrEqual(1);
      if (read.fault && text.length <= 300) expect(read.fault.at).toBeLessThanOrEqual(text.length + 1);
      return Number(process.hrtime.bigint() - from) / 1e6;
    };
    for (const text of hostile) check(text);
    // The fastest of three: the machine's own pauses are not the formula's.
    for (const text of hostile) expect(Math.min(check(text), check(text), check(text))).toBeLessThan(50);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme', maxLength: 400 }),
          fc.array(pieces, { maxLength: 120 }).map((all) => all.join('')),
        ),
        (text) => {
          expect(Math.min(check(text), check(text), check(text))).toBeLessThan(50);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
