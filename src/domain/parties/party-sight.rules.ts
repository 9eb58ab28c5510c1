// What of a household each post sees without a look (PR1, PR5): names and plates are clear in the database and
// masked here by role; phone, identity and e-mail are masked for everybody.
import type { Role } from '../access/role.contract.ts';
import { maskName } from './phone.rules.ts';
import { maskPlate } from './plate.rules.ts';

export type Sight = { names: boolean; plates: boolean };

/** A contractor works for a firm of its own: the room is enough to find the door, the name waits for a look. */
const namesMasked: readonly Role[] = ['contractor'];
/** Who lets cars in, answers at the desk, or knows the household by duty; a resident sees the own household. */
const platesClear: readonly Role[] = [
  'front_desk',
  'butler',
  'chief_butler',
  'customer_assistant',
  'cs_supervisor',
  'manager',
  'order_supervisor',
  'resident',
];

export const sightOf = (roles: readonly Role[]): Sight => ({
  names: roles.some((role) => !namesMasked.includes(role)),
  plates: roles.some((role) => platesClear.includes(role)),
});

export const seenName = (name: string, sight: Sight): string => (sight.names ? name : maskName(name));
export const seenPlate = (plate: string, sight: Sight): string => (sight.plates ? plate : maskPlate(plate));

/** x***@example.com */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return at < 1 ? '***' : `${email.slice(0, 1)}***${email.slice(at)}`;
}

/** How long a looked-at value may stand on the screen†. */
export const revealMinutes = 10;
/** Looks per person within ten minutes†: a busy desk stays far below, a copying one does not. */
export const revealLimit = { count: 30, withinMinutes: 10 };
