// Recording an emergency 突发事件 in the order of the talk: what, where, who is hurt; saved with one key, and those who must
// know are told at once. The card of what happened says meanwhile whom to call and what to do (MG8).
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Card } from '../../../ui/Card.tsx';
import { Choice } from '../../../ui/Choice.tsx';
import { call } from '../../../ui/call.ts';
import { DraftNote } from '../../../ui/DraftNote.tsx';
import { Field } from '../../../ui/Field.tsx';
import { focusAfter } from '../../../ui/focusAfter.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { ProblemError } from '../../../ui/problem.ts';
import { useDraft } from '../../../ui/useDraft.ts';
import { useIdempotencyKey } from '../../../ui/useIdempotencyKey.ts';
import { useKeys } from '../../../ui/useKeys.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { type Channel, channels } from '../../cases/case.contract.ts';
import { caseFieldFaultWords, channelWords } from '../../cases/case.words.ts';
import { caseAddress } from '../../cases/screens/parts/caseAddress.ts';
import { TextArea } from '../../cases/screens/parts/moveFields.tsx';
import { useStandard } from '../../complaints/screens/parts/MoveFields.tsx';
import { UnitPicker } from '../../places/screens/parts/UnitPicker.tsx';
import { emergencyCategories } from '../../standards/standard.contract.ts';
import { emergencyCategoryWords } from '../../standards/standard.words.ts';
import { emergencyRoutes } from '../emergency.contract.ts';
import { emergencyFieldWords } from '../emergency.words.ts';
import { cardOf } from '../emergency-level.rules.ts';
import { emergencyNewWords as words } from '../emergency-page.words.ts';
import { EmergencyCard } from './parts/EmergencyCard.tsx';
import { createBody, type EmergencyDraft, emptyEmergency, placeOf } from './parts/emergencyDraft.ts';
import { HarmFields } from './parts/HarmFields.tsx';
import { readHarm } from './parts/harmDraft.ts';
import { LinkComplaint } from './parts/LinkComplaint.tsx';
import { MeasureLines } from './parts/MeasureLines.tsx';
import { NewLevel } from './parts/NewLevel.tsx';
import '../../cases/screens/parts/case.css';
import './parts/emergency.css';

const form = 'emergency.new';
const deskChannels: Readonly<Record<string, string>> = Object.fromEntries(
  channels.filter((one) => one !== 'technician').map((one) => [one, channelWords[one]]),
);
const shownPaths = [
  'category',
  'unitId',
  'place',
  'occurredAt',
  'contact.phone',
  'contact.name',
  'description',
  'severity',
  'complaintId',
  'harm.injury',
  'harm.people',
  'harm.deaths',
  'harm.lossFen',
  'measures',
];

export function EmergencyNewScreen() {
  const community = useCommunity();
  const document = useStandard(community.id);
  const navigate = useNavigate();
  const client = useQueryClient();
  const draft = useDraft<EmergencyDraft>(form, emptyEmergency);
  const key = useIdempotencyKey(`${form}.create`);
  const unitField = useRef<HTMLInputElement>(null);
  const page = useRef<HTMLDivElement>(null);
  const [missing, setMissing] = useState<Record<string, string>>({});
  const { value } = draft;
  const change = (part: Partial<EmergencyDraft>) => {
    draft.setValue((before) => ({ ...before, ...part }));
    setMissing({});
  };
  const save = useMutation({
    mutationFn: (body: NonNullable<ReturnType<typeof createBody>>) =>
      call(emergencyRoutes.createEmergency, { params: { communityId: community.id }, body, key: key.key }),
    onSuccess: (made) => {
      key.renew();
      draft.clear();
      client.setQueryData(['emergency', community.id, made.id], made);
      void client.invalidateQueries({ queryKey: ['case', community.id] });
      void navigate({ to: caseAddress(community.code, made.id, 'emergency') });
    },
    onError: () => showFault(),
  });
  const showFault = () =>
    requestAnimationFrame(() => page.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  const submit = () => {
    if (save.isPending) return;
    const body = createBody(value);
    const faults: Record<string, string> = {
      ...(value.category === '' ? { category: caseFieldFaultWords.required ?? '' } : {}),
      ...(value.unitId === null && placeOf(value) === undefined ? { place: words.placeHint } : {}),
    };
    setMissing(faults);
    if (body === null || Object.keys(faults).length > 0) return showFault();
    save.mutate(body);
  };
  useEffect(() => unitField.current?.focus(), []);
  useKeys({
    'ctrl+enter': submit,
    ...Object.fromEntries(
      emergencyCategories.map((category, index) => [`alt+${index + 1}`, () => change({ category })]),
    ),
  });
  const next = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.nativeEvent.isComposing || event.key !== 'Enter') return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || !(event.target instanceof HTMLElement)) return;
    if (event.target.matches('button, a, textarea, summary')) return;
    event.preventDefault();
    focusAfter(event.currentTarget, event.target);
  };
  const problem = save.error instanceof ProblemError ? save.error : null;
  const faultOf = (path: string) => missing[path] ?? problem?.errors.find((one) => one.path === path)?.message;
  const card = document && value.category !== '' ? cardOf(document, value.category) : undefined;
  return (
    <div className="beside newemergency" ref={page}>
      <div className="stack">
        <div className="row wrap">
          <h1>{words.heading}</h1>
          <span className="muted">{words.lead}</span>
        </div>
        <DraftNote draft={draft} />
        <Problem error={save.error} retry={submit} hideFields={shownPaths} fieldWords={emergencyFieldWords} />
        <form className="stack" onKeyDown={next} onSubmit={(event) => event.preventDefault()} noValidate>
          <Card title={words.steps.what}>
            <div className="col gap">
              <fieldset className="kinds">
                <legend className="unseen">{words.steps.what}</legend>
                {emergencyCategories.map((category, index) => (
                  <label key={category} className="kind">
                    <input
                      type="radio"
                      name="category"
                      checked={value.category === category}
                      aria-invalid={faultOf('category') === undefined ? undefined : true}
                      onChange={() => change({ category })}
                    />
                    <b className="grow">{emergencyCategoryWords[category]}</b>
                    <kbd>{words.key(index + 1)}</kbd>
                  </label>
                ))}
              </fieldset>
              {faultOf('category') === undefined ? null : <span className="fault">{faultOf('category')}</span>}
              {card ? <EmergencyCard card={card} /> : <p className="faint">{words.chooseFirst}</p>}
            </div>
          </Card>
          <Card title={words.steps.where}>
            <div className="twofields">
              <UnitPicker
                communityId={community.id}
                label={words.unit}
                placeholder={words.unitPlaceholder}
                inputRef={unitField}
                text={value.unitText}
                chosenId={value.unitId}
                fault={faultOf('unitId')}
                onText={(unitText) => change({ unitText, unitId: null })}
                onChoose={(unit) => change({ unitId: unit.id, unitText: unit.label })}
              />
              <Field
                label={words.place}
                name="place"
                maxLength={200}
                autoComplete="off"
                placeholder={words.placePlaceholder}
                hint={words.placeHint}
                value={value.place}
                fault={faultOf('place')}
                onChange={(event) => change({ place: event.target.value })}
              />
            </div>
          </Card>
          <Card title={words.steps.harm}>
            <div className="col gap">
              <HarmFields
                harm={value.harm}
                faults={readHarm(value.harm).faults}
                faultOf={faultOf}
                onChange={(part) => change({ harm: { ...value.harm, ...part } })}
              />
              <div className="row wrap">
                <button type="button" className="btn primary tall" aria-keyshortcuts="Control+Enter" onClick={submit}>
                  {save.isPending ? words.saving : words.save} <kbd>Ctrl ↵</kbd>
                </button>
                <span className="faint grow">{words.keys}</span>
              </div>
            </div>
          </Card>
          <Card title={words.steps.who}>
            <div className="harmgrid">
              <Field
                label={words.name}
                name="contact.name"
                maxLength={60}
                autoComplete="off"
                value={value.name}
                fault={faultOf('contact.name')}
                onChange={(event) => change({ name: event.target.value })}
              />
              <Field
                label={words.phone}
                name="contact.phone"
                type="tel"
                maxLength={40}
                autoComplete="off"
                value={value.phone}
                fault={faultOf('contact.phone')}
                onChange={(event) => change({ phone: event.target.value })}
              />
              <Choice
                label={words.channel}
                value={value.channel}
                words={deskChannels}
                onChange={(channel) => change({ channel: channel as Channel })}
              />
              <Field
                label={words.occurredAt}
                name="occurredAt"
                type="datetime-local"
                hint={words.occurredHint}
                value={value.occurredAt}
                fault={faultOf('occurredAt')}
                onChange={(event) => change({ occurredAt: event.target.value })}
              />
            </div>
          </Card>
          <Card title={words.steps.story}>
            <div className="col gap">
              <TextArea
                label={words.description}
                isOptional
                rows={4}
                maxLength={10_000}
                hint={words.descriptionPlaceholder}
                value={value.description}
                fault={faultOf('description')}
                onChange={(description) => change({ description })}
              />
              <LinkComplaint
                communityId={community.id}
                value={value.complaint}
                fault={faultOf('complaintId')}
                onChange={(complaint) => change({ complaint })}
              />
            </div>
          </Card>
          <Card title={words.steps.measures}>
            <MeasureLines measures={value.measures} faultOf={faultOf} onChange={(measures) => change({ measures })} />
          </Card>
          <div className="row wrap">
            <button type="button" className="btn quiet" onClick={draft.clear}>
              {words.discard}
            </button>
          </div>
        </form>
      </div>
      <div className="stack">
        {document === undefined || value.category === '' ? null : (
          <NewLevel
            document={document}
            category={value.category}
            harm={readHarm(value.harm).harm}
            chosen={value.severity}
            fault={faultOf('severity')}
            onChange={(severity) => change({ severity })}
          />
        )}
      </div>
    </div>
  );
}
