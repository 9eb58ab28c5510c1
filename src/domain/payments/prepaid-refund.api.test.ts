// Money paid ahead that goes back, over HTTP (MN7): asked, approved by another, paid out once, never above what is there.
import { describe, expect, it } from 'vitest';
import { inBooks, owe, pay as payIn, postingOf, unitsIn } from '../../../tests/books.ts';
import { faultsOf, type Person, useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';
import { usePrepaid } from '../charges/charge-posting.service.ts';

const house = useHouse({ startAt: '2026-11-26T02:00:00.000Z' });

async function counter() {
  const community = await house.community();
  const [finance, finance2, cashier, manager, desk] = await Promise.all([
    house.person('finance', community, '钱会计'),
    house.person('finance', community, '孙会计'),
    house.person('cashier', community, '赵敏'),
    house.person('manager', community, '高经理'),
    house.person('front_desk', community, '林小满'),
  ]);
  const [unit] = (await unitsIn(house, community, 1)) as [string];
  for (const [at, person] of [cashier, finance].entries())
    await finance.post(`${community.path}/receipt-books`, {
      series: 'A',
      from: at * 100 + 1,
      to: at * 100 + 100,
      holderId: person.id,
    });
  const posting = postingOf(house, community, finance.id);
  const ahead = async (amountFen: number) => {
    const { balanceFen } = (await cashier.get(`${community.path}/units/${unit}/due`)).body;
    const body = { unitId: unit, method: 'cash', amountFen, expectedBalanceFen: balanceFen };
    const paid = await cashier.post(`${community.path}/payments`, body);
    expect(paid.status, JSON.stringify(paid.body)).toBe(201);
  };
  const refunds = `${community.path}/prepaid-refunds`;
  const ask = (more: object, by: Person = finance, headers?: Record<string, string>) =>
    by.post(refunds, { unitId: unit, amountFen: 4000, payee: '陈建国', reason: '房屋已售', ...more }, headers);
  const approve = (id: string, by = manager) => by.post(`${community.path}/approvals/${id}/approve`, { version: 1 });
  const pay = (id: string, body: object = { method: 'transfer' }, by = finance) =>
    by.post(`${refunds}/${id}/pay`, body);
  const owes = (amountFen: number) =>
    inBooks(house, community, async (tx) => {
      await owe(tx, posting, { unitId: unit, amountFen });
      await usePrepaid(tx, posting, unit);
    });
  return {
    community,
    posting,
    finance,
    finance2,
    cashier,
    manager,
    desk,
    unit,
    ahead,
    refunds,
    ask,
    approve,
    pay,
    owes,
  };
}

describe('MN7: refund of money paid ahead', () => {
  it('is asked by finance, approved by the manager, paid out once with a voucher; the statement tells it', async () => {
    const { community, finance, cashier, desk, unit, ahead, refunds, ask, approve, pay } = await counter();
    await ahead(10_000);
    expect((await ask({}, cashier)).status).toBe(403);
    expect((await ask({}, desk)).status).toBe(403);
    const asked = await ask({});
    expect(asked.status, JSON.stringify(asked.body)).toBe(201);
    expect(asked.body).toMatchObject({
      ...{ state: 'asked', amountFen: 4000, amountInCapitals: '肆拾元整', payee: '陈建国', code: null },
      moves: [
        { name: 'pay', allowed: false, reason: 'prepaid-refund.move_not_allowed' },
        { name: 'drop', allowed: false },
      ],
    });
    expect((await ask({ amountFen: 100 })).body.code).toBe('approval.already_pending');
    const early = await pay(asked.body.id);
    expect([early.status, early.body.code]).toEqual([409, 'prepaid-refund.move_not_allowed']);
    const { approvalId } = asked.body;
    const shown = (await finance.get(`${community.path}/approvals/${approvalId}`)).body;
    expect(shown).toMatchObject({ title: '退预存款 3-1-101', reason: '收款人 陈建国：房屋已售' });
    expect((await approve(approvalId, finance)).status).toBeGreaterThanOrEqual(400);
    expect((await approve(approvalId)).status).toBe(200);
    expect((await pay(asked.body.id, { method: 'transfer', version: 1 })).status).toBe(412);
    const paid = await pay(asked.body.id);
    expect(paid.body).toMatchObject({
      ...{ state: 'paid', code: 'TK-20261126-0001', method: 'transfer' },
      ...{ askedBy: { name: '钱会计' }, approvedBy: { name: '高经理' }, paidBy: { name: '钱会计' } },
    });
    expect((await pay(asked.body.id)).body.code).toBe('prepaid-refund.move_not_allowed');
    const account = (await desk.get(`${community.path}/units/${unit}/account`)).body;
    expect([account.prepaidFen, account.entries[0].words]).toEqual([6000, '退还预收款 40.00 元（转账）']);
    expect((await cashier.get(`${refunds}?unitId=${unit}`)).body.items).toHaveLength(1);
    const breaches = (await house.breaches()).filter((one) => !one.startsWith('search '));
    expect(breaches).toEqual([]);
  });

  it.each([
    ['nothing', { amountFen: 0 }, ['amountFen amount_zero']],
    ['less than nothing', { amountFen: -1 }, ['amountFen amount_negative']],
    ['a million million yuan', { amountFen: 100_000_000_000_000 }, ['amountFen amount_too_large']],
    ['parts of a fen', { amountFen: 0.5 }, ['amountFen amount_parts_of_fen']],
    ['nobody to get it', { payee: '  ' }, ['payee required']],
    ['no reason', { reason: '' }, ['reason required']],
    ['no household', { unitId: newId() }, ['unitId unknown_unit']],
  ])('says what is wrong: %s', async (_name, over, faults) => {
    const { ask } = await counter();
    const answer = await ask(over);
    expect([answer.status, faultsOf(answer)]).toEqual([422, faults]);
  });

  it('never gives more than is there: not at the asking, not when it was used meanwhile, not with charges open', async () => {
    const { ahead, ask, approve, pay, owes, refunds, finance } = await counter();
    expect((await ask({ amountFen: 1 })).body).toMatchObject({
      code: 'prepaid-refund.more_than_free',
      facts: { freeFen: 0 },
    });
    await ahead(4000);
    expect((await ask({ amountFen: 4001 })).body.title).toContain('可退的预存款只有 40.00 元');
    const asked = (await ask({})).body;
    await owes(1500);
    await approve(asked.approvalId);
    const late = await pay(asked.id);
    expect(late.body).toMatchObject({ code: 'prepaid-refund.more_than_free', facts: { freeFen: 2500 } });
    expect((await finance.post(`${refunds}/${asked.id}/drop`, {})).body.state).toBe('dropped');
    expect((await finance.post(`${refunds}/${asked.id}/drop`, {})).status).toBe(409);
    const rest = (await ask({ amountFen: 2500 })).body;
    await approve(rest.approvalId);
    const twice = await Promise.all([pay(rest.id), pay(rest.id)]);
    expect(twice.map((one) => one.status).sort()).toEqual([200, 409]);
    expect((await ask({ amountFen: 1 })).body.facts).toEqual({ freeFen: 0, askedFen: 1 });
  });

  it('gives no cash that is not in the drawer of whoever pays, and none into a counted day', async () => {
    const { community, finance, posting, unit, ahead, ask, approve, pay } = await counter();
    await ahead(10_000);
    const asked = (await ask({})).body;
    await approve(asked.approvalId);
    const empty = await pay(asked.id, { method: 'cash' });
    expect(empty.body).toMatchObject({ code: 'prepaid-refund.drawer_short', facts: { cashFen: 0 } });
    await inBooks(house, community, (tx) => payIn(tx, posting, { unitId: unit, fen: 5000 }));
    expect((await pay(asked.id, { method: 'cash' })).status).toBe(200);
    const sheet = (await finance.get(`${community.path}/daily-closes/sheet`)).body;
    expect(sheet).toMatchObject({ books: [{ method: 'cash', fen: 1000 }], givenFen: 4000, takenFen: 5000 });
    const second = (await ask({})).body;
    await approve(second.approvalId);
    const counted = await finance.post(`${community.path}/daily-closes`, {
      ...{ day: sheet.day, cash: [{ faceFen: 1000, pieces: 1 }], slips: [], differences: [], signature: 'data:,x' },
      blankReceipts: sheet.blankReceipts.map(({ bookId, next, to }: any) => ({ bookId, next, to })),
    });
    expect(counted.status, JSON.stringify(counted.body)).toBe(201);
    expect((await pay(second.id, { method: 'transfer' })).body.code).toBe('payment.day_closed');
  });

  it('is over when it was not approved, and may be asked anew', async () => {
    const { community, ahead, ask, manager, pay, finance2 } = await counter();
    await ahead(10_000);
    const asked = (await ask({})).body;
    const no = await manager.post(`${community.path}/approvals/${asked.approvalId}/reject`, {
      version: 1,
      remark: '先抵扣下月',
    });
    expect(no.status, JSON.stringify(no.body)).toBe(200);
    expect((await pay(asked.id, { method: 'transfer' }, finance2)).body.code).toBe('prepaid-refund.move_not_allowed');
    expect((await ask({}, finance2)).status).toBe(201);
  });
});
