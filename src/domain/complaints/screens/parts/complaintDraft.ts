// What the registration 投诉登记 holds, what of it goes to the server at the first save and what later, so that the story is
// typed into a case whose clocks run already (CP1).
import type { Instant } from '../../../../kernel/time.ts';
import { devicePerson, deviceStore } from '../../../../ui/device.ts';
import { draftKey, readDraft, writeDraft } from '../../../../ui/draft.ts';
import { instantOfField } from '../../../../ui/wallTime.ts';
import type { Channel, Consent } from '../../../cases/case.contract.ts';
import type { CreateComplaintBody, Severity, StatedFactsInput } from '../../complaint-shapes.contract.ts';
import { changedFacts, emptyFacts, type FactsDraft, factsOf } from './moveDraft.ts';

export const newComplaintForm = 'complaint.new';

/** What was saved of the story; what differs from it is still to be sent. */
export type Told = {
  unitId?: string | undefined;
  contactName?: string | undefined;
  contactPhone?: string | undefined;
  place?: string | undefined;
  occurredAt?: Instant | undefined;
  against?: string | undefined;
  againstStaffId?: string | undefined;
  account?: string | undefined;
  demand?: string | undefined;
  replyReason?: string | undefined;
  replyAt?: Instant | undefined;
  wishedAt?: Instant | undefined;
  agreedAt?: Instant | undefined;
  facts: StatedFactsInput;
  photoIds: string[];
};

export type ComplaintDraft = {
  startedAt: Instant | null;
  severity: Severity;
  anonymous: boolean;
  channel: Channel;
  unitId: string | null;
  unitText: string;
  phone: string;
  name: string;
  place: string;
  occurredAt: string;
  against: string;
  againstStaffId: string;
  account: string;
  demand: string;
  facts: FactsDraft;
  replyReason: string;
  replyAt: string;
  wishedAt: string;
  agreedAt: string;
  consentBy: string;
  consentHow: '' | Consent['how'];
  photoIds: string[];
  sameEvent: { id: string; code: string } | null;
  /** As it was sent the first time and has not been answered yet. */
  sent: CreateComplaintBody | null;
  sentTold: Told | null;
  /** The case that stands already, and what it knows. */
  recorded: { id: string; code: string; told: Told } | null;
  savedMoreAt: Instant | null;
};

export const emptyComplaint: ComplaintDraft = {
  startedAt: null,
  severity: 'ordinary',
  anonymous: false,
  channel: 'phone',
  unitId: null,
  unitText: '',
  phone: '',
  name: '',
  place: '',
  occurredAt: '',
  against: '',
  againstStaffId: '',
  account: '',
  demand: '',
  facts: emptyFacts,
  replyReason: '',
  replyAt: '',
  wishedAt: '',
  agreedAt: '',
  consentBy: '',
  consentHow: '',
  photoIds: [],
  sameEvent: null,
  sent: null,
  sentTold: null,
  recorded: null,
  savedMoreAt: null,
};

/**
 * A talk that turns out to be a complaint goes on here with what was typed of it. False where another complaint is being
 * written on this device: that one is not overwritten, and the talk stays where it is.
 */
export function handOverToComplaint(
  talk: Partial<
    Pick<
      ComplaintDraft,
      'startedAt' | 'channel' | 'unitId' | 'unitText' | 'phone' | 'name' | 'place' | 'account' | 'photoIds'
    >
  >,
): boolean {
  const now = new Date().toISOString();
  const key = draftKey(devicePerson(), newComplaintForm);
  const begun = readDraft<ComplaintDraft>(deviceStore, key, now)?.value;
  const isBegun =
    begun !== undefined &&
    (begun.recorded !== null || [begun.unitText, begun.phone, begun.account, begun.demand].some((one) => one !== ''));
  return !isBegun && writeDraft(deviceStore, key, { ...emptyComplaint, ...talk }, now);
}

const said = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim());

/** What the form says now. Of an anonymous one neither room nor name nor number leaves this device. */
export function toldBy(draft: ComplaintDraft): Told {
  const isKnown = !draft.anonymous;
  const room = isKnown ? said(draft.unitText) : undefined;
  return {
    unitId: isKnown ? (draft.unitId ?? undefined) : undefined,
    contactName: isKnown ? said(draft.name) : undefined,
    contactPhone: isKnown ? said(draft.phone) : undefined,
    // Most of it happens at home: the room is the place until another is named.
    place: said(draft.place) ?? (draft.unitId === null ? undefined : room),
    occurredAt: instantOfField(draft.occurredAt),
    against: said(draft.against),
    againstStaffId: said(draft.againstStaffId),
    account: said(draft.account),
    demand: said(draft.demand),
    replyReason: said(draft.replyReason),
    replyAt: instantOfField(draft.replyAt),
    wishedAt: instantOfField(draft.wishedAt),
    agreedAt: instantOfField(draft.agreedAt),
    facts: factsOf(draft.facts).facts,
    photoIds: draft.photoIds,
  };
}

/** How the customer agrees in a talk that comes by this channel; '' where nobody stands at the other end. */
export const consentHowBy = (channel: Channel): '' | Consent['how'] =>
  channel === 'phone' || channel === 'hotline'
    ? 'call'
    : channel === 'counter' || channel === 'visit'
      ? 'in-person'
      : channel === 'online' || channel === 'wechat' || channel === 'sms' || channel === 'email'
        ? 'message'
        : '';

/** Who agreed to the date and how: the caller himself, as one talks, unless somebody says otherwise. */
function consentOf(draft: ComplaintDraft): Consent | undefined {
  const how = draft.consentHow === '' ? consentHowBy(draft.channel) : draft.consentHow;
  const by = said(draft.consentBy) ?? said(draft.name) ?? (draft.anonymous ? undefined : said(draft.unitText));
  return draft.agreedAt === '' || how === '' || by === undefined ? undefined : { by, how };
}

const withoutGaps = <Body extends object>(body: Body): Body =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as Body;

/** A talk typed in later than this (a restored draft) counts from now on. */
const lateEntryMs = 23 * 3_600_000;

/** The first save: level, unit and phone suffice; whatever else has been typed goes along. */
export function createBody(draft: ComplaintDraft, told: Told, nowMs: number): CreateComplaintBody {
  const { contactName: name, contactPhone: phone, facts, photoIds, ...fields } = told;
  const isFresh = draft.startedAt !== null && nowMs - Date.parse(draft.startedAt) < lateEntryMs;
  return withoutGaps({
    ...(fields as Omit<CreateComplaintBody, 'channel'>),
    channel: draft.channel,
    severity: draft.severity,
    anonymous: draft.anonymous ? true : undefined,
    receivedAt: isFresh ? (draft.startedAt ?? undefined) : undefined,
    contact: name === undefined && phone === undefined ? undefined : withoutGaps({ name, phone }),
    consent: consentOf(draft),
    facts: Object.keys(facts).length === 0 ? undefined : facts,
    sameEventAs: draft.sameEvent?.id,
    attachmentIds: photoIds.length === 0 ? undefined : photoIds,
  });
}

/** What has been typed since: only that; null where nothing is new. */
export function amendBody(draft: ComplaintDraft, now: Told, before: Told): Record<string, unknown> | null {
  const { contactName: name, contactPhone: phone, facts, photoIds, ...fields } = now;
  const isContactNew =
    (name !== undefined && name !== before.contactName) || (phone !== undefined && phone !== before.contactPhone);
  const newPhotos = photoIds.filter((id) => !before.photoIds.includes(id));
  const body = withoutGaps({
    ...Object.fromEntries(
      Object.entries(fields).filter(([field, value]) => value !== before[field as keyof typeof fields]),
    ),
    contact: isContactNew ? withoutGaps({ name, phone }) : undefined,
    facts: changedFacts(facts, before.facts),
    attachmentIds: newPhotos.length === 0 ? undefined : newPhotos,
  });
  if (Object.keys(body).length === 0) return null;
  return { ...body, ...('agreedAt' in body ? withoutGaps({ consent: consentOf(draft) }) : {}) };
}
