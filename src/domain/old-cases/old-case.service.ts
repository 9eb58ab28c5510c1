// Files old matters: a hotline's list, a list of complaints. A second run writes nothing.
import { createHash } from 'node:crypto';
import { newId } from '../../kernel/id.ts';
import { dayOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import { insertImport, updateImport } from '../places/import.store.ts';
import type { ImportOutcome, ImportReader } from '../places/import-run.service.ts';
import { textTokens } from '../places/search.rules.ts';
import { startRepairMapping } from '../repairs/repair-import.rules.ts';
import { findSourceKeys, insertCaseTokens } from '../repairs/repair-import.store.ts';
import { repairRejectionExpected } from '../repairs/repair-import.words.ts';
import { standardInForce } from '../standards/standard.service.ts';
import type { HotlineFault, OldCase, OldKind } from './hotline.contract.ts';
import { readHotlineLine } from './hotline.rules.ts';
import { hotlineListName } from './hotline.words.ts';
import { countOrigins, insertOldCases, type OldCaseRow, takeNumbers } from './old-case.store.ts';

const batchRows = 500;
const series: Record<OldKind, string> = { complaint: 'TS', enquiry: 'ZX', suggestion: 'JY' };

/** How many were new; numbers are of the year in which they are filed. */
async function fileOldCases(tx: Tx, call: Call, importId: string | null, found: readonly OldCase[]): Promise<number> {
  const { communityId, now } = call;
  const known = await findSourceKeys(
    tx,
    communityId,
    found.map((one) => one.sourceKey),
  );
  const fresh = [...new Map(found.map((one) => [one.sourceKey, one])).values()].filter(
    (one) => !known.has(one.sourceKey),
  );
  const year = dayOf(now).slice(0, 4);
  const rows: OldCaseRow[] = [];
  for (const kind of Object.keys(series) as OldKind[]) {
    const ofKind = fresh.filter((one) => one.kind === kind);
    if (ofKind.length === 0) continue;
    const first = (await takeNumbers(tx, communityId, series[kind], year, ofKind.length)) - ofKind.length + 1;
    for (const [index, one] of ofKind.entries())
      rows.push({
        ...one,
        id: newId(),
        textId: newId(),
        eventId: newId(),
        replyId: newId(),
        code: `${series[kind]}-${year}-${String(first + index).padStart(6, '0')}`,
      });
  }
  if (rows.length === 0) return 0;
  await insertOldCases(
    tx,
    {
      communityId,
      importId,
      accountId: call.actor.accountId,
      byRole: call.roles[0] ?? null,
      now,
      standardVersionId: (await standardInForce(tx, communityId)).id,
      requestId: call.requestId,
    },
    rows,
  );
  await insertCaseTokens(
    tx,
    communityId,
    rows.flatMap(({ id, text }) => textTokens(text).map((token) => ({ id, token }))),
  );
  return rows.length;
}

export type HotlineOutcome = {
  lines: number;
  written: number;
  unchanged: number;
  faults: HotlineFault[];
  kept: Awaited<ReturnType<typeof countOrigins>>;
};

/** Reads the whole list first: a wrong line stops all, unless the good ones are wanted. One transaction. */
export async function importHotline(
  call: Call,
  text: string,
  acceptPartial: boolean,
  fileName = hotlineListName,
): Promise<HotlineOutcome> {
  const faults: HotlineFault[] = [];
  const seen = new Set<number>();
  const found: OldCase[] = [];
  let lines = 0;
  for (const [index, written] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    if (written.trim() === '') continue;
    lines++;
    const read = readHotlineLine(index + 1, written, seen);
    if ('faults' in read) faults.push(...read.faults);
    else {
      seen.add(read.id);
      found.push(read.old);
    }
  }
  return call.house.database.write([call.communityId], async (tx) => {
    let written = 0;
    if (faults.length === 0 || acceptPartial) {
      const importId = await openHotlineImport(tx, call, text, fileName, acceptPartial);
      for (let from = 0; from < found.length; from += batchRows)
        written += await fileOldCases(tx, call, importId, found.slice(from, from + batchRows));
      await closeHotlineImport(tx, call, importId, { lines, written, found: found.length });
      if (written > 0)
        await record(tx, call, {
          action: 'hotline.imported',
          noun: 'community',
          nounId: call.communityId,
          changed: { written: [0, written], refused: [0, faults.length] },
        });
    }
    return {
      lines,
      written,
      unchanged: faults.length === 0 || acceptPartial ? found.length - written : 0,
      faults,
      kept: await countOrigins(tx, call.communityId, 'hotline'),
    };
  });
}

/** Stands among the imports of the page, and is taken back there like any other. */
async function openHotlineImport(tx: Tx, call: Call, text: string, fileName: string, acceptPartial: boolean) {
  const id = newId();
  await insertImport(tx, call.communityId, {
    id,
    kind: 'hotline',
    dryRun: false,
    acceptPartial,
    fileName: fileName.slice(0, 200),
    fileSha256: createHash('sha256').update(text).digest(),
    startedBy: call.actor.accountId,
    createdAt: call.now,
  });
  return id;
}

const closeHotlineImport = (
  tx: Tx,
  call: Call,
  id: string,
  { lines, written, found }: { lines: number; written: number; found: number },
) =>
  updateImport(tx, call.communityId, id, {
    state: 'done',
    rows: lines,
    rowsRead: lines,
    accepted: found,
    written,
    summary: { created: { case: written }, unchanged: found - written },
    finishedAt: call.house.time.now(),
  });

/** A list of complaints from a spreadsheet, read as the list of messages is. */
export const readOldComplaints: ImportReader = async (tx, call, order, rows, onProgress) => {
  const mapping = startRepairMapping();
  const rejected: ImportOutcome['rejected'] = [];
  const reject = (list: ReturnType<typeof mapping.finish>) => {
    for (const { facts, ...one } of list)
      rejected.push({
        ...one,
        expected: repairRejectionExpected(facts === undefined ? one : { ...one, facts }),
        isPersonal: true,
      });
  };
  let [rowsRead, taken, written] = [0, 0, 0];
  let batch: OldCase[] = [];
  const flush = async () => {
    written += await fileOldCases(tx, call, order.id, batch);
    batch = [];
    await onProgress(rowsRead);
  };
  for await (const row of rows) {
    rowsRead++;
    const { draft, rejected: wrong } = mapping.take(row);
    reject(wrong);
    if (!draft) continue;
    taken++;
    const { sourceNo, reportedAt, title, text } = draft;
    const digest = () => createHash('sha256').update(`${reportedAt}\n${text}`).digest('hex');
    batch.push({
      sourceKey: `complaint:${sourceNo ?? `sha256:${digest()}`}`,
      kind: 'complaint',
      channel: 'online',
      receivedAt: reportedAt,
      text: title !== '' && !text.startsWith(title) ? `${title}\n${text}` : text,
      contactName: draft.reporter?.slice(0, 60) ?? null,
      reply: null,
      origin: { source: 'list', kind: null, channel: null, anonymous: null, transfers: null },
    });
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
