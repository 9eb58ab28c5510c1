// Registering a complaint 投诉登记 in the order of the talk: saved with one key on level, unit and phone, because the critical
// limit is one minute; the story is typed into the case that stands by then (CP1).
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { wallTimeOf } from '../../../kernel/time.ts';
import { textCodec } from '../../../ui/addressState.ts';
import { call } from '../../../ui/call.ts';
import { DraftNote } from '../../../ui/DraftNote.tsx';
import { focusAfter } from '../../../ui/focusAfter.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { Sign } from '../../../ui/Sign.tsx';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { useKeys } from '../../../ui/useKeys.ts';
import { useSettled } from '../../../ui/useSettled.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { CaseClocks } from '../../cases/screens/parts/CaseClocks.tsx';
import { clockKindWords } from '../../clocks/clock.words.ts';
import { useHousehold } from '../../places/screens/parts/unitSearch.ts';
import { standardName } from '../../standards/standard.words.ts';
import { complaintRoutes, type Sibling } from '../complaint.contract.ts';
import { complaintCaseFaultWords, complaintCaseFieldWords } from '../complaint-case.words.ts';
import { complaintPageWords, complaintNewWords as words } from '../complaint-page.words.ts';
import {
  contradictions,
  higher,
  type nothingStated,
  proposeSeverity,
  statedFrom,
} from '../complaint-severity.rules.ts';
import { severities } from '../complaint-shapes.contract.ts';
import { shownPaths } from './new/complaintFaults.ts';
import { ProposedLevel, SameEvent, SixRules } from './new/NewBeside.tsx';
import { limitOf, NewFirst } from './new/NewFirst.tsx';
import { NewStory } from './new/NewStory.tsx';
import { type Saved, useNewComplaint } from './new/useNewComplaint.ts';
import type { ComplaintDraft } from './parts/complaintDraft.ts';
import { factsOf } from './parts/moveDraft.ts';
import { useStandard } from './parts/useStandard.ts';
import '../../cases/screens/parts/case.css';
import './parts/complaint.css';

const addressCodecs = { unit: textCodec() };

export function ComplaintNewScreen(props: {
  /** What the desk's own book has to know of it; stands below the case's number. */
  onFirstSave?: (saved: Saved) => void;
  below?: ReactNode;
}) {
  const community = useCommunity();
  const document = useStandard(community.id);
  const unitField = useRef<HTMLInputElement>(null);
  const phoneField = useRef<HTMLInputElement>(null);
  const story = useRef<HTMLDivElement>(null);
  const page = useRef<HTMLDivElement>(null);
  const form = useNewComplaint(community.id, (saved) => {
    props.onFirstSave?.(saved);
    requestAnimationFrame(() => story.current?.querySelector('textarea')?.focus());
  });
  const { change, faults } = form;
  const draft = form.draft.value;
  const isRecorded = draft.recorded !== null;
  const household = useHousehold(community.id, draft.anonymous ? null : draft.unitId);

  // From a household or a search one comes with the room already named.
  const [address, setAddress] = useAddressState(addressCodecs);
  const namedUnit = useHousehold(community.id, address.unit === '' ? null : address.unit).data;
  // biome-ignore lint/correctness/useExhaustiveDependencies: taken over once, when it is known
  useEffect(() => {
    if (namedUnit === undefined) return;
    setAddress({ unit: '' });
    // A case that is still being written is not given another room by an address.
    if (!isRecorded) change({ unitId: namedUnit.id, unitText: namedUnit.label, anonymous: false });
    phoneField.current?.focus();
  }, [namedUnit]);
  useEffect(() => unitField.current?.focus(), []);

  const save = async () => {
    if (await form.save()) return;
    requestAnimationFrame(() =>
      page.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus({ preventScroll: false }),
    );
  };
  useKeys({
    'ctrl+enter': () => void save(),
    'alt+n': () => {
      if (!isRecorded) change({ anonymous: !draft.anonymous });
    },
    ...Object.fromEntries(
      severities.map((severity, index) => [
        `alt+${index + 1}`,
        () => {
          if (!isRecorded) change({ severity });
        },
      ]),
    ),
  });
  const next = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.nativeEvent.isComposing || event.key !== 'Enter') return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || !(event.target instanceof HTMLElement)) return;
    // In the story Enter is a new line; a room with an open list takes Enter itself.
    if (event.target.matches('button, a, textarea')) return;
    event.preventDefault();
    focusAfter(event.currentTarget, event.target);
  };

  const siblings = useSiblingsOf(community.id, draft);
  const joined = siblings.find((one) => one.id === draft.sameEvent?.id);
  const stated = statedFrom(factsOf(draft.facts).facts);
  const proposal = document && proposeSeverity(document.complaint, eventFacts(draft, stated, joined));
  const chosen = form.complaint?.severity ?? draft.severity;
  const level = proposal ? higher(proposal.severity, chosen) : chosen;
  const owesReply = document?.complaint.reasonAndReplyAtIntake.value.includes(level) === true && !draft.anonymous;
  const part = { draft, faults, change, onSave: () => void save(), isSaving: form.isSaving };
  const startAfresh = () => {
    form.startAfresh();
    requestAnimationFrame(() => unitField.current?.focus());
  };
  return (
    <div className="beside newcomplaint" ref={page}>
      <div className="stack">
        <div className="row wrap">
          <h1>{words.heading}</h1>
          <span className="muted">{words.lead}</span>
        </div>
        {draft.recorded === null ? (
          <DraftNote draft={{ ...form.draft, clear: startAfresh }} />
        ) : (
          <SavedFirst recorded={draft.recorded} code={community.code} onNext={startAfresh} isUnsaved={form.isUnsaved}>
            {props.below}
          </SavedFirst>
        )}
        <Problem
          error={form.error}
          retry={() => void save()}
          hideFields={shownPaths}
          fieldWords={complaintCaseFieldWords}
        />
        {/* biome-ignore lint/a11y/noNoninteractiveElementInteractions: Enter goes to the next field */}
        <form className="stack" onKeyDown={next} onSubmit={(event) => event.preventDefault()} noValidate>
          <NewFirst
            {...part}
            communityId={community.id}
            document={document}
            people={household.data?.people ?? []}
            unitField={unitField}
            phoneField={phoneField}
          />
          <NewStory
            {...part}
            communityId={community.id}
            owesReply={owesReply}
            story={story}
            setPhotos={(photos) => form.draft.setValue((before) => ({ ...before, photoIds: photos(before.photoIds) }))}
          />
          {isRecorded ? (
            <div className="row wrap savebar">
              <button
                type="button"
                className="btn primary tall"
                aria-keyshortcuts="Control+Enter"
                aria-busy={form.isSaving}
                disabled={!form.isUnsaved}
                onClick={() => void save()}
              >
                {form.isSaving ? words.saving : words.saveMore} <kbd>Ctrl ↵</kbd>
              </button>
              <span className="grow faint" role="status">
                {form.isUnsaved
                  ? words.unsaved
                  : draft.savedMoreAt === null
                    ? words.nothingNew
                    : words.savedMore(wallTimeOf(draft.savedMoreAt).slice(0, 5))}
              </span>
            </div>
          ) : (
            <div className="row wrap">
              <button type="button" className="btn quiet" onClick={startAfresh}>
                {words.discard}
              </button>
            </div>
          )}
        </form>
      </div>
      <div className="stack">
        {form.complaint === null ? null : (
          <CaseClocks
            clocks={form.complaint.clocks.filter((clock) => clock.state === 'running')}
            policyName={(version) => standardName(document?.preset ?? 'luxury', Number(version) || 1)}
            kindWords={clockKindWords}
            startedBy={complaintPageWords.startedBy}
            pauseReason={null}
          />
        )}
        {proposal && document ? (
          <ProposedLevel
            proposal={proposal}
            chosen={chosen}
            isRecorded={isRecorded}
            limit={limitOf(document, level)}
            policy={document.complaint}
            contradictions={contradictions(stated).map((one) => complaintCaseFaultWords[one.code] ?? one.code)}
          />
        ) : null}
        <SameEvent
          siblings={siblings}
          joined={draft.sameEvent}
          isRecorded={isRecorded}
          isBusy={form.isSaving}
          onJoin={form.join}
          onLeave={() => change({ sameEvent: null })}
        />
        <SixRules />
      </div>
    </div>
  );
}

function SavedFirst(props: {
  recorded: NonNullable<ComplaintDraft['recorded']>;
  code: string;
  isUnsaved: boolean;
  onNext: () => void;
  children: ReactNode;
}) {
  const page = `/c/${props.code}/complaints/${props.recorded.id}`;
  return (
    <div className="notice good savedfirst" role="status">
      <Sign name="met" />
      <div className="grow">
        <b className="num">{words.savedFirst(props.recorded.code)}</b>
        <div>{words.savedFirstNote}</div>
        {props.children}
      </div>
      <span className="row wrap">
        <Link className="btn" to={page}>
          {words.open}
        </Link>
        <Link className="btn" to={`${page}/print`}>
          {words.print}
        </Link>
        <button type="button" className="btn" disabled={props.isUnsaved} onClick={props.onNext}>
          {words.next}
        </button>
      </span>
    </div>
  );
}

/** Asked once the hand rests; of an anonymous one without the room. */
function useSiblingsOf(communityId: string, draft: ComplaintDraft): readonly Sibling[] {
  const text = [draft.account, draft.demand].join('\n').trim();
  const asked = useSettled(
    JSON.stringify({
      ...(draft.unitId === null || draft.anonymous ? {} : { unitId: draft.unitId }),
      ...(draft.place.trim() === '' ? {} : { place: draft.place.trim() }),
      ...(draft.against === '' ? {} : { against: draft.against }),
      ...(text === '' ? {} : { text }),
    }),
  );
  const found = useQuery({
    queryKey: ['complaint', communityId, 'siblings-of-the-form', asked],
    queryFn: ({ signal }) =>
      call(complaintRoutes.findSiblings, { params: { communityId }, body: JSON.parse(asked), signal }),
    enabled: asked !== '{}',
    placeholderData: keepPreviousData,
  });
  return (found.data?.items ?? []).filter((one) => one.id !== draft.recorded?.id);
}

/**
 * What the level of the whole event is proposed by while one types: what is said here, and the counters of the complaint
 * that it joins. The same room again is nobody new.
 */
function eventFacts(draft: ComplaintDraft, stated: typeof nothingStated, joined: Sibling | undefined) {
  const isSameRoom = joined !== undefined && joined.unit !== null && joined.unit === draft.unitText;
  return {
    lossFen: stated.lossFen ?? 0,
    people: (stated.peopleCount ?? 1) + (joined === undefined || isSameRoom ? 0 : joined.people),
    deaths: stated.deaths ?? 0,
    injury: stated.injury ?? 'none',
    mediaReports: stated.mediaReports ?? 0,
    mediaDays: stated.mediaDays ?? 0,
    mediaOutlets: stated.mediaOutlets ?? 0,
    unfulfilledPromise: stated.unfulfilledPromise ?? false,
    raisings: 1 + (joined?.raisings ?? 0),
    mishandledAt: null,
  } as const;
}
