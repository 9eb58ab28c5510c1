// Satisfaction survey 满意度调查 on the wire (FU8): made, sent out, answered by link or entered by staff, added up, handed on.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { isDay } from '../../kernel/time.ts';
import { improvementBodySchema, improvementSchema } from '../improvements/improvement.contract.ts';
import { answersSchema, questionSchema } from './survey-question.contract.ts';

const text = (max: number) => z.string().trim().min(1).max(max);
const day = z.string().refine(isDay, { params: { code: 'not_a_day' } });

export const surveyStates = ['draft', 'open', 'closed'] as const;
export type SurveyState = (typeof surveyStates)[number];
export const surveyMoves = ['amend', 'open', 'enter', 'close', 'hand-over'] as const;
export type SurveyMove = (typeof surveyMoves)[number];
export const answerChannels = ['link', 'paper', 'phone', 'visit'] as const;
export type AnswerChannel = (typeof answerChannels)[number];

/** satisfied ÷ answered, and the index 0–100; null where nobody answered. */
export const surveyFiguresSchema = z.object({
  asked: z.int(),
  answered: z.int(),
  satisfied: z.int(),
  rate: z.number().nullable(),
  index: z.number().nullable(),
});
export type SurveyFigures = z.infer<typeof surveyFiguresSchema>;

const person = z.object({ id: z.uuid(), name: z.string() });

export const surveySchema = z.object({
  id: z.uuid(),
  communityId: z.uuid(),
  title: z.string(),
  introduction: z.string(),
  questions: z.array(questionSchema),
  state: z.enum(surveyStates),
  /** null: all households. */
  sampleSize: z.int().nullable(),
  /** The seed of the draw, for whoever wants to draw again. */
  sampleSeed: z.string().nullable(),
  endsOn: z.string(),
  madeBy: person,
  openedAt: z.string().nullable(),
  closedAt: z.string().nullable(),
  handed: z.object({ at: z.string(), by: person, note: z.string().nullable() }).nullable(),
  figures: surveyFiguresSchema,
  targets: z.object({ rate: z.number(), index: z.number() }),
  moves: z.array(z.object({ name: z.enum(surveyMoves), allowed: z.boolean(), reason: z.string().optional() })),
  version: z.int(),
});
export type Survey = z.infer<typeof surveySchema>;

export const surveyBodySchema = z.strictObject({
  title: text(80),
  introduction: z.string().trim().max(1000).default(''),
  questions: z.array(questionSchema).min(1).max(40),
  sampleSize: z.int().positive().max(100_000).nullish(),
  endsOn: day,
});
export type SurveyBody = z.output<typeof surveyBodySchema>;

const groupSchema = surveyFiguresSchema.extend({ name: z.string() });
export const surveyResultsSchema = z.object({
  buildings: z.array(groupSchema),
  /** By the butlers' areas 责任区; a household of nobody's area is left out. */
  areas: z.array(groupSchema),
  channels: z.array(z.object({ channel: z.enum(answerChannels), answered: z.int() })),
  questions: z.array(
    z.object({
      place: z.int(),
      answered: z.int(),
      /** One number an option, or a step. */
      counts: z.array(z.int()),
      average: z.number().nullable(),
    }),
  ),
  improvements: z.array(improvementSchema),
});
export type SurveyResults = z.infer<typeof surveyResultsSchema>;

export const surveyHouseholdSchema = z.object({
  id: z.uuid(),
  number: z.int(),
  unit: z.object({ id: z.uuid(), label: z.string() }),
  answeredAt: z.string().nullable(),
  channel: z.enum(answerChannels).nullable(),
});
export type SurveyHousehold = z.infer<typeof surveyHouseholdSchema>;

/** A survey as the page of a home shows it: that it was asked and whether it answered, never what. */
export const unitSurveySchema = z.object({
  id: z.uuid(),
  title: z.string(),
  state: z.enum(surveyStates),
  openedAt: z.string(),
  answeredAt: z.string().nullable(),
  channel: z.enum(answerChannels).nullable(),
});
export type UnitSurvey = z.infer<typeof unitSurveySchema>;

export const surveyRefusals = [
  'survey.move_not_allowed',
  'survey.nobody_to_ask',
  'survey.already_answered',
  'survey.over',
] as const;

/** What a stranger with a link sees: the questions and nothing of the household. */
export const publicSurveySchema = z.object({
  community: z.string(),
  title: z.string(),
  introduction: z.string(),
  questions: z.array(questionSchema),
  endsOn: z.string(),
  state: z.enum(['open', 'answered', 'over']),
});
export type PublicSurvey = z.infer<typeof publicSurveySchema>;

const communityParams = z.object({ communityId: z.uuid() });
const oneParams = communityParams.extend({ id: z.uuid() });
const surveys = '/communities/{communityId}/surveys';
const version = z.int().positive().optional();
const token = z.string().regex(/^[\w-]{22}$/);

const moved = {
  permission: 'survey.write',
  params: oneParams,
  response: surveySchema,
  status: 200,
  errors: ['not_found', 'stale_version', 'survey.move_not_allowed', 'survey.nobody_to_ask'],
  staleShows: 'readSurvey',
} as const;

export const surveyRoutes = {
  listSurveys: route({
    method: 'GET',
    path: surveys,
    summary: { zh: '满意度调查及历次结果，新的在前', en: 'Surveys with their figures, newest first' },
    permission: 'survey.read',
    params: communityParams,
    response: z.object({
      items: z.array(surveySchema),
      nextCursor: z.null(),
      /** The next one is to be opened by this day; null: none was made yet. */
      nextBy: z.string().nullable(),
      /** So often by the standard. */
      everyMonths: z.int(),
    }),
  }),
  readSurvey: route({
    method: 'GET',
    path: `${surveys}/{id}`,
    summary: { zh: '一次满意度调查', en: 'One survey' },
    permission: 'survey.read',
    params: oneParams,
    response: surveySchema,
    errors: ['not_found'],
  }),
  createSurvey: route({
    method: 'POST',
    path: surveys,
    summary: { zh: '编制问卷（草稿）', en: 'Draft a survey' },
    permission: 'survey.write',
    params: communityParams,
    body: surveyBodySchema,
    response: surveySchema,
    status: 201,
    needsKey: true,
  }),
  amendSurvey: route({
    ...moved,
    method: 'POST',
    path: `${surveys}/{id}/amend`,
    summary: { zh: '修改草稿', en: 'Amend the draft' },
    body: surveyBodySchema.extend({ version }),
  }),
  openSurvey: route({
    ...moved,
    method: 'POST',
    path: `${surveys}/{id}/open`,
    summary: { zh: '开始调查：抽取住户，题目不再改', en: 'Open it: households are drawn, questions are fixed' },
    body: z.strictObject({ version }),
  }),
  closeSurvey: route({
    ...moved,
    method: 'POST',
    path: `${surveys}/{id}/close`,
    summary: { zh: '结束调查', en: 'Close it' },
    body: z.strictObject({ version }),
  }),
  handOverSurvey: route({
    ...moved,
    method: 'POST',
    path: `${surveys}/{id}/hand-over`,
    summary: { zh: '结果报送总部', en: 'Hand the results to head office' },
    body: z.strictObject({ version, note: text(1000).nullish() }),
  }),
  readSurveyResults: route({
    method: 'GET',
    path: `${surveys}/{id}/results`,
    summary: { zh: '结果：按楼栋、责任区、题目', en: 'Results by building, area and question' },
    permission: 'survey.read',
    params: oneParams,
    response: surveyResultsSchema,
    errors: ['not_found'],
  }),
  listSurveyTexts: route({
    method: 'GET',
    path: `${surveys}/{id}/texts`,
    summary: { zh: '文字意见（只到楼栋）', en: 'Free texts, by building only' },
    permission: 'survey.read',
    params: oneParams,
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: z.string().max(500).optional(),
    }),
    response: z.object({
      items: z.array(z.object({ place: z.int(), building: z.string(), text: z.string() })),
      nextCursor: z.string().nullable(),
    }),
    errors: ['not_found'],
  }),
  exportSurvey: route({
    method: 'GET',
    path: `${surveys}/{id}/export`,
    summary: { zh: '导出结果（Excel）', en: 'The results, .xlsx' },
    permission: 'survey.read',
    params: oneParams,
    response: z.unknown(),
    errors: ['not_found'],
  }),
  listSurveyHouseholds: route({
    method: 'GET',
    path: `${surveys}/{id}/households`,
    summary: { zh: '被调查的住户，是否已答', en: 'Households asked, and whether they answered' },
    permission: 'survey.enter',
    params: oneParams,
    query: z.strictObject({
      answered: z.enum(['true', 'false']).optional(),
      q: z.string().trim().max(40).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: z.string().max(500).optional(),
    }),
    response: z.object({ items: z.array(surveyHouseholdSchema), nextCursor: z.string().nullable() }),
    errors: ['not_found'],
  }),
  listUnitSurveys: route({
    method: 'GET',
    path: '/communities/{communityId}/units/{unitId}/surveys',
    summary: { zh: '问过这一户的调查，是否已答', en: 'Surveys that asked this home, and whether it answered' },
    permission: 'survey.enter',
    params: communityParams.extend({ unitId: z.uuid() }),
    response: z.object({ items: z.array(unitSurveySchema) }),
  }),
  listSurveyLinks: route({
    method: 'GET',
    path: `${surveys}/{id}/links`,
    summary: { zh: '未答住户的问卷链接，用于打印', en: 'Links of households that have not answered, for printing' },
    permission: 'survey.enter',
    params: oneParams,
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: z.string().max(500).optional(),
    }),
    response: z.object({
      items: z.array(z.object({ number: z.int(), unit: z.string(), path: z.string() })),
      nextCursor: z.string().nullable(),
    }),
    errors: ['not_found', 'survey.move_not_allowed'],
  }),
  enterAnswers: route({
    method: 'POST',
    path: `${surveys}/{id}/households/{householdId}/enter`,
    summary: { zh: '录入一份答卷（纸质、电话、上门）', en: 'Enter the answers of a household' },
    permission: 'survey.enter',
    params: oneParams.extend({ householdId: z.uuid() }),
    body: z.strictObject({ channel: z.enum(['paper', 'phone', 'visit']), answers: answersSchema }),
    response: surveyHouseholdSchema,
    status: 200,
    errors: ['not_found', ...surveyRefusals],
  }),
  addSurveyImprovement: route({
    method: 'POST',
    path: `${surveys}/{id}/improvements`,
    summary: { zh: '针对调查结果的改进措施', en: 'An improvement that the results lead to' },
    permission: 'survey.write',
    params: oneParams,
    body: improvementBodySchema,
    response: surveyResultsSchema,
    status: 201,
    needsKey: true,
    errors: ['not_found', 'survey.move_not_allowed'],
  }),
  // The token travels in the body: an address is written into histories and logs, and whoever reads one could answer.
  openSurveyLink: route({
    method: 'POST',
    path: '/survey-links/open',
    summary: { zh: '凭链接打开问卷，不需登录', en: 'Open the questions by a link, without signing in' },
    permission: null,
    public: true,
    ignoresKey: true,
    body: z.strictObject({ token }),
    response: publicSurveySchema,
    status: 200,
    errors: ['not_found', 'too_many_requests'],
  }),
  answerSurveyLink: route({
    method: 'POST',
    path: '/survey-links/answer',
    summary: { zh: '凭链接提交答卷，每户一份', en: 'Answer by a link, once a household' },
    permission: null,
    public: true,
    ignoresKey: true,
    body: z.strictObject({ token, answers: answersSchema }),
    response: publicSurveySchema,
    status: 200,
    errors: ['not_found', 'too_many_requests', 'survey.already_answered', 'survey.over'],
  }),
} as const;
