// Who was hurt, what was lost, who reports of it: what the level is measured by.
import { Field } from '../../../../ui/Field.tsx';
import { Select } from '../../../cases/screens/parts/moveFields.tsx';
import { emergencyNewWords as words } from '../../emergency-page.words.ts';
import type { HarmDraft, HarmFaults } from './harmDraft.ts';

export function HarmFields(props: {
  harm: HarmDraft;
  faults: HarmFaults;
  /** What the server says of a field: `harm.injury` → words. */
  faultOf: (path: string) => string | undefined;
  onChange: (part: Partial<HarmDraft>) => void;
}) {
  const { harm, faults, faultOf, onChange } = props;
  const count = (name: 'people' | 'deaths' | 'mediaReports' | 'mediaDays' | 'mediaOutlets', label: string) => (
    <Field
      label={label}
      name={`harm.${name}`}
      inputMode="numeric"
      maxLength={5}
      autoComplete="off"
      value={harm[name]}
      fault={faults[name] ? words.countFault : faultOf(`harm.${name}`)}
      onChange={(event) => onChange({ [name]: event.target.value })}
    />
  );
  const isMoreOpen = [harm.loss, harm.mediaReports, harm.mediaDays, harm.mediaOutlets].some((one) => one !== '');
  return (
    <>
      <div className="harmgrid">
        <Select
          label={words.injury}
          value={harm.injury}
          options={[['', words.unknown], ...Object.entries(words.injuries)]}
          fault={faultOf('harm.injury')}
          onChange={(injury) => onChange({ injury: injury as HarmDraft['injury'] })}
        />
        {count('people', words.people)}
        {count('deaths', words.deaths)}
      </div>
      <details open={isMoreOpen}>
        <summary>{words.more}</summary>
        <div className="harmgrid">
          <Field
            label={words.loss}
            name="harm.lossFen"
            inputMode="decimal"
            maxLength={14}
            autoComplete="off"
            value={harm.loss}
            fault={faults.loss ? words.lossFault : faultOf('harm.lossFen')}
            onChange={(event) => onChange({ loss: event.target.value })}
          />
          {count('mediaReports', words.mediaReports)}
          {count('mediaDays', words.mediaDays)}
          {count('mediaOutlets', words.mediaOutlets)}
        </div>
      </details>
    </>
  );
}
