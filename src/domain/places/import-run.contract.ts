// Import 导入 on the wire (PP4): a workbook sent, tried or taken in, what it would change, what was wrong, taken back.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';

export const importKinds = [
  'households',
  'cases',
  'complaints',
  'contractors',
  'charges',
  'payments',
  'hotline',
] as const;
export const importKindSchema = z.enum(importKinds);
export type ImportKind = (typeof importKinds)[number];

/** What of it is whose; whoever may not take a kind in does not see its imports either. */
export const importPermissions = {
  households: 'import.register',
  cases: 'import.register',
  complaints: 'import.register',
  contractors: 'import.register',
  hotline: 'import.register',
  charges: 'import.money',
  payments: 'import.money',
} as const satisfies Record<ImportKind, string>;

/** Not a workbook: taken in at the terminal, shown and taken back with the others. */
export const terminalKinds: readonly ImportKind[] = ['hotline'];

/** What grows into a register that others change at once: it is put right there, line by line. */
export const stayingKinds: readonly ImportKind[] = ['contractors', 'charges'];

/** `previewed`: a dry run; `rejected`: rows were wrong and nothing was written; `failed`: broke off, nothing written;
 *  `undoing`: being taken back behind the answer. */
export const importStates = [
  'received',
  'running',
  'previewed',
  'rejected',
  'done',
  'failed',
  'undoing',
  'undone',
] as const;
export type ImportState = (typeof importStates)[number];

export const rejectedSchema = z.object({
  sheet: z.string(),
  row: z.number().int(),
  column: z.string(),
  code: z.string(),
  /** What stood there; `***` for those who see counts and faults but no values. */
  read: z.string(),
  expected: z.string(),
});

const countsSchema = z.record(z.string(), z.number().int());

export const importSchema = z.object({
  id: z.uuid(),
  communityId: z.uuid(),
  kind: importKindSchema,
  state: z.enum(importStates),
  dryRun: z.boolean(),
  acceptPartial: z.boolean(),
  fileName: z.string(),
  /** Rows with content, and how many of them could be taken. */
  rows: z.number().int(),
  rowsRead: z.number().int(),
  accepted: z.number().int(),
  /** Records made or changed; 0 when the same file runs again. */
  written: z.number().int(),
  rejected: z.array(rejectedSchema),
  rejectedCount: z.number().int(),
  summary: z.object({
    profiles: z.array(z.string()).default([]),
    created: countsSchema.default({}),
    changed: countsSchema.default({}),
    unchanged: z.number().int().default(0),
    ignoredSheets: z
      .array(z.object({ sheet: z.string(), reason: z.string(), columns: z.array(z.string()) }))
      .default([]),
    ignoredColumns: z.array(z.object({ sheet: z.string(), column: z.string() })).default([]),
  }),
  errorCode: z.string().nullable(),
  startedBy: z.object({ id: z.uuid(), name: z.string() }),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  undoneAt: z.iso.datetime().nullable(),
});
export type ImportAnswer = z.infer<typeof importSchema>;

/** A field of a form: the words true and false. */
const flagSchema = z
  .enum(['true', 'false', '1', '0', ''])
  .default('false')
  .transform((text) => text === 'true' || text === '1');

const imports = '/communities/{communityId}/imports';
const workbook = z.any();

export const importRoutes = {
  startImport: route({
    method: 'POST',
    path: imports,
    summary: { zh: '导入表格（可先试运行）', en: 'Import a workbook; a dry run writes nothing' },
    permission: 'import.run',
    multipart: true,
    needsKey: true,
    body: z.strictObject({
      kind: importKindSchema.default('households'),
      dryRun: flagSchema,
      acceptPartial: flagSchema,
    }),
    response: importSchema,
    status: 201,
    errors: [
      'import.already_running',
      'import.kind_unknown',
      'spreadsheet.not_xlsx',
      'spreadsheet.old_xls',
      'spreadsheet.encrypted',
      'spreadsheet.damaged',
      'spreadsheet.too_large',
      'spreadsheet.too_many_strings',
    ],
  }),
  listImports: route({
    method: 'GET',
    path: imports,
    summary: { zh: '导入记录', en: 'Imports, the latest first' },
    permission: 'import.run',
    query: z.object({
      limit: z.coerce.number().int().min(1).max(200).default(20),
      cursor: z.string().max(300).optional(),
    }),
    response: z.object({ items: z.array(importSchema.omit({ rejected: true })), nextCursor: z.string().nullable() }),
    errors: [],
  }),
  readImportTemplate: route({
    method: 'GET',
    path: `${imports}/template`,
    summary: { zh: '下载导入模板', en: 'The empty form, .xlsx' },
    permission: 'import.run',
    query: z.object({ kind: importKindSchema.default('households') }),
    response: workbook,
    errors: ['import.kind_unknown'],
  }),
  readImport: route({
    method: 'GET',
    path: `${imports}/{id}`,
    summary: { zh: '一次导入的进度和结果', en: 'Progress and result of an import' },
    permission: 'import.run',
    response: importSchema,
    errors: ['not_found'],
  }),
  readImportReport: route({
    method: 'GET',
    path: `${imports}/{id}/report`,
    summary: { zh: '下载未通过的行', en: 'The rejected rows, .xlsx' },
    permission: 'import.run',
    response: workbook,
    errors: ['not_found', 'import.no_report'],
  }),
  undoImport: route({
    method: 'POST',
    path: `${imports}/{id}/undo`,
    summary: { zh: '撤销导入（内容尚未被使用时）', en: 'Take an import back while nothing hangs on it' },
    permission: 'import.run',
    response: importSchema,
    errors: [
      'not_found',
      'import.not_done',
      'import.stays',
      'import.in_use',
      'import.already_running',
      'import.undo_failed',
    ],
  }),
} as const;
