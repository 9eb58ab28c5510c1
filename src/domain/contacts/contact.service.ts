// Contacts 来电来访: recorded when they come in; the one who takes it is the first contact (FD1). Numbers have no gap.
import { newId } from '../../kernel/id.ts';
import { decodeCursor, type Page, pageOf } from '../../kernel/paging.ts';
import { BadInput, badField, type FieldFault, notFound } from '../../kernel/refusal.ts';
import { type Day, plusDays, startOfDay } from '../../kernel/time.ts';
import { type Call, effect, readIn } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import { takeDayCode } from '../cases/number.store.ts';
import { maskPhone, maskPhonesInText } from '../parties/phone.rules.ts';
import { isUnitHere } from '../places/household.service.ts';
import type { Contact, CreateContactBody } from './contact.contract.ts';
import { type ContactRecord, insertContact, insertContactText, isCaseKnown, listContacts } from './contact.store.ts';

export async function createContact(call: Call, body: CreateContactBody): Promise<string> {
  return effect(call, newId(), async (tx, id) => {
    const faults: FieldFault[] = [];
    if (body.unitId && !(await isUnitHere(tx, call.communityId, body.unitId)))
      faults.push({ path: 'unitId', code: 'unknown_unit' });
    if (body.caseId && !(await isCaseKnown(tx, call.communityId, body.caseId)))
      faults.push({ path: 'caseId', code: 'unknown_case' });
    if (body.caseId && body.outcome !== 'case') faults.push({ path: 'outcome', code: 'case_needs_outcome_case' });
    if (body.startedAt && body.startedAt > call.now) faults.push({ path: 'startedAt', code: 'in_the_future' });
    if (faults.length > 0) throw new BadInput(faults);
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
      caseId: body.caseId ?? null,
      takenBy: call.actor.accountId,
      readBack: body.readBack ?? false,
      startedAt: body.startedAt ?? call.now,
      createdAt: call.now,
    });
  });
}

const shape = (row: ContactRecord): Contact => ({
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
  takenBy: { id: row.takenBy, name: row.takenByName },
  readBack: row.readBack,
  startedAt: row.startedAt,
  createdAt: row.createdAt,
  version: row.version,
});

export async function readContact(call: Call, id: string): Promise<Contact> {
  const [row] = await readIn(call, (tx) => listContacts(tx, call.communityId, { id, limit: 1 }));
  if (!row) throw notFound('contact');
  return shape(row);
}

export type ContactQuery = {
  state?: string | undefined;
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
      unitId: query.unit,
      limit: query.limit + 1,
      after: cursor ? { at: cursor[0] as string, id: cursor[1] as string } : null,
      ...(query.day ? { from: startOfDay(query.day), until: startOfDay(plusDays(query.day, 1)) } : {}),
    }),
  );
  return pageOf(rows, query.limit, (row) => [row.createdAt, row.id], shape);
}
