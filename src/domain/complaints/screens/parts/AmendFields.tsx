// What was said at the start, mended 补充更改: whose it is, where, when, about whom, the facts and the dates.
import { useRef } from 'react';
import { Field } from '../../../../ui/Field.tsx';
import { ColleaguePicker } from '../../../access/screens/parts/ColleaguePicker.tsx';
import { ConsentFields } from '../../../cases/screens/parts/ConsentFields.tsx';
import { Choices, Select, TextArea } from '../../../cases/screens/parts/moveFields.tsx';
import { UnitPicker } from '../../../places/screens/parts/UnitPicker.tsx';
import { againstWords, liabilityWords } from '../../complaint-case.words.ts';
import { complaintNewWords, complaintPageWords } from '../../complaint-page.words.ts';
import { againsts } from '../../complaint-shapes.contract.ts';
import { FactsFields } from './FactsFields.tsx';
import { Reason } from './LevelFields.tsx';
import { factsOf } from './moveDraft.ts';
import type { MoveFieldsProps } from './moveFieldsProps.ts';

const words = complaintPageWords.dialog;

export function AmendFields(props: MoveFieldsProps) {
  const { complaint, draft, set, faultOf } = props;
  const unitField = useRef<HTMLInputElement>(null);
  // Whose fault a loss is, is the word of those who also judge whether it is valid (CP2).
  const maySetLiability = complaint.moves.some((one) => one.name === 'invalidate' || one.name === 'validate');
  const { faults } = factsOf(draft.facts);
  const date = (field: 'occurredAt' | 'replyAt' | 'wishedAt' | 'agreedAt', label: string) => (
    <Field
      label={label}
      type="datetime-local"
      value={draft[field]}
      fault={faultOf(field)}
      onChange={(event) => set({ [field]: event.target.value })}
    />
  );
  return (
    <>
      <p className="faint">{words.amendFields}</p>
      {complaint.anonymous ? null : (
        <>
          <UnitPicker
            communityId={complaint.communityId}
            label={complaintPageWords.unit}
            inputRef={unitField}
            text={draft.unitText}
            chosenId={draft.unitId === '' ? null : draft.unitId}
            fault={faultOf('unitId')}
            onText={(unitText) => set({ unitText, unitId: '' })}
            onChoose={(unit) => set({ unitId: unit.id, unitText: unit.label })}
          />
          <div className="twofields">
            <Field
              label={complaintNewWords.name}
              maxLength={60}
              value={draft.contactName}
              fault={faultOf('contact.name')}
              onChange={(event) => set({ contactName: event.target.value })}
            />
            <Field
              label={complaintNewWords.phone}
              inputMode="tel"
              placeholder={complaint.contact.phone ?? ''}
              value={draft.contactPhone}
              fault={faultOf('contact.phone')}
              onChange={(event) => set({ contactPhone: event.target.value })}
            />
          </div>
        </>
      )}
      <div className="twofields">
        <Field
          label={complaintNewWords.where}
          maxLength={200}
          value={draft.place}
          fault={faultOf('place')}
          onChange={(event) => set({ place: event.target.value })}
        />
        {date('occurredAt', complaintNewWords.when)}
      </div>
      <div className="twofields">
        <Select
          label={complaintNewWords.against}
          value={draft.against}
          options={[['', words.choose], ...againsts.map((one) => [one, againstWords[one]] as const)]}
          fault={faultOf('against')}
          onChange={(against) => set({ against })}
        />
        <ColleaguePicker
          communityId={complaint.communityId}
          label={complaintNewWords.againstStaff}
          none={complaintNewWords.nobody}
          value={draft.againstStaffId}
          fault={faultOf('againstStaffId')}
          onChange={(againstStaffId) => set({ againstStaffId })}
        />
      </div>
      <TextArea
        label={complaintNewWords.account}
        rows={4}
        maxLength={10_000}
        isOptional
        value={draft.account}
        fault={faultOf('account')}
        onChange={(account) => set({ account })}
      />
      <TextArea
        label={complaintNewWords.demand}
        maxLength={10_000}
        isOptional
        value={draft.demand}
        fault={faultOf('demand')}
        onChange={(demand) => set({ demand })}
      />
      <FactsFields
        facts={draft.facts}
        faults={faults}
        faultOf={faultOf}
        onChange={(part) => set({ facts: { ...draft.facts, ...part } })}
      />
      <TextArea
        label={complaintNewWords.replyReason}
        isOptional
        value={draft.replyReason}
        fault={faultOf('replyReason')}
        onChange={(replyReason) => set({ replyReason })}
      />
      <div className="twofields">
        {date('replyAt', complaintNewWords.replyAt)}
        {date('wishedAt', complaintNewWords.wishedAt)}
      </div>
      {date('agreedAt', complaintNewWords.agreedAt)}
      <ConsentFields {...props} none={words.notExplained} />
      {maySetLiability ? (
        <>
          <Choices
            label={words.liability}
            isInline
            value={draft.liability}
            options={Object.entries(liabilityWords).map(([value, word]) => ({ value, word }))}
            fault={faultOf('liability')}
            onChange={(liability) => set({ liability })}
          />
          {draft.liability === complaint.liability ? null : <Reason {...props} label={words.liabilityReason} />}
        </>
      ) : null}
    </>
  );
}
