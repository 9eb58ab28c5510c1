// One rule for each move of a repair 报修 (spec/10); the longer ones stand in repair-order and repair-work.
import { badField, Refusal } from '../../kernel/refusal.ts';
import { findRule, openClock, stopClocks, voidClocks } from '../cases/case-clocks.rules.ts';
import { doorChecks, type RepairMove } from './repair.contract.ts';
import { type Ask, endWaiting, headOf, notPaused, type Outcome, unassigned } from './repair-ask.rules.ts';
import { assignOpen, chargeOpen, notifyAnew, startClock } from './repair-clocks.rules.ts';
import { logDraft, loggedNotices } from './repair-create.rules.ts';
import type { RepairFacts } from './repair-facts.rules.ts';
import { amend, cancel, dispatch, rework, transfer } from './repair-order.rules.ts';
import { agree, finish, followUpOf, pause, quote, sign } from './repair-work.rules.ts';

type Deciders = { [Name in RepairMove]: (ask: Ask<Name>) => Outcome };

export const deciders: Deciders = {
  amend,
  dispatch,
  quote,
  agree,
  pause,
  finish,
  sign,
  rework,
  transfer,
  cancel,

  log: ({ repair, input, document, clocks, at, context }) => {
    const after: RepairFacts = { ...repair, loggedAt: at, readBack: input.readBack ?? repair.readBack };
    return {
      changes: { loggedAt: at, readBack: after.readBack },
      facts: { readBack: after.readBack },
      clocks: logDraft(document, after, clocks, at, context.eventId),
      notices: loggedNotices(document, after, context.warranty?.accountIds ?? []),
    };
  },

  accept: ({ repair, document, clocks, at, context }) => ({
    changes: {},
    clocks: [
      ...stopClocks(clocks, 'notify', at, context.eventId),
      // Whoever accepts has read the message (RP7).
      ...(repair.contractorId === null ? [] : stopClocks(clocks, 'contractor-told', at, context.eventId)),
      ...chargeOpen(clocks, at, repair.contractorId === null ? 'department' : 'contractor'),
      // RP3, RP5: both limits stand, the earlier shows; an appointment has replaced them.
      ...(repair.hurry && !repair.unlisted && repair.appointmentAt === null && !openClock(clocks, 'on-site', 'hurry')
        ? startClock(document, findRule(document, 'on-site', 'hurry'), repair, {
            at,
            key: 'hurry',
            chargedTo: 'department',
          })
        : []),
    ],
  }),

  'hand-back': ({ repair, input, document, clocks, at, actor }) => {
    const after: RepairFacts = { ...repair, ...unassigned };
    const desk = findRule(document, 'call-back', 'after-hand-back');
    const steady = clocks.filter((clock) => clock.key === '');
    return {
      changes: unassigned,
      text: input.reason,
      ...(actor.id === null ? {} : { facts: { from: actor.id } }),
      clocks: [
        ...notifyAnew(document, clocks, after, at, 'handed-back'),
        ...voidClocks(clocks, (clock) => clock.kind === 'on-site' && clock.key === 'hurry', at, 'handed-back'),
        ...assignOpen(steady, at, document, after),
        ...chargeOpen(steady, at, 'centre'),
        // RP13: nobody comes for now, so the desk calls the customer at once.
        ...(openClock(clocks, 'call-back', 'hand-back')
          ? []
          : startClock(document, desk, after, { at, key: 'hand-back' })),
      ],
      notices: [
        { to: { role: 'front_desk' }, kind: 'repair.handed-back', loud: true, out: false },
        { to: { role: headOf(document, repair) }, kind: 'repair.handed-back', loud: true, out: false },
      ],
    };
  },

  depart: () => ({ changes: {} }),

  arrive: ({ repair, input, clocks, at, context }) => {
    // RP9: at somebody's door each step is ticked, and one left out is a violation. Where nobody lives there is no door.
    const missed =
      input.doorChecks === undefined || repair.unitId === null
        ? []
        : doorChecks.filter((step) => !input.doorChecks?.includes(step));
    // RP7: on arrival the contractor signs for the order; our own people have theirs in hand.
    if (input.signature !== undefined && repair.contractorId === null)
      throw badField('signature', 'only_for_contractor');
    return {
      changes: missed.length > 0 ? { doorBreach: true } : {},
      facts: {
        ...(input.doorChecks ? { doorChecks: input.doorChecks, ...(missed.length > 0 ? { breach: missed } : {}) } : {}),
        ...(input.signature === undefined ? {} : { contractorSigned: true }),
      },
      ...(input.signature === undefined ? {} : { signature: input.signature }),
      clocks: stopClocks(clocks, 'on-site', at, context.eventId),
    };
  },

  decline: ({ input, clocks, at }) => ({
    changes: { quotedFrom: null },
    text: `${input.by}\n${input.reason}`,
    clocks: voidClocks(clocks, () => true, at, 'declined'),
  }),

  resume: (ask) => ({
    state: ask.repair.pausedFrom ?? 'accepted',
    changes: notPaused,
    ...(ask.repair.pauseReason === null ? {} : { facts: { reason: ask.repair.pauseReason } }),
    clocks: endWaiting(ask),
  }),

  'return-voucher': (ask) => {
    const followUp = followUpOf(ask, 'return-voucher');
    return {
      changes: { returnedAt: ask.at, ...followUp.changes },
      clocks: stopClocks(ask.clocks, 'voucher', ask.at, ask.context.eventId),
      ...followUp.decision,
    };
  },

  confirm: ({ repair, actor, at }) => {
    if (repair.confirmedAt !== null) throw new Refusal('repair.already_confirmed');
    if (actor.id !== null && repair.technicianId === actor.id) throw new Refusal('repair.own_work');
    const isDeclined = repair.state === 'declined';
    return {
      state: isDeclined ? 'closed' : repair.state,
      changes: { confirmedAt: at, ...(isDeclined ? { closedAt: at } : {}) },
    };
  },

  close: ({ repair, at }) => {
    if (repair.confirmedAt === null) throw new Refusal('repair.not_confirmed');
    if (repair.followUp !== 'reviewed' && repair.followUp !== 'not-owed') throw new Refusal('repair.follow_up_open');
    if (repair.settlement === 'open') throw new Refusal('repair.money_open');
    return { changes: { closedAt: at } };
  },
};
