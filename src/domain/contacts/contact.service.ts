// Contacts 来电来访: recorded when they come in; the one who takes it is the first contact (FD1). Numbers have no gap.
import { newId } from '../../kernel/id.ts';
import { decodeCursor, type Page, pageOf } from '../../kernel/paging.ts';
import { BadInput, badField, type FieldFault, notFound } from '../../kernel/refusal.ts';
import { type Day, plusDays, startOfDay } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Call, effect, readIn } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import { findColleague, type PromiseDraft, promiseOnCase } from '../cases/case-promise.service.ts';
import { takeDayCode } from '../cases/number.store.ts';
import { recordEnquiry } from '../enquiries/enquiry.service.ts';
import { maskPhone, maskPhonesInText } from '../parties/phone.rules.ts';
import { isUnitHere } from '../places/household.service.ts';
import type { Contact, CreateContactBody } from './contact.contract.ts';
import {
  type ContactRecord,
  findNamedCase,
  insertContact,
  insertContactText,
  listContacts,
  settleByPromise,
  settleOpen,
} from './contact.store.ts';
import { isCallKnown } from './telephone-call.store.ts';

export async function createContact(call: Call, body: CreateContactBody): Promise<string> {
  return effect(call, newId(), async (tx, id) => {
    const faults: FieldFault[] = [];
    if (body.unitId && !(await isUnitHere(tx, call.communityId, body.unitId)))
      faults.push({ path: 'unitId', code: 'unknown_unit' });
    const named = body.caseId ? await findNamedCase(tx, call.communityId, body.caseId) : undefined;
    if (named === null) faults.push({ path: 'caseId', code: 'unknown_case' });
    if (named?.isAnonymous) faults.push({ path: 'caseId', code: 'case_is_anonymous' });
    // A line about a case that is known already owes no enquiry of its own, so it can't be left open.
    if (body.caseId && body.outcome === 'open') faults.push({ path: 'outcome', code: 'case_needs_outcome_case' });
    if (body.callBackAt && body.outcome !== 'call-back')
      faults.push({ path: 'callBackAt', code: 'only_for_call_back' });
    if (body.callBackAt && body.callBackAt <= call.now) faults.push({ path: 'callBackAt', code: 'in_the_past' });
    if (body.messageToId && body.outcome !== 'message') faults.push({ path: 'messageToId', code: 'only_for_message' });
    if (body.messageToId && !(await findColleague(tx, call.communityId, body.messageToId)))
      faults.push({ path: 'messageToId', code: 'unknown_person' });
    if (body.telephoneCallId && !(await isCallKnown(tx, call.communityId, body.telephoneCallId)))
      faults.push({ path: 'telephoneCallId', code: 'unknown_call' });
    if (body.startedAt && body.startedAt > call.now) faults.push({ path: 'startedAt', code: 'in_the_future' });
    if (faults.length > 0) throw new BadInput(faults);
    const caseId = await caseOfLine(tx, call, id, body);
    const requestTextId = newId();
    await insertContactText(tx, call.communityId, requestTextId, body.request);
    await record(tx, call, {
      action: 'contact.create',
      noun: 'contact',
      nounId: id,
      changed: { outcome: [null, body.outcome] },
    });
    const phone = body.callerPhone;
    const code = await takeDayCode(tx, call.communityId, 'DJ', call.now);
    await insertContact(tx, {
      communityId: call.communityId,
      id,
      code,
      channel: body.channel,
      callerName: body.callerName ?? null,
      callerPhoneSealed: phone ? call.house.secrets.seal(phone, `contact:${id}`) : null,
      callerPhoneMasked: phone ? maskPhone(phone) : null,
      unitId: body.unitId ?? null,
      requestTextId,
      outcome: body.outcome,
      state: body.outcome,
      caseId,
      telephoneCallId: body.telephoneCallId ?? null,
      takenBy: call.actor.accountId,
      readBack: body.readBack ?? false,
      startedAt: body.startedAt ?? call.now,
      createdAt: call.now,
    });
  });
}

/** What the desk could not answer at once becomes a case with a clock: a promise is never only a line in a book. */
async function caseOfLine(tx: Tx, call: Call, lineId: string, body: CreateContactBody): Promise<string | null> {
  const promise = promiseOf(lineId, body);
  if (body.caseId) {
    if (promise) await promiseOnCase(tx, call, body.caseId, promise, newId());
    return body.caseId;
  }
  if (body.outcome === 'answered' || body.outcome === 'case') return null;
  const caseId = newId();
  await recordEnquiry(tx, call, caseId, {
    kind: body.kind ?? 'enquiry',
    unitId: body.unitId ?? null,
    place: null,
    contact: { name: body.callerName, phone: body.callerPhone },
    description: body.request,
    channel: body.channel,
    receivedAt: body.startedAt ?? call.now,
    promise,
  });
  return caseId;
}

/** The promise carries the line's id: when it is kept, the line is done. */
function promiseOf(lineId: string, body: CreateContactBody): PromiseDraft | null {
  if (body.outcome === 'call-back')
    return { kind: 'call-back', at: body.callBackAt ?? null, text: undefined, key: lineId };
  if (body.outcome === 'message' && body.messageToId)
    return { kind: 'message', toId: body.messageToId, text: body.request, key: lineId };
  return null;
}

/** Lines whose promise was kept: a call back is done, a message read. */
export const settleLines = (tx: Tx, communityId: string, lineIds: readonly string[]): Promise<void> =>
  settleByPromise(tx, communityId, lineIds);

/** An enquiry that was answered settles the line that was left open for it. */
export const settleEnquiryLine = (tx: Tx, communityId: string, caseId: string): Promise<void> =>
  settleOpen(tx, communityId, caseId);

export const shapeContact = (row: ContactRecord): Contact => ({
  id: row.id,
  communityId: row.communityId,
  code: row.code,
  channel: row.channel as Contact['channel'],
  callerName: row.callerName,
  callerPhone: row.callerPhoneMasked,
  unitId: row.unitId,
  unit: row.unit,
  request: maskPhonesInText(row.body ?? ''),
  outcome: row.outcome as Contact['outcome'],
  state: row.state as Contact['state'],
  caseId: row.caseId,
  caseCode: row.caseCode,
  caseKind: row.caseKind as Contact['caseKind'],
  takenBy: { id: row.takenBy, name: row.takenByName },
  readBack: row.readBack,
  startedAt: row.startedAt,
  createdAt: row.createdAt,
  version: row.version,
});

export async function readContact(call: Call, id: string): Promise<Contact> {
  const [row] = await readIn(call, (tx) => listContacts(tx, call.communityId, { id, limit: 1 }));
  if (!row) throw notFound('contact');
  return shapeContact(row);
}

export type ContactQuery = {
  state?: string | undefined;
  owing?: boolean | undefined;
  unit?: string | undefined;
  day?: Day | undefined;
  limit: number;
  cursor?: string | undefined;
};

export async function readContacts(call: Call, query: ContactQuery): Promise<Page<Contact>> {
  const cursor = query.cursor === undefined ? null : decodeCursor(query.cursor, 2);
  if (cursor && (typeof cursor[0] !== 'string' || typeof cursor[1] !== 'string'))
    throw badField('cursor', 'not_a_cursor');
  const rows = await readIn(call, (tx) =>
    listContacts(tx, call.communityId, {
      state: query.state,
      owing: query.owing,
      unitId: query.unit,
      limit: query.limit + 1,
      after: cursor ? { at: cursor[0] as string, id: cursor[1] as string } : null,
      ...(query.day ? { from: startOfDay(query.day), until: startOfDay(plusDays(query.day, 1)) } : {}),
    }),
  );
  return pageOf(rows, query.limit, (row) => [row.createdAt, row.id], shapeContact);
}
