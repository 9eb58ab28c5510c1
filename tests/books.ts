// Books for tests: units, charges and takings posted the way services post them, without what stands above the ledger.
import type { ChargeKind } from '../src/domain/charges/charge.contract.ts';
import { chargeKindWords } from '../src/domain/charges/charge.words.ts';
import { openChargesOf, postCharges } from '../src/domain/charges/charge-posting.service.ts';
import { allocate } from '../src/domain/ledger/allocation.rules.ts';
import { paymentEntry } from '../src/domain/ledger/entry.rules.ts';
import type { Method } from '../src/domain/ledger/ledger.contract.ts';
import { lockHouseholds, type Posting, postEntry, standingFor } from '../src/domain/ledger/ledger.service.ts';
import { newId } from '../src/kernel/id.ts';
import { monthOf } from '../src/kernel/time.ts';
import { sql, type Tx } from '../src/platform/database/database.ts';
import type { Community, TestHouse } from './house.ts';

export async function unitsIn(house: TestHouse, community: Community, count: number): Promise<string[]> {
  const buildingId = newId();
  const ids = Array.from({ length: count }, () => newId());
  await house.asOwner(`
    insert into buildings (community_id, id, name) values ('${community.id}', '${buildingId}', '3栋');
    insert into units (community_id, id, building_id, entrance, room, label)
    values ${ids.map((id, n) => `('${community.id}', '${id}', '${buildingId}', '1', '${101 + n}', '3-1-${101 + n}')`).join(',')}`);
  return ids;
}

export const postingOf = (house: TestHouse, community: Community, accountId: string): Posting => ({
  communityId: community.id,
  now: house.house.time.now(),
  actor: { accountId },
});

export const inBooks = <T>(house: TestHouse, community: Community, work: (tx: Tx) => Promise<T>): Promise<T> =>
  house.house.database.write([community.id], work);

/** An item of the price book, called as its kind is. */
export const itemIn = (tx: Tx, { communityId, now }: Posting, id: string, kind: ChargeKind): Promise<unknown> =>
  sql`insert into charge_items (community_id, id, code, name, kind, due_day, created_at)
    values (${communityId}, ${id}, ${id.slice(-12)}, ${chargeKindWords[kind]}, ${kind}, 28, ${now})
    on conflict do nothing`.execute(tx);

/** A charge of this month; answers its id. */
export async function owe(
  tx: Tx,
  posting: Posting,
  { unitId, amountFen, itemId = newId(), ...over }: Owed,
): Promise<string> {
  await itemIn(tx, posting, itemId, over.kind ?? 'management');
  const [id] = await postCharges(tx, posting, [
    {
      ...{ unitId, itemId, amountFen, detail: null },
      kind: over.kind ?? 'management',
      payer: { role: 'owner', partyId: null },
      month: over.month === undefined ? monthOf(posting.now) : over.month,
      dueOn: over.dueOn ?? `${monthOf(posting.now)}-28`,
    },
  ]);
  return id as string;
}
type Owed = {
  unitId: string;
  amountFen: number;
  itemId?: string;
  kind?: ChargeKind;
  month?: string | null;
  dueOn?: string;
};

/** Money taken from a unit: the oldest due first, the rest ahead. Answers the entry's id. */
export async function pay(
  tx: Tx,
  posting: Posting,
  { unitId, fen, method = 'cash' }: { unitId: string; fen: number; method?: Method },
): Promise<string> {
  const { communityId, actor } = posting;
  await lockHouseholds(tx, communityId, [unitId]);
  const open = await openChargesOf(tx, communityId, [unitId]);
  const { settles, leftFen } = allocate(fen, open);
  const standing = await standingFor(tx, communityId, { chargeIds: open.map(({ chargeId }) => chargeId) });
  const prepays = leftFen > 0 ? [{ unitId, fen: leftFen }] : [];
  const act = { parts: [{ method, fen }], changeFen: 0, settles, prepays, cashierId: actor.accountId };
  return postEntry(tx, posting, paymentEntry(act, standing));
}
