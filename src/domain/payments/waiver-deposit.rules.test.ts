// MN10, MN11: waivers only with the written approval of a named post; deposits kept with photos, given back to the payer.
import { describe, expect, it } from 'vitest';
import { BadInput, Refusal } from '../../kernel/refusal.ts';
import { waiverDepositProblems } from './payment.words.ts';
import { decideDeduction, decideDepositRefund, decideWaiver, type WaiverApproval } from './waiver-deposit.rules.ts';

const standing = { openFen: () => 1000, prepaidFen: () => 0, heldFen: () => 300 };
const charge = { unitId: 'u1', chargeId: 'c1', itemId: 'i1' };
const deposit = { unitId: 'u1', depositId: 'd1', itemId: 'i2' };
const posts = ['developer-leader', 'general_manager'];
const approval: WaiverApproval = { byId: 'g1', byPost: 'general_manager', attachmentIds: ['a1'] };
const outcome = (act: () => string): string => {
  try {
    return act();
  } catch (fault) {
    if (fault instanceof Refusal) return fault.code;
    if (fault instanceof BadInput) return fault.message;
    throw fault;
  }
};

describe('MN11: a waiver', () => {
  const waive = (given: WaiverApproval | null, more = {}) =>
    outcome(() => {
      const { entry, copyTo } = decideWaiver(
        { charge, amountFen: 400, reason: '渗水补偿', askedById: 'm1', ...more },
        given,
        posts,
        standing,
      );
      return `${entry.kind} ${copyTo}`;
    });
  it.each([
    ['with the general manager’s paper', approval, {}, 'waiver head-office-finance'],
    [
      'with the developer’s leader’s paper',
      { ...approval, byPost: 'developer-leader' },
      {},
      'waiver head-office-finance',
    ],
    ['without approval', null, {}, 'waiver.approval_missing'],
    ['approved by the manager', { ...approval, byPost: 'manager' }, {}, 'waiver.wrong_approver'],
    ['approved by whoever asks', { ...approval, byId: 'm1' }, {}, 'waiver.own_request'],
    ['approved by word of mouth', { ...approval, attachmentIds: [] }, {}, 'waiver.paper_missing'],
    ['without a reason', approval, { reason: ' ' }, 'reason: required'],
    ['of more than is open', approval, { amountFen: 1001 }, 'ledger.more_than_open'],
  ])('%s', (_, given, more, expected) => {
    expect(waive(given, more)).toBe(expected);
  });
});

describe('MN10: a deposit', () => {
  const deduct = (more = {}) =>
    outcome(
      () =>
        decideDeduction(
          { deposit, amountFen: 100, reason: '墙面损坏', photoIds: ['p1'], settles: null, ...more },
          standing,
        ).kind,
    );
  it.each([
    [{}, 'deposit-deduct'],
    [{ settles: charge }, 'deposit-deduct'],
    [{ reason: '', photoIds: [] }, 'reason: required; photoIds: photos_required'],
    [{ amountFen: 301 }, 'ledger.more_than_held'],
  ])('kept in part %j: %s', (more, expected) => {
    expect(deduct(more)).toBe(expected);
  });

  const refund = (payeeId: string, obligationsOpen: string[], amountFen = 300) =>
    outcome(
      () =>
        decideDepositRefund(
          { deposit, amountFen, payeeId, method: 'transfer', cashierId: 'k1' },
          { payerId: 'p1', obligationsOpen },
          standing,
        ).kind,
    );
  it('is given back to its payer when all is met', () => {
    expect(refund('p1', [])).toBe('deposit-refund');
    expect(refund('p2', [])).toBe('deposit.not_payer');
    expect(refund('p1', ['renovation-not-accepted'])).toBe('deposit.obligations_open');
    expect(refund('p1', [], 301)).toBe('ledger.more_than_held');
  });

  it('every refusal has a word', () => {
    expect(Object.keys(waiverDepositProblems)).toEqual([
      'waiver.approval_missing',
      'waiver.wrong_approver',
      'waiver.own_request',
      'waiver.paper_missing',
      'deposit.not_payer',
      'deposit.obligations_open',
    ]);
  });
});
