// The alarm of each minute: a complaint of the general manager's level that nobody has taken over yet (spec/12 Told to).
import type { House } from '../../platform/house.ts';
import { repeatDue } from './complaint-notice.service.ts';

const batchComplaints = 200;

export async function repeatUntilTakenOver(house: House): Promise<number> {
  const told = await house.database.everywhere((tx) => repeatDue(tx, house.time.now(), batchComplaints));
  if (told > 0) house.committed();
  return told;
}
