// The days of a weekly receipt detail (FD18): the week ends on Saturday.
import { describe, expect, it } from 'vitest';
import { BadInput } from '../../kernel/refusal.ts';
import { daysBetween, spanOfDetail } from './receipt-detail.rules.ts';

describe('FD18: the week of the receipt detail', () => {
  it.each([
    ['a Thursday', {}, '2026-11-26', '2026-11-22', '2026-11-28'],
    ['a Saturday is its own', {}, '2026-11-28', '2026-11-22', '2026-11-28'],
    ['a Sunday begins the next', {}, '2026-11-29', '2026-11-29', '2026-12-05'],
    ['from a day on', { from: '2026-11-01' }, '2026-11-26', '2026-11-01', '2026-11-07'],
    ['to a day', { until: '2026-11-07' }, '2026-11-26', '2026-11-01', '2026-11-07'],
    ['a whole month', { from: '2026-10-01', until: '2026-10-31' }, '2026-11-26', '2026-10-01', '2026-10-31'],
  ])('%s', (_name, asked, today, from, until) => expect(spanOfDetail(asked, today)).toEqual({ from, until }));

  it.each([
    ['the end before the begin', { from: '2026-11-02', until: '2026-11-01' }, 'range_reversed'],
    ['32 days', { from: '2026-10-01', until: '2026-11-01' }, 'range_too_long'],
  ])('refuses %s', (_name, asked, code) => {
    const faults = () => {
      try {
        return spanOfDetail(asked, '2026-11-26');
      } catch (caught) {
        return caught instanceof BadInput ? caught.faults[0]?.code : caught;
      }
    };
    expect(faults()).toBe(code);
  });

  it('counts both ends', () => expect(daysBetween('2026-10-01', '2026-10-31')).toBe(31));
});
