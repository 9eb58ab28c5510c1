// That a message about a case left the house, or was given up, stands on its time line like every other message.
import { newId } from '../../kernel/id.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';
import { policyOf } from '../standards/standard.service.ts';
import { changeCase } from './case.service.ts';
import { lockCase } from './case.store.ts';

/** `channelKind` mail, wecom, webhook; `notice` what it told. No address and no text: those are the channel's. */
export async function noteDelivery(
  tx: Tx,
  call: Call,
  note: {
    caseId: string;
    channelKind: string;
    channelId: string;
    notice: string;
    forId: string | null;
    isSent: boolean;
    errorCode: string | null;
  },
): Promise<void> {
  const row = await lockCase(tx, call.communityId, note.caseId);
  if (!row) return;
  const { channelKind, channelId, notice, errorCode } = note;
  await changeCase(tx, call, await policyOf(tx, call.communityId, row.standardVersionId), row, {
    step: {
      id: newId(),
      kind: 'message',
      move: null,
      fromState: null,
      toState: null,
      at: call.now,
      byRole: null,
      forId: note.forId ?? undefined,
      facts: { action: note.isSent ? 'sent-out' : 'not-sent-out', channelKind, channelId, notice, errorCode },
    },
    clocks: [],
    columns: {},
    changed: {},
    isAppend: true,
  });
}
