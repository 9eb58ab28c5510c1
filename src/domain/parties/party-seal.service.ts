// Phone, identity number and e-mail on their way into and out of the database (PR5): read into one written form,
// sealed with the key outside, with a masked copy to show and a keyed hash to search by.
import { BadInput, type FieldFault } from '../../kernel/refusal.ts';
import type { House } from '../../platform/house.ts';
import type { RevealField } from './party.contract.ts';
import { maskEmail } from './party-sight.rules.ts';
import { dialledDigits, maskIdentity, maskPhone, normalisePhone } from './phone.rules.ts';

export type PersonalInput = { phone?: string | null; identity?: string | null; email?: string | null };

const identityPattern = /^(\d{17}[\dX]|\d{15}|[0-9A-Z]{6,18})$/;
const emailPattern = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** The values in one written form; every fault at once. An empty text counts as none. */
export function readPersonal(input: PersonalInput): PersonalInput {
  const faults: FieldFault[] = [];
  const read: PersonalInput = {};
  const take = (field: RevealField, reader: (text: string) => string | { code: string }) => {
    const text = input[field];
    if (text === undefined) return;
    if (text === null || text === '') {
      read[field] = null;
      return;
    }
    const value = reader(text);
    if (typeof value === 'string') read[field] = value;
    else faults.push({ path: field, code: value.code });
  };
  take('phone', (text) => {
    const reading = normalisePhone(text);
    return 'phone' in reading ? reading.phone : { code: reading.fault };
  });
  take('identity', (text) => {
    const plain = text.normalize('NFKC').toUpperCase().replace(/\s/g, '');
    return identityPattern.test(plain) ? plain : { code: 'not_an_identity' };
  });
  take('email', (text) => (emailPattern.test(text) ? text.toLowerCase() : { code: 'not_an_email' }));
  if (faults.length > 0) throw new BadInput(faults);
  return read;
}

/** Binds a sealed value to its party and field, so that it can't be moved to another row. */
const contextOf = (communityId: string, partyId: string, field: RevealField) =>
  `party:${communityId}:${partyId}:${field}`;

export type SealedColumns = {
  phoneSealed?: Buffer | null;
  phoneHash?: Buffer | null;
  phoneMasked?: string | null;
  identitySealed?: Buffer | null;
  identityMasked?: string | null;
  emailSealed?: Buffer | null;
  emailMasked?: string | null;
};

/** Columns for the fields that are there; null clears. Takes values of `readPersonal` only. */
export function sealPersonal(house: House, communityId: string, partyId: string, values: PersonalInput): SealedColumns {
  const columns: SealedColumns = {};
  const seal = (field: RevealField, value: string | null) =>
    value === null ? null : house.secrets.seal(value, contextOf(communityId, partyId, field));
  if (values.phone !== undefined) {
    columns.phoneSealed = seal('phone', values.phone);
    columns.phoneHash = values.phone === null ? null : phoneHash(house, communityId, values.phone);
    columns.phoneMasked = values.phone === null ? null : maskPhone(values.phone);
  }
  if (values.identity !== undefined) {
    columns.identitySealed = seal('identity', values.identity);
    columns.identityMasked = values.identity === null ? null : maskIdentity(values.identity);
  }
  if (values.email !== undefined) {
    columns.emailSealed = seal('email', values.email);
    columns.emailMasked = values.email === null ? null : maskEmail(values.email);
  }
  return columns;
}

export const openPersonal = (
  house: House,
  communityId: string,
  partyId: string,
  field: RevealField,
  sealed: Buffer,
): string => house.secrets.open(sealed, contextOf(communityId, partyId, field));

const hashContext = (communityId: string) => `phone:${communityId}`;

/** Two phones of one community are the same when these are; nobody without the key can tell. */
export const phoneHash = (house: House, communityId: string, phone: string): Buffer =>
  house.secrets.lookupHash(dialledDigits(phone), hashContext(communityId));

/** The same for search tokens, as short text: 96 bits are plenty within a community. */
export const digitsHash =
  (house: House, communityId: string) =>
  (digits: string): string =>
    house.secrets.lookupHash(digits, hashContext(communityId)).subarray(0, 12).toString('base64url');
