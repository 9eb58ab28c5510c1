// Who is short of household visits 上门拜访 is told while the month can still be met (FU7): each person once a step, and
// the supervisor how many they are.
import { dayOf, monthOf } from '../../kernel/time.ts';
import type { House } from '../../platform/house.ts';
import { listPostHolders } from '../access/account.service.ts';
import { spanOf } from '../indicators/indicator.rules.ts';
import { notify } from '../notifications/notification.service.ts';
import { standardInForce } from '../standards/standard.service.ts';
import { dutiesOf, warningStep } from './visit.rules.ts';
import { listCommunityIds, listMonthFacts, listWarned } from './visit.store.ts';

/** Answers how many were told. */
export async function warnOfVisits(house: House): Promise<number> {
  const now = house.time.now();
  const month = monthOf(now);
  let told = 0;
  for (const communityId of await house.database.everywhere(listCommunityIds))
    told += await house.database.write([communityId], async (tx) => {
      const { followUp } = (await standardInForce(tx, communityId)).document;
      const step = warningStep(dayOf(now), followUp.visitWarning.value.daysBeforeMonthEnd);
      if (step === null) return 0;
      const { held, ahead } = await listMonthFacts(tx, communityId, spanOf(month));
      const holders = await listPostHolders(tx, communityId);
      const short = dutiesOf(month, followUp.householdVisits.value, holders, held, ahead).filter(
        (one) => one.missing > 0,
      );
      const warned = await listWarned(tx, communityId, month, step);
      const fresh = short.filter((one) => !warned.has(one.person.id));
      const common = { communityId, channel: 'bell', now } as const;
      for (const { person, missing } of fresh)
        await notify(tx, {
          ...common,
          kind: 'visits-short',
          facts: { month, step, missing },
          to: [{ staffId: person.id }],
          thing: `visits-short:${month}:${step}`,
        });
      if (fresh.length > 0 && warned.size === 0)
        await notify(tx, {
          ...common,
          kind: 'visits-short-team',
          facts: { month, step, people: fresh.length },
          to: [{ role: 'cs_supervisor' }],
          thing: `visits-short-team:${month}:${step}`,
        });
      return fresh.length;
    });
  if (told > 0) house.committed();
  return told;
}
