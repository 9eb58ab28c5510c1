// What each move of a repair asks, in the order in which people say it.
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { call } from '../../../../ui/call.ts';
import { Field } from '../../../../ui/Field.tsx';
import { Problem } from '../../../../ui/Problem.tsx';
import { type Department, departments, type Role } from '../../../access/role.contract.ts';
import { staffRoutes } from '../../../access/staff.contract.ts';
import { consentHowWords } from '../../../cases/case.words.ts';
import { Choices, Select, TextArea, Tick, Ticks } from '../../../cases/screens/parts/moveFields.tsx';
import { PhotoPicker } from '../../../cases/screens/parts/PhotoPicker.tsx';
import { SignaturePad } from '../../../cases/screens/parts/SignaturePad.tsx';
import { chargePartyWords } from '../../../clocks/clock.words.ts';
import { usePriceItems } from '../../../price-lists/screens/parts/PriceItemPicker.tsx';
import { type PauseReason, pauseReasonSchema, type StandardDocument } from '../../../standards/standard.contract.ts';
import { useContractors } from '../../../warranties/screens/parts/register.ts';
import type { RepairAnswer, RepairMove, RepairState } from '../../repair.contract.ts';
import {
  cancelByWords,
  doorCheckWords,
  pauseReasonWords,
  repairFieldWords,
  repairStateWords,
  repairWords,
  signerWords,
  siteCheckWords,
  urgencyWords,
} from '../../repair.words.ts';
import { contractorWords, departmentWords, repairPageWords } from '../../repair-page.words.ts';
import type { MoveDraft } from './moveDraft.ts';
import { PriceLines } from './PriceLines.tsx';

const words = repairPageWords.dialog;
const named = repairFieldWords;
const hows = Object.entries(consentHowWords);
/** At night the order goes to whoever is on duty. */
const workers: readonly Role[] = ['technician', 'duty_technician'];
const contractors: readonly Role[] = ['contractor'];

type Props = {
  move: RepairMove;
  repair: RepairAnswer;
  document: StandardDocument | undefined;
  draft: MoveDraft;
  set: (part: Partial<MoveDraft>) => void;
  setPhotos: (change: (before: readonly string[]) => string[]) => void;
  faultOf: (path: string) => string | undefined;
};

export function MoveFields(props: Props) {
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
      {move === 'amend' || move === 'log' ? null : (
        <TextArea
          label={named.note ?? ''}
          value={draft.note}
          isOptional
          rows={1}
          fault={faultOf('note')}
          onChange={(text) => set({ note: text })}
        />
      )}
      {['arrive', 'pause', 'finish', 'sign', 'quote', 'decline'].includes(move) ? (
        <PhotoPicker communityId={repair.communityId} ids={draft.photos} onChange={props.setPhotos} />
      ) : null}
    </>
  );
}

function own(props: Props, reason: (label?: string, isOptional?: boolean) => React.ReactNode) {
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
          <Field
            label={words.by}
            required
            maxLength={60}
            value={draft.by}
            fault={faultOf('by')}
            onChange={(event) => set({ by: event.target.value })}
          />
          <Select label={words.how} value={draft.how} options={hows} onChange={(how) => set({ how })} />
        </>
      );
    case 'decline':
      return (
        <>
          <Field
            label={words.by}
            required
            maxLength={60}
            value={draft.by}
            fault={faultOf('by')}
            onChange={(event) => set({ by: event.target.value })}
          />
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

function QuoteLines({ repair, draft, set }: Props) {
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

/** People of a post with what they have on hand (RP13); the least loaded first, those away last and not to be chosen. */
function People(props: {
  posts: readonly Role[];
  label: string;
  repair: RepairAnswer;
  value: string;
  fault?: string | undefined;
  onChange: (id: string) => void;
}) {
  const { communityId } = props.repair;
  const people = useQuery({
    queryKey: ['staff', communityId, ...props.posts],
    queryFn: async ({ signal }) => {
      const answers = await Promise.all(
        props.posts.map((role) => call(staffRoutes.listStaff, { params: { communityId }, query: { role }, signal })),
      );
      const all = answers.flatMap((answer) => answer.items);
      return { items: all.filter((one, index) => all.findIndex((other) => other.id === one.id) === index) };
    },
  });
  if (people.error) return <Problem error={people.error} retry={() => void people.refetch()} />;
  const sorted = [...(people.data?.items ?? [])].sort(
    (a, b) => Number(a.isAbsent) - Number(b.isAbsent) || a.load - b.load || a.name.localeCompare(b.name, 'zh'),
  );
  if (people.data && sorted.length === 0) return <p className="faint">{words.noTechnicians}</p>;
  return (
    <Choices
      label={props.label}
      isPeople
      value={props.value}
      options={sorted.map((person) => ({
        value: person.id,
        word: person.name,
        note: person.isAbsent
          ? words.away(person.standIn?.name ?? null)
          : [
              words.load(person.load),
              ...(person.roles.includes('duty_technician') ? [words.onDuty] : []),
              ...(person.out
                ? [
                    words.out(
                      person.out.where ?? '',
                      repairStateWords[person.out.state as RepairState],
                      person.out.code,
                    ),
                  ]
                : []),
            ].join(' · '),
        isOff: person.isAbsent,
      }))}
      fault={props.fault}
      onChange={props.onChange}
    />
  );
}

type WithReason = Props & { reason: (label?: string, isOptional?: boolean) => React.ReactNode };

function DispatchFields({ repair, draft, set, faultOf, reason }: WithReason) {
  const isContractor = draft.contractorId !== '';
  const register = useContractors();
  const named = repair.warranty?.contractor ?? null;
  const firm = register.data?.items.find((one) => one.id === named?.id);
  const account = firm?.people.find((one) => one.account !== null && !one.account.disabled)?.account?.id;
  // What the register says is what is likely; somebody else is a click away.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the register is here
  useEffect(() => {
    if (repair.underWarranty && repair.urgency !== 'emergency' && account && draft.technicianId === '' && !isContractor)
      set({ contractorId: account });
  }, [account]);
  return (
    <>
      {repair.underWarranty && named ? (
        <p className="notice plain">
          {firm && account === undefined ? contractorWords.noAccount(named.name) : contractorWords.byTerms(named.name)}
        </p>
      ) : null}
      <People
        posts={workers}
        label={words.technician}
        repair={repair}
        value={draft.technicianId}
        fault={faultOf('technicianId')}
        onChange={(technicianId) => set({ technicianId, contractorId: '' })}
      />
      <People
        posts={contractors}
        label={words.contractor}
        repair={repair}
        value={draft.contractorId}
        fault={faultOf('contractorId')}
        onChange={(contractorId) => set({ contractorId, technicianId: '' })}
      />
      {repair.underWarranty ? (
        <Tick
          word={words.contractorTold}
          isOn={draft.contractorTold}
          onChange={(contractorTold) => set({ contractorTold })}
        />
      ) : null}
      {repair.underWarranty && !isContractor ? reason(words.reasonWarranty, repair.urgency === 'emergency') : null}
    </>
  );
}

/** A time that this community's standard wants before anybody is sent, and that nobody has given yet (RP3). */
export const isNeededBeforeDispatch = (
  document: StandardDocument | undefined,
  repair: Pick<RepairAnswer, 'urgency' | 'appointmentAt' | 'agreedAt'>,
  field: 'appointmentAt' | 'agreedAt',
): boolean =>
  repair[field] === null && document?.repair.requiredBeforeDispatch.value[repair.urgency]?.includes(field) === true;

function AmendFields({ repair, document, draft, set, faultOf, reason }: WithReason) {
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
      <div className="twofields">
        <Field
          label={words.consentBy}
          maxLength={60}
          value={draft.consentBy}
          hint={words.consentHint}
          fault={faultOf('consent')}
          onChange={(event) => set({ consentBy: event.target.value })}
        />
        <Select
          label={words.consentHow}
          value={draft.consentHow}
          options={hows}
          onChange={(consentHow) => set({ consentHow })}
        />
      </div>
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

function PauseFields({ document, draft, set, faultOf }: Props) {
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
      <div className="twofields">
        <Field
          label={words.consentBy}
          maxLength={60}
          value={draft.consentBy}
          fault={faultOf('consent')}
          onChange={(event) => set({ consentBy: event.target.value })}
        />
        <Select
          label={words.consentHow}
          value={draft.consentHow}
          options={hows}
          onChange={(consentHow) => set({ consentHow })}
        />
      </div>
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
      <Choices
        label={words.satisfied}
        isInline
        value={draft.satisfied}
        options={[
          { value: '', word: words.notAsked },
          { value: 'yes', word: repairWords.satisfied },
          { value: 'no', word: repairWords.notSatisfied },
        ]}
        onChange={(satisfied) => set({ satisfied: satisfied as MoveDraft['satisfied'] })}
      />
    </>
  );
}
