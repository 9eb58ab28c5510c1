// The face of repairs 报修 for lists of all kinds: their look and the case as it lies beside.
import type { CaseFace } from '../../../cases/screens/parts/caseFace.ts';
import { BulkDispatch } from './BulkDispatch.tsx';
import { RepairCase } from './RepairCase.tsx';
import { repairLook } from './repairLook.ts';

export const repairFace: CaseFace = { ...repairLook, Beside: RepairCase, Bulk: BulkDispatch };
