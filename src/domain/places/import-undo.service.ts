// Takes an import back 撤销导入: while nothing hangs on it the whole goes as if it had never been, and what it changed is
// put back. A small one is done when the answer goes out; a large one goes on behind it, in one transaction (PP4).
import { setTimeout as wait } from 'node:timers/promises';
import { notFound, Refusal } from '../../kernel/refusal.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Call, effect } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import {
  countHanging,
  findImport,
  isImportOpen,
  listChangedBy,
  listPeopleTouched,
  listUnitsTouched,
  lockRun,
  lockStart,
  preferIndexes,
  restoreChanged,
  undoCreated,
  updateImport,
} from './import.store.ts';
import { type ImportKind, stayingKinds } from './import-run.contract.ts';
import { keepLive, markInterruptedImports } from './import-run.service.ts';
import { indexPeople, indexUnits } from './search-index.service.ts';

/** Kinds that take back what they made in their own way; handed over in the wiring. */
export type ImportUndo = (tx: Tx, call: Call, importId: string) => Promise<void>;
const undoers = new Map<ImportKind, ImportUndo>();
export const linkImportUndo = (kind: ImportKind, undoer: ImportUndo): void => {
  undoers.set(kind, undoer);
};

const indexBatch = 500;

/** Refuses at once what can't be taken back; else begins, and answers after `answerWithinMs` at the latest. */
export async function beginUndo(call: Call, id: string, answerWithinMs: number): Promise<void> {
  const { communityId, house } = call;
  await markInterruptedImports(house, communityId);
  let began = false;
  await effect(call, id, async (tx) => {
    began = false;
    await lockStart(tx, communityId);
    const row = await findImport(tx, communityId, id, true);
    if (!row) throw notFound('import');
    if (row.state !== 'done') throw new Refusal('import.not_done', { state: row.state });
    if (stayingKinds.includes(row.kind)) throw new Refusal('import.stays');
    if (await isImportOpen(tx, communityId)) throw new Refusal('import.already_running');
    await refuseInUse(tx, communityId, id);
    await updateImport(tx, communityId, id, { state: 'undoing', errorCode: null });
    began = true;
  });
  if (!began) return;
  const timer = new AbortController();
  const undone = keepLive(id, () => undoBehind(call, id));
  const refusal = await Promise.race([undone, wait(answerWithinMs, null, { signal: timer.signal }).catch(() => null)]);
  timer.abort();
  if (refusal) throw refusal;
}

async function refuseInUse(tx: Tx, communityId: string, id: string, more: Record<string, number> = {}): Promise<void> {
  const hanging = Object.entries(await countHanging(tx, communityId, id)).filter(([, count]) => count > 0);
  if (hanging.length > 0 || Object.keys(more).length > 0)
    throw new Refusal('import.in_use', { ...Object.fromEntries(hanging), ...more });
}

/** Never throws; answers the refusal that stopped it, which the import's row keeps too. */
async function undoBehind(call: Call, id: string): Promise<Refusal | null> {
  const { communityId, house } = call;
  try {
    await house.database.write([communityId], async (tx) => {
      await lockRun(tx, id);
      await preferIndexes(tx);
      // The functions of the owner take back only what is done; the state between is seen by nobody.
      await updateImport(tx, communityId, id, { state: 'done' });
      await undo(tx, call, id);
    });
    return null;
  } catch (fault) {
    const refusal = fault instanceof Refusal ? fault : new Refusal('import.undo_failed');
    if (refusal !== fault) house.log.error('import.undo_failed', { importId: id }, fault);
    await house.database
      .write([communityId], (tx) => updateImport(tx, communityId, id, { state: 'done', errorCode: refusal.code }))
      .catch((second) => house.log.error('import.undo_failed', { importId: id }, second));
    return refusal;
  } finally {
    house.committed();
  }
}

async function undo(tx: Tx, call: Call, id: string): Promise<void> {
  const { communityId } = call;
  // Somebody may have begun to use it since the answer.
  await refuseInUse(tx, communityId, id);
  const touched = await listUnitsTouched(tx, communityId, id);
  const people = await listPeopleTouched(tx, communityId, id);
  let changedSince = 0;
  for (const one of await listChangedBy(tx, communityId, id))
    if (!(await restoreChanged(tx, communityId, one))) changedSince++;
  if (changedSince > 0) throw new Refusal('import.in_use', { changed: changedSince });
  const row = await findImport(tx, communityId, id);
  if (row) await undoers.get(row.kind)?.(tx, call, id);
  await orInUse(undoCreated(tx, communityId, id));
  for (let from = 0; from < touched.length; from += indexBatch)
    await indexUnits(tx, call, touched.slice(from, from + indexBatch));
  await indexPeople(tx, call, people);
  await updateImport(tx, communityId, id, {
    state: 'undone',
    undoneAt: call.house.time.now(),
    undoneBy: call.actor.accountId,
  });
  await record(tx, call, { action: 'import.undone', noun: 'import', nounId: id });
}

/** Whatever else refers to the rows is found by the foreign keys themselves. */
async function orInUse(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (fault) {
    if (typeof fault === 'object' && fault !== null && 'code' in fault && fault.code === '23503')
      throw new Refusal('import.in_use', { other: 1 });
    throw fault;
  }
}
