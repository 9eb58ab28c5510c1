// Reads a price formula 计费公式 and works it out in exact fractions. An own small language: figures, named quantities,
// + - × ÷, brackets, min, max, round, floorOf, ceiling, and if with one comparison. Nothing is ever handed to a
// program's evaluator, and length, depth and size of numbers are bounded, so that any input ends at once.
import {
  ceilingOf,
  compare,
  floorOf,
  isZero,
  minus,
  negated,
  over,
  parseDecimal,
  plus,
  type Rational,
  rational,
  roundHalfUp,
  times,
} from '../../kernel/rational.ts';
import type {
  FormulaFault,
  FormulaFaultCode,
  FormulaFunction,
  FormulaNames,
  FormulaVariable,
} from './formula.contract.ts';

/** Bounds of the language itself, not of the business: they keep reading and working out a formula short. */
const maxCharacters = 300;
const maxDepth = 24;
const largest = 10n ** 40n;

type Comparison = '>' | '<' | '>=' | '<=' | '=';
export type FormulaNode =
  | { is: 'number'; value: Rational; at: number }
  | { is: 'variable'; name: FormulaVariable; at: number }
  | { is: 'minus'; of: FormulaNode; at: number }
  | { is: '+' | '-' | '*' | '/'; left: FormulaNode; right: FormulaNode; at: number }
  | { is: Comparison; left: FormulaNode; right: FormulaNode; at: number }
  | { is: 'call'; name: FormulaFunction; of: readonly FormulaNode[]; at: number };

export type Formula = { text: string; tree: FormulaNode; variables: readonly FormulaVariable[] };
export type ReadFormula = { formula: Formula; fault: null } | { formula: null; fault: FormulaFault };
export type FormulaFacts = Partial<Record<FormulaVariable, Rational>>;

class Stop extends Error {
  constructor(readonly fault: FormulaFault) {
    super(fault.code);
  }
}
const stop = (code: FormulaFaultCode, at: number, found = ''): never => {
  throw new Stop({ code, at, found });
};

type Token = { kind: 'number' | 'name' | 'sign' | 'end'; text: string; at: number };

const sameSigns: Readonly<Record<string, string>> = {
  '×': '*',
  '＊': '*',
  '÷': '/',
  '／': '/',
  '＋': '+',
  '－': '-',
  '（': '(',
  '）': ')',
  '，': ',',
  '、': ',',
  '＞': '>',
  '＜': '<',
  '≥': '>=',
  '≤': '<=',
  '＝': '=',
};

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  // Spaces part words; a figure directly followed by a letter is no name of anything.
  const pattern = /\s+|(\d+(?:\.\d+)?)|(\p{L}[\p{L}\p{N}_]*)|(>=|<=|[-+*/(),<>=×÷＊／＋－（），、＞＜≥≤＝])|(.)/gsuy;
  for (const match of text.matchAll(pattern)) {
    const at = match.index + 1;
    const [all, number, name, sign, other] = match;
    if (number !== undefined) tokens.push({ kind: 'number', text: number, at });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name, at });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sameSigns[sign] ?? sign, at });
    else if (other !== undefined) stop('formula_bad_sign', at, all);
  }
  tokens.push({ kind: 'end', text: '', at: text.length + 1 });
  return tokens;
}

/** How many arguments each function takes, least and most. */
const argumentsOf: Readonly<Record<FormulaFunction, readonly [number, number]>> = {
  min: [2, 8],
  max: [2, 8],
  round: [1, 1],
  floorOf: [1, 1],
  ceiling: [1, 1],
  if: [3, 3],
};

function parse(tokens: readonly Token[], names: FormulaNames): FormulaNode {
  let place = 0;
  let depth = 0;
  const peek = (): Token => tokens[place] as Token;
  const isSign = (...signs: string[]) => peek().kind === 'sign' && signs.includes(peek().text);

  function deeper<T>(read: () => T): T {
    depth++;
    if (depth > maxDepth) stop('formula_too_deep', peek().at, peek().text);
    const value = read();
    depth--;
    return value;
  }

  function sum(): FormulaNode {
    let left = product();
    while (isSign('+', '-')) {
      const { text, at } = peek();
      place++;
      left = { is: text as '+' | '-', left, right: product(), at };
    }
    return left;
  }
  function product(): FormulaNode {
    let left = factor();
    while (isSign('*', '/')) {
      const { text, at } = peek();
      place++;
      left = { is: text as '*' | '/', left, right: factor(), at };
    }
    return left;
  }
  function factor(): FormulaNode {
    const token = peek();
    place++;
    if (token.kind === 'number') {
      const value = parseDecimal(token.text);
      return value ? { is: 'number', value, at: token.at } : stop('formula_bad_number', token.at, token.text);
    }
    if (token.kind === 'name') return named(token);
    if (token.text === '-' && token.kind === 'sign')
      return deeper(() => ({ is: 'minus' as const, of: factor(), at: token.at }));
    if (token.text === '(' && token.kind === 'sign') {
      const inner = deeper(sum);
      closing(token);
      return inner;
    }
    return stop('formula_value_expected', token.at, token.text);
  }
  function closing(open: Token): void {
    if (peek().kind === 'end') stop('formula_bracket_open', open.at, open.text);
    if (!isSign(')')) stop('formula_sign_expected', peek().at, peek().text);
    place++;
  }
  function named(token: Token): FormulaNode {
    const variable = names.variables.get(token.text);
    const called = names.functions.get(token.text);
    if (called !== undefined && isSign('(')) return call(called, token);
    if (variable !== undefined) return { is: 'variable', name: variable, at: token.at };
    return stop('formula_unknown_name', token.at, token.text);
  }
  function call(name: FormulaFunction, token: Token): FormulaNode {
    const open = peek();
    place++;
    const of = deeper(() => {
      const all = [name === 'if' ? comparison() : sum()];
      while (isSign(',')) {
        place++;
        all.push(sum());
      }
      return all;
    });
    closing(open);
    const [least, most] = argumentsOf[name];
    if (of.length < least || of.length > most) stop('formula_arguments', token.at, token.text);
    return { is: 'call', name, of, at: token.at };
  }
  function comparison(): FormulaNode {
    const left = sum();
    const { text, at } = peek();
    if (!isSign('>', '<', '>=', '<=', '=')) return stop('formula_sign_expected', at, text);
    place++;
    return { is: text as Comparison, left, right: sum(), at };
  }

  const tree = sum();
  const rest = peek();
  if (rest.kind === 'sign' && rest.text === ')') stop('formula_bracket_extra', rest.at, rest.text);
  if (rest.kind !== 'end') stop('formula_sign_expected', rest.at, rest.text);
  return tree;
}

/** Powers of square metres and of meter units; what has neither (prices, counts, figures) goes with everything. */
type Kind = { area: number; usage: number; isAny: boolean };
const any: Kind = { area: 0, usage: 0, isAny: true };
const kindOfVariable = (name: FormulaVariable): Kind => {
  if (['area', 'innerArea', 'entranceArea', 'buildingArea', 'communityArea'].includes(name))
    return { area: 1, usage: 0, isAny: false };
  if (name === 'usage' || name === 'sharedUsage') return { area: 0, usage: 1, isAny: false };
  // A price may be yuan for a square metre or for a meter unit, a surcharge is yuan: both end what is known.
  return any;
};

function alike(kinds: readonly Kind[], at: number, found: string): Kind {
  const known = kinds.filter((kind) => !kind.isAny);
  const [first] = known;
  if (first === undefined) return any;
  if (known.some((kind) => kind.area !== first.area || kind.usage !== first.usage))
    return stop('formula_kinds_mixed', at, found);
  return first;
}

/** Square metres and meter units are never added or compared: such a formula means nothing, whatever comes out. */
function kindOf(node: FormulaNode): Kind {
  switch (node.is) {
    case 'number':
      return any;
    case 'variable':
      return kindOfVariable(node.name);
    case 'minus':
      return kindOf(node.of);
    case '*':
    case '/': {
      const [left, right] = [kindOf(node.left), kindOf(node.right)];
      if (isPriced(node.left) || isPriced(node.right)) return any;
      const sign = node.is === '*' ? 1 : -1;
      const area = left.area + sign * right.area;
      const usage = left.usage + sign * right.usage;
      return { area, usage, isAny: area === 0 && usage === 0 };
    }
    case 'call': {
      const kinds = node.of.map(kindOf);
      return alike(node.name === 'if' ? kinds.slice(1) : kinds, node.at, node.name);
    }
    default:
      return alike([kindOf(node.left), kindOf(node.right)], node.at, node.is);
  }
}
const isPriced = (node: FormulaNode): boolean =>
  node.is === 'variable' && (node.name === 'price' || node.name === 'coefficient');

function variablesIn(node: FormulaNode, found: Set<FormulaVariable>): void {
  if (node.is === 'variable') found.add(node.name);
  else if (node.is === 'minus') variablesIn(node.of, found);
  else if (node.is === 'call') for (const one of node.of) variablesIn(one, found);
  else if (node.is !== 'number') {
    variablesIn(node.left, found);
    variablesIn(node.right, found);
  }
}

/** A formula as it will be kept, or where and why it is refused. Nothing is worked out yet. */
export function readFormula(text: string, names: FormulaNames): ReadFormula {
  try {
    if (text.length > maxCharacters) stop('formula_too_long', maxCharacters + 1);
    if (text.trim() === '') stop('formula_empty', 1);
    const tree = parse(tokensOf(text), names);
    kindOf(tree);
    const variables = new Set<FormulaVariable>();
    variablesIn(tree, variables);
    return { formula: { text, tree, variables: [...variables] }, fault: null };
  } catch (fault) {
    if (fault instanceof Stop) return { formula: null, fault: fault.fault };
    throw fault;
  }
}

const bounded = (value: Rational, at: number, found: string): Rational => {
  const size = value.num < 0n ? -value.num : value.num;
  return size > largest || value.den > largest ? stop('formula_number_too_large', at, found) : value;
};

function worth(node: FormulaNode, facts: FormulaFacts): Rational {
  switch (node.is) {
    case 'number':
      return node.value;
    case 'variable':
      return facts[node.name] ?? stop('formula_fact_missing', node.at, node.name);
    case 'minus':
      return negated(worth(node.of, facts));
    case 'call':
      return called(node, facts);
    case '+':
      return bounded(plus(worth(node.left, facts), worth(node.right, facts)), node.at, node.is);
    case '-':
      return bounded(minus(worth(node.left, facts), worth(node.right, facts)), node.at, node.is);
    case '*':
      return bounded(times(worth(node.left, facts), worth(node.right, facts)), node.at, node.is);
    case '/': {
      const by = worth(node.right, facts);
      if (isZero(by)) return stop('formula_divided_by_nothing', node.at, node.is);
      return bounded(over(worth(node.left, facts), by), node.at, node.is);
    }
    default:
      throw new Error('a comparison stands only in the first place of if');
  }
}

function called(node: Extract<FormulaNode, { is: 'call' }>, facts: FormulaFacts): Rational {
  const [first, ...others] = node.of as [FormulaNode, ...FormulaNode[]];
  if (node.name === 'if') {
    const [yes, no] = others as [FormulaNode, FormulaNode];
    // Only the side that counts is worked out: a division by nothing on the other says nothing.
    return worth(isTrue(first, facts) ? yes : no, facts);
  }
  const value = worth(first, facts);
  if (node.name === 'round') return rational(roundHalfUp(value));
  if (node.name === 'floorOf') return rational(floorOf(value));
  if (node.name === 'ceiling') return rational(ceilingOf(value));
  const wanted = node.name === 'min' ? -1 : 1;
  return others.reduce((best, one) => {
    const next = worth(one, facts);
    return compare(next, best) === wanted ? next : best;
  }, value);
}

function isTrue(node: FormulaNode, facts: FormulaFacts): boolean {
  if (!('left' in node)) throw new Error('a comparison stands in the first place of if');
  const order = compare(worth(node.left, facts), worth(node.right, facts));
  if (node.is === '>') return order > 0;
  if (node.is === '<') return order < 0;
  if (node.is === '>=') return order >= 0;
  if (node.is === '<=') return order <= 0;
  return order === 0;
}

export type WorkedOut = { value: Rational; fault: null } | { value: null; fault: FormulaFault };

/** What a formula comes to for these facts, exactly. */
export function workOut(formula: Formula, facts: FormulaFacts): WorkedOut {
  try {
    return { value: worth(formula.tree, facts), fault: null };
  } catch (fault) {
    if (fault instanceof Stop) return { value: null, fault: fault.fault };
    throw fault;
  }
}
