// Routes of receipts 收据 and receipt books 收据本.
import type { Handlers } from '../access/call.ts';
import type { receiptRoutes } from './receipt.contract.ts';
import { printReceipt, readReceipt, readReceipts, spoilBlank, voidReceipt } from './receipt.service.ts';
import { issueBook, moveBook, readBook, readBooks } from './receipt-book.service.ts';

export const receiptHandlers: Handlers<typeof receiptRoutes> = {
  issueReceiptBook: async (call, { body }) => readBook(call, await issueBook(call, body)),
  listReceiptBooks: (call, { query }) => readBooks(call, query),
  getReceiptBook: (call, { params }) => readBook(call, params.id),
  closeOutReceiptBook: async (call, { params, body }) =>
    readBook(call, await moveBook(call, params.id, 'close-out', body)),
  takeBackReceiptBook: async (call, { params, body }) =>
    readBook(call, await moveBook(call, params.id, 'take-back', body)),
  spoilReceipt: async (call, { params, body }) => readReceipt(call, await spoilBlank(call, params.id, body.reason)),
  listReceipts: (call, { query }) => readReceipts(call, query),
  getReceipt: (call, { params }) => readReceipt(call, params.id),
  voidReceipt: async (call, { params, body }) => readReceipt(call, await voidReceipt(call, params.id, body.reason)),
  printReceipt: async (call, { params }) => readReceipt(call, await printReceipt(call, params.id)),
};
