// The sweep over approvals 审批: steps of the ladder when they fall due, what lapses when its term is over, and clocks
// counted anew when the calendar changed.
import { type Instant, minuteMs, msBetween } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import { systemCall } from '../access/call.ts';
import { foldClock } from '../clocks/clock.rules.ts';
import { stepsDue, whoIsTold } from '../clocks/ladder.rules.ts';
import { staffingOf } from '../clocks/staffing.service.ts';
import { pressingOf } from '../notifications/notification.rules.ts';
import { notifyDigests, notifyMany, type PersonalNotice } from '../notifications/notification.service.ts';
import { policyOf } from '../standards/standard.service.ts';
import { isLapsed } from './approval.rules.ts';
import {
  happen,
  isAnonymous,
  lapse,
  loadStepCalendars,
  type Standing,
  settleClock,
  standing,
  subjectOf,
} from './approval.service.ts';
import {
  findApprovalRow,
  insertApprovalEvents,
  listApprovalEvents,
  listDueApprovals,
  listPendingCalendars,
  updateApproval,
} from './approval.store.ts';

const batch = 200;
/** As in the sweep over cases: what fell due so long ago fell into a downtime, and people get one digest. */
const downtimeMs = 2 * minuteMs;

/** Each approval in a transaction of its own; answers how many it moved. */
export async function sweepApprovals(house: House): Promise<number> {
  const due = await house.database.everywhere((tx) => listDueApprovals(tx, house.time.now(), batch));
  let done = 0;
  for (const { communityId, id } of due) {
    const now = house.time.now();
    done += await house.database.write([communityId], (tx) => sweepOne(tx, house, communityId, id, now));
  }
  if (done > 0) house.committed();
  return done;
}

async function sweepOne(tx: Tx, house: House, communityId: string, id: string, now: Instant): Promise<number> {
  const known = await findApprovalRow(tx, communityId, id);
  if (!known) return 0;
  await subjectOf(known.kind).lock?.(tx, communityId, known.subjectId);
  const row = await findApprovalRow(tx, communityId, id, true);
  if (row?.state !== 'pending') return 0;
  await loadStepCalendars(tx, await listApprovalEvents(tx, communityId, [id]));
  const one = await standing(tx, row, now);
  const taken = await takeSteps(tx, one, now);
  if (!isLapsed(one.facts, now)) return taken;
  await lapse(tx, systemCall(house, communityId, { id: '', organizationId: '' }, now), one);
  return taken + 1;
}

async function takeSteps(tx: Tx, one: Standing, now: Instant): Promise<number> {
  const { row, events, policy } = one;
  const open = one.clocks.at(-1);
  if (!open) return 0;
  const folded = foldClock(open.events, policy.calendarOf);
  const calendar = policy.calendarOf(folded.calendarVersion);
  const steps = stepsDue(policy.ladders[folded.ladder], folded, calendar, now, row.takenSteps);
  if (steps.length === 0) return 0;
  const staffing = await staffingOf(tx, row.communityId, now);
  const owner = { staffId: null, role: row.dutyRole };
  const known = events.length;
  const notices: (PersonalNotice & { at: Instant })[] = [];
  for (const due of steps) {
    // The asker waits for the answer; a reminder to decide is for others.
    const barred = [...row.toldIds, row.askedBy];
    const told = whoIsTold(due, owner, policy.version.document.reportingLine, staffing, barred);
    row.toldIds.push(...told.map((who) => who.staffId));
    row.takenSteps.push({ step: due.step, at: due.at, told: told.map((who) => who.staffId) });
    happen(row, events, now, {
      action: 'escalated',
      step: row.step,
      at: due.at,
      facts: { told: told.map((who) => who.staffId) },
    });
    const isEarly = folded.dueAt === null || due.at < folded.dueAt;
    for (const who of told)
      notices.push({
        communityId: row.communityId,
        caseId: row.caseId,
        kind: isEarly ? 'due-soon' : who.target === 'owner' ? 'overdue' : 'escalated',
        facts: {
          clock: 'approve',
          approvalId: row.id,
          code: row.code,
          // Of an anonymous case the minute of asking could be reckoned from these.
          ...(isAnonymous(row.facts) ? { anonymous: true } : { dueAt: folded.dueAt, at: due.at }),
        },
        at: due.at,
        recipientId: who.staffId,
        channel: due.channels.includes('loud') ? 'loud' : 'bell',
        out: due.channels.includes('out'),
        pressing: pressingOf({ isLoud: due.channels.includes('loud'), isOfDays: folded.ladder === 'days' }),
        thing: `${row.id}:${row.step}`,
        now,
      });
  }
  settleClock(row, events, policy);
  await updateApproval(tx, row);
  await insertApprovalEvents(tx, events.slice(known));
  const isLate = (notice: { at: Instant }) => msBetween(notice.at, now) > downtimeMs;
  await notifyMany(
    tx,
    notices.filter((notice) => !isLate(notice)),
  );
  await notifyDigests(
    tx,
    notices.filter(isLate).map(({ communityId, recipientId, at }) => ({
      communityId,
      recipientId,
      steps: 1,
      caseIds: row.caseId === null ? [] : [row.caseId],
      until: at,
    })),
    now,
  );
  return steps.length;
}

/** Due times follow a calendar that changed (spec/12 Unannounced year); run again it finds none. */
export async function recountApprovals(house: House): Promise<number> {
  let recounted = 0;
  const pending = await house.database.everywhere(listPendingCalendars);
  for (const { communityId, id, standardVersionId, calendarVersion } of pending) {
    const now = house.time.now();
    recounted += await house.database.write([communityId], async (tx) => {
      const policy = await policyOf(tx, communityId, standardVersionId);
      if (policy.calendar.version === calendarVersion) return 0;
      const row = await findApprovalRow(tx, communityId, id, true);
      if (row?.state !== 'pending' || row.calendarVersion === policy.calendar.version) return 0;
      const events = (await listApprovalEvents(tx, communityId, [id])).get(id) ?? [];
      row.calendarVersion = policy.calendar.version;
      const event = happen(row, events, now, {
        action: 'recalculated',
        step: row.step,
        facts: { calendarVersion: policy.calendar.version },
      });
      settleClock(row, events, policy);
      await updateApproval(tx, row);
      await insertApprovalEvents(tx, [event]);
      return 1;
    });
  }
  return recounted;
}
