// The household 一户一档: its page, and who belongs to it from when to when (PP1, PP2, PP5).
import { newId } from '../../kernel/id.ts';
import { decodeCursor, type Page, pageOf } from '../../kernel/paging.ts';
import { badField, notFound, Refusal, staleVersion } from '../../kernel/refusal.ts';
import { type Day, dayOf, plusDays } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Call, effect, type InputOf, reachOf, readIn } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import { beyondOwn, listOwnUnits } from '../parties/own-households.service.ts';
import type { Party } from '../parties/party.contract.ts';
import { showParty, wantedVersion } from '../parties/party.service.ts';
import { findParty, insertParty } from '../parties/party.store.ts';
import { readPersonal, sealPersonal } from '../parties/party-seal.service.ts';
import { type Sight, seenName, seenPlate, sightOf } from '../parties/party-sight.rules.ts';
import { normalisePlate } from '../parties/plate.rules.ts';
import { normaliseBuilding, normaliseEntrance, normaliseRoom, unitLabel } from './room.rules.ts';
import { namePinyin } from './search.rules.ts';
import { searchParties, searchUnits, shownParties, shownUnit } from './search.service.ts';
import { indexParty, indexUnits } from './search-index.service.ts';
import type { CaseOfUnit, Household, PartyItem, UnitItem, unitRoutes } from './unit.contract.ts';
import {
  closeRelation,
  countUnits,
  deleteVehicle,
  findOrInsertBuilding,
  findRelation,
  findUnit,
  findVehicleByPlate,
  insertRelations,
  insertUnits,
  insertVehicles,
  listBuildings as listBuildingRows,
  listFormerResidents,
  listPartyRows,
  listResidents,
  listUnits as listUnitRows,
  listVehicles,
  type NewRelation,
  type ResidentRow,
  type UnitRow,
  unitExists,
  updateUnit,
} from './unit.store.ts';

type Input<Name extends keyof typeof unitRoutes> = InputOf<(typeof unitRoutes)[Name]>;

/** Cases of a unit that this caller may read, the open ones and the latest ended; handed over in the wiring. */
export type CasesOfUnit = (tx: Tx, call: Call, unitId: string) => Promise<{ open: CaseOfUnit[]; recent: CaseOfUnit[] }>;
let casesOfUnit: CasesOfUnit = async () => ({ open: [], recent: [] });
export const linkCasesOfUnit = (work: CasesOfUnit): void => {
  casesOfUnit = work;
};

/** What is still under warranty in a unit; the register answers it, handed over in the wiring. */
export type WarrantiesOfUnit = (
  tx: Tx,
  communityId: string,
  unitId: string,
  today: Day,
) => Promise<Household['warranties']>;
let warrantiesOfUnit: WarrantiesOfUnit = async () => [];
export const linkWarrantiesOfUnit = (work: WarrantiesOfUnit): void => {
  warrantiesOfUnit = work;
};

// ── reading ─────────────────────────────────────────────────────────────────────────────────────────

export const listUnits = (call: Call, { query }: Input<'listUnits'>): Promise<Page<UnitItem>> =>
  readIn(call, async (tx) => {
    if (query.q) return { items: await searchUnits(tx, call, query.q, query.limit), nextCursor: null };
    const ids = await listOwnUnits(tx, call, reachOf(call, 'household.read'));
    const building = query.building === undefined ? undefined : normaliseBuilding(query.building);
    const filter = { building, state: query.state, ids };
    const after = query.cursor === undefined ? null : readCursor(query.cursor);
    const rows = await listUnitRows(tx, call.communityId, filter, after, query.limit);
    const residents = await listResidents(
      tx,
      call.communityId,
      rows.map((row) => row.id),
      dayOf(call.now),
    );
    const sight = sightOf(call.roles);
    const page = pageOf(
      rows,
      query.limit,
      (row) => [row.sortKey, row.id],
      (row) => shownUnit(call, row, residents, sight, null),
    );
    return query.count === 'true' ? { ...page, total: await countUnits(tx, call.communityId, filter) } : page;
  });

const readCursor = (cursor: string): [string, string] => {
  const [key, id] = decodeCursor(cursor, 2);
  return [String(key), String(id)];
};

export const listBuildings = (call: Call) =>
  readIn(call, async (tx) => {
    const rows = await listBuildingRows(tx, call.communityId);
    return { items: rows.map((row) => ({ ...row, communityId: call.communityId })), nextCursor: null };
  });

export const readHousehold = (call: Call, { params }: Input<'readHousehold'>): Promise<Household> =>
  readIn(call, (tx) => showHousehold(tx, call, params.id));

async function showHousehold(tx: Tx, call: Call, id: string): Promise<Household> {
  const unit = await findUnit(tx, call.communityId, id);
  if (!unit) throw notFound('unit');
  const own = await listOwnUnits(tx, call, reachOf(call, 'household.read'));
  if (own !== null && !own.includes(id)) throw beyondOwn(call, 'unit');
  const today = dayOf(call.now);
  const sight = sightOf(call.roles);
  const people = await listResidents(tx, call.communityId, [id], today);
  // Who lived here before is no business of somebody who comes for one order.
  const former = own === null ? await listFormerResidents(tx, call.communityId, id, today) : [];
  const vehicles = await listVehicles(tx, call.communityId, [id]);
  const cases = await casesOfUnit(tx, call, id);
  const { people: _names, matchedBy: _none, ...facts } = shownUnit(call, unit, [], sight, null);
  return {
    ...facts,
    deliveredOn: unit.deliveredOn,
    keyCustody: unit.keyCustody,
    people: people.map((one) => shownResident(one, sight)),
    history: former.map((one) => shownResident(one, sight)),
    vehicles: vehicles.map(({ id: vehicleId, plate, partyId }) => ({
      id: vehicleId,
      plate: seenPlate(plate, sight),
      partyId,
    })),
    // Which firms answer for what is no business of one of them.
    warranties: call.roles.every((role) => role === 'contractor')
      ? []
      : await warrantiesOfUnit(tx, call.communityId, id, today),
    openCases: cases.open,
    recentCases: cases.recent,
    version: unit.version,
  };
}

const shownResident = (one: ResidentRow, sight: Sight): Household['people'][number] => ({
  relationId: one.relationId,
  partyId: one.partyId,
  kind: one.kind,
  name: seenName(one.name, sight),
  phone: one.phoneMasked,
  relation: one.relation,
  sharePercent: one.sharePercent,
  fromOn: one.fromOn,
  untilOn: one.untilOn,
});

export const listParties = (call: Call, { query }: Input<'listParties'>): Promise<Page<PartyItem>> =>
  readIn(call, async (tx) => {
    if (query.q) return { items: await searchParties(tx, call, query.q, query.limit), nextCursor: null };
    const unitIds = await listOwnUnits(tx, call, reachOf(call, 'household.read'));
    const after = query.cursor === undefined ? null : readCursor(query.cursor);
    const rows = await listPartyRows(tx, call.communityId, { unitIds, today: dayOf(call.now) }, after, query.limit);
    const shown = await shownParties(tx, call, rows.slice(0, query.limit), () => null);
    const { nextCursor } = pageOf(
      rows,
      query.limit,
      (row) => [row.namePinyin, row.id],
      (row) => row,
    );
    return { items: shown, nextCursor };
  });

// ── changing ────────────────────────────────────────────────────────────────────────────────────────

async function lockUnit(tx: Tx, call: Call, id: string): Promise<UnitRow> {
  const unit = await findUnit(tx, call.communityId, id, true);
  if (!unit) throw notFound('unit');
  return unit;
}

const answerHousehold = (call: Call, id: string) => readIn(call, (tx) => showHousehold(tx, call, id));

export async function createUnit(call: Call, { body }: Input<'createUnit'>): Promise<Household> {
  const place = {
    building: normaliseBuilding(body.building),
    entrance: normaliseEntrance(body.entrance),
    room: normaliseRoom(body.room),
  };
  if (!/[\p{L}\p{N}]/u.test(place.room)) throw badField('room', 'not_a_room');
  const made = newId();
  const id = await effect(call, made, async (tx) => {
    const buildingId = await findOrInsertBuilding(tx, call.communityId, place.building, newId());
    if (await unitExists(tx, call.communityId, buildingId, place))
      throw new Refusal('unit.exists', { label: unitLabel(place) });
    await insertUnits(tx, call.communityId, [
      {
        ...place,
        id: made,
        buildingId,
        areaHundredthsM2: body.areaHundredthsM2 ?? null,
        usage: body.usage ?? 'residential',
        state: body.state ?? 'occupied',
        deliveredOn: body.deliveredOn ?? null,
        keyCustody: body.keyCustody ?? false,
      },
    ]);
    await indexUnits(tx, call, [made], true);
    await record(tx, call, {
      action: 'unit.created',
      noun: 'unit',
      nounId: made,
      changed: { label: [null, unitLabel(place)] },
    });
  });
  return answerHousehold(call, id);
}

/** [was, is] of the fields that the change moves. */
function differences<Row extends object>(row: Row, change: Partial<Row>): Record<string, [unknown, unknown]> {
  const changed: Record<string, [unknown, unknown]> = {};
  for (const key of Object.keys(change) as (keyof Row & string)[])
    if (change[key] !== undefined && change[key] !== row[key]) changed[key] = [row[key], change[key]];
  return changed;
}

export async function changeUnit(call: Call, { params, body }: Input<'changeUnit'>): Promise<Household> {
  const wanted = wantedVersion(call, body);
  await effect(call, params.id, async (tx) => {
    const unit = await lockUnit(tx, call, params.id);
    if (unit.version !== wanted) throw staleVersion(unit.version);
    const { version: _version, ...given } = body;
    const change = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    await updateUnit(tx, call.communityId, unit.id, change);
    await record(tx, call, {
      action: 'unit.changed',
      noun: 'unit',
      nounId: unit.id,
      changed: differences(unit, change as Partial<UnitRow>),
    });
  });
  return answerHousehold(call, params.id);
}

type RelationFields = {
  relation: NewRelation['relation'];
  sharePercent?: number | null | undefined;
  fromOn?: Day | undefined;
  untilOn?: Day | null | undefined;
};

/** Opens one relation: not twice, and the owners' shares stay within the whole. The caller holds the unit. */
async function openRelation(tx: Tx, call: Call, unitId: string, partyId: string, fields: RelationFields) {
  const today = dayOf(call.now);
  const fromOn = fields.fromOn ?? today;
  if (fields.untilOn && fields.untilOn < fromOn) throw badField('untilOn', 'before_from');
  const residents = await listResidents(tx, call.communityId, [unitId], today);
  if (residents.some((one) => one.partyId === partyId && one.relation === fields.relation))
    throw new Refusal('relation.exists', { relation: fields.relation });
  if (fields.relation === 'owner') {
    const shares = residents.filter((one) => one.relation === 'owner').map((one) => one.sharePercent ?? 0);
    // In hundredths: three thirds of 33.33 must not fail by a rounding of binary fractions.
    const total = [...shares, fields.sharePercent ?? 0].reduce((sum, share) => sum + Math.round(share * 100), 0);
    if (total > 10_000) throw new Refusal('relation.share_over_100', { percent: total / 100 });
  }
  const id = newId();
  const untilOn = fields.untilOn ?? null;
  const { relation, sharePercent = null } = fields;
  await insertRelations(tx, call.communityId, [{ id, unitId, partyId, relation, sharePercent, fromOn, untilOn }]);
  await record(tx, call, {
    action: 'relation.opened',
    noun: 'unit',
    nounId: unitId,
    changed: { partyId: [null, partyId], relation: [null, relation], fromOn: [null, fromOn] },
  });
}

async function checkParty(tx: Tx, call: Call, path: string, partyId: string): Promise<void> {
  if (!(await findParty(tx, call.communityId, partyId))) throw badField(path, 'not_here');
}

export async function addRelation(call: Call, { params, body }: Input<'addRelation'>): Promise<Household> {
  await effect(call, params.id, async (tx) => {
    const unit = await lockUnit(tx, call, params.id);
    await checkParty(tx, call, 'partyId', body.partyId);
    await openRelation(tx, call, unit.id, body.partyId, body);
    await indexParty(tx, call, body.partyId);
  });
  return answerHousehold(call, params.id);
}

/** The last day of belonging: a relation that ends today no longer counts today. */
async function endOne(tx: Tx, call: Call, unitId: string, one: { id: string; partyId: string }, onDay: Day) {
  await closeRelation(tx, call.communityId, one.id, plusDays(onDay, -1));
  await record(tx, call, {
    action: 'relation.ended',
    noun: 'unit',
    nounId: unitId,
    changed: { partyId: [one.partyId, null], untilOn: [null, plusDays(onDay, -1)] },
  });
}

export async function endRelation(call: Call, { params, body }: Input<'endRelation'>): Promise<Household> {
  await effect(call, params.id, async (tx) => {
    const unit = await lockUnit(tx, call, params.id);
    const relation = await findRelation(tx, call.communityId, unit.id, params.relationId);
    if (!relation) throw notFound('relation');
    const today = dayOf(call.now);
    if (relation.untilOn !== null && relation.untilOn < today)
      throw new Refusal('relation.ended', { untilOn: relation.untilOn });
    // `untilOn` is the last day; without it the relation is over as of now.
    const onDay = body.untilOn === undefined ? today : plusDays(body.untilOn, 1);
    await endOne(tx, call, unit.id, relation, onDay);
    await indexUnits(tx, call, [unit.id]);
    await indexParty(tx, call, relation.partyId);
  });
  return answerHousehold(call, params.id);
}

/** 过户 (PP2): those who leave are closed the day before, those who come open on the day; both stay readable. */
export async function changeOwner(call: Call, { params, body }: Input<'changeOwner'>): Promise<Household> {
  const wanted = wantedVersion(call, body);
  await effect(call, params.id, async (tx) => {
    const unit = await lockUnit(tx, call, params.id);
    if (unit.version !== wanted) throw staleVersion(unit.version);
    const today = dayOf(call.now);
    const onDay = body.onDay ?? today;
    // Ownership that begins later would leave the unit without an owner until then.
    if (onDay > today) throw badField('onDay', 'in_the_future');
    const owners = (await listResidents(tx, call.communityId, [unit.id], today)).filter(
      (one) => one.relation === 'owner',
    );
    const leaving = body.fromPartyIds ?? owners.map((one) => one.partyId);
    for (const [index, partyId] of leaving.entries()) {
      const one = owners.find((owner) => owner.partyId === partyId);
      if (!one) throw badField(`fromPartyIds.${index}`, 'not_here');
      await endOne(tx, call, unit.id, { id: one.relationId, partyId }, onDay);
    }
    for (const [index, owner] of body.owners.entries()) {
      await checkParty(tx, call, `owners.${index}.partyId`, owner.partyId);
      await openRelation(tx, call, unit.id, owner.partyId, { ...owner, relation: 'owner', fromOn: onDay });
    }
    await updateUnit(tx, call.communityId, unit.id, {});
    await record(tx, call, { action: 'unit.owner-changed', noun: 'unit', nounId: unit.id });
    for (const partyId of new Set([...leaving, ...body.owners.map((owner) => owner.partyId)]))
      await indexParty(tx, call, partyId);
    await indexUnits(tx, call, [unit.id]);
  });
  return answerHousehold(call, params.id);
}

export async function addVehicle(call: Call, { params, body }: Input<'addVehicle'>): Promise<Household> {
  const plate = normalisePlate(body.plate);
  if (plate === null) throw badField('plate', 'not_a_plate');
  await effect(call, params.id, async (tx) => {
    const unit = await lockUnit(tx, call, params.id);
    if (body.partyId) await checkParty(tx, call, 'partyId', body.partyId);
    const known = await findVehicleByPlate(tx, call.communityId, plate);
    if (known) throw new Refusal('vehicle.elsewhere', { isHere: known.unitId === unit.id });
    const id = newId();
    await insertVehicles(tx, call.communityId, [{ id, unitId: unit.id, partyId: body.partyId ?? null, plate }]);
    await record(tx, call, {
      action: 'vehicle.added',
      noun: 'unit',
      nounId: unit.id,
      changed: { vehicleId: [null, id] },
    });
    await indexUnits(tx, call, [unit.id]);
  });
  return answerHousehold(call, params.id);
}

export async function removeVehicle(call: Call, { params }: Input<'removeVehicle'>): Promise<Household> {
  await effect(call, params.id, async (tx) => {
    const unit = await lockUnit(tx, call, params.id);
    if (!(await deleteVehicle(tx, call.communityId, unit.id, params.vehicleId))) throw notFound('vehicle');
    await record(tx, call, {
      action: 'vehicle.removed',
      noun: 'unit',
      nounId: unit.id,
      changed: { vehicleId: [params.vehicleId, null] },
    });
    await indexUnits(tx, call, [unit.id]);
  });
  return answerHousehold(call, params.id);
}

export async function createParty(call: Call, { body }: Input<'createParty'>): Promise<Party> {
  const values = readPersonal(body);
  if (body.unitId !== undefined && body.relation === undefined) throw badField('relation', 'required');
  if (body.unitId === undefined && body.relation !== undefined) throw badField('unitId', 'required');
  const made = newId();
  const id = await effect(call, made, async (tx) => {
    const unit = body.unitId === undefined ? undefined : await findUnit(tx, call.communityId, body.unitId, true);
    if (body.unitId !== undefined && !unit) throw badField('unitId', 'not_here');
    await insertParty(tx, {
      communityId: call.communityId,
      id: made,
      kind: body.kind,
      name: body.name,
      namePinyin: namePinyin(body.name),
      wantsGreetings: body.wantsGreetings ?? false,
      createdAt: call.now,
      ...sealPersonal(call.house, call.communityId, made, values),
    });
    await record(tx, call, {
      action: 'party.created',
      noun: 'party',
      nounId: made,
      changed: { kind: [null, body.kind] },
    });
    if (unit && body.relation) await openRelation(tx, call, unit.id, made, { ...body, relation: body.relation });
    await indexParty(tx, call, made);
  });
  return readIn(call, (tx) => showParty(tx, call, id));
}

/** Whether a unit that a form names is one of this community. */
export const isUnitHere = async (tx: Tx, communityId: string, unitId: string): Promise<boolean> =>
  (await findUnit(tx, communityId, unitId)) !== undefined;
