import { describe, expect, it, test } from 'vitest';
import { plusMinutes } from '../../kernel/time.ts';
import { roles } from '../access/role.contract.ts';
import {
  afterMove,
  complaint,
  ids,
  inShort,
  luxury,
  memberLike,
  membersLike,
  move,
  now,
  outcome,
  person,
  record,
  running,
  standard,
  standing,
  supervisor,
  taker,
} from './complaint.fixture.ts';
import type { ComplaintActor, ComplaintFacts } from './complaint-facts.rules.ts';
import { flagsOf } from './complaint-moves.rules.ts';
import { nothingStated } from './complaint-severity.rules.ts';
import type { ComplaintState, Severity } from './complaint-shapes.contract.ts';

const later = (minutes: number) => plusMinutes(now, minutes);
const resident = person('resident', 'r', { unitIds: [ids.unit] });
const anonymously = { anonymous: true, unitId: null, hasContact: false };

describe('recording a complaint', () => {
  test.each(roles)('%s', (role) => {
    const expected = ['contractor', 'owners_committee', 'developer', 'rental_agency'].includes(role)
      ? '404'
      : role === 'admin'
        ? '403'
        : 'recorded';
    expect(outcome(() => record({}, { actor: person(role) }))).toBe(expected);
  });

  it('saves with level, unit and phone, before the story is typed (CP1)', () => {
    const decision = record({ severity: 'critical', unitId: ids.unit, contact: { phone: '13800001234' } });
    expect(decision).toMatchObject({
      state: 'recorded',
      changes: {
        severity: 'critical',
        proposedSeverity: 'ordinary',
        rule: 'ordinary.other',
        hasContact: true,
        firstContactId: ids.taker,
      },
      event: { move: 'create', byRole: 'front_desk' },
    });
    expect(inShort(decision.clocks)).toEqual(['start respond', 'start form-forwarded', 'start sent', 'start complete']);
  });

  it('has the higher of the clerk’s level and the proposal at once', () => {
    expect(record({ severity: 'serious', facts: { lossFen: 1_000_000 } }).changes).toMatchObject({
      severity: 'major',
      proposedSeverity: 'major',
      rule: 'major.loss',
    });
    expect(record({ severity: 'major', facts: { lossFen: 200_000 } }).changes).toMatchObject({
      severity: 'major',
      proposedSeverity: 'serious',
      rule: 'serious.loss',
    });
  });

  it('keeps of an anonymous one no phone, party or unit (spec/12)', () => {
    const decision = record({ anonymous: true, unitId: ids.unit, contact: { name: 'n', phone: '13800001234' } });
    expect(decision.changes).toMatchObject({ unitId: null, hasContact: false, personKey: null, anonymous: true });
    expect(decision.contact).toBeUndefined();
    expect(decision.notices.every((notice) => notice.withoutText)).toBe(true);
    expect(flagsOf(afterMove(complaint(), decision))).toContain('anonymous');
  });

  it('accepts one from somebody who cannot be reached, and flags it', () => {
    expect(flagsOf(afterMove(complaint(), record({})))).toContain('unreachable');
    expect(flagsOf(afterMove(complaint(), record({ unitId: ids.unit })))).not.toContain('unreachable');
  });

  it('leaves the first contact of one reported online to the desk on duty', () => {
    const decision = record({ unitId: ids.unit, channel: 'online' }, { actor: resident });
    expect(decision.changes.firstContactId).toBeNull();
    const tell = () =>
      move('tell-customer', {
        complaint: standing('resolved', { firstContactId: null }),
        actor: person('front_desk', ids.otherDesk),
        input: { how: 'call', answer: 'a', opinion: 'o' },
      });
    expect(outcome(tell)).toBe('customer-told');
    const respond = () =>
      move('respond', {
        complaint: complaint({ firstContactId: null }),
        actor: person('front_desk', ids.otherDesk),
        input: { how: 'call', answer: 'a' },
      });
    expect(outcome(respond)).toBe('recorded');
  });

  it('takes a resident’s date for a wish, never for an agreement', () => {
    const body = { unitId: ids.unit, channel: 'online', agreedAt: later(600), consent: { by: 'me', how: 'message' } };
    expect(record(body, { actor: resident }).changes.agreedWithConsent).toBe(false);
    expect(record(body).changes.agreedWithConsent).toBe(true);
  });

  const faults: [string, Record<string, unknown>, string, ComplaintActor?][] = [
    ['a death without an injury', { facts: { death: true, injury: 'none' } }, 'facts.injury: contradicts_death'],
    ['a wish in the past', { wishedAt: later(-1) }, 'wishedAt: in_the_past'],
    ['an agreed date in the past', { agreedAt: now }, 'agreedAt: in_the_past'],
    ['a reply time in the past', { replyAt: now }, 'replyAt: in_the_past'],
    ['an event in the future', { occurredAt: later(1) }, 'occurredAt: in_the_future'],
    ['a talk that is still to come', { receivedAt: later(1) }, 'receivedAt: in_the_future'],
    ['a talk of the day before yesterday', { receivedAt: later(-24 * 60 - 1) }, 'receivedAt: too_old'],
    ['an unknown complaint about the same event', { sameEventAs: ids.other }, 'sameEventAs: unknown_complaint'],
    ['a resident who names a level', { severity: 'critical' }, 'severity: not_for_residents', resident],
    ['a resident for another unit', { unitId: ids.otherUnit }, '404', resident],
  ];
  test.each(faults)('refuses %s', (_what, body, expected, actor) => {
    expect(outcome(() => record(body, actor ? { actor } : {}))).toBe(expected);
  });

  it('refuses a unit of another community', () => {
    expect(outcome(() => record({ unitId: ids.unit }, { context: { unitKnown: false } }))).toBe('unitId: unknown_unit');
  });

  it('names every fault at once', () => {
    expect(outcome(() => record({ wishedAt: later(-1), facts: { death: true, injury: 'none' } }))).toBe(
      'wishedAt: in_the_past; facts.injury: contradicts_death',
    );
  });
});

describe('who hears of it (spec/12 Told to)', () => {
  const told = (severity: Severity) =>
    record({ severity }).notices.map((notice) =>
      [
        'role' in notice.to ? notice.to.role : '',
        notice.loud ? 'loud' : 'bell',
        ...(notice.out ? ['out'] : []),
        ...(notice.repeats ? ['each minute'] : []),
      ].join(' '),
    );
  it('goes up with the level', () => {
    expect(told('ordinary')).toEqual(['cs_supervisor loud']);
    expect(told('serious')).toEqual(['cs_supervisor loud', 'manager loud out']);
    const highest = ['cs_supervisor loud', 'manager loud out', 'general_manager loud out each minute'];
    expect(told('major')).toEqual(highest);
    expect(told('critical')).toEqual(highest);
  });
});

describe('amend', () => {
  const ask = (facts: ComplaintFacts, input: Record<string, unknown>, actor = taker) =>
    move('amend', {
      complaint: facts,
      actor,
      input,
      clocks: [running('respond'), running('form-forwarded'), running('complete')],
    });
  const lossOf = (lossFen: number) => ({ stated: { ...nothingStated, lossFen } });

  it('proposes anew and raises by itself', () => {
    const decision = ask(complaint(), { facts: { lossFen: 1_000_000 } });
    expect(decision.changes).toMatchObject({ severity: 'major', proposedSeverity: 'major', rule: 'major.loss' });
    expect(decision.event.facts).toMatchObject({ severity: ['ordinary', 'major'], rule: 'major.loss' });
    expect(inShort(decision.clocks)).toContain('start respond');
  });

  it('asks for the other levels of the group only where a fact of the event has changed', () => {
    const inGroup = complaint({ groupId: ids.group });
    expect(ask(complaint(), { facts: { lossFen: 1 } }).regroup).toBeUndefined();
    expect(ask(inGroup, { facts: { lossFen: 1 } }).regroup).toEqual([ids.group]);
    expect(ask(inGroup, { contact: { phone: '13800001234' } }).regroup).toEqual([ids.group]);
    expect(ask(inGroup, { place: 'p' }).regroup).toBeUndefined();
  });

  it('does not lower when a loss turns out smaller', () => {
    const facts = complaint({ severity: 'major', proposedSeverity: 'major', ...lossOf(1_000_000) });
    expect(afterMove(facts, ask(facts, { facts: { lossFen: 0 } }))).toMatchObject({
      severity: 'major',
      proposedSeverity: 'ordinary',
    });
  });

  it('leaves the liability to the supervisor, with a reason; a loss by others then counts no more', () => {
    const facts = complaint({ severity: 'major', proposedSeverity: 'major', ...lossOf(1_000_000) });
    expect(outcome(() => ask(facts, { liability: 'other', reason: 'r' }))).toBe('403');
    expect(outcome(() => ask(facts, { liability: 'other' }, supervisor))).toBe('reason: required');
    expect(ask(facts, { liability: 'other', reason: 'r' }, supervisor).changes).toMatchObject({
      liability: 'other',
      proposedSeverity: 'ordinary',
    });
  });

  const faults: [string, Partial<ComplaintFacts>, Record<string, unknown>, string][] = [
    ['nothing', {}, {}, ': nothing_to_change'],
    ['an agreed date without consent', {}, { agreedAt: later(600) }, 'complaint.consent_missing'],
    ['a date in the past', {}, { wishedAt: later(-1) }, 'wishedAt: in_the_past'],
    [
      'an injury against a death stated before',
      { stated: { ...nothingStated, deaths: 1 } },
      { facts: { injury: 'none' } },
      'facts.injury: contradicts_death',
    ],
    ['a unit for an anonymous one', anonymously, { unitId: ids.unit }, 'unitId: anonymous_has_none'],
    ['a phone for an anonymous one', anonymously, { contact: { phone: '13800001234' } }, 'contact: anonymous_has_none'],
  ];
  test.each(faults)('refuses %s', (_what, change, input, expected) => {
    expect(outcome(() => ask(complaint(change), input))).toBe(expected);
  });
});

describe('before it is sent', () => {
  const bare = { place: null, hasAccount: false, hasDemand: false, hasReplyReason: false, replyAt: null } as const;
  const story = ['place', 'account', 'demand'];
  const missing = (change: Partial<ComplaintFacts>, version = luxury) => {
    try {
      move('send', { complaint: complaint(change), actor: taker, input: { department: 'engineering' }, with: version });
      return [];
    } catch (error) {
      return (error as { facts?: { fields?: string[] } }).facts?.fields ?? [String(error)];
    }
  };

  it('needs place, account and demand, from major on the reason and the reply time too (CP6)', () => {
    expect(missing({ ...bare })).toEqual(story);
    expect(missing({ ...bare, state: 'classified', severity: 'serious' })).toEqual(story);
    for (const severity of ['major', 'critical'] as const)
      for (const version of [luxury, standard])
        expect(missing({ ...bare, state: 'classified', severity }, version)).toEqual([
          ...story,
          'replyReason',
          'replyAt',
        ]);
  });

  it('does not ask what was told to somebody who cannot be reached', () => {
    expect(missing({ ...bare, ...anonymously, state: 'classified', severity: 'major' })).toEqual(story);
  });

  it('goes out from recorded when ordinary, after classification above', () => {
    const send = (facts: ComplaintFacts) =>
      outcome(() => move('send', { complaint: facts, actor: taker, input: { department: 'hr' } }));
    expect(send(complaint())).toBe('sent');
    expect(send(complaint({ severity: 'serious' }))).toBe('complaint.not_classified');
    expect(send(complaint({ severity: 'serious', state: 'classified' }))).toBe('sent');
  });
});

describe('groups', () => {
  const linkTo = (facts: ComplaintFacts, context: Parameters<typeof move>[1]['context']) =>
    move('link', {
      complaint: facts,
      actor: taker,
      input: { sameEventAs: ids.other },
      ...(context ? { context } : {}),
    });

  it('link raises the whole group’s level and names the groups to weigh anew', () => {
    const decision = linkTo(complaint({ groupId: 'old' }), { group: membersLike(9) });
    expect(decision.changes).toMatchObject({ groupId: ids.group, severity: 'critical', people: 10, raisings: 10 });
    expect(decision.regroup).toEqual([ids.group, 'old']);
    expect(decision.joins).toEqual({ groupId: ids.group, alsoId: null });
  });

  it('founds a group where neither has one, and takes the other in where only this one has', () => {
    const alone = { sameEvent: { id: ids.other, groupId: null }, newGroupId: 'new', group: [memberLike(ids.other)] };
    expect(linkTo(complaint(), alone).joins).toEqual({ groupId: 'new', alsoId: ids.other });
    expect(linkTo(complaint({ groupId: 'mine' }), alone).joins).toEqual({ groupId: 'mine', alsoId: ids.other });
  });

  it('is recorded into a group at once', () => {
    const decision = record(
      { sameEventAs: ids.other, unitId: ids.unit },
      { context: { sameEvent: { id: ids.other, groupId: null }, newGroupId: 'new', group: membersLike(2) } },
    );
    expect(decision.changes).toMatchObject({ groupId: 'new', raisings: 3, severity: 'serious' });
    expect(decision.joins).toEqual({ groupId: 'new', alsoId: ids.other });
    expect(decision.regroup).toEqual(['new']);
  });

  it('unlink leaves the level and lets the proposal fall', () => {
    const facts = complaint({ groupId: ids.group, severity: 'serious', proposedSeverity: 'serious', raisings: 3 });
    const decision = move('unlink', { complaint: facts, actor: taker, context: { group: membersLike(2) } });
    expect(afterMove(facts, decision)).toMatchObject({
      groupId: null,
      severity: 'serious',
      proposedSeverity: 'ordinary',
      raisings: 1,
    });
    expect(decision.regroup).toEqual([ids.group]);
    expect(outcome(() => move('unlink', { complaint: complaint(), actor: taker }))).toBe('complaint.not_in_a_group');
  });

  it('refuses what cannot be meant', () => {
    const link = (
      facts: ComplaintFacts,
      sameEventAs: string,
      sameEvent: { id: string; groupId: string | null } | null,
    ) =>
      outcome(() => move('link', { complaint: facts, actor: taker, input: { sameEventAs }, context: { sameEvent } }));
    expect(link(complaint(), ids.complaint, { id: ids.complaint, groupId: null })).toBe('sameEventAs: is_itself');
    expect(link(complaint(), ids.other, null)).toBe('sameEventAs: unknown_complaint');
    expect(link(complaint({ groupId: ids.group }), ids.other, { id: ids.other, groupId: ids.group })).toBe(
      'complaint.already_in_the_group',
    );
  });

  it('merge ends it with every clock void and both numbers kept', () => {
    const facts = complaint({ groupId: ids.group });
    const merge = (intoId: string, mergeInto: { id: string; state: ComplaintState } | null) =>
      move('merge', {
        complaint: facts,
        actor: supervisor,
        input: { intoId },
        clocks: [running('respond'), running('complete')],
        context: { mergeInto },
      });
    const decision = merge(ids.other, { id: ids.other, state: 'recorded' });
    expect(decision).toMatchObject({
      state: 'closed',
      changes: { mergedIntoId: ids.other, closedAt: now },
      regroup: [ids.group],
    });
    expect(inShort(decision.clocks)).toEqual(['void respond', 'void complete']);
    const merged = afterMove(facts, decision);
    expect(outcome(() => move('reopen', { complaint: merged, actor: supervisor, input: { reason: 'r' } }))).toBe(
      'complaint.move_not_allowed',
    );
    expect(outcome(() => merge(ids.complaint, null))).toBe('intoId: is_itself');
    expect(outcome(() => merge(ids.other, null))).toBe('intoId: unknown_complaint');
  });
});
