// What each move of an emergency asks, in the order in which people say it.
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { call } from '../../../../ui/call.ts';
import { Field } from '../../../../ui/Field.tsx';
import { roleWords } from '../../../access/role.words.ts';
import { ColleaguePicker } from '../../../access/screens/parts/ColleaguePicker.tsx';
import { staffRoutes } from '../../../access/staff.contract.ts';
import { Choices, Select, TextArea, Ticks } from '../../../cases/screens/parts/moveFields.tsx';
import { PhotoPicker } from '../../../cases/screens/parts/PhotoPicker.tsx';
import { severityWords } from '../../../complaints/complaint-case.words.ts';
import { rankOf } from '../../../complaints/complaint-severity.rules.ts';
import { severities } from '../../../complaints/complaint-shapes.contract.ts';
import { UnitPicker } from '../../../places/screens/parts/UnitPicker.tsx';
import { emergencyCategoryWords } from '../../../standards/standard.words.ts';
import type { Emergency, EmergencyMove } from '../../emergency.contract.ts';
import { emergencyCauseWords, emergencyFieldWords, outsideBodyWords } from '../../emergency.words.ts';
import { emergencyNewWords, emergencyPageWords } from '../../emergency-page.words.ts';
import { HarmFields } from './HarmFields.tsx';
import { readHarm } from './harmDraft.ts';
import { LinkComplaint } from './LinkComplaint.tsx';
import type { MoveDraft } from './moveDraft.ts';

const words = emergencyPageWords.dialog;

type Props = {
  move: EmergencyMove;
  emergency: Emergency;
  draft: MoveDraft;
  set: (part: Partial<MoveDraft>) => void;
  setPhotos: (change: (before: readonly string[]) => string[]) => void;
  faultOf: (path: string) => string | undefined;
};

const textLabels: Partial<Record<EmergencyMove, string>> = {
  deploy: words.task,
  measure: words.measure,
  raise: words.reason,
  lower: words.reason,
  resolve: words.result,
  review: words.review,
  reopen: words.reason,
  dismiss: words.reason,
};
const textPaths: Partial<Record<EmergencyMove, string>> = {
  deploy: 'task',
  resolve: 'result',
  measure: 'text',
  review: 'text',
};
const withPhotos: readonly EmergencyMove[] = ['measure', 'resolve'];
const withTime: readonly EmergencyMove[] = ['measure', 'resolve'];

export function MoveFields(props: Props) {
  const { move, draft, set, faultOf, emergency } = props;
  const label = textLabels[move];
  return (
    <>
      <Own {...props} />
      {label === undefined ? null : (
        <TextArea
          label={label}
          rows={move === 'review' || move === 'resolve' ? 4 : 2}
          maxLength={move === 'review' || move === 'resolve' ? 5000 : move === 'deploy' ? 500 : 2000}
          {...(move === 'deploy' ? { hint: words.taskPlaceholder } : {})}
          value={draft.text}
          fault={faultOf(textPaths[move] ?? 'reason')}
          onChange={(text) => set({ text })}
        />
      )}
      {move === 'measure' ? (
        <Select
          label={words.called}
          value={draft.called}
          options={[['', emergencyNewWords.nobodyCalled], ...Object.entries(outsideBodyWords)]}
          onChange={(called) => set({ called: called as MoveDraft['called'] })}
        />
      ) : null}
      {withTime.includes(move) ? (
        <Field
          label={words.at}
          type="datetime-local"
          hint={words.atHint}
          value={draft.at}
          fault={faultOf('at')}
          onChange={(event) => set({ at: event.target.value })}
        />
      ) : null}
      {move === 'resolve' ? <Harm {...props} /> : null}
      {withPhotos.includes(move) ? (
        <PhotoPicker communityId={emergency.communityId} ids={draft.photos} onChange={props.setPhotos} />
      ) : null}
    </>
  );
}

function Own(props: Props) {
  const { move, emergency, draft, set, faultOf } = props;
  switch (move) {
    case 'take-over':
      return (
        <ColleaguePicker
          communityId={emergency.communityId}
          label={words.inCharge}
          none={words.myself}
          value={draft.personId}
          fault={faultOf('inChargeId')}
          onChange={(personId) => set({ personId })}
        />
      );
    case 'deploy':
      return <People {...props} />;
    case 'raise':
    case 'lower':
      return (
        <Choices
          label={words.level}
          isInline
          value={draft.severity}
          options={severities
            .filter((one) =>
              move === 'raise'
                ? rankOf(one) > rankOf(emergency.severity)
                : rankOf(one) < rankOf(emergency.severity) && rankOf(one) >= rankOf(emergency.proposedSeverity),
            )
            .map((one) => ({ value: one, word: severityWords[one] }))}
          fault={faultOf('severity')}
          onChange={(severity) => set({ severity: severity as MoveDraft['severity'] })}
        />
      );
    case 'resolve':
      return (
        <Choices
          label={words.cause}
          isInline
          value={draft.cause}
          options={Object.entries(emergencyCauseWords)
            .filter(([cause]) => cause !== 'false-alarm')
            .map(([value, word]) => ({ value, word }))}
          fault={faultOf('cause')}
          onChange={(cause) => set({ cause: cause as MoveDraft['cause'] })}
        />
      );
    case 'amend':
      return <Amend {...props} />;
    default:
      return null;
  }
}

function Harm({ draft, set, faultOf }: Props) {
  return (
    <HarmFields
      harm={draft.harm}
      faults={readHarm(draft.harm).faults}
      faultOf={faultOf}
      onChange={(part) => set({ harm: { ...draft.harm, ...part } })}
    />
  );
}

/** Everybody of the centre, by name with the post: who is on shift first is for the one who sends to know. */
function People({ emergency, draft, set, faultOf }: Props) {
  const { communityId } = emergency;
  const staff = useQuery({
    queryKey: ['staff', communityId, 'all'],
    queryFn: ({ signal }) => call(staffRoutes.listStaff, { params: { communityId }, query: {}, signal }),
  });
  const people = [...(staff.data?.items ?? [])]
    .filter((one) => one.roles.some((role) => role !== 'resident' && role !== 'contractor'))
    .sort((a, b) => a.name.localeCompare(b.name, 'zh'));
  const fault = faultOf('staffIds');
  return (
    <div className="pickpeople">
      <Ticks
        label={words.people}
        words={Object.fromEntries(
          people.map((one) => [one.id, `${one.name} · ${one.roles.map((role) => roleWords[role]).join('、')}`]),
        )}
        value={draft.staffIds}
        onChange={(staffIds) => set({ staffIds })}
      />
      {fault === undefined ? null : <span className="fault">{fault}</span>}
    </div>
  );
}

function Amend(props: Props) {
  const { emergency, draft, set, faultOf } = props;
  const unitField = useRef<HTMLInputElement>(null);
  return (
    <>
      <Select
        label={emergencyFieldWords.category ?? ''}
        value={draft.category}
        options={Object.entries(emergencyCategoryWords)}
        fault={faultOf('category')}
        onChange={(category) => set({ category: category as MoveDraft['category'] })}
      />
      <div className="twofields">
        <UnitPicker
          communityId={emergency.communityId}
          label={emergencyNewWords.unit}
          placeholder={emergencyNewWords.unitPlaceholder}
          inputRef={unitField}
          text={draft.unitText}
          chosenId={draft.unitId}
          fault={faultOf('unitId')}
          onText={(unitText) => set({ unitText, unitId: null })}
          onChoose={(unit) => set({ unitId: unit.id, unitText: unit.label })}
        />
        <Field
          label={words.place}
          maxLength={200}
          value={draft.place}
          fault={faultOf('place')}
          onChange={(event) => set({ place: event.target.value })}
        />
        <Field
          label={emergencyNewWords.name}
          maxLength={60}
          autoComplete="off"
          placeholder={emergency.contact.name ?? ''}
          value={draft.name}
          fault={faultOf('contact.name')}
          onChange={(event) => set({ name: event.target.value })}
        />
        <Field
          label={emergencyNewWords.phone}
          type="tel"
          maxLength={40}
          autoComplete="off"
          placeholder={emergency.contact.phone ?? ''}
          value={draft.phone}
          fault={faultOf('contact.phone')}
          onChange={(event) => set({ phone: event.target.value })}
        />
        <Field
          label={emergencyNewWords.occurredAt}
          type="datetime-local"
          value={draft.occurredAt}
          fault={faultOf('occurredAt')}
          onChange={(event) => set({ occurredAt: event.target.value })}
        />
        <LinkComplaint
          communityId={emergency.communityId}
          value={draft.complaint}
          fault={faultOf('complaintId')}
          onChange={(complaint) => set({ complaint })}
        />
      </div>
      <TextArea
        label={emergencyNewWords.description}
        isOptional
        rows={4}
        maxLength={10_000}
        value={draft.description}
        fault={faultOf('description')}
        onChange={(description) => set({ description })}
      />
      <Harm {...props} />
    </>
  );
}
