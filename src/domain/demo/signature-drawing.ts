// A few scribbles that stand for signatures 签字 in the demo: drawn from numbers, so that nobody's hand is in them.
import { crc32, deflateSync } from 'node:zlib';
import type { Random } from './seeded-random.rules.ts';

const width = 240;
const height = 90;

/** A PNG data URL of a pen line that swings to the right. */
export function drawSignature(random: Random): string {
  const rows = Buffer.alloc((width + 1) * height, 255);
  for (let row = 0; row < height; row++) rows[row * (width + 1)] = 0;
  const dot = (x: number, y: number) => {
    for (const [dx, dy] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const) {
      const column = Math.round(x) + dx;
      const row = Math.round(y) + dy;
      if (column >= 0 && column < width && row >= 0 && row < height) rows[row * (width + 1) + 1 + column] = 30;
    }
  };
  const [fast, slow, tilt] = [0.14 + random.next() * 0.12, 0.03 + random.next() * 0.03, random.next() - 0.5];
  for (let step = 0; step < 1800; step++) {
    const t = step / 9;
    dot(
      20 + t + 14 * Math.sin(t * fast * 1.7),
      45 + tilt * (t - 100) * 0.2 + 22 * Math.sin(t * fast) * Math.cos(t * slow),
    );
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // 8 bits of grey.
  header.set([8, 0, 0, 0, 0], 8);
  const png = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return `data:image/png;base64,${png.toString('base64')}`;
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(body.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}
