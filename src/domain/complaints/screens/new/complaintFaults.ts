// What is still wrong with a complaint that is being registered, beside the fields; and where a refusal of the server belongs.
import { ProblemError } from '../../../../ui/problem.ts';
import { normalisePhone } from '../../../parties/phone.rules.ts';
import { complaintNewWords as words } from '../../complaint-page.words.ts';
import type { ComplaintDraft } from '../parts/complaintDraft.ts';

export type NewFaults = Record<string, string | undefined>;

/** Only what could not be sent at all: a missing story never keeps the first save back. */
export function faultsOf(draft: ComplaintDraft): NewFaults {
  const found: NewFaults = {};
  if (!draft.anonymous) {
    if (draft.unitId === null && draft.unitText.trim() !== '') found.unitId = words.faults.unit;
    const phone = draft.phone.trim() === '' ? null : normalisePhone(draft.phone);
    if (phone && 'fault' in phone) found['contact.phone'] = words.phoneFaults[phone.fault];
  }
  return found;
}

export function faultsIn(error: unknown): NewFaults {
  if (!(error instanceof ProblemError)) return {};
  return Object.fromEntries(error.errors.map((one) => [one.path, one.message]));
}

/** Paths whose fault stands beside their field. */
export const shownPaths: readonly string[] = [
  'severity',
  'unitId',
  'contact.phone',
  'contact.name',
  'place',
  'occurredAt',
  'against',
  'againstStaffId',
  'account',
  'demand',
  'replyReason',
  'replyAt',
  'wishedAt',
  'agreedAt',
  'consent',
  'facts.lossFen',
  'facts.peopleCount',
  'facts.death',
  'facts.injury',
  'facts.mediaReports',
  'facts.mediaDays',
  'facts.mediaOutlets',
  'facts.unfulfilledPromise',
];
