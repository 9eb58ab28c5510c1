// The key outside the database: seals personal values (AES-256-GCM), makes keyed hashes for search, derives passwords.
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Refusal } from '../kernel/refusal.ts';

export type Secrets = {
  /** Sealed bytes: 1 version, 12 nonce, 16 tag, rest. `context` binds them to their place, so a value can't be moved to another field. */
  seal(value: string, context: string): Buffer;
  open(sealed: Buffer, context: string): string;
  /** Keyed hash for looking up a value that is stored sealed. */
  lookupHash(value: string, context: string): Buffer;
  /** A key or password for one purpose. */
  derive(purpose: string, bytes: number): Buffer;
  /** Tells two keys apart without showing either. */
  fingerprint(): string;
};

export const keyBytes = 32;

/** Reads the key file, or makes it at first start (0600). `made` tells the operator to move it. */
export function loadSecretKey(file: string): { key: Buffer; made: boolean } {
  if (existsSync(file)) {
    const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
    if (key.length !== keyBytes) throw new Refusal('secrets.bad_key_file', { file });
    return { key, made: false };
  }
  const key = randomBytes(keyBytes);
  keepSecretKey(file, key);
  return { key, made: true };
}

/** Writes a key to where there is none, whole or not at all: half a key would lock the house out. */
export function keepSecretKey(file: string, key: Buffer): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, `${key.toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  chmodSync(file, 0o600);
}

export function makeSecrets(key: Buffer): Secrets {
  const derive = (purpose: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', key, '', `guanjia:${purpose}`, bytes));
  const sealKey = derive('seal', 32);
  const hashKey = derive('lookup', 32);
  return {
    derive,
    fingerprint: () => createHash('sha256').update(derive('fingerprint', 32)).digest('hex').slice(0, 16),
    seal(value, context) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.from([1]), nonce, cipher.getAuthTag(), body]);
    },
    open(sealed, context) {
      if (sealed[0] !== 1) throw new Refusal('secrets.unknown_seal', {}, 409);
      const decipher = createDecipheriv('aes-256-gcm', sealKey, sealed.subarray(1, 13)).setAAD(Buffer.from(context));
      decipher.setAuthTag(sealed.subarray(13, 29));
      return Buffer.concat([decipher.update(sealed.subarray(29)), decipher.final()]).toString('utf8');
    },
    lookupHash: (value, context) => createHmac('sha256', hashKey).update(context).update('\0').update(value).digest(),
  };
}
