import { describe, expect, it } from 'vitest';
import type { ComplaintMonth, MonthComplaint } from './complaint-month.contract.ts';
import {
  cutoffDayOf,
  endOf,
  punctualityOf,
  sectionsOf,
  tallyOf,
  untilOf,
  visitReasonsOf,
} from './complaint-month.rules.ts';
import { markOf, registerOf, sheetsOf, statisticsOf } from './complaint-month-paper.words.ts';

const one = (change: Partial<MonthComplaint> = {}): MonthComplaint => ({
  id: 'a',
  code: 'TS-1',
  state: 'in-progress',
  receivedAt: '2026-11-20T02:34:00.000Z',
  channel: 'phone',
  taker: '前台',
  unit: '3-1-502',
  building: '3',
  place: null,
  customer: '张女士',
  anonymous: false,
  category: 'engineering',
  level: 'ordinary',
  validity: 'undecided',
  account: '电梯困人',
  department: 'engineering',
  responsible: '工程主管',
  dueAt: null,
  resolvedAt: null,
  result: '',
  cause: null,
  punctuality: 'running',
  toldAt: null,
  opinion: '',
  satisfied: null,
  followUp: null,
  raisings: 1,
  reasons: [],
  isChosen: false,
  ...change,
});

describe('the month of the papers (CP11)', () => {
  it('ends on the 30th, in February on its last day, whole only where asked', () => {
    expect([cutoffDayOf('2026-02', 30), cutoffDayOf('2028-02', 30), cutoffDayOf('2026-01', 30)]).toEqual([28, 29, 30]);
    expect([untilOf('2026-01', 'cutoff', 30), untilOf('2026-01', 'month', 30)]).toEqual(['2026-01-30', '2026-01-31']);
    expect([untilOf('2026-02', 'cutoff', 30), untilOf('2026-02', 'month', 30)]).toEqual(['2026-02-28', '2026-02-28']);
    // The day counts to its end, in Shanghai.
    expect(endOf('2026-01-30')).toBe('2026-01-30T16:00:00.000Z');
  });

  it('is late by the clock, or by a date that is over while it still runs', () => {
    const now = '2026-11-20T02:00:00.000Z';
    const of = (complete: 'met' | 'missed' | 'open' | 'none', dueAt: string | null) =>
      punctualityOf({ complete, dueAt }, now);
    expect([of('met', null), of('missed', null), of('none', null), of('open', null)]).toEqual([
      'in-time',
      'late',
      'running',
      'running',
    ]);
    expect([of('open', '2026-11-20T01:59:59.999Z'), of('open', now)]).toEqual(['late', 'running']);
  });

  it('proposes a further visit for each reason there is', () => {
    const plain = { raisings: 1, punctuality: 'in-time', level: 'ordinary', satisfied: null, followUp: null } as const;
    expect(visitReasonsOf(plain)).toEqual([]);
    expect(visitReasonsOf({ ...plain, satisfied: true, followUp: 'acceptable' })).toEqual([]);
    expect(
      visitReasonsOf({
        raisings: 2,
        punctuality: 'late',
        level: 'serious',
        satisfied: false,
        followUp: 'not-acceptable',
      }),
    ).toEqual(['repeated', 'late', 'grave', 'not-satisfied', 'follow-up-failed']);
  });
});

describe('the counts', () => {
  const items = [
    one({ validity: 'valid', punctuality: 'late', resolvedAt: '2026-11-21T00:00:00.000Z', raisings: 3 }),
    one({
      id: 'b',
      code: 'TS-2',
      validity: 'invalid',
      punctuality: 'in-time',
      resolvedAt: '2026-11-21T00:00:00.000Z',
      building: null,
      unit: null,
      place: '大堂',
    }),
    one({
      id: 'c',
      code: 'TS-3',
      level: 'major',
      department: 'order',
      category: null,
      anonymous: true,
      taker: null,
      customer: null,
      isChosen: true,
      reasons: ['grave'],
    }),
  ];
  it('say of each thing how many, and every section comes to the whole', () => {
    const total = tallyOf(items);
    expect(total).toEqual({
      received: 3,
      valid: 1,
      invalid: 1,
      undecided: 1,
      handled: 2,
      inTime: 1,
      late: 1,
      repeated: 1,
    });
    const sections = sectionsOf(items);
    expect(sections.map((section) => section.by)).toEqual(['kind', 'level', 'department', 'building']);
    for (const { by, rows } of sections)
      for (const name of Object.keys(total) as (keyof typeof total)[])
        expect(
          rows.reduce((sum, row) => sum + row[name], 0),
          `${by} ${name}`,
        ).toBe(total[name]);
    expect(sections[3]?.rows.map((row) => [row.key, row.received])).toEqual([
      ['3', 2],
      [null, 1],
    ]);
  });

  const facts: ComplaintMonth = {
    month: '2026-01',
    extent: 'cutoff',
    until: '2026-01-30',
    cutoffDay: 30,
    reckonedAt: '2026-01-30T08:00:00.000Z',
    total: tallyOf(items),
    sections: sectionsOf(items),
    trend: [{ month: '2026-01', received: 3, handled: 2 }],
    items,
  };

  it('stand on a paper that says to which day it goes', () => {
    expect(markOf(facts)).toBe('统计至 30 日（2026-01-30）');
    expect(markOf({ ...facts, extent: 'month', until: '2026-01-31' })).toBe('全月（2026-01-01 至 2026-01-31）');
    const paper = statisticsOf(facts, (category) => category);
    expect(paper.mark).toBe(markOf(facts));
    expect(paper.tables.map((table) => table.name)).toEqual([
      '按类别',
      '按级别',
      '按部门',
      '按楼栋',
      '近十二个月',
      '有效投诉汇总',
      '选定再次走访',
    ]);
    expect(paper.tables[5]?.rows.map((row) => row[0])).toEqual(['TS-1']);
    expect(paper.tables[6]?.rows).toEqual([['TS-3', '3-1-502', '匿名', '较大及以上', '', '']]);
    for (const table of paper.tables) for (const row of table.rows) expect(row.length).toBe(table.columns.length);
    const numbers = Array.from(sheetsOf(paper)[0]?.rows as Iterable<(string | number)[]>);
    expect(numbers.at(-1)).toEqual(['合计', 3, 1, 1, 1, 2, 1, 1, 1]);
  });

  it('and the register names each, of an anonymous one no more than the hour', () => {
    const rows = registerOf(facts, (category) => category).tables[0]?.rows ?? [];
    expect(rows.map((row) => row[1])).toEqual(['TS-1', 'TS-2', 'TS-3']);
    expect([rows[0]?.[2], rows[2]?.[2]]).toEqual(['2026-11-20 10:34', '2026-11-20 10 时']);
    expect([rows[0]?.[3], rows[2]?.[3]]).toEqual(['来电\n前台', '来电']);
    expect(rows[2]?.[4]).toBe('3-1-502\n匿名');
  });
});
