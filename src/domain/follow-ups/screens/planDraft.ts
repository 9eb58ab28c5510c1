// The plan 排回访 while it is made: the proposal, what somebody changed of it, and what is sent (FU0).
import type { PlanBody, PlanProposal } from '../follow-up-plan.contract.ts';

export type PlanItem = PlanProposal['items'][number];
export type Caller = PlanProposal['callers'][number];
/** Follow-up → account; '' takes the name back. */
export type PlanChanges = Readonly<Record<string, string>>;

/** Those chosen in the list; all where none was. */
export function itemsOf(proposal: PlanProposal, chosenIds: readonly string[]): PlanItem[] {
  return chosenIds.length === 0 ? proposal.items : proposal.items.filter((item) => chosenIds.includes(item.id));
}

export const callerOf = (item: PlanItem, changes: PlanChanges): string => changes[item.id] ?? item.caller?.id ?? '';

/** Who did the work may not follow it up: said where one chooses, before the server says it. */
export const isOwnWork = (item: PlanItem, callerId: string): boolean =>
  item.handlers.some((handler) => handler.id === callerId);

/** What is sent: lines that get a name or another one, and those whose name is taken back; the rest stays as it is. */
export function planOf(items: readonly PlanItem[], changes: PlanChanges): PlanBody['items'] {
  return items.flatMap((item): PlanBody['items'] => {
    const callerId = callerOf(item, changes);
    if (item.why === 'named' && callerId === item.caller?.id) return [];
    if (callerId !== '') return [{ id: item.id, callerId }];
    return changes[item.id] === '' && item.why === 'named' ? [{ id: item.id, callerId: null }] : [];
  });
}

/** What each would have besides what is theirs already, the busiest first. */
export function loadsOf(
  callers: readonly Caller[],
  items: readonly PlanItem[],
  changes: PlanChanges,
): { caller: Caller; named: number; added: number }[] {
  const added = new Map<string, number>();
  // What is named already and stays so is in `named`; moved elsewhere it leaves it.
  const left = new Map<string, number>();
  for (const item of items) {
    const now = callerOf(item, changes);
    const before = item.why === 'named' ? (item.caller?.id ?? '') : '';
    if (now === before) continue;
    if (now !== '') added.set(now, (added.get(now) ?? 0) + 1);
    if (before !== '') left.set(before, (left.get(before) ?? 0) + 1);
  }
  return callers
    .map((caller) => ({ caller, named: caller.named - (left.get(caller.id) ?? 0), added: added.get(caller.id) ?? 0 }))
    .sort((a, b) => b.added + b.named - a.added - a.named);
}
