// What somebody typed into the dialog of a complaint's move, and the body that it makes; faults are codes of the dialog's
// words.
import { fenOfYuan, yuanOfFen } from '../../../../kernel/money.ts';
import type { Instant } from '../../../../kernel/time.ts';
import { instantOfField, wallField } from '../../../../ui/wallTime.ts';
import type { complaintPageWords } from '../../complaint-page.words.ts';
import type { ComplaintAnswer, ComplaintMove, StatedFactsInput } from '../../complaint-shapes.contract.ts';

/** The facts of CP2 as typed: '' where nothing was said. */
export type FactsDraft = {
  loss: string;
  people: string;
  death: '' | 'yes' | 'no';
  injury: '' | 'none' | 'slight' | 'grave';
  mediaReports: string;
  mediaDays: string;
  mediaOutlets: string;
  promise: '' | 'yes' | 'no';
};
export const emptyFacts: FactsDraft = {
  loss: '',
  people: '',
  death: '',
  injury: '',
  mediaReports: '',
  mediaDays: '',
  mediaOutlets: '',
  promise: '',
};

export type ReadFacts = { facts: StatedFactsInput; faults: Partial<Record<keyof FactsDraft, 'badMoney' | 'badCount'>> };

const countOf = (text: string): number | null => (/^\d{1,6}$/.test(text.trim()) ? Number(text) : null);

/** What of it can be read already; what can't is named and left out. */
export function factsOf(draft: FactsDraft): ReadFacts {
  const facts: StatedFactsInput = {};
  const faults: ReadFacts['faults'] = {};
  if (draft.loss.trim() !== '') {
    const fen = fenOfYuan(draft.loss);
    if (fen === null) faults.loss = 'badMoney';
    else facts.lossFen = fen;
  }
  const counts = [
    ['people', 'peopleCount'],
    ['mediaReports', 'mediaReports'],
    ['mediaDays', 'mediaDays'],
    ['mediaOutlets', 'mediaOutlets'],
  ] as const;
  for (const [name, field] of counts) {
    if (draft[name].trim() === '') continue;
    const count = countOf(draft[name]);
    if (count === null || (name === 'people' && count === 0)) faults[name] = 'badCount';
    else facts[field] = count;
  }
  if (draft.death !== '') facts.death = draft.death === 'yes';
  if (draft.injury !== '') facts.injury = draft.injury;
  if (draft.promise !== '') facts.unfulfilledPromise = draft.promise === 'yes';
  return { facts, faults };
}

/** The facts on record as their fields show them. */
export const factsDraftOf = (facts: StatedFactsInput): FactsDraft => ({
  loss: facts.lossFen === undefined ? '' : yuanOfFen(facts.lossFen).replace(/\.00$/, ''),
  people: facts.peopleCount?.toString() ?? '',
  death: facts.death === undefined ? '' : facts.death ? 'yes' : 'no',
  injury: facts.injury ?? '',
  mediaReports: facts.mediaReports?.toString() ?? '',
  mediaDays: facts.mediaDays?.toString() ?? '',
  mediaOutlets: facts.mediaOutlets?.toString() ?? '',
  promise: facts.unfulfilledPromise === undefined ? '' : facts.unfulfilledPromise ? 'yes' : 'no',
});

/** Only what differs from what is on record: a fact left alone is not stated anew. */
export function changedFacts(now: StatedFactsInput, before: StatedFactsInput): StatedFactsInput | undefined {
  const changed = Object.entries(now).filter(([name, value]) => {
    const was = before[name as keyof StatedFactsInput];
    // "Somebody died" says no more than the number that is known.
    return name === 'death' && was !== undefined ? Boolean(value) !== Boolean(was) : value !== was;
  });
  return changed.length === 0 ? undefined : Object.fromEntries(changed);
}

export type MoveDraft = {
  severity: string;
  validity: '' | 'valid' | 'invalid';
  reason: string;
  explained: string;
  department: string;
  personId: string;
  how: string;
  text: string;
  until: string;
  consentBy: string;
  consentHow: string;
  cause: string;
  opinion: string;
  satisfied: '' | 'yes' | 'no';
  signMode: 'drawn' | 'photo' | 'none';
  signature: string;
  unsignedReason: string;
  chosenId: string;
  search: string;
  note: string;
  photos: string[];
  // amend
  unitId: string;
  unitText: string;
  contactName: string;
  contactPhone: string;
  place: string;
  occurredAt: string;
  against: string;
  againstStaffId: string;
  account: string;
  demand: string;
  replyReason: string;
  replyAt: string;
  wishedAt: string;
  agreedAt: string;
  liability: string;
  facts: FactsDraft;
};

/** Moves that go to another level begin with none chosen; what is known already stands in the fields of `amend`. */
export function startDraft(move: ComplaintMove, complaint: ComplaintAnswer): MoveDraft {
  return {
    severity: move === 'classify' ? complaint.severity : '',
    validity: '',
    reason: '',
    explained: '',
    department:
      move === 'send' && complaint.against !== null && complaint.against !== 'company' && complaint.against !== 'other'
        ? complaint.against
        : move === 'transfer'
          ? ''
          : complaint.department,
    personId: '',
    how: '',
    text: '',
    until: '',
    consentBy: complaint.contact.name ?? '',
    consentHow: '',
    cause: '',
    opinion: '',
    satisfied: '',
    signMode: 'drawn',
    signature: '',
    unsignedReason: '',
    chosenId: '',
    search: '',
    note: '',
    photos: [],
    unitId: complaint.unitId ?? '',
    unitText: complaint.unit ?? '',
    contactName: complaint.contact.name ?? '',
    contactPhone: '',
    place: complaint.place ?? '',
    occurredAt: wallField(complaint.occurredAt),
    against: complaint.against ?? '',
    againstStaffId: complaint.againstStaff?.id ?? '',
    account: complaint.account ?? '',
    demand: complaint.demand ?? '',
    replyReason: complaint.replyReason ?? '',
    replyAt: wallField(complaint.replyAt),
    wishedAt: wallField(complaint.wishedAt),
    agreedAt: wallField(complaint.agreedAt),
    liability: complaint.liability,
    facts: factsDraftOf(complaint.facts),
  };
}

export type MoveFault = keyof (typeof complaintPageWords)['dialog']['faults'];
type Read = { body: Record<string, unknown> } | { fault: MoveFault };

const filled = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim());
const changed = <Value>(now: Value, before: Value): Value | undefined => (now === before ? undefined : now);
const changedText = (now: string, before: string | null) => changed(filled(now), before?.trim() ?? undefined);
const changedTime = (text: string, before: Instant | null) =>
  text === wallField(before) ? undefined : instantOfField(text);
const consentOf = (draft: MoveDraft) =>
  filled(draft.consentBy) === undefined || draft.consentHow === ''
    ? undefined
    : { by: draft.consentBy.trim(), how: draft.consentHow };

/** Nobody to telephone or to write to: neither name nor room (complaint-facts `isUnreachable`). */
export const isUnreachable = (complaint: Pick<ComplaintAnswer, 'anonymous' | 'contact' | 'unitId'>): boolean =>
  complaint.anonymous || (complaint.contact.phone === null && complaint.unitId === null);

function amendBody(draft: MoveDraft, complaint: ComplaintAnswer): Read {
  const { facts, faults } = factsOf(draft.facts);
  const [fault] = Object.values(faults);
  if (fault !== undefined) return { fault };
  const phone = filled(draft.contactPhone);
  const name = changedText(draft.contactName, complaint.contact.name);
  const agreedAt = changedTime(draft.agreedAt, complaint.agreedAt);
  const liability = changed(draft.liability, complaint.liability);
  const unitId = draft.unitId === '' ? undefined : changed<string | null>(draft.unitId, complaint.unitId);
  const body = {
    ...(complaint.anonymous
      ? {}
      : {
          unitId,
          ...(name !== undefined || phone !== undefined
            ? {
                contact: {
                  ...(filled(draft.contactName) ? { name: draft.contactName.trim() } : {}),
                  ...(phone ? { phone } : {}),
                },
              }
            : {}),
        }),
    place: changedText(draft.place, complaint.place),
    occurredAt: changedTime(draft.occurredAt, complaint.occurredAt),
    against: draft.against === '' ? undefined : changed<string | null>(draft.against, complaint.against),
    againstStaffId:
      draft.againstStaffId === '' ? undefined : changed(draft.againstStaffId, complaint.againstStaff?.id ?? ''),
    account: changedText(draft.account, complaint.account),
    demand: changedText(draft.demand, complaint.demand),
    replyReason: changedText(draft.replyReason, complaint.replyReason),
    replyAt: changedTime(draft.replyAt, complaint.replyAt),
    wishedAt: changedTime(draft.wishedAt, complaint.wishedAt),
    agreedAt,
    facts: changedFacts(facts, complaint.facts),
    liability,
  };
  if (Object.values(body).every((value) => value === undefined)) return { fault: 'nothingChanged' };
  const consent = agreedAt === undefined ? undefined : consentOf(draft);
  if (agreedAt !== undefined && consent === undefined) return { fault: 'consent' };
  if (liability !== undefined && filled(draft.reason) === undefined) return { fault: 'reason' };
  return { body: { ...body, consent, reason: liability === undefined ? undefined : filled(draft.reason) } };
}

function tellBody(draft: MoveDraft, complaint: ComplaintAnswer): Read {
  if (draft.how === '') return { fault: 'how' };
  if (filled(draft.text) === undefined) return { fault: 'text' };
  const told = { how: draft.how, answer: draft.text.trim() };
  if (isUnreachable(complaint)) return { body: told };
  if (draft.signMode === 'drawn' && draft.signature === '') return { fault: 'emptyDrawing' };
  if (draft.signMode === 'photo' && draft.photos.length === 0) return { fault: 'photoMissing' };
  if (draft.signMode === 'none' && filled(draft.unsignedReason) === undefined) return { fault: 'unsigned' };
  if (draft.signMode !== 'none' && filled(draft.opinion) === undefined) return { fault: 'opinion' };
  return {
    body: {
      ...told,
      opinion: filled(draft.opinion),
      ...(draft.satisfied === '' ? {} : { satisfied: draft.satisfied === 'yes' }),
      ...(draft.signMode === 'drawn' ? { signature: draft.signature } : {}),
      ...(draft.signMode === 'none' ? { unsignedReason: draft.unsignedReason.trim() } : {}),
    },
  };
}

function own(move: ComplaintMove, draft: MoveDraft, complaint: ComplaintAnswer): Read {
  const reason = filled(draft.reason);
  const explained = draft.explained === '' ? undefined : draft.explained;
  const needsExplained = !isUnreachable(complaint);
  switch (move) {
    case 'amend':
      return amendBody(draft, complaint);
    case 'take-over':
      return { body: { inChargeId: draft.personId === '' ? undefined : draft.personId } };
    case 'classify': {
      const isInvalid = draft.validity === 'invalid';
      if (isInvalid && reason === undefined) return { fault: 'reason' };
      if (isInvalid && needsExplained && explained === undefined) return { fault: 'explained' };
      return {
        body: {
          severity: draft.severity,
          validity: draft.validity === '' ? undefined : draft.validity,
          reason,
          explained: isInvalid ? explained : undefined,
        },
      };
    }
    case 'raise':
    case 'lower':
      if (draft.severity === '') return { fault: 'chooseSeverity' };
      return reason === undefined ? { fault: 'reason' } : { body: { severity: draft.severity, reason } };
    case 'mishandled':
    case 'reopen':
      return reason === undefined ? { fault: 'reason' } : { body: { reason } };
    case 'invalidate':
    case 'validate':
      if (reason === undefined) return { fault: 'reason' };
      return needsExplained && explained === undefined ? { fault: 'explained' } : { body: { reason, explained } };
    case 'respond':
      if (draft.how === '') return { fault: 'how' };
      return filled(draft.text) === undefined
        ? { fault: 'text' }
        : { body: { how: draft.how, answer: draft.text.trim() } };
    case 'send':
      return {
        body: { department: draft.department, responsibleId: draft.personId === '' ? undefined : draft.personId },
      };
    case 'transfer':
      if (draft.department === '') return { fault: 'department' };
      if (reason === undefined) return { fault: 'reason' };
      return {
        body: {
          department: draft.department,
          responsibleId: draft.personId === '' ? undefined : draft.personId,
          reason,
        },
      };
    case 'wait':
      if (draft.until === '') return { fault: 'until' };
      if (reason === undefined) return { fault: 'reason' };
      if (explained === undefined) return { fault: 'explained' };
      return { body: { until: instantOfField(draft.until), reason, explained, consent: consentOf(draft) } };
    case 'resolve':
      if (filled(draft.text) === undefined) return { fault: 'text' };
      return draft.cause === '' ? { fault: 'cause' } : { body: { result: draft.text.trim(), cause: draft.cause } };
    case 'tell-customer':
      return tellBody(draft, complaint);
    case 'link':
      return draft.chosenId === '' ? { fault: 'chooseCase' } : { body: { sameEventAs: draft.chosenId } };
    case 'merge':
      return draft.chosenId === '' ? { fault: 'chooseCase' } : { body: { intoId: draft.chosenId } };
    default:
      return { body: {} };
  }
}

/** The body of a move, with the version that was looked at, or what is still wrong. */
export function bodyOf(move: ComplaintMove, draft: MoveDraft, complaint: ComplaintAnswer): Read {
  const read = own(move, draft, complaint);
  if ('fault' in read) return read;
  const entries = Object.entries({
    ...read.body,
    note: filled(draft.note),
    attachmentIds: draft.photos.length > 0 ? draft.photos : undefined,
    version: complaint.version,
  }).filter(([, value]) => value !== undefined);
  return { body: Object.fromEntries(entries) };
}
