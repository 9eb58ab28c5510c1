// Letters 收文与复函 (CP8): entered once under a gapless number, told to manager and supervisor, answered in writing.
import { newId } from '../../kernel/id.ts';
import { decodeCursor, pageOf } from '../../kernel/paging.ts';
import { BadInput, badField, notFound, Refusal } from '../../kernel/refusal.ts';
import { dayOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { documentBytes } from '../../platform/documents/write-document.ts';
import { type Call, effect, RawAnswer, reachOf, readIn } from '../access/call.ts';
import { attachAll } from '../attachments/attachment.service.ts';
import { record } from '../audit/audit.service.ts';
import { takeYearCode } from '../cases/number.store.ts';
import { recordComplaint } from '../complaints/complaint.service.ts';
import { notify } from '../notifications/notification.service.ts';
import { maskPhonesInText } from '../parties/phone.rules.ts';
import type {
  DocumentListQuery,
  DocumentRow,
  EnterDocumentBody,
  IncomingDocument,
  Reply,
  ReplyBody,
  ReplyMove,
  ReplyWay,
  ToldByLetter,
} from './letter.contract.ts';
import { allowedReplyMoves, decideReply, documentFaults, type ReplyAsk, sameLetterKey } from './letter.rules.ts';
import {
  communityNameOf,
  type DocumentRecord,
  findCaseByCode,
  findSame,
  insertDocument,
  insertReply,
  insertReplyEvent,
  listDocumentRecords,
  listFileIds,
  listReplies,
  listReplyEvents,
  lockReply,
  namesOfWriters,
  type ReplyEventRow,
  type ReplyRow,
  updateReply,
} from './letter.store.ts';
import { letterPageWords, replyLines } from './letter.words.ts';
import { leavesLine, noteReceived, noteReplyMove, tellComplaint } from './letter-case.service.ts';

export async function enterDocument(call: Call, body: EnterDocumentBody): Promise<string> {
  return effect(call, newId(), async (tx, id) => {
    const { communityId, now } = call;
    const faults = documentFaults(body, dayOf(now));
    if (faults.length > 0) throw new BadInput(faults);
    const caseId =
      body.caseCode === undefined ? await openComplaint(tx, call, body) : await linkedCase(tx, call, body.caseCode);
    await attachAll(tx, call, body.attachmentIds, 'incoming-document', id);
    await record(tx, call, { action: 'letter.enter', noun: 'incoming-document', nounId: id, changed: {} });
    // The counter's row is locked from here to the commit: nobody enters the same letter beside us, and no number is lost.
    const code = await takeYearCode(tx, communityId, 'SW', now);
    const sameKey = sameLetterKey(body);
    const same = await findSame(tx, communityId, sameKey, body.attachmentIds);
    if (same !== undefined) throw new Refusal('letter.entered_already', { code: same });
    const { kind, sender, datedOn, receivedOn, subject, summary } = body;
    await insertDocument(
      tx,
      communityId,
      {
        id,
        code,
        kind,
        sender,
        datedOn,
        receivedOn,
        subject,
        summary,
        sameKey,
        caseId,
        enteredBy: call.actor.accountId,
        enteredAt: now,
      },
      body.attachmentIds,
    );
    await noteReceived(tx, call, caseId, code, receivedOn);
    await notify(tx, {
      communityId,
      caseId,
      kind: 'letter-entered',
      facts: { document: code },
      to: [{ role: 'manager' }, { role: 'cs_supervisor' }],
      channel: 'bell',
      thing: id,
      now,
    });
  });
}

async function openComplaint(tx: Tx, call: Call, body: EnterDocumentBody): Promise<string> {
  const caseId = newId();
  await recordComplaint(tx, call, caseId, {
    channel: 'letter',
    account: `${body.subject}\n${body.summary}`,
    contact: { name: body.sender, ...(body.phone ? { phone: body.phone } : {}) },
    ...(body.unitId ? { unitId: body.unitId } : {}),
  });
  return caseId;
}

async function linkedCase(tx: Tx, call: Call, code: string): Promise<string> {
  const found = await findCaseByCode(tx, call.communityId, code);
  if (!found) throw badField('caseCode', 'unknown_case');
  // CP12: a signed letter beside an anonymous complaint would say who complained.
  if (Array.isArray(found.flags) && found.flags.includes('anonymous')) throw new Refusal('letter.case_is_anonymous');
  return found.id;
}

function rowShape(row: DocumentRecord): DocumentRow {
  return {
    id: row.id,
    code: row.code,
    kind: row.kind,
    sender: row.sender,
    datedOn: row.datedOn,
    receivedOn: row.receivedOn,
    subject: maskPhonesInText(row.subject),
    caseId: row.caseId,
    caseCode: row.caseCode,
    caseKind: row.caseKind,
    enteredBy: { id: row.enteredBy, name: row.enteredByName },
    enteredAt: row.enteredAt,
    reply: row.replyState === null ? null : { code: row.replyCode, state: row.replyState },
  };
}

export const readDocuments = (call: Call, query: DocumentListQuery) =>
  readIn(call, async (tx) => {
    const afterCode = query.cursor === undefined ? undefined : String(decodeCursor(query.cursor, 1)[0]);
    const rows = await listDocumentRecords(tx, call.communityId, {
      ...query,
      ...(afterCode === undefined ? {} : { afterCode }),
      limit: query.limit + 1,
    });
    return pageOf(rows, query.limit, (row) => [row.code], rowShape);
  });

export const readDocument = (call: Call, id: string): Promise<IncomingDocument> =>
  readIn(call, async (tx) => {
    const [row] = await listDocumentRecords(tx, call.communityId, { id, limit: 1 });
    if (!row) throw notFound('incoming-document');
    return {
      ...rowShape(row),
      summary: maskPhonesInText(row.summary),
      attachmentIds: await listFileIds(tx, call.communityId, id),
      replies: await shapeReplies(tx, call, await listReplies(tx, call.communityId, { documentId: id })),
    };
  });

/** Scans are seen by whoever may read the register. */
export const mayReadLetter = async (_tx: Tx, call: Call, _id: string): Promise<boolean> =>
  reachOf(call, 'letter.read') !== null;

const writersOf = (letterId: string, events: readonly ReplyEventRow[]): string[] =>
  events.filter((one) => one.letterId === letterId && ['draft', 'amend'].includes(one.move)).map((one) => one.byId);

const askOf = (call: Call, row: ReplyRow, events: readonly ReplyEventRow[]): ReplyAsk => ({
  reply: { state: row.state, version: row.version, writerIds: writersOf(row.id, events), way: row.way },
  actor: {
    id: call.actor.accountId,
    mayWrite: reachOf(call, 'letter.write') !== null,
    mayApprove: reachOf(call, 'letter.approve') !== null,
  },
});

async function shapeReplies(tx: Tx, call: Call, rows: readonly ReplyRow[]): Promise<Reply[]> {
  const events = await listReplyEvents(
    tx,
    call.communityId,
    rows.map((row) => row.id),
  );
  const names = await namesOfWriters(tx, [
    ...rows.flatMap((row) => [row.writtenBy, ...(row.approvedBy === null ? [] : [row.approvedBy])]),
    ...events.map((event) => event.byId),
  ]);
  const person = (id: string) => ({ id, name: names.get(id) ?? '' });
  return rows.map((row) => ({
    id: row.id,
    documentId: row.documentId,
    code: row.code,
    state: row.state,
    addressee: row.addressee,
    subject: row.subject,
    body: row.body,
    way: row.way,
    writtenBy: person(row.writtenBy),
    createdAt: row.createdAt,
    approvedBy: row.approvedBy === null ? null : person(row.approvedBy),
    approvedAt: row.approvedAt,
    version: row.version,
    events: events
      .filter((event) => event.letterId === row.id)
      .map(({ move, toState, at, byId, way, note }) => ({ move, state: toState, at, by: person(byId), way, note })),
    moves: allowedReplyMoves(askOf(call, row, events)),
  }));
}

export const readReply = (call: Call, id: string): Promise<Reply> =>
  readIn(call, async (tx) => {
    const [reply] = await shapeReplies(tx, call, await listReplies(tx, call.communityId, { id }));
    if (!reply) throw notFound('reply-letter');
    return reply;
  });

export async function draftReply(call: Call, documentId: string, body: ReplyBody): Promise<string> {
  return effect(call, newId(), async (tx, id) => {
    const { communityId, now } = call;
    const [document] = await listDocumentRecords(tx, communityId, { id: documentId, limit: 1 });
    if (!document) throw notFound('incoming-document');
    const byId = call.actor.accountId;
    const none = { code: null, way: null, approvedBy: null, approvedAt: null, version: 1 };
    await insertReply(tx, communityId, {
      id,
      documentId,
      ...body,
      ...none,
      state: 'draft',
      writtenBy: byId,
      createdAt: now,
    });
    await insertReplyEvent(tx, communityId, {
      id: newId(),
      letterId: id,
      move: 'draft',
      toState: 'draft',
      at: now,
      byId,
      way: null,
      note: '',
    });
    await record(tx, call, { action: 'letter.draft', noun: 'reply-letter', nounId: id, changed: {} });
    await notify(tx, {
      communityId,
      caseId: document.caseId,
      kind: 'reply-drafted',
      facts: { document: document.code },
      to: [{ role: 'manager' }],
      channel: 'bell',
      thing: id,
      now,
    });
  });
}

export type ReplyInput = {
  version?: number | undefined;
  way?: ReplyWay;
  note?: string;
  attachmentIds?: readonly string[] | undefined;
  tellCustomer?: ToldByLetter | undefined;
} & Partial<ReplyBody>;

export async function moveReply(call: Call, id: string, name: ReplyMove, input: ReplyInput): Promise<string> {
  return effect(call, id, async (tx) => {
    const { communityId, now } = call;
    const row = await lockReply(tx, communityId, id);
    if (!row) throw notFound('reply-letter');
    const way = input.way ?? null;
    const state = decideReply(name, askOf(call, row, await listReplyEvents(tx, communityId, [id])), {
      version: input.version ?? call.ifMatch ?? undefined,
      ...(input.way ? { way: input.way } : {}),
    });
    const byId = call.actor.accountId;
    await insertReplyEvent(tx, communityId, {
      id: newId(),
      letterId: id,
      move: name,
      toState: state,
      at: now,
      byId,
      way,
      note: input.note ?? '',
    });
    await record(tx, call, {
      action: `letter.${name}`,
      noun: 'reply-letter',
      nounId: id,
      changed: { state: [row.state, state] },
    });
    const { addressee = row.addressee, subject = row.subject, body = row.body } = input;
    await updateReply(tx, communityId, id, {
      state,
      version: row.version + 1,
      ...(way === null ? {} : { way }),
      ...(name === 'amend' ? { addressee, subject, body } : {}),
      // Gapless: the number is the last that is taken.
      ...(name === 'approve'
        ? { approvedBy: byId, approvedAt: now, code: await takeYearCode(tx, communityId, 'HN', now) }
        : {}),
    });
    if (!leavesLine(name) || row.code === null) return;
    const [document] = await listDocumentRecords(tx, communityId, { id: row.documentId, limit: 1 });
    if (!document) throw notFound('incoming-document');
    const { caseId } = document;
    if (input.tellCustomer !== undefined) {
      if (document.caseKind !== 'complaint') throw new Refusal('letter.not_a_complaint');
      // Before the line: a move of a complaint locks its event first and its case then.
      await tellComplaint(tx, call, caseId, { code: row.code, body: row.body }, input.tellCustomer);
    }
    await noteReplyMove(tx, call, caseId, name, {
      reply: row.code,
      way: way ?? row.way,
      note: input.note ?? '',
      ...(input.attachmentIds ? { attachmentIds: input.attachmentIds } : {}),
    });
  });
}

export async function exportReply(call: Call, id: string): Promise<RawAnswer> {
  const reply = await readReply(call, id);
  const community = await readIn(call, (tx) => communityNameOf(tx, call.communityId));
  const body = await documentBytes({
    title: letterPageWords.paperTitle,
    isLandscape: false,
    lines: replyLines(reply, { community, day: dayOf(reply.approvedAt ?? call.now) }),
    tables: [],
    signs: [],
  });
  const name = `${letterPageWords.paperTitle} ${reply.code ?? letterPageWords.unnumbered}.docx`;
  return new RawAnswer(body, {
    'content-type': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    'cache-control': 'no-store',
  });
}
