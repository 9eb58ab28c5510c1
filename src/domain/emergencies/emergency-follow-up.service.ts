// An emergency and the follow-ups above it (FU1): a place in the month's sample when it is over, making one, voiding it.
import { monthOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';
import { type FollowUpDraw, followUps } from '../cases/case-follow-up.service.ts';
import type { HandRule } from '../cases/case-hands.rules.ts';
import type { Policy } from '../standards/standard.service.ts';
import type { EmergencyFacts } from './emergency-facts.rules.ts';
import { followUpSubjectOf } from './emergency-level.rules.ts';

/** Whoever took a measure or ended it, who was sent there, who led on the spot. Recording and sending are no handling. */
export const emergencyHands: HandRule = {
  begins: [],
  ends: [],
  apart: [],
  always: ['measure', 'resolve'],
  gives: ['deploy', 'take-over'],
};

export const drawFollowUp = (
  tx: Tx,
  call: Call,
  policy: Policy,
  { severity, resolvedAt }: Pick<EmergencyFacts, 'severity' | 'resolvedAt'>,
): Promise<FollowUpDraw> =>
  followUps().draw(tx, call, {
    what: followUpSubjectOf(severity),
    month: monthOf(resolvedAt ?? call.now),
    document: policy.version.document,
  });

/** From the end of the work, not from the filing (spec/09 B3). */
export const makeFollowUp = (
  tx: Tx,
  call: Call,
  { id, severity, resolvedAt }: Pick<EmergencyFacts, 'id' | 'severity' | 'resolvedAt'>,
  draw: FollowUpDraw,
): Promise<void> => {
  const at = resolvedAt ?? call.now;
  return followUps().make(tx, call, { caseId: id, what: followUpSubjectOf(severity), at, finishedAt: at, draw });
};

export const voidFollowUp = (tx: Tx, call: Call, id: string, reason: string): Promise<void> =>
  followUps().void(tx, call, { caseId: id, at: call.now, reason });
