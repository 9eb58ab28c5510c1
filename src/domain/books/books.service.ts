// The books 账簿 for finance: the month's trial balance, and the month streamed as a journal or as voucher lines.
import { readFileSync } from 'node:fs';
import { PassThrough, Readable } from 'node:stream';
import { yuanOfFen } from '../../kernel/money.ts';
import { type Month, monthOf } from '../../kernel/time.ts';
import { writeWorkbook } from '../../platform/spreadsheet/write-workbook.ts';
import { type Call, RawAnswer, readIn } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import type { Account } from '../ledger/ledger.contract.ts';
import { itemNames } from '../statements/statement.store.ts';
import { type Books, type Chart, chartSchema, type VoucherFormat } from './books.contract.ts';
import {
  type BookEntry,
  csvLine,
  journalAccounts,
  journalHead,
  journalText,
  spanOfMonth,
  trialBalance,
  type VoucherLine,
  voucherLines,
} from './books.rules.ts';
import {
  communityName,
  countEntries,
  type EntryHead,
  listEntryHeads,
  listEntryLines,
  sumAccountsOfMonth,
  sumItemsOfMonth,
} from './books.store.ts';
import {
  entryTitle,
  journalFile,
  journalTitle,
  kindOfItem,
  voucherColumns,
  voucherFile,
  voucherSheet,
  voucherWord,
} from './books.words.ts';

let chart: Chart | null = null;
/** Where the chart of accounts that ships with the product lies. */
export function loadChart(file: string): void {
  chart = chartSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}
function chartOfAccounts(): Chart {
  if (!chart) throw new Error('the chart of accounts was not loaded');
  return chart;
}
const partOf = (account: Account) => chartOfAccounts().accounts[account];

export const readBooks = (call: Call, asked: Month | undefined): Promise<Books> =>
  readIn(call, async (tx) => {
    const month = asked ?? monthOf(call.now);
    const span = spanOfMonth(month);
    const sums = trialBalance(await sumAccountsOfMonth(tx, call.communityId, span));
    const items = await sumItemsOfMonth(tx, call.communityId, span);
    const names = await itemNames(
      tx,
      call.communityId,
      items.map(({ itemId }) => itemId),
    );
    return {
      month,
      // In the order of the chart, as accountants look for them.
      accounts: sums
        .map((one) => ({
          ...one,
          code: partOf(one.account)?.code ?? '',
          name: partOf(one.account)?.name ?? one.account,
        }))
        .toSorted((a, b) => (a.code < b.code ? -1 : 1)),
      items: items.map(({ kind, ...one }) => ({ ...one, item: names.get(one.itemId) ?? kindOfItem(kind) })),
      entries: await countEntries(tx, call.communityId, span),
    };
  });

const pageSize = 500;

/** The month's entries in order, a page a transaction: a long file holds no snapshot open. */
async function* entriesOf(call: Call, month: Month): AsyncGenerator<BookEntry> {
  const { communityId, now: until } = call;
  const names = new Map<string, string>();
  let after: EntryHead | null = null;
  for (;;) {
    const start: EntryHead | null = after;
    const page: BookEntry[] = await readIn(call, async (tx) => {
      const heads = await listEntryHeads(tx, communityId, spanOfMonth(month), { after: start, until, limit: pageSize });
      const rows = await listEntryLines(
        tx,
        communityId,
        heads.map(({ id }) => id),
      );
      const unknown = [...new Set(rows.flatMap(({ itemId }) => (itemId && !names.has(itemId) ? [itemId] : [])))];
      const found = unknown.length === 0 ? new Map<string, string>() : await itemNames(tx, communityId, unknown);
      for (const id of unknown)
        names.set(
          id,
          found.get(id) ?? kindOfItem(rows.find((row) => row.itemId === id && row.chargeKind)?.chargeKind ?? null),
        );
      const byEntry = new Map<string, BookEntry['lines'][number][]>();
      for (const { entryId, account, amountFen, unit, itemId } of rows) {
        const lines = byEntry.get(entryId) ?? [];
        lines.push({ account, amountFen, unit, itemId, item: itemId === null ? null : (names.get(itemId) ?? null) });
        byEntry.set(entryId, lines);
      }
      return heads.map((head) => ({ ...head, lines: byEntry.get(head.id) ?? [] }));
    });
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < pageSize) return;
    after = last;
  }
}

const titleOf = ({ kind, lines }: BookEntry): string =>
  entryTitle(kind, [...new Set(lines.flatMap(({ unit }) => unit ?? []))]);

async function* journal(call: Call, month: Month, title: string): AsyncGenerator<string> {
  yield journalHead(title, journalAccounts(chartOfAccounts()));
  for await (const entry of entriesOf(call, month))
    yield journalText(entry, { chart: chartOfAccounts(), title: titleOf(entry) });
}

async function* vouchers(call: Call, month: Month): AsyncGenerator<VoucherLine> {
  let voucher = 0;
  for await (const entry of entriesOf(call, month))
    yield* voucherLines(entry, { chart: chartOfAccounts(), summary: titleOf(entry), voucher: ++voucher });
}

/** `amount`: how a sum is written; nothing where the line has none on that side. */
const cellsOf = <Amount>(line: VoucherLine, amount: (fen: number) => Amount) => [
  ...[line.on, voucherWord, line.voucher, line.line, line.summary, line.code, line.name],
  ...[line.debitFen, line.creditFen].map((fen) => (fen === 0 ? '' : amount(fen))),
  ...[line.unit, line.item, line.entryId],
];
/** A number for a spreadsheet's cell; fen stay exact far beyond any amount here. */
const inYuan = (fen: number): number => Number(yuanOfFen(fen));
/** Spreadsheets take a file without this mark for another encoding. */
const byteOrderMark = '\uFEFF';

const fileHeaders = (type: string, name: string) => ({
  'content-type': type,
  'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
  'cache-control': 'no-store',
});

/** Books leave the house: who took which month, as what. */
const recordExport = (call: Call, month: Month, format: string): Promise<void> =>
  call.house.database.write([call.communityId], (tx) =>
    record(tx, call, {
      action: 'ledger.export',
      noun: 'books',
      nounId: call.communityId,
      changed: { month: [null, month], format: [null, format] },
    }),
  );

export async function exportJournal(call: Call, month: Month): Promise<RawAnswer> {
  const name = await readIn(call, (tx) => communityName(tx, call.communityId));
  await recordExport(call, month, 'journal');
  return new RawAnswer(
    Readable.from(journal(call, month, journalTitle(name, month))),
    fileHeaders('text/plain; charset=utf-8', journalFile(month)),
  );
}

export async function exportVouchers(call: Call, month: Month, format: VoucherFormat): Promise<RawAnswer> {
  await recordExport(call, month, format);
  const name = voucherFile(month, format);
  if (format === 'csv')
    return new RawAnswer(Readable.from(csvOf(call, month)), fileHeaders('text/csv; charset=utf-8', name));
  const stream = new PassThrough();
  writeWorkbook(stream, [{ name: voucherSheet, columns: voucherColumns, rows: rowsOf(call, month) }]).catch((fault) =>
    stream.destroy(fault),
  );
  return new RawAnswer(stream, fileHeaders('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', name));
}

async function* rowsOf(call: Call, month: Month) {
  for await (const line of vouchers(call, month)) yield cellsOf(line, inYuan);
}

async function* csvOf(call: Call, month: Month): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(voucherColumns.map(({ header }) => header));
  for await (const line of vouchers(call, month)) yield csvLine(cellsOf(line, yuanOfFen));
}
