// New call or visit 新来电/来访 (F2): who and where, what, when, and the read-back 复述 as its last step (FD1, FD2).

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { yuanOfFen } from '../../../kernel/money.ts';
import { dayOf, type Instant } from '../../../kernel/time.ts';
import { textCodec } from '../../../ui/addressState.ts';
import { Card } from '../../../ui/Card.tsx';
import { call } from '../../../ui/call.ts';
import { DraftNote } from '../../../ui/DraftNote.tsx';
import { Field } from '../../../ui/Field.tsx';
import { nowMs, serverNow } from '../../../ui/now.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { ProblemError } from '../../../ui/problem.ts';
import { Sign } from '../../../ui/Sign.tsx';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { useDraft } from '../../../ui/useDraft.ts';
import { useIdempotencyKey } from '../../../ui/useIdempotencyKey.ts';
import { useKeys } from '../../../ui/useKeys.ts';
import { ColleaguePicker } from '../../access/screens/parts/ColleaguePicker.tsx';
import { useCommunity, useMay, useSession } from '../../access/screens/parts/session.ts';
import { type CaseKind, type Channel, channels } from '../../cases/case.contract.ts';
import { channelWords } from '../../cases/case.words.ts';
import { caseAddress, casePrintAddress } from '../../cases/screens/parts/caseAddress.ts';
import { clockKindWords, momentInWords } from '../../clocks/clock.words.ts';
import { relationWords } from '../../parties/party.words.ts';
import { normalisePhone } from '../../parties/phone.rules.ts';
import { UnitPicker } from '../../places/screens/parts/UnitPicker.tsx';
import { useHousehold } from '../../places/screens/parts/unitSearch.ts';
import type { Household } from '../../places/unit.contract.ts';
import type { PriceItem } from '../../price-lists/price-list.contract.ts';
import { priceListPageWords as priceWords } from '../../price-lists/price-list.words.ts';
import { PriceItemPicker, usePriceItems } from '../../price-lists/screens/parts/PriceItemPicker.tsx';
import { urgencies } from '../../repairs/repair.contract.ts';
import { repairCategoryWords, repairStateWords, urgencyWords } from '../../repairs/repair.words.ts';
import { standardRoutes } from '../../standards/standard-view.contract.ts';
import { WarrantyField } from '../../warranties/screens/parts/WarrantyField.tsx';
import { contactOutcomes } from '../contact.contract.ts';
import { newContactWords as words } from '../new-contact.words.ts';
import { parseTalkedTime } from '../talked-time.rules.ts';
import { categoryOf, emptyTalk, type Saved, saveTalk, type Talk, urgencyOf } from './newContact.ts';
import { ReadBack } from './ReadBack.tsx';
import './newcontact.css';

const form = 'contact.new';
const addressCodecs = { unit: textCodec(), call: textCodec() };
/** Channels a desk meets; the others are written by the program or by those concerned. */
const deskChannels = channels.filter((channel) => channel !== 'technician');
const outcomeOrder = [...contactOutcomes].sort((a, b) => Number(b === 'case') - Number(a === 'case'));

type Faults = Partial<
  Record<
    | 'where'
    | 'callerName'
    | 'callerPhone'
    | 'description'
    | 'category'
    | 'appointment'
    | 'agreed'
    | 'callBack'
    | 'messageToId',
    string
  >
>;

/** Paths of the two bodies as the fields of this form. */
const fieldOfPath: Record<string, keyof Faults> = {
  unitId: 'where',
  place: 'where',
  callerName: 'callerName',
  'contact.name': 'callerName',
  callerPhone: 'callerPhone',
  'contact.phone': 'callerPhone',
  description: 'description',
  request: 'description',
  category: 'category',
  appointmentAt: 'appointment',
  agreedAt: 'agreed',
};

export function NewContactScreen() {
  const community = useCommunity();
  const { me } = useSession();
  const may = useMay();
  const client = useQueryClient();
  const navigate = useNavigate();
  const draft = useDraft<Talk>(form, emptyTalk);
  const talk = draft.value;
  const repairKey = useIdempotencyKey(`${form}.repair`);
  const contactKey = useIdempotencyKey(`${form}.contact`);
  const [step, setStep] = useState<'form' | 'read-back' | 'saving'>('form');
  const [error, setError] = useState<unknown>(null);
  const [faults, setFaults] = useState<Faults>({});
  const [saved, setSaved] = useState<Saved | null>(null);
  const [address, setAddress] = useAddressState(addressCodecs);
  const unitField = useRef<HTMLInputElement>(null);
  const isSaving = useRef(false);
  const household = useHousehold(community.id, talk.place === null ? talk.unitId : null);
  const standard = useQuery({
    queryKey: ['standard', community.id],
    queryFn: ({ signal }) => call(standardRoutes.getStandard, { params: { communityId: community.id }, signal }),
    enabled: may('standard.read'),
  });

  const change = (changes: Partial<Talk>) => {
    draft.setValue((before) => ({ ...before, startedAt: before.startedAt ?? serverNow(), ...changes }));
    setSaved(null);
  };
  const freshStart = () => {
    draft.clear();
    repairKey.renew();
    contactKey.renew();
    setError(null);
    setFaults({});
    setStep('form');
    unitField.current?.focus();
  };

  // From a search result one comes with the household already named.
  const named = address.unit;
  const namedUnit = useHousehold(community.id, named === '' ? null : named).data;
  // biome-ignore lint/correctness/useExhaustiveDependencies: taken over once, when it is known
  useEffect(() => {
    if (namedUnit === undefined) return;
    change({ unitId: namedUnit.id, unitText: namedUnit.label, place: null });
    setAddress({ unit: '' });
    focusName('callerName');
  }, [namedUnit]);
  // A ringing call that was taken: the line will say how often it rang.
  const taken = address.call;
  // biome-ignore lint/correctness/useExhaustiveDependencies: taken over once
  useEffect(() => {
    if (taken === '') return;
    change({ telephoneCallId: taken, channel: 'phone' });
    setAddress({ call: '' });
  }, [taken]);
  useEffect(() => unitField.current?.focus(), []);

  const priceItems = usePriceItems(community.id);
  const isRepair = talk.outcome === 'case';
  const category = categoryOf(talk);
  const urgency = urgencyOf(talk);
  const document = standard.data?.document;
  const categories =
    document?.repair.categories ?? Object.entries(repairCategoryWords).map(([code, name]) => ({ code, name }));
  const needed = isRepair ? (document?.repair.requiredBeforeDispatch.value[urgency] ?? []) : [];
  const dayEnds = document?.hours.desk.at(-1)?.[1];
  const timeOf = (text: string): Instant | null => parseTalkedTime(text, serverNow(), dayEnds);
  const times = {
    appointmentAt: isRepair ? timeOf(talk.appointment) : null,
    agreedAt: isRepair ? timeOf(talk.agreed) : null,
    callBackAt: talk.outcome === 'call-back' ? timeOf(talk.callBack) : null,
  };
  const duplicates = isRepair
    ? (household.data?.openCases.filter((one) => one.kind === 'repair' && one.category === category) ?? [])
    : [];

  const check = (): Faults => {
    const found: Faults = {};
    const where = talk.place === null ? talk.unitId : talk.place.trim();
    if (isRepair && (where === null || where === '')) found.where = words.faults.where;
    if (talk.place === null && talk.unitId === null && talk.unitText.trim() !== '') found.where = words.faults.where;
    if (talk.description.trim() === '') found.description = words.faults.description;
    if (isRepair && category === null) found.category = words.faults.category;
    if (isRepair && talk.appointment.trim() !== '' && times.appointmentAt === null)
      found.appointment = words.timeUnclear;
    if (isRepair && talk.agreed.trim() !== '' && times.agreedAt === null) found.agreed = words.timeUnclear;
    if (talk.outcome === 'call-back' && talk.callBack.trim() !== '' && times.callBackAt === null)
      found.callBack = words.timeUnclear;
    if (talk.outcome === 'message' && talk.messageToId === '') found.messageToId = words.faults.messageTo;
    const phone = talk.callerPhone.trim() === '' ? null : normalisePhone(talk.callerPhone);
    if (phone && 'fault' in phone) found.callerPhone = words.phoneFaults[phone.fault];
    return found;
  };
  const showFaults = (found: Faults) => {
    setFaults(found);
    const [first] = Object.keys(found);
    if (first === 'where' && talk.place === null) unitField.current?.focus();
    else if (first !== undefined) focusName(first);
    return first !== undefined;
  };
  const toReadBack = () => {
    if (showFaults(check())) return;
    setError(null);
    setStep('read-back');
  };
  useKeys({ 'ctrl+enter': toReadBack, f2: () => unitField.current?.focus() }, step === 'form');

  const save = async (readBack: boolean) => {
    if (isSaving.current) return;
    isSaving.current = true;
    setStep('saving');
    setError(null);
    try {
      const keys = { repair: repairKey.key, contact: contactKey.key };
      const done = await saveTalk(community.id, talk, times, readBack, keys, nowMs(), (kept) =>
        draft.setValue((before) => ({ ...before, ...kept })),
      );
      setSaved(done);
      freshStart();
      for (const noun of ['contact', 'case', 'repair', 'unit'])
        void client.invalidateQueries({ queryKey: [noun, community.id] });
    } catch (caught) {
      setError(caught);
      const fieldFaults: Faults = {};
      if (caught instanceof ProblemError)
        for (const one of caught.errors) {
          const field = fieldOfPath[one.path];
          if (field !== undefined) fieldFaults[field] = one.message;
        }
      if (Object.keys(fieldFaults).length > 0) {
        setStep('form');
        // The fields come back first; then the focus can go there.
        requestAnimationFrame(() => showFaults(fieldFaults));
      } else setStep('read-back');
    } finally {
      isSaving.current = false;
    }
  };

  const next = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      void navigate({ to: `/c/${community.code}/desk` });
      return;
    }
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!(event.target instanceof HTMLElement) || event.target.matches('button, a')) return;
    event.preventDefault();
    focusAfter(event.currentTarget, event.target);
  };
  const people = household.data?.people ?? [];
  const personNamed = people.find((one) => one.name === talk.callerName.trim());
  const onFile = personNamed?.phone ?? null;
  const desk = document?.desk;
  const isHalf = talk.recorded !== null;

  return (
    <div className="beside newcontact">
      <div className="stack">
        <div className="row wrap">
          <h1>{words.heading}</h1>
          {desk === undefined ? null : (
            <span className="muted">
              {words.greeting(words.fillName(desk.greeting.value, me.user.name))}
              <span className="faint"> {words.rings(desk.rings.value.min, desk.rings.value.max)}</span>
            </span>
          )}
        </div>
        {saved === null ? <DraftNote draft={{ ...draft, clear: freshStart }} /> : <SavedNote saved={saved} />}
        {step === 'form' ? (
          <Problem error={error} retry={() => setStep('read-back')} hideFields={Object.keys(fieldOfPath)} />
        ) : null}
        {/* biome-ignore lint/a11y/noNoninteractiveElementInteractions: Enter goes to the next field */}
        <form className="stack" onKeyDown={next} onSubmit={(event) => event.preventDefault()} noValidate>
          <Card title={words.steps.who}>
            <div className="talkgrid">
              <div className="talkwide">
                {talk.place === null ? (
                  <UnitPicker
                    communityId={community.id}
                    label={words.unit}
                    placeholder={words.unitPlaceholder}
                    inputRef={unitField}
                    text={talk.unitText}
                    chosenId={talk.unitId}
                    fault={faults.where}
                    onText={(unitText) => change({ unitText, unitId: null })}
                    onChoose={(unit) => {
                      change({ unitId: unit.id, unitText: unit.label });
                      setFaults({ ...faults, where: undefined });
                      focusName('callerName');
                    }}
                  />
                ) : (
                  <Field
                    name="where"
                    label={words.place}
                    placeholder={words.placePlaceholder}
                    value={talk.place}
                    fault={faults.where}
                    onChange={(event) => change({ place: event.target.value })}
                  />
                )}
                <button
                  type="button"
                  className="btn quiet small"
                  onClick={() => {
                    change(talk.place === null ? { place: '', unitId: null, unitText: '' } : { place: null });
                    requestAnimationFrame(() =>
                      talk.place === null ? focusName('where') : unitField.current?.focus(),
                    );
                  }}
                >
                  {talk.place === null ? words.isPlace : words.isUnit}
                </button>
              </div>
              <div>
                <Field
                  name="callerName"
                  label={words.callerName}
                  placeholder={words.callerNamePlaceholder}
                  autoComplete="off"
                  value={talk.callerName}
                  fault={faults.callerName}
                  onChange={(event) => change({ callerName: event.target.value })}
                />
                {people.length > 0 && talk.callerName === '' ? (
                  <div className="row wrap choices">
                    {people.slice(0, 5).map((one, index) => (
                      <PersonChoice
                        key={one.relationId}
                        number={index + 1}
                        onChoose={() => {
                          change({ callerName: one.name });
                          focusName('callerPhone');
                        }}
                      >
                        {`${one.name} ${relationWords[one.relation]}`}
                      </PersonChoice>
                    ))}
                  </div>
                ) : null}
              </div>
              <Field
                name="callerPhone"
                label={words.callerPhone}
                type="tel"
                autoComplete="off"
                value={talk.callerPhone}
                fault={faults.callerPhone}
                hint={onFile === null ? undefined : words.callerPhoneHint(onFile)}
                onChange={(event) => change({ callerPhone: event.target.value })}
              />
              <SelectField
                label={words.channel}
                value={talk.channel}
                onChange={(channel) => change({ channel: channel as Channel })}
                options={deskChannels.map((channel) => [channel, channelWords[channel]])}
              />
            </div>
          </Card>
          <Card title={words.steps.what}>
            <div className="stack">
              <DescriptionField
                value={talk.description}
                fault={faults.description}
                onChange={(description) => change({ description })}
              />
              <Choices
                name="outcome"
                label={words.steps.outcome}
                hint={words.outcomeHints[talk.outcome]}
                value={talk.outcome}
                isLocked={isHalf}
                options={outcomeOrder.map((outcome) => [outcome, words.outcomes[outcome]])}
                onChange={(outcome) => change({ outcome })}
              />
              {talk.outcome === 'call-back' ? (
                <TimeField
                  name="callBack"
                  label={words.callBackAt}
                  isNeeded={false}
                  text={talk.callBack}
                  at={times.callBackAt}
                  fault={faults.callBack}
                  onText={(callBack) => change({ callBack })}
                />
              ) : null}
              {talk.outcome === 'message' ? (
                <ColleaguePicker
                  communityId={community.id}
                  name="messageToId"
                  label={words.messageTo}
                  none={words.messageToNone}
                  value={talk.messageToId}
                  fault={faults.messageToId}
                  onChange={(messageToId) => change({ messageToId })}
                />
              ) : null}
              {isRepair || talk.outcome === 'answered' ? null : (
                <Choices
                  name="askKind"
                  label={words.askKind}
                  value={talk.askKind}
                  options={[
                    ['enquiry', words.askKinds.enquiry],
                    ['suggestion', words.askKinds.suggestion],
                  ]}
                  onChange={(askKind) => change({ askKind })}
                />
              )}
              {isRepair ? (
                <>
                  <Choices
                    name="category"
                    label={words.category}
                    hint={talk.category === null && category !== null ? words.suggested : undefined}
                    fault={faults.category}
                    value={category}
                    options={categories.map((one) => [one.code, one.name])}
                    onChange={(code) => change({ category: code, part: '' })}
                  />
                  <WarrantyField
                    communityId={community.id}
                    unitId={talk.place === null ? talk.unitId : null}
                    place={talk.place}
                    category={category}
                    part={talk.part}
                    isMajor={urgency === 'major'}
                    onPart={(part) => change({ part })}
                  />
                  <Choices
                    name="urgency"
                    label={words.urgency}
                    hint={talk.urgency === null && talk.description !== '' ? words.suggested : undefined}
                    value={urgency}
                    options={urgencies.map((one) => [one, urgencyWords[one]])}
                    onChange={(one) => change({ urgency: one })}
                  />
                  <div className="talkgrid two">
                    <PriceItemPicker
                      name="priceItem"
                      label={priceWords.pick}
                      items={priceItems}
                      category={category}
                      none={priceWords.pickNone}
                      others={[['unlisted', priceWords.pickUnlisted]]}
                      value={talk.priceItem}
                      onChange={(priceItem) => change({ priceItem })}
                    />
                    {talk.priceItem === 'unlisted' ? null : (
                      <label className="choice hurry">
                        <input
                          type="checkbox"
                          name="hurry"
                          checked={talk.hurry}
                          onChange={(event) => change({ hurry: event.target.checked })}
                        />
                        {priceWords.hurry}
                      </label>
                    )}
                  </div>
                </>
              ) : null}
              {duplicates.map((one) => (
                <div key={one.id} className="notice warn" role="status">
                  <Sign name="warning" />
                  <span className="grow">
                    <b>{words.duplicate(one.code)}</b> {words.duplicateStay}
                  </span>
                  <Link to={caseAddress(community.code, one.id)}>{words.duplicateLook}</Link>
                </div>
              ))}
            </div>
          </Card>
          {isRepair ? (
            <Card title={words.steps.when}>
              <div className="talkgrid two">
                <TimeField
                  name="appointment"
                  label={words.appointment}
                  isNeeded={needed.includes('appointmentAt')}
                  text={talk.appointment}
                  at={times.appointmentAt}
                  fault={faults.appointment}
                  onText={(appointment) => change({ appointment })}
                />
                <TimeField
                  name="agreed"
                  label={words.agreed}
                  isNeeded={needed.includes('agreedAt')}
                  text={talk.agreed}
                  at={times.agreedAt}
                  fault={faults.agreed}
                  onText={(agreed) => change({ agreed })}
                />
              </div>
            </Card>
          ) : null}
          <div className="row wrap">
            <button type="button" className="btn primary" aria-keyshortcuts="Control+Enter" onClick={toReadBack}>
              {words.toReadBack}
              <kbd>Ctrl ↵</kbd>
            </button>
            <button type="button" className="btn quiet" onClick={freshStart}>
              {words.discard}
            </button>
            <span className="faint grow">{words.keys}</span>
          </div>
        </form>
      </div>
      <HouseholdCard household={household.data ?? null} error={household.error} />
      {step === 'form' ? null : (
        <ReadBack
          talk={talk}
          times={times}
          isSaving={step === 'saving'}
          error={error}
          categoryName={categories.find((one) => one.code === category)?.name ?? ''}
          category={category}
          isMajor={urgency === 'major'}
          urgencyName={urgencyWords[urgency]}
          fee={feeInWords(talk.priceItem, priceItems)}
          onFile={onFile}
          onSave={(readBack) => void save(readBack)}
          onBack={() => setStep('form')}
        />
      )}
    </div>
  );
}

/** What the caller is told of the cost before anybody sets out (RP6); empty where nothing was chosen. */
function feeInWords(chosen: string, items: readonly PriceItem[]): string {
  if (chosen === 'unlisted') return priceWords.feeUnlisted;
  const item = items.find((one) => one.id === chosen);
  if (item === undefined) return '';
  return `${item.name}，${item.isPaid ? priceWords.perUnit(yuanOfFen(item.unitPriceFen), item.unit) : priceWords.free}`;
}

function focusName(name: string): void {
  const field = window.document.querySelector<HTMLElement>(`.newcontact [name="${name}"]`);
  field?.focus();
}

/** To the next thing one can fill in; of a group of choices to the chosen one. */
function focusAfter(within: HTMLElement, from: HTMLElement): void {
  const group = from.closest('[role="radiogroup"]');
  const fields = [...within.querySelectorAll<HTMLElement>('input, select, textarea, .btn.primary')].filter(
    (one) => !(one instanceof HTMLInputElement && one.type === 'radio' && !one.checked) || one === from,
  );
  const at = fields.indexOf(from);
  const next = fields.slice(at + 1).find((one) => group === null || !group.contains(one));
  next?.focus();
}

/** Alt and its number choose a person while the hand is still in the field. */
function PersonChoice(props: { number: number; onChoose: () => void; children: ReactNode }) {
  useKeys({ [`alt+${props.number}`]: props.onChoose });
  return (
    <button type="button" className="btn small" tabIndex={-1} onClick={props.onChoose}>
      {props.children}
      <kbd>{`Alt ${props.number}`}</kbd>
    </button>
  );
}

function DescriptionField(props: { value: string; fault: string | undefined; onChange: (text: string) => void }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{words.description}</label>
      <textarea
        id={id}
        name="description"
        rows={2}
        value={props.value}
        placeholder={words.descriptionPlaceholder}
        aria-invalid={props.fault === undefined ? undefined : true}
        aria-describedby={props.fault === undefined ? undefined : `${id}fault`}
        onChange={(event) => props.onChange(event.target.value)}
      />
      {props.fault === undefined ? null : (
        <span id={`${id}fault`} className="fault">
          {props.fault}
        </span>
      )}
    </div>
  );
}

function SelectField(props: {
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <select id={id} value={props.value} onChange={(event) => props.onChange(event.target.value)}>
        {props.options.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    </div>
  );
}

function Choices<Value extends string>(props: {
  name: string;
  label: string;
  hint?: string | undefined;
  fault?: string | undefined;
  value: Value | null;
  isLocked?: boolean;
  options: readonly (readonly [Value, string])[];
  onChange: (value: Value) => void;
}) {
  const id = useId();
  return (
    <div className="field" role="radiogroup" aria-labelledby={id}>
      <span className="label" id={id}>
        {props.label}
        {props.hint === undefined ? null : <span className="faint"> · {props.hint}</span>}
      </span>
      <div className="row wrap chips">
        {props.options.map(([value, word]) => (
          <label key={value} className="chip">
            <input
              type="radio"
              name={props.name}
              value={value}
              checked={props.value === value}
              disabled={props.isLocked}
              onChange={() => props.onChange(value)}
            />
            {word}
          </label>
        ))}
      </div>
      {props.fault === undefined ? null : <span className="fault">{props.fault}</span>}
    </div>
  );
}

function TimeField(props: {
  name: string;
  label: string;
  isNeeded: boolean;
  text: string;
  at: Instant | null;
  fault: string | undefined;
  onText: (text: string) => void;
}) {
  return (
    <Field
      name={props.name}
      label={words.timeLabel(props.label, props.isNeeded)}
      placeholder={words.timePlaceholder}
      autoComplete="off"
      value={props.text}
      fault={props.fault}
      hint={props.at === null ? undefined : <b className="num readtime">{momentInWords(props.at)}</b>}
      onChange={(event) => props.onText(event.target.value)}
    />
  );
}

function SavedNote({ saved }: { saved: Saved }) {
  const community = useCommunity();
  const { repair, contact } = saved;
  const navigate = useNavigate();
  // The hands stay on the keyboard: from the note of the saved talk on to its order.
  useKeys(
    repair
      ? {
          'alt+o': () => void navigate({ to: caseAddress(community.code, repair.id) }),
          'alt+p': () => void navigate({ to: casePrintAddress(community.code, repair.id) }),
        }
      : {},
  );
  return (
    <div className="notice good savednote" role="status">
      <Sign name="met" />
      <div className="grow">
        <b className="num">
          {repair
            ? words.saved.repair(repair.code)
            : contact.caseCode === null
              ? words.saved.contact(contact.code)
              : words.saved.enquiry(contact.caseCode, contact.code)}
        </b>
        {saved.readBack ? null : <span className="tag raised">{words.saved.notReadBack}</span>}
        {saved.isEarlier ? <div>{words.mismatch(repair?.code ?? contact.code)}</div> : null}
        {repair?.promise ? (
          <div>
            {words.saved.promise(clockKindWords[repair.promise.kind], momentInWords(repair.promise.dueAt, serverNow()))}
          </div>
        ) : null}
        <div className="muted">{words.saved.next}</div>
      </div>
      {repair ? (
        <>
          <Link to={caseAddress(community.code, repair.id)} className="btn">
            {words.saved.open}
            <kbd>Alt O</kbd>
          </Link>
          <Link to={casePrintAddress(community.code, repair.id)} className="btn">
            {words.saved.print}
            <kbd>Alt P</kbd>
          </Link>
        </>
      ) : null}
    </div>
  );
}

function HouseholdCard({ household, error }: { household: Household | null; error: unknown }) {
  const community = useCommunity();
  if (household === null)
    return (
      <Card title={words.household}>
        <Problem error={error} />
        <p className="muted">{words.householdNone}</p>
      </Card>
    );
  const today = dayOf(serverNow());
  return (
    <Card title={household.label} note={words.household} flush>
      <section className="line">
        <h3 className="faint">{words.people}</h3>
        {household.people.length === 0 ? <p className="muted">{words.noPeople}</p> : null}
        <ul>
          {household.people.map((one) => (
            <li key={one.relationId} className="row">
              <span>{one.name}</span>
              <span className="faint">{relationWords[one.relation]}</span>
              <span className="grow" />
              <span className="muted num">{one.phone ?? ''}</span>
            </li>
          ))}
        </ul>
      </section>
      <section className="line">
        <h3 className="faint">{words.openCases}</h3>
        {household.openCases.length === 0 ? <p className="muted">{words.noOpenCases}</p> : null}
        <ul>
          {household.openCases.map((one) => (
            <li key={one.id} className="row">
              <Link to={caseAddress(community.code, one.id, one.kind as CaseKind)} className="num">
                {one.code}
              </Link>
              <span className="grow cut muted">{one.summary}</span>
              <span className="tag">{(repairStateWords as Record<string, string>)[one.state] ?? one.state}</span>
            </li>
          ))}
        </ul>
      </section>
      <section className="line">
        <h3 className="faint">{words.warranties}</h3>
        {household.warranties.length === 0 ? <p className="muted">{words.noWarranties}</p> : null}
        <ul>
          {household.warranties.map((one) => (
            <li key={one.id} className="row">
              <span>{(repairCategoryWords as Record<string, string>)[one.category] ?? one.category}</span>
              <span className="grow muted">{words.warrantyUntil(one.untilOn, one.contractor)}</span>
              {one.untilOn < today ? <span className="tag">{words.overWarranty}</span> : null}
            </li>
          ))}
        </ul>
      </section>
    </Card>
  );
}
