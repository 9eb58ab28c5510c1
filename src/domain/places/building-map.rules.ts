// A building 楼栋 as a picture: floors from top to bottom, rooms of each entrance side by side.
type Placed = { entrance: string; room: string };

export type FloorRow<Unit> = { floor: number; cells: (Unit | null)[] };
export type EntranceMap<Unit> = { entrance: string; stacks: string[]; floors: FloorRow<Unit>[] };
/** `loose`: rooms whose number names no floor (villas, shops, garages). */
export type BuildingMap<Unit> = { entrances: EntranceMap<Unit>[]; loose: Unit[] };

/** 1203 → floor 12, stack 03; 502A → floor 5, stack 02A; null where the number names no floor. */
export function floorOf(room: string): { floor: number; stack: string } | null {
  const parts = /^(\d{1,3})(\d\d[A-Z]?)$/.exec(room);
  return parts ? { floor: Number(parts[1]), stack: parts[2] ?? '' } : null;
}

const inOrder = (a: string, b: string) => a.localeCompare(b, 'zh', { numeric: true });

/** Floors between the lowest and the highest that no room names (an upkeep floor) are left out. */
export function buildingMap<Unit extends Placed>(units: readonly Unit[]): BuildingMap<Unit> {
  const loose: Unit[] = [];
  const byEntrance = new Map<string, Map<string, Unit>>();
  const floors = new Set<number>();
  for (const unit of units) {
    const place = floorOf(unit.room);
    if (place === null) {
      loose.push(unit);
      continue;
    }
    floors.add(place.floor);
    const cells = byEntrance.get(unit.entrance) ?? new Map<string, Unit>();
    cells.set(`${place.floor} ${place.stack}`, unit);
    byEntrance.set(unit.entrance, cells);
  }
  // The same floors for each entrance, so that they stand at the same height side by side.
  const downwards = [...floors].sort((a, b) => b - a);
  const entrances = [...byEntrance]
    .sort(([a], [b]) => inOrder(a, b))
    .map(([entrance, cells]) => {
      const stacks = [...new Set([...cells.keys()].map((key) => key.split(' ')[1] ?? ''))].sort(inOrder);
      return {
        entrance,
        stacks,
        floors: downwards.map((floor) => ({
          floor,
          cells: stacks.map((stack) => cells.get(`${floor} ${stack}`) ?? null),
        })),
      };
    });
  return { entrances, loose: loose.sort((a, b) => inOrder(a.room, b.room)) };
}
