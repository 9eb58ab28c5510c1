// Lives half a year in a minute: carries the planned steps out through the real services, each at its own time, so that
// events, clocks and audit are what they would have been.
import { newId } from '../../kernel/id.ts';
import { BadInput, Refusal } from '../../kernel/refusal.ts';
import { type Instant, msOf } from '../../kernel/time.ts';
import type { House } from '../../platform/house.ts';
import type { Call, CallSource } from '../access/call.ts';
import { type Actor, rolesIn } from '../access/permission.rules.ts';
import { attachDrawing, keepDrawing, readDrawing } from '../attachments/attachment.service.ts';
import { type AttachmentRow, findAttachment, insertAttachment } from '../attachments/attachment.store.ts';
import { addNote } from '../cases/case-note.service.ts';
import { readMessages } from '../cases/case-promise.service.ts';
import { createComplaint, moveComplaint } from '../complaints/complaint.service.ts';
import { readComplaint, readMovedComplaint } from '../complaints/complaint-view.service.ts';
import type { CreateContactBody } from '../contacts/contact.contract.ts';
import { createContact, readContact } from '../contacts/contact.service.ts';
import { moveEnquiry } from '../enquiries/enquiry.service.ts';
import { attemptFollowUp, recordFollowUp, reviewFollowUp } from '../follow-ups/follow-up.service.ts';
import { type FollowUpRow, listOfCase } from '../follow-ups/follow-up.store.ts';
import { createRepair, moveRepair, signForOrder } from '../repairs/repair.service.ts';
import { payRepair } from './demo.store.ts';
import type { ComplaintStep, PlannedComplaint } from './demo-complaints.rules.ts';
import { complaintTexts } from './demo-complaints.words.ts';
import type { FollowUpDeed } from './demo-follow-ups.rules.ts';
import { followUpTexts } from './demo-follow-ups.words.ts';
import { sideTexts, talkAnswer } from './demo-repairs.words.ts';
import type { PlannedRepair, PlannedStep } from './demo-story.rules.ts';
import type { PlannedParty } from './demo-town.rules.ts';

export type Place = {
  house: House;
  communityId: string;
  actors: ReadonlyMap<string, Actor>;
  unitIds: readonly string[];
  parties: readonly PlannedParty[];
  /** Somebody who lives in a unit, by its number. */
  callers(unit: number): PlannedParty | undefined;
  /** PNG data URLs of scribbles. */
  drawings: readonly string[];
  /** Takes the ladders' steps that are due at the house's time. */
  sweep(house: House): Promise<unknown>;
};

/** The house as it was at a moment: the same database, another time. */
const houseAt = (house: House, at: Instant): House => ({
  ...house,
  time: { ...house.time, now: () => at },
  committed: () => {},
});

const millisecond = 1;

/** One step of a story at its time: a chain's own come one after the other. */
export type Deed = { at: number; chain: object; alone: boolean; run: () => Promise<void> };

export type Planned = {
  repairs: readonly PlannedRepair[];
  talks: readonly PlannedTalk[];
  complaints: readonly PlannedComplaint[];
  /** Of what is no case: visits, surveys. */
  others: readonly Deed[];
};

export class History {
  private readonly versions = new Map<string, number>();
  private readonly ended = new Set<PlannedRepair>();
  private readonly signatures: Promise<AttachmentRow>[] = [];

  constructor(private readonly place: Place) {}

  callOf(username: string, at: Instant, source: CallSource = 'staff-web'): Call {
    const { house, communityId, actors } = this.place;
    const actor = actors.get(username);
    if (!actor) throw new Error(`nobody is called ${username}`);
    return {
      house: houseAt(house, at),
      actor,
      communityId,
      roles: rolesIn(actor, communityId),
      breadth: 'community',
      now: at,
      requestId: newId(),
      fromIp: '',
      source,
      key: null,
      ifMatch: null,
      locale: 'zh',
    };
  }

  readonly idOf = (username: string): string => {
    const actor = this.place.actors.get(username);
    if (!actor) throw new Error(`nobody is called ${username}`);
    return actor.accountId;
  };

  /**
   * Carries out all steps up to `until` in the order of their times, `width` of different cases at once; a case's own one by
   * one. What a story would do tomorrow is left to whoever looks at the demo.
   */
  async live(
    { repairs, talks, complaints, others }: Planned,
    until: Instant,
    width: number,
    progress: (done: number, all: number) => void,
  ): Promise<void> {
    const planned: Deed[] = [...others];
    // Numbers are to rise with time, so what takes a number queues behind the one before.
    const numbers = {};
    for (const plan of repairs) {
      const made = { id: '' };
      for (const step of plan.steps)
        planned.push({
          at: msOf(step.at),
          chain: step.do === 'create' ? numbers : made,
          alone: step.do === 'sweep',
          run: () => this.take(plan, step, made),
        });
      const opening = plan.steps[0];
      if (opening?.do === 'create') {
        const run = () => this.noteCaller(plan, opening, made);
        planned.push({ at: msOf(opening.at) + millisecond, chain: numbers, alone: false, run });
      }
    }
    const complaintIds: string[] = [];
    for (const [index, plan] of complaints.entries()) {
      const chain = {};
      for (const step of plan.steps)
        planned.push({
          at: msOf(step.at),
          chain: step.do === 'create' ? numbers : chain,
          alone: false,
          run: () => this.complain(plan, step, complaintIds, index),
        });
    }
    for (const talk of talks)
      planned.push({
        at: msOf(talk.at),
        chain: numbers,
        alone: false,
        run: async () => {
          const call = this.callOf(talk.by, talk.at);
          const line = await createContact(call, {
            ...talk.body,
            ...(talk.messageTo === null ? {} : { messageToId: this.idOf(talk.messageTo) }),
          });
          talk.caseId = (await readContact(call, line)).caseId;
        },
      });
    for (const talk of talks)
      if (talk.settledAt !== null)
        planned.push({
          at: msOf(talk.settledAt),
          chain: numbers,
          alone: false,
          run: () => this.settleTalk(talk, talk.settledAt as Instant),
        });
    const deeds = planned.filter((deed) => deed.at <= msOf(until)).sort((a, b) => a.at - b.at);

    const last = new Map<object, Promise<void>>();
    const running = new Set<Promise<void>>();
    let done = 0;
    for (const deed of deeds) {
      while (running.size >= (deed.alone ? 1 : width)) await Promise.race(running);
      // A case's first move must not overtake its making, whose queue is the numbers'.
      const before = Promise.all([last.get(deed.chain), last.get(numbers)]);
      const run: Promise<void> = (
        deed.chain === numbers ? (last.get(numbers) ?? Promise.resolve()) : before.then(() => {})
      )
        .then(deed.run)
        .finally(() => {
          running.delete(run);
          done++;
          if (done % 200 === 0) progress(done, deeds.length);
        });
      last.set(deed.chain, run);
      running.add(run);
    }
    await Promise.all(running);
    progress(deeds.length, deeds.length);
  }

  /** The promise of a talk is kept: a message read by its colleague, the question answered by telephone. */
  private async settleTalk(talk: PlannedTalk, at: Instant): Promise<void> {
    const { caseId, messageTo } = talk;
    if (!caseId) return;
    if (messageTo !== null) await readMessages(this.callOf(messageTo, at), caseId);
    await moveEnquiry(this.callOf(messageTo ?? talk.by, at), 'answer', caseId, {
      version: 1,
      text: talkAnswer,
      how: 'call',
    });
  }

  /** A planned step that the rules refuse ends that order's story where it stands; it is logged, never forced. */
  private async take(plan: PlannedRepair, step: PlannedStep, made: { id: string }): Promise<void> {
    if (this.ended.has(plan)) return;
    try {
      await this.carryOut(plan, step, made);
    } catch (fault) {
      if (!(fault instanceof Refusal || fault instanceof BadInput)) throw fault;
      this.ended.add(plan);
      this.place.house.log.warn('demo.step_refused', { code: fault.message, step: step.do, caseId: made.id || null });
    }
  }

  private async carryOut(plan: PlannedRepair, step: PlannedStep, made: { id: string }): Promise<void> {
    const call = this.callOf(step.by, step.at, step.source);
    const version = this.versions.get(made.id) ?? 1;
    switch (step.do) {
      case 'create': {
        const person = step.contact === null ? undefined : this.place.parties[step.contact];
        made.id = await createRepair(call, {
          ...step.body,
          ...(plan.unit === null ? {} : { unitId: this.place.unitIds[plan.unit] as string }),
          ...(person ? { contact: { name: person.name, ...(person.phone ? { phone: person.phone } : {}) } } : {}),
        });
        return;
      }
      case 'move':
        await moveRepair(call, step.move, made.id, { ...step.input(this.idOf), version } as never);
        this.versions.set(made.id, version + 1);
        // RP7: the contractor signs for the order once there.
        if (step.move === 'arrive' && call.roles.includes('contractor'))
          await signForOrder(call, made.id, { attachmentIds: [await this.paper(call)] });
        return;
      case 'sign':
        await moveRepair(call, 'sign', made.id, {
          version,
          ...(step.isAbsent
            ? { absent: true, reason: sideTexts.absent[0] }
            : { attachmentIds: [await this.paper(call)], satisfied: step.satisfied }),
        });
        this.versions.set(made.id, version + 1);
        return;
      case 'note':
        await addNote(call, made.id, {
          kind: step.isCall ? 'call' : 'note',
          text: step.text,
          direction: 'out',
          ...(step.isCall ? { to: 'customer' as const } : {}),
        });
        return;
      case 'pay':
        await call.house.database.write([call.communityId], (tx) => payRepair(tx, call.communityId, made.id));
        return;
      case 'follow-up':
        await this.followUp(call, made.id, step.deed, step.which);
        return;
      case 'complaint':
        await this.handleComplaint(call, made.id, step.move);
        return;
      case 'sweep':
        await this.place.sweep(call.house);
    }
  }

  private readonly followUpsOf = (call: Call, caseId: string): Promise<FollowUpRow[]> =>
    call.house.database.read([call.communityId], (tx) => listOfCase(tx, call.communityId, caseId));

  /** One that the sample left out, or that a rework voided, is nobody's to do. */
  private async followUp(call: Call, caseId: string, deed: FollowUpDeed, which: number | null): Promise<void> {
    const all = (await this.followUpsOf(call, caseId)).filter((one) => one.kind === 'finished');
    const states = deed.do === 'review' ? ['recorded'] : ['due', 'visit-due'];
    const row = which === null ? all.findLast((one) => states.includes(one.state)) : all[which];
    if (!row) return;
    const { version } = row;
    if (deed.do === 'attempt') await attemptFollowUp(call, row.id, deed.body);
    if (deed.do === 'record') {
      const attachmentIds = deed.slip ? [await this.paper(call)] : undefined;
      await recordFollowUp(call, row.id, { ...deed.body, version, ...(attachmentIds ? { attachmentIds } : {}) });
      // The program sent the order back: one step more than those that people made.
      if (deed.body.verdict === 'not-acceptable') this.versions.set(caseId, (this.versions.get(caseId) ?? 1) + 1);
    }
    if (deed.do === 'review')
      await reviewFollowUp(call, row.id, {
        ...deed.body,
        version,
        ...(deed.improvement
          ? {
              improvement: {
                text: followUpTexts.improvement,
                ownerId: this.idOf(deed.improvement.owner),
                on: deed.improvement.on,
              },
            }
          : {}),
      });
  }

  /** Another's telephone number stays theirs: whoever lives there and has one is who called. */
  private async complain(plan: PlannedComplaint, step: ComplaintStep, ids: string[], index: number): Promise<void> {
    const call = this.callOf(step.by, step.at);
    if (step.do === 'create') {
      const relation = plan.unit === null ? undefined : this.place.callers(plan.unit);
      const sameEventAs = plan.sameEventAs === null ? undefined : ids[plan.sameEventAs];
      ids[index] = await createComplaint(call, {
        ...step.body,
        ...(plan.unit === null ? {} : { unitId: this.place.unitIds[plan.unit] as string }),
        ...(relation ? { contact: { name: relation.name, ...(relation.phone ? { phone: relation.phone } : {}) } } : {}),
        ...(sameEventAs ? { sameEventAs } : {}),
      });
      return;
    }
    const id = ids[index] as string;
    if (step.do === 'follow-up') await this.followUp(call, id, step.deed, null);
    else {
      const { version } = await readMovedComplaint(call, id);
      await moveComplaint(call, step.name, id, { version, ...step.body } as never);
    }
  }

  private async handleComplaint(call: Call, caseId: string, move: 'resolve' | 'close'): Promise<void> {
    const complaintId = (await this.followUpsOf(call, caseId)).find((one) => one.complaintId !== null)?.complaintId;
    if (!complaintId) return;
    const version = async () => (await readComplaint(call, complaintId)).version;
    if (move === 'resolve') {
      await moveComplaint(call, 'amend', complaintId, { version: await version(), ...complaintTexts.amended });
      await moveComplaint(call, 'send', complaintId, { version: await version(), department: 'customer-service' });
      await moveComplaint(call, 'accept', complaintId, { version: await version() });
      const { result } = complaintTexts;
      await moveComplaint(call, 'resolve', complaintId, { version: await version(), result, cause: 'workmanship' });
      return;
    }
    const { answer, opinion } = complaintTexts;
    await moveComplaint(call, 'tell-customer', complaintId, { version: await version(), how: 'call', answer, opinion });
  }

  /** The line in the desk ledger that a report by telephone or at the counter begins with (FD1). */
  private async noteCaller(plan: PlannedRepair, opening: PlannedStep, made: { id: string }): Promise<void> {
    if (opening.do !== 'create' || opening.source !== 'staff-web' || plan.unit === null) return;
    const person = opening.contact === null ? undefined : this.place.parties[opening.contact];
    const { channel, description, readBack = false } = opening.body;
    await createContact(this.callOf(opening.by, opening.at), {
      channel,
      ...(person ? { callerName: person.name, ...(person.phone ? { callerPhone: person.phone } : {}) } : {}),
      unitId: this.place.unitIds[plan.unit] as string,
      request: description,
      outcome: 'case',
      caseId: made.id,
      readBack,
      startedAt: opening.receivedAt,
    });
  }

  /** A signed voucher: few drawings, stored once, stand on many. */
  async paper(call: Call): Promise<string> {
    const { drawings, communityId } = this.place;
    const which = msOf(call.now) % drawings.length;
    const there = this.signatures[which];
    if (!there) this.signatures[which] = this.storeFirst(call, drawings[which] as string);
    const row = await (this.signatures[which] as Promise<AttachmentRow>);
    const copy: AttachmentRow = {
      ...row,
      id: newId(),
      communityId,
      state: 'ready',
      noun: null,
      nounId: null,
      uploadedBy: call.actor.accountId,
      createdAt: call.now,
      attachedAt: null,
    };
    await call.house.database.write([communityId], (tx) => insertAttachment(tx, copy));
    return copy.id;
  }

  private async storeFirst(call: Call, picture: string): Promise<AttachmentRow> {
    const drawing = await readDrawing(call, picture);
    const row = await call.house.database.write([call.communityId], async (tx) => {
      const id = await attachDrawing(tx, call, drawing, 'demo', newId());
      return (await findAttachment(tx, call.communityId, id)) as AttachmentRow;
    });
    await keepDrawing(call, drawing);
    return row;
  }
}

/** A line of the desk ledger that became no case. */
export type PlannedTalk = {
  at: Instant;
  by: string;
  body: CreateContactBody;
  /** The colleague a message was left for. */
  messageTo: string | null;
  settledAt: Instant | null;
  /** Known once it was recorded. */
  caseId?: string | null;
};
