// What makes two rows of a file speak of the same unit or person, and which facts a unit row can state 导入.
import type { PartyKey, UnitKey } from './import.contract.ts';
import { normaliseBuilding, normaliseEntrance, normaliseRoom } from './room.rules.ts';

export const unitKeyOf = (building: string, entrance: string, room: string): UnitKey =>
  `${normaliseBuilding(building)}|${normaliseEntrance(entrance)}|${normaliseRoom(room)}`;

export const partyKeyOf = (name: string, phone: string | null, unitKey: UnitKey): PartyKey =>
  phone === null ? `${name}@${unitKey}` : `${name}|${phone}`;

/** Name and phone back out of the key: a hundred thousand people need not be remembered twice. */
export function partyOfKey(key: PartyKey, unitKey: UnitKey): { name: string; phone: string | null } {
  if (key.endsWith(`@${unitKey}`)) return { name: key.slice(0, -unitKey.length - 1), phone: null };
  const at = key.lastIndexOf('|');
  return { name: key.slice(0, at), phone: key.slice(at + 1) };
}

/** Fields of a form and what they are called in a draft. */
export const unitFacts = [
  ['area', 'areaHundredthsM2'],
  ['usage', 'usage'],
  ['state', 'state'],
  ['deliveredOn', 'deliveredOn'],
] as const;
