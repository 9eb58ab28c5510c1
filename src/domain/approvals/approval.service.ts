// Approvals 审批: asked for by other slices in their own transaction, decided step by step, and what came of it handed back
// in the transaction of the decision.
import { newId } from '../../kernel/id.ts';
import { notFound, Refusal } from '../../kernel/refusal.ts';
import { earlier, type Instant, msOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Call, effect } from '../access/call.ts';
import type { Role } from '../access/role.contract.ts';
import { type AuditEntry, record } from '../audit/audit.service.ts';
import { toTheHour } from '../cases/case-sight.rules.ts';
import { takeYearCode } from '../cases/number.store.ts';
import { calendarsNamed, loadCalendars, rememberCalendar } from '../clocks/calendar.service.ts';
import { foldClock } from '../clocks/clock.rules.ts';
import { nextStepAt, type Posting } from '../clocks/ladder.rules.ts';
import { dueAt } from '../clocks/limit.rules.ts';
import { staffingOf } from '../clocks/staffing.service.ts';
import { notify } from '../notifications/notification.service.ts';
import type { ApprovalKind } from '../standards/standard.contract.ts';
import { clockRule } from '../standards/standard.rules.ts';
import { type Policy, policyOf } from '../standards/standard.service.ts';
import type { ApprovalAction, ApprovalState, PersonalMove } from './approval.contract.ts';
import { type ApprovalFacts, barredFrom, type Decider, decideMove, dutyOf, standingYeses } from './approval.rules.ts';
import {
  type ApprovalEventRow,
  type ApprovalRow,
  findApprovalRow,
  findPendingOf,
  insertApproval,
  insertApprovalEvents,
  insertApprovalText,
  listApprovalEvents,
  type SubjectFacts,
  updateApproval,
} from './approval.store.ts';
import { type StepClock, stepClocks } from './approval-clock.rules.ts';

export type { SubjectFacts } from './approval.store.ts';

/** How an approval ended, for the slice whose subject it was. */
export type Ended = {
  approvalId: string;
  subjectId: string;
  caseId: string | null;
  facts: SubjectFacts;
  outcome: Exclude<ApprovalState, 'pending'>;
  /** Null: its term was over. */
  byId: string | null;
  remark: string;
  /** The day that the last yes named, where the kind takes one. */
  inForceOn: string | null;
};

/** Said by the slice among the facts: then nobody of whom it is kept learns from the approval who asked, or the minute. */
export const isAnonymous = (facts: SubjectFacts): boolean => facts.anonymous === true;

/** What a slice hands over for its kind of subject. */
export type ApprovalSubject = {
  kind: ApprovalKind;
  /** Chinese, from codes and numbers: what is asked for, the particulars, and the page below `/c/{code}/`. */
  describe(facts: SubjectFacts, subjectId: string): { title: string; lines: readonly string[]; page: string | null };
  takesDay?: true;
  /** Who is barred did not write it, it is about them: they read no more of it than others. */
  isAboutBarred?: true;
  /** Locks the subject before the approval is locked, as the subject's own moves do. */
  lock?(tx: Tx, communityId: string, subjectId: string): Promise<void>;
  /** In the transaction of the decision: what the outcome does to the subject. Refuses what cannot be. */
  ended(tx: Tx, call: Call, ended: Ended): Promise<void>;
  /** For `verify`: what waits for an answer as it stands; and what a yes moved, with when, where that is known. */
  listWaiting(tx: Tx): Promise<SubjectKey[]>;
  listMoved(tx: Tx): Promise<(SubjectKey & { at: Instant | null })[]>;
};
export type SubjectKey = { communityId: string; subjectId: string };

const subjects = new Map<ApprovalKind, ApprovalSubject>();
export function linkApprovals(handed: readonly ApprovalSubject[]): void {
  for (const one of handed) subjects.set(one.kind, one);
}
export const linkedSubjects = (): ApprovalSubject[] => [...subjects.values()];
export function subjectOf(kind: ApprovalKind): ApprovalSubject {
  const subject = subjects.get(kind);
  if (!subject) throw new Error(`nobody handed over the approval kind ${kind}`);
  return subject;
}

// ── what decides ────────────────────────────────────────────────────────────────────────────────────

export const chainOf = (policy: Policy, kind: ApprovalKind): Role[] =>
  policy.version.document.approvals[kind].steps.value;

/** Everything that the rules ask of one approval. */
export type Standing = {
  row: ApprovalRow;
  events: ApprovalEventRow[];
  policy: Policy;
  facts: ApprovalFacts;
  deciders: Decider[];
  clocks: StepClock[];
};

export function standingOf(
  row: ApprovalRow,
  events: ApprovalEventRow[],
  policy: Policy,
  staffing: readonly Posting[],
): Standing {
  const chain = chainOf(policy, row.kind);
  const yeses = standingYeses(events.map((one) => ({ ...one, toStep: one.facts.toStep ?? null })));
  const facts: ApprovalFacts = {
    state: row.state,
    version: row.version,
    askedBy: row.askedBy,
    barredIds: row.barredIds,
    chain,
    step: row.step,
    expiresAt: row.expiresAt,
    yeses,
  };
  const role = chain[row.step - 1] as Role;
  const { reportingLine } = policy.version.document;
  const { deciders } = dutyOf(role, reportingLine, staffing, barredFrom(facts));
  const clocks = stepClocks(events, clockRule(policy.version.document, 'approve'), policy.versionId);
  return { row, events, policy, facts, deciders, clocks };
}

export async function standing(tx: Tx, row: ApprovalRow, now: Instant): Promise<Standing> {
  const events = (await listApprovalEvents(tx, row.communityId, [row.id])).get(row.id) ?? [];
  const policy = await policyOf(tx, row.communityId, row.standardVersionId);
  return standingOf(row, events, policy, await staffingOf(tx, row.communityId, now));
}

// ── what happens ────────────────────────────────────────────────────────────────────────────────────

export type Happening = { action: ApprovalAction; step: number } & Partial<
  Pick<ApprovalEventRow, 'fromState' | 'toState' | 'byId' | 'byRole' | 'forId' | 'facts' | 'textId' | 'at'>
>;

/** Appends to the row's story; the row counts them. */
export function happen(row: ApprovalRow, events: ApprovalEventRow[], now: Instant, one: Happening): ApprovalEventRow {
  row.eventSeq++;
  const event: ApprovalEventRow = {
    communityId: row.communityId,
    id: newId(),
    approvalId: row.id,
    seq: row.eventSeq,
    fromState: null,
    toState: null,
    at: now,
    recordedAt: now,
    byId: null,
    byRole: null,
    forId: null,
    facts: {},
    textId: null,
    ...one,
  };
  events.push(event);
  return event;
}

/** Folds the open step's clock and writes into the row what it says. */
export function settleClock(row: ApprovalRow, events: readonly ApprovalEventRow[], policy: Policy): void {
  const open = stepClocks(events, clockRule(policy.version.document, 'approve'), policy.versionId).at(-1);
  if (!open) return;
  const folded = foldClock(open.events, policy.calendarOf);
  const calendar = policy.calendarOf(folded.calendarVersion);
  row.dueAt = folded.dueAt;
  row.overdueFrom = folded.overdueFrom;
  row.nextStepAt =
    row.state === 'pending' ? nextStepAt(policy.ladders[folded.ladder], folded, calendar, row.takenSteps) : null;
}

/** Opens a step: its duty is found, its clock starts, its deciders are told loudly (spec/12 Told to). */
async function openStep(
  tx: Tx,
  call: Call,
  to: { row: ApprovalRow; events: ApprovalEventRow[]; policy: Policy; step: number },
) {
  const { row, events, policy, step } = to;
  const chain = chainOf(policy, row.kind);
  const role = chain[step - 1] as Role;
  const yeses = standingYeses(events.map((one) => ({ ...one, toStep: one.facts.toStep ?? null })));
  const barred = barredFrom({ askedBy: row.askedBy, barredIds: row.barredIds, yeses });
  const staffing = await staffingOf(tx, row.communityId, call.now);
  const duty = dutyOf(role, policy.version.document.reportingLine, staffing, barred);
  await rememberCalendar(tx, policy.calendar, call.now);
  Object.assign(row, {
    step,
    dutyRole: duty.role,
    stepOpenedAt: call.now,
    takenSteps: [],
    toldIds: [],
    calendarVersion: policy.calendar.version,
  });
  happen(row, events, call.now, {
    action: 'open-step',
    step,
    facts: { role, dutyRole: duty.role, calendarVersion: policy.calendar.version },
  });
  settleClock(row, events, policy);
  return duty;
}

/** The feed knows by the case from whom it is hidden. */
const recordOf = (tx: Tx, call: Call, row: ApprovalRow, action: ApprovalAction, changed: AuditEntry['changed']) =>
  record(tx, call, {
    action: `approval.${action}`,
    noun: 'approval',
    nounId: row.id,
    changed: { ...changed, ...(row.caseId === null ? {} : { caseId: [null, row.caseId] }) },
  });

const tellDeciders = async (tx: Tx, call: Call, row: ApprovalRow, deciders: readonly Decider[]): Promise<void> => {
  if (deciders.length === 0) return;
  await notify(tx, {
    communityId: row.communityId,
    caseId: row.caseId,
    kind: 'approval-asked',
    facts: { approvalId: row.id, code: row.code, approval: row.kind },
    to: deciders.map(({ staffId }) => ({ staffId })),
    channel: 'loud',
    thing: `${row.id}:${row.step}:${row.version}`,
    now: call.now,
  });
};

const tellAsker = (tx: Tx, now: Instant, row: ApprovalRow) =>
  notify(tx, {
    communityId: row.communityId,
    caseId: row.caseId,
    kind: 'approval-decided',
    facts: { approvalId: row.id, code: row.code, approval: row.kind, outcome: row.state },
    to: [{ staffId: row.askedBy }],
    channel: 'bell',
    thing: `${row.id}:decided`,
    now,
  });

// ── asked by other slices ───────────────────────────────────────────────────────────────────────────

export type AskFor = {
  kind: ApprovalKind;
  subjectId: string;
  caseId?: string | null;
  facts?: SubjectFacts;
  /** Why, in the asker's words. */
  reason?: string;
  /** Who wrote it, where that is not the asker alone; or whom it is about. */
  barredIds?: readonly string[];
  /** Where the matter itself ends sooner than the standard's term. */
  until?: Instant;
};

/** Opens an approval by the standard in force (spec/12: at submission), in the caller's transaction; answers its id. */
export async function openApproval(tx: Tx, call: Call, ask: AskFor): Promise<string> {
  const { communityId, now } = call;
  if (await findPendingOf(tx, communityId, ask.kind, ask.subjectId)) throw new Refusal('approval.already_pending');
  const policy = await policyOf(tx, communityId);
  const days = policy.version.document.approvals[ask.kind].termCalendarDays.value;
  const term = dueAt({ calendarDays: days }, now, policy.calendar) as Instant;
  const row: ApprovalRow = {
    communityId,
    // The id says when it was made: of an anonymous case to the hour, as everything else (spec/12 Anonymity).
    id: isAnonymous(ask.facts ?? {}) ? newId(msOf(toTheHour(now))) : newId(),
    code: '',
    kind: ask.kind,
    subjectId: ask.subjectId,
    caseId: ask.caseId ?? null,
    state: 'pending',
    facts: ask.facts ?? {},
    askedBy: call.actor.accountId,
    askedAt: now,
    barredIds: [...new Set(ask.barredIds ?? [])].filter((id) => id !== call.actor.accountId),
    reasonTextId: null,
    standardVersionId: policy.versionId,
    expiresAt: ask.until === undefined ? term : earlier(term, ask.until),
    step: 1,
    dutyRole: chainOf(policy, ask.kind)[0] as Role,
    stepOpenedAt: now,
    dueAt: null,
    overdueFrom: null,
    nextStepAt: null,
    takenSteps: [],
    toldIds: [],
    calendarVersion: policy.calendar.version,
    decidedAt: null,
    version: 1,
    eventSeq: 0,
  };
  const events: ApprovalEventRow[] = [];
  row.reasonTextId = await insertApprovalText(tx, communityId, row.id, ask.reason);
  happen(row, events, now, {
    action: 'ask',
    step: 0,
    toState: 'pending',
    byId: row.askedBy,
    byRole: call.roles[0] ?? null,
    textId: row.reasonTextId,
  });
  const duty = await openStep(tx, call, { row, events, policy, step: 1 });
  if (duty.deciders.length === 0) throw new Refusal('approval.nobody_to_decide', { role: duty.role });
  row.code = await takeYearCode(tx, communityId, 'SP', now);
  await insertApproval(tx, row);
  await insertApprovalEvents(tx, events);
  await recordOf(tx, call, row, 'ask', { state: [null, 'pending'] });
  await tellDeciders(tx, call, row, duty.deciders);
  return row.id;
}

export type MoveInput = { version?: number | undefined; remark?: string; toStep?: number; inForceOn?: string };

/**
 * A decision made on the subject's own page, in that page's transaction: the same rules, the subject's own version.
 * Answers how it ended; null where the next step opened.
 */
export async function moveSubject(
  tx: Tx,
  call: Call,
  of: { kind: ApprovalKind; subjectId: string },
  name: PersonalMove,
  input: Omit<MoveInput, 'version'>,
): Promise<Ended | null> {
  const id = await findPendingOf(tx, call.communityId, of.kind, of.subjectId);
  const row = id === undefined ? undefined : await findApprovalRow(tx, call.communityId, id, true);
  if (!row) throw new Refusal('approval.move_not_allowed', { state: 'none', move: name });
  return move(tx, call, row, name, { ...input, version: row.version });
}

/** The subject goes another way (taken back by whoever may, ended, merged): the question is withdrawn with it. */
export async function endSubject(tx: Tx, call: Call, of: { kind: ApprovalKind; subjectId: string }): Promise<void> {
  const id = await findPendingOf(tx, call.communityId, of.kind, of.subjectId);
  const row = id === undefined ? undefined : await findApprovalRow(tx, call.communityId, id, true);
  if (!row) return;
  const now = await standing(tx, row, call.now);
  await end(tx, call, now, { action: 'withdraw', state: 'withdrawn', by: null, textId: null });
}

// ── the moves ───────────────────────────────────────────────────────────────────────────────────────

export async function moveApproval(call: Call, id: string, name: PersonalMove, input: MoveInput): Promise<string> {
  return effect(call, id, async (tx) => {
    const known = await findApprovalRow(tx, call.communityId, id);
    if (!known) throw notFound('approval');
    await subjectOf(known.kind).lock?.(tx, call.communityId, known.subjectId);
    const row = await findApprovalRow(tx, call.communityId, id, true);
    if (!row) throw notFound('approval');
    const ended = await move(tx, call, row, name, { ...input, version: input.version ?? call.ifMatch ?? undefined });
    if (ended) await subjectOf(row.kind).ended(tx, call, ended);
  });
}

/** Answers how it ended; null: it goes on. */
async function move(tx: Tx, call: Call, row: ApprovalRow, name: PersonalMove, input: MoveInput): Promise<Ended | null> {
  const now = await standing(tx, row, call.now);
  const { deciders, facts, events, policy } = now;
  const decision = decideMove(name, facts, {
    actorId: call.actor.accountId,
    now: call.now,
    deciders,
    ...input,
    version: input.version,
  });
  const textId = await insertApprovalText(tx, row.communityId, row.id, input.remark?.trim());
  const toStep = name === 'return' ? { facts: { toStep: input.toStep ?? 0 } } : {};
  const what = { action: name, byId: call.actor.accountId, forId: decision.by?.forId ?? null, textId, ...toStep };
  const byRole = decision.by === null ? (call.roles[0] ?? null) : row.dutyRole;
  if (decision.opens === null) {
    await end(tx, call, now, { ...what, byRole, state: decision.state, by: decision.by });
    return endedOf(row, call.actor.accountId, input);
  }
  const known = events.length;
  happen(row, events, call.now, { ...what, byRole, step: row.step, fromState: 'pending', toState: 'pending' });
  const duty = await openStep(tx, call, { row, events, policy, step: decision.opens });
  row.version++;
  await updateApproval(tx, row);
  await insertApprovalEvents(tx, events.slice(known));
  await recordOf(tx, call, row, name, { step: [facts.step, row.step] });
  await tellDeciders(tx, call, row, duty.deciders);
  return null;
}

const endedOf = (row: ApprovalRow, byId: string | null, input: MoveInput): Ended => ({
  approvalId: row.id,
  subjectId: row.subjectId,
  caseId: row.caseId,
  facts: row.facts,
  outcome: row.state as Ended['outcome'],
  byId,
  remark: input.remark?.trim() ?? '',
  inForceOn: input.inForceOn ?? null,
});

async function end(
  tx: Tx,
  call: Call,
  now: Standing,
  how: Omit<Happening, 'step'> & { state: ApprovalState; by: Decider | null },
): Promise<void> {
  const { row, events, policy } = now;
  const { state, by: _by, ...happening } = how;
  const last = happen(row, events, call.now, { ...happening, step: row.step, fromState: 'pending', toState: state });
  row.state = state;
  row.decidedAt = call.now;
  row.version++;
  settleClock(row, events, policy);
  row.nextStepAt = null;
  await updateApproval(tx, row);
  await insertApprovalEvents(tx, [last]);
  await recordOf(tx, call, row, how.action, { state: ['pending', state] });
  if (row.askedBy !== call.actor.accountId) await tellAsker(tx, call.now, row);
}

/** The program's own end of what nobody decided in its term. */
export async function lapse(tx: Tx, call: Call, now: Standing): Promise<void> {
  await end(tx, call, now, { action: 'lapse', state: 'lapsed', by: null });
  await subjectOf(now.row.kind).ended(tx, call, endedOf(now.row, null, {}));
}

/** The calendars that these clocks count by, before they are folded. */
export const loadStepCalendars = (tx: Tx, events: ReadonlyMap<string, ApprovalEventRow[]>): Promise<void> =>
  loadCalendars(tx, calendarsNamed(new Map([...events].map(([id, rows]) => [id, rows.map((row) => row.facts)]))));
