import { describe, expect, it } from 'vitest';
import { surveyMoves, surveyStates } from './survey.contract.ts';
import { surveyHats } from './survey.moves.ts';
import {
  answerFaults,
  cleaned,
  countsOf,
  drawnOf,
  figuresOf,
  isTaking,
  knock,
  linkBrake,
  nextBy,
  refusalOf,
  scoreOf,
  surveyFaults,
} from './survey.rules.ts';
import type { Question } from './survey-question.contract.ts';

const question = (kind: Question['kind'], more: Partial<Question> = {}): Question => ({
  kind,
  text: '题目',
  options: kind === 'single' || kind === 'multiple' ? ['甲', '乙', '丙'] : [],
  isRequired: true,
  isOverall: false,
  ...more,
});
const overall = question('scale', { isOverall: true });
const questions = [
  overall,
  question('scale', { isRequired: false }),
  question('single'),
  question('multiple', { isRequired: false }),
  question('text', { isRequired: false }),
];
const coded = (faults: { path: string; code: string }[]) => faults.map(({ path, code }) => `${path} ${code}`);

describe('a survey (FU8)', () => {
  it('moves by its table alone: every state, move and hat', () => {
    const allowed = surveyStates.flatMap((state) =>
      surveyMoves.flatMap((name) =>
        surveyHats.flatMap((hat) => (refusalOf(state, [hat], name) === null ? [`${state} ${name} ${hat}`] : [])),
      ),
    );
    expect(allowed).toEqual([
      'draft amend keeper',
      'draft open keeper',
      'open enter enterer',
      'open close keeper',
      'open close system',
      'closed hand-over keeper',
    ]);
  });

  it('takes answers until the end of its last day and not in another state', () => {
    expect(isTaking({ state: 'open', endsOn: '2026-12-10' }, '2026-12-10')).toBe(true);
    expect(isTaking({ state: 'open', endsOn: '2026-12-10' }, '2026-12-11')).toBe(false);
    expect(isTaking({ state: 'closed', endsOn: '2026-12-10' }, '2026-12-01')).toBe(false);
    expect(isTaking({ state: 'draft', endsOn: '2026-12-10' }, '2026-12-01')).toBe(false);
  });

  it.each([
    [[overall], []],
    [[question('scale')], ['questions one_overall']],
    [[overall, overall], ['questions one_overall']],
    [[overall, question('single', { options: ['甲'] })], ['questions.1.options two_options']],
    [[overall, question('multiple', { options: ['甲', '甲'] })], ['questions.1.options same_option']],
    [[overall, question('text', { options: ['甲', '乙'] })], ['questions.1.options no_options']],
    [[question('text', { isOverall: true })], ['questions.0.isOverall overall_is_a_scale']],
    [[{ ...overall, isRequired: false }], ['questions.0.isOverall overall_is_a_scale']],
  ])('is whole or says what is missing: %#', (given, faults) => {
    expect(coded(surveyFaults({ questions: given, endsOn: '2026-12-10' }, '2026-12-10'))).toEqual(faults);
  });

  it('does not end before it begins', () => {
    expect(coded(surveyFaults({ questions: [overall], endsOn: '2026-12-09' }, '2026-12-10'))).toEqual([
      'endsOn day_gone',
    ]);
  });

  it('draws the same households with the same seed, each once, and all where no size is set', () => {
    const all = Array.from({ length: 100 }, (_, index) => index);
    const seed = '0123456789abcdef0123456789abcdef';
    const drawn = drawnOf(all, 20, seed);
    expect(drawn).toEqual(drawnOf(all, 20, seed));
    expect(new Set(drawn).size).toBe(20);
    expect(drawn).toEqual([...drawn].sort((a, b) => a - b));
    expect(drawn).not.toEqual(drawnOf(all, 20, 'f'.repeat(32)));
    expect(drawnOf(all, null, seed)).toEqual(all);
    expect(drawnOf(all, 500, seed)).toEqual(all);
  });

  it('is due again half a year after the one before', () => {
    expect([nextBy('2026-06-15', 6), nextBy('2026-08-31', 6), nextBy('2027-08-31', 6)]).toEqual([
      '2026-12-15',
      '2027-02-28',
      '2028-02-29',
    ]);
  });
});

describe('an answer', () => {
  it.each([
    [{ 0: 5, 2: 0 }, []],
    [{ 0: 5, 1: 3, 2: 2, 3: [0, 2], 4: '很好' }, []],
    [{ 0: 5, 2: 0, 3: [], 4: '  ' }, []],
    [{}, ['answers.0 not_answered', 'answers.2 not_answered']],
    [{ 0: 6, 2: 0 }, ['answers.0 no_such_answer']],
    [{ 0: 0, 2: 3 }, ['answers.0 no_such_answer', 'answers.2 no_such_answer']],
    [{ 0: '5', 2: [0] }, ['answers.0 no_such_answer', 'answers.2 no_such_answer']],
    [{ 0: 5, 2: -1, 3: [1, 1] }, ['answers.2 no_such_answer', 'answers.3 no_such_answer']],
    [{ 0: 5, 2: 0, 3: [3], 4: 7 }, ['answers.3 no_such_answer', 'answers.4 no_such_answer']],
    [{ 0: 5, 2: 0, 9: 1 }, ['answers.9 no_such_question']],
  ])('%j: %j', (answers, faults) => {
    expect(coded(answerFaults(questions, answers))).toEqual(faults);
  });

  it('keeps what was said and no blanks', () => {
    expect(cleaned({ 0: 5, 3: [], 4: '  ', 5: ' 好 ' })).toEqual({ 0: 5, 5: '好' });
  });

  it.each([
    [
      { 0: 5, 1: 5 },
      { isSatisfied: true, points: 100 },
    ],
    [
      { 0: 4, 1: 1 },
      { isSatisfied: true, points: 38 },
    ],
    [
      { 0: 3, 1: 5 },
      { isSatisfied: false, points: 75 },
    ],
    [{ 0: 1 }, { isSatisfied: false, points: 0 }],
    [{ 0: 4 }, { isSatisfied: true, points: 75 }],
  ])('%j comes to %j', (answers, score) => {
    expect(scoreOf(questions, answers, 4)).toEqual(score);
  });
});

describe('the results', () => {
  it('are satisfied ÷ surveyed and an index, and nothing where nobody answered', () => {
    expect(figuresOf({ asked: 100, answered: 40, satisfied: 36, points: 3400 })).toEqual({
      asked: 100,
      answered: 40,
      satisfied: 36,
      rate: 0.9,
      index: 85,
    });
    expect(figuresOf({ asked: 100, answered: 0, satisfied: 0, points: 0 })).toMatchObject({ rate: null, index: null });
  });

  it('count each option and step', () => {
    const counts = countsOf(questions, [
      { 0: 5, 2: 1, 3: [0, 2] },
      { 0: 4, 2: 1, 3: [2], 4: '好' },
      { 0: 5, 2: 0 },
    ]);
    expect(counts).toEqual([
      { place: 0, answered: 3, counts: [0, 0, 0, 1, 2], average: 14 / 3 },
      { place: 1, answered: 0, counts: [0, 0, 0, 0, 0], average: null },
      { place: 2, answered: 3, counts: [1, 2, 0], average: null },
      { place: 3, answered: 2, counts: [1, 0, 2], average: null },
      { place: 4, answered: 1, counts: [], average: null },
    ]);
  });
});

describe('the brake of a link', () => {
  it('lets a household in, stops the thousandth knock, and opens again when the time is over', () => {
    let known: Parameters<typeof knock>[0];
    let stopped = 0;
    for (let time = 0; time < 1000; time++) {
      const { knocks, waitMs } = knock(known, 1000, linkBrake.perToken);
      known = knocks;
      if (waitMs !== null) stopped++;
    }
    expect(stopped).toBe(1000 - linkBrake.perToken);
    expect(knock(known, 1000 + linkBrake.withinMs, linkBrake.perToken).waitMs).toBeNull();
  });
});
