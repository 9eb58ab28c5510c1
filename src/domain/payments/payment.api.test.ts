// Taking money over HTTP (MN5, MN6, MN7): what is settled, what the receipt says, what is refused, and two hands on one bill.
import { describe, expect, it } from 'vitest';
import { inBooks, owe, postingOf, unitsIn } from '../../../tests/books.ts';
import { type Community, faultsOf, type Person, useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';
import { usePrepaid } from '../charges/charge-posting.service.ts';

const house = useHouse({ startAt: '2026-11-26T02:00:00.000Z' });

async function counter(options: { book?: boolean } = {}) {
  const community = await house.community();
  const [finance, cashier, cashier2, desk, manager, tech] = await Promise.all([
    house.person('finance', community, '钱会计'),
    house.person('cashier', community, '赵敏'),
    house.person('cashier', community, '孙倩'),
    house.person('front_desk', community, '林小满'),
    house.person('manager', community, '高经理'),
    house.person('technician', community, '周海涛'),
  ]);
  const [unit, neighbour] = (await unitsIn(house, community, 2)) as [string, string];
  if (options.book !== false)
    for (const [at, person] of [cashier, cashier2, desk].entries())
      await finance.post(`${community.path}/receipt-books`, {
        series: 'A',
        from: at * 100 + 1,
        to: at * 100 + 100,
        holderId: person.id,
      });
  const posting = postingOf(house, community, finance.id);
  const owes = (more: Partial<Parameters<typeof owe>[2]> & { amountFen: number }) =>
    inBooks(house, community, (tx) => owe(tx, posting, { unitId: unit, ...more }));
  const pay = (person: Person, body: object, headers?: Record<string, string>) =>
    person.post(`${community.path}/payments`, { unitId: unit, method: 'cash', ...body }, headers);
  const due = async (person: Person, id = unit) => (await person.get(`${community.path}/units/${id}/due`)).body;
  return { community, finance, cashier, cashier2, desk, manager, tech, unit, neighbour, owes, pay, due };
}
const receipts = async (person: Person, { path }: Community): Promise<any[]> =>
  (await person.get(`${path}/receipts?limit=200`)).body.items;

describe('MN5: taking money', () => {
  it('settles the oldest due first, gives change, and hands the receipt over with its capitals', async () => {
    const { community, cashier, owes, pay, due } = await counter();
    const october = await owes({ amountFen: 36_632, month: '2026-10', dueOn: '2026-10-31' });
    const november = await owes({ amountFen: 36_632 });
    const before = await due(cashier);
    expect([before.balanceFen, before.charges.map((one: any) => one.chargeId)]).toEqual([73_264, [october, november]]);
    expect(before.book).toEqual({ series: 'A', nextCode: 'A0000001', left: 100 });
    const paid = await pay(cashier, { amountFen: 73_264, tenderedFen: 80_000, expectedBalanceFen: 73_264 });
    expect(paid.status).toBe(201);
    expect(paid.body).toMatchObject({
      state: 'posted',
      amountFen: 73_264,
      method: 'cash',
      changeFen: 6736,
      prepaidFen: 0,
      balanceFen: 0,
      settles: [
        { chargeId: october, unit: '3-1-101', month: '2026-10', amountFen: 36_632 },
        { chargeId: november, month: '2026-11', amountFen: 36_632 },
      ],
      receipt: {
        code: 'A0000001',
        series: 'A',
        number: 1,
        amountFen: 73_264,
        amountInCapitals: '柒佰叁拾贰元陆角肆分',
        method: ['cash'],
        cashier: '赵敏',
      },
    });
    expect(paid.body.receipt.lines).toMatchObject([
      { unit: '3-1-101', month: '2026-10', quantity: '1', unitPriceFen: 36_632, amountFen: 36_632 },
      { month: '2026-11' },
    ]);
    const after = await due(cashier);
    expect([after.balanceFen, after.charges, after.today]).toEqual([0, [], { count: 1, cashFen: 73_264 }]);
    expect((await cashier.get(`${community.path}/payments/${paid.body.id}`)).body).toEqual(paid.body);
    expect((await cashier.get(`${community.path}/receipts/${paid.body.receipt.id}`)).body).toEqual(paid.body.receipt);
  });

  it('takes a part, something ahead, several units and months, and several ways of paying at once', async () => {
    const { cashier, unit, neighbour, owes, pay, due } = await counter();
    const mine = await owes({ amountFen: 10_000 });
    const theirs = await owes({ amountFen: 5000, unitId: neighbour });
    const part = await pay(cashier, { amountFen: 4000, expectedBalanceFen: 10_000 });
    expect([part.status, part.body.balanceFen]).toEqual([201, 6000]);
    const both = await pay(cashier, {
      method: 'card',
      amountFen: 12_000,
      otherParts: [{ method: 'cash', amountFen: 2000 }],
      tenderedFen: 5000,
      allocations: [
        { chargeId: mine, amountFen: 6000 },
        { chargeId: theirs, amountFen: 5000 },
      ],
    });
    expect(both.body).toMatchObject({
      changeFen: 3000,
      prepaidFen: 1000,
      balanceFen: -1000,
      parts: [
        { method: 'card', amountFen: 10_000 },
        { method: 'cash', amountFen: 2000 },
      ],
      receipt: { method: ['card', 'cash'], amountFen: 12_000 },
    });
    expect(both.body.receipt.lines.map((line: any) => [line.unit, line.charge, line.amountFen])).toEqual([
      ['3-1-101', expect.any(String), 6000],
      ['3-1-102', expect.any(String), 5000],
      ['3-1-101', '预收款', 1000],
    ]);
    expect((await due(cashier, unit)).prepaidFen).toBe(1000);
    expect((await due(cashier, neighbour)).balanceFen).toBe(0);
    const ahead = await pay(cashier, { method: 'transfer', amountFen: 100_000, expectedBalanceFen: -1000 });
    expect([ahead.body.prepaidFen, ahead.body.balanceFen]).toEqual([100_000, -101_000]);
  });

  it.each([
    ['nothing', { amountFen: 0 }, ['amountFen amount_zero']],
    ['less than nothing', { amountFen: -1 }, ['amountFen amount_negative']],
    ['a million million yuan', { amountFen: 1e14 }, ['amountFen amount_too_large']],
    ['a third decimal', { amountFen: 100.5 }, ['amountFen amount_parts_of_fen']],
    [
      'neither charges nor the balance',
      { amountFen: 100, expectedBalanceFen: undefined },
      ['expectedBalanceFen balance_or_allocations_required'],
    ],
    ['too little cash', { amountFen: 100, tenderedFen: 99 }, ['tenderedFen tendered_too_little']],
    ['change for a card', { amountFen: 100, method: 'card', tenderedFen: 200 }, ['tenderedFen tendered_only_cash']],
    [
      'a charge that is none',
      { amountFen: 100, allocations: [{ chargeId: newId(), amountFen: 100 }] },
      ['allocations.0.chargeId unknown_charge'],
    ],
  ])('refuses %s at its field, in Chinese, and writes nothing', async (_what, body, expected) => {
    const { community, cashier, owes, pay } = await counter();
    await owes({ amountFen: 10_000 });
    const answer = await pay(cashier, { expectedBalanceFen: 10_000, ...body });
    expect([answer.status, faultsOf(answer)]).toEqual([422, expected]);
    for (const one of answer.body.errors) expect(one.message).toMatch(/[一-鿿]/);
    expect(await receipts(cashier, community)).toEqual([]);
  });

  it('needs a key, a household of its own community, a post that collects and a book in hand', async () => {
    const { cashier, desk, manager, tech, owes, pay } = await counter();
    const elsewhere = await counter({ book: false });
    await owes({ amountFen: 10_000 });
    const body = { amountFen: 10_000, expectedBalanceFen: 10_000 };
    expect((await pay(cashier, body, { 'idempotency-key': '' })).status).toBe(428);
    expect(faultsOf(await pay(cashier, { ...body, unitId: elsewhere.unit }))).toEqual(['unitId unknown_unit']);
    expect((await pay(desk, body)).body).toMatchObject({ status: 403, code: 'payment.not_collector' });
    expect((await pay(manager, body)).status).toBe(403);
    expect((await pay(tech, body)).status).toBe(403);
    await elsewhere.owes({ amountFen: 10_000 });
    const bookless = await elsewhere.pay(elsewhere.cashier, body);
    expect([bookless.status, bookless.body.code]).toEqual([409, 'receipt.no_book']);
    expect((await elsewhere.due(elsewhere.cashier)).balanceFen).toBe(10_000);
  });

  it('tells the balance by now where another counter took it meanwhile; the bill is paid once', async () => {
    const { community, cashier, cashier2, owes, pay } = await counter();
    const charge = await owes({ amountFen: 10_000 });
    const body = { amountFen: 10_000, expectedBalanceFen: 10_000 };
    const answers = await Promise.all([pay(cashier, body), pay(cashier2, body)]);
    expect(answers.map((one) => one.status).sort()).toEqual([201, 409]);
    const refused = answers.find((one) => one.status === 409);
    expect(refused?.body).toMatchObject({ code: 'payment.balance_changed', facts: { balanceFen: 0 } });
    const again = await pay(cashier, { amountFen: 10_000, allocations: [{ chargeId: charge, amountFen: 10_000 }] });
    expect([again.status, faultsOf(again)]).toEqual([422, ['allocations.0.amountFen more_than_open']]);
    expect(await receipts(cashier, community)).toHaveLength(1);
  });

  it('is taken once by a double click and a resend; the same key with another amount is refused', async () => {
    const { community, cashier, owes, pay } = await counter();
    await owes({ amountFen: 10_000 });
    const key = { 'idempotency-key': newId() };
    const body = { amountFen: 6000, expectedBalanceFen: 10_000 };
    const [one, two] = await Promise.all([pay(cashier, body, key), pay(cashier, body, key)]);
    expect([one.status, two.status]).toEqual([201, 201]);
    expect(two.body).toEqual(one.body);
    expect((await pay(cashier, body, key)).body.receipt.code).toBe('A0000001');
    const other = await pay(cashier, { ...body, amountFen: 4000 }, key);
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_mismatch']);
    expect(await receipts(cashier, community)).toHaveLength(1);
  });
});

describe('MN7: a wrong payment', () => {
  it('goes back by an opposite entry: asked for, approved by another, done once, its receipt with it', async () => {
    const { community, finance, cashier, manager, owes, pay, due } = await counter();
    await owes({ amountFen: 10_000 });
    const paid = (await pay(cashier, { amountFen: 10_000, expectedBalanceFen: 10_000 })).body;
    const reverse = (body: object, by = finance) => by.post(`${community.path}/payments/${paid.id}/reverse`, body);
    expect((await reverse({ reason: '收错户' }, cashier)).status).toBe(403);
    expect((await reverse({ reason: '' })).status).toBe(422);
    expect((await reverse({ reason: '收错户', approvalId: newId() })).body.code).toBe('payment.approval_missing');
    expect((await reverse({ reason: '收错户', version: 7 })).status).toBe(412);
    const asked = await reverse({ reason: '收错户', version: 1 });
    expect(asked.body).toMatchObject({ state: 'posted', reversal: { state: 'asked', reason: '收错户' } });
    expect((await reverse({ reason: '收错户' })).body.code).toBe('approval.already_pending');
    const { approvalId } = asked.body.reversal;
    expect((await reverse({ reason: '收错户', approvalId })).body.code).toBe('payment.approval_missing');
    const shown = (await manager.get(`${community.path}/approvals/${approvalId}`)).body;
    expect(shown).toMatchObject({ kind: 'payment.reverse', title: '冲正收款 A0000001', reason: '收错户' });
    const yes = (by: Person) => by.post(`${community.path}/approvals/${approvalId}/approve`, { version: 1 });
    expect((await yes(finance)).status).toBeGreaterThanOrEqual(400);
    expect((await yes(manager)).status).toBe(200);
    const done = await reverse({ reason: '收错户', approvalId });
    expect(done.body).toMatchObject({
      state: 'reversed',
      version: 2,
      balanceFen: 10_000,
      receipt: { state: 'reversed', reason: '收错户' },
      reversal: { state: 'done', approvedBy: { name: '高经理' }, doneBy: { name: '钱会计' } },
    });
    expect((await reverse({ reason: '再来', approvalId })).body.code).toBe('payment.move_not_allowed');
    const after = await due(cashier);
    expect([after.balanceFen, after.charges[0].openFen]).toEqual([10_000, 10_000]);
  });

  it('is refused where what was paid ahead is used since', async () => {
    const { community, finance, cashier, manager, unit, owes, pay } = await counter();
    const ahead = (await pay(cashier, { amountFen: 10_000, expectedBalanceFen: 0 })).body;
    await owes({ amountFen: 8000 });
    await inBooks(house, community, (tx) => usePrepaid(tx, postingOf(house, community, finance.id), unit));
    const path = `${community.path}/payments/${ahead.id}/reverse`;
    const { approvalId } = (await finance.post(path, { reason: '要退款' })).body.reversal;
    await manager.post(`${community.path}/approvals/${approvalId}/approve`, { version: 1 });
    const answer = await finance.post(path, { reason: '要退款', approvalId });
    expect([answer.status, answer.body.code]).toEqual([409, 'ledger.since_used']);
  });
});
