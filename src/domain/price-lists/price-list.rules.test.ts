// Price lists: every state × move × hand, what an item may hold, which version counts, what a new one changes.
import { describe, expect, it } from 'vitest';
import { newId } from '../../kernel/id.ts';
import { BadInput, Refusal } from '../../kernel/refusal.ts';
import { type PriceItem, priceListMoves, priceListStates } from './price-list.contract.ts';
import {
  allowedPriceListMoves,
  compareItems,
  decidePriceListMove,
  itemFaults,
  type PriceListAsk,
  phaseOf,
  priceListMoveTable,
} from './price-list.rules.ts';

const tap: PriceItem = {
  id: newId(),
  code: 'S01',
  name: '更换水龙头',
  category: 'water',
  isPaid: true,
  unit: '个',
  unitPriceFen: 3000,
  materials: '',
};
const check: PriceItem = { ...tap, id: newId(), code: 'S02', name: '漏水检查', isPaid: false, unitPriceFen: 0 };
const ask: PriceListAsk = { actorId: 'b', may: { edit: true, approve: true }, itemsInForce: [tap] };
const list = { state: 'draft' as const, version: 3, createdBy: 'a', items: [tap, check] };

const outcome = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (fault) {
    if (fault instanceof BadInput) return fault.faults.map((one) => `${one.path} ${one.code}`).join();
    return fault instanceof Refusal ? fault.code : fault;
  }
};

describe('moving a price list on', () => {
  const after = {
    amend: 'draft',
    submit: 'submitted',
    withdraw: 'draft',
    approve: 'approved',
    return: 'draft',
    drop: 'dropped',
  };
  const cases = priceListStates.flatMap((state) => priceListMoves.map((name) => [state, name] as const));
  it.each(cases)('%s × %s: as the table says', (state, name) => {
    const isAllowed = priceListMoveTable[name].from.includes(state);
    expect(outcome(() => decidePriceListMove(name, { ...list, state }, ask, 3))).toBe(
      isAllowed ? after[name] : 'price-list.move_not_allowed',
    );
  });

  it('asks the version before the state', () => {
    expect(outcome(() => decidePriceListMove('approve', list, ask, 2))).toBe('stale_version');
    expect(outcome(() => decidePriceListMove('approve', list, ask, undefined))).toBe('version required');
  });

  it('is never approved by the one who wrote it', () => {
    const submitted = { ...list, state: 'submitted' as const };
    expect(outcome(() => decidePriceListMove('approve', submitted, { ...ask, actorId: 'a' }, 3))).toBe(
      'price-list.own_request',
    );
    expect(allowedPriceListMoves(submitted, { ...ask, actorId: 'a' })).toContainEqual({
      name: 'approve',
      allowed: false,
      reason: 'price-list.own_request',
    });
  });

  it('does not send off what changes nothing', () => {
    expect(outcome(() => decidePriceListMove('submit', { ...list, items: [tap] }, ask, 3))).toBe(
      'price-list.nothing_changed',
    );
  });

  it('offers to each hand its own moves', () => {
    const names = (may: PriceListAsk['may'], state: 'draft' | 'submitted') =>
      allowedPriceListMoves({ ...list, state }, { ...ask, may }).map((move) => move.name);
    expect(names({ edit: true, approve: false }, 'draft')).toEqual(['amend', 'submit', 'drop']);
    expect(names({ edit: true, approve: false }, 'submitted')).toEqual(['withdraw']);
    expect(names({ edit: false, approve: true }, 'submitted')).toEqual(['approve', 'return']);
    expect(names({ edit: false, approve: false }, 'submitted')).toEqual([]);
  });
});

describe('what a price list may hold', () => {
  const faults = (...items: PriceItem[]) => itemFaults(items, ['water']).map(({ path, code }) => `${path} ${code}`);
  it.each([
    ['as it should be', [tap, check], []],
    ['a code twice', [tap, { ...check, code: 'S01' }], ['items.1.code code_twice']],
    ['an id twice', [tap, { ...check, id: tap.id }], ['items.1.id code_twice']],
    ['a category that the standard has not', [{ ...tap, category: 'moon' }], ['items.0.category unknown_category']],
    ['a free item with a price', [{ ...check, unitPriceFen: 1 }], ['items.0.unitPriceFen free_has_price']],
    ['a paid item without one', [{ ...tap, unitPriceFen: 0 }], ['items.0.unitPriceFen paid_needs_price']],
  ] as [string, PriceItem[], string[]][])('%s', (_name, items, expected) => {
    expect(faults(...items)).toEqual(expected);
  });

  it('tells every fault at once', () => {
    expect(faults({ ...tap, category: 'moon' }, { ...check, code: 'S01', unitPriceFen: 9 })).toHaveLength(3);
  });
});

describe('which version counts', () => {
  it.each([
    ['draft', 'draft', null, 'draft'],
    ['submitted', 'submitted', null, 'submitted'],
    ['approved, begun, the one in force', 'approved', '2026-11-01', 'in-force'],
    ['approved for next month', 'approved', '2026-12-01', 'waiting'],
    ['dropped', 'dropped', null, 'dropped'],
  ] as const)('%s', (_name, state, inForceOn, expected) => {
    expect(phaseOf({ id: 'x', state, inForceOn }, expected === 'in-force' ? 'x' : 'y', '2026-11-26')).toBe(expected);
  });

  it('an approved one that has begun but is not the latest is replaced', () => {
    expect(phaseOf({ id: 'x', state: 'approved', inForceOn: '2026-01-01' }, 'y', '2026-11-26')).toBe('replaced');
    expect(phaseOf({ id: 'x', state: 'approved', inForceOn: '2026-11-26' }, 'y', '2026-11-26')).toBe('replaced');
  });
});

describe('what a new version changes', () => {
  it('finds what is new, gone and other through the id of the item', () => {
    const dearer = { ...tap, code: 'S99', unitPriceFen: 3500 };
    const extra = { ...check, id: newId(), code: 'S03' };
    expect(compareItems([tap, check], [dearer, extra])).toEqual([
      { id: tap.id, kind: 'changed', code: 'S99', name: tap.name, wasFen: 3000, isFen: 3500 },
      { id: extra.id, kind: 'added', code: 'S03', name: extra.name, wasFen: null, isFen: 0 },
      { id: check.id, kind: 'removed', code: 'S02', name: check.name, wasFen: 0, isFen: null },
    ]);
  });

  it.each(['code', 'name', 'category', 'isPaid', 'unit', 'unitPriceFen', 'materials'] as const)(
    'sees another %s',
    (field) => {
      const value = { isPaid: false, unitPriceFen: 1 } as Record<string, unknown>;
      const other = { ...tap, [field]: value[field] ?? 'x' } as PriceItem;
      expect(compareItems([tap], [other])).toHaveLength(1);
      expect(compareItems([tap], [{ ...tap }])).toHaveLength(0);
    },
  );
});
