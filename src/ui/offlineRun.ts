// Sends what waits on the device: in the order of pressing, photos before the act they belong to. No answer stops the run;
// a refusal is final, stays in the tray, and is kept on the case as one note (spec/12 Offline).
import { newId } from '../kernel/id.ts';
import type { OfflineStore, QueuedAct } from './offlineStore.ts';
import { mayRetry, ProblemError } from './problem.ts';

export type Sender = {
  act(act: QueuedAct, body: Record<string, unknown>): Promise<void>;
  photo(communityId: string, id: string, blob: Blob): Promise<void>;
  /** Keeps refused acts of one case on it; all have the same reportKey. */
  report(acts: readonly QueuedAct[], photoIds: readonly string[]): Promise<void>;
};

/** A press that is sent within this time happened now: the server's own time counts and the version is asked. */
const freshMs = 5_000;

/** What is no answer to the act itself: try again later, perhaps after signing in. */
const isForLater = (problem: ProblemError): boolean =>
  mayRetry(problem) ||
  problem.status === 401 ||
  problem.code === 'second_factor_setup_required' ||
  problem.status === 408;

/** Presses whose page still waits for the answer, by key: they read a refusal themselves, so it is not kept. */
export type Waiters = { has(key: string): boolean; refuse(key: string, error: ProblemError): void };

export type RunResult = { isDone: boolean };

export async function runQueue(
  store: OfflineStore,
  personId: string,
  sender: Sender,
  nowMs: () => number,
  waiters: Waiters,
): Promise<RunResult> {
  // Read anew after each act: more may be pressed meanwhile.
  for (;;) {
    const waiting = (await store.listActs(personId)).filter((one) => one.refusal === undefined);
    const act = waiting[0];
    if (act === undefined) break;
    // Later acts of the case carry the time of their press: the first of them must not be dated after them.
    const isAlone = !waiting.some((one) => one !== act && one.caseId === act.caseId);
    const isYoung = nowMs() - Date.parse(act.happenedAt) < freshMs;
    const isFresh = isAlone && act.isFirst && !act.isTried && isYoung && waiters.has(act.key);
    try {
      await sendOne(store, sender, act, isFresh);
      await store.removeAct(act);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (isForLater(error)) {
        await store.putAct({ ...act, isTried: true });
        return { isDone: false };
      }
      // The page may have gone on meanwhile; then the tray is where it is read.
      if (isFresh && waiters.has(act.key)) {
        waiters.refuse(act.key, error);
        await store.removeAct({ ...act, photoIds: [] });
      } else await store.putAct({ ...act, refusal: refusalOf(error) });
    }
  }
  return { isDone: await report(store, personId, sender) };
}

const refusalOf = (error: ProblemError) => ({
  code: error.code,
  title: error.errors.length > 0 ? error.errors.map((one) => one.message).join('；') : error.title,
});

async function sendOne(store: OfflineStore, sender: Sender, act: QueuedAct, isFresh: boolean): Promise<void> {
  for (const id of act.photoIds) {
    const photo = await store.getPhoto(id);
    if (photo === undefined || photo.state !== 'waiting') continue;
    try {
      await sender.photo(act.communityId, id, photo.blob);
      await store.putPhoto({ ...photo, state: 'sent' });
    } catch (error) {
      if (!(error instanceof ProblemError) || isForLater(error)) throw error;
      // One bad picture does not hold up the work; the act decides whether it can do without.
      await store.putPhoto({ ...photo, state: 'refused', refusal: error.title });
    }
  }
  const ids = await sentPhotos(store, act.photoIds);
  const body = { ...act.body, ...(act.photoIds.length > 0 ? { attachmentIds: ids } : {}) };
  await sender.act(act, isFresh ? body : { ...body, happenedAt: act.happenedAt });
}

async function sentPhotos(store: OfflineStore, ids: readonly string[]): Promise<string[]> {
  const sent: string[] = [];
  for (const id of ids) {
    const photo = await store.getPhoto(id);
    if (photo === undefined || photo.state === 'sent') sent.push(id);
  }
  return sent;
}

/** One note for all that was refused of a case since the last one. */
async function report(store: OfflineStore, personId: string, sender: Sender): Promise<boolean> {
  const refused = (await store.listActs(personId)).filter((act) => act.refusal && !act.isReported);
  for (const caseId of new Set(refused.map((act) => act.caseId))) {
    const ofCase = refused.filter((act) => act.caseId === caseId);
    // A note that was on its way when the page ended is sent again as it was; what came later is another.
    const key = ofCase.find((act) => act.reportKey)?.reportKey ?? newId();
    const acts = ofCase.some((act) => act.reportKey === key)
      ? ofCase.filter((act) => act.reportKey === key)
      : ofCase.map((act) => ({ ...act, reportKey: key }));
    for (const act of acts) await store.putAct(act);
    try {
      await sender.report(
        acts,
        await sentPhotos(
          store,
          acts.flatMap((act) => act.photoIds),
        ),
      );
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (isForLater(error)) return false;
      // Not even a note is wanted from this person: the tray is then where it stays.
      continue;
    }
    for (const act of acts) await store.putAct({ ...act, isReported: true });
  }
  return true;
}
