// Who asks, as the rules of complaints see them: posts, whom the roster has them stand in for, a resident's own home.
import type { Tx } from '../../platform/database/database.ts';
import { listPostHolders } from '../access/account.service.ts';
import type { Call } from '../access/call.ts';
import { findAway } from '../rosters/roster.service.ts';
import { homeOfResident } from './complaint.store.ts';
import { type ComplaintActor, systemActor } from './complaint-facts.rules.ts';

/** null: no resident asks. */
export const homeOf = async (tx: Tx, call: Call) =>
  call.roles.includes('resident') ? homeOfResident(tx, call.communityId, call.actor.accountId) : null;

export async function actorOf(tx: Tx, call: Call): Promise<ComplaintActor> {
  if (call.source === 'system') return systemActor;
  const id = call.actor.accountId;
  const [home, away] = await Promise.all([homeOf(tx, call), findAway(tx, call.communityId, call.now)]);
  const staffIds = [...away].flatMap(([staffId, { standInId }]) => (standInId === id ? [staffId] : []));
  const posts =
    staffIds.length === 0
      ? []
      : (await listPostHolders(tx, call.communityId)).filter((one) => staffIds.includes(one.accountId));
  return {
    id,
    roles: call.roles,
    ...(home ? { unitIds: home.unitIds } : {}),
    ...(staffIds.length === 0 ? {} : { standsInFor: { roles: posts.map((one) => one.role), staffIds } }),
  };
}
