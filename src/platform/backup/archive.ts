// The file of a backup 备份: an ordinary tar, so that any machine can open it without this program, written in one go
// and closed by the SHA-256 of everything before: one changed, missing or added byte anywhere shows.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { newId } from '../../kernel/id.ts';
import { Refusal } from '../../kernel/refusal.ts';

export type ArchiveEntry = { name: string; bytes: number; sha256: string };

const block = 512;
const tailName = 'SHA256';
/** Header and body of the last entry, and the two empty blocks that end a tar. */
export const tailBytes = 4 * block;
const readBytes = 1024 * 1024;

const padded = (bytes: number): number => Math.ceil(bytes / block) * block;
const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, '0')}\0`;

/** `prefix/name` is split where tar wants it: 155 bytes before the last slash, 100 behind. */
function header(path: string, bytes: number): Buffer {
  const slash = path.lastIndexOf('/');
  const [prefix, name] = path.length <= 100 ? ['', path] : [path.slice(0, slash), path.slice(slash + 1)];
  const made = Buffer.alloc(block);
  made.write(name, 0, 100, 'latin1');
  made.write(octal(0o600, 8), 100, 'latin1');
  made.write(octal(0, 8), 108, 'latin1');
  made.write(octal(0, 8), 116, 'latin1');
  made.write(octal(bytes, 12), 124, 'latin1');
  made.write(octal(0, 12), 136, 'latin1');
  made.write('        ', 148, 'latin1');
  made.write('0ustar\0' + '00', 156, 'latin1');
  made.write(prefix, 345, 155, 'latin1');
  const sum = made.reduce((total, byte) => total + byte, 0);
  made.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return made;
}

export function tail(sha256: string): Buffer {
  const made = Buffer.alloc(tailBytes);
  header(tailName, sha256.length + 1).copy(made);
  made.write(`${sha256}\n`, block, 'latin1');
  return made;
}

export type ArchiveWriter = {
  add(name: string, body: Buffer): Promise<void>;
  /** `bytes` must be known before; another length is a fault. */
  addStream(name: string, bytes: number, source: AsyncIterable<Buffer>): Promise<void>;
  readonly entries: readonly ArchiveEntry[];
  /** Whole on disk under its own name, or not there at all. Answers its size. */
  close(): Promise<number>;
  abandon(): Promise<void>;
};

/** Refusal `backup.file_exists`: a backup never takes the place of another. */
export async function writeArchive(path: string): Promise<ArchiveWriter> {
  if (existsSync(path)) throw new Refusal('backup.file_exists', { file: path });
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${newId()}.partial`;
  const file = await open(draft, 'wx', 0o600);
  const whole = createHash('sha256');
  const entries: ArchiveEntry[] = [];
  let written = 0;
  const put = async (bytes: Buffer) => {
    whole.update(bytes);
    for (let from = 0; from < bytes.length; ) from += (await file.write(bytes, from)).bytesWritten;
    written += bytes.length;
  };
  const addStream: ArchiveWriter['addStream'] = async (name, bytes, source) => {
    await put(header(name, bytes));
    const hash = createHash('sha256');
    let seen = 0;
    for await (const chunk of source) {
      seen += chunk.length;
      if (seen > bytes) break;
      hash.update(chunk);
      await put(chunk);
    }
    if (seen !== bytes) throw new Error(`${name} changed its length while it was written`);
    await put(Buffer.alloc(padded(bytes) - bytes));
    entries.push({ name, bytes, sha256: hash.digest('hex') });
  };
  return {
    entries,
    addStream,
    add: (name, body) => addStream(name, body.length, pieces(body)),
    async close() {
      await put(tail(whole.copy().digest('hex')));
      await file.sync();
      await file.close();
      await rename(draft, path);
      const folder = await open(dirname(path), 'r');
      await folder.sync();
      await folder.close();
      return written;
    },
    async abandon() {
      await file.close().catch(() => {});
      await rm(draft, { force: true });
    },
  };
}

async function* pieces(body: Buffer): AsyncGenerator<Buffer> {
  yield body;
}

export type ArchiveReader = {
  /** Where each entry's body lies, in the order of the file. */
  entries: readonly { name: string; bytes: number; offset: number }[];
  read(entry: { bytes: number; offset: number }): AsyncGenerator<Buffer>;
  close(): Promise<void>;
};

export const damaged = (file: string, what: string) => new Refusal('backup.damaged', { file, what });

/** Opens a backup that is whole. Refusals: `backup.file_missing`, `backup.damaged`. */
export async function readArchive(path: string): Promise<ArchiveReader> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch {
    throw new Refusal('backup.file_missing', { file: path });
  }
  const read = async function* ({ bytes, offset }: { bytes: number; offset: number }): AsyncGenerator<Buffer> {
    for (let from = 0; from < bytes; ) {
      const piece = Buffer.alloc(Math.min(readBytes, bytes - from));
      const { bytesRead } = await file.read(piece, 0, piece.length, offset + from);
      if (bytesRead === 0) throw damaged(path, 'cut');
      from += bytesRead;
      yield piece.subarray(0, bytesRead);
    }
  };
  const readWhole = async (offset: number, bytes: number) => {
    const parts: Buffer[] = [];
    for await (const part of read({ offset, bytes })) parts.push(part);
    return Buffer.concat(parts);
  };
  try {
    const { size } = await file.stat();
    if (size < tailBytes || size % block !== 0) throw damaged(path, 'cut');
    const whole = createHash('sha256');
    for await (const piece of read({ offset: 0, bytes: size - tailBytes })) whole.update(piece);
    if (!(await readWhole(size - tailBytes, tailBytes)).equals(tail(whole.digest('hex'))))
      throw damaged(path, 'checksum');
    const entries: { name: string; bytes: number; offset: number }[] = [];
    for (let at = 0; at < size - tailBytes; ) {
      const head = await readWhole(at, block);
      const text = (from: number, length: number) => head.toString('latin1', from, from + length).replace(/\0.*$/s, '');
      const prefix = text(345, 155);
      const name = prefix ? `${prefix}/${text(0, 100)}` : text(0, 100);
      const bytes = Number.parseInt(text(124, 12), 8);
      if (!Number.isSafeInteger(bytes) || !header(name, bytes).equals(head)) throw damaged(path, 'header');
      entries.push({ name, bytes, offset: at + block });
      at += block + padded(bytes);
      if (at > size - tailBytes) throw damaged(path, 'cut');
    }
    return { entries, read, close: () => file.close() };
  } catch (fault) {
    await file.close();
    throw fault;
  }
}
