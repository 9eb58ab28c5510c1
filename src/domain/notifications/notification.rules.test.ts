import { describe, expect, it } from 'vitest';
import { leavesAt, retryAt } from './notification.rules.ts';

const quiet = { from: '22:00', to: '07:00' };

describe('messages that leave the house at night', () => {
  it.each([
    ['23:30 waits for the morning after', '2026-11-22T15:30:00.000Z', 'ordinary', '2026-11-22T23:00:00.000Z'],
    ['06:59 waits a minute', '2026-11-22T22:59:00.000Z', 'ordinary', '2026-11-22T23:00:00.000Z'],
    ['07:00 goes at once', '2026-11-22T23:00:00.000Z', 'ordinary', '2026-11-22T23:00:00.000Z'],
    ['21:59 goes at once', '2026-11-22T13:59:00.000Z', 'ordinary', '2026-11-22T13:59:00.000Z'],
    ['an emergency never waits', '2026-11-22T15:30:00.000Z', 'urgent', '2026-11-22T15:30:00.000Z'],
  ] as const)('%s', (_name, now, pressing, at) => {
    expect(leavesAt(now, pressing, quiet)).toBe(at);
  });

  it('tries again later and later, at most ten minutes apart', () => {
    const now = '2026-11-22T00:00:00.000Z';
    expect([1, 2, 3, 12].map((attempts) => Date.parse(retryAt(now, attempts)) - Date.parse(now))).toEqual([
      5_000, 10_000, 20_000, 600_000,
    ]);
  });
});
