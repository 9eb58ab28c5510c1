// What a survey 满意度调查 came to (FU8): by building, area and question, the free texts, a workbook, the two figures of the
// month, and the improvements that follow. Nowhere a room: what was said stays with the building.
import { newId } from '../../kernel/id.ts';
import { decodeCursor, pageOf } from '../../kernel/paging.ts';
import { BadInput, badField, notFound, Refusal } from '../../kernel/refusal.ts';
import type { Tx } from '../../platform/database/database.ts';
import { workbookBytes } from '../../platform/spreadsheet/write-workbook.ts';
import { type Call, effect, type InputOf, RawAnswer, readIn } from '../access/call.ts';
import { addImprovements, checkImprovements, improvementsOf } from '../improvements/improvement.service.ts';
import type { IndicatorRow } from '../indicators/indicator.contract.ts';
import { checkedOn, spanOf } from '../indicators/indicator.rules.ts';
import type { IndicatorSource } from '../indicators/indicator-month.service.ts';
import { answerChannels, type SurveyResults, type surveyRoutes } from './survey.contract.ts';
import { countsOf, figuresOf } from './survey.rules.ts';
import { countByArea, countByBuilding, findSurvey, listAnswers, listClosedIn, type SurveyRow } from './survey.store.ts';
import { surveySheets, surveyWorkbookName } from './survey-export.words.ts';

type Input<Name extends keyof typeof surveyRoutes> = InputOf<(typeof surveyRoutes)[Name]>;

async function surveyIn(tx: Tx, call: Call, id: string): Promise<SurveyRow> {
  const survey = await findSurvey(tx, call.communityId, id);
  if (!survey) throw notFound('survey');
  return survey;
}

async function resultsOf(tx: Tx, call: Call, survey: SurveyRow): Promise<SurveyResults> {
  const answers = await listAnswers(tx, call.communityId, [survey.id]);
  const [buildings, areas] = [
    await countByBuilding(tx, call.communityId, survey.id),
    await countByArea(tx, call.communityId, survey.id),
  ];
  return {
    buildings: buildings.map((one) => ({ name: one.name, ...figuresOf(one) })),
    areas: areas.map((one) => ({ name: one.name, ...figuresOf(one) })),
    channels: answerChannels.map((channel) => ({
      channel,
      answered: answers.filter((one) => one.channel === channel).length,
    })),
    questions: countsOf(
      survey.questions,
      answers.map((one) => one.answers),
    ),
    improvements: (await improvementsOf(tx, call, 'survey', [survey.id])).get(survey.id) ?? [],
  };
}

export const readSurveyResults = (call: Call, { params }: { params: { id: string } }): Promise<SurveyResults> =>
  readIn(call, async (tx) => resultsOf(tx, call, await surveyIn(tx, call, params.id)));

async function textsOf(tx: Tx, call: Call, survey: SurveyRow) {
  const places = survey.questions.flatMap((question, place) => (question.kind === 'text' ? [place] : []));
  const answers = await listAnswers(tx, call.communityId, [survey.id]);
  return answers.flatMap((one) =>
    places.flatMap((place) => {
      const text = one.answers[String(place)];
      return typeof text === 'string' ? [{ place, building: one.building, text }] : [];
    }),
  );
}

export const listSurveyTexts = (call: Call, { params, query }: Input<'listSurveyTexts'>) =>
  readIn(call, async (tx) => {
    const all = await textsOf(tx, call, await surveyIn(tx, call, params.id));
    const [from] = query.cursor === undefined ? [0] : decodeCursor(query.cursor, 1);
    if (typeof from !== 'number' || !Number.isSafeInteger(from) || from < 0) throw badField('cursor', 'not_a_cursor');
    return pageOf(
      all.slice(from, from + query.limit + 1),
      query.limit,
      () => [from + query.limit],
      (row) => row,
    );
  });

export async function exportSurvey(call: Call, { params }: Input<'exportSurvey'>): Promise<RawAnswer> {
  const { survey, sheets } = await readIn(call, async (tx) => {
    const found = await surveyIn(tx, call, params.id);
    const answers = await listAnswers(tx, call.communityId, [found.id]);
    return {
      survey: found,
      sheets: surveySheets(found, await resultsOf(tx, call, found), answers, await textsOf(tx, call, found)),
    };
  });
  return new RawAnswer(await workbookBytes(sheets), {
    'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(surveyWorkbookName(survey.title))}`,
    'cache-control': 'no-store',
  });
}

export async function addSurveyImprovement(call: Call, { params, body }: Input<'addSurveyImprovement'>) {
  await effect(call, newId(), async (tx) => {
    const survey = await surveyIn(tx, call, params.id);
    // Nothing was asked yet that it could follow from.
    if (survey.state === 'draft')
      throw new Refusal('survey.move_not_allowed', { state: survey.state, move: 'improve' });
    const faults = await checkImprovements(tx, call, [body], '');
    if (faults.length > 0) throw new BadInput(faults);
    await addImprovements(tx, call, { noun: 'survey', nounId: survey.id }, [body]);
  });
  return readSurveyResults(call, { params });
}

// ── the figures of the month ────────────────────────────────────────────────────────────────────────

/** One row an answer of the surveys that were closed in the month: its number and building, never the room. */
const rowsOf =
  (withPoints: boolean): IndicatorSource['rows'] =>
  async (tx, communityId, month) => {
    const surveyIds = await listClosedIn(tx, communityId, spanOf(month));
    return (await listAnswers(tx, communityId, surveyIds)).map(
      (one): IndicatorRow => ({
        caseId: one.id,
        code: `#${one.number}`,
        kind: 'survey-answer',
        unit: one.building,
        level: null,
        category: null,
        at: one.answeredAt,
        counts: one.isSatisfied,
        place: { buildingId: one.buildingId, butlerIds: one.butlerIds },
        ...(withPoints ? { points: one.points } : {}),
      }),
    );
  };

const finalOn: IndicatorSource['finalOn'] = (_tx, _communityId, month, document) =>
  checkedOn(month, document.indicators.monthCheckedByDay.value);

export const surveyIndicators: readonly IndicatorSource[] = [
  {
    name: 'satisfaction-rate',
    formulaVersion: 1,
    comparison: 'at-least',
    target: (document) => document.followUp.survey.value.satisfiedRate,
    finalOn,
    rows: rowsOf(false),
  },
  {
    name: 'satisfaction-index',
    formulaVersion: 1,
    comparison: 'at-least',
    measure: 'points',
    target: (document) => document.followUp.survey.value.index,
    finalOn,
    rows: rowsOf(true),
  },
];
