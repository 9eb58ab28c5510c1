// Who may decide a step of an approval 审批, and what a decision comes to (spec/10, the others and small centres):
// never the asker, never the same person twice, stand-ins by roster, the next superior where nobody else holds the post.
import { allowsFrom } from '../../kernel/moves.ts';
import { BadInput, badField, Refusal, staleVersion } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Role } from '../access/role.contract.ts';
import type { Posting } from '../clocks/ladder.rules.ts';
import type { ApprovalMove, ApprovalState, PersonalMove } from './approval.contract.ts';
import { approvalMoveTable } from './approval.moves.ts';

export type Decider = { staffId: string; via: 'self' | 'stand-in' | 'next-up'; forId: string | null };
export type Duty = { role: Role; deciders: Decider[] };
type Line = Partial<Record<Role, Role>>;

/**
 * Whose the open step is. The post is the step's own or, where nobody else holds that, the next superior's: the duty is
 * never waived (spec/10). Of its holders each may decide, the absent too if they are at hand; while one is away the
 * stand-in may as well. Where nobody of the post is there, the one above may besides (spec/11 Ladders).
 */
export function dutyOf(role: Role, line: Line, staffing: readonly Posting[], barred: readonly string[]): Duty {
  const posts = upward(role, line);
  const held = posts.findIndex((post) => eligible(post, staffing, barred).length > 0);
  if (held < 0) return { role, deciders: [] };
  const deciders = new Map<string, Decider>();
  for (const [index, post] of posts.slice(held).entries()) {
    const found = decidersIn(post, staffing, barred, index > 0);
    for (const one of found) if (!deciders.has(one.staffId)) deciders.set(one.staffId, one);
    if (found.some((one) => !isAway(one.staffId, staffing))) break;
  }
  return { role: posts[held] as Role, deciders: [...deciders.values()] };
}

/** The post and those above it, each once. */
function upward(role: Role, line: Line): Role[] {
  const posts: Role[] = [];
  for (let post: Role | undefined = role; post !== undefined && !posts.includes(post); post = line[post])
    posts.push(post);
  return posts;
}

const eligible = (post: Role, staffing: readonly Posting[], barred: readonly string[]): Posting[] =>
  staffing.filter((one) => one.role === post && !barred.includes(one.staffId));
const isAway = (staffId: string, staffing: readonly Posting[]): boolean =>
  staffing.some((one) => one.staffId === staffId && one.absent);

function decidersIn(post: Role, staffing: readonly Posting[], barred: readonly string[], isAbove: boolean): Decider[] {
  return eligible(post, staffing, barred).flatMap((one): Decider[] => {
    const own: Decider = { staffId: one.staffId, via: isAbove ? 'next-up' : 'self', forId: null };
    const standIn = one.absent ? one.standInId : null;
    if (standIn === null || barred.includes(standIn) || isAway(standIn, staffing)) return [own];
    return [own, { staffId: standIn, via: 'stand-in', forId: one.staffId }];
  });
}

export type ApprovalFacts = {
  state: ApprovalState;
  version: number;
  askedBy: string;
  /** Who wrote what is asked for: as little their own judges as the asker. */
  barredIds: readonly string[];
  chain: readonly Role[];
  /** The open step, from 1. */
  step: number;
  expiresAt: Instant;
  /** The yeses that stand, by step; a return takes back those from its step on. */
  yeses: readonly { step: number; byId: string }[];
};

/** Nobody of these decides the open step: the asker, the writers, and whoever said yes to an earlier step. */
export const barredFrom = (approval: Pick<ApprovalFacts, 'askedBy' | 'barredIds' | 'yeses'>): string[] => [
  approval.askedBy,
  ...approval.barredIds,
  ...approval.yeses.map((yes) => yes.byId),
];

export type DecideAsk = { actorId: string; now: Instant; deciders: readonly Decider[] };

/** Why this person can't make this move now; null: they can. Not one's own comes before the state, as everywhere. */
export function moveBlocker(name: PersonalMove, approval: ApprovalFacts, ask: DecideAsk): Refusal | null {
  const { actorId } = ask;
  const isAsker = approval.askedBy === actorId || approval.barredIds.includes(actorId);
  const saidYes = approval.yeses.some((yes) => yes.byId === actorId);
  const isDecider = ask.deciders.some((one) => one.staffId === actorId);
  const isTheirs = name === 'withdraw' ? approval.askedBy === actorId : isDecider || isAsker || saidYes;
  if (!isTheirs && approval.state === 'pending')
    return new Refusal('approval.not_your_step', { step: approval.step }, 403);
  if (!allowsFrom(approvalMoveTable[name], approval.state))
    return new Refusal('approval.move_not_allowed', { state: approval.state, move: name });
  if (ask.now >= approval.expiresAt) return new Refusal('approval.lapsed', { expiresAt: approval.expiresAt });
  if (name === 'withdraw') return null;
  if (isAsker) return new Refusal('approval.own_request');
  if (saidYes) return new Refusal('approval.same_person');
  return null;
}

export type Decision = {
  state: ApprovalState;
  /** The step that opens, anew or next; null: it has ended. */
  opens: number | null;
  by: Decider | null;
  yeses: { step: number; byId: string }[];
};

/** What a move comes to; refuses what it may not, names the field that is wrong. */
export function decideMove(
  name: PersonalMove,
  approval: ApprovalFacts,
  ask: DecideAsk & { version: number | undefined; remark?: string | undefined; toStep?: number | undefined },
): Decision {
  const refusal = moveBlocker(name, approval, ask);
  if (refusal?.status === 403) throw refusal;
  if (ask.version === undefined) throw new BadInput([{ path: 'version', code: 'required' }]);
  if (ask.version !== approval.version) throw staleVersion(approval.version);
  if (refusal) throw refusal;
  if ((name === 'reject' || name === 'return') && !ask.remark?.trim()) throw badField('remark', 'required');
  const by = ask.deciders.find((one) => one.staffId === ask.actorId) ?? null;
  const { step, chain } = approval;
  if (name === 'approve') {
    const yeses = [...approval.yeses, { step, byId: ask.actorId }];
    return step < chain.length
      ? { state: 'pending', opens: step + 1, by, yeses }
      : { state: 'approved', opens: null, by, yeses };
  }
  if (name === 'return') {
    const to = ask.toStep ?? 0;
    if (to >= step || to < 0) throw badField('toStep', 'not_an_earlier_step', { step });
    const yeses = approval.yeses.filter((yes) => yes.step < to);
    return to === 0 ? { state: 'returned', opens: null, by, yeses } : { state: 'pending', opens: to, by, yeses };
  }
  return { state: approvalMoveTable[name].to as ApprovalState, opens: null, by, yeses: [...approval.yeses] };
}

/** The program ends what nobody decided in its term. */
export const isLapsed = (approval: Pick<ApprovalFacts, 'state' | 'expiresAt'>, now: Instant): boolean =>
  allowsFrom(approvalMoveTable.lapse, approval.state) && now >= approval.expiresAt;

const offered: readonly PersonalMove[] = ['approve', 'return', 'reject', 'withdraw'];

/** The moves of this person: those of the decider, or the asker's own; a refused one with its reason. */
export function allowedMoves(
  approval: ApprovalFacts,
  ask: DecideAsk,
): { name: PersonalMove; allowed: boolean; reason?: string }[] {
  if (
    !(['approve', 'withdraw'] satisfies ApprovalMove[]).some((name) =>
      allowsFrom(approvalMoveTable[name], approval.state),
    )
  )
    return [];
  return offered.flatMap((name): { name: PersonalMove; allowed: boolean; reason?: string }[] => {
    const refusal = moveBlocker(name, approval, ask);
    if (refusal === null) return [{ name, allowed: true }];
    // What is somebody else's is no button; one's own request says why it has none.
    return refusal.status === 403 || name !== 'approve' ? [] : [{ name, allowed: false, reason: refusal.code }];
  });
}

/** The yeses that stand after these events. */
export function standingYeses(
  events: readonly { action: string; step: number; byId: string | null; toStep: number | null }[],
): { step: number; byId: string }[] {
  let yeses: { step: number; byId: string }[] = [];
  for (const one of events) {
    if (one.action === 'approve' && one.byId !== null) yeses.push({ step: one.step, byId: one.byId });
    if (one.action === 'return') yeses = yeses.filter((yes) => yes.step < (one.toStep ?? 0));
  }
  return yeses;
}
