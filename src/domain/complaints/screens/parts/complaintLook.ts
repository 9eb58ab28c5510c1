// How complaints 投诉 look on pages of all kinds of case.
import { type CaseLook, type LevelTone, lookOf } from '../../../cases/screens/parts/caseFace.ts';
import { complaintStates } from '../../complaint.contract.ts';
import { complaintFlagWords, complaintLevelWords, complaintStateWords } from '../../complaint.words.ts';

const wordIn = (words: Readonly<Record<string, string>>, code: string): string => words[code] ?? code;
const tones: Readonly<Record<string, LevelTone>> = { critical: 'alarm', major: 'high', serious: 'raised' };

export const complaintLook: CaseLook = {
  kind: 'complaint',
  states: complaintStates,
  stateWord: (state) => wordIn(complaintStateWords, state),
  isEnded: (state) => state === 'closed',
  levelWord: (level) => wordIn(complaintLevelWords, level),
  levelTone: (level) => tones[level] ?? 'plain',
  // It has the category of what it is about.
  categoryWord: (category) => lookOf('repair')?.categoryWord(category) ?? category,
  flagWord: (flag) => wordIn(complaintFlagWords, flag),
  pathOf: (id) => `complaints/${id}`,
};
