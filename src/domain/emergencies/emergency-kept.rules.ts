// How long the record of an emergency 突发事件处理记录表 is kept (MG16): so many years from the day on which it was filed.
import { type Day, dayOf, type Instant, isDay, plusDays } from '../../kernel/time.ts';

/** The last day of its keeping; null until it is filed. Filed on a 29 February it is kept to the day before 1 March. */
export function keptUntilOf(filedAt: Instant | null, years: number): Day | null {
  if (filedAt === null) return null;
  const [year = '', month = '', day = ''] = dayOf(filedAt).split('-');
  const same = `${Number(year) + years}-${month}-${day}`;
  return isDay(same) ? same : plusDays(`${Number(year) + years}-03-01`, -1);
}
