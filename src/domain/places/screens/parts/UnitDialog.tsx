// Putting a unit right 更正房屋资料: area, use, state, delivery, key.
import { useState } from 'react';
import { Choice } from '../../../../ui/Choice.tsx';
import { call } from '../../../../ui/call.ts';
import { DayField } from '../../../../ui/DayField.tsx';
import { Field } from '../../../../ui/Field.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { currentIn, ProblemError } from '../../../../ui/problem.ts';
import { householdWords } from '../../household.words.ts';
import { unitStateWords, unitUsageWords } from '../../place.words.ts';
import { type Household, householdSchema, unitRoutes } from '../../unit.contract.ts';

const words = householdWords.unit;

/** Hundredths of a square metre; null: left open; undefined: not an area. */
export function readArea(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (!/^\d{1,5}(\.\d{1,2})?$/.test(trimmed)) return undefined;
  const [whole = '0', part = ''] = trimmed.split('.');
  const hundredths = Number(whole) * 100 + Number(part.padEnd(2, '0'));
  return hundredths > 0 ? hundredths : undefined;
}

const start = (household: Household) => ({
  area: household.areaHundredthsM2 === null ? '' : (household.areaHundredthsM2 / 100).toFixed(2),
  usage: household.usage as keyof typeof unitUsageWords,
  state: household.state,
  deliveredOn: household.deliveredOn,
  keyCustody: household.keyCustody,
});

export function UnitDialog(props: {
  communityId: string;
  household: Household;
  onClose: () => void;
  onDone: (household: Household) => void;
}) {
  const { communityId } = props;
  const [seen, setSeen] = useState(props.household);
  const [form, setForm] = useState(() => start(props.household));
  const [isStale, setStale] = useState(false);
  const area = readArea(form.area);
  const submit = async () => {
    if (area === undefined) return;
    const params = { communityId, id: seen.id };
    try {
      const { usage, state, deliveredOn, keyCustody } = form;
      const body = { areaHundredthsM2: area, usage, state, deliveredOn, keyCustody };
      props.onDone(await call(unitRoutes.changeUnit, { params, ifMatch: seen.version, body }));
      props.onClose();
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== 'stale_version') throw error;
      // What was typed stays; the newer facts stand behind the dialog for comparison.
      const latest = currentIn(householdSchema, error) ?? (await call(unitRoutes.readHousehold, { params }));
      setSeen(latest);
      props.onDone(latest);
      setStale(true);
    }
  };
  return (
    <FormDialog
      title={`${words.title} · ${seen.label}`}
      isOpen
      onClose={props.onClose}
      onSubmit={submit}
      isReady={area !== undefined}
      shownFields={['areaHundredthsM2', 'deliveredOn']}
    >
      {(fault) => (
        <>
          {isStale ? (
            <p className="notice warn" role="alert">
              {words.stale}
            </p>
          ) : null}
          <div className="pair">
            <Choice
              label={words.state}
              value={form.state}
              words={unitStateWords}
              onChange={(state) => state !== '' && setForm({ ...form, state })}
            />
            <Choice
              label={words.usage}
              value={form.usage}
              words={unitUsageWords}
              onChange={(usage) => usage !== '' && setForm({ ...form, usage })}
            />
          </div>
          <div className="pair">
            <Field
              label={words.area}
              inputMode="decimal"
              value={form.area}
              fault={area === undefined ? words.badArea : fault('areaHundredthsM2')}
              onChange={(event) => setForm({ ...form, area: event.target.value })}
            />
            <DayField
              label={words.deliveredOn}
              value={form.deliveredOn}
              fault={fault('deliveredOn')}
              onChange={(deliveredOn) => setForm({ ...form, deliveredOn })}
            />
          </div>
          <label className="row">
            <input
              type="checkbox"
              checked={form.keyCustody}
              onChange={(event) => setForm({ ...form, keyCustody: event.target.checked })}
            />
            {words.keyCustody}
          </label>
        </>
      )}
    </FormDialog>
  );
}
