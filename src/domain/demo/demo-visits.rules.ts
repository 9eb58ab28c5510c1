// Household visits of the demo 演示拜访 on paper: who visits whom in which month, what comes of it, what is to be improved
// (FU7: so many different households a month and person); the real services then carry it out.
import {
  atWallTime,
  type Day,
  dayOf,
  type Instant,
  type Month,
  monthOf,
  plusDays,
  plusMinutes,
} from '../../kernel/time.ts';
import type { Role } from '../access/role.contract.ts';
import { firstDayOf, monthAfter } from '../indicators/indicator.rules.ts';
import type { MetWith } from '../visits/visit.contract.ts';
import type { PlannedUnit } from './demo-town.rules.ts';
import { visitTexts as texts, visitImprovements } from './demo-visits.words.ts';
import type { Random } from './seeded-random.rules.ts';

export type VisitStep = { at: Instant; by: string } & (
  | { do: 'appoint'; on: Instant; purpose: string | null; isInterview: boolean }
  | { do: 'reschedule'; on: Instant }
  | { do: 'record'; met: MetWith; said: string; opinions: string | null; heldAt: Instant; improvement: Given | null }
  | { do: 'miss' | 'cancel'; reason: string }
  | { do: 'review'; comment: string }
  | { do: 'return'; remark: string }
  | ImprovementDeed
);
export type Given = { text: string; owner: string; dueOn: Day };
export type ImprovementDeed =
  | { do: 'complete'; result: string }
  | { do: 'confirm' }
  | { do: 'send-back'; remark: string; dueOn: Day };
export type PlannedVisit = { unit: number; visitor: string; steps: VisitStep[] };

export type Visitor = { username: string; roles: readonly Role[]; buildings?: readonly number[] };
export type VisitScene = {
  random: Random;
  preset: 'luxury' | 'standard';
  units: readonly PlannedUnit[];
  /** Who owes visits by the standard. */
  people: readonly Visitor[];
  perPersonPerMonth: number;
  supervisor: string;
  manager: string;
  heads: Readonly<Record<(typeof visitImprovements)[number]['head'], string>>;
};

type Ending = 'recorded' | 'missed' | 'cancelled';

export function planVisits(scene: VisitScene, now: Instant, days: number): PlannedVisit[] {
  const { random, people, perPersonPerMonth } = scene;
  const start = plusDays(dayOf(now), -days);
  const months: Month[] = [];
  for (let month = monthOf(atWallTime(start, '12:00')); month <= monthOf(now); month = monthAfter(month))
    months.push(month);
  // One who is short once: the month before the last, so that the page has something to tell.
  const shortMonth = months.at(-3) ?? months[0];
  const shortPerson = random.pick(people).username;
  const planned: PlannedVisit[] = [];
  for (const person of people) {
    const homes = homesOf(scene, person);
    let before: number[] = [];
    for (const month of months) {
      const first = month === months[0] && start > firstDayOf(month) ? start : firstDayOf(month);
      const last = plusDays(firstDayOf(monthAfter(month)), -1);
      const open = workdays(first, last);
      if (open.length < perPersonPerMonth) continue;
      const isShort = month === shortMonth && person.username === shortPerson;
      const good = isShort
        ? perPersonPerMonth - 1
        : perPersonPerMonth +
          random.weighted([
            [0, 6],
            [1, 3],
            [2, 1],
          ] as const);
      const endings: Ending[] = [...Array(good)].map(() => 'recorded');
      if (random.chance(0.25)) endings.push('missed');
      if (random.chance(0.12)) endings.push('cancelled');
      const units = draw(
        random,
        homes.filter((unit) => !before.includes(unit)),
        endings.length,
      );
      for (const [index, unit] of units.entries()) {
        // Spread over the month, so that half of it is done when half of it is over.
        const day = open[Math.floor(((index + random.next()) / units.length) * open.length)] as Day;
        planned.push(visit(scene, person, unit, day, endings[index] as Ending));
      }
      before = units;
    }
  }
  return planned;
}

/** Homes somebody lives in; of a butler's area where there is one. */
function homesOf({ units }: VisitScene, { buildings }: Visitor): number[] {
  const lived = units.flatMap((unit, index) =>
    unit.usage === 'residential' && unit.relations.some((one) => one.untilOn === null) ? [index] : [],
  );
  const own = lived.filter((index) => buildings?.includes(Number(units[index]?.building)));
  return own.length > 0 ? own : lived;
}

function draw(random: Random, from: readonly number[], count: number): number[] {
  const rest = [...from];
  return [...Array(Math.min(count, rest.length))].map(
    () => rest.splice(random.between(0, rest.length - 1), 1)[0] as number,
  );
}

function workdays(first: Day, last: Day): Day[] {
  const days: Day[] = [];
  for (let day = first; day <= last; day = plusDays(day, 1))
    if (new Date(`${day}T00:00:00Z`).getUTCDay() !== 0) days.push(day);
  return days;
}

const hours = ['09:30', '10:15', '11:00', '14:30', '15:15', '16:00', '16:45', '18:30'] as const;

function visit(scene: VisitScene, person: Visitor, unit: number, day: Day, ending: Ending): PlannedVisit {
  const { random, preset, supervisor, manager } = scene;
  const visitor = person.username;
  const isInterview = preset === 'luxury' && visitor !== supervisor && random.chance(0.12);
  const arranger = isInterview ? supervisor : visitor;
  const on = atWallTime(day, random.pick(hours));
  const made = plusMinutes(atWallTime(plusDays(day, -random.between(1, 5)), '09:00'), random.between(0, 480));
  const steps: VisitStep[] = [
    {
      at: made,
      by: arranger,
      do: 'appoint',
      on,
      purpose: isInterview ? random.pick(texts.interviews) : random.pick(texts.purposes),
      isInterview,
    },
  ];
  const done: PlannedVisit = { unit, visitor, steps };
  const moved = plusMinutes(on, -90);
  if (ending === 'cancelled') {
    steps.push({ at: moved, by: visitor, do: 'cancel', reason: random.pick(texts.cancelled) });
    return done;
  }
  if (ending === 'missed') {
    steps.push({ at: plusMinutes(on, 15), by: visitor, do: 'miss', reason: random.pick(texts.missed) });
    return done;
  }
  // Put off by an hour: within the day, so that a visit stays in its month.
  const isPutOff = random.chance(0.06) && moved > made;
  if (isPutOff) steps.push({ at: moved, by: visitor, do: 'reschedule', on: plusMinutes(on, 60) });
  const heldAt = plusMinutes(on, (isPutOff ? 60 : 0) + random.between(0, 12));
  const written = plusMinutes(heldAt, random.between(25, 110));
  const improvement = random.chance(0.14) ? improvementOf(scene, written) : null;
  const record = {
    by: visitor,
    do: 'record' as const,
    heldAt,
    met: random.weighted([
      ['owner', 7],
      ['family', 3],
      ['lessee', 2],
    ] as const),
    said: random.pick(texts.said),
    opinions: improvement || random.chance(0.3) ? random.pick(texts.opinions) : null,
  };
  steps.push({ at: written, ...record, improvement: improvement?.given ?? null });
  const reviewer = visitor === supervisor ? manager : supervisor;
  let read = plusMinutes(atWallTime(plusDays(dayOf(written), 1), '15:00'), random.between(0, 170));
  // One that gave an improvement isn't sent back: it would be given twice.
  if (!improvement && random.chance(0.03)) {
    steps.push({ at: read, by: reviewer, do: 'return', remark: texts.returned });
    read = plusMinutes(read, 60);
    steps.push({ ...record, at: read, improvement: null });
    read = plusMinutes(read, 30);
  }
  steps.push({ at: read, by: reviewer, do: 'review', comment: random.pick(texts.comments) });
  if (improvement) steps.push(...improvement.deeds);
  return done;
}

function improvementOf(scene: VisitScene, given: Instant): { given: Given; deeds: VisitStep[] } {
  const { random, supervisor, manager, heads } = scene;
  const { head, text, result } = random.pick(visitImprovements);
  const owner = heads[head];
  const dueOn = plusDays(dayOf(given), random.between(8, 21));
  // Most in time, some late, one in ten lies there still.
  const doneOn = plusDays(
    dueOn,
    random.weighted([
      [-3, 6],
      [0, 2],
      [2, 1],
      [900, 1],
    ] as const),
  );
  const leader = owner === supervisor ? manager : supervisor;
  const deeds: VisitStep[] = [{ at: atWallTime(doneOn, '16:20'), by: owner, do: 'complete', result }];
  if (random.chance(0.1)) {
    deeds.push({
      at: atWallTime(doneOn, '17:05'),
      by: leader,
      do: 'send-back',
      remark: texts.returnedWork,
      dueOn: plusDays(doneOn, 3),
    });
    deeds.push({ at: atWallTime(doneOn, '17:40'), by: owner, do: 'complete', result });
  }
  deeds.push({ at: atWallTime(plusDays(doneOn, 2), '10:40'), by: leader, do: 'confirm' });
  return { given: { text, owner, dueOn }, deeds };
}
