// What a letter leaves on the case it belongs to: a line on its time line when it came and for each step of its reply on
// the way, and at the end the complaint told by it (CP8, CP5).
import { newId } from '../../kernel/id.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';
import { attachAll } from '../attachments/attachment.service.ts';
import { changeCase, getCaseForUpdate } from '../cases/case.service.ts';
import { tellByLetter } from '../complaints/complaint.service.ts';
import { policyOf } from '../standards/standard.service.ts';
import type { ReplyMove, ToldByLetter } from './letter.contract.ts';
import { writtenAnswerWords } from './letter.words.ts';

/** A draft and its approval are the house's own; what leaves the house stands on the case. */
const lineOf = { send: 'reply-sent', deliver: 'reply-delivered', fail: 'reply-failed' } as const;
export const leavesLine = (name: ReplyMove): name is keyof typeof lineOf => name in lineOf;

async function addLine(
  tx: Tx,
  call: Call,
  caseId: string,
  line: { facts: Record<string, unknown>; text?: string; attachmentIds?: readonly string[] },
): Promise<void> {
  const row = await getCaseForUpdate(tx, call, caseId);
  const eventId = newId();
  await changeCase(tx, call, await policyOf(tx, call.communityId, row.standardVersionId), row, {
    step: {
      id: eventId,
      kind: 'link',
      move: null,
      fromState: null,
      toState: null,
      at: call.now,
      byRole: call.roles[0] ?? null,
      facts: line.facts,
      text: line.text,
    },
    clocks: [],
    columns: {},
    changed: {},
    isAppend: true,
  });
  await attachAll(tx, call, line.attachmentIds ?? [], 'case-event', eventId);
}

export const noteReceived = (tx: Tx, call: Call, caseId: string, document: string, receivedOn: string) =>
  addLine(tx, call, caseId, { facts: { action: 'letter-received', document, receivedOn } });

export const noteReplyMove = (
  tx: Tx,
  call: Call,
  caseId: string,
  name: keyof typeof lineOf,
  line: { reply: string; way: string | null; note: string; attachmentIds?: readonly string[] },
) =>
  addLine(tx, call, caseId, {
    facts: { action: lineOf[name], reply: line.reply, way: line.way },
    ...(line.note === '' ? {} : { text: line.note }),
    ...(line.attachmentIds ? { attachmentIds: line.attachmentIds } : {}),
  });

/** The delivered letter is the answer; what the customer said to it is written down, or that nobody heard it. */
export const tellComplaint = (
  tx: Tx,
  call: Call,
  caseId: string,
  reply: { code: string; body: string },
  told: ToldByLetter,
) =>
  tellByLetter(tx, call, caseId, {
    answer: `${writtenAnswerWords.letter(reply.code)}\n${reply.body}`,
    ...(told.opinion === undefined ? { unsignedReason: writtenAnswerWords.noOpinion } : { opinion: told.opinion }),
    ...(told.satisfied === undefined ? {} : { satisfied: told.satisfied }),
  });
