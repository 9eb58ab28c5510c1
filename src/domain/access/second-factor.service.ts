// The second factor 两步验证: time-based codes (RFC 6238), each usable once, and ten recovery codes.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { generateSecret, generateURI, verify } from 'otplib';
import { Refusal } from '../../kernel/refusal.ts';
import { instantOf } from '../../kernel/time.ts';
import type { House } from '../../platform/house.ts';
import { machineMs } from '../../platform/time-source.ts';
import { type AccountRow, findAccount, updateSecondFactor } from './session.store.ts';

const stepSeconds = 30;
const recoveryCodes = 10;
const hashCode = (code: string): Buffer => createHash('sha256').update(code.toLowerCase().replaceAll('-', '')).digest();
const sealContext = (accountId: string) => `totp:${accountId}`;

/** The step a six-digit code belongs to (one step of clock drift either way), or null. */
async function stepOf(secret: string, code: string, nowMs: number): Promise<number | null> {
  if (!/^\d{6}$/.test(code)) return null;
  const epoch = Math.floor(nowMs / 1000);
  const result = await verify({ secret, token: code, epoch, epochTolerance: stepSeconds });
  return result.valid ? Math.floor(epoch / stepSeconds) + result.delta : null;
}

export async function checkSecondFactor(house: House, account: AccountRow, code: string): Promise<boolean> {
  if (!account.totpSealed) return false;
  const secret = house.secrets.open(account.totpSealed, sealContext(account.id));
  const step = await stepOf(secret, code, machineMs());
  if (step !== null && step > account.totpLastStep) {
    await house.database.write([], (tx) => updateSecondFactor(tx, account.id, { totpLastStep: step }));
    return true;
  }
  const asked = hashCode(code);
  const left = account.recoveryCodeHashes.filter((known) => !timingSafeEqual(known, asked));
  if (left.length === account.recoveryCodeHashes.length) return false;
  await house.database.write([], (tx) => updateSecondFactor(tx, account.id, { recoveryCodeHashes: left }));
  return true;
}

/** A fresh key to scan; counts only once `confirmSecondFactor` has seen a code made from it. */
export async function beginSecondFactor(house: House, accountId: string): Promise<{ key: string; otpauthUrl: string }> {
  return house.database.write([], async (tx) => {
    const account = await findAccount(tx, accountId);
    if (!account) throw new Refusal('unauthenticated', {}, 401);
    if (account.totpConfirmedAt) throw new Refusal('session.second_factor_is_on');
    const key = generateSecret();
    await updateSecondFactor(tx, accountId, {
      totpSealed: house.secrets.seal(key, sealContext(accountId)),
      totpLastStep: 0,
    });
    return { key, otpauthUrl: generateURI({ issuer: 'Guanjia', label: account.username, secret: key }) };
  });
}

export async function confirmSecondFactor(
  house: House,
  accountId: string,
  code: string,
): Promise<{ recoveryCodes: string[] }> {
  return house.database.write([], async (tx) => {
    const account = await findAccount(tx, accountId);
    if (!account?.totpSealed || account.totpConfirmedAt) throw new Refusal('session.second_factor_not_begun');
    const step = await stepOf(house.secrets.open(account.totpSealed, sealContext(accountId)), code, machineMs());
    if (step === null) throw new Refusal('session.wrong_code', {}, 401);
    const codes = Array.from({ length: recoveryCodes }, () =>
      randomBytes(5)
        .toString('hex')
        .replace(/^(.{5})/, '$1-'),
    );
    await updateSecondFactor(tx, accountId, {
      totpConfirmedAt: instantOf(machineMs()),
      totpLastStep: step,
      recoveryCodeHashes: codes.map(hashCode),
    });
    return { recoveryCodes: codes };
  });
}
