// The price book as the counter needs it: what an item is called, and which item stands for a kind of charge. Handed over in
// the wiring by the slice that keeps the book.
import type { Tx } from '../../platform/database/database.ts';
import type { ChargeKind } from '../charges/charge.contract.ts';
import { chargeKindWords } from '../charges/charge.words.ts';

export type ItemLinks = {
  namesOf(tx: Tx, communityId: string, itemIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The item under which a kind is charged; null: the price book has none. */
  itemOf(tx: Tx, communityId: string, kind: ChargeKind): Promise<string | null>;
};
let links: ItemLinks = { namesOf: async () => new Map(), itemOf: async () => null };
export const linkItems = (made: ItemLinks): void => {
  links = made;
};

export const itemOf = (tx: Tx, communityId: string, kind: ChargeKind): Promise<string | null> =>
  links.itemOf(tx, communityId, kind);

type Named = { itemId: string; kind: ChargeKind };
export async function chargeNamesOf(
  tx: Tx,
  communityId: string,
  charges: readonly Named[],
): Promise<(charge: Named) => string> {
  const names = await links.namesOf(tx, communityId, [...new Set(charges.map(({ itemId }) => itemId))]);
  return (charge) => names.get(charge.itemId) ?? chargeKindWords[charge.kind];
}
