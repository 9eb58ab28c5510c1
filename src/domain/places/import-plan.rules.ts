// The plan of an import 导入: for each draft whether it is new, a change, the same, or needs a person, so that a second run
// writes nothing (PP4).
import type { Day } from '../../kernel/time.ts';
import type {
  Draft,
  PartyDraft,
  Rejection,
  RelationDraft,
  UnitDraft,
  UnitKey,
  VehicleDraft,
} from './import.contract.ts';
import { unitFacts } from './import-keys.rules.ts';

export type KnownUnit = Pick<UnitDraft, 'areaHundredthsM2' | 'usage' | 'state' | 'deliveredOn'> & { id: string };
export type KnownParty = {
  id: string;
  kind: 'person' | 'company';
  name: string;
  hasPhone: boolean;
  hasIdentity: boolean;
  hasSameIdentity: boolean;
};
export type KnownRelation = { id: string; sharePercent: number | null; fromOn: Day; untilOn: Day | null };

/** What was there before the import; looked up by the store, in batches. Ids say nothing to the rules. */
export type KnownFacts = {
  building(name: string): { id: string } | undefined;
  unit(key: UnitKey): KnownUnit | undefined;
  /** By name and phone (compared by keyed hash), without a phone by name among the unit's people. */
  party(draft: PartyDraft): KnownParty | undefined;
  /** A relation that runs now. */
  relation(draft: RelationDraft): KnownRelation | undefined;
  /** How many owners the unit had before the import. */
  ownersOf(key: UnitKey): number;
  vehicle(plate: string): { id: string; unitKey: UnitKey } | undefined;
  isUnitInFile(key: UnitKey): boolean;
};

export type Changed = Record<string, { was: string | number | null; is: string | number | null }>;

export type Decision =
  | { decision: 'create'; draft: Draft }
  | { decision: 'change'; draft: Draft; id: string; changed: Changed }
  | { decision: 'same'; draft: Draft; id: string }
  | { decision: 'conflict'; draft: Draft; code: 'unknown_unit' | 'owner_differs' | 'plate_elsewhere' };

/** An empty cell never erases what is kept; a fact that differs is a change, shown before it is made. */
export function decide(draft: Draft, known: KnownFacts): Decision {
  switch (draft.noun) {
    case 'building': {
      const found = known.building(draft.building);
      return found === undefined ? { decision: 'create', draft } : { decision: 'same', draft, id: found.id };
    }
    case 'unit': {
      const found = known.unit(draft.key);
      return found === undefined
        ? { decision: 'create', draft }
        : changeOrSame(
            draft,
            found.id,
            unitFacts.map(([, name]) => [name, found[name], draft[name]]),
          );
    }
    case 'party': {
      if (!hasUnit(draft.unitKey, known)) return { decision: 'conflict', draft, code: 'unknown_unit' };
      const found = known.party(draft);
      if (found === undefined) return { decision: 'create', draft };
      const changed: Changed = {};
      if (draft.kind !== found.kind) changed.kind = { was: found.kind, is: draft.kind };
      // Values of phone and identity stay out of the plan: it is shown to people without the right to see them.
      if (draft.phone !== null && !found.hasPhone) changed.phone = { was: null, is: 'new' };
      if (draft.identity !== null && !found.hasSameIdentity) {
        changed.identity = { was: found.hasIdentity ? 'old' : null, is: 'new' };
      }
      return Object.keys(changed).length === 0
        ? { decision: 'same', draft, id: found.id }
        : { decision: 'change', draft, id: found.id, changed };
    }
    case 'relation': {
      if (!hasUnit(draft.unitKey, known)) return { decision: 'conflict', draft, code: 'unknown_unit' };
      const found = known.relation(draft);
      if (found !== undefined) {
        return changeOrSame(draft, found.id, [
          ['sharePercent', found.sharePercent, draft.sharePercent],
          ['fromOn', found.fromOn, draft.fromOn],
          ['untilOn', found.untilOn, draft.untilOn],
        ]);
      }
      // Another owner is a change of ownership 过户, which closes one relation and asks about money (PP2).
      if (draft.relation === 'owner' && known.ownersOf(draft.unitKey) > 0) {
        return { decision: 'conflict', draft, code: 'owner_differs' };
      }
      return { decision: 'create', draft };
    }
    case 'vehicle':
      return decideVehicle(draft, known);
  }
}

function decideVehicle(draft: VehicleDraft, known: KnownFacts): Decision {
  if (!hasUnit(draft.unitKey, known)) return { decision: 'conflict', draft, code: 'unknown_unit' };
  const found = known.vehicle(draft.plate);
  if (found === undefined) return { decision: 'create', draft };
  return found.unitKey === draft.unitKey
    ? { decision: 'same', draft, id: found.id }
    : { decision: 'conflict', draft, code: 'plate_elsewhere' };
}

const hasUnit = (key: UnitKey, known: KnownFacts): boolean => known.isUnitInFile(key) || known.unit(key) !== undefined;

type Fact = string | number | null;

function changeOrSame(draft: Draft, id: string, facts: readonly (readonly [string, Fact, Fact])[]): Decision {
  const changed: Changed = {};
  for (const [name, was, is] of facts) if (is !== null && is !== was) changed[name] = { was, is };
  return Object.keys(changed).length === 0
    ? { decision: 'same', draft, id }
    : { decision: 'change', draft, id, changed };
}

export type Plan = {
  creates: Draft[];
  changes: Extract<Decision, { decision: 'change' }>[];
  unchanged: number;
  conflicts: Extract<Decision, { decision: 'conflict' }>[];
};

/** The whole plan at once, for previews; a large file is decided draft by draft with `decide`. */
export function planImport(known: KnownFacts, drafts: Iterable<Draft>): Plan {
  const plan: Plan = { creates: [], changes: [], unchanged: 0, conflicts: [] };
  for (const draft of drafts) {
    const decision = decide(draft, known);
    if (decision.decision === 'create') plan.creates.push(draft);
    else if (decision.decision === 'change') plan.changes.push(decision);
    else if (decision.decision === 'conflict') plan.conflicts.push(decision);
    else plan.unchanged++;
  }
  return plan;
}

/** Whose column a conflict is shown under. */
const conflictField = { unknown_unit: 'room', owner_differs: 'name', plate_elsewhere: 'plate' } as const;

/** A conflict as the report shows it, beside the rejected rows. */
export function rejectionOf(conflict: Extract<Decision, { decision: 'conflict' }>): Rejection {
  const { draft, code } = conflict;
  const read =
    draft.noun === 'vehicle'
      ? code === 'plate_elsewhere'
        ? draft.plate
        : draft.unitKey
      : draft.noun === 'relation'
        ? code === 'owner_differs'
          ? draft.partyKey.replace(/[|@].*$/, '')
          : draft.unitKey
        : draft.noun === 'party'
          ? draft.unitKey
          : '';
  return {
    ...draft.at,
    column: conflictField[code],
    code,
    read:
      code === 'unknown_unit'
        ? read
            .split('|')
            .filter((part) => part !== '')
            .join('-')
        : read,
    facts: { field: conflictField[code] },
    isPersonal: code !== 'unknown_unit',
  };
}
