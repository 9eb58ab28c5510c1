// Repair 报修: its states and moves on the wire, one body and one path for each move, and every code it refuses with.
import { z } from 'zod';
import { type RouteContract, route } from '../../kernel/route.ts';
import { departmentSchema } from '../access/role.contract.ts';
import {
  attachmentIdsSchema,
  caseAnswerSchema,
  channelSchema,
  consentHows,
  consentSchema,
  contactInputSchema,
  feeFenSchema,
  instantInputSchema,
  personSchema,
  textInput,
} from '../cases/case.contract.ts';
import { pauseReasonSchema } from '../standards/standard.contract.ts';
import { warrantySchema } from '../warranties/warranty.contract.ts';

export const repairStates = [
  'draft',
  'logged',
  'dispatched',
  'accepted',
  'en-route',
  'on-site',
  'quoted',
  'working',
  'paused',
  'done',
  'signed',
  'returned',
  'declined',
  'closed',
  'cancelled',
] as const;
export const repairStateSchema = z.enum(repairStates);
export type RepairState = (typeof repairStates)[number];
/** `declined` still waits for the supervisor's confirmation. */
export const endedRepairStates = ['closed', 'cancelled'] as const satisfies readonly RepairState[];

export const repairMoves = [
  'amend',
  'log',
  'dispatch',
  'accept',
  'hand-back',
  'depart',
  'arrive',
  'quote',
  'agree',
  'decline',
  'pause',
  'resume',
  'finish',
  'sign',
  'return-voucher',
  'confirm',
  'rework',
  'transfer',
  'cancel',
  'close',
] as const;
export const repairMoveSchema = z.enum(repairMoves);
export type RepairMove = (typeof repairMoves)[number];

export const urgencies = ['emergency', 'major', 'ordinary'] as const;
export const urgencySchema = z.enum(urgencies);
export type Urgency = (typeof urgencies)[number];

/** Both presets ship these; which ones a community uses is data of its standard. */
export const repairCategories = [
  'water',
  'electricity',
  'gas',
  'heating',
  'drainage',
  'doors-windows',
  'walls-roof',
  'appliance',
  'lift',
  'public-area',
  'other',
] as const;
export const repairCategorySchema = z.string().trim().min(1).max(40);

/** Facts about a repair that people should see at a glance. */
export const repairFlags = [
  'repeated-fault',
  'under-warranty',
  'not-read-back',
  'unlisted',
  'rework',
  'hurry',
  'agreed-without-consent',
  're-classed',
  'door-breach',
  'imported',
] as const;
export type RepairFlag = (typeof repairFlags)[number];

/** Refusals (409) of this noun; each has its Chinese in repair.words. */
export const repairRefusals = [
  'repair.move_not_allowed',
  'repair.agreed_date_missing',
  'repair.appointment_missing',
  'repair.reason_missing',
  'repair.consent_missing',
  'repair.quote_missing',
  'repair.not_list_price',
  'repair.photo_missing',
  'repair.evidence_missing',
  'repair.assignee_not_active',
  'repair.not_on_shift',
  'repair.own_work',
  'repair.already_confirmed',
  'repair.nothing_to_transfer',
  'repair.rework_too_late',
  'repair.not_confirmed',
  'repair.follow_up_open',
  'repair.money_open',
  'repair.no_contractor_on_site',
] as const;
export type RepairRefusal = (typeof repairRefusals)[number];

// ── bodies ──────────────────────────────────────────────────────────────────────────────────────────

const description = textInput(10_000);
const reason = textInput(2000);

export const createRepairBodySchema = z.strictObject({
  /** One of unitId and place: in common areas the place stands for the customer (RP1). */
  unitId: z.uuid().optional(),
  place: textInput(200).optional(),
  contact: contactInputSchema.optional(),
  category: repairCategorySchema,
  /** 部位 as the warranty register names it; left out: the longest term of the category counts (RP7). */
  part: textInput(40).optional(),
  urgency: urgencySchema,
  description,
  appointmentAt: instantInputSchema.optional(),
  agreedAt: instantInputSchema.optional(),
  /** Where the date was not agreed in this very talk; without it a channel with a customer at the other end counts. */
  consent: consentSchema.optional(),
  channel: channelSchema,
  /** When the report came in, where it is typed in later: ≤ now and ≥ −24 h. */
  receivedAt: instantInputSchema.optional(),
  readBack: z.boolean().optional(),
  priceItemId: z.uuid().optional(),
  /** Not on the price list: judged first, arrival and completion run from the consent (RP5). */
  unlisted: z.boolean().optional(),
  /** A customer in a hurry with an item on the list: 15 minutes from acceptance too (RP3, RP5). */
  hurry: z.boolean().optional(),
  attachmentIds: attachmentIdsSchema.optional(),
  draft: z.boolean().optional(),
});
export type CreateRepairBody = z.infer<typeof createRepairBodySchema>;

/** What every move takes. `version` or If-Match is asked unless the move was made without a signal (`happenedAt`). */
const moveBase = {
  version: z.int().positive().optional(),
  /** Device time of a move made without a signal: technician and butler only (spec/12 Offline). */
  happenedAt: instantInputSchema.optional(),
  note: textInput(2000).optional(),
  attachmentIds: attachmentIdsSchema.optional(),
};

/** What the customer confirms at the door (RP9). */
export const doorChecks = [
  'knocked',
  'named',
  'card-shown',
  'order-shown',
  'customer-confirmed',
  'shoe-covers',
] as const;
/** What the technician leaves behind (RP9). */
export const siteChecks = ['cleaned', 'old-parts-returned', 'trial-run', 'explained'] as const;
/** Parts that the customer brought: passed 合格, failed 不合格, poor 质量不佳 (RP9). */
export const partChecks = ['passed', 'failed', 'poor'] as const;

/** Quantities have at most three decimals: metres of pipe, kilograms of putty. */
const quantity = z
  .number()
  .positive()
  .max(100_000)
  .refine((value) => Math.abs(value * 1000 - Math.round(value * 1000)) < 1e-6, { params: { code: 'too_fine' } });
export const priceLineSchema = z.strictObject({
  name: textInput(100),
  quantity,
  unitPriceFen: feeFenSchema,
  kind: z.enum(['labour', 'material', 'other']).optional(),
  priceItemId: z.uuid().optional(),
});
export type PriceLine = z.infer<typeof priceLineSchema>;

/** PNG drawn on the phone; at most 500 kB. */
export const signatureSchema = z
  .string()
  .max(700_000)
  .regex(/^data:image\/png;base64,iVBORw0KGgo[A-Za-z0-9+/]+={0,2}$/);

export const repairMoveBodies = {
  amend: z.strictObject({
    ...moveBase,
    urgency: urgencySchema.optional(),
    appointmentAt: instantInputSchema.optional(),
    agreedAt: instantInputSchema.optional(),
    /** Without it a first agreed date is noted but replaces no limit, and a later one is refused (RP3). */
    consent: consentSchema.optional(),
    reason: reason.optional(),
    unitId: z.uuid().optional(),
    place: textInput(200).optional(),
    contact: contactInputSchema.optional(),
    category: repairCategorySchema.optional(),
    part: textInput(40).optional(),
    /** The customer was told of the appointment entered here (RP7). */
    customerTold: z.boolean().optional(),
    description: description.optional(),
    priceItemId: z.uuid().optional(),
    readBack: z.boolean().optional(),
  }),
  log: z.strictObject({ ...moveBase, readBack: z.boolean().optional() }),
  dispatch: z.strictObject({
    ...moveBase,
    technicianId: z.uuid().optional(),
    /** An account of the contractor, or the firm itself: then its first account. */
    contractorId: z.uuid().optional(),
    /** Needed where a repair under warranty goes to our own technician and is no emergency. */
    reason: reason.optional(),
    /** The warranty contractor was told by telephone just now (RP7). */
    contractorTold: z.boolean().optional(),
  }),
  accept: z.strictObject({ ...moveBase }),
  'hand-back': z.strictObject({ ...moveBase, reason }),
  depart: z.strictObject({ ...moveBase }),
  arrive: z.strictObject({
    ...moveBase,
    doorChecks: z.array(z.enum(doorChecks)).max(6).optional(),
    /** The contractor signs for the printed order (RP7). */
    signature: signatureSchema.optional(),
  }),
  quote: z.strictObject({ ...moveBase, amountFen: feeFenSchema, lines: z.array(priceLineSchema).min(1).max(100) }),
  agree: z.strictObject({
    ...moveBase,
    by: textInput(60),
    /** Left out: a signature where the technician asks at the door, a call where the desk does. */
    how: z.enum(consentHows).optional(),
    reason: reason.optional(),
    signature: signatureSchema.optional(),
  }),
  decline: z.strictObject({ ...moveBase, by: textInput(60), reason }),
  pause: z.strictObject({
    ...moveBase,
    reason: pauseReasonSchema,
    /** Left out: the longest that the standard allows for this reason. */
    until: instantInputSchema.optional(),
    /** The call that this pause rests on (customer, access); a photo will do instead. */
    call: textInput(2000).optional(),
    consent: consentSchema.optional(),
  }),
  resume: z.strictObject({ ...moveBase }),
  finish: z.strictObject({
    ...moveBase,
    result: textInput(5000),
    materials: z.array(priceLineSchema).max(100).default([]),
    /** What is charged; left out: the whole agreed quote. */
    lines: z.array(priceLineSchema).max(100).optional(),
    customerParts: z
      .array(z.strictObject({ name: textInput(100), check: z.enum(partChecks), customerTold: z.boolean() }))
      .max(50)
      .optional(),
    siteChecks: z.array(z.enum(siteChecks)).max(4).optional(),
  }),
  sign: z.strictObject({
    ...moveBase,
    /** A drawing, or a photo of the paper in attachmentIds, or absent with its reason. */
    signature: signatureSchema.optional(),
    absent: z.boolean().optional(),
    reason: reason.optional(),
    /** In common areas the reporter or the engineering supervisor signs. */
    signer: z.enum(['customer', 'reporter', 'engineering']).optional(),
    satisfied: z.boolean().optional(),
  }),
  'return-voucher': z.strictObject({ ...moveBase }),
  confirm: z.strictObject({ ...moveBase }),
  rework: z.strictObject({ ...moveBase, reason }),
  transfer: z.strictObject({
    ...moveBase,
    department: departmentSchema,
    /** The new person, where the department stays. */
    technicianId: z.uuid().optional(),
    reason,
  }),
  cancel: z.strictObject({
    ...moveBase,
    /** Whose wish; a resident's own need not say. */
    by: z.enum(['customer', 'centre', 'not-feasible']).optional(),
    reason,
  }),
  close: z.strictObject({ ...moveBase }),
} as const satisfies Record<RepairMove, z.ZodType>;
export type RepairMoveBody<Name extends RepairMove> = z.infer<(typeof repairMoveBodies)[Name]>;

// ── answers ─────────────────────────────────────────────────────────────────────────────────────────

export const quoteSchema = z.object({
  amountFen: z.int(),
  lines: z.array(
    z.object({
      name: z.string(),
      quantity: z.number(),
      unitPriceFen: z.int(),
      amountFen: z.int(),
      kind: z.string().optional(),
      priceItemId: z.string().optional(),
    }),
  ),
  quotedAt: z.string(),
  agreedAt: z.string().nullable(),
});
export type Quote = z.infer<typeof quoteSchema>;
export type QuoteLine = Quote['lines'][number];

/** RP11: nothing to pay, still open, paid at the desk, or on the monthly bill. */
export const settlementSchema = z.enum(['none', 'open', 'paid', 'on-bill']);
export type Settlement = z.infer<typeof settlementSchema>;

export const repairAnswerSchema = caseAnswerSchema.extend({
  kind: z.literal('repair'),
  state: repairStateSchema,
  category: z.string(),
  urgency: urgencySchema,
  description: z.string(),
  /** Masked: `138****1234` (PR1). */
  contact: z.object({ name: z.string().nullable(), phone: z.string().nullable() }),
  appointmentAt: z.string().nullable(),
  agreedAt: z.string().nullable(),
  technician: personSchema.nullable(),
  contractor: personSchema.nullable(),
  /** The firm that the order was sent to. */
  contractorFirm: personSchema.nullable(),
  part: z.string().nullable(),
  /** The register's verdict on the day of the report; null where it was not asked. */
  warranty: warrantySchema.nullable(),
  contractorTold: z.object({ at: z.string(), how: z.enum(['message', 'call']) }).nullable(),
  /** null: no appointment stands. */
  appointmentTold: z.boolean().nullable(),
  contractorSigned: z.object({ at: z.string(), by: personSchema.nullable() }).nullable(),
  priceItemId: z.string().nullable(),
  priceItem: z
    .object({
      id: z.string(),
      code: z.string(),
      name: z.string(),
      unit: z.string(),
      unitPriceFen: z.int(),
      isPaid: z.boolean(),
    })
    .nullable(),
  quote: quoteSchema.nullable(),
  materials: z.array(priceLineSchema),
  chargedFen: z.int(),
  settlement: settlementSchema,
  result: z.string().nullable(),
  satisfied: z.boolean().nullable(),
  pause: z.object({ reason: pauseReasonSchema, until: z.string().nullable() }).nullable(),
  finishedAt: z.string().nullable(),
  confirmedAt: z.string().nullable(),
  reworkCount: z.int(),
  repeatedFault: z.boolean(),
  underWarranty: z.boolean(),
  readBack: z.boolean(),
  unlisted: z.boolean(),
  hurry: z.boolean(),
  attachmentIds: z.array(z.uuid()),
});
export type RepairAnswer = z.infer<typeof repairAnswerSchema>;

// ── routes ──────────────────────────────────────────────────────────────────────────────────────────

const communityParams = z.object({ communityId: z.uuid() });
const repairParams = communityParams.extend({ id: z.uuid() });

export const createRepair = route({
  method: 'POST',
  path: '/communities/{communityId}/repairs',
  summary: { zh: '登记报修', en: 'Record a repair' },
  permission: 'repair.create',
  params: communityParams,
  body: createRepairBodySchema,
  response: repairAnswerSchema,
  status: 201,
  needsKey: true,
});

export const getRepair = route({
  method: 'GET',
  path: '/communities/{communityId}/repairs/{id}',
  summary: { zh: '一张报修单：时限、经过与可用操作', en: 'A repair with its clocks, time line and moves' },
  permission: 'case.read',
  params: repairParams,
  response: repairAnswerSchema,
});

export const signForOrder = route({
  method: 'POST',
  path: '/communities/{communityId}/repairs/{id}/contractor-signature',
  summary: { zh: '维保单位签收派工单', en: 'The contractor signs for the order' },
  permission: 'repair.move',
  params: repairParams,
  body: z
    .strictObject({
      signature: signatureSchema.optional(),
      /** A photo of the signed paper instead. */
      attachmentIds: attachmentIdsSchema.optional(),
    })
    .refine((body) => body.signature !== undefined || (body.attachmentIds ?? []).length > 0, {
      path: ['signature'],
      params: { code: 'required' },
    }),
  response: repairAnswerSchema,
  errors: ['repair.no_contractor_on_site'],
});

const moveRoute = <const Name extends RepairMove>(
  name: Name,
  zh: string,
  en: string,
  errors: readonly RepairRefusal[] = [],
) =>
  route({
    method: 'POST',
    path: `/communities/{communityId}/repairs/{id}/${name}`,
    summary: { zh, en },
    permission: 'repair.move',
    params: repairParams,
    body: repairMoveBodies[name],
    response: repairAnswerSchema,
    errors: ['repair.move_not_allowed', 'stale_version', ...errors],
    staleShows: 'getRepair',
  });

/** One path a move; `close` is the program's own and has none. */
export const repairMoveRoutes = {
  amend: moveRoute('amend', '补充或更改', 'Amend', ['repair.reason_missing', 'repair.consent_missing']),
  log: moveRoute('log', '草稿转登记', 'Log a draft'),
  dispatch: moveRoute('dispatch', '派工', 'Dispatch', [
    'repair.agreed_date_missing',
    'repair.appointment_missing',
    'repair.reason_missing',
    'repair.assignee_not_active',
    'repair.not_on_shift',
  ]),
  accept: moveRoute('accept', '接单', 'Accept'),
  'hand-back': moveRoute('hand-back', '退单', 'Hand back'),
  depart: moveRoute('depart', '出发', 'Depart'),
  arrive: moveRoute('arrive', '到场', 'Arrive'),
  quote: moveRoute('quote', '报价', 'Quote', ['repair.not_list_price']),
  agree: moveRoute('agree', '客户同意报价', 'The customer agrees to the quote'),
  decline: moveRoute('decline', '客户谢绝', 'The customer declines'),
  pause: moveRoute('pause', '暂停', 'Pause', ['repair.evidence_missing']),
  resume: moveRoute('resume', '恢复', 'Resume'),
  finish: moveRoute('finish', '完工', 'Finish', ['repair.quote_missing', 'repair.photo_missing']),
  sign: moveRoute('sign', '签字', 'Sign', ['repair.evidence_missing']),
  'return-voucher': moveRoute('return-voucher', '回单', 'Return the voucher'),
  confirm: moveRoute('confirm', '主管确认', 'Confirm', ['repair.own_work', 'repair.already_confirmed']),
  rework: moveRoute('rework', '返修', 'Rework', ['repair.rework_too_late']),
  transfer: moveRoute('transfer', '转派', 'Transfer', ['repair.nothing_to_transfer']),
  cancel: moveRoute('cancel', '取消', 'Cancel'),
} as const satisfies Record<Exclude<RepairMove, 'close'>, RouteContract>;
