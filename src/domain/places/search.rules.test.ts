import { describe, expect, test } from 'vitest';
import { parseRoom, roomReadings, roomSpellings, unitLabel } from './room.rules.ts';
import { codeTokens, namePinyin, type Probe, parseQuery, searchTokens, textTokens } from './search.rules.ts';

const place = { building: '3', entrance: '1', room: '502' };

describe('a room is one room however it is written', () => {
  test.each([
    ['3-1-502', '3', '1', '502'],
    ['3栋1单元502', '3', '1', '502'],
    ['3号楼1单元502室', '3', '1', '502'],
    ['三栋一单元五零二', '3', '1', '502'],
    ['３栋１单元５０２', '3', '1', '502'],
    ['3幢 1单元 502房', '3', '1', '502'],
    ['3#-1-502', '3', '1', '502'],
    ['03栋1门502', '3', '1', '502'],
    ['3栋502', '3', null, '502'],
    ['3-502', '3', null, '502'],
    ['十二栋一百零一室', '12', null, '101'],
    ['1栋101', '1', null, '101'],
    ['A座1201', 'A', null, '1201'],
    ['a座1201', 'A', null, '1201'],
    ['澜庭阁1栋101', '澜庭阁1', null, '101'],
    ['1单元502', null, '1', '502'],
    ['101室', null, null, '101'],
    ['101', null, null, '101'],
    ['五零二', null, null, '502'],
    ['3栋-1单元-502', '3', '1', '502'],
    ['3栋0单元商铺12', '3', '', '商铺12'],
  ])('%s', (text, building, entrance, room) => {
    expect(parseRoom(text)).toEqual({ building, entrance, room });
  });

  test('words that name no room are none', () => {
    expect(['张三', '', '漏水', 'zhangsan', '栋', '三和苑'].map(parseRoom)).toEqual([
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  test('A1201 may be a room of that name or tower A', () => {
    expect(roomReadings('A1201')).toEqual([
      { building: null, entrance: null, room: 'A1201' },
      { building: 'A', entrance: null, room: '1201' },
    ]);
  });

  test('the label is short', () => {
    expect(unitLabel(place)).toBe('3-1-502');
    expect(unitLabel({ building: 'A', entrance: '', room: '1201' })).toBe('A-1201');
  });

  test('a unit has few spellings', () => {
    expect(roomSpellings(place)).toEqual(['3-1-502', '3-502', '*1-502', '502']);
    expect(roomSpellings({ building: '桂花苑3栋', entrance: '', room: '0101' })).toContain('3-101');
  });
});

/** A keyed hash in earnest is a matter of the service; here each number only has to look like no number. */
const hash = (digits: string) => `#${[...digits].map((digit) => 'abcdefghij'[Number(digit)]).join('')}`;

const tokens = searchTokens(
  {
    unit: place,
    parties: [
      { name: '张小明', phones: ['13812341234', '0755-22345678'] },
      { name: '单雄信', phones: [] },
    ],
    plates: ['京A12345'],
  },
  hash,
);

const finds = (probes: readonly Probe[], among: readonly string[]) =>
  probes.findIndex(
    (probe) =>
      among.some((token) => (probe.match === 'equal' ? token === probe.token : token.startsWith(probe.token))) &&
      (probe.also ?? []).every((also) => among.includes(also)),
  );

describe('a household is found in eight ways', () => {
  test.each([
    ['the room in full', '3栋1单元502'],
    ['the room with dashes', '3-1-502'],
    ['the room without its entrance', '3栋502'],
    ['the room in full-width digits', '３－１－５０２'],
    ['the room in Chinese numerals', '三栋五零二室'],
    ['the room alone', '502室'],
    ['the room while it is typed', '3栋5'],
    ['the building and entrance', '3栋1单元'],
    ['the name', '张小明'],
    ['one character', '张'],
    ['two characters', '小明'],
    ['pinyin', 'zhangxiaoming'],
    ['pinyin with a blank', 'zhang xiaoming'],
    ['pinyin half typed', 'zhangx'],
    ['initials', 'zxm'],
    ['initials in capitals', 'ZX'],
    ['the surname reading', 'shanxiongxin'],
    ['the common reading of a surname', 'danxiongxin'],
    ['the phone tail', '1234'],
    ['the full phone', '138 1234 1234'],
    ['the phone with +86', '+86 13812341234'],
    ['the landline', '0755-22345678'],
    ['the landline without area code', '22345678'],
    ['the plate', '京A12345'],
    ['the plate in small letters', '京a·123 45'],
    ['the plate without province', 'a12345'],
    ['the plate number', '12345'],
  ])('by %s', (_, query) => {
    expect(finds(parseQuery(query, hash), tokens)).toBeGreaterThanOrEqual(0);
  });

  test.each([['502'], ['1234'], ['张小明'], ['zxm'], ['13812341234'], ['京A12345']])(
    'the likeliest meaning of %s is asked before the third probe',
    (query) => {
      expect(finds(parseQuery(query, hash), tokens)).toBeLessThanOrEqual(2);
    },
  );

  test.each([['4栋1单元502'], ['李'], ['lisi'], ['5678901'], ['京B12345'], ['9999']])('but not by %s', (query) => {
    expect(finds(parseQuery(query, hash), tokens)).toBe(-1);
  });

  test('no token holds a phone number in the clear, and there are few', () => {
    expect(tokens.join(' ')).not.toMatch(/138|22345678|\b1234\b/);
    expect(tokens.length).toBeLessThan(32);
  });
});

test.each([
  ['曾', 'zeng'],
  ['仇英', 'qiuying'],
  ['单田芳', 'shantianfang'],
  ['解晓东', 'xiexiaodong'],
  ['欧阳修', 'ouyangxiu'],
  ['吕布', 'lvbu'],
])('the name %s sorts as %s', (name, key) => {
  expect(namePinyin(name)).toBe(key);
});

test('a long name or text stays below its ceiling', () => {
  const long = '深圳市祥和物业服务有限公司第一分公司澜悦华庭管理处工程部'.repeat(3);
  expect(searchTokens({ unit: place, parties: [{ name: long, phones: [] }], plates: [] }, hash).length).toBeLessThan(
    24,
  );
  // A thousand different pairs of characters, more than the ceiling.
  const novel = Array.from({ length: 1000 }, (_, at) => String.fromCodePoint(0x4e00 + at * 7)).join('');
  expect(textTokens(novel)).toHaveLength(400);
});

test.each([
  ['BX-2026-000123'],
  ['bx-2026-123'],
  ['bx123'],
  ['BX2026000123'],
  ['2026-123'],
  ['123'],
  ['000123'],
  ['ＢＸ１２３'],
])('the case BX-2026-000123 is found by %s', (query) => {
  expect(finds(parseQuery(query, hash), codeTokens('BX-2026-000123'))).toBeGreaterThanOrEqual(0);
});

test.each([['ts123'], ['124'], ['2025-123']])('the case BX-2026-000123 is not found by %s', (query) => {
  expect(finds(parseQuery(query, hash), codeTokens('BX-2026-000123'))).toBe(-1);
});

test('two characters of a text find its case, and so do four in a row', () => {
  const text = textTokens('厨房水管漏水，请尽快处理');
  expect(finds(parseQuery('漏水', hash), text)).toBeGreaterThanOrEqual(0);
  expect(finds(parseQuery('水管漏水', hash), text)).toBeGreaterThanOrEqual(0);
  expect(finds(parseQuery('电梯', hash), text)).toBe(-1);
});

test('a query of blanks asks nothing, and none asks much', () => {
  expect(parseQuery('  ', hash)).toEqual([]);
  for (const query of ['1', '张', '京A1', 'a1', '3栋', "'; drop table", '%_', '１２３４５６７８９']) {
    expect(parseQuery(query, hash).length).toBeLessThanOrEqual(8);
  }
});
