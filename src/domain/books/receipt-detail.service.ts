// The weekly receipt detail 收款明细周报 (FD18, Q5.5): shown, printed, and taken along as a spreadsheet.
import { PassThrough } from 'node:stream';
import { yuanOfFen } from '../../kernel/money.ts';
import { type Day, dayOf, plusDays, startOfDay, wallTimeOf } from '../../kernel/time.ts';
import { writeWorkbook } from '../../platform/spreadsheet/write-workbook.ts';
import { type Call, RawAnswer, readIn } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import { methodWords } from '../ledger/ledger.words.ts';
import { receiptCode } from '../receipts/receipt.rules.ts';
import { namesOfHouse } from '../receipts/receipt.store.ts';
import { receiptStateWords } from '../receipts/receipt.words.ts';
import type { ReceiptDetail } from './receipt-detail.contract.ts';
import { spanOfDetail } from './receipt-detail.rules.ts';
import { type DetailRow, listDetailRows, type Span, sumDetail } from './receipt-detail.store.ts';
import { detailColumns, detailFile, detailSheet } from './receipt-detail.words.ts';

type Asked = { from?: Day | undefined; until?: Day | undefined };
/** What one answer carries; a file carries all. */
const mostShown = 2000;
const pageSize = 500;

function daysOf(call: Call, asked: Asked): { from: Day; until: Day; span: Span } {
  const { from, until } = spanOfDetail(asked, dayOf(call.now));
  return { from, until, span: { from: startOfDay(from), until: startOfDay(plusDays(until, 1)) } };
}

const once = (names: readonly string[]): string[] => [...new Set(names)];

function shape(row: DetailRow): ReceiptDetail['receipts'][number] {
  return {
    ...{ id: row.id, code: receiptCode(row.series, row.number), kind: row.kind, state: row.state, at: row.issuedAt },
    units: once(row.lines.map(({ unit }) => unit)),
    items: once(row.lines.map(({ charge }) => charge)),
    ...{ payer: row.payer ?? '', methods: row.methods, cashier: row.cashierName, amountFen: row.amountFen },
    reason: row.reason,
  };
}

export const readReceiptDetail = (call: Call, asked: Asked): Promise<ReceiptDetail> =>
  readIn(call, async (tx) => {
    const { from, until, span } = daysOf(call, asked);
    const rows = await listDetailRows(tx, call.communityId, span, { after: null, limit: mostShown + 1 });
    const { states, ...sums } = await sumDetail(tx, call.communityId, span);
    const of = (state: string) => states.find((one) => one.state === state) ?? { count: 0, fen: 0 };
    return {
      ...{ from, until, asOf: call.now, ...sums },
      community: (await namesOfHouse(tx, call.communityId)).community,
      receipts: rows.slice(0, mostShown).map(shape),
      isCut: rows.length > mostShown,
      standing: { count: of('issued').count, fen: of('issued').fen },
      voided: of('voided').count,
      reversed: { count: of('reversed').count, fen: of('reversed').fen },
    };
  });

async function* rowsOf(call: Call, span: Span) {
  let after: { series: string; number: number } | null = null;
  for (;;) {
    const start: typeof after = after;
    const page: DetailRow[] = await readIn(call, (tx) =>
      listDetailRows(tx, call.communityId, span, { after: start, limit: pageSize }),
    );
    for (const row of page) {
      const one = shape(row);
      yield [
        ...[
          one.code,
          dayOf(one.at),
          wallTimeOf(one.at).slice(0, 5),
          one.units.join('、'),
          one.items.join('、'),
          one.payer,
        ],
        ...[one.methods.map((method) => methodWords[method]).join('、'), one.cashier],
        ...[Number(yuanOfFen(one.amountFen)), receiptStateWords[one.state], one.reason ?? ''],
      ];
    }
    const last = page.at(-1);
    if (!last || page.length < pageSize) return;
    after = { series: last.series, number: last.number };
  }
}

/** It carries names: who took which days is kept. */
export async function exportReceiptDetail(call: Call, asked: Asked): Promise<RawAnswer> {
  const { from, until, span } = daysOf(call, asked);
  await call.house.database.write([call.communityId], (tx) =>
    record(tx, call, {
      action: 'receipt-detail.export',
      noun: 'community',
      nounId: call.communityId,
      changed: { from: [null, from], until: [null, until] },
    }),
  );
  const stream = new PassThrough();
  writeWorkbook(stream, [{ name: detailSheet, columns: detailColumns, rows: rowsOf(call, span) }]).catch((fault) =>
    stream.destroy(fault),
  );
  return new RawAnswer(stream, {
    'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(detailFile(from, until))}`,
    'cache-control': 'no-store',
  });
}
