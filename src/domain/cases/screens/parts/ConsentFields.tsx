// Who agreed to a later time, and by which way 取得同意; nobody named: no consent.
import { Field } from '../../../../ui/Field.tsx';
import { moveDialogWords as words } from '../../board.words.ts';
import { consentHowWords } from '../../case.words.ts';
import { Select } from './moveFields.tsx';

export function ConsentFields(props: {
  draft: { consentBy: string; consentHow: string };
  set: (part: { consentBy: string } | { consentHow: string }) => void;
  faultOf: (path: string) => string | undefined;
  hint?: string;
  /** The word for "not chosen yet"; without one a way is always chosen. */
  none?: string;
}) {
  const { draft, set } = props;
  const none: readonly (readonly [string, string])[] = props.none === undefined ? [] : [['', props.none]];
  return (
    <div className="twofields">
      <Field
        label={words.consentBy}
        maxLength={60}
        value={draft.consentBy}
        hint={props.hint}
        fault={props.faultOf('consent')}
        onChange={(event) => set({ consentBy: event.target.value })}
      />
      <Select
        label={words.consentHow}
        value={draft.consentHow}
        options={[...none, ...Object.entries(consentHowWords)]}
        onChange={(consentHow) => set({ consentHow })}
      />
    </div>
  );
}
