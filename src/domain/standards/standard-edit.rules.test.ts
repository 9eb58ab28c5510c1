// A draft of the standard: every figure at and past both of its bounds in both presets, what changes are called, and every
// state × move.
import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { type StandardDocument, standardDocumentSchema } from './standard.contract.ts';
import { type Bound, boundSchema, type Editable, standardMoves, standardStates } from './standard-edit.contract.ts';
import {
  allowedStandardMoves,
  applyChanges,
  changesBetween,
  editables,
  standardMoveBlocker,
  standardMoveTable,
  valueAt,
  valueFault,
} from './standard-edit.rules.ts';
import { changeInWords, figureInWords, valueInWords } from './standard-edit.words.ts';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../standards/${name}.json`, import.meta.url), 'utf8'));
const bounds: Bound[] = boundSchema.array().parse(read('bounds'));
const luxury = standardDocumentSchema.parse(read('luxury'));
const standard = standardDocumentSchema.parse(read('standard'));

/** Just inside and just outside of a figure's bounds, and of another kind. */
function around(one: Editable): { good: unknown[]; bad: unknown[] } {
  const [min = 0, max = 0] = [one.min, one.max];
  if (one.type === 'int') return { good: [min, max], bad: [min - 1, max + 1, min + 0.5, '5', null] };
  if (one.type === 'share') return { good: [min, max, 0.5], bad: [-0.01, 1.01, '90', null] };
  if (one.type === 'flag') return { good: [true, false], bad: ['yes', 1, null] };
  if (one.type === 'time') return { good: ['00:00', '24:00', '08:30'], bad: ['8:30', '25:00', '08:60', 8, null] };
  if (one.type === 'spans')
    return {
      good: [
        [
          ['08:00', '12:00'],
          ['14:00', '18:00'],
        ],
      ],
      bad: [
        [],
        [['12:00', '08:00']],
        [
          ['08:00', '12:00'],
          ['11:00', '18:00'],
        ],
        [['08:00']],
        'all day',
        Array(7).fill(['08:00', '09:00']),
      ],
    };
  if (one.type === 'roles')
    return {
      good: [['manager'], ['cs_supervisor', 'manager', 'general_manager']],
      bad: [
        [],
        ['boss'],
        ['manager', 'manager'],
        'manager',
        ['cs_supervisor', 'manager', 'general_manager', 'finance', 'cashier', 'auditor'],
      ],
    };
  const units = one.units as NonNullable<Editable['units']>;
  const of = (unit: string, count: number) => ({
    [unit]: count,
    ...(unit === 'minutes' || unit === 'hours' ? { calendar: 'O' } : {}),
  });
  const counted = (['minutes', 'hours', 'workingDays', 'calendarDays'] as const).map(
    (unit) => [unit, units[unit]] as const,
  );
  return {
    good: [{ sameDay: true }, ...counted.flatMap(([unit, [low, high]]) => [of(unit, low), of(unit, high)])],
    bad: [
      { at: null },
      { minutes: 5 },
      null,
      15,
      ...counted.flatMap(([unit, [low, high]]) => [of(unit, low - 1), of(unit, high + 1), of(unit, low + 0.5)]),
    ],
  };
}

describe.each([
  ['luxury', luxury],
  ['standard', standard],
] as [string, StandardDocument][])('the %s preset', (_name, document) => {
  const all = editables(document, document, bounds);
  it('has its figures in hand, each once', () => {
    expect(all.length).toBeGreaterThan(90);
    expect(new Set(all.map((one) => one.path)).size).toBe(all.length);
    // What a preset leaves open (no cut-off: the whole day) is not set by a number.
    const isOpen = (path: string) => valueAt(document, path) === null;
    for (const bound of bounds.filter(({ path }) => !/wished|Lead|acknowledge|percent/.test(path) && !isOpen(path)))
      expect(
        all.some((one) => new RegExp(`^${bound.path.replaceAll('*', '[^/]+')}$`).test(one.path)),
        bound.path,
      ).toBe(true);
  });
  test.each(all.map((one) => [one.path, one] as const))('%s keeps to its bounds and has a name', (path, one) => {
    expect(valueFault(one, one.value), 'as shipped').toBeNull();
    const { good, bad } = around(one);
    for (const value of good) expect(valueFault(one, value), JSON.stringify(value)).toBeNull();
    for (const value of bad) {
      expect(valueFault(one, value), JSON.stringify(value)).not.toBeNull();
      expect(applyChanges(document, bounds, [{ path, value }]).faults[0]?.path).toBe('changes.0.value');
    }
    expect(figureInWords(path)).toMatch(/[一-鿿]/);
    expect(figureInWords(path)).not.toMatch(/[a-z]{3}/i);
    expect(valueInWords(path, one.value)).not.toMatch(/[a-z]{3}|\[object/i);
  });
});

describe('changes', () => {
  const set = (path: string, value: unknown) => applyChanges(luxury, bounds, [{ path, value }]);
  it('sets a copy and leaves the version in force as it is', () => {
    const { document, faults } = set('clocks/on-site+ordinary/limit', { minutes: 10, calendar: 'R' });
    expect(faults).toEqual([]);
    expect(valueAt(document, 'clocks/on-site+ordinary/limit')).toEqual({ minutes: 10, calendar: 'R' });
    expect(valueAt(luxury, 'clocks/on-site+ordinary/limit')).toEqual({ minutes: 15, calendar: 'R' });
    expect(changesBetween(luxury, document, bounds).map(changeInWords)).toEqual([
      '到场 · 一般 · 时限：由 15 分钟（全天候） 改为 10 分钟（全天候），缩短 5 分钟。',
    ]);
    expect(standardDocumentSchema.parse(document)).toEqual(document);
  });
  it('keeps the limit of a follow-up and its row the same', () => {
    const { document } = set('clocks/follow-up+repair/limit', { workingDays: 3 });
    expect(document.followUps.find((one) => one.what === 'repair')?.due).toEqual({ workingDays: 3 });
  });
  const faulty: [string, unknown, string, string][] = [
    ['schema', 2, 'changes.0.path', 'not_settable'],
    ['preset', 'standard', 'changes.0.path', 'not_settable'],
    ['clocks/complete+major/limit', { hours: 4, calendar: 'R' }, 'changes.0.path', 'not_settable'],
    ['__proto__/x', 1, 'changes.0.path', 'not_settable'],
    ['desk/rings/value/max', 1, '', ''],
    ['hours/sameDay/lateAfter', '23:00', 'changes.0.value', 'after_the_end'],
    ['complaint/thresholds/critical/value/lossFen', 100, 'changes.0.value', 'less_than_lower_level'],
    ['complaint/thresholds/serious/value/lossFen', 100_000_000_000, 'changes', 'less_than_lower_level'],
    ['followUp/notReached/value/days', 9, 'changes.0.value', 'more_days_than_tries'],
  ];
  test.each(faulty)('%s to %j', (path, value, where, code) => {
    const found = set(path, value).faults[0];
    expect([found?.path ?? '', found?.code ?? '']).toEqual([where, code]);
  });
  it('says every fault at once', () => {
    const { faults } = applyChanges(luxury, bounds, [
      { path: 'offline/clockAheadMinutes/value', value: 31 },
      { path: 'moon', value: 1 },
    ]);
    expect(faults.map((one) => `${one.path} ${one.code}`)).toEqual([
      'changes.0.value too_high',
      'changes.1.path not_settable',
    ]);
  });
});

describe('moving a version on', () => {
  const after = {
    amend: 'draft',
    submit: 'submitted',
    withdraw: 'draft',
    drop: 'dropped',
    approve: 'approved',
    return: 'draft',
    enter: 'in-force',
    replace: 'replaced',
  };
  const from = {
    amend: 'draft',
    submit: 'draft',
    withdraw: 'submitted',
    drop: 'draft',
    approve: 'submitted',
    return: 'submitted',
    enter: 'approved',
    replace: 'in-force',
  };
  test.each(standardStates.flatMap((state) => standardMoves.map((name) => [state, name] as const)))(
    '%s: %s',
    (state, name) => {
      const refusal = standardMoveBlocker(name, state, 1);
      expect(refusal?.code ?? standardMoveTable[name].to ?? state).toBe(
        from[name] === state ? after[name] : 'standard.move_not_allowed',
      );
    },
  );
  it('has nothing to submit where nothing differs', () => {
    expect(allowedStandardMoves('draft', 0)[1]).toEqual({
      name: 'submit',
      allowed: false,
      reason: 'standard.nothing_changed',
    });
    expect(allowedStandardMoves('submitted', 3)).toEqual([{ name: 'withdraw', allowed: true }]);
    expect(allowedStandardMoves('in-force', 3)).toEqual([]);
  });
});
