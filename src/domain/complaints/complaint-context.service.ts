// What only the database or the calendar knows about one move of a complaint, loaded for its rule.
import { newId, randomId } from '../../kernel/id.ts';
import { badField } from '../../kernel/refusal.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';
import { type CaseRow, findCase } from '../cases/case.store.ts';
import { openContactPhone } from '../cases/case-contact.service.ts';
import { dueAt } from '../clocks/limit.rules.ts';
import { phoneHash } from '../parties/party-seal.service.ts';
import type { Policy } from '../standards/standard.service.ts';
import { askBeforeRecord, findNamed, getComplaintRow } from './complaint.store.ts';
import type { ComplaintContext, ComplaintFacts } from './complaint-facts.rules.ts';
import { callBacksOf } from './complaint-group.rules.ts';
import { findMember, listMembers } from './complaint-group.store.ts';
import type { ComplaintMove, ComplaintState } from './complaint-shapes.contract.ts';

/** Tells people of one event apart: who it is, else the home, else the number; null where nobody knows. */
export const personKeyOf = (partyId: string | null, unitId: string | null, hash: Buffer | null): string | null =>
  partyId ?? unitId ?? hash?.subarray(0, 12).toString('base64url') ?? null;

type Named = {
  responsibleId?: string;
  inChargeId?: string;
  againstStaffId?: string;
  unitId?: string;
  contact?: { phone?: string };
  sameEventAs?: string;
  intoId?: string;
};

export async function contextOf(
  tx: Tx,
  call: Call,
  policy: Policy,
  row: CaseRow,
  complaint: ComplaintFacts,
  name: ComplaintMove,
  input: object,
): Promise<ComplaintContext> {
  const { communityId } = call;
  const asked = input as Named;
  const personId = asked.responsibleId ?? asked.inChargeId;
  if (asked.againstStaffId && !(await findNamed(tx, communityId, asked.againstStaffId)))
    throw badField('againstStaffId', 'unknown_person');
  const others = complaint.groupId === null ? [] : await listMembers(tx, communityId, complaint.groupId);
  return {
    eventId: newId(),
    dueOf: (limit, from) => dueAt(limit, from, policy.calendar),
    group: others.filter((other) => other.id !== complaint.id),
    ...(personId ? { person: await findNamed(tx, communityId, personId) } : {}),
    ...(name === 'amend' && (asked.unitId || asked.contact) ? await whoItIs(tx, call, row, asked) : {}),
    ...(name === 'link' ? await eventNamed(tx, communityId, complaint, asked.sameEventAs ?? '') : {}),
    ...(name === 'merge' ? { mergeInto: await entryNamed(tx, communityId, asked.intoId ?? '') } : {}),
    ...(name === 'close' ? { callBacksOpen: callBacksOf(others).filter((one) => one.isOpen).length } : {}),
  };
}

async function whoItIs(
  tx: Tx,
  call: Call,
  row: CaseRow,
  { unitId, contact }: Named,
): Promise<Partial<ComplaintContext>> {
  const phone = contact?.phone ?? (row.contactPhoneSealed ? openContactPhone(call, row) : null);
  const hash = phone === null ? null : phoneHash(call.house, call.communityId, phone);
  const known = await askBeforeRecord(tx, call.communityId, {
    unitId: unitId ?? null,
    phoneHash: hash,
    sameEventAs: null,
  });
  return {
    personKey: personKeyOf(known.partyId, unitId ?? row.unitId, hash),
    ...(unitId ? { unitKnown: known.unitKnown } : {}),
  };
}

/** The complaint named, and the others of the group that comes of it: the named one's, else this one's, else a new one. */
async function eventNamed(
  tx: Tx,
  communityId: string,
  complaint: ComplaintFacts,
  id: string,
): Promise<Partial<ComplaintContext>> {
  const member = await findMember(tx, communityId, id);
  if (!member) return { sameEvent: null };
  const { groupId } = await getComplaintRow(tx, communityId, id);
  const becomes = groupId ?? complaint.groupId;
  const there = becomes === null ? [] : await listMembers(tx, communityId, becomes);
  const group = [...there.filter((one) => one.id !== id), member].filter((one) => one.id !== complaint.id);
  return { sameEvent: { id, groupId }, newGroupId: randomId(), group };
}

/** The entry that stays: one that was itself merged away is none. */
async function entryNamed(
  tx: Tx,
  communityId: string,
  id: string,
): Promise<{ id: string; state: ComplaintState } | null> {
  const row = await findCase(tx, communityId, id, 'complaint');
  if (!row || (await getComplaintRow(tx, communityId, id)).mergedIntoId !== null) return null;
  return { id, state: row.state as ComplaintState };
}
