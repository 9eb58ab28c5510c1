// What a price list 收费标准 may hold, which version counts on a day, what a new one changes, and who may move it on.
import { allowsFrom, type Moves } from '../../kernel/moves.ts';
import { BadInput, type FieldFault, Refusal, staleVersion } from '../../kernel/refusal.ts';
import type { Day } from '../../kernel/time.ts';
import type { PriceItem, PriceList, PriceListMove, PriceListPhase, PriceListState } from './price-list.contract.ts';

/** Standard: draft → submitted → approved → in force → replaced; returned → draft (spec/10, the others). */
export const priceListMoveTable: Moves<PriceListMove, PriceListState, 'edit' | 'approve'> = {
  amend: { from: ['draft'], to: null, by: ['edit'] },
  submit: { from: ['draft'], to: 'submitted', by: ['edit'] },
  withdraw: { from: ['submitted'], to: 'draft', by: ['edit'] },
  approve: { from: ['submitted'], to: 'approved', by: ['approve'] },
  return: { from: ['submitted'], to: 'draft', by: ['approve'] },
  drop: { from: ['draft'], to: 'dropped', by: ['edit'] },
};

export type PriceListFacts = {
  state: PriceListState;
  version: number;
  createdBy: string | null;
  items: readonly PriceItem[];
};

export type PriceListAsk = {
  actorId: string;
  may: { edit: boolean; approve: boolean };
  itemsInForce: readonly PriceItem[];
};

/** Why a move would be refused now; null: it may be made. */
export function moveBlocker(name: PriceListMove, list: PriceListFacts, ask: PriceListAsk): Refusal | null {
  if (!allowsFrom(priceListMoveTable[name], list.state))
    return new Refusal('price-list.move_not_allowed', { state: list.state, move: name });
  if (name === 'approve' && list.createdBy === ask.actorId) return new Refusal('price-list.own_request');
  if (name === 'submit' && compareItems(ask.itemsInForce, list.items).length === 0)
    return new Refusal('price-list.nothing_changed');
  return null;
}

/** Version first, then state, as in every answer of the interface. */
export function decidePriceListMove(
  name: PriceListMove,
  list: PriceListFacts,
  ask: PriceListAsk,
  version: number | undefined,
): PriceListState {
  if (version === undefined) throw new BadInput([{ path: 'version', code: 'required' }]);
  if (version !== list.version) throw staleVersion(list.version);
  const refusal = moveBlocker(name, list, ask);
  if (refusal) throw refusal;
  const { to } = priceListMoveTable[name];
  return to === null || to === 'by-facts' ? list.state : to;
}

export function allowedPriceListMoves(list: PriceListFacts, ask: PriceListAsk): PriceList['moves'] {
  return (Object.keys(priceListMoveTable) as PriceListMove[])
    .filter((name) => priceListMoveTable[name].by.some((who) => ask.may[who]))
    .filter((name) => allowsFrom(priceListMoveTable[name], list.state))
    .map((name) => {
      const refusal = moveBlocker(name, list, ask);
      return refusal ? { name, allowed: false, reason: refusal.code } : { name, allowed: true };
    });
}

/** Every fault at once: a code or id twice, an unknown category, a free item with a price, a paid one without. */
export function itemFaults(items: readonly PriceItem[], categories: readonly string[]): FieldFault[] {
  const faults: FieldFault[] = [];
  const codes = new Set<string>();
  const ids = new Set<string>();
  items.forEach((item, index) => {
    const fault = (field: string, code: string) =>
      faults.push({ path: `items.${index}.${field}`, code, facts: { line: index + 1 } });
    if (codes.has(item.code)) fault('code', 'code_twice');
    if (ids.has(item.id)) fault('id', 'code_twice');
    codes.add(item.code);
    ids.add(item.id);
    if (!categories.includes(item.category)) fault('category', 'unknown_category');
    if (!item.isPaid && item.unitPriceFen !== 0) fault('unitPriceFen', 'free_has_price');
    if (item.isPaid && item.unitPriceFen === 0) fault('unitPriceFen', 'paid_needs_price');
  });
  return faults;
}

/** What an approved version is on a day, given the one in force then. */
export function phaseOf(
  list: { id: string; state: PriceListState; inForceOn: Day | null },
  inForceId: string | null,
  today: Day,
): PriceListPhase {
  if (list.state !== 'approved') return list.state;
  if (list.id === inForceId) return 'in-force';
  return list.inForceOn !== null && list.inForceOn > today ? 'waiting' : 'replaced';
}

/** Item by item through its id: added, removed, and changed in anything that a customer would read. */
export function compareItems(before: readonly PriceItem[], after: readonly PriceItem[]): PriceList['changes'] {
  const was = new Map(before.map((item) => [item.id, item]));
  const is = new Map(after.map((item) => [item.id, item]));
  const told = ({ id, code, name }: PriceItem) => ({ id, code, name });
  return [
    ...after.flatMap((item): PriceList['changes'] => {
      const old = was.get(item.id);
      if (!old) return [{ ...told(item), kind: 'added', wasFen: null, isFen: item.unitPriceFen }];
      return isSame(old, item)
        ? []
        : [{ ...told(item), kind: 'changed', wasFen: old.unitPriceFen, isFen: item.unitPriceFen }];
    }),
    ...before
      .filter((item) => !is.has(item.id))
      .map((item) => ({ ...told(item), kind: 'removed' as const, wasFen: item.unitPriceFen, isFen: null })),
  ];
}

const isSame = (a: PriceItem, b: PriceItem): boolean =>
  a.code === b.code &&
  a.name === b.name &&
  a.category === b.category &&
  a.isPaid === b.isPaid &&
  a.unit === b.unit &&
  a.unitPriceFen === b.unitPriceFen &&
  a.materials === b.materials;
