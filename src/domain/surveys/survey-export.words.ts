// The workbook of a survey 调查结果表: figures by building and area, question by question, each answer without its room.
import { dayOf } from '../../kernel/time.ts';
import type { OutSheet } from '../../platform/spreadsheet/write-workbook.ts';
import type { SurveyFigures, SurveyResults } from './survey.contract.ts';
import { channelWords, questionKindWords, scaleWords } from './survey.words.ts';
import type { Answers, Question } from './survey-question.contract.ts';

export const surveyWorkbookName = (title: string): string =>
  `${title.replaceAll(/[\\/:*?"<>|]/g, ' ')}-满意度调查结果.xlsx`;

const percent = (share: number | null): string => (share === null ? '' : `${Number((share * 100).toFixed(1))}%`);
const points = (index: number | null): number | null => (index === null ? null : Number(index.toFixed(1)));
const figures = (one: SurveyFigures) => [one.asked, one.answered, one.satisfied, percent(one.rate), points(one.index)];

/** What was chosen, in words. */
export function answerInWords(question: Question, answer: Answers[string] | undefined): string {
  if (answer === undefined) return '';
  if (typeof answer === 'string') return answer;
  if (question.kind === 'scale') return typeof answer === 'number' ? (scaleWords[answer - 1] ?? '') : '';
  return [answer]
    .flat()
    .map((place) => question.options[place] ?? '')
    .join('、');
}

export function surveySheets(
  survey: { title: string; questions: readonly Question[] },
  results: SurveyResults,
  answers: readonly {
    number: number;
    building: string;
    answers: Answers;
    answeredAt: string;
    channel: keyof typeof channelWords;
  }[],
  texts: readonly { place: number; building: string; text: string }[],
): OutSheet[] {
  const groupColumns = (name: string) => [
    { header: name, width: 18, isText: true },
    { header: '调查户数' },
    { header: '答卷户数' },
    { header: '满意户数' },
    { header: '满意率' },
    { header: '满意指数' },
  ];
  const title = (place: number) => survey.questions[place]?.text ?? '';
  return [
    {
      name: '按楼栋',
      above: [survey.title],
      columns: groupColumns('楼栋'),
      rows: results.buildings.map((one) => [one.name, ...figures(one)]),
    },
    {
      name: '按责任区',
      columns: groupColumns('管家'),
      rows: results.areas.map((one) => [one.name, ...figures(one)]),
    },
    {
      name: '按题目',
      columns: [
        { header: '题目', width: 40 },
        { header: '题型', width: 16 },
        { header: '选项', width: 24 },
        { header: '户数' },
        { header: '占答题户' },
      ],
      rows: results.questions.flatMap((one) => {
        const question = survey.questions[one.place];
        if (!question) return [];
        const names = question.kind === 'scale' ? [...scaleWords] : question.options;
        if (names.length === 0) return [[question.text, questionKindWords[question.kind], '已填写', one.answered, '']];
        return names.map((name, index) => [
          question.text,
          questionKindWords[question.kind],
          name,
          one.counts[index] ?? 0,
          percent(one.answered === 0 ? null : (one.counts[index] ?? 0) / one.answered),
        ]);
      }),
    },
    {
      name: '文字意见',
      columns: [
        { header: '楼栋', width: 12, isText: true },
        { header: '题目', width: 30 },
        { header: '意见', width: 60 },
      ],
      rows: texts.map((one) => [one.building, title(one.place), one.text]),
    },
    {
      name: '答卷',
      columns: [
        { header: '序号' },
        { header: '楼栋', width: 12, isText: true },
        { header: '日期', width: 12 },
        { header: '方式', width: 10 },
        ...survey.questions.map((question) => ({ header: question.text, width: 24 })),
      ],
      rows: answers.map((one) => [
        one.number,
        one.building,
        dayOf(one.answeredAt),
        channelWords[one.channel],
        ...survey.questions.map((question, place) => answerInWords(question, one.answers[String(place)])),
      ]),
    },
  ];
}
