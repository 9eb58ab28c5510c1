// A year at the counter for the demo: households pay at their own rhythm, each day is counted, handed over and sealed; one day is
// short, one payment was wrong, deposits are held, a waiver is granted. All by the real services, each at its own time.
import { atWallTime, type Day, type Instant, type Month, plusMinutes } from '../../kernel/time.ts';
import type { Call } from '../access/call.ts';
import { moveApproval } from '../approvals/approval.service.ts';
import { openChargesOf } from '../charges/charge-posting.service.ts';
import { countDay, handOver, readSheet, sealDay } from '../daily-closes/daily-close.service.ts';
import { sumBalances } from '../ledger/ledger.store.ts';
import { deductDeposit, takeDeposit } from '../payments/deposit.service.ts';
import { takePayment } from '../payments/payment.service.ts';
import { readPayment } from '../payments/payment-read.service.ts';
import { reversePayment } from '../payments/payment-reversal.service.ts';
import { askWaiver, readWaivers } from '../payments/waiver.service.ts';
import { issueBook, moveBook, readBooks } from '../receipts/receipt-book.service.ts';
import { sumMonth } from './demo.store.ts';
import { amountOf, comesIn, counterDays, type Habit, habitOf, inFaces } from './demo-payments.rules.ts';
import { demoPaymentWords as words } from './demo-payments.words.ts';
import type { Random } from './seeded-random.rules.ts';

/** Past books: what is in hand today begins a series of its own. */
const pastSeries = 'L';
const firstMinute = 40;
const minutesOpen = 440;
const shortFen = 500;
const depositFen = 200_000;
const deductedFen = 30_000;

export type Counter = {
  communityId: string;
  today: Day;
  unitIds: readonly string[];
  cashiers: readonly string[];
  posts: { finance: string; manager: string; leader: string };
  drawings: readonly string[];
  random: Random;
  callOf(username: string, at: Instant): Call;
  /** A paper of theirs: a scanned approval, a photo. */
  paper(call: Call): Promise<string>;
};
type Payer = { unitId: string; habit: Habit; owedFen: number; amountFen: number; day: Day };

export class CounterYear {
  private readonly habits: ReadonlyMap<string, Habit>;
  private nextNumber = 1;
  private drawn = 0;

  constructor(
    private readonly counter: Counter,
    private readonly months: number,
  ) {
    this.habits = new Map(counter.unitIds.map((unitId) => [unitId, habitOf(counter.random)]));
  }

  /** What came in during a month that was billed; `place`: which of all the months. */
  async takeMonth(month: Month, place: number): Promise<void> {
    const { cashiers, today } = this.counter;
    const days = counterDays(month, today);
    if (days.length === 0) return;
    const payers = await this.payersOf(month, place, days);
    for (const [index, username] of cashiers.entries()) {
      const own = payers.filter((_, of) => of % cashiers.length === index);
      const isOdd = index === 0 && place === this.months - 2;
      const held = isOdd ? own.slice(0, 2).map(({ unitId }) => unitId) : [];
      await this.giveBook(username, own.length + held.length, days[0] as Day);
      for (const [which, day] of days.entries()) {
        const ofDay = own.filter((payer) => payer.day === day);
        const ids = await this.takeDay(username, day, ofDay);
        if (isOdd && which === 0) await this.holdDeposits(username, day, held);
        if (isOdd && which === days.length - 1 && ids.length > 1) await this.undo(ids[0] as string, day);
        await this.close(username, day, isOdd && which === 0);
      }
      if (isOdd) await this.waive(days.at(-1) as Day);
    }
  }

  private async payersOf(month: Month, place: number, days: readonly Day[]): Promise<Payer[]> {
    const { communityId, random } = this.counter;
    const coming = [...this.habits].filter(([, habit]) => comesIn(habit, place, this.months));
    const ids = coming.map(([unitId]) => unitId);
    const { house } = this.callAt(this.counter.posts.finance, days[0] as Day, '08:00');
    const [owed, charged] = await house.database.read([communityId], async (tx) => [
      await sumBalances(tx, communityId, ids),
      await sumMonth(tx, communityId, month),
    ]);
    return coming.flatMap(([unitId, habit]) => {
      const owedFen = owed.get(unitId) ?? 0;
      const amountFen = amountOf(habit, owedFen, charged.get(unitId) ?? 0);
      return amountFen === 0 ? [] : [{ unitId, habit, owedFen, amountFen, day: random.pick(days) }];
    });
  }

  /** 收旧发新: the used book comes back, a new one with just what the month needs is given out. */
  private async giveBook(username: string, numbers: number, day: Day): Promise<void> {
    const at = atWallTime(day, '08:10');
    await this.takeBack(username, at);
    if (numbers === 0) return;
    const from = this.nextNumber;
    this.nextNumber += numbers;
    const holderId = this.counter.callOf(username, at).actor.accountId;
    const finance = this.counter.callOf(this.counter.posts.finance, at);
    await issueBook(finance, { series: pastSeries, from, to: from + numbers - 1, holderId, usedAt: 'counter' });
  }

  /** The used books of a cashier go back to finance. */
  async takeBack(username: string, at: Instant): Promise<void> {
    const finance = this.counter.callOf(this.counter.posts.finance, at);
    const holderId = this.counter.callOf(username, at).actor.accountId;
    const { items } = await readBooks(finance, { holderId, state: 'used-up', limit: 50 });
    for (const book of items) await moveBook(finance, book.id, 'take-back', { version: book.version });
  }

  private async takeDay(username: string, day: Day, payers: readonly Payer[]): Promise<string[]> {
    const ids: string[] = [];
    for (const [place, { unitId, habit, owedFen, amountFen }] of payers.entries()) {
      const minute = firstMinute + Math.floor((place * minutesOpen) / payers.length);
      const call = this.counter.callOf(username, plusMinutes(atWallTime(day, '08:00'), minute));
      ids.push(
        await takePayment(call, {
          ...{ unitId, amountFen, method: habit.method, expectedBalanceFen: owedFen, takenAt: 'counter', note: '' },
          ...(habit.method === 'cash' ? { tenderedFen: Math.ceil(amountFen / 10_000) * 10_000 } : {}),
        }),
      );
    }
    return ids;
  }

  /** Counted by the cashier, handed over against a slip, sealed. */
  private async close(username: string, day: Day, isShort: boolean): Promise<void> {
    const sheet = await readSheet(this.callAt(username, day, '16:50'), { day });
    if (sheet.books.length === 0) return;
    const cashFen = sheet.books.find(({ method }) => method === 'cash')?.fen ?? 0;
    const lackingFen = isShort && cashFen > shortFen ? shortFen : 0;
    const id = await countDay(this.callAt(username, day, '16:52'), {
      day,
      cash: inFaces(cashFen - lackingFen, sheet.faces),
      slips: sheet.books
        .filter(({ method }) => method !== 'cash')
        .map(({ method, fen }) => ({ method, amountFen: fen, pieces: 1 })),
      differences: lackingFen > 0 ? [{ method: 'cash', reason: words.short }] : [],
      blankReceipts: sheet.blankReceipts.map(({ bookId, next, to }) => ({ bookId, next, to })),
      signature: this.signature(),
    });
    const { finance } = this.counter.posts;
    const slip = { kind: 'deposit-slip' as const, number: `${day.replaceAll('-', '')}${this.drawn}` };
    await handOver(this.callAt(finance, day, '16:56'), id, { slip, signature: this.signature() });
    await sealDay(this.callAt(finance, day, '16:58'), id, {});
  }

  /** Two renovation deposits: of one something was taken off for a damaged wall. */
  private async holdDeposits(username: string, day: Day, unitIds: readonly string[]): Promise<void> {
    for (const [place, unitId] of unitIds.entries()) {
      const cashier = this.callAt(username, day, '16:30');
      const amount = { method: 'card' as const, amountFen: depositFen };
      const id = await takeDeposit(cashier, { unitId, kind: 'renovation-deposit', ...amount, note: words.deposit });
      if (place > 0) continue;
      const finance = this.callAt(this.counter.posts.finance, day, '16:40');
      const photoIds = [await this.counter.paper(finance)];
      await deductDeposit(finance, id, { amountFen: deductedFen, reason: words.deduction, photoIds });
    }
  }

  /** Entered at the wrong household: asked for by finance, approved by the manager, done by finance. */
  private async undo(paymentId: string, day: Day): Promise<void> {
    const { finance, manager } = this.counter.posts;
    const asked = this.callAt(finance, day, '16:42');
    await reversePayment(asked, paymentId, { reason: words.wrong });
    const approvalId = (await readPayment(asked, paymentId)).reversal?.approvalId ?? '';
    await moveApproval(this.callAt(manager, day, '16:44'), approvalId, 'approve', { version: 1, remark: words.agreed });
    await reversePayment(this.callAt(finance, day, '16:46'), paymentId, { reason: words.wrong, approvalId });
  }

  private async waive(day: Day): Promise<void> {
    const { communityId, posts } = this.counter;
    const asked = this.callAt(posts.finance, day, '17:05');
    const owing = [...this.habits].find(([, habit]) => habit.stopped > this.months)?.[0];
    if (owing === undefined) return;
    const open = await asked.house.database.read([communityId], (tx) => openChargesOf(tx, communityId, [owing]));
    const charge = open[0];
    if (!charge) return;
    const attachmentIds = [await this.counter.paper(asked)];
    const waiver = { chargeId: charge.id, amountFen: charge.openFen, reason: words.waiver, attachmentIds };
    const id = await askWaiver(asked, waiver);
    const { items } = await readWaivers(asked, { unitId: owing, limit: 50 });
    const approvalId = items.find((one) => one.id === id)?.approvalId ?? '';
    await moveApproval(this.callAt(posts.leader, day, '17:30'), approvalId, 'approve', {
      version: 1,
      remark: words.agreed,
    });
  }

  private callAt(username: string, day: Day, time: string): Call {
    return this.counter.callOf(username, atWallTime(day, time));
  }

  private signature(): string {
    return this.counter.drawings[this.drawn++ % this.counter.drawings.length] as string;
  }
}
