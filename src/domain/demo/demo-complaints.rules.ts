// Complaints of the demo community 演示投诉: a few of each way a complaint goes, from filed ones of the past weeks to one
// that is being taken care of this very hour.
import { atWallTime, dayOf, type Instant, plusDays, plusMinutes } from '../../kernel/time.ts';
import type { ComplaintMove, CreateComplaintBody } from '../complaints/complaint-shapes.contract.ts';
import { askedTexts, graveStories, ordinaryStories } from './demo-complaints.words.ts';
import type { FollowUpDeed } from './demo-follow-ups.rules.ts';
import type { Cast } from './demo-story.rules.ts';
import type { PlannedUnit } from './demo-town.rules.ts';
import type { Random } from './seeded-random.rules.ts';

type Deed =
  | { do: 'create'; body: Omit<CreateComplaintBody, 'unitId' | 'contact' | 'sameEventAs'> }
  | { do: 'move'; name: ComplaintMove; body: Record<string, unknown> }
  | { do: 'follow-up'; deed: FollowUpDeed };
export type ComplaintStep = { at: Instant; by: string } & Deed;
export type PlannedComplaint = {
  /** Whose home, by number; null: nobody's. */
  unit: number | null;
  /** The complaint of the same event, by its place among all. */
  sameEventAs: number | null;
  steps: ComplaintStep[];
};

/** Made step after step, each so many minutes after the one before. */
class Line {
  readonly steps: ComplaintStep[] = [];
  constructor(private at: Instant) {}
  after(minutes: number): this {
    this.at = plusMinutes(this.at, minutes);
    return this;
  }
  onDayAfter(days: number, time: string): this {
    this.at = atWallTime(plusDays(dayOf(this.at), days), time);
    return this;
  }
  get time(): Instant {
    return this.at;
  }
  put(by: string, deed: Deed): this {
    this.steps.push({ at: this.at, by, ...deed } as ComplaintStep);
    return this;
  }
  move(by: string, name: ComplaintMove, body: Record<string, unknown> = {}): this {
    return this.put(by, { do: 'move', name, body });
  }
}

const headOf = (cast: Cast, against: string): string =>
  against === 'engineering'
    ? cast.engineer
    : against === 'environment'
      ? cast.otherHead
      : against === 'order'
        ? cast.orderHead
        : cast.supervisor;

const asked = (line: Line, desk: string, supervisor: string): Line =>
  line
    .onDayAfter(1, '10:20')
    .put(desk, {
      do: 'follow-up',
      deed: {
        do: 'record',
        slip: false,
        body: {
          verdict: 'acceptable',
          quality: 4,
          effect: 4,
          satisfaction: 4,
          channel: 'phone',
          reason: askedTexts.reason,
        },
      },
    })
    .after(90)
    .put(supervisor, {
      do: 'follow-up',
      deed: { do: 'review', body: { comment: askedTexts.comment }, improvement: null },
    });

export function planComplaints(
  random: Random,
  cast: Cast,
  units: readonly PlannedUnit[],
  { now, days, preset }: { now: Instant; days: number; preset: 'luxury' | 'standard' },
): PlannedComplaint[] {
  const desk = () => random.pick(cast.desks);
  const home = () => random.between(0, units.length - 1);
  const planned: PlannedComplaint[] = [];
  const plan = (line: Line, unit: number | null = home(), sameEventAs: number | null = null) =>
    planned.push({ unit, sameEventAs, steps: line.steps }) - 1;
  const at = (ago: number, time: string) => atWallTime(plusDays(dayOf(now), -ago), time);

  // Filed ones of the past weeks, and one that was told yesterday.
  for (const [index, ago] of [1, 3, 6, 10, 15, 20, 26, 40, 55, 75, 100, 130, 160].entries()) {
    if (ago > days) break;
    const story = ordinaryStories[index % ordinaryStories.length];
    if (!story) break;
    const { against, place, account, demand, result, answer, opinion } = story;
    const taker = desk();
    const head = headOf(cast, against);
    const line = new Line(at(ago, random.pick(['09:12', '11:05', '14:40'])))
      .put(taker, { do: 'create', body: { channel: 'phone', severity: 'ordinary', against, place, account, demand } })
      .after(2);
    // One in three nobody has judged yet.
    if (index % 3 !== 2) line.move(cast.supervisor, 'classify', { validity: 'valid' });
    line
      .after(2)
      .move(taker, 'send', { department: against })
      .after(3)
      .move(head, 'accept')
      .after(random.between(60, 240));
    // Some take until the next day, which is longer than the luxury table allows.
    if (index % 5 === 4) line.onDayAfter(1, '11:30');
    line
      .move(head, 'resolve', { result, cause: against === 'engineering' ? 'late' : 'attitude' })
      .after(25)
      .move(taker, 'tell-customer', { how: 'call', answer, opinion, satisfied: true });
    plan(asked(line, cast.desks.find((one) => one !== taker) ?? taker, cast.supervisor));
  }

  const { wait, many, lowering, anonymous, noise } = graveStories;
  const grave = (story: { against: string; place: string; account: string; demand: string }) => {
    const { against, place, account, demand } = story;
    return { against: against as 'engineering', place, account, demand };
  };

  const lift = new Line(at(12, '10:02'))
    .put(cast.desks[0] ?? '', {
      do: 'create',
      body: { channel: 'visit', ...grave(wait), facts: { injury: 'slight' }, replyReason: wait.replyReason },
    })
    .after(4)
    .move(cast.manager, 'take-over')
    .after(5)
    .move(cast.supervisor, 'classify', { validity: 'valid' })
    .after(3)
    .move(cast.supervisor, 'forward')
    .after(2)
    .move(cast.desks[0] ?? '', 'send', { department: 'engineering' })
    .after(5)
    .move(cast.engineer, 'accept')
    .after(50);
  lift
    .move(cast.engineer, 'wait', {
      until: plusMinutes(lift.time, 2 * 24 * 60),
      reason: wait.reason,
      explained: 'visit',
      consent: { by: wait.consentBy, how: 'in-person' },
    })
    .onDayAfter(1, '15:10')
    .move(cast.engineer, 'resolve', { result: wait.result, cause: 'facilities' })
    .after(60)
    .move(cast.desks[0] ?? '', 'tell-customer', {
      how: 'visit',
      answer: wait.answer,
      opinion: wait.opinion,
      unsignedReason: wait.unsigned,
    });
  if (days >= 12) plan(asked(lift, cast.desks.at(-1) ?? '', cast.supervisor));

  if (days >= 5) {
    const { result, answer } = anonymous;
    plan(
      new Line(at(5, '08:50'))
        .put(cast.desks[0] ?? '', {
          do: 'create',
          body: { channel: 'complaint-box', anonymous: true, ...grave(anonymous) },
        })
        .after(6)
        .move(cast.supervisor, 'send', { department: 'order' })
        .after(30)
        .move(cast.orderHead, 'accept')
        .after(400)
        .move(cast.orderHead, 'resolve', { result, cause: 'attitude' })
        .after(40)
        .move(cast.supervisor, 'tell-customer', { how: 'posted', answer }),
      null,
    );
  }
  plan(
    new Line(at(1, '16:20'))
      .put(cast.desks[0] ?? '', {
        do: 'create',
        body: { channel: 'phone', ...grave(lowering), facts: { lossFen: 500_000 } },
      })
      .after(5)
      .move(cast.manager, 'take-over')
      .after(40)
      .move(cast.supervisor, 'lower', { severity: 'ordinary', reason: lowering.reason }),
  );
  // Three neighbours about one building site: said three times without being solved, it has become serious.
  let first: number | null = null;
  for (const [index, { place, account, demand }] of noise.entries()) {
    const line = new Line(plusMinutes(now, -170 + index * 40)).put(desk(), {
      do: 'create',
      body: { channel: 'phone', against: 'company', place, account, demand },
    });
    const made = plan(line, home(), first);
    first ??= made;
  }
  // This very hour: ten families, the general manager has it in hand.
  const { replyReason } = many;
  plan(
    new Line(plusMinutes(now, -48))
      .put(cast.desks[0] ?? '', {
        do: 'create',
        body: {
          channel: 'counter',
          ...grave(many),
          facts: { peopleCount: 12 },
          replyReason,
          replyAt: plusMinutes(now, 75),
        },
      })
      .after(3)
      .move(cast.generalManager, 'take-over')
      .after(4)
      .move(cast.supervisor, 'classify', { validity: 'valid' })
      .after(2)
      .move(cast.supervisor, 'forward')
      .after(1)
      .move(cast.desks[0] ?? '', 'send', { department: 'engineering' })
      .after(2)
      .move(cast.engineer, 'accept'),
  );
  // Where no level has to be taken over by somebody above, nobody does.
  const goesUpward = (step: ComplaintStep) => step.do === 'move' && ['take-over', 'forward'].includes(step.name);
  return planned.map((one) => ({
    ...one,
    steps: one.steps.filter((step) => step.at <= now && (preset === 'luxury' || !goesUpward(step))),
  }));
}
