// Reads a backup back and believes nothing: the whole file's checksum, each entry's, the rows of each table.
import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Refusal } from '../../kernel/refusal.ts';
import { type ArchiveReader, damaged, readArchive } from './archive.ts';
import { type Manifest, manifestName, manifestSchema, newestFormat } from './manifest.ts';

export type Backup = {
  manifest: Manifest;
  /** The rows of a table as COPY's text. */
  rowsOf(table: Manifest['tables'][number]): AsyncGenerator<Buffer>;
  object(key: string): Promise<Buffer>;
  close(): Promise<void>;
};

/**
 * Opens a backup after reading all of it. Refusals: `backup.file_missing`, `backup.damaged` (with what),
 * `backup.format_unknown` (made by a newer program).
 */
export async function openBackup(file: string): Promise<Backup> {
  const archive = await readArchive(file);
  try {
    const manifest = await readManifest(file, archive);
    const places = new Map(archive.entries.map((entry) => [entry.name, entry]));
    const placeOf = (name: string) => {
      const place = places.get(name);
      if (!place) throw damaged(file, name);
      return place;
    };
    await checkEntries(file, archive, manifest);
    const backup: Backup = {
      manifest,
      close: archive.close,
      async *rowsOf(table) {
        for (const part of table.parts) yield* gunzipped(file, part, archive.read(placeOf(part)));
      },
      async object(key) {
        const parts: Buffer[] = [];
        for await (const part of archive.read(placeOf(`objects/${key}`))) parts.push(part);
        return Buffer.concat(parts);
      },
    };
    for (const table of manifest.tables) {
      let rows = 0;
      for await (const text of backup.rowsOf(table))
        for (let at = text.indexOf(10); at !== -1; at = text.indexOf(10, at + 1)) rows++;
      if (rows !== table.rows) throw damaged(file, `${table.name}: ${rows} rows, expected ${table.rows}`);
    }
    for (const key of manifest.objects) placeOf(`objects/${key}`);
    return backup;
  } catch (fault) {
    await archive.close();
    throw fault;
  }
}

async function readManifest(file: string, archive: ArchiveReader): Promise<Manifest> {
  const place = archive.entries.at(-1);
  if (place?.name !== manifestName) throw damaged(file, manifestName);
  const parts: Buffer[] = [];
  for await (const part of archive.read(place)) parts.push(part);
  let read: unknown;
  try {
    read = JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    throw damaged(file, manifestName);
  }
  const { format } = read as { format?: unknown };
  if (typeof format === 'number' && format > newestFormat)
    throw new Refusal('backup.format_unknown', { file, found: format, known: newestFormat });
  const parsed = manifestSchema.safeParse(read);
  if (!parsed.success) throw damaged(file, manifestName);
  return parsed.data;
}

async function checkEntries(file: string, archive: ArchiveReader, manifest: Manifest): Promise<void> {
  const held = archive.entries.slice(0, -1);
  if (held.length !== manifest.entries.length) throw damaged(file, manifestName);
  for (const [index, said] of manifest.entries.entries()) {
    const place = held[index];
    if (place?.name !== said.name || place.bytes !== said.bytes) throw damaged(file, said.name);
    const hash = createHash('sha256');
    for await (const piece of archive.read(place)) hash.update(piece);
    if (hash.digest('hex') !== said.sha256) throw damaged(file, said.name);
  }
}

/** Unpacked a part at a time; a part is about eight megabytes of text. */
async function* gunzipped(file: string, name: string, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const pieces: Buffer[] = [];
  try {
    const collect = new Writable({
      write(chunk: Buffer, _encoding, done) {
        pieces.push(chunk);
        done();
      },
    });
    await pipeline(source, createGunzip(), collect);
  } catch (fault) {
    if (fault instanceof Refusal) throw fault;
    throw damaged(file, name);
  }
  yield* pieces;
}
