// Workbench 工作台: reads across slices for the first page of the day and for the wall.
import { dayOf, type Instant, startOfDay } from '../../kernel/time.ts';
import { type Call, readIn } from '../access/call.ts';
import { boardRows, countStates } from '../cases/board.service.ts';
import { caseReach } from '../cases/case.service.ts';
import { readClocks } from '../cases/case-clock.service.ts';
import type { Desk, Wall } from './workbench.contract.ts';
import { countToday, listWall, type TodayCounts } from './workbench.store.ts';

const minePage = 30;
const yesterdayPage = 10;
const wallPage = 14;

export async function readDesk(call: Call): Promise<Desk> {
  const today: Instant = startOfDay(dayOf(call.now));
  const reach = caseReach(call);
  const counts: TodayCounts = reach
    ? await readIn(call, (tx) => countToday(tx, call.communityId, reach, call.actor.accountId, call.now, today))
    : { open: 0, overdue: 0, mine: 0, unassigned: 0, receivedToday: 0, endedToday: 0, leftOver: 0 };
  const [first] = await boardRows(call, { openOnly: true }, 1);
  const clocks = first?.nextDueAt ? await readClocks(call, { caseId: first.id, limit: 50 }) : null;
  const clock = clocks?.items.find((one) => one.kind === first?.nextClockKind && one.overdueFrom === first?.nextDueAt);
  return {
    next: first && clock ? { ...clock, case: first } : null,
    mine: await boardRows(call, { openOnly: true, mineId: call.actor.accountId }, minePage),
    yesterday: {
      total: counts.leftOver,
      items: await boardRows(call, { openOnly: true, receivedBefore: today }, yesterdayPage),
    },
    counts: {
      open: counts.open,
      overdue: counts.overdue,
      mine: counts.mine,
      unassigned: counts.unassigned,
      receivedToday: counts.receivedToday,
    },
  };
}

export async function readWall(call: Call): Promise<Wall> {
  const today: Instant = startOfDay(dayOf(call.now));
  return readIn(call, async (tx) => {
    const community = await tx
      .selectFrom('communities')
      .select('name')
      .where('id', '=', call.communityId)
      .executeTakeFirstOrThrow();
    const counts = await countToday(
      tx,
      call.communityId,
      { breadth: 'community' },
      call.actor.accountId,
      call.now,
      today,
    );
    return {
      communityName: community.name,
      now: call.now,
      counts: (await countStates(tx, call.communityId)) as Wall['counts'],
      open: counts.open,
      overdue: counts.overdue,
      receivedToday: counts.receivedToday,
      endedToday: counts.endedToday,
      next: (await listWall(tx, call.communityId, wallPage)) as Wall['next'],
    };
  });
}
