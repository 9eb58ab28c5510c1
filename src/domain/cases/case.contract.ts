// Case 事项: what a customer asked for. The wire shapes that repairs, complaints, enquiries … share: the answer with its
// clocks, time line and moves, and the board of all kinds.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { parseInstant } from '../../kernel/time.ts';
import { departmentSchema, roleSchema } from '../access/role.contract.ts';
import { chargePartySchema, clockKindSchema, clockStateSchema, whyPartSchema } from '../clocks/clock.contract.ts';
import { normalisePhone } from '../parties/phone.rules.ts';

export const caseKinds = ['repair', 'complaint', 'emergency', 'enquiry', 'suggestion', 'service'] as const;
export const caseKindSchema = z.enum(caseKinds);
export type CaseKind = (typeof caseKinds)[number];

/** How it came in (FD1, RP1). */
export const channels = [
  'phone',
  'counter',
  'visit',
  'letter',
  'complaint-box',
  'online',
  'wechat',
  'sms',
  'email',
  'hotline',
  'patrol',
  'staff',
  'technician',
  'other',
] as const;
export const channelSchema = z.enum(channels);
export type Channel = (typeof channels)[number];

/** Where an entry of the time line was made (spec/12 case_events). */
export const eventSources = ['staff-web', 'phone', 'offline', 'resident', 'api', 'system'] as const;
export const eventSourceSchema = z.enum(eventSources);
export type EventSource = (typeof eventSources)[number];

/** `clock` is a step of a ladder or a missed promise; its action is `escalated`. */
export const caseEventKinds = ['move', 'note', 'call', 'message', 'photo', 'link', 'approval', 'clock'] as const;
export const caseEventKindSchema = z.enum(caseEventKinds);
export type CaseEventKind = (typeof caseEventKinds)[number];

// ── fields that many bodies share ───────────────────────────────────────────────────────────────────

/** Any ISO 8601 instant with an offset, kept as UTC with milliseconds. */
export const instantInputSchema = z.string().transform((text, context) => {
  const instant = parseInstant(text);
  if (instant !== null) return instant;
  context.issues.push({ code: 'custom', input: text, message: 'not_an_instant', params: { code: 'not_an_instant' } });
  return z.NEVER;
});
/** Spaces, dashes and +86 are accepted and taken off; letters or too few digits are not. */
export const phoneInputSchema = z
  .string()
  .max(40)
  .transform((text, context) => {
    const reading = normalisePhone(text);
    if ('phone' in reading) return reading.phone;
    context.issues.push({ code: 'custom', input: text, message: reading.fault, params: { code: reading.fault } });
    return z.NEVER;
  });
export const textInput = (max: number) => z.string().trim().min(1).max(max);
export const feeFenSchema = z.int().min(0).max(1_000_000_000);
export const attachmentIdsSchema = z.array(z.uuid()).max(30);
export const contactInputSchema = z.strictObject({
  name: textInput(60).optional(),
  phone: phoneInputSchema.optional(),
});

/** That the customer agreed (RP3): who said so, and how it is on record. */
export const consentHows = ['signature', 'call', 'message', 'in-person'] as const;
export const consentSchema = z.strictObject({ by: textInput(60), how: z.enum(consentHows) });
export type Consent = z.infer<typeof consentSchema>;

// ── the answer ──────────────────────────────────────────────────────────────────────────────────────

export const personSchema = z.object({ id: z.uuid(), name: z.string() });
export type Person = z.infer<typeof personSchema>;

export const clockAnswerSchema = z.object({
  id: z.uuid(),
  caseId: z.uuid(),
  kind: clockKindSchema,
  /** Tells two clocks of one kind apart: `hurry`, `hand-back` …; '' as a rule. */
  key: z.string(),
  state: clockStateSchema,
  startedAt: z.string(),
  /** null: a date that has not been set yet. */
  dueAt: z.string().nullable(),
  wishedAt: z.string().nullable(),
  stoppedAt: z.string().nullable(),
  spentMinutes: z.int(),
  overMinutes: z.int(),
  /** From when it counts as overdue: due, or when a missing date had to be set; null while a pause moves it on. */
  overdueFrom: z.string().nullable(),
  /** Counted on a calendar year that is not announced yet. */
  provisional: z.boolean(),
  /** Seconds of wall time by whom they are charged to; each to exactly one. */
  spentSecondsBy: z.record(chargePartySchema, z.int()),
  /** Sums to spentMinutes: each minute is one party's (spec/11). */
  spentMinutesBy: z.record(chargePartySchema, z.int()),
  /** Number of the version of the standard that governs. */
  policyVersion: z.string(),
  owner: z.object({
    id: z.uuid().nullable(),
    name: z.string().nullable(),
    role: roleSchema,
    department: departmentSchema.nullable(),
  }),
  why: z.array(whyPartSchema),
});
export type ClockAnswer = z.infer<typeof clockAnswerSchema>;

export const timelineEntrySchema = z.object({
  id: z.uuid(),
  seq: z.int(),
  kind: caseEventKindSchema,
  /** The move, or `note`, `call`, `message`, `photo`, `escalated` …: worded by `timelineInWords`. */
  action: z.string(),
  fromState: z.string().nullable(),
  toState: z.string().nullable(),
  /** When it happened; `recordedAt` when we heard of it (later where it was done without a signal). */
  at: z.string(),
  recordedAt: z.string(),
  by: personSchema.nullable(),
  byRole: z.string().nullable(),
  /** Whom it concerns: the technician of a dispatch, the person reminded. */
  for: personSchema.nullable(),
  source: eventSourceSchema,
  /** Codes, ids, numbers, instants: never personal values. */
  facts: z.record(z.string(), z.unknown()),
  text: z.string().nullable(),
  attachmentIds: z.array(z.uuid()),
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

/** A button of the caller: refused ones say why, by the code that pressing it would answer. */
export const moveAnswerSchema = z.object({ name: z.string(), allowed: z.boolean(), reason: z.string().optional() });
export type MoveAnswer = z.infer<typeof moveAnswerSchema>;

/** What the answer of every kind begins with; a kind extends it. */
export const caseAnswerSchema = z.object({
  id: z.uuid(),
  communityId: z.uuid(),
  code: z.string(),
  kind: caseKindSchema,
  state: z.string(),
  version: z.int(),
  unitId: z.uuid().nullable(),
  /** The room as people say it: `1栋1单元101`. */
  unit: z.string().nullable(),
  place: z.string().nullable(),
  channel: channelSchema,
  department: departmentSchema,
  receivedAt: z.string(),
  createdAt: z.string(),
  endedAt: z.string().nullable(),
  standardVersionId: z.uuid(),
  /** Who works on it now; null until somebody does. */
  responsible: personSchema.nullable(),
  /** 首问责任人: who took it and stays on it until it is answered (FD1). */
  firstContact: personSchema.nullable(),
  flags: z.array(z.string()),
  clocks: z.array(clockAnswerSchema),
  timeline: z.array(timelineEntrySchema),
  moves: z.array(moveAnswerSchema),
});
export type CaseAnswer = z.infer<typeof caseAnswerSchema>;

// ── the board ───────────────────────────────────────────────────────────────────────────────────────

export const boardRowSchema = z.object({
  id: z.uuid(),
  communityId: z.uuid(),
  code: z.string(),
  kind: caseKindSchema,
  state: z.string(),
  unitId: z.uuid().nullable(),
  unit: z.string().nullable(),
  place: z.string().nullable(),
  /** The first words of what was asked; phone numbers in it are masked (PR5). */
  summary: z.string(),
  category: z.string().nullable(),
  /** Urgency of a repair, severity of a complaint. */
  level: z.string().nullable(),
  responsible: personSchema.nullable(),
  nextDueAt: z.string().nullable(),
  nextClockKind: clockKindSchema.nullable(),
  receivedAt: z.string(),
  flags: z.array(z.string()),
});
export type BoardRow = z.infer<typeof boardRowSchema>;

/** Where old cases 旧事项 came from: a hotline's list, a list of complaints. */
export const caseSources = ['hotline', 'list'] as const;
export const caseSourceSchema = z.enum(caseSources);
export type CaseSource = z.infer<typeof caseSourceSchema>;
/** `hotline`, or with what they were called there: `hotline:投诉`. */
const originFilterSchema = z
  .string()
  .max(200)
  .regex(/^(hotline|list)(:.+)?$/)
  .transform((text) => {
    const [source = ''] = text.split(':');
    return { source: source as CaseSource, kind: text.length > source.length ? text.slice(source.length + 1) : null };
  });

export const boardSorts = ['due', 'newest', 'oldest'] as const;
/** Words of a query string: `true`, `false`. */
const switchSchema = z.enum(['true', 'false']).transform((word) => word === 'true');
const wordsSchema = z
  .string()
  .max(400)
  .transform((text) => text.split(',').filter((word) => word !== ''));

export const boardQuerySchema = z.strictObject({
  kind: caseKindSchema.optional(),
  /** One or more states, with commas; `open` stands for all that are not ended. */
  state: wordsSchema.optional(),
  overdue: switchSchema.optional(),
  /** An account id, `me`, or `none`. */
  responsible: z.union([z.uuid(), z.enum(['me', 'none'])]).optional(),
  unit: z.uuid().optional(),
  origin: originFilterSchema.optional(),
  q: z.string().trim().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
  sort: z.enum(boardSorts).default('due'),
  count: switchSchema.optional(),
});
export type BoardQuery = z.infer<typeof boardQuerySchema>;

export const boardSchema = z.object({
  items: z.array(boardRowSchema),
  nextCursor: z.string().nullable(),
  total: z.int().optional(),
});
export type Board = z.infer<typeof boardSchema>;

export const caseCountsSchema = z.object({
  items: z.array(z.object({ kind: caseKindSchema, state: z.string(), cases: z.int() })),
});
export type CaseCounts = z.infer<typeof caseCountsSchema>;

const communityParams = z.object({ communityId: z.uuid() });

export const listCases = route({
  method: 'GET',
  path: '/communities/{communityId}/cases',
  summary: { zh: '事项看板', en: 'The board: cases of every kind' },
  permission: 'case.read',
  params: communityParams,
  query: boardQuerySchema,
  response: boardSchema,
});

export const countCases = route({
  method: 'GET',
  path: '/communities/{communityId}/cases/counts',
  summary: { zh: '各状态事项数', en: 'How many cases there are in each state' },
  permission: 'case.read',
  params: communityParams,
  query: z.strictObject({ by: z.enum(['state']).default('state'), kind: caseKindSchema.optional() }),
  response: caseCountsSchema,
});

export const listOrigins = route({
  method: 'GET',
  path: '/communities/{communityId}/cases/origins',
  summary: { zh: '旧事项的来源和原类别', en: 'Where old cases came from, and what they were called there' },
  permission: 'case.read',
  params: communityParams,
  response: z.object({ items: z.array(z.object({ source: caseSourceSchema, kind: z.string().nullable() })) }),
});

export const listCasesEverywhere = route({
  method: 'GET',
  path: '/cases',
  summary: { zh: '我可见的全部小区的事项', en: 'Cases over the communities I may see' },
  permission: null,
  query: boardQuerySchema,
  response: boardSchema,
});

/** To whom a noted call went: a call to the contractor meets `contractor-told`, one to the customer `call-back`. */
export const callParties = ['customer', 'contractor', 'department', 'other'] as const;
export const caseNoteBodySchema = z.strictObject({
  kind: z.enum(['note', 'call', 'photo']),
  text: textInput(5000).optional(),
  to: z.enum(callParties).optional(),
  direction: z.enum(['out', 'in']).default('out'),
  attachmentIds: attachmentIdsSchema.optional(),
  /** Device time of what was noted without a signal (spec/12 Offline). */
  happenedAt: instantInputSchema.optional(),
});
export type CaseNoteBody = z.infer<typeof caseNoteBodySchema>;

export const addCaseNote = route({
  method: 'POST',
  path: '/communities/{communityId}/cases/{id}/notes',
  summary: { zh: '在经过里记一笔', en: 'Append a note, a call or photos to the time line' },
  permission: 'case.read',
  params: communityParams.extend({ id: z.uuid() }),
  body: caseNoteBodySchema,
  response: timelineEntrySchema,
  status: 201,
});

/** What a device kept without a signal and the server then refused: the evidence is not lost with it (spec/12 Offline). */
export const offlineRefusedBodySchema = z.strictObject({
  entries: z
    .array(
      z.strictObject({
        /** The move, or `note`, `call`, `photo`. */
        action: z.string().regex(/^[a-z][a-z-]{0,39}$/),
        happenedAt: instantInputSchema,
        /** The code that the server refused it with. */
        refusal: z.string().regex(/^[a-z][a-z_.-]{0,79}$/),
        /** What was written with it, as its writer would read it. */
        text: textInput(4000).optional(),
      }),
    )
    .min(1)
    .max(50),
  attachmentIds: z.array(z.uuid()).max(100).optional(),
  /** A signature drawn meanwhile. */
  signature: z.string().max(700_000).optional(),
});
export type OfflineRefusedBody = z.infer<typeof offlineRefusedBodySchema>;

/** Also for whoever held the case and no longer does: giving it to another is the usual reason of the refusal. */
export const keepOfflineRefused = route({
  method: 'POST',
  path: '/communities/{communityId}/cases/{id}/offline-refused',
  summary: { zh: '离线补报未被采纳的内容，留作备注', en: 'Keep what was done without a signal and refused, as a note' },
  permission: 'case.read',
  params: communityParams.extend({ id: z.uuid() }),
  body: offlineRefusedBodySchema,
  response: z.object({ id: z.uuid(), caseId: z.uuid() }),
  status: 201,
  needsKey: true,
});

// ── clocks over cases ───────────────────────────────────────────────────────────────────────────────

export const clockQuerySchema = z.strictObject({
  caseId: z.uuid().optional(),
  state: clockStateSchema.optional(),
  kind: clockKindSchema.optional(),
  dueBefore: instantInputSchema.optional(),
  owner: z.union([z.uuid(), z.literal('me')]).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
export type ClockQuery = z.infer<typeof clockQuerySchema>;

export const clockListSchema = z.object({
  items: z.array(clockAnswerSchema.extend({ communityId: z.uuid(), caseCode: z.string() })),
  nextCursor: z.string().nullable(),
});
export type ClockList = z.infer<typeof clockListSchema>;

export const listClocks = route({
  method: 'GET',
  path: '/communities/{communityId}/clocks',
  summary: { zh: '时限：按到点时间', en: 'Clocks by what is due next' },
  permission: 'clock.read',
  params: communityParams,
  query: clockQuerySchema,
  response: clockListSchema,
});

export const listClocksEverywhere = route({
  method: 'GET',
  path: '/clocks',
  summary: { zh: '我可见的全部小区的时限', en: 'Clocks over the communities I may see' },
  permission: null,
  query: clockQuerySchema,
  response: clockListSchema,
});
