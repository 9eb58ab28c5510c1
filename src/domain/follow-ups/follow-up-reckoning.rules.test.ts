import { describe, expect, it } from 'vitest';
import { type HandMove, handsIn, workedOn } from '../cases/case-hands.rules.ts';
import { type FinishedCase, ratesOf, satisfactionOf, shareOf } from './follow-up-month.rules.ts';
import { type Candidate, namingFault, proposeCallers, type ToPlan } from './follow-up-plan.rules.ts';
import { exportByOf, isMonthOpen, keptUntilOf, neededFor, nextMonth, outlookOf } from './follow-up-share.rules.ts';

// ── who had a hand in it ────────────────────────────────────────────────────────────────────────────

const line = (text: string): HandMove[] =>
  text.split(' ').map((part) => {
    const [move = '', byId = ''] = part.split(':');
    return { move, byId, forId: null };
  });

describe('who had a hand in the work (spec/10)', () => {
  it.each([
    ['taking and dispatching are none', 'create:desk dispatch:desk accept:tech arrive:tech finish:tech', ['tech']],
    [
      'whoever moved it between accept and finish',
      'create:desk dispatch:desk accept:tech pause:sup resume:desk finish:tech',
      ['tech', 'sup', 'desk'],
    ],
    [
      'signing and the voucher come after',
      'accept:tech finish:tech sign:desk return-voucher:eng confirm:eng',
      ['tech'],
    ],
    [
      'who quoted, at any time',
      'create:desk quote:eng agree:desk dispatch:desk accept:tech finish:tech',
      ['eng', 'tech'],
    ],
    [
      'a correction of what was taken is taking',
      'create:desk dispatch:desk accept:tech amend:desk finish:tech',
      ['tech'],
    ],
    [
      'sent to another after he had accepted: both',
      'accept:tech dispatch:desk accept:tech2 finish:tech2',
      ['tech', 'tech2'],
    ],
    [
      'nobody’s between hand-back and the next accept',
      'accept:tech hand-back:tech resume:desk dispatch:desk accept:tech2 finish:tech2',
      ['tech', 'tech2'],
    ],
    [
      'a rework washes nobody’s hands',
      'accept:tech finish:tech rework:desk dispatch:desk accept:tech2 finish:tech2',
      ['tech', 'tech2'],
    ],
    [
      'sending a complaint and answering its customer is none',
      'create:desk send:desk accept:eng respond:desk resolve:eng tell-customer:desk',
      ['eng'],
    ],
    [
      'a complaint taken up again is worked on without another signature',
      'accept:eng resolve:eng tell-customer:desk reopen:sup wait:eng2 resolve:eng2',
      ['eng', 'eng2'],
    ],
  ])('%s', (_what, text, hands) => {
    expect(handsIn(workedOn, line(text))).toEqual(hands);
  });

  it('counts whom the order was given, though the head accepted it for him', () => {
    expect(handsIn(workedOn, line('create:desk dispatch:desk accept:eng finish:tech'), ['tech', null])).toEqual([
      'eng',
      'tech',
    ]);
    expect(handsIn(workedOn, line('create:desk'), [null, 'firm'])).toEqual(['firm']);
  });
});

// ── the month's floor ───────────────────────────────────────────────────────────────────────────────

describe('whether the month’s share can still be met (FU1)', () => {
  it.each([
    ['unset is shown, not taken as 0', null, 10, 0, 10, 'unset'],
    ['met already', 0.6, 10, 6, 4, 'met'],
    ['some may still be missed', 0.6, 10, 2, 5, 'on-track'],
    ['exactly those left are needed', 0.6, 10, 2, 4, 'tight'],
    ['too few are left', 0.6, 10, 2, 3, 'lost'],
    ['a part of a case is a case', 0.6, 9, 2, 4, 'tight'],
    ['nothing finished yet', 0.6, 0, 0, 0, 'met'],
    ['the standard wants every one', 1, 10, 4, 6, 'all-needed'],
    ['every one, and one was not reached', 1, 10, 4, 5, 'lost'],
  ] as const)('%s', (_what, share, finished, followedUp, stillOpen, outlook) => {
    expect(outlookOf({ share, finished, followedUp, stillOpen })).toBe(outlook);
  });

  it('needs 0.6 × 10, not one more for the sake of a binary fraction', () => {
    expect(neededFor({ share: 0.6, finished: 10, followedUp: 0, stillOpen: 0 })).toBe(6);
    expect(neededFor({ share: 0.07, finished: 100, followedUp: 0, stillOpen: 0 })).toBe(7);
  });

  it('is exported by the 10th of the next month and kept two years (FU5)', () => {
    expect(exportByOf('2026-11', 10)).toBe('2026-12-10');
    expect(exportByOf('2026-12', 10)).toBe('2027-01-10');
    expect(keptUntilOf('2026-11', 2)).toBe('2028-11-30');
    expect(keptUntilOf('2026-02', 2)).toBe('2028-02-29');
    expect(nextMonth('2026-12')).toBe('2027-01');
  });

  it('stays open until the last due date, wherever that falls (FU5)', () => {
    const due = '2026-12-02T10:00:00.000Z';
    expect(isMonthOpen('2026-11', due, '2026-11-30T10:00:00.000Z')).toBe(true);
    expect(isMonthOpen('2026-11', due, '2026-12-01T10:00:00.000Z')).toBe(true);
    expect(isMonthOpen('2026-11', due, '2026-12-02T10:00:00.000Z')).toBe(false);
    expect(isMonthOpen('2026-11', null, '2026-12-01T10:00:00.000Z')).toBe(false);
    // 00:30 of 1 December in Shanghai is still November in UTC.
    expect(isMonthOpen('2026-11', null, '2026-11-30T16:30:00.000Z')).toBe(false);
  });
});

// ── the month's figures ─────────────────────────────────────────────────────────────────────────────

const finished = (id: string, change: Partial<FinishedCase> = {}): FinishedCase => ({
  followUpId: `f${id}`,
  code: `HF-${id}`,
  caseId: id,
  caseCode: `BX-${id}`,
  what: 'repair',
  state: 'due',
  verdict: null,
  satisfaction: null,
  recordedAt: null,
  finishedAt: '2026-11-03T02:00:00.000Z',
  dueAt: '2026-11-05T10:00:00.000Z',
  category: 'water',
  unit: '1-101',
  lackingTextId: null,
  complaintId: null,
  complaintCode: null,
  ...change,
});
const reached = (id: string, satisfaction: number, change: Partial<FinishedCase> = {}) =>
  finished(id, {
    state: 'reviewed',
    verdict: 'acceptable',
    satisfaction,
    recordedAt: '2026-11-04T02:00:00.000Z',
    ...change,
  });
const november = [
  reached('1', 5),
  reached('2', 3, { recordedAt: '2026-11-06T02:00:00.000Z' }),
  reached('3', 1, { verdict: 'not-acceptable', state: 'recorded' }),
  finished('4', { state: 'recorded', verdict: 'not-reached', recordedAt: '2026-11-04T02:00:00.000Z' }),
  finished('5', { state: 'not-owed', dueAt: null }),
  finished('6', { dueAt: '2026-11-30T10:00:00.000Z' }),
  finished('7', { followUpId: null, code: null, state: null, dueAt: null }),
  reached('8', 5, { what: 'complaint' }),
];
const rate = (name: string) =>
  ratesOf('repair', november, 0.6, '2026-11-20T00:00:00.000Z').find((one) => one.name === name);

describe('the month’s figures, each with the cases behind it (FU5)', () => {
  it.each([
    ['followed-up', ['1', '2', '3'], ['1', '2', '3', '4', '5', '6', '7']],
    ['acceptable', ['1', '2'], ['1', '2', '3']],
    ['satisfied', ['1'], ['1', '2', '3']],
    ['not-reached', ['4'], ['1', '2', '3', '4', '6']],
    ['on-time', ['1', '3'], ['1', '2', '3', '4']],
  ])('%s', (name, counted, of) => {
    expect(rate(name)?.counted.map((one) => one.id)).toEqual(counted);
    expect(rate(name)?.of.map((one) => one.id)).toEqual(of);
    expect(rate(name)).toMatchObject({ numerator: counted.length, denominator: of.length });
  });

  it('meets the floor or does not; of nothing there is no rate', () => {
    expect(rate('followed-up')).toMatchObject({ value: 3 / 7, target: 0.6, met: false });
    expect(ratesOf('repair', [], 0.6, '')[0]).toMatchObject({ value: null, met: null, denominator: 0 });
    expect(ratesOf('repair', november, null, '')[0]).toMatchObject({ target: null, met: null });
  });

  it('reckons the share by the same cases', () => {
    expect(shareOf('2026-11', 'repair', november, 0.6)).toMatchObject({
      finished: 7,
      followedUp: 3,
      stillOpen: 2,
      needed: 2,
      outlook: 'tight',
      warn: true,
    });
  });

  it('counts each step of satisfaction', () => {
    expect(satisfactionOf(november, 5).map((one) => one.count)).toEqual([1, 0, 1, 0, 2]);
  });
});

// ── the plan ────────────────────────────────────────────────────────────────────────────────────────

const people: Candidate[] = [
  { accountId: 'desk1', roles: ['front_desk'], away: false },
  { accountId: 'desk2', roles: ['front_desk'], away: false },
  { accountId: 'butler1', roles: ['butler'], away: false },
  { accountId: 'sup', roles: ['cs_supervisor'], away: false },
  { accountId: 'mgr', roles: ['manager'], away: false },
  { accountId: 'tech', roles: ['technician'], away: false },
];
const item = (id: string, change: Partial<ToPlan> = {}): ToPlan => ({
  id,
  state: 'due',
  callerId: null,
  handlerIds: [],
  wanted: ['front_desk', 'butler'],
  areaIds: [],
  ...change,
});

describe('a plan that spreads the calls (FU0)', () => {
  it('gives everybody about as many, counting what they hold already', () => {
    const items = Array.from({ length: 9 }, (_, index) => item(String(index)));
    const proposals = proposeCallers(items, people, new Map([['desk1', 3]]));
    const held = (id: string) => proposals.filter((one) => one.callerId === id).length;
    expect([held('desk1') + 3, held('desk2')]).toEqual([6, 6]);
    expect(proposals.every((one) => one.why === 'spread')).toBe(true);
  });

  it('never proposes one who had a hand in it', () => {
    const items = Array.from({ length: 6 }, (_, index) => item(String(index), { handlerIds: ['desk1'] }));
    expect(new Set(proposeCallers(items, people, new Map()).map((one) => one.callerId))).toEqual(new Set(['desk2']));
  });

  it('proposes a butler in their own area only', () => {
    const load = new Map([
      ['desk1', 9],
      ['desk2', 9],
    ]);
    expect(proposeCallers([item('a', { areaIds: ['butler1'] })], people, load)[0]?.callerId).toBe('butler1');
    expect(proposeCallers([item('a')], people, load)[0]?.callerId).toBe('desk1');
  });

  it('goes up where all of the post had a hand in it or are away, and says so', () => {
    const handlerIds = ['desk1', 'desk2'];
    expect(proposeCallers([item('a', { handlerIds })], people, new Map())).toEqual([
      { id: 'a', callerId: 'sup', why: 'next-superior' },
    ]);
    const withoutSup = people.map((one) => (one.accountId === 'sup' ? { ...one, away: true } : one));
    expect(proposeCallers([item('a', { handlerIds })], withoutSup, new Map())[0]?.callerId).toBe('mgr');
    expect(proposeCallers([item('a')], [], new Map())).toEqual([{ id: 'a', callerId: null, why: 'nobody' }]);
  });

  it('leaves a name that stands, unless it can’t stand', () => {
    expect(proposeCallers([item('a', { callerId: 'desk2' })], people, new Map())[0]).toEqual({
      id: 'a',
      callerId: 'desk2',
      why: 'named',
    });
    const worked = item('a', { callerId: 'desk2', handlerIds: ['desk2'] });
    expect(proposeCallers([worked], people, new Map())[0]?.callerId).toBe('desk1');
  });

  it.each([
    ['desk1', null],
    ['sup', null],
    ['tech', 'may_not_call'],
    ['nobody', 'unknown_person'],
    ['desk2', 'handled_the_case'],
  ])('names %s: %s', (id, fault) => {
    expect(
      namingFault(
        { handlerIds: ['desk2'] },
        people.find((one) => one.accountId === id),
      ),
    ).toBe(fault);
  });

  it('does not name who is away', () => {
    expect(namingFault({ handlerIds: [] }, { accountId: 'x', roles: ['front_desk'], away: true })).toBe('away');
  });
});
