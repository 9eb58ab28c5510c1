// How a unit 房屋 is called on screens and letters.
import type { UnitPlace } from './room.rules.ts';

/** `3 栋 1 单元 502`; a building with a name of its own keeps it: `澜庭阁 502`. */
export function unitWords(place: UnitPlace): string {
  const building = /^[0-9A-Z]+$/.test(place.building)
    ? `${place.building} ${/^\d/.test(place.building) ? '栋' : '座'}`
    : place.building;
  const entrance =
    place.entrance === '' ? [] : [/^[0-9A-Z]+$/.test(place.entrance) ? `${place.entrance} 单元` : place.entrance];
  return [building, ...entrance, place.room].join(' ');
}
