// What the form of a new contact 新来电 holds, what of it goes to the server, and how it is saved so that nothing is lost
// or done twice.
import type { Instant } from '../../../kernel/time.ts';
import { call } from '../../../ui/call.ts';
import { ProblemError } from '../../../ui/problem.ts';
import type { Channel } from '../../cases/case.contract.ts';
import { type CreateRepairBody, createRepair, type RepairAnswer, type Urgency } from '../../repairs/repair.contract.ts';
import { type Contact, type CreateContactBody, contactRoutes } from '../contact.contract.ts';
import { categoryHints, emergencyHint } from '../new-contact.words.ts';

export type Talk = {
  channel: Channel;
  /** When the first key was pressed: the talk's beginning. */
  startedAt: Instant | null;
  unitId: string | null;
  unitText: string;
  /** The common area in place of a room; null: it is about a room. */
  place: string | null;
  callerName: string;
  callerPhone: string;
  description: string;
  /** null: as the description suggests. */
  category: string | null;
  urgency: Urgency | null;
  /** 部位 of the warranty register; '' where nobody can say. */
  part: string;
  /** '' · 'unlisted' · an item of the price list (RP5). */
  priceItem: string;
  hurry: boolean;
  appointment: string;
  agreed: string;
  /** What it becomes where the desk could not answer at once. */
  askKind: 'enquiry' | 'suggestion';
  callBack: string;
  messageToId: string;
  /** The ringing call that was taken. */
  telephoneCallId: string | null;
  /** Photos that show what it is about, uploaded already. */
  photoIds: string[];
  outcome: Contact['outcome'];
  /** The repair as it was sent and has not been answered yet. */
  sent: CreateRepairBody | null;
  sentContact: CreateContactBody | null;
  /** The repair that is recorded while the ledger's line is not. */
  recorded: { id: string; code: string; promise: Promised | null } | null;
};
type Promised = { kind: RepairAnswer['clocks'][number]['kind']; dueAt: Instant };

export const emptyTalk: Talk = {
  channel: 'phone',
  startedAt: null,
  unitId: null,
  unitText: '',
  place: null,
  callerName: '',
  callerPhone: '',
  description: '',
  category: null,
  urgency: null,
  part: '',
  priceItem: '',
  hurry: false,
  appointment: '',
  agreed: '',
  askKind: 'enquiry',
  callBack: '',
  messageToId: '',
  telephoneCallId: null,
  photoIds: [],
  outcome: 'case',
  sent: null,
  sentContact: null,
  recorded: null,
};

export const suggestedCategory = (description: string): string | null =>
  categoryHints.find(([pattern]) => pattern.test(description))?.[1] ?? null;
export const suggestedUrgency = (description: string): Urgency =>
  emergencyHint.test(description) ? 'emergency' : 'ordinary';

export const categoryOf = (talk: Talk): string | null => talk.category ?? suggestedCategory(talk.description);
export const urgencyOf = (talk: Talk): Urgency => talk.urgency ?? suggestedUrgency(talk.description);

/** Left out where nothing was said. */
const said = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim());
/** A talk typed in later than this (a restored draft) counts from now on. */
const lateEntryMs = 23 * 3_600_000;
const startOf = (talk: Talk, nowMs: number): Instant | undefined =>
  talk.startedAt !== null && nowMs - Date.parse(talk.startedAt) < lateEntryMs ? talk.startedAt : undefined;

export type Times = { appointmentAt: Instant | null; agreedAt: Instant | null; callBackAt: Instant | null };

function repairOf(talk: Talk, times: Times, readBack: boolean, nowMs: number): CreateRepairBody {
  const name = said(talk.callerName);
  const phone = said(talk.callerPhone);
  return {
    ...(talk.place === null ? { unitId: talk.unitId ?? undefined } : { place: said(talk.place) }),
    ...(name !== undefined || phone !== undefined ? { contact: { name, phone } } : {}),
    category: categoryOf(talk) ?? 'other',
    ...(talk.part === '' ? {} : { part: talk.part }),
    urgency: urgencyOf(talk),
    description: talk.description.trim(),
    ...(talk.priceItem === 'unlisted' ? { unlisted: true } : {}),
    ...(talk.priceItem !== '' && talk.priceItem !== 'unlisted' ? { priceItemId: talk.priceItem } : {}),
    ...(talk.hurry && talk.priceItem !== 'unlisted' ? { hurry: true } : {}),
    appointmentAt: times.appointmentAt ?? undefined,
    agreedAt: times.agreedAt ?? undefined,
    channel: talk.channel,
    receivedAt: startOf(talk, nowMs),
    readBack,
    ...(talk.photoIds.length > 0 ? { attachmentIds: talk.photoIds } : {}),
  };
}

function contactOf(
  talk: Talk,
  times: Times,
  caseId: string | undefined,
  readBack: boolean,
  nowMs: number,
): CreateContactBody {
  const where = talk.place === null ? undefined : said(talk.place);
  return {
    channel: talk.channel,
    callerName: said(talk.callerName),
    callerPhone: said(talk.callerPhone),
    unitId: talk.place === null ? (talk.unitId ?? undefined) : undefined,
    request: where === undefined ? talk.description.trim() : `${where}：${talk.description.trim()}`,
    outcome: talk.outcome,
    caseId,
    ...(caseId === undefined && talk.outcome !== 'answered' && talk.outcome !== 'case' ? { kind: talk.askKind } : {}),
    ...(talk.outcome === 'call-back' && times.callBackAt !== null ? { callBackAt: times.callBackAt } : {}),
    ...(talk.outcome === 'message' && talk.messageToId !== '' ? { messageToId: talk.messageToId } : {}),
    ...(talk.telephoneCallId === null ? {} : { telephoneCallId: talk.telephoneCallId }),
    readBack,
    startedAt: startOf(talk, nowMs),
  };
}

const promiseOf = (repair: RepairAnswer): Promised | null => {
  const clock =
    repair.clocks.find((one) => one.kind === 'on-site' && one.state === 'running') ??
    repair.clocks.find((one) => one.kind === 'complete' && one.state === 'running');
  return clock?.dueAt ? { kind: clock.kind, dueAt: clock.dueAt } : null;
};

export type Saved = {
  contact: Contact;
  repair: Talk['recorded'];
  readBack: boolean;
  /** An earlier attempt had gone through with other words than those now in the form. */
  isEarlier: boolean;
};

/**
 * The repair first, then the ledger's line that names it; each with a key of its own, so that whatever breaks in between
 * is taken up where it broke. `remember` keeps what an interruption must not lose.
 */
export async function saveTalk(
  communityId: string,
  talk: Talk,
  times: Times,
  readBack: boolean,
  keys: { repair: string; contact: string },
  nowMs: number,
  remember: (kept: Partial<Talk>) => void,
): Promise<Saved> {
  const params = { communityId };
  let recorded = talk.recorded;
  let isEarlier = false;
  if (talk.outcome === 'case' && recorded === null) {
    const body = repairOf(talk, times, readBack, nowMs);
    remember({ sent: body });
    const { answer: repair, isEarlier: wasSent } = await once(talk.sent, body, (one) =>
      call(createRepair, { params, body: one, key: keys.repair }),
    );
    isEarlier = wasSent;
    recorded = { id: repair.id, code: repair.code, promise: promiseOf(repair) };
    remember({ sent: null, recorded });
  }
  const body = contactOf(talk, times, recorded?.id, readBack, nowMs);
  remember({ sentContact: body });
  const { answer: contact, isEarlier: wasSent } = await once(talk.sentContact, body, (one) =>
    call(contactRoutes.createContact, { params, body: one, key: keys.contact }),
  );
  return { contact, repair: recorded, readBack, isEarlier: isEarlier || wasSent };
}

/** Where the answer to an earlier attempt was lost and the form changed since, that attempt is what stands. */
async function once<Body, Answer>(
  before: Body | null,
  body: Body,
  send: (body: Body) => Promise<Answer>,
): Promise<{ answer: Answer; isEarlier: boolean }> {
  try {
    return { answer: await send(body), isEarlier: false };
  } catch (error) {
    if (before === null || !(error instanceof ProblemError && error.code === 'idempotency_mismatch')) throw error;
    return { answer: await send(before), isEarlier: true };
  }
}
