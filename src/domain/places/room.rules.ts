// How people write a room 房号 and which one way we keep it: 3栋1单元502, 三号楼一单元五零二室, 3-1-502
// and 3#502 all name building 3, entrance 1 or none, room 502.

/** In normal form: no 栋, 单元, 室; digits half-width, without leading zeros; letters in capitals. */
export type RoomParts = { building: string | null; entrance: string | null; room: string };

/** A unit's place with every part known; `entrance` is `''` in a building without entrances. */
export type UnitPlace = { building: string; entrance: string; room: string };

const digitOf: Record<string, number> = {
  〇: 0,
  零: 0,
  一: 1,
  幺: 1,
  壹: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const unitOf: Record<string, number> = { 十: 10, 百: 100, 千: 1000 };

/** 五零二 → 502, 十二 → 12, 一百零一 → 101; written digit by digit or with tens and hundreds. */
function arabicOf(chinese: string): string {
  const chars = [...chinese];
  if (chars.every((char) => unitOf[char] === undefined)) return chars.map((char) => digitOf[char]).join('');
  let total = 0;
  let digit = 0;
  for (const char of chars) {
    const unit = unitOf[char];
    if (unit === undefined) digit = digitOf[char] ?? 0;
    else {
      total += (digit === 0 ? 1 : digit) * unit;
      digit = 0;
    }
  }
  return String(total + digit);
}

const numeralRun = '[〇零一幺壹二两三四五六七八九十百千]+';
/** Only numerals that stand for a number here, so that 三和苑 keeps its name: before 栋, 单元, 室 or a dash, or at the end. */
const countedNumerals = new RegExp(`${numeralRun}(?=栋|幢|座|号楼|号|楼|单元|门|梯|室|房|户|-|#|\\d|$)`, 'g');

/** Half-width capitals without blanks, one kind of dash, numerals as digits. */
export function squeezeRoom(text: string): string {
  if (/^[0-9A-Z]+(?:-[0-9A-Z]+)*$/.test(text)) return text;
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/\s+/g, '')
    .replace(/[‐-―−_/\\~～·、,，.。]+/g, '-')
    .replace(countedNumerals, arabicOf);
}

const withoutZeros = (text: string): string => text.replace(/^0+(?=\d)/, '');

/** `3栋`, `03号楼`, `三幢`, `3#` → `3`; `A座` → `A`; a name such as 澜庭阁 stays. */
export function normaliseBuilding(text: string): string {
  const squeezed = squeezeRoom(text).replace(/^第/, '');
  const bare = squeezed.replace(/(?:栋|幢|座|号楼|楼|#楼?|号)$/, '');
  return withoutZeros(bare === '' ? squeezed : bare);
}

/** `1单元`, `一门` → `1`; none, `0`, 无 → `''` (shops and villas have no entrance). */
export function normaliseEntrance(text: string): string {
  const bare = withoutZeros(
    squeezeRoom(text)
      .replace(/^第/, '')
      .replace(/(?:单元|门|梯)$/, ''),
  );
  return bare === '0' || bare === '无' || bare === '-' ? '' : bare;
}

/** `502室`, `五零二` → `502`; leading zeros stay: 0101 and 101 are two doors in some buildings. */
export function normaliseRoom(text: string): string {
  const squeezed = squeezeRoom(text);
  const bare = squeezed.replace(/(?:号房|室|房|户|号)$/, '');
  return bare === '' ? squeezed : bare;
}

const roomWord = '([A-Z]{0,3}\\d[0-9A-Z]{0,6}(?:-\\d{1,2})?|(?:商铺|商|铺|车库|车位|储藏室|地下室)[0-9A-Z-]{1,8})';
const tail = '(?:号房|室|房|户|号)?';
const entranceWord = '(?:单元|门|梯)';
const fullForm = new RegExp(
  `^(?:第)?(.{1,20}?)(?:栋|幢|座|号楼|楼|#楼?)-?(?:(?:第)?([0-9A-Z]{1,4})${entranceWord}-?|([0-9A-Z]{1,3})-)?${roomWord}${tail}$`,
);
const entranceForm = new RegExp(`^(?:第)?([0-9A-Z]{1,4})${entranceWord}-?${roomWord}${tail}$`);
const roomForm = new RegExp(`^${roomWord}${tail}$`);

/** Every reading of what was typed, the likeliest first; none when it names no room. */
export function roomReadings(text: string): RoomParts[] {
  const squeezed = squeezeRoom(text).replace(/^-+|-+$/g, '');
  if (squeezed === '' || squeezed.length > 40) return [];
  const readings: RoomParts[] = [];
  const add = (building: string | null, entrance: string | null, room: string) => {
    readings.push({
      building: building === null ? null : normaliseBuilding(building),
      entrance: entrance === null ? null : normaliseEntrance(entrance),
      room: normaliseRoom(room),
    });
  };
  const full = fullForm.exec(squeezed);
  if (full !== null) add(full[1] ?? '', full[2] ?? full[3] ?? null, full[4] ?? '');
  const entrance = entranceForm.exec(squeezed);
  if (entrance !== null) add(null, entrance[1] ?? '', entrance[2] ?? '');
  if (full === null && entrance === null) {
    const parts = squeezed.split(/-+/);
    const isShort = parts.every((part) => part.length > 0 && part.length <= 8) && /\d/.test(parts.at(-1) ?? '');
    if (parts.length === 3 && isShort) add(parts[0] ?? '', parts[1] ?? '', parts[2] ?? '');
    if (parts.length === 2 && isShort) {
      add(parts[0] ?? '', null, parts[1] ?? '');
      add(null, parts[0] ?? '', parts[1] ?? '');
    }
    if (parts.length <= 2 && roomForm.test(squeezed)) add(null, null, squeezed);
    // A1201: tower A, room 1201.
    const tower = /^([A-Z])(\d{3,4})(?:室|房)?$/.exec(squeezed);
    if (tower !== null) add(tower[1] ?? '', null, tower[2] ?? '');
  }
  return readings;
}

/** The likeliest reading, or null. */
export const parseRoom = (text: string): RoomParts | null => roomReadings(text)[0] ?? null;

/** `3-1-502`, without an entrance `3-502`: short, the same everywhere, and what people type. */
export const unitLabel = (place: UnitPlace): string =>
  [place.building, place.entrance, place.room].filter((part) => part !== '').join('-');

/**
 * The spellings by which a unit is found, in normal form, each once: building-entrance-room, building-room,
 * *entrance-room, room. A building with a name ending in a number (桂花苑3) is found by the number too.
 */
export function roomSpellings(unit: UnitPlace): string[] {
  const building = normaliseBuilding(unit.building);
  const entrance = normaliseEntrance(unit.entrance);
  const room = normaliseRoom(unit.room);
  const number = /\D(\d{1,3})$/.exec(building)?.[1];
  const buildings = number === undefined ? [building] : [building, number];
  const spellings = new Set<string>();
  for (const name of buildings) {
    if (entrance !== '') spellings.add(`${name}-${entrance}-${room}`);
    spellings.add(`${name}-${room}`);
  }
  if (entrance !== '') spellings.add(`*${entrance}-${room}`);
  spellings.add(room);
  // 0101 is also found as 101.
  const plain = withoutZeros(room);
  if (plain !== room) {
    spellings.add(plain);
    for (const name of buildings) spellings.add(`${name}-${plain}`);
  }
  return [...spellings];
}

/** The spelling of `roomSpellings` that a reading asks for. */
export function spellingOf(reading: RoomParts): string {
  if (reading.building === null) return reading.entrance ? `*${reading.entrance}-${reading.room}` : reading.room;
  return [reading.building, reading.entrance, reading.room].filter((part) => part !== null && part !== '').join('-');
}
