// The level 级别 of a complaint through its life: proposed anew for the whole group, confirmed, raised, found mishandled,
// lowered with approval (CP2, CP3, CP9).
import { badField, Refusal } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Role } from '../access/role.contract.ts';
import type { ClockCommand, ClockFact, ClockKind } from '../clocks/clock.contract.ts';
import type { StandardDocument } from '../standards/standard.contract.ts';
import { type ComplaintAsk, type ComplaintOutcome, checkHow, memberOf } from './complaint-ask.rules.ts';
import { type DueOf, lowerClocks, riseClocks } from './complaint-clocks.rules.ts';
import {
  type ComplaintChanges,
  type ComplaintFacts,
  deciderOf,
  isUnreachable,
  type Notice,
} from './complaint-facts.rules.ts';
import { countGroup, type GroupMember, groupFacts } from './complaint-group.rules.ts';
import { higher, type Proposal, proposeSeverity, raisedBy, rankOf } from './complaint-severity.rules.ts';
import type { Severity } from './complaint-shapes.contract.ts';

/** The proposal for one complaint from the facts of its whole group; `others` without itself. */
export function proposalFor(
  document: StandardDocument,
  complaint: ComplaintFacts,
  others: readonly GroupMember[],
): Proposal & { raisings: number; people: number } {
  const members = [...others.filter((other) => other.id !== complaint.id), memberOf(complaint)];
  return {
    ...proposeSeverity(document.complaint, groupFacts(members, complaint.mishandledAt)),
    ...countGroup(members),
  };
}

/**
 * Who hears of a level (spec/12 Told to): the supervisor, from the manager's level on he too, from the general manager's
 * on again each minute until it is taken over.
 */
export function levelNotices(
  document: StandardDocument,
  complaint: Pick<ComplaintFacts, 'severity' | 'anonymous'>,
  kind: 'complaint.recorded' | 'complaint.raised',
): Notice[] {
  const decider = deciderOf(document, complaint.severity);
  const withoutText = complaint.anonymous ? { withoutText: true } : {};
  const tell = (role: Role, out: boolean, repeats = false): Notice => ({
    to: { role },
    kind,
    loud: true,
    out,
    ...(repeats ? { repeats } : {}),
    ...withoutText,
  });
  return [
    tell('cs_supervisor', false),
    ...(decider === null ? [] : [tell('manager', true)]),
    ...(decider === 'general_manager' ? [tell('general_manager', true, true)] : []),
  ];
}

export type Rise = { changes: ComplaintChanges; clocks: ClockCommand[]; notices: Notice[] };

/** To a higher level: taken over and forwarded anew, and whoever decides now is told. */
export function rise(
  document: StandardDocument,
  clocks: readonly ClockFact[],
  complaint: ComplaintFacts,
  to: Severity,
  change: { at: Instant; reason: string; dueOf: DueOf },
): Rise {
  const changes = { severity: to, takenOverAt: null, forwardedTo: null, loweringTo: null } as const;
  const after: ComplaintFacts = { ...complaint, ...changes };
  return {
    changes,
    clocks: riseClocks(document, clocks, after, change),
    notices: levelNotices(document, after, 'complaint.raised'),
  };
}

export type Reweighed = {
  changes: ComplaintChanges;
  clocks: ClockCommand[];
  notices: Notice[];
  /** Set where the level rose by itself. */
  raised: { from: Severity; to: Severity; rule: string } | null;
};

/**
 * The proposal anew, after a fact of the group has changed. The level follows a proposal upward only: lowering is the
 * manager's, and what he lowered does not rise again until the proposal itself does.
 */
export function reweigh(
  document: StandardDocument,
  clocks: readonly ClockFact[],
  complaint: ComplaintFacts,
  others: readonly GroupMember[],
  change: { at: Instant; dueOf: DueOf },
): Reweighed {
  const proposal = proposalFor(document, complaint, others);
  const changes: ComplaintChanges = {
    proposedSeverity: proposal.severity,
    rule: proposal.rule,
    raisings: proposal.raisings,
    people: proposal.people,
  };
  const isHigher =
    rankOf(proposal.severity) > rankOf(complaint.proposedSeverity) &&
    rankOf(proposal.severity) > rankOf(complaint.severity);
  if (complaint.state === 'closed' || !isHigher) return { changes, clocks: [], notices: [], raised: null };
  const risen = rise(document, clocks, complaint, proposal.severity, { ...change, reason: proposal.rule });
  return {
    changes: { ...changes, ...risen.changes },
    clocks: risen.clocks,
    notices: risen.notices,
    raised: { from: complaint.severity, to: proposal.severity, rule: proposal.rule },
  };
}

/** CP9, a switch of the standard: each n-th failure raises by one; null where it is off or nothing is above. */
export function raisedByFailures(
  document: StandardDocument,
  complaint: Pick<ComplaintFacts, 'severity'>,
  failures: number,
): Severity | null {
  const each = document.complaint.raiseAtEachFailures.value;
  if (each === null || failures === 0 || failures % each !== 0) return null;
  const to = raisedBy(complaint.severity, 1);
  return to === complaint.severity ? null : to;
}

/** Missed promises that count as failures (spec/10); a reopening counts besides. */
export const failureKinds: readonly ClockKind[] = ['respond', 'complete', 'tell-customer', 'next-answer'];

/** A promise of this kind was missed: one failure more, and where the standard says so one level up. Null: no failure. */
export function failed(
  document: StandardDocument,
  clocks: readonly ClockFact[],
  complaint: ComplaintFacts,
  missed: { kind: ClockKind; at: Instant; dueOf: DueOf },
): Reweighed | null {
  if (!failureKinds.includes(missed.kind) || complaint.state === 'closed') return null;
  const failures = complaint.failures + 1;
  const to = raisedByFailures(document, complaint, failures);
  if (to === null) return { changes: { failures }, clocks: [], notices: [], raised: null };
  const risen = rise(document, clocks, complaint, to, { at: missed.at, reason: 'failures', dueOf: missed.dueOf });
  return {
    changes: { failures, ...risen.changes },
    clocks: risen.clocks,
    notices: risen.notices,
    raised: { from: complaint.severity, to, rule: 'failures' },
  };
}

// ── the moves ───────────────────────────────────────────────────────────────────────────────────────

const changeOf = (ask: Pick<ComplaintAsk<'raise'>, 'at' | 'context'>, reason: string) => ({
  at: ask.at,
  reason,
  dueOf: ask.context.dueOf,
});

export function classify(ask: ComplaintAsk<'classify'>): ComplaintOutcome {
  const { complaint, input, document, clocks } = ask;
  const to = input.severity ?? complaint.severity;
  // It confirms or raises: what was lowered below the proposal was lowered by the manager.
  if (rankOf(to) < rankOf(complaint.severity))
    throw new Refusal('complaint.level_below', { severity: to, least: complaint.severity });
  if (input.validity === 'invalid') {
    if (input.reason === undefined) throw badField('reason', 'required');
    checkExplained(ask, input.explained);
  }
  const risen = to === complaint.severity ? null : rise(document, clocks, complaint, to, changeOf(ask, 'classified'));
  return {
    changes: { ...risen?.changes, ...(input.validity ? { validity: input.validity } : {}) },
    clocks: risen?.clocks ?? [],
    notices: risen?.notices ?? [],
    ...(input.reason === undefined ? {} : { text: input.reason }),
    facts: {
      severity: [complaint.severity, to],
      proposed: complaint.proposedSeverity,
      ...(input.validity ? { validity: input.validity } : {}),
    },
  };
}

export function raise(ask: ComplaintAsk<'raise'>): ComplaintOutcome {
  const { complaint, input, document, clocks } = ask;
  if (rankOf(input.severity) <= rankOf(complaint.severity))
    throw badField('severity', 'not_higher', { severity: complaint.severity });
  return {
    ...rise(document, clocks, complaint, input.severity, changeOf(ask, 'raised')),
    text: input.reason,
    facts: { severity: [complaint.severity, input.severity] },
  };
}

/** One level up by decision, or after a failed follow-up; it stays a fact of its proposal (CP2, CP9). */
export function mishandled(ask: ComplaintAsk<'mishandled'>): ComplaintOutcome {
  const { complaint, input, document, clocks } = ask;
  const to = raisedBy(complaint.severity, document.complaint.mishandledRaisesBy.value);
  const risen = rise(document, clocks, complaint, to, changeOf(ask, 'mishandled'));
  const mishandledAt =
    complaint.mishandledAt === null ? complaint.severity : higher(complaint.severity, complaint.mishandledAt);
  const proposal = proposalFor(document, { ...complaint, mishandledAt }, ask.context.group ?? []);
  return {
    ...risen,
    changes: { ...risen.changes, mishandledAt, proposedSeverity: proposal.severity, rule: proposal.rule },
    text: input.reason,
    facts: { severity: [complaint.severity, to] },
  };
}

/** Asked for: nothing changes until somebody above the asker approves. */
export function lower(ask: ComplaintAsk<'lower'>): ComplaintOutcome {
  const { complaint, input } = ask;
  if (rankOf(input.severity) >= rankOf(complaint.severity))
    throw badField('severity', 'not_lower', { severity: complaint.severity });
  return {
    changes: { loweringTo: input.severity },
    text: input.reason,
    facts: { severity: [complaint.severity, input.severity] },
    // Who decides, and tells them, the approval knows: never the asker.
    approval: { kind: 'complaint.lower', severity: input.severity },
  };
}

/** The approval came: the level falls, the time spent is kept. Null: it has risen (a rise ends what was asked) or ended since. */
export function lowered(
  document: StandardDocument,
  clocks: readonly ClockFact[],
  complaint: ComplaintFacts,
  change: { at: Instant; dueOf: DueOf },
): { changes: ComplaintChanges; clocks: ClockCommand[] } | null {
  const to = complaint.loweringTo;
  if (to === null || complaint.state === 'closed') return null;
  const decider = deciderOf(document, to);
  const changes: ComplaintChanges = {
    severity: to,
    loweringTo: null,
    ...(decider === null ? { forwardedTo: null } : {}),
  };
  const after: ComplaintFacts = { ...complaint, ...changes };
  return { changes, clocks: lowerClocks(document, clocks, after, { ...change, reason: 'lowered' }) };
}

/** Rejected, returned, withdrawn or lapsed. */
export const notLowered: ComplaintChanges = { loweringTo: null };

// ── validity ────────────────────────────────────────────────────────────────────────────────────────

/** CP7: explained with patience, and on record how; somebody who cannot be reached cannot be told. */
function checkExplained(
  ask: ComplaintAsk<'classify'> | ComplaintAsk<'invalidate'> | ComplaintAsk<'validate'>,
  how: ComplaintAsk<'invalidate'>['input']['explained'],
): void {
  if (how !== undefined) checkHow('explained', how, ask.complaint);
  else if (!isUnreachable(ask.complaint)) throw badField('explained', 'required');
}

/** Still served, only counted apart: no clock moves (CP7). */
export const decideValidity =
  (validity: 'valid' | 'invalid') =>
  (ask: ComplaintAsk<'invalidate'> | ComplaintAsk<'validate'>): ComplaintOutcome => {
    const { complaint, input } = ask;
    checkExplained(ask, input.explained);
    return {
      changes: { validity },
      text: input.reason,
      facts: {
        validity: [complaint.validity, validity],
        ...(input.explained ? { explained: input.explained } : {}),
      },
    };
  };
