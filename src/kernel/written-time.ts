// Dates and times as people and office programs write them into a text cell: 2019/2/28 11:25:05,
// 2018年3月5日, 2018-3-5 上午10:22:00, 20180305. Gives the wall time; the zone is the caller's.

const fullWidthZero = 0xff10;
const toHalfWidth = (text: string): string =>
  text
    .replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - fullWidthZero + 0x30))
    .replace(/[\u3000\u00a0]/g, ' ');

const dayPart = /^(\d{4})\s*([-/.年])\s*(\d{1,2})\s*(?:[-/.]|月)\s*(\d{1,2})\s*[日号]?/;
const compactDay = /^(\d{4})(\d\d)(\d\d)(?!\d)/;
const timePart =
  /^(上午|下午|凌晨|早上|中午|晚上|am|pm)?\s*(\d{1,2})\s*(?::|时|点)\s*(?:(\d{1,2})\s*(?::|分)?\s*(?:(\d{1,2})(?:\.\d+)?\s*秒?)?)?\s*(am|pm)?$/i;

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isOfCalendar(year: number, month: number, date: number): boolean {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const last = month === 2 && isLeap ? 29 : (monthDays[month - 1] ?? 0);
  return year >= 1900 && date >= 1 && date <= last;
}

/** The wall time `YYYY-MM-DD HH:MM:SS`, 00:00:00 when only a day is written; null when the text is no date. */
export function parseWrittenTime(text: string): string | null {
  // The form that our own template asks for, a hundred thousand times in one import.
  const plain = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (plain !== null) {
    return isOfCalendar(Number(plain[1]), Number(plain[2]), Number(plain[3])) ? `${text} 00:00:00` : null;
  }
  const trimmed = toHalfWidth(text).trim();
  const parts = dayPart.exec(trimmed) ?? compactDay.exec(trimmed);
  if (parts === null) return null;
  const [year = '', month = '', date = ''] = parts.length === 5 ? [parts[1], parts[3], parts[4]] : parts.slice(1);
  if (!isOfCalendar(Number(year), Number(month), Number(date))) return null;
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  const rest = trimmed
    .slice(parts[0].length)
    .replace(/^T(?=\d)/, ' ')
    .replace(/\s*(?:星期|周)[一二三四五六日天]\s*/, ' ')
    .trim();
  if (rest === '') return `${day} 00:00:00`;
  const time = timePart.exec(rest);
  if (time === null) return null;
  const half = (time[1] ?? time[5] ?? '').toLowerCase();
  let hour = Number(time[2]);
  const isAfternoon = ['下午', '晚上', 'pm'].includes(half) || (half === '中午' && hour < 11);
  if (isAfternoon && hour < 12) hour += 12;
  if (['上午', '凌晨', '早上', 'am'].includes(half) && hour === 12) hour = 0;
  const minute = Number(time[3] ?? 0);
  const second = Number(time[4] ?? 0);
  if (hour > 23 || minute > 59 || second > 59) return null;
  return `${day} ${[hour, minute, second].map((part) => String(part).padStart(2, '0')).join(':')}`;
}
