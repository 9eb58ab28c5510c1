// Taking money: fields, whose it is to take, the oldest first, change, several ways and units; and its reversal (MN5, MN7).
import { describe, expect, it } from 'vitest';
import { BadInput, Refusal } from '../../kernel/refusal.ts';
import {
  type CreatePayment,
  createPaymentSchema,
  paymentFaultCodes,
  paymentMoves,
  paymentRefusals,
  paymentStates,
} from './payment.contract.ts';
import { decidePayment, decideReversal, type PaymentFacts } from './payment.rules.ts';
import { paymentMoveWords, paymentProblems, paymentStateWords } from './payment.words.ts';

const uuid = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const [unit, neighbour] = [uuid(1), uuid(2)];
const charge = (number: number, openFen: number, dueOn: string, more = {}) => ({
  ...{ unitId: unit, chargeId: uuid(10 + number), itemId: uuid(90), kind: 'management', dueOn, openFen },
  ...more,
});
const facts: PaymentFacts = {
  charges: [
    charge(2, 25_060, '2026-11-30'),
    charge(1, 25_060, '2026-10-31'),
    charge(3, 4000, '2026-11-30', { unitId: neighbour, kind: 'water' }),
  ],
  balanceFen: 50_120,
  cashier: { id: uuid(50), roles: ['cashier'] },
  collectors: { management: ['cashier', 'front_desk'], water: ['cashier'], repair: ['front_desk'], other: ['cashier'] },
  isDayClosed: false,
};
const ask = (more: Partial<CreatePayment> = {}): CreatePayment => ({
  unitId: unit,
  method: 'cash',
  amountFen: 50_120,
  expectedBalanceFen: 50_120,
  takenAt: 'counter',
  note: '',
  ...more,
});
const outcome = (given: CreatePayment, more: Partial<PaymentFacts> = {}): string => {
  try {
    const { settles, prepaidFen, changeFen, parts } = decidePayment(given, { ...facts, ...more });
    return `${settles.map((one) => `${Number(one.chargeId.slice(-2)) - 10}:${one.fen}`).join(' ')} ahead ${prepaidFen} change ${changeFen} ${parts.map(({ method, fen }) => `${method} ${fen}`).join(' ')}`;
  } catch (fault) {
    if (fault instanceof Refusal) return `${fault.status} ${fault.code}`;
    if (fault instanceof BadInput) return fault.message;
    throw fault;
  }
};

describe('MN5: a payment', () => {
  it.each<[string, CreatePayment, string]>([
    ['all that is owed', ask(), '1:25060 2:25060 ahead 0 change 0 cash 50120'],
    ['in part: the oldest due first', ask({ amountFen: 30_000 }), '1:25060 2:4940 ahead 0 change 0 cash 30000'],
    [
      'more than is owed: the rest is paid ahead',
      ask({ amountFen: 60_000 }),
      '1:25060 2:25060 ahead 9880 change 0 cash 60000',
    ],
    ['with a note, change given back', ask({ tenderedFen: 60_000 }), '1:25060 2:25060 ahead 0 change 9880 cash 50120'],
    [
      'card and cash, change of the cash',
      ask({ method: 'card', otherParts: [{ method: 'cash', amountFen: 120 }], tenderedFen: 200 }),
      '1:25060 2:25060 ahead 0 change 80 card 50000 cash 120',
    ],
    [
      'one charge that was chosen',
      ask({
        amountFen: 25_060,
        allocations: [{ chargeId: uuid(12), amountFen: 25_060 }],
        expectedBalanceFen: undefined,
      }),
      '2:25060 ahead 0 change 0 cash 25060',
    ],
    [
      'two units at once',
      ask({
        amountFen: 29_060,
        allocations: [
          { chargeId: uuid(11), amountFen: 25_060 },
          { chargeId: uuid(13), amountFen: 4000 },
        ],
      }),
      '1:25060 3:4000 ahead 0 change 0 cash 29060',
    ],
    ['nothing', ask({ amountFen: 0 }), 'amountFen: amount_zero'],
    ['less than nothing', ask({ amountFen: -5 }), 'amountFen: amount_negative'],
    ['parts of a fen', ask({ amountFen: 100.5 }), 'amountFen: amount_parts_of_fen'],
    ['10¹² fen', ask({ amountFen: 10 ** 12 }), 'amountFen: amount_too_large'],
    [
      'neither balance nor charges',
      ask({ expectedBalanceFen: undefined }),
      'expectedBalanceFen: balance_or_allocations_required',
    ],
    ['too little on the counter', ask({ tenderedFen: 50_119 }), 'tenderedFen: tendered_too_little'],
    ['a note for a card', ask({ method: 'card', tenderedFen: 60_000 }), 'tenderedFen: tendered_only_cash'],
    ['a method twice', ask({ otherParts: [{ method: 'cash', amountFen: 1 }] }), 'otherParts.0.method: method_twice'],
    [
      'parts that leave nothing',
      ask({ otherParts: [{ method: 'card', amountFen: 50_120 }] }),
      'otherParts: parts_exceed_amount',
    ],
    [
      'every fault at once',
      ask({ amountFen: 0, tenderedFen: -1, allocations: [{ chargeId: uuid(11), amountFen: 0 }] }),
      'amountFen: amount_zero; allocations.0.amountFen: amount_zero; tenderedFen: amount_negative',
    ],
    [
      'a charge that is not theirs',
      ask({ allocations: [{ chargeId: uuid(77), amountFen: 1 }] }),
      'allocations.0.chargeId: unknown_charge',
    ],
    [
      'more for a charge than is open',
      ask({ allocations: [{ chargeId: uuid(13), amountFen: 4001 }] }),
      'allocations.0.amountFen: more_than_open',
    ],
    ['a balance that is another by now', ask({ expectedBalanceFen: 50_119 }), '409 payment.balance_changed'],
  ])('%s', (_, given, expected) => {
    expect(outcome(given)).toBe(expected);
  });

  it('RP11: is taken only by the post that the kind of charge names, never by the worker', () => {
    const repair = { charges: [charge(1, 100, '2026-11-30', { kind: 'repair' })], balanceFen: 100 };
    const pay = ask({ amountFen: 100, expectedBalanceFen: 100 });
    const by = (role: string) => outcome(pay, { ...repair, cashier: { id: uuid(50), roles: [role] } });
    expect(by('technician')).toBe('403 payment.not_collector');
    expect(by('cashier')).toBe('403 payment.not_collector');
    expect(by('front_desk')).toBe('1:100 ahead 0 change 0 cash 100');
    expect(outcome(ask({ amountFen: 60_000 }), { cashier: { id: uuid(50), roles: ['front_desk'] } })).toBe(
      '403 payment.not_collector',
    );
  });

  it('MN8: a closed day can’t be posted into', () => {
    expect(outcome(ask(), { isDayClosed: true })).toBe('409 payment.day_closed');
  });

  it('on the wire knows its fields and no others', () => {
    expect(
      createPaymentSchema.safeParse({ unitId: unit, method: 'cash', amountFen: 1, expectedBalanceFen: 1 }).success,
    ).toBe(true);
    expect(createPaymentSchema.safeParse({ unitId: unit, method: 'barter', amountFen: 1 }).success).toBe(false);
    expect(createPaymentSchema.safeParse({ unitId: unit, method: 'cash', amountFen: 1, discount: 1 }).success).toBe(
      false,
    );
  });
});

describe('MN7, spec/10: a payment is reversed once, by finance, with another person’s approval', () => {
  const entry = { ...decidePayment(ask(), facts).entry, id: uuid(60) };
  const standing = { openFen: () => 0, prepaidFen: () => 0, heldFen: () => 0 };
  const finance = { id: uuid(51), roles: ['finance'] };
  const posted = { state: 'posted' as const, entry, approvedById: uuid(52), isDayClosed: false };
  const reverse = (more: object, actor = finance): string => {
    try {
      return decideReversal({ ...posted, ...more }, actor, standing).kind;
    } catch (fault) {
      if (fault instanceof Refusal) return fault.code;
      throw fault;
    }
  };
  for (const move of paymentMoves)
    for (const state of paymentStates)
      for (const role of ['finance', 'cashier', 'front_desk', 'manager'])
        it(`${move} of one that is ${state} by ${role}`, () => {
          const expected =
            role !== 'finance' ? 'forbidden' : state === 'posted' ? 'reversal' : 'payment.move_not_allowed';
          expect(reverse({ state }, { id: uuid(51), roles: [role] })).toBe(expected);
        });
  it('not without approval, not by the approver, not into a closed day', () => {
    expect(reverse({ approvedById: null })).toBe('payment.approval_missing');
    expect(reverse({ approvedById: finance.id })).toBe('payment.own_request');
    expect(reverse({ isDayClosed: true })).toBe('payment.day_closed');
  });
});

it('every state, move, refusal and fault of payments has a word', () => {
  expect(Object.keys(paymentStateWords)).toEqual([...paymentStates]);
  expect(Object.keys(paymentMoveWords)).toEqual([...paymentMoves]);
  expect(Object.keys(paymentProblems.titles).sort()).toEqual([...paymentRefusals].sort());
  expect(Object.keys(paymentProblems.faults).sort()).toEqual([...paymentFaultCodes].sort());
});
