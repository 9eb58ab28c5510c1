// The daily close 日结 (MN8): which close a taking falls into, the count against the books, who signs, and the chain of seals.
import { canonical } from '../../kernel/canonical.ts';
import { sumFen } from '../../kernel/money.ts';
import { allowsBy, allowsFrom, type Moves } from '../../kernel/moves.ts';
import { BadInput, type FieldFault, forbidden, Refusal } from '../../kernel/refusal.ts';
import { closeDifferenceEntry, handOverEntry } from '../ledger/entry.rules.ts';
import { type Entry, type Method, methods } from '../ledger/ledger.contract.ts';
import type { Count, DailyCloseMove, DailyCloseState, SealedClose } from './daily-close.contract.ts';

/** `receiver` signs for the money at finance, `sealer` closes the book: neither is the cashier who counted. */
export const dailyCloseMoveTable: Moves<DailyCloseMove, DailyCloseState, 'cashier' | 'receiver' | 'sealer'> = {
  count: { from: ['open', 'counted'], to: 'counted', by: ['cashier'] },
  'hand-over': { from: ['counted'], to: 'handed-over', by: ['receiver'] },
  seal: { from: ['handed-over'], to: 'sealed', by: ['sealer'] },
};

export type CloseFacts = {
  state: DailyCloseState;
  cashierId: string;
  /** An earlier day of the same cashier that is not sealed: days are closed in their order. */
  hasEarlierOpen: boolean;
};
export type CloseActor = { id: string; roles: readonly string[] };

function hatsOf(close: CloseFacts, { id, roles }: CloseActor): ('cashier' | 'receiver' | 'sealer')[] {
  return [
    ...(id === close.cashierId ? (['cashier'] as const) : []),
    ...(roles.includes('finance') ? (['receiver', 'sealer'] as const) : []),
    ...(roles.includes('manager') ? (['sealer'] as const) : []),
  ];
}

/** Why the close may not be moved so; null: it may. Where one person is both, the duty goes to the next superior. */
export function closeBlocker(name: DailyCloseMove, close: CloseFacts, actor: CloseActor): Refusal | null {
  if (!allowsBy(dailyCloseMoveTable[name], hatsOf(close, actor))) return forbidden(`daily-close.${name}`);
  if (!allowsFrom(dailyCloseMoveTable[name], close.state))
    return new Refusal('daily-close.move_not_allowed', { state: close.state, move: name });
  if (name !== 'count' && actor.id === close.cashierId) return new Refusal('daily-close.same_person');
  if (name === 'count' && close.hasEarlierOpen) return new Refusal('daily-close.earlier_open');
  return null;
}

export function decideCloseMove(name: DailyCloseMove, close: CloseFacts, actor: CloseActor): DailyCloseState {
  const refusal = closeBlocker(name, close, actor);
  if (refusal) throw refusal;
  return dailyCloseMoveTable[name].to as DailyCloseState;
}

export type CountedLine = {
  method: Method;
  bookFen: number;
  countedFen: number;
  differenceFen: number;
  reason: string | null;
};

/** `faces`: the notes and coins that are in use, in fen, from the standard. `books`: what the drawer should hold. */
export function judgeCount(
  count: Count,
  books: Readonly<Partial<Record<Method, number>>>,
  faces: readonly number[],
): CountedLine[] {
  const faults: FieldFault[] = [];
  const seen = new Set<number>();
  count.cash.forEach(({ faceFen }, index) => {
    if (!faces.includes(faceFen)) faults.push({ path: `cash.${index}.faceFen`, code: 'unknown_face' });
    else if (seen.has(faceFen)) faults.push({ path: `cash.${index}.faceFen`, code: 'face_twice' });
    seen.add(faceFen);
  });
  const slipped = new Set<Method>();
  count.slips.forEach(({ method }, index) => {
    if (method === 'cash') faults.push({ path: `slips.${index}.method`, code: 'cash_by_pieces' });
    else if (slipped.has(method)) faults.push({ path: `slips.${index}.method`, code: 'method_twice' });
    slipped.add(method);
  });
  const countedFen = (method: Method): number =>
    method === 'cash'
      ? sumFen(count.cash.map(({ faceFen, pieces }) => faceFen * pieces))
      : sumFen(count.slips.filter((slip) => slip.method === method).map((slip) => slip.amountFen));
  const lines = methods
    .map((method): CountedLine => {
      const [bookFen, counted] = [books[method] ?? 0, countedFen(method)];
      const reason = count.differences.find((one) => one.method === method)?.reason ?? null;
      return { method, bookFen, countedFen: counted, differenceFen: counted - bookFen, reason };
    })
    .filter((line) => line.bookFen !== 0 || line.countedFen !== 0);
  for (const line of lines)
    if (line.differenceFen !== 0 && line.reason === null)
      faults.push({
        path: `differences.${line.method}`,
        code: 'difference_reason',
        facts: { differenceFen: line.differenceFen },
      });
  if (faults.length > 0) throw new BadInput(faults);
  return lines;
}

/** The entries of a hand-over: each difference as its own entry first, then what was counted leaves the drawer. */
export function handOverEntries(cashierId: string, lines: readonly CountedLine[]): Entry[] {
  const differences = lines.flatMap(
    ({ method, differenceFen }) => closeDifferenceEntry(cashierId, method, differenceFen) ?? [],
  );
  const handed = handOverEntry(
    cashierId,
    lines.map(({ method, countedFen }) => ({ method, fen: countedFen })),
  );
  return handed ? [...differences, handed] : differences;
}

export type Hash = (text: string) => string;
export const firstSeal = '0'.repeat(64);

/** sha256(seal before ‖ canonical text of the close): whoever changes a close afterwards breaks every seal behind it. */
export const sealOf = (before: string, close: SealedClose, sha256: Hash): string => sha256(before + canonical(close));

/** The place of the first close whose seal does not follow from the one before; null: the chain is whole. */
export function brokenSeal(chain: readonly { close: SealedClose; seal: string }[], sha256: Hash): number | null {
  let before = firstSeal;
  for (const [place, { close, seal }] of chain.entries()) {
    if (sealOf(before, close, sha256) !== seal) return place;
    before = seal;
  }
  return null;
}
