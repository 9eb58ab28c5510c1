// The list stays where the hand is.
import { describe, expect, test } from 'vitest';
import { changedRows, nextOrder, waitingChanges } from './steadyRows.ts';

describe('a list that is being pointed at', () => {
  test('keeps its order when a case overtakes another', () => {
    expect(nextOrder(['a', 'b', 'c'], ['c', 'a', 'b'], true)).toEqual(['a', 'b', 'c']);
  });
  test('takes the new order when nobody points at it', () => {
    expect(nextOrder(['a', 'b', 'c'], ['c', 'a', 'b'], false)).toEqual(['c', 'a', 'b']);
  });
  test('shows the rows that "more" brought, below those that stand', () => {
    expect(nextOrder(['a', 'b'], ['a', 'b', 'c', 'd'], true)).toEqual(['a', 'b', 'c', 'd']);
  });
  test('lets a new case on top wait', () => {
    expect(nextOrder(['a', 'b'], ['new', 'a', 'b'], true)).toEqual(['a', 'b']);
  });
  test('counts what waits: one came, one went, two changed places', () => {
    expect(waitingChanges(['a', 'b', 'c'], ['b', 'a', 'd'])).toBe(4);
    expect(waitingChanges(['a', 'b'], ['a', 'b'])).toBe(0);
  });
  test('marks the rows whose content changed', () => {
    const before = new Map([
      ['a', { id: 'a', state: 'logged' }],
      ['b', { id: 'b', state: 'logged' }],
    ]);
    const after = [
      { id: 'a', state: 'dispatched' },
      { id: 'b', state: 'logged' },
      { id: 'c', state: 'logged' },
    ];
    expect(changedRows(before, after, (row) => row.id)).toEqual(['a']);
  });
});
