// A room as a field of a form 房屋: what is typed and what was chosen are one value; typing on lets go of the choice.
import { type ComponentProps, useRef } from 'react';
import { UnitPicker } from './UnitPicker.tsx';

export type UnitChoice = { id: string | null; text: string };
export const noUnit: UnitChoice = { id: null, text: '' };

export function UnitField({
  value,
  onChange,
  ...look
}: Pick<ComponentProps<typeof UnitPicker>, 'communityId' | 'label' | 'placeholder' | 'fault'> & {
  value: UnitChoice;
  onChange: (value: UnitChoice) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <UnitPicker
      {...look}
      inputRef={input}
      text={value.text}
      chosenId={value.id}
      onText={(text) => onChange({ id: null, text })}
      onChoose={(unit) => onChange({ id: unit.id, text: unit.label })}
    />
  );
}
