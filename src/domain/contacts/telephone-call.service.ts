// Calls that a telephone system tells of: the household opens at the desk, the rings are counted (FD2).
import { newId } from '../../kernel/id.ts';
import { badField, notFound } from '../../kernel/refusal.ts';
import { dayOf, minuteMs, plusDays, plusMs, startOfDay } from '../../kernel/time.ts';
import { type Call, effect, readIn } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import { maskPhone } from '../parties/phone.rules.ts';
import { searchUnits } from '../places/search.service.ts';
import { standardInForce } from '../standards/standard.service.ts';
import type { CallEventBody, TelephoneCall } from './telephone-call.contract.ts';
import { afterEvent, isInTime, ringsOf } from './telephone-call.rules.ts';
import { type CallRow, claimCall, countCalls, listCalls, updateCall } from './telephone-call.store.ts';

/** Longer than anybody lets it ring; a lost hang-up ends it for the screen. */
const ringsAtMostMs = 3 * minuteMs;
/** A telephone system's clock may be ahead of ours by so much. */
const clockSkewMs = 2 * minuteMs;

export async function tellCall(call: Call, body: CallEventBody): Promise<string> {
  const at = body.at ?? call.now;
  if (at > plusMs(call.now, clockSkewMs)) throw badField('at', 'in_the_future');
  return effect(call, newId(), async (tx, id) => {
    const known = await claimCall(tx, call.communityId, { id, externalId: body.callId, rangAt: at });
    const facts = afterEvent(known.isNew ? null : known, body.event, at);
    const { document } = await standardInForce(tx, call.communityId);
    const [unit] = body.from ? await searchUnits(tx, call, body.from, 1) : [];
    await updateCall(tx, call.communityId, known.id, {
      ...facts,
      rings: ringsOf(facts, document.desk.ringSeconds.value),
      ...(body.from
        ? {
            fromSealed: call.house.secrets.seal(body.from, `telephone-call:${known.id}`),
            fromMasked: maskPhone(body.from),
          }
        : {}),
      ...(unit ? { unitId: unit.id } : {}),
    });
    await record(tx, call, { action: `telephone-call.${body.event}`, noun: 'telephone-call', nounId: known.id });
  });
}

const shape = (call: Call, row: CallRow, asked: { min: number; max: number }): TelephoneCall => {
  const { id, fromMasked, unitId, unit, rangAt, answeredAt, endedAt, rings, contactId } = row;
  return {
    id,
    communityId: call.communityId,
    from: fromMasked,
    unitId,
    unit,
    rangAt,
    answeredAt,
    endedAt,
    rings,
    isInTime: isInTime(row, rings, asked),
    contactId,
  };
};

/** By the telephone system's own number: the event that was just told. */
export async function readToldCall(call: Call, id: string, externalId: string): Promise<TelephoneCall> {
  return readIn(call, async (tx) => {
    const { document } = await standardInForce(tx, call.communityId);
    const named = await tx
      .selectFrom('telephoneCalls')
      .select('id')
      .where('communityId', '=', call.communityId)
      .where('externalId', '=', externalId)
      .executeTakeFirst();
    const [row] = await listCalls(tx, call.communityId, { id: named?.id ?? id, limit: 1 });
    if (!row) throw notFound('telephone-call');
    return shape(call, row, document.desk.rings.value);
  });
}

export async function readCalls(
  call: Call,
  query: { ringing?: 'true' | 'false' | undefined; day?: string | undefined; limit: number },
) {
  return readIn(call, async (tx) => {
    const asked = (await standardInForce(tx, call.communityId)).document.desk.rings.value;
    const day = query.day ?? dayOf(call.now);
    const span = { from: startOfDay(day), until: startOfDay(plusDays(day, 1)) };
    const rows = await listCalls(tx, call.communityId, {
      limit: query.limit,
      ...(query.ringing === 'true' ? { ringingSince: plusMs(call.now, -ringsAtMostMs) } : span),
    });
    return {
      items: rows.map((row) => shape(call, row, asked)),
      nextCursor: null,
      ...(await countCalls(tx, call.communityId, span, asked)),
    };
  });
}
