// The sheets of the month's workbook 回访月报, as people read them.
import { dayOf, type Instant, wallTimeOf } from '../../kernel/time.ts';
import type { OutSheet } from '../../platform/spreadsheet/write-workbook.ts';
import { repairCategoryWords } from '../repairs/repair.words.ts';
import type { FollowUp } from './follow-up.contract.ts';
import {
  followUpChannelWords,
  followUpKindWords,
  followUpStateWords,
  followUpSubjectWords,
  questionWords,
  rateNameWords,
  shareOutlookWords,
  stepWords,
  verdictWords,
} from './follow-up.words.ts';
import type { CaseRef, MonthAnalysis } from './follow-up-analysis.contract.ts';

export const exportName = (month: string): string => `回访月报-${month}.xlsx`;

const momentOf = (at: Instant | null): string => (at === null ? '' : `${dayOf(at)} ${wallTimeOf(at).slice(0, 5)}`);
const stepOf = (step: number | null): string => (step === null ? '' : `${step}（${stepWords[step - 1] ?? ''}）`);
const percent = (value: number | null): string => (value === null ? '—' : `${Math.round(value * 1000) / 10}%`);
const codes = (cases: readonly CaseRef[]): string => cases.map((one) => one.code).join('、');
const categoryOf = (code: string | null): string =>
  code !== null && code in repairCategoryWords
    ? repairCategoryWords[code as keyof typeof repairCategoryWords]
    : (code ?? '');

export const listSheet = (month: string, items: readonly FollowUp[]): OutSheet => ({
  name: '回访清单',
  above: [`${month} 完成的事项的回访记录，共 ${items.length} 条`],
  columns: [
    { header: '回访单号', width: 17, isText: true },
    { header: '事项单号', width: 17, isText: true },
    { header: '类别', width: 10 },
    { header: '回访种类', width: 16 },
    { header: '房号或地点', width: 20, isText: true },
    { header: '客户', width: 10 },
    { header: '状态', width: 16 },
    { header: '完成时间', width: 17 },
    { header: '到期', width: 17 },
    { header: '未联系上次数', width: 13 },
    { header: '回访时间', width: 17 },
    { header: '回访人', width: 10 },
    { header: '方式', width: 8 },
    { header: '签字', width: 6 },
    { header: '结果', width: 10 },
    { header: questionWords.quality, width: 13 },
    { header: questionWords.effect, width: 13 },
    { header: questionWords.satisfaction, width: 13 },
    { header: questionWords.lacking, width: 34 },
    { header: questionWords.suggestions, width: 34 },
    { header: '未当面回访的原因', width: 24 },
    { header: '转投诉', width: 17, isText: true },
    { header: '审阅人', width: 10 },
    { header: '审阅意见', width: 34 },
    { header: '改进建议', width: 34 },
    { header: '保存至', width: 12 },
  ],
  rows: items.map(({ result, review, ...one }) => [
    one.code,
    one.caseCode,
    followUpSubjectWords[one.what],
    followUpKindWords[one.kind],
    one.unit ?? one.place ?? '',
    one.contact.name ?? '',
    followUpStateWords[one.state],
    momentOf(one.finishedAt),
    momentOf(one.dueAt ?? one.visitDueAt),
    one.attempts.length,
    momentOf(result?.at ?? null),
    result?.by.name ?? '',
    result?.channel ? followUpChannelWords[result.channel] : '',
    result ? (result.signed ? '是' : '否') : '',
    result ? verdictWords[result.verdict] : '',
    stepOf(result?.quality ?? null),
    stepOf(result?.effect ?? null),
    stepOf(result?.satisfaction ?? null),
    result?.lacking ?? '',
    result?.suggestions ?? '',
    result?.reason ?? '',
    one.complaint?.code ?? '',
    review?.by.name ?? '',
    review?.comment ?? '',
    review?.improvement
      ? `${review.improvement.text}（${review.improvement.owner.name}，${review.improvement.on} 前）`
      : '',
    one.keptUntil,
  ]),
});

export function analysisSheets(analysis: MonthAnalysis): OutSheet[] {
  const { month, isOpen, closesAt, exportBy, keptUntil } = analysis;
  return [
    {
      name: '比率',
      above: [
        `${month} 回访分析${isOpen ? `（本月数字至 ${momentOf(closesAt)} 才定）` : ''}`,
        `导出期限 ${exportBy}，保存至 ${keptUntil}`,
      ],
      columns: [
        { header: '类别', width: 14 },
        { header: '指标', width: 14 },
        { header: '分子', width: 8 },
        { header: '分母', width: 8 },
        { header: '比率', width: 9 },
        { header: '要求', width: 12 },
        { header: '是否达到', width: 10 },
        { header: '分子的单号', width: 60, isText: true },
        { header: '分母的单号', width: 60, isText: true },
      ],
      rows: analysis.rates.map((rate) => [
        followUpSubjectWords[rate.what],
        rateNameWords[rate.name],
        rate.numerator,
        rate.denominator,
        percent(rate.value),
        rate.name === 'followed-up' ? (rate.target === null ? '未设定' : percent(rate.target)) : '',
        rate.met === null ? '' : rate.met ? '达到' : '未达到',
        codes(rate.counted),
        codes(rate.of),
      ]),
    },
    {
      name: '回访比例',
      columns: [
        { header: '类别', width: 14 },
        { header: '要求', width: 10 },
        { header: '已完成事项', width: 12 },
        { header: '已回访', width: 10 },
        { header: '还可回访', width: 10 },
        { header: '还需回访', width: 10 },
        { header: '判断', width: 34 },
      ],
      rows: analysis.shares.map((share) => [
        followUpSubjectWords[share.what],
        share.share === null ? '未设定' : percent(share.share),
        share.finished,
        share.followedUp,
        share.stillOpen,
        share.needed ?? '—',
        shareOutlookWords[share.outlook],
      ]),
    },
    {
      name: '不认可和未联系上',
      columns: [
        { header: '回访单号', width: 17, isText: true },
        { header: '事项单号', width: 17, isText: true },
        { header: '房号', width: 18, isText: true },
        { header: '项目', width: 12 },
        { header: '结果', width: 10 },
        { header: '满意程度', width: 13 },
        { header: '不足之处', width: 40 },
        { header: '时间', width: 17 },
        { header: '转投诉', width: 17, isText: true },
      ],
      rows: [...analysis.failed, ...analysis.notReached].map((one) => [
        one.code,
        one.case.code,
        one.unit ?? '',
        categoryOf(one.category),
        verdictWords[one.verdict],
        stepOf(one.satisfaction),
        one.lacking ?? '',
        momentOf(one.at),
        one.complaint?.code ?? '',
      ]),
    },
    {
      name: '反复发生',
      above: [
        `同一户同类报修 ${analysis.sameRepair.days} 天内 ${analysis.sameRepair.count} 次及以上；同一户同类投诉 ${analysis.sameComplaint.days} 天内连续 ${analysis.sameComplaint.count} 次及以上`,
      ],
      columns: [
        { header: '种类', width: 10 },
        { header: '房号', width: 18, isText: true },
        { header: '项目', width: 14 },
        { header: '次数', width: 8 },
        { header: '单号', width: 60, isText: true },
      ],
      rows: [
        ...analysis.sameRepair.items.map((one) => [
          '报修',
          one.unit,
          categoryOf(one.category),
          one.count,
          codes(one.cases),
        ]),
        ...analysis.reworked.map((one) => ['返修', one.unit ?? '', categoryOf(one.category), one.count, one.case.code]),
        ...analysis.sameComplaint.items.map((one) => [
          '投诉',
          one.unit,
          categoryOf(one.category),
          one.count,
          codes(one.cases),
        ]),
      ],
    },
  ];
}
