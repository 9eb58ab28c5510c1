// Reminding 催办 whoever works on an open case, before that the head who has to send somebody (RP8).
import { newId } from '../../kernel/id.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Call, effect, readIn } from '../access/call.ts';
import { notify } from '../notifications/notification.service.ts';
import { policyOf } from '../standards/standard.service.ts';
import type { TimelineEntry } from './case.contract.ts';
import { changeCase, getCase, getCaseForUpdate, requireInReach, viewCase } from './case.service.ts';

export async function remindOfCase(
  call: Call,
  caseId: string,
  body: { text?: string | undefined },
): Promise<TimelineEntry> {
  const eventId = await effect(call, newId(), async (tx, id) => {
    const row = await getCaseForUpdate(tx, call, caseId);
    await requireInReach(tx, call, caseId);
    if (row.endedAt !== null) throw new Refusal('case.ended', { state: row.state });
    const policy = await policyOf(tx, call.communityId, row.standardVersionId);
    const { heads } = policy.version.document;
    const told = await notify(tx, {
      communityId: call.communityId,
      caseId,
      kind: 'reminder',
      facts: row.level === null ? {} : { urgency: row.level },
      to: [
        row.responsibleId === null
          ? { role: heads[row.department as keyof typeof heads] }
          : { staffId: row.responsibleId },
      ],
      channel: 'loud',
      thing: `reminder:${caseId}`,
      now: call.now,
    });
    // Nobody hears of one thing twice in five minutes (spec/12): what reached nobody was no reminder.
    if (told.length === 0) throw new Refusal('case.reminded_just_now');
    await changeCase(tx, call, policy, row, {
      step: {
        id,
        kind: 'message',
        move: null,
        fromState: null,
        toState: null,
        at: call.now,
        byRole: call.roles[0] ?? null,
        facts: { action: 'reminder', told },
        text: body.text,
        ...(row.responsibleId === null ? {} : { forId: row.responsibleId }),
      },
      clocks: [],
      columns: {},
      changed: {},
      isAppend: true,
    });
  });
  return readIn(call, async (tx) => {
    const { timeline } = await viewCase(tx, call, await getCase(tx, call, caseId));
    const entry = timeline.find((one) => one.id === eventId);
    if (!entry) throw new Error('the reminder is not on the time line');
    return entry;
  });
}
