// Half a year of repairs 报修 of the demonstration: which stories happen when, and what stands open when the day begins.
import {
  atWallTime,
  type Day,
  dayOf,
  type Instant,
  instantOf,
  minuteMs,
  msOf,
  plusDays,
  plusMinutes,
  plusMs,
  weekdayOf,
} from '../../kernel/time.ts';
import { tell, tellUntil } from './demo-repairs.rules.ts';
import { type FaultText, householdFaults, publicFaults } from './demo-repairs.words.ts';
import type { Ending, PlannedRepair, Scene, Story } from './demo-story.rules.ts';
import type { Random } from './seeded-random.rules.ts';

const endings: readonly (readonly [Ending, number])[] = [
  ['usual', 76],
  ['waits-for-parts', 6],
  ['no-access', 4],
  ['cancelled', 4],
  ['declined', 2],
  ['handed-back', 3],
  ['transferred', 1.5],
  ['rework', 1.5],
  ['raised', 1],
  ['unhappy', 1.2],
  ['not-feasible', 1],
];

const categoryWeights: readonly (readonly [string, number])[] = [
  ['water', 24],
  ['drainage', 17],
  ['electricity', 18],
  ['doors-windows', 12],
  ['appliance', 9],
  ['walls-roof', 8],
  ['other', 5],
  ['heating', 2],
  ['gas', 2],
];

/** One fault at home or in a common area, by chance. */
function anyStory(scene: Scene, lived: readonly number[], unitOf?: number): Story {
  const { random, preset } = scene;
  const isPublic = unitOf === undefined && random.chance(0.17);
  const late = { lateArrival: random.chance(0.055), lateFinish: random.chance(0.065) };
  if (isPublic) {
    const fault = random.pick(publicFaults);
    const ending = random.weighted([
      ['usual', 88],
      ['transferred', 8],
      ['cancelled', 4],
    ] as const);
    return {
      unit: null,
      place: fault.place,
      category: fault.category,
      urgency: fault.urgency ?? 'ordinary',
      fault,
      ending,
      ...late,
    };
  }
  const category = random.weighted(categoryWeights);
  const fault = random.pick(householdFaults[category] ?? []);
  const unit = unitOf ?? random.pick(lived);
  const ending = random.weighted(endings);
  const urgency = fault.urgency ?? 'ordinary';
  // Raising is for ordinary ones; what goes back or on must begin with our own technician; dates of a rework are agreed anew.
  const fits =
    (ending === 'raised' && (urgency !== 'ordinary' || preset === 'standard')) ||
    ((ending === 'rework' || ending === 'unhappy') && (preset === 'standard' || urgency === 'major')) ||
    (ending === 'transferred' && urgency === 'major')
      ? 'usual'
      : ending;
  return { unit, place: null, category, urgency, fault, ending: fits, ...late };
}

const hoursOfDay: readonly (readonly [number, number])[] = [
  [0, 0.5],
  [2, 0.3],
  [5, 0.3],
  [6, 1],
  [7, 5],
  [8, 11],
  [9, 12],
  [10, 10],
  [11, 7],
  [12, 4],
  [13, 4],
  [14, 7],
  [15, 7],
  [16, 7],
  [17, 6],
  [18, 7],
  [19, 7],
  [20, 5],
  [21, 3],
  [22, 1.2],
  [23, 0.7],
];

export type PlanOptions = { now: Instant; days: number; count: number };

/** All orders of a community, each cut off at `now`; the open ones of today are made to stand where they should. */
export function planRepairs(scene: Scene, options: PlanOptions): PlannedRepair[] {
  const { random, units } = scene;
  const { now, days, count } = options;
  const today = dayOf(now);
  const lived = units.flatMap((unit, index) =>
    unit.state === 'occupied' || unit.state === 'let' || (unit.state === 'renovating' && index % 2 === 0)
      ? [index]
      : [],
  );
  const plans: PlannedRepair[] = [];
  /** Orders of these days must have come to their end: what is open today is told below. */
  const latest = plusMs(now, -26 * 60 * minuteMs);

  for (let one = 0; one < count; one++) {
    const ago = 1 + Math.floor(random.next() ** 1.12 * (days - 1));
    const day = dayOnWeek(random, plusDays(today, -ago));
    const hour = random.weighted(hoursOfDay);
    const start = instantOf(
      msOf(atWallTime(day, `${String(hour).padStart(2, '0')}:00`)) + random.between(0, 3_599_000),
    );
    // The first unit is the one everybody looks at: a long history.
    const story = anyStory(scene, lived, one < 7 ? 0 : undefined);
    if (start > latest) continue;
    plans.push(cut(tell(scene, story, start), now));
  }
  // The same fault three times within 90 days (RP14).
  for (const ago of [61, 33, 9])
    plans.push(
      cut(
        tell(
          scene,
          {
            unit: 0,
            place: null,
            category: 'water',
            urgency: 'ordinary',
            fault: householdFaults.water?.[12] as FaultText,
            ending: 'usual',
            lateArrival: false,
            lateFinish: ago === 33,
          },
          plusMinutes(atWallTime(plusDays(today, -ago), '10:00'), random.between(0, 300)),
        ),
        now,
      ),
    );
  return [...plans, ...openToday(scene, now, lived)].filter((plan) => plan.steps.length > 0);
}

const cut = (plan: PlannedRepair, now: Instant): PlannedRepair => ({
  ...plan,
  steps: plan.steps.filter((step) => step.at <= now),
});

/** A little more on Mondays and Saturdays. */
const dayOnWeek = (random: Random, day: Day): Day =>
  [2, 3, 7].includes(weekdayOf(day)) && random.chance(0.15) ? plusDays(day, -1) : day;

/** What stands open at the desk when the day begins: each state, overdue, soon due, paused, nobody's, yesterday's. */
function openToday(scene: Scene, now: Instant, lived: readonly number[]): PlannedRepair[] {
  const { random, preset } = scene;
  const at = (category: string, index: number): FaultText => householdFaults[category]?.[index] as FaultText;
  const story = (category: string, index: number, more: Partial<Story>): Story => {
    const fault = at(category, index);
    return {
      unit: random.pick(lived),
      place: null,
      category,
      urgency: fault.urgency ?? 'ordinary',
      fault,
      ending: 'usual',
      lateArrival: false,
      lateFinish: false,
      ...more,
    };
  };
  const open = (category: string, index: number, stopAfter: string, minutesAgo: number, more: Partial<Story> = {}) =>
    tellUntil(scene, story(category, index, { stopAfter, ...more }), now, minutesAgo);
  const plans = [
    open('water', 1, 'depart', 16),
    open('drainage', 0, 'accept', 3),
    open('electricity', 1, 'arrive', 8),
    open('water', 3, 'create', 3),
    open('electricity', 2, 'create', 11),
    open('doors-windows', 1, 'create', 34),
    open('appliance', 0, 'create', 1),
    open('electricity', 5, 'dispatch', 2),
    open('drainage', 1, 'dispatch', 9),
    open('other', 1, 'accept', 5),
    open('water', 5, 'arrive', 24),
    open('appliance', 2, 'arrive', 96),
    open('drainage', 3, 'quote', 13, { unit: lived[3] ?? 0 }),
    open('water', 4, 'agree', 21),
    open('electricity', 9, 'agree', 118),
    open('walls-roof', 5, 'arrive', 47),
    open('doors-windows', 2, 'pause', 900, { ending: 'waits-for-parts' }),
    open('appliance', 4, 'pause', 1500, { ending: 'waits-for-parts' }),
    open('drainage', 5, 'pause', 190, { ending: 'no-access' }),
    open('electricity', 4, 'finish', 6),
    open('doors-windows', 6, 'finish', 75),
    open('other', 3, 'sign', 18),
    open('heating', 0, 'sign', 130),
    open('water', 10, 'return-voucher', 55),
    open('electricity', 6, 'return-voucher', 240),
    // Yesterday's unfinished work.
    open('drainage', 6, 'accept', 960),
    open('appliance', 7, 'depart', 1080),
    open('walls-roof', 0, 'accept', 1260),
    open('doors-windows', 10, 'create', 1120),
    open('walls-roof', 1, 'dispatch', 700),
    open('drainage', 2, 'decline', 35, { ending: 'declined' }),
    open('water', 8, 'hand-back', 4, { ending: 'handed-back' }),
    open('electricity', 3, 'create', 25, { ending: 'draft' }),
    open('water', 7, 'create', 70, { ending: 'draft' }),
    open('water', 0, 'cancel', 45, { ending: 'cancelled' }),
  ];
  if (preset === 'luxury')
    plans.push(
      open('water', 2, 'rework', 12, { ending: 'rework' }),
      // Not accepted this morning: a complaint stands open, and the order is nobody's yet.
      open('drainage', 4, 'record', 14, { ending: 'unhappy' }),
      // Four days without an end (FU3).
      open('walls-roof', 2, 'pause', 5 * 1440, { ending: 'waits-for-parts' }),
      // Tried twice and not asked yet, past its day: somebody has to go there (FU3).
      tell(
        scene,
        story('doors-windows', 3, { followUp: 'late' }),
        plusMinutes(atWallTime(plusDays(dayOf(now), -6), '10:00'), 20),
      ),
    );
  for (const [index, stopAfter, ago] of [
    [4, 'arrive', 12],
    [6, 'dispatch', 40],
    [12, 'create', 130],
    [0, 'arrive', 26],
  ] as const) {
    const fault = publicFaults[index];
    if (fault)
      plans.push(
        tellUntil(
          scene,
          {
            unit: null,
            place: fault.place,
            category: fault.category,
            urgency: fault.urgency ?? 'ordinary',
            fault,
            ending: 'usual',
            lateArrival: false,
            lateFinish: false,
            stopAfter,
          },
          now,
          ago,
        ),
      );
  }
  return plans;
}
