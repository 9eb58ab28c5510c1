// Standard 服务标准: the version in force, cached by id for ever, and the policy that clocks count by.
import { readFileSync } from 'node:fs';
import { newId } from '../../kernel/id.ts';
import { notFound } from '../../kernel/refusal.ts';
import { dayOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Call, readIn } from '../access/call.ts';
import { communityCalendar, knownCalendar } from '../clocks/calendar.service.ts';
import type { ClockPolicy } from '../clocks/clock.service.ts';
import { type StandardDocument, type StandardVersion, standardDocumentSchema } from './standard.contract.ts';
import { upgradeDocument } from './standard.rules.ts';
import { findInForceId, findStandardRow, insertStandard, listStandardRows } from './standard.store.ts';
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
  parsed.set(id, version);
  return version;
}

export async function standardInForce(tx: Tx, communityId: string): Promise<StandardVersion> {
  const id = await findInForceId(tx, communityId);
  if (!id) throw new Error('this community has no standard in force');
  return standardById(tx, communityId, id);
}

/** The policy of a case's own version; without an id that of the version in force. */
export async function policyOf(tx: Tx, communityId: string, versionId?: string): Promise<Policy> {
  const version = versionId ? await standardById(tx, communityId, versionId) : await standardInForce(tx, communityId);
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

/** An older document is read through the upgrades, its missing keys from its own preset. */
function documentOf(stored: unknown) {
  const preset = (stored as { preset?: Preset }).preset;
  return upgradeDocument(stored, presetDocument(preset ?? 'standard'));
}

/** A version as the web app shows it; the one in force where none is named. */
export async function readStandard(call: Call, id?: string): Promise<StandardAnswer> {
  return readIn(call, async (tx) => {
    const row = await findStandardRow(tx, call.communityId, id ?? (await standardInForce(tx, call.communityId)).id);
    if (!row) throw notFound('standard');
    const { document, addedKeys } = documentOf(row.document);
    const { version, state, inForceOn } = row;
    return { id: row.id, communityId: call.communityId, version, state, inForceOn, document, addedKeys };
  });
}

export async function readStandards(call: Call) {
  const items = await readIn(call, (tx) => listStandardRows(tx, call.communityId));
  return { items, nextCursor: null };
}
