// How repairs 报修 look on pages of all kinds of case: their words, tones and address.
import type { CaseLook, LevelTone } from '../../../cases/screens/parts/caseFace.ts';
import { endedRepairStates, repairStates, type Urgency } from '../../repair.contract.ts';
import { repairCategoryWords, repairFlagWords, repairStateWords, urgencyWords } from '../../repair.words.ts';

const wordIn = (words: Readonly<Record<string, string>>, code: string): string => words[code] ?? code;
const tones: Record<Urgency, LevelTone> = { emergency: 'high', major: 'raised', ordinary: 'plain' };

export const urgencyTone = (urgency: string): LevelTone => tones[urgency as Urgency] ?? 'plain';

/** RP14, RP9, RP3: for the month's analysis, a violation, an urgency that was changed. */
export const raisedFlags: readonly string[] = ['repeated-fault', 'rework', 'door-breach', 're-classed'];

export const repairLook: CaseLook = {
  kind: 'repair',
  states: repairStates,
  stateWord: (state) => wordIn(repairStateWords, state),
  isEnded: (state) => (endedRepairStates as readonly string[]).includes(state),
  levelWord: (level) => wordIn(urgencyWords, level),
  levelTone: urgencyTone,
  categoryWord: (category) => wordIn(repairCategoryWords, category),
  flagWord: (flag) => wordIn(repairFlagWords, flag),
  raisedFlags,
  pathOf: (id) => `repairs/${id}`,
};
