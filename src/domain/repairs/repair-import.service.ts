// Reads a list of old messages 留言 as filed repair cases of the category `other`; a second run writes nothing.
import { createHash } from 'node:crypto';
import { newId } from '../../kernel/id.ts';
import { dayOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';
import type { ImportOutcome, ImportReader } from '../places/import-run.service.ts';
import { textTokens } from '../places/search.rules.ts';
import { standardInForce } from '../standards/standard.service.ts';
import { type RepairDraft, startRepairMapping } from './repair-import.rules.ts';
import {
  findSourceKeys,
  type ImportPlace,
  insertCaseTokens,
  insertImportedCases,
  takeNumbers,
} from './repair-import.store.ts';
import { repairRejectionExpected } from './repair-import.words.ts';

const batchRows = 500;

/** The number in the old list, or what the row itself says: the same row is the same case. */
const sourceKeyOf = (draft: RepairDraft): string =>
  draft.sourceNo ?? `sha256:${createHash('sha256').update(`${draft.reportedAt}\n${draft.text}`).digest('hex')}`;

export const readCases: ImportReader = async (tx, call, order, rows, onProgress) => {
  const mapping = startRepairMapping();
  const rejected: ImportOutcome['rejected'] = [];
  const reject = (list: ReturnType<typeof mapping.finish>) => {
    for (const one of list)
      rejected.push({
        code: one.code,
        sheet: one.sheet,
        row: one.row,
        column: one.column,
        read: one.read,
        expected: repairRejectionExpected(one),
        isPersonal: true,
      });
  };
  const place = await placeOf(tx, call, order.id);
  let [rowsRead, taken, written] = [0, 0, 0];
  let batch: RepairDraft[] = [];
  const flush = async () => {
    written += await writeBatch(tx, place, batch);
    batch = [];
    await onProgress(rowsRead);
  };
  for await (const row of rows) {
    rowsRead++;
    const { draft, rejected: wrong } = mapping.take(row);
    reject(wrong);
    if (!draft) continue;
    taken++;
    batch.push(draft);
    if (batch.length >= batchRows) await flush();
  }
  reject(mapping.finish());
  await flush();
  return {
    rows: taken,
    rowsRead,
    written,
    rejected,
    summary: { created: { case: written }, unchanged: taken - written },
  };
};

async function placeOf(tx: Tx, call: Call, importId: string): Promise<ImportPlace> {
  const standard = await standardInForce(tx, call.communityId);
  return {
    communityId: call.communityId,
    importId,
    accountId: call.actor.accountId,
    byRole: call.roles[0] ?? null,
    now: call.now,
    year: dayOf(call.now).slice(0, 4),
    standardVersionId: standard.id,
    requestId: call.requestId,
  };
}

async function writeBatch(tx: Tx, place: ImportPlace, drafts: readonly RepairDraft[]): Promise<number> {
  const known = await findSourceKeys(tx, place.communityId, drafts.map(sourceKeyOf));
  const fresh = new Map<string, RepairDraft>();
  for (const draft of drafts) if (!known.has(sourceKeyOf(draft))) fresh.set(sourceKeyOf(draft), draft);
  if (fresh.size === 0) return 0;
  const last = await takeNumbers(tx, place.communityId, place.year, fresh.size);
  const rows = [...fresh].map(([sourceKey, draft], index) => ({
    id: newId(),
    textId: newId(),
    eventId: newId(),
    sourceKey,
    number: last - fresh.size + 1 + index,
    receivedAt: draft.reportedAt,
    contactName: draft.reporter?.slice(0, 60) ?? null,
    body: draft.title !== '' && !draft.text.startsWith(draft.title) ? `${draft.title}\n${draft.text}` : draft.text,
  }));
  await insertImportedCases(tx, place, rows);
  await insertCaseTokens(
    tx,
    place.communityId,
    rows.flatMap(({ id, body }) => textTokens(body).map((token) => ({ id, token }))),
  );
  return rows.length;
}
