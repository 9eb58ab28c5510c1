// What each move of a complaint asks, in the order in which people say it.
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { call } from '../../../../ui/call.ts';
import { Field } from '../../../../ui/Field.tsx';
import { departments } from '../../../access/role.contract.ts';
import { ColleaguePicker } from '../../../access/screens/parts/ColleaguePicker.tsx';
import { useMay } from '../../../access/screens/parts/session.ts';
import { consentHowWords } from '../../../cases/case.words.ts';
import { Choices, Select, TextArea } from '../../../cases/screens/parts/moveFields.tsx';
import { PhotoPicker } from '../../../cases/screens/parts/PhotoPicker.tsx';
import { SignaturePad } from '../../../cases/screens/parts/SignaturePad.tsx';
import { UnitPicker } from '../../../places/screens/parts/UnitPicker.tsx';
import { standardRoutes } from '../../../standards/standard-view.contract.ts';
import {
  againstWords,
  answerHowWords,
  complaintCauseWords,
  liabilityWords,
  complaintCaseFieldWords as named,
  severityWords,
  validityWords,
} from '../../complaint-case.words.ts';
import { complaintNewWords, complaintPageWords } from '../../complaint-page.words.ts';
import {
  againsts,
  answerHows,
  type ComplaintAnswer,
  type ComplaintMove,
  severities,
} from '../../complaint-shapes.contract.ts';
import { FactsFields } from './FactsFields.tsx';
import { factsOf, isUnreachable, type MoveDraft } from './moveDraft.ts';
import { PickComplaint } from './PickComplaint.tsx';

const words = complaintPageWords.dialog;

type Props = {
  move: ComplaintMove;
  complaint: ComplaintAnswer;
  draft: MoveDraft;
  set: (part: Partial<MoveDraft>) => void;
  setPhotos: (change: (before: readonly string[]) => string[]) => void;
  faultOf: (path: string) => string | undefined;
};

const withPhotos: readonly ComplaintMove[] = ['amend', 'respond', 'wait', 'resolve', 'tell-customer', 'invalidate'];

/** Moves whose reason is already their text, so that a note would be asked for twice. */
const withoutNote: readonly ComplaintMove[] = [
  'amend',
  'respond',
  'resolve',
  'tell-customer',
  'raise',
  'mishandled',
  'classify',
  'lower',
];

export function MoveFields(props: Props) {
  const { move, complaint, draft, set, faultOf } = props;
  return (
    <>
      <Own {...props} />
      {withoutNote.includes(move) ? null : (
        <TextArea
          label={complaintPageWords.note}
          value={draft.note}
          isOptional
          rows={1}
          fault={faultOf('note')}
          onChange={(note) => set({ note })}
        />
      )}
      {withPhotos.includes(move) ? (
        <PhotoPicker communityId={complaint.communityId} ids={draft.photos} onChange={props.setPhotos} />
      ) : null}
    </>
  );
}

function Own(props: Props) {
  const { move, complaint, draft, set, faultOf } = props;
  switch (move) {
    case 'amend':
      return <AmendFields {...props} />;
    case 'take-over':
      return (
        <ColleaguePicker
          communityId={complaint.communityId}
          label={words.inCharge}
          none={words.myself}
          value={draft.personId}
          fault={faultOf('inChargeId')}
          onChange={(personId) => set({ personId })}
        />
      );
    case 'classify':
      return (
        <>
          <SeverityChoices {...props} from={severities.indexOf(complaint.severity)} />
          <Choices
            label={words.validity}
            isInline
            value={draft.validity}
            options={[
              { value: '', word: words.undecided },
              { value: 'valid', word: validityWords.valid },
              { value: 'invalid', word: validityWords.invalid },
            ]}
            fault={faultOf('validity')}
            onChange={(validity) => set({ validity: validity as MoveDraft['validity'] })}
          />
          <Reason {...props} isOptional={draft.validity !== 'invalid'} />
          {draft.validity === 'invalid' ? <Explained {...props} /> : null}
        </>
      );
    case 'raise':
      return (
        <>
          <SeverityChoices {...props} from={severities.indexOf(complaint.severity) + 1} />
          <Reason {...props} />
        </>
      );
    case 'lower':
      return (
        <>
          <SeverityChoices {...props} from={0} until={severities.indexOf(complaint.severity)} />
          <Reason {...props} />
        </>
      );
    case 'mishandled':
    case 'reopen':
      return <Reason {...props} />;
    case 'invalidate':
    case 'validate':
      return (
        <>
          <Reason {...props} />
          <Explained {...props} />
        </>
      );
    case 'respond':
      return (
        <>
          <How {...props} label={words.how} path="how" value={draft.how} onChange={(how) => set({ how })} />
          <TextArea
            label={words.answer}
            rows={3}
            maxLength={10_000}
            value={draft.text}
            hint={words.evidenceHint}
            fault={faultOf('answer')}
            onChange={(text) => set({ text })}
          />
        </>
      );
    case 'send':
    case 'transfer':
      return <SendFields {...props} />;
    case 'wait':
      return <WaitFields {...props} />;
    case 'resolve':
      return (
        <>
          <TextArea
            label={words.result}
            rows={4}
            maxLength={10_000}
            value={draft.text}
            fault={faultOf('result')}
            onChange={(text) => set({ text })}
          />
          <Select
            label={words.cause}
            value={draft.cause}
            options={[['', words.choose], ...Object.entries(complaintCauseWords)]}
            fault={faultOf('cause')}
            onChange={(cause) => set({ cause })}
          />
        </>
      );
    case 'tell-customer':
      return <TellFields {...props} />;
    case 'link':
    case 'merge':
      return (
        <PickComplaint
          complaint={complaint}
          label={move === 'link' ? words.sameEventAs : words.intoId}
          search={draft.search}
          value={draft.chosenId}
          fault={faultOf(move === 'link' ? 'sameEventAs' : 'intoId')}
          onSearch={(search) => set({ search })}
          onChange={(chosenId) => set({ chosenId })}
        />
      );
    default:
      return null;
  }
}

function Reason({ draft, set, faultOf, isOptional, label }: Props & { isOptional?: boolean; label?: string }) {
  return (
    <TextArea
      label={label ?? words.reason}
      value={draft.reason}
      isOptional={isOptional ?? false}
      fault={faultOf('reason')}
      onChange={(reason) => set({ reason })}
    />
  );
}

/** The levels one may choose: from a rank on, before another. */
function SeverityChoices({ complaint, draft, set, faultOf, from, until }: Props & { from: number; until?: number }) {
  return (
    <Choices
      label={words.severity}
      value={draft.severity}
      options={severities.slice(from, until).map((severity) => ({
        value: severity,
        word: severityWords[severity],
        note: severity === complaint.severity ? words.keep : undefined,
      }))}
      fault={faultOf('severity')}
      onChange={(severity) => set({ severity })}
    />
  );
}

/** Ways that reach this customer: nobody telephones somebody without a name, nothing is posted for somebody known. */
function How(props: {
  complaint: ComplaintAnswer;
  label: string;
  path: string;
  value: string;
  faultOf: Props['faultOf'];
  onChange: (how: string) => void;
}) {
  const unreachable = isUnreachable(props.complaint);
  const ways = answerHows.filter((how) => (unreachable ? how === 'live' || how === 'posted' : how !== 'posted'));
  return (
    <Choices
      label={props.label}
      isInline
      value={props.value}
      options={ways.map((value) => ({ value, word: answerHowWords[value] }))}
      fault={props.faultOf(props.path)}
      onChange={props.onChange}
    />
  );
}

function Explained(props: Props) {
  if (isUnreachable(props.complaint)) return <p className="faint">{words.unreachable}</p>;
  return (
    <How
      {...props}
      label={words.explained}
      path="explained"
      value={props.draft.explained}
      onChange={(explained) => props.set({ explained })}
    />
  );
}

function ConsentFields({ draft, set, faultOf, hint }: Props & { hint?: string }) {
  return (
    <div className="twofields">
      <Field
        label={words.consentBy}
        maxLength={60}
        value={draft.consentBy}
        hint={hint}
        fault={faultOf('consent')}
        onChange={(event) => set({ consentBy: event.target.value })}
      />
      <Select
        label={words.consentHow}
        value={draft.consentHow}
        options={[['', words.notExplained], ...Object.entries(consentHowWords)]}
        onChange={(consentHow) => set({ consentHow })}
      />
    </div>
  );
}

function SendFields(props: Props) {
  const { move, complaint, draft, set, faultOf } = props;
  return (
    <>
      <Select
        label={move === 'send' ? words.department : words.toDepartment}
        value={draft.department}
        options={departments.map((one) => [one, againstWords[one]] as const)}
        fault={faultOf('department')}
        onChange={(department) => set({ department })}
      />
      <ColleaguePicker
        communityId={complaint.communityId}
        label={words.handler}
        none={words.handlerNone}
        value={draft.personId}
        fault={faultOf('responsibleId')}
        onChange={(personId) => set({ personId })}
      />
      {move === 'transfer' ? <Reason {...props} /> : null}
    </>
  );
}

function WaitFields(props: Props) {
  const { complaint, draft, set, faultOf } = props;
  const standard = useStandard(complaint.communityId);
  const most = standard?.clocks.find((rule) => rule.kind === 'next-answer')?.maxWorkingDays;
  return (
    <>
      <Field
        label={words.until}
        type="datetime-local"
        value={draft.until}
        hint={most === undefined ? undefined : words.untilMost(most)}
        fault={faultOf('until')}
        onChange={(event) => set({ until: event.target.value })}
      />
      <Reason {...props} label={complaintPageWords.replyReason} />
      <How
        {...props}
        label={words.explained}
        path="explained"
        value={draft.explained}
        onChange={(explained) => set({ explained })}
      />
      {complaint.anonymous ? null : <ConsentFields {...props} hint={words.consentHint} />}
    </>
  );
}

function TellFields(props: Props) {
  const { complaint, draft, set, faultOf } = props;
  const unreachable = isUnreachable(complaint);
  const modes = { drawn: words.signDrawn, photo: words.signPhoto, none: words.signNone };
  return (
    <>
      <How {...props} label={words.how} path="how" value={draft.how} onChange={(how) => set({ how })} />
      <TextArea
        label={words.answer}
        rows={3}
        maxLength={10_000}
        value={draft.text}
        fault={faultOf('answer')}
        onChange={(text) => set({ text })}
      />
      {unreachable ? null : (
        <>
          <TextArea
            label={words.opinion}
            rows={2}
            maxLength={10_000}
            value={draft.opinion}
            isOptional={draft.signMode === 'none'}
            hint={words.opinionHint}
            fault={faultOf('opinion')}
            onChange={(opinion) => set({ opinion })}
          />
          <Choices
            label={words.satisfied}
            isInline
            value={draft.satisfied}
            options={[
              { value: '', word: words.notAsked },
              { value: 'yes', word: complaintPageWords.satisfied(true) },
              { value: 'no', word: complaintPageWords.satisfied(false) },
            ]}
            onChange={(satisfied) => set({ satisfied: satisfied as MoveDraft['satisfied'] })}
          />
          <Choices
            label={words.signMode}
            isInline
            value={draft.signMode}
            options={Object.entries(modes).map(([value, word]) => ({ value, word }))}
            fault={faultOf('signature')}
            onChange={(mode) => set({ signMode: mode as MoveDraft['signMode'] })}
          />
          {draft.signMode === 'drawn' ? (
            <SignaturePad value={draft.signature} onChange={(signature) => set({ signature })} />
          ) : null}
          {draft.signMode === 'none' ? (
            <TextArea
              label={words.unsignedReason}
              rows={1}
              value={draft.unsignedReason}
              fault={faultOf('unsignedReason')}
              onChange={(unsignedReason) => set({ unsignedReason })}
            />
          ) : null}
        </>
      )}
    </>
  );
}

export function useStandard(communityId: string) {
  const may = useMay();
  const standard = useQuery({
    queryKey: ['standard', communityId],
    queryFn: ({ signal }) => call(standardRoutes.getStandard, { params: { communityId }, signal }),
    enabled: may('standard.read'),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return standard.data?.document;
}

function AmendFields(props: Props) {
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
      <ConsentFields {...props} />
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

/** Paths whose fault stands beside their field. */
export const shownPaths: readonly string[] = [
  ...Object.keys(named),
  'unitId',
  'contact.name',
  'contact.phone',
  'place',
  'note',
  'reason',
  'consent',
  'department',
  'agreedAt',
  'until',
  'result',
  'signature',
];
