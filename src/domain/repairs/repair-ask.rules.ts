// What the rule of one move is asked and what it answers, and the few things that several moves share.
import type { Refusal } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Role } from '../access/role.contract.ts';
import { stopClocks } from '../cases/case-clocks.rules.ts';
import type { ClockCommand, ClockFact } from '../clocks/clock.contract.ts';
import type { StandardDocument } from '../standards/standard.contract.ts';
import type { RepairMove, RepairMoveBody, RepairState } from './repair.contract.ts';
import type { Hat } from './repair.moves.ts';
import { resumeComplete } from './repair-clocks.rules.ts';
import type { Decision, MoveContext, Notice, RepairActor, RepairFacts } from './repair-facts.rules.ts';

export type Ask<Name extends RepairMove> = {
  repair: RepairFacts;
  clocks: readonly ClockFact[];
  input: RepairMoveBody<Name>;
  document: StandardDocument;
  actor: RepairActor;
  /** The hats that this move allows, of those the actor wears. */
  hats: readonly Hat[];
  role: Role | 'system';
  context: MoveContext;
  /** When it happened; `now` is when we heard. */
  at: Instant;
  now: Instant;
  /** The answer to somebody who may not: 403, for outsiders 404. */
  refuse: () => Refusal;
};

export type Outcome = Partial<
  Pick<
    Decision,
    'changes' | 'text' | 'description' | 'result' | 'contact' | 'clocks' | 'notices' | 'signature' | 'followUp'
  >
> & {
  /** Only where the table says "by facts". */
  state?: RepairState;
  facts?: Record<string, unknown>;
  forId?: string;
};

/** Nobody holds the order any more. */
export const unassigned = {
  technicianId: null,
  contractorId: null,
  contractorFirmId: null,
  responsibleId: null,
} as const;

export const withdrawn = (repair: RepairFacts): Notice[] => {
  const holder = repair.technicianId ?? repair.contractorId;
  return holder === null ? [] : [{ to: { staffId: holder }, kind: 'repair.withdrawn', loud: true, out: true }];
};

export const headOf = (document: StandardDocument, repair: Pick<RepairFacts, 'department'>): Role =>
  document.heads[repair.department];

export const notPaused = { pausedFrom: null, pauseReason: null, pauseUntil: null } as const;

/** The wait is over: on resume, and when a paused order goes to somebody else. */
export const endWaiting = (ask: Ask<'resume'> | Ask<'transfer'>): ClockCommand[] => [
  ...stopClocks(ask.clocks, 'waiting', ask.at, ask.context.eventId),
  ...resumeComplete(ask.clocks, ask.at),
];
