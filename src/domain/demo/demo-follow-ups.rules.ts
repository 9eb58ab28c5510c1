// How the follow-ups of the demo go on paper: who asks when, what is answered, who reviews it; the real services then
// carry it out, and the sample decides which are owed at all.
import { atWallTime, dayOf, type Instant, plusDays, plusMinutes, weekdayOf } from '../../kernel/time.ts';
import type { AttemptBody, RecordBody, ReviewBody } from '../follow-ups/follow-up.contract.ts';
import { followUpTexts as texts } from './demo-follow-ups.words.ts';
import type { Random } from './seeded-random.rules.ts';

export type FollowUpDeed =
  | { do: 'attempt'; body: Pick<AttemptBody, 'outcome' | 'atDoor' | 'note'> }
  /** `slip`: the photo of the signed paper is put to it. */
  | { do: 'record'; body: Omit<RecordBody, 'version'>; slip: boolean }
  | {
      do: 'review';
      body: Omit<ReviewBody, 'version' | 'improvement'>;
      improvement: { owner: string; on: string } | null;
    };
export type FollowUpStep = { by: string; at: (ended: Instant) => Instant; deed: FollowUpDeed };

export type FollowUpScene = {
  random: Random;
  preset: 'luxury' | 'standard';
  /** Desk clerks and the butler of the area. */
  callers: readonly string[];
  supervisor: string;
};

/** usual, or nobody opens (`lost`), or it was tried and not yet done (`late`). */
export type FollowUpStory = 'usual' | 'lost' | 'late';

const onDay = (random: Random, days: number, from: string, minutes: number) => {
  const offset = random.between(0, minutes);
  return (ended: Instant): Instant => plusMinutes(atWallTime(plusDays(dayOf(ended), days), from), offset);
};

/** The next Monday after a day; the weekly batch of RP18. */
const mondayAfter = (at: Instant): string => {
  const day = dayOf(at);
  return plusDays(day, 8 - weekdayOf(day));
};

export function followUpSteps(scene: FollowUpScene, story: FollowUpStory): FollowUpStep[] {
  const { random, preset, supervisor } = scene;
  const isLuxury = preset === 'luxury';
  const caller = random.pick(scene.callers);
  const steps: FollowUpStep[] = [];
  // L within two working days, mostly the next; Q within the week.
  const asked = isLuxury ? 1 : random.between(1, 5);
  const tries: FollowUpDeed[] = texts.tries.map((note, index) => ({
    do: 'attempt',
    body: { outcome: index === 1 ? 'later' : 'no-answer', atDoor: index === 2 && isLuxury, note },
  }));
  const tryAt = (index: number, days: number, from: string) => {
    const deed = tries[index];
    if (deed) steps.push({ by: caller, at: onDay(random, days, from, 40), deed });
  };
  if (story === 'late') {
    tryAt(0, 1, '15:00');
    tryAt(1, 2, '10:00');
    return steps;
  }
  let recorded: (ended: Instant) => Instant;
  let comment: string;
  if (story === 'lost') {
    tryAt(0, 1, '14:00');
    tryAt(1, 2, '09:30');
    tryAt(2, 2, '16:00');
    recorded = onDay(random, 2, '16:45', 30);
    comment = texts.notReached;
    steps.push({ by: caller, at: recorded, deed: { do: 'record', body: { verdict: 'not-reached' }, slip: false } });
  } else {
    if (random.chance(0.12)) tryAt(0, asked, '11:10');
    recorded = onDay(random, asked, '12:00', 330);
    comment = random.pick(texts.comments);
    steps.push({ by: caller, at: recorded, deed: askedWell(random, isLuxury) });
  }
  const reviewMinutes = random.between(0, 150);
  steps.push({
    by: supervisor,
    at: (ended) => {
      const at = recorded(ended);
      const day = isLuxury ? plusDays(dayOf(at), 1) : mondayAfter(at);
      return plusMinutes(atWallTime(day, '14:00'), reviewMinutes);
    },
    deed: { do: 'review', body: { comment }, improvement: null },
  });
  return steps;
}

function askedWell(random: Random, isLuxury: boolean): FollowUpDeed {
  const satisfaction = random.weighted([
    [5, 62],
    [4, 28],
    [3, 8],
    [2, 2],
  ] as const);
  const near = () => Math.min(5, Math.max(1, satisfaction + random.between(-1, 1)));
  const isSigned = isLuxury && random.chance(0.78);
  return {
    do: 'record',
    slip: isSigned,
    body: {
      verdict: 'acceptable',
      quality: near(),
      effect: near(),
      satisfaction,
      ...(satisfaction <= 3 ? { lacking: random.pick(texts.lackingSlightly) } : {}),
      ...(random.chance(0.14) ? { suggestions: random.pick(texts.suggestions) } : {}),
      channel: isSigned ? 'in-person' : 'phone',
      ...(isLuxury && !isSigned ? { reason: random.pick(texts.reason) } : {}),
    },
  };
}

/** The customer does not accept it: signed at the door. */
export const askedBadly = (random: Random): FollowUpDeed => ({
  do: 'record',
  slip: true,
  body: {
    verdict: 'not-acceptable',
    quality: random.between(1, 2),
    effect: 1,
    satisfaction: random.between(1, 2),
    lacking: random.pick(texts.lackingBadly),
    channel: 'in-person',
  },
});

export const opinion = (owner: string, on: string): FollowUpDeed => ({
  do: 'review',
  body: { comment: texts.opinion },
  improvement: { owner, on },
});
