// The tokens 检索词 by which households, people and cases are found, and which of them a typed query
// asks for. Asked by `=` and by prefix (`^@`) only: anything cleverer loses its index behind the walls.
// The first letter says what kind a token is, so that a phone tail can't meet a room number.

import { pinyin } from 'pinyin-pro';
import { dialledDigits, normalisePhone } from '../parties/phone.rules.ts';
import { normalisePlate, platePart } from '../parties/plate.rules.ts';
import { roomReadings, roomSpellings, spellingOf, squeezeRoom, type UnitPlace } from './room.rules.ts';

/** A keyed hash (the key never leaves the program), as text; handed over so that the rules hold no key. */
export type PhoneHash = (digits: string) => string;

export const tokenKinds = {
  room: 'r:',
  word: 'w:',
  pinyin: 'p:',
  initials: 'i:',
  phone: 'h:',
  phoneTail: 't:',
  plate: 'c:',
  code: 'n:',
  bigram: 'b:',
} as const;
export type TokenKind = keyof typeof tokenKinds;

/** Ceilings per noun: a long company name or a novel in a complaint must not fill the table. */
const maxNameTokens = 12;
const maxReadings = 6;
const maxTextTokens = 400;
const longestToken = 64;

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().trim();
const token = (kind: TokenKind, text: string): string => tokenKinds[kind] + text.slice(0, longestToken);

export const unitTokens = (unit: UnitPlace): string[] => roomSpellings(unit).map((spelling) => token('room', spelling));

/**
 * A name as a whole and each of its tails from the second character on: two characters anywhere in the name
 * are then the start of a token, and a name of three costs two tokens, no more than its bigrams would.
 */
function nameTokens(name: string): string[] {
  const tokens = new Set<string>();
  for (const word of fold(name).split(/[\s·•,，、()（）]+/)) {
    if (word === '') continue;
    tokens.add(token('word', word));
    const chars = [...word];
    if (!/\p{Script=Han}/u.test(word)) continue;
    for (let from = 1; from + 2 <= chars.length && tokens.size < maxNameTokens; from++) {
      tokens.add(token('word', chars.slice(from).join('')));
    }
  }
  return [...tokens].slice(0, maxNameTokens);
}

const readingsOfChar = new Map<string, readonly string[]>();

/** All readings of a character, the usual one first. 吕 is typed lv and lu. */
function readingsOf(char: string): readonly string[] {
  const known = readingsOfChar.get(char);
  if (known !== undefined) return known;
  const plain = pinyin(char, { toneType: 'none', type: 'array', multiple: true, v: true }).flatMap((reading) =>
    reading.includes('v') ? [reading, reading.replace('v', 'u')] : [reading],
  );
  const readings = [...new Set(plain)].filter((reading) => /^[a-z]+$/.test(reading));
  readingsOfChar.set(char, readings);
  return readings;
}

const readingsOfHead = new Map<string, readonly string[]>();
/** Names begin with few different pairs; the ceiling keeps a hostile file from filling the memory. */
const maxHeads = 20_000;

/** The first two characters as the start of a name: 单 shan, 曾 zeng, 仇 qiu, 尉迟 yu chi. */
function headReadings(head: string): readonly string[] {
  const known = readingsOfHead.get(head);
  if (known !== undefined) return known;
  const readings = pinyin(head, { toneType: 'none', type: 'array', surname: 'head', v: true });
  if (readingsOfHead.size >= maxHeads) readingsOfHead.clear();
  readingsOfHead.set(head, readings);
  return readings;
}

/**
 * Pinyin of a name, without tones, by each sensible reading: the surname reading first (单 shan, 曾 zeng, 仇 qiu),
 * then what people type who don't know it (dan, ceng, chou).
 */
export function pinyinOf(name: string): { full: string; initials: string }[] {
  const chars = [...fold(name)].filter((char) => /\p{Script=Han}/u.test(char)).slice(0, 12);
  if (chars.length === 0) return [];
  const asName =
    chars.length > 4
      ? pinyin(chars.join(''), { toneType: 'none', type: 'array', surname: 'head', v: true })
      : headReadings(chars.slice(0, 2).join(''));
  let readings: string[][] = [[]];
  for (const [index, char] of chars.entries()) {
    const usual = asName[index];
    const all = new Set([...(usual === undefined ? [] : [usual]), ...readingsOf(char)]);
    // Beyond four characters it is a company: its usual reading is enough.
    const taken = [...all].filter((reading) => /^[a-z]+$/.test(reading)).slice(0, chars.length > 4 ? 1 : 3);
    if (taken.length === 0) continue;
    // The usual reading of each is combined first; when the ceiling is met, rare combinations fall away.
    const next = taken.flatMap((reading) => readings.map((before) => [...before, reading]));
    readings = next.slice(0, maxReadings);
  }
  const seen = new Map<string, string>();
  for (const reading of readings) seen.set(reading.join(''), reading.map((syllable) => syllable[0]).join(''));
  return [...seen].filter(([full]) => full !== '').map(([full, initials]) => ({ full, initials }));
}

/** The sort key of a Chinese name (`parties.name_pinyin`). */
export const namePinyin = (name: string): string => pinyinOf(name)[0]?.full ?? fold(name);

export type PartyFacts = { name: string; phones: readonly string[]; plates?: readonly string[] };

export function partyTokens(party: PartyFacts, hash: PhoneHash): string[] {
  const tokens = new Set<string>(nameTokens(party.name));
  for (const { full, initials } of pinyinOf(party.name)) {
    tokens.add(token('pinyin', full));
    if (initials.length > 1) tokens.add(token('initials', initials));
  }
  for (const phone of party.phones) for (const each of phoneTokens(phone, hash)) tokens.add(each);
  for (const plate of party.plates ?? []) for (const each of plateTokens(plate)) tokens.add(each);
  return [...tokens];
}

export function phoneTokens(phone: string, hash: PhoneHash): string[] {
  const digits = dialledDigits(phone);
  if (digits.length < 5) return [];
  const tokens = [token('phone', hash(digits)), token('phoneTail', hash(digits.slice(-4)))];
  // A landline is also asked for without its area code.
  const local = /^0\d{2,3}-(\d{7,8})/.exec(phone)?.[1];
  if (local !== undefined) tokens.push(token('phone', hash(local)));
  return tokens;
}

/** 京A12345 is found by the whole, by A12345 and by 12345. */
export function plateTokens(plate: string): string[] {
  const whole = normalisePlate(plate);
  return whole === null ? [] : [whole, whole.slice(1), whole.slice(2)].map((part) => token('plate', part));
}

export type HouseholdFacts = {
  unit: UnitPlace;
  parties: readonly { name: string; phones: readonly string[] }[];
  plates: readonly string[];
};

/** All tokens of a household at once, each once. */
export function searchTokens(household: HouseholdFacts, hash: PhoneHash): string[] {
  const tokens = new Set(unitTokens(household.unit));
  for (const party of household.parties) for (const each of partyTokens(party, hash)) tokens.add(each);
  for (const plate of household.plates) for (const each of plateTokens(plate)) tokens.add(each);
  return [...tokens];
}

/** Pairs of neighbouring characters of a text and its Latin words, from the start, up to a ceiling. */
export function textTokens(text: string, limit: number = maxTextTokens): string[] {
  const tokens = new Set<string>();
  for (const run of fold(text).matchAll(/\p{Script=Han}+|[a-z0-9]{2,20}/gu)) {
    const chars = [...run[0]];
    if (!/\p{Script=Han}/u.test(run[0])) tokens.add(token('bigram', run[0]));
    else
      for (let at = 1; at < chars.length && tokens.size < limit; at++)
        tokens.add(`${tokenKinds.bigram}${chars[at - 1]}${chars[at]}`);
    if (tokens.size >= limit) break;
  }
  return [...tokens].slice(0, limit);
}

const codePattern = /^([A-Z]{2})?-?(?:(\d{4}|\d{8})-)?0*(\d{1,9})$/;

/** BX-2026-000123 is found as bx-2026-123, bx123, 2026-123 and 123 (spec/12: without prefix, year or zeros). */
export function codeTokens(code: string): string[] {
  const parts = /^([A-Z]{2})-(\d{4}|\d{8})-0*(\d+)$/.exec(code);
  if (parts === null) return [token('code', code)];
  const [, series = '', year = '', number = ''] = parts;
  return [`${series}-${year}-${number}`, `${series}${number}`, `${year}-${number}`, number].map((form) =>
    token('code', form),
  );
}

export type CodeReading = { series: string | null; year: string | null; number: string };

/** What code the text may name, or null. */
export function parseCode(text: string): CodeReading | null {
  const squeezed = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s]/g, '')
    .replace(/[‐-―−_/]/g, '-');
  const parts = codePattern.exec(squeezed);
  // BX2026000123: the year stands right behind the letters when the whole is written without dashes.
  const glued = /^([A-Z]{2})(20\d\d)(\d{6})$/.exec(squeezed);
  if (glued !== null)
    return { series: glued[1] ?? null, year: glued[2] ?? null, number: (glued[3] ?? '').replace(/^0+(?=\d)/, '') };
  if (parts === null) return null;
  return { series: parts[1] ?? null, year: parts[2] ?? null, number: parts[3] ?? '' };
}

export const codeSpelling = (code: CodeReading): string =>
  code.series !== null && code.year !== null
    ? `${code.series}-${code.year}-${code.number}`
    : code.series !== null
      ? `${code.series}${code.number}`
      : code.year !== null
        ? `${code.year}-${code.number}`
        : code.number;

export type Probe = {
  kind: TokenKind;
  match: 'equal' | 'prefix';
  token: string;
  /** Further tokens that the same noun must have too, each asked by `=`. */
  also?: readonly string[];
};

/** At most this many probes per query; each is one index range. */
const maxProbes = 8;

/** What to ask the token table for, the likeliest first. Empty when the query says nothing. */
export function parseQuery(text: string, hash: PhoneHash): Probe[] {
  const query = fold(text).slice(0, 60);
  if (query === '') return [];
  const probes: Probe[] = [];
  const ask = (kind: TokenKind, match: Probe['match'], body: string, also?: readonly string[]) => {
    const wanted = token(kind, body);
    if (probes.some((probe) => probe.token === wanted && probe.match === match)) return;
    probes.push(
      also === undefined || also.length === 0 ? { kind, match, token: wanted } : { kind, match, token: wanted, also },
    );
  };

  const code = parseCode(query);
  if (code !== null && (code.series !== null || code.year !== null)) ask('code', 'equal', codeSpelling(code));

  const phone = normalisePhone(query);
  if ('phone' in phone && /\d{7}/.test(dialledDigits(phone.phone)))
    ask('phone', 'equal', hash(dialledDigits(phone.phone)));

  const plate = normalisePlate(query);
  if (plate !== null) ask('plate', 'equal', plate);

  const isHan = /\p{Script=Han}/u.test(query);
  const isLatin = /^[a-z' ]+$/.test(query);
  if (!isLatin && probes.length === 0) {
    for (const reading of roomReadings(query).slice(0, 3)) {
      ask('room', 'equal', spellingOf(reading));
    }
    const first = roomReadings(query)[0];
    if (first !== undefined) ask('room', 'prefix', spellingOf(first));
    // 3栋, 3-, 3栋1单元: the start of a room while it is being typed.
    else if (/\d/.test(query)) {
      const start = squeezeRoom(query)
        .replace(/(?:栋|幢|座|号楼|楼|#|单元|门|梯)/g, '-')
        .replace(/-+/g, '-');
      if (/^[0-9A-Z\p{Script=Han}-]{1,20}$/u.test(start)) ask('room', 'prefix', start);
    }
  }
  if (/^\d{4}$/.test(query)) ask('phoneTail', 'equal', hash(query));
  if (code !== null && code.series === null && code.year === null && query.length <= 7)
    ask('code', 'equal', code.number);
  if (plate === null && platePart(query) !== null) ask('plate', 'prefix', platePart(query) ?? '');

  if (isHan) {
    const words = query.split(/[\s·•,，、()（）]+/).filter((word) => word !== '');
    ask('word', 'prefix', words[0] ?? query);
    const pairs = textTokens(query, 6);
    const [pair, ...others] = pairs;
    if (pair !== undefined) ask('bigram', 'equal', pair.slice(tokenKinds.bigram.length), others);
  } else if (isLatin) {
    const letters = query.replace(/[' ]/g, '');
    // zs: two or three letters are more often initials; longer ones a spelled name.
    if (letters.length >= 2 && letters.length <= 4) ask('initials', 'prefix', letters);
    ask('pinyin', 'prefix', letters);
    if (letters.length > 4 && letters.length <= 12) ask('initials', 'equal', letters);
    ask('word', 'prefix', query.split(' ')[0] ?? query);
    if (letters.length > 1) ask('bigram', 'equal', letters);
  }
  return probes.slice(0, maxProbes);
}
