// Whether the customer was satisfied 是否满意: not asked, yes, no; nobody answers it for them.
import { moveDialogWords as words } from '../../board.words.ts';
import { Choices } from './moveFields.tsx';

export type Satisfied = '' | 'yes' | 'no';

export function SatisfiedChoice(props: { value: Satisfied; onChange: (value: Satisfied) => void }) {
  return (
    <Choices
      label={words.satisfied}
      isInline
      value={props.value}
      options={[
        { value: '', word: words.notAsked },
        { value: 'yes', word: words.isSatisfied },
        { value: 'no', word: words.isNotSatisfied },
      ]}
      onChange={(value) => props.onChange(value as Satisfied)}
    />
  );
}
