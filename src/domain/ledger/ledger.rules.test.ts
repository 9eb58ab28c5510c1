// Double entry: each act's lines, what is refused, and random days against a plain model.
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../kernel/refusal.ts';
import { allocate, chosen, type OpenCharge } from './allocation.rules.ts';
import { breachesOf, emptyBalances, post, standingOf, unitBalanceFen } from './balance.rules.ts';
import {
  changeEntry,
  chargeEntry,
  closeDifferenceEntry,
  depositDeductEntry,
  depositRefundEntry,
  depositTakeEntry,
  handOverEntry,
  makeEntry,
  paymentEntry,
  prepaidUseEntry,
  refundEntry,
  reversalEntry,
  waiverEntry,
} from './entry.rules.ts';
import { accounts, type Entry, entryKinds, ledgerRefusals, methods } from './ledger.contract.ts';
import { accountWords, entryKindWords, ledgerProblems, methodWords } from './ledger.words.ts';
import { acts, runSequence } from './ledger-model.fixture.ts';

const ref = { unitId: 'u1', chargeId: 'c1', itemId: 'i1' };
const other = { unitId: 'u2', chargeId: 'c2', itemId: 'i1' };
const deposit = { unitId: 'u1', depositId: 'd1', itemId: 'i2' };
const cash = { method: 'cash' as const, cashierId: 'k1' };

/** `cash +100, receivable c1 −100`: an entry as one line of a table. */
const shown = (entry: Entry | null): string =>
  entry === null
    ? 'none'
    : entry.lines
        .map(({ account, amountFen, chargeId, depositId, unitId }) =>
          [
            account,
            account === 'receivable'
              ? chargeId
              : account === 'deposit'
                ? depositId
                : account === 'prepaid'
                  ? unitId
                  : null,
            amountFen > 0 ? `+${amountFen}` : `−${-amountFen}`,
          ]
            .filter((part) => part !== null)
            .join(' '),
        )
        .join(', ');
const standing = { openFen: () => 1000, prepaidFen: () => 500, heldFen: () => 300 };
const refusal = (build: () => unknown): string => {
  try {
    build();
  } catch (fault) {
    if (fault instanceof Refusal) return fault.code;
    throw fault;
  }
  return 'allowed';
};
const payment = (more: Partial<Parameters<typeof paymentEntry>[0]>) =>
  paymentEntry(
    {
      parts: [{ method: 'cash', fen: 100 }],
      changeFen: 0,
      settles: [{ ...ref, fen: 100 }],
      prepays: [],
      cashierId: 'k1',
      ...more,
    },
    standing,
  );

describe('an entry', () => {
  it.each([
    ['a charge', chargeEntry([{ ...ref, amountFen: 1000 }]), 'receivable c1 +1000, income −1000'],
    ['a charge made larger', changeEntry(ref, 200, standing), 'receivable c1 +200, income −200'],
    ['a charge made smaller', changeEntry(ref, -200, standing), 'receivable c1 −200, income +200'],
    ['paid in part', payment({}), 'cash +100, receivable c1 −100'],
    [
      'paid with a note, change given back',
      payment({ parts: [{ method: 'cash', fen: 10_000 }], changeFen: 9900 }),
      'cash +10000, cash −9900, receivable c1 −100',
    ],
    [
      'cash and card for two units, the rest ahead',
      payment({
        parts: [
          { method: 'cash', fen: 600 },
          { method: 'card', fen: 700 },
        ],
        settles: [
          { ...ref, fen: 500 },
          { ...other, fen: 700 },
        ],
        prepays: [{ unitId: 'u2', fen: 100 }],
      }),
      'cash +600, card +700, receivable c1 −500, receivable c2 −700, prepaid u2 −100',
    ],
    [
      'only ahead of time',
      payment({ settles: [], prepays: [{ unitId: 'u1', fen: 100 }] }),
      'cash +100, prepaid u1 −100',
    ],
    [
      'what was paid ahead is used',
      prepaidUseEntry('u1', [{ ...ref, fen: 400 }], standing),
      'prepaid u1 +400, receivable c1 −400',
    ],
    ['a refund', refundEntry('u1', 500, cash, standing), 'prepaid u1 +500, cash −500'],
    ['a waiver', waiverEntry(ref, 1000, standing), 'waived +1000, receivable c1 −1000'],
    ['a deposit taken', depositTakeEntry(deposit, 300, cash), 'cash +300, deposit d1 −300'],
    ['a deposit kept for damage', depositDeductEntry(deposit, 100, null, standing), 'deposit d1 +100, income −100'],
    [
      'a deposit kept for a charge',
      depositDeductEntry(deposit, 100, ref, standing),
      'deposit d1 +100, receivable c1 −100',
    ],
    ['a deposit given back', depositRefundEntry(deposit, 300, cash, standing), 'deposit d1 +300, cash −300'],
    [
      'handed over',
      handOverEntry('k1', [
        { method: 'cash', fen: 900 },
        { method: 'card', fen: 0 },
        { method: 'transfer', fen: -50 },
      ]),
      'handed-over +900, cash −900, handed-over −50, transfer +50',
    ],
    ['nothing to hand over', handOverEntry('k1', [{ method: 'cash', fen: 0 }]), 'none'],
    ['too little in the drawer', closeDifferenceEntry('k1', 'cash', -20), 'cash −20, cash-short +20'],
    ['too much in the drawer', closeDifferenceEntry('k1', 'cash', 20), 'cash +20, cash-over −20'],
    ['the count agrees', closeDifferenceEntry('k1', 'cash', 0), 'none'],
    [
      'a reversal',
      reversalEntry({ ...payment({ changeFen: 0 }), id: 'e1' }, false, standing),
      'cash −100, receivable c1 +100',
    ],
  ])('%s', (_, entry, lines) => {
    expect(shown(entry)).toBe(lines);
  });

  it.each([
    [
      'paying more than is open',
      () => payment({ parts: [{ method: 'cash', fen: 1001 }], settles: [{ ...ref, fen: 1001 }] }),
      'ledger.more_than_open',
    ],
    [
      'using more than is paid ahead',
      () => prepaidUseEntry('u1', [{ ...ref, fen: 501 }], standing),
      'ledger.more_than_prepaid',
    ],
    ['giving back more than is paid ahead', () => refundEntry('u1', 501, cash, standing), 'ledger.more_than_prepaid'],
    ['waiving more than is open', () => waiverEntry(ref, 1001, standing), 'ledger.more_than_open'],
    ['making a charge smaller than what is settled', () => changeEntry(ref, -1001, standing), 'ledger.more_than_open'],
    ['keeping more than is held', () => depositDeductEntry(deposit, 301, null, standing), 'ledger.more_than_held'],
    ['giving back more than is held', () => depositRefundEntry(deposit, 301, cash, standing), 'ledger.more_than_held'],
    ['reversing twice', () => reversalEntry({ ...payment({}), id: 'e1' }, true, standing), 'ledger.already_reversed'],
    [
      'reversing a reversal',
      () => reversalEntry({ ...payment({}), kind: 'reversal', id: 'e1' }, false, standing),
      'ledger.reversal_of_reversal',
    ],
    [
      'reversing a charge that was settled since',
      () => reversalEntry({ ...chargeEntry([{ ...ref, amountFen: 1001 }]), id: 'e1' }, false, standing),
      'ledger.since_used',
    ],
    [
      'reversing money paid ahead that is gone',
      () =>
        reversalEntry(
          {
            ...payment({ parts: [{ method: 'cash', fen: 501 }], settles: [], prepays: [{ unitId: 'u1', fen: 501 }] }),
            id: 'e1',
          },
          false,
          standing,
        ),
      'ledger.since_used',
    ],
    [
      'reversing a deposit that was given back',
      () => reversalEntry({ ...depositTakeEntry(deposit, 301, cash), id: 'e1' }, false, standing),
      'ledger.since_used',
    ],
  ])('%s is refused', (_, build, code) => {
    expect(refusal(build)).toBe(code);
  });

  it('out of balance, of one line, of zero or of parts of a fen is a fault of ours', () => {
    const line = chargeEntry([{ ...ref, amountFen: 1 }]).lines[0] as Entry['lines'][number];
    expect(() => makeEntry('charge', [line, line])).toThrow(RangeError);
    expect(() => makeEntry('charge', [line])).toThrow(RangeError);
    expect(() =>
      makeEntry('charge', [
        { ...line, amountFen: 0 },
        { ...line, amountFen: 0 },
      ]),
    ).toThrow(RangeError);
    expect(() => chargeEntry([{ ...ref, amountFen: 0.5 }])).toThrow(RangeError);
    expect(() => chargeEntry([{ ...ref, amountFen: 10 ** 12 }])).toThrow(RangeError);
    expect(() => payment({ parts: [{ method: 'cash', fen: 99 }] })).toThrow(RangeError);
  });
});

describe('MN5: which charges a sum settles', () => {
  const open: OpenCharge[] = [
    { ...ref, chargeId: 'c3', dueOn: '2026-03-31', openFen: 300 },
    { ...ref, chargeId: 'c1', dueOn: '2026-01-31', openFen: 100 },
    { ...ref, chargeId: 'c2b', dueOn: '2026-02-28', openFen: 200 },
    { ...ref, chargeId: 'c2a', dueOn: '2026-02-28', openFen: 50 },
    { ...ref, chargeId: 'c0', dueOn: '2025-12-31', openFen: 0 },
  ];
  it.each([
    [60, 'c1 60', 0],
    [100, 'c1 100', 0],
    [349, 'c1 100, c2a 50, c2b 199', 0],
    [1000, 'c1 100, c2a 50, c2b 200, c3 300', 350],
  ])('%d fen, the oldest due first: %s, %d ahead', (amountFen, settled, left) => {
    const { settles, leftFen } = allocate(amountFen, open);
    expect(settles.map(({ chargeId, fen }) => `${chargeId} ${fen}`).join(', ')).toBe(settled);
    expect(leftFen).toBe(left);
  });

  it.each<[string, [string, number][], string, number]>([
    [
      'two chosen, the rest ahead',
      [
        ['c3', 300],
        ['c1', 50],
      ],
      '',
      150,
    ],
    ['one that is not theirs', [['x', 1]], 'allocations.0.chargeId unknown_charge', 500],
    [
      'one twice',
      [
        ['c3', 1],
        ['c3', 1],
      ],
      'allocations.1.chargeId charge_twice',
      499,
    ],
    ['more than is open', [['c3', 301]], 'allocations.0.amountFen more_than_open', 500],
    [
      'more than is paid',
      [
        ['c3', 300],
        ['c2b', 200],
        ['c1', 1],
      ],
      'allocations.2.amountFen more_than_paid',
      0,
    ],
  ])('%s', (_, choices, fault, left) => {
    const result = chosen(
      500,
      choices.map(([chargeId, amountFen]) => ({ chargeId, amountFen })),
      open,
    );
    expect(result.faults.map(({ path, code }) => `${path} ${code}`).join()).toBe(fault);
    expect(result.leftFen).toBe(left);
  });
});

describe('the books', () => {
  it('show what a unit owes above zero, what it paid ahead below', () => {
    const lines = [
      ...chargeEntry([{ ...ref, amountFen: 1000 }]).lines,
      ...payment({ settles: [{ ...ref, fen: 60 }], prepays: [{ unitId: 'u1', fen: 40 }] }).lines,
    ];
    expect(unitBalanceFen(lines)).toBe(900);
  });

  it('name every breach', () => {
    const charge = { ...chargeEntry([{ ...ref, amountFen: 100 }]), id: 'e1' };
    const pay = { ...payment({}), id: 'e2' };
    const bent = {
      ...charge,
      id: 'e3',
      lines: charge.lines.map((line, index) => (index === 0 ? { ...line, amountFen: 99 } : line)),
    };
    const undo = { ...reversalEntry(pay, false, standing), id: 'e4' };
    expect(breachesOf([charge, pay])).toEqual([]);
    expect(breachesOf([pay]).map(({ code }) => code)).toEqual(['open_below_nothing']);
    expect(breachesOf([charge, bent]).map(({ code }) => code)).toEqual(['out_of_balance', 'books_out_of_balance']);
    expect(breachesOf([charge, pay, undo, { ...undo, id: 'e5' }]).map(({ code }) => code)).toEqual(['reversed_twice']);
  });

  it('are the same in whatever order entries are added', () => {
    const all = [chargeEntry([{ ...ref, amountFen: 100 }]), payment({}), depositTakeEntry(deposit, 5, cash)];
    const [there, back] = [emptyBalances(), emptyBalances()];
    for (const entry of all) post(there, entry);
    for (const entry of [...all].reverse()) post(back, entry);
    expect(new Map([...there.byAccount].sort())).toEqual(new Map([...back.byAccount].sort()));
    expect(standingOf(there).openFen('c1')).toBe(0);
  });

  it('agree with a plain model over random days, act by act', () => {
    const done = new Map<string, number>();
    let refused = 0;
    // 1,000 sequences here; `npm run bench -- ledger` runs a hundred thousand.
    for (let seed = 1; seed <= 1000; seed++) {
      const outcome = runSequence(seed, 40);
      refused += outcome.refused;
      for (const [act, count] of Object.entries(outcome.done)) done.set(act, (done.get(act) ?? 0) + count);
    }
    // No act may be left out, and refusals must have been compared too: else the agreement says nothing.
    for (const act of acts) expect(done.get(act) ?? 0, act).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(1000);
  });
});

describe('words', () => {
  it('name every account, kind, method and refusal', () => {
    expect(Object.keys(accountWords).sort()).toEqual([...accounts].sort());
    expect(Object.keys(entryKindWords).sort()).toEqual([...entryKinds].sort());
    expect(Object.keys(methodWords).sort()).toEqual([...methods].sort());
    expect(Object.keys(ledgerProblems.titles).sort()).toEqual([...ledgerRefusals].sort());
    for (const say of Object.values(ledgerProblems.titles)) expect(say({}).zh).toMatch(/[一-鿿]/);
  });
});
