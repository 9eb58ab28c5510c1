import { expect, it } from 'vitest';
import type { TimelineEntry } from '../case.contract.ts';
import { foldSteps } from './parts/foldSteps.ts';

const entry = (seq: number, action: string, at: string) => ({ seq, action, at }) as TimelineEntry;

it('folds steps of one instant into one entry and keeps all else as it is', () => {
  const folded = foldSteps([
    entry(1, 'create', '2026-11-23T01:00:00.000Z'),
    entry(2, 'escalated', '2026-11-23T01:05:00.000Z'),
    entry(3, 'note', '2026-11-23T01:05:00.000Z'),
    entry(4, 'escalated', '2026-11-23T01:05:00.000Z'),
    entry(5, 'escalated', '2026-11-23T01:10:00.000Z'),
  ]);
  expect(folded.map(({ entry, also }) => [entry.seq, also.map((one) => one.seq)])).toEqual([
    [1, []],
    [2, [4]],
    [3, []],
    [5, []],
  ]);
});
