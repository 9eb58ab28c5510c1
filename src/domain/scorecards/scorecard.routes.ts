// Routes of scorecards.
import type { Handlers } from '../access/call.ts';
import type { scorecardRoutes } from './scorecard.contract.ts';
import { listScorecardCases, listScorecards } from './scorecard.service.ts';

export const scorecardHandlers: Handlers<typeof scorecardRoutes> = { listScorecards, listScorecardCases };
