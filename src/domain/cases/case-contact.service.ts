// The telephone number of whoever asked: sealed for its case, so that a copied row opens nowhere else; shown masked.
import { badField } from '../../kernel/refusal.ts';
import type { Call } from '../access/call.ts';
import { maskPhone } from '../parties/phone.rules.ts';
import type { CaseRow } from './case.store.ts';

export const sealPhone = (call: Call, caseId: string, phone: string) => ({
  sealed: call.house.secrets.seal(phone, `case:${caseId}`),
  masked: maskPhone(phone),
});

/** The number for the one who is to ring: asked for with a purpose, logged by the caller of this. */
export function openContactPhone(call: Call, row: Pick<CaseRow, 'id' | 'contactPhoneSealed'>): string {
  if (!row.contactPhoneSealed) throw badField('field', 'nothing_stored');
  return call.house.secrets.open(row.contactPhoneSealed, `case:${row.id}`);
}

/** The same number, sealed for another case that comes of this one. */
export const sealAnew = (call: Call, row: Pick<CaseRow, 'id' | 'contactPhoneSealed'>, caseId: string) =>
  row.contactPhoneSealed ? sealPhone(call, caseId, openContactPhone(call, row)) : undefined;
