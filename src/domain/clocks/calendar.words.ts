// Words 词 of the working calendar: holiday tables 放假安排 and the community's own days.
import { type Day, weekdayOf } from '../../kernel/time.ts';
import { type ProblemWords, plain } from '../../kernel/words.ts';
import type { CalendarException } from './calendar.contract.ts';

export const calendarProblems: { titles: ProblemWords; faults: ProblemWords } = {
  titles: {
    'calendar.day_entered': plain('这一天已经登记过，请先撤掉原来的', 'the day is entered already'),
    'calendar.day_is_over': plain('这一天已经过去，不能再改', 'the day is over'),
  },
  faults: {
    day_is_over: plain('只能登记今天和以后的日子', 'a day that is over'),
  },
};

export const calendarFieldWords: Record<string, string> = {
  days: '日期表',
  date: '日期',
  day: '日期',
  kind: '上班还是休息',
  year: '年份',
};

export const exceptionKindWords: Record<CalendarException['kind'], string> = { off: '休息', work: '上班' };

const short = (day: Day): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
const weekdays = '一二三四五六日';
/** 11月26日（周四） */
export const dayInWords = (day: Day): string => `${short(day)}（周${weekdays[weekdayOf(day) - 1]}）`;
/** 国庆节 10月1日–10月7日 */
export const holidayInWords = ([name, from, until]: readonly [string, Day, Day]): string =>
  `${name} ${short(from)}${from === until ? '' : `–${short(until)}`}`;

export const calendarPageWords = {
  title: '放假安排',
  lead: '办公时间和工作日的时限都按这里计算：节假日不算，调休上班的周末照算。',
  missing: (years: string) => `${years} 年的放假安排还没有载入`,
  missingText:
    '没有载入的年份只扣除周末和法定节日当天，涉及的到点时间标为“暂定”。国务院办公厅通常在 11 月公布下一年的安排，公布后请尽快载入，正在计时的时限会自动重算。',
  load: '载入一年',
  columns: { year: '年份', off: '放假', work: '调休上班', source: '来源' },
  noWork: '无',
  shipped: '软件自带',
  loadedOn: (day: string) => `${day} 载入`,
  paper: '公告',
  loaded: (year: number, recounted: number) =>
    recounted === 0
      ? `已载入 ${year} 年的放假安排，没有需要重算的时限。`
      : `已载入 ${year} 年的放假安排，${recounted} 项正在计时的时限已按它重算，到点时间有变的负责人会收到通知。`,
  dialog: {
    title: '载入放假安排',
    file: '选择文件（JSON）',
    text: '或粘贴内容',
    hint: '格式：{"year": 2027, "papers": ["公告网址"], "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": true}, …]}；isOffDay 为 false 的是调休上班日。',
    notJson: '内容不是 JSON，请检查是否粘贴完整',
    notTable: '缺少 year 或 days，或日期写法不对，请对照上面的格式',
    tooLarge: '文件太大，一年的安排不会超过 100 KB',
    preview: (year: number, off: number, work: number) => `${year} 年：放假 ${off} 天，调休上班 ${work} 天`,
    replaces: (year: number) => `${year} 年已有安排，载入后以这一份为准。`,
    submit: '载入并重算',
  },
  own: {
    title: '本小区另行规定的日子',
    lead: '例如公司司庆放假、为迎检周末上班。优先于上面的放假安排。',
    none: '没有另行规定的日子',
    add: '登记一天',
    day: '日期',
    kind: '这一天',
    name: '事由',
    submit: '登记并重算',
    remove: '撤掉',
    removeOf: (day: string) => `撤掉 ${day}`,
    done: (recounted: number) =>
      recounted === 0 ? '已登记，没有需要重算的时限。' : `已登记，${recounted} 项正在计时的时限已重算。`,
    columns: { day: '日期', kind: '这一天', name: '事由', act: '操作' },
  },
};
