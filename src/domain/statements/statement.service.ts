// The statement 对账单 of a household (MN12): from the ledger's lines and the charges with their kept inputs.
import { sumFen } from '../../kernel/money.ts';
import { notFound } from '../../kernel/refusal.ts';
import { type Day, dayOf, plusDays } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Call, readIn } from '../access/call.ts';
import type { ChargeKind } from '../charges/charge.contract.ts';
import { chargeKindWords, differenceInWords } from '../charges/charge.words.ts';
import { differenceOf } from '../charges/charge-difference.rules.ts';
import { postedInWords } from '../charges/charge-view.service.ts';
import { formulaNames } from '../charges/formula.words.ts';
import { listChargesOfUnit, type StandingCharge } from '../charges/posted-charge.store.ts';
import type { Statement, StatementCharge } from './statement.contract.ts';
import { chargeStateOf, effectsOf, monthBefore } from './statement.rules.ts';
import { findUnit, itemNames, listDeposits, listHouseholdLines, receiptCodes, sumBefore } from './statement.store.ts';
import { entryInWords } from './statement.words.ts';

/** How far back a statement goes where nobody asks for more. */
const daysBack = 366;

export const readStatement = (call: Call, unitId: string, asked: Day | undefined): Promise<Statement> =>
  readIn(call, async (tx) => {
    const { communityId, now } = call;
    const unit = await findUnit(tx, communityId, unitId, { breadth: call.breadth, accountId: call.actor.accountId });
    if (!unit) throw notFound('unit');
    const from = asked ?? plusDays(dayOf(now), -daysBack);
    const openingFen = await sumBefore(tx, communityId, unitId, from);
    const lines = await listHouseholdLines(tx, communityId, unitId, from);
    const charges = await listChargesOfUnit(tx, communityId, unitId);
    const deposits = await listDeposits(tx, communityId, unitId);
    const effects = effectsOf(openingFen, lines);
    const names = await namesOf(tx, communityId, [...charges, ...deposits]);
    const receipts = await receiptCodes(
      tx,
      communityId,
      effects.map(({ id }) => id),
    );
    const byId = new Map(charges.map((charge) => [charge.id, charge]));
    const entries = effects.map(({ charges: parts, ...effect }) => {
      const entry = {
        ...effect,
        methods: [...effect.methods],
        receiptCode: receipts.get(effect.id) ?? null,
        parts: parts.map(({ chargeId, amountFen }) => {
          const charge = byId.get(chargeId);
          return { chargeId, item: charge ? names(charge) : '', month: charge?.month ?? null, amountFen };
        }),
      };
      return { ...entry, words: entryInWords(entry) };
    });
    const openFen = sumFen(charges.map((charge) => Math.max(0, charge.openFen)));
    const balanceFen = entries.at(-1)?.balanceFen ?? openingFen;
    return {
      ...{ unitId, unit: unit.label, asOf: now, from, balanceFen, openFen, openingFen },
      prepaidFen: openFen - balanceFen,
      depositFen: sumFen(deposits.map(({ heldFen }) => heldFen)),
      charges: charges
        .filter((one) => one.reversesId === null && (dayOf(one.postedAt) >= from || one.openFen > 0))
        .map((charge) => shapeCharge(charge, charges, names)),
      payments: entries
        .filter(({ kind }) => kind === 'payment')
        .map(({ id, at, amountFen, methods, receiptCode, isReversed }) => ({
          ...{ entryId: id, at, amountFen: 0 - amountFen, methods, receiptCode, isReversed },
        }))
        .reverse(),
      deposits: deposits.map(({ depositId, itemId, takenAt, takenFen, heldFen }) => ({
        ...{ depositId, takenAt, takenFen, heldFen },
        item: names({ itemId, kind: 'other' }),
      })),
      entries: entries.reverse(),
    };
  });

type Named = { itemId: string; kind?: ChargeKind };

async function namesOf(tx: Tx, communityId: string, of: readonly Named[]): Promise<(one: Named) => string> {
  const names = await itemNames(tx, communityId, [...new Set(of.map(({ itemId }) => itemId))]);
  return ({ itemId, kind = 'other' }) => names.get(itemId) ?? chargeKindWords[kind];
}

function shapeCharge(
  charge: StandingCharge,
  all: readonly StandingCharge[],
  names: (one: Named) => string,
): StatementCharge {
  const { id, itemId, kind, payerRole, month, dueOn, amountFen, openFen } = charge;
  return {
    ...{ id, itemId, kind, month, dueOn, amountFen, openFen },
    item: names(charge),
    payer: payerRole,
    state: chargeStateOf(charge),
    explanation: postedInWords(charge),
    difference: differenceInPlain(charge, all),
  };
}

/** Why it differs from the month before, of the same payer; null where neither is kept. */
function differenceInPlain(charge: StandingCharge, all: readonly StandingCharge[]): string | null {
  const { detail, month, payerRole: role, payerId: partyId, kind } = charge;
  if (detail === null || month === null) return null;
  const before = all.find(
    (one) =>
      one.itemId === charge.itemId &&
      one.month === monthBefore(month) &&
      one.payerRole === role &&
      one.payerId === partyId &&
      one.reversesId === null &&
      !one.isReversed &&
      one.detail !== null,
  );
  if (!before?.detail) return null;
  return differenceInWords(differenceOf(before.detail, detail, formulaNames, { role, partyId }), kind);
}
