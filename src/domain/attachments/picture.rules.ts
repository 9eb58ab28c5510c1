// What a file is taken for, and what is refused; decided by its bytes, the name only contradicts (spec/12 Attachments).
import { Refusal } from '../../kernel/refusal.ts';

export const pictureLimitBytes = 20 * 1024 * 1024;
export const documentLimitBytes = 50 * 1024 * 1024;
export const pictureLimitPixels = 50_000_000;
export const longestSidePixels = 2_560;
export const thumbPixels = 320;

const pictures = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif', 'image/tiff'];
const documents: Record<string, string> = {
  'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
};
const pictureEndings = /\.(jpe?g|png|webp|gif|avif|tiff?|bmp|heic|heif)$/i;
const documentEndings = /\.(pdf|docx?|xlsx?)$/i;

export type FileKind = 'picture' | 'document';

/** `mediaType`: what the bytes say, undefined where nobody knows. Refuses with 413 or 415. */
export function kindOf(file: { mediaType: string | undefined; fileName: string; bytes: number }): FileKind {
  const { mediaType, fileName, bytes } = file;
  if (mediaType && /^image\/hei[cf]/.test(mediaType)) throw new Refusal('attachment.heic', {}, 415);
  const kind =
    mediaType && pictures.includes(mediaType) ? 'picture' : mediaType && documents[mediaType] ? 'document' : null;
  const said = pictureEndings.test(fileName) ? 'picture' : documentEndings.test(fileName) ? 'document' : null;
  const limitBytes = (kind ?? said) === 'picture' ? pictureLimitBytes : documentLimitBytes;
  // Size first: what is too big is not looked into.
  if (bytes > limitBytes) throw new Refusal('too_large', { field: 'file', limitBytes }, 413);
  if (kind === null || (said !== null && said !== kind))
    throw new Refusal('attachment.not_what_it_says', { mediaType: mediaType ?? '' }, 415);
  return kind;
}

/** A name that can stand in a header and in a folder: no path, no control characters, the ending that fits the bytes. */
export function safeName(fileName: string, mediaType: string): string {
  const ending = mediaType === 'image/jpeg' ? 'jpg' : (documents[mediaType] ?? 'bin');
  const stem = [...(fileName.split(/[\\/]/).at(-1) ?? '')]
    .filter((letter) => letter >= ' ' && letter !== '\u007f' && !'"<>|:*?'.includes(letter))
    .join('')
    .replace(/\.[^.]*$/, '')
    .trim()
    .slice(0, 80);
  return `${stem || 'attachment'}.${ending}`;
}
