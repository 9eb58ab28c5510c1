// Reads a line of a hotline's list 12345 热线 (one JSON object a line) as an old case, or says what is wrong with it.
import { atWallTime } from '../../kernel/time.ts';
import { parseWrittenTime } from '../../kernel/written-time.ts';
import { tidyText } from '../repairs/repair-import.rules.ts';
import type { HotlineFault, OldCase } from './hotline.contract.ts';
import { hotlineChannels, hotlineKinds } from './hotline.words.ts';

const longestText = 20_000;
const asText = (value: unknown): string => (typeof value === 'string' ? tidyText(value).slice(0, longestText) : '');
const wholeOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;

/** `seen`: ids of the lines before. All that is wrong with a line is said at once. */
export function readHotlineLine(
  line: number,
  written: string,
  seen: ReadonlySet<number>,
): { id: number; old: OldCase } | { faults: HotlineFault[] } {
  let row: Record<string, unknown>;
  try {
    const value: unknown = JSON.parse(written);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SyntaxError();
    row = value as Record<string, unknown>;
  } catch {
    return { faults: [{ line, code: 'not_json' }] };
  }
  const faults: HotlineFault[] = [];
  const wrong = (code: HotlineFault['code']) => void faults.push({ line, code });
  const id = wholeOf(row.id);
  if (id === null || id === 0) wrong('id');
  else if (seen.has(id)) wrong('duplicate');
  const originalKind = asText(row.kind);
  const kind = Object.hasOwn(hotlineKinds, originalKind) ? hotlineKinds[originalKind] : undefined;
  if (kind === undefined) wrong('kind');
  const originalChannel = asText(row.channel).toLowerCase();
  const channel = Object.hasOwn(hotlineChannels, originalChannel) ? hotlineChannels[originalChannel] : undefined;
  if (channel === undefined) wrong('channel');
  const wall = parseWrittenTime(asText(row.date));
  if (wall === null) wrong('date');
  if (row.identity !== 'anonymous' && row.identity !== 'named') wrong('identity');
  const transfers = wholeOf(row.transfers);
  if (transfers === null) wrong('transfers');
  const [title, text] = [asText(row.title), asText(row.text)];
  if (title === '' && text === '') wrong('text');
  if (faults.length > 0 || id === null || kind === undefined || channel === undefined || wall === null)
    return { faults };
  const reply = asText(row.reply);
  return {
    id,
    old: {
      sourceKey: `hotline:${id}`,
      kind,
      channel,
      receivedAt: atWallTime(wall.slice(0, 10), wall.slice(11)),
      text: title !== '' && !text.startsWith(title) ? `${title}\n${text}`.trim() : text,
      contactName: null,
      reply: reply === '' ? null : reply,
      origin: {
        source: 'hotline',
        kind: originalKind,
        channel: originalChannel,
        anonymous: row.identity === 'anonymous',
        transfers,
      },
    },
  };
}
