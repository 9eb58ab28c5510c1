// The language of price formulas 计费公式: which quantities it may name, and the codes with which a formula is refused.

/** What a formula may ask of a unit, a meter and a month. */
export const formulaVariables = [
  'area',
  'innerArea',
  'entranceArea',
  'buildingArea',
  'communityArea',
  'usage',
  'sharedUsage',
  'price',
  'surcharge',
  'coefficient',
  'floor',
  'floors',
  'households',
  'entrances',
  'vehicles',
  'people',
  'days',
  'daysInPeriod',
] as const;
export type FormulaVariable = (typeof formulaVariables)[number];

export const formulaFunctions = ['min', 'max', 'round', 'floorOf', 'ceiling', 'if'] as const;
export type FormulaFunction = (typeof formulaFunctions)[number];

/** How a written name is understood; a community's import may bring letters of its own (`T`, `F`, `R`). */
export type FormulaNames = {
  variables: ReadonlyMap<string, FormulaVariable>;
  functions: ReadonlyMap<string, FormulaFunction>;
};

export const formulaFaultCodes = [
  'formula_empty',
  'formula_too_long',
  'formula_too_deep',
  'formula_bad_sign',
  'formula_bad_number',
  'formula_unknown_name',
  'formula_value_expected',
  'formula_sign_expected',
  'formula_bracket_open',
  'formula_bracket_extra',
  'formula_arguments',
  'formula_kinds_mixed',
  'formula_divided_by_nothing',
  'formula_number_too_large',
  'formula_fact_missing',
] as const;
export type FormulaFaultCode = (typeof formulaFaultCodes)[number];

/** `at`: the character, counted from 1, at which the reader stopped; `found`: what stood there. */
export type FormulaFault = { code: FormulaFaultCode; at: number; found: string };
