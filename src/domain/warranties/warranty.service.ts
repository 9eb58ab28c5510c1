// The warranty register 维保约定 kept and asked: terms, who answers from which day, and the verdict for a place and a day.
import { newId } from '../../kernel/id.ts';
import { BadInput, badField, type FieldFault, notFound, staleVersion } from '../../kernel/refusal.ts';
import { type Day, dayOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Call, effect, type InputOf, readIn } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import { policyOf } from '../standards/standard.service.ts';
import type { Warranty, WarrantyTerm, warrantyRoutes } from './warranty.contract.ts';
import {
  buildingOfPlace,
  warrantyOf as judgeWarranty,
  keeperFaults,
  runningHere,
  type Verdict,
  type WhereFact,
} from './warranty.rules.ts';
import {
  type ContractorRow,
  findUnitWhere,
  insertKeeper,
  insertTerm,
  listBuildingRows,
  listContractorRows,
  listDeliveryRows,
  listTermRows,
  listTermsFor,
  lockRegister,
  type TermRow,
  updateDelivery,
  updateTerm,
} from './warranty.store.ts';

type Input<Name extends keyof typeof warrantyRoutes> = InputOf<(typeof warrantyRoutes)[Name]>;

// ── asked by others ─────────────────────────────────────────────────────────────────────────────────

export type WarrantyQuestion = {
  unitId?: string | null | undefined;
  place?: string | null | undefined;
  category: string;
  part?: string | null | undefined;
  day: Day;
};

/** What the rules say, with names for those who read it; null: the unit is not of this community. */
export async function findWarrantyOf(tx: Tx, communityId: string, asked: WarrantyQuestion): Promise<Warranty | null> {
  const found = await whereOf(tx, communityId, asked);
  if (found === null) return null;
  const terms = await listTermsFor(tx, communityId, found.where, asked.category);
  const firms = await listContractorRows(tx, communityId);
  const verdict = judgeWarranty(
    { where: found.where, category: asked.category, part: asked.part ?? null, day: asked.day },
    terms,
    new Map(firms.map((one) => [one.id, one])),
  );
  const covers = found.where.unitId === null ? 'common' : 'units';
  const parts = terms.flatMap((one) => (one.covers === covers && one.part !== null ? [one.part] : []));
  return named(verdict, firms, { parts: [...new Set(parts)].sort(), building: found.building });
}

function named(
  verdict: Verdict,
  firms: readonly ContractorRow[],
  more: Pick<Warranty, 'parts' | 'building'>,
): Warranty {
  const { contractorId, contractorBefore, ...rest } = verdict;
  const firm = (id: string | null) => {
    const row = firms.find((one) => one.id === id);
    return row ? { id: row.id, name: row.name } : null;
  };
  return { ...rest, contractor: firm(contractorId), contractorBefore: firm(contractorBefore), ...more };
}

async function whereOf(
  tx: Tx,
  communityId: string,
  asked: Pick<WarrantyQuestion, 'unitId' | 'place'>,
): Promise<{ where: WhereFact; building: string | null } | null> {
  if (asked.unitId) {
    const unit = await findUnitWhere(tx, communityId, asked.unitId);
    return unit ? { where: unit, building: null } : null;
  }
  const building = buildingOfPlace(asked.place ?? '', await listBuildingRows(tx, communityId));
  return {
    where: { unitId: null, buildingId: building?.id ?? null, deliveredOn: building?.deliveredOn ?? null },
    building: building?.name ?? null,
  };
}

/** What still runs in a unit, for its page; handed over in the wiring. */
export async function warrantiesOfUnit(tx: Tx, communityId: string, unitId: string, today: Day) {
  const where = await findUnitWhere(tx, communityId, unitId);
  if (!where) return [];
  const firms = await listContractorRows(tx, communityId);
  const terms = await listTermsFor(tx, communityId, where);
  return runningHere(where, today, terms, new Map(firms.map((one) => [one.id, one]))).map((one) => ({
    id: one.termId as string,
    category: one.category,
    part: one.part,
    untilOn: one.lastDay as Day,
    contractorId: one.contractorId,
    contractor: firms.find((firm) => firm.id === one.contractorId)?.name ?? '',
  }));
}

// ── routes ──────────────────────────────────────────────────────────────────────────────────────────

export const findWarranty = (call: Call, { query }: Input<'findWarranty'>): Promise<Warranty> =>
  readIn(call, async (tx) => {
    await checkCategory(tx, call, query.category);
    const found = await findWarrantyOf(tx, call.communityId, { ...query, day: query.on ?? dayOf(call.now) });
    if (found === null) throw notFound('unit');
    return found;
  });

async function checkCategory(tx: Tx, call: Call, category: string): Promise<void> {
  const { categories } = (await policyOf(tx, call.communityId)).version.document.repair;
  if (!categories.some((one) => one.code === category)) throw badField('category', 'unknown_category');
}

export const listTerms = (call: Call) =>
  readIn(call, async (tx) => {
    const firms = await listContractorRows(tx, call.communityId);
    const rows = await listTermRows(tx, call.communityId);
    return { items: rows.map((row) => shownTerm(call, row, firms)), nextCursor: null };
  });

const shownTerm = (call: Call, row: TermRow, firms: readonly ContractorRow[]): WarrantyTerm => ({
  id: row.id,
  communityId: call.communityId,
  covers: row.covers,
  building: row.buildingId === null ? null : { id: row.buildingId, name: row.building ?? '' },
  unit: row.unitId === null ? null : { id: row.unitId, label: row.unit ?? '' },
  category: row.category,
  part: row.part,
  months: row.months,
  untilOn: row.untilOn,
  startsOn: row.startsOn,
  keepers: row.keepers.map(({ contractorId, fromOn }) => ({
    contractor: { id: contractorId, name: firms.find((one) => one.id === contractorId)?.name ?? '' },
    fromOn,
  })),
  version: row.version,
});

const readTerm = (call: Call, id: string): Promise<WarrantyTerm> =>
  readIn(call, async (tx) => {
    const [row] = await listTermRows(tx, call.communityId, { id });
    if (!row) throw notFound('warranty-term');
    return shownTerm(call, row, await listContractorRows(tx, call.communityId));
  });

export async function createTerm(call: Call, { body }: Input<'createTerm'>): Promise<WarrantyTerm> {
  const id = await effect(call, newId(), async (tx, made) => {
    await lockRegister(tx, call.communityId);
    const { contractorId, ...given } = body;
    const row = {
      id: made,
      covers: given.covers,
      buildingId: given.buildingId ?? null,
      unitId: given.unitId ?? null,
      category: given.category,
      part: given.part ?? null,
      months: given.months ?? null,
      untilOn: given.untilOn ?? null,
      startsOn: given.startsOn ?? null,
    };
    const faults: FieldFault[] = [];
    const { categories } = (await policyOf(tx, call.communityId)).version.document.repair;
    if (!categories.some((one) => one.code === row.category))
      faults.push({ path: 'category', code: 'unknown_category' });
    if (row.unitId !== null && !(await findUnitWhere(tx, call.communityId, row.unitId)))
      faults.push({ path: 'unitId', code: 'unknown_unit' });
    if (
      row.buildingId !== null &&
      !(await listBuildingRows(tx, call.communityId)).some((one) => one.id === row.buildingId)
    )
      faults.push({ path: 'buildingId', code: 'unknown_building' });
    const [firm] = await listContractorRows(tx, call.communityId, contractorId);
    // A firm of another community isn't there at all: the same answer as for one that never was.
    if (!firm) throw notFound('contractor');
    // One promise for one thing in one place: which of two would count?
    const twin = (await listTermRows(tx, call.communityId, { category: row.category })).some(
      (one) =>
        one.covers === row.covers &&
        one.buildingId === row.buildingId &&
        one.unitId === row.unitId &&
        one.part === row.part,
    );
    if (twin) faults.push({ path: 'part', code: 'term_exists' });
    if (faults.length > 0) throw new BadInput(faults);
    await insertTerm(tx, call.communityId, { ...row, createdAt: call.now });
    await insertKeeper(tx, call.communityId, {
      id: newId(),
      termId: made,
      contractorId,
      fromOn: null,
      enteredBy: call.actor.accountId || null,
      enteredAt: call.now,
    });
    await record(tx, call, {
      action: 'warranty-term.create',
      noun: 'warranty-term',
      nounId: made,
      changed: {
        category: [null, row.category],
        months: [null, row.months],
        untilOn: [null, row.untilOn],
        contractorId: [null, contractorId],
      },
    });
  });
  return readTerm(call, id);
}

async function termForChange(tx: Tx, call: Call, id: string, seen: number | undefined): Promise<TermRow> {
  await lockRegister(tx, call.communityId);
  const [row] = await listTermRows(tx, call.communityId, { id });
  if (!row) throw notFound('warranty-term');
  const version = seen ?? call.ifMatch;
  if (version === null || version === undefined) throw badField('version', 'required');
  if (version !== row.version) throw staleVersion(row.version);
  return row;
}

export async function changeTermContractor(
  call: Call,
  { params, body }: Input<'changeTermContractor'>,
): Promise<WarrantyTerm> {
  await effect(call, params.id, async (tx) => {
    const row = await termForChange(tx, call, params.id, body.version);
    const [firm] = await listContractorRows(tx, call.communityId, body.contractorId);
    if (!firm) throw notFound('contractor');
    const faults = keeperFaults(row.keepers, body, firm);
    if (faults.length > 0) throw new BadInput(faults);
    await insertKeeper(tx, call.communityId, {
      id: newId(),
      termId: row.id,
      contractorId: body.contractorId,
      fromOn: body.fromOn,
      enteredBy: call.actor.accountId || null,
      enteredAt: call.now,
    });
    await updateTerm(tx, call.communityId, row.id, {});
    await record(tx, call, {
      action: 'warranty-term.change-contractor',
      noun: 'warranty-term',
      nounId: row.id,
      changed: {
        contractorId: [row.keepers[0]?.contractorId ?? null, body.contractorId],
        fromOn: [row.keepers[0]?.fromOn ?? null, body.fromOn],
      },
    });
  });
  return readTerm(call, params.id);
}

export async function removeTerm(call: Call, { params, body }: Input<'removeTerm'>) {
  await effect(call, params.id, async (tx) => {
    const row = await termForChange(tx, call, params.id, body.version);
    await updateTerm(tx, call.communityId, row.id, { removedAt: call.now });
    await record(tx, call, {
      action: 'warranty-term.remove',
      noun: 'warranty-term',
      nounId: row.id,
      changed: { removed: [false, true] },
    });
  });
  return { id: params.id };
}

export const listDeliveries = (call: Call) =>
  readIn(call, async (tx) => ({ items: await listDeliveryRows(tx, call.communityId), nextCursor: null }));

export async function setDelivery(call: Call, { params, body }: Input<'setDelivery'>) {
  await effect(call, params.id, async (tx) => {
    await lockRegister(tx, call.communityId);
    const before = (await listBuildingRows(tx, call.communityId)).find((one) => one.id === params.id);
    if (!before) throw notFound('building');
    await updateDelivery(tx, call.communityId, params.id, body.deliveredOn);
    await record(tx, call, {
      action: 'building.deliver',
      noun: 'building',
      nounId: params.id,
      changed: { deliveredOn: [before.deliveredOn, body.deliveredOn] },
    });
  });
  return { id: params.id, deliveredOn: body.deliveredOn };
}
