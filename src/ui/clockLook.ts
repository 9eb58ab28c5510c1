// How a clock 时限 looks at a moment: running, soon, late, paused, met, missed or void, and how much of it is used.
import type { Instant } from '../kernel/time.ts';

export type ClockFacts = {
  state: 'running' | 'paused' | 'met' | 'missed' | 'void';
  startedAt: Instant;
  /** null: the due time is not set yet. */
  dueAt: Instant | null;
  stoppedAt?: Instant | null;
  spentMinutes?: number | null;
  overMinutes?: number | null;
};
export type ClockLook = 'running' | 'soon' | 'late' | 'paused' | 'met' | 'missed' | 'void';

/** The share of the time after which a running clock looks like "soon". */
const soonShare = 0.75;
/** A promise of days looks like "soon" in its last two hours at the earliest, not for days on end. */
const soonAtMostMs = 2 * 3_600_000;

export type Look = {
  look: ClockLook;
  /** 0–1, for the bar. */
  used: number;
  /** Left while running or soon; over while late or missed; taken when met; null where no number fits. */
  ms: number | null;
};

export function clockLook(facts: ClockFacts, nowMs: number): Look {
  const start = Date.parse(facts.startedAt);
  const due = facts.dueAt === null ? null : Date.parse(facts.dueAt);
  const used = due === null ? 0 : Math.min(1, Math.max(0, (nowMs - start) / Math.max(1, due - start)));
  if (facts.state === 'void') return { look: 'void', used: 0, ms: null };
  if (facts.state === 'met') {
    const spent = facts.stoppedAt ? Date.parse(facts.stoppedAt) - start : (facts.spentMinutes ?? null);
    return { look: 'met', used: 1, ms: facts.stoppedAt ? spent : spent === null ? null : spent * 60_000 };
  }
  if (facts.state === 'missed') {
    if (facts.stoppedAt && due !== null) return { look: 'missed', used: 1, ms: Date.parse(facts.stoppedAt) - due };
    const over = facts.overMinutes ?? null;
    return { look: 'missed', used: 1, ms: over === null ? null : over * 60_000 };
  }
  if (facts.state === 'paused') return { look: 'paused', used, ms: null };
  if (due === null) return { look: 'running', used: 0, ms: null };
  if (due < nowMs) return { look: 'late', used: 1, ms: nowMs - due };
  const left = due - nowMs;
  return { look: used >= soonShare && left <= soonAtMostMs ? 'soon' : 'running', used, ms: left };
}
