// What is still missing or unclear in a talk, by field, before it is read back; and where a refusal of the server belongs.
import { ProblemError } from '../../../ui/problem.ts';
import { normalisePhone } from '../../parties/phone.rules.ts';
import { newContactWords as words } from '../new-contact.words.ts';
import { categoryOf, type Talk, type Times } from './newContact.ts';

export type Faults = Partial<
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

/** Fields whose fault stands beside them. */
export const shownPaths = Object.keys(fieldOfPath);

export function faultsOf(talk: Talk, times: Times): Faults {
  const found: Faults = {};
  const isRepair = talk.outcome === 'case';
  const where = talk.place === null ? talk.unitId : talk.place.trim();
  if (isRepair && (where === null || where === '')) found.where = words.faults.where;
  if (talk.place === null && talk.unitId === null && talk.unitText.trim() !== '') found.where = words.faults.where;
  if (talk.description.trim() === '') found.description = words.faults.description;
  if (isRepair && categoryOf(talk) === null) found.category = words.faults.category;
  if (isRepair && talk.appointment.trim() !== '' && times.appointmentAt === null) found.appointment = words.timeUnclear;
  if (isRepair && talk.agreed.trim() !== '' && times.agreedAt === null) found.agreed = words.timeUnclear;
  if (talk.outcome === 'call-back' && talk.callBack.trim() !== '' && times.callBackAt === null)
    found.callBack = words.timeUnclear;
  if (talk.outcome === 'message' && talk.messageToId === '') found.messageToId = words.faults.messageTo;
  const phone = talk.callerPhone.trim() === '' ? null : normalisePhone(talk.callerPhone);
  if (phone && 'fault' in phone) found.callerPhone = words.phoneFaults[phone.fault];
  return found;
}

/** What the server refused, beside the fields it is about. */
export function faultsIn(error: unknown): Faults {
  const found: Faults = {};
  if (!(error instanceof ProblemError)) return found;
  for (const one of error.errors) {
    const field = fieldOfPath[one.path];
    if (field !== undefined) found[field] = one.message;
  }
  return found;
}

/** What each part of the form is handed. */
export type TalkPart = { talk: Talk; faults: Faults; change: (changes: Partial<Talk>) => void };
