// Level and reason: what `classify`, `raise` and `lower` ask, and the reason that most moves ask (CP2).
import { Choices, TextArea } from '../../../cases/screens/parts/moveFields.tsx';
import { severityWords, validityWords } from '../../complaint-case.words.ts';
import { complaintPageWords } from '../../complaint-page.words.ts';
import { severities } from '../../complaint-shapes.contract.ts';
import { Explained } from './HowFields.tsx';
import type { MoveDraft } from './moveDraft.ts';
import type { MoveFieldsProps } from './moveFieldsProps.ts';

const words = complaintPageWords.dialog;

export function Reason({
  draft,
  set,
  faultOf,
  isOptional,
  label,
}: MoveFieldsProps & { isOptional?: boolean; label?: string }) {
  return (
    <TextArea
      label={label ?? words.reason}
      value={draft.reason}
      isOptional={isOptional ?? false}
      fault={faultOf('reason')}
      onChange={(reason) => set({ reason })}
    />
  );
}

/** The levels one may choose: from a rank on, before another. */
export function SeverityChoices({
  complaint,
  draft,
  set,
  faultOf,
  from,
  until,
}: MoveFieldsProps & { from: number; until?: number }) {
  return (
    <Choices
      label={words.severity}
      value={draft.severity}
      options={severities.slice(from, until).map((severity) => ({
        value: severity,
        word: severityWords[severity],
        note: severity === complaint.severity ? words.keep : undefined,
      }))}
      fault={faultOf('severity')}
      onChange={(severity) => set({ severity })}
    />
  );
}

export function ClassifyFields(props: MoveFieldsProps) {
  const { complaint, draft, set, faultOf } = props;
  return (
    <>
      <SeverityChoices {...props} from={severities.indexOf(complaint.severity)} />
      <Choices
        label={words.validity}
        isInline
        value={draft.validity}
        options={[
          { value: '', word: words.undecided },
          { value: 'valid', word: validityWords.valid },
          { value: 'invalid', word: validityWords.invalid },
        ]}
        fault={faultOf('validity')}
        onChange={(validity) => set({ validity: validity as MoveDraft['validity'] })}
      />
      <Reason {...props} isOptional={draft.validity !== 'invalid'} />
      {draft.validity === 'invalid' ? <Explained {...props} /> : null}
    </>
  );
}
