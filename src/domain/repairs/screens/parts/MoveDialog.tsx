// The dialog of one move of a repair.
import { call } from '../../../../ui/call.ts';
import { currentIn } from '../../../../ui/problem.ts';
import { useDraft } from '../../../../ui/useDraft.ts';
import { CaseMoveDialog } from '../../../cases/screens/parts/CaseMoveDialog.tsx';
import type { StandardDocument } from '../../../standards/standard.contract.ts';
import { type RepairAnswer, type RepairMove, repairAnswerSchema, repairMoveRoutes } from '../../repair.contract.ts';
import {
  repairFieldWords,
  repairMoveWords,
  repairRefusalWords,
  repairStateWords,
  timelineInWords,
} from '../../repair.words.ts';
import { moveLeadWords, repairPageWords } from '../../repair-page.words.ts';
import { MoveFields } from './MoveFields.tsx';
import { bodyOf, startDraft } from './moveDraft.ts';

export type OpenMove = Exclude<RepairMove, 'close'>;

export function MoveDialog(props: {
  move: OpenMove;
  repair: RepairAnswer;
  document: StandardDocument | undefined;
  onClose: () => void;
}) {
  const { move, repair } = props;
  const draft = useDraft(`repair.${move}:${repair.id}`, startDraft(move, repair));
  return (
    <CaseMoveDialog
      move={move}
      subject={repair}
      moveWord={repairMoveWords[move]}
      lead={moveLeadWords[move]}
      stateWord={repairStateWords[repair.state]}
      refusalInWords={(code) => refusalInWords(code === '' ? 'repair.move_not_allowed' : code)}
      sayEntry={timelineInWords}
      fieldWords={repairFieldWords}
      draft={draft}
      read={() => {
        const read = bodyOf(move, draft.value, repair);
        return 'fault' in read ? { fault: repairPageWords.dialog[read.fault] } : read;
      }}
      send={(body, key) =>
        call(repairMoveRoutes[move], {
          params: { communityId: repair.communityId, id: repair.id },
          body: body as never,
          key,
        })
      }
      currentIn={(error) => currentIn(repairAnswerSchema, error)}
      queryKey={['repair', repair.communityId, repair.id]}
      onClose={props.onClose}
    >
      {(faultOf) => (
        <MoveFields
          move={move}
          repair={repair}
          document={props.document}
          draft={draft.value}
          set={(part) => draft.setValue((before) => ({ ...before, ...part }))}
          setPhotos={(change) => draft.setValue((before) => ({ ...before, photos: change(before.photos) }))}
          faultOf={faultOf}
        />
      )}
    </CaseMoveDialog>
  );
}

export const refusalInWords = (code: string): string =>
  (repairRefusalWords as Readonly<Record<string, string>>)[code] ?? code;
