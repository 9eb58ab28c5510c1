// Satisfaction surveys of the demo 演示调查 on paper (FU8): one over and handed on, one that is being answered these days.
import { atWallTime, type Day, dayOf, type Instant, plusDays, plusMinutes } from '../../kernel/time.ts';
import type { AnswerChannel, SurveyBody } from '../surveys/survey.contract.ts';
import type { Answers, Question } from '../surveys/survey-question.contract.ts';
import { surveyTexts as texts } from './demo-surveys.words.ts';
import type { VisitScene } from './demo-visits.rules.ts';
import type { Random } from './seeded-random.rules.ts';

export type SurveyStep = { at: Instant; by: string } & (
  | { do: 'draft'; body: SurveyBody }
  | { do: 'open' | 'close' }
  /** `place`: which of the households asked, in the order they were drawn. */
  | { do: 'answer'; place: number; channel: AnswerChannel; answers: Answers }
  | { do: 'hand-over'; note: string }
  | { do: 'improve'; text: string; owner: string; dueOn: Day }
  | { do: 'complete'; which: number; result: string }
);
export type PlannedSurvey = { steps: SurveyStep[] };

export type SurveyScene = Pick<VisitScene, 'random' | 'preset' | 'heads' | 'supervisor'> & {
  desks: readonly string[];
  /** How many are asked in the whole demo; a small one asks fewer. */
  scale: number;
};

export function planSurveys(scene: SurveyScene, now: Instant, days: number): PlannedSurvey[] {
  const today = dayOf(now);
  const isLuxury = scene.preset === 'luxury';
  const size = (whole: number) => Math.max(10, Math.round(whole * scene.scale));
  // Twice a year (C3.6.2): the luxury one comes round again just now, the other lies in the last quarter.
  const ago = isLuxury ? days - 2 : Math.min(days - 2, 60);
  const [closed, open] = [plusDays(today, -ago), plusDays(today, -5)];
  const seasonal = (day: Day) =>
    `${day.slice(0, 4)} 年${Number(day.slice(5, 7)) <= 6 ? '上' : '下'}半年${texts.halfYear.title}`;
  const halfYear = { introduction: texts.halfYear.introduction, questions: [...texts.halfYear.questions] };
  return [
    survey(scene, {
      ...halfYear,
      title: seasonal(closed),
      sampleSize: size(isLuxury ? 260 : 200),
      from: closed,
      lasts: 16,
      share: 0.62,
      isOver: true,
    }),
    survey(scene, {
      ...(isLuxury
        ? { ...halfYear, title: seasonal(open) }
        : { ...texts.parking, questions: [...texts.parking.questions] }),
      sampleSize: size(isLuxury ? 260 : 90),
      from: open,
      lasts: 14,
      share: 0.66,
      isOver: false,
    }),
  ];
}

type Sheet = Pick<SurveyBody, 'title' | 'introduction' | 'questions'> & {
  sampleSize: number;
  from: Day;
  lasts: number;
  share: number;
  isOver: boolean;
};

function survey(scene: SurveyScene, sheet: Sheet): PlannedSurvey {
  const { random, supervisor, desks, heads } = scene;
  const { title, introduction, questions, sampleSize, from, lasts } = sheet;
  const endsOn = plusDays(from, lasts);
  const steps: SurveyStep[] = [
    {
      at: atWallTime(plusDays(from, -1), '16:10'),
      by: supervisor,
      do: 'draft',
      body: { title, introduction, questions, sampleSize, endsOn },
    },
    { at: atWallTime(from, '09:00'), by: supervisor, do: 'open' },
  ];
  const places = shuffled(random, sampleSize).slice(0, Math.round(sampleSize * sheet.share));
  for (const place of places) {
    const channel = random.weighted([
      ['link', 6],
      ['paper', 2],
      ['phone', 1],
      ['visit', 1],
    ] as const);
    steps.push({
      at: plusMinutes(atWallTime(plusDays(from, random.between(0, lasts - 1)), '09:30'), random.between(0, 660)),
      by: random.pick(desks),
      do: 'answer',
      place,
      channel,
      answers: answersOf(random, questions, scene.preset),
    });
  }
  if (!sheet.isOver) return { steps };
  const over = plusDays(endsOn, 1);
  steps.push({ at: atWallTime(over, '09:05'), by: supervisor, do: 'close' });
  for (const [index, { head, text, result }] of texts.improvements.entries()) {
    const dueOn = plusDays(over, 14 + index * 7);
    const owner = heads[head];
    steps.push({
      at: plusMinutes(atWallTime(over, '15:00'), index * 6),
      by: supervisor,
      do: 'improve',
      text,
      owner,
      dueOn,
    });
    if (result)
      steps.push({ at: atWallTime(plusDays(dueOn, -2), '16:30'), by: owner, do: 'complete', which: index, result });
  }
  steps.push({ at: atWallTime(plusDays(over, 2), '10:20'), by: supervisor, do: 'hand-over', note: texts.handed });
  return { steps: steps.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)) };
}

function shuffled(random: Random, size: number): number[] {
  const places = Array.from({ length: size }, (_, index) => index);
  for (let last = size - 1; last > 0; last--) {
    const other = random.between(0, last);
    [places[last], places[other]] = [places[other] as number, places[last] as number];
  }
  return places;
}

/** A household's steps lie near one another; the standard community is a little less content than its target asks. */
function answersOf(random: Random, questions: readonly Question[], preset: 'luxury' | 'standard'): Answers {
  const mood = random.weighted(
    preset === 'luxury'
      ? ([
          [5, 60],
          [4, 33],
          [3, 5],
          [2, 2],
        ] as const)
      : ([
          [5, 42],
          [4, 44],
          [3, 10],
          [2, 4],
        ] as const),
  );
  const near = () =>
    Math.min(
      5,
      Math.max(
        1,
        mood +
          random.weighted([
            [0, 7],
            [-1, 2],
            [1, 1],
          ] as const),
      ),
    );
  const answers: Answers = {};
  for (const [place, { kind, options, isOverall }] of questions.entries()) {
    if (kind === 'scale') answers[place] = isOverall ? mood : near();
    if (kind === 'single') answers[place] = random.between(0, options.length - 1);
    if (kind === 'multiple' && random.chance(0.7))
      answers[place] = options.flatMap((_, option) => (random.chance(0.3) ? [option] : []));
    if (kind === 'text' && random.chance(0.16))
      answers[place] = random.pick(options.length === 0 && questions.length > 5 ? texts.said : texts.dark);
  }
  return answers;
}
