// Meters 表具, their readings 抄表, exchanges 换表 and what all use together 公摊, on the wire (MN4).
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { isDay } from '../../kernel/time.ts';
import { shareWeights } from './charge.contract.ts';
import { readingFindings } from './reading.rules.ts';

const day = z.string().refine(isDay, { params: { code: 'not_a_day' } });
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, { error: 'not_a_month' });
const text = (max: number) => z.string().trim().min(1).max(max);
/** Thousandths of the meter's unit: 128.5 is 128500. */
const thousandths = z.int().min(0).max(1_000_000_000_000);

const readingView = z.object({
  id: z.uuid(),
  month: z.string(),
  on: z.string(),
  reading: z.int(),
  used: z.int(),
  days: z.int(),
  source: z.enum(['hand', 'import']),
  isConfirmed: z.boolean(),
  attachmentIds: z.array(z.uuid()),
});

export const meterView = z.object({
  id: z.uuid(),
  communityId: z.uuid(),
  itemId: z.uuid(),
  code: z.string(),
  /** Null: a main meter, of the building or of the whole community. */
  unit: z.object({ id: z.uuid(), label: z.string() }).nullable(),
  building: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  dialFigures: z.int(),
  installedOn: z.string(),
  removedOn: z.string().nullable(),
  /** What it showed last before the month asked for. */
  last: z.object({ on: z.string(), reading: z.int() }),
  /** Of the month asked for. */
  reading: readingView.nullable(),
  /** What was used a month on the average of the readings known, thousandths. */
  usual: z.int().nullable(),
  version: z.int(),
});
export type MeterView = z.infer<typeof meterView>;

export const confirmationSchema = z.strictObject({
  finding: z.enum(readingFindings),
  as: z.enum(['rolled-over', 'looked-again']),
  reason: text(200),
});

export const createMeterBody = z
  .strictObject({
    itemId: z.uuid(),
    code: text(40),
    unitId: z.uuid().nullish(),
    buildingId: z.uuid().nullish(),
    dialFigures: z.int().min(3).max(9).default(5),
    installedOn: day,
    start: thousandths.default(0),
  })
  .refine((body) => !body.unitId || !body.buildingId, { path: ['buildingId'], params: { code: 'building_or_unit' } });

export const readingBody = z.strictObject({
  meterId: z.uuid(),
  /** Left out: the month of the day it was read on. */
  month: month.optional(),
  on: day,
  reading: thousandths,
  confirmed: z.array(confirmationSchema).max(3).default([]),
  attachmentIds: z.array(z.uuid()).max(5).default([]),
});
export type ReadingBody = z.infer<typeof readingBody>;

export const exchangeBody = z.strictObject({
  on: day,
  final: thousandths,
  start: thousandths.default(0),
  newCode: z.string().trim().max(40).default(''),
  reason: z.string().trim().max(200).default(''),
});

export const meterRefusals = ['meter-reading.not_last', 'meter-reading.billed'] as const;

const communityParams = z.object({ communityId: z.uuid() });
const oneParams = communityParams.extend({ id: z.uuid() });
const meters = '/communities/{communityId}/meters';
const readings = '/communities/{communityId}/meter-readings';

export const meterRoutes = {
  listMeters: route({
    method: 'GET',
    path: meters,
    summary: { zh: '表具和某月的读数', en: 'Meters with their readings of a month' },
    permission: 'meter.read',
    params: communityParams,
    query: z.object({
      itemId: z.uuid(),
      month,
      buildingId: z.uuid().optional(),
      limit: z.coerce.number().int().min(1).max(200).default(200),
      cursor: z.string().max(300).optional(),
    }),
    response: z.object({ items: z.array(meterView), nextCursor: z.string().nullable() }),
  }),
  createMeter: route({
    method: 'POST',
    path: meters,
    summary: { zh: '登记表具', en: 'Enter a meter' },
    permission: 'meter.write',
    params: communityParams,
    body: createMeterBody,
    response: z.object({ id: z.uuid() }),
    status: 201,
    needsKey: true,
  }),
  exchangeMeter: route({
    method: 'POST',
    path: `${meters}/{id}/exchange`,
    summary: { zh: '换表：旧表止数、新表起数', en: 'A meter is exchanged' },
    permission: 'meter.write',
    params: oneParams,
    body: exchangeBody,
    response: z.object({ id: z.uuid() }),
    status: 200,
    errors: ['not_found'],
  }),
  createReading: route({
    method: 'POST',
    path: readings,
    summary: { zh: '抄表：低于上次或与平时相差很大时停下确认', en: 'A reading; odd ones stop for confirmation' },
    permission: 'meter.write',
    params: communityParams,
    body: readingBody,
    response: readingView,
    status: 201,
    needsKey: true,
  }),
  removeReading: route({
    method: 'POST',
    path: `${readings}/{id}/remove`,
    summary: { zh: '撤销抄错的读数（尚未入账时）', en: 'Take back a wrong reading before it is billed' },
    permission: 'meter.write',
    params: oneParams,
    body: z.strictObject({ reason: text(200) }),
    response: z.object({ id: z.uuid() }),
    status: 200,
    errors: ['not_found', 'meter-reading.not_last', 'meter-reading.billed'],
  }),
  readPublicUse: route({
    method: 'GET',
    path: '/communities/{communityId}/public-use',
    summary: { zh: '公摊：总表与各户之差及分摊', en: 'What main meters show beyond the units’' },
    permission: 'meter.read',
    params: communityParams,
    query: z.object({ itemId: z.uuid(), month }),
    response: z.object({
      items: z.array(
        z.object({
          meterId: z.uuid(),
          code: z.string(),
          building: z.string().nullable(),
          by: z.enum(shareWeights).nullable(),
          main: z.int().nullable(),
          units: z.int(),
          unitsUsed: z.int(),
          unread: z.int(),
          shared: z.int().nullable(),
          fault: z.string().nullable(),
        }),
      ),
      nextCursor: z.null(),
    }),
  }),
} as const;
