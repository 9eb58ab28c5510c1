// Reads and corrects a person or company, and opens a sealed field for a while (PR1): purpose, limit, log.
import { newId } from '../../kernel/id.ts';
import { badField, forbidden, notFound, Refusal, staleVersion } from '../../kernel/refusal.ts';
import { dayOf, msBetween, plusMinutes } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Call, effect, type InputOf, reachOf, readIn } from '../access/call.ts';
import type { Permission } from '../access/permission.rules.ts';
import { personalDigest, record } from '../audit/audit.service.ts';
import { beyondOwn, listOwnUnits } from './own-households.service.ts';
import type { Party, partyRoutes, RevealField } from './party.contract.ts';
import {
  countLooks,
  findParty,
  insertLook,
  listRelationsOfParty,
  listVehiclesOfParty,
  lockLooks,
  type PartyRow,
  type RelationOfParty,
  updateParty,
} from './party.store.ts';
import { openPersonal, readPersonal, sealPersonal } from './party-seal.service.ts';
import { revealLimit, revealMinutes, type Sight, seenName, seenPlate, sightOf } from './party-sight.rules.ts';

/** What the search does when a name or phone changed; and how a name sorts. Handed over in the wiring. */
export type PartyLinks = {
  reindex: (tx: Tx, call: Pick<Call, 'house' | 'communityId' | 'now'>, partyId: string) => Promise<void>;
  sortKey: (name: string) => string;
};
let links: PartyLinks = { reindex: async () => {}, sortKey: (name) => name };
export const linkParties = (given: PartyLinks): void => {
  links = given;
};

type Input<Name extends keyof typeof partyRoutes> = InputOf<(typeof partyRoutes)[Name]>;

export const readParty = (call: Call, { params }: Input<'readParty'>): Promise<Party> =>
  readIn(call, (tx) => showParty(tx, call, params.id));

/** The party as this caller sees it; refuses beyond one's own. */
export async function showParty(tx: Tx, call: Call, id: string): Promise<Party> {
  const row = await findParty(tx, call.communityId, id);
  if (!row) throw notFound('party');
  const relations = await listRelationsOfParty(tx, call.communityId, id);
  const own = await listOwnUnits(tx, call, reachOf(call, 'household.read'));
  const seen = own === null ? relations : relations.filter((one) => own.includes(one.unitId) && isRunning(one, call));
  if (own !== null && seen.length === 0) throw beyondOwn(call, 'party');
  const vehicles = await listVehiclesOfParty(tx, call.communityId, id);
  const sight = sightOf(call.roles);
  return {
    ...shownParty(row, sight),
    communityId: call.communityId,
    relations: seen,
    vehicles: vehicles
      .filter((one) => own === null || own.includes(one.unitId))
      .map((one) => ({ ...one, plate: seenPlate(one.plate, sight) })),
  };
}

const isRunning = (one: RelationOfParty, call: Pick<Call, 'now'>) =>
  one.untilOn === null || one.untilOn >= dayOf(call.now);

const shownParty = (row: PartyRow, sight: Sight) => ({
  id: row.id,
  kind: row.kind,
  name: seenName(row.name, sight),
  phone: row.phoneMasked,
  identity: row.identityMasked,
  email: row.emailMasked,
  wantsGreetings: row.wantsGreetings,
  version: row.version,
});

/** The version that a change was made against: `If-Match` or `version` in the body. */
export function wantedVersion(call: Call, body: { version?: number | undefined }): number {
  const wanted = call.ifMatch ?? body.version;
  if (wanted === undefined || wanted === null) throw badField('version', 'required');
  return wanted;
}

export async function changeParty(call: Call, { params, body }: Input<'changeParty'>): Promise<Party> {
  const values = readPersonal(body);
  const wanted = wantedVersion(call, body);
  await effect(call, params.id, async (tx) => {
    const row = await findParty(tx, call.communityId, params.id, true);
    if (!row) throw notFound('party');
    if (row.version !== wanted) throw staleVersion(row.version);
    const { kind = row.kind, name = row.name, wantsGreetings = row.wantsGreetings } = body;
    await updateParty(tx, call.communityId, row.id, {
      kind,
      name,
      wantsGreetings,
      namePinyin: links.sortKey(name),
      ...sealPersonal(call.house, call.communityId, row.id, values),
    });
    const digest = (value: string | null) => personalDigest(call.house, value);
    const was = (field: RevealField) => {
      const sealed = row[`${field}Sealed`];
      return sealed && openPersonal(call.house, call.communityId, row.id, field, sealed);
    };
    const changed: Record<string, [unknown, unknown]> = {};
    if (kind !== row.kind) changed.kind = [row.kind, kind];
    if (wantsGreetings !== row.wantsGreetings) changed.wantsGreetings = [row.wantsGreetings, wantsGreetings];
    if (name !== row.name) changed.name = [digest(row.name), digest(name)];
    for (const field of ['phone', 'identity', 'email'] as const) {
      const value = values[field];
      if (value !== undefined && value !== was(field)) changed[field] = [digest(was(field)), digest(value)];
    }
    await record(tx, call, { action: 'party.changed', noun: 'party', nounId: row.id, changed });
    await links.reindex(tx, call, row.id);
  });
  return readIn(call, (tx) => showParty(tx, call, params.id));
}

const permissionOf: Record<RevealField, Permission> = {
  phone: 'household.reveal-phone',
  identity: 'household.reveal-identity',
  // As near to a person as the phone is.
  email: 'household.reveal-phone',
};

export async function revealPartyField(call: Call, { params, body }: Input<'revealPartyField'>) {
  const permission = permissionOf[body.field];
  const breadth = reachOf(call, permission);
  if (breadth === null) throw forbidden(permission);
  const until = plusMinutes(call.now, revealMinutes);
  const value = await call.house.database.write([call.communityId], async (tx) => {
    const row = await findParty(tx, call.communityId, params.id);
    if (!row) throw notFound('party');
    const own = await listOwnUnits(tx, call, breadth);
    if (own !== null) {
      const relations = await listRelationsOfParty(tx, call.communityId, row.id);
      if (!relations.some((one) => own.includes(one.unitId) && isRunning(one, call))) throw beyondOwn(call, 'party');
    }
    const sealed = row[`${body.field}Sealed`];
    if (!sealed) throw new Refusal('party.field_empty', { field: body.field });
    await keepLimit(tx, call);
    await insertLook(tx, {
      communityId: call.communityId,
      id: newId(),
      partyId: row.id,
      field: body.field,
      purpose: body.purpose,
      accountId: call.actor.accountId,
      at: call.now,
      untilAt: until,
    });
    await record(tx, call, {
      action: 'party.revealed',
      noun: 'party',
      nounId: row.id,
      changed: { field: [null, body.field] },
    });
    return openPersonal(call.house, call.communityId, row.id, body.field, sealed);
  });
  call.house.committed();
  return { field: body.field, value, until };
}

async function keepLimit(tx: Tx, call: Call): Promise<void> {
  await lockLooks(tx, call.actor.accountId);
  const since = plusMinutes(call.now, -revealLimit.withinMinutes);
  const { looks, oldestAt } = await countLooks(tx, call.communityId, call.actor.accountId, since);
  if (looks < revealLimit.count) return;
  const freeMs = oldestAt === null ? 60_000 : revealLimit.withinMinutes * 60_000 - msBetween(oldestAt, call.now);
  throw new Refusal('too_many_requests', { retryAfterSeconds: Math.max(1, Math.ceil(freeMs / 1000)) }, 429);
}
