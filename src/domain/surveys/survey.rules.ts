// Satisfaction surveys 满意度调查 (FU8): what makes a questionnaire whole, an answer valid, a household satisfied, and how
// answers add up to the rate (satisfied ÷ surveyed, V) and the index (0–100, C).
import { allowsBy, allowsFrom } from '../../kernel/moves.ts';
import { type FieldFault, Refusal } from '../../kernel/refusal.ts';
import type { Day } from '../../kernel/time.ts';
import { permutationOf } from '../follow-ups/follow-up-sample.rules.ts';
import type { SurveyFigures, SurveyMove, SurveyState } from './survey.contract.ts';
import { moves, type SurveyHat } from './survey.moves.ts';
import { type Answers, longestText, type Question } from './survey-question.contract.ts';

export function refusalOf(state: SurveyState, hats: readonly SurveyHat[], name: SurveyMove): Refusal | null {
  const move = moves[name];
  if (!allowsBy(move, hats)) return new Refusal('forbidden', { permission: 'survey.write' }, 403);
  return allowsFrom(move, state) ? null : new Refusal('survey.move_not_allowed', { state, move: name });
}

/** Answers are taken until the end of the last day, whether or not anybody closed it. */
export const isTaking = (survey: { state: SurveyState; endsOn: Day }, today: Day): boolean =>
  survey.state === 'open' && today <= survey.endsOn;

// ── questions ───────────────────────────────────────────────────────────────────────────────────────

export function surveyFaults(body: { questions: readonly Question[]; endsOn: Day }, today: Day): FieldFault[] {
  const faults = body.questions.flatMap((question, index): FieldFault[] => {
    const isChoice = question.kind === 'single' || question.kind === 'multiple';
    const path = `questions.${index}`;
    if (isChoice && question.options.length < 2) return [{ path: `${path}.options`, code: 'two_options' }];
    if (isChoice && new Set(question.options).size < question.options.length)
      return [{ path: `${path}.options`, code: 'same_option' }];
    if (!isChoice && question.options.length > 0) return [{ path: `${path}.options`, code: 'no_options' }];
    if (question.isOverall && (question.kind !== 'scale' || !question.isRequired))
      return [{ path: `${path}.isOverall`, code: 'overall_is_a_scale' }];
    return [];
  });
  // Without it nobody could say who is satisfied.
  if (body.questions.filter((question) => question.isOverall).length !== 1)
    faults.push({ path: 'questions', code: 'one_overall' });
  if (body.endsOn < today) faults.push({ path: 'endsOn', code: 'day_gone' });
  return faults;
}

/** Which of the eligible households are asked: drawn by the seed, so that anybody can draw again; all where no size is set. */
export function drawnOf<Household>(eligible: readonly Household[], size: number | null, seed: string): Household[] {
  if (size === null || size >= eligible.length) return [...eligible];
  const places = permutationOf(seed, 0, eligible.length).slice(0, size);
  return places.sort((a, b) => a - b).map((place) => eligible[place] as Household);
}

// ── answers ─────────────────────────────────────────────────────────────────────────────────────────

export function answerFaults(questions: readonly Question[], answers: Answers): FieldFault[] {
  const faults = questions.flatMap((question, index): FieldFault[] => {
    const path = `answers.${index}`;
    const answer = answers[String(index)];
    if (answer === undefined || (typeof answer === 'string' && answer.trim() === '') || isEmptyList(answer))
      return question.isRequired ? [{ path, code: 'not_answered' }] : [];
    return fits(question, answer) ? [] : [{ path, code: 'no_such_answer' }];
  });
  for (const key of Object.keys(answers))
    if (Number(key) >= questions.length) faults.push({ path: `answers.${key}`, code: 'no_such_question' });
  return faults;
}

const isEmptyList = (answer: unknown): boolean => Array.isArray(answer) && answer.length === 0;
const isPlaceIn = (place: number, question: Question): boolean => place >= 0 && place < question.options.length;

function fits(question: Question, answer: Answers[string]): boolean {
  switch (question.kind) {
    case 'single':
      return typeof answer === 'number' && isPlaceIn(answer, question);
    case 'multiple':
      return (
        Array.isArray(answer) &&
        new Set(answer).size === answer.length &&
        answer.every((place) => isPlaceIn(place, question))
      );
    case 'scale':
      return typeof answer === 'number' && answer >= 1 && answer <= 5;
    case 'text':
      return typeof answer === 'string' && answer.length <= longestText;
  }
}

/** Only what was said: blanks and empty lists are no answer, texts lose their edges. */
export const cleaned = (answers: Answers): Answers =>
  Object.fromEntries(
    Object.entries(answers)
      .map(([key, answer]) => [key, typeof answer === 'string' ? answer.trim() : answer] as const)
      .filter(([, answer]) => answer !== '' && !isEmptyList(answer)),
  );

/**
 * What one household's answers come to: satisfied when the overall step reaches the standard's; points are the average of
 * all its steps, the lowest 0 and the highest 100, rounded half up.
 */
export function scoreOf(
  questions: readonly Question[],
  answers: Answers,
  satisfiedFrom: number,
): { isSatisfied: boolean; points: number } {
  const steps = questions.flatMap((question, index) => {
    const answer = answers[String(index)];
    return question.kind === 'scale' && typeof answer === 'number' ? [{ question, answer }] : [];
  });
  const overall = steps.find(({ question }) => question.isOverall)?.answer ?? 0;
  const sum = steps.reduce((total, { answer }) => total + (answer - 1) * 25, 0);
  return {
    isSatisfied: overall >= satisfiedFrom,
    points: steps.length === 0 ? 0 : Math.floor(sum / steps.length + 0.5),
  };
}

// ── added up ────────────────────────────────────────────────────────────────────────────────────────

export type Counted = { asked: number; answered: number; satisfied: number; points: number };

/** Surveyed are those who answered; how many were asked stands beside. */
export const figuresOf = ({ asked, answered, satisfied, points }: Counted): SurveyFigures => ({
  asked,
  answered,
  satisfied,
  rate: answered === 0 ? null : satisfied / answered,
  index: answered === 0 ? null : points / answered,
});

/** Per option or step how often it was said; of a scale the average step too. */
export function countsOf(questions: readonly Question[], all: readonly Answers[]) {
  return questions.map((question, place) => {
    const said = all.map((answers) => answers[String(place)]).filter((answer) => answer !== undefined);
    const size = question.kind === 'scale' ? 5 : question.options.length;
    const first = question.kind === 'scale' ? 1 : 0;
    const counts = Array.from({ length: size }, () => 0);
    let sum = 0;
    for (const answer of said)
      for (const one of [answer].flat()) {
        if (typeof one !== 'number') continue;
        counts[one - first] = (counts[one - first] ?? 0) + 1;
        sum += one;
      }
    return {
      place,
      answered: said.length,
      counts,
      average: question.kind === 'scale' && said.length > 0 ? sum / said.length : null,
    };
  });
}

/** The next survey is due so many months after the one before; the last day of a shorter month stands for the missing one. */
export function nextBy(openedOn: Day, everyMonths: number): Day {
  const [year = 0, month = 1, day = 1] = openedOn.split('-').map(Number);
  const index = year * 12 + month - 1 + everyMonths;
  const [toYear, toMonth] = [Math.floor(index / 12), (index % 12) + 1];
  const last = new Date(Date.UTC(toYear, toMonth, 0)).getUTCDate();
  return `${toYear}-${String(toMonth).padStart(2, '0')}-${String(Math.min(day, last)).padStart(2, '0')}`;
}

// ── the brake ───────────────────────────────────────────────────────────────────────────────────────

/** Knocks within ten minutes†: a household never comes near, a whole building behind one address stays below. */
export const linkBrake = { perToken: 40, perAddress: 600, withinMs: 600_000 };
export type Knocks = { count: number; untilMs: number };

/** One more knock, and how long to wait where they were too many. */
export function knock(
  known: Knocks | undefined,
  nowMs: number,
  most: number,
): { knocks: Knocks; waitMs: number | null } {
  const begun = known && known.untilMs > nowMs ? known : { count: 0, untilMs: nowMs + linkBrake.withinMs };
  const knocks = { ...begun, count: begun.count + 1 };
  return { knocks, waitMs: knocks.count > most ? knocks.untilMs - nowMs : null };
}
