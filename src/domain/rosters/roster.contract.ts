// Roster 排班: who is away and who stands in for them, who is on duty when. Nothing entered: everybody counts as present.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { hourMs, msBetween, parseInstant } from '../../kernel/time.ts';
import { roleSchema } from '../access/role.contract.ts';

export const absenceReasons = ['leave', 'sick', 'rest', 'training', 'errand', 'other'] as const;
export type AbsenceReason = (typeof absenceReasons)[number];

/** The longest stretch that one question may ask for, and the longest that one shift may last: beyond is a slip of the pen. */
const longestAskedMs = 62 * 24 * hourMs;
const longestShiftMs = 48 * hourMs;

const instant = z
  .string()
  .transform((text) => parseInstant(text) ?? text)
  .refine((text) => parseInstant(text) !== null, { params: { code: 'not_an_instant' } });

const personSchema = z.object({ id: z.uuid(), name: z.string() });

export const absenceSchema = z.object({
  id: z.uuid(),
  communityId: z.uuid(),
  staff: personSchema,
  from: z.string(),
  /** null: until somebody ends it. */
  until: z.string().nullable(),
  /** Why is for those who keep the roster and for oneself: an illness is nobody else's business. */
  reason: z.enum(absenceReasons).nullable(),
  standIn: personSchema.nullable(),
  /** The stand-in is away too for a part of it: the ladder then goes one post up. */
  standInIsAway: z.boolean(),
  version: z.int(),
});
export type Absence = z.infer<typeof absenceSchema>;

export const shiftSchema = z.object({
  id: z.uuid(),
  communityId: z.uuid(),
  staff: personSchema,
  role: roleSchema,
  from: z.string(),
  until: z.string(),
  version: z.int(),
});
export type Shift = z.infer<typeof shiftSchema>;

export const absenceBodySchema = z
  .strictObject({
    staffId: z.uuid(),
    from: instant,
    until: instant.nullish(),
    reason: z.enum(absenceReasons),
    standInId: z.uuid().nullish(),
  })
  .refine((body) => !body.until || body.until > body.from, { path: ['until'], params: { code: 'not_after_from' } })
  .refine((body) => body.standInId !== body.staffId, {
    path: ['standInId'],
    params: { code: 'stands_in_for_oneself' },
  });
export type AbsenceBody = z.infer<typeof absenceBodySchema>;

export const shiftBodySchema = z
  .strictObject({ staffId: z.uuid(), role: roleSchema, from: instant, until: instant })
  .refine((body) => body.until > body.from, { path: ['until'], params: { code: 'not_after_from' } })
  .refine((body) => msBetween(body.from, body.until) <= longestShiftMs, {
    path: ['until'],
    params: { code: 'shift_too_long' },
  });
export type ShiftBody = z.infer<typeof shiftBodySchema>;

export const rosterRefusals = [
  'roster.not_your_people',
  'roster.absence_overlaps',
  'roster.shift_overlaps',
  'roster.is_absent',
  'roster.ended_already',
] as const;

const communityParams = z.object({ communityId: z.uuid() });
const oneParams = communityParams.extend({ id: z.uuid() });
/** What touches this stretch of time. */
const span = z
  .object({ from: instant, until: instant })
  .refine((asked) => asked.until > asked.from, { path: ['until'], params: { code: 'not_after_from' } })
  .refine((asked) => msBetween(asked.from, asked.until) <= longestAskedMs, {
    path: ['until'],
    params: { code: 'span_too_long' },
  });
const listOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), nextCursor: z.null() });
const absences = '/communities/{communityId}/absences';
const shifts = '/communities/{communityId}/shifts';
const versionBody = z.strictObject({ version: z.int().positive().optional() });

export const rosterRoutes = {
  listAbsences: route({
    method: 'GET',
    path: absences,
    summary: { zh: '一段时间内的请假和外出', en: 'Absences that touch a stretch of time' },
    permission: 'roster.read',
    params: communityParams,
    query: span,
    response: listOf(absenceSchema),
  }),
  readAbsence: route({
    method: 'GET',
    path: `${absences}/{id}`,
    summary: { zh: '一次请假', en: 'One absence' },
    permission: 'roster.read',
    params: oneParams,
    response: absenceSchema,
    errors: ['not_found'],
  }),
  createAbsence: route({
    method: 'POST',
    path: absences,
    summary: { zh: '登记请假，可指定代班人', en: 'Enter an absence, with a stand-in' },
    permission: 'roster.write',
    params: communityParams,
    body: absenceBodySchema,
    response: absenceSchema,
    status: 201,
    needsKey: true,
    errors: ['roster.not_your_people', 'roster.absence_overlaps'],
  }),
  endAbsence: route({
    method: 'POST',
    path: `${absences}/{id}/end`,
    summary: {
      zh: '提前回来：到此刻为止；尚未开始的即取消',
      en: 'Back early: ends now; one that has not begun is taken back',
    },
    permission: 'roster.write',
    params: oneParams,
    body: versionBody,
    response: absenceSchema,
    status: 200,
    errors: ['not_found', 'stale_version', 'roster.not_your_people', 'roster.ended_already'],
    staleShows: 'readAbsence',
  }),
  listShifts: route({
    method: 'GET',
    path: shifts,
    summary: { zh: '一段时间内的值班', en: 'Duty shifts that touch a stretch of time' },
    permission: 'roster.read',
    params: communityParams,
    query: span,
    response: listOf(shiftSchema),
  }),
  readShift: route({
    method: 'GET',
    path: `${shifts}/{id}`,
    summary: { zh: '一个班', en: 'One duty shift' },
    permission: 'roster.read',
    params: oneParams,
    response: shiftSchema,
    errors: ['not_found'],
  }),
  createShift: route({
    method: 'POST',
    path: shifts,
    summary: { zh: '排一个班', en: 'Enter a duty shift' },
    permission: 'roster.write',
    params: communityParams,
    body: shiftBodySchema,
    response: shiftSchema,
    status: 201,
    needsKey: true,
    errors: ['roster.not_your_people', 'roster.shift_overlaps', 'roster.is_absent'],
  }),
  removeShift: route({
    method: 'POST',
    path: `${shifts}/{id}/remove`,
    summary: { zh: '撤掉一个班', en: 'Take a duty shift back' },
    permission: 'roster.write',
    params: oneParams,
    body: versionBody,
    response: shiftSchema,
    status: 200,
    errors: ['not_found', 'stale_version', 'roster.not_your_people', 'roster.ended_already'],
    staleShows: 'readShift',
  }),
} as const;
