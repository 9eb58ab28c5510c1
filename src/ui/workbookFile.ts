// A list as an .xlsx file, made in the browser from the rows a person may see: text cells only, so that numbers of
// orders, rooms and telephones stay as they are. A zip of stored (uncompressed) parts needs no library.

import { forbiddenInXml, longestCell, withoutFormula } from '../kernel/sheet.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const crcTable = Uint32Array.from({ length: 256 }, (_, start) => {
  let value = start;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (crcTable[(crc ^ byte) & 0xff] as number);
  return (crc ^ 0xffffffff) >>> 0;
}

/** Little-endian fields of a zip header: `[bytes, value]`. */
function header(fields: readonly (readonly [2 | 4, number])[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of fields) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}

/** 1980-01-01: the oldest day a zip can name; the file's own day is the download's. */
const zipDay = 0x21;
const utf8Names = 0x800;

function zip(parts: readonly (readonly [name: string, text: string])[]): Uint8Array<ArrayBuffer> {
  const pieces: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [name, text] of parts) {
    const [path, body] = [encode(name), encode(text)];
    const facts = [
      [2, 20],
      [2, utf8Names],
      [2, 0],
      [2, 0],
      [2, zipDay],
      [4, crc32(body)],
      [4, body.length],
      [4, body.length],
      [2, path.length],
      [2, 0],
    ] as const;
    pieces.push(header([[4, 0x04034b50], ...facts]), path, body);
    directory.push(header([[4, 0x02014b50], [2, 20], ...facts, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]]), path);
    offset += 30 + path.length + body.length;
  }
  const size = directory.reduce((sum, piece) => sum + piece.length, 0);
  const end = header([
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, parts.length],
    [2, parts.length],
    [4, size],
    [4, offset],
    [2, 0],
  ]);
  const all = [...pieces, ...directory, end];
  const file = new Uint8Array(all.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of all) {
    file.set(piece, at);
    at += piece.length;
  }
  return file;
}

const escaped = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const cellText = (value: string): string =>
  escaped(withoutFormula(value.replace(forbiddenInXml, '').slice(0, longestCell)));

const cell = (value: string, style: number): string =>
  `<c t="inlineStr" s="${style}"><is><t xml:space="preserve">${cellText(value)}</t></is></c>`;
const rowOf = (cells: readonly string[], style: number): string =>
  `<row>${cells.map((value) => cell(value, style)).join('')}</row>`;

const top = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageSpace = 'http://schemas.openxmlformats.org/package/2006';
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

export const workbookType = `${types}.sheet`;

/** One sheet: a bold head that stays in sight, then the rows. `widths` in letters. */
export function workbookFile(sheet: {
  name: string;
  head: readonly string[];
  widths: readonly number[];
  rows: readonly (readonly string[])[];
}): Uint8Array<ArrayBuffer> {
  const columns = sheet.widths
    .map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`)
    .join('');
  const body = [rowOf(sheet.head, 1), ...sheet.rows.map((row) => rowOf(row, 2))].join('');
  return zip([
    [
      '[Content_Types].xml',
      `${top}<Types xmlns="${packageSpace}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/></Types>`,
    ],
    [
      '_rels/.rels',
      `${top}<Relationships xmlns="${packageSpace}/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${top}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${escaped(sheet.name)}" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${top}<Relationships xmlns="${packageSpace}/relationships"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    ],
    [
      'xl/styles.xml',
      `${top}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    ],
    [
      'xl/worksheets/sheet1.xml',
      `${top}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns}</cols><sheetData>${body}</sheetData></worksheet>`,
    ],
  ]);
}

/** Hands a file over to the browser's downloads. */
export function download(bytes: Uint8Array<ArrayBuffer>, type: string, name: string): void {
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken hold of it by then; at once would be too early for some.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
