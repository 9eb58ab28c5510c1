import { describe, expect, it } from 'vitest';
import { type ClockKind, clockKinds } from '../clocks/clock.contract.ts';
import {
  afterMove,
  complaint,
  generalManager,
  ids,
  inShort,
  luxury,
  manager,
  memberLike,
  membersLike,
  move,
  now,
  outcome,
  running,
  standing,
  supervisor,
} from './complaint.fixture.ts';
import { type ComplaintActor, type ComplaintFacts, systemActor } from './complaint-facts.rules.ts';
import { failed, lowered, raisedByFailures, reweigh } from './complaint-level.rules.ts';
import { flagsOf } from './complaint-moves.rules.ts';

const change = { at: now, dueOf: () => null };
const classify = (facts: ComplaintFacts, input: Record<string, unknown> = {}) =>
  move('classify', { complaint: facts, actor: supervisor, input, clocks: [running('respond'), running('complete')] });
const raise = (facts: ComplaintFacts, severity: string, actor = manager) =>
  move('raise', { complaint: facts, actor, input: { severity, reason: 'r' } });
const lower = (facts: ComplaintFacts, severity: string, actor: ComplaintActor = supervisor) =>
  move('lower', { complaint: facts, actor, input: { severity, reason: 'r' } });

describe('classify', () => {
  it('confirms or raises, and never lowers', () => {
    const facts = complaint({ severity: 'serious' });
    expect(afterMove(facts, classify(facts)).severity).toBe('serious');
    const raised = classify(facts, { severity: 'major' });
    expect(raised.changes.severity).toBe('major');
    expect(inShort(raised.clocks)).toEqual([
      'void respond',
      'start respond',
      'start form-forwarded',
      'rebase complete',
      'assign complete',
    ]);
    expect(outcome(() => classify(facts, { severity: 'ordinary' }))).toBe('complaint.level_below');
  });

  it('confirms what the manager has lowered below the proposal', () => {
    expect(outcome(() => classify(complaint({ severity: 'ordinary', proposedSeverity: 'serious' })))).toBe(
      'classified',
    );
  });

  it('moves no clock where the level is only confirmed', () => {
    expect(classify(complaint()).clocks).toEqual([]);
  });

  it('takes validity along, with a reason and an explanation where it is none (CP7)', () => {
    expect(classify(complaint(), { validity: 'valid' }).changes.validity).toBe('valid');
    expect(outcome(() => classify(complaint(), { validity: 'invalid' }))).toBe('reason: required');
    expect(outcome(() => classify(complaint(), { validity: 'invalid', reason: 'r' }))).toBe('explained: required');
    const explained = { validity: 'invalid', reason: 'r', explained: 'call' };
    expect(classify(complaint(), explained).changes.validity).toBe('invalid');
  });
});

describe('raise and mishandled', () => {
  it('a raised one has to be taken over and forwarded anew, and an asked lowering is off', () => {
    const facts = standing('in-progress', {
      severity: 'serious',
      takenOverAt: now,
      forwardedTo: 'manager',
      loweringTo: 'ordinary',
    });
    const decision = raise(facts, 'critical', generalManager);
    expect(decision.changes).toEqual({ severity: 'critical', takenOverAt: null, forwardedTo: null, loweringTo: null });
    expect(decision.notices.map((notice) => ('role' in notice.to ? notice.to.role : ''))).toContain('general_manager');
    expect(flagsOf(afterMove(facts, decision))).toContain('raised');
  });

  it('raises to a higher level only', () => {
    const facts = complaint({ severity: 'serious' });
    for (const severity of ['serious', 'ordinary'])
      expect(outcome(() => raise(facts, severity))).toBe('severity: not_higher');
  });

  it('rises by one when it was mishandled, and that stays a fact of its proposal (CP2, CP9)', () => {
    const find = (facts: ComplaintFacts, actor: ComplaintActor) =>
      afterMove(facts, move('mishandled', { complaint: facts, actor, input: { reason: 'r' } }));
    const found = find(standing('in-progress', { severity: 'serious' }), systemActor);
    expect(found).toMatchObject({
      severity: 'major',
      mishandledAt: 'serious',
      proposedSeverity: 'major',
      rule: 'major.mishandled',
    });
    expect(find(found, manager)).toMatchObject({
      severity: 'critical',
      mishandledAt: 'major',
      rule: 'critical.mishandled',
    });
  });

  it('rises with each n-th failure only where the standard has the switch on (CP9)', () => {
    const on = structuredClone(luxury.document);
    on.complaint.raiseAtEachFailures.value = 2;
    const severity = 'serious' as const;
    expect(raisedByFailures(luxury.document, { severity }, 2)).toBeNull();
    const reached = [0, 1, 2, 3, 4].map((failures) => raisedByFailures(on, { severity }, failures));
    expect(reached).toEqual([null, null, 'major', null, 'major']);
    expect(raisedByFailures(on, { severity: 'critical' }, 2)).toBeNull();
    const told = { complaint: standing('customer-told', { failures: 1, severity }), actor: supervisor };
    const reopen = (document = luxury.document) =>
      move('reopen', { ...told, input: { reason: 'r' }, with: { ...luxury, document } }).changes;
    expect(reopen(on)).toMatchObject({ failures: 2, severity: 'major' });
    expect(reopen().severity).toBeUndefined();
  });
});

describe('a missed promise', () => {
  const facts = standing('in-progress', { severity: 'serious', failures: 1 });
  const miss = (kind: ClockKind, document = luxury.document, given = facts) =>
    failed(document, [running('complete')], given, { kind, ...change });

  it('is a failure where the table says so (spec/10)', () => {
    const counted = clockKinds.filter((kind) => miss(kind) !== null);
    expect(counted.sort()).toEqual(['complete', 'next-answer', 'respond', 'tell-customer']);
    expect(miss('respond')).toEqual({ changes: { failures: 2 }, clocks: [], notices: [], raised: null });
    expect(miss('respond', luxury.document, { ...facts, state: 'closed' })).toBeNull();
  });

  it('raises where the switch is on (CP9)', () => {
    const on = structuredClone(luxury.document);
    on.complaint.raiseAtEachFailures.value = 2;
    const risen = miss('respond', on);
    expect(risen).toMatchObject({
      changes: { failures: 2, severity: 'major' },
      raised: { from: 'serious', to: 'major' },
    });
    expect(inShort(risen?.clocks ?? [])).toContain('start respond');
    expect(miss('respond', on, { ...facts, failures: 2 })?.raised).toBeNull();
  });
});

describe('lower', () => {
  const facts = standing('in-progress', { severity: 'major', forwardedTo: 'general_manager' });

  it('changes nothing until somebody above the asker approves', () => {
    const asked = lower(facts, 'ordinary');
    expect(asked.approval).toEqual({ kind: 'complaint.lower', severity: 'ordinary' });
    // The approval tells whoever decides: told here as well they would hear of it twice.
    expect(lower(facts, 'ordinary', manager).notices).toEqual([]);
    expect([asked.changes, asked.clocks]).toEqual([{ loweringTo: 'ordinary' }, []]);
    expect(flagsOf(afterMove(facts, asked))).toContain('lowering-asked');
  });

  it('is asked for once, and to a lower level only', () => {
    const asked = afterMove(facts, lower(facts, 'ordinary'));
    expect(outcome(() => lower(asked, 'serious'))).toBe('complaint.lowering_asked');
    for (const severity of ['major', 'critical'])
      expect(outcome(() => lower(facts, severity))).toBe('severity: not_lower');
  });

  it('falls with the approval, where it still stands and nobody has raised it meanwhile', () => {
    const asked = afterMove(facts, lower(facts, 'ordinary'));
    expect(lowered(luxury.document, [], asked, change)?.changes).toEqual({
      severity: 'ordinary',
      loweringTo: null,
      forwardedTo: null,
    });
    expect(lowered(luxury.document, [], { ...asked, loweringTo: 'serious' }, change)?.changes).toEqual({
      severity: 'serious',
      loweringTo: null,
    });
    expect(lowered(luxury.document, [], afterMove(asked, raise(asked, 'critical')), change)).toBeNull();
    expect(lowered(luxury.document, [], { ...asked, state: 'closed' }, change)).toBeNull();
    expect(lowered(luxury.document, [], facts, change)).toBeNull();
  });
});

describe('the level follows its proposal upward by itself', () => {
  const weigh = (facts: ComplaintFacts, others: Parameters<typeof reweigh>[3]) =>
    reweigh(luxury.document, [], facts, others, change);
  const facts = standing('in-progress', { groupId: ids.group });
  const third = weigh(facts, membersLike(2));
  const serious: ComplaintFacts = { ...facts, ...third.changes };

  it('rises when the group reaches a bound', () => {
    expect(third).toMatchObject({
      raised: { from: 'ordinary', to: 'serious', rule: 'serious.raisings' },
      changes: { severity: 'serious', proposedSeverity: 'serious', raisings: 3, people: 3 },
    });
    expect(third.notices.length).toBeGreaterThan(0);
  });

  it('does not rise again to what the manager has lowered, until the proposal itself rises', () => {
    const byManager = { ...serious, severity: 'ordinary' as const };
    expect(weigh(byManager, membersLike(3)).raised).toBeNull();
    expect(weigh(byManager, membersLike(9)).raised).toMatchObject({ to: 'critical', rule: 'critical.people' });
  });

  it('lowers nothing when the proposal falls', () => {
    expect(weigh(serious, []).changes).toEqual({
      proposedSeverity: 'ordinary',
      rule: 'ordinary.other',
      raisings: 1,
      people: 1,
    });
  });

  it('leaves a higher level that somebody gave it, and what is closed', () => {
    expect(weigh({ ...facts, severity: 'critical' }, membersLike(2)).raised).toBeNull();
    expect(weigh({ ...facts, state: 'closed' }, membersLike(9)).raised).toBeNull();
  });

  it('counts itself once, also where the group is loaded with it', () => {
    expect(weigh(facts, [memberLike(facts.id), memberLike('x')]).changes.raisings).toBe(2);
  });
});

describe('CP7: validity', () => {
  const ask = (
    name: 'validate' | 'invalidate',
    given: Partial<ComplaintFacts>,
    input: Record<string, unknown> = { explained: 'visit' },
  ) =>
    move(name, {
      complaint: standing('in-progress', given),
      actor: supervisor,
      input: { reason: 'r', ...input },
      clocks: [running('complete')],
    });

  it('is decided with a reason that was explained; it is still served, so that no clock moves', () => {
    const decision = ask('invalidate', {});
    expect([decision.changes, decision.clocks]).toEqual([{ validity: 'invalid' }, []]);
    expect(flagsOf(standing('in-progress', decision.changes))).toContain('invalid');
    expect(outcome(() => ask('invalidate', {}, {}))).toBe('explained: required');
    expect(outcome(() => ask('invalidate', { validity: 'invalid' }))).toBe('complaint.already_decided');
    expect(outcome(() => ask('validate', { validity: 'valid' }))).toBe('complaint.already_decided');
    expect(ask('validate', { validity: 'invalid' }).changes.validity).toBe('valid');
  });

  it('needs no explanation to somebody who cannot be reached', () => {
    expect(outcome(() => ask('invalidate', { anonymous: true, unitId: null, hasContact: false }, {}))).toBe(
      'in-progress',
    );
  });
});
