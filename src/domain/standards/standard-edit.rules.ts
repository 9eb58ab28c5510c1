// What a draft of the service standard may set, what it changes, and how a version goes from draft to in force (spec/10:
// draft → submitted → approved → in force → replaced; returned → draft).
import { allowsFrom, type Moves } from '../../kernel/moves.ts';
import { type FieldFault, Refusal } from '../../kernel/refusal.ts';
import { type Role, roleSchema } from '../access/role.contract.ts';
import { limitSchema } from '../clocks/clock.contract.ts';
import type { StandardDocument } from './standard.contract.ts';
import {
  type Bound,
  type Change,
  type Editable,
  type StandardMove,
  type StandardState,
  type WriterMove,
  writerMoves,
} from './standard-edit.contract.ts';

export const standardMoveTable: Moves<StandardMove, StandardState, 'writer' | 'approval' | 'day'> = {
  amend: { from: ['draft'], to: null, by: ['writer'] },
  submit: { from: ['draft'], to: 'submitted', by: ['writer'] },
  withdraw: { from: ['submitted'], to: 'draft', by: ['writer'] },
  drop: { from: ['draft'], to: 'dropped', by: ['writer'] },
  approve: { from: ['submitted'], to: 'approved', by: ['approval'] },
  return: { from: ['submitted'], to: 'draft', by: ['approval'] },
  enter: { from: ['approved'], to: 'in-force', by: ['day'] },
  replace: { from: ['in-force'], to: 'replaced', by: ['day'] },
};

export function standardMoveBlocker(name: StandardMove, state: StandardState, changes: number): Refusal | null {
  if (!allowsFrom(standardMoveTable[name], state))
    return new Refusal('standard.move_not_allowed', { state, move: name });
  return name === 'submit' && changes === 0 ? new Refusal('standard.nothing_changed') : null;
}

export const allowedStandardMoves = (
  state: StandardState,
  changes: number,
): { name: WriterMove; allowed: boolean; reason?: string }[] =>
  writerMoves
    .filter((name) => allowsFrom(standardMoveTable[name], state))
    .map((name) => {
      const refusal = standardMoveBlocker(name, state, changes);
      return refusal ? { name, allowed: false, reason: refusal.code } : { name, allowed: true };
    });

// ── paths ───────────────────────────────────────────────────────────────────────────────────────────

type Tree = Record<string, unknown> | unknown[];
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

/** How one of a list is named: a clock by kind and variant, a follow-up by what, else its place. */
function keyOf(one: unknown, index: number): string {
  const { kind, variant, what, level } = isTree(one) && !Array.isArray(one) ? one : {};
  if (typeof kind === 'string') return variant ? `${kind}+${String(variant)}` : kind;
  if (typeof what === 'string') return what;
  return typeof level === 'string' ? level : String(index);
}

const partsOf = (tree: Tree): [string, unknown][] =>
  Array.isArray(tree) ? tree.map((one, index) => [keyOf(one, index), one]) : Object.entries(tree);

export function valueAt(document: object, path: string): unknown {
  let here: unknown = document;
  for (const name of path.split('/')) {
    if (!isTree(here)) return undefined;
    here = partsOf(here).find(([key]) => key === name)?.[1];
  }
  return here;
}

/** Sets in place; the caller hands a copy. */
function setAt(document: object, path: string, value: unknown): void {
  const names = path.split('/');
  const last = names.pop() as string;
  const parent = valueAt({ root: document }, ['root', ...names].join('/'));
  if (Array.isArray(parent)) parent[parent.findIndex((one, index) => keyOf(one, index) === last)] = value;
  else if (isTree(parent)) (parent as Record<string, unknown>)[last] = value;
}

/** A promise without a limit, or one that waits for a date, is no number to set: how it is promised stays as it is. */
const isSettable = (bound: Bound, value: unknown): boolean =>
  value !== undefined &&
  value !== null &&
  !(bound.type === 'limit' && isTree(value) && ('at' in value || 'weekday' in value));

/** Every figure of a document that has bounds, with its full path. */
export function editables(document: StandardDocument, base: StandardDocument, bounds: readonly Bound[]): Editable[] {
  return bounds.flatMap((bound) =>
    expand(document, bound.path.split('/'), [])
      .filter(([, value]) => isSettable(bound, value))
      .map(([path, value]) => ({ ...bound, path, value, was: valueAt(base, path) ?? null })),
  );
}

function expand(here: unknown, pattern: readonly string[], path: readonly string[]): [string, unknown][] {
  const [name, ...rest] = pattern;
  if (name === undefined) return [[path.join('/'), here]];
  if (!isTree(here)) return [];
  return partsOf(here)
    .filter(([key]) => name === '*' || key === name)
    .flatMap(([key, value]) => expand(value, rest, [...path, key]));
}

// ── bounds ──────────────────────────────────────────────────────────────────────────────────────────

type Fault = Pick<FieldFault, 'code' | 'facts'>;
const isTime = (value: unknown): value is string =>
  typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(value);

function between(value: unknown, [min, max]: readonly [number, number]): Fault | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return { code: 'not_a_number' };
  if (value < min) return { code: 'too_low', facts: { min } };
  return value > max ? { code: 'too_high', facts: { max } } : null;
}

/** What is wrong with a value at a place; null: it may stand there. */
export function valueFault(bound: Bound, value: unknown): Fault | null {
  const range = [bound.min ?? 0, bound.max ?? 0] as const;
  switch (bound.type) {
    case 'int':
      return between(value, range) ?? (Number.isInteger(value) ? null : { code: 'not_whole' });
    case 'share':
      return between(value, range);
    case 'flag':
      return typeof value === 'boolean' ? null : { code: 'not_yes_or_no' };
    case 'time':
      return isTime(value) ? null : { code: 'not_a_time' };
    case 'limit':
      return limitFault(bound, value);
    case 'spans':
      return spansFault(range, value);
    case 'roles': {
      if (!Array.isArray(value) || !value.every((one) => roleSchema.safeParse(one).success))
        return { code: 'not_posts' };
      if (new Set(value).size < value.length) return { code: 'post_twice' };
      return between(value.length, range);
    }
  }
}

function limitFault(bound: Bound, value: unknown): Fault | null {
  const parsed = limitSchema.safeParse(value);
  const unit = (['minutes', 'hours', 'workingDays', 'calendarDays', 'sameDay'] as const).find(
    (name) => isTree(value) && name in value,
  );
  if (unit === undefined || !bound.units) return { code: 'not_a_limit' };
  if (unit === 'sameDay') return parsed.success ? null : { code: 'not_a_limit' };
  const count = (value as Record<string, unknown>)[unit];
  const fault = between(count, bound.units[unit]) ?? (Number.isInteger(count) ? null : { code: 'not_whole' });
  return fault ?? (parsed.success ? null : { code: 'not_a_limit' });
}

function spansFault([min, max]: readonly [number, number], value: unknown): Fault | null {
  if (!Array.isArray(value) || !value.every((one) => Array.isArray(one) && one.length === 2 && one.every(isTime)))
    return { code: 'not_hours' };
  const times = value.flat() as string[];
  if (times.some((time, index) => index > 0 && time <= (times[index - 1] as string)))
    return { code: 'hours_not_in_order' };
  return between(value.length, [min, max]);
}

const workers: readonly Role[] = ['technician', 'duty_technician', 'contractor'];

/** Figures that only make sense together, by the path of the one to mend. */
export function consistencyFaults(document: StandardDocument): { path: string; code: string }[] {
  const { hours, desk, complaint, followUp, money } = document;
  const { critical, major, serious } = complaint.thresholds;
  const wrong: [boolean, string, string][] = [
    [desk.rings.value.min > desk.rings.value.max, 'desk/rings/value/max', 'less_than_least'],
    [hours.sameDay.lateAfter > hours.sameDay.endsAt, 'hours/sameDay/lateAfter', 'after_the_end'],
    [
      major.value.lossFen > critical.value.lossFen,
      'complaint/thresholds/critical/value/lossFen',
      'less_than_lower_level',
    ],
    [serious.value.lossFen > major.value.lossFen, 'complaint/thresholds/major/value/lossFen', 'less_than_lower_level'],
    [
      followUp.notReached.value.days > followUp.notReached.value.tries,
      'followUp/notReached/value/days',
      'more_days_than_tries',
    ],
    // 09, RP11: whoever does the work never takes the money.
    ...Object.entries(money.collectors.value).map(([kind, roles]): [boolean, string, string] => [
      roles.some((role) => workers.includes(role)),
      `money/collectors/value/${kind}`,
      'worker_takes_money',
    ]),
  ];
  return wrong.filter(([isWrong]) => isWrong).map(([, path, code]) => ({ path, code }));
}

/** The clock of a follow-up and the row that says whom to call carry one limit. */
function mirrorsOf(path: string): string[] {
  const found = /^clocks\/follow-up\+([^/]+)\/(limit|wished)$/.exec(path);
  return found ? [`followUps/${found[1]}/${found[2] === 'limit' ? 'due' : 'wished'}`] : [];
}

/** A copy with these values set, or every fault at once, by its place in the list: `changes.0.value`. */
export function applyChanges(
  document: StandardDocument,
  bounds: readonly Bound[],
  changes: readonly { path: string; value: unknown }[],
): { document: StandardDocument; faults: FieldFault[] } {
  const known = new Map(editables(document, document, bounds).map((one) => [one.path, one]));
  const faults: FieldFault[] = [];
  const after = structuredClone(document);
  changes.forEach(({ path, value }, index) => {
    const bound = known.get(path);
    const fault = bound ? valueFault(bound, value) : null;
    if (!bound) faults.push({ path: `changes.${index}.path`, code: 'not_settable' });
    else if (fault) faults.push({ path: `changes.${index}.value`, ...fault, facts: { ...fault.facts, figure: path } });
    else for (const place of [path, ...mirrorsOf(path)]) setAt(after, place, structuredClone(value));
  });
  if (faults.length === 0)
    for (const { path, code } of consistencyFaults(after)) {
      const index = changes.findIndex((one) => one.path === path);
      faults.push({ path: index < 0 ? 'changes' : `changes.${index}.value`, code, facts: { figure: path } });
    }
  return { document: after, faults };
}

export const isSame = (a: unknown, b: unknown): boolean => {
  if (!isTree(a) || !isTree(b)) return a === b;
  const [x, y] = [Object.entries(a), Object.entries(b)];
  return x.length === y.length && x.every(([key, value]) => isSame(value, (b as Record<string, unknown>)[key]));
};

/** The settable figures that differ between two versions. */
export const changesBetween = (before: StandardDocument, after: StandardDocument, bounds: readonly Bound[]): Change[] =>
  editables(after, before, bounds)
    .filter((one) => !isSame(one.was, one.value))
    .map((one) => ({ path: one.path, was: one.was, is: one.value }));
