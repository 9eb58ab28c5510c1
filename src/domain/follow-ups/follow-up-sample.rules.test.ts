import { describe, expect, it } from 'vitest';
import { drawOf, owedOfEach, permutationOf } from './follow-up-sample.rules.ts';

const seed = '0123456789abcdef0123456789abcdef';
const standard = { share: 0.6, room: 0.1, of: 10 };
const draws = (which: string, count: number, plan = standard) =>
  Array.from({ length: count }, (_, index) => drawOf(which, index, plan));

describe('which finished cases owe a follow-up (FU1, spec/11 Sampling)', () => {
  it.each([
    ['60 % and room of 10 %', { share: 0.6, room: 0.1, of: 10 }, 7],
    ['50 % and room of 10 %, as the manual V has it', { share: 0.5, room: 0.1, of: 10 }, 6],
    ['20 % of participants', { share: 0.2, room: 0.1, of: 10 }, 3],
    ['a part of a case is a case', { share: 0.61, room: 0.1, of: 10 }, 8],
    ['never more than all', { share: 1, room: 0.1, of: 10 }, 10],
    ['binary fractions owe nobody one more: 0.1 + 0.2', { share: 0.2, room: 0.1, of: 10 }, 3],
    ['0 is a share that somebody set', { share: 0, room: 0, of: 10 }, 0],
    ['unset is not 0: nobody decided to leave any out', { share: null, room: 0.1, of: 10 }, 10],
  ])('%s', (_what, plan, owed) => {
    expect(owedOfEach(plan)).toBe(owed);
  });

  it('draws exactly the planned share of 10,000 finished cases, and of each ten of them', () => {
    const all = draws(seed, 10_000);
    expect(all.filter((one) => one.isOwed)).toHaveLength(7_000);
    for (let group = 0; group < 1_000; group++)
      expect(all.slice(group * 10, group * 10 + 10).filter((one) => one.isOwed)).toHaveLength(7);
  });

  it('draws the same by the same seed, from the kept seed, group and position alone', () => {
    expect(draws(seed, 500)).toEqual(draws(seed, 500));
    for (const { seed: kept, group, position, place, owed, of, isOwed } of draws(seed, 500)) {
      expect(permutationOf(kept, group, of)[position]).toBe(place);
      expect(place < owed).toBe(isOwed);
    }
  });

  it('is another sample by another seed, and in another group', () => {
    const orders = new Set(Array.from({ length: 200 }, (_, group) => permutationOf(seed, group, 10).join()));
    expect(orders.size).toBeGreaterThan(195);
    expect(permutationOf(`f${seed.slice(1)}`, 0, 10)).not.toEqual(permutationOf(seed, 0, 10));
  });

  it('gives no place in the queue a better chance than another', () => {
    const counts = Array.from({ length: 10 }, () => 0);
    for (const one of draws(seed, 10_000)) if (one.isOwed) counts[one.position] = (counts[one.position] ?? 0) + 1;
    // 1,000 groups, 7 of 10: 700 each, standard deviation about 14.5; five of them are 73.
    for (const count of counts) expect(Math.abs(count - 700)).toBeLessThan(73);
  });

  it('holds every place once', () => {
    for (const of of [1, 2, 3, 10, 37])
      expect([...permutationOf(seed, 5, of)].sort((a, b) => a - b)).toEqual(Array.from({ length: of }, (_, i) => i));
  });
});
