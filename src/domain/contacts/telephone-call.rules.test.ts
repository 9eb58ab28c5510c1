// Rings counted from a telephone system's events (FD2).
import { describe, expect, it } from 'vitest';
import { afterEvent, isInTime, ringsBetween, ringsOf } from './telephone-call.rules.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 26, 1, 0, 0) + seconds * 1000).toISOString();

describe('counting rings', () => {
  it.each([
    [0, 1],
    [4.999, 1],
    [5, 2],
    [9.9, 2],
    [10, 3],
    [14.999, 3],
    [15, 4],
  ])('answered after %s s it rang %s times', (seconds, rings) => {
    expect(ringsBetween(at(0), at(seconds), 5)).toBe(rings);
  });

  it.each([
    [1, false],
    [2, true],
    [3, true],
    [4, false],
  ])(
    'at the ring number %s it is in time by the standard: %s (after the second, within the third)',
    (rings, inTime) => {
      const call = { rangAt: at(0), answeredAt: at(1), endedAt: null };
      expect(isInTime(call, rings, { min: 2, max: 3 })).toBe(inTime);
    },
  );

  it('claims nothing while it rings, and a caller who gave up was never in time', () => {
    expect(isInTime({ rangAt: at(0), answeredAt: null, endedAt: null }, null, { min: 1, max: 3 })).toBeNull();
    expect(isInTime({ rangAt: at(0), answeredAt: null, endedAt: at(6) }, 2, { min: 1, max: 3 })).toBe(false);
  });
});

describe('events of a call', () => {
  const rang = afterEvent(null, 'ring', at(10));
  it('told twice or again later change nothing', () => {
    const answered = afterEvent(rang, 'answer', at(16));
    expect(afterEvent(answered, 'answer', at(40))).toEqual(answered);
    expect(afterEvent(answered, 'ring', at(30))).toEqual(answered);
    expect(ringsOf(answered, 5)).toBe(2);
  });
  it('out of order: the answer came before the ring was told', () => {
    const answered = afterEvent(null, 'answer', at(16));
    expect(ringsOf(afterEvent(answered, 'ring', at(10)), 5)).toBe(2);
  });
  it('nothing lies before the ring', () => {
    expect(afterEvent(rang, 'hang-up', at(4))).toEqual({ rangAt: at(10), answeredAt: null, endedAt: at(10) });
  });
  it('no rings are told while it rings', () => {
    expect(ringsOf(rang, 5)).toBeNull();
  });
});
