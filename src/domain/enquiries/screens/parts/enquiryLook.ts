// How enquiries and suggestions look on pages of all kinds of case.
import type { CaseLook } from '../../../cases/screens/parts/caseFace.ts';
import { type EnquiryKind, enquiryStates } from '../../enquiry.contract.ts';
import { enquiryStateWords } from '../../enquiry.words.ts';

const lookOf = (kind: EnquiryKind, folder: string): CaseLook => ({
  kind,
  states: enquiryStates,
  stateWord: (state) => (enquiryStateWords as Readonly<Record<string, string>>)[state] ?? state,
  isEnded: (state) => state === 'closed',
  levelWord: (level) => level,
  levelTone: () => 'plain',
  categoryWord: (category) => category,
  flagWord: (flag) => flag,
  pathOf: (id) => `${folder}/${id}`,
});

export const enquiryLook = lookOf('enquiry', 'enquiries');
export const suggestionLook = lookOf('suggestion', 'suggestions');
