// Fields of a number that people type: how many, and how many yuan. What is wrong with it is said beside it.
import { Field } from '../../../../ui/Field.tsx';

type Props = {
  label: string;
  name: string;
  value: string;
  hint?: string | undefined;
  fault: string | undefined;
  onText: (text: string) => void;
};

const NumberField = (props: Props & { inputMode: 'numeric' | 'decimal'; maxLength: number }) => (
  <Field
    label={props.label}
    name={props.name}
    inputMode={props.inputMode}
    maxLength={props.maxLength}
    autoComplete="off"
    value={props.value}
    hint={props.hint}
    fault={props.fault}
    onChange={(event) => props.onText(event.target.value)}
  />
);

export const CountField = (props: Props) => <NumberField {...props} inputMode="numeric" maxLength={7} />;
export const YuanField = (props: Props) => <NumberField {...props} inputMode="decimal" maxLength={14} />;
