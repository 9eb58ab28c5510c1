// The facts that decide a level 定级依据 (CP2): loss in yuan, people, death, injury, media, a promise not kept.
import { CountField, YuanField } from '../../../cases/screens/parts/countFields.tsx';
import { Select } from '../../../cases/screens/parts/moveFields.tsx';
import { injuryWords } from '../../complaint-case.words.ts';
import { complaintNewWords as words } from '../../complaint-page.words.ts';
import type { FactsDraft, ReadFacts } from './moveDraft.ts';

const yesNo = [
  ['', words.unknown],
  ['yes', words.yes],
  ['no', words.no],
] as const;

export function FactsFields(props: {
  facts: FactsDraft;
  faults: ReadFacts['faults'];
  /** What the server says of a field: `facts.injury` → words. */
  faultOf: (path: string) => string | undefined;
  onChange: (part: Partial<FactsDraft>) => void;
}) {
  const { facts, faults, faultOf, onChange } = props;
  const count = (name: 'people' | 'mediaReports' | 'mediaDays' | 'mediaOutlets', path: string, label: string) => (
    <CountField
      label={label}
      name={path}
      value={facts[name]}
      fault={faults[name] ? words.countFault : faultOf(`facts.${path}`)}
      onText={(text) => onChange({ [name]: text })}
    />
  );
  return (
    <div className="factsgrid">
      <YuanField
        label={words.loss}
        name="lossFen"
        value={facts.loss}
        hint={words.lossHint}
        fault={faults.loss ? words.lossFault : faultOf('facts.lossFen')}
        onText={(loss) => onChange({ loss })}
      />
      {count('people', 'peopleCount', words.people)}
      <Select
        label={words.injury}
        value={facts.injury}
        options={[['', words.unknown], ...Object.entries(injuryWords)]}
        fault={faultOf('facts.injury')}
        onChange={(injury) => onChange({ injury: injury as FactsDraft['injury'] })}
      />
      <Select
        label={words.death}
        value={facts.death}
        options={yesNo}
        fault={faultOf('facts.death')}
        onChange={(death) => onChange({ death: death as FactsDraft['death'] })}
      />
      <Select
        label={words.promise}
        value={facts.promise}
        options={yesNo}
        fault={faultOf('facts.unfulfilledPromise')}
        onChange={(promise) => onChange({ promise: promise as FactsDraft['promise'] })}
      />
      <fieldset className="media">
        <legend>{words.media}</legend>
        {count('mediaReports', 'mediaReports', words.mediaReports)}
        {count('mediaDays', 'mediaDays', words.mediaDays)}
        {count('mediaOutlets', 'mediaOutlets', words.mediaOutlets)}
      </fieldset>
    </div>
  );
}
