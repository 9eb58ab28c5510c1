// Standard 服务标准: the version in force, cached by id for ever, and the policy that clocks count by.
import { readFileSync } from 'node:fs';
import { newId } from '../../kernel/id.ts';
import { notFound } from '../../kernel/refusal.ts';
import { dayOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { accountNames } from '../access/account.service.ts';
import { type Call, reachOf, readIn } from '../access/call.ts';
import { communityCalendar, knownCalendar } from '../clocks/calendar.service.ts';
import type { ClockPolicy } from '../clocks/clock.service.ts';
import { type StandardDocument, type StandardVersion, standardDocumentSchema } from './standard.contract.ts';
import { upgradeDocument } from './standard.rules.ts';
import { findInForceId, findStandardRow, insertStandard, listEverInForce, listStandardRows } from './standard.store.ts';
import { type Bound, boundSchema, type StandardState } from './standard-edit.contract.ts';
import { allowedStandardMoves, changesBetween, editables } from './standard-edit.rules.ts';
import type { StandardAnswer } from './standard-view.contract.ts';

export type Preset = StandardDocument['preset'];

/** A version of the standard and the calendars its clocks may meet. */
export type Policy = ClockPolicy & { version: StandardVersion };

const parsed = new Map<string, StandardVersion>();
const presets = new Map<Preset, StandardDocument>();
let presetFolder = '';

/** Where the presets that ship with the product lie. */
export function linkPresets(folder: string): void {
  presetFolder = folder;
}

export function presetDocument(preset: Preset): StandardDocument {
  const known = presets.get(preset);
  if (known) return known;
  const read = standardDocumentSchema.parse(JSON.parse(readFileSync(`${presetFolder}/${preset}.json`, 'utf8')));
  presets.set(preset, read);
  return read;
}

export async function standardById(tx: Tx, communityId: string, id: string): Promise<StandardVersion> {
  const known = parsed.get(id);
  if (known) return known;
  const row = await findStandardRow(tx, communityId, id);
  if (!row) throw notFound('standard');
  const version = {
    id: row.id,
    version: row.version,
    inForceOn: row.inForceOn,
    document: documentOf(row.document).document,
  };
  // A draft is still written; the others stay as they are.
  if (row.state !== 'draft' && row.state !== 'submitted') parsed.set(id, version);
  return version;
}

export async function standardInForce(tx: Tx, communityId: string): Promise<StandardVersion> {
  const id = await findInForceId(tx, communityId);
  if (!id) throw new Error('this community has no standard in force');
  return standardById(tx, communityId, id);
}

/** The version that was in force on each of these days; before the first, the first. */
export async function standardsOn(
  tx: Tx,
  communityId: string,
  days: readonly string[],
): Promise<Map<string, StandardVersion>> {
  const versions = await listEverInForce(tx, communityId);
  const found = new Map<string, StandardVersion>();
  for (const day of new Set(days)) {
    const version = versions.find(({ inForceOn }) => inForceOn <= day) ?? versions.at(-1);
    if (version) found.set(day, await standardById(tx, communityId, version.id));
  }
  return found;
}

/** The policy of a case's own version; without an id that of the version in force. */
export async function policyOf(tx: Tx, communityId: string, versionId?: string): Promise<Policy> {
  return policyBy(
    tx,
    communityId,
    versionId ? await standardById(tx, communityId, versionId) : await standardInForce(tx, communityId),
  );
}

async function policyBy(tx: Tx, communityId: string, version: StandardVersion): Promise<Policy> {
  const { desk, sameDay } = version.document.hours;
  const calendar = await communityCalendar(tx, communityId, {
    deskHours: desk,
    sameDay: { endsAt: sameDay.endsAt, lateAfter: sameDay.lateAfter, nextDayAt: sameDay.nextDayAt },
  });
  return {
    version,
    versionId: version.id,
    versionNumber: version.version,
    ladders: version.document.ladders,
    calendar,
    calendarOf: (name) => (name === undefined ? calendar : (knownCalendar(name) ?? calendar)),
  };
}

/** A new community starts with its preset as version 1. */
export async function adoptPreset(
  tx: Tx,
  communityId: string,
  preset: Preset,
  accountId: string | null,
  at: string,
  inForceOn = dayOf(at),
): Promise<string> {
  const id = newId();
  const document = presetDocument(preset);
  await insertStandard(tx, {
    communityId,
    id,
    version: 1,
    state: 'in-force',
    inForceOn,
    document,
    createdBy: accountId,
    createdAt: at,
  });
  return id;
}

const boundsFound: { list: Bound[] | null } = { list: null };
/** Which figures may be set, and between what; ships beside the presets. */
export function standardBounds(): Bound[] {
  boundsFound.list ??= boundSchema.array().parse(JSON.parse(readFileSync(`${presetFolder}/bounds.json`, 'utf8')));
  return boundsFound.list;
}

/** An older document is read through the upgrades, its missing keys from its own preset. */
export function documentOf(stored: unknown) {
  const preset = (stored as { preset?: Preset }).preset;
  return upgradeDocument(stored, presetDocument(preset ?? 'standard'));
}

/** A version as the web app shows it; the one in force where none is named. */
export async function readStandard(call: Call, id?: string): Promise<StandardAnswer> {
  return readIn(call, async (tx) => {
    const row = await findStandardRow(tx, call.communityId, id ?? (await standardInForce(tx, call.communityId)).id);
    if (!row) throw notFound('standard');
    const { document, addedKeys } = documentOf(row.document);
    const { version, state, inForceOn, revision, basedOnId, note, remark } = row;
    const baseRow = basedOnId === null ? undefined : await findStandardRow(tx, call.communityId, basedOnId);
    const base = baseRow ? documentOf(baseRow.document).document : document;
    const bounds = standardBounds();
    const changes = changesBetween(base, document, bounds);
    const mayEdit = reachOf(call, 'standard.edit') !== null;
    const author = row.createdBy;
    const name = author === null ? '' : ((await accountNames(tx, [author])).get(author) ?? '');
    return {
      id: row.id,
      communityId: call.communityId,
      version,
      state,
      inForceOn,
      document,
      addedKeys,
      revision,
      basedOnId,
      note,
      remark,
      createdBy: author === null ? null : { id: author, name },
      changes,
      editable: mayEdit && state === 'draft' ? editables(document, base, bounds) : [],
      moves: mayEdit ? allowedStandardMoves(state, changes.length) : [],
    };
  });
}

export async function readStandards(call: Call) {
  const rows = await readIn(call, (tx) => listStandardRows(tx, call.communityId));
  return { items: rows.map((row) => ({ ...row, state: row.state as StandardState })), nextCursor: null };
}
