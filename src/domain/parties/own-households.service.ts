// Whose households a caller may see who does not see all: a resident the own one, a technician or contractor those
// of the own open orders and until an hour after the end (spec/12 Permissions).
import { forbidden, notFound } from '../../kernel/refusal.ts';
import { dayOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';
import { type Breadth, isOutsider } from '../access/permission.rules.ts';
import { listUnitsOfResident } from './party.store.ts';

/** Units of the orders that somebody works on now; the cases answer it, handed over in the wiring. */
export type UnitsOfOrders = (tx: Tx, communityId: string, accountId: string, now: string) => Promise<string[]>;
let unitsOfOrders: UnitsOfOrders = async () => [];
export const linkUnitsOfOrders = (work: UnitsOfOrders): void => {
  unitsOfOrders = work;
};

/** null: every unit of the community. */
export async function listOwnUnits(
  tx: Tx,
  call: Pick<Call, 'communityId' | 'actor' | 'now' | 'roles'>,
  breadth: Breadth | null,
): Promise<string[] | null> {
  if (breadth !== null && breadth !== 'own') return null;
  const ordered = await unitsOfOrders(tx, call.communityId, call.actor.accountId, call.now);
  const lived = call.roles.includes('resident')
    ? await listUnitsOfResident(tx, call.communityId, call.actor.accountId, dayOf(call.now))
    : [];
  return [...new Set([...ordered, ...lived])];
}

/** Beyond one's own: staff learn that they may not, contractors and residents not even that it exists. */
export const beyondOwn = (call: Pick<Call, 'roles'>, noun: string) =>
  isOutsider(call.roles) ? notFound(noun) : forbidden('household.read');
