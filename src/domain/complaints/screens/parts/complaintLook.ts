// How complaints 投诉 look on pages of all kinds of case.
import { type CaseLook, type LevelTone, lookOf } from '../../../cases/screens/parts/caseFace.ts';
import {
  againstWords,
  complaintCaseFlagWords,
  complaintCaseStateWords,
  complaintCauseWords,
  severityWords,
} from '../../complaint-case.words.ts';
import { complaintStates } from '../../complaint-shapes.contract.ts';

const wordIn = (words: Readonly<Record<string, string>>, code: string): string => words[code] ?? code;
const tones: Readonly<Record<string, LevelTone>> = { critical: 'alarm', major: 'high', serious: 'raised' };

export const severityTone = (severity: string): LevelTone => tones[severity] ?? 'plain';
export const severityTag = (severity: string): string => {
  const tone = severityTone(severity);
  return tone === 'plain' ? 'tag' : `tag ${tone}`;
};

/** Nobody can be told, somebody has to approve, a signature is owed. */
export const raisedComplaintFlags: readonly string[] = ['unreachable', 'lowering-asked', 'unsigned', 'from-follow-up'];

export const complaintLook: CaseLook = {
  kind: 'complaint',
  states: complaintStates,
  stateWord: (state) => wordIn(complaintCaseStateWords, state),
  isEnded: (state) => state === 'closed',
  levelWord: (level) => wordIn(severityWords, level),
  levelTone: severityTone,
  // Whom it is about; one that came out of a follow-up has the category of what it is about.
  categoryWord: (category) =>
    category in againstWords ? wordIn(againstWords, category) : (lookOf('repair')?.categoryWord(category) ?? category),
  causeWord: (cause) => wordIn(complaintCauseWords, cause),
  flagWord: (flag) => wordIn(complaintCaseFlagWords, flag),
  raisedFlags: raisedComplaintFlags,
  pathOf: (id) => `complaints/${id}`,
};
