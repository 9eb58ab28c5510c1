// Times as people say them on the telephone: 明天上午9点, 下午3点半, 周五, 1430, 半小时后. Gives the instant meant.
import {
  atWallTime,
  type Day,
  dayOf,
  type Instant,
  isDay,
  minuteMs,
  plusDays,
  plusMs,
  weekdayOf,
} from '../../kernel/time.ts';

const digits: Record<string, number> = { 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };
const chineseNumber = /十[一二]?|[一二两三四五六七八九]/g;
const numberOf = (word: string): number =>
  word.startsWith('十') ? 10 + (digits[word.slice(1)] ?? 0) : (digits[word] ?? 0);

const dayWords: [RegExp, number][] = [
  [/^大后[天日]?/, 3],
  [/^后[天日]?/, 2],
  [/^明[天日]?/, 1],
  [/^今[天日]?/, 0],
];
const weekdayWord = /^(下)?(?:周|星期|礼拜)([一二三四五六日天])/;
const weekdays = '一二三四五六日';
const monthDay = /^(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})[日号]?/;
/** What half of the day means where no hour is said. */
const halves: [RegExp, string, boolean][] = [
  [/^(?:上午|早上|早晨|早)/, '09:00', false],
  [/^(?:中午)/, '12:00', true],
  [/^(?:下午)/, '15:00', true],
  [/^(?:傍晚|晚上|晚)/, '19:00', true],
];
const afterWord = /^(半个?小时|(\d+(?:\.5)?)个?半?小时|(\d+)分钟?)[之以]?后$/;
const timeWord = /^(\d{1,2})(?:[:：点时](半|(\d{1,2})分?)?)?$|^(\d{2})(\d{2})$/;

/** Null where nothing was understood; `dayEnds` is meant where only a day is named. */
export function parseTalkedTime(text: string, now: Instant, dayEnds = '18:00'): Instant | null {
  let rest = text.replace(/[\s,，]/g, '');
  if (rest === '') return null;
  const after = afterWord.exec(rest);
  if (after) {
    const hours = after[2] === undefined ? 0.5 : Number(after[2]) + (rest.includes('半小时') ? 0.5 : 0);
    return plusMs(now, (after[3] === undefined ? hours * 60 : Number(after[3])) * minuteMs);
  }
  const today = dayOf(now);
  const named = namedDay(rest, today);
  if (named) rest = rest.slice(named.length);
  const half = halves.find(([word]) => word.test(rest));
  if (half) rest = rest.replace(half[0], '');
  rest = rest.replace(chineseNumber, (word) => String(numberOf(word)));
  if (rest === '') {
    const time = half ? half[1] : named ? dayEnds : null;
    return time === null ? null : atWallTime(named?.day ?? today, time);
  }
  const parts = timeWord.exec(rest);
  if (parts === null) return null;
  let hour = Number(parts[1] ?? parts[4]);
  const minute = parts[2] === '半' ? 30 : Number(parts[3] ?? parts[5] ?? 0);
  // "Three o'clock" at a service desk is in the afternoon; so is what is said to be.
  const isBare = half === undefined && parts[4] === undefined && !/[:：]/.test(rest);
  if (hour < 12 && (half?.[2] || (isBare && hour >= 1 && hour <= 7))) hour += 12;
  if (hour > 23 || minute > 59) return null;
  const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  if (named) return atWallTime(named.day, time);
  const at = atWallTime(today, time);
  return at > now ? at : atWallTime(plusDays(today, 1), time);
}

function namedDay(text: string, today: Day): { day: Day; length: number } | null {
  for (const [word, days] of dayWords) {
    const found = word.exec(text);
    if (found) return { day: plusDays(today, days), length: found[0].length };
  }
  const weekday = weekdayWord.exec(text);
  if (weekday) {
    const wanted = weekdays.indexOf((weekday[2] ?? '').replace('天', '日')) + 1;
    const monday = plusDays(today, 1 - weekdayOf(today));
    const day = plusDays(monday, wanted - 1 + (weekday[1] ? 7 : 0));
    // A day of this week that is over means the next one.
    return { day: day < today ? plusDays(day, 7) : day, length: weekday[0].length };
  }
  const written = monthDay.exec(text);
  if (!written) return null;
  const two = (part: string | undefined) => (part ?? '').padStart(2, '0');
  const inYear = (year: number) => `${year}-${two(written[2])}-${two(written[3])}`;
  const year = written[1] === undefined ? Number(today.slice(0, 4)) : Number(written[1]);
  const day = inYear(year);
  if (!isDay(day)) return null;
  return { day: written[1] === undefined && day < today ? inYear(year + 1) : day, length: written[0].length };
}
