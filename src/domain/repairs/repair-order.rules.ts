// Who holds a repair and what it promises: dispatch 派工, amend 更改, transfer 转派, rework 返修, cancel 取消 (spec/10).
import { BadInput, badField, Refusal } from '../../kernel/refusal.ts';
import { hourMs, plusMs } from '../../kernel/time.ts';
import type { Role } from '../access/role.contract.ts';
import { findRule, stopClocks, voidClocks } from '../cases/case-clocks.rules.ts';
import type { ClockFact } from '../clocks/clock.contract.ts';
import type { StandardDocument } from '../standards/standard.contract.ts';
import type { RepairState } from './repair.contract.ts';
import { type Ask, endWaiting, headOf, notPaused, type Outcome, unassigned, withdrawn } from './repair-ask.rules.ts';
import { assignOpen, chargeOpen, notifyAnew, rebaseWork, startClock, startWork } from './repair-clocks.rules.ts';
import { dateFaults, tellContractor } from './repair-create.rules.ts';
import type { RepairFacts } from './repair-facts.rules.ts';

/** Facts that the standard wants before anybody is sent: its own requirements, by urgency (RP3). */
export function dispatchBlocker(
  repair: Pick<RepairFacts, 'urgency' | 'agreedAt' | 'appointmentAt'>,
  document: StandardDocument,
): string | null {
  const required = document.repair.requiredBeforeDispatch.value[repair.urgency];
  if (required.includes('appointmentAt') && repair.appointmentAt === null) return 'repair.appointment_missing';
  if (required.includes('agreedAt') && repair.agreedAt === null) return 'repair.agreed_date_missing';
  return null;
}

/** Posts that may hold an order of the engineering department; any staff post holds one of another department. */
const engineers: readonly Role[] = ['technician', 'duty_technician', 'engineering_supervisor'];
const notWorkers: readonly Role[] = ['resident', 'owners_committee', 'developer', 'rental_agency', 'contractor'];

export function dispatch(ask: Ask<'dispatch'>): Outcome {
  const { repair, input, document, actor, hats, context, at, clocks } = ask;
  const { technicianId, contractorId } = input;
  if ((technicianId === undefined) === (contractorId === undefined))
    throw badField('technicianId', 'technician_or_contractor');
  // The duty technician sends himself, and on shift only.
  if (hats.every((hat) => hat === 'duty')) {
    if (technicianId === undefined || technicianId !== actor.id) throw ask.refuse();
    if (context.onShift === false) throw new Refusal('repair.not_on_shift');
  }
  const path = technicianId === undefined ? 'contractorId' : 'technicianId';
  const { assignee } = context;
  if (!assignee) throw badField(path, 'unknown_person');
  const fits =
    technicianId === undefined
      ? assignee.roles.includes('contractor')
      : repair.department === 'engineering'
        ? assignee.roles.some((role) => engineers.includes(role))
        : assignee.roles.some((role) => !notWorkers.includes(role));
  if (!fits) throw badField(path, 'wrong_post');
  if (!assignee.active) throw new Refusal('repair.assignee_not_active', { assigneeId: assignee.id, why: 'disabled' });
  // Active here (spec/10): who is away would hold the order until they are back, and the promise would run on.
  if (assignee.away)
    throw new Refusal('repair.assignee_not_active', {
      assigneeId: assignee.id,
      why: 'away',
      until: assignee.away.until,
      standInId: assignee.away.standInId,
    });
  const missing = dispatchBlocker(repair, document);
  if (missing !== null) throw new Refusal(missing, { urgency: repair.urgency });
  const pastContractor = repair.underWarranty && repair.urgency !== 'emergency' && technicianId !== undefined;
  if (pastContractor && input.reason === undefined)
    throw new Refusal('repair.reason_missing', { why: 'under-warranty' });

  const after = { ...repair, technicianId: technicianId ?? null, contractorId: contractorId ?? null };
  const isNewPerson = repair.technicianId !== after.technicianId || repair.contractorId !== after.contractorId;
  return {
    changes: {
      technicianId: after.technicianId,
      contractorId: after.contractorId,
      contractorFirmId: contractorId === undefined ? null : (assignee.firmId ?? null),
      responsibleId: assignee.id,
    },
    forId: assignee.id,
    facts: {
      ...(technicianId === undefined ? { contractorId } : { technicianId }),
      ...(pastContractor ? { pastContractor: true } : {}),
      ...(input.contractorTold ? { contractorTold: true } : {}),
    },
    ...(input.reason === undefined ? {} : { text: input.reason }),
    clocks: [
      ...(input.contractorTold ? stopClocks(clocks, 'contractor-told', at, context.eventId) : []),
      ...(pastContractor && !input.contractorTold
        ? voidClocks(clocks, (clock) => clock.kind === 'contractor-told', at, 'own-technician')
        : []),
      ...(isNewPerson
        ? [
            ...notifyAnew(document, clocks, after, at, 'new-person'),
            ...voidClocks(clocks, (clock) => clock.kind === 'on-site' && clock.key === 'hurry', at, 'new-person'),
            ...assignOpen(clocks, at, document, after),
          ]
        : []),
    ],
    notices: [
      ...(isNewPerson ? withdrawn(repair) : []),
      { to: { staffId: assignee.id }, kind: 'repair.dispatched', loud: true, out: true },
    ],
  };
}

export function amend(ask: Ask<'amend'>): Outcome {
  const { repair, input, document, hats, context, at, clocks } = ask;
  const { version: _v, happenedAt: _h, note: _n, attachmentIds: _a, reason, consent, customerTold, ...fields } = input;
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  if (given.length === 0) throw badField('', 'nothing_to_change');
  // The technician makes the appointment of his own order; the rest is for desk and supervisors.
  if (hats.every((hat) => hat === 'tech') && given.some(([field]) => field !== 'appointmentAt')) throw ask.refuse();

  const faults = dateFaults(fields, ask.now, repair);
  if (fields.unitId !== undefined && context.unitKnown === false) faults.push({ path: 'unitId', code: 'unknown_unit' });
  if (fields.unitId !== undefined && fields.place !== undefined)
    faults.push({ path: 'place', code: 'unit_or_place_only' });
  const category = document.repair.categories.find((each) => each.code === fields.category);
  if (fields.category !== undefined && !category) faults.push({ path: 'category', code: 'unknown_category' });
  if (fields.priceItemId !== undefined && context.listPriceFen?.[fields.priceItemId] === undefined)
    faults.push({ path: 'priceItemId', code: 'unknown_price_item' });
  if (faults.length > 0) throw new BadInput(faults);

  const isReclassed = fields.urgency !== undefined && fields.urgency !== repair.urgency;
  if (isReclassed && document.repair.reclassNeedsReason.value && reason === undefined)
    throw new Refusal('repair.reason_missing', { why: 're-classed' });

  // What was promised for one day moves to another with the customer's consent on record only (RP3).
  if (fields.agreedAt !== undefined && repair.agreedAt !== null && consent === undefined)
    throw new Refusal('repair.consent_missing', { agreedAt: repair.agreedAt });

  const changes: Outcome['changes'] = {
    ...(isReclassed && fields.urgency ? { urgency: fields.urgency, reclassed: true } : {}),
    ...(fields.appointmentAt ? { appointmentAt: fields.appointmentAt } : {}),
    ...(fields.agreedAt ? { agreedAt: fields.agreedAt, agreedWithConsent: consent !== undefined } : {}),
    ...(fields.unitId ? { unitId: fields.unitId, place: null } : {}),
    ...(fields.place ? { place: fields.place, unitId: null } : {}),
    ...(category ? { category: category.code } : {}),
    ...(fields.priceItemId ? { priceItemId: fields.priceItemId } : {}),
    ...(fields.readBack === undefined ? {} : { readBack: fields.readBack }),
    ...(fields.part ? { part: fields.part } : {}),
    ...warrantyChange(ask, isReclassed),
  };
  const after: RepairFacts = { ...repair, ...changes };
  const waitsForConsent = repair.unlisted && repair.consentAt === null;
  const warrantyBegins = after.underWarranty && !repair.underWarranty;
  const warrantyEnds = repair.underWarranty && !after.underWarranty;
  return {
    changes,
    facts: {
      fields: given.map(([field]) => field),
      ...(isReclassed ? { urgency: [repair.urgency, after.urgency] } : {}),
      // Agreed to on record is told (RP7).
      ...(fields.appointmentAt
        ? { appointmentAt: fields.appointmentAt, customerTold: customerTold === true || consent !== undefined }
        : {}),
      ...(warrantyBegins || warrantyEnds ? { underWarranty: after.underWarranty } : {}),
      ...(fields.agreedAt ? { agreedAt: fields.agreedAt, consent: consent !== undefined } : {}),
      ...(consent ? { consentHow: consent.how } : {}),
    },
    ...(reason === undefined && consent === undefined
      ? {}
      : { text: [reason, consent?.by].filter((part) => part !== undefined).join('\n') }),
    ...(fields.description === undefined ? {} : { description: fields.description }),
    ...(fields.contact === undefined ? {} : { contact: fields.contact }),
    clocks: [
      ...(waitsForConsent
        ? []
        : rebaseWork(document, clocks, repair, after, {
            at,
            reason: isReclassed ? 're-classed' : fields.appointmentAt ? 'appointment' : 'agreed-date',
            consentId: context.eventId,
            pausedFor: pauseCharge(repair, document),
            arrivalOpen: ['logged', 'dispatched', 'accepted', 'en-route'].includes(baseState(repair)),
            receivedAt: repair.consentAt ?? repair.receivedAt,
          })),
      ...(warrantyBegins && !clocks.some((clock) => clock.kind === 'contractor-told')
        ? startClock(document, findRule(document, 'contractor-told'), after, { at })
        : []),
      ...(warrantyEnds
        ? voidClocks(clocks, (clock) => clock.kind === 'contractor-told', at, 'not-under-warranty')
        : []),
    ],
    notices: warrantyBegins ? tellContractor(context.warranty?.accountIds ?? []) : [],
  };
}

/** Another place, category or part is judged anew, by the day of the report all the same; what the builder left stays theirs. */
function warrantyChange({ repair, input, context }: Ask<'amend'>, isReclassed: boolean): Outcome['changes'] {
  const isMajor = (input.urgency ?? repair.urgency) === 'major';
  if (context.warranty === undefined) return isReclassed && isMajor ? { underWarranty: true } : {};
  const { verdict } = context.warranty;
  return { warranty: verdict, underWarranty: verdict?.isUnder === true || isMajor };
}

/** Where an order stands behind a quote or a pause. */
const baseState = (repair: RepairFacts): RepairState =>
  (repair.state === 'quoted' ? repair.quotedFrom : repair.state === 'paused' ? repair.pausedFrom : null) ??
  repair.state;

function pauseCharge(repair: RepairFacts, document: StandardDocument) {
  if (repair.state === 'quoted') return { reason: 'quote', chargedTo: 'customer' as const };
  if (repair.pauseReason === null) return null;
  return { reason: repair.pauseReason, chargedTo: document.repair.pauses[repair.pauseReason].chargedTo };
}

export function rework(ask: Ask<'rework'>): Outcome {
  const { repair, input, document, context, at, now, clocks } = ask;
  const days = document.repair.reworkWithinDays.value;
  if (repair.closedAt !== null && now > plusMs(repair.closedAt, days * 24 * hourMs))
    throw new Refusal('repair.rework_too_late', { days, closedAt: repair.closedAt });
  // Old dates are over: the promise begins anew, and a standard that works by dates asks for new ones.
  const fresh = {
    ...unassigned,
    ...notPaused,
    appointmentAt: null,
    agreedAt: null,
    agreedWithConsent: false,
    hurry: false,
    quote: null,
    quotedFrom: null,
    finishedAt: null,
    signedAt: null,
    returnedAt: null,
    confirmedAt: null,
    closedAt: null,
    satisfied: null,
    followUp: 'none',
    reworkCount: repair.reworkCount + 1,
    // Judged and agreed once: the same fault is not assessed a second time.
    consentAt: repair.unlisted ? at : null,
  } as const;
  const after: RepairFacts = { ...repair, ...fresh };
  return {
    changes: fresh,
    text: input.reason,
    facts: { reworkCount: after.reworkCount },
    clocks: [
      // A record that waits for its review is a fact whatever becomes of the order.
      ...voidClocks(clocks, (clock) => !['call-back', 'notify', 'review'].includes(clock.kind), at, 'rework'),
      ...notifyAnew(document, clocks, after, at, 'rework'),
      ...startWork(document, after, { from: at, at, consentId: context.eventId, withOnSite: true }),
    ],
    notices: [{ to: { role: headOf(document, repair) }, kind: 'repair.rework', loud: true, out: false }],
    followUp: 'void',
  };
}

export function transfer(ask: Ask<'transfer'>): Outcome {
  const { repair, input, document, context, at, clocks } = ask;
  const staysWithin = input.department === repair.department;
  const isNewPerson = input.technicianId !== undefined && input.technicianId !== repair.technicianId;
  if (staysWithin && !isNewPerson) throw new Refusal('repair.nothing_to_transfer', { department: repair.department });
  if (input.technicianId !== undefined && !context.assignee) throw badField('technicianId', 'unknown_person');
  const after: RepairFacts = { ...repair, ...unassigned, department: input.department };
  const running = clocks.map(
    (clock): ClockFact =>
      clock.kind === 'complete' && clock.state === 'paused' ? { ...clock, state: 'running' } : clock,
  );
  return {
    changes: { ...unassigned, ...notPaused, department: input.department },
    text: input.reason,
    ...(input.technicianId === undefined ? {} : { forId: input.technicianId }),
    facts: {
      department: [repair.department, input.department],
      ...(input.technicianId === undefined ? {} : { proposedTechnicianId: input.technicianId }),
    },
    clocks: [
      ...(repair.state === 'paused' ? endWaiting(ask) : []),
      ...notifyAnew(document, clocks, after, at, 'transfer'),
      ...voidClocks(clocks, (clock) => clock.kind === 'on-site' && clock.key === 'hurry', at, 'transfer'),
      ...assignOpen(
        running.filter((clock) => clock.key === ''),
        at,
        document,
        after,
      ),
      ...chargeOpen(
        running.filter((clock) => clock.key === ''),
        at,
        'department',
      ),
    ],
    notices: [
      ...withdrawn(repair),
      { to: { role: headOf(document, after) }, kind: 'repair.transferred', loud: true, out: false },
    ],
  };
}

export function cancel(ask: Ask<'cancel'>): Outcome {
  const { repair, input, hats, context, at, clocks } = ask;
  const isResidentOnly = hats.every((hat) => hat === 'resident');
  const by = input.by ?? (isResidentOnly ? 'customer' : undefined);
  if (by === undefined) throw badField('by', 'required');
  // Engineering ends an order only as not feasible, a resident his own until somebody has accepted it.
  const mayEnd = hats.some(
    (hat) =>
      hat === 'desk' ||
      hat === 'sup' ||
      (hat === 'eng' && by === 'not-feasible') ||
      (hat === 'resident' && by === 'customer'),
  );
  if (!mayEnd) throw ask.refuse();
  if (isResidentOnly && !['draft', 'logged', 'dispatched'].includes(repair.state))
    throw new Refusal('repair.move_not_allowed', { state: repair.state, move: 'cancel' });
  const notFeasible = by === 'not-feasible';
  return {
    changes: { ...notPaused, quotedFrom: null, closedAt: at },
    text: input.reason,
    facts: { by },
    clocks: [
      ...(notFeasible ? stopClocks(clocks, 'assess', at, context.eventId) : []),
      ...voidClocks(
        clocks,
        (clock) => clock.kind !== 'review' && !(notFeasible && clock.kind === 'assess'),
        at,
        'cancelled',
      ),
    ],
    notices: withdrawn(repair),
    followUp: 'void',
  };
}
