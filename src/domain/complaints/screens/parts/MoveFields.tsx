// What each move of a complaint asks, in the order in which people say it.
import { ColleaguePicker } from '../../../access/screens/parts/ColleaguePicker.tsx';
import { NoteAndPhotos } from '../../../cases/screens/parts/NoteAndPhotos.tsx';
import { complaintCaseFieldWords as named } from '../../complaint-case.words.ts';
import { complaintPageWords } from '../../complaint-page.words.ts';
import { type ComplaintMove, severities } from '../../complaint-shapes.contract.ts';
import { AmendFields } from './AmendFields.tsx';
import { Explained } from './HowFields.tsx';
import { ClassifyFields, Reason, SeverityChoices } from './LevelFields.tsx';
import type { MoveFieldsProps } from './moveFieldsProps.ts';
import { PickComplaint } from './PickComplaint.tsx';
import { AnswerFields, TellFields } from './TellFields.tsx';
import { ResolveFields, SendFields, WaitFields } from './WorkFields.tsx';

const words = complaintPageWords.dialog;

const withPhotos: readonly ComplaintMove[] = ['amend', 'respond', 'wait', 'resolve', 'tell-customer', 'invalidate'];

/** Moves whose reason is already their text, so that a note would be asked for twice. */
const withoutNote: readonly ComplaintMove[] = [
  'amend',
  'respond',
  'resolve',
  'tell-customer',
  'raise',
  'mishandled',
  'classify',
  'lower',
  'transfer',
  'wait',
  'reopen',
  'invalidate',
  'validate',
];

export function MoveFields(props: MoveFieldsProps) {
  const { move, complaint, draft, set, faultOf } = props;
  return (
    <>
      <Own {...props} />
      <NoteAndPhotos
        label={complaintPageWords.note}
        communityId={complaint.communityId}
        draft={draft}
        hasNote={!withoutNote.includes(move)}
        hasPhotos={withPhotos.includes(move)}
        fault={faultOf('note')}
        onNote={(note) => set({ note })}
        onPhotos={props.setPhotos}
      />
    </>
  );
}

function Own(props: MoveFieldsProps) {
  const { move, complaint, draft, set, faultOf } = props;
  switch (move) {
    case 'amend':
      return <AmendFields {...props} />;
    case 'take-over':
      return (
        <ColleaguePicker
          communityId={complaint.communityId}
          label={words.inCharge}
          none={words.myself}
          value={draft.personId}
          fault={faultOf('inChargeId')}
          onChange={(personId) => set({ personId })}
        />
      );
    case 'classify':
      return <ClassifyFields {...props} />;
    case 'raise':
      return (
        <>
          <SeverityChoices {...props} from={severities.indexOf(complaint.severity) + 1} />
          <Reason {...props} />
        </>
      );
    case 'lower':
      return (
        <>
          <SeverityChoices {...props} from={0} until={severities.indexOf(complaint.severity)} />
          <Reason {...props} />
        </>
      );
    case 'mishandled':
    case 'reopen':
      return <Reason {...props} />;
    case 'invalidate':
    case 'validate':
      return (
        <>
          <Reason {...props} />
          <Explained {...props} />
        </>
      );
    case 'respond':
      return <AnswerFields {...props} hint={words.evidenceHint} />;
    case 'send':
    case 'transfer':
      return <SendFields {...props} />;
    case 'wait':
      return <WaitFields {...props} />;
    case 'resolve':
      return <ResolveFields {...props} />;
    case 'tell-customer':
      return <TellFields {...props} />;
    case 'link':
    case 'merge':
      return (
        <PickComplaint
          complaint={complaint}
          label={move === 'link' ? words.sameEventAs : words.intoId}
          search={draft.search}
          value={draft.chosenId}
          fault={faultOf(move === 'link' ? 'sameEventAs' : 'intoId')}
          onSearch={(search) => set({ search })}
          onChange={(chosenId) => set({ chosenId })}
        />
      );
    default:
      return null;
  }
}

/** Paths whose fault stands beside their field. */
export const shownPaths: readonly string[] = [
  ...Object.keys(named),
  'unitId',
  'contact.name',
  'contact.phone',
  'place',
  'note',
  'reason',
  'consent',
  'department',
  'agreedAt',
  'until',
  'result',
  'signature',
];
