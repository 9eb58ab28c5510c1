// Attachments 附件: hung on what they belong to; drawings of a signature.

import { badField } from '../../kernel/refusal.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';

export async function attachAll(
  tx: Tx,
  call: Call,
  ids: readonly string[],
  noun: string,
  nounId: string,
): Promise<void> {
  if (ids.length === 0) return;
  const rows = await tx
    .updateTable('attachments')
    .set({ state: 'attached', noun, nounId, attachedAt: call.now })
    .where('communityId', '=', call.communityId)
    .where('id', 'in', [...ids])
    .where('state', '=', 'ready')
    .returning('id')
    .execute();
  if (rows.length !== new Set(ids).size) throw badField('attachmentIds', 'unknown_attachment');
}

export async function storeDrawing(
  _tx: Tx,
  _call: Call,
  _drawing: string,
  _noun: string,
  _nounId: string,
): Promise<void> {}
