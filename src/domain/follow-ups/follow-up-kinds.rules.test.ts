// All kinds of follow-up in the two presets (FU1): what is asked by when, what share, by whom, and from which fact.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Role } from '../access/role.contract.ts';
import { followUpSubjects, type StandardDocument, standardDocumentSchema } from '../standards/standard.contract.ts';
import { ownerOf } from './follow-up.rules.ts';
import { subjectRule } from './follow-up-facts.rules.ts';
import { mayName, namerNeeded } from './follow-up-plan.rules.ts';
import { owedOfEach } from './follow-up-sample.rules.ts';
import { startsOf } from './follow-up-starts.rules.ts';

const preset = (name: string): StandardDocument =>
  standardDocumentSchema.parse(
    JSON.parse(readFileSync(new URL(`../../../standards/${name}.json`, import.meta.url), 'utf8')),
  );
const luxury = preset('luxury');
const standard = preset('standard');
const row = (document: StandardDocument, what: (typeof followUpSubjects)[number]) => {
  const rule = subjectRule(document, what);
  return [rule?.share, rule?.due, rule?.callers, rule?.startsFrom];
};

describe('the rows of FU1', () => {
  it.each([
    ['repair', 1, { workingDays: 2 }, ['front_desk', 'butler'], 'finish'],
    ['major-critical-event', 1, { workingDays: 1 }, [], 'resolve'],
    ['complaint', 1, { workingDays: 2 }, ['cs_supervisor', 'front_desk'], 'resolve'],
    ['service', 1, { at: null }, ['front_desk'], 'half-way-or-end'],
    ['event', 0.2, { workingDays: 2 }, ['front_desk'], 'end'],
    ['other', null, { workingDays: 1 }, [], 'done'],
  ] as const)('luxury, %s', (what, ...wanted) => {
    expect(row(luxury, what)).toEqual(wanted);
  });

  it('standard: repairs 60 % in a week (Q), complaints 50 % without a time (V), the others unset', () => {
    expect(row(standard, 'repair')).toEqual([0.6, { calendarDays: 7 }, ['front_desk'], 'return-voucher']);
    for (const what of ['complaint', 'major-critical-event'] as const)
      expect(row(standard, what).slice(0, 2)).toEqual([0.5, null]);
    for (const what of ['service', 'event', 'other'] as const) expect(row(standard, what)[0]).toBeNull();
  });

  it('every subject has its row in both, and a promise of its own', () => {
    for (const document of [luxury, standard])
      for (const what of followUpSubjects) {
        expect(subjectRule(document, what), what).toBeDefined();
        expect(
          document.clocks.some((one) => one.kind === 'follow-up' && one.variant === what),
          what,
        ).toBe(true);
      }
  });
});

describe('who names the caller', () => {
  const holders = (...roles: Role[]) => roles.map((role) => ({ accountId: role, role }));
  const all = holders('front_desk', 'cs_supervisor', 'manager', 'general_manager');
  const owner = (what: (typeof followUpSubjects)[number], handlerIds: string[] = [], callerId: string | null = null) =>
    ownerOf({ what, callerId, handlerIds }, luxury, all);

  it('where the standard names no post, the manager or the general manager names one (FU1)', () => {
    const events = subjectRule(luxury, 'major-critical-event');
    expect(namerNeeded(events)).toBe('manager');
    expect(
      [['cs_supervisor'], ['manager'], ['general_manager']].map((roles) => mayName(events, roles as Role[])),
    ).toEqual([false, true, true]);
    expect(mayName(subjectRule(luxury, 'other'), ['cs_supervisor'])).toBe(false);
    expect(mayName(subjectRule(luxury, 'repair'), ['cs_supervisor'])).toBe(true);
  });

  it('until then the promise is the one’s who has to name; where that one had a hand in it, the next superior’s', () => {
    expect(owner('major-critical-event')).toEqual({ staffId: null, role: 'manager' });
    expect(owner('other')).toEqual({ staffId: null, role: 'manager' });
    expect(owner('major-critical-event', ['manager'])).toEqual({ staffId: null, role: 'general_manager' });
    expect(owner('major-critical-event', [], 'front_desk')).toEqual({ staffId: 'front_desk', role: 'front_desk' });
    expect(owner('repair')).toEqual({ staffId: null, role: 'front_desk' });
  });
});

describe('how many are owed', () => {
  it('20 % of the participants of an event, and room; a share that was set to nothing owes nobody', () => {
    const { samplingRoom, sampleOfEach } = luxury.followUp;
    const owed = (share: number | null) => owedOfEach({ share, room: samplingRoom.value, of: sampleOfEach.value });
    expect([owed(0.2), owed(0), owed(null)]).toEqual([3, 0, 10]);
  });
});

describe('from which fact it runs', () => {
  const term = { from: '2026-01-01T00:00:00.000Z', until: '2026-03-01T00:00:00.000Z' };
  const half = '2026-01-30T12:00:00.000Z';
  const done = '2026-02-10T08:00:00.000Z';
  const service = subjectRule(luxury, 'service') ?? { startsFrom: '' };
  it.each([
    ['any: half the way of an agreement', 'any', { doneAt: null, term }, [[half, 'half-way']]],
    [
      'all: half the way and the end',
      'all',
      { doneAt: null, term },
      [
        [half, 'half-way'],
        [term.until, 'end'],
      ],
    ],
    [
      'all, ended early: its own end',
      'all',
      { doneAt: done, term },
      [
        [half, 'half-way'],
        [done, 'end'],
      ],
    ],
    [
      'ended before its half: the end only',
      'all',
      { doneAt: '2026-01-10T00:00:00.000Z', term },
      [['2026-01-10T00:00:00.000Z', 'end']],
    ],
    ['a one-off order: after its end', 'any', { doneAt: done }, [[done, 'end']]],
    ['an order that is not done: not yet', 'any', { doneAt: null }, []],
  ] as const)('paid services, %s', (_what, mode, matter, wanted) => {
    expect(startsOf({ ...service, mode }, matter).map((one) => [one.at, one.from])).toEqual(wanted);
  });

  it('an event from its end, everything else from when it is done', () => {
    for (const what of ['event', 'other'] as const)
      expect(startsOf(subjectRule(luxury, what) ?? service, { doneAt: done })).toEqual([{ at: done, from: 'done' }]);
  });
});
