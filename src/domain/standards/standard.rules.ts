// Looking things up in a service standard 服务标准, and reading documents that an older release wrote.
import type { Department, Role } from '../access/role.contract.ts';
import type { ClockKind, LadderCode, LadderStep } from '../clocks/clock.contract.ts';
import {
  type ClockRule,
  type PauseReason,
  type StandardDocument,
  standardDocumentSchema,
} from './standard.contract.ts';

export type FollowUpRule = StandardDocument['followUps'][number];
export type PauseRule = StandardDocument['repair']['pauses'][PauseReason];
export type RepairCategory = StandardDocument['repair']['categories'][number];

/** The promise of a kind; null where this preset has no such clock (`limit: null` counts as none). */
export function clockRule(
  document: StandardDocument,
  kind: ClockKind,
  variant = '',
): (ClockRule & { limit: NonNullable<ClockRule['limit']> }) | null {
  const rule = document.clocks.find((one) => one.kind === kind && one.variant === variant);
  return rule === undefined || rule.limit === null ? null : { ...rule, limit: rule.limit };
}

export const ladderOf = (document: StandardDocument, code: LadderCode): readonly LadderStep[] => document.ladders[code];

/** Null for whoever nobody stands above. */
export const superiorOf = (document: StandardDocument, role: Role): Role | null => document.reportingLine[role] ?? null;

export const headOf = (document: StandardDocument, department: Department): Role => document.heads[department];

/** The post itself and all above it, nearest first. */
export function lineAbove(document: StandardDocument, role: Role): Role[] {
  const line: Role[] = [];
  for (
    let next = superiorOf(document, role);
    next !== null && !line.includes(next);
    next = superiorOf(document, next)
  ) {
    line.push(next);
  }
  return line;
}

export const followUpRule = (document: StandardDocument, what: string): FollowUpRule | null =>
  document.followUps.find((rule) => rule.what === what) ?? null;

export const pauseRule = (document: StandardDocument, reason: PauseReason): PauseRule => document.repair.pauses[reason];

export const repairCategory = (document: StandardDocument, code: string): RepairCategory | null =>
  document.repair.categories.find((category) => category.code === code) ?? null;

/** One step from a schema version to the next; pure, so that a document of any age reads the same everywhere. */
export type Upgrade = (document: Record<string, unknown>, preset: StandardDocument) => Record<string, unknown>;
const upgrades: Readonly<Record<number, Upgrade>> = {};
const currentSchema = 1;

export type UpgradedDocument = {
  document: StandardDocument;
  /** Paths that an older document lacked and that come from the preset, to show as new with this release. */
  addedKeys: string[];
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads a stored document: lifts its schema step by step, takes keys that a release added from the preset, then checks
 * the whole. Lists are a community's own and are never mixed. Throws where the document is of a later release or broken.
 */
export function upgradeDocument(
  json: unknown,
  preset: StandardDocument,
  steps: Readonly<Record<number, Upgrade>> = upgrades,
): UpgradedDocument {
  if (!isObject(json) || typeof json.schema !== 'number') throw new Error('a standard without a schema number');
  let document: Record<string, unknown> = json;
  for (let schema = json.schema; schema !== currentSchema; schema++) {
    const step = steps[schema];
    if (step === undefined) throw new Error(`no way from standard schema ${schema} to ${currentSchema}`);
    document = { ...step(document, preset), schema: schema + 1 };
  }
  const addedKeys: string[] = [];
  const filled = fill(document, preset, '', addedKeys);
  return { document: standardDocumentSchema.parse(filled), addedKeys };
}

function fill(own: Record<string, unknown>, preset: object, path: string, added: string[]): Record<string, unknown> {
  // Maps keyed by posts are whole statements: a post that a community took out must not come back.
  if (path === 'reportingLine') return own;
  const whole = { ...own };
  for (const [key, value] of Object.entries(preset)) {
    const here = path === '' ? key : `${path}.${key}`;
    const mine = own[key];
    if (isObject(mine) && isObject(value)) whole[key] = fill(mine, value, here, added);
    else if (!(key in own) && !isOptionalMark(key)) {
      whole[key] = value;
      added.push(here);
    }
  }
  return whole;
}

/** Parts of one figure, not figures: their absence says something. */
const isOptionalMark = (key: string): boolean => key === 'manual' || key === 'ours';
