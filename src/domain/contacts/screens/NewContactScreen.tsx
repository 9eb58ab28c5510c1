// New call or visit 新来电/来访 (F2): who and where, what, when, and the read-back 复述 as its last step (FD1, FD2).
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { yuanOfFen } from '../../../kernel/money.ts';
import type { Instant } from '../../../kernel/time.ts';
import { textCodec } from '../../../ui/addressState.ts';
import { call } from '../../../ui/call.ts';
import { DraftNote } from '../../../ui/DraftNote.tsx';
import { focusAfter } from '../../../ui/focusAfter.ts';
import { nowMs, serverNow } from '../../../ui/now.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { useDraft } from '../../../ui/useDraft.ts';
import { useIdempotencyKey } from '../../../ui/useIdempotencyKey.ts';
import { useKeys } from '../../../ui/useKeys.ts';
import { useCommunity, useMay, useSession } from '../../access/screens/parts/session.ts';
import { handOverToComplaint } from '../../complaints/screens/parts/complaintDraft.ts';
import { useHousehold } from '../../places/screens/parts/unitSearch.ts';
import type { PriceItem } from '../../price-lists/price-list.contract.ts';
import { priceListPageWords as priceWords } from '../../price-lists/price-list.words.ts';
import { usePriceItems } from '../../price-lists/screens/parts/PriceItemPicker.tsx';
import { repairCategoryWords, urgencyWords } from '../../repairs/repair.words.ts';
import { standardRoutes } from '../../standards/standard-view.contract.ts';
import { newContactWords as words } from '../new-contact.words.ts';
import { parseTalkedTime } from '../talked-time.rules.ts';
import { CallerHousehold } from './CallerHousehold.tsx';
import { categoryOf, emptyTalk, type Saved, saveTalk, type Talk, urgencyOf } from './newContact.ts';
import { ReadBack } from './ReadBack.tsx';
import { SavedNote } from './SavedNote.tsx';
import { TalkWhat } from './TalkWhat.tsx';
import { TalkWhen } from './TalkWhen.tsx';
import { TalkWho } from './TalkWho.tsx';
import { type Faults, faultsIn, faultsOf, shownPaths } from './talkFaults.ts';
import { focusName } from './talkFields.tsx';
import './newcontact.css';

const form = 'contact.new';
const addressCodecs = { unit: textCodec(), call: textCodec() };
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

  const showFaults = (found: Faults) => {
    setFaults(found);
    const [first] = Object.keys(found);
    if (first === 'where' && talk.place === null) unitField.current?.focus();
    else if (first !== undefined) focusName(first);
    return first !== undefined;
  };
  const toReadBack = () => {
    if (showFaults(faultsOf(talk, times))) return;
    setError(null);
    setStep('read-back');
  };
  // A complaint has a page of its own, which saves within its minute: what was typed goes along.
  const mayComplain = may('complaint.record');
  const toComplaint = () => {
    const isHandedOver = handOverToComplaint({
      startedAt: talk.startedAt,
      channel: talk.channel,
      unitId: talk.unitId,
      unitText: talk.unitText,
      phone: talk.callerPhone,
      name: talk.callerName,
      place: talk.place ?? '',
      account: talk.description,
      photoIds: talk.photoIds,
    });
    if (isHandedOver) freshStart();
    void navigate({ to: `/c/${community.code}/complaints/new` });
  };
  const takesComplaints = mayComplain && talk.recorded === null;
  useKeys(
    {
      'ctrl+enter': toReadBack,
      f2: () => unitField.current?.focus(),
      ...(takesComplaints ? { 'alt+t': toComplaint } : {}),
    },
    step === 'form',
  );

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
      const fieldFaults = faultsIn(caught);
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
  const onFile = household.data?.people.find((one) => one.name === talk.callerName.trim())?.phone ?? null;
  const desk = document?.desk;
  const part = { talk, faults, change };

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
          {takesComplaints ? (
            <>
              <span className="grow" />
              <button type="button" className="btn" aria-keyshortcuts="Alt+T" onClick={toComplaint}>
                {words.toComplaint} <kbd>Alt T</kbd>
              </button>
            </>
          ) : null}
        </div>
        {saved === null ? <DraftNote draft={{ ...draft, clear: freshStart }} /> : <SavedNote saved={saved} />}
        {step === 'form' ? <Problem error={error} retry={() => setStep('read-back')} hideFields={shownPaths} /> : null}
        {/* biome-ignore lint/a11y/noNoninteractiveElementInteractions: Enter goes to the next field */}
        <form className="stack" onKeyDown={next} onSubmit={(event) => event.preventDefault()} noValidate>
          <TalkWho
            {...part}
            communityId={community.id}
            people={household.data?.people ?? []}
            onFile={onFile}
            unitField={unitField}
            onPlaced={() => setFaults({ ...faults, where: undefined })}
          />
          <TalkWhat
            {...part}
            communityId={community.id}
            communityCode={community.code}
            categories={categories}
            priceItems={priceItems}
            callBackAt={times.callBackAt}
            duplicates={duplicates}
          />
          {isRepair ? <TalkWhen {...part} needed={needed} times={times} /> : null}
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
      <CallerHousehold household={household.data ?? null} error={household.error} />
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
