// Routes of the books 账簿.
import type { Handlers } from '../access/call.ts';
import type { booksRoutes } from './books.contract.ts';
import { exportJournal, exportVouchers, readBooks } from './books.service.ts';

export const booksHandlers: Handlers<typeof booksRoutes> = {
  getBooks: (call, { query }) => readBooks(call, query.month),
  exportJournal: (call, { query }) => exportJournal(call, query.month),
  exportVouchers: (call, { query }) => exportVouchers(call, query.month, query.format),
};
