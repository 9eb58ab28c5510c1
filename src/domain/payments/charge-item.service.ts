// The price book as the counter needs it: what an item is called, and the item of what is charged once (a repair, a deposit),
// which has no price in the book and is made with its first charge.
import { newId } from '../../kernel/id.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import type { ChargeKind } from '../charges/charge.contract.ts';
import { chargeKindWords } from '../charges/charge.words.ts';
import { insertItem, listItemRows, lockPrices } from '../charges/charge-item.store.ts';

type OnceKind = Extract<ChargeKind, 'repair' | 'renovation-deposit' | 'card-deposit'>;

export async function itemOf(tx: Tx, call: Call, kind: OnceKind): Promise<string> {
  const { communityId, now } = call;
  const find = async () =>
    (await listItemRows(tx, communityId)).find((item) => item.kind === kind && item.retiredOn === null)?.id;
  const known = await find();
  if (known !== undefined) return known;
  await lockPrices(tx, communityId);
  const meanwhile = await find();
  if (meanwhile !== undefined) return meanwhile;
  const id = newId();
  await insertItem(tx, communityId, {
    id,
    code: kind,
    name: chargeKindWords[kind],
    kind,
    months: [],
    usages: [],
    // For no unit by itself: a billing run never charges it.
    appliesTo: 'listed',
    dueDay: 28,
    retiredOn: null,
    createdAt: now,
  });
  await record(tx, call, {
    action: 'charge-item.create',
    noun: 'charge-item',
    nounId: id,
    changed: { kind: [null, kind] },
  });
  return id;
}

type Named = { itemId: string; kind: ChargeKind };
export async function chargeNamesOf(
  tx: Tx,
  communityId: string,
  charges: readonly Named[],
): Promise<(charge: Named) => string> {
  if (charges.length === 0) return () => '';
  const names = new Map((await listItemRows(tx, communityId)).map(({ id, name }) => [id, name]));
  return (charge) => names.get(charge.itemId) ?? chargeKindWords[charge.kind];
}
