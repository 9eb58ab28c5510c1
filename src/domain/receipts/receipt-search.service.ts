// A receipt found by its number in the one box that finds everything; asked only for whoever may see receipts.
import type { Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';
import type { ReceiptHit } from '../places/unit.contract.ts';
import { numberSaid, receiptCode } from './receipt.rules.ts';
import { listReceiptRows } from './receipt.store.ts';

export async function findReceipts(tx: Tx, call: Call, text: string, limit: number): Promise<ReceiptHit[]> {
  const said = numberSaid(text);
  if (said === null) return [];
  const rows = await listReceiptRows(tx, call.communityId, { ...said, limit });
  return rows
    .filter((row) => row.kind !== 'blank')
    .map((row) => ({
      id: row.id,
      communityId: call.communityId,
      code: receiptCode(row.series, row.number),
      state: row.state,
      unit: row.lines[0]?.unit ?? null,
      amountFen: row.amountFen,
    }));
}
