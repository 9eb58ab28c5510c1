// A plain model of the money of a small community, and random days of it: the ledger's entries are compared with the
// model after each act. The model knows no accounts: it keeps what each charge, unit, deposit and drawer stands at.
import { Refusal } from '../../kernel/refusal.ts';
import { allocate } from './allocation.rules.ts';
import { emptyBalances, post, standingOf } from './balance.rules.ts';
import {
  type ChargeRef,
  changeEntry,
  chargeEntry,
  closeDifferenceEntry,
  depositDeductEntry,
  depositRefundEntry,
  depositTakeEntry,
  handOverEntry,
  paymentEntry,
  prepaidUseEntry,
  refundEntry,
  reversalEntry,
  waiverEntry,
} from './entry.rules.ts';
import { type Entry, type Method, methods } from './ledger.contract.ts';

/** A small generator of numbers (mulberry32): the same seed gives the same days, here and in the benchmark. */
export function chanceOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

export const acts = [
  'charge',
  'change',
  'pay',
  'part-pay',
  'prepay',
  'pay-mixed',
  'pay-units',
  'use-prepaid',
  'reverse',
  'refund',
  'waive',
  'deposit-take',
  'deposit-deduct',
  'deposit-refund',
  'close',
  'late-fee',
] as const;
export type Act = (typeof acts)[number];

type Model = {
  open: Map<string, number>;
  prepaid: Map<string, number>;
  held: Map<string, number>;
  drawer: Record<Method, number>;
  handedOver: number;
  charged: number;
  waived: number;
  kept: number;
  overOrShort: number;
};
/** How an act is undone in the model. */
type Undo = { id: string; entry: Entry; undo: (model: Model) => void; may: (model: Model) => boolean };

const cashierId = 'cashier';
const units = ['unit-1', 'unit-2', 'unit-3'];

export type Outcome = { entries: number; done: Record<Act, number>; refused: number };

/** Runs one sequence of acts; throws where ledger and model differ. */
export function runSequence(seed: number, steps: number): Outcome {
  const chance = chanceOf(seed);
  const balances = emptyBalances();
  const standing = standingOf(balances);
  const charges: (ChargeRef & { dueOn: string })[] = [];
  const deposits: { unitId: string; depositId: string; itemId: string }[] = [];
  const reversible: Undo[] = [];
  const reversed = new Set<string>();
  const model: Model = {
    open: new Map(),
    prepaid: new Map(),
    held: new Map(),
    drawer: { cash: 0, card: 0, transfer: 0, cheque: 0, 'bank-collection': 0, online: 0 },
    ...{ handedOver: 0, charged: 0, waived: 0, kept: 0, overOrShort: 0 },
  };
  const outcome: Outcome = {
    entries: 0,
    done: Object.fromEntries(acts.map((act) => [act, 0])) as Record<Act, number>,
    refused: 0,
  };

  const bump = (sums: Map<string, number>, key: string, fen: number) => sums.set(key, (sums.get(key) ?? 0) + fen);
  const at = (sums: Map<string, number>, key: string) => sums.get(key) ?? 0;
  const pick = <One>(all: readonly One[]): One | undefined => all[chance(all.length || 1)];
  const openOnes = (unitIds: readonly string[] = units) =>
    charges
      .filter((charge) => unitIds.includes(charge.unitId) && at(model.open, charge.chargeId) > 0)
      .map((charge) => ({ ...charge, openFen: at(model.open, charge.chargeId) }));

  /** Posts an entry and changes the model by `apply`, or checks that both refuse. */
  function act(
    build: () => Entry | null,
    isAllowed: boolean,
    apply: () => void,
    undo?: Omit<Undo, 'id' | 'entry'>,
  ): boolean {
    let entry: Entry | null;
    try {
      entry = build();
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      if (isAllowed) throw new Error(`seed ${seed}: refused ${fault.code} where the model allows it`);
      outcome.refused++;
      return false;
    }
    if (!isAllowed) throw new Error(`seed ${seed}: allowed where the model refuses`);
    if (entry === null) return true;
    if (entry.lines.reduce((sum, line) => sum + line.amountFen, 0) !== 0)
      throw new Error(`seed ${seed}: ${entry.kind} out of balance`);
    post(balances, entry);
    apply();
    outcome.entries++;
    if (undo) reversible.push({ id: `entry-${outcome.entries}`, entry, ...undo });
    return true;
  }

  function pay(unitIds: readonly string[], amountFen: number, mixed: boolean): boolean {
    const { settles, leftFen } = allocate(amountFen, openOnes(unitIds));
    const cashFen = mixed ? chance(amountFen) : amountFen;
    const other = pick(methods.slice(1)) as Method;
    const changeFen = cashFen > 0 ? chance(3) * 100 : 0;
    const parts = [
      ...(cashFen > 0 ? [{ method: 'cash' as const, fen: cashFen + changeFen }] : []),
      ...(amountFen > cashFen ? [{ method: other, fen: amountFen - cashFen }] : []),
    ];
    const prepaidUnit = unitIds[0] as string;
    const prepays = leftFen > 0 ? [{ unitId: prepaidUnit, fen: leftFen }] : [];
    const move = (sign: number) => {
      for (const { chargeId, fen } of settles) bump(model.open, chargeId, -sign * fen);
      bump(model.prepaid, prepaidUnit, sign * leftFen);
      model.drawer.cash += sign * cashFen;
      model.drawer[other] += sign * (amountFen - cashFen);
    };
    return act(
      () => paymentEntry({ parts, changeFen, settles, prepays, cashierId }, standing),
      true,
      () => move(1),
      { undo: () => move(-1), may: () => at(model.prepaid, prepaidUnit) >= leftFen },
    );
  }

  const doers: Record<Act, () => boolean> = {
    charge: () => {
      const chargeId = `charge-${charges.length + 1}`;
      const unitId = pick(units) as string;
      const ref = { unitId, chargeId, itemId: 'item' };
      const amountFen = 1 + chance(50_000);
      charges.push({ ...ref, dueOn: `2026-${String(1 + chance(12)).padStart(2, '0')}-28` });
      const move = (sign: number) => {
        bump(model.open, chargeId, sign * amountFen);
        model.charged += sign * amountFen;
      };
      return act(
        () => chargeEntry([{ ...ref, amountFen }]),
        true,
        () => move(1),
        {
          undo: () => move(-1),
          may: () => at(model.open, chargeId) >= amountFen,
        },
      );
    },
    'late-fee': () => doers.charge(),
    change: () => {
      const charge = pick(charges);
      if (!charge) return false;
      const byFen = chance(20_001) - 10_000;
      if (byFen === 0) return false;
      const move = (sign: number) => {
        bump(model.open, charge.chargeId, sign * byFen);
        model.charged += sign * byFen;
      };
      return act(
        () => changeEntry(charge, byFen, standing),
        at(model.open, charge.chargeId) + byFen >= 0,
        () => move(1),
        {
          undo: () => move(-1),
          may: () => at(model.open, charge.chargeId) - byFen >= 0,
        },
      );
    },
    pay: () => {
      const unitId = pick(units) as string;
      const owed = openOnes([unitId]).reduce((sum, one) => sum + one.openFen, 0);
      return owed > 0 && pay([unitId], owed, false);
    },
    'part-pay': () => {
      const unitId = pick(units) as string;
      const owed = openOnes([unitId]).reduce((sum, one) => sum + one.openFen, 0);
      return owed > 1 && pay([unitId], 1 + chance(owed - 1), false);
    },
    prepay: () => pay([pick(units) as string], 1 + chance(80_000), false),
    'pay-mixed': () => pay([pick(units) as string], 2 + chance(60_000), true),
    'pay-units': () => pay([...units], 1 + chance(120_000), false),
    'use-prepaid': () => {
      const unitId = pick(units) as string;
      const settles = allocate(1 + chance(40_000), openOnes([unitId])).settles;
      if (settles.length === 0) return false;
      const wholeFen = settles.reduce((sum, one) => sum + one.fen, 0);
      const move = (sign: number) => {
        for (const { chargeId, fen } of settles) bump(model.open, chargeId, -sign * fen);
        bump(model.prepaid, unitId, -sign * wholeFen);
      };
      return act(
        () => prepaidUseEntry(unitId, settles, standing),
        at(model.prepaid, unitId) >= wholeFen,
        () => move(1),
        {
          undo: () => move(-1),
          may: () => true,
        },
      );
    },
    reverse: () => {
      const undo = pick(reversible);
      if (!undo) return false;
      const isReversed = reversed.has(undo.id);
      return act(
        () => reversalEntry({ ...undo.entry, id: undo.id }, isReversed, standing),
        !isReversed && undo.may(model),
        () => {
          undo.undo(model);
          reversed.add(undo.id);
        },
      );
    },
    refund: () => {
      const unitId = pick(units) as string;
      const fen = 1 + chance(30_000);
      const move = (sign: number) => {
        bump(model.prepaid, unitId, -sign * fen);
        model.drawer.cash -= sign * fen;
      };
      return act(
        () => refundEntry(unitId, fen, { method: 'cash', cashierId }, standing),
        at(model.prepaid, unitId) >= fen,
        () => move(1),
        {
          undo: () => move(-1),
          may: () => true,
        },
      );
    },
    waive: () => {
      const charge = pick(charges);
      if (!charge) return false;
      const fen = 1 + chance(20_000);
      const move = (sign: number) => {
        bump(model.open, charge.chargeId, -sign * fen);
        model.waived += sign * fen;
      };
      return act(
        () => waiverEntry(charge, fen, standing),
        at(model.open, charge.chargeId) >= fen,
        () => move(1),
        {
          undo: () => move(-1),
          may: () => true,
        },
      );
    },
    'deposit-take': () => {
      const ref = { unitId: pick(units) as string, depositId: `deposit-${deposits.length + 1}`, itemId: 'deposit' };
      const fen = 1 + chance(200_000);
      deposits.push(ref);
      const move = (sign: number) => {
        bump(model.held, ref.depositId, sign * fen);
        model.drawer.card += sign * fen;
      };
      return act(
        () => depositTakeEntry(ref, fen, { method: 'card', cashierId }),
        true,
        () => move(1),
        {
          undo: () => move(-1),
          may: () => at(model.held, ref.depositId) >= fen,
        },
      );
    },
    'deposit-deduct': () => {
      const ref = pick(deposits);
      if (!ref) return false;
      const charge = chance(2) === 0 ? (pick(openOnes()) ?? null) : null;
      const fen = 1 + chance(60_000);
      const isAllowed = at(model.held, ref.depositId) >= fen && (charge === null || charge.openFen >= fen);
      const move = (sign: number) => {
        bump(model.held, ref.depositId, -sign * fen);
        if (charge) bump(model.open, charge.chargeId, -sign * fen);
        else model.kept += sign * fen;
      };
      return act(
        () => depositDeductEntry(ref, fen, charge, standing),
        isAllowed,
        () => move(1),
        { undo: () => move(-1), may: () => true },
      );
    },
    'deposit-refund': () => {
      const ref = pick(deposits);
      if (!ref) return false;
      const fen = 1 + chance(100_000);
      const move = (sign: number) => {
        bump(model.held, ref.depositId, -sign * fen);
        model.drawer.transfer -= sign * fen;
      };
      return act(
        () => depositRefundEntry(ref, fen, { method: 'transfer', cashierId }, standing),
        at(model.held, ref.depositId) >= fen,
        () => move(1),
        { undo: () => move(-1), may: () => true },
      );
    },
    close: () => {
      const differenceFen = chance(4) === 0 ? chance(2001) - 1000 : 0;
      act(
        () => closeDifferenceEntry(cashierId, 'cash', differenceFen),
        true,
        () => {
          model.drawer.cash += differenceFen;
          model.overOrShort += differenceFen;
        },
      );
      const sums = methods.map((method) => ({ method, fen: model.drawer[method] }));
      return act(
        () => handOverEntry(cashierId, sums),
        true,
        () => {
          for (const { method, fen } of sums) {
            model.handedOver += fen;
            model.drawer[method] = 0;
          }
        },
      );
    },
  };

  const agree = (what: string, ledger: number, plain: number) => {
    if (ledger !== plain)
      throw new Error(`seed ${seed}: ${what} stands at ${ledger} in the ledger, at ${plain} in the model`);
  };
  const account = (name: Parameters<typeof balances.byAccount.get>[0]) => balances.byAccount.get(name) ?? 0;
  const sum = (sums: Map<string, number>) => [...sums.values()].reduce((total, fen) => total + fen, 0);
  function compare(): void {
    agree('receivable', account('receivable'), sum(model.open));
    agree('prepaid', -account('prepaid'), sum(model.prepaid));
    agree('deposits', -account('deposit'), sum(model.held));
    agree('income', -account('income'), model.charged + model.kept);
    agree('waived', account('waived'), model.waived);
    agree('over or short', -account('cash-over') - account('cash-short'), model.overOrShort);
    agree('handed over', account('handed-over'), model.handedOver);
    for (const method of methods) {
      agree(method, account(method), model.drawer[method]);
      agree(`the drawer's ${method}`, balances.drawers.get(`${cashierId} ${method}`) ?? 0, model.drawer[method]);
    }
    agree(
      'the books',
      [...balances.byAccount.values()].reduce((total, fen) => total + fen, 0),
      0,
    );
  }
  function compareEach(): void {
    for (const [id, fen] of model.open) {
      agree(id, standing.openFen(id), fen);
      if (fen < 0) throw new Error(`seed ${seed}: ${id} is settled beyond what it was`);
    }
    for (const [id, fen] of model.prepaid) agree(id, standing.prepaidFen(id), fen);
    for (const [id, fen] of model.held) agree(id, standing.heldFen(id), fen);
  }

  for (let step = 0; step < steps; step++) {
    const name = acts[chance(acts.length)] as Act;
    if (doers[name]()) outcome.done[name]++;
    compare();
  }
  compareEach();
  return outcome;
}
