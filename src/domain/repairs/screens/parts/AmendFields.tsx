// What is corrected on an order 更改, and which dates the standard wants before anybody is sent.

import { Field } from '../../../../ui/Field.tsx';
import { ConsentFields } from '../../../cases/screens/parts/ConsentFields.tsx';
import { Select, TextArea, Tick } from '../../../cases/screens/parts/moveFields.tsx';
import type { StandardDocument } from '../../../standards/standard.contract.ts';
import type { RepairAnswer } from '../../repair.contract.ts';
import { repairFieldWords, urgencyWords } from '../../repair.words.ts';
import { contractorWords, repairPageWords } from '../../repair-page.words.ts';
import type { WithReason } from './moveFieldsProps.ts';

const words = repairPageWords.dialog;
const named = repairFieldWords;

/** A time that this community's standard wants before anybody is sent, and that nobody has given yet (RP3). */
export const isNeededBeforeDispatch = (
  document: StandardDocument | undefined,
  repair: Pick<RepairAnswer, 'urgency' | 'appointmentAt' | 'agreedAt'>,
  field: 'appointmentAt' | 'agreedAt',
): boolean =>
  repair[field] === null && document?.repair.requiredBeforeDispatch.value[repair.urgency]?.includes(field) === true;

export function AmendFields({ repair, document, draft, set, faultOf, reason }: WithReason) {
  const isReclassed = draft.urgency !== repair.urgency;
  const asked = (field: 'appointmentAt' | 'agreedAt'): string =>
    isNeededBeforeDispatch(document, { ...repair, urgency: draft.urgency as RepairAnswer['urgency'] }, field)
      ? words.beforeDispatch(named[field] ?? '')
      : (named[field] ?? '');
  return (
    <>
      <p className="faint">{words.fields}</p>
      <div className="twofields">
        <Field
          label={asked('appointmentAt')}
          type="datetime-local"
          value={draft.appointmentAt}
          fault={faultOf('appointmentAt')}
          onChange={(event) => set({ appointmentAt: event.target.value })}
        />
        <Field
          label={asked('agreedAt')}
          type="datetime-local"
          value={draft.agreedAt}
          fault={faultOf('agreedAt')}
          onChange={(event) => set({ agreedAt: event.target.value })}
        />
      </div>
      <ConsentFields draft={draft} set={set} faultOf={faultOf} hint={words.consentHint} />
      <div className="twofields">
        <Select
          label={words.urgency}
          value={draft.urgency}
          options={Object.entries(urgencyWords)}
          fault={faultOf('urgency')}
          onChange={(urgency) => set({ urgency })}
        />
        <Select
          label={named.category ?? ''}
          value={draft.category}
          options={(document?.repair.categories ?? []).map((one) => [one.code, one.name] as const)}
          fault={faultOf('category')}
          onChange={(category) => set({ category })}
        />
      </div>
      <div className="twofields">
        <Field
          label={contractorWords.part}
          hint={contractorWords.partHint}
          maxLength={40}
          list="warrantyparts"
          value={draft.part}
          fault={faultOf('part')}
          onChange={(event) => set({ part: event.target.value })}
        />
        <datalist id="warrantyparts">
          {(repair.warranty?.parts ?? []).map((part) => (
            <option key={part} value={part} />
          ))}
        </datalist>
        <Tick
          word={contractorWords.customerToldTick}
          isOn={draft.customerTold}
          onChange={(customerTold) => set({ customerTold })}
        />
      </div>
      {reason(isReclassed ? words.reclassReason : named.reason, !isReclassed)}
      {repair.place === null ? null : (
        <Field
          label={named.place ?? ''}
          maxLength={200}
          value={draft.place}
          fault={faultOf('place')}
          onChange={(event) => set({ place: event.target.value })}
        />
      )}
      <div className="twofields">
        <Field
          label={named['contact.name'] ?? ''}
          maxLength={60}
          value={draft.contactName}
          fault={faultOf('contact.name')}
          onChange={(event) => set({ contactName: event.target.value })}
        />
        <Field
          label={named['contact.phone'] ?? ''}
          inputMode="tel"
          placeholder={repair.contact.phone ?? ''}
          value={draft.contactPhone}
          fault={faultOf('contact.phone')}
          onChange={(event) => set({ contactPhone: event.target.value })}
        />
      </div>
      <TextArea
        label={named.description ?? ''}
        rows={3}
        maxLength={10_000}
        value={draft.description}
        fault={faultOf('description')}
        onChange={(description) => set({ description })}
      />
      <Tick word={words.readBack} isOn={draft.readBack} onChange={(readBack) => set({ readBack })} />
    </>
  );
}
