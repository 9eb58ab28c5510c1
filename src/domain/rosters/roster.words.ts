// Words 词 of rosters 排班: absences 请假, stand-ins 代班人, duty shifts 值班.
import { type Day, dayOf, type Instant, plusDays, startOfDay, wallTimeOf } from '../../kernel/time.ts';
import { type ProblemWords, plain } from '../../kernel/words.ts';
import type { AbsenceReason } from './roster.contract.ts';

export const absenceReasonWords: Record<AbsenceReason, string> = {
  leave: '事假、年假',
  sick: '病假',
  rest: '轮休、调休',
  training: '培训',
  errand: '外出公务',
  other: '其他',
};

/** 11月26日 18:00 */
export const momentInWords = (at: Instant): string =>
  `${Number(dayOf(at).slice(5, 7))}月${Number(dayOf(at).slice(8))}日 ${wallTimeOf(at).slice(0, 5)}`;

/** What of a stretch falls on a day: 全天, 18:00–24:00; null where none does. */
export function partOfDay(span: { from: Instant; until: Instant | null }, day: Day): string | null {
  const [begin, end] = [startOfDay(day), startOfDay(plusDays(day, 1))];
  if (span.from >= end || (span.until !== null && span.until <= begin)) return null;
  const from = span.from <= begin ? '00:00' : wallTimeOf(span.from).slice(0, 5);
  const until = span.until === null || span.until >= end ? '24:00' : wallTimeOf(span.until).slice(0, 5);
  return from === '00:00' && until === '24:00' ? '全天' : `${from}–${until}`;
}

const spanInWords = (facts: Record<string, unknown>): string => {
  if (typeof facts.from !== 'string') return '';
  return `（${momentInWords(facts.from)} 至${typeof facts.until === 'string' ? ` ${momentInWords(facts.until)}` : '另行通知'}）`;
};

export const rosterProblems: { titles: ProblemWords; faults: ProblemWords } = {
  titles: {
    'roster.not_your_people': plain('此人不归您排班，请由其主管登记', 'not one of your people'),
    'roster.absence_overlaps': (facts) => ({
      zh: `这段时间已登记过请假${spanInWords(facts)}，请先结束那一条`,
      en: 'overlaps another absence of the same person',
    }),
    'roster.shift_overlaps': (facts) => ({
      zh: `这段时间已排了班${spanInWords(facts)}`,
      en: 'overlaps another shift of the same person',
    }),
    'roster.is_absent': (facts) => ({
      zh: `此人这段时间请假${spanInWords(facts)}，不能排班`,
      en: 'the person is absent then',
    }),
    'roster.ended_already': plain('已经结束或撤掉了', 'is over or was taken back'),
  },
  faults: {
    not_an_instant: plain('请填写日期和时间', 'not an instant'),
    not_after_from: plain('结束时间应晚于开始时间', 'must be after the beginning'),
    shift_too_long: plain('一个班最长 48 小时，请检查日期', 'a shift lasts 48 hours at most'),
    span_too_long: plain('一次最多查看 62 天', '62 days at most'),
    not_staff_here: plain('此人在本小区没有职位', 'holds no staff post here'),
    post_not_held: plain('此人没有这个职位', 'does not hold this post'),
    stands_in_for_oneself: plain('代班人不能是本人', 'nobody stands in for themselves'),
    stand_in_without_post: plain('代班人在本小区没有职位', 'the stand-in holds no staff post here'),
    stand_in_is_away: plain('代班人这段时间也请假，请另选一人', 'the stand-in is away too'),
  },
};

export const rosterFieldWords: Record<string, string> = {
  staffId: '人员',
  standInId: '代班人',
  from: '开始时间',
  until: '结束时间',
  reason: '事由',
  role: '职位',
};

export const rosterPageWords = {
  title: '值班与请假',
  lead: '没有登记的人一律按在岗计算。请假的人不再被派工，逐级上报改由代班人接收；没有代班人的，上报到上一级。',
  week: (from: string, to: string) => `${from} 至 ${to}`,
  weekBefore: '上一周',
  thisWeek: '本周',
  weekAfter: '下一周',
  weekdays: ['一', '二', '三', '四', '五', '六', '日'],
  weekday: (name: string) => `周${name}`,
  today: '今天',
  post: '职位',
  allPosts: '全部职位',
  person: '人员',
  onlyEntered: '只看有登记的人',
  addAbsence: '登记请假',
  addShift: '排班',
  print: '打印',
  nobody: '这一周没有登记',
  nobodyText: '没有登记请假和值班，所有人都按在岗计算。',
  noPeople: '没有符合条件的人员',
  absent: '请假',
  openEnd: '另行通知',
  standIn: (name: string) => `代班 ${name}`,
  noStandIn: '无代班人，上报到上一级',
  standInAway: (name: string) => `代班人 ${name} 也有请假，期间上报到上一级`,
  shift: '值班',
  absenceDialog: {
    title: '登记请假',
    staff: '谁请假',
    choose: '请选择',
    from: '从',
    until: '到',
    untilHint: '不确定何时回来可以留空，回来后再点“已回岗”。',
    reason: '事由',
    reasonHint: '事由只有排班的人和本人看得到。',
    standIn: '代班人',
    noStandIn: '不指定（上报到上一级）',
    submit: '登记',
  },
  shiftDialog: {
    title: '排班',
    staff: '谁值班',
    role: '以什么职位',
    from: '从',
    until: '到',
    submit: '排上',
    roleHint: '同一天同一职位排了班，就只有在班的人能给自己派工；一个班都没排，则该职位的人都算在班。',
  },
  entry: {
    absence: (name: string) => `${name} 请假`,
    shift: (name: string) => `${name} 值班`,
    from: '从',
    until: '到',
    reason: '事由',
    standIn: '代班人',
    role: '职位',
    back: '已回岗，到此刻为止',
    takeBack: '取消这次请假',
    remove: '撤掉这个班',
  },
};
