// What the tales of the demonstration are made of: who works there, an order's steps, a story and how it ends.
import type { Instant } from '../../kernel/time.ts';
import type { CallSource } from '../access/call.ts';
import type { CreateRepairBody, RepairMove, RepairMoveBody, Urgency } from '../repairs/repair.contract.ts';
import type { FollowUpDeed, FollowUpStory } from './demo-follow-ups.rules.ts';
import type { FaultText } from './demo-repairs.words.ts';
import type { PlannedUnit } from './demo-town.rules.ts';
import type { Random } from './seeded-random.rules.ts';

/** Who works in a community, by user name. */
export type Cast = {
  desks: readonly string[];
  butlers: readonly string[];
  /** The butler of each building, by its number. */
  butlerOf: Readonly<Record<string, string>>;
  generalManager: string;
  manager: string;
  orderHead: string;
  supervisor: string;
  engineer: string;
  technicians: readonly string[];
  duty: string;
  contractors: Readonly<Record<string, string>>;
  contractor: string;
  /** Another department's head and the one who works for it. */
  otherHead: string;
  otherWorker: string;
  otherDepartment: 'environment';
  /** Account of a resident of the first unit, where there is one. */
  resident: string | null;
};

export type Ids = (username: string) => string;
export type PlannedStep = { at: Instant; by: string; source: CallSource } & (
  | {
      do: 'create';
      receivedAt: Instant;
      body: Omit<CreateRepairBody, 'unitId' | 'contact'>;
      /** Whom to write as contact: an index into the town's parties. */
      contact: number | null;
    }
  | { [Name in RepairMove]: { do: 'move'; move: Name; input: (ids: Ids) => RepairMoveBody<Name> } }[RepairMove]
  | { do: 'sign'; satisfied: boolean; isAbsent: boolean }
  | { do: 'note'; text: string; isCall: boolean }
  /** Paid: what a later module writes itself. */
  | { do: 'pay' }
  /** `which`: the case's first, second …; null: the one that is to be done now. */
  | { do: 'follow-up'; deed: FollowUpDeed; which: number | null }
  /** The complaint that came of a follow-up: what was done, and closed. */
  | { do: 'complaint'; move: 'resolve' | 'close' }
  /** A promise was missed before this: the ladder's steps are taken. */
  | { do: 'sweep' }
);
export type PlannedRepair = { unit: number | null; steps: PlannedStep[] };

/** How a story ends; the rest of it is the usual way. */
export type Ending =
  | 'usual'
  | 'cancelled'
  | 'declined'
  | 'not-feasible'
  | 'handed-back'
  | 'transferred'
  | 'rework'
  | 'waits-for-parts'
  | 'no-access'
  | 'raised'
  /** Finished, and the customer does not accept it. */
  | 'unhappy'
  | 'draft';

export type Story = {
  unit: number | null;
  category: string;
  urgency: Urgency;
  fault: FaultText;
  place: string | null;
  ending: Ending;
  lateArrival: boolean;
  lateFinish: boolean;
  /** How the asking afterwards goes, where it is not left to chance. */
  followUp?: FollowUpStory;
  /** Stop after the first step of this name: how far an open order has come. */
  stopAfter?: string;
};

export type Scene = {
  random: Random;
  cast: Cast;
  preset: 'luxury' | 'standard';
  units: readonly PlannedUnit[];
};
