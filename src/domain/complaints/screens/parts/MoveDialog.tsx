// The dialog of one move of a complaint.
import { call } from '../../../../ui/call.ts';
import { currentIn } from '../../../../ui/problem.ts';
import { useDraft } from '../../../../ui/useDraft.ts';
import { CaseMoveDialog } from '../../../cases/screens/parts/CaseMoveDialog.tsx';
import { complaintMoveRoutes } from '../../complaint.contract.ts';
import {
  complaintCaseFieldWords,
  complaintCaseMoveWords,
  complaintCaseProblems,
  complaintCaseStateWords,
} from '../../complaint-case.words.ts';
import { complaintPageWords } from '../../complaint-page.words.ts';
import { type ComplaintAnswer, type ComplaintMove, complaintAnswerSchema } from '../../complaint-shapes.contract.ts';
import { complaintStepInWords } from '../../complaint-timeline.words.ts';
import { MoveFields, shownPaths } from './MoveFields.tsx';
import { bodyOf, startDraft } from './moveDraft.ts';

const leads: Partial<Record<ComplaintMove, string>> = complaintPageWords.leads;

export function MoveDialog(props: { move: ComplaintMove; complaint: ComplaintAnswer; onClose: () => void }) {
  const { move, complaint } = props;
  const draft = useDraft(`complaint.${move}:${complaint.id}`, startDraft(move, complaint));
  return (
    <CaseMoveDialog
      move={move}
      subject={complaint}
      moveWord={complaintCaseMoveWords[move]}
      lead={leads[move]}
      stateWord={complaintCaseStateWords[complaint.state]}
      refusalInWords={(code) => refusalInWords(code === '' ? 'complaint.move_not_allowed' : code)}
      sayEntry={complaintStepInWords}
      fieldWords={complaintCaseFieldWords}
      shownFields={shownPaths}
      draft={draft}
      read={() => {
        const read = bodyOf(move, draft.value, complaint);
        return 'fault' in read ? { fault: complaintPageWords.dialog.faults[read.fault] } : read;
      }}
      send={(body, key) =>
        call(complaintMoveRoutes[move], {
          params: { communityId: complaint.communityId, id: complaint.id },
          body: body as never,
          key,
        })
      }
      currentIn={(error) => currentIn(complaintAnswerSchema, error)}
      queryKey={['complaint', complaint.communityId, complaint.id]}
      onClose={props.onClose}
    >
      {(faultOf) => (
        <MoveFields
          move={move}
          complaint={complaint}
          draft={draft.value}
          set={(part) => draft.setValue((before) => ({ ...before, ...part }))}
          setPhotos={(change) => draft.setValue((before) => ({ ...before, photos: change(before.photos) }))}
          faultOf={faultOf}
        />
      )}
    </CaseMoveDialog>
  );
}

export const refusalInWords = (code: string): string => complaintCaseProblems.titles[code]?.({}).zh ?? code;
