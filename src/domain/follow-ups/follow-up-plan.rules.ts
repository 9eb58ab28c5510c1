// The plan of follow-ups 回访计划 (FU0): who may be named, and a proposal that gives everybody about as many.
import type { Role } from '../access/role.contract.ts';
import type { FollowUpRule } from '../standards/standard.rules.ts';
import type { FollowUpState } from './follow-up.contract.ts';
import { callingRoles, levelOf, superiors } from './follow-up-facts.rules.ts';
import type { ProposalReason } from './follow-up-plan.contract.ts';

export type Candidate = { accountId: string; roles: readonly Role[]; away: boolean };

export type ToPlan = {
  id: string;
  state: FollowUpState;
  callerId: string | null;
  handlerIds: readonly string[];
  /** Posts that the standard wants for it. */
  wanted: readonly Role[];
  /** Somebody above the one who plans says who calls (FU1). */
  isNamedAbove?: boolean;
  /** Butlers in whose area it lies. */
  areaIds: readonly string[];
};

const butlers: readonly Role[] = ['butler', 'chief_butler', 'customer_assistant'];

/**
 * FU1: where the standard names no post that calls, who calls is said by the one it names, or above; null: anybody who
 * plans may say it.
 */
export function namerNeeded(rule: Pick<FollowUpRule, 'callers' | 'arranger'> | undefined): Role | null {
  if (!rule || rule.callers.length > 0 || rule.arranger === undefined) return null;
  return (superiors as readonly Role[]).includes(rule.arranger) ? rule.arranger : null;
}

export const mayName = (rule: Parameters<typeof namerNeeded>[0], roles: readonly Role[]): boolean => {
  const needed = namerNeeded(rule);
  return needed === null || levelOf(roles) >= levelOf([needed]);
};

/** Why this person can't be named; null: they can. */
export function namingFault(item: Pick<ToPlan, 'handlerIds'>, candidate: Candidate | undefined): string | null {
  if (!candidate) return 'unknown_person';
  if (!candidate.roles.some((role) => (callingRoles as readonly Role[]).includes(role))) return 'may_not_call';
  if (item.handlerIds.includes(candidate.accountId)) return 'handled_the_case';
  return candidate.away ? 'away' : null;
}

export type Proposal = { id: string; callerId: string | null; why: ProposalReason };

/**
 * In the given order, each to whoever has fewest: `load` counts what they hold besides. A butler is proposed in their own
 * area only; where everybody of the wanted posts had a hand in the work the next superior is, never nobody silently.
 */
export function proposeCallers(
  items: readonly ToPlan[],
  candidates: readonly Candidate[],
  load: ReadonlyMap<string, number>,
): Proposal[] {
  const counts = new Map(load);
  const fits = (item: ToPlan, roles: readonly Role[]) =>
    candidates.filter(
      (one) =>
        namingFault(item, one) === null &&
        one.roles.some(
          (role) => roles.includes(role) && (!butlers.includes(role) || item.areaIds.includes(one.accountId)),
        ),
    );
  const least = (among: readonly Candidate[]): Candidate | undefined =>
    [...among].sort(
      (a, b) => (counts.get(a.accountId) ?? 0) - (counts.get(b.accountId) ?? 0) || (a.accountId < b.accountId ? -1 : 1),
    )[0];
  const take = (item: ToPlan, chosen: Candidate, why: ProposalReason): Proposal => {
    counts.set(chosen.accountId, (counts.get(chosen.accountId) ?? 0) + 1);
    return { id: item.id, callerId: chosen.accountId, why };
  };
  return items.map((item): Proposal => {
    const known = candidates.find((one) => one.accountId === item.callerId);
    if (item.callerId !== null && namingFault(item, known) === null)
      return { id: item.id, callerId: item.callerId, why: 'named' };
    if (item.isNamedAbove) return { id: item.id, callerId: null, why: 'named-above' };
    const peer = least(fits(item, item.wanted));
    if (peer) return take(item, peer, 'spread');
    for (const role of superiors) {
      const superior = least(fits(item, [role]));
      if (superior) return take(item, superior, 'next-superior');
    }
    return { id: item.id, callerId: null, why: 'nobody' };
  });
}
