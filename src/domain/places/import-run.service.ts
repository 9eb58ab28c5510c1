// Runs an import 导入: reads the workbook as a stream, decides and writes in one transaction, keeps its progress beside
// it. Nothing is half written: a wrong row, a fault or the end of the process rolls the whole back (PP4).
import { rm } from 'node:fs/promises';
import { Refusal } from '../../kernel/refusal.ts';
import type { SheetRow } from '../../kernel/sheet.ts';
import { instantOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import { readWorkbook } from '../../platform/spreadsheet/read-workbook.ts';
import type { OutSheet } from '../../platform/spreadsheet/write-workbook.ts';
import { machineMs } from '../../platform/time-source.ts';
import type { Call } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import type { Draft, Rejection } from './import.contract.ts';
import { startMapping } from './import.rules.ts';
import {
  beginRun,
  failInterrupted,
  insertEffects,
  type KeptRejection,
  lockRun,
  preferIndexes,
  updateImport,
} from './import.store.ts';
import { expectedOf, rejectedRowOf } from './import.words.ts';
import { importProfiles } from './import-profile.words.ts';
import { templateName } from './import-report.words.ts';
import type { ImportKind } from './import-run.contract.ts';
import { templateSheets } from './import-template.words.ts';
import { HouseholdWriter } from './import-write.service.ts';

export type ImportOrder = { id: string; kind: ImportKind; path: string; isDryRun: boolean; acceptPartial: boolean };

/** A row that could not be taken, worded by the kind that read it. */
export type WordedRejection = Omit<KeptRejection, 'sealed'> & { isPersonal: boolean };

export type ImportOutcome = {
  rows: number;
  rowsRead: number;
  written: number;
  rejected: WordedRejection[];
  summary: object;
};

/** What reads one kind of file. `onProgress` is told how many rows were read. */
export type ImportReader = (
  tx: Tx,
  call: Call,
  order: ImportOrder,
  rows: AsyncIterable<SheetRow>,
  onProgress: (rowsRead: number) => Promise<void>,
) => Promise<ImportOutcome>;

/** Readers of other kinds stand above; handed over in the wiring. They keep what they made with `keepEffects`. */
const readers = new Map<ImportKind, ImportReader>([['households', readHouseholds]]);
export const linkImportReader = (kind: ImportKind, reader: ImportReader): void => {
  readers.set(kind, reader);
};

/** The empty form 导入模板 of a kind, and its file's name. */
export type ImportForm = { name: string; sheets: readonly OutSheet[] };
const forms = new Map<ImportKind, ImportForm>([['households', { name: templateName, sheets: templateSheets }]]);
export const linkImportForm = (kind: ImportKind, form: ImportForm): void => {
  forms.set(kind, form);
};
export const formOf = (kind: ImportKind): ImportForm | undefined => forms.get(kind);
export const canImport = (kind: ImportKind): boolean => readers.has(kind);
export const keepEffects = insertEffects;

/** Kept to be shown and downloaded; all are counted. */
const rejectionsKept = 2_000;
/** Drafts decided at once. */
const draftBatch = 1_000;
const progressEveryMs = 1_000;

/** Rolls back without being a fault: a dry run, or wrong rows where all or nothing is wanted. */
class NothingWritten extends Error {
  constructor(readonly outcome: ImportOutcome) {
    super('nothing written');
  }
}

const live = new Set<string>();

/** While this work goes on, nobody in this process takes the import for interrupted. */
export async function keepLive<T>(importId: string, work: () => Promise<T>): Promise<T> {
  live.add(importId);
  try {
    return await work();
  } finally {
    live.delete(importId);
  }
}

/** Runs to the end and keeps the result in the import's row; never throws. Deletes the file. */
export async function runImport(call: Call, order: ImportOrder): Promise<void> {
  const { house, communityId } = call;
  live.add(order.id);
  try {
    await house.database.write([communityId], async (tx) => {
      await lockRun(tx, order.id);
      const began = await house.database.write([communityId], (other) => beginRun(other, communityId, order.id));
      if (!began) throw new Refusal('import.interrupted');
      await preferIndexes(tx);
      const reader = readers.get(order.kind);
      if (!reader) throw new Refusal('import.kind_unknown', { kind: order.kind });
      const outcome = await reader(tx, call, order, readWorkbook(order.path), progressOf(call, order.id));
      if (order.isDryRun || (outcome.rejected.length > 0 && !order.acceptPartial)) throw new NothingWritten(outcome);
      await updateImport(tx, communityId, order.id, { ...resultOf(call, order.id, outcome), state: 'done' });
      await record(tx, call, {
        action: 'import.done',
        noun: 'import',
        nounId: order.id,
        changed: { written: [0, outcome.written], rejected: [0, outcome.rejected.length] },
      });
    });
  } catch (fault) {
    await keepEnd(call, order, fault);
  } finally {
    live.delete(order.id);
    await rm(order.path, { force: true });
    house.committed();
  }
}

async function keepEnd(call: Call, order: ImportOrder, fault: unknown): Promise<void> {
  const { house, communityId } = call;
  const finishedAt = house.time.now();
  try {
    await house.database.write([communityId], async (tx) => {
      if (fault instanceof NothingWritten) {
        const state = order.isDryRun ? 'previewed' : 'rejected';
        const result = resultOf(call, order.id, { ...fault.outcome, written: 0 });
        await updateImport(tx, communityId, order.id, { ...result, state });
      } else {
        const errorCode = fault instanceof Refusal ? fault.code : 'fault';
        await updateImport(tx, communityId, order.id, { state: 'failed', errorCode, finishedAt });
      }
    });
    if (!(fault instanceof NothingWritten || fault instanceof Refusal))
      house.log.error('import.failed', { importId: order.id }, fault);
  } catch (second) {
    // The row stays `running`; housekeeping marks it once nobody runs it.
    house.log.error('import.failed', { importId: order.id }, second);
  }
}

function resultOf(call: Call, importId: string, outcome: ImportOutcome) {
  const rejectedRows = new Set(outcome.rejected.map((one) => `${one.sheet}\n${one.row}`)).size;
  return {
    rows: outcome.rows,
    rowsRead: outcome.rowsRead,
    accepted: Math.max(0, outcome.rows - rejectedRows),
    written: outcome.written,
    rejected: outcome.rejected.slice(0, rejectionsKept).map((one) => keptRejection(call.house, importId, one)),
    rejectedCount: outcome.rejected.length,
    summary: outcome.summary,
    finishedAt: call.house.time.now(),
  };
}

const sealContext = (importId: string) => `import:${importId}:read`;

/** What was read from a personal column lies sealed like the field it was meant for (PR5). */
function keptRejection(house: House, importId: string, one: WordedRejection): KeptRejection {
  const { isPersonal, read, ...rest } = one;
  if (!isPersonal || read === '') return { ...rest, read };
  return { ...rest, read: '***', sealed: house.secrets.seal(read, sealContext(importId)).toString('base64') };
}

export const openedRejection = (house: House, importId: string, { sealed, ...one }: KeptRejection) => ({
  ...one,
  read: sealed === undefined ? one.read : house.secrets.open(Buffer.from(sealed, 'base64'), sealContext(importId)),
});

function progressOf(call: Call, importId: string): (rowsRead: number) => Promise<void> {
  let toldMs = machineMs();
  return async (rowsRead) => {
    if (machineMs() - toldMs < progressEveryMs) return;
    toldMs = machineMs();
    await call.house.database.write([call.communityId], (tx) =>
      updateImport(tx, call.communityId, importId, { rowsRead }),
    );
  };
}

async function readHouseholds(
  tx: Tx,
  call: Call,
  order: ImportOrder,
  rows: AsyncIterable<SheetRow>,
  onProgress: (rowsRead: number) => Promise<void>,
): Promise<ImportOutcome> {
  const mapping = startMapping(importProfiles);
  const writer = new HouseholdWriter(tx, call, order.id, mapping.hasUnit, { isDryRun: order.isDryRun });
  await writer.open();
  const rejected = new Map<string, Rejection>();
  const reject = (found: readonly Rejection[]) => {
    // A row that is wrong twice over for one reason is named once.
    for (const one of found) rejected.set(`${one.sheet}\n${one.row}\n${one.column}\n${one.code}`, one);
    if (rejected.size > 0 && !order.acceptPartial) writer.stopWriting();
  };
  let batch: Draft[] = [];
  let rowsRead = 0;
  for await (const row of rows) {
    const mapped = mapping.take(row);
    batch.push(...mapped.drafts);
    reject(mapped.rejected);
    rowsRead++;
    if (batch.length < draftBatch) continue;
    reject(await writer.take(batch));
    batch = [];
    await onProgress(rowsRead);
  }
  const last = mapping.finish();
  reject(last.rejected);
  batch.push(...last.drafts);
  for (let from = 0; from < batch.length; from += draftBatch)
    reject(await writer.take(batch.slice(from, from + draftBatch)));
  reject(await writer.finish());
  await writer.index();
  const { rowsOfContent, profiles, ignoredSheets, ignoredColumns } = mapping.summary();
  const { created, changed, unchanged, written } = writer.result;
  return {
    rows: rowsOfContent,
    rowsRead,
    written,
    rejected: [...rejected.values()].map((one) => ({
      ...rejectedRowOf(one),
      expected: expectedOf(one),
      isPersonal: one.isPersonal,
    })),
    summary: { profiles, created, changed, unchanged, ignoredSheets, ignoredColumns: ignoredColumns.slice(0, 100) },
  };
}

/** Imports whose process is gone: nothing was written, and the row says so. Answers how many. */
export async function markInterruptedImports(house: House, communityId: string | null = null): Promise<number> {
  const work = (tx: Tx) => failInterrupted(tx, communityId, [...live], instantOf(machineMs()));
  return communityId === null ? house.database.everywhere(work) : house.database.write([communityId], work);
}
