// The hand-held list: what is for today, the way from building to building, and what waits on the device.
import { describe, expect, it } from 'vitest';
import type { QueuedAct } from '../../../../ui/offlineStore.ts';
import type { FollowUp } from '../../follow-up.contract.ts';
import {
  attemptAction,
  byBuilding,
  isForToday,
  isRecordedHere,
  recordAction,
  waitingFor,
  withTries,
} from './visitList.ts';

const today = '2026-11-26';
const row = (changes: Partial<Parameters<typeof isForToday>[0]>) => ({
  unit: null,
  state: 'due' as const,
  dueAt: null,
  visitDueAt: null,
  nextTryAt: null,
  ...changes,
});

describe('what is for today', () => {
  it.each([
    ['late', { dueAt: '2026-11-20T04:00:00.000Z' }, true],
    ['due tonight', { dueAt: '2026-11-26T15:59:59.000Z' }, true],
    ['due at midnight, which is tomorrow', { dueAt: '2026-11-26T16:00:00.000Z' }, false],
    ['without a date', {}, false],
    ['promised for today', { dueAt: '2026-11-30T04:00:00.000Z', nextTryAt: '2026-11-26T11:00:00.000Z' }, true],
    [
      'to be visited tomorrow',
      { state: 'visit-due', dueAt: '2026-11-20T04:00:00.000Z', visitDueAt: '2026-11-27T04:00:00.000Z' },
      false,
    ],
    ['to be visited, no date of its own', { state: 'visit-due', dueAt: '2026-11-20T04:00:00.000Z' }, true],
  ] as const)('%s', (_, changes, expected) => {
    expect(isForToday(row(changes), today)).toBe(expected);
  });
});

describe('the way', () => {
  it('keeps the order of the server and gathers a building once', () => {
    const units = ['2-1-301', '2-2-101', '12栋1单元502', null, '2-1-801'];
    const groups = byBuilding(units.map((unit) => ({ unit })));
    expect(groups.map(({ building, rows }) => [building, rows.length])).toEqual([
      ['2', 3],
      ['12', 1],
      [null, 1],
    ]);
  });
});

describe('what waits on the device', () => {
  const act = (changes: Partial<QueuedAct>): QueuedAct => ({
    key: 'k',
    personId: 'p',
    communityId: 'c',
    caseId: 'case',
    caseCode: 'HF-2026-000001',
    path: '/communities/c/follow-ups/one/attempt',
    action: attemptAction,
    body: { outcome: 'no-answer', atDoor: true },
    happenedAt: '2026-11-26T02:00:00.000Z',
    photoIds: [],
    says: '',
    isFirst: true,
    isTried: false,
    ...changes,
  });
  const followUp = {
    id: 'one',
    attempts: [{ at: '2026-11-25T02:00:00.000Z' }],
    asks: { made: { tries: 1, days: 1, atDoor: 0 } },
  } as unknown as FollowUp;

  it('knows its own acts, and not the refused ones', () => {
    const refused = act({ refusal: { code: 'follow-up.own_work', title: '' } });
    const other = act({ path: '/communities/c/follow-ups/two/attempt' });
    expect(waitingFor(followUp, [act({}), refused, other])).toHaveLength(1);
    expect(isRecordedHere([act({})])).toBe(false);
    expect(isRecordedHere([act({ action: recordAction })])).toBe(true);
  });
  it('counts waiting tries, their days and the door', () => {
    const waiting = [act({}), act({ happenedAt: '2026-11-25T09:00:00.000Z', body: { atDoor: false } })];
    expect(withTries(followUp, waiting).asks.made).toEqual({ tries: 3, days: 2, atDoor: 1 });
    expect(withTries(followUp, []).asks.made).toEqual({ tries: 1, days: 1, atDoor: 0 });
  });
});
