// Emergencies 突发事件 (MG8, FU1): the level from facts, who is told and from when, every state × move × hat, what each step does.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allowsFrom } from '../../kernel/moves.ts';
import type { Role } from '../access/role.contract.ts';
import type { ClockFact } from '../clocks/clock.contract.ts';
import { emergencyCategories, type StandardDocument, standardDocumentSchema } from '../standards/standard.contract.ts';
import { type EmergencyMove, emergencyMoves, emergencyStates, type HarmInput } from './emergency.contract.ts';
import { moves } from './emergency.moves.ts';
import { allowedMoves, decideMove, decideRecord, type EmergencyInput, isReadyToClose } from './emergency.rules.ts';
import { type EmergencyActor, type EmergencyFacts, hatsOf, systemActor } from './emergency-facts.rules.ts';
import { keptUntilOf } from './emergency-kept.rules.ts';
import { followUpSubjectOf, harmFrom, levelByFacts, nothingKnown } from './emergency-level.rules.ts';

const preset = (name: string): StandardDocument =>
  standardDocumentSchema.parse(
    JSON.parse(readFileSync(new URL(`../../../standards/${name}.json`, import.meta.url), 'utf8')),
  );
const luxury = preset('luxury');
const standard = preset('standard');
const now = '2026-11-22T17:10:00.000Z';

const emergency = (changes: Partial<EmergencyFacts> = {}): EmergencyFacts => ({
  id: 'e1',
  state: 'reported',
  version: 3,
  category: 'fire',
  severity: 'major',
  proposedSeverity: 'major',
  levelFact: 'category',
  department: 'order',
  harm: nothingKnown,
  receivedAt: '2026-11-22T17:00:00.000Z',
  occurredAt: '2026-11-22T16:55:00.000Z',
  firstContactId: 'desk1',
  inChargeId: null,
  takenOverAt: null,
  takenOverBy: null,
  sentIds: [],
  cause: null,
  resolvedAt: null,
  reviewedAt: null,
  endedAt: null,
  reopenings: 0,
  followUp: 'none',
  ...changes,
});
const person = (id: string, ...roles: Role[]): EmergencyActor => ({ id, roles });
const gm = person('gm1', 'general_manager');
const manager = person('m1', 'manager');
const running = { kind: 'respond', key: '', state: 'running', startedAt: '2026-11-22T17:00:00.000Z' } as ClockFact;

function decide<Name extends EmergencyMove>(
  name: Name,
  input: EmergencyInput[Name],
  changes: Partial<EmergencyFacts> = {},
  actor: EmergencyActor = gm,
  clocks: readonly ClockFact[] = [running],
) {
  const facts = emergency(changes);
  return decideMove(
    name,
    { emergency: facts, clocks, document: luxury, actor, eventId: 'ev1', now },
    { version: facts.version, ...input },
  );
}
const refusal = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    const { code, faults } = error as { code: string; faults?: { path: string; code: string }[] };
    return faults ? faults.map((one) => `${one.path}:${one.code}`).join(' ') : code;
  }
  return '';
};

describe('the level', () => {
  const cases: [string, (typeof emergencyCategories)[number], HarmInput, string, string][] = [
    ['a fire without known harm is major by its card', 'fire', {}, 'major', 'category'],
    ['a fire with a death is critical', 'fire', { deaths: 1 }, 'critical', 'death'],
    ['a fire with a grave injury stays major, and by its card', 'fire', { injury: 'grave' }, 'major', 'injury'],
    ['people stuck in a lift are serious', 'lift', { people: 3 }, 'serious', 'category'],
    ['twelve people stuck are no twelve complaints', 'lift', { people: 12 }, 'serious', 'category'],
    ['a grave injury lifts it', 'lift', { injury: 'grave' }, 'major', 'injury'],
    ['a loss of 100,000 yuan', 'flooding', { lossFen: 10_000_000 }, 'critical', 'loss'],
    ['a loss of 10,000 yuan', 'flooding', { lossFen: 1_000_000 }, 'major', 'loss'],
    ['reports on two days', 'crime', { mediaDays: 2 }, 'major', 'media'],
    ['something else without harm', 'other', {}, 'ordinary', 'none'],
    ['something else with a slight injury', 'other', { injury: 'slight' }, 'serious', 'injury'],
  ];
  it.each(cases)('%s (CP2, MG8)', (_what, category, harm, severity, fact) => {
    expect(levelByFacts(luxury, category, harmFrom(harm))).toEqual({ severity, fact });
  });

  it('every category has its card with steps in both presets, and the bodies outside with their numbers', () => {
    for (const document of [luxury, standard]) {
      expect(document.emergency.cards.map((card) => card.code).sort()).toEqual([...emergencyCategories].sort());
      const fire = document.emergency.cards.find((card) => card.code === 'fire');
      expect(fire?.phones.map((one) => one.number)).toContain('119');
    }
  });

  it('critical and major ones go by the row of FU1 for events, the others by "others"', () => {
    expect((['critical', 'major', 'serious', 'ordinary'] as const).map(followUpSubjectOf)).toEqual([
      'major-critical-event',
      'major-critical-event',
      'other',
      'other',
    ]);
  });
});

describe('recording', () => {
  const record = (body: object, document = luxury) =>
    decideRecord(
      { category: 'fire', place: '地下车库', channel: 'phone', ...body },
      { id: 'e1', document, actor: { id: 'desk1', role: 'front_desk' }, now },
    );

  it('what and where suffice; the minute of its level runs, and the posts of the level are told', () => {
    const { facts, clocks, notices } = record({ harm: { deaths: 1 } });
    expect(facts).toMatchObject({ state: 'reported', severity: 'critical', levelFact: 'death', department: 'order' });
    expect(clocks).toMatchObject([
      { do: 'start', kind: 'respond', limit: { minutes: 1, calendar: 'R' }, owner: { role: 'general_manager' } },
    ]);
    expect(notices).toMatchObject([{ kind: 'emergency-reported', loud: true, out: true, repeats: true }]);
    expect(notices[0]?.to.map((one) => ('role' in one ? one.role : ''))).toEqual([
      'general_manager',
      'manager',
      'cs_supervisor',
      'order_supervisor',
    ]);
  });

  it('an ordinary one wakes the supervisor and the head of the department, nobody again and again', () => {
    const [notice] = record({ category: 'other' }).notices;
    expect(notice).toMatchObject({ out: false, repeats: false });
    expect(notice?.to).toEqual([{ role: 'cs_supervisor' }, { role: 'order_supervisor' }]);
  });

  it('the standard preset has no response limit, so none runs', () => {
    expect(record({}, standard).clocks).toEqual([]);
  });

  it.each([
    ['neither unit nor place', { place: undefined }, 'place:required'],
    ['still to come', { occurredAt: '2026-11-22T17:11:00.000Z' }, 'occurredAt:in_the_future'],
    ['a death nobody was hurt by', { harm: { deaths: 1, injury: 'none' } }, 'harm.injury:contradicts_death'],
    ['a level below the facts', { severity: 'serious' }, 'severity:below_facts'],
    [
      'a measure of tomorrow',
      { measures: [{ text: '断电', at: '2026-11-23T01:00:00.000Z' }] },
      'measures.0.at:in_the_future',
    ],
    [
      'a measure of long ago',
      { measures: [{ text: '断电', at: '2026-11-20T01:00:00.000Z' }] },
      'measures.0.at:too_old',
    ],
  ])('refuses %s, naming the field', (_what, body, fault) => {
    expect(refusal(() => record(body))).toBe(fault);
  });
});

describe('the table', () => {
  const hats: [string, EmergencyActor, Partial<EmergencyFacts>][] = [
    ['taker', person('desk1', 'cook'), {}],
    ['desk', person('x', 'front_desk'), {}],
    ['desk', person('x', 'duty_technician'), {}],
    ['head', person('x', 'order_supervisor'), {}],
    ['sent', person('x', 'environment_assistant'), { sentIds: ['x'] }],
    ['charge', person('x', 'cook'), { inChargeId: 'x' }],
    ['sup', person('x', 'cs_supervisor'), {}],
    ['decider', gm, {}],
    ['judge', manager, {}],
    ['system', systemActor, {}],
  ];
  it.each(hats)('%s is worn by its post', (hat, actor, changes) => {
    expect(hatsOf(actor, emergency(changes), luxury)).toContain(hat);
  });

  it('a major one is the general manager’s to take over; his stand-in may, the manager may not', () => {
    expect(hatsOf(manager, emergency(), luxury)).not.toContain('decider');
    expect(hatsOf({ ...manager, standsInFor: ['general_manager'] }, emergency(), luxury)).toContain('decider');
    expect(hatsOf(manager, emergency({ severity: 'serious' }), luxury)).toContain('decider');
    expect(hatsOf(person('c', 'cook'), emergency({ severity: 'ordinary' }), luxury)).toEqual([]);
  });

  const bodies: { [Name in EmergencyMove]: EmergencyInput[Name] } = {
    amend: { place: '3栋架空层' },
    'take-over': {},
    deploy: { staffIds: ['t1'], task: '守住大门' },
    measure: { text: '切断电源' },
    raise: { severity: 'critical', reason: '火势变大' },
    lower: { severity: 'serious', reason: '已扑灭' },
    resolve: { cause: 'equipment', result: '明火扑灭' },
    review: { text: '出门口堆物，已清' },
    reopen: { reason: '复燃' },
    dismiss: { reason: '烧烤的烟' },
    close: {},
  };
  const worn: EmergencyActor[] = [...hats.map(([, actor]) => actor), manager, person('c', 'cook')];
  it.each(emergencyStates.flatMap((state) => emergencyMoves.map((name) => [state, name] as const)))(
    '%s × %s: exactly those whom the table names, and only from where it says',
    (state, name) => {
      for (const actor of worn) {
        // Lowering needs a level above the facts; closing all that it waits for.
        const changes: Partial<EmergencyFacts> = {
          state,
          ...(name === 'lower' ? { proposedSeverity: 'serious' } : {}),
          ...(name === 'close' ? { reviewedAt: now, followUp: 'reviewed' } : {}),
        };
        const code = refusal(() => decide(name, bodies[name] as never, changes, actor));
        const isTheirs = hatsOf(actor, emergency(changes), luxury).some((hat) => moves[name].by.includes(hat));
        const wanted = !isTheirs ? 'forbidden' : allowsFrom(moves[name], state) ? '' : 'emergency.move_not_allowed';
        expect(code, `${name} by ${actor.roles.join()}`).toBe(wanted);
      }
    },
  );

  it('asks the version where one decides, never where one adds a line', () => {
    expect(refusal(() => decide('resolve', { ...bodies.resolve, version: 2 }, { state: 'handling' }))).toBe(
      'stale_version',
    );
    expect(decide('measure', bodies.measure, { version: 9 }).isAppend).toBe(true);
  });

  it('buttons say why not: taken over already, at the level of the facts', () => {
    const shown = (changes: Partial<EmergencyFacts>) =>
      Object.fromEntries(
        allowedMoves({ emergency: emergency(changes), clocks: [], document: luxury, actor: gm, now }).map((one) => [
          one.name,
          one.reason ?? 'yes',
        ]),
      );
    expect(shown({ takenOverAt: now })).toMatchObject({
      'take-over': 'emergency.taken_over',
      lower: 'emergency.below_facts',
      measure: 'yes',
    });
    expect(Object.keys(shown({}))).not.toContain('close');
  });
});

describe('each step', () => {
  it('taking it over meets the minute, names who leads, and ends the alarm', () => {
    const { state, changes, clocks, notices } = decide('take-over', { inChargeId: 'o1' });
    expect(state).toBe('handling');
    expect(changes).toEqual({ takenOverAt: now, takenOverBy: 'gm1', inChargeId: 'o1' });
    expect(clocks).toEqual([{ do: 'stop', kind: 'respond', key: '', at: now, evidenceId: 'ev1' }]);
    expect(notices).toMatchObject([{ kind: 'emergency-sent', to: [{ staffId: 'o1' }] }]);
    expect(decide('take-over', {}).changes.inChargeId).toBe('gm1');
  });

  it('who is sent is told at once, each a line of their own', () => {
    const { steps, notices, changes } = decide('deploy', { staffIds: ['t1', 't2', 't1'], task: '守住大门' });
    expect(steps.map((step) => [step.forId, step.text])).toEqual([
      ['t1', '守住大门'],
      ['t2', '守住大门'],
    ]);
    expect(notices[0]).toMatchObject({ to: [{ staffId: 't1' }, { staffId: 't2' }], loud: true, out: true });
    expect(changes.sentIds).toEqual(['t1', 't2']);
  });

  it('a measure has the time at which it was done', () => {
    const at = '2026-11-22T17:03:00.000Z';
    expect(decide('measure', { text: '拨打119', called: 'fire-brigade', at }).steps).toEqual([
      { at, facts: { called: 'fire-brigade' }, text: '拨打119' },
    ]);
    expect(refusal(() => decide('measure', { text: 'x', at: '2026-11-22T17:11:00.000Z' }))).toBe('at:in_the_future');
    expect(refusal(() => decide('measure', { text: 'x', at: '2026-11-21T16:59:00.000Z' }))).toBe('at:too_old');
  });

  it('new facts lift the level by themselves, tell the posts of the new one, and its minute runs from the rise', () => {
    const { changes, clocks, notices } = decide('amend', { harm: { deaths: 1 } });
    expect(changes).toMatchObject({ severity: 'critical', proposedSeverity: 'critical', levelFact: 'death' });
    expect(clocks).toMatchObject([
      { do: 'void', kind: 'respond', reason: 'raised' },
      { do: 'start', kind: 'respond', at: now, limit: { minutes: 1, calendar: 'R' } },
    ]);
    expect(notices).toMatchObject([{ kind: 'emergency-raised', repeats: true }]);
  });

  it('facts that fall lower nothing by themselves; taken over, a rise starts no minute', () => {
    expect(decide('amend', { category: 'lift' }).changes).toMatchObject({
      proposedSeverity: 'serious',
      levelFact: 'raised',
      department: 'engineering',
    });
    expect(decide('amend', { category: 'lift' }).changes.severity).toBeUndefined();
    expect(decide('raise', { severity: 'critical', reason: '有人被困' }, { takenOverAt: now }, gm, []).clocks).toEqual(
      [],
    );
    expect(refusal(() => decide('amend', {}))).toBe(':nothing_to_change');
  });

  it('raised must be higher, lowered lower and never below the facts', () => {
    expect(refusal(() => decide('raise', { severity: 'major', reason: 'x' }))).toBe('severity:not_higher');
    expect(refusal(() => decide('raise', { severity: 'critical', reason: 'x' }, { severity: 'critical' }))).toBe(
      'emergency.not_higher',
    );
    const raised = { severity: 'critical', proposedSeverity: 'major' } as const;
    expect(refusal(() => decide('lower', { severity: 'serious', reason: 'x' }, raised))).toBe('severity:below_facts');
    expect(refusal(() => decide('lower', { severity: 'critical', reason: 'x' }, raised))).toBe('severity:not_lower');
    expect(decide('lower', { severity: 'major', reason: '核实无人被困' }, raised).changes).toMatchObject({
      severity: 'major',
      levelFact: 'category',
    });
  });

  it('its end owes a follow-up from the end of the work (FU1), tells who was told, and takes the last facts', () => {
    const at = '2026-11-22T17:08:00.000Z';
    const done = decide(
      'resolve',
      { cause: 'equipment', result: '明火扑灭', at, harm: { lossFen: 100 } },
      { state: 'handling' },
    );
    expect(done).toMatchObject({
      state: 'resolved',
      followUp: 'make',
      changes: { cause: 'equipment', resolvedAt: at, followUp: 'due', harm: { lossFen: 100 } },
      clocks: [{ do: 'void', kind: 'respond' }],
      notices: [{ kind: 'emergency-resolved', loud: false }],
    });
    expect(
      refusal(() =>
        decide('resolve', { cause: 'equipment', result: 'x', at: '2026-11-22T16:00:00.000Z' }, { state: 'handling' }),
      ),
    ).toBe('at:too_old');
  });

  it('taken up again it owes nothing any more; a false alarm never did', () => {
    const again = decide(
      'reopen',
      { reason: '复燃' },
      { state: 'resolved', resolvedAt: now, followUp: 'due', reviewedAt: now },
    );
    expect(again).toMatchObject({
      state: 'handling',
      followUp: 'void',
      changes: { resolvedAt: null, reviewedAt: null, followUp: 'none', reopenings: 1 },
    });
    expect(decide('dismiss', { reason: '烧烤的烟' })).toMatchObject({ state: 'closed', followUp: null });
    const old = { state: 'closed', endedAt: '2026-10-22T17:00:00.000Z' } as const;
    expect(refusal(() => decide('reopen', { reason: 'x' }, old))).toBe('emergency.reopen_too_late');
  });

  it('is filed once it was looked back on and its follow-up is reviewed or not owed', () => {
    const ready = { state: 'resolved', reviewedAt: now } as const;
    expect(isReadyToClose({ ...ready, followUp: 'reviewed' })).toBe(true);
    expect(isReadyToClose({ ...ready, followUp: 'not-owed' })).toBe(true);
    expect(isReadyToClose({ ...ready, followUp: 'due' })).toBe(false);
    expect(isReadyToClose({ state: 'resolved', reviewedAt: null, followUp: 'reviewed' })).toBe(false);
  });

  it.each([
    [null, null],
    ['2026-11-22T17:00:00.000Z', '2029-11-23'],
    ['2028-02-29T04:00:00.000Z', '2031-02-28'],
  ])('filed %s it is kept to %s (MG16: three years)', (filedAt, until) => {
    expect(keptUntilOf(filedAt, luxury.emergency.keptYears.value)).toBe(until);
  });
});
