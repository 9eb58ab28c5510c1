// Complaints 投诉: opened by what a customer found not acceptable, resolved and closed by the supervisor.
import { newId } from '../../kernel/id.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Call, effect, readIn } from '../access/call.ts';
import { isOutsider } from '../access/permission.rules.ts';
import type { Channel } from '../cases/case.contract.ts';
import { changeCase, getCase, getCaseForUpdate, openCase, requireInReach, viewCase } from '../cases/case.service.ts';
import { type CaseRow, findCase, findText, insertTexts } from '../cases/case.store.ts';
import { sealAnew } from '../cases/case-contact.service.ts';
import { maskPhonesInText } from '../parties/phone.rules.ts';
import { indexCase } from '../places/search.service.ts';
import { policyOf } from '../standards/standard.service.ts';
import type { ComplaintAnswer, ComplaintMove, ComplaintState } from './complaint.contract.ts';
import { allowedComplaintMoves, type ComplaintAsk, decideComplaintMove } from './complaint.rules.ts';
import { getComplaintRow, insertComplaint, updateComplaint } from './complaint.store.ts';

export type ComplaintDraft = {
  /** The case that the customer was asked about: place, category and contact come from it. */
  about: CaseRow;
  description: string;
  channel: Channel;
  followUpId: string;
  followUpCode: string;
};

/** Opens it in the transaction of the follow-up's record, as its last statements: its number is the last lock taken. */
export async function openFollowUpComplaint(tx: Tx, call: Call, id: string, draft: ComplaintDraft): Promise<void> {
  const { about, description } = draft;
  const policy = await policyOf(tx, call.communityId);
  await openCase(
    tx,
    call,
    policy,
    {
      id,
      kind: 'complaint',
      state: 'recorded',
      unitId: about.unitId,
      place: about.place,
      level: 'ordinary',
      category: about.category,
      department: 'customer-service',
      channel: draft.channel,
      flags: ['from-follow-up'],
      responsibleId: null,
      firstContactId: call.actor.accountId || null,
      contactName: about.contactName,
      standardVersionId: policy.versionId,
      receivedAt: call.now,
      createdAt: call.now,
      endedAt: null,
      description,
      contactPhone: sealAnew(call, about, id),
    },
    {
      id: newId(),
      kind: 'move',
      move: 'create',
      fromState: null,
      toState: 'recorded',
      at: call.now,
      byRole: call.roles[0] ?? null,
      facts: { source: 'follow-up', followUpId: draft.followUpId, followUp: draft.followUpCode, about: about.code },
    },
    [],
    async () => {
      await insertComplaint(tx, call.communityId, { id, source: 'follow-up', aboutCaseId: about.id });
      await indexCase(tx, call.communityId, id, [description, about.place ?? '']);
    },
  );
}

const askOf = (call: Call, row: CaseRow): ComplaintAsk => ({
  state: row.state as ComplaintState,
  version: row.version,
  actor: { roles: call.roles, isOutsider: isOutsider(call.roles) },
});

export async function moveComplaint(
  call: Call,
  name: ComplaintMove,
  id: string,
  input: { version?: number | undefined; text?: string },
): Promise<string> {
  return effect(call, id, async (tx) => {
    const row = await getCaseForUpdate(tx, call, id, 'complaint');
    const state = decideComplaintMove(name, askOf(call, row), input.version ?? call.ifMatch ?? undefined);
    const resolutionTextId = input.text === undefined ? null : newId();
    if (resolutionTextId)
      await insertTexts(tx, call.communityId, id, [{ id: resolutionTextId, body: input.text as string }]);
    await changeCase(tx, call, await policyOf(tx, call.communityId, row.standardVersionId), row, {
      step: {
        id: newId(),
        kind: 'move',
        move: name,
        fromState: row.state,
        toState: state,
        at: call.now,
        byRole: call.roles[0] ?? null,
        facts: {},
        text: input.text,
      },
      clocks: [],
      columns: { state, endedAt: state === 'closed' ? call.now : null },
      changed: { state: [row.state, state] },
    });
    await updateComplaint(
      tx,
      call.communityId,
      id,
      name === 'resolve' ? { resolvedAt: call.now, resolutionTextId } : { closedAt: call.now },
    );
  });
}

export async function readComplaint(call: Call, id: string): Promise<ComplaintAnswer> {
  return readIn(call, async (tx) => {
    const row = await getCase(tx, call, id, 'complaint');
    await requireInReach(tx, call, id);
    const own = await getComplaintRow(tx, call.communityId, id);
    const about = own.aboutCaseId === null ? undefined : await findCase(tx, call.communityId, own.aboutCaseId);
    const description = await findText(tx, call.communityId, row.summaryTextId);
    const resolution = await findText(tx, call.communityId, own.resolutionTextId);
    return {
      ...(await viewCase(tx, call, row)),
      kind: 'complaint',
      state: row.state as ComplaintState,
      description: maskPhonesInText(description ?? ''),
      contact: { name: row.contactName, phone: row.contactPhoneMasked },
      source: own.source,
      about: about ? { id: about.id, code: about.code, kind: about.kind } : null,
      resolution: resolution === null ? null : maskPhonesInText(resolution),
      moves: allowedComplaintMoves(askOf(call, row)),
    };
  });
}
