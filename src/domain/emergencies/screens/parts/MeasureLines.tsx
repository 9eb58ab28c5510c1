// What was done before anybody could write, line by line with its time.
import { newId } from '../../../../kernel/id.ts';
import { Field } from '../../../../ui/Field.tsx';
import { Select } from '../../../cases/screens/parts/moveFields.tsx';
import { outsideBodyWords } from '../../emergency.words.ts';
import { emergencyNewWords as words } from '../../emergency-page.words.ts';
import type { MeasureDraft } from './emergencyDraft.ts';

const mostMeasures = 20;

export function MeasureLines(props: {
  measures: readonly MeasureDraft[];
  faultOf: (path: string) => string | undefined;
  onChange: (measures: MeasureDraft[]) => void;
}) {
  const { measures, faultOf, onChange } = props;
  const set = (id: string, part: Partial<MeasureDraft>) =>
    onChange(measures.map((one) => (one.id === id ? { ...one, ...part } : one)));
  return (
    <div className="col gap">
      {measures.map((one, index) => (
        <fieldset key={one.id} className="bare">
          <legend className="unseen">{words.measureOf(index + 1)}</legend>
          <div className="measureline">
            <Field
              label={words.measure}
              maxLength={2000}
              autoComplete="off"
              placeholder={words.measurePlaceholder}
              value={one.text}
              fault={faultOf(`measures.${index}.text`)}
              onChange={(event) => set(one.id, { text: event.target.value })}
            />
            <Select
              label={words.called}
              value={one.called}
              options={[['', words.nobodyCalled], ...Object.entries(outsideBodyWords)]}
              onChange={(called) => set(one.id, { called: called as MeasureDraft['called'] })}
            />
            <Field
              label={words.at}
              type="datetime-local"
              value={one.at}
              fault={faultOf(`measures.${index}.at`)}
              onChange={(event) => set(one.id, { at: event.target.value })}
            />
            <button
              type="button"
              className="btn quiet"
              aria-label={words.removeMeasure(index + 1)}
              onClick={() => onChange(measures.filter((other) => other.id !== one.id))}
            >
              ×
            </button>
          </div>
        </fieldset>
      ))}
      {measures.length >= mostMeasures ? null : (
        <div className="row">
          <button
            type="button"
            className="btn"
            onClick={() => onChange([...measures, { id: newId(), text: '', called: '', at: '' }])}
          >
            {words.addMeasure}
          </button>
        </div>
      )}
    </div>
  );
}
