// The form in which PostgreSQL keeps a password (SCRAM-SHA-256, RFC 5803). Made here, so that the
// password itself is never part of a statement that a server's log or activity view could show.
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

const rounds = 4096;

/** `password` must be plain ASCII: other text would first have to be normalised by SASLprep. */
export function scramVerifier(password: string, salt: Buffer = randomBytes(16)): string {
  if (!/^[\x21-\x7e]+$/.test(password)) throw new Error('a database password must be printable ASCII without blanks');
  const salted = pbkdf2Sync(password, salt, rounds, 32, 'sha256');
  const hmac = (word: string) => createHmac('sha256', salted).update(word).digest();
  const storedKey = createHash('sha256').update(hmac('Client Key')).digest('base64');
  const serverKey = hmac('Server Key').toString('base64');
  return `SCRAM-SHA-256$${rounds}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}
