// Emergencies of the demo 演示突发事件 on paper: told, taken over, measures, over, looked back on, followed up (MG8, FU1);
// the real services then carry it out.
import { atWallTime, dayOf, type Instant, plusDays, plusMinutes } from '../../kernel/time.ts';
import type { CreateEmergencyBody, EmergencyMove } from '../emergencies/emergency.contract.ts';
import { type EmergencyStory, luxuryEmergencies, standardEmergencies } from './demo-emergencies.words.ts';
import type { Cast } from './demo-story.rules.ts';
import type { PlannedUnit } from './demo-town.rules.ts';
import type { Random } from './seeded-random.rules.ts';

export type EmergencyStep = { at: Instant; by: string } & (
  | { do: 'report'; body: Omit<CreateEmergencyBody, 'unitId' | 'contact'> }
  | { do: 'move'; name: Exclude<EmergencyMove, 'close'>; body: Record<string, unknown>; sent: readonly string[] }
  | { do: 'name' | 'ask'; caller: string }
  | { do: 'confirm' }
);
export type PlannedEmergency = {
  /** Whose home, by number; null: nobody's. */
  unit: number | null;
  steps: EmergencyStep[];
};

export type EmergencyScene = {
  random: Random;
  preset: 'luxury' | 'standard';
  cast: Cast;
  units: readonly PlannedUnit[];
};

export const planEmergencies = (scene: EmergencyScene, now: Instant, days: number): PlannedEmergency[] =>
  (scene.preset === 'luxury' ? luxuryEmergencies : standardEmergencies)
    .filter((story) => story.daysAgo <= days)
    .map((story) => planEmergency(scene, story, now));

function planEmergency({ random, cast, units }: EmergencyScene, story: EmergencyStory, now: Instant): PlannedEmergency {
  const told = plusMinutes(atWallTime(plusDays(dayOf(now), -story.daysAgo), story.time), random.between(0, 4));
  const after = (minutes: number) => plusMinutes(told, minutes);
  const nextDay = (count: number, time: string) => atWallTime(plusDays(dayOf(told), count), time);
  const taker = story.taker === 'duty' ? cast.duty : (cast.desks[0] ?? '');
  const lead = story.lead === 'order' ? cast.orderHead : cast.engineer;
  const isMajor = story.decider === 'gm';
  const decider = isMajor ? cast.generalManager : cast.manager;
  const judge = isMajor ? cast.manager : cast.supervisor;
  const caller = cast.desks.at(-1) ?? '';
  const move = (at: Instant, by: string, name: Exclude<EmergencyMove, 'close'>, body: Record<string, unknown>) =>
    ({ do: 'move', at, by, name, body, sent: [] as string[] }) as const;
  const early: EmergencyStep[] = [
    // Before its response limit is over, whoever decides has it.
    { ...move(after(3), decider, 'take-over', {}), sent: [lead] },
    { ...move(after(4), decider, 'deploy', { task: story.task }), sent: [lead] },
    ...story.measures.map(({ after: minutes, by, text, called }) =>
      move(after(minutes), by === 'lead' ? lead : taker, 'measure', { text, ...(called ? { called } : {}) }),
    ),
  ];
  const late: EmergencyStep[] = [
    move(after(story.resolvedAfter), lead, 'resolve', { cause: story.cause, result: story.result }),
    ...(story.until === 'over' ? [] : [move(nextDay(1, '09:40'), judge, 'review', { text: story.review })]),
    ...(story.until === 'followed-up'
      ? ([
          { do: 'name', at: nextDay(1, '09:55'), by: cast.manager, caller },
          { do: 'ask', at: nextDay(1, '15:20'), by: caller, caller },
          { do: 'confirm', at: nextDay(2, '10:30'), by: isMajor ? cast.generalManager : cast.supervisor },
        ] as const)
      : []),
  ];
  const report: EmergencyStep = {
    do: 'report',
    at: told,
    by: taker,
    body: {
      category: story.category,
      channel: story.taker === 'duty' ? 'patrol' : 'phone',
      description: story.description,
      occurredAt: plusMinutes(told, -story.happenedBefore),
      harm: story.harm,
      ...(story.place === 'home' ? {} : { place: story.place }),
    },
  };
  const lived = units.flatMap((unit, index) => (unit.relations.some((one) => one.untilOn === null) ? [index] : []));
  return {
    unit: story.place === 'home' ? random.pick(lived) : null,
    steps: [report, ...early.toSorted((a, b) => a.at.localeCompare(b.at)), ...late],
  };
}
