// By which way an answer or an explanation reached the customer 怎么告知 (CP7).
import { Choices } from '../../../cases/screens/parts/moveFields.tsx';
import { answerHowWords } from '../../complaint-case.words.ts';
import { complaintPageWords } from '../../complaint-page.words.ts';
import { answerHows, type ComplaintAnswer } from '../../complaint-shapes.contract.ts';
import { isUnreachable } from './moveDraft.ts';
import type { MoveFieldsProps } from './moveFieldsProps.ts';

const words = complaintPageWords.dialog;

/** Ways that reach this customer: nobody telephones somebody without a name, nothing is posted for somebody known. */
export function How(props: {
  complaint: ComplaintAnswer;
  label: string;
  path: string;
  value: string;
  faultOf: MoveFieldsProps['faultOf'];
  onChange: (how: string) => void;
}) {
  const unreachable = isUnreachable(props.complaint);
  const ways = answerHows.filter((how) => (unreachable ? how === 'live' || how === 'posted' : how !== 'posted'));
  return (
    <Choices
      label={props.label}
      isInline
      value={props.value}
      options={ways.map((value) => ({ value, word: answerHowWords[value] }))}
      fault={props.faultOf(props.path)}
      onChange={props.onChange}
    />
  );
}

/** On record how it was explained, whoever it is. */
export function ExplainedHow({ complaint, draft, set, faultOf }: MoveFieldsProps) {
  return (
    <How
      complaint={complaint}
      label={words.explained}
      path="explained"
      value={draft.explained}
      faultOf={faultOf}
      onChange={(explained) => set({ explained })}
    />
  );
}

/** Nothing can be explained to somebody who cannot be reached. */
export function Explained(props: MoveFieldsProps) {
  return isUnreachable(props.complaint) ? <p className="faint">{words.unreachable}</p> : <ExplainedHow {...props} />;
}
