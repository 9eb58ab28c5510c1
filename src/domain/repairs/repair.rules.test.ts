import { describe, expect, it } from 'vitest';
import luxuryPreset from '../../../standards/luxury.json' with { type: 'json' };
import standardPreset from '../../../standards/standard.json' with { type: 'json' };
import { BadInput, Refusal } from '../../kernel/refusal.ts';
import { minuteMs, plusMinutes, plusMs } from '../../kernel/time.ts';
import type { Role } from '../access/role.contract.ts';
import { channels } from '../cases/case.contract.ts';
import { caseEventKindWords, caseKindWords, channelWords, postWords } from '../cases/case.words.ts';
import { notedCall } from '../cases/case-clocks.rules.ts';
import type { ClockCommand, ClockFact, ClockKind, Limit } from '../clocks/clock.contract.ts';
import { type StandardVersion, standardDocumentSchema } from '../standards/standard.contract.ts';
import {
  type CreateRepairBody,
  createRepairBodySchema,
  type RepairMove,
  type RepairState,
  repairCategories,
  repairFlags,
  repairMoveBodies,
  repairMoveRoutes,
  repairMoves,
  repairRefusals,
  repairStates,
  urgencies,
} from './repair.contract.ts';
import { allowedMoves, decideMove, flagsOf, isReadyToClose } from './repair.rules.ts';
import {
  repairCategoryWords,
  repairFieldFaultWords,
  repairFlagWords,
  repairMoveWords,
  repairRefusalWords,
  repairStateWords,
  timelineInWords,
  urgencyWords,
} from './repair.words.ts';
import { noticeArrived } from './repair-clocks.rules.ts';
import { type CreateContext, decideCreate } from './repair-create.rules.ts';
import type { MoveContext, RepairActor, RepairFacts } from './repair-facts.rules.ts';
import { systemActor } from './repair-facts.rules.ts';
import { lineFen } from './repair-work.rules.ts';

// ── the two presets as shipped ──────────────────────────────────────────────────────────────────────

const minutes = (n: number): Limit => ({ minutes: n, calendar: 'R' });
const hours = (n: number): Limit => ({ hours: n, calendar: 'R' });

/** The preset, but with photos demanded for gas, which neither preset does for any category. */
const standardOf = (preset: unknown): StandardVersion => {
  const document = standardDocumentSchema.parse(preset);
  const categories = document.repair.categories.map((each) => ({ ...each, photosAtFinish: each.code === 'gas' }));
  return {
    id: '018f0000-0000-7000-8000-000000000099',
    version: 1,
    inForceOn: '2026-01-01',
    document: { ...document, repair: { ...document.repair, categories } },
  };
};
const luxury = standardOf(luxuryPreset);
const standard = standardOf(standardPreset);

// ── people, an order, a moment ──────────────────────────────────────────────────────────────────────

const now = '2026-11-23T06:00:00.000Z';
const later = (n: number) => plusMinutes(now, n);
const unit = '018f0000-0000-7000-8000-000000000101';
const ids = {
  tech: '018f0000-0000-7000-8000-000000000001',
  tech2: '018f0000-0000-7000-8000-000000000002',
  con: '018f0000-0000-7000-8000-000000000003',
  con2: '018f0000-0000-7000-8000-000000000004',
  duty: '018f0000-0000-7000-8000-000000000005',
  butler: '018f0000-0000-7000-8000-000000000006',
};
const person = (role: Role, id: string = role, unitIds: string[] = []): RepairActor => ({ id, roles: [role], unitIds });
const desk = person('front_desk');
const tech = person('technician', ids.tech);
const eng = person('engineering_supervisor');

const order = (change: Partial<RepairFacts> = {}): RepairFacts => ({
  id: 'repair',
  state: 'logged',
  version: 4,
  unitId: unit,
  place: null,
  category: 'water',
  urgency: 'ordinary',
  channel: 'phone',
  department: 'engineering',
  receivedAt: later(-10),
  createdAt: later(-9),
  loggedAt: later(-9),
  lastStateAt: later(-5),
  makerId: ids.butler,
  firstContactId: ids.butler,
  responsibleId: null,
  technicianId: null,
  contractorId: null,
  contractorFirmId: null,
  appointmentAt: null,
  agreedAt: null,
  agreedWithConsent: false,
  priceItemId: null,
  unlisted: false,
  hurry: false,
  consentAt: null,
  underWarranty: false,
  part: null,
  warranty: null,
  readBack: true,
  repeatedFault: false,
  reclassed: false,
  doorBreach: false,
  reworkCount: 0,
  quote: null,
  quotedFrom: null,
  pausedFrom: null,
  pauseReason: null,
  pauseUntil: null,
  materials: [],
  chargedFen: 0,
  settlement: 'none',
  followUp: 'none',
  satisfied: null,
  finishedAt: null,
  signedAt: null,
  returnedAt: null,
  confirmedAt: null,
  closedAt: null,
  ...change,
});

const agreedQuote = {
  amountFen: 8000,
  lines: [
    { name: 'labour', quantity: 1, unitPriceFen: 5000, amountFen: 5000 },
    { name: 'valve', quantity: 2, unitPriceFen: 1500, amountFen: 3000 },
  ],
  quotedAt: later(-4),
  agreedAt: later(-3),
};

/** An order as it stands in a state, held by our technician or by a contractor. */
const standing = (state: RepairState, holder: 'tech' | 'con' | null, change: Partial<RepairFacts> = {}): RepairFacts =>
  order({
    state,
    technicianId: holder === 'tech' ? ids.tech : null,
    contractorId: holder === 'con' ? ids.con : null,
    ...(state === 'quoted' ? { quotedFrom: 'on-site', quote: { ...agreedQuote, agreedAt: null } } : {}),
    ...(state === 'paused' ? { pausedFrom: 'working', pauseReason: 'parts', pauseUntil: later(60) } : {}),
    ...(state === 'returned' ? { returnedAt: later(-5), finishedAt: later(-6), followUp: 'reviewed' } : {}),
    ...(state === 'closed' ? { closedAt: later(-5) } : {}),
    ...change,
  });

const context = (change: Partial<MoveContext> = {}): MoveContext => ({
  eventId: 'event',
  // Every day a working day: enough to see that the standard's most is asked for.
  dueOf: (limit, from) => ('workingDays' in limit ? plusMs(from, limit.workingDays * 24 * 60 * minuteMs) : null),
  assignee: { id: ids.tech2, roles: ['technician'], active: true },
  onShift: true,
  ...change,
});

/** Parses a body as the route would, with the version it was read at. */
const body = <Name extends RepairMove>(name: Name, given: Record<string, unknown> = {}) =>
  repairMoveBodies[name].parse({ version: 4, ...given });

type Try = {
  repair: RepairFacts;
  actor: RepairActor;
  clocks?: readonly ClockFact[];
  input?: Record<string, unknown>;
  with?: StandardVersion;
  context?: Partial<MoveContext>;
  at?: string;
};
const move = (name: RepairMove, asked: Try) =>
  decideMove(name, {
    repair: asked.repair,
    clocks: asked.clocks ?? [],
    input: body(name, asked.input ?? {}) as never,
    standard: asked.with ?? luxury,
    actor: asked.actor,
    context: context(asked.context),
    now: asked.at ?? now,
  });

/** What came of it, in one word: the new state, a refusal's code, or the field and its fault. */
const outcome = (attempt: () => { state: string }): string => {
  try {
    return attempt().state;
  } catch (error) {
    if (error instanceof Refusal) return error.status === 409 ? error.code : String(error.status);
    if (error instanceof BadInput) return error.message;
    throw error;
  }
};

const running = (kind: ClockKind, key = '', startedAt = later(-10)): ClockFact => ({
  kind,
  key,
  state: 'running',
  startedAt,
  dueAt: later(60),
});
const paused = (kind: ClockKind): ClockFact => ({ ...running(kind), state: 'paused' });
const inShort = (commands: readonly ClockCommand[]) =>
  commands.map((each) => [each.do, each.kind, each.key].filter((part) => part !== '' && part !== undefined).join(' '));
const started = (commands: readonly ClockCommand[], kind: ClockKind) =>
  commands.flatMap((each) => (each.do === 'start' && each.kind === kind ? [each] : []))[0];

// ── the table of spec/10, copied by hand ────────────────────────────────────────────────────────────

const table = `
amend          | logged dispatched accepted en-route on-site quoted working paused | same      | desk eng sup tech
log            | draft                                                             | logged    | maker desk
dispatch       | logged dispatched accepted                                        | dispatched | desk eng sup duty
accept         | dispatched                                                        | accepted  | tech con eng
hand-back      | dispatched accepted                                               | logged    | tech con
depart         | accepted                                                          | en-route  | tech con
arrive         | accepted en-route                                                 | on-site   | tech con eng-for-con
quote          | logged accepted en-route on-site working                          | quoted    | eng tech con desk
agree          | quoted                                                            | working   | desk tech con
decline        | quoted                                                            | declined  | desk tech
pause          | accepted en-route on-site working                                 | paused    | tech con eng desk
resume         | paused                                                            | working   | tech con eng desk
finish         | on-site working                                                   | done      | tech con
sign           | done                                                              | signed    | tech con desk
return-voucher | signed                                                            | returned  | tech con eng
confirm        | returned declined                                                 | same      | eng
rework         | done signed returned closed                                       | logged    | desk sup eng system
transfer       | logged dispatched accepted en-route on-site working paused        | logged    | desk sup eng
cancel         | draft logged dispatched accepted en-route quoted paused           | cancelled | desk sup eng resident
close          | returned                                                          | closed    | system
`;
const rows = table
  .trim()
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([name, from, to, by]) => ({
    name: name as RepairMove,
    from: (from ?? '').split(/\s+/) as RepairState[],
    to: to ?? '',
    by: (by ?? '').split(/\s+/),
  }));

/** Everybody who might ask, and what the table calls them; nobody's word is `-`. */
const people: { who: string; word: string; actor: RepairActor; outsider?: true }[] = [
  { who: 'the desk', word: 'desk', actor: desk },
  { who: 'the customer service supervisor', word: 'sup', actor: person('cs_supervisor') },
  { who: 'the manager', word: 'sup', actor: person('manager') },
  { who: 'the engineering supervisor', word: 'eng', actor: eng },
  { who: 'the technician it was sent to', word: 'tech', actor: tech },
  { who: 'another technician', word: '-', actor: person('technician', ids.tech2) },
  { who: 'the contractor it was sent to', word: 'con', actor: person('contractor', ids.con), outsider: true },
  { who: 'another contractor', word: '-', actor: person('contractor', ids.con2), outsider: true },
  { who: 'the duty technician', word: 'duty', actor: person('duty_technician', ids.duty) },
  { who: 'the butler who recorded it', word: 'maker', actor: person('butler', ids.butler) },
  { who: 'another butler', word: '-', actor: person('butler', 'another') },
  { who: 'the resident of the unit', word: 'resident', actor: person('resident', 'r1', [unit]), outsider: true },
  { who: 'another resident', word: '-', actor: person('resident', 'r2', ['other']), outsider: true },
  { who: 'the program', word: 'system', actor: systemActor },
  ...(
    [
      'general_manager',
      'head_office',
      'cashier',
      'finance',
      'order_supervisor',
      'environment_supervisor',
      'environment_assistant',
      'hr_admin',
      'cook',
      'auditor',
      'admin',
      'customer_assistant',
      'chief_butler',
    ] as const
  ).map((role) => ({ who: role, word: '-', actor: person(role) })),
];

/** A body that lacks nothing, so that only state and post can be in the way. */
const fullBody = (name: RepairMove, word: string): Record<string, unknown> => {
  const bodies: Partial<Record<RepairMove, Record<string, unknown>>> = {
    amend: { appointmentAt: later(120) },
    dispatch: { technicianId: word === 'duty' ? ids.duty : ids.tech2 },
    'hand-back': { reason: 'busy' },
    quote: { amountFen: 5000, lines: [{ name: 'labour', quantity: 1, unitPriceFen: 5000 }] },
    agree: { by: 'the owner' },
    decline: { by: 'the owner', reason: 'too dear' },
    pause: { reason: 'parts' },
    finish: { result: 'mended' },
    sign: { absent: true, reason: 'gone out' },
    rework: { reason: 'drips again' },
    transfer: { department: 'environment', reason: 'a tree' },
    cancel: { by: word === 'eng' ? 'not-feasible' : 'customer', reason: 'not wanted' },
  };
  return bodies[name] ?? {};
};

describe('the state table', () => {
  it('has exactly the moves of the specification', () => {
    expect(rows.map((row) => row.name)).toEqual(repairMoves);
    expect(Object.keys(repairMoveRoutes)).toEqual(repairMoves.filter((name) => name !== 'close'));
  });

  for (const row of rows)
    for (const holder of ['tech', 'con'] as const)
      it(`lets each one make the move "${row.name}" where the table says so, and nobody else (held by ${holder})`, () => {
        for (const state of repairStates)
          for (const { who, word, actor, outsider } of people) {
            const holds = word === 'tech' || word === 'con' ? word === holder : true;
            const names = word === 'eng' && holder === 'con' ? ['eng', 'eng-for-con'] : [word];
            const may = holds && row.by.some((each) => names.includes(each));
            const residentLate =
              word === 'resident' && row.name === 'cancel' && !['draft', 'logged', 'dispatched'].includes(state);
            const confirmed = row.name === 'close' ? { confirmedAt: later(-4) } : {};
            const target =
              row.name === 'confirm' && state === 'declined' ? 'closed' : row.to === 'same' ? state : row.to;
            const expected = !may
              ? outsider
                ? '404'
                : '403'
              : !row.from.includes(state) || residentLate
                ? 'repair.move_not_allowed'
                : target;
            const actual = outcome(() =>
              move(row.name, {
                repair: standing(state, holder, confirmed),
                actor,
                input: fullBody(row.name, word),
                context: {
                  assignee: { id: word === 'duty' ? ids.duty : ids.tech2, roles: ['technician'], active: true },
                },
              }),
            );
            expect(`${state}, ${who}: ${actual}`).toBe(`${state}, ${who}: ${expected}`);
          }
      });

  it('shows each one exactly the buttons that the server would accept', () => {
    for (const state of repairStates)
      for (const { word, actor } of people.filter((each) => each.word !== 'system')) {
        const repair = standing(state, 'tech');
        const shown = allowedMoves(repair, actor, luxury, now)
          .filter((each) => each.allowed)
          .map((each) => each.name)
          .sort();
        const accepted = repairMoves
          .filter((name) => {
            const result = outcome(() =>
              move(name, {
                repair,
                actor,
                input: fullBody(name, word),
                context: {
                  assignee: { id: word === 'duty' ? ids.duty : ids.tech2, roles: ['technician'], active: true },
                },
              }),
            );
            return (repairStates as readonly string[]).includes(result);
          })
          .sort();
        expect(shown, `${state} ${word}`).toEqual(accepted);
      }
  });

  it('puts the likely move first and says why another is refused', () => {
    const buttons = allowedMoves(standing('accepted', 'tech'), tech, luxury, now);
    expect(buttons[0]).toEqual({ name: 'depart', allowed: true });
    expect(buttons.find((each) => each.name === 'finish')).toEqual({
      name: 'finish',
      allowed: false,
      reason: 'repair.move_not_allowed',
    });
    expect(
      allowedMoves(order({ urgency: 'major' }), desk, luxury, now).find((each) => each.name === 'dispatch'),
    ).toEqual({
      name: 'dispatch',
      allowed: false,
      reason: 'repair.agreed_date_missing',
    });
  });

  it('gives an order to the head of its new department after a transfer', () => {
    const moved = standing('dispatched', 'tech', { department: 'environment' });
    expect(outcome(() => move('accept', { repair: moved, actor: eng }))).toBe('403');
    expect(outcome(() => move('accept', { repair: moved, actor: person('environment_supervisor') }))).toBe('accepted');
  });
});

// ── recording ───────────────────────────────────────────────────────────────────────────────────────

const report = (change: Record<string, unknown> = {}): CreateRepairBody =>
  createRepairBodySchema.parse({
    unitId: unit,
    category: 'water',
    urgency: 'ordinary',
    description: 'a leak below the sink',
    channel: 'phone',
    readBack: true,
    ...change,
  });
const createContext = (change: Partial<CreateContext> = {}): CreateContext => ({
  repairId: 'repair',
  eventId: 'event',
  unitKnown: true,
  priceItemKnown: true,
  warranty: null,
  sameFaultsBefore: 0,
  ...change,
});
const create = (
  change: Record<string, unknown> = {},
  options: { actor?: RepairActor; with?: StandardVersion; context?: Partial<CreateContext> } = {},
) => decideCreate(createContext(options.context), report(change), options.with ?? luxury, options.actor ?? desk, now);

describe('recording a repair', () => {
  const starts: [string, Record<string, unknown>, StandardVersion, Partial<CreateContext>, string[]][] = [
    ['ordinary', {}, luxury, {}, ['start fill-in', 'stop fill-in', 'start notify', 'start on-site', 'start complete']],
    [
      'not on the price list',
      { unlisted: true },
      luxury,
      {},
      ['start fill-in', 'stop fill-in', 'start notify', 'start assess'],
    ],
    [
      'under warranty',
      {},
      luxury,
      { warranty: { contractorId: null } },
      ['start fill-in', 'stop fill-in', 'start notify', 'start contractor-told', 'start on-site', 'start complete'],
    ],
    [
      'left over by the builder',
      { urgency: 'major' },
      luxury,
      {},
      ['start fill-in', 'stop fill-in', 'start notify', 'start contractor-told', 'start on-site', 'start complete'],
    ],
    ['a draft', { draft: true }, luxury, {}, ['start fill-in']],
    [
      'with an agreed date',
      { agreedAt: later(600) },
      luxury,
      {},
      ['start fill-in', 'stop fill-in', 'start notify', 'start on-site', 'start complete', 'agree complete'],
    ],
    ['ordinary, where the standard has dates only', {}, standard, {}, ['start on-site', 'start complete']],
  ];
  it.each(starts)('starts the clocks of a report %s', (_case, change, version, more, expected) => {
    expect(inShort(create(change, { with: version, context: more }).clocks)).toEqual(expected);
  });

  const limits: [string, Record<string, unknown>, StandardVersion, Limit | undefined, Limit | undefined, string][] = [
    ['emergency', { urgency: 'emergency' }, luxury, minutes(15), hours(24), now],
    ['major', { urgency: 'major' }, luxury, minutes(30), { at: null }, now],
    ['ordinary', {}, luxury, minutes(15), hours(2), now],
    ['reported earlier', { receivedAt: later(-30) }, luxury, minutes(15), hours(2), later(-30)],
    ['appointed', { appointmentAt: later(120) }, luxury, { at: later(115) }, hours(2), later(120)],
    [
      'by dates',
      { appointmentAt: later(120), agreedAt: later(300) },
      standard,
      { at: later(120) },
      { at: later(300) },
      now,
    ],
  ];
  it.each(limits)('promises arrival and completion: %s', (_case, change, version, onSite, complete, completeFrom) => {
    const { clocks } = create(change, { with: version });
    expect(started(clocks, 'on-site')?.limit).toEqual(onSite);
    expect(started(clocks, 'complete')?.limit).toEqual(complete);
    expect(started(clocks, 'complete')?.at).toBe(completeFrom);
  });

  it('judges the filling in of the order from the report', () => {
    const { clocks } = create({ receivedAt: later(-20) });
    expect(started(clocks, 'fill-in')?.at).toBe(later(-20));
    expect(clocks.find((each) => each.do === 'stop')?.at).toBe(now);
  });

  it('lets an agreed date replace the limit only where a customer was there to agree', () => {
    expect(inShort(create({ agreedAt: later(600), channel: 'patrol' }).clocks)).not.toContain('agree complete');
    const consent = { by: 'Mr Chen', how: 'call' };
    expect(inShort(create({ agreedAt: later(600), channel: 'patrol', consent }).clocks)).toContain('agree complete');
  });

  it.each([
    ['neither unit nor place', { unitId: undefined }, 'unitId: unit_or_place_required'],
    ['unit and place', { place: 'hall' }, 'place: unit_or_place_only'],
    ['an appointment in the past', { appointmentAt: later(-1) }, 'appointmentAt: in_the_past'],
    ['an agreed date in the past', { agreedAt: later(-1) }, 'agreedAt: in_the_past'],
    [
      'a date agreed before anybody comes',
      { appointmentAt: later(90), agreedAt: later(30) },
      'agreedAt: agreed_before_appointment',
    ],
    ['a report of the future', { receivedAt: later(1) }, 'receivedAt: in_the_future'],
    ['a report of the day before yesterday', { receivedAt: later(-24 * 60 - 1) }, 'receivedAt: too_old'],
    ['an unknown category', { category: 'garden' }, 'category: unknown_category'],
  ])('refuses %s at its field', (_case, change, expected) => {
    expect(outcome(() => create(change))).toBe(expected);
  });

  it('takes a report that came in just 24 hours ago', () => {
    expect(create({ receivedAt: later(-24 * 60) }).state).toBe('logged');
  });

  it('refuses a unit that the community has not', () => {
    expect(outcome(() => create({}, { context: { unitKnown: false } }))).toBe('unitId: unknown_unit');
    expect(outcome(() => create({ priceItemId: unit }, { context: { priceItemKnown: false } }))).toBe(
      'priceItemId: unknown_price_item',
    );
  });

  it('flags a third fault within the window, and what was not read back', () => {
    const flags = (before: number, readBack: boolean) => {
      const decision = create({ readBack }, { context: { sameFaultsBefore: before } });
      return flagsOf(order(decision.changes));
    };
    expect(flags(1, true)).toEqual([]);
    expect(flags(2, true)).toEqual(['repeated-fault']);
    expect(flags(0, false)).toEqual(['not-read-back']);
  });

  it.each([
    ['front_desk', 'logged'],
    ['duty_technician', 'logged'],
    ['butler', 'logged'],
    ['cs_supervisor', 'logged'],
    ['manager', 'logged'],
    ['engineering_supervisor', 'logged'],
    ['order_supervisor', 'logged'],
    ['environment_supervisor', 'logged'],
    ['technician', 'logged'],
    ['cashier', '403'],
    ['general_manager', '403'],
    ['auditor', '403'],
    ['contractor', '404'],
  ] as const)('is done by %s: %s', (role, expected) => {
    expect(outcome(() => create({}, { actor: person(role) }))).toBe(expected);
  });

  it('is done by residents for their own unit only', () => {
    expect(outcome(() => create({}, { actor: person('resident', 'r1', [unit]) }))).toBe('logged');
    expect(outcome(() => create({}, { actor: person('resident', 'r2', ['other']) }))).toBe('404');
    expect(
      outcome(() => create({ unitId: undefined, place: 'hall' }, { actor: person('resident', 'r1', [unit]) })),
    ).toBe('404');
  });
});

// ── needs ───────────────────────────────────────────────────────────────────────────────────────────

describe('what each move needs', () => {
  const warranty = { underWarranty: true };
  const asTech =
    (name: RepairMove, state: RepairState, input: Record<string, unknown>, change = {}) =>
    () =>
      move(name, { repair: standing(state, 'tech', change), actor: tech, input });
  const asDesk =
    (name: RepairMove, repair: RepairFacts, input: Record<string, unknown>, more: Partial<Try> = {}) =>
    () =>
      move(name, { repair, actor: desk, input, ...more });
  const toTech = { technicianId: ids.tech2 };
  const contractor = { assignee: { id: ids.con, roles: ['contractor'] as Role[], active: true } };
  const dates = { appointmentAt: later(60), agreedAt: later(120) };
  const line = (name: string, quantity: number, unitPriceFen: number) => ({ name, quantity, unitPriceFen });

  const needs: [string, () => { state: string }, string][] = [
    ['dispatch to nobody', asDesk('dispatch', order(), {}), 'technicianId: technician_or_contractor'],
    [
      'dispatch to two',
      asDesk('dispatch', order(), { ...toTech, contractorId: ids.con }),
      'technicianId: technician_or_contractor',
    ],
    [
      'dispatch to somebody unknown here',
      asDesk('dispatch', order(), toTech, { context: { assignee: null } }),
      'technicianId: unknown_person',
    ],
    [
      'dispatch to a cashier',
      asDesk('dispatch', order(), toTech, {
        context: { assignee: { id: ids.tech2, roles: ['cashier'], active: true } },
      }),
      'technicianId: wrong_post',
    ],
    [
      'dispatch to a technician who has left',
      asDesk('dispatch', order(), toTech, {
        context: { assignee: { id: ids.tech2, roles: ['technician'], active: false } },
      }),
      'repair.assignee_not_active',
    ],
    [
      'dispatch to a technician who is away by the roster',
      asDesk('dispatch', order(), toTech, {
        context: {
          assignee: { id: ids.tech2, roles: ['technician'], active: true, away: { until: null, standInId: null } },
        },
      }),
      'repair.assignee_not_active',
    ],
    [
      'dispatch to a technician whom the roster has present',
      asDesk('dispatch', order(), toTech, {
        context: { assignee: { id: ids.tech2, roles: ['technician'], active: true, away: null } },
      }),
      'dispatched',
    ],
    ['dispatch past the warranty contractor', asDesk('dispatch', order(warranty), toTech), 'repair.reason_missing'],
    [
      'dispatch past the warranty contractor, with the reason',
      asDesk('dispatch', order(warranty), { ...toTech, reason: 'abroad' }),
      'dispatched',
    ],
    [
      'dispatch of an emergency under warranty',
      asDesk('dispatch', order({ ...warranty, urgency: 'emergency' }), toTech),
      'dispatched',
    ],
    [
      'dispatch to the warranty contractor',
      asDesk('dispatch', order(warranty), { contractorId: ids.con }, { context: contractor }),
      'dispatched',
    ],
    [
      'dispatch of a major repair without a date',
      asDesk('dispatch', order({ urgency: 'major' }), toTech),
      'repair.agreed_date_missing',
    ],
    [
      'dispatch of a major repair with a date',
      asDesk('dispatch', order({ urgency: 'major', agreedAt: later(900) }), toTech),
      'dispatched',
    ],
    [
      'dispatch without an appointment where the standard asks for one',
      asDesk('dispatch', order({ agreedAt: later(120) }), toTech, { with: standard }),
      'repair.appointment_missing',
    ],
    [
      'dispatch without an agreed date where the standard asks for one',
      asDesk('dispatch', order({ appointmentAt: later(60) }), toTech, { with: standard }),
      'repair.agreed_date_missing',
    ],
    [
      'dispatch with both where the standard asks for them',
      asDesk('dispatch', order(dates), toTech, { with: standard }),
      'dispatched',
    ],
    [
      'the duty technician sends another',
      () => move('dispatch', { repair: order(), actor: person('duty_technician', ids.duty), input: toTech }),
      '403',
    ],
    [
      'the duty technician sends himself off shift',
      () =>
        move('dispatch', {
          repair: order(),
          actor: person('duty_technician', ids.duty),
          input: { technicianId: ids.duty },
          context: { onShift: false, assignee: { id: ids.duty, roles: ['duty_technician'], active: true } },
        }),
      'repair.not_on_shift',
    ],
    [
      'the duty technician to himself on shift',
      () =>
        move('dispatch', {
          repair: order(),
          actor: person('duty_technician', ids.duty),
          input: { technicianId: ids.duty },
          context: { onShift: true, assignee: { id: ids.duty, roles: ['duty_technician'], active: true } },
        }),
      'dispatched',
    ],
    ['amend of nothing', asDesk('amend', order(), {}), ': nothing_to_change'],
    ['re-classing without a reason', asDesk('amend', order(), { urgency: 'emergency' }), 'repair.reason_missing'],
    ['re-classing with a reason', asDesk('amend', order(), { urgency: 'emergency', reason: 'it bursts' }), 'logged'],
    [
      'a promised date moved without consent',
      asDesk('amend', order({ agreedAt: later(300) }), { agreedAt: later(900) }),
      'repair.consent_missing',
    ],
    ['the technician re-classes', asTech('amend', 'accepted', { urgency: 'emergency', reason: 'x' }), '403'],
    ['the technician makes an appointment', asTech('amend', 'accepted', { appointmentAt: later(60) }), 'accepted'],
    [
      'an appointment in the past',
      asTech('amend', 'accepted', { appointmentAt: later(-60) }),
      'appointmentAt: in_the_past',
    ],
    [
      'a quote that does not add up',
      asTech('quote', 'on-site', { amountFen: 1, lines: [line('labour', 1, 5000)] }),
      'amountFen: not_the_sum',
    ],
    [
      'a quote above the list price',
      () =>
        move('quote', {
          repair: standing('on-site', 'tech'),
          actor: tech,
          input: { amountFen: 6000, lines: [{ ...line('labour', 1, 6000), priceItemId: unit }] },
          context: { listPriceFen: { [unit]: 5000 } },
        }),
      'repair.not_list_price',
    ],
    ['agreed on site', asTech('agree', 'quoted', { by: 'owner' }, { quotedFrom: 'on-site' }), 'working'],
    ['agreed on the way', asTech('agree', 'quoted', { by: 'owner' }, { quotedFrom: 'en-route' }), 'en-route'],
    [
      'agreed before anybody was sent',
      asDesk('agree', standing('quoted', null, { quotedFrom: 'logged' }), { by: 'owner' }),
      'logged',
    ],
    [
      'waiting for the customer on hearsay',
      asTech('pause', 'working', { reason: 'customer' }),
      'repair.evidence_missing',
    ],
    [
      'waiting for the customer after a call',
      asTech('pause', 'working', { reason: 'customer', call: 'back at six' }),
      'paused',
    ],
    ['locked out, with a photo', asTech('pause', 'on-site', { reason: 'access', attachmentIds: [unit] }), 'paused'],
    [
      'waiting longer than the standard allows',
      asTech('pause', 'working', { reason: 'contractor', until: later(4 * 24 * 60) }),
      'until: too_late',
    ],
    [
      'waiting for parts as long as the standard allows',
      asTech('pause', 'working', { reason: 'parts', until: later(7 * 24 * 60) }),
      'paused',
    ],
    ['resumed to where it was', asTech('resume', 'paused', {}, { pausedFrom: 'en-route' }), 'en-route'],
    [
      'a charge without a quote',
      asTech('finish', 'working', { result: 'mended', materials: [line('valve', 1, 1500)] }),
      'repair.quote_missing',
    ],
    [
      'a charge on a quote not agreed to',
      asTech(
        'finish',
        'working',
        { result: 'mended', materials: [line('valve', 1, 1500)] },
        { quote: { ...agreedQuote, agreedAt: null } },
      ),
      'repair.quote_missing',
    ],
    [
      'more of it than agreed',
      asTech('finish', 'working', { result: 'mended', materials: [line('valve', 3, 1500)] }, { quote: agreedQuote }),
      'repair.quote_missing',
    ],
    [
      'the same line charged twice',
      asTech(
        'finish',
        'working',
        { result: 'x', lines: [line('valve', 2, 1500), line('valve', 1, 1500)] },
        { quote: agreedQuote },
      ),
      'repair.quote_missing',
    ],
    [
      'dearer than agreed',
      asTech('finish', 'working', { result: 'mended', materials: [line('valve', 1, 1501)] }, { quote: agreedQuote }),
      'repair.quote_missing',
    ],
    [
      'what was agreed',
      asTech('finish', 'working', { result: 'mended', materials: [line('valve', 2, 1500)] }, { quote: agreedQuote }),
      'done',
    ],
    ['a free part', asTech('finish', 'on-site', { result: 'mended', materials: [line('washer', 1, 0)] }), 'done'],
    [
      'no photo where the category wants one',
      asTech('finish', 'working', { result: 'x' }, { category: 'gas' }),
      'repair.photo_missing',
    ],
    [
      'a photo where the category wants one',
      asTech('finish', 'working', { result: 'x', attachmentIds: [unit] }, { category: 'gas' }),
      'done',
    ],
    ['signed by nobody', asTech('sign', 'done', { satisfied: true }), 'repair.evidence_missing'],
    ['signed on a photo of paper', asTech('sign', 'done', { satisfied: true, attachmentIds: [unit] }), 'signed'],
    ['absent without a reason', asTech('sign', 'done', { absent: true }), 'reason: required'],
    ['signed without a word on satisfaction', asTech('sign', 'done', { attachmentIds: [unit] }), 'satisfied: required'],
    [
      'a customer signing for a common area',
      asTech(
        'sign',
        'done',
        { satisfied: true, attachmentIds: [unit], signer: 'customer' },
        { unitId: null, place: 'hall' },
      ),
      'signer: reporter_or_engineering',
    ],
    [
      'a supervisor confirming his own work',
      () =>
        move('confirm', { repair: standing('returned', null, { technicianId: 'engineering_supervisor' }), actor: eng }),
      'repair.own_work',
    ],
    [
      'confirmed twice',
      () => move('confirm', { repair: standing('returned', 'tech', { confirmedAt: later(-1) }), actor: eng }),
      'repair.already_confirmed',
    ],
    [
      'confirmed after the customer declined',
      () => move('confirm', { repair: standing('declined', 'tech'), actor: eng }),
      'closed',
    ],
    [
      'rework 31 days after closing',
      asDesk('rework', standing('closed', 'tech', { closedAt: later(-31 * 24 * 60) }), { reason: 'drips' }),
      'repair.rework_too_late',
    ],
    [
      'rework 30 days after closing',
      asDesk('rework', standing('closed', 'tech', { closedAt: later(-30 * 24 * 60) }), { reason: 'drips' }),
      'logged',
    ],
    [
      'transfer to where it is',
      asDesk('transfer', standing('accepted', 'tech'), { department: 'engineering', reason: 'x' }),
      'repair.nothing_to_transfer',
    ],
    [
      'transfer to the same person',
      asDesk('transfer', standing('accepted', 'tech'), {
        department: 'engineering',
        technicianId: ids.tech,
        reason: 'x',
      }),
      'repair.nothing_to_transfer',
    ],
    [
      'transfer to a new person',
      asDesk('transfer', standing('accepted', 'tech'), { department: 'engineering', ...toTech, reason: 'x' }),
      'logged',
    ],
    ['cancel without saying whose wish', asDesk('cancel', order(), { reason: 'x' }), 'by: required'],
    [
      'engineering cancels on a wish',
      () => move('cancel', { repair: order(), actor: eng, input: { by: 'customer', reason: 'x' } }),
      '403',
    ],
    [
      'engineering cancels as not feasible',
      () => move('cancel', { repair: order(), actor: eng, input: { by: 'not-feasible', reason: 'x' } }),
      'cancelled',
    ],
    [
      'closing before confirmation',
      () => move('close', { repair: standing('returned', 'tech'), actor: systemActor }),
      'repair.not_confirmed',
    ],
    [
      'closing with money open',
      () =>
        move('close', {
          repair: standing('returned', 'tech', { confirmedAt: now, settlement: 'open' }),
          actor: systemActor,
        }),
      'repair.money_open',
    ],
    [
      'closing before the follow-up',
      () =>
        move('close', {
          repair: standing('returned', 'tech', { confirmedAt: now, followUp: 'due' }),
          actor: systemActor,
        }),
      'repair.follow_up_open',
    ],
  ];
  it.each(needs)('%s', (_case, attempt, expected) => {
    expect(outcome(attempt)).toBe(expected);
  });

  it('closes by itself once it is confirmed, followed up or not owed, and settled', () => {
    const facts = { state: 'returned', confirmedAt: now, followUp: 'not-owed', settlement: 'paid' } as const;
    expect(isReadyToClose(facts)).toBe(true);
    expect(isReadyToClose({ ...facts, settlement: 'open' })).toBe(false);
    expect(isReadyToClose({ ...facts, followUp: 'due' })).toBe(false);
    expect(isReadyToClose({ ...facts, confirmedAt: null })).toBe(false);
  });

  it('refuses keys that no form has', () => {
    expect(repairMoveBodies.accept.safeParse({ version: 1, state: 'closed' }).success).toBe(false);
    expect(createRepairBodySchema.safeParse({ ...report(), severity: 'major' }).success).toBe(false);
  });

  it('charges the agreed quote unless fewer lines are named', () => {
    const chargedWith = (input: Record<string, unknown>) => {
      const repair = standing('working', 'tech', { quote: agreedQuote });
      const { changes } = move('finish', { repair, actor: tech, input: { result: 'x', ...input } });
      return [changes.chargedFen, changes.settlement];
    };
    expect(chargedWith({})).toEqual([8000, 'open']);
    expect(chargedWith({ lines: [line('valve', 1, 1500)] })).toEqual([1500, 'open']);
    expect(chargedWith({ lines: [] })).toEqual([0, 'none']);
  });

  it('divides a line once, half up', () => {
    expect(lineFen({ quantity: 1.5, unitPriceFen: 333 })).toBe(500);
    expect(lineFen({ quantity: 0.001, unitPriceFen: 499 })).toBe(0);
  });
});

// ── versions and evidence ───────────────────────────────────────────────────────────────────────────

describe('two hands on one order, and hands without a signal', () => {
  const dispatched = standing('dispatched', 'tech');
  const accept = (given: Record<string, unknown>, options: { actor?: RepairActor; repair?: RepairFacts } = {}) =>
    outcome(() =>
      decideMove('accept', {
        repair: options.repair ?? dispatched,
        clocks: [],
        input: repairMoveBodies.accept.parse(given),
        standard: luxury,
        actor: options.actor ?? tech,
        context: context(),
        now,
      }),
    );

  it.each([
    ['the version it was read at', { version: 4 }, 'accepted'],
    ['an older version', { version: 3 }, '412'],
    ['no version', {}, 'version: required'],
    ['no version, made without a signal', { happenedAt: later(-2) }, 'accepted'],
    ['a device two minutes ahead', { happenedAt: later(2) }, 'accepted'],
    ['a device three minutes ahead', { happenedAt: later(3) }, 'happenedAt: ahead_of_the_server'],
    ['evidence from before the last step', { happenedAt: later(-6) }, 'happenedAt: before_last_event'],
  ])('with %s', (_case, given, expected) => {
    expect(accept(given)).toBe(expected);
  });

  it('says that the state forbids it before it asks when: the step that ended it is younger than what was done', () => {
    const ended = standing('cancelled', 'tech', { lastStateAt: later(-1) });
    expect(accept({ happenedAt: later(-30) }, { repair: ended })).toBe('repair.move_not_allowed');
  });

  it('takes evidence up to 72 hours old', () => {
    const old = standing('dispatched', 'tech', { lastStateAt: later(-5000) });
    expect(accept({ happenedAt: later(-72 * 60) }, { repair: old })).toBe('accepted');
    expect(accept({ happenedAt: later(-72 * 60 - 1) }, { repair: old })).toBe('happenedAt: too_old_to_report');
  });

  it('goes by the hours and minutes of the standard, not by figures of its own', () => {
    const { document } = luxury;
    const strict: StandardVersion = {
      ...luxury,
      document: {
        ...document,
        offline: {
          reportedWithinHours: { ...document.offline.reportedWithinHours, value: 8 },
          clockAheadMinutes: { ...document.offline.clockAheadMinutes, value: 0 },
        },
      },
    };
    const old = standing('dispatched', 'tech', { lastStateAt: later(-5000) });
    const at = (minutes: number) =>
      outcome(() =>
        move('accept', {
          repair: old,
          actor: tech,
          with: strict,
          input: { version: undefined, happenedAt: later(minutes) },
        }),
      );
    expect([at(-480), at(-481), at(1)]).toEqual([
      'accepted',
      'happenedAt: too_old_to_report',
      'happenedAt: ahead_of_the_server',
    ]);
  });

  it('takes a device time from technicians and butlers only', () => {
    expect(accept({ happenedAt: later(-2) }, { actor: eng })).toBe('happenedAt: not_for_this_post');
  });

  it('judges arrival by the time of the evidence', () => {
    const decision = decideMove('arrive', {
      repair: standing('accepted', 'tech'),
      clocks: [running('on-site')],
      input: repairMoveBodies.arrive.parse({ happenedAt: later(-3) }),
      standard: luxury,
      actor: tech,
      context: context(),
      now,
    });
    expect(decision.clocks).toEqual([{ do: 'stop', kind: 'on-site', key: '', at: later(-3), evidenceId: 'event' }]);
    expect(decision.event.at).toBe(later(-3));
    expect(decision.changes.lastStateAt).toBe(later(-3));
  });

  it('answers whose order it is before the version, and the version before the state', () => {
    expect(accept({ version: 3 }, { actor: person('cashier') })).toBe('403');
    expect(accept({ version: 3 }, { repair: standing('closed', 'tech') })).toBe('412');
  });
});

// ── clocks ──────────────────────────────────────────────────────────────────────────────────────────

describe('what each move does to the clocks', () => {
  const all = [running('notify'), running('on-site'), running('complete')];
  const commands = (name: RepairMove, asked: Try) => move(name, asked).clocks;
  const toTech = { technicianId: ids.tech2 };

  const effects: [string, () => ClockCommand[], string[]][] = [
    [
      'log of a draft: as create',
      () => commands('log', { repair: order({ state: 'draft' }), actor: desk, clocks: [running('fill-in')] }),
      ['stop fill-in', 'start notify', 'start on-site', 'start complete'],
    ],
    [
      'dispatch to a new person',
      () => commands('dispatch', { repair: order(), actor: desk, clocks: all, input: toTech }),
      ['void notify', 'start notify', 'assign on-site', 'assign complete'],
    ],
    [
      'dispatch again to the same person',
      () =>
        commands('dispatch', { repair: standing('dispatched', null, toTech), actor: desk, clocks: all, input: toTech }),
      [],
    ],
    [
      'dispatch to our technician under warranty',
      () =>
        commands('dispatch', {
          repair: order({ underWarranty: true }),
          actor: desk,
          clocks: [running('contractor-told')],
          input: { ...toTech, reason: 'abroad' },
        }),
      ['void contractor-told', 'start notify'],
    ],
    [
      'dispatch of an emergency under warranty: the contractor is told all the same',
      () =>
        commands('dispatch', {
          repair: order({ underWarranty: true, urgency: 'emergency' }),
          actor: desk,
          clocks: [running('contractor-told')],
          input: toTech,
        }),
      ['start notify'],
    ],
    [
      'dispatch with the contractor called',
      () =>
        commands('dispatch', {
          repair: order({ underWarranty: true, urgency: 'emergency' }),
          actor: desk,
          clocks: [running('contractor-told')],
          input: { ...toTech, contractorTold: true },
        }),
      ['stop contractor-told', 'start notify'],
    ],
    [
      'dispatch where the standard has no such minutes',
      () =>
        commands('dispatch', {
          repair: order({ appointmentAt: later(60), agreedAt: later(90) }),
          actor: desk,
          with: standard,
          clocks: [running('on-site'), running('complete')],
          input: toTech,
        }),
      ['assign on-site', 'assign complete'],
    ],
    [
      'accept',
      () => commands('accept', { repair: standing('dispatched', 'tech'), actor: tech, clocks: all }),
      ['stop notify', 'charge on-site', 'charge complete'],
    ],
    [
      'accept for a customer in a hurry',
      () =>
        commands('accept', {
          repair: standing('dispatched', 'tech', { hurry: true }),
          actor: tech,
          clocks: [running('on-site')],
        }),
      ['charge on-site', 'start on-site hurry'],
    ],
    [
      'accept in a hurry, but by appointment',
      () =>
        commands('accept', {
          repair: standing('dispatched', 'tech', { hurry: true, appointmentAt: later(60) }),
          actor: tech,
          clocks: [running('on-site')],
        }),
      ['charge on-site'],
    ],
    [
      'hand-back',
      () =>
        commands('hand-back', {
          repair: standing('accepted', 'tech'),
          actor: tech,
          clocks: all,
          input: { reason: 'busy' },
        }),
      [
        'void notify',
        'start notify',
        'assign on-site',
        'assign complete',
        'charge on-site',
        'charge complete',
        'start call-back hand-back',
      ],
    ],
    ['depart', () => commands('depart', { repair: standing('accepted', 'tech'), actor: tech, clocks: all }), []],
    [
      'arrive, both limits of a hurry',
      () =>
        commands('arrive', {
          repair: standing('accepted', 'tech'),
          actor: tech,
          clocks: [running('on-site'), running('on-site', 'hurry'), running('complete')],
        }),
      ['stop on-site', 'stop on-site hurry'],
    ],
    [
      'quote',
      () =>
        commands('quote', {
          repair: standing('on-site', 'tech'),
          actor: tech,
          clocks: [running('assess'), running('complete')],
          input: fullBody('quote', 'tech'),
        }),
      ['stop assess', 'pause complete'],
    ],
    [
      'agree',
      () =>
        commands('agree', {
          repair: standing('quoted', 'tech'),
          actor: tech,
          clocks: [paused('complete')],
          input: { by: 'x' },
        }),
      ['resume complete'],
    ],
    [
      'agree to an item not on the list, before anybody is there',
      () =>
        commands('agree', {
          repair: standing('quoted', 'tech', { unlisted: true, quotedFrom: 'logged' }),
          actor: tech,
          input: { by: 'x' },
        }),
      ['start on-site', 'start complete'],
    ],
    [
      'agree to an item not on the list, on site',
      () =>
        commands('agree', { repair: standing('quoted', 'tech', { unlisted: true }), actor: tech, input: { by: 'x' } }),
      ['start complete'],
    ],
    [
      'agree a second time to an item not on the list',
      () =>
        commands('agree', {
          repair: standing('quoted', 'tech', { unlisted: true, consentAt: later(-20) }),
          actor: tech,
          clocks: [paused('complete')],
          input: { by: 'x' },
        }),
      ['resume complete'],
    ],
    [
      'decline: void, also what is paused',
      () =>
        commands('decline', {
          repair: standing('quoted', 'tech'),
          actor: tech,
          clocks: [running('on-site'), paused('complete'), { ...running('notify'), state: 'missed' }],
          input: { by: 'x', reason: 'dear' },
        }),
      ['void on-site', 'void complete'],
    ],
    [
      'pause for parts without consent, where the standard asks for it',
      () =>
        commands('pause', {
          repair: standing('working', 'tech'),
          actor: tech,
          clocks: [running('complete')],
          input: { reason: 'parts' },
        }),
      ['start waiting'],
    ],
    [
      'pause for parts with consent',
      () =>
        commands('pause', {
          repair: standing('working', 'tech'),
          actor: tech,
          clocks: [running('complete')],
          input: { reason: 'parts', consent: { by: 'x', how: 'call' } },
        }),
      ['pause complete', 'start waiting'],
    ],
    [
      'pause for parts where the standard asks for no consent',
      () =>
        commands('pause', {
          repair: standing('working', 'tech'),
          actor: tech,
          with: standard,
          clocks: [running('complete')],
          input: { reason: 'parts' },
        }),
      ['pause complete', 'start waiting'],
    ],
    [
      'resume',
      () =>
        commands('resume', {
          repair: standing('paused', 'tech'),
          actor: tech,
          clocks: [running('waiting'), paused('complete')],
        }),
      ['stop waiting', 'resume complete'],
    ],
    [
      'finish',
      () =>
        commands('finish', {
          repair: standing('working', 'tech'),
          actor: tech,
          clocks: [running('complete')],
          input: { result: 'x' },
        }),
      ['stop complete', 'start voucher'],
    ],
    [
      'return of the voucher',
      () =>
        commands('return-voucher', { repair: standing('signed', 'tech'), actor: tech, clocks: [running('voucher')] }),
      ['stop voucher'],
    ],
    [
      'rework',
      () =>
        commands('rework', {
          repair: standing('signed', 'tech'),
          actor: desk,
          clocks: [running('voucher'), running('follow-up')],
          input: { reason: 'x' },
        }),
      ['void voucher', 'void follow-up', 'start notify', 'start on-site', 'start complete'],
    ],
    [
      'transfer of a paused order',
      () =>
        commands('transfer', {
          repair: standing('paused', 'tech'),
          actor: desk,
          clocks: [running('waiting'), paused('complete')],
          input: { department: 'environment', reason: 'x' },
        }),
      ['stop waiting', 'resume complete', 'start notify', 'assign complete', 'charge complete'],
    ],
    [
      'transfer: the rest runs',
      () =>
        commands('transfer', {
          repair: standing('accepted', 'tech'),
          actor: desk,
          clocks: all,
          input: { department: 'order', reason: 'x' },
        }),
      ['void notify', 'start notify', 'assign on-site', 'assign complete', 'charge on-site', 'charge complete'],
    ],
    [
      'cancel',
      () =>
        commands('cancel', {
          repair: order(),
          actor: desk,
          clocks: [running('assess'), ...all],
          input: { by: 'customer', reason: 'x' },
        }),
      ['void assess', 'void notify', 'void on-site', 'void complete'],
    ],
    [
      'cancel as not feasible',
      () =>
        commands('cancel', {
          repair: order(),
          actor: eng,
          clocks: [running('assess'), running('notify')],
          input: { by: 'not-feasible', reason: 'x' },
        }),
      ['stop assess', 'void notify'],
    ],
    [
      'amend of the urgency',
      () =>
        commands('amend', { repair: order(), actor: desk, clocks: all, input: { urgency: 'emergency', reason: 'x' } }),
      ['rebase on-site', 'rebase complete'],
    ],
    [
      'amend of the urgency after arrival',
      () =>
        commands('amend', {
          repair: standing('working', 'tech'),
          actor: desk,
          clocks: [running('complete')],
          input: { urgency: 'emergency', reason: 'x' },
        }),
      ['rebase complete'],
    ],
    [
      'amend of the appointment: completion counts from it',
      () => commands('amend', { repair: order(), actor: desk, clocks: all, input: { appointmentAt: later(180) } }),
      ['rebase on-site', 'void complete', 'start complete'],
    ],
    [
      'amend of the appointment where completion is a date',
      () =>
        commands('amend', {
          repair: order({ agreedAt: later(900) }),
          actor: desk,
          with: standard,
          clocks: [running('on-site'), running('complete')],
          input: { appointmentAt: later(180) },
        }),
      ['rebase on-site'],
    ],
    [
      'amend of the agreed date with consent',
      () =>
        commands('amend', {
          repair: order(),
          actor: desk,
          clocks: all,
          input: { agreedAt: later(900), consent: { by: 'x', how: 'call' } },
        }),
      ['agree complete'],
    ],
    [
      'amend of the agreed date without consent: the limit stands',
      () => commands('amend', { repair: order(), actor: desk, clocks: all, input: { agreedAt: later(900) } }),
      [],
    ],
    [
      'amend of a date that was still missing',
      () =>
        commands('amend', {
          repair: order({ urgency: 'major' }),
          actor: desk,
          clocks: all,
          input: { agreedAt: later(900) },
        }),
      ['rebase complete'],
    ],
    [
      'amend of an item not on the list before consent: nothing runs yet',
      () =>
        commands('amend', {
          repair: order({ unlisted: true }),
          actor: desk,
          clocks: [running('assess')],
          input: { appointmentAt: later(180) },
        }),
      [],
    ],
  ];
  it.each(effects)('%s', (_case, given, expected) => {
    expect(inShort(given())).toEqual(expected);
  });

  it('lets an amended appointment replace the arrival limit, less the lead', () => {
    const clocks = commands('amend', {
      repair: order(),
      actor: desk,
      clocks: all,
      input: { appointmentAt: later(180) },
    });
    expect(clocks[0]).toMatchObject({ do: 'rebase', kind: 'on-site', limit: { at: later(175) } });
    expect(started(clocks, 'complete')).toMatchObject({ at: later(180), limit: hours(2) });
  });

  it('keeps a paused completion paused when its appointment moves', () => {
    const repair = standing('paused', 'tech', { pausedFrom: 'accepted', pauseReason: 'customer' });
    const clocks = commands('amend', {
      repair,
      actor: desk,
      clocks: [paused('complete')],
      input: { appointmentAt: later(180) },
    });
    expect(clocks.at(-1)).toEqual({
      do: 'pause',
      kind: 'complete',
      key: '',
      at: later(180),
      reason: 'customer',
      chargedTo: 'customer',
    });
  });

  it('ends work done before its appointment at the appointment, with nothing spent', () => {
    const ahead = running('complete', '', later(30));
    const clocks = commands('finish', {
      repair: standing('working', 'tech'),
      actor: tech,
      clocks: [ahead],
      input: { result: 'x' },
    });
    expect(clocks[0]).toMatchObject({ do: 'stop', kind: 'complete', at: later(30) });
  });

  it('charges waiting to whom the standard says', () => {
    const charged = (input: Record<string, unknown>) => {
      const repair = standing('working', 'tech');
      return commands('pause', { repair, actor: tech, clocks: [running('complete')], input })[0];
    };
    expect(charged({ reason: 'customer', call: 'x' })).toMatchObject({ do: 'pause', chargedTo: 'customer' });
    expect(charged({ reason: 'contractor' })).toMatchObject({ do: 'pause', chargedTo: 'contractor' });
  });

  it('waits at most as long as the standard allows where no date is named', () => {
    const wait = (reason: string) =>
      started(commands('pause', { repair: standing('working', 'tech'), actor: tech, input: { reason } }), 'waiting');
    expect(wait('parts')?.limit).toEqual({ at: later(7 * 24 * 60) });
    expect(wait('contractor')?.limit).toEqual({ at: later(3 * 24 * 60) });
  });

  it('makes the head of the department answer until somebody is sent, then that person', () => {
    expect(started(create().clocks, 'on-site')?.owner).toMatchObject({ staffId: null, role: 'engineering_supervisor' });
    const sent = commands('dispatch', { repair: order(), actor: desk, clocks: all, input: toTech });
    expect(sent.find((each) => each.do === 'assign')).toMatchObject({
      owner: { staffId: ids.tech2, role: 'technician' },
    });
  });

  it('counts the rework from its own time, and forgets the dates of the first try', () => {
    const repair = standing('closed', 'tech', {
      appointmentAt: later(-500),
      agreedAt: later(-400),
      agreedWithConsent: true,
    });
    const decision = move('rework', { repair, actor: desk, input: { reason: 'x' } });
    expect(started(decision.clocks, 'on-site')).toMatchObject({ at: now, limit: minutes(15) });
    expect(decision.changes).toMatchObject({ reworkCount: 1, appointmentAt: null, agreedAt: null, technicianId: null });
    expect(decision.followUp).toBe('void');
  });

  it('makes the follow-up at the finish (L) or with the voucher (Q), or leaves it out where the sample did (FU1)', () => {
    const finished = (which: StandardVersion, owed?: boolean) =>
      move('finish', {
        repair: standing('working', 'tech'),
        actor: tech,
        input: { result: 'x' },
        with: which,
        context: owed === undefined ? {} : { followUpOwed: owed },
      });
    expect(finished(luxury)).toMatchObject({ followUp: 'make', changes: { followUp: 'due' } });
    expect(finished(luxury, false)).toMatchObject({ followUp: 'not-owed', changes: { followUp: 'not-owed' } });
    expect(finished(standard).followUp).toBeUndefined();
    expect(finished(standard).changes).not.toHaveProperty('followUp');
    const handed = (which: StandardVersion, owed?: boolean) =>
      move('return-voucher', {
        repair: standing('signed', 'tech'),
        actor: tech,
        with: which,
        context: owed === undefined ? {} : { followUpOwed: owed },
      });
    expect(handed(standard)).toMatchObject({ followUp: 'make', changes: { followUp: 'due', returnedAt: now } });
    expect(handed(standard, false)).toMatchObject({ followUp: 'not-owed', changes: { followUp: 'not-owed' } });
    expect(handed(luxury).followUp).toBeUndefined();
  });

  it('voids the follow-up of a rework, but not the review of what was recorded', () => {
    const clocks = [running('follow-up', 'hf'), running('review', 'hf'), running('voucher')];
    const again = move('rework', { repair: standing('done', 'tech'), actor: desk, clocks, input: { reason: 'x' } });
    expect(inShort(again.clocks)).toEqual(expect.arrayContaining(['void follow-up hf', 'void voucher']));
    expect(inShort(again.clocks)).not.toContain('void review hf');
    const ended = move('cancel', {
      repair: standing('logged', null),
      actor: desk,
      clocks,
      input: { by: 'customer', reason: 'x' },
    });
    expect(inShort(ended.clocks)).not.toContain('void review hf');
  });

  it('takes a noted call or a delivered message as evidence', () => {
    const clocks = [running('contractor-told'), running('call-back', 'hand-back'), running('notify')];
    const call = (to: 'customer' | 'contractor', direction: 'out' | 'in') =>
      inShort(notedCall(clocks, { to, direction, at: now, eventId: 'event' }));
    expect(call('contractor', 'out')).toEqual(['stop contractor-told']);
    expect(call('customer', 'out')).toEqual(['stop call-back hand-back']);
    expect(call('customer', 'in')).toEqual([]);
    const notice = (kind: string, acknowledged: boolean) =>
      inShort(noticeArrived(clocks, { kind, acknowledged, at: now, evidenceId: 'event' }));
    expect(notice('repair.contractor-to-tell', false)).toEqual(['stop contractor-told']);
    expect(notice('repair.logged', false)).toEqual([]);
    expect(notice('repair.logged', true)).toEqual(['stop notify']);
  });
});

// ── what is told, what is kept apart ────────────────────────────────────────────────────────────────

describe('beside the clocks', () => {
  it('tells the new technician loudly and takes the order from the old one', () => {
    const repair = standing('dispatched', 'tech');
    const { notices } = move('dispatch', { repair, actor: desk, input: { technicianId: ids.tech2 } });
    expect(notices).toEqual([
      { to: { staffId: ids.tech }, kind: 'repair.withdrawn', loud: true, out: true },
      { to: { staffId: ids.tech2 }, kind: 'repair.dispatched', loud: true, out: true },
    ]);
  });

  it('keeps names and free text out of the facts of an event', () => {
    const said = 'Chen Guiying 13800001234';
    for (const [name, state, input] of [
      ['agree', 'quoted', { by: said, reason: said }],
      ['decline', 'quoted', { by: said, reason: said }],
      ['hand-back', 'accepted', { reason: said }],
      ['pause', 'working', { reason: 'customer', call: said, consent: { by: said, how: 'call' } }],
      [
        'finish',
        'working',
        { result: said, note: said, customerParts: [{ name: said, check: 'poor', customerTold: true }] },
      ],
      ['sign', 'done', { absent: true, reason: said }],
      ['amend', 'accepted', { appointmentAt: later(60), note: said }],
    ] as const) {
      const decision = move(name, { repair: standing(state, 'tech'), actor: tech, input });
      expect(JSON.stringify([decision.event, decision.changes]), name).not.toContain('Chen');
    }
    expect(JSON.stringify(create({ contact: { name: said } }).event)).not.toContain('Chen');
  });

  it('flags a step at the door that was left out, for as long as the order lives (RP9)', () => {
    const all = ['knocked', 'named', 'card-shown', 'order-shown', 'customer-confirmed', 'shoe-covers'];
    const arrive = (doorChecks: string[] | undefined, change: Partial<RepairFacts> = {}) =>
      move('arrive', {
        repair: standing('accepted', 'tech', change),
        actor: tech,
        input: doorChecks === undefined ? {} : { doorChecks },
      });
    expect(arrive(all).changes.doorBreach).toBeUndefined();
    expect(arrive(all.slice(1))).toMatchObject({
      changes: { doorBreach: true },
      event: { facts: { breach: ['knocked'] } },
    });
    expect(arrive([]).changes.doorBreach).toBe(true);
    // Nobody said anything of a door, or there is none.
    expect(arrive(undefined).changes.doorBreach).toBeUndefined();
    expect(arrive(['named'], { unitId: null, place: '1 栋大堂' }).changes.doorBreach).toBeUndefined();
    expect(flagsOf(order({ doorBreach: true }))).toContain('door-breach');
  });

  it('makes a re-classing visible', () => {
    const decision = move('amend', { repair: order(), actor: desk, input: { urgency: 'emergency', reason: 'bursts' } });
    expect(decision.event.facts).toMatchObject({ urgency: ['ordinary', 'emergency'] });
    expect(flagsOf(order(decision.changes))).toContain('re-classed');
    expect(decision.text).toBe('bursts');
  });
});

// ── words ───────────────────────────────────────────────────────────────────────────────────────────

describe('the Chinese', () => {
  it('has a word for every code', () => {
    const worded = (codes: readonly string[], words: Record<string, string>) => codes.filter((code) => !words[code]);
    expect(worded(repairStates, repairStateWords)).toEqual([]);
    expect(worded(repairMoves, repairMoveWords)).toEqual([]);
    expect(worded(repairRefusals, repairRefusalWords)).toEqual([]);
    expect(worded(repairCategories, repairCategoryWords)).toEqual([]);
    expect(worded(urgencies, urgencyWords)).toEqual([]);
    expect(worded(repairFlags, repairFlagWords)).toEqual([]);
    expect(worded(channels, channelWords)).toEqual([]);
    expect(worded(Object.keys(caseKindWords), caseKindWords)).toEqual([]);
    expect(worded(Object.keys(caseEventKindWords), caseEventKindWords)).toEqual([]);
    expect(
      worded(
        // What every route may answer has its words with the house.
        Object.values(repairMoveRoutes)
          .flatMap((each) => each.errors)
          .filter((code) => code !== 'stale_version'),
        repairRefusalWords,
      ),
    ).toEqual([]);
    expect(postWords.duty_technician).toBe('维修值班人员');
  });

  it('words every fault that the rules find in a field', () => {
    for (const code of [
      'unit_or_place_required',
      'in_the_past',
      'too_old',
      'not_the_sum',
      'required',
      'wrong_post',
      'too_late',
    ])
      expect(repairFieldFaultWords[code], code).toBeTruthy();
  });

  const entry = (action: string, change: Record<string, unknown> = {}) =>
    timelineInWords({
      id: 'id',
      seq: 1,
      kind: 'move',
      action,
      fromState: null,
      toState: null,
      at: now,
      recordedAt: now,
      by: { id: 'id', name: '周海涛' },
      byRole: 'technician',
      for: null,
      source: 'phone',
      facts: {},
      text: null,
      attachmentIds: [],
      ...change,
    });
  it.each([
    ['accept', {}, '周海涛 接单'],
    ['dispatch', { by: { id: 'id', name: '林小满' }, for: { id: 'id', name: '周海涛' } }, '林小满 派工给周海涛'],
    ['quote', { facts: { amountFen: 8005 } }, '周海涛 报价 80.05 元'],
    [
      'escalated',
      { by: null, for: { id: 'id', name: '周海涛' }, facts: { clock: 'on-site' } },
      '到场超时，已提醒周海涛',
    ],
    ['close', { by: null, byRole: 'system' }, '已归档'],
    ['note', {}, '周海涛 备注'],
  ])('says %s on the time line', (action, change, expected) => {
    expect(entry(action, change)).toBe(expected);
  });

  it('says every move without falling back to its code', () => {
    for (const name of ['create', ...repairMoves]) expect(entry(name), name).not.toContain(name);
  });
});
