// Follow-ups 回访 moved on by people: a try, the record, its review, sending it back (spec/10). Load → decide → save, one
// transaction each; what a customer does not accept becomes a complaint and a rework in the same one (FU4).
import { newId } from '../../kernel/id.ts';
import { badField } from '../../kernel/refusal.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Call, effect } from '../access/call.ts';
import type { Role } from '../access/role.contract.ts';
import { attachAll, attachDrawing, type Drawing, keepDrawing, readDrawing } from '../attachments/attachment.service.ts';
import type { Channel } from '../cases/case.contract.ts';
import { followUpSourceOf } from '../cases/case-follow-up.service.ts';
import { findColleague } from '../cases/case-promise.service.ts';
import { openFollowUpComplaint } from '../complaints/complaint.service.ts';
import { notify } from '../notifications/notification.service.ts';
import type { AttemptBody, FollowUpChannel, RecordBody, ReturnBody, ReviewBody } from './follow-up.contract.ts';
import { attempt, recordResult, review, sendBack } from './follow-up.rules.ts';
import { insertAttempt, updateFollowUp } from './follow-up.store.ts';
import { keepText, type Loaded, loadForUpdate, requireReach, writeStep } from './follow-up-load.service.ts';

const versionOf = (call: Call, body: { version?: number | undefined }) => body.version ?? call.ifMatch ?? undefined;

async function load(tx: Tx, call: Call, id: string): Promise<Loaded> {
  const loaded = await loadForUpdate(tx, call, id, call);
  await requireReach(tx, call, loaded.row);
  return loaded;
}

const aboutOf = ({ policy, caseRow, row }: Loaded) => ({ policy, caseRow, id: row.id, code: row.code });

export async function attemptFollowUp(call: Call, id: string, body: AttemptBody): Promise<string> {
  return effect(call, id, async (tx) => {
    const loaded = await load(tx, call, id);
    const { row, caseRow, context } = loaded;
    const outcome = attempt(context, body);
    await writeStep(tx, call, aboutOf(loaded), {
      name: 'attempt',
      eventId: context.eventId,
      at: outcome.at,
      byRole: outcome.byRole,
      state: [row.state, outcome.state],
      facts: outcome.facts,
      clocks: outcome.clocks,
      text: body.note,
    });
    await insertAttempt(tx, call.communityId, {
      id: newId(),
      followUpId: id,
      at: outcome.at,
      recordedAt: call.now,
      byId: call.actor.accountId,
      outcome: body.outcome,
      atDoor: body.atDoor,
      nextAt: body.nextAt ?? null,
      textId: await keepText(tx, call.communityId, caseRow.id, body.note),
    });
    await attachAll(tx, call, body.attachmentIds ?? [], 'case-event', context.eventId);
  });
}

export async function recordFollowUp(call: Call, id: string, body: RecordBody): Promise<string> {
  const drawing = body.signature === undefined ? undefined : await readDrawing(call, body.signature);
  const recorded = await effect(call, id, async (tx) => {
    const loaded = await load(tx, call, id);
    await saveRecord(tx, call, loaded, { ...body, version: versionOf(call, body) }, drawing);
  });
  if (drawing) await keepDrawing(call, drawing);
  return recorded;
}

async function saveRecord(
  tx: Tx,
  call: Call,
  loaded: Loaded,
  body: RecordBody,
  drawing: Drawing | undefined,
): Promise<void> {
  const { row, caseRow, context } = loaded;
  const { communityId } = call;
  const outcome = recordResult(context, body);
  const keep = (text: string | undefined) => keepText(tx, communityId, caseRow.id, text);
  const said = [body.lacking, body.suggestions].filter((part) => part !== undefined).join('\n');
  await writeStep(tx, call, aboutOf(loaded), {
    name: 'record',
    eventId: context.eventId,
    at: outcome.at,
    byRole: outcome.byRole,
    state: [row.state, outcome.state],
    facts: outcome.facts,
    clocks: outcome.clocks,
    text: said === '' ? undefined : said,
  });
  const isFailed = body.verdict === 'not-acceptable';
  const complaintId = isFailed ? newId() : null;
  await updateFollowUp(tx, communityId, row.id, {
    state: outcome.state,
    version: row.version + 1,
    lastStepAt: outcome.at,
    recordedAt: outcome.at,
    heardAt: call.now,
    recordedBy: call.actor.accountId,
    recordedRole: outcome.byRole as Role,
    verdict: body.verdict,
    quality: body.quality ?? null,
    effect: body.effect ?? null,
    satisfaction: body.satisfaction ?? null,
    channel: outcome.channel,
    isSigned: outcome.isSigned,
    lackingTextId: await keep(body.lacking),
    suggestionsTextId: await keep(body.suggestions),
    reasonTextId: await keep(body.reason),
    recordEventId: context.eventId,
    complaintId,
  });
  await attachAll(tx, call, body.attachmentIds ?? [], 'case-event', context.eventId);
  if (drawing) await attachDrawing(tx, call, drawing, 'case-event', context.eventId);
  if (complaintId !== null) await actOnFailure(tx, call, loaded, body.lacking ?? '', complaintId, outcome.channel);
}

const complaintChannel: Record<FollowUpChannel, Channel> = { 'in-person': 'visit', phone: 'phone', message: 'other' };

/** Told, done again, and complained about: all of it or nothing. The complaint's number is the last lock taken. */
async function actOnFailure(
  tx: Tx,
  call: Call,
  { row, caseRow, context }: Loaded,
  lacking: string,
  complaintId: string,
  channel: FollowUpChannel | null,
): Promise<void> {
  await notify(tx, {
    communityId: call.communityId,
    caseId: caseRow.id,
    kind: 'not-acceptable',
    facts: { followUpId: row.id, followUp: row.code, complaintId },
    to: context.document.followUp.notAcceptableTells.value.map((role) => ({ role })),
    channel: 'loud',
    thing: `${row.id}:not-acceptable`,
    now: call.now,
  });
  const source = followUpSourceOf(caseRow.kind);
  // One that is not finished has nothing to be done again: it is being done.
  if (row.kind === 'finished') await source?.doAgain?.(tx, call, caseRow.id, lacking);
  await openFollowUpComplaint(tx, call, complaintId, {
    about: caseRow,
    description: lacking,
    channel: channel === null ? 'other' : complaintChannel[channel],
    followUpId: row.id,
    followUpCode: row.code,
  });
  await source?.complainedOf?.(tx, call, caseRow.id, complaintId);
}

export async function reviewFollowUp(call: Call, id: string, body: ReviewBody): Promise<string> {
  return effect(call, id, async (tx) => {
    const loaded = await load(tx, call, id);
    await saveReview(tx, call, loaded, { ...body, version: versionOf(call, body) });
  });
}

export async function saveReview(tx: Tx, call: Call, loaded: Loaded, body: ReviewBody): Promise<void> {
  const { row, caseRow, context } = loaded;
  const { communityId } = call;
  const outcome = review(context, body);
  const { improvement } = body;
  if (improvement && !(await findColleague(tx, communityId, improvement.ownerId)))
    throw badField('improvement.ownerId', 'unknown_person');
  await writeStep(tx, call, aboutOf(loaded), {
    name: 'review',
    eventId: context.eventId,
    at: outcome.at,
    byRole: outcome.byRole,
    state: [row.state, outcome.state],
    facts: outcome.facts,
    clocks: outcome.clocks,
    text: body.comment,
    forId: improvement?.ownerId,
  });
  await updateFollowUp(tx, communityId, row.id, {
    state: outcome.state,
    version: row.version + 1,
    lastStepAt: outcome.at,
    reviewedAt: outcome.at,
    reviewedBy: call.actor.accountId,
    commentTextId: await keepText(tx, communityId, caseRow.id, body.comment),
    improvementTextId: await keepText(tx, communityId, caseRow.id, improvement?.text),
    improvementOwnerId: improvement?.ownerId ?? null,
    improvementOn: improvement?.on ?? null,
  });
  if (row.kind === 'finished') await followUpSourceOf(caseRow.kind)?.settle?.(tx, call, caseRow.id, row.finishedAt);
}

export async function returnFollowUp(call: Call, id: string, body: ReturnBody): Promise<string> {
  return effect(call, id, async (tx) => {
    const loaded = await load(tx, call, id);
    const { row, caseRow, context } = loaded;
    const { communityId } = call;
    const outcome = sendBack(context, { ...body, version: versionOf(call, body) });
    await writeStep(tx, call, aboutOf(loaded), {
      name: 'return',
      eventId: context.eventId,
      at: outcome.at,
      byRole: outcome.byRole,
      state: [row.state, outcome.state],
      facts: outcome.facts,
      clocks: outcome.clocks,
      text: body.remark,
      forId: row.recordedBy ?? undefined,
    });
    // What was recorded stands on the time line; the next record is another.
    await updateFollowUp(tx, communityId, id, {
      state: outcome.state,
      version: row.version + 1,
      lastStepAt: outcome.at,
      recordedAt: null,
      heardAt: null,
      recordedBy: null,
      recordedRole: null,
      verdict: null,
      quality: null,
      effect: null,
      satisfaction: null,
      channel: null,
      isSigned: false,
      lackingTextId: null,
      suggestionsTextId: null,
      reasonTextId: null,
      recordEventId: null,
      returnedAt: outcome.at,
      returnedBy: call.actor.accountId,
      remarkTextId: await keepText(tx, communityId, caseRow.id, body.remark),
    });
    if (row.recordedBy !== null)
      await notify(tx, {
        communityId,
        caseId: caseRow.id,
        kind: 'follow-up-returned',
        facts: { followUpId: id, followUp: row.code },
        to: [{ staffId: row.recordedBy }],
        channel: 'loud',
        thing: `${id}:returned`,
        now: call.now,
      });
  });
}
