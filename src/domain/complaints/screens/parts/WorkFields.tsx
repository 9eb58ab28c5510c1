// To a department, waiting there, and what was done: `send`, `transfer`, `wait`, `resolve` (CP4, CP6).
import { Field } from '../../../../ui/Field.tsx';
import { departments } from '../../../access/role.contract.ts';
import { ColleaguePicker } from '../../../access/screens/parts/ColleaguePicker.tsx';
import { ConsentFields } from '../../../cases/screens/parts/ConsentFields.tsx';
import { Select, TextArea } from '../../../cases/screens/parts/moveFields.tsx';
import { againstWords, complaintCauseWords } from '../../complaint-case.words.ts';
import { complaintPageWords } from '../../complaint-page.words.ts';
import { ExplainedHow } from './HowFields.tsx';
import { Reason } from './LevelFields.tsx';
import type { MoveFieldsProps } from './moveFieldsProps.ts';
import { useStandard } from './useStandard.ts';

const words = complaintPageWords.dialog;

export function SendFields(props: MoveFieldsProps) {
  const { move, complaint, draft, set, faultOf } = props;
  return (
    <>
      <Select
        label={move === 'send' ? words.department : words.toDepartment}
        value={draft.department}
        options={
          move === 'send'
            ? departments.map((one) => [one, againstWords[one]] as const)
            : // It goes elsewhere, and nobody is to find out by a refusal that it is there already.
              [
                ['', words.choose] as const,
                ...departments.flatMap((one) =>
                  one === complaint.department ? [] : [[one, againstWords[one]] as const],
                ),
              ]
        }
        fault={faultOf('department')}
        onChange={(department) => set({ department })}
      />
      <ColleaguePicker
        communityId={complaint.communityId}
        label={words.handler}
        none={words.handlerNone}
        value={draft.personId}
        fault={faultOf('responsibleId')}
        onChange={(personId) => set({ personId })}
      />
      {move === 'transfer' ? <Reason {...props} /> : null}
    </>
  );
}

export function WaitFields(props: MoveFieldsProps) {
  const { complaint, draft, set, faultOf } = props;
  const standard = useStandard(complaint.communityId);
  const most = standard?.clocks.find((rule) => rule.kind === 'next-answer')?.maxWorkingDays;
  return (
    <>
      <Field
        label={words.until}
        type="datetime-local"
        value={draft.until}
        hint={most === undefined ? undefined : words.untilMost(most)}
        fault={faultOf('until')}
        onChange={(event) => set({ until: event.target.value })}
      />
      <Reason {...props} label={complaintPageWords.replyReason} />
      <ExplainedHow {...props} />
      {complaint.anonymous ? null : <ConsentFields {...props} none={words.notExplained} hint={words.consentHint} />}
    </>
  );
}

export function ResolveFields({ draft, set, faultOf }: MoveFieldsProps) {
  return (
    <>
      <TextArea
        label={words.result}
        rows={4}
        maxLength={10_000}
        value={draft.text}
        fault={faultOf('result')}
        onChange={(text) => set({ text })}
      />
      <Select
        label={words.cause}
        value={draft.cause}
        options={[['', words.choose], ...Object.entries(complaintCauseWords)]}
        fault={faultOf('cause')}
        onChange={(cause) => set({ cause })}
      />
    </>
  );
}
