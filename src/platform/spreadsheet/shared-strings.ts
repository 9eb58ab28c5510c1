// The table of texts that the cells of a workbook point into. Kept as packed UTF-8 and an offset per
// text: a million short texts take about 25 MB, where a JavaScript array of strings takes 80.

import { Refusal } from '../../kernel/refusal.ts';
import { decodeEntities, XmlScan } from './xml-scan.ts';

export type StringLimits = {
  maxStrings: number;
  /** Bytes of UTF-8, all texts together. */
  maxStringBytes: number;
};

const blockBytes = 1 << 20;

export class SharedStrings {
  private readonly blocks: Buffer[] = [];
  private used = blockBytes;
  /** Per text: block, start, end. */
  private places = new Uint32Array(3 * 1024);
  private bytes = 0;
  count = 0;

  constructor(private readonly limits: StringLimits) {}

  add(text: string): void {
    if (this.count >= this.limits.maxStrings) throw tooManyStrings(this.limits.maxStrings);
    const length = Buffer.byteLength(text);
    this.bytes += length;
    if (this.bytes > this.limits.maxStringBytes) throw tooManyStrings(this.limits.maxStrings);
    if (this.used + length > blockBytes) {
      this.blocks.push(Buffer.allocUnsafeSlow(Math.max(blockBytes, length)));
      this.used = 0;
    }
    const block = this.blocks.length - 1;
    this.blocks[block]?.write(text, this.used);
    const at = this.count * 3;
    if (at + 3 > this.places.length) {
      const grown = new Uint32Array(this.places.length * 2);
      grown.set(this.places);
      this.places = grown;
    }
    this.places[at] = block;
    this.places[at + 1] = this.used;
    this.used += length;
    this.places[at + 2] = this.used;
    this.count++;
  }

  /** Null when the cell points past the table: the file is damaged. */
  at(index: number): string | null {
    if (!(index >= 0 && index < this.count)) return null;
    const block = this.blocks[this.places[index * 3] ?? 0];
    return block?.toString('utf8', this.places[index * 3 + 1], this.places[index * 3 + 2]) ?? null;
  }
}

const tooManyStrings = (limit: number) => new Refusal('spreadsheet.too_many_strings', { limit }, 413);

/** `_x000D_` and the like stand for characters that XML can't hold; `_x005F_` is the underscore itself. */
export const decodeOfficeEscapes = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;

/** A scan of `sharedStrings.xml` into the table. Phonetic readings (`rPh`) are left out. */
export function scanInto(table: SharedStrings): XmlScan {
  let text = '';
  let isInText = false;
  let phoneticDepth = 0;
  return new XmlScan({
    open(name, _attributes, isSelfClosing) {
      if (isSelfClosing) {
        if (name === 'si') table.add('');
        return;
      }
      if (name === 'si') text = '';
      else if (name === 't') isInText = phoneticDepth === 0;
      else if (name === 'rPh') phoneticDepth++;
    },
    close(name) {
      if (name === 't') isInText = false;
      else if (name === 'rPh') phoneticDepth--;
      else if (name === 'si') table.add(decodeOfficeEscapes(text));
    },
    text(raw) {
      if (isInText) text += decodeEntities(raw);
    },
  });
}
