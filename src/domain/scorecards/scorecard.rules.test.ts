// A firm's month: each figure is the length of its own list, and the minutes of all parties sum to the whole.
import { describe, expect, it, test } from 'vitest';
import { nothingCharged, sumCharged } from '../clocks/charge.rules.ts';
import { type ClockSeen, cardOf, figures, isCounted, keptOf, type OrderFact } from './scorecard.rules.ts';

const now = '2026-11-26T02:00:00.000Z';
const order = (change: Partial<OrderFact> = {}): OrderFact => ({
  contractorId: 'firm',
  told: 'kept',
  arrived: 'kept',
  finished: 'kept',
  isFinished: true,
  reworks: 0,
  minutes: nothingCharged,
  satisfied: true,
  followUpSatisfaction: 5,
  ...change,
});
const clock = (change: Partial<ClockSeen>): ClockSeen => ({
  kind: 'complete',
  state: 'met',
  overdueFrom: null,
  ...change,
});

describe('a promise', () => {
  const past = '2026-11-26T01:59:59.000Z';
  test.each<[string, ClockSeen[], 'kept' | 'late' | null]>([
    ['kept', [clock({})], 'kept'],
    ['missed', [clock({ state: 'missed' })], 'late'],
    ['kept once and missed when done anew', [clock({}), clock({ state: 'missed' })], 'late'],
    ['void', [clock({ state: 'void' })], null],
    ['running within its time', [clock({ state: 'running', overdueFrom: '2026-11-26T02:00:01.000Z' })], null],
    ['running past its time', [clock({ state: 'running', overdueFrom: past })], 'late'],
    ['paused past its time', [clock({ state: 'paused', overdueFrom: past })], 'late'],
    ['of another kind', [clock({ kind: 'on-site' })], null],
  ])('%s', (_name, clocks, kept) => {
    expect(keptOf(clocks, 'complete', now)).toBe(kept);
  });
});

it('counts for each figure the orders of its list and nothing else', () => {
  const orders = [
    order({ told: 'late', minutes: { customer: 10, centre: 5, department: 0, contractor: 90 } }),
    order({
      told: null,
      arrived: 'late',
      finished: null,
      isFinished: false,
      satisfied: null,
      followUpSatisfaction: null,
    }),
    order({
      finished: 'late',
      reworks: 2,
      satisfied: false,
      followUpSatisfaction: 3,
      minutes: { ...nothingCharged, contractor: 30 },
    }),
  ];
  const card = cardOf(orders);
  for (const figure of figures) expect(card[figure]).toBe(orders.filter((one) => isCounted(figure, one)).length);
  expect(card).toMatchObject({
    orders: 3,
    told: 2,
    'told-late': 1,
    arrived: 3,
    'arrived-late': 1,
    finished: 2,
    'finished-late': 1,
    done: 2,
    rework: 1,
    charged: 2,
    asked: 2,
    'not-satisfied': 1,
    'followed-up': 2,
    'followed-up-low': 1,
    minutes: { customer: 10, centre: 5, department: 0, contractor: 120 },
    totalMinutes: 135,
  });
  expect(sumCharged(card.minutes)).toBe(card.totalMinutes);
});

it('is satisfied from four of five on (FU2)', () => {
  const low = [1, 2, 3, 4, 5].filter((stars) => isCounted('followed-up-low', order({ followUpSatisfaction: stars })));
  expect(low).toEqual([1, 2, 3]);
});

it('of a firm without orders is empty, not missing', () => {
  expect(cardOf([])).toMatchObject({ orders: 0, told: 0, totalMinutes: 0 });
});
