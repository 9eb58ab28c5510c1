// The moves of a survey 满意度调查: draft → open → closed, then handed to head office.
import type { Moves } from '../../kernel/moves.ts';
import type { SurveyMove, SurveyState } from './survey.contract.ts';

export const surveyHats = ['keeper', 'enterer', 'system'] as const;
export type SurveyHat = (typeof surveyHats)[number];

export const moves: Moves<SurveyMove, SurveyState, SurveyHat> = {
  amend: { from: ['draft'], to: null, by: ['keeper'] },
  open: { from: ['draft'], to: 'open', by: ['keeper'] },
  enter: { from: ['open'], to: null, by: ['enterer'] },
  close: { from: ['open'], to: 'closed', by: ['keeper', 'system'] },
  'hand-over': { from: ['closed'], to: null, by: ['keeper'] },
};
