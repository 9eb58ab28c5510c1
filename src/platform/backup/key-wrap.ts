// The data key inside a backup, closed by a passphrase: scrypt makes a key of it, AES-256-GCM wraps.
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { z } from 'zod';
import { Refusal } from '../../kernel/refusal.ts';

const base64 = z.string().regex(/^[A-Za-z0-9+/=]+$/);
export const wrappedKeySchema = z.object({
  kdf: z.literal('scrypt'),
  // Bounds: a made-up file must not ask for all memory of the machine.
  n: z
    .int()
    .min(2 ** 14)
    .max(2 ** 20),
  r: z.int().min(1).max(16),
  p: z.int().min(1).max(4),
  salt: base64,
  nonce: base64,
  tag: base64,
  body: base64,
});
export type WrappedKey = z.infer<typeof wrappedKeySchema>;

/** OWASP's first choice for scrypt: 128 MiB, about half a second. */
const cost = { n: 2 ** 17, r: 8, p: 1 };

const stretch = (passphrase: string, salt: Buffer, { n, r, p }: typeof cost): Buffer =>
  scryptSync(passphrase.normalize('NFKC'), salt, 32, { N: n, r, p, maxmem: 256 * n * r });

export function wrapKey(key: Buffer, passphrase: string, fingerprint: string): WrappedKey {
  const [salt, nonce] = [randomBytes(16), randomBytes(12)];
  const cipher = createCipheriv('aes-256-gcm', stretch(passphrase, salt, cost), nonce).setAAD(Buffer.from(fingerprint));
  const body = Buffer.concat([cipher.update(key), cipher.final()]);
  const text = (bytes: Buffer) => bytes.toString('base64');
  return {
    kdf: 'scrypt',
    ...cost,
    salt: text(salt),
    nonce: text(nonce),
    tag: text(cipher.getAuthTag()),
    body: text(body),
  };
}

/** Refusal `restore.wrong_passphrase`. */
export function unwrapKey(wrapped: WrappedKey, passphrase: string, fingerprint: string): Buffer {
  const bytes = (text: string) => Buffer.from(text, 'base64');
  const key = stretch(passphrase, bytes(wrapped.salt), wrapped);
  const decipher = createDecipheriv('aes-256-gcm', key, bytes(wrapped.nonce)).setAAD(Buffer.from(fingerprint));
  try {
    decipher.setAuthTag(bytes(wrapped.tag));
    return Buffer.concat([decipher.update(bytes(wrapped.body)), decipher.final()]);
  } catch {
    throw new Refusal('restore.wrong_passphrase');
  }
}
