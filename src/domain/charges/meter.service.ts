// Meters and readings 抄表 (MN4): entered by hand, from a file or with a photo; what is odd stops until somebody has looked
// again; meters are exchanged; and what the main meters show beyond the units' is shared out.
import { newId } from '../../kernel/id.ts';
import { decodeCursor, pageOf } from '../../kernel/paging.ts';
import { BadInput, badField, type FieldFault, notFound, Refusal } from '../../kernel/refusal.ts';
import { dayOf, daysBetween, type Month } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Call, effect, type InputOf, reachOf, readIn } from '../access/call.ts';
import { attachAll } from '../attachments/attachment.service.ts';
import { record } from '../audit/audit.service.ts';
import { standardInForce } from '../standards/standard.service.ts';
import { monthPeriod, versionOn } from './charge.rules.ts';
import { isOfCommunity, listItemRows, listVersionRows } from './charge-item.store.ts';
import type { MeterView, meterRoutes, ReadingBody } from './meter.contract.ts';
import {
  type ExchangeRow,
  findMeterForReading,
  findReading,
  insertExchange,
  insertMeter,
  insertReading,
  isBilled,
  isCodeTaken,
  listExchanges,
  listMainUse,
  listMeterRows,
  listReadings,
  listUnitUse,
  type MeterRow,
  type ReadingRow,
  removeReadingRow,
} from './meter.store.ts';
import { publicUseOf, type SharedOut } from './public-use.rules.ts';
import { judgeReading, type Reading } from './reading.rules.ts';

type Input<Name extends keyof typeof meterRoutes> = InputOf<(typeof meterRoutes)[Name]>;

const startOf = (meter: MeterRow): Reading => ({ on: meter.installedOn, thousandths: meter.startThousandths });

/** Where the next reading counts from, as it stands on the dial now: behind an exchange the new meter's first figure. */
function shownLast(meter: MeterRow, before: readonly ReadingRow[], exchanges: readonly ExchangeRow[]) {
  const last = before[0] ?? startOf(meter);
  const exchanged = exchanges.filter((one) => one.meterId === meter.id && one.on > last.on).at(-1);
  return exchanged
    ? { on: exchanged.on, reading: exchanged.startThousandths }
    : { on: last.on, reading: last.thousandths };
}

const shownReading = ({
  id,
  month,
  on,
  thousandths,
  usedThousandths,
  days,
  source,
  confirmed,
  attachmentIds,
}: ReadingRow) => ({
  ...{ id, month, on, days, source, attachmentIds },
  reading: thousandths,
  used: usedThousandths,
  isConfirmed: confirmed.length > 0,
});

export const listMeters = (call: Call, { query }: Input<'listMeters'>) =>
  readIn(call, async (tx) => {
    const after = query.cursor === undefined ? null : (decodeCursor(query.cursor, 2) as [string, string]);
    const { itemId, buildingId, limit, month } = query;
    const rows = await listMeterRows(tx, call.communityId, { itemId, buildingId, after, limit: limit + 1 });
    const ids = rows.map(({ id }) => id);
    const readings = await listReadings(tx, call.communityId, ids, 14);
    const exchanges = await listExchanges(tx, call.communityId, ids);
    return pageOf(
      rows,
      limit,
      (row) => [row.sortKey, row.id],
      (row): MeterView => {
        const own = readings.filter((one) => one.meterId === row.id);
        const reading = own.find((one) => one.month === month) ?? null;
        const before = own.filter((one) => one.month < month);
        const days = before.reduce((sum, one) => sum + one.days, 0);
        const used = before.reduce((sum, one) => sum + one.usedThousandths, 0);
        return {
          id: row.id,
          communityId: call.communityId,
          itemId: row.itemId,
          code: row.code,
          unit: row.unitId === null ? null : { id: row.unitId, label: row.unit ?? '' },
          building: row.buildingId === null ? null : { id: row.buildingId, name: row.building ?? '' },
          dialFigures: row.dialFigures,
          installedOn: row.installedOn,
          removedOn: row.removedOn,
          last: shownLast(row, before, exchanges),
          reading: reading === null ? null : shownReading(reading),
          usual: days === 0 ? null : Math.round((used * 30) / days),
          version: row.version,
        };
      },
    );
  });

export async function createMeter(call: Call, { body }: Input<'createMeter'>) {
  const id = await effect(call, newId(), async (tx, made) => {
    const { itemId, code, unitId = null, buildingId = null, dialFigures, installedOn, start } = body;
    const faults: FieldFault[] = [];
    if ((await listItemRows(tx, call.communityId, itemId)).length === 0)
      faults.push({ path: 'itemId', code: 'unknown_item' });
    if (unitId && !(await isOfCommunity(tx, call.communityId, 'units', unitId)))
      faults.push({ path: 'unitId', code: 'unknown_unit' });
    if (buildingId && !(await isOfCommunity(tx, call.communityId, 'buildings', buildingId)))
      faults.push({ path: 'buildingId', code: 'unknown_building' });
    if (await isCodeTaken(tx, call.communityId, code)) faults.push({ path: 'code', code: 'code_taken' });
    if (faults.length > 0) throw new BadInput(faults);
    await insertMeter(tx, call.communityId, {
      ...{ id: made, itemId, code, unitId, buildingId, dialFigures, installedOn },
      startThousandths: start,
      createdAt: call.now,
    });
    await record(tx, call, { action: 'meter.create', noun: 'meter', nounId: made, changed: { code: [null, code] } });
  });
  return { id };
}

export async function exchangeMeter(call: Call, { params, body }: Input<'exchangeMeter'>) {
  await effect(call, params.id, async (tx) => {
    const meter = await findMeterForReading(tx, call.communityId, { id: params.id });
    if (!meter) throw notFound('meter');
    const last = (await listReadings(tx, call.communityId, [meter.id], 1))[0] ?? startOf(meter);
    const faults: FieldFault[] = [];
    if (body.on > dayOf(call.now)) faults.push({ path: 'on', code: 'in_the_future' });
    if (body.on <= last.on) faults.push({ path: 'on', code: 'reading_day_not_after_last', facts: { last: last.on } });
    if (body.final < last.thousandths && (await exchangesSince(tx, call, meter.id, last.on)).length === 0)
      faults.push({ path: 'final', code: 'exchange_lower_than_last', facts: { last: last.thousandths } });
    if (body.newCode !== '' && body.newCode !== meter.code && (await isCodeTaken(tx, call.communityId, body.newCode)))
      faults.push({ path: 'newCode', code: 'code_taken' });
    if (faults.length > 0) throw new BadInput(faults);
    await insertExchange(tx, call.communityId, {
      id: newId(),
      meterId: meter.id,
      on: body.on,
      finalThousandths: body.final,
      startThousandths: body.start,
      newCode: body.newCode,
      reason: body.reason,
      enteredBy: call.actor.accountId || null,
      enteredAt: call.now,
    });
    await record(tx, call, {
      action: 'meter.exchange',
      noun: 'meter',
      nounId: meter.id,
      changed: { final: [null, body.final], start: [null, body.start], on: [null, body.on] },
    });
  });
  return { id: params.id };
}

const exchangesSince = async (tx: Tx, call: Call, meterId: string, on: string) =>
  (await listExchanges(tx, call.communityId, [meterId])).filter((one) => one.on > on);

/** One reading kept, or every fault of it; the import comes through here too. */
export async function takeReading(
  tx: Tx,
  call: Call,
  id: string,
  body: ReadingBody,
  meter: MeterRow,
  source: ReadingRow['source'],
): Promise<void> {
  const { communityId } = call;
  const month = body.month ?? body.on.slice(0, 7);
  const before = await listReadings(tx, communityId, [meter.id]);
  if (before.some((one) => one.month === month)) throw badField('month', 'month_already_read', { month });
  const last = before[0] ?? startOf(meter);
  const verdict = judgeReading(
    { on: body.on, thousandths: body.reading },
    {
      last,
      exchanges: await listExchanges(tx, communityId, [meter.id]),
      dialFigures: meter.dialFigures,
      before,
      today: dayOf(call.now),
    },
    (await standardInForce(tx, communityId)).document.money.readings.value,
    body.confirmed,
  );
  if (verdict.usedThousandths === null) throw new BadInput(verdict.faults);
  const days = Math.max(1, daysBetween(last.on, body.on));
  await insertReading(tx, communityId, {
    id,
    meterId: meter.id,
    month,
    on: body.on,
    thousandths: body.reading,
    usedThousandths: verdict.usedThousandths,
    days,
    source,
    // Only what did stop it is kept as confirmed.
    confirmed: body.confirmed.filter((one) => verdict.findings.includes(one.finding)),
    attachmentIds: [],
    enteredBy: call.actor.accountId || null,
    enteredAt: call.now,
  });
  await attachAll(tx, call, body.attachmentIds, 'meter-reading', id, 'attachmentIds', 'picture');
}

export async function createReading(call: Call, { body }: Input<'createReading'>) {
  const id = await effect(call, newId(), async (tx, made) => {
    const meter = await findMeterForReading(tx, call.communityId, { id: body.meterId });
    if (!meter) throw badField('meterId', 'unknown_meter');
    await takeReading(tx, call, made, body, meter, 'hand');
    await record(tx, call, {
      action: 'meter-reading.create',
      noun: 'meter-reading',
      nounId: made,
      changed: { reading: [null, body.reading], confirmed: [0, body.confirmed.length] },
    });
  });
  return readIn(call, async (tx) => {
    const row = await findReading(tx, call.communityId, id);
    if (!row) throw notFound('meter-reading');
    return shownReading(row);
  });
}

export async function removeReading(call: Call, { params, body }: Input<'removeReading'>) {
  await effect(call, params.id, async (tx) => {
    const { communityId } = call;
    const row = await findReading(tx, communityId, params.id);
    if (!row) throw notFound('meter-reading');
    const meter = await findMeterForReading(tx, communityId, { id: row.meterId });
    const [last] = await listReadings(tx, communityId, [row.meterId], 1);
    if (!meter || last?.id !== row.id) throw new Refusal('meter-reading.not_last');
    if (await isBilled(tx, communityId, { unitId: meter.unitId, itemId: meter.itemId, month: row.month }))
      throw new Refusal('meter-reading.billed', { month: row.month });
    await removeReadingRow(tx, communityId, row.id, {
      removedAt: call.now,
      removedBy: call.actor.accountId || null,
      removedReason: body.reason,
    });
    await record(tx, call, {
      action: 'meter-reading.remove',
      noun: 'meter-reading',
      nounId: row.id,
      changed: { reading: [row.thousandths, null] },
    });
  });
  return { id: params.id };
}

/** A photo of a dial is seen by whoever may see the readings. */
export const mayReadReading = async (_tx: Tx, call: Call, _id: string): Promise<boolean> =>
  reachOf(call, 'meter.read') !== null;

// ── what all use together ───────────────────────────────────────────────────────────────────────────

/** Each main meter of these items in a month, with what it shares out. */
export async function publicUseIn(
  tx: Tx,
  communityId: string,
  month: Month,
  itemIds: readonly string[],
): Promise<SharedOut[]> {
  if (itemIds.length === 0) return [];
  const mains = await listMainUse(tx, communityId, { month, itemIds });
  if (mains.length === 0) return [];
  const versions = await listVersionRows(tx, communityId);
  const used = await listUnitUse(tx, communityId, { month, itemIds });
  const lastDay = monthPeriod(month).until;
  return mains.map((main) => {
    const rule = versionOn(
      versions.filter((one) => one.itemId === main.itemId),
      lastDay,
    )?.rule;
    const by = rule?.kind === 'metered' ? (rule.publicShare?.by ?? null) : null;
    return publicUseOf(main, used, by);
  });
}

export const readPublicUse = (call: Call, { query }: Input<'readPublicUse'>) =>
  readIn(call, async (tx) => ({
    items: (await publicUseIn(tx, call.communityId, query.month, [query.itemId])).map(({ shares: _, ...one }) => one),
    nextCursor: null,
  }));
