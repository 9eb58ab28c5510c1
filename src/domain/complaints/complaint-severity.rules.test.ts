import { describe, expect, it, test } from 'vitest';
import { luxury, standard } from './complaint.fixture.ts';
import {
  type ComplaintPolicy,
  contradictions,
  countedLossFen,
  nothingStated,
  proposeSeverity,
  raisedBy,
  type SeverityFacts,
  statedFrom,
} from './complaint-severity.rules.ts';
import { statedFactsSchema } from './complaint-shapes.contract.ts';

const plain: SeverityFacts = {
  lossFen: 0,
  people: 1,
  deaths: 0,
  injury: 'none',
  mediaReports: 0,
  mediaDays: 0,
  mediaOutlets: 0,
  unfulfilledPromise: false,
  raisings: 1,
  mishandledAt: null,
};
const yuan = (amount: number) => Math.round(amount * 100);

describe.each([
  ['luxury', luxury.document.complaint],
  ['standard', standard.document.complaint],
])('CP2: the level of a complaint by the %s preset', (_name, policy) => {
  const ruleOf = (facts: Partial<SeverityFacts>) => proposeSeverity(policy, { ...plain, ...facts }).rule;

  const rows: [string, Partial<SeverityFacts>, string][] = [
    ['a small inconvenience', {}, 'ordinary.other'],
    ['1,999.99 yuan lost', { lossFen: yuan(1_999.99) }, 'ordinary.other'],
    ['2,000 yuan lost', { lossFen: yuan(2_000) }, 'serious.loss'],
    ['9,999.99 yuan lost', { lossFen: yuan(9_999.99) }, 'serious.loss'],
    ['10,000 yuan lost', { lossFen: yuan(10_000) }, 'major.loss'],
    ['99,999.99 yuan lost', { lossFen: yuan(99_999.99) }, 'major.loss'],
    ['100,000 yuan lost', { lossFen: yuan(100_000) }, 'critical.loss'],
    ['raised twice', { raisings: 2 }, 'ordinary.other'],
    ['raised three times', { raisings: 3 }, 'serious.raisings'],
    ['raised nine times', { raisings: 9 }, 'serious.raisings'],
    ['raised ten times, never promised', { raisings: 10 }, 'serious.unpromised'],
    ['a promise broken and raised twice', { raisings: 2, unfulfilledPromise: true }, 'ordinary.other'],
    ['a promise broken and raised three times', { raisings: 3, unfulfilledPromise: true }, 'serious.raisings'],
    ['a promise broken and raised nine times', { raisings: 9, unfulfilledPromise: true }, 'serious.raisings'],
    ['a promise broken and raised ten times', { raisings: 10, unfulfilledPromise: true }, 'major.promise'],
    ['a promise broken, raised once', { unfulfilledPromise: true }, 'ordinary.other'],
    ['nine people together', { people: 9 }, 'ordinary.other'],
    ['ten people together', { people: 10 }, 'critical.people'],
    ['nobody hurt', { injury: 'none' }, 'ordinary.other'],
    ['slightly hurt', { injury: 'slight' }, 'serious.injury'],
    ['gravely hurt', { injury: 'grave' }, 'major.injury'],
    ['one dead', { deaths: 1 }, 'critical.death'],
    ['one report', { mediaReports: 1 }, 'serious.media'],
    ['reports on one day', { mediaDays: 1 }, 'serious.media'],
    ['reports on two days', { mediaDays: 2 }, 'major.media'],
    ['reports in two media', { mediaOutlets: 2 }, 'serious.media'],
    ['reports in three media', { mediaOutlets: 3 }, 'major.media'],
    ['many reports in one paper on one day', { mediaReports: 9, mediaDays: 1, mediaOutlets: 1 }, 'serious.media'],
    ['an ordinary one mishandled', { mishandledAt: 'ordinary' }, 'serious.mishandled'],
    ['a serious one mishandled', { mishandledAt: 'serious' }, 'major.mishandled'],
    ['a major one mishandled', { mishandledAt: 'major' }, 'critical.mishandled'],
    ['a critical one mishandled stays', { mishandledAt: 'critical' }, 'critical.mishandled'],
  ];
  test.each(rows)('%s', (_what, facts, rule) => {
    expect(ruleOf(facts)).toBe(rule);
  });

  it('takes the highest rule that fires and names all that would have', () => {
    const { severity, rule, fired } = proposeSeverity(policy, {
      ...plain,
      lossFen: yuan(2_500),
      deaths: 1,
      injury: 'grave',
      raisings: 4,
      mediaReports: 1,
    });
    expect([severity, rule]).toEqual(['critical', 'critical.death']);
    expect(fired.map((each) => each.rule)).toEqual([
      'critical.death',
      'major.injury',
      'serious.loss',
      'serious.media',
      'serious.raisings',
    ]);
  });
});

describe('CP2: figures are the standard’s', () => {
  it('follows a community that has raised its thresholds', () => {
    const policy: ComplaintPolicy = structuredClone(luxury.document.complaint);
    policy.thresholds.serious.value = { lossFen: yuan(5_000), raisings: 5, slightInjury: false, mediaReports: 2 };
    policy.thresholds.major.value.promisedRaisings = 20;
    policy.thresholds.critical.value.people = 30;
    policy.unpromisedRaisingsStay.value = 'ordinary';
    policy.mishandledRaisesBy.value = 2;
    const of = (facts: Partial<SeverityFacts>) => proposeSeverity(policy, { ...plain, ...facts }).rule;
    expect(of({ lossFen: yuan(2_000) })).toBe('ordinary.other');
    expect(of({ raisings: 4 })).toBe('ordinary.other');
    expect(of({ raisings: 19, unfulfilledPromise: true })).toBe('serious.raisings');
    expect(of({ raisings: 20 })).toBe('ordinary.other');
    expect(of({ people: 29 })).toBe('ordinary.other');
    expect(of({ injury: 'slight' })).toBe('ordinary.other');
    expect(of({ injury: 'grave' })).toBe('major.injury');
    expect(of({ mediaReports: 1 })).toBe('ordinary.other');
    expect(of({ mishandledAt: 'ordinary' })).toBe('major.mishandled');
  });

  it('counts a loss that the company or the developer caused, and no other', () => {
    const stated = { lossFen: yuan(100_000) };
    expect(countedLossFen(stated, 'company')).toBe(yuan(100_000));
    expect(countedLossFen(stated, 'developer')).toBe(yuan(100_000));
    expect(countedLossFen(stated, 'other')).toBe(0);
    expect(countedLossFen({ lossFen: null }, 'company')).toBe(0);
  });

  it('raises no further than critical', () => {
    expect(raisedBy('serious', 1)).toBe('major');
    expect(raisedBy('major', 3)).toBe('critical');
    expect(raisedBy('critical', 1)).toBe('critical');
  });
});

describe('stated facts', () => {
  const stated = (input: Record<string, unknown>) => statedFrom(statedFactsSchema.parse(input));

  const rows: [string, Record<string, unknown>, string[]][] = [
    ['a death and nothing said of injuries', { death: true }, []],
    ['a death and a stated "no injury"', { death: true, injury: 'none' }, ['facts.injury: contradicts_death']],
    ['two deaths counted and a stated "no injury"', { death: 2, injury: 'none' }, ['facts.injury: contradicts_death']],
    ['a death beside a slight injury', { death: true, injury: 'slight' }, []],
    ['nobody dead and no injury', { death: false, injury: 'none' }, []],
    ['no reports, but on two days', { mediaReports: 0, mediaDays: 2 }, ['facts.mediaReports: contradicts_media']],
    ['no reports, but in a paper', { mediaReports: 0, mediaOutlets: 1 }, ['facts.mediaReports: contradicts_media']],
    ['reports on two days, never counted', { mediaDays: 2 }, []],
    ['no reports and no days', { mediaReports: 0, mediaDays: 0 }, []],
  ];
  test.each(rows)('%s', (_what, input, faults) => {
    expect(contradictions(stated(input)).map((fault) => `${fault.path}: ${fault.code}`)).toEqual(faults);
  });

  it('reads a death as a number and keeps what is not said again', () => {
    expect(stated({ death: true }).deaths).toBe(1);
    expect(stated({ death: 3 }).deaths).toBe(3);
    expect(stated({ death: false }).deaths).toBe(0);
    expect(stated({})).toEqual(nothingStated);
    const before = stated({ lossFen: 500, injury: 'slight' });
    expect(statedFrom({ injury: 'none', peopleCount: undefined }, before)).toEqual({ ...before, injury: 'none' });
    expect(statedFrom(undefined, before)).toBe(before);
  });

  it('takes no facts that nobody could mean', () => {
    for (const input of [
      { lossFen: -1 },
      { lossFen: 1.5 },
      { peopleCount: 0 },
      { death: -1 },
      { injury: 'bad' },
      { x: 1 },
    ])
      expect(statedFactsSchema.safeParse(input).success).toBe(false);
  });
});
