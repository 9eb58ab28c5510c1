// Routes of improvements.
import type { Handlers } from '../access/call.ts';
import type { improvementRoutes } from './improvement.contract.ts';
import {
  completeImprovement,
  confirmImprovement,
  dropImprovement,
  listImprovements,
  readImprovement,
  returnImprovement,
} from './improvement.service.ts';

export const improvementHandlers: Handlers<typeof improvementRoutes> = {
  listImprovements,
  readImprovement,
  completeImprovement,
  confirmImprovement,
  returnImprovement,
  dropImprovement,
};
