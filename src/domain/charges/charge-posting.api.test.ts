// The ledger on a real database: whole entries only, nothing changed or deleted, undone once, charges posted once, and what
// is open after every act (MN1–MN8).
import { describe, expect, it, vi } from 'vitest';
import { inBooks, owe, pay, postingOf, unitsIn } from '../../../tests/books.ts';
import { useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';
import { makeEntry } from '../ledger/entry.rules.ts';
import type { EntryLine } from '../ledger/ledger.contract.ts';
import { balanceOf, postEntry, reverseEntry } from '../ledger/ledger.service.ts';
import { findEntry, sumAccounts, sumDrawer } from '../ledger/ledger.store.ts';
import { openChargesOf, reverseCharge, usePrepaid } from './charge-posting.service.ts';
import { findCharges, listStanding } from './posted-charge.store.ts';

vi.setConfig({ testTimeout: 60_000 });
const house = useHouse({ startAt: '2026-11-23T02:00:00.000Z' });

async function opened(preset: 'standard' | 'luxury' = 'luxury') {
  const community = await house.community(preset);
  const cashier = await house.person('cashier', community, '收银');
  const [unitId = '', other = ''] = await unitsIn(house, community, 2);
  const posting = () => postingOf(house, community, cashier.id);
  const inside = <T>(work: Parameters<typeof inBooks<T>>[2]) => inBooks(house, community, work);
  return { community, cashier, unitId, other, posting, inside };
}
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (fault) => fault.code ?? String(fault),
  );

describe('the walls of the ledger', () => {
  it('refuses an entry that is out of balance, short of a line, or joined by one later', async () => {
    const { community, cashier, unitId, inside, posting } = await opened();
    const entry = async (lines: [string, number][], count = lines.length, debit = 100) => {
      const id = newId();
      await house.asOwner(`begin;
        insert into ledger_entries (community_id, id, kind, posted_at, posted_on, cashier_id, close_on, posted_by, line_count, debit_fen)
        values ('${community.id}', '${id}', 'payment', '2026-11-23T02:00:00Z', '2026-11-23', '${cashier.id}', '2026-11-23', '${cashier.id}', ${count}, ${debit});
        insert into ledger_lines (community_id, entry_id, place, account, amount_fen, unit_id, cashier_id)
        values ${lines.map(([account, fen], place) => `('${community.id}', '${id}', ${place}, '${account}', ${fen}, ${account === 'prepaid' ? `'${unitId}'` : 'null'}, ${account === 'prepaid' ? 'null' : `'${cashier.id}'`})`).join(',')};
        commit`);
      return id;
    };
    const whole = await entry([
      ['cash', 100],
      ['prepaid', -100],
    ]);
    expect(
      await codeOf(
        entry([
          ['cash', 100],
          ['prepaid', -99],
        ]),
      ),
    ).toBe('23514');
    expect(
      await codeOf(
        entry(
          [
            ['cash', 100],
            ['prepaid', -100],
          ],
          3,
        ),
      ),
    ).toBe('23514');
    expect(
      await codeOf(
        entry(
          [
            ['cash', 100],
            ['prepaid', -100],
          ],
          2,
          99,
        ),
      ),
    ).toBe('23514');
    expect(
      await codeOf(
        house.asOwner(`insert into ledger_lines (community_id, entry_id, place, account, amount_fen, cashier_id)
          values ('${community.id}', '${whole}', 2, 'cash', 5, '${cashier.id}')`),
      ),
    ).toBe('23514');
    // A line whose account asks for a unit has one.
    const line: EntryLine = {
      ...{ account: 'receivable', amountFen: 5, unitId: null, chargeId: null },
      ...{ itemId: null, depositId: null, cashierId: null },
    };
    const wrong = makeEntry('change', [line, { ...line, account: 'income', amountFen: -5, itemId: newId() }]);
    expect(await codeOf(inside((tx) => postEntry(tx, posting(), wrong)))).toBe('23514');
  });

  it('is only ever added to, by whoever serves requests and by the owner of the tables', async () => {
    const { community, unitId, inside, posting } = await opened();
    const chargeId = await inside((tx) => owe(tx, posting(), { unitId, amountFen: 500 }));
    const paid = await inside((tx) => pay(tx, posting(), { unitId, fen: 100 }));
    for (const [table, set] of [
      ['ledger_entries', 'posted_on = posted_on'],
      ['ledger_lines', 'amount_fen = amount_fen'],
      ['charges', 'amount_fen = amount_fen'],
    ] as const)
      for (const sql of [`update ${table} set ${set}`, `delete from ${table}`]) {
        const where = `${sql} where community_id = '${community.id}'`;
        expect(await codeOf(house.house.database.pool.query(where)), sql).toBe('42501');
        expect(await codeOf(house.asOwner(where)), sql).toBe('42501');
      }
    const neighbour = await opened();
    await neighbour.inside(async (tx) => {
      expect(await findEntry(tx, community.id, paid)).toBeUndefined();
      expect(await findCharges(tx, community.id, [chargeId])).toEqual([]);
    });
  });
});

describe('charges and what is open of them', () => {
  it('posts a unit, item, month and payer once; after its opposite once more', async () => {
    const { community, unitId, inside, posting } = await opened();
    const itemId = newId();
    const first = await inside((tx) => owe(tx, posting(), { unitId, itemId, amountFen: 500 }));
    expect(await codeOf(inside((tx) => owe(tx, posting(), { unitId, itemId, amountFen: 500 })))).toBe('23505');
    await inside((tx) => reverseCharge(tx, posting(), first));
    expect(await codeOf(inside((tx) => reverseCharge(tx, posting(), first)))).toBe('ledger.already_reversed');
    expect(await inside((tx) => balanceOf(tx, community.id, unitId))).toBe(0);
    const second = await inside((tx) => owe(tx, posting(), { unitId, itemId, amountFen: 450 }));
    await inside(async (tx) => {
      const standing = await listStanding(tx, community.id, { month: '2026-11', itemIds: [itemId], unitIds: [unitId] });
      expect(standing.map(({ id, nth, amountFen }) => ({ id, nth, amountFen }))).toEqual([
        { id: second, nth: 2, amountFen: 450 },
      ]);
      const open = await openChargesOf(tx, community.id, [unitId]);
      expect(open.map(({ chargeId, openFen }) => [chargeId, openFen])).toEqual([[second, 450]]);
    });
    // Charged once and not for a month: as often as it happens.
    for (const _ of [1, 2]) await inside((tx) => owe(tx, posting(), { unitId, itemId, amountFen: 10, month: null }));
    expect(await inside((tx) => balanceOf(tx, community.id, unitId))).toBe(470);
  });

  it('settles the oldest first, keeps the rest ahead, uses it for what comes, and refuses to undo what was used', async () => {
    const { community, unitId, inside, posting } = await opened();
    const old = await inside((tx) => owe(tx, posting(), { unitId, amountFen: 300, dueOn: '2026-09-28' }));
    await inside((tx) => owe(tx, posting(), { unitId, amountFen: 200, dueOn: '2026-10-28' }));
    const paid = await inside((tx) => pay(tx, posting(), { unitId, fen: 600 }));
    expect(await inside((tx) => balanceOf(tx, community.id, unitId))).toBe(-100);
    expect(await codeOf(inside((tx) => reverseCharge(tx, posting(), old)))).toBe('ledger.since_used');
    await inside((tx) => owe(tx, posting(), { unitId, amountFen: 80 }));
    const used = (await inside((tx) => usePrepaid(tx, posting(), unitId))) as string;
    expect(await inside((tx) => usePrepaid(tx, posting(), unitId))).toBeNull();
    expect(await inside((tx) => balanceOf(tx, community.id, unitId))).toBe(-20);
    expect(await codeOf(inside((tx) => reverseEntry(tx, posting(), paid)))).toBe('ledger.since_used');
    await inside((tx) => reverseEntry(tx, posting(), used));
    await inside((tx) => reverseEntry(tx, posting(), paid));
    await inside(async (tx) => {
      expect(await balanceOf(tx, community.id, unitId)).toBe(580);
      expect(await sumDrawer(tx, community.id, posting().actor.accountId, '2026-11-23')).toEqual({});
      const sums = [...(await sumAccounts(tx, community.id, '2026-11-23')).values()];
      expect(sums.reduce((sum, fen) => sum + fen, 0)).toBe(0);
    });
  });

  it('undoes an entry once when two do it at the same moment', async () => {
    const { unitId, inside, posting } = await opened();
    const paid = await inside((tx) => pay(tx, posting(), { unitId, fen: 600 }));
    const codes = await Promise.all([1, 2, 3].map(() => codeOf(inside((tx) => reverseEntry(tx, posting(), paid)))));
    expect(codes.sort()).toEqual(['done', 'ledger.already_reversed', 'ledger.already_reversed']);
  });

  it('never lets two at once settle more than is open', async () => {
    const { community, unitId, inside, posting } = await opened();
    await inside((tx) => owe(tx, posting(), { unitId, amountFen: 500 }));
    await Promise.all([1, 2, 3].map(() => inside((tx) => pay(tx, posting(), { unitId, fen: 400 }))));
    await inside(async (tx) => {
      expect(await openChargesOf(tx, community.id, [unitId])).toEqual([]);
      expect(await balanceOf(tx, community.id, unitId)).toBe(-700);
    });
  });
});

describe('the day a taking falls into (MN8)', () => {
  it('is the next one after the cut-off of the standard preset, the same calendar day in the luxury preset', async () => {
    const [standard, luxury] = [await opened('standard'), await opened('luxury')];
    await house.house.time.moveTo('2026-11-23T09:00:01.000Z');
    for (const [one, closeOn] of [
      [standard, '2026-11-24'],
      [luxury, '2026-11-23'],
    ] as const) {
      const id = await one.inside((tx) => pay(tx, one.posting(), { unitId: one.unitId, fen: 100 }));
      const entry = await one.inside((tx) => findEntry(tx, one.community.id, id));
      expect(entry).toMatchObject({ postedOn: '2026-11-23', closeOn, cashierId: one.cashier.id });
    }
  });
});
