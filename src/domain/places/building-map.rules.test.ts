import { describe, expect, it } from 'vitest';
import { buildingMap, floorOf } from './building-map.rules.ts';

const rooms = (...texts: string[]) =>
  texts.map((text) => {
    const [entrance = '', room = ''] = text.split('-');
    return { entrance, room };
  });

describe('a room number names its floor', () => {
  it.each([
    ['502', { floor: 5, stack: '02' }],
    ['1203', { floor: 12, stack: '03' }],
    ['502A', { floor: 5, stack: '02A' }],
    ['12', null],
    ['S-01', null],
    ['商铺3', null],
  ])('%s', (room, place) => expect(floorOf(room)).toEqual(place));
});

describe('a building as a picture', () => {
  it('stands with the top floor first and the rooms of an entrance side by side', () => {
    const map = buildingMap(rooms('1-101', '1-102', '1-1001', '1-201'));
    expect(map.entrances.map((one) => one.stacks)).toEqual([['01', '02']]);
    expect(map.entrances[0]?.floors.map((one) => one.floor)).toEqual([10, 2, 1]);
    expect(map.entrances[0]?.floors[0]?.cells.map((cell) => cell?.room)).toEqual(['1001', undefined]);
  });

  it('keeps the floors of its entrances at one height', () => {
    const map = buildingMap(rooms('2-301', '1-101', '10-101'));
    expect(map.entrances.map((one) => one.entrance)).toEqual(['1', '2', '10']);
    expect(map.entrances.map((one) => one.floors.length)).toEqual([2, 2, 2]);
  });

  it('loses no room whose number names no floor', () => {
    const map = buildingMap(rooms('-8', '-S2', '-101'));
    expect(map.loose.map((unit) => unit.room)).toEqual(['8', 'S2']);
  });
});
