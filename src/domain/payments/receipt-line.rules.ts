// What a receipt says of each thing it was paid for (MN6): quantity × unit price where the charge was one price for its whole
// month and is paid whole, else once its amount.
import { yuanOfFen } from '../../kernel/money.ts';
import { decimalText, rational } from '../../kernel/rational.ts';
import type { ChargeDetail } from '../charges/charge.contract.ts';
import type { FormulaNames } from '../charges/formula.contract.ts';
import { fullAmount } from '../charges/price.rules.ts';
import type { ReceiptLine } from '../receipts/receipt.contract.ts';

export type PaidCharge = {
  unit: string;
  charge: string;
  month: string | null;
  /** What the charge is, and what of it is paid now. */
  amountFen: number;
  paidFen: number;
  detail: ChargeDetail | null;
};

export function receiptLine(paid: PaidCharge, names: FormulaNames): ReceiptLine {
  const { unit, charge, month, paidFen } = paid;
  const price = paid.paidFen === paid.amountFen && paid.detail ? onePrice(paid.detail, names) : null;
  const priced = price ?? { quantity: '1', unitPriceFen: paidFen, unitPrice: yuanOfFen(paidFen) };
  return { unit, charge, month, ...priced, amountFen: paidFen };
}

/** One stretch of days, one price, nothing taken off, one payer: then quantity and price say it all. */
function onePrice(detail: ChargeDetail, names: FormulaNames) {
  const [segment, ...others] = detail.segments;
  if (!segment?.rule || others.length > 0 || segment.reductions.length > 0 || detail.shares.length > 1) return null;
  if (segment.days !== detail.period.days) return null;
  const [line, ...more] = fullAmount(segment.rule, segment.quantities, detail.period.days, names).lines ?? [];
  if (!line || more.length > 0 || line.priceTenThousandths === null) return null;
  const price = line.priceTenThousandths;
  const isWholeFen = price % 100 === 0;
  return {
    quantity: decimalText(line.quantity, 4),
    unitPriceFen: isWholeFen ? price / 100 : null,
    unitPrice: isWholeFen ? yuanOfFen(price / 100) : decimalText(rational(price, 10_000), 4),
  };
}
