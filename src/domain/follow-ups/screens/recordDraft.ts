// What somebody typed while calling or standing at the door, and the bodies it makes; faults are codes of the page's words.
import { instantOfField } from '../../../ui/wallTime.ts';
import type { AttemptBody, AttemptOutcome, FollowUp, FollowUpChannel, RecordBody } from '../follow-up.contract.ts';
import type { recordWords } from '../follow-up-page.words.ts';

export const stepQuestions = ['quality', 'effect', 'satisfaction'] as const;
export type StepQuestion = (typeof stepQuestions)[number];

export type RecordDraft = {
  way: 'reached' | 'missed';
  /** 0: not answered yet. */
  quality: number;
  effect: number;
  satisfaction: number;
  verdict: '' | 'acceptable' | 'not-acceptable';
  lacking: string;
  suggestions: string;
  channel: FollowUpChannel;
  reason: string;
  signature: string;
  photos: string[];
  outcome: AttemptOutcome | '';
  atDoor: boolean;
  nextAt: string;
  note: string;
};

export type Fault = keyof (typeof recordWords)['faults'];
export type Faults = Partial<Record<keyof RecordDraft, Fault>>;
type Read<Body> = { body: Body } | { faults: Faults };

/** What is being mended is no longer pointed at. */
export function mended(faults: Faults, changes: Partial<RecordDraft>): Faults {
  const touched = new Set(Object.keys(changes));
  // Another channel asks for something else, and a photo of the slip stands for the signature.
  if (touched.has('channel') || touched.has('photos')) for (const one of ['signature', 'reason']) touched.add(one);
  if (touched.has('verdict')) touched.add('lacking');
  return Object.fromEntries(Object.entries(faults).filter(([field]) => !touched.has(field))) as Faults;
}

type Asked = Pick<FollowUp, 'asks' | 'state'>;

export function startRecord(followUp: Asked, isAtDoor = followUp.state === 'visit-due'): RecordDraft {
  return {
    way: 'reached',
    quality: 0,
    effect: 0,
    satisfaction: 0,
    verdict: '',
    lacking: '',
    suggestions: '',
    channel: isAtDoor ? 'in-person' : followUp.asks.channel,
    reason: '',
    signature: '',
    photos: [],
    outcome: '',
    atDoor: isAtDoor,
    nextAt: '',
    note: '',
  };
}

/** FU2: signed in person as a rule, another channel with its reason. */
export const needsSignature = (draft: RecordDraft, { asks }: Pick<FollowUp, 'asks'>): boolean =>
  asks.signature && draft.channel === 'in-person';
export const needsReason = (draft: RecordDraft, { asks }: Pick<FollowUp, 'asks'>): boolean =>
  asks.signature && draft.channel !== 'in-person';

const filled = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim());

function without<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Value;
}

/** What is recorded of a customer who was reached. */
export function recordOf(draft: RecordDraft, followUp: Pick<FollowUp, 'asks'>): Read<Omit<RecordBody, 'version'>> {
  const faults: Faults = {};
  for (const question of stepQuestions) if (draft[question] === 0) faults[question] = 'required';
  if (draft.verdict === '') faults.verdict = 'required';
  if (draft.verdict === 'not-acceptable' && filled(draft.lacking) === undefined) faults.lacking = 'lacking';
  const isInPerson = draft.channel === 'in-person';
  if (needsReason(draft, followUp) && filled(draft.reason) === undefined) faults.reason = 'reason';
  if (needsSignature(draft, followUp) && draft.signature === '' && draft.photos.length === 0)
    faults.signature = 'signature';
  if (draft.verdict === '' || Object.keys(faults).length > 0) return { faults };
  return {
    body: without({
      verdict: draft.verdict,
      quality: draft.quality,
      effect: draft.effect,
      satisfaction: draft.satisfaction,
      lacking: filled(draft.lacking),
      suggestions: filled(draft.suggestions),
      channel: draft.channel,
      // What was typed for another channel stays in the draft, and is not sent with this one.
      reason: isInPerson ? undefined : filled(draft.reason),
      signature: isInPerson && draft.signature !== '' ? draft.signature : undefined,
      attachmentIds: draft.photos.length > 0 ? draft.photos : undefined,
    }),
  };
}

/** A try that reached nobody. `nowMs` is the server's, as far as this device knows it. */
export function attemptOf(draft: RecordDraft, nowMs: number): Read<AttemptBody> {
  if (draft.outcome === '') return { faults: { outcome: 'outcome' } };
  const nextAt = instantOfField(draft.nextAt);
  if (nextAt !== undefined && Date.parse(nextAt) <= nowMs) return { faults: { nextAt: 'nextAt' } };
  return { body: without({ outcome: draft.outcome, atDoor: draft.atDoor, nextAt, note: filled(draft.note) }) };
}

/** Whether so many tries, on so many days, at the door, are there that it may be recorded as not reached. */
export const isTriedEnough = ({ asks: { made, notReached } }: Pick<FollowUp, 'asks'>): boolean =>
  made.tries >= notReached.tries && made.days >= notReached.days && made.atDoor >= notReached.atDoor;

/** What the program does at once when the customer does not accept it (FU4), in the order in which it is told. */
export function consequencesOf(
  followUp: Pick<FollowUp, 'kind' | 'caseKind'>,
): ('told' | 'complaint' | 'rework' | 'review')[] {
  const isDoneAgain = followUp.kind === 'finished' && followUp.caseKind === 'repair';
  return ['told', 'complaint', ...(isDoneAgain ? (['rework'] as const) : []), 'review'];
}
