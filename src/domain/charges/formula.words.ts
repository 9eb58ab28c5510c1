// Words of price formulas 计费公式: the names people write, and why a formula is refused, with the place.
import type { ProblemWords } from '../../kernel/words.ts';
import type {
  FormulaFault,
  FormulaFaultCode,
  FormulaFunction,
  FormulaNames,
  FormulaVariable,
} from './formula.contract.ts';

/** The first name of each is the one that screens write; all are read. */
export const formulaVariableWords: Record<FormulaVariable, readonly [string, ...string[]]> = {
  area: ['建筑面积', '房屋面积', '面积'],
  innerArea: ['套内面积', '室内面积'],
  entranceArea: ['单元面积'],
  buildingArea: ['楼栋面积'],
  communityArea: ['小区面积'],
  usage: ['用量', '本户用量'],
  sharedUsage: ['公摊总量', '总用量'],
  price: ['单价'],
  surcharge: ['附加费'],
  coefficient: ['系数'],
  floor: ['楼层'],
  floors: ['总楼层'],
  households: ['户数'],
  entrances: ['单元数'],
  vehicles: ['车辆数'],
  people: ['人数'],
  days: ['天数'],
  daysInPeriod: ['当期天数', '当月天数'],
};

export const formulaFunctionWords: Record<FormulaFunction, readonly [string, ...string[]]> = {
  min: ['最小', 'min'],
  max: ['最大', 'max'],
  round: ['四舍五入', 'round'],
  floorOf: ['舍去', 'floor'],
  ceiling: ['进一', 'ceil'],
  if: ['如果', 'if'],
};

const byWord = <Name extends string>(words: Record<Name, readonly string[]>): [string, Name][] =>
  (Object.keys(words) as Name[]).flatMap((name) => words[name].map((word): [string, Name] => [word, name]));

export const formulaNames: FormulaNames = {
  variables: new Map(byWord(formulaVariableWords)),
  functions: new Map(byWord(formulaFunctionWords)),
};

/** Letters as a widely used property system writes its shared-cost formulas; read at import only. */
export const importedFormulaNames: FormulaNames = {
  variables: new Map<string, FormulaVariable>([
    ...formulaNames.variables,
    ['T', 'sharedUsage'],
    ['R', 'area'],
    ['U', 'entranceArea'],
    ['F', 'buildingArea'],
    ['C', 'communityArea'],
    ['L', 'floors'],
    ['D', 'entrances'],
    ['X', 'coefficient'],
  ]),
  functions: formulaNames.functions,
};

const variableNames = Object.values(formulaVariableWords)
  .map(([name]) => name)
  .join('、');

const said: Record<FormulaFaultCode, (found: string) => string> = {
  formula_empty: () => '请写公式，例如：建筑面积×单价',
  formula_too_long: () => '公式太长，最多 300 个字',
  formula_too_deep: () => '括号套得太多层，请拆开写',
  formula_bad_sign: (found) => `不认识“${found}”这个符号`,
  formula_bad_number: (found) => `“${found}”太长，写不成数字`,
  formula_unknown_name: (found) => `不认识“${found}”，可以用的有：${variableNames}`,
  formula_value_expected: (found) => (found ? `“${found}”前面缺一个数或名称` : '公式没有写完'),
  formula_sign_expected: (found) => `“${found}”前面缺运算符号（+ - × ÷）`,
  formula_bracket_open: () => '这个括号没有配对的右括号',
  formula_bracket_extra: () => '多了一个右括号',
  formula_arguments: (found) => `“${found}”括号里的个数不对`,
  formula_kinds_mixed: (found) => `“${found}”两边一个是面积、一个是用量，不能这样算`,
  formula_divided_by_nothing: () => '除数是 0',
  formula_number_too_large: () => '算出来的数太大',
  formula_fact_missing: (found) =>
    `缺“${formulaVariableWords[found as FormulaVariable]?.[0] ?? found}”的数据，请先在房屋或抄表里补上`,
};

export const formulaFaultInWords = ({ code, at, found }: FormulaFault): string =>
  code === 'formula_empty' ? said[code](found) : `第 ${at} 个字：${said[code](found)}`;

export const formulaProblems: ProblemWords = Object.fromEntries(
  (Object.keys(said) as FormulaFaultCode[]).map((code) => [
    code,
    (facts: Record<string, unknown>) => ({
      zh: formulaFaultInWords({ code, at: Number(facts.at ?? 1), found: String(facts.found ?? '') }),
      en: `${code.replaceAll('_', ' ')} at character ${String(facts.at ?? '')}`,
    }),
  ]),
);
