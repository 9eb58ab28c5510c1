// Enquiries 咨询 and suggestions 建议: opened by the desk ledger or directly, answered with evidence, closed.
import { newId } from '../../kernel/id.ts';
import { BadInput, badField, type FieldFault, notFound } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Call, effect, readIn } from '../access/call.ts';
import { isOutsider } from '../access/permission.rules.ts';
import type { Channel } from '../cases/case.contract.ts';
import { changeCase, getCase, getCaseForUpdate, openCase, requireInReach, viewCase } from '../cases/case.service.ts';
import { type CaseRow, findText } from '../cases/case.store.ts';
import { sealPhone } from '../cases/case-contact.service.ts';
import {
  findColleague,
  type PromiseDraft,
  promiseClocks,
  tellKept,
  tellMessage,
} from '../cases/case-promise.service.ts';
import type { ClockFact } from '../clocks/clock.contract.ts';
import { listClocksOf } from '../clocks/clock.store.ts';
import { maskPhonesInText } from '../parties/phone.rules.ts';
import { isUnitHere } from '../places/household.service.ts';
import { indexCase } from '../places/search.service.ts';
import { policyOf } from '../standards/standard.service.ts';
import type { CreateEnquiryBody, EnquiryAnswer, EnquiryKind, EnquiryMove, EnquiryState } from './enquiry.contract.ts';
import { allowedEnquiryMoves, answerStarts, decideEnquiryMove, type EnquiryAsk } from './enquiry.rules.ts';
import { followUpEnquiry } from './enquiry-follow-up.service.ts';

export type NewEnquiry = {
  kind: EnquiryKind;
  unitId: string | null;
  place: string | null;
  contact: { name?: string | undefined; phone?: string | undefined };
  description: string;
  channel: Channel;
  receivedAt: Instant;
  /** A call back promised, a message left: they start with it, beside the answer's own clock. */
  promise: PromiseDraft | null;
};

/** Opens it in the caller's transaction: the ledger's line is its cause. */
export async function recordEnquiry(tx: Tx, call: Call, id: string, draft: NewEnquiry): Promise<void> {
  const policy = await policyOf(tx, call.communityId);
  const { document } = policy.version;
  const { contact, promise } = draft;
  // A message is its addressee's from the start; what was asked is answered by whoever it was left for.
  const responsibleId = promise?.kind === 'message' ? promise.toId : null;
  const promised = promise === null ? [] : await promiseClocks(tx, call, document, promise);
  await openCase(
    tx,
    call,
    policy,
    {
      id,
      kind: draft.kind,
      state: 'open',
      unitId: draft.unitId,
      place: draft.place,
      level: null,
      category: null,
      department: 'customer-service',
      channel: draft.channel,
      flags: [],
      responsibleId,
      firstContactId: call.actor.accountId,
      contactName: contact.name ?? null,
      standardVersionId: policy.versionId,
      receivedAt: draft.receivedAt,
      createdAt: call.now,
      endedAt: null,
      description: draft.description,
      contactPhone: contact.phone ? sealPhone(call, id, contact.phone) : undefined,
    },
    {
      id: newId(),
      kind: 'move',
      move: 'create',
      fromState: null,
      toState: 'open',
      at: call.now,
      byRole: call.roles[0] ?? null,
      ...(responsibleId === null ? {} : { forId: responsibleId }),
      facts: {
        channel: draft.channel,
        ...(promise === null ? {} : { promise: promise.kind }),
        ...(promise?.kind === 'call-back' && promise.at !== null ? { callBackAt: promise.at } : {}),
      },
    },
    [...answerStarts(document, call.actor.accountId, call.now), ...promised],
    async () => {
      await indexCase(tx, call.communityId, id, [draft.description, draft.place ?? '']);
      if (promise?.kind === 'message') await tellMessage(tx, call, id, promise.toId, promise.key);
    },
  );
}

export async function createEnquiry(call: Call, body: CreateEnquiryBody): Promise<string> {
  return effect(call, newId(), async (tx, id) => {
    const faults: FieldFault[] = [];
    if (body.unitId && !(await isUnitHere(tx, call.communityId, body.unitId)))
      faults.push({ path: 'unitId', code: 'unknown_unit' });
    if (body.receivedAt && body.receivedAt > call.now) faults.push({ path: 'receivedAt', code: 'in_the_future' });
    if (faults.length > 0) throw new BadInput(faults);
    await recordEnquiry(tx, call, id, {
      kind: body.kind,
      unitId: body.unitId ?? null,
      place: body.place ?? null,
      contact: body.contact ?? {},
      description: body.description,
      channel: body.channel,
      receivedAt: body.receivedAt ?? call.now,
      promise: null,
    });
  });
}

/** What is kept elsewhere of an enquiry that was answered; handed over by the ledger in the wiring. */
export type EnquiryAnswered = (tx: Tx, communityId: string, caseId: string) => Promise<void>;
let answered: EnquiryAnswered = async () => {};
export const linkEnquiryAnswered = (work: EnquiryAnswered): void => {
  answered = work;
};

const isEnquiry = (row: CaseRow): boolean => row.kind === 'enquiry' || row.kind === 'suggestion';

async function askOf(tx: Tx, call: Call, row: CaseRow): Promise<EnquiryAsk> {
  const { version } = await policyOf(tx, call.communityId, row.standardVersionId);
  return {
    enquiry: {
      state: row.state as EnquiryState,
      version: row.version,
      firstContactId: row.firstContactId,
      responsibleId: row.responsibleId,
      endedAt: row.endedAt,
    },
    clocks: (await listClocksOf(tx, call.communityId, row.id)) as readonly ClockFact[],
    document: version.document,
    actor: { id: call.actor.accountId, roles: call.roles, isOutsider: isOutsider(call.roles) },
    now: call.now,
  };
}

export type EnquiryInput = {
  version?: number | undefined;
  text?: string;
  how?: string;
  toId?: string;
  reason?: string;
};

export async function moveEnquiry(call: Call, name: EnquiryMove, id: string, input: EnquiryInput): Promise<string> {
  return effect(call, id, async (tx) => {
    const row = await getCaseForUpdate(tx, call, id);
    if (!isEnquiry(row)) throw notFound('case');
    const eventId = newId();
    const ask = await askOf(tx, call, row);
    const outcome = decideEnquiryMove(
      name,
      ask,
      { version: input.version ?? call.ifMatch ?? undefined, ...(input.how ? { how: input.how } : {}) },
      eventId,
    );
    const message =
      name === 'assign' && input.toId
        ? ({ kind: 'message', toId: input.toId, text: input.text ?? '', key: eventId } as const)
        : null;
    if (message && !(await findColleague(tx, call.communityId, message.toId))) throw badField('toId', 'unknown_person');
    const clocks = [
      ...outcome.clocks,
      ...(message === null ? [] : await promiseClocks(tx, call, ask.document, message)),
    ];
    await changeCase(tx, call, await policyOf(tx, call.communityId, row.standardVersionId), row, {
      step: {
        id: eventId,
        kind: 'move',
        move: name,
        fromState: row.state,
        toState: outcome.state,
        at: call.now,
        byRole: call.roles[0] ?? null,
        ...(message === null ? {} : { forId: message.toId }),
        facts: input.how ? { how: input.how } : {},
        text: input.text ?? input.reason,
      },
      clocks,
      columns: {
        state: outcome.state,
        endedAt: outcome.state === 'closed' ? call.now : null,
        ...(message === null ? {} : { responsibleId: message.toId }),
      },
      changed: { state: [row.state, outcome.state] },
    });
    if (message) await tellMessage(tx, call, id, message.toId, message.key);
    if (name === 'answer') await answered(tx, call.communityId, id);
    await followUpEnquiry(tx, call, await policyOf(tx, call.communityId, row.standardVersionId), row, name);
    await tellKept(tx, call, clocks);
  });
}

export async function readEnquiry(call: Call, id: string, isJustMoved = false): Promise<EnquiryAnswer> {
  return readIn(call, async (tx) => {
    const row = await getCase(tx, call, id);
    if (!isEnquiry(row)) throw notFound('case');
    // Handed to a colleague it may have left the caller's reach: what came of the move is still shown.
    if (!isJustMoved) await requireInReach(tx, call, id);
    const shared = await viewCase(tx, call, row);
    const description = await findText(tx, call.communityId, row.summaryTextId);
    return {
      ...shared,
      kind: row.kind as EnquiryKind,
      state: row.state as EnquiryState,
      description: maskPhonesInText(description ?? ''),
      contact: { name: row.contactName, phone: row.contactPhoneMasked },
      moves: allowedEnquiryMoves(await askOf(tx, call, row)),
    };
  });
}
