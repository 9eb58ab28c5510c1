// What the fields of a move 操作 are given: the complaint, what was typed, and where faults belong.
import type { ComplaintAnswer, ComplaintMove } from '../../complaint-shapes.contract.ts';
import type { MoveDraft } from './moveDraft.ts';

export type MoveFieldsProps = {
  move: ComplaintMove;
  complaint: ComplaintAnswer;
  draft: MoveDraft;
  set: (part: Partial<MoveDraft>) => void;
  setPhotos: (change: (before: readonly string[]) => string[]) => void;
  faultOf: (path: string) => string | undefined;
};
