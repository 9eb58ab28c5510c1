import { describe, expect, it } from 'vitest';
import { cumulated } from './BarList.tsx';
import { depthOf } from './HeatMap.tsx';
import { rangeOf } from './LineChart.tsx';

describe('pictures', () => {
  it('range over what is shown, with room, never below nothing and never flat', () => {
    expect(rangeOf([])).toEqual({ low: 0, high: 1 });
    for (const values of [
      [1, 1],
      [0, 0],
      [0.5, 0.98, 1],
      [0.02, 0.001],
    ]) {
      const { low, high } = rangeOf(values);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeGreaterThan(low);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(low);
      expect(Math.max(...values)).toBeLessThan(high);
    }
  });
  it('come to everything at the last bar', () => {
    expect(cumulated([{ all: 6 }, { all: 3 }, { all: 1 }])).toEqual([0.6, 0.9, 1]);
    expect(cumulated([{ all: 0 }])).toEqual([0]);
  });
  it('show one of many, and nothing where nothing is', () => {
    expect([0, 1, 20, 21, 100].map((count) => depthOf(count, 100))).toEqual([0, 1, 1, 2, 5]);
    expect(depthOf(0, 0)).toBe(0);
  });
});
