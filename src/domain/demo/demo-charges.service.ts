// A year of charges 应收 for the demo: prices raised once on the way, cars that park, a price of one's own, a month let
// off; each month previewed, submitted, approved by another and posted at its own time, by the real services.
import { newId } from '../../kernel/id.ts';
import { type Day, type Month, plusDays, startOfDay } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';
import {
  approveBillingRun,
  createBillingRun,
  postBillingRun,
  submitBillingRun,
} from '../charges/billing-run.service.ts';
import { workOnRun } from '../charges/billing-work.service.ts';
import { insertItem, insertTerm, insertVersion, saveSettings } from '../charges/charge-item.store.ts';
import { issueBook } from '../receipts/receipt-book.service.ts';
import { listParked } from './demo.store.ts';
import { demoFreeReason, demoItems, demoNoticeText, demoTermReason, raisedNote } from './demo-charges.words.ts';
import { WaterMeters } from './demo-meters.service.ts';
import type { Random } from './seeded-random.rules.ts';

/** Two more than a year, so that there are arrears of every age; a smaller demo has the year alone. */
const monthsBilled = 14;
const fewestMonths = 12;
const dueDay = 25;
const untilDoneMs = 3_600_000;

function monthsUntil(today: Day, count: number): Month[] {
  const [year = 0, month = 0] = today.split('-').map(Number);
  return Array.from({ length: count }, (_, place) => {
    const at = year * 12 + month - 1 - (count - 1 - place);
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
  });
}

export async function chargeYear(place: {
  communityId: string;
  code: keyof typeof demoItems;
  today: Day;
  scale: number;
  random: Random;
  callAt: (who: 'finance' | 'manager', at: string) => Call;
  /** A month was billed, the first or a later one of so many: what comes in during it is taken before the next. */
  billed(month: Month, which: number, months: number): Promise<void>;
}): Promise<void> {
  const { communityId, today, callAt } = place;
  const months = monthsUntil(today, Math.max(fewestMonths, Math.round(monthsBilled * place.scale)));
  const [first = today] = months;
  const begun = startOfDay(`${first}-01`);
  const opening = callAt('finance', begun);
  const items = await opening.house.database.write([communityId], (tx) => enterPrices(tx, place, months, begun));
  const waterId = items.get('SF');
  const water = waterId === undefined ? null : new WaterMeters(waterId, (at) => callAt('finance', at), place.random);
  const input = { uploads: [], query: undefined } as const;
  for (const [which, month] of months.entries()) {
    await water?.readFor(month);
    // Billed on the first of the month; this month's on a day that has already come.
    const at = startOfDay(`${month}-01`);
    const finance = callAt('finance', at);
    const run = await createBillingRun(finance, { ...input, params: { communityId }, body: { month } });
    await workOnRun(finance.house, communityId, run.id, untilDoneMs);
    const moved = { ...input, params: { communityId, id: run.id }, body: {} };
    await submitBillingRun(finance, moved);
    await approveBillingRun(callAt('manager', at), moved);
    await postBillingRun(finance, moved);
    await workOnRun(finance.house, communityId, run.id, untilDoneMs);
    await place.billed(month, which, months.length);
  }
}

const numbersOfBook = 500;

/** A full receipt book for each who takes money at the counter, issued by finance this morning. */
export async function issueBooks(call: Call, holderIds: readonly string[]): Promise<void> {
  for (const [place, holderId] of holderIds.entries()) {
    const from = place * numbersOfBook + 1;
    await issueBook(call, { series: 'A', from, to: from + numbersOfBook - 1, holderId, usedAt: 'counter' });
  }
}

async function enterPrices(
  tx: Tx,
  { communityId, code }: { communityId: string; code: keyof typeof demoItems },
  months: readonly Month[],
  at: string,
): Promise<ReadonlyMap<string, string>> {
  const from = `${months[0]}-01`;
  // The price rises in the middle of a month, two thirds on.
  const raisedIn = Math.floor((months.length * 2) / 3);
  await saveSettings(tx, communityId, { developerId: null, noticeText: demoNoticeText, lateFeesFrom: null });
  const ids = new Map<string, string>();
  for (const { rules, note, ...item } of demoItems[code]) {
    const id = newId();
    ids.set(item.code, id);
    await insertItem(tx, communityId, {
      ...item,
      id,
      ...{ months: [], usages: [], appliesTo: 'all', dueDay, retiredOn: null, createdAt: at },
    });
    for (const [place, rule] of rules.entries())
      await insertVersion(tx, communityId, {
        id: newId(),
        itemId: id,
        from: place === 0 ? from : `${months[raisedIn]}-16`,
        rule,
        ...{ rounding: 'fen', payer: 'owner', unsoldPercent: 100, vacantPercent: 70, enteredBy: null, enteredAt: at },
        note: place === 0 ? note : raisedNote,
      });
  }
  const parked = await listParked(tx, communityId);
  const term = (kind: 'vehicle' | 'price' | 'free', unitId: string, item: string, more: object) =>
    insertTerm(tx, communityId, {
      id: newId(),
      kind,
      unitId,
      itemId: ids.get(item) ?? null,
      ...{ from, until: null, rule: null, percent: null, classCode: null, vehicleId: null, reason: '' },
      ...{ enteredBy: null, enteredAt: at },
      ...more,
    });
  for (const { unitId, vehicleId } of parked) await term('vehicle', unitId, 'TC', { classCode: 'car', vehicleId });
  const [sample, leaking] = parked;
  if (sample) await term('price', sample.unitId, 'WY', { percent: 50, reason: demoTermReason });
  const freed = `${months[Math.max(0, raisedIn - 2)]}-11`;
  if (leaking && leaking.unitId !== sample?.unitId)
    await term('free', leaking.unitId, 'WY', {
      from: freed,
      until: plusDays(freed, 29),
      percent: 100,
      reason: demoFreeReason,
    });
  return ids;
}
