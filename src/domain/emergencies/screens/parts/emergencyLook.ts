// How emergencies 突发事件 look on pages of all kinds of case.
import type { CaseLook } from '../../../cases/screens/parts/caseFace.ts';
import { severityWords } from '../../../complaints/complaint-case.words.ts';
import { severityTone } from '../../../complaints/screens/parts/complaintLook.ts';
import { emergencyCategoryWords } from '../../../standards/standard.words.ts';
import { emergencyStates } from '../../emergency.contract.ts';
import { emergencyCauseWords, emergencyFlagWords, emergencyStateWords } from '../../emergency.words.ts';

const wordIn = (words: Readonly<Record<string, string>>, code: string): string => words[code] ?? code;

export const emergencyLook: CaseLook = {
  kind: 'emergency',
  states: emergencyStates,
  stateWord: (state) => wordIn(emergencyStateWords, state),
  isEnded: (state) => state === 'closed',
  levelWord: (level) => wordIn(severityWords, level),
  levelTone: severityTone,
  categoryWord: (category) => wordIn(emergencyCategoryWords, category),
  causeWord: (cause) => wordIn(emergencyCauseWords, cause),
  flagWord: (flag) => wordIn(emergencyFlagWords, flag),
  raisedFlags: ['reopened'],
  pathOf: (id) => `emergencies/${id}`,
};
