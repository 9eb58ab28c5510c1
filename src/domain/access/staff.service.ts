// Staff with their load; accounts, posts and areas kept by those who may. Taking away works at once: a disabled
// account has no session, an ended post no right at the next request.
import { newId } from '../../kernel/id.ts';
import { decodeCursor, type Page, pageOf } from '../../kernel/paging.ts';
import { BadInput, badField, forbidden, notFound, Refusal } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { record } from '../audit/audit.service.ts';
import { listMyCommunities, listPostHolders } from './account.service.ts';
import { insertAccount, insertGrant } from './account.store.ts';
import { type Call, effect, type InputOf, readIn } from './call.ts';
import { grantFault } from './grant.rules.ts';
import { may } from './permission.rules.ts';
import type { Department, Role } from './role.contract.ts';
import { checkNewPassword, hashPassword } from './session.service.ts';
import { deleteSessionsOf } from './session.store.ts';
import type { Account, Staff, staffRoutes } from './staff.contract.ts';
import {
  countPlaces,
  endGrantRow,
  findAccount,
  findAreas,
  isUsernameTaken,
  listAccounts as listAccountRows,
  replaceAreas,
  updateAccount,
} from './staff.store.ts';

type Input<Name extends keyof typeof staffRoutes> = InputOf<(typeof staffRoutes)[Name]>;

/** Open cases per person; the cases answer it, handed over in the wiring. */
export type LoadOf = (tx: Tx, communityId: string, accountIds: readonly string[]) => Promise<Map<string, number>>;
let loadOf: LoadOf = async () => new Map();
export const linkLoadOf = (work: LoadOf): void => {
  loadOf = work;
};

/** Where people are by what they are out on; the cases answer it, handed over in the wiring. */
export type WhereOf = (
  tx: Tx,
  communityId: string,
  accountIds: readonly string[],
) => Promise<Map<string, NonNullable<Staff['out']>>>;
let whereOf: WhereOf = async () => new Map();
export const linkWhereOf = (work: WhereOf): void => {
  whereOf = work;
};

/** Who is away at an instant and who stands in; the rosters answer it, handed over in the wiring. */
export type AwayOf = (tx: Tx, communityId: string, at: Instant) => Promise<Map<string, { standInId: string | null }>>;
let awayOf: AwayOf = async () => new Map();
export const linkAwayOf = (work: AwayOf): void => {
  awayOf = work;
};

export const listCommunities = (call: Call) =>
  readIn(call, async (tx) => {
    const rows = await listMyCommunities(tx, call.actor);
    return {
      items: rows.map(({ id, code, name, preset }) => ({ id, code, name, standard: preset as 'standard' | 'luxury' })),
      nextCursor: null,
    };
  });

/** Not of the service centre; shown only when asked for. */
const outside: readonly Role[] = ['contractor', 'resident', 'owners_committee', 'developer', 'rental_agency'];

export const listStaff = (call: Call, { query }: Input<'listStaff'>) =>
  readIn(call, async (tx) => {
    const people = new Map<string, Staff>();
    for (const one of await listPostHolders(tx, call.communityId)) {
      const known = people.get(one.accountId) ?? {
        id: one.accountId,
        communityId: call.communityId,
        username: one.username,
        name: one.name,
        roles: [],
        departments: [],
        load: 0,
        out: null,
        isAbsent: false,
        standIn: null,
      };
      if (!known.roles.includes(one.role)) known.roles.push(one.role);
      const department = one.department as Department | null;
      if (department && !known.departments.includes(department)) known.departments.push(department);
      people.set(one.accountId, known);
    }
    const { role } = query;
    const wanted = [...people.values()].filter((one) =>
      role ? one.roles.includes(role) : one.roles.some((held) => !outside.includes(held)),
    );
    const ids = wanted.map((one) => one.id);
    const loads = await loadOf(tx, call.communityId, ids);
    const out = await whereOf(tx, call.communityId, ids);
    const away = await awayOf(tx, call.communityId, call.now);
    const standIn = (id: string | null | undefined) => {
      const person = id ? people.get(id) : undefined;
      return person ? { id: person.id, name: person.name } : null;
    };
    return {
      items: wanted.map((one) => ({
        ...one,
        load: loads.get(one.id) ?? 0,
        out: out.get(one.id) ?? null,
        isAbsent: away.has(one.id),
        standIn: standIn(away.get(one.id)?.standInId),
      })),
      nextCursor: null,
    };
  });

// ── accounts ────────────────────────────────────────────────────────────────────────────────────────

/** The communities in which the caller may keep accounts; null: the whole organization. */
function keptCommunities(call: Call): string[] | null {
  const grants = call.actor.grants.filter((grant) => grant.role === 'admin' || grant.role === 'manager');
  if (call.actor.cut === null && grants.some((grant) => grant.role === 'admin')) return null;
  const ids = grants.flatMap((grant) => grant.communityId ?? []);
  return ids.filter((id) => may(call.actor, 'role.grant', id) !== null);
}

export const listAccounts = (call: Call, { query }: Input<'listAccounts'>): Promise<Page<Account>> =>
  readIn(call, async (tx) => {
    const after = query.cursor === undefined ? null : decodeCursor(query.cursor, 2).map(String);
    const rows = await listAccountRows(
      tx,
      call.actor.organizationId,
      { q: query.q, inCommunities: keptCommunities(call) },
      after && [after[0] ?? '', after[1] ?? ''],
      query.limit,
    );
    return pageOf(
      rows,
      query.limit,
      (row) => [row.namePinyin, row.id],
      (row): Account => row,
    );
  });

async function getAccount(tx: Tx, call: Call, id: string, lock = false): Promise<Account> {
  const account = await findAccount(tx, call.actor.organizationId, id, lock);
  if (!account) throw notFound('account');
  return account;
}

const answerAccount = (call: Call, id: string) => readIn(call, (tx) => getAccount(tx, call, id));

function checkGrant(call: Call, accountId: string, role: Role, communityId: string | null): void {
  const fault = grantFault(call.actor, accountId, role, communityId);
  if (fault) throw new Refusal(fault, { role }, 403);
}

type GrantBody = Input<'grantRole'>['body'];

async function openGrant(tx: Tx, call: Call, accountId: string, body: GrantBody): Promise<void> {
  const { role, communityId, department = null } = body;
  if (communityId !== null) {
    const known = await tx
      .selectFrom('communities')
      .select('id')
      .where('id', '=', communityId)
      .where('organizationId', '=', call.actor.organizationId)
      .executeTakeFirst();
    if (!known) throw badField('communityId', 'not_here');
  }
  await insertGrant(tx, {
    id: newId(),
    accountId,
    role,
    communityId,
    department,
    grantedBy: call.actor.accountId,
    createdAt: call.now,
  });
  await record(tx, call, {
    action: 'role.granted',
    noun: 'account',
    nounId: accountId,
    changed: { role: [null, role], communityId: [null, communityId], department: [null, department] },
  });
}

export async function createAccount(call: Call, { body }: Input<'createAccount'>): Promise<Account> {
  const made = newId();
  for (const grant of body.grants) checkGrant(call, made, grant.role, grant.communityId);
  checkNewPassword(body.password, body, 'password');
  const passwordHash = await hashPassword(body.password);
  const id = await effect(call, made, async (tx) => {
    if (await isUsernameTaken(tx, body.username)) throw new Refusal('account.username_taken', {});
    await insertAccount(tx, {
      id: made,
      organizationId: call.actor.organizationId,
      username: body.username,
      name: body.name,
      passwordHash,
      mustChangePassword: true,
      createdAt: call.now,
    });
    await record(tx, call, { action: 'account.created', noun: 'account', nounId: made });
    for (const grant of body.grants) await openGrant(tx, call, made, grant);
  });
  return answerAccount(call, id);
}

/** An administrator of one community keeps the accounts that stand in it, not those of the whole organization. */
function checkKept(call: Call, account: Account): void {
  const isChief = call.actor.grants.some((grant) => grant.role === 'admin' && grant.communityId === null);
  if (isChief) return;
  const mine = call.actor.grants.flatMap((grant) =>
    grant.role === 'admin' && grant.communityId ? [grant.communityId] : [],
  );
  if (!account.grants.every((grant) => grant.communityId !== null && mine.includes(grant.communityId)))
    throw forbidden('account.write');
}

export async function disableAccount(call: Call, { params }: Input<'disableAccount'>): Promise<Account> {
  if (params.id === call.actor.accountId) throw new Refusal('account.not_oneself', {}, 403);
  await effect(call, params.id, async (tx) => {
    const account = await getAccount(tx, call, params.id, true);
    checkKept(call, account);
    if (account.disabledAt !== null) return;
    await updateAccount(tx, account.id, { disabledAt: call.now });
    await deleteSessionsOf(tx, account.id);
    await record(tx, call, { action: 'account.disabled', noun: 'account', nounId: account.id });
  });
  return answerAccount(call, params.id);
}

export async function enableAccount(call: Call, { params }: Input<'enableAccount'>): Promise<Account> {
  await effect(call, params.id, async (tx) => {
    const account = await getAccount(tx, call, params.id, true);
    checkKept(call, account);
    if (account.disabledAt === null) return;
    await updateAccount(tx, account.id, { disabledAt: null });
    await record(tx, call, { action: 'account.enabled', noun: 'account', nounId: account.id });
  });
  return answerAccount(call, params.id);
}

export async function resetPassword(call: Call, { params, body }: Input<'resetPassword'>): Promise<Account> {
  if (params.id === call.actor.accountId) throw new Refusal('account.not_oneself', {}, 403);
  const passwordHash = await hashPassword(body.password);
  await effect(call, params.id, async (tx) => {
    const account = await getAccount(tx, call, params.id, true);
    checkKept(call, account);
    checkNewPassword(body.password, account, 'password');
    await updateAccount(tx, account.id, { passwordHash, mustChangePassword: true });
    await deleteSessionsOf(tx, account.id);
    await record(tx, call, { action: 'account.password-reset', noun: 'account', nounId: account.id });
  });
  return answerAccount(call, params.id);
}

export async function grantRole(call: Call, { params, body }: Input<'grantRole'>): Promise<Account> {
  checkGrant(call, params.id, body.role, body.communityId);
  await effect(call, params.id, async (tx) => {
    const account = await getAccount(tx, call, params.id, true);
    const { role, communityId, department = null } = body;
    const same = account.grants.some(
      (grant) => grant.role === role && grant.communityId === communityId && grant.department === department,
    );
    if (same) throw new Refusal('role.held_already', { role });
    await openGrant(tx, call, account.id, body);
  });
  return answerAccount(call, params.id);
}

export async function endGrant(call: Call, { params }: Input<'endGrant'>): Promise<Account> {
  await effect(call, params.id, async (tx) => {
    const account = await getAccount(tx, call, params.id, true);
    const grant = account.grants.find((one) => one.id === params.grantId);
    if (!grant) throw notFound('grant');
    checkGrant(call, account.id, grant.role, grant.communityId);
    await endGrantRow(tx, account.id, grant.id, call.now);
    await record(tx, call, {
      action: 'role.ended',
      noun: 'account',
      nounId: account.id,
      changed: { role: [grant.role, null], communityId: [grant.communityId, null] },
    });
  });
  return answerAccount(call, params.id);
}

// ── areas ───────────────────────────────────────────────────────────────────────────────────────────

const butlers: readonly Role[] = ['butler', 'chief_butler', 'customer_assistant'];

async function areaOf(tx: Tx, call: Call, accountId: string) {
  const rows = await findAreas(tx, call.communityId, accountId);
  return {
    buildingIds: rows.flatMap((row) => row.buildingId ?? []),
    unitIds: rows.flatMap((row) => row.unitId ?? []),
  };
}

export const readArea = (call: Call, { params }: Input<'readArea'>) =>
  readIn(call, async (tx) => {
    await getAccount(tx, call, params.id);
    return areaOf(tx, call, params.id);
  });

export async function changeArea(call: Call, { params, body }: Input<'changeArea'>) {
  await effect(call, params.id, async (tx) => {
    const account = await getAccount(tx, call, params.id, true);
    const isButler = account.grants.some(
      (grant) => butlers.includes(grant.role) && (grant.communityId === null || grant.communityId === call.communityId),
    );
    if (!isButler) throw new Refusal('account.not_a_butler', {});
    const [buildingIds, unitIds] = [[...new Set(body.buildingIds)], [...new Set(body.unitIds)]];
    const found = await countPlaces(tx, call.communityId, buildingIds, unitIds);
    const faults = [
      ...(found.buildings < buildingIds.length ? [{ path: 'buildingIds', code: 'not_here' }] : []),
      ...(found.units < unitIds.length ? [{ path: 'unitIds', code: 'not_here' }] : []),
    ];
    if (faults.length > 0) throw new BadInput(faults);
    const before = await areaOf(tx, call, account.id);
    await replaceAreas(tx, call.communityId, account.id, [
      ...buildingIds.map((buildingId) => ({ id: newId(), buildingId, unitId: null })),
      ...unitIds.map((unitId) => ({ id: newId(), buildingId: null, unitId })),
    ]);
    await record(tx, call, {
      action: 'area.changed',
      noun: 'account',
      nounId: account.id,
      changed: { buildingIds: [before.buildingIds, buildingIds], unitCount: [before.unitIds.length, unitIds.length] },
    });
  });
  return readIn(call, (tx) => areaOf(tx, call, params.id));
}
