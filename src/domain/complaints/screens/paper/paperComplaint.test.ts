import { describe, expect, it } from 'vitest';
import { luxury } from '../../complaint.fixture.ts';
import type { ComplaintAnswer } from '../../complaint-shapes.contract.ts';
import { paperComplaintOf } from './paperComplaint.ts';

const step = (action: string, at: string, name: string, facts: object = {}) => ({
  action,
  at,
  by: { id: name, name },
  facts,
  attachmentIds: action === 'tell-customer' ? ['photo', 'drawing'] : [],
});
const answer = {
  code: 'TS-2026-000012',
  communityId: 'c',
  anonymous: false,
  severity: 'critical',
  rule: 'critical.people',
  validity: 'valid',
  receivedAt: '2026-11-23T06:37:12.000Z',
  occurredAt: '2026-11-23T05:12:00.000Z',
  channel: 'phone',
  firstContact: { id: '1', name: '林小满' },
  contact: { name: '王女士', phone: '138****1234' },
  unit: '1-1-101',
  place: '车库',
  against: 'order',
  againstStaff: null,
  facts: { lossFen: 12_600_000, peopleCount: 12, death: false },
  group: null,
  department: 'order',
  responsible: { id: '2', name: '刘建国' },
  takenOverAt: '2026-11-23T06:38:01.000Z',
  inCharge: { id: '3', name: '方建业' },
  clocks: [{ kind: 'complete', state: 'running', dueAt: '2026-11-24T06:37:12.000Z' }],
  timeline: [
    step('forward', '2026-11-23T06:50:00.000Z', '沈静文', { to: 'manager' }),
    step('send', '2026-11-23T06:45:00.000Z', '沈静文'),
    step('accept', '2026-11-23T07:10:00.000Z', '刘建国'),
    step('tell-customer', '2026-11-24T03:20:00.000Z', '林小满', { how: 'visit' }),
  ],
  toldAt: '2026-11-24T03:20:00.000Z',
  signed: true,
  state: 'customer-told',
} as unknown as ComplaintAnswer;

describe('a complaint on paper', () => {
  it('says who took it and when, by which rule, and shows the drawing as the signature', () => {
    expect(paperComplaintOf(answer, luxury.document.complaint)).toMatchObject({
      receivedAt: '2026-11-23 14:37',
      taker: '林小满',
      unit: '1-1-101',
      rule: '同一事件满 10 人共同投诉，按特别重大',
      facts: '损失 126000.00 元，共同投诉 12 人',
      signedFor: '2026-11-23 15:10 刘建国',
      upward: ['2026-11-23 14:50 沈静文 转呈 管理处经理', '2026-11-23 14:38 方建业 接手'],
      toldAt: '2026-11-24 11:20 林小满 上门',
      signatureId: 'drawing',
    });
  });

  it('tells of an anonymous one neither who nor at which minute, whoever prints it (spec/12 Anonymity)', () => {
    const paper = paperComplaintOf({ ...answer, anonymous: true }, luxury.document.complaint);
    const text = JSON.stringify(paper);
    for (const tells of ['林小满', '王女士', '1234', '1-1-101', 'drawing']) expect(text).not.toContain(tells);
    expect(paper).toMatchObject({
      receivedAt: '2026-11-23 14:00',
      occurredAt: '2026-11-23 13:00',
      dueAt: '2026-11-24 14:00',
      sent: '2026-11-23 14:00',
      customer: '匿名',
    });
  });
});
