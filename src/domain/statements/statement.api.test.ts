// The household's statement over HTTP (MN12): each line in plain words, balances that follow, and whose eyes it is for.
import { describe, expect, it, vi } from 'vitest';
import { inBooks, itemIn, owe, pay, postingOf, unitsIn } from '../../../tests/books.ts';
import { type Community, useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';
import { plusDays } from '../../kernel/time.ts';
import { sql } from '../../platform/database/database.ts';
import { charge, facts } from '../charges/charge.fixture.ts';
import { postCharges, reverseCharge, usePrepaid } from '../charges/charge-posting.service.ts';
import { depositTakeEntry, waiverEntry } from '../ledger/entry.rules.ts';
import { postEntry, reverseEntry, standingFor } from '../ledger/ledger.service.ts';
import { effectsOf, type HouseholdLine, monthBefore } from './statement.rules.ts';

vi.setConfig({ testTimeout: 60_000 });
const house = useHouse({ startAt: '2026-11-23T02:00:00.000Z' });

async function opened() {
  const community = await house.community();
  const [cashier, desk] = await Promise.all([
    house.person('cashier', community, '收银'),
    house.person('front_desk', community, '前台'),
  ]);
  const [unitId = '', other = ''] = await unitsIn(house, community, 2);
  const posting = () => postingOf(house, community, cashier.id);
  const inside = <T>(work: Parameters<typeof inBooks<T>>[2]) => inBooks(house, community, work);
  return { community, cashier, desk, unitId, other, posting, inside };
}
const pathOf = (community: Community, unitId: string) => `${community.path}/units/${unitId}/account`;

describe('the statement', () => {
  it('explains what is owed, what was paid and what is held, and its balances follow from its entries', async () => {
    const { community, desk, unitId, posting, inside } = await opened();
    const itemId = newId();
    // Two months of the management fee as a billing run posts them, with what they came from.
    const details = ['2026-10', '2026-11'].map((month) => ({ ...charge(facts(), month), unitId, itemId }));
    await inside((tx) => itemIn(tx, posting(), itemId, 'management'));
    await inside((tx) =>
      postCharges(
        tx,
        posting(),
        details.map((detail) => ({
          ...{ unitId, itemId, detail, kind: 'management', month: detail.month, dueOn: `${detail.month}-28` },
          payer: { role: 'owner', partyId: null },
          amountFen: detail.totalFen,
        })),
      ),
    );
    await inside((tx) => pay(tx, posting(), { unitId, fen: 30_000, method: 'card' }));
    const parking = await inside((tx) =>
      owe(tx, posting(), { unitId, itemId: newId(), kind: 'parking', amountFen: 15_000, dueOn: '2026-12-05' }),
    );
    const wrong = await inside((tx) => owe(tx, posting(), { unitId, amountFen: 900, kind: 'other', month: null }));
    await inside((tx) => reverseCharge(tx, posting(), wrong));
    await inside(async (tx) => {
      const standing = await standingFor(tx, community.id, { chargeIds: [parking] });
      const ref = { unitId, chargeId: parking, itemId };
      await postEntry(tx, posting(), waiverEntry(ref, 5_000, standing));
    });
    const depositId = newId();
    const hands = { method: 'transfer', cashierId: posting().actor.accountId } as const;
    const depositItem = newId();
    await inside(async (tx) => {
      await itemIn(tx, posting(), depositItem, 'renovation-deposit');
      const ref = { unitId, depositId, itemId: depositItem };
      const entryId = await postEntry(tx, posting(), depositTakeEntry(ref, 200_000, hands));
      await sql`insert into deposits (community_id, id, unit_id, item_id, kind, entry_id, amount_fen, method, cashier_id, taken_at, note, obligations, version)
        values (${community.id}, ${depositId}, ${unitId}, ${depositItem}, 'renovation-deposit', ${entryId}, 200000, 'transfer',
          ${posting().actor.accountId}, ${posting().now}, '', '{}', 1)`.execute(tx);
    });

    const { status, body } = await desk.get(pathOf(community, unitId));
    expect(status, JSON.stringify(body)).toBe(200);
    // 89.5 m² × 2.80 yuan is 250.60 a month; 300 paid; 150 of parking, 50 of it waived.
    expect(body).toMatchObject({
      unit: '3-1-101',
      balanceFen: 2 * 25_060 - 30_000 + 10_000,
      openFen: 30_120,
      prepaidFen: 0,
      depositFen: 200_000,
      openingFen: 0,
    });
    const bySort = (kind: string) => body.charges.filter((one: any) => one.kind === kind);
    expect(bySort('management').map((one: any) => [one.month, one.state, one.openFen])).toEqual([
      ['2026-11', 'part', 20_120],
      ['2026-10', 'settled', 0],
    ]);
    expect(bySort('management')[0].explanation[0]).toBe('建筑面积 89.5 平方米 × 2.80 元 = 250.6 元');
    expect(bySort('management')[0].difference).toBe('与上月相同');
    expect(bySort('management')[1].difference).toBeNull();
    expect(bySort('parking')[0]).toMatchObject({ state: 'part', openFen: 10_000, item: '停车费' });
    expect(bySort('other')).toMatchObject([{ state: 'undone', openFen: 0, amountFen: 900 }]);
    expect(body.deposits).toMatchObject([{ depositId, takenFen: 200_000, heldFen: 200_000 }]);
    expect(body.payments).toMatchObject([{ amountFen: 30_000, methods: ['card'], isReversed: false }]);

    const oldest = [...body.entries].reverse();
    let owed = 0;
    for (const entry of oldest) {
      owed += entry.amountFen;
      expect(entry.balanceFen).toBe(owed);
      expect(entry.words).toMatch(/[一-鿿]/);
    }
    expect(owed).toBe(body.balanceFen);
    const words = oldest.map((entry: any) => entry.words).join('\n');
    expect(words).toContain(
      '收款 300.00 元（刷卡（POS）），付清或冲抵：2026年10月物业管理费 250.60 元、2026年11月物业管理费 49.40 元',
    );
    expect(words).toContain('经批准减免：2026年11月停车费 50.00 元');
    expect(words).toContain('冲正之前的一笔，欠费减少 9.00 元');
    expect(words).toContain('收押金 2000.00 元（转账）');
    // No name, no number of a person.
    expect(JSON.stringify(body)).not.toContain('收银');
  });

  it('begins a year back or where it is asked, with what was owed before as its opening', async () => {
    const { community, desk, unitId, posting, inside } = await opened();
    const long = { ...posting(), now: '2025-03-02T02:00:00.000Z' };
    await inside((tx) => owe(tx, long, { unitId, amountFen: 700, month: '2025-03', dueOn: '2025-03-28' }));
    await inside((tx) => owe(tx, long, { unitId, amountFen: 50, month: null, kind: 'service', dueOn: '2025-03-01' }));
    await inside((tx) => pay(tx, long, { unitId, fen: 50 }));
    await inside((tx) => pay(tx, posting(), { unitId, fen: 800 }));
    await inside((tx) => owe(tx, posting(), { unitId, amountFen: 30 }));
    await inside((tx) => usePrepaid(tx, posting(), unitId));
    const short = (await desk.get(pathOf(community, unitId))).body;
    expect(short).toMatchObject({ openingFen: 700, balanceFen: -70, prepaidFen: 70, openFen: 0 });
    // The old ones are settled by now and left out.
    expect(short.charges).toHaveLength(1);
    expect(short.entries.map((one: any) => one.kind)).toEqual(['prepaid-use', 'charge', 'payment']);
    const whole = (await desk.get(`${pathOf(community, unitId)}?from=2025-01-01`)).body;
    expect(whole).toMatchObject({ openingFen: 0, balanceFen: -70 });
    expect(whole.entries).toHaveLength(6);
    const wrong = await desk.get(`${pathOf(community, unitId)}?from=2025-02-31`);
    expect([wrong.status, wrong.body.errors[0].path]).toEqual([422, 'from']);
  });

  it('shows a payment that was reversed as reversed, and what it settled as open again', async () => {
    const { community, desk, unitId, posting, inside } = await opened();
    await inside((tx) => owe(tx, posting(), { unitId, amountFen: 700 }));
    const paid = await inside((tx) => pay(tx, posting(), { unitId, fen: 700, method: 'online' }));
    await inside((tx) => reverseEntry(tx, posting(), paid));
    const { body } = await desk.get(pathOf(community, unitId));
    expect(body).toMatchObject({ balanceFen: 700, payments: [{ entryId: paid, isReversed: true }] });
    expect(body.charges[0].state).toBe('open');
    expect(body.entries[0]).toMatchObject({
      kind: 'reversal',
      reversesId: paid,
      words: '冲正之前的一笔，欠费恢复 7.00 元',
    });
  });

  it('is for the desk, the cashier and finance, for a butler of the area; not for others, not across communities', async () => {
    const { community, unitId, other } = await opened();
    const [butler, technician, finance] = await Promise.all([
      house.person('butler', community, '管家'),
      house.person('technician', community, '师傅'),
      house.person('finance', community, '财务'),
    ]);
    expect((await technician.get(pathOf(community, unitId))).status).toBe(403);
    expect((await finance.get(pathOf(community, unitId))).status).toBe(200);
    expect((await butler.get(pathOf(community, unitId))).status).toBe(404);
    await house.asOwner(
      `insert into staff_areas (community_id, id, account_id, unit_id) values ('${community.id}', '${newId()}', '${butler.id}', '${unitId}')`,
    );
    expect((await butler.get(pathOf(community, unitId))).status).toBe(200);
    expect((await butler.get(pathOf(community, other))).status).toBe(404);
    const neighbour = await opened();
    expect((await neighbour.desk.get(pathOf(neighbour.community, unitId))).status).toBe(404);
    expect((await neighbour.desk.get(pathOf(community, unitId))).status).toBe(404);
  });
});

describe('effects of entries', () => {
  it('takes the lines of one entry together and carries the balance on', () => {
    const line = (entryId: string, account: HouseholdLine['account'], amountFen: number): HouseholdLine => ({
      ...{ entryId, account, amountFen, kind: 'payment', at: '', on: plusDays('2026-01-01', 0), reversesId: null },
      ...{
        isReversed: false,
        methods: [],
        moneyFen: 0,
        chargeId: account === 'receivable' ? 'c' : null,
        depositId: null,
      },
    });
    const effects = effectsOf(100, [line('a', 'receivable', -80), line('a', 'prepaid', -20), line('b', 'deposit', -5)]);
    expect(effects.map((one) => [one.amountFen, one.prepaidFen, one.depositFen, one.balanceFen])).toEqual([
      [-100, 20, 0, 0],
      [0, 0, 5, 0],
    ]);
  });
  it.each([
    ['2026-11', '2026-10'],
    ['2026-01', '2025-12'],
    ['2026-10', '2026-09'],
  ])('knows the month before %s', (month, before) => expect(monthBefore(month)).toBe(before));
});
