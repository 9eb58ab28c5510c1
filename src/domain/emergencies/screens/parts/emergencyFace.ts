// The face of emergencies for lists of all kinds.
import type { CaseFace } from '../../../cases/screens/parts/caseFace.ts';
import { EmergencyCase } from './EmergencyCase.tsx';
import { emergencyLook } from './emergencyLook.ts';

export const emergencyFace: CaseFace = { ...emergencyLook, Beside: EmergencyCase };
