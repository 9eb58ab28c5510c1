// Charge items 收费项目 kept: prices as versions from a day on, what is agreed for single units, the general notice (MN1).
import { newId } from '../../kernel/id.ts';
import { BadInput, badField, type FieldFault, notFound, Refusal, staleVersion } from '../../kernel/refusal.ts';
import { type Day, dayOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Call, effect, type InputOf, readIn } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import { standardInForce } from '../standards/standard.service.ts';
import { versionOn } from './charge.rules.ts';
import type {
  ChargeItemView,
  ChargeTermView,
  ChargingSettings,
  chargeItemRoutes,
  VersionBody,
} from './charge-item.contract.ts';
import {
  type ItemRow,
  insertItem,
  insertTerm,
  insertVersion,
  isOfCommunity,
  isPricedSince,
  listItemRows,
  listTermRows,
  listVersionRows,
  lockPrices,
  type NamedTerm,
  readSettings,
  removeVersion,
  saveSettings,
  updateItem,
  updateTerm,
  type VersionRow,
} from './charge-item.store.ts';
import { formulaNames } from './formula.words.ts';
import { lateFeeItem } from './late-fee.service.ts';
import { lateFeeRuleInWords } from './late-fee.words.ts';
import { periodFaults, ruleFaults } from './price.rules.ts';

type Input<Name extends keyof typeof chargeItemRoutes> = InputOf<(typeof chargeItemRoutes)[Name]>;

// ── items and prices ────────────────────────────────────────────────────────────────────────────────

const shownItem = (call: Call, row: ItemRow, all: readonly VersionRow[]): ChargeItemView => {
  const today = dayOf(call.now);
  const versions = all.filter((one) => one.itemId === row.id);
  const inForce = versionOn(versions, today)?.id ?? null;
  return {
    ...row,
    communityId: call.communityId,
    isMadeByProgram: row.code === row.kind && versions.length === 0,
    versions: versions.map(({ itemId: _, enteredBy, enteredByName, ...version }) => ({
      ...version,
      enteredBy: enteredBy === null ? null : { id: enteredBy, name: enteredByName ?? '' },
      isInForce: version.id === inForce,
      isRemovable: version.from > today && versions.length > 1,
    })),
  };
};

export const listChargeItems = (call: Call) =>
  readIn(call, async (tx) => {
    const versions = await listVersionRows(tx, call.communityId);
    const rows = await listItemRows(tx, call.communityId);
    return { items: rows.map((row) => shownItem(call, row, versions)), nextCursor: null };
  });

const readItem = (call: Call, id: string): Promise<ChargeItemView> =>
  readIn(call, async (tx) => {
    const [row] = await listItemRows(tx, call.communityId, id);
    if (!row) throw notFound('charge-item');
    return shownItem(call, row, await listVersionRows(tx, call.communityId, id));
  });

const keepVersion = (tx: Tx, call: Call, itemId: string, id: string, body: VersionBody) =>
  insertVersion(tx, call.communityId, {
    id,
    itemId,
    ...body,
    enteredBy: call.actor.accountId || null,
    enteredAt: call.now,
  });

export async function createChargeItem(call: Call, { body }: Input<'createChargeItem'>): Promise<ChargeItemView> {
  const id = await effect(call, newId(), async (tx, made) => {
    await lockPrices(tx, call.communityId);
    const { first, ...item } = body;
    const faults: FieldFault[] = ruleFaults(first.rule, 'first.rule', formulaNames);
    const known = await listItemRows(tx, call.communityId);
    if (known.some((one) => one.code === item.code)) faults.push({ path: 'code', code: 'code_taken' });
    if (faults.length > 0) throw new BadInput(faults);
    await insertItem(tx, call.communityId, { id: made, ...item, retiredOn: null, createdAt: call.now });
    await keepVersion(tx, call, made, newId(), first);
    await record(tx, call, {
      action: 'charge-item.create',
      noun: 'charge-item',
      nounId: made,
      changed: { code: [null, item.code], from: [null, first.from] },
    });
  });
  return readItem(call, id);
}

async function itemForChange(tx: Tx, call: Call, id: string): Promise<ItemRow> {
  await lockPrices(tx, call.communityId);
  const [row] = await listItemRows(tx, call.communityId, id);
  if (!row) throw notFound('charge-item');
  return row;
}

function checkVersion(call: Call, seen: number | undefined, version: number): void {
  const given = seen ?? call.ifMatch;
  if (given === null || given === undefined) throw badField('version', 'required');
  if (given !== version) throw staleVersion(version);
}

export async function amendChargeItem(call: Call, { params, body }: Input<'amendChargeItem'>): Promise<ChargeItemView> {
  await effect(call, params.id, async (tx) => {
    const row = await itemForChange(tx, call, params.id);
    const { version, ...change } = body;
    checkVersion(call, version, row.version);
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    await updateItem(tx, call.communityId, row.id, given);
    await record(tx, call, {
      action: 'charge-item.amend',
      noun: 'charge-item',
      nounId: row.id,
      changed: Object.fromEntries(
        Object.entries(given).map(([name, value]) => [name, [row[name as keyof ItemRow], value]]),
      ),
    });
  });
  return readItem(call, params.id);
}

export async function addPriceVersion(call: Call, { params, body }: Input<'addPriceVersion'>): Promise<ChargeItemView> {
  await effect(call, newId(), async (tx, made) => {
    const row = await itemForChange(tx, call, params.id);
    const faults: FieldFault[] = ruleFaults(body.rule, 'rule', formulaNames);
    const versions = await listVersionRows(tx, call.communityId, row.id);
    if (versions.some((one) => one.from === body.from)) faults.push({ path: 'from', code: 'versions_same_day' });
    // What was computed for a month by the price of then is not overtaken by a price entered for it afterwards.
    else if (await isPricedSince(tx, call.communityId, row.id, body.from))
      faults.push({ path: 'from', code: 'month_already_billed' });
    if (faults.length > 0) throw new BadInput(faults);
    await keepVersion(tx, call, row.id, made, body);
    await record(tx, call, {
      action: 'charge-item.price',
      noun: 'charge-item',
      nounId: row.id,
      changed: { from: [versions[0]?.from ?? null, body.from], kind: [versions[0]?.rule.kind ?? null, body.rule.kind] },
    });
  });
  return readItem(call, params.id);
}

export async function removePriceVersion(call: Call, { params }: Input<'removePriceVersion'>): Promise<ChargeItemView> {
  await effect(call, params.versionId, async (tx) => {
    const row = await itemForChange(tx, call, params.id);
    const versions = await listVersionRows(tx, call.communityId, row.id);
    const version = versions.find((one) => one.id === params.versionId);
    if (!version) throw notFound('price-version');
    if (version.from <= dayOf(call.now) || versions.length === 1) throw new Refusal('charge-item.version_in_use');
    await removeVersion(tx, call.communityId, version.id, call.now);
    await record(tx, call, {
      action: 'charge-item.price-removed',
      noun: 'charge-item',
      nounId: row.id,
      changed: { from: [version.from, null] },
    });
  });
  return readItem(call, params.id);
}

// ── terms of single units ───────────────────────────────────────────────────────────────────────────

const shownTerm = (call: Call, { unitId, itemId, unit, item, vehicleId: _, ...row }: NamedTerm): ChargeTermView => ({
  ...row,
  communityId: call.communityId,
  unit: { id: unitId, label: unit },
  item: itemId === null ? null : { id: itemId, name: item ?? '' },
});

export const listChargeTerms = (call: Call, { query }: Input<'listChargeTerms'>) =>
  readIn(call, async (tx) => ({
    items: (await listTermRows(tx, call.communityId, query)).map((row) => shownTerm(call, row)),
    nextCursor: null,
  }));

const readTerm = (call: Call, id: string): Promise<ChargeTermView> =>
  readIn(call, async (tx) => {
    const [row] = await listTermRows(tx, call.communityId, { id });
    if (!row) throw notFound('charge-term');
    return shownTerm(call, row);
  });

export async function createChargeTerm(call: Call, { body }: Input<'createChargeTerm'>): Promise<ChargeTermView> {
  const id = await effect(call, newId(), async (tx, made) => {
    await lockPrices(tx, call.communityId);
    const faults: FieldFault[] = body.rule ? ruleFaults(body.rule, 'rule', formulaNames) : [];
    if (!(await isOfCommunity(tx, call.communityId, 'units', body.unitId)))
      faults.push({ path: 'unitId', code: 'unknown_unit' });
    if (body.itemId && (await listItemRows(tx, call.communityId, body.itemId)).length === 0)
      faults.push({ path: 'itemId', code: 'unknown_item' });
    if (body.vehicleId && !(await isOfCommunity(tx, call.communityId, 'vehicles', body.vehicleId)))
      faults.push({ path: 'vehicleId', code: 'unknown_vehicle' });
    const row = {
      id: made,
      kind: body.kind,
      unitId: body.unitId,
      itemId: body.kind === 'vacant' ? null : (body.itemId ?? null),
      from: body.from,
      until: body.until ?? null,
      rule: body.kind === 'price' ? (body.rule ?? null) : null,
      percent: body.kind === 'price' ? (body.percent ?? 100) : body.kind === 'free' ? (body.percent ?? null) : null,
      classCode: body.kind === 'vehicle' ? (body.classCode ?? null) : null,
      vehicleId: body.kind === 'vehicle' ? (body.vehicleId ?? null) : null,
      reason: body.reason,
    };
    if (faults.length === 0) faults.push(...(await overlapFaults(tx, call.communityId, row)));
    if (faults.length > 0) throw new BadInput(faults);
    await insertTerm(tx, call.communityId, { ...row, enteredBy: call.actor.accountId || null, enteredAt: call.now });
    await record(tx, call, {
      action: 'charge-term.create',
      noun: 'charge-term',
      nounId: made,
      changed: {
        kind: [null, row.kind],
        unitId: [null, row.unitId],
        from: [null, row.from],
        percent: [null, row.percent],
      },
    });
  });
  return readTerm(call, id);
}

/** One of a kind at a time for a unit and item; vehicles stand side by side. */
async function overlapFaults(
  tx: Tx,
  communityId: string,
  row: { kind: string; unitId: string; itemId: string | null; from: Day; until: Day | null; vehicleId: string | null },
): Promise<FieldFault[]> {
  if (row.kind === 'vehicle' && row.vehicleId === null) return [];
  const known = (await listTermRows(tx, communityId, { unitId: row.unitId, kind: row.kind })).filter(
    (one) => one.itemId === row.itemId && one.vehicleId === row.vehicleId,
  );
  const met = periodFaults([...known, row], 'rows').find(({ path }) => path.startsWith(`rows.${known.length}.`));
  return met ? [{ path: 'from', code: met.code }] : [];
}

async function termForChange(tx: Tx, call: Call, id: string, seen: number | undefined): Promise<NamedTerm> {
  await lockPrices(tx, call.communityId);
  const [row] = await listTermRows(tx, call.communityId, { id });
  if (!row) throw notFound('charge-term');
  checkVersion(call, seen, row.version);
  return row;
}

export async function endChargeTerm(call: Call, { params, body }: Input<'endChargeTerm'>): Promise<ChargeTermView> {
  await effect(call, params.id, async (tx) => {
    const row = await termForChange(tx, call, params.id, body.version);
    if (body.until < row.from) throw badField('until', 'period_reversed');
    await updateTerm(tx, call.communityId, row.id, { untilOn: body.until });
    await record(tx, call, {
      action: 'charge-term.end',
      noun: 'charge-term',
      nounId: row.id,
      changed: { until: [row.until, body.until] },
    });
  });
  return readTerm(call, params.id);
}

export async function removeChargeTerm(call: Call, { params, body }: Input<'removeChargeTerm'>) {
  await effect(call, params.id, async (tx) => {
    const row = await termForChange(tx, call, params.id, body.version);
    await updateTerm(tx, call.communityId, row.id, { removedAt: call.now });
    await record(tx, call, {
      action: 'charge-term.remove',
      noun: 'charge-term',
      nounId: row.id,
      changed: { removed: [false, true] },
    });
  });
  return { id: params.id };
}

// ── settings ────────────────────────────────────────────────────────────────────────────────────────

export const readChargingSettings = (call: Call): Promise<ChargingSettings> =>
  readIn(call, async (tx) => {
    const row = await readSettings(tx, call.communityId);
    return {
      developer: row.developerId === null ? null : { id: row.developerId, name: row.developer ?? '' },
      noticeText: row.noticeText,
      lateFeesFrom: row.lateFeesFrom,
      lateFeeRule: lateFeeRuleInWords((await standardInForce(tx, call.communityId)).document.money.lateFee.value),
      version: row.version,
    };
  });

export async function amendChargingSettings(
  call: Call,
  { body }: Input<'amendChargingSettings'>,
): Promise<ChargingSettings> {
  await effect(call, call.communityId, async (tx) => {
    await lockPrices(tx, call.communityId);
    const before = await readSettings(tx, call.communityId);
    if (body.version !== undefined && body.version !== before.version) throw staleVersion(before.version);
    const developerId = body.developerId === undefined ? before.developerId : body.developerId;
    if (developerId !== null && !(await isOfCommunity(tx, call.communityId, 'parties', developerId)))
      throw badField('developerId', 'unknown_party');
    const lateFeesFrom = body.lateFeesFrom === undefined ? before.lateFeesFrom : body.lateFeesFrom;
    if (lateFeesFrom !== null) await lateFeeItem(tx, call.communityId, call.now);
    const noticeText = body.noticeText ?? before.noticeText;
    await saveSettings(tx, call.communityId, { developerId, noticeText, lateFeesFrom });
    await record(tx, call, {
      action: 'charging-settings.amend',
      noun: 'charging-settings',
      nounId: call.communityId,
      changed: {
        developerId: [before.developerId, developerId],
        lateFeesFrom: [before.lateFeesFrom, lateFeesFrom],
      },
    });
  });
  return readChargingSettings(call);
}
