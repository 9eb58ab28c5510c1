// What a contractor 维保单位 is shown of an order, and what everybody reads off its time line: who was told, who signed.
// A firm works for the builder: it sees the fault, its own steps and its own promises, not what the house says inside.
import type { TimelineEntry } from '../cases/case.contract.ts';
import { clockForContractor } from '../cases/case-sight.rules.ts';
import { maskName } from '../parties/phone.rules.ts';
import type { RepairAnswer } from './repair.contract.ts';

/** Steps whose words are meant for whoever works on it. */
const saidToWorker: readonly string[] = ['dispatch', 'rework', 'cancel', 'transfer', 'decline', 'agree'];

/** `ownIds`: the accounts of the firm. */
export function forContractor(answer: RepairAnswer, ownIds: readonly string[]): RepairAnswer {
  const isOwn = (entry: TimelineEntry): boolean => entry.by !== null && ownIds.includes(entry.by.id);
  const timeline = answer.timeline.flatMap((entry): TimelineEntry[] => {
    if (isOwn(entry)) return [entry];
    if (entry.kind !== 'move') return [];
    return [{ ...entry, text: saidToWorker.includes(entry.action) ? entry.text : null }];
  });
  const shown = new Set(timeline.map((entry) => entry.id));
  const hidden = new Set(
    answer.timeline.filter((entry) => !shown.has(entry.id)).flatMap((entry) => entry.attachmentIds),
  );
  return {
    ...answer,
    firstContact: null,
    contact: { ...answer.contact, name: answer.contact.name === null ? null : maskName(answer.contact.name) },
    timeline,
    clocks: answer.clocks.flatMap((clock) => clockForContractor(clock) ?? []),
    attachmentIds: answer.attachmentIds.filter((id) => !hidden.has(id)),
    warranty: answer.warranty && { ...answer.warranty, contractorBefore: null },
  };
}

type Entry = Pick<TimelineEntry, 'action' | 'kind' | 'at' | 'by' | 'facts' | 'byRole'>;

/** How the contractor heard of it: a delivered message, a noted call, or said while the order was sent; null: not yet. */
export function contractorTold(timeline: readonly Entry[]): RepairAnswer['contractorTold'] {
  for (const entry of timeline) {
    if (entry.action === 'dispatch' && entry.facts.contractorTold === true) return { at: entry.at, how: 'call' };
    if (entry.kind === 'call' && entry.facts.to === 'contractor' && entry.facts.direction !== 'in')
      return { at: entry.at, how: 'call' };
    if (entry.kind === 'message' && entry.facts.toContractor === true) return { at: entry.at, how: 'message' };
    if (entry.action === 'accept' && entry.byRole === 'contractor') return { at: entry.at, how: 'message' };
  }
  return null;
}

/**
 * Whether the customer knows of the appointment that stands now: made in a talk with them, said so when it was entered, or a
 * call to them since. null: there is no appointment.
 */
export function appointmentTold(
  timeline: readonly Entry[],
  appointmentAt: string | null,
): RepairAnswer['appointmentTold'] {
  if (appointmentAt === null) return null;
  let told = false;
  for (const entry of timeline) {
    const { facts } = entry;
    if (facts.appointmentAt !== undefined) told = facts.customerTold === true;
    if (entry.kind === 'call' && facts.to === 'customer' && facts.direction !== 'in') told = true;
  }
  return told;
}

/** The latest signature of the firm for the order itself (RP7); an order sent anew is signed for anew. */
export function contractorSigned(timeline: readonly Entry[]): RepairAnswer['contractorSigned'] {
  let signed: RepairAnswer['contractorSigned'] = null;
  for (const entry of timeline) {
    if (entry.action === 'dispatch' || entry.action === 'rework') signed = null;
    if (entry.facts.contractorSigned === true) signed = { at: entry.at, by: entry.by };
  }
  return signed;
}
