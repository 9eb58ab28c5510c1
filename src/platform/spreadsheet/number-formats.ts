// Which cell styles show a number as a date, and what wall time such a number stands for, in the
// 1900 and the 1904 date system.

/** Built-in formats that are dates or times, among them those that Chinese Excel and WPS write. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) ||
  (id >= 27 && id <= 36) ||
  (id >= 45 && id <= 47) ||
  (id >= 50 && id <= 58) ||
  (id >= 71 && id <= 81);

/** Whether a custom format such as `yyyy"年"m"月"d"日";@` shows a date. */
export function isDateFormat(code: string): boolean {
  const bare = code
    .replace(/\\./g, '')
    .replace(/_./g, '')
    .replace(/\*./g, '')
    .replace(/"[^"]*"?/g, '')
    .replace(/\[(?:h+|m+|s+)\]/gi, 'h')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/General|G\/通用格式/gi, '');
  return /[ymdhs]/i.test(bare);
}

export function isDateStyle(formatId: number, customFormats: ReadonlyMap<number, string>): boolean {
  const custom = customFormats.get(formatId);
  return custom === undefined ? isBuiltInDate(formatId) : isDateFormat(custom);
}

const dayMs = 86_400_000;
/** Day 0 of the 1900 system, moved by one day because Excel counts a 29 February 1900 that never was. */
const zero1900Ms = Date.UTC(1899, 11, 30);
const daysFrom1900To1904 = 1462;
/** 31 December 9999, the last day Excel knows. */
const lastSerial = 2_958_466;

/** `YYYY-MM-DD HH:MM:SS`, rounded to the second; null when the number is no date of the calendar. */
export function wallTimeOfSerial(serial: number, is1904: boolean): string | null {
  const days = is1904 ? serial + daysFrom1900To1904 : serial;
  if (!(days >= 1 && days < lastSerial)) return null;
  const shifted = days < 60 ? days + 1 : days;
  const ms = zero1900Ms + Math.round((shifted * dayMs) / 1000) * 1000;
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}
