// The demo's roster 排班: three weeks of the desk's early and late shifts, duty technicians day about where there are
// several, and a butler on leave with a colleague standing in.
import { newId } from '../../kernel/id.ts';
import { atWallTime, type Day, plusDays } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Actor } from '../access/permission.rules.ts';
import type { Role } from '../access/role.contract.ts';
import { insertAbsence, insertShift } from '../rosters/roster.store.ts';

const daysBack = 7;
const daysAhead = 14;

/** `holders` of a post by user name, in the order of the staff list. */
export async function enterRosters(
  tx: Tx,
  communityId: string,
  actors: ReadonlyMap<string, Actor>,
  holders: (role: Role) => readonly string[],
  today: Day,
): Promise<void> {
  const idOf = (username: string | undefined): string | undefined => actors.get(username ?? '')?.accountId;
  const keeper = idOf(holders('cs_supervisor')[0]);
  if (keeper === undefined) return;
  const desks = holders('front_desk');
  const duty = holders('duty_technician');
  const enter = async (role: Role, username: string | undefined, day: Day, from: string, until: [Day, string]) => {
    const staffId = idOf(username);
    if (staffId === undefined) return;
    await insertShift(tx, {
      communityId,
      id: newId(),
      staffId,
      role,
      fromAt: atWallTime(day, from),
      untilAt: atWallTime(...until),
      enteredBy: keeper,
      enteredAt: atWallTime(plusDays(today, -daysBack), '00:00'),
    });
  };
  for (let ahead = -daysBack; ahead <= daysAhead; ahead++) {
    const day = plusDays(today, ahead);
    const turn = ahead + daysBack;
    if (desks.length > 1) {
      await enter('front_desk', desks[turn % desks.length], day, '08:00', [day, '17:00']);
      await enter('front_desk', desks[(turn + 1) % desks.length], day, '12:00', [day, '21:00']);
    }
    if (duty.length > 1)
      await enter('duty_technician', duty[turn % duty.length], day, '08:00', [plusDays(day, 1), '08:00']);
  }
  // The last of the butlers: those before them have the cases that one looks at first.
  const butlers = holders('butler');
  const [away, standIn] = [idOf(butlers.at(-1)), idOf(butlers.at(-2))];
  if (away !== undefined && standIn !== undefined)
    await insertAbsence(tx, {
      communityId,
      id: newId(),
      staffId: away,
      fromAt: atWallTime(plusDays(today, -1), '08:00'),
      untilAt: atWallTime(plusDays(today, 3), '08:00'),
      reason: 'leave',
      standInId: standIn,
      enteredBy: keeper,
      enteredAt: atWallTime(plusDays(today, -daysBack), '00:00'),
    });
}
