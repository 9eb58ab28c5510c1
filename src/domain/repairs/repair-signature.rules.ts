// The contractor signs for the order 签收派工单 (RP7): who may record it and when there is something to sign for.
import { forbidden, notFound, Refusal } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Role } from '../access/role.contract.ts';
import type { StandardDocument } from '../standards/standard.contract.ts';
import type { RepairState } from './repair.contract.ts';
import type { Hat } from './repair.moves.ts';
import { hatsOf, isOutsider, type RepairActor, type RepairFacts } from './repair-facts.rules.ts';

/** The firm itself, or who stands beside it with the paper: the desk and engineering (RP7). */
const signers: readonly Hat[] = ['con', 'desk', 'eng', 'sup'];
/** From the arrival on; what was finished before anybody thought of the paper can still be signed for. */
const fromArrival: readonly RepairState[] = ['on-site', 'quoted', 'working', 'paused', 'done', 'signed', 'returned'];

export type SignedStep = {
  id: string;
  kind: 'note';
  move: null;
  fromState: null;
  toState: null;
  at: Instant;
  byRole: Role | null;
  facts: Record<string, unknown>;
};

export function signedStep(
  repair: RepairFacts,
  actor: RepairActor,
  document: StandardDocument,
  eventId: string,
  now: Instant,
): SignedStep {
  if (!hatsOf(actor, repair, document).some((hat) => signers.includes(hat)))
    throw isOutsider(actor) ? notFound('repair') : forbidden('repair.contractor-signature');
  if (repair.contractorId === null || !fromArrival.includes(repair.state))
    throw new Refusal('repair.no_contractor_on_site', { state: repair.state });
  return {
    id: eventId,
    kind: 'note',
    move: null,
    fromState: null,
    toState: null,
    at: now,
    byRole: actor.roles[0] ?? null,
    facts: { action: 'contractor-signed', contractorSigned: true },
  };
}
