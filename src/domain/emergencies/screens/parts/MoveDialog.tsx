// The dialog of one move of an emergency.
import { call } from '../../../../ui/call.ts';
import { currentIn } from '../../../../ui/problem.ts';
import { useDraft } from '../../../../ui/useDraft.ts';
import { CaseMoveDialog } from '../../../cases/screens/parts/CaseMoveDialog.tsx';
import { type Emergency, type EmergencyMove, emergencyMoveRoutes, emergencySchema } from '../../emergency.contract.ts';
import {
  emergencyFieldWords,
  emergencyMoveWords,
  emergencyProblems,
  emergencyStateWords,
  emergencyStepInWords,
} from '../../emergency.words.ts';
import { emergencyPageWords } from '../../emergency-page.words.ts';
import { MoveFields } from './MoveFields.tsx';
import { bodyOf, startDraft } from './moveDraft.ts';

export const refusalInWords = (code: string): string => emergencyProblems.titles[code]?.({}).zh ?? code;

export function MoveDialog(props: {
  move: Exclude<EmergencyMove, 'close'>;
  emergency: Emergency;
  onClose: () => void;
}) {
  const { move, emergency } = props;
  const draft = useDraft(`emergency.${move}:${emergency.id}`, startDraft(emergency));
  return (
    <CaseMoveDialog
      move={move}
      subject={emergency}
      moveWord={emergencyMoveWords[move]}
      lead={emergencyPageWords.leads[move]}
      stateWord={emergencyStateWords[emergency.state]}
      refusalInWords={(code) => refusalInWords(code === '' ? 'emergency.move_not_allowed' : code)}
      sayEntry={emergencyStepInWords}
      fieldWords={emergencyFieldWords}
      draft={draft}
      read={() => bodyOf(move, draft.value, emergency)}
      send={(body, key) =>
        call(emergencyMoveRoutes[move], {
          params: { communityId: emergency.communityId, id: emergency.id },
          body: body as never,
          key,
        })
      }
      currentIn={(error) => currentIn(emergencySchema, error)}
      queryKey={['emergency', emergency.communityId, emergency.id]}
      onClose={props.onClose}
    >
      {(faultOf) => (
        <MoveFields
          move={move}
          emergency={emergency}
          draft={draft.value}
          set={(part) => draft.setValue((before) => ({ ...before, ...part }))}
          setPhotos={(change) => draft.setValue((before) => ({ ...before, photos: change(before.photos) }))}
          faultOf={faultOf}
        />
      )}
    </CaseMoveDialog>
  );
}
