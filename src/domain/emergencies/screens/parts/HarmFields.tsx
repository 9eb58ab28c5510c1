// Who was hurt, what was lost, who reports of it: what the level is measured by.
import { CountField, YuanField } from '../../../cases/screens/parts/countFields.tsx';
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
    <CountField
      label={label}
      name={`harm.${name}`}
      value={harm[name]}
      fault={faults[name] ? words.countFault : faultOf(`harm.${name}`)}
      onText={(text) => onChange({ [name]: text })}
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
          <YuanField
            label={words.loss}
            name="harm.lossFen"
            value={harm.loss}
            fault={faults.loss ? words.lossFault : faultOf('harm.lossFen')}
            onText={(loss) => onChange({ loss })}
          />
          {count('mediaReports', words.mediaReports)}
          {count('mediaDays', words.mediaDays)}
          {count('mediaOutlets', words.mediaOutlets)}
        </div>
      </details>
    </>
  );
}
