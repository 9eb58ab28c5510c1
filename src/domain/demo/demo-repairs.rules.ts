// One repair 报修 of the demonstration from the report to its end: who did what when, as steps that the real services then
// carry out.
import {
  atWallTime,
  dayOf,
  type Instant,
  minuteMs,
  msOf,
  plusDays,
  plusMinutes,
  plusMs,
  wallTimeOf,
} from '../../kernel/time.ts';
import type { CallSource } from '../access/call.ts';
import type { RepairMove, RepairMoveBody } from '../repairs/repair.contract.ts';
import { askedBadly, type FollowUpDeed, followUpSteps, opinion } from './demo-follow-ups.rules.ts';
import { sideTexts } from './demo-repairs.words.ts';
import type { Ids, PlannedRepair, PlannedStep, Scene, Story } from './demo-story.rules.ts';
import type { PlannedUnit } from './demo-town.rules.ts';
import type { Random } from './seeded-random.rules.ts';

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
