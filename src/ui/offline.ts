// Working without a signal, for any page of the phone: press → kept on the device → sent when it can be. A page hands over
// path, body and photos; this knows the rest.
import { useCallback, useSyncExternalStore } from 'react';
import { z } from 'zod';
import { newId } from '../kernel/id.ts';
import { type RouteContract, route } from '../kernel/route.ts';
import type { Instant } from '../kernel/time.ts';
import { call, isSignedInHere } from './call.ts';
import { devicePerson } from './device.ts';
import { runQueue, type Sender, type Waiters } from './offlineRun.ts';
import { deviceQueue, keepAnswer, keptAnswer, type QueuedAct } from './offlineStore.ts';
import { ProblemError } from './problem.ts';

/** Without a secure context the browser keeps no page, so nothing is promised either. */
export const worksOffline = (): boolean => window.isSecureContext && 'indexedDB' in window;

/** How long a press waits for the server before the page goes on without it, and a page for an answer it has kept. */
const patienceMs = 5_000;
const againMs = 15_000;

const deviceNow = (): Instant => new Date().toISOString();
const anyRoute = (path: string): RouteContract =>
  route({ method: 'POST', path, summary: { zh: '', en: '' }, permission: null, response: z.unknown() });

export type Press = Pick<QueuedAct, 'communityId' | 'caseId' | 'caseCode' | 'path' | 'action' | 'body' | 'says'> & {
  photoIds?: string[];
  word?: string;
};

const sender: Sender = {
  act: async ({ path, key }, body) => void (await call(anyRoute(path) as BodyRoute, { body, key })),
  async photo(communityId, id, blob) {
    const form = new FormData();
    form.set('id', id);
    form.set('file', new File([blob], `${id}.jpg`, { type: 'image/jpeg' }));
    const path = `/communities/${communityId}/attachments`;
    await call({ ...anyRoute(path), multipart: true } as FormRoute, { form, key: id });
  },
  async report(acts, attachmentIds) {
    const first = acts[0];
    if (first?.reportKey === undefined) return;
    const signature = acts.findLast((act) => typeof act.body.signature === 'string')?.body.signature;
    const body = {
      entries: acts.map((act) => ({
        action: act.action,
        happenedAt: act.happenedAt,
        refusal: act.refusal?.code ?? 'unknown',
        ...(act.says === '' ? {} : { text: act.says.slice(0, 4000) }),
      })),
      ...(attachmentIds.length > 0 ? { attachmentIds } : {}),
      ...(signature === undefined ? {} : { signature }),
    };
    const path = `/communities/${first.communityId}/cases/${first.caseId}/offline-refused`;
    await call(anyRoute(path) as BodyRoute, { body, key: first.reportKey });
  },
};
type BodyRoute = RouteContract & { path: '/'; body: z.ZodRecord<z.ZodString, z.ZodUnknown> };
type FormRoute = RouteContract & { path: '/'; multipart: true };

// ── what waits, for the pages to see ────────────────────────────────────────────────────────────────

let acts: readonly QueuedAct[] = [];
const listeners = new Set<() => void>();
let whenSent: () => void = () => undefined;

async function lookAgain(): Promise<void> {
  acts = worksOffline() ? await deviceQueue.listActs(devicePerson()) : [];
  for (const listener of listeners) listener();
}

/** My acts on this device: waiting, or refused and still to be read. */
export const useQueuedActs = (): readonly QueuedAct[] =>
  useSyncExternalStore(
    useCallback((listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    }, []),
    () => acts,
  );

export async function dismiss(act: QueuedAct): Promise<void> {
  await deviceQueue.removeAct(act);
  await lookAgain();
}

// ── sending ─────────────────────────────────────────────────────────────────────────────────────────

let running: ReturnType<typeof runQueue> | null = null;
/** Presses that a page waits for, with what the server said to them. */
const pressed = new Map<string, ProblemError | null>();
const waiters: Waiters = {
  has: (key) => pressed.has(key),
  refuse: (key, error) => void pressed.set(key, error),
};

/** One run at a time over all tabs; a press during a run is taken up by it. */
function run(): ReturnType<typeof runQueue> {
  running ??= navigator.locks
    .request('guanjia-offline-queue', () =>
      isSignedInHere() ? runQueue(deviceQueue, devicePerson(), sender, Date.now, waiters) : { isDone: false },
    )
    .finally(async () => {
      running = null;
      await lookAgain();
    });
  return running;
}

/** Keeps the press, tries to send it, and answers what came of it; throws only what the server says to it at once. */
export async function press(given: Press): Promise<'sent' | 'waiting'> {
  const personId = devicePerson();
  const before = await deviceQueue.listActs(personId);
  const act: QueuedAct = {
    ...given,
    key: newId(),
    personId,
    happenedAt: deviceNow(),
    photoIds: given.photoIds ?? [],
    isFirst: !before.some((one) => one.caseId === given.caseId && one.refusal === undefined),
    isTried: false,
  };
  pressed.set(act.key, null);
  try {
    await deviceQueue.addAct(act);
    await lookAgain();
    void navigator.storage?.persist?.();
    const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), patienceMs));
    const result = await Promise.race([run(), late]);
    // The run under way may have looked at the queue just before the press.
    if (result?.isDone && (await isThere(act))) await Promise.race([run(), late]);
    const isWaiting = await isThere(act);
    const refused = pressed.get(act.key);
    if (refused) throw refused;
    if (isWaiting) return 'waiting';
  } finally {
    pressed.delete(act.key);
  }
  whenSent();
  return 'sent';
}

const isThere = async (act: QueuedAct): Promise<boolean> =>
  (await deviceQueue.listActs(act.personId)).some((one) => one.key === act.key);

/** Sends in the background while the page stands; `sent` hears when something went through, `signIn` asks who I am. */
export function keepSending(sent: () => void, signIn: () => Promise<void>): () => void {
  if (!worksOffline()) return () => undefined;
  whenSent = sent;
  const go = async () => {
    try {
      await lookAgain();
      if (!isSignedInHere()) await signIn();
      const waiting = acts.filter((act) => !act.isReported).length;
      if (waiting === 0 || !isSignedInHere()) return;
      await run();
      if (acts.filter((act) => !act.isReported).length < waiting) sent();
    } catch (error) {
      // A full or closed store: the next round tries again.
      console.error(error);
    }
  };
  const timer = setInterval(() => void go(), againMs);
  const seen = () => document.visibilityState === 'visible' && void go();
  window.addEventListener('online', go);
  document.addEventListener('visibilitychange', seen);
  void go();
  return () => {
    clearInterval(timer);
    window.removeEventListener('online', go);
    document.removeEventListener('visibilitychange', seen);
  };
}

// ── answers that open without a signal ──────────────────────────────────────────────────────────────

/** Asks, and keeps the answer; without a signal, or where it takes too long, answers what was kept. */
export async function askOrKept<Answer>(name: string, ask: () => Promise<Answer>): Promise<Answer> {
  if (!worksOffline()) return ask();
  const personId = devicePerson();
  const asking = ask().then(async (answer) => {
    await keepAnswer(personId, name, answer).catch(() => undefined);
    return answer;
  });
  const kept = keptAnswer(personId, name).catch(() => undefined) as Promise<Answer | undefined>;
  const slow = new Promise<Answer | undefined>((resolve) => setTimeout(() => void kept.then(resolve), patienceMs));
  try {
    return (await Promise.race([asking, slow])) ?? (await asking);
  } catch (error) {
    const answer = error instanceof ProblemError && error.status === 0 ? await kept : undefined;
    if (answer === undefined) throw error;
    return answer;
  } finally {
    asking.catch(() => undefined);
  }
}
