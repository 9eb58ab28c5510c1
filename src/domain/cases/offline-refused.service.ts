// 离线补报: what a device did without a signal and the server then refused stays on the case as one note with its photos,
// and the desk hears of it by the bell (spec/12 Offline). It changes no state and stops no clock.
import { newId } from '../../kernel/id.ts';
import { badField, forbidden, notFound } from '../../kernel/refusal.ts';
import { type Call, effect } from '../access/call.ts';
import { isOutsider } from '../access/permission.rules.ts';
import { attachAll, attachDrawing, keepDrawing, readDrawing } from '../attachments/attachment.service.ts';
import { notify } from '../notifications/notification.service.ts';
import { policyOf } from '../standards/standard.service.ts';
import type { OfflineRefusedBody } from './case.contract.ts';
import { changeCase, getCaseForUpdate, mayReadCase } from './case.service.ts';
import { hadInHand } from './case.store.ts';
import { believableTime } from './happened-at.rules.ts';

export async function keepRefused(
  call: Call,
  caseId: string,
  body: OfflineRefusedBody,
): Promise<{ id: string; caseId: string }> {
  const last = body.entries.at(-1);
  if (last === undefined) throw badField('entries', 'required');
  const drawing = body.signature === undefined ? undefined : await readDrawing(call, body.signature);
  const id = await effect(call, newId(), async (tx, eventId) => {
    const row = await getCaseForUpdate(tx, call, caseId);
    const isMine =
      (await mayReadCase(tx, call, caseId)) || (await hadInHand(tx, call.communityId, caseId, call.actor.accountId));
    if (!isMine) throw isOutsider(call.roles) ? notFound('case') : forbidden('case.read');
    const text = body.entries.flatMap((entry) => entry.text ?? []).join('\n');
    const policy = await policyOf(tx, call.communityId, row.standardVersionId);
    await changeCase(tx, call, policy, row, {
      step: {
        id: eventId,
        kind: 'note',
        move: null,
        fromState: null,
        toState: null,
        at: believableTime(last.happenedAt, call.now, policy.version.document.offline),
        byRole: call.roles[0] ?? null,
        facts: {
          action: 'offline-refused',
          entries: body.entries.map(({ action, happenedAt, refusal }) => ({ action, happenedAt, refusal })),
        },
        text: text === '' ? undefined : text,
      },
      clocks: [],
      columns: {},
      changed: {},
      isAppend: true,
    });
    await attachAll(tx, call, body.attachmentIds ?? [], 'case-event', eventId);
    if (drawing) await attachDrawing(tx, call, drawing, 'case-event', eventId);
    await notify(tx, {
      communityId: call.communityId,
      caseId,
      kind: 'offline-refused',
      facts: { refusal: last.refusal },
      to: [{ role: 'front_desk' }],
      channel: 'bell',
      thing: `${caseId}:${eventId}`,
      now: call.now,
    });
  });
  if (drawing) await keepDrawing(call, drawing);
  return { id, caseId };
}
