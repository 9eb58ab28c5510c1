// What may become of an improvement 改进措施 and by whom, whether it is late, when its owner is warned (FU7, FU8).
import { allowsBy, allowsFrom } from '../../kernel/moves.ts';
import { type FieldFault, Refusal } from '../../kernel/refusal.ts';
import { type Day, plusDays } from '../../kernel/time.ts';
import type { ImprovementBody, ImprovementMove, ImprovementState } from './improvement.contract.ts';
import { type ImprovementHat, moves } from './improvement.moves.ts';

export type ImprovementFact = { state: ImprovementState; ownerId: string; dueOn: Day };
export type Asker = { accountId: string; isLeader: boolean };

/** Nobody confirms their own work: who owns it wears no leader's hat here, whatever post they hold. */
export function hatsOf(fact: Pick<ImprovementFact, 'ownerId'>, asker: Asker): ImprovementHat[] {
  if (fact.ownerId === asker.accountId) return ['owner'];
  return asker.isLeader ? ['leader'] : [];
}

export function refusalOf(fact: ImprovementFact, asker: Asker, name: ImprovementMove): Refusal | null {
  const move = moves[name];
  if (!allowsBy(move, hatsOf(fact, asker))) return new Refusal('improvement.not_yours', { move: name }, 403);
  if (!allowsFrom(move, fact.state))
    return new Refusal('improvement.move_not_allowed', { state: fact.state, move: name });
  return null;
}

export const isOverdue = (fact: Pick<ImprovementFact, 'state' | 'dueOn'>, today: Day): boolean =>
  fact.state === 'open' && fact.dueOn < today;

/** The last day whose open improvements are warned of today. */
export const warnUntil = (today: Day, daysBefore: number): Day => plusDays(today, daysBefore);

/** Every fault of a list of improvements at once: a due day already gone, an owner who does not work here. */
export function improvementFaults(
  given: readonly ImprovementBody[],
  asked: { today: Day; staffIds: ReadonlySet<string> },
  path = 'improvements',
): FieldFault[] {
  return given.flatMap((one, index) => {
    const at = path === '' ? '' : `${path}.${index}.`;
    return [
      ...(one.dueOn < asked.today ? [{ path: `${at}dueOn`, code: 'day_gone' }] : []),
      ...(asked.staffIds.has(one.ownerId) ? [] : [{ path: `${at}ownerId`, code: 'not_staff_here' }]),
    ];
  });
}
