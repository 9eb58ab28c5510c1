// Notes, calls and photos appended to a time line; they don't raise the version. A call may meet a promise (RP7, FD3).
import { newId } from '../../kernel/id.ts';
import { badField } from '../../kernel/refusal.ts';
import { type Call, effect, readIn } from '../access/call.ts';
import { attachAll } from '../attachments/attachment.service.ts';
import type { ClockCommand, ClockFact } from '../clocks/clock.contract.ts';
import { listClocksOf } from '../clocks/clock.store.ts';
import { policyOf } from '../standards/standard.service.ts';
import type { CaseNoteBody, TimelineEntry } from './case.contract.ts';
import { changeCase, getCase, getCaseForUpdate, requireInReach, viewCase } from './case.service.ts';
import { tellKept } from './case-promise.service.ts';
import { evidenceTime } from './happened-at.rules.ts';

/** Which clocks a noted call meets is the kind's rule; handed over in the wiring. */
export type NotedCallRule = (
  clocks: readonly ClockFact[],
  call: { to: NonNullable<CaseNoteBody['to']>; direction: 'out' | 'in'; at: string; eventId: string },
) => ClockCommand[];
const rules: { notedCall: NotedCallRule } = { notedCall: () => [] };
export const linkNotedCall = (rule: NotedCallRule): void => {
  rules.notedCall = rule;
};

export async function addNote(call: Call, caseId: string, body: CaseNoteBody): Promise<TimelineEntry> {
  if (body.kind !== 'photo' && !body.text) throw badField('text', 'required');
  if (body.kind === 'photo' && !body.attachmentIds?.length) throw badField('attachmentIds', 'required');
  if (body.kind === 'call' && !body.to) throw badField('to', 'required');
  const eventId = newId();
  const noteId = await effect(call, eventId, async (tx) => {
    const row = await getCaseForUpdate(tx, call, caseId);
    await requireInReach(tx, call, caseId);
    const policy = await policyOf(tx, call.communityId, row.standardVersionId);
    // A photo or note may stand before the last move: what it shows did happen then.
    const at = evidenceTime(body.happenedAt, {
      roles: call.roles,
      notBefore: row.receivedAt,
      now: call.now,
      rule: policy.version.document.offline,
    });
    const clocks = (await listClocksOf(tx, call.communityId, caseId)) as readonly ClockFact[];
    const met =
      body.kind === 'call' && body.to
        ? rules.notedCall(clocks, { to: body.to, direction: body.direction, at, eventId })
        : [];
    await changeCase(tx, call, policy, row, {
      step: {
        id: eventId,
        kind: body.kind,
        move: null,
        fromState: null,
        toState: null,
        at,
        byRole: call.roles[0] ?? null,
        facts: body.kind === 'call' ? { to: body.to, direction: body.direction } : {},
        text: body.text,
      },
      clocks: met,
      columns: {},
      changed: {},
      isAppend: true,
    });
    await tellKept(tx, call, met);
    await attachAll(tx, call, body.attachmentIds ?? [], 'case-event', eventId);
  });
  return readIn(call, async (tx) => {
    const { timeline } = await viewCase(tx, call, await getCase(tx, call, caseId));
    const entry = timeline.find((one) => one.id === noteId);
    if (!entry) throw new Error('the note is not on the time line');
    return entry;
  });
}
