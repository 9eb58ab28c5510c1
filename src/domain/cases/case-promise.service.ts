// Promises made at the desk about a case of any kind: made, owned, kept (FD3, FD4).
import { newId } from '../../kernel/id.ts';
import { badField, Refusal } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { listPostHolders } from '../access/account.service.ts';
import { type Call, effect, readIn } from '../access/call.ts';
import type { Role } from '../access/role.contract.ts';
import type { ClockCommand } from '../clocks/clock.contract.ts';
import { listClocksOf } from '../clocks/clock.store.ts';
import { type Arrival, notify } from '../notifications/notification.service.ts';
import { policyOf } from '../standards/standard.service.ts';
import type { TimelineEntry } from './case.contract.ts';
import { type CaseChange, changeCase, getCase, getCaseForUpdate, requireInReach, viewCase } from './case.service.ts';
import { type CaseRow, lockCase } from './case.store.ts';
import { callBackPromised, keptKeys, messageLeft, messagesRead } from './case-promise.rules.ts';

/** What is kept elsewhere of a promise that was kept here; handed over by the ledger in the wiring. */
export type PromiseKept = (tx: Tx, communityId: string, keys: readonly string[], at: Instant) => Promise<void>;
let kept: PromiseKept = async () => {};
export const linkPromiseKept = (work: PromiseKept): void => {
  kept = work;
};

export async function tellKept(tx: Tx, call: Call, commands: readonly ClockCommand[]): Promise<void> {
  const keys = keptKeys(commands);
  if (keys.length > 0) await kept(tx, call.communityId, keys, call.now);
}

/** Who in this community a message can be left for, and in which post they answer. */
export async function findColleague(
  tx: Tx,
  communityId: string,
  accountId: string,
): Promise<{ id: string; role: Role } | null> {
  const found = (await listPostHolders(tx, communityId)).find((one) => one.accountId === accountId);
  return found && found.role !== 'resident' ? { id: accountId, role: found.role } : null;
}

export type PromiseDraft =
  | { kind: 'call-back'; at: Instant | null; text: string | undefined; key: string }
  | { kind: 'message'; toId: string; text: string; key: string };

/** The clocks of a promise and, for a message, whom it goes to; refuses a colleague that is none. */
export async function promiseClocks(
  tx: Tx,
  call: Call,
  document: Parameters<typeof callBackPromised>[0],
  draft: PromiseDraft,
): Promise<ClockCommand[]> {
  const own = { staffId: call.actor.accountId, role: call.roles[0] ?? 'front_desk' };
  if (draft.kind === 'call-back')
    return callBackPromised(document, { at: call.now, promisedFor: draft.at, key: draft.key, owner: own });
  const addressee = await findColleague(tx, call.communityId, draft.toId);
  if (!addressee) throw badField('toId', 'unknown_person');
  return messageLeft(document, { at: call.now, key: draft.key, addressee });
}

/** The colleague gets it at once, and says that it was read (FD4). */
export const tellMessage = (tx: Tx, call: Call, caseId: string, toId: string, key: string) =>
  notify(tx, {
    communityId: call.communityId,
    caseId,
    kind: 'message',
    facts: {},
    to: [{ staffId: toId }],
    channel: 'loud',
    thing: `message:${key}`,
    now: call.now,
  });

async function append(
  tx: Tx,
  call: Call,
  row: CaseRow,
  step: Pick<CaseChange['step'], 'id' | 'kind' | 'facts' | 'text' | 'forId'>,
  clocks: readonly ClockCommand[],
): Promise<void> {
  await changeCase(tx, call, await policyOf(tx, call.communityId, row.standardVersionId), row, {
    step: { ...step, move: null, fromState: null, toState: null, at: call.now, byRole: call.roles[0] ?? null },
    clocks,
    columns: {},
    changed: {},
    isAppend: true,
  });
}

/** Makes a promise on a case that is open; within the caller's transaction, so that a ledger line can be its cause. */
export async function promiseOnCase(
  tx: Tx,
  call: Call,
  caseId: string,
  draft: PromiseDraft,
  eventId: string,
): Promise<void> {
  const row = await getCaseForUpdate(tx, call, caseId);
  await requireInReach(tx, call, caseId);
  if (row.endedAt !== null) throw new Refusal('case.ended', { state: row.state });
  const { version } = await policyOf(tx, call.communityId, row.standardVersionId);
  const clocks = await promiseClocks(tx, call, version.document, draft);
  const step = { id: eventId, kind: 'note' as const, ...(draft.text ? { text: draft.text } : {}) };
  if (draft.kind === 'call-back') {
    await append(tx, call, row, { ...step, facts: { action: 'call-back-promised', at: draft.at } }, clocks);
    return;
  }
  await append(tx, call, row, { ...step, facts: { action: 'message-left' }, forId: draft.toId }, clocks);
  await tellMessage(tx, call, caseId, draft.toId, draft.key);
}

async function entryOf(call: Call, caseId: string, eventId: string): Promise<TimelineEntry> {
  return readIn(call, async (tx) => {
    const { timeline } = await viewCase(tx, call, await getCase(tx, call, caseId));
    const entry = timeline.find((one) => one.id === eventId);
    if (!entry) throw new Error('the entry is not on the time line');
    return entry;
  });
}

export async function makePromise(
  call: Call,
  caseId: string,
  draftOf: (key: string) => PromiseDraft,
): Promise<TimelineEntry> {
  const eventId = await effect(call, newId(), (tx, id) => promiseOnCase(tx, call, caseId, draftOf(id), id));
  return entryOf(call, caseId, eventId);
}

export async function readMessages(call: Call, caseId: string): Promise<TimelineEntry> {
  const eventId = await effect(call, newId(), async (tx, id) => {
    const row = await getCaseForUpdate(tx, call, caseId);
    const clocks = messagesRead(await listClocksOf(tx, call.communityId, caseId), call.actor.accountId, call.now, id);
    if (clocks.length === 0) throw new Refusal('case.no_message');
    await append(tx, call, row, { id, kind: 'message', facts: { action: 'message-read' } }, clocks);
    await tellKept(tx, call, clocks);
  });
  return entryOf(call, caseId, eventId);
}

/** Acknowledged under the bell is read: the same evidence. */
export async function meetMessage(tx: Tx, call: Call, arrival: Arrival): Promise<void> {
  if (arrival.kind !== 'message' || !arrival.acknowledged) return;
  const row = await lockCase(tx, call.communityId, arrival.caseId);
  if (!row) return;
  const clocks = messagesRead(
    await listClocksOf(tx, call.communityId, row.id),
    call.actor.accountId,
    arrival.at,
    arrival.evidenceId,
  );
  if (clocks.length === 0) return;
  await append(tx, call, row, { id: newId(), kind: 'message', facts: { action: 'message-read' } }, clocks);
  await tellKept(tx, call, clocks);
}
