// Half a year of repairs 报修 on paper: who did what when, as steps that the real services then carry out.
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
  wallTimeOf,
  weekdayOf,
} from '../../kernel/time.ts';
import type { CallSource } from '../access/call.ts';
import type { CreateRepairBody, RepairMove, RepairMoveBody, Urgency } from '../repairs/repair.contract.ts';
import { askedBadly, type FollowUpDeed, type FollowUpStory, followUpSteps, opinion } from './demo-follow-ups.rules.ts';
import { type FaultText, householdFaults, publicFaults, sideTexts } from './demo-repairs.words.ts';
import type { PlannedUnit } from './demo-town.rules.ts';
import type { Random } from './seeded-random.rules.ts';

/** Who works in a community, by user name. */
export type Cast = {
  desks: readonly string[];
  butlers: readonly string[];
  /** The butler of each building, by its number. */
  butlerOf: Readonly<Record<string, string>>;
  generalManager: string;
  manager: string;
  orderHead: string;
  supervisor: string;
  engineer: string;
  technicians: readonly string[];
  duty: string;
  contractors: Readonly<Record<string, string>>;
  contractor: string;
  /** Another department's head and the one who works for it. */
  otherHead: string;
  otherWorker: string;
  otherDepartment: 'environment';
  /** Account of a resident of the first unit, where there is one. */
  resident: string | null;
};

type Ids = (username: string) => string;
export type PlannedStep = { at: Instant; by: string; source: CallSource } & (
  | {
      do: 'create';
      receivedAt: Instant;
      body: Omit<CreateRepairBody, 'unitId' | 'contact'>;
      /** Whom to write as contact: an index into the town's parties. */
      contact: number | null;
    }
  | { [Name in RepairMove]: { do: 'move'; move: Name; input: (ids: Ids) => RepairMoveBody<Name> } }[RepairMove]
  | { do: 'sign'; satisfied: boolean; isAbsent: boolean }
  | { do: 'note'; text: string; isCall: boolean }
  /** Paid: what a later module writes itself. */
  | { do: 'pay' }
  /** `which`: the case's first, second …; null: the one that is to be done now. */
  | { do: 'follow-up'; deed: FollowUpDeed; which: number | null }
  /** The complaint that came of a follow-up: what was done, and closed. */
  | { do: 'complaint'; move: 'resolve' | 'close' }
  /** A promise was missed before this: the ladder's steps are taken. */
  | { do: 'sweep' }
);
export type PlannedRepair = { unit: number | null; steps: PlannedStep[] };

/** How a story ends; the rest of it is the usual way. */
export type Ending =
  | 'usual'
  | 'cancelled'
  | 'declined'
  | 'not-feasible'
  | 'handed-back'
  | 'transferred'
  | 'rework'
  | 'waits-for-parts'
  | 'no-access'
  | 'raised'
  /** Finished, and the customer does not accept it. */
  | 'unhappy'
  | 'draft';

export type Story = {
  unit: number | null;
  category: string;
  urgency: Urgency;
  fault: FaultText;
  place: string | null;
  ending: Ending;
  lateArrival: boolean;
  lateFinish: boolean;
  /** How the asking afterwards goes, where it is not left to chance. */
  followUp?: FollowUpStory;
  /** Stop after the first step of this name: how far an open order has come. */
  stopAfter?: string;
};

export type Scene = {
  random: Random;
  cast: Cast;
  preset: 'luxury' | 'standard';
  units: readonly PlannedUnit[];
};

/** A step's time as minutes after the report, until the story is put on a day. */
type Draft = { minute: number; make: (start: Instant) => PlannedStep };

/** Tells one order from the report on; `start` is when it came in. */
export function tell(scene: Scene, story: Story, start: Instant): PlannedRepair {
  return { unit: story.unit, steps: draft(scene, story, start).map((one) => one.make(start)) };
}

/** The same, put so that its last step was `minutesAgo` before `now`. */
export function tellUntil(scene: Scene, story: Story, now: Instant, minutesAgo: number): PlannedRepair {
  const steps = draft(scene, story, now);
  const last = steps.at(-1)?.minute ?? 0;
  const start = plusMs(now, -(last + minutesAgo) * minuteMs);
  return { unit: story.unit, steps: steps.map((one) => one.make(start)) };
}

function draft(scene: Scene, story: Story, roughStart: Instant): Draft[] {
  const { random, cast, preset } = scene;
  const { urgency, ending } = story;
  const steps: Draft[] = [];
  let minute = 0;
  let over = false;
  const put = (after: number, make: (at: Instant, start: Instant) => PlannedStep, name: string) => {
    if (over) return;
    minute += after;
    const here = minute;
    steps.push({ minute: here, make: (start) => make(plusMs(start, Math.round(here * minuteMs)), start) });
    if (story.stopAfter === name) over = true;
  };
  const some = (low: number, high: number) => low + random.next() * (high - low);
  const move = <Name extends RepairMove>(
    after: number,
    by: string,
    name: Name,
    input: (ids: Ids) => RepairMoveBody<Name>,
    source: CallSource = 'staff-web',
  ) => put(after, (at) => ({ at, by, source, do: 'move', move: name, input }) as unknown as PlannedStep, name);

  const hour = Number(wallTimeOf(roughStart).slice(0, 2));
  const isNight = hour >= 22 || hour < 7;
  const unit = story.unit === null ? null : scene.units[story.unit];
  const isOwner = cast.resident !== null && story.unit === 0 && random.chance(0.4);
  const maker = isNight
    ? cast.duty
    : isOwner
      ? (cast.resident as string)
      : random.weighted([
          [random.pick(cast.desks), 84],
          [random.pick(cast.butlers), 9],
          [random.pick(cast.technicians), 3],
          [cast.supervisor, 2],
        ]);
  const desk = isNight ? cast.duty : cast.desks.includes(maker) ? maker : random.pick(cast.desks);
  const day = dayOf(roughStart);
  const until = unit?.warranties.get(story.category);
  const isWarranty = urgency === 'major' || (until !== undefined && until >= day);
  const contractor = cast.contractors[story.category] ?? cast.contractor;
  const toContractor = isWarranty && urgency !== 'emergency' && !isNight && random.chance(0.75);
  const isLift = story.category === 'lift';
  const worker = toContractor || isLift ? contractor : isNight ? cast.duty : random.pick(cast.technicians);
  const isContractor = worker === contractor;

  // Dates: the standard preset wants both before anybody is sent, the luxury preset a date for builder's leftovers.
  const needsDates = preset === 'standard' || urgency === 'major';
  const wishes = needsDates || (urgency === 'ordinary' && random.chance(0.13));
  const soon = urgency === 'emergency' ? some(20, 45) : urgency === 'major' ? some(900, 2600) : some(60, 420);
  const appointment = wishes ? Math.round(soon / 5) * 5 : null;
  const agreed = needsDates ? (appointment as number) + (urgency === 'major' ? some(2000, 7000) : some(90, 300)) : null;
  const isUnlisted =
    ending === 'usual' && urgency === 'ordinary' && story.fault.paid !== undefined && random.chance(0.12);
  const contact = unit ? contactOf(random, unit) : null;
  const butler = unit ? cast.butlerOf[unit.building] : undefined;
  const callers = [...cast.desks, ...(butler !== undefined && preset === 'luxury' ? [butler, butler] : [])];

  const fillIn = some(0.6, 4.2);
  const channel = isOwner
    ? 'online'
    : story.place !== null
      ? 'patrol'
      : random.weighted([
          ['phone', 62],
          ['counter', 14],
          ['wechat', 14],
          ['visit', 6],
          ['hotline', 4],
        ] as const);
  put(
    fillIn,
    (at, start) => ({
      at,
      by: maker,
      source: isOwner ? 'resident' : 'staff-web',
      do: 'create',
      receivedAt: start,
      contact,
      body: {
        ...(story.place === null ? {} : { place: story.place }),
        category: story.category,
        urgency,
        description: story.fault.said,
        channel,
        receivedAt: start,
        readBack: !isOwner && seldom(at) === false,
        ...(appointment === null ? {} : { appointmentAt: plusMinutes(start, appointment) }),
        ...(agreed === null
          ? {}
          : { agreedAt: plusMinutes(start, Math.round(agreed)), consent: { by: sideTexts.agreedBy[0], how: 'call' } }),
        ...(isUnlisted ? { unlisted: true } : {}),
        ...(ending === 'draft' ? { draft: true } : {}),
      },
    }),
    'create',
  );
  if (ending === 'draft') {
    over = true;
    return steps;
  }
  if (random.chance(0.16))
    put(
      some(0.3, 1),
      (at) => ({ at, by: desk, source: 'staff-web', do: 'note', text: random.pick(sideTexts.notes), isCall: false }),
      'note',
    );
  if (ending === 'raised')
    move(some(2, 6), cast.desks[0] ?? desk, 'amend', () => ({
      urgency: 'emergency',
      reason: sideTexts.amend[0],
    }));
  if (ending === 'cancelled') {
    move(some(4, 50), cast.desks[0] ?? desk, 'cancel', () => ({
      by: 'customer',
      reason: random.pick(sideTexts.cancel),
    }));
    return steps;
  }
  if (ending === 'not-feasible') {
    move(some(10, 60), cast.engineer, 'cancel', () => ({ by: 'not-feasible', reason: sideTexts.notFeasible[0] }));
    return steps;
  }
  const paid = story.fault.paid;
  const price = paid ? Math.round((paid.quantity ?? 1) * 1000 * paid.unitPriceFen) / 1000 : 0;
  const lines = paid
    ? [{ name: paid.name, quantity: paid.quantity ?? 1, unitPriceFen: paid.unitPriceFen, kind: 'material' as const }]
    : [];
  const canQuote = paid !== undefined && Number.isInteger(price) && !isContractor;
  if (isUnlisted && canQuote) {
    move(some(5, 13), cast.engineer, 'quote', () => ({ amountFen: price, lines }));
    move(some(3, 20), cast.desks[0] ?? desk, 'agree', () => ({ by: random.pick(sideTexts.agreedBy), how: 'call' }));
  }

  let holder = worker;
  const send = (to: string, after: number, isFirst: boolean) => {
    const asContractor = to === contractor;
    // The duty technician sends himself only; a second man at night is sent by the desk.
    const sender = isNight ? (to === cast.duty ? cast.duty : (cast.desks[0] ?? desk)) : desk;
    move(after, sender, 'dispatch', (ids) => ({
      ...(asContractor ? { contractorId: ids(to), contractorTold: true } : { technicianId: ids(to) }),
      // In an emergency the centre's own man goes first; the firm that answers for it is rung up all the same (RP7).
      ...(!asContractor && isWarranty && (urgency === 'emergency' || ending === 'raised')
        ? { contractorTold: true }
        : {}),
      ...(!asContractor && (isWarranty || isLift)
        ? { reason: sideTexts.ownTechnician[urgency === 'major' ? 0 : 1] }
        : {}),
    }));
    move(isFirst ? some(0.7, 3) : some(1, 4), to, 'accept', () => ({}), 'phone');
    holder = to;
  };
  const sweep = () => put(0, (at) => ({ at, by: desk, source: 'system', do: 'sweep' }), 'sweep');

  if (ending === 'transferred') {
    move(some(2, 6), cast.desks[0] ?? desk, 'transfer', () => ({
      department: cast.otherDepartment,
      reason: sideTexts.transfer[0],
    }));
    move(some(2, 9), cast.otherHead, 'dispatch', (ids) => ({
      technicianId: ids(cast.otherWorker),
      ...(isWarranty || isLift ? { reason: sideTexts.ownTechnician[1] } : {}),
    }));
    move(some(1, 6), cast.otherWorker, 'accept', () => ({}), 'phone');
    holder = cast.otherWorker;
  } else {
    send(worker, some(0.5, 2.2), true);
    if (ending === 'handed-back' && !isContractor) {
      move(some(2, 7), worker, 'hand-back', () => ({ reason: random.pick(sideTexts.handBack) }), 'phone');
      put(
        some(1, 4),
        (at) => ({
          at,
          by: cast.desks[0] ?? desk,
          source: 'staff-web',
          do: 'note',
          text: sideTexts.notes[0],
          isCall: true,
        }),
        'call',
      );
      send(random.pick(cast.technicians.filter((one) => one !== worker)), some(1, 3), false);
    }
  }

  // On the way.
  const lead = appointment === null ? 0 : Math.max(0, appointment - minute - some(9, 22));
  move(lead + some(0.4, 1.5), holder, 'depart', () => ({}), 'phone');
  const onTheWay = story.lateArrival ? some(26, 70) : some(2.5, 6);
  if (story.lateArrival) sweepBefore(onTheWay);
  move(
    story.lateArrival ? 0.2 : onTheWay,
    holder,
    'arrive',
    () => ({ doorChecks: ['knocked', 'named', 'card-shown', 'order-shown', 'customer-confirmed', 'shoe-covers'] }),
    'phone',
  );

  if (ending === 'declined' && canQuote) {
    move(some(5, 12), holder, 'quote', () => ({ amountFen: price, lines }), 'phone');
    move(
      some(3, 15),
      holder,
      'decline',
      () => ({ by: sideTexts.agreedBy[0], reason: random.pick(sideTexts.decline) }),
      'phone',
    );
    confirmNextMorning('declined');
    return steps;
  }
  if (ending === 'waits-for-parts') {
    move(
      some(6, 20),
      holder,
      'pause',
      () => ({ reason: 'parts', consent: { by: sideTexts.agreedBy[0], how: 'call' } }),
      'phone',
    );
    move(some(1100, 3600), holder, 'resume', () => ({}), 'phone');
  }
  if (ending === 'no-access') {
    move(some(3, 9), holder, 'pause', () => ({ reason: 'access', call: sideTexts.pauseAccess[0] }), 'phone');
    move(some(300, 1500), holder, 'resume', () => ({}), 'phone');
  }
  const isQuoted = canQuote && !isUnlisted && unit !== null;
  if (isQuoted) {
    move(some(3, 9), holder, 'quote', () => ({ amountFen: price, lines }), 'phone');
    move(some(2, 8), holder, 'agree', () => ({ by: sideTexts.agreedBy[0] }), 'phone');
  }
  const work = urgency === 'major' ? some(90, 400) : story.category === 'walls-roof' ? some(50, 110) : some(12, 58);
  if (story.lateFinish) sweepBefore(work + some(140, 420));
  const materials = (isQuoted || (isUnlisted && canQuote)) && paid ? lines : [];
  move(
    story.lateFinish ? 0.3 : work,
    holder,
    'finish',
    () => ({
      result: story.fault.done,
      materials,
      siteChecks: ['cleaned', 'old-parts-returned', 'trial-run', 'explained'],
    }),
    'phone',
  );
  sign();
  move(some(20, 95), holder, 'return-voucher', () => ({}), 'phone');
  if (ending === 'rework') {
    move(some(300, 900), cast.desks[0] ?? desk, 'rework', () => ({ reason: random.pick(sideTexts.rework) }));
    if (needsDates) move(some(1, 3), cast.desks[0] ?? desk, 'amend', () => ({}));
    send(random.pick(cast.technicians), some(1, 3), false);
    move(some(0.5, 2), holder, 'depart', () => ({}), 'phone');
    move(some(3, 6), holder, 'arrive', () => ({}), 'phone');
    move(some(15, 45), holder, 'finish', () => ({ result: story.fault.done, materials: [] }), 'phone');
    sign();
    move(some(20, 60), holder, 'return-voucher', () => ({}), 'phone');
  }
  if (ending === 'unhappy') {
    const caller = random.pick(callers);
    const improveOn = (at: Instant) => plusDays(dayOf(at), 30);
    put(some(1080, 1300), (at) => followUp(at, caller, askedBadly(random)), 'record');
    send(random.pick(cast.technicians), some(4, 12), false);
    move(some(0.5, 2), holder, 'depart', () => ({}), 'phone');
    move(some(3, 6), holder, 'arrive', () => ({}), 'phone');
    move(some(25, 70), holder, 'finish', () => ({ result: story.fault.done, materials: [] }), 'phone');
    sign();
    move(some(20, 60), holder, 'return-voucher', () => ({}), 'phone');
    put(some(30, 90), (at) => followUp(at, cast.generalManager, opinion(cast.engineer, improveOn(at)), 0), 'opinion');
    const complaint = (name: 'resolve' | 'close') => (at: Instant) =>
      ({ at, by: cast.supervisor, source: 'staff-web', do: 'complaint', move: name }) as PlannedStep;
    put(some(20, 60), complaint('resolve'), 'resolve');
    put(some(1000, 2000), complaint('close'), 'close-complaint');
  }
  confirmNextMorning('finished');
  return steps;

  function followUp(at: Instant, by: string, deed: FollowUpDeed, which: number | null = null): PlannedStep {
    return { at, by, source: 'staff-web', do: 'follow-up', deed, which };
  }

  /** The ladder goes its way while nothing happens: after `minutes`, just before what was late. */
  function sweepBefore(minutes: number): void {
    minute += minutes;
    sweep();
  }

  function sign(): void {
    const satisfied = !random.chance(0.035);
    const isAbsent = unit !== null && random.chance(0.06);
    // Whose order it is now: a rework gives it to somebody else before this step is lived.
    const signer = holder;
    put(some(1, 6), (at) => ({ at, by: signer, source: 'phone', do: 'sign', satisfied, isAbsent }), 'sign');
  }

  /** The head confirms the day before's vouchers at half past eight and after; the customer is asked when they are. */
  function confirmNextMorning(end: 'finished' | 'declined'): void {
    const offset = random.between(0, 150);
    const head = ending === 'transferred' ? cast.otherHead : cast.engineer;
    const at = (time: Instant) => plusMinutes(atWallTime(plusDays(dayOf(time), 1), '08:30'), offset);
    const last = minute;
    const when = (start: Instant) => at(plusMs(start, Math.round(last * minuteMs)));
    if (over) return;
    minute += 1440;
    const here = minute;
    if (end === 'finished')
      steps.push({
        minute: here,
        make: (start) => ({ at: plusMs(when(start), -1000), by: head, source: 'system', do: 'pay' }),
      });
    steps.push({
      minute: here,
      make: (start) =>
        ({
          at: when(start),
          by: head,
          source: 'staff-web',
          do: 'move',
          move: 'confirm',
          input: () => ({}),
        }) as PlannedStep,
    });
    if (end === 'declined') return;
    const ended = (start: Instant) => plusMs(start, Math.round(last * minuteMs));
    const told = story.followUp ?? (random.chance(0.02) ? 'lost' : 'usual');
    for (const step of followUpSteps({ random, preset, callers, supervisor: cast.supervisor }, told))
      steps.push({ minute: here, make: (start) => followUp(step.at(ended(start)), step.by, step.deed) });
  }

  /** Seldom, and the same each time it is asked: the telephone clerk forgot to read back. */
  function seldom(at: Instant): boolean {
    return msOf(at) % 11 === 0;
  }
}

function contactOf(random: Random, unit: PlannedUnit): number | null {
  const home = unit.relations.filter(
    (one) => one.untilOn === null && (unit.state === 'let' ? one.relation === 'lessee' : one.relation !== 'contact'),
  );
  const there = home.length > 0 ? home : unit.relations.filter((one) => one.untilOn === null);
  return there.length > 0 ? random.pick(there).party : null;
}

// ── which stories happen when ────────────────────────────────────────────────────────────────────────

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
