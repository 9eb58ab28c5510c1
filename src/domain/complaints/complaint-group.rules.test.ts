import { describe, expect, it, test } from 'vitest';
import { plusMinutes } from '../../kernel/time.ts';
import { luxury, now } from './complaint.fixture.ts';
import { type CallBackFacts, callBacksOf, countGroup, type GroupMember, groupFacts } from './complaint-group.rules.ts';
import { nothingStated, proposeSeverity, type StatedFacts } from './complaint-severity.rules.ts';

let made = 0;
const member = (change: Partial<Omit<GroupMember, 'stated'>> & { stated?: Partial<StatedFacts> } = {}): GroupMember => {
  made++;
  return {
    id: `c${made}`,
    personKey: `p${made}`,
    receivedAt: plusMinutes(now, made),
    resolvedAt: null,
    isMerged: false,
    liability: 'company',
    ...change,
    stated: { ...nothingStated, ...change.stated },
  };
};
const times = (count: number, change: Parameters<typeof member>[0] = {}) =>
  Array.from({ length: count }, () => member(change));
const levelOf = (members: readonly GroupMember[]) =>
  proposeSeverity(luxury.document.complaint, groupFacts(members, null)).rule;

describe('CP2: people of one event', () => {
  const rows: [string, GroupMember[], number][] = [
    ['one customer', [member()], 1],
    ['one customer many times', times(12, { personKey: 'same' }), 1],
    ['three customers', times(3), 3],
    ['nine customers and an anonymous one', [...times(9), member({ personKey: null })], 9],
    ['anonymous only', times(5, { personKey: null }), 0],
    ['a customer who speaks for ten', [member({ stated: { peopleCount: 10 } })], 10],
    [
      'the same customer, for four and then for six',
      [
        member({ personKey: 'same', stated: { peopleCount: 4 } }),
        member({ personKey: 'same', stated: { peopleCount: 6 } }),
      ],
      6,
    ],
    ['one who speaks for four and three others', [member({ stated: { peopleCount: 4 } }), ...times(3)], 7],
    ['an anonymous crowd that writes again', times(2, { personKey: null, stated: { peopleCount: 9 } }), 9],
    ['the same entry made twice', [member(), member({ isMerged: true })], 1],
  ];
  test.each(rows)('%s', (_what, members, people) => {
    expect(countGroup(members).people).toBe(people);
  });

  it('is critical with the tenth known person, not with an anonymous tenth', () => {
    const anonymous = member({ personKey: null });
    expect(levelOf([...times(9), anonymous])).toBe('serious.unpromised');
    expect(levelOf(times(10))).toBe('critical.people');
    expect(levelOf([member({ stated: { peopleCount: 9 } })])).toBe('ordinary.other');
    expect(levelOf([member({ stated: { peopleCount: 10 } })])).toBe('critical.people');
  });
});

describe('CP2: raisings while unsolved', () => {
  const at = (minutes: number) => plusMinutes(now, minutes);
  const raised = (received: number, resolved: number | null) =>
    member({ receivedAt: at(received), resolvedAt: resolved === null ? null : at(resolved) });

  const rows: [string, [number, number | null][], number][] = [
    ['once', [[0, null]], 1],
    [
      'three times, none solved',
      [
        [0, null],
        [10, null],
        [20, null],
      ],
      3,
    ],
    [
      'a second one after the first was solved begins anew',
      [
        [0, 5],
        [10, null],
      ],
      1,
    ],
    [
      'a second one before the first was solved counts on',
      [
        [0, 15],
        [10, null],
      ],
      2,
    ],
    [
      'solved together at last',
      [
        [0, 30],
        [10, 30],
        [20, 30],
      ],
      3,
    ],
    [
      'one of two still open keeps the event open',
      [
        [0, 5],
        [3, null],
        [10, null],
      ],
      3,
    ],
    [
      'solved, and raised three times again',
      [
        [0, 5],
        [10, null],
        [11, null],
        [12, null],
      ],
      3,
    ],
    [
      'at the minute it was solved it is still unsolved',
      [
        [0, 10],
        [10, null],
      ],
      2,
    ],
    [
      'in any order of arrival',
      [
        [20, null],
        [0, 5],
        [10, null],
      ],
      2,
    ],
  ];
  test.each(rows)('%s', (_what, members, raisings) => {
    expect(countGroup(members.map(([received, resolved]) => raised(received, resolved))).raisings).toBe(raisings);
  });

  it('does not count the same entry made twice', () => {
    expect(countGroup([member(), member({ isMerged: true }), member()]).raisings).toBe(2);
  });

  it('rises with the third, and with the tenth where it was promised', () => {
    const same = { personKey: 'same' };
    expect(levelOf(times(2, same))).toBe('ordinary.other');
    expect(levelOf(times(3, same))).toBe('serious.raisings');
    const promised = member({ ...same, stated: { unfulfilledPromise: true } });
    expect(levelOf([promised, ...times(8, same)])).toBe('serious.raisings');
    expect(levelOf([promised, ...times(9, same)])).toBe('major.promise');
    expect(levelOf(times(10, same))).toBe('serious.unpromised');
  });
});

describe('the facts of the whole event', () => {
  it('are the gravest that anybody stated, a loss by others left out', () => {
    const facts = groupFacts(
      [
        member({ stated: { lossFen: 900_000, injury: 'slight', mediaDays: 1 } }),
        member({ stated: { lossFen: 950_000, injury: 'none', mediaOutlets: 2 } }),
        member({ liability: 'other', stated: { lossFen: 90_000_000 } }),
        member({ isMerged: true, stated: { deaths: 1 } }),
      ],
      'serious',
    );
    expect(facts).toEqual({
      lossFen: 950_000,
      people: 3,
      deaths: 0,
      injury: 'slight',
      mediaReports: 0,
      mediaDays: 1,
      mediaOutlets: 2,
      unfulfilledPromise: false,
      raisings: 3,
      mishandledAt: 'serious',
    });
  });
});

describe('whom to call back (spec/10 close)', () => {
  const one = (id: string, change: Partial<CallBackFacts> = {}): CallBackFacts => ({
    id,
    personKey: id,
    receivedAt: now,
    resolvedAt: null,
    isMerged: false,
    isReachable: true,
    toldAt: null,
    closedAt: null,
    calledAt: null,
    ...change,
  });
  const solved = one('a', { resolvedAt: plusMinutes(now, 60), toldAt: plusMinutes(now, 70) });
  const owed = (members: readonly CallBackFacts[]) =>
    callBacksOf(members).map(({ member: { id }, isOpen }) => `${id} ${isOpen ? 'open' : 'done'}`);

  const rows: [string, CallBackFacts[], string[]][] = [
    ['nobody while nothing is resolved', [one('a'), one('b')], []],
    ['nobody where one alone complained', [solved], []],
    ['everybody of it, once it is', [solved, one('b'), one('c')], ['a done', 'b open', 'c open']],
    ['nobody who was called', [solved, one('b', { calledAt: now })], ['a done', 'b done']],
    ['nobody who cannot be reached', [solved, one('b', { isReachable: false })], ['a done']],
    ['no second entry of the same', [solved, one('b', { isMerged: true, closedAt: now })], []],
    ['a person once, whichever of theirs was told', [solved, one('b', { personKey: 'a' })], ['a done']],
    [
      'a person once, by the first that came',
      [solved, one('c', { personKey: 'p', receivedAt: plusMinutes(now, 5) }), one('b', { personKey: 'p' })],
      ['a done', 'b open'],
    ],
    [
      'two whom nobody knows, each',
      [solved, one('b', { personKey: null }), one('c', { personKey: null })],
      ['a done', 'b open', 'c open'],
    ],
  ];
  test.each(rows)('%s', (_what, members, expected) => {
    expect(owed(members)).toEqual(expected);
  });

  it('is owed from when the first of them was resolved', () => {
    const late = one('b', { resolvedAt: plusMinutes(now, 90) });
    expect(callBacksOf([late, solved]).map(({ since }) => since)).toEqual([plusMinutes(now, 60), plusMinutes(now, 60)]);
  });
});
