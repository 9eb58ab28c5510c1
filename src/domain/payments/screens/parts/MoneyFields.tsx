// An amount as it is typed, its fault beside it, and the choice of a way of paying; for the dialogs of the counter.
import { readYuan } from '../../../../kernel/money.ts';
import { Field } from '../../../../ui/Field.tsx';
import { SelectField } from '../../../../ui/SelectField.tsx';
import { type Method, methods } from '../../../ledger/ledger.contract.ts';
import { methodWords } from '../../../ledger/ledger.words.ts';
import { counterWords } from '../../counter.words.ts';

/** The fault of an amount as it is typed; nothing yet is none. */
const faultOf = (typed: string): string | undefined => {
  const { fault } = readYuan(typed);
  return typed.trim() === '' || fault === null ? undefined : counterWords.amountFaults[fault];
};

export function Amount(props: {
  label: string;
  value: string;
  onValue: (value: string) => void;
  fault: string | undefined;
}) {
  return (
    <Field
      label={props.label}
      inputMode="decimal"
      value={props.value}
      fault={faultOf(props.value) ?? props.fault}
      onChange={(event) => props.onValue(event.target.value)}
    />
  );
}

export function MethodField(props: { label: string; value: Method; onValue: (method: Method) => void }) {
  return (
    <SelectField label={props.label} value={props.value} onChange={(value) => props.onValue(value as Method)}>
      {methods.map((method) => (
        <option key={method} value={method}>
          {methodWords[method]}
        </option>
      ))}
    </SelectField>
  );
}
