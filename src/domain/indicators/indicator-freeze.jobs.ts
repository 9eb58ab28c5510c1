// Closed months freeze 定账: once nothing can change a figure any more it is written down with its rows, and from then on
// read, not counted. What is corrected later does not alter a month that people have been told.
import { type Month, monthOf } from '../../kernel/time.ts';
import type { House } from '../../platform/house.ts';
import { standardInForce } from '../standards/standard.service.ts';
import { isOver, monthAfter, monthsUpTo } from './indicator.rules.ts';
import { countMonth, finalDayOf, type IndicatorSource, linkedSources } from './indicator-month.service.ts';
import { findFrozen, insertFrozen, listFirstMonths } from './indicator-month.store.ts';

/** How far back a house that never froze a month begins: two years of trend. */
const monthsBack = 24;

/** Answers how many figures it froze; each in a transaction of its own, and none twice. */
export async function freezeMonths(house: House): Promise<number> {
  const now = house.time.now();
  const last = monthAfter(monthOf(now), -1);
  const communities = await house.database.everywhere(listFirstMonths);
  const sources = linkedSources();
  let frozen = 0;
  for (const { communityId, firstAt } of communities) {
    const months = monthsUpTo(last, monthsBack).filter((month) => month >= monthOf(firstAt));
    const kept = await house.database.read([communityId], (tx) =>
      findFrozen(
        tx,
        communityId,
        sources.map((source) => source.name),
        months,
      ),
    );
    const isKept = new Set(kept.map((one) => `${one.name} ${one.month}`));
    for (const source of sources)
      for (const month of months)
        if (!isKept.has(`${source.name} ${month}`)) frozen += Number(await freeze(house, communityId, source, month));
  }
  return frozen;
}

const freeze = (house: House, communityId: string, source: IndicatorSource, month: Month): Promise<boolean> =>
  house.database.write([communityId], async (tx) => {
    const now = house.time.now();
    const { document } = await standardInForce(tx, communityId);
    const asked = { communityId, now, document };
    if (!isOver(await finalDayOf(tx, asked, source, month), now)) return false;
    const { rows, figure, ...counted } = await countMonth(tx, asked, source, month);
    const { numerator, denominator } = figure;
    return insertFrozen(tx, communityId, { ...counted, numerator, denominator, frozenAt: now }, rows);
  });
