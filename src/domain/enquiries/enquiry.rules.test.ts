// Enquiries: every state × move × hand from the table, and the clocks that each move meets or starts (spec/10, FD1–FD6).
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BadInput, Refusal } from '../../kernel/refusal.ts';
import { dayMs, plusMs } from '../../kernel/time.ts';
import type { Role } from '../access/role.contract.ts';
import type { ClockFact } from '../clocks/clock.contract.ts';
import { standardDocumentSchema } from '../standards/standard.contract.ts';
import { enquiryMoves, enquiryStates } from './enquiry.contract.ts';
import {
  allowedEnquiryMoves,
  decideEnquiryMove,
  type EnquiryAsk,
  enquiryHats,
  enquiryMoveTable,
} from './enquiry.rules.ts';

const presets = ['luxury', 'standard'].map((preset) =>
  standardDocumentSchema.parse(JSON.parse(readFileSync(`standards/${preset}.json`, 'utf8'))),
);
const [luxury] = presets as [EnquiryAsk['document'], EnquiryAsk['document']];
const now = '2026-11-26T02:00:00.000Z';
const clock = (kind: ClockFact['kind'], key = ''): ClockFact => ({
  kind,
  key,
  state: 'running',
  startedAt: '2026-11-26T01:00:00.000Z',
  dueAt: null,
});
const ask = (over: Partial<EnquiryAsk> = {}): EnquiryAsk => ({
  enquiry: { state: 'open', version: 4, firstContactId: 'first', responsibleId: 'mine', endedAt: null },
  clocks: [clock('answer')],
  document: luxury,
  actor: { id: 'desk', roles: ['front_desk'], isOutsider: false },
  now,
  ...over,
});
const outcome = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (fault) {
    if (fault instanceof BadInput) return fault.faults.map((one) => `${one.path} ${one.code}`).join();
    return fault instanceof Refusal ? fault.code : fault;
  }
};
const decide = (name: (typeof enquiryMoves)[number], over: Partial<EnquiryAsk> = {}, how = 'in-person') =>
  outcome(() => decideEnquiryMove(name, ask(over), { version: 4, how }, 'event'));

describe('moving an enquiry on', () => {
  const people: [string, string, Role[]][] = [
    ['the first contact', 'first', ['order_supervisor']],
    ['the one it was handed to', 'mine', ['technician']],
    ['the desk', 'x', ['front_desk']],
    ['the supervisor', 'x', ['cs_supervisor']],
    ['the manager', 'x', ['manager']],
    ['another technician', 'x', ['technician']],
    ['an auditor', 'x', ['auditor']],
  ];
  const cases = people.flatMap(([who, id, roles]) =>
    enquiryStates.flatMap((state) => enquiryMoves.map((name) => [who, state, name, id, roles] as const)),
  );
  it.each(cases)('%s, %s × %s: as the table says', (_who, state, name, id, roles) => {
    const endedAt = state === 'closed' ? now : null;
    const enquiry = { ...ask().enquiry, state, endedAt };
    const actor = { id, roles, isOutsider: false };
    const mayBy = enquiryHats(actor, enquiry).some((hat) => enquiryMoveTable[name].by.includes(hat));
    const result = decide(name, { enquiry, actor });
    if (!mayBy) expect(result).toBe('forbidden');
    else if (!enquiryMoveTable[name].from.includes(state)) expect(result).toBe('enquiry.move_not_allowed');
    else expect(result).toMatchObject({ state: expect.any(String) });
  });

  it('does not exist for a resident who has none of the hats', () => {
    expect(decide('answer', { actor: { id: 'r', roles: ['resident'], isOutsider: true } })).toBe('not_found');
  });

  it('asks the version before the state', () => {
    expect(outcome(() => decideEnquiryMove('close', ask(), { version: 3 }, 'event'))).toBe('stale_version');
    expect(outcome(() => decideEnquiryMove('close', ask(), { version: undefined }, 'event'))).toBe('version required');
  });

  it('meets the answer and is closed at once when nothing else was promised (FD6)', () => {
    expect(decide('answer')).toEqual({
      state: 'closed',
      clocks: [{ do: 'stop', kind: 'answer', key: '', at: now, evidenceId: 'event' }],
    });
  });

  it('answered by telephone it is the call that was promised, answered otherwise the call is still owed (FD3)', () => {
    const clocks = [clock('answer'), clock('call-back', 'line')];
    const byCall = decide('answer', { clocks }, 'call') as { state: string; clocks: { kind: string }[] };
    expect([byCall.state, byCall.clocks.map((one) => one.kind)]).toEqual(['closed', ['answer', 'call-back']]);
    const inPerson = decide('answer', { clocks }, 'in-person') as { state: string; clocks: { kind: string }[] };
    expect([inPerson.state, inPerson.clocks.map((one) => one.kind)]).toEqual(['answered', ['answer']]);
    const enquiry = { ...ask().enquiry, state: 'answered' as const };
    expect(decide('close', { enquiry, clocks })).toBe('enquiry.promise_open');
  });

  it.each(presets.map((document) => [document.preset, document] as const))(
    'reopened within the days of the %s preset it owes an answer anew, after them it does not',
    (_preset, document) => {
      const days = document.complaint.reopenWithinDays.value;
      const closed = (ms: number) => ({ ...ask().enquiry, state: 'closed' as const, endedAt: plusMs(now, -ms) });
      expect(decide('reopen', { document, enquiry: closed(days * dayMs) })).toMatchObject({
        state: 'open',
        clocks: [{ do: 'start', kind: 'answer', owner: { staffId: 'first' } }],
      });
      expect(decide('reopen', { document, enquiry: closed(days * dayMs + 1) })).toBe('enquiry.reopen_too_late');
    },
  );

  it('offers the likely move first and tells why one is refused', () => {
    expect(allowedEnquiryMoves(ask()).map((move) => move.name)[0]).toBe('answer');
    const enquiry = { ...ask().enquiry, state: 'answered' as const };
    expect(allowedEnquiryMoves(ask({ enquiry, clocks: [clock('call-back', 'k')] }))).toContainEqual({
      name: 'close',
      allowed: false,
      reason: 'enquiry.promise_open',
    });
  });
});
