// What the customer was answered, on the way and at the end, with opinion and signature: `respond`, `tell-customer` (CP5).
import { Choices, TextArea } from '../../../cases/screens/parts/moveFields.tsx';
import { SatisfiedChoice } from '../../../cases/screens/parts/SatisfiedChoice.tsx';
import { SignaturePad } from '../../../cases/screens/parts/SignaturePad.tsx';
import { complaintPageWords } from '../../complaint-page.words.ts';
import { How } from './HowFields.tsx';
import { isUnreachable, type MoveDraft } from './moveDraft.ts';
import type { MoveFieldsProps } from './moveFieldsProps.ts';

const words = complaintPageWords.dialog;

export function AnswerFields({ complaint, draft, set, faultOf, hint }: MoveFieldsProps & { hint?: string }) {
  return (
    <>
      <How
        complaint={complaint}
        label={words.how}
        path="how"
        value={draft.how}
        faultOf={faultOf}
        onChange={(how) => set({ how })}
      />
      <TextArea
        label={words.answer}
        rows={3}
        maxLength={10_000}
        value={draft.text}
        {...(hint === undefined ? {} : { hint })}
        fault={faultOf('answer')}
        onChange={(text) => set({ text })}
      />
    </>
  );
}

export function TellFields(props: MoveFieldsProps) {
  const { complaint, draft, set, faultOf } = props;
  const unreachable = isUnreachable(complaint);
  const modes = { drawn: words.signDrawn, photo: words.signPhoto, none: words.signNone };
  return (
    <>
      <AnswerFields {...props} />
      {unreachable ? null : (
        <>
          <TextArea
            label={words.opinion}
            rows={2}
            maxLength={10_000}
            value={draft.opinion}
            isOptional={draft.signMode === 'none'}
            hint={words.opinionHint}
            fault={faultOf('opinion')}
            onChange={(opinion) => set({ opinion })}
          />
          <SatisfiedChoice value={draft.satisfied} onChange={(satisfied) => set({ satisfied })} />
          <Choices
            label={words.signMode}
            isInline
            value={draft.signMode}
            options={Object.entries(modes).map(([value, word]) => ({ value, word }))}
            fault={faultOf('signature')}
            onChange={(mode) => set({ signMode: mode as MoveDraft['signMode'] })}
          />
          {draft.signMode === 'drawn' ? (
            <SignaturePad value={draft.signature} onChange={(signature) => set({ signature })} />
          ) : null}
          {draft.signMode === 'none' ? (
            <TextArea
              label={words.unsignedReason}
              rows={1}
              value={draft.unsignedReason}
              fault={faultOf('unsignedReason')}
              onChange={(unsignedReason) => set({ unsignedReason })}
            />
          ) : null}
        </>
      )}
    </>
  );
}
