// When money is an alarm 资金报警 (MN6): limits of cash, a hand-in that is due, a book that runs out, a receipt outside every
// issued range. The figures are the standard's.
import { atWallTime, type Day, type Instant } from '../../kernel/time.ts';
import type { MoneyAlarmKind } from '../standards/standard.contract.ts';

export type AlarmFigures = {
  /** Cash in one drawer, and on its way from doors; above them is an alarm. */
  cashLimits: { drawerFen: number; carriedFen: number };
  /** Wall time of the day by which its takings are handed over. */
  handInBy: string;
  /** Blank receipts left in all books of one use, at or below which they run out. */
  bookRunningOut: number;
};

export type MoneyFacts = {
  drawers: readonly { cashierId: string; cashFen: number }[];
  /** Days with takings that nobody signed for. */
  notHandedOver: readonly { cashierId: string; day: Day; fen: number }[];
  carried: readonly { id: string; collectorId: string; cashFen: number; dueAt: Instant }[];
  /** Of each holder and use, over all books in hand. */
  blanks: readonly { holderId: string; usedAt: string; lastBookId: string; left: number }[];
  withoutReceipt: readonly { id: string; cashierId: string; amountFen: number }[];
  surprises: readonly { id: string; cashierId: string; differenceFen: number }[];
};

export type RaisedAlarm = {
  kind: MoneyAlarmKind;
  /** One thing is one alarm. */
  subject: string;
  aboutId: string | null;
  facts: Record<string, string | number | null>;
};

/** Everything that is an alarm at this moment. */
export function alarmsOf(facts: MoneyFacts, figures: AlarmFigures, now: Instant, today: Day): RaisedAlarm[] {
  const { drawerFen, carriedFen } = figures.cashLimits;
  return [
    ...facts.drawers
      .filter(({ cashFen }) => cashFen > drawerFen)
      .map(
        ({ cashierId, cashFen }): RaisedAlarm => ({
          kind: 'cash-above-limit',
          subject: `${cashierId} ${today}`,
          aboutId: cashierId,
          facts: { cashFen, limitFen: drawerFen },
        }),
      ),
    ...facts.notHandedOver
      .filter(({ day }) => now > atWallTime(day, figures.handInBy))
      .map(
        ({ cashierId, day, fen }): RaisedAlarm => ({
          kind: 'not-handed-in',
          subject: `${cashierId} ${day}`,
          aboutId: cashierId,
          facts: { day, fen, by: figures.handInBy },
        }),
      ),
    ...facts.carried
      .filter(({ cashFen }) => cashFen > carriedFen)
      .map(
        ({ id, collectorId, cashFen }): RaisedAlarm => ({
          kind: 'carried-above-limit',
          subject: id,
          aboutId: collectorId,
          facts: { cashFen, limitFen: carriedFen },
        }),
      ),
    ...facts.carried
      .filter(({ dueAt }) => now > dueAt)
      .map(
        ({ id, collectorId, cashFen, dueAt }): RaisedAlarm => ({
          kind: 'carried-late',
          subject: id,
          aboutId: collectorId,
          facts: { cashFen, dueAt },
        }),
      ),
    ...facts.blanks
      .filter(({ left }) => left <= figures.bookRunningOut)
      .map(
        ({ holderId, usedAt, lastBookId, left }): RaisedAlarm => ({
          kind: 'book-running-out',
          subject: lastBookId,
          aboutId: holderId,
          facts: { left, usedAt },
        }),
      ),
    ...facts.withoutReceipt.map(
      ({ id, cashierId, amountFen }): RaisedAlarm => ({
        kind: 'amount-without-receipt',
        subject: id,
        aboutId: cashierId,
        facts: { amountFen },
      }),
    ),
    ...facts.surprises.map(
      ({ id, cashierId, differenceFen }): RaisedAlarm => ({
        kind: 'surprise-difference',
        subject: id,
        aboutId: cashierId,
        facts: { differenceFen },
      }),
    ),
  ];
}
