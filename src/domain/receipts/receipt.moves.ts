// The moves of a receipt 收据 and of a receipt book 收据本 (spec/10).
import type { Moves } from '../../kernel/moves.ts';
import type { ReceiptBookMove, ReceiptBookState, ReceiptMove, ReceiptState } from './receipt.contract.ts';

/** `cashier`: who wrote it; a void is of the same open day, later only the opposite entry with approval is left (MN7). */
export const receiptMoveTable: Moves<ReceiptMove, ReceiptState, 'cashier' | 'finance'> = {
  void: { from: ['issued'], to: 'voided', by: ['cashier', 'finance'] },
  reverse: { from: ['issued'], to: 'reversed', by: ['finance'] },
};

export const receiptBookMoveTable: Moves<ReceiptBookMove, ReceiptBookState, 'holder' | 'finance' | 'system'> = {
  begin: { from: ['issued'], to: 'in-use', by: ['holder', 'system'] },
  'use-up': { from: ['in-use'], to: 'used-up', by: ['system'] },
  'close-out': { from: ['issued', 'in-use'], to: 'used-up', by: ['finance'] },
  'take-back': { from: ['used-up'], to: 'taken-back', by: ['finance'] },
};
