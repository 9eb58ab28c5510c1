// The work on a repair: quote 报价, agree 同意, pause 暂停, finish 完工, sign 签字 (spec/10, RP5–RP11).
import { BadInput, badField, Refusal } from '../../kernel/refusal.ts';
import { findRule, stopClocks } from '../cases/case-clocks.rules.ts';
import type { StandardDocument } from '../standards/standard.contract.ts';
import type { PriceLine, Quote, QuoteLine, RepairMove } from './repair.contract.ts';
import { type Ask, headOf, type Outcome } from './repair-ask.rules.ts';
import { isWithin, pauseComplete, resumeComplete, startClock, startWork } from './repair-clocks.rules.ts';

/** Quantity in thousandths × fen, divided once, half up. */
export const lineFen = (line: Pick<PriceLine, 'quantity' | 'unitPriceFen'>): number =>
  Number((BigInt(Math.round(line.quantity * 1000)) * BigInt(line.unitPriceFen) + 500n) / 1000n);
export const sumFen = (lines: readonly Pick<PriceLine, 'quantity' | 'unitPriceFen'>[]): number =>
  lines.reduce((sum, line) => sum + lineFen(line), 0);

/** Same item, not dearer, and together not more of it than was agreed. */
function covers(quote: Quote, charged: readonly PriceLine[]): boolean {
  const left = quote.lines.map((line) => ({ ...line }));
  return charged.every((line) => {
    const agreed = left.find(
      (each) =>
        (line.priceItemId !== undefined ? each.priceItemId === line.priceItemId : each.name === line.name) &&
        line.unitPriceFen <= each.unitPriceFen &&
        line.quantity <= each.quantity + 1e-9,
    );
    if (agreed) agreed.quantity -= line.quantity;
    return agreed !== undefined;
  });
}

export function quote(ask: Ask<'quote'>): Outcome {
  const { repair, input, context, at, clocks } = ask;
  const faults = input.lines.flatMap((line, index) => {
    if (line.priceItemId === undefined) return [];
    return context.listPriceFen?.[line.priceItemId] === undefined
      ? [{ path: `lines.${index}.priceItemId`, code: 'unknown_price_item' }]
      : [];
  });
  if (sumFen(input.lines) !== input.amountFen) faults.push({ path: 'amountFen', code: 'not_the_sum' });
  if (faults.length > 0) throw new BadInput(faults);
  const dearer = input.lines.findIndex(
    (line) => line.priceItemId !== undefined && context.listPriceFen?.[line.priceItemId] !== line.unitPriceFen,
  );
  if (dearer >= 0)
    throw new Refusal('repair.not_list_price', {
      line: dearer,
      listPriceFen: context.listPriceFen?.[input.lines[dearer]?.priceItemId ?? ''] ?? null,
    });
  const lines: QuoteLine[] = input.lines.map((line) => ({ ...line, amountFen: lineFen(line) }));
  return {
    changes: {
      quote: { amountFen: input.amountFen, lines, quotedAt: at, agreedAt: null },
      quotedFrom: repair.state,
    },
    facts: { amountFen: input.amountFen, lines: lines.length },
    clocks: [...stopClocks(clocks, 'assess', at, context.eventId), ...pauseComplete(clocks, at, 'quote', 'customer')],
  };
}

export function agree(ask: Ask<'agree'>): Outcome {
  const { repair, input, document, context, at, clocks, hats } = ask;
  const from = repair.quotedFrom ?? 'logged';
  const isOnSite = from === 'on-site' || from === 'working';
  const how = input.how ?? (hats.includes('tech') || hats.includes('con') ? 'signature' : 'call');
  const isFirstConsent = repair.unlisted && repair.consentAt === null;
  return {
    state: isOnSite ? 'working' : from,
    changes: {
      ...(repair.quote ? { quote: { ...repair.quote, agreedAt: at } } : {}),
      quotedFrom: null,
      ...(isFirstConsent ? { consentAt: at } : {}),
    },
    facts: { how, amountFen: repair.quote?.amountFen ?? 0 },
    text: [input.by, input.reason].filter((part) => part !== undefined).join('\n'),
    ...(input.signature === undefined ? {} : { signature: input.signature }),
    clocks: [
      ...resumeComplete(clocks, at),
      ...(isFirstConsent
        ? startWork(document, repair, {
            from: at,
            at,
            consentId: context.eventId,
            withOnSite: !isOnSite,
            chargedTo:
              repair.contractorId !== null ? 'contractor' : repair.technicianId !== null ? 'department' : 'centre',
          })
        : []),
    ],
  };
}

export function pause(ask: Ask<'pause'>): Outcome {
  const { repair, input, document, actor, role, context, at, now, clocks } = ask;
  const policy = document.repair.pauses[input.reason];
  const hasEvidence = input.call !== undefined || (input.attachmentIds ?? []).length > 0;
  if (policy.needsEvidence && !hasEvidence) throw new Refusal('repair.evidence_missing', { reason: input.reason });
  const longest = context.dueOf({ workingDays: policy.maxWorkingDays }, at);
  if (input.until !== undefined) {
    if (input.until <= now) throw badField('until', 'in_the_past');
    if (!isWithin(input.until, longest))
      throw badField('until', 'too_late', { maxWorkingDays: policy.maxWorkingDays, latest: longest });
  }
  const until = input.until ?? longest;
  const pausesComplete = policy.pausesComplete && (!policy.needsConsent || input.consent !== undefined);
  const who = role === 'system' ? headOf(document, repair) : role;
  return {
    changes: { pausedFrom: repair.state, pauseReason: input.reason, pauseUntil: until },
    facts: {
      reason: input.reason,
      until,
      pausesComplete,
      ...(input.call === undefined ? {} : { call: true }),
      ...(input.consent ? { consentHow: input.consent.how } : {}),
    },
    text: [input.call, input.consent?.by].filter((part) => part !== undefined).join('\n'),
    clocks: [
      ...(pausesComplete ? pauseComplete(clocks, at, input.reason, policy.chargedTo) : []),
      ...startClock(document, findRule(document, 'waiting'), repair, {
        at,
        limit: { at: until },
        owner: { staffId: actor.id, role: who },
      }),
    ],
  };
}

export function finish(ask: Ask<'finish'>): Outcome {
  const { repair, input, document, context, at, clocks } = ask;
  const agreed = repair.quote?.agreedAt ? repair.quote : null;
  // What costs the customer something was agreed before (RP6); a free part need not be.
  const priced = input.materials.filter((line) => line.unitPriceFen > 0);
  const charged = (input.lines ?? []).filter((line) => line.unitPriceFen > 0);
  for (const lines of [priced, charged])
    if (lines.length > 0 && (agreed === null || !covers(agreed, lines)))
      throw new Refusal('repair.quote_missing', { amountFen: sumFen(lines) });
  const category = document.repair.categories.find((each) => each.code === repair.category);
  if (category?.photosAtFinish && (input.attachmentIds ?? []).length === 0)
    throw new Refusal('repair.photo_missing', { category: repair.category });
  const chargedFen = input.lines !== undefined ? sumFen(charged) : (agreed?.amountFen ?? 0);
  return {
    changes: {
      finishedAt: at,
      materials: input.materials,
      chargedFen,
      settlement: chargedFen > 0 ? 'open' : 'none',
      ...followUpOf(ask, 'finish').changes,
    },
    result: input.result,
    facts: {
      chargedFen,
      materials: input.materials.length,
      ...(input.siteChecks ? { siteChecks: input.siteChecks } : {}),
      ...(input.customerParts
        ? { customerParts: input.customerParts.map(({ check, customerTold }) => ({ check, customerTold })) }
        : {}),
    },
    ...(input.customerParts ? { text: input.customerParts.map((part) => part.name).join('\n') } : {}),
    clocks: [
      ...stopClocks(clocks, 'complete', at, context.eventId),
      ...startClock(document, findRule(document, 'voucher'), repair, { at }),
    ],
    ...followUpOf(ask, 'finish').decision,
  };
}

/** The move from which the standard's follow-up runs: finish (L), or the voucher handed back (Q). */
export const startsFollowUp = (document: StandardDocument, name: RepairMove): boolean =>
  document.followUps.find((one) => one.what === 'repair')?.startsFrom === name;

/** What becomes of the follow-up at this move: made, left out by the sample, or not yet anything. */
export function followUpOf(ask: Ask<'finish'> | Ask<'return-voucher'>, name: 'finish' | 'return-voucher') {
  if (!startsFollowUp(ask.document, name)) return { changes: {}, decision: {} } as const;
  const isOwed = ask.context.followUpOwed !== false;
  return {
    changes: { followUp: isOwed ? ('due' as const) : ('not-owed' as const) },
    decision: { followUp: isOwed ? ('make' as const) : ('not-owed' as const) },
  };
}

export function sign(ask: Ask<'sign'>): Outcome {
  const { repair, input } = ask;
  const isDrawn = input.signature !== undefined;
  const isPhoto = (input.attachmentIds ?? []).length > 0;
  const isAbsent = input.absent === true;
  if (isAbsent && input.reason === undefined) throw badField('reason', 'required');
  if (!isDrawn && !isPhoto && !isAbsent) throw new Refusal('repair.evidence_missing', { move: 'sign' });
  if (!isAbsent && input.satisfied === undefined) throw badField('satisfied', 'required');
  // Nobody lives in a common area: the reporter or the engineering supervisor signs there.
  const signer = input.signer ?? (repair.unitId === null ? 'reporter' : 'customer');
  if (repair.unitId === null && signer === 'customer') throw badField('signer', 'reporter_or_engineering');
  return {
    changes: { signedAt: ask.at, satisfied: input.satisfied ?? null },
    facts: {
      signer,
      evidence: isDrawn ? 'drawing' : isPhoto ? 'photo' : 'absent',
      ...(input.satisfied === undefined ? {} : { satisfied: input.satisfied }),
    },
    ...(input.reason === undefined ? {} : { text: input.reason }),
    ...(input.signature === undefined ? {} : { signature: input.signature }),
  };
}
