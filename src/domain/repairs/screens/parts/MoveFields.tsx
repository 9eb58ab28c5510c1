// What each move of a repair asks, in the order in which people say it.
import { Field } from '../../../../ui/Field.tsx';
import { type Department, departments, type Role } from '../../../access/role.contract.ts';
import { consentHowWords } from '../../../cases/case.words.ts';
import { ConsentFields } from '../../../cases/screens/parts/ConsentFields.tsx';
import { Choices, Select, TextArea, Tick, Ticks } from '../../../cases/screens/parts/moveFields.tsx';
import { NoteAndPhotos } from '../../../cases/screens/parts/NoteAndPhotos.tsx';
import { SatisfiedChoice } from '../../../cases/screens/parts/SatisfiedChoice.tsx';
import { SignaturePad } from '../../../cases/screens/parts/SignaturePad.tsx';
import { chargePartyWords } from '../../../clocks/clock.words.ts';
import { usePriceItems } from '../../../price-lists/screens/parts/PriceItemPicker.tsx';
import { type PauseReason, pauseReasonSchema } from '../../../standards/standard.contract.ts';
import type { RepairMove } from '../../repair.contract.ts';
import {
  cancelByWords,
  doorCheckWords,
  pauseReasonWords,
  repairFieldWords,
  signerWords,
  siteCheckWords,
} from '../../repair.words.ts';
import { contractorWords, departmentWords, repairPageWords } from '../../repair-page.words.ts';
import { AmendFields } from './AmendFields.tsx';
import { DispatchFields } from './DispatchFields.tsx';
import type { MoveDraft } from './moveDraft.ts';
import type { MoveFieldsProps, WithReason } from './moveFieldsProps.ts';
import { People } from './People.tsx';
import { PriceLines } from './PriceLines.tsx';

const words = repairPageWords.dialog;
const named = repairFieldWords;
const hows = Object.entries(consentHowWords);
const withPhotos: readonly RepairMove[] = ['arrive', 'pause', 'finish', 'sign', 'quote', 'decline'];
/** At night the order goes to whoever is on duty. */
const workers: readonly Role[] = ['technician', 'duty_technician'];

export function MoveFields(props: MoveFieldsProps) {
  const { move, repair, draft, set, faultOf } = props;
  const reason = (label = named.reason ?? '', isOptional = false) => (
    <TextArea
      label={label}
      value={draft.reason}
      isOptional={isOptional}
      fault={faultOf('reason')}
      onChange={(text) => set({ reason: text })}
    />
  );
  return (
    <>
      {own(props, reason)}
      <NoteAndPhotos
        label={named.note ?? ''}
        communityId={repair.communityId}
        draft={draft}
        hasNote={move !== 'amend' && move !== 'log'}
        hasPhotos={withPhotos.includes(move)}
        fault={faultOf('note')}
        onNote={(note) => set({ note })}
        onPhotos={props.setPhotos}
      />
    </>
  );
}

function own(props: MoveFieldsProps, reason: (label?: string, isOptional?: boolean) => React.ReactNode) {
  const { move, repair, draft, set, faultOf } = props;
  switch (move) {
    case 'dispatch':
      return <DispatchFields {...props} reason={reason} />;
    case 'amend':
      return <AmendFields {...props} reason={reason} />;
    case 'pause':
      return <PauseFields {...props} />;
    case 'sign':
      return <SignFields {...props} reason={reason} />;
    case 'log':
      return <Tick word={words.readBack} isOn={draft.readBack} onChange={(readBack) => set({ readBack })} />;
    case 'arrive':
      return (
        <>
          <Ticks
            label={named.doorChecks ?? ''}
            words={doorCheckWords}
            value={draft.checks}
            onChange={(checks) => set({ checks })}
          />
          {repair.contractor === null ? null : (
            <div className="field">
              <span className="label">{contractorWords.signAtDoor}</span>
              <SignaturePad value={draft.signature} onChange={(signature) => set({ signature })} />
            </div>
          )}
        </>
      );
    case 'quote':
      return <QuoteLines {...props} />;
    case 'agree':
      return (
        <>
          <By {...props} />
          <Select label={words.how} value={draft.how} options={hows} onChange={(how) => set({ how })} />
        </>
      );
    case 'decline':
      return (
        <>
          <By {...props} />
          {reason()}
        </>
      );
    case 'finish':
      return (
        <>
          <TextArea
            label={named.result ?? ''}
            rows={3}
            maxLength={5000}
            value={draft.result}
            fault={faultOf('result')}
            onChange={(result) => set({ result })}
          />
          <PriceLines label={named.materials ?? ''} lines={draft.lines} onChange={(lines) => set({ lines })} />
          <Ticks
            label={named.siteChecks ?? ''}
            words={siteCheckWords}
            value={draft.checks}
            onChange={(checks) => set({ checks })}
          />
        </>
      );
    case 'transfer':
      return (
        <>
          <Select
            label={words.department}
            value={draft.department}
            options={departments.map((one: Department) => [one, departmentWords[one]] as const)}
            fault={faultOf('department')}
            onChange={(department) => set({ department })}
          />
          {draft.department === repair.department ? (
            <People
              posts={workers}
              label={words.newTechnician}
              repair={repair}
              value={draft.technicianId}
              fault={faultOf('technicianId')}
              onChange={(technicianId) => set({ technicianId })}
            />
          ) : null}
          {reason()}
        </>
      );
    case 'cancel':
      return (
        <>
          <Choices
            label={words.cancelBy}
            isInline
            value={draft.cancelBy}
            options={Object.entries(cancelByWords).map(([value, word]) => ({ value, word }))}
            fault={faultOf('by')}
            onChange={(cancelBy) => set({ cancelBy })}
          />
          {reason()}
        </>
      );
    case 'hand-back':
    case 'rework':
      return reason();
    default:
      return null;
  }
}

/** Who said yes or no. */
function By({ draft, set, faultOf }: MoveFieldsProps) {
  return (
    <Field
      label={words.by}
      required
      maxLength={60}
      value={draft.by}
      fault={faultOf('by')}
      onChange={(event) => set({ by: event.target.value })}
    />
  );
}

function QuoteLines({ repair, draft, set }: MoveFieldsProps) {
  return (
    <PriceLines
      label={words.lines}
      lines={draft.lines}
      items={usePriceItems(repair.communityId)}
      category={repair.category}
      onChange={(lines) => set({ lines })}
    />
  );
}

function PauseFields({ document, draft, set, faultOf }: MoveFieldsProps) {
  const rules = document?.repair.pauses;
  const note = (reason: PauseReason) => {
    const rule = rules?.[reason];
    if (rule === undefined) return undefined;
    const limit = words.pauseLimit(rule.maxWorkingDays, chargePartyWords[rule.chargedTo]);
    return rule.pausesComplete ? limit : `${limit}，${words.doesNotPause}`;
  };
  return (
    <>
      <Choices
        label={words.pauseReason}
        value={draft.pauseReason}
        options={pauseReasonSchema.options.map((value) => ({
          value,
          word: pauseReasonWords[value],
          note: note(value),
        }))}
        fault={faultOf('reason')}
        onChange={(pauseReason) => set({ pauseReason })}
      />
      <Field
        label={words.until}
        type="datetime-local"
        hint={words.untilHint}
        value={draft.until}
        fault={faultOf('until')}
        onChange={(event) => set({ until: event.target.value })}
      />
      <TextArea
        label={words.call}
        hint={words.callHint}
        isOptional
        value={draft.call}
        fault={faultOf('call')}
        onChange={(text) => set({ call: text })}
      />
      <ConsentFields draft={draft} set={set} faultOf={faultOf} />
    </>
  );
}

function SignFields({ repair, draft, set, faultOf, reason }: WithReason) {
  const modes = { drawn: words.signDrawn, photo: words.signPhoto, absent: words.signAbsent };
  const signers = repair.unitId === null ? (['reporter', 'engineering'] as const) : (['customer'] as const);
  return (
    <>
      <Choices
        label={words.signMode}
        isInline
        value={draft.signMode}
        options={Object.entries(modes).map(([value, word]) => ({ value, word }))}
        onChange={(mode) => set({ signMode: mode as MoveDraft['signMode'] })}
      />
      {draft.signMode === 'drawn' ? (
        <SignaturePad value={draft.signature} onChange={(signature) => set({ signature })} />
      ) : null}
      {draft.signMode === 'absent' ? reason() : null}
      {signers.length > 1 && draft.signMode !== 'absent' ? (
        <Choices
          label={words.signer}
          isInline
          value={draft.signer}
          options={signers.map((value) => ({ value, word: signerWords[value] }))}
          fault={faultOf('signer')}
          onChange={(signer) => set({ signer })}
        />
      ) : null}
      <SatisfiedChoice value={draft.satisfied} onChange={(satisfied) => set({ satisfied })} />
    </>
  );
}
