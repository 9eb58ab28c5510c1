import { describe, expect, it, test } from 'vitest';
import { dayMs, plusMinutes, plusMs } from '../../kernel/time.ts';
import {
  afterMove,
  complaint,
  engineer,
  generalManager,
  ids,
  inShort,
  manager,
  move,
  now,
  outcome,
  person,
  running,
  standing,
  supervisor,
  taker,
  wall,
} from './complaint.fixture.ts';
import { type ComplaintActor, type ComplaintFacts, systemActor } from './complaint-facts.rules.ts';
import { flagsOf, isReadyToClose } from './complaint-moves.rules.ts';
import type { Severity } from './complaint-shapes.contract.ts';

const later = (minutes: number) => plusMinutes(now, minutes);
const unreachable = { anonymous: true, unitId: null, hasContact: false };

describe('CP3: upward', () => {
  const clocks = [running('form-forwarded'), running('respond'), running('complete')];
  const forward = (facts: ComplaintFacts, actor: ComplaintActor) =>
    move('forward', { complaint: facts, actor, clocks });
  const told = (facts: ComplaintFacts, actor: ComplaintActor) => {
    const decision = forward(facts, actor);
    return [decision.changes.forwardedTo, ...inShort(decision.clocks)];
  };

  it('forwards a serious form in one hand', () => {
    const serious = complaint({ severity: 'serious' });
    expect(told(serious, supervisor)).toEqual(['manager', 'stop form-forwarded']);
    expect(told(serious, manager)).toEqual(['manager', 'stop form-forwarded']);
    expect(forward(serious, supervisor).notices.map((notice) => notice.to)).toEqual([{ role: 'manager' }]);
    // He has it in his hands.
    expect(forward(serious, manager).notices).toEqual([]);
  });

  it.each(['major', 'critical'] as const)('forwards a %s form in two hands, and the last one counts', (severity) => {
    const facts = complaint({ severity });
    expect(told(facts, supervisor)).toEqual(['manager', 'assign form-forwarded']);
    const held = afterMove(facts, forward(facts, supervisor));
    expect(outcome(() => forward(held, supervisor))).toBe('complaint.already_forwarded');
    expect(told(held, manager)).toEqual(['general_manager', 'stop form-forwarded']);
    expect(outcome(() => forward(afterMove(held, forward(held, manager)), manager))).toBe(
      'complaint.already_forwarded',
    );
    // The manager need not wait for the supervisor.
    expect(told(facts, manager)).toEqual(['general_manager', 'stop form-forwarded']);
  });

  it('is taken over once, and whoever is named keeps the finish', () => {
    const facts = complaint({ severity: 'major' });
    const takeOver = (given: ComplaintFacts, input: Record<string, unknown> = {}) =>
      move('take-over', { complaint: given, actor: generalManager, clocks, input });
    const decision = takeOver(facts, { inChargeId: ids.named });
    expect(decision.changes).toEqual({ takenOverAt: now, inChargeId: ids.named });
    expect(decision.event.forId).toBe(ids.named);
    expect(inShort(decision.clocks)).toEqual(['stop respond', 'assign complete']);
    expect(outcome(() => takeOver(afterMove(facts, decision)))).toBe('complaint.already_taken_over');
    expect(takeOver(facts).changes.inChargeId).toBe('general_manager');
  });

  it('names a person of the centre who is there', () => {
    const name = (named: { id: string; roles: ('technician' | 'contractor')[]; active: boolean } | null) =>
      outcome(() =>
        move('take-over', {
          complaint: complaint({ severity: 'major' }),
          actor: generalManager,
          input: { inChargeId: ids.named },
          context: { person: named },
        }),
      );
    expect(name(null)).toBe('inChargeId: unknown_person');
    expect(name({ id: ids.named, roles: ['contractor'], active: true })).toBe('inChargeId: wrong_post');
    expect(name({ id: ids.named, roles: ['technician'], active: false })).toBe('inChargeId: not_active');
  });

  it('an answer to the customer needs a way that reaches him', () => {
    const respond = (how: string, given: Partial<ComplaintFacts> = {}) =>
      outcome(() => move('respond', { complaint: complaint(given), actor: taker, input: { how, answer: 'a' } }));
    expect(['live', 'call', 'visit', 'message', 'letter'].map((how) => respond(how))).toEqual(
      Array(5).fill('recorded'),
    );
    expect(respond('posted')).toBe('how: can_be_reached');
    expect(respond('posted', unreachable)).toBe('recorded');
    expect(respond('live', unreachable)).toBe('recorded');
    expect(respond('call', unreachable)).toBe('how: cannot_be_reached');
  });
});

describe('the department', () => {
  it('is sent the form with its responsible person named, and the one before is let go (CP4)', () => {
    const decision = move('send', {
      complaint: standing('in-progress', { handlerId: ids.technician }),
      actor: taker,
      input: { department: 'environment', responsibleId: ids.named },
      clocks: [running('complete')],
    });
    expect(decision).toMatchObject({ state: 'sent', changes: { department: 'environment', handlerId: ids.named } });
    expect(decision.notices.map((notice) => notice.kind)).toEqual([
      'complaint.withdrawn',
      'complaint.sent',
      'complaint.sent',
    ]);
    expect(inShort(decision.clocks)).toEqual(['start sent', 'charge complete']);
  });

  it('signs for it by its head, who is then responsible, or by whoever was named', () => {
    const signed = (facts: ComplaintFacts, actor: ComplaintActor) =>
      move('accept', { complaint: facts, actor }).changes.handlerId;
    expect(signed(standing('sent', { handlerId: null }), engineer)).toBe('engineering_supervisor');
    expect(signed(standing('sent'), person('technician', ids.named))).toBe(ids.named);
    expect(signed(standing('sent'), engineer)).toBe(ids.named);
  });

  it('passes it to another department only', () => {
    const transfer = (department: string) =>
      outcome(() =>
        move('transfer', { complaint: standing('sent'), actor: engineer, input: { department, reason: 'r' } }),
      );
    expect(transfer('engineering')).toBe('complaint.same_department');
    expect(transfer('order')).toBe('sent');
  });

  it('waits for a date in reach that was explained (CP6)', () => {
    const ask = (input: Record<string, unknown>, given: Partial<ComplaintFacts> = {}) =>
      outcome(() =>
        move('wait', {
          complaint: standing('in-progress', given),
          actor: engineer,
          input: { reason: 'parts', explained: 'call', until: later(60), ...input },
        }),
      );
    expect(ask({})).toBe('waiting');
    expect(ask({ until: now })).toBe('until: in_the_past');
    expect(ask({ explained: 'posted' })).toBe('explained: can_be_reached');
    expect(ask({}, unreachable)).toBe('explained: cannot_be_reached');
    // Five working days after Monday, 23 November.
    expect(ask({ until: wall('2026-11-30 18:00') })).toBe('waiting');
    expect(ask({ until: plusMs(wall('2026-11-30 18:00'), 1) })).toBe('until: too_late');
  });

  it('says what was done and why it came to it, and the first contact hears of it (CP5)', () => {
    const decision = move('resolve', {
      complaint: standing('in-progress'),
      actor: engineer,
      input: { result: 'mended', cause: 'facilities' },
    });
    expect(decision).toMatchObject({
      changes: { resolvedAt: now, waitUntil: null },
      texts: { result: 'mended' },
      cause: 'facilities',
    });
    expect(decision.notices[0]?.to).toEqual({ firstContact: true });
  });
});

describe('the customer is told', () => {
  const tell = (given: Partial<ComplaintFacts>, input: Record<string, unknown>, actor = taker) =>
    move('tell-customer', { complaint: standing('resolved', given), actor, input: { answer: 'a', ...input } });

  const asked: [string, Partial<ComplaintFacts>, Record<string, unknown>, string][] = [
    ['by telephone with his opinion', {}, { how: 'call', opinion: 'o' }, 'customer-told'],
    ['by telephone, opinion forgotten', {}, { how: 'call' }, 'opinion: required'],
    ['in person, unsigned without a reason', {}, { how: 'visit', opinion: 'o' }, 'signature: signature_or_reason'],
    ['in person, not signed and why', {}, { how: 'visit', unsignedReason: 'gone' }, 'customer-told'],
    [
      'in person with a photo of the paper',
      {},
      { how: 'live', opinion: 'o', attachmentIds: [ids.other] },
      'customer-told',
    ],
    ['posted to somebody known', {}, { how: 'posted', opinion: 'o' }, 'how: can_be_reached'],
    ['posted to nobody', unreachable, { how: 'posted' }, 'customer-told'],
    ['telephoned to nobody', unreachable, { how: 'call', opinion: 'o' }, 'how: cannot_be_reached'],
  ];
  test.each(asked)('%s', (_what, given, input, expected) => {
    expect(outcome(() => tell(given, input))).toBe(expected);
  });

  it('makes the follow-up that the level owes, counted from the end of the work', () => {
    const at = (severity: Severity, actor: ComplaintActor) =>
      tell({ severity, resolvedAt: later(-300) }, { how: 'call', opinion: 'o' }, actor).followUp;
    expect(at('ordinary', taker)).toEqual({ do: 'make', what: 'complaint', at: later(-300) });
    expect(at('serious', supervisor)).toMatchObject({ what: 'complaint' });
    expect(at('major', manager)).toMatchObject({ what: 'major-critical-event' });
    expect(at('critical', generalManager)).toMatchObject({ what: 'major-critical-event' });
    const nobody = tell(unreachable, { how: 'posted' });
    expect([nobody.followUp, nobody.changes.followUp]).toEqual([undefined, 'not-owed']);
  });

  it('flags a form without the customer’s signature', () => {
    const facts = afterMove(standing('resolved'), tell({}, { how: 'call', opinion: 'o' }));
    expect(flagsOf(facts)).toContain('unsigned');
    expect(flagsOf({ ...facts, signed: true })).not.toContain('unsigned');
  });
});

describe('closed, and opened again', () => {
  it('closes when the follow-up is reviewed or not owed and nobody of the group waits for a call', () => {
    const close = (followUp: ComplaintFacts['followUp'], callBacksOpen = 0) =>
      outcome(() =>
        move('close', {
          complaint: standing('customer-told', { followUp }),
          actor: systemActor,
          context: { callBacksOpen },
        }),
      );
    expect(close('none')).toBe('complaint.follow_up_open');
    expect(close('due')).toBe('complaint.follow_up_open');
    expect(close('reviewed')).toBe('closed');
    expect(close('not-owed')).toBe('closed');
    expect(close('reviewed', 2)).toBe('complaint.call_backs_open');
    expect(isReadyToClose(standing('customer-told'), 0)).toBe(true);
    expect(isReadyToClose(standing('customer-told'), 1)).toBe(false);
    expect(isReadyToClose(standing('customer-told', { followUp: 'due' }), 0)).toBe(false);
    expect(isReadyToClose(standing('resolved', { followUp: 'not-owed' }), 0)).toBe(false);
  });

  const closed = standing('closed', {
    agreedAt: later(-5),
    agreedWithConsent: true,
    wishedAt: later(-5),
    replyAt: later(-5),
    groupId: ids.group,
    signed: true,
  });
  const reopen = (at = now, actor: ComplaintActor = systemActor) =>
    move('reopen', { complaint: closed, actor, input: { reason: 'r' }, at });

  it('is reopened within the standard’s days', () => {
    expect(outcome(() => reopen(plusMs(now, 30 * dayMs), supervisor))).toBe('in-progress');
    expect(outcome(() => reopen(plusMs(now, 30 * dayMs + 1), supervisor))).toBe('complaint.reopen_too_late');
  });

  it('is the department’s again, with old dates gone and a failure more', () => {
    const decision = reopen();
    expect(afterMove(closed, decision)).toMatchObject({
      state: 'in-progress',
      department: 'engineering',
      failures: 1,
      agreedAt: null,
      agreedWithConsent: false,
      wishedAt: null,
      replyAt: null,
      resolvedAt: null,
      toldAt: null,
      closedAt: null,
      signed: false,
      followUp: 'none',
    });
    expect([decision.followUp, decision.regroup]).toEqual([{ do: 'void' }, [ids.group]]);
    expect(decision.notices.map((notice) => notice.kind)).toEqual(['complaint.reopened']);
  });
});
