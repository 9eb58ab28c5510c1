// The face of complaints for lists of all kinds.
import type { CaseFace } from '../../../cases/screens/parts/caseFace.ts';
import { ComplaintCase } from './ComplaintCase.tsx';
import { complaintLook } from './complaintLook.ts';

export const complaintFace: CaseFace = { ...complaintLook, Beside: ComplaintCase };
