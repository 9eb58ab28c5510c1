// Cases whose taker and minute are hidden from a reader (spec/12 Anonymity), wherever cases of all kinds are listed. Which
// those are is the kind's to say, handed over in the wiring; a list's cursor is sealed, for it holds the minute.
import { decodeCursor, encodeCursor } from '../../kernel/paging.ts';
import { badField } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import type { Call } from '../access/call.ts';
import type { Role } from '../access/role.contract.ts';

type Reader = { id: string; roles: readonly Role[] };
export type Anonymity = {
  /** Those of these cases whose minute this reader may not know. */
  hiddenFrom(tx: Tx, communityId: string, reader: Reader, caseIds: readonly string[]): Promise<Set<string>>;
  /** An id that tells nothing for one that says when it was made. */
  opaqueFor(call: Pick<Call, 'house' | 'actor'>): (id: string) => string;
};

let links: Anonymity = { hiddenFrom: async () => new Set(), opaqueFor: () => (id) => id };
export const linkAnonymity = (made: Anonymity): void => {
  links = made;
};

/** Rows carry the flag, so that a page without an anonymous case asks nothing. */
export const hiddenOf = (tx: Tx, call: Call, rows: readonly { caseId: string; flags: readonly string[] }[]) =>
  links.hiddenFrom(
    tx,
    call.communityId,
    { id: call.actor.accountId, roles: call.roles },
    rows.filter((row) => row.flags.includes('anonymous')).map((row) => row.caseId),
  );

/** The same with whoever took each of them, whose name is kept from this reader too. */
export async function hiddenTakers(
  tx: Tx,
  call: Call,
  rows: readonly { caseId: string; flags: readonly string[] }[],
): Promise<Map<string, string | null>> {
  const hidden = await hiddenOf(tx, call, rows);
  if (hidden.size === 0) return new Map();
  const { rows: takers } = await sql<{ id: string; firstContactId: string | null }>`
    select id, first_contact_id from cases where community_id = ${call.communityId} and id = any(${[...hidden]}::uuid[])`.execute(
    tx,
  );
  return new Map(takers.map((one) => [one.id, one.firstContactId]));
}

export const opaqueFor = (call: Call) => links.opaqueFor(call);

const context = 'case-cursor';
const sealedMark = '~';

/** The place in a list after this row; sealed where its keys may not be read. */
export function cursorAfter(house: House, keys: readonly (string | number | null)[], isHidden: boolean): string {
  const plain = encodeCursor(keys);
  return isHidden ? sealedMark + house.secrets.seal(plain, context).toString('base64url') : plain;
}

export function openCursor(house: House, text: string): [key: string, id: string] {
  const [key, id] = decodeCursor(text.startsWith(sealedMark) ? unsealed(house, text.slice(1)) : text, 2);
  if (typeof key !== 'string' || typeof id !== 'string') throw badField('cursor', 'not_a_cursor');
  return [key, id];
}

function unsealed(house: House, text: string): string {
  try {
    return house.secrets.open(Buffer.from(text, 'base64url'), context);
  } catch {
    throw badField('cursor', 'not_a_cursor');
  }
}
