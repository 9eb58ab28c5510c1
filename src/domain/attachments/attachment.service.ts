// Attachments 附件: taken in, made harmless (re-encoded, place and camera gone), hung on their owner, served with its rights.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import sharp from 'sharp';
import { newId } from '../../kernel/id.ts';
import { BadInput, badField, forbidden, notFound, Refusal } from '../../kernel/refusal.ts';
import { dayMs, plusMs } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import { type Call, effect, RawAnswer, readIn, type Upload } from '../access/call.ts';
import { isOutsider } from '../access/permission.rules.ts';
import { record } from '../audit/audit.service.ts';
import type { Attachment } from './attachment.contract.ts';
import {
  type AttachmentRow,
  attachLoose,
  eraseLoose,
  findAttachment,
  insertAttachment,
  isNeeded,
  lockObject,
} from './attachment.store.ts';
import { kindOf, longestSidePixels, pictureLimitPixels, safeName, thumbPixels } from './picture.rules.ts';

type Kept = {
  mediaType: string;
  bytes: Buffer;
  thumb: Buffer | null;
  width: number | null;
  height: number | null;
};

const looseMs = dayMs;
const signatureLimitBytes = 400_000;

const sha256Of = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
const objectKey = (communityId: string, sha256: Buffer): string => `${communityId}/${sha256.toString('hex')}`;
const shape = ({ id, state, mediaType, bytes, width, height }: AttachmentRow): Attachment => ({
  id,
  state: state as Attachment['state'],
  mediaType,
  bytes,
  width,
  height,
});

// Decoding is heavy: two at once on a small machine, the others wait their turn.
let decoding = 0;
const waiting: (() => void)[] = [];
async function oneOfTwo<T>(work: () => Promise<T>): Promise<T> {
  if (decoding >= 2) await new Promise<void>((go) => waiting.push(go));
  decoding++;
  try {
    return await work();
  } finally {
    decoding--;
    waiting.shift()?.();
  }
}

/** Upright, at most 2560 px, no metadata; the original is not kept. A picture that lies about itself is refused. */
async function reencode(bytes: Buffer): Promise<Kept> {
  const open = () => sharp(bytes, { limitInputPixels: pictureLimitPixels, failOn: 'error', pages: 1 });
  return oneOfTwo(async () => {
    try {
      const { width = 0, height = 0 } = await open().metadata();
      if (width * height > pictureLimitPixels) throw new Refusal('attachment.too_many_pixels', { width, height }, 413);
      const withinSide = (side: number) =>
        open()
          .rotate()
          .flatten({ background: '#ffffff' })
          .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
          .jpeg({ quality: 82, mozjpeg: false })
          .toBuffer({ resolveWithObject: true });
      const full = await withinSide(longestSidePixels);
      const thumb = await withinSide(thumbPixels);
      const { info } = full;
      return { mediaType: 'image/jpeg', bytes: full.data, thumb: thumb.data, width: info.width, height: info.height };
    } catch (fault) {
      if (fault instanceof Refusal) throw fault;
      const isTooBig = fault instanceof Error && /pixel limit/i.test(fault.message);
      throw isTooBig
        ? new Refusal('attachment.too_many_pixels', {}, 413)
        : new Refusal('attachment.unreadable', {}, 415);
    }
  });
}

async function takeIn(upload: Upload): Promise<Kept> {
  const type = await fileTypeFromFile(upload.path).catch(() => undefined);
  const kind = kindOf({ mediaType: type?.mime, fileName: upload.fileName, bytes: upload.bytes });
  const bytes = await readFile(upload.path);
  return kind === 'picture'
    ? reencode(bytes)
    : { mediaType: type?.mime ?? '', bytes, thumb: null, width: null, height: null };
}

function rowOf(call: Call, id: string, kept: Kept, fileName: string, purpose: string | null): AttachmentRow {
  return {
    communityId: call.communityId,
    id,
    state: 'ready',
    mediaType: kept.mediaType,
    fileName: safeName(fileName, kept.mediaType),
    bytes: kept.bytes.length,
    sha256: sha256Of(kept.bytes),
    thumbSha256: kept.thumb && sha256Of(kept.thumb),
    width: kept.width,
    height: kept.height,
    noun: null,
    nounId: null,
    purpose,
    refusedCode: null,
    uploadedBy: call.actor.accountId,
    createdAt: call.now,
    attachedAt: null,
  };
}

const objectsOf = (communityId: string, { bytes, thumb }: Kept): [string, Buffer][] =>
  [bytes, thumb].flatMap((object) =>
    object === null ? [] : [[objectKey(communityId, sha256Of(object)), object] as [string, Buffer]],
  );

/** Between storing and the commit a sweep may have taken the same bytes for unneeded; after the commit it can't any more. */
async function keepObjects(call: Call, kept: Kept): Promise<void> {
  for (const [key, bytes] of objectsOf(call.communityId, kept))
    await readIn(call, async (tx) => {
      await lockObject(tx, key);
      await call.house.objects.put(key, bytes);
    });
}

/** Stores one file. The same id again, from the same person, answers what is there: a phone that resends does no harm. */
export async function uploadAttachment(
  call: Call,
  uploads: readonly Upload[],
  body: { purpose?: string | undefined; id?: string | undefined },
): Promise<Attachment> {
  const upload = uploads[0];
  if (!upload) throw badField('file', 'required');
  if (uploads.length > 1) throw badField('file', 'one_file_only');
  const kept = await takeIn(upload);
  const row = rowOf(call, body.id ?? newId(), kept, upload.fileName, body.purpose ?? null);
  for (const [key, bytes] of objectsOf(call.communityId, kept)) await call.house.objects.put(key, bytes);
  const id = await effect(call, row.id, async (tx) => {
    if (await insertAttachment(tx, row)) {
      await record(tx, call, { action: 'attachment.upload', noun: 'attachment', nounId: row.id });
      return;
    }
    const there = await findAttachment(tx, call.communityId, row.id);
    if (there?.uploadedBy !== call.actor.accountId) throw new Refusal('attachment.id_taken');
  });
  await keepObjects(call, kept);
  return readIn(call, async (tx) => {
    const made = await findAttachment(tx, call.communityId, id);
    if (!made) throw notFound('attachment');
    return shape(made);
  });
}

/** Hangs uploaded files on what they belong to; unknown, foreign, used or expired ids are named one by one. */
export async function attachAll(
  tx: Tx,
  call: Pick<Call, 'communityId' | 'actor' | 'now'>,
  ids: readonly string[],
  noun: string,
  nounId: string,
  path = 'attachmentIds',
  kind: 'any' | 'picture' = 'any',
): Promise<void> {
  if (ids.length === 0) return;
  const owner = { noun, nounId, uploadedBy: call.actor.accountId, at: call.now };
  const attached = new Set(await attachLoose(tx, call.communityId, [...new Set(ids)], owner));
  const faults = [];
  for (const [index, id] of ids.entries()) {
    if (attached.has(id) && kind === 'any') continue;
    const there = await findAttachment(tx, call.communityId, id);
    if (attached.has(id)) {
      if (!there?.mediaType.startsWith('image/'))
        faults.push({ path: `${path}.${index}`, code: 'attachment_not_picture' });
      continue;
    }
    const isUsed = there?.state === 'attached' && there.uploadedBy === call.actor.accountId;
    faults.push({ path: `${path}.${index}`, code: isUsed ? 'attachment_used' : 'attachment_unknown' });
  }
  if (faults.length > 0) throw new BadInput(faults);
}

/** Nobody signed: every pixel is the same, whether the sheet is clear or coloured. */
async function isBlank(bytes: Buffer): Promise<boolean> {
  const { channels } = await sharp(bytes).flatten({ background: '#ffffff' }).stats();
  return channels.every((channel) => channel.min === channel.max);
}

/** A signature as it will be kept: read, made harmless and stored, but hung on nothing yet. */
export type Drawing = { kept: Kept };

/**
 * Reads a signature drawn on the screen (PNG data URL) and stores its bytes. Before the transaction that attaches it:
 * decoding takes longer than a row should be locked.
 */
export async function readDrawing(call: Call, dataUrl: string, path = 'signature'): Promise<Drawing> {
  const base64 = /^data:image\/png;base64,([A-Za-z0-9+/]+={0,2})$/.exec(dataUrl)?.[1];
  const bytes = Buffer.from(base64 ?? '', 'base64');
  if (!base64 || bytes.length > signatureLimitBytes) throw badField(path, 'not_a_drawing');
  const kept = await reencode(bytes).catch(() => {
    throw badField(path, 'not_a_drawing');
  });
  if (await isBlank(bytes)) throw badField(path, 'nothing_drawn');
  for (const [key, object] of objectsOf(call.communityId, kept)) await call.house.objects.put(key, object);
  return { kept };
}

/** Hangs a drawing on its event; answers the attachment's id. `keepDrawing` follows the commit. */
export async function attachDrawing(
  tx: Tx,
  call: Call,
  { kept }: Drawing,
  noun: string,
  nounId: string,
): Promise<string> {
  const row = {
    ...rowOf(call, newId(), kept, 'signature.jpg', 'signature'),
    state: 'attached',
    noun,
    nounId,
    attachedAt: call.now,
  };
  await insertAttachment(tx, row);
  return row.id;
}

export const keepDrawing = (call: Call, { kept }: Drawing): Promise<void> => keepObjects(call, kept);

/** Who may see what hangs on a noun; handed over in the wiring by the slice that owns it. */
export type MayReadOwner = (tx: Tx, call: Call, nounId: string) => Promise<boolean>;
const readers = new Map<string, MayReadOwner>();
export const linkAttachmentReader = (nouns: readonly string[], mayRead: MayReadOwner): void => {
  for (const noun of nouns) readers.set(noun, mayRead);
};

export async function readAttachment(call: Call, id: string, size: 'full' | 'thumb'): Promise<RawAnswer> {
  const row = await readIn(call, async (tx) => {
    const found = await findAttachment(tx, call.communityId, id);
    if (!found || found.state === 'refused' || found.state === 'erased') throw notFound('attachment');
    if (!(await maySee(tx, call, found)))
      throw isOutsider(call.roles) ? notFound('attachment') : forbidden('case.read');
    return found;
  });
  const isThumb = size === 'thumb' && row.thumbSha256 !== null;
  const object = await call.house.objects.get(
    objectKey(row.communityId, isThumb && row.thumbSha256 ? row.thumbSha256 : row.sha256),
  );
  if (!object) throw notFound('attachment');
  return new RawAnswer(object.stream, {
    'content-type': row.mediaType,
    'content-length': String(object.bytes),
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(row.fileName)}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, max-age=3600',
  });
}

/** What hangs on nothing yet is its uploader's; the rest goes by the rights to its owner. */
async function maySee(tx: Tx, call: Call, row: AttachmentRow): Promise<boolean> {
  if (row.state === 'ready' || row.state === 'received') return row.uploadedBy === call.actor.accountId;
  const reader = row.noun === null ? undefined : readers.get(row.noun);
  return reader !== undefined && row.nounId !== null && reader(tx, call, row.nounId);
}

/** Erases what hung on nothing for a day, and removes bytes that nothing shows any more. Answers how many it erased. */
export async function sweepAttachments(house: House, batch = 200): Promise<number> {
  const before = plusMs(house.time.now(), -looseMs);
  const erased = await house.database.everywhere((tx) => eraseLoose(tx, before, batch));
  for (const row of erased)
    for (const sha256 of [row.sha256, row.thumbSha256])
      if (sha256) await removeUnneeded(house, row.communityId, sha256);
  return erased.length;
}

/** The lock is held over the removal, so that the same bytes stored again meanwhile stay. */
async function removeUnneeded(house: House, communityId: string, sha256: Buffer): Promise<boolean> {
  return house.database.write([communityId], async (tx) => {
    await lockObject(tx, objectKey(communityId, sha256));
    if (await isNeeded(tx, communityId, sha256)) return false;
    await house.objects.remove(objectKey(communityId, sha256));
    return true;
  });
}

/** Goes over every stored object: what a crash left between storing and the commit. Answers how many it removed. */
export async function sweepObjects(house: House): Promise<number> {
  let removed = 0;
  for await (const key of house.objects.list()) {
    const [communityId = '', hash = ''] = key.split('/');
    if (await removeUnneeded(house, communityId, Buffer.from(hash, 'hex'))) removed++;
  }
  return removed;
}
