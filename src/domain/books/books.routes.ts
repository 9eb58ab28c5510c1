// Routes of the books 账簿 and of the weekly receipt detail.
import type { Handlers } from '../access/call.ts';
import type { booksRoutes } from './books.contract.ts';
import { exportJournal, exportVouchers, readBooks } from './books.service.ts';
import type { receiptDetailRoutes } from './receipt-detail.contract.ts';
import { exportReceiptDetail, readReceiptDetail } from './receipt-detail.service.ts';

export const booksHandlers: Handlers<typeof booksRoutes> = {
  getBooks: (call, { query }) => readBooks(call, query.month),
  exportJournal: (call, { query }) => exportJournal(call, query.month),
  exportVouchers: (call, { query }) => exportVouchers(call, query.month, query.format),
};

export const receiptDetailHandlers: Handlers<typeof receiptDetailRoutes> = {
  getReceiptDetail: (call, { query }) => readReceiptDetail(call, query),
  exportReceiptDetail: (call, { query }) => exportReceiptDetail(call, query),
};
