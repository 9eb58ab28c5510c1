// UUID v7: 48 bits of Unix milliseconds, then 74 random bits; sorts by time of making (RFC 9562). Where the time of making
// is nobody's to know: UUID v4, all random.

/** Fills the array with random bytes; handed over so that this file stays free of I/O. */
export type RandomBytes = (into: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;

/** Asked for by the page: a call of its own for each id costs more than the id. */
const page = new Uint8Array(4096);
let used = page.length;
const cryptoBytes: RandomBytes = (into) => {
  if (used + into.length > page.length) {
    globalThis.crypto.getRandomValues(page);
    used = 0;
  }
  into.set(page.subarray(used, used + into.length));
  used += into.length;
  return into;
};
/** The characters of an id, `-` where none of its bytes stands. */
const letters: number[] = Array(36).fill('-'.charCodeAt(0));
const placeOfByte = Array.from(
  { length: 16 },
  (_, byte) => 2 * byte + [4, 6, 8, 10].filter((cut) => byte >= cut).length,
);
const hexLetters = [...'0123456789abcdef'].map((letter) => letter.charCodeAt(0));

let lastMs = 0;
let lastSequence = 0;

/** A new id. Ids made in one process within one millisecond keep their order (12 bits count up). */
export function newId(atMs: number = Date.now(), random: RandomBytes = cryptoBytes): string {
  const bytes = random(new Uint8Array(16));
  if (atMs === lastMs) lastSequence = (lastSequence + 1) & 0xfff;
  else {
    lastMs = atMs;
    // Start low so that 3,000 more fit into the same millisecond before the counter wraps.
    lastSequence = (((bytes[6] ?? 0) << 8) | (bytes[7] ?? 0)) & 0x3ff;
  }
  let rest = atMs;
  for (let index = 5; index >= 0; index--) {
    bytes[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes[6] = 0x70 | (lastSequence >> 8);
  bytes[7] = lastSequence & 0xff;
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  for (let index = 0; index < 16; index++) {
    const place = placeOfByte[index] as number;
    const byte = bytes[index] as number;
    letters[place] = hexLetters[byte >> 4] as number;
    letters[place + 1] = hexLetters[byte & 15] as number;
  }
  // In one piece: joined bit by bit, each id would leave twenty strings behind.
  return String.fromCharCode(...letters);
}

/** An id that tells nothing, not even when it was made (UUID v4). */
export const randomId = (): string => globalThis.crypto.randomUUID();

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const isId = (text: string) => uuidPattern.test(text);

/** When an id of ours was made, to the millisecond. */
export const msOfId = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
