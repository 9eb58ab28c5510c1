// The faces of enquiries and suggestions for lists of all kinds.
import type { CaseFace } from '../../../cases/screens/parts/caseFace.ts';
import { EnquiryCase } from './EnquiryCase.tsx';
import { enquiryLook, suggestionLook } from './enquiryLook.ts';

export const enquiryFace: CaseFace = { ...enquiryLook, Beside: EnquiryCase };
export const suggestionFace: CaseFace = { ...suggestionLook, Beside: EnquiryCase };
