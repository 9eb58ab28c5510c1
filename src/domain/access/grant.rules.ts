// Who may give which post (spec/12 role.grant): the administrator all of them where he is one, a manager those below a
// manager in the own community; never oneself.
import { type Actor, may } from './permission.rules.ts';
import type { Role } from './role.contract.ts';

/** A manager's equals and betters, and those who look over the manager's shoulder. */
const notBelowManager: readonly Role[] = ['general_manager', 'head_office', 'manager', 'auditor', 'admin'];

/** Whether a manager may give this post at all; the administrator gives all of them. */
export const isBelowManager = (role: Role): boolean => !notBelowManager.includes(role);

export type GrantFault = 'account.not_oneself' | 'role.not_yours_to_grant';

const holds = (actor: Actor, role: Role, communityId: string | null): boolean =>
  actor.grants.some(
    (grant) => grant.role === role && (grant.communityId === null || grant.communityId === communityId),
  );

/** null: granted. `communityId` null asks for the whole organization, which only its administrator may give. */
export function grantFault(actor: Actor, accountId: string, role: Role, communityId: string | null): GrantFault | null {
  if (accountId === actor.accountId) return 'account.not_oneself';
  const cutOff = actor.cut !== null && (communityId === null || may(actor, 'role.grant', communityId) === null);
  if (cutOff) return 'role.not_yours_to_grant';
  if (holds(actor, 'admin', communityId)) return null;
  const isManagerHere = communityId !== null && holds(actor, 'manager', communityId);
  return isManagerHere && isBelowManager(role) ? null : 'role.not_yours_to_grant';
}
