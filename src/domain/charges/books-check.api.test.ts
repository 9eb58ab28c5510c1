// `verify` on broken books: what was changed around the walls is found, and whole books have no breach.
import { describe, expect, it, vi } from 'vitest';
import { inBooks, itemIn, owe, pay, postingOf, unitsIn } from '../../../tests/books.ts';
import { useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';
import type { Breach, Check } from '../../platform/checks.ts';
import { reverseEntry } from '../ledger/ledger.service.ts';
import { booksBalance } from '../ledger/ledger-check.service.ts';
import { charge, facts } from './charge.fixture.ts';
import { chargesDeriveAnew } from './charge-check.service.ts';
import { postCharges, reverseCharge } from './charge-posting.service.ts';

vi.setConfig({ testTimeout: 60_000 });
const house = useHouse({ startAt: '2026-11-23T02:00:00.000Z' });

async function filled() {
  const community = await house.community();
  const cashier = await house.person('cashier', community, '收银');
  const [unitId = ''] = await unitsIn(house, community, 1);
  const posting = () => postingOf(house, community, cashier.id);
  const itemId = newId();
  const detail = { ...charge(facts()), unitId, itemId };
  const payer = { role: 'owner', partyId: null } as const;
  const kept = { ...detail, shares: detail.shares.map((share) => ({ ...share, payer })) };
  const segments = kept.segments.map((segment) => ({ ...segment, payer }));
  await inBooks(house, community, async (tx) => {
    await itemIn(tx, posting(), itemId, 'management');
    const of = { unitId, itemId, payer, month: detail.month, dueOn: '2026-11-28', amountFen: detail.totalFen };
    await postCharges(tx, posting(), [{ ...of, kind: 'management', detail: { ...kept, segments } }]);
    await reverseCharge(tx, posting(), await owe(tx, posting(), { unitId, amountFen: 77, month: null }));
    await reverseEntry(tx, posting(), await pay(tx, posting(), { unitId, fen: 100 }));
    await pay(tx, posting(), { unitId, fen: 40_000 });
  });
  return community.id;
}

/** What the checks say of one community. */
async function breachesIn(communityId: string): Promise<string[]> {
  const found: Breach[] = [];
  await house.house.database.everywhere(async (tx) => {
    for (const check of [booksBalance, chargesDeriveAnew] as Check[])
      for await (const breach of check(tx, house.house)) found.push(breach);
  });
  return found.filter((one) => one.communityId === communityId).map((one) => one.what);
}

/** As somebody with more rights than the program: walls down, a change, walls up. */
const tamper = (change: string) =>
  house.asOwner(
    ['ledger_entries', 'ledger_lines', 'charges']
      .map((table) => `alter table ${table} disable trigger user;`)
      .concat(`${change};`)
      .concat(['ledger_entries', 'ledger_lines', 'charges'].map((table) => `alter table ${table} enable trigger user;`))
      .join('\n'),
  );

describe('verify', () => {
  it('finds no breach in whole books', async () => {
    expect(await breachesIn(await filled())).toEqual([]);
  });

  it.each([
    [
      'out_of_balance',
      "update ledger_lines set amount_fen = amount_fen + 1 where account = 'income' and community_id = $1",
    ],
    ['out_of_balance', "delete from ledger_lines where account = 'income' and community_id = $1"],
    ['out_of_balance', 'update ledger_entries set debit_fen = debit_fen + 1 where community_id = $1'],
    [
      'open_below_nothing',
      "delete from ledger_lines where account = 'receivable' and amount_fen > 0 and community_id = $1",
    ],
    [
      'prepaid_below_nothing',
      "update ledger_lines set amount_fen = -amount_fen where account = 'prepaid' and community_id = $1",
    ],
    [
      'reversal_differs',
      `update ledger_lines l set amount_fen = l.amount_fen * 2 from ledger_entries e
      where e.id = l.entry_id and e.kind = 'reversal' and l.community_id = $1`,
    ],
    ['charge_not_posted', 'update charges set amount_fen = amount_fen + 1 where amount_fen > 0 and community_id = $1'],
    [
      'charge_not_derivable',
      `update charges set detail = jsonb_set(detail, '{segments,0,quantities,area}', '"90"') where community_id = $1 and detail is not null`,
    ],
    ['charge_differs', "update charges set month = '2026-10' where community_id = $1 and detail is not null"],
    // The last one: it takes a key away.
    [
      'reversed_twice',
      `alter table ledger_entries drop constraint ledger_entries_community_id_reverses_id_key;
      insert into ledger_entries (community_id, id, kind, posted_at, posted_on, cashier_id, close_on, posted_by, reverses_id, line_count, debit_fen)
      select community_id, gen_random_uuid(), kind, posted_at, posted_on, cashier_id, close_on, posted_by, reverses_id, line_count, debit_fen
      from ledger_entries where kind = 'reversal' and community_id = $1`,
    ],
  ])('finds %s', async (what, sql) => {
    const communityId = await filled();
    await tamper(sql.replaceAll('$1', `'${communityId}'`));
    expect(await breachesIn(communityId)).toContain(what);
  });
});
