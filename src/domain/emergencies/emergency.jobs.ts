// The alarm of each minute: an emergency that whoever decides has not taken over yet (spec/12 Told to).
import type { House } from '../../platform/house.ts';
import { repeatDue } from './emergency-notice.service.ts';

const batchEmergencies = 200;

export async function repeatUntilCommanded(house: House): Promise<number> {
  const told = await house.database.everywhere((tx) => repeatDue(tx, house.time.now(), batchEmergencies));
  if (told > 0) house.committed();
  return told;
}
