// Session 会话: sign-in with argon2id and a second factor, opaque tokens stored hashed, the brake on guessing.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import '@fastify/cookie';
import type { FastifyRequest } from 'fastify';
import { badField, Refusal } from '../../kernel/refusal.ts';
import { hourMs, instantOf, minuteMs, msOf } from '../../kernel/time.ts';
import type { House } from '../../platform/house.ts';
import { machineMs } from '../../platform/time-source.ts';
import type { Gate, SignedIn } from './gate.ts';
import { passwordFault } from './password.rules.ts';
import { type Actor, may, permissions, rolesIn } from './permission.rules.ts';
import type { Role } from './role.contract.ts';
import { checkSecondFactor } from './second-factor.service.ts';
import {
  type AccountRow,
  blockUntil,
  countFailure,
  deleteSession,
  deleteSessionsOf,
  findAccount,
  findAccountByUsername,
  findFailures,
  findOrganization,
  findSession,
  findToken,
  forgetFailures,
  insertSession,
  listCommunities,
  listGrants,
  touchSession,
  updatePassword,
} from './session.store.ts';

const idleMs = 4 * hourMs;
const longestMs = 16 * hourMs;
const freeTries = 5;
const longestBlockMs = 15 * minuteMs;
/** OWASP's second choice for argon2id: 19 MiB, two passes, one lane. */
const argon = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** A second factor is asked of those who can change rights or move money. */
const secondFactorRoles: readonly Role[] = ['admin', 'finance', 'general_manager'];

/** Refuses a password that is easily guessed, naming the field in which it was typed. */
export function checkNewPassword(
  password: string,
  person: { username: string; name: string },
  field: string,
  current?: string,
): void {
  const fault = passwordFault(password, person, current);
  if (fault) throw badField(field, fault);
}

export const hashPassword = (password: string): Promise<string> => hash(password, argon);
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();
export const cookieName = (house: { secure: boolean }): string => (house.secure ? '__Host-guanjia' : 'guanjia');

/** The CSRF token belongs to its session and needs no storage of its own. */
const csrfOf = (house: House, token: string): string =>
  createHmac('sha256', house.secrets.derive('csrf', 32)).update(token).digest('base64url');

// Hashing is heavy on purpose: at most two at once, so that guessing can't starve everybody else.
let hashing = 0;
const waiting: (() => void)[] = [];
async function oneOfTwo<T>(work: () => Promise<T>): Promise<T> {
  if (hashing >= 2) await new Promise<void>((go) => waiting.push(go));
  hashing++;
  try {
    return await work();
  } finally {
    hashing--;
    waiting.shift()?.();
  }
}

const unknownHash = hashPassword(randomBytes(16).toString('hex'));

export type SignInResult = { user: { id: string; name: string; username: string }; csrfToken: string; token: string };

export async function signIn(
  house: House,
  input: { username: string; password: string; code?: string },
  from: { ip: string; device: string },
): Promise<SignInResult> {
  const keys = [
    house.secrets.lookupHash(input.username.toLowerCase(), 'sign-in'),
    house.secrets.lookupHash(from.ip, 'sign-in-ip'),
  ];
  const nowMs = machineMs();
  const account = await house.database.read([], async (tx) => {
    for (const key of keys) {
      const failures = await findFailures(tx, key);
      if (failures?.blockedUntil && msOf(failures.blockedUntil) > nowMs)
        throw new Refusal(
          'too_many_requests',
          { retryAfterSeconds: Math.ceil((msOf(failures.blockedUntil) - nowMs) / 1000) },
          429,
        );
    }
    return findAccountByUsername(tx, input.username);
  });
  const right = await oneOfTwo(async () => verify(account?.passwordHash ?? (await unknownHash), input.password));
  if (!account || !right || account.disabledAt) {
    await failed(house, keys, nowMs);
    throw new Refusal('session.wrong_credentials', {}, 401);
  }
  if (account.totpConfirmedAt) {
    if (!input.code) throw new Refusal('second_factor_required', {}, 401);
    if (!(await checkSecondFactor(house, account, input.code))) {
      await failed(house, keys, nowMs);
      throw new Refusal('session.wrong_code', {}, 401);
    }
  }
  return openSession(house, account, from, keys[0]);
}

/** A new token at each sign-in, so that a planted one is worth nothing. */
export async function openSession(
  house: House,
  account: Pick<AccountRow, 'id' | 'name' | 'username'>,
  from: { ip: string; device: string },
  failureKey?: Buffer,
): Promise<SignInResult> {
  const token = randomBytes(32).toString('base64url');
  const createdAt = instantOf(machineMs());
  await house.database.write([], async (tx) => {
    if (failureKey) await forgetFailures(tx, failureKey);
    await insertSession(tx, {
      tokenHash: hashToken(token),
      accountId: account.id,
      createdAt,
      expiresAt: instantOf(machineMs() + longestMs),
      fromIp: from.ip,
      device: from.device.slice(0, 200),
    });
  });
  return {
    user: { id: account.id, name: account.name, username: account.username },
    csrfToken: csrfOf(house, token),
    token,
  };
}

/** By name five tries are free; by address four times as many, because an office shares one. */
async function failed(house: House, keys: readonly Buffer[], nowMs: number): Promise<void> {
  await house.database.write([], async (tx) => {
    for (const [index, key] of keys.entries()) {
      const free = index === 0 ? freeTries : freeTries * 4;
      const failures = await countFailure(tx, key, instantOf(nowMs), instantOf(nowMs - hourMs));
      if (failures < free) continue;
      await blockUntil(tx, key, instantOf(nowMs + Math.min(longestBlockMs, minuteMs * 2 ** (failures - free))));
    }
  });
}

export function makeGate(house: House, options: { secure: boolean }): Gate {
  let demo: boolean | null = null;
  const isDemo = async () => {
    demo ??= (await house.database.read([], findOrganization))?.isDemo ?? null;
    return demo ?? false;
  };
  return {
    async authenticate(request, isWatching = false): Promise<SignedIn | null> {
      const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
      if (bearer) return authenticateToken(house, bearer);
      const token = request.cookies[cookieName(options)];
      if (!token) return null;
      const tokenHash = hashToken(token);
      const row = await house.database.read([], (tx) => findSession(tx, tokenHash));
      const nowMs = machineMs();
      if (!row || msOf(row.expiresAt) < nowMs || msOf(row.lastSeenAt) + idleMs < nowMs) return null;
      if (!isWatching && msOf(row.lastSeenAt) + minuteMs < nowMs)
        await house.database.write([], (tx) => touchSession(tx, tokenHash, instantOf(nowMs)));
      const actor: Actor = {
        accountId: row.accountId,
        organizationId: row.organizationId,
        name: row.name,
        username: row.username,
        grants: row.grants,
        cut: null,
      };
      const needsFactor = !row.totpConfirmedAt && row.grants.some((grant) => secondFactorRoles.includes(grant.role));
      return {
        actor,
        csrf: csrfOf(house, token),
        mustChangePassword: row.mustChangePassword,
        mustSetUpSecondFactor: needsFactor && !(await isDemo()),
      };
    },
  };
}

async function authenticateToken(house: House, token: string): Promise<SignedIn | null> {
  const row = await house.database.read([], (tx) => findToken(tx, hashToken(token)));
  if (!row || msOf(row.expiresAt) < machineMs()) return null;
  const actor: Actor = {
    accountId: row.accountId,
    organizationId: row.organizationId,
    name: row.name,
    username: row.username,
    grants: row.grants,
    cut: { communityIds: row.communityIds, permissions: row.permissions },
  };
  return { actor, csrf: null, mustChangePassword: false, mustSetUpSecondFactor: false };
}

export const signOut = (house: House, token: string): Promise<void> =>
  house.database.write([], (tx) => deleteSession(tx, hashToken(token)));
export const signOutEverywhere = (house: House, accountId: string): Promise<void> =>
  house.database.write([], (tx) => deleteSessionsOf(tx, accountId));

export async function changePassword(
  house: House,
  accountId: string,
  input: { currentPassword: string; newPassword: string },
  from: { ip: string; device: string },
): Promise<SignInResult> {
  const account = await house.database.read([], (tx) => findAccount(tx, accountId));
  if (!account || !(await oneOfTwo(() => verify(account.passwordHash, input.currentPassword))))
    throw new Refusal('session.wrong_credentials', {}, 401);
  checkNewPassword(input.newPassword, account, 'newPassword', input.currentPassword);
  const passwordHash = await oneOfTwo(() => hashPassword(input.newPassword));
  await house.database.write([], async (tx) => {
    await updatePassword(tx, accountId, passwordHash);
    await deleteSessionsOf(tx, accountId);
  });
  // Whoever sat on the old password is out; the one who changed it goes on under a new token.
  return openSession(house, account, from);
}

export async function readMe(house: House, request: FastifyRequest, options: { secure: boolean }) {
  const { actor } = request.signedIn as SignedIn;
  return house.database.read([], async (tx) => {
    const organization = await findOrganization(tx);
    const account = await findAccount(tx, actor.accountId);
    const grants = actor.cut ? actor.grants : await listGrants(tx, actor.accountId);
    const communities = (await listCommunities(tx)).filter(
      (community) => community.organizationId === actor.organizationId,
    );
    const token = request.cookies[cookieName(options)] ?? '';
    const mustSetUp = request.signedIn?.mustSetUpSecondFactor ?? false;
    return {
      user: { id: actor.accountId, name: actor.name, username: actor.username },
      communities: communities.flatMap((community) => {
        const roles = rolesIn({ ...actor, grants }, community.id);
        if (roles.length === 0) return [];
        return [
          {
            id: community.id,
            code: community.code,
            name: community.name,
            roles,
            permissions: permissions.filter((permission) => may(actor, permission, community.id)),
          },
        ];
      }),
      locale: 'zh-CN' as const,
      csrfToken: token ? csrfOf(house, token) : '',
      now: house.time.now(),
      isDemo: organization?.isDemo ?? false,
      mustChangePassword: request.signedIn?.mustChangePassword ?? false,
      secondFactor: mustSetUp
        ? ('must-set-up' as const)
        : account?.totpConfirmedAt
          ? ('on' as const)
          : ('off' as const),
    };
  });
}

export const sameBytes = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);
