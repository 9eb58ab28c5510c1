import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import ExcelJs from 'exceljs';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { Refusal } from '../../kernel/refusal.ts';
import type { SheetRow } from '../../kernel/sheet.ts';
import { isDateFormat, wallTimeOfSerial } from './number-formats.ts';
import { openWorkbook, readWorkbook, type WorkbookLimits, workbookLimits } from './read-workbook.ts';
import { workbookBytes } from './write-workbook.ts';
import { attributeOf, decodeEntities, XmlScan } from './xml-scan.ts';

async function rowsOf(source: string | Buffer, limits: WorkbookLimits = workbookLimits): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const row of readWorkbook(source, limits)) rows.push(row);
  return rows;
}

async function codeOf(source: string | Buffer, limits: Partial<WorkbookLimits> = {}): Promise<string> {
  try {
    await rowsOf(source, { ...workbookLimits, ...limits });
    return 'read';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

type Part = { name: string; body: string | Buffer; crc?: number };

/** A zip from raw bytes, so that tests can make files no program would write. */
function zipOf(parts: readonly Part[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, body, crc } of parts) {
    const plain = Buffer.isBuffer(body) ? body : Buffer.from(body);
    const packed = deflateRawSync(plain);
    const nameBytes = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc ?? crc32(plain), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(plain.length, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), common, nameBytes, packed]);
    const central = Buffer.alloc(46);
    central.write('504b0102', 0, 'hex');
    central.writeUInt16LE(20, 4);
    common.copy(central, 6);
    central.writeUInt32LE(offset, 42);
    directory.push(Buffer.concat([central, nameBytes]));
    bodies.push(local);
    offset += local.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('504b0506', 0, 'hex');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, list, end]);
}

const rels = (body: string) =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${body}</Relationships>`;
const kinds = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

function xlsxOf(
  sheet: string | Buffer,
  more: { strings?: string; styles?: string; workbookPr?: string; crc?: number } = {},
) {
  return zipOf([
    { name: '[Content_Types].xml', body: '<Types/>' },
    {
      name: '_rels/.rels',
      body: rels(`<Relationship Id="r1" Type="${kinds}/officeDocument" Target="xl/workbook.xml"/>`),
    },
    {
      name: 'xl/workbook.xml',
      body: `<workbook xmlns:r="${kinds}">${more.workbookPr ?? ''}<sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      body: rels(
        `<Relationship Id="rId1" Type="${kinds}/worksheet" Target="worksheets/sheet1.xml"/>` +
          `<Relationship Id="rId2" Type="${kinds}/sharedStrings" Target="/xl/sharedStrings.xml"/>` +
          `<Relationship Id="rId3" Type="${kinds}/styles" Target="styles.xml"/>`,
      ),
    },
    ...(more.strings === undefined ? [] : [{ name: 'xl/sharedStrings.xml', body: more.strings }]),
    ...(more.styles === undefined ? [] : [{ name: 'xl/styles.xml', body: more.styles }]),
    { name: 'xl/worksheets/sheet1.xml', body: sheet, ...(more.crc === undefined ? {} : { crc: more.crc }) },
  ]);
}

const sheetOf = (rows: string, after = '') => `<worksheet><sheetData>${rows}</sheetData>${after}</worksheet>`;

describe('a workbook that a spreadsheet program wrote', () => {
  test('gives texts, numbers, dates, booleans, formulas, errors and rich text with their kinds', async () => {
    const book = new ExcelJs.Workbook();
    const page = book.addWorksheet('房屋');
    page.addRow(['楼栋', 94.56, new Date(Date.UTC(2019, 1, 28, 11, 25, 5)), true]);
    page.getCell('A2').value = { formula: 'B1*2', result: 189.12 };
    page.getCell('B2').value = { error: '#N/A' };
    page.getCell('C2').value = { richText: [{ text: '三栋' }, { text: '502', font: { bold: true } }] };
    page.getCell('E2').value = 'A & <B> "引号"\n第二行 😀';
    page.getCell('C1').numFmt = 'yyyy\\-mm\\-dd hh:mm:ss';
    const rows = await rowsOf(Buffer.from(await book.xlsx.writeBuffer()));
    expect(rows.map((row) => row.row)).toEqual([1, 2]);
    expect(rows[0]?.cells).toEqual([
      { kind: 'text', value: '楼栋', text: '楼栋' },
      { kind: 'number', value: 94.56, text: '94.56' },
      { kind: 'date', value: '2019-02-28 11:25:05', text: '2019-02-28 11:25:05' },
      { kind: 'boolean', value: true, text: 'TRUE' },
    ]);
    expect(rows[1]?.cells[0]).toEqual({ kind: 'formula', value: 189.12, text: '189.12' });
    expect(rows[1]?.cells[1]).toEqual({ kind: 'error', value: '#N/A', text: '#N/A' });
    expect(rows[1]?.cells[2]?.text).toBe('三栋502');
    expect(rows[1]?.cells[3]).toBeUndefined();
    expect(rows[1]?.cells[4]?.text).toBe('A & <B> "引号"\n第二行 😀');
  });

  test('repeats a merged region in every cell it covers and says so', async () => {
    const book = new ExcelJs.Workbook();
    const page = book.addWorksheet('房屋');
    page.addRow(['1栋', '101']);
    page.addRow([null, '102']);
    page.addRow(['2栋', '201']);
    page.mergeCells('A1:A2');
    const rows = await rowsOf(Buffer.from(await book.xlsx.writeBuffer()));
    expect(rows.map((row) => [row.cells[0]?.text, row.cells[0]?.merged])).toEqual([
      ['1栋', 'anchor'],
      ['1栋', 'covered'],
      ['2栋', undefined],
    ]);
    expect(rows[0]?.sheet.merges).toEqual([{ top: 1, left: 1, bottom: 2, right: 1 }]);
  });

  test('marks hidden sheets and hidden rows', async () => {
    const book = new ExcelJs.Workbook();
    book.addWorksheet('看得见').addRow(['a']);
    const page = book.addWorksheet('藏着', { state: 'hidden' });
    page.addRow(['b']).hidden = true;
    const rows = await rowsOf(Buffer.from(await book.xlsx.writeBuffer()));
    expect(rows.map((row) => [row.sheet.name, row.sheet.isHidden, row.isHidden])).toEqual([
      ['看得见', false, false],
      ['藏着', true, true],
    ]);
  });

  test('reads from a path as from bytes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sheet-'));
    try {
      const path = join(folder, 'a.xlsx');
      await writeFile(path, await workbookBytes([{ name: 'a', columns: [{ header: '楼栋' }], rows: [['1栋']] }]));
      expect((await rowsOf(path)).map((row) => row.cells[0]?.text)).toEqual(['楼栋', '1栋']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('quirks of other writers', () => {
  test('prefixed elements, missing references, phonetic runs, office escapes and self-closing cells', async () => {
    const rows = await rowsOf(
      xlsxOf(
        '<x:worksheet><x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c><x:c/><x:c t="inlineStr"><x:is><x:t>内联</x:t></x:is></x:c></x:row>' +
          '<x:row r="5"><x:c r="C5" t="str"><x:v>x</x:v></x:c></x:row></x:sheetData></x:worksheet>',
        {
          strings:
            '<sst><si><t>张</t><rPh sb="0" eb="1"><t>zhang</t></rPh><r><t xml:space="preserve"> 三_x000D_</t></r></si></sst>',
        },
      ),
    );
    expect(rows.map((row) => row.row)).toEqual([1, 5]);
    expect(rows[0]?.cells.map((cell) => cell?.text)).toEqual(['张 三\r', undefined, '内联']);
    expect(rows[1]?.cells[2]?.text).toBe('x');
  });

  test('a number is a date only by its style, in the 1900 and the 1904 system', async () => {
    const styles =
      '<styleSheet><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/></numFmts>' +
      '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="176"/><xf numFmtId="31"/></cellXfs></styleSheet>';
    const sheet = sheetOf(
      '<row r="1"><c r="A1"><v>43466</v></c><c r="B1" s="1"><v>43466</v></c><c r="C1" s="2"><v>43466.5</v></c></row>',
    );
    const texts = async (file: Buffer) => (await rowsOf(file))[0]?.cells.map((cell) => cell?.text);
    expect(await texts(xlsxOf(sheet, { styles }))).toEqual(['43466', '2019-01-01', '2019-01-01 12:00:00']);
    expect(await texts(xlsxOf(sheet, { styles, workbookPr: '<workbookPr date1904="1"/>' }))).toEqual([
      '43466',
      '2023-01-02',
      '2023-01-02 12:00:00',
    ]);
  });

  test.each([
    ['yyyy\\-mm\\-dd\\ hh:mm:ss', true],
    ['[$-804]AM/PM h:mm', true],
    ['[h]:mm', true],
    ['General', false],
    ['G/通用格式', false],
    ['0.00"days"', false],
    ['[Red]#,##0', false],
    ['@', false],
  ])('the format %s shows a date: %s', (format, isDate) => {
    expect(isDateFormat(format)).toBe(isDate);
  });

  test.each([
    [1, '1900-01-01 00:00:00'],
    [59, '1900-02-28 00:00:00'],
    [61, '1900-03-01 00:00:00'],
    [43808.449375, '2019-12-09 10:47:06'],
    [0.5, null],
    [3_000_000, null],
  ])('the serial number %s stands for %s', (serial, wall) => {
    expect(wallTimeOfSerial(serial, false)).toBe(wall);
  });
});

describe('files that are refused', () => {
  const good = xlsxOf(sheetOf('<row r="1"><c r="A1"><v>1</v></c></row>'));

  test('a whole one is read', async () => {
    expect(await codeOf(good)).toBe('read');
  });

  test('a file cut at any place is damaged, never half a list', async () => {
    const rows = Array.from({ length: 400 }, (_, index) => ['1栋', String(index)]);
    const whole = await workbookBytes([{ name: 'a', columns: [{ header: '楼栋' }, { header: '房号' }], rows }]);
    for (let part = 1; part < 20; part++) {
      expect(await codeOf(whole.subarray(0, Math.floor((whole.length * part) / 20)))).toBe('spreadsheet.damaged');
    }
  });

  test.each([
    ['a byte that changed on the way', () => xlsxOf(sheetOf('<row r="1"/>'), { crc: 12 }), 'spreadsheet.damaged'],
    [
      'a sheet that stops in the middle',
      () => xlsxOf('<worksheet><sheetData><row r="1"><c r="A1"><v>1'),
      'spreadsheet.damaged',
    ],
    [
      'a cell pointing past the texts',
      () => xlsxOf(sheetOf('<row r="1"><c r="A1" t="s"><v>7</v></c></row>')),
      'spreadsheet.damaged',
    ],
    ['rows in the wrong order', () => xlsxOf(sheetOf('<row r="2"/><row r="1"/>')), 'spreadsheet.damaged'],
    [
      'a document type with entities',
      () => xlsxOf('<!DOCTYPE a [<!ENTITY x "y">]><worksheet><sheetData/></worksheet>'),
      'spreadsheet.damaged',
    ],
    ['plain text', () => Buffer.from('楼栋,单元\n'), 'spreadsheet.not_xlsx'],
    ['an empty file', () => Buffer.alloc(0), 'spreadsheet.not_xlsx'],
    ['another zip', () => zipOf([{ name: 'readme.txt', body: 'x' }]), 'spreadsheet.not_xlsx'],
    [
      'an old xls',
      () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('Workbook', 'utf16le')]),
      'spreadsheet.old_xls',
    ],
    [
      'one with a password',
      () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
      'spreadsheet.encrypted',
    ],
    [
      'a cell in the last column',
      () => xlsxOf(sheetOf('<row r="1"><c r="XFD1"><v>1</v></c></row>')),
      'spreadsheet.too_large',
    ],
  ])('%s', async (_, make, code) => {
    expect(await codeOf(make())).toBe(code);
  });

  test('a zip bomb is stopped by its ratio and by its size, before a row is handed out', async () => {
    const bomb = xlsxOf(Buffer.concat([Buffer.from('<worksheet>'), Buffer.alloc(20 * 1024 * 1024, 32)]));
    expect(bomb.length).toBeLessThan(100_000);
    expect(await codeOf(bomb)).toBe('spreadsheet.too_large');
    expect(await codeOf(bomb, { maxRatio: 100_000, maxInflatedBytes: 1024 * 1024 })).toBe('spreadsheet.too_large');
  });

  test('a million shared texts are read; more than the limit is refused', async () => {
    const strings = `<sst>${Array.from({ length: 1_000_000 }, (_, index) => `<si><t>住户${index}</t></si>`).join('')}</sst>`;
    const file = xlsxOf(sheetOf('<row r="1"><c r="A1" t="s"><v>999999</v></c></row>'), { strings });
    expect((await rowsOf(file))[0]?.cells[0]?.text).toBe('住户999999');
    expect(await codeOf(file, { maxStrings: 900_000 })).toBe('spreadsheet.too_many_strings');
    expect(await codeOf(file, { maxStringBytes: 1_000_000 })).toBe('spreadsheet.too_many_strings');
  });
});

describe('the scanner says what a full XML parser says', () => {
  const xml =
    '<?xml version="1.0"?><!-- a > b --><w:a xmlns:w="u" x="1 > 0" y=\'"\'><b/>t1 &amp; t2<c q="&lt;">中文😀</c><![CDATA[<raw & text>]]></w:a >';

  function eventsOfScan(chunks: readonly string[]): string[] {
    const events: string[] = [];
    const say = (text: string) => {
      const last = events.at(-1);
      if (last?.startsWith('text ')) events[events.length - 1] = last + text;
      else events.push(`text ${text}`);
    };
    const scan = new XmlScan({
      open(name, attributes, isSelfClosing) {
        events.push(`open ${name} ${['x', 'y', 'q'].map((key) => attributeOf(attributes, key) ?? '').join('|')}`);
        if (isSelfClosing) events.push(`close ${name}`);
      },
      close: (name) => events.push(`close ${name}`),
      text: (raw) => say(decodeEntities(raw)),
    });
    for (const chunk of chunks) scan.write(chunk);
    scan.end();
    return events;
  }

  function eventsOfSaxes(): string[] {
    const events: string[] = [];
    const say = (text: string) => {
      const last = events.at(-1);
      if (last?.startsWith('text ')) events[events.length - 1] = last + text;
      else events.push(`text ${text}`);
    };
    const parser = new SaxesParser({ xmlns: true });
    parser.on('opentag', (tag) =>
      events.push(`open ${tag.local} ${['x', 'y', 'q'].map((key) => tag.attributes[key]?.value ?? '').join('|')}`),
    );
    parser.on('closetag', (tag) => events.push(`close ${tag.local}`));
    parser.on('text', say);
    parser.on('cdata', say);
    parser.write(xml).close();
    return events;
  }

  test('however the stream is cut into chunks', () => {
    const expected = eventsOfSaxes();
    expect(expected.length).toBeGreaterThan(6);
    for (let size = 1; size <= xml.length; size++) {
      const chunks = Array.from({ length: Math.ceil(xml.length / size) }, (_, index) =>
        xml.slice(index * size, (index + 1) * size),
      );
      expect(eventsOfScan(chunks)).toEqual(expected);
    }
  });
});

test('text that starts like a formula leaves a written workbook as text', async () => {
  const file = await workbookBytes([
    { name: '导出', columns: [{ header: '内容' }], rows: [['=1+1'], ['+86 138'], ['-5'], ['@x'], ['第一行\u0000']] },
  ]);
  const texts = (await rowsOf(file)).map((row) => row.cells[0]);
  expect(texts.map((cell) => cell?.text)).toEqual(['内容', "'=1+1", "'+86 138", '-5', "'@x", '第一行']);
  expect(texts.every((cell) => cell?.kind === 'text')).toBe(true);
});

test('an open workbook can be closed without reading a row', async () => {
  const book = await openWorkbook(await workbookBytes([{ name: 'a', columns: [{ header: 'x' }], rows: [] }]));
  expect(book.sheets.map((sheet) => sheet.name)).toEqual(['a']);
  book.close();
});
