// What the fields of a move 操作 are given: the order, what was typed, and where faults belong.
import type { ReactNode } from 'react';
import type { StandardDocument } from '../../../standards/standard.contract.ts';
import type { RepairAnswer, RepairMove } from '../../repair.contract.ts';
import type { MoveDraft } from './moveDraft.ts';

export type MoveFieldsProps = {
  move: RepairMove;
  repair: RepairAnswer;
  document: StandardDocument | undefined;
  draft: MoveDraft;
  set: (part: Partial<MoveDraft>) => void;
  setPhotos: (change: (before: readonly string[]) => string[]) => void;
  faultOf: (path: string) => string | undefined;
};

export type WithReason = MoveFieldsProps & { reason: (label?: string, isOptional?: boolean) => ReactNode };
