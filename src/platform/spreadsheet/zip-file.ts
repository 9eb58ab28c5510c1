// Opens the zip that an .xlsx is, with a ceiling on what it may unfold to, and checks each part's
// length and checksum while it streams. Everything wrong with the file ends as a Refusal.

import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { crc32, createInflateRaw } from 'node:zlib';
import { type Entry, fromBufferPromise, openPromise, type ZipFile } from 'yauzl';
import { Refusal } from '../../kernel/refusal.ts';

export type ZipLimits = {
  /** Bytes, all parts together, unfolded. */
  maxInflatedBytes: number;
  /** Unfolded ÷ packed of one part; asked only of parts above `ratioFromBytes`. */
  maxRatio: number;
  ratioFromBytes: number;
  maxParts: number;
};

export const damaged = (reason: string) => new Refusal('spreadsheet.damaged', { reason }, 422);
export const notXlsx = (reason: string) => new Refusal('spreadsheet.not_xlsx', { reason }, 415);
export const tooLarge = (what: string, limit: number) => new Refusal('spreadsheet.too_large', { what, limit }, 413);

const compoundFileMark = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const encryptedStreamName = Buffer.from('EncryptedPackage', 'utf16le');

/** Old .xls and password-protected .xlsx share one container; the protected one names its stream. */
async function refuseByFirstBytes(source: string | Buffer): Promise<void> {
  const size = typeof source === 'string' ? (await stat(source)).size : source.length;
  const head = Buffer.alloc(8);
  if (typeof source === 'string') {
    const file = await open(source, 'r');
    try {
      await file.read(head, 0, 8, 0);
    } finally {
      await file.close();
    }
  } else source.copy(head, 0, 0, 8);
  if (size === 0) throw notXlsx('empty');
  if (head.equals(compoundFileMark)) {
    const isEncrypted =
      typeof source === 'string'
        ? await fileContains(source, encryptedStreamName)
        : source.includes(encryptedStreamName);
    throw new Refusal(isEncrypted ? 'spreadsheet.encrypted' : 'spreadsheet.old_xls', {}, 415);
  }
  if (head[0] !== 0x50 || head[1] !== 0x4b) throw notXlsx('not_a_zip');
}

async function fileContains(path: string, wanted: Buffer): Promise<boolean> {
  let tail: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const window = Buffer.concat([tail, chunk]);
    if (window.includes(wanted)) return true;
    tail = window.subarray(Math.max(0, window.length - wanted.length));
  }
  return false;
}

export class ZipSource {
  private inflatedBytes = 0;
  private readonly counted = new Set<string>();

  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
    private readonly limits: ZipLimits,
  ) {}

  static async open(source: string | Buffer, limits: ZipLimits): Promise<ZipSource> {
    await refuseByFirstBytes(source);
    const options = { lazyEntries: true, autoClose: false, strictFileNames: false };
    let zip: ZipFile;
    try {
      zip = typeof source === 'string' ? await openPromise(source, options) : await fromBufferPromise(source, options);
    } catch {
      throw damaged('cut');
    }
    try {
      const entries = new Map<string, Entry>();
      let declaredBytes = 0;
      for await (const entry of zip.eachEntry()) {
        if (entries.size >= limits.maxParts) throw tooLarge('parts', limits.maxParts);
        declaredBytes += entry.uncompressedSize;
        if (declaredBytes > limits.maxInflatedBytes) throw tooLarge('bytes', limits.maxInflatedBytes);
        if (entry.isEncrypted()) throw new Refusal('spreadsheet.encrypted', {}, 415);
        // Some writers use backslashes or a leading slash; names inside a workbook ignore case.
        entries.set(partKey(entry.fileName), entry);
      }
      return new ZipSource(zip, entries, limits);
    } catch (error) {
      zip.close();
      throw error instanceof Refusal ? error : damaged('directory');
    }
  }

  close(): void {
    this.zip.close();
  }

  has(name: string): boolean {
    return this.entries.has(partKey(name));
  }

  names(): string[] {
    return [...this.entries.keys()];
  }

  /** The part unfolded, in chunks of up to 64 KiB; refuses when it is damaged or unfolds past the ceiling. */
  async *bytes(name: string): AsyncGenerator<Buffer> {
    const key = partKey(name);
    const entry = this.entries.get(key);
    if (entry === undefined) throw damaged('missing_part');
    if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) throw damaged('compression');
    const isFirstTime = !this.counted.has(key);
    this.counted.add(key);
    let bytes = 0;
    let sum = 0;
    let unfolding: Readable | null = null;
    try {
      const packed = await this.zip.openReadStreamPromise(entry, { decodeFileData: false });
      if (entry.compressionMethod === 8) {
        const inflate = createInflateRaw({ chunkSize: 65_536 });
        packed.on('error', (error) => inflate.destroy(error));
        unfolding = packed.pipe(inflate);
      } else unfolding = packed;
      for await (const chunk of unfolding as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (isFirstTime) this.count(chunk.length);
        if (bytes > this.limits.ratioFromBytes && bytes > entry.compressedSize * this.limits.maxRatio) {
          throw tooLarge('ratio', this.limits.maxRatio);
        }
        sum = crc32(chunk, sum);
        yield chunk;
      }
    } catch (error) {
      if (error instanceof Refusal || !isZipFault(error)) throw error;
      throw damaged('inflate');
    } finally {
      unfolding?.destroy();
    }
    if (bytes !== entry.uncompressedSize || sum !== entry.crc32) throw damaged('checksum');
  }

  /** The part as text: UTF-8, or UTF-16 when it starts with that mark. */
  async *text(name: string): AsyncGenerator<string> {
    let decoder: StringDecoder | null = null;
    for await (const chunk of this.bytes(name)) {
      if (decoder === null) {
        const isUtf16 = chunk[0] === 0xff && chunk[1] === 0xfe;
        decoder = new StringDecoder(isUtf16 ? 'utf16le' : 'utf8');
      }
      yield decoder.write(chunk);
    }
    if (decoder !== null) yield decoder.end();
  }

  private count(bytes: number): void {
    this.inflatedBytes += bytes;
    if (this.inflatedBytes > this.limits.maxInflatedBytes) throw tooLarge('bytes', this.limits.maxInflatedBytes);
  }
}

const partKey = (name: string): string => name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();

/** Errors of zlib and of the zip reader speak of the file; a failing disk keeps its own error. */
function isZipFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return code === '' || code.startsWith('Z_') || code === 'ERR_STREAM_PREMATURE_CLOSE';
}
