// The round that carries messages out: every channel by itself, so that one that never answers holds up no other.
import type { House } from '../../platform/house.ts';
import { listDueChannels } from '../notifications/outward.store.ts';
import { listOpenChannels } from './channel.store.ts';
import { carryOut, claimNext } from './delivery.service.ts';

/** Then the others of this round come first. */
const mostAtOnce = 50;

/** Sends what is due outside; answers how many were settled. */
export async function sendDeliveries(house: House): Promise<number> {
  const now = house.time.now();
  const due = await house.database.everywhere(async (tx) => {
    const open = await listOpenChannels(tx, now);
    return open.length === 0 ? [] : listDueChannels(tx, open, now);
  });
  const counts = await Promise.all(due.map((key) => drain(house, key)));
  const settled = counts.reduce((sum, count) => sum + count, 0);
  if (settled > 0) house.committed();
  return settled;
}

async function drain(house: House, key: { communityId: string; channelId: string }): Promise<number> {
  let settled = 0;
  while (settled < mostAtOnce) {
    const attempt = await house.database.write([key.communityId], (tx) => claimNext(tx, key, house.time.now()));
    if (!attempt) break;
    const verdict = await carryOut(house, attempt);
    settled++;
    if (verdict === 'down') break;
  }
  return settled;
}
