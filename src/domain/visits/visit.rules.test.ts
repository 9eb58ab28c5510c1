import { describe, expect, it } from 'vitest';
import { visitMoves, visitStates } from './visit.contract.ts';
import {
  appointmentFaults,
  dutiesOf,
  hatsOf,
  heldFaults,
  isLate,
  lastVisits,
  refusalOf,
  warningStep,
} from './visit.rules.ts';

const now = '2026-11-26T02:00:00.000Z';
const fact = { state: 'appointed' as const, visitorId: 'a', at: '2026-11-27T02:00:00.000Z', madeAt: now };
const plainAsker = { mayArrange: false, mayReview: false };
const people = {
  visitor: { accountId: 'a', ...plainAsker },
  leadingVisitor: { accountId: 'a', mayArrange: true, mayReview: true },
  leader: { accountId: 'b', mayArrange: true, mayReview: true },
  other: { accountId: 'c', ...plainAsker },
};

describe('whose move a visit is (FU7)', () => {
  it('gives a leader who visits no reviewer’s hat for that visit', () => {
    expect(hatsOf(fact, people.leadingVisitor)).toEqual(['visitor', 'arranger']);
    expect(hatsOf(fact, people.leader)).toEqual(['arranger', 'reviewer']);
    expect(hatsOf(fact, people.other)).toEqual([]);
  });

  it('follows the table in every state, for every move and person', () => {
    const allowed = visitStates.flatMap((state) =>
      visitMoves.flatMap((name) =>
        Object.entries(people).flatMap(([who, asker]) =>
          refusalOf({ ...fact, state }, asker, name) === null ? [`${state} ${name} ${who}`] : [],
        ),
      ),
    );
    expect(allowed).toEqual([
      'appointed reschedule visitor',
      'appointed reschedule leadingVisitor',
      'appointed reschedule leader',
      'appointed record visitor',
      'appointed record leadingVisitor',
      'appointed miss visitor',
      'appointed miss leadingVisitor',
      'appointed cancel visitor',
      'appointed cancel leadingVisitor',
      'appointed cancel leader',
      'recorded review leader',
      'recorded return leader',
    ]);
  });
});

describe('an appointment and its record', () => {
  it.each([
    ['2026-11-25T02:00:00.000Z', ['at day_gone']],
    ['2026-11-25T16:00:00.000Z', []],
    ['2027-11-27T02:00:00.000Z', []],
    ['2027-11-28T02:00:00.000Z', ['at too_far_ahead']],
  ])('at %s: %j', (at, faults) => {
    expect(appointmentFaults(at, now).map(({ path, code }) => `${path} ${code}`)).toEqual(faults);
  });

  it.each([
    ['2026-11-26T02:00:00.001Z', ['heldAt in_the_future']],
    ['2026-11-26T02:00:00.000Z', []],
    ['2026-11-25T16:00:00.000Z', []],
    ['2026-11-25T15:59:59.000Z', ['heldAt before_appointment']],
  ])('held at %s: %j', (heldAt, faults) => {
    expect(heldFaults(heldAt, fact, now).map(({ path, code }) => `${path} ${code}`)).toEqual(faults);
  });

  it('is late once its hour is over without a record', () => {
    expect(isLate(fact, '2026-11-27T02:00:00.000Z')).toBe(false);
    expect(isLate(fact, '2026-11-27T02:00:00.001Z')).toBe(true);
    expect(isLate({ ...fact, state: 'recorded' }, '2026-11-28T00:00:00.000Z')).toBe(false);
  });
});

describe('the duty of a month (FU7, C3.6.1: five households a person)', () => {
  it('knows the last visit of each, in whatever order they come', () => {
    const held = [3, 9, 5].map((day) => ({
      visitorId: 'a',
      unitId: `u${day}`,
      heldAt: `2026-11-0${day}T02:00:00.000Z`,
    }));
    const other = { visitorId: 'b', unitId: 'u1', heldAt: '2026-11-07T02:00:00.000Z' };
    expect([...lastVisits([...held, other])]).toEqual([
      ['a', '2026-11-09T02:00:00.000Z'],
      ['b', '2026-11-07T02:00:00.000Z'],
    ]);
  });

  const rule = { perPersonPerMonth: 5, roles: ['manager', 'front_desk', 'butler'] as const };
  const holders = [
    { accountId: 'a', name: '陈', role: 'butler' as const },
    { accountId: 'a', name: '陈', role: 'front_desk' as const },
    { accountId: 'm', name: '安', role: 'manager' as const },
    { accountId: 't', name: '周', role: 'technician' as const },
  ];
  const held = (visitorId: string, unitId: string, heldAt = '2026-11-10T02:00:00.000Z') => ({
    visitorId,
    unitId,
    heldAt,
  });

  it('counts households once each, for each person, and knows who owes nothing', () => {
    const duties = dutiesOf(
      '2026-11',
      rule,
      holders,
      [held('a', '1'), held('a', '1'), held('a', '2'), held('m', '1'), held('t', '3')],
      [
        { visitorId: 'a', unitId: '2', at: '2026-11-28T02:00:00.000Z' },
        { visitorId: 'a', unitId: '9', at: '2026-11-28T02:00:00.000Z' },
        { visitorId: 'a', unitId: '9', at: '2026-11-29T02:00:00.000Z' },
        { visitorId: 'a', unitId: '8', at: '2026-12-01T02:00:00.000Z' },
      ],
    );
    expect(duties).toEqual([
      { person: { id: 'm', name: '安', roles: ['manager'] }, households: 1, visits: 1, ahead: 0, missing: 4 },
      {
        person: { id: 'a', name: '陈', roles: ['butler', 'front_desk'] },
        households: 2,
        visits: 3,
        ahead: 1,
        missing: 3,
      },
    ]);
  });

  it('belongs to the Shanghai month in which the visit was held, and is done at five', () => {
    const times = [
      '2026-10-31T15:59:59.000Z',
      '2026-10-31T16:00:00.000Z',
      '2026-11-30T15:59:59.000Z',
      '2026-11-30T16:00:00.000Z',
    ];
    const [duty] = dutiesOf(
      '2026-11',
      rule,
      [holders[0] as (typeof holders)[0]],
      times.map((at, n) => held('a', `${n}`, at)),
      [],
    );
    expect(duty).toMatchObject({ households: 2, missing: 3 });
    const five = ['1', '2', '3', '4', '5', '6'].map((unit) => held('a', unit));
    const done = (count: number) =>
      dutiesOf('2026-11', rule, [holders[0] as (typeof holders)[0]], five.slice(0, count), [])[0];
    expect([done(4)?.missing, done(5)?.missing, done(6)?.missing]).toEqual([1, 0, 0]);
  });

  it.each([
    ['2026-11-19', null],
    ['2026-11-20', 10],
    ['2026-11-26', 10],
    ['2026-11-27', 3],
    ['2026-11-30', 3],
    ['2026-12-20', null],
    ['2026-12-21', 10],
    ['2028-02-19', 10],
    ['2028-02-18', null],
  ])('on %s warns at step %s', (today, step) => {
    expect(warningStep(today, [10, 3])).toBe(step);
  });
});
