// Takes an import in, shows how it went, hands out the form and the rejected rows, and takes an import back.
import { rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { newId } from '../../kernel/id.ts';
import { decodeCursor, pageOf } from '../../kernel/paging.ts';
import { badField, forbidden, notFound, Refusal } from '../../kernel/refusal.ts';
import type { Tx } from '../../platform/database/database.ts';
import { openWorkbook } from '../../platform/spreadsheet/read-workbook.ts';
import { workbookBytes } from '../../platform/spreadsheet/write-workbook.ts';
import { accountNames } from '../access/account.service.ts';
import { type Call, effect, type InputOf, RawAnswer, reachOf, readIn } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import {
  findImport,
  type ImportRow,
  insertImport,
  isImportOpen,
  listImports as listImportRows,
  lockStart,
} from './import.store.ts';
import { reportColumns, reportName } from './import-report.words.ts';
import {
  type ImportAnswer,
  type ImportKind,
  importKinds,
  importPermissions,
  type importRoutes,
} from './import-run.contract.ts';
import { canImport, formOf, markInterruptedImports, openedRejection, runImport } from './import-run.service.ts';
import { beginUndo } from './import-undo.service.ts';

type Input<Name extends keyof typeof importRoutes> = InputOf<(typeof importRoutes)[Name]>;

/** A small file is answered with its result; a large one goes on behind the answer. */
const answerWithinMs = 8_000;

/** Rejected rows that travel with the answer; the report holds more. */
const rejectedShown = 500;

export type ImportFile = { path: string; fileName: string; sha256: Buffer };
export type ImportWish = { kind: ImportKind; dryRun: boolean; acceptPartial: boolean };

export async function startImport(call: Call, { body, uploads }: Input<'startImport'>): Promise<ImportAnswer> {
  const file = uploads.find((one) => one.field === 'file') ?? uploads[0];
  if (!file) throw badField('file', 'no_file');
  return takeFile(call, file, body, answerWithinMs);
}

/** Takes the file over (it is gone afterwards) and answers when the import is at its end, or after `withinMs`. */
export async function takeFile(
  call: Call,
  file: ImportFile,
  wish: ImportWish,
  withinMs: number | null,
): Promise<ImportAnswer> {
  if (!canImport(wish.kind)) throw new Refusal('import.kind_unknown', { kind: wish.kind });
  if (!mayImport(call, wish.kind)) throw forbidden(importPermissions[wish.kind]);
  // Broken, bloated or foreign files are refused before anything is kept.
  (await openWorkbook(file.path)).close();
  await markInterruptedImports(call.house, call.communityId);
  const made = newId();
  const order = { id: made, kind: wish.kind, isDryRun: wish.dryRun, acceptPartial: wish.acceptPartial };
  const id = await effect(call, made, async (tx) => {
    await lockStart(tx, call.communityId);
    if (await isImportOpen(tx, call.communityId)) throw new Refusal('import.already_running');
    await insertImport(tx, call.communityId, {
      id: made,
      kind: wish.kind,
      dryRun: wish.dryRun,
      acceptPartial: wish.acceptPartial,
      fileName: file.fileName.slice(0, 200),
      fileSha256: file.sha256,
      startedBy: call.actor.accountId,
      createdAt: call.now,
    });
    await record(tx, call, {
      action: 'import.started',
      noun: 'import',
      nounId: made,
      changed: { kind: [null, wish.kind], dryRun: [null, wish.dryRun] },
    });
  });
  if (id === made) {
    // The upload is gone after the answer; the run may take longer.
    const path = join(tmpdir(), `guanjia-import-${made}.xlsx`);
    await rename(file.path, path);
    const run = runImport(call, { ...order, path });
    const timer = new AbortController();
    if (withinMs === null) await run;
    else await Promise.race([run, wait(withinMs, undefined, { signal: timer.signal }).catch(() => undefined)]);
    timer.abort();
  }
  return readIn(call, (tx) => showImport(tx, call, id));
}

async function getImport(tx: Tx, call: Call, id: string): Promise<ImportRow> {
  const row = await findImport(tx, call.communityId, id);
  if (!row || !mayImport(call, row.kind)) throw notFound('import');
  return row;
}

const mayImport = (call: Call, kind: ImportKind): boolean => reachOf(call, importPermissions[kind]) !== null;

async function showImport(tx: Tx, call: Call, id: string): Promise<ImportAnswer> {
  const row = await getImport(tx, call, id);
  const names = await accountNames(tx, [row.startedBy]);
  return { ...shown(call, row, names), rejected: rejectedOf(call, row).slice(0, rejectedShown) };
}

const shown = (call: Call, row: ImportRow, names: Map<string, string>): Omit<ImportAnswer, 'rejected'> => ({
  ...row,
  summary: row.summary as ImportAnswer['summary'],
  communityId: call.communityId,
  // To whoever waits, waiting to begin and running are one.
  state: row.state === 'received' ? 'running' : row.state,
  startedBy: { id: row.startedBy, name: names.get(row.startedBy) ?? '' },
});

/** The administrator sees counts and faults, no values (spec/12). */
const maySeeValues = (call: Call) => call.roles.includes('manager') || call.roles.includes('finance');

function rejectedOf(call: Call, row: ImportRow): ImportAnswer['rejected'] {
  return row.rejected.map((one) =>
    maySeeValues(call)
      ? openedRejection(call.house, row.id, one)
      : { ...openedRejection(call.house, row.id, { ...one, sealed: undefined }), read: one.read === '' ? '' : '***' },
  );
}

export const listImports = (call: Call, { query }: Input<'listImports'>) =>
  readIn(call, async (tx) => {
    const after = query.cursor === undefined ? null : decodeCursor(query.cursor, 2).map(String);
    const rows = await listImportRows(tx, call.communityId, {
      kinds: importKinds.filter((kind) => mayImport(call, kind)),
      after: after && [after[0] ?? '', after[1] ?? ''],
      limit: query.limit,
    });
    const names = await accountNames(
      tx,
      rows.map((row) => row.startedBy),
    );
    return pageOf(
      rows,
      query.limit,
      (row) => [row.createdAt, row.id],
      (row) => shown(call, row, names),
    );
  });

export const readImport = (call: Call, { params }: Input<'readImport'>): Promise<ImportAnswer> =>
  readIn(call, (tx) => showImport(tx, call, params.id));

const workbook = (bytes: Buffer, name: string) =>
  new RawAnswer(bytes, {
    'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    'cache-control': 'no-store',
  });

/** Some 15 kB: sheets to fill in, notes, and examples on sheets that are not read. */
export async function readImportTemplate(_call: Call, { query }: Input<'readImportTemplate'>) {
  const form = formOf(query.kind);
  if (!form) throw new Refusal('import.kind_unknown', { kind: query.kind });
  return workbook(await workbookBytes(form.sheets), form.name);
}

export async function readImportReport(call: Call, { params }: Input<'readImportReport'>) {
  const row = await readIn(call, (tx) => getImport(tx, call, params.id));
  if (row.rejected.length === 0) throw new Refusal('import.no_report');
  const rows = rejectedOf(call, row).map((one) => [one.sheet, one.row, one.column, one.read, one.expected]);
  return workbook(await workbookBytes([{ ...reportColumns, rows }]), reportName);
}

export async function undoImport(call: Call, { params }: Input<'undoImport'>): Promise<ImportAnswer> {
  await readIn(call, (tx) => getImport(tx, call, params.id));
  await beginUndo(call, params.id, answerWithinMs);
  return readIn(call, (tx) => showImport(tx, call, params.id));
}
