// Routes of surveys, the two without an account among them.
import type { Handlers } from '../access/call.ts';
import type { surveyRoutes } from './survey.contract.ts';
import {
  amendSurvey,
  closeSurvey,
  createSurvey,
  enterAnswers,
  handOverSurvey,
  listSurveyHouseholds,
  listSurveyLinks,
  listSurveys,
  listUnitSurveys,
  openSurvey,
  readSurvey,
} from './survey.service.ts';
import { answerSurveyLink, openSurveyLink } from './survey-link.service.ts';
import { addSurveyImprovement, exportSurvey, listSurveyTexts, readSurveyResults } from './survey-results.service.ts';

export const surveyHandlers: Handlers<typeof surveyRoutes> = {
  listSurveys,
  readSurvey,
  createSurvey,
  amendSurvey,
  openSurvey,
  closeSurvey,
  handOverSurvey,
  readSurveyResults,
  listSurveyTexts,
  exportSurvey,
  listSurveyHouseholds,
  listSurveyLinks,
  listUnitSurveys,
  enterAnswers,
  addSurveyImprovement,
  openSurveyLink,
  answerSurveyLink,
};
