// Collection at the door over HTTP (MN5a), and the alarms over money (MN6): carried cash, limits, hand-in, books, numbers.
import { describe, expect, it } from 'vitest';
import { inBooks, owe, postingOf, unitsIn } from '../../../tests/books.ts';
import { faultsOf, type Person, useHouse } from '../../../tests/house.ts';
import type { MoneyAlarm } from '../daily-closes/money-alarm.contract.ts';
import { sweepMoney } from '../daily-closes/money-alarm.service.ts';

const house = useHouse({ startAt: '2026-11-26T02:00:00.000Z' });

async function centre() {
  const community = await house.community();
  const [finance, cashier, manager, gm, desk, tech] = await Promise.all([
    house.person('finance', community, '钱会计'),
    house.person('cashier', community, '赵敏'),
    house.person('manager', community, '高经理'),
    house.person('general_manager', community, '高远'),
    house.person('front_desk', community, '林小满'),
    house.person('technician', community, '周海涛'),
  ]);
  const units = (await unitsIn(house, community, 3)) as [string, string, string];
  const book = (from: number, to: number, usedAt: string) =>
    finance.post(`${community.path}/receipt-books`, { series: 'S', from, to, holderId: cashier.id, usedAt });
  const posting = () => postingOf(house, community, finance.id);
  const owes = (unitId: string, amountFen: number) =>
    inBooks(house, community, (tx) => owe(tx, posting(), { unitId, amountFen }));
  const doors = `${community.path}/doorstep-collections`;
  const arrange = (unitId: string, more: object = {}, by: Person = cashier) =>
    by.post(doors, { unitId, at: '2026-11-26T11:00:00.000Z', ...more });
  const take = (unitId: string, amountFen: number, more: object = {}) =>
    cashier.post(`${community.path}/payments`, {
      ...{ unitId, method: 'cash', amountFen, expectedBalanceFen: amountFen, takenAt: 'doorstep' },
      ...more,
    });
  const carried = async () => (await finance.get(`${community.path}/doorstep-cash`)).body.items;
  const alarms = async (by = finance): Promise<MoneyAlarm[]> =>
    (await by.get(`${community.path}/money-alarms`)).body.items;
  return {
    community,
    finance,
    cashier,
    manager,
    gm,
    desk,
    tech,
    units,
    book,
    owes,
    doors,
    arrange,
    take,
    carried,
    alarms,
  };
}

describe('MN5a: collection at the door', () => {
  it('is appointed for a collector with a book for it, ends with the payment, and its cash is a promise of the day', async () => {
    const { community, finance, cashier, tech, units, book, owes, doors, arrange, take, carried, alarms } =
      await centre();
    const [one, two, three] = units;
    await owes(one, 20_000);
    await owes(two, 5000);
    await owes(three, 7000);
    expect((await arrange(one, {}, tech)).status).toBe(403);
    expect(faultsOf(await arrange(one))).toEqual(['collectorId no_doorstep_book']);
    await book(1, 50, 'doorstep');
    expect(faultsOf(await arrange(one, { at: '2026-11-26T01:59:00.000Z' }))).toEqual(['at in_the_past']);
    // Money at a door without an appointment is refused, and nothing of it stays.
    expect((await take(one, 20_000)).body.code).toBe('doorstep.no_appointment');
    const made = await arrange(one);
    expect(made.body).toMatchObject({
      state: 'appointed',
      balanceFen: 20_000,
      collector: { name: '赵敏' },
      isLate: false,
    });
    expect((await arrange(one)).body.code).toBe('doorstep.already_appointed');
    await house.house.time.moveTo('2026-11-26T11:10:00.000Z');
    expect((await finance.get(doors)).body.items).toMatchObject([{ isLate: true }]);
    const paid = await take(one, 20_000);
    expect(paid.status, JSON.stringify(paid.body)).toBe(201);
    expect(paid.body).toMatchObject({ takenAt: 'doorstep', receipt: { code: 'S0000001' } });
    expect((await finance.get(doors)).body.items).toMatchObject([{ state: 'collected', paymentId: paid.body.id }]);
    const again = await cashier.post(`${doors}/${made.body.id}/cancel`, { reason: '改日' });
    expect(again.body.code).toBe('doorstep.move_not_allowed');
    // By card nothing is carried; more cash joins what is carried already.
    await arrange(two, { at: '2026-11-26T11:20:00.000Z' });
    expect((await take(two, 5000, { method: 'card' })).status).toBe(201);
    await arrange(three, { at: '2026-11-26T11:30:00.000Z' });
    expect((await take(three, 7000)).status).toBe(201);
    const [cash] = await carried();
    expect(cash).toMatchObject({ cashFen: 27_000, payments: 2, isLate: false, handedInAt: null, mayReceive: true });
    expect(cash.dueAt.slice(0, 10)).toBe('2026-11-26');
    await house.house.time.moveTo('2026-11-26T15:59:59.000Z');
    await sweepMoney(house.house);
    const late = (await alarms()).filter((each) => each.kind === 'carried-late');
    expect(late).toMatchObject([{ about: { name: '赵敏' }, facts: { cashFen: 27_000 } }]);
    const told = await house.asOwner(
      `select recipient_id from outbox where community_id = '${community.id}' and kind = 'money-alarm' and facts ->> 'alarm' = 'carried-late'`,
    );
    expect(told.map((each) => each.recipient_id).sort()).toEqual([finance.id, cashier.id].sort());
    const handIn = (body: object, by: Person) => by.post(`${community.path}/doorstep-cash/${cash.id}/hand-in`, body);
    expect((await handIn({ countedFen: 27_000 }, cashier)).body.code).toBe('doorstep.own_cash');
    expect(faultsOf(await handIn({ countedFen: 26_000 }, finance))).toEqual(['reason cash_differs']);
    const done = await handIn({ countedFen: 26_000, reason: '找零差错' }, finance);
    expect(done.body).toMatchObject({ countedFen: 26_000, isLate: true, receivedBy: { name: '钱会计' } });
    expect((await handIn({ countedFen: 27_000 }, finance)).body.code).toBe('doorstep.handed_in_already');
  });

  it('is missed or cancelled with its reason, and moved to another hour', async () => {
    const { cashier, manager, units, book, doors, arrange, take } = await centre();
    await book(1, 50, 'doorstep');
    await house.house.time.moveTo('2026-11-27T01:00:00.000Z');
    const at = '2026-11-27T11:00:00.000Z';
    // Whoever arranges it for oneself needs a book, too.
    expect(faultsOf(await arrange(units[0], { at }, manager))).toEqual(['collectorId no_doorstep_book']);
    const { id, version } = (await arrange(units[1], { at, collectorId: cashier.id }, manager)).body;
    const stale = await cashier.post(`${doors}/${id}/reschedule`, { version: 9, at });
    expect([stale.status, stale.body.current]).toEqual([412, (await cashier.get(`${doors}/${id}`)).body]);
    const moved = await cashier.post(`${doors}/${id}/reschedule`, { version, at: '2026-11-28T11:00:00.000Z' });
    expect(moved.body).toMatchObject({ at: '2026-11-28T11:00:00.000Z', version: 2 });
    expect(faultsOf(await cashier.post(`${doors}/${id}/miss`, { reason: ' ' }))).toEqual(['reason required']);
    const missed = await cashier.post(`${doors}/${id}/miss`, { reason: '敲门无人应答' });
    expect(missed.body).toMatchObject({ state: 'missed', reason: '敲门无人应答', moves: [] });
    expect((await take(units[1], 100, { expectedBalanceFen: 0 })).body.code).toBe('doorstep.no_appointment');
  });
});

describe('MN6: alarms over money', () => {
  it('raises each thing once: drawer above its limit, day not handed in, book running out; settled by another', async () => {
    const { community, finance, cashier, manager, units, book, owes, alarms } = await centre();
    await house.house.time.moveTo('2026-11-27T02:00:00.000Z');
    await book(1, 11, 'counter');
    await owes(units[0], 600_000);
    const body = { unitId: units[0], method: 'cash', amountFen: 500_000, expectedBalanceFen: 600_000 };
    await cashier.post(`${community.path}/payments`, body);
    await sweepMoney(house.house);
    const kinds = async () => (await alarms()).map((one) => one.kind).sort();
    const { money } = (await finance.get(`${community.path}/standard`)).body.document;
    const isOver = 500_000 > money.cashLimits.value.drawerFen;
    expect(await kinds()).toEqual(isOver ? ['book-running-out', 'cash-above-limit'] : ['book-running-out']);
    await cashier.post(`${community.path}/payments`, { ...body, amountFen: 100_000, expectedBalanceFen: 100_000 });
    await house.house.time.moveTo('2026-11-27T15:30:00.000Z');
    await sweepMoney(house.house);
    await sweepMoney(house.house);
    expect(await kinds()).toEqual(['book-running-out', 'cash-above-limit', 'not-handed-in']);
    const [alarm] = (await alarms()).filter((one) => one.kind === 'not-handed-in');
    expect(alarm).toMatchObject({ about: { name: '赵敏' }, facts: { day: '2026-11-27', fen: 600_000 } });
    const settle = (note: string, by: Person) =>
      by.post(`${community.path}/money-alarms/${alarm?.id}/settle`, { note });
    expect((await settle('已交', cashier)).status).toBe(403);
    expect((await settle('', finance)).status).toBe(422);
    expect((await settle('次日一早交清', manager)).body.settled).toMatchObject({ by: { name: '高经理' } });
    expect((await settle('再来', finance)).body.code).toBe('money-alarm.settled_already');
    expect((await alarms(cashier)) ?? 'refused').toBe('refused');
  });

  it('looks a receipt up; one in no issued range is an alarm to finance and the general manager', async () => {
    const { community, finance, gm, desk, cashier, units, book, owes, alarms } = await centre();
    await book(1, 11, 'counter');
    await owes(units[0], 1000);
    const body = { unitId: units[0], method: 'cash', amountFen: 1000, expectedBalanceFen: 1000 };
    const paid = (await cashier.post(`${community.path}/payments`, body)).body;
    const check = async (code: string) => (await desk.post(`${community.path}/receipt-checks`, { code })).body;
    expect(await check('s1')).toEqual({ code: 'S0000001', found: 'issued', receiptId: paid.receipt.id });
    expect(await check('S0000002')).toMatchObject({ found: 'blank', receiptId: null });
    expect(await alarms()).toEqual([]);
    expect(await check('S0000012')).toMatchObject({ code: 'S0000012', found: 'outside' });
    expect(await check('S0000012')).toMatchObject({ found: 'outside' });
    expect(await check('假收据')).toMatchObject({ found: 'outside' });
    expect((await alarms()).map((one) => [one.kind, one.facts.code])).toEqual([
      ['receipt-outside-range', '假收据'],
      ['receipt-outside-range', 'S0000012'],
    ]);
    const told = await house.asOwner(
      `select distinct recipient_id from outbox where community_id = '${community.id}' and kind = 'money-alarm'`,
    );
    expect(told.map((one) => one.recipient_id).sort()).toEqual([finance.id, gm.id].sort());
  });

  it('tells of a surprise count with a difference, of none without', async () => {
    const { community, finance, cashier, units, book, owes, alarms } = await centre();
    await book(1, 99, 'counter');
    await owes(units[0], 1000);
    const body = { unitId: units[0], method: 'cash', amountFen: 1000, expectedBalanceFen: 1000 };
    await cashier.post(`${community.path}/payments`, body);
    const [{ blankReceipts }] = (await finance.get(`${community.path}/custody`)).body.items;
    const count = (pieces: number) =>
      finance.post(`${community.path}/surprise-counts`, {
        ...{ cashierId: cashier.id, slips: [], note: '', signature: 'data:,x', cash: [{ faceFen: 500, pieces }] },
        blankReceipts: blankReceipts.map(({ bookId, next, to }: any) => ({ bookId, next, to })),
      });
    const even = await count(2);
    expect(even.status, JSON.stringify(even.body)).toBe(201);
    await sweepMoney(house.house);
    expect((await alarms()).filter((one) => one.kind === 'surprise-difference')).toEqual([]);
    expect((await count(1)).status).toBe(201);
    await sweepMoney(house.house);
    expect((await alarms()).filter((one) => one.kind === 'surprise-difference')).toMatchObject([
      { about: { name: '赵敏' }, facts: { differenceFen: -500 } },
    ]);
  });
});
