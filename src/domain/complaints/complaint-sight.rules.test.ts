import { describe, expect, it, test } from 'vitest';
import { plusMinutes } from '../../kernel/time.ts';
import type { Role } from '../access/role.contract.ts';
import type { ClockAnswer, TimelineEntry } from '../cases/case.contract.ts';
import { toTheHour } from '../cases/case-sight.rules.ts';
import { complaint, ids, standing, wall } from './complaint.fixture.ts';
import type { ComplaintFacts } from './complaint-facts.rules.ts';
import { type AnonymousView, anonymitySight, exportedTime, maskAnonymous } from './complaint-sight.rules.ts';

const anonymous = (change: Partial<ComplaintFacts> = {}) =>
  standing('sent', { anonymous: true, unitId: null, hasContact: false, personKey: null, ...change });
const sees = (role: Role, facts: ComplaintFacts, id: string = role) => {
  const sight = anonymitySight({ id, roles: [role] }, facts);
  expect(sight.minute).toBe(sight.taker);
  return sight.taker;
};

describe('CP12, spec/12: who sees taker and minute of an anonymous complaint', () => {
  const rows: [string, Role, Partial<ComplaintFacts>, boolean][] = [
    ['the manager', 'manager', {}, true],
    ['the general manager', 'general_manager', {}, true],
    ['the auditor', 'auditor', {}, true],
    ['the desk', 'front_desk', {}, true],
    ['the supervisor', 'cs_supervisor', {}, true],
    ['the head of the department', 'engineering_supervisor', {}, false],
    ['a technician of it', 'technician', {}, false],
    ['another department', 'order_supervisor', {}, false],
    ['a cashier', 'cashier', {}, false],
    ['the desk, when it is about customer service', 'front_desk', { against: 'customer-service' }, false],
    ['the supervisor, when it is about customer service', 'cs_supervisor', { against: 'customer-service' }, false],
    ['the manager, when it is about customer service', 'manager', { against: 'customer-service' }, true],
    ['the desk, when customer service only handles it', 'front_desk', { department: 'customer-service' }, true],
    ['a department that handles what is about another', 'environment_supervisor', { department: 'environment' }, false],
    ['a butler, before it was sent', 'butler', { department: null, against: null }, false],
  ];
  test.each(rows)('%s', (_who, role, change, expected) => {
    expect(sees(role, anonymous(change))).toBe(expected);
  });

  it('hides nothing from who took it, and everything from whom it is about', () => {
    expect(sees('butler', anonymous({ against: 'customer-service', firstContactId: ids.butler }), ids.butler)).toBe(
      true,
    );
    expect(sees('manager', anonymous({ againstStaffId: 'manager' }))).toBe(false);
    expect(sees('front_desk', anonymous({ againstStaffId: ids.otherDesk }), ids.otherDesk)).toBe(false);
  });

  it('hides nothing of a complaint with a name', () => {
    expect(sees('technician', complaint({ againstStaffId: 'technician' }))).toBe(true);
  });

  it('shows nothing by a second post that one post alone may not see', () => {
    const sight = anonymitySight({ id: 'x', roles: ['front_desk', 'engineering_supervisor'] }, anonymous());
    expect(sight).toEqual({ taker: false, minute: false });
  });
});

// ── the masked answer ───────────────────────────────────────────────────────────────────────────────

const taken = wall('2026-11-23 14:37');
const sent = wall('2026-11-23 15:12');
const entry = (action: string, at: string, by: string, toState: string | null): TimelineEntry => ({
  id: action,
  seq: 1,
  kind: 'move',
  action,
  fromState: null,
  toState,
  at,
  recordedAt: at,
  by: { id: by, name: by },
  byRole: 'front_desk',
  for: null,
  source: 'staff-web',
  facts: {},
  text: null,
  attachmentIds: [],
});
const clock = (kind: ClockAnswer['kind'], startedAt: string, minutes: number, ownerId: string | null): ClockAnswer => ({
  id: kind,
  caseId: 'c',
  kind,
  key: '',
  state: 'running',
  startedAt,
  dueAt: plusMinutes(startedAt, minutes),
  wishedAt: null,
  stoppedAt: null,
  spentMinutesBy: { customer: 0, centre: 83, department: 0, contractor: 0 },
  spentMinutes: 83,
  overMinutes: 3,
  overdueFrom: plusMinutes(startedAt, minutes),
  provisional: false,
  spentSecondsBy: { customer: 0, centre: 4980, department: 0, contractor: 0 },
  policyVersion: '1',
  owner: { id: ownerId, name: ownerId, role: 'front_desk', department: null },
  why: [{ code: 'due', at: plusMinutes(startedAt, minutes) }],
});
const view: AnonymousView = {
  receivedAt: taken,
  createdAt: plusMinutes(taken, 1),
  unitId: ids.unit,
  unit: '3-1-502',
  firstContact: { id: ids.taker, name: 'taker' },
  contact: { name: 'n', phone: '138****1234' },
  clocks: [
    clock('sent', taken, 10, null),
    clock('complete', taken, 12 * 60, null),
    clock('next-answer', plusMinutes(sent, 5), 600, ids.taker),
  ],
  timeline: [
    entry('create', taken, ids.taker, 'recorded'),
    entry('classify', plusMinutes(taken, 10), 'supervisor', 'classified'),
    entry('send', sent, ids.otherDesk, 'sent'),
    entry('tell-customer', plusMinutes(sent, 30), ids.taker, 'customer-told'),
  ],
  attachmentIds: [],
  takenOverAt: plusMinutes(taken, 4),
  lowering: { askedAt: plusMinutes(taken, 6), askedBy: { id: ids.taker, name: 'n' } },
};
/** Stands for the keyed hash. */
const opaque = (id: string) => `opaque ${id.length}`;
const same = (id: string) => id;
const hidden = maskAnonymous(view, anonymous(), { taker: false, minute: false }, opaque);

describe('the answer to a reader who may not know', () => {
  it('names the taker nowhere', () => {
    expect(JSON.stringify(hidden)).not.toContain(ids.taker);
    expect(hidden.firstContact).toBeNull();
    expect(hidden.lowering).toEqual({ askedAt: wall('2026-11-23 14:00'), askedBy: null });
    expect(hidden.timeline.map((each) => each.by?.id ?? null)).toEqual([null, 'supervisor', ids.otherDesk, null]);
    expect(hidden.clocks[2]?.owner).toMatchObject({ id: null, name: null, role: 'front_desk' });
  });

  it('shows the hour of what happened before it was sent, and the minute afterwards', () => {
    const hour = wall('2026-11-23 14:00');
    expect([hidden.receivedAt, hidden.createdAt]).toEqual([hour, hour]);
    expect(hidden.timeline.map((each) => each.at)).toEqual([hour, hour, sent, plusMinutes(sent, 30)]);
    expect(JSON.stringify(hidden)).not.toContain(':37:');
  });

  it('tells nothing by ids, facts, files, or the step of a ladder that stands so long after the start', () => {
    const [v7, v4] = ['019aac00-0000-7000-8000-000000000001', '2b9f7c1e-0000-4000-8000-000000000002'];
    const told: AnonymousView = {
      ...view,
      attachmentIds: [v7, v4],
      timeline: [
        {
          ...entry('create', taken, ids.taker, 'recorded'),
          source: 'phone',
          facts: { receivedAt: taken, groupId: v7 },
        },
        entry('send', sent, ids.otherDesk, 'sent'),
        {
          ...entry('escalated', plusMinutes(sent, 40), 'system', null),
          id: v7,
          kind: 'clock',
          facts: { clockId: v7, told: [ids.taker] },
          attachmentIds: [v7, v4],
        },
      ],
    };
    const shown = maskAnonymous(told, anonymous(), { taker: false, minute: false }, opaque);
    const hour = wall('2026-11-23 14:00');
    expect(shown.timeline[0]).toMatchObject({ source: 'staff-web', facts: { receivedAt: hour, groupId: 'opaque 36' } });
    expect(shown.timeline[2]).toMatchObject({
      id: 'opaque 36',
      at: wall('2026-11-23 15:00'),
      facts: { clockId: 'opaque 36', told: ['opaque 36'] },
      attachmentIds: [v4],
    });
    expect([shown.takenOverAt, shown.attachmentIds]).toEqual([hour, [v4]]);
    expect(JSON.stringify(shown)).not.toContain(v7);
  });

  it('gives the minute away by no clock that began with the talk', () => {
    const [sentClock, complete, later] = hidden.clocks;
    expect(sentClock).toMatchObject({ startedAt: wall('2026-11-23 14:00'), dueAt: null, overdueFrom: null, why: [] });
    expect(complete).toMatchObject({
      startedAt: wall('2026-11-23 14:00'),
      dueAt: wall('2026-11-24 02:00'),
      spentMinutes: 60,
      overMinutes: 0,
      spentSecondsBy: { centre: 3600 },
    });
    expect(later).toMatchObject({ startedAt: plusMinutes(sent, 5), spentMinutes: 83 });
  });

  it('is never later than due by rounding', () => {
    for (const each of hidden.clocks) {
      const real = view.clocks.find((one) => one.kind === each.kind);
      if (each.dueAt !== null) expect(each.dueAt <= (real?.dueAt ?? '')).toBe(true);
    }
  });
});

describe('everybody else', () => {
  it('sees taker and minute, but of an anonymous one no person', () => {
    const shown = maskAnonymous(view, anonymous(), { taker: true, minute: true }, same);
    expect(shown).toEqual({ ...view, unitId: null, unit: null, contact: { name: null, phone: null } });
  });

  it('sees a complaint with a name as it is', () => {
    expect(maskAnonymous(view, complaint(), { taker: true, minute: true }, same)).toBe(view);
  });

  it('reads the hour in exports', () => {
    expect(exportedTime(taken, true)).toBe(wall('2026-11-23 14:00'));
    expect(exportedTime(taken, false)).toBe(taken);
    expect(toTheHour(wall('2026-11-23 14:00'))).toBe(wall('2026-11-23 14:00'));
  });
});
