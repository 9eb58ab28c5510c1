// The list's address: what a tab asks, and what a filter adds.
import { describe, expect, it } from 'vitest';
import { readAddress } from '../../../ui/addressState.ts';
import { askOf, followUpCodecs, isFiltered, lastMonths } from './followUpAddress.ts';

const ask = (search: string, isReviewer = false) => askOf(readAddress(followUpCodecs, search), isReviewer);

describe('the list of follow-ups', () => {
  it.each([
    ['', { state: 'due', sort: 'due' }],
    ['?tab=door&sort=route', { state: 'visit-due', sort: 'route' }],
    ['?tab=review', { state: 'recorded', sort: 'due' }],
    ['?tab=all&state=not-owed&month=2026-11', { state: 'not-owed', month: '2026-11', sort: 'due' }],
    ['?state=reviewed&month=2026-13&caller=me', { state: 'due', caller: 'me', sort: 'due' }],
    ['?tab=all&verdict=not-acceptable&caller=none', { verdict: 'not-acceptable', caller: 'none', sort: 'due' }],
  ])('%s asks for %o', (search, expected) => {
    expect(ask(search)).toEqual(expected);
  });
  it('shows a reviewer the records that wait for him, and the others when he wants', () => {
    expect(ask('?tab=review', true)).toEqual({ state: 'recorded', toReview: 'true', sort: 'due' });
    expect(ask('?tab=review&others=true', true)).toEqual({ state: 'recorded', sort: 'due' });
    expect(ask('', true)).toEqual({ state: 'due', sort: 'due' });
  });
  it('does not count tab and sort as filters', () => {
    expect(isFiltered(readAddress(followUpCodecs, '?tab=all&sort=newest&open=x'))).toBe(false);
    expect(isFiltered(readAddress(followUpCodecs, '?month=2026-10'))).toBe(true);
  });
  it('offers months over the turn of the year', () => {
    expect(lastMonths('2026-02', 4)).toEqual(['2026-02', '2026-01', '2025-12', '2025-11']);
  });
});
