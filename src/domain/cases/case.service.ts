// Case 事项: what every kind shares — opening one, writing a step of its time line with its clocks, notices and audit in
// one transaction, reading it back by the caller's rights.
import { newId } from '../../kernel/id.ts';
import { forbidden, notFound } from '../../kernel/refusal.ts';
import { dayOf, type Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { accountNames } from '../access/account.service.ts';
import type { Call } from '../access/call.ts';
import { type Breadth, isOutsider, may } from '../access/permission.rules.ts';
import { record } from '../audit/audit.service.ts';
import type { ClockCommand } from '../clocks/clock.contract.ts';
import { applyClockCommands, type ClockPolicy, viewClocks } from '../clocks/clock.service.ts';
import { listClocksOf } from '../clocks/clock.store.ts';
import { maskPhonesInText } from '../parties/phone.rules.ts';
import { policyOf } from '../standards/standard.service.ts';
import type { CaseEventKind, CaseKind, ClockAnswer, EventSource, TimelineEntry } from './case.contract.ts';
import {
  type CaseReach,
  type CaseRow,
  findCase,
  insertCase,
  insertEvent,
  insertTexts,
  isInReach,
  listAttachmentsOf,
  listEvents,
  lockCase,
  updateCase,
} from './case.store.ts';

/** One step of the time line, as a rule drafts it. */
export type StepDraft = {
  id: string;
  kind: CaseEventKind;
  move: string | null;
  fromState: string | null;
  toState: string | null;
  at: Instant;
  byRole: string | null;
  forId?: string | undefined;
  facts: object;
  text?: string | undefined;
};

export type NewCase = Omit<
  CaseRow,
  | 'communityId'
  | 'code'
  | 'version'
  | 'eventSeq'
  | 'nextDueAt'
  | 'nextClockKind'
  | 'summaryTextId'
  | 'contactPhoneSealed'
  | 'contactPhoneMasked'
  | 'reporterPartyId'
  | 'importId'
> & {
  /** What was asked for; kept apart so that it can be erased. */
  description: string;
  contactPhone?: { sealed: Buffer; masked: string } | undefined;
  importId?: string | undefined;
};

/** What a kind writes in the same transaction before the case itself, which comes last with its number. */
export type Beside = (tx: Tx) => Promise<void>;

/** Opens a case: texts, first step, clocks, audit, and at the very end the row with its number. */
export async function openCase(
  tx: Tx,
  call: Call,
  policy: ClockPolicy,
  draft: NewCase,
  step: StepDraft,
  clocks: readonly ClockCommand[],
  beside: Beside,
): Promise<void> {
  const { description, contactPhone, importId, ...row } = draft;
  const summaryTextId = newId();
  const textId = step.text ? newId() : null;
  await insertTexts(tx, call.communityId, draft.id, [
    { id: summaryTextId, body: description },
    ...(step.text && textId ? [{ id: textId, body: step.text }] : []),
  ]);
  await insertEvent(tx, call.communityId, draft.id, eventOf(call, step, 1, textId));
  const nextDue = await applyClockCommands(
    tx,
    { communityId: call.communityId, caseId: draft.id, recordedAt: call.now },
    policy,
    clocks,
    true,
  );
  await beside(tx);
  await record(tx, call, {
    action: `${draft.kind}.create`,
    noun: draft.kind,
    nounId: draft.id,
    changed: { state: [null, draft.state] },
  });
  await insertCase(
    tx,
    {
      ...row,
      ...nextDue,
      communityId: call.communityId,
      summaryTextId,
      contactPhoneSealed: contactPhone?.sealed ?? null,
      contactPhoneMasked: contactPhone?.masked ?? null,
      reporterPartyId: null,
      importId: importId ?? null,
      version: 1,
      eventSeq: 1,
    },
    dayOf(call.now).slice(0, 4),
  );
}

export type CaseChange = {
  step: StepDraft;
  clocks: readonly ClockCommand[];
  /** Columns of the shared row. */
  columns: Partial<Omit<CaseRow, 'communityId' | 'id' | 'code' | 'kind' | 'version' | 'eventSeq'>>;
  description?: string | undefined;
  /** Field → [was, is] for the audit, codes and ids only. */
  changed: Record<string, [unknown, unknown]>;
  /** Notes, photos and attempts are appends: they don't raise the version. */
  isAppend?: boolean;
};

/** Writes one step of a case that `lockCase` holds. */
export async function changeCase(
  tx: Tx,
  call: Call,
  policy: ClockPolicy,
  row: CaseRow,
  change: CaseChange,
): Promise<void> {
  const { step } = change;
  const texts: { id: string; body: string }[] = [];
  const textOf = (body: string | undefined): string | null => {
    if (!body) return null;
    const id = newId();
    texts.push({ id, body });
    return id;
  };
  const textId = textOf(step.text);
  const summaryTextId = textOf(change.description);
  await insertTexts(tx, call.communityId, row.id, texts);
  await insertEvent(tx, call.communityId, row.id, eventOf(call, step, row.eventSeq + 1, textId));
  const nextDue =
    change.clocks.length === 0
      ? {}
      : await applyClockCommands(
          tx,
          { communityId: call.communityId, caseId: row.id, recordedAt: call.now },
          policy,
          change.clocks,
          false,
        );
  await updateCase(tx, call.communityId, row.id, {
    ...change.columns,
    ...nextDue,
    ...(summaryTextId ? { summaryTextId } : {}),
    eventSeq: row.eventSeq + 1,
    version: change.isAppend ? row.version : row.version + 1,
  });
  await record(tx, call, {
    action: `${row.kind}.${step.move ?? step.kind}`,
    noun: row.kind,
    nounId: row.id,
    changed: change.changed,
  });
}

const eventOf = (call: Call, step: StepDraft, seq: number, textId: string | null) => ({
  id: step.id,
  seq,
  kind: step.kind,
  move: step.move,
  fromState: step.fromState,
  toState: step.toState,
  at: step.at,
  recordedAt: call.now,
  byId: call.actor.accountId || null,
  byRole: step.byRole,
  forId: step.forId ?? null,
  source: sourceOf(call, step),
  facts: step.facts,
  textId,
  requestId: call.requestId,
});

/** What happened before we heard of it was done without a signal, whoever says so. */
const sourceOf = (call: Call, step: StepDraft): EventSource =>
  step.at < call.now && call.source === 'phone' ? 'offline' : call.source;

/** The caller's reach over cases in this community; null: none at all. */
export function caseReach(call: Call): CaseReach | null {
  const breadth = may(call.actor, 'case.read', call.communityId);
  return breadth === null ? null : reachWith(call, breadth);
}

const headOf: Record<string, string> = {
  engineering_supervisor: 'engineering',
  order_supervisor: 'order',
  environment_supervisor: 'environment',
  finance: 'finance',
  hr_admin: 'hr',
};

function reachWith(call: Call, breadth: Breadth): CaseReach {
  const accountId = call.actor.accountId;
  if (breadth === 'community') return { breadth };
  if (breadth === 'department')
    return { breadth, departments: call.roles.flatMap((role) => headOf[role] ?? []), accountId };
  return { breadth, accountId };
}

/** Refuses what is not in reach: staff 403, contractor and resident 404 (spec/12). */
export async function requireInReach(tx: Tx, call: Call, caseId: string): Promise<void> {
  const reach = caseReach(call);
  if (reach && (await isInReach(tx, call.communityId, caseId, reach))) return;
  throw isOutsider(call.roles) ? notFound('case') : forbidden('case.read');
}

export async function mayReadCase(tx: Tx, call: Call, caseId: string): Promise<boolean> {
  const reach = caseReach(call);
  return reach !== null && (await isInReach(tx, call.communityId, caseId, reach));
}

export async function getCase(tx: Tx, call: Call, id: string, kind?: CaseKind): Promise<CaseRow> {
  const row = await findCase(tx, call.communityId, id, kind);
  if (!row) throw notFound('case');
  return row;
}

export async function getCaseForUpdate(tx: Tx, call: Call, id: string, kind?: CaseKind): Promise<CaseRow> {
  const row = await lockCase(tx, call.communityId, id, kind);
  if (!row) throw notFound('case');
  return row;
}

/** What the answer of every kind begins with, but for its moves. */
export async function viewCase(tx: Tx, call: Call, row: CaseRow) {
  const clockRows = await listClocksOf(tx, call.communityId, row.id);
  const clocks = await viewClocks(
    tx,
    call.communityId,
    clockRows,
    (versionId) => policyOf(tx, call.communityId, versionId),
    call.now,
  );
  const events = await listEvents(tx, call.communityId, row.id);
  const attached = await listAttachmentsOf(tx, call.communityId, [row.id, ...events.map((event) => event.id)]);
  const names = await accountNames(tx, [row.responsibleId, row.firstContactId]);
  const person = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? '' });
  const unit =
    row.unitId === null
      ? null
      : await tx
          .selectFrom('units')
          .select('label')
          .where('communityId', '=', call.communityId)
          .where('id', '=', row.unitId)
          .executeTakeFirst();
  const timeline = events.map(
    (event): TimelineEntry => ({
      id: event.id,
      seq: event.seq,
      kind: event.kind,
      action: actionOf(event),
      fromState: event.fromState,
      toState: event.toState,
      at: event.at,
      recordedAt: event.recordedAt,
      by: event.byId === null ? null : { id: event.byId, name: event.byName ?? '' },
      byRole: event.byRole,
      for: event.forId === null ? null : { id: event.forId, name: event.forName ?? '' },
      source: event.source,
      facts: event.facts as Record<string, unknown>,
      text: event.body === null ? null : maskPhonesInText(event.body),
      attachmentIds: attached.get(event.id) ?? [],
    }),
  );
  return {
    id: row.id,
    communityId: row.communityId,
    code: row.code,
    kind: row.kind,
    state: row.state,
    version: row.version,
    unitId: row.unitId,
    unit: unit?.label ?? null,
    place: row.place,
    channel: row.channel,
    department: row.department as never,
    receivedAt: row.receivedAt,
    createdAt: row.createdAt,
    endedAt: row.endedAt,
    standardVersionId: row.standardVersionId,
    responsible: person(row.responsibleId),
    firstContact: person(row.firstContactId),
    flags: row.flags,
    clocks: clocks satisfies ClockAnswer[],
    timeline,
    attachmentIds: [...attached.values()].flat(),
  };
}

/** The move, or the kind of entry; a ladder's step is `escalated`. */
const actionOf = (event: { kind: string; move: string | null; facts: object }): string => {
  const named = (event.facts as { action?: unknown }).action;
  return event.move ?? (typeof named === 'string' ? named : event.kind);
};
