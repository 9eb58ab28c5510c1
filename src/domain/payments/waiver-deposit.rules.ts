// When a charge may be waived 减免 (MN11) and when a deposit 押金 is kept in part or given back (MN10); the entries are the
// ledger's.
import { BadInput, type FieldFault, Refusal } from '../../kernel/refusal.ts';
import {
  type ChargeRef,
  type DepositRef,
  depositDeductEntry,
  depositRefundEntry,
  type Standing,
  waiverEntry,
} from '../ledger/entry.rules.ts';
import type { Entry, Method } from '../ledger/ledger.contract.ts';

export type WaiverApproval = {
  byId: string;
  /** The post in which it was approved: the developer's responsible leader is an appointment, not a role. */
  byPost: string;
  /** The written approval, scanned. */
  attachmentIds: readonly string[];
};
export type WaiverDecision = { entry: Entry; copyTo: 'head-office-finance' };

/** MN11: only with the written approval of a post that the standard names; head-office finance gets a copy. */
export function decideWaiver(
  ask: { charge: ChargeRef; amountFen: number; reason: string; askedById: string },
  approval: WaiverApproval | null,
  approvedBy: readonly string[],
  standing: Standing,
): WaiverDecision {
  if (ask.reason.trim() === '') throw new BadInput([{ path: 'reason', code: 'required' }]);
  if (approval === null) throw new Refusal('waiver.approval_missing');
  if (!approvedBy.includes(approval.byPost)) throw new Refusal('waiver.wrong_approver', { post: approval.byPost });
  if (approval.byId === ask.askedById) throw new Refusal('waiver.own_request');
  if (approval.attachmentIds.length === 0) throw new Refusal('waiver.paper_missing');
  return { entry: waiverEntry(ask.charge, ask.amountFen, standing), copyTo: 'head-office-finance' };
}

export type Deduction = {
  deposit: DepositRef;
  amountFen: number;
  reason: string;
  photoIds: readonly string[];
  settles: ChargeRef | null;
};

/** MN10: kept only with a reason and photos. */
export function decideDeduction(ask: Deduction, standing: Standing): Entry {
  const faults: FieldFault[] = [];
  if (ask.reason.trim() === '') faults.push({ path: 'reason', code: 'required' });
  if (ask.photoIds.length === 0) faults.push({ path: 'photoIds', code: 'photos_required' });
  if (faults.length > 0) throw new BadInput(faults);
  return depositDeductEntry(ask.deposit, ask.amountFen, ask.settles, standing);
}

export type DepositRefundFacts = {
  /** Who paid it: it goes back to nobody else. */
  payerId: string;
  /** What is not met yet, by its code: `renovation-not-accepted`, `cards-not-returned`, `charges-open`. */
  obligationsOpen: readonly string[];
};

export function decideDepositRefund(
  ask: { deposit: DepositRef; amountFen: number; payeeId: string; method: Method; cashierId: string },
  { payerId, obligationsOpen }: DepositRefundFacts,
  standing: Standing,
): Entry {
  if (ask.payeeId !== payerId) throw new Refusal('deposit.not_payer');
  if (obligationsOpen.length > 0) throw new Refusal('deposit.obligations_open', { obligations: [...obligationsOpen] });
  return depositRefundEntry(ask.deposit, ask.amountFen, { method: ask.method, cashierId: ask.cashierId }, standing);
}
