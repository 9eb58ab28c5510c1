// Emergency 突发事件 (MG8): fire, people stuck in a lift, storm, crime, injuries … States, moves and answers on the wire. Its
// card says what to do and whom to call; each measure is a line on its time line; it owes a follow-up (FU1).
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import {
  attachmentIdsSchema,
  caseAnswerSchema,
  channelSchema,
  contactInputSchema,
  instantInputSchema,
  personSchema,
  textInput,
} from '../cases/case.contract.ts';
import { injuries, severities } from '../complaints/complaint-shapes.contract.ts';
import { emergencyCategories, severitySchema } from '../standards/standard.contract.ts';

export type EmergencyCategory = (typeof emergencyCategories)[number];
export type Severity = z.infer<typeof severitySchema>;

export const emergencyStates = ['reported', 'handling', 'resolved', 'closed'] as const;
export const emergencyStateSchema = z.enum(emergencyStates);
export type EmergencyState = (typeof emergencyStates)[number];

/** `close` is the program's: reviewed, and its follow-up reviewed or not owed. */
export const emergencyMoves = [
  'amend',
  'take-over',
  'deploy',
  'measure',
  'raise',
  'lower',
  'resolve',
  'review',
  'reopen',
  'dismiss',
  'close',
] as const;
export type EmergencyMove = (typeof emergencyMoves)[number];
export const personalEmergencyMoves = emergencyMoves.filter(
  (name): name is Exclude<EmergencyMove, 'close'> => name !== 'close',
);

export const emergencyRefusals = [
  'emergency.move_not_allowed',
  'emergency.taken_over',
  'emergency.not_higher',
  'emergency.not_lower',
  'emergency.below_facts',
  'emergency.reviewed',
  'emergency.reopen_too_late',
] as const;
export type EmergencyRefusal = (typeof emergencyRefusals)[number];

/** Whom from outside was called: the number stands on the card. */
export const outsideBodies = [
  'fire-brigade',
  'police',
  'ambulance',
  'lift-firm',
  'gas-firm',
  'power-firm',
  'water-firm',
  'street-office',
  'other',
] as const;
export type OutsideBody = (typeof outsideBodies)[number];
export const emergencyCauses = [
  'equipment',
  'human-error',
  'construction',
  'nature',
  'crime',
  'health',
  'neighbours',
  'false-alarm',
  'unknown',
] as const;
export type EmergencyCause = (typeof emergencyCauses)[number];
export const emergencyFlags = ['taken-over', 'false-alarm', 'reopened'] as const;
export type EmergencyFlag = (typeof emergencyFlags)[number];

const count = z.int().min(0).max(100_000);
/** What is known of the harm; what is left out is not known, which is not the same as none. */
export const harmSchema = z.strictObject({
  /** How many are affected: stuck, evacuated, without water. */
  people: count.optional(),
  deaths: count.optional(),
  injury: z.enum(injuries).optional(),
  lossFen: z.int().min(0).max(100_000_000_000).optional(),
  mediaReports: count.optional(),
  mediaDays: count.optional(),
  mediaOutlets: count.optional(),
});
export type HarmInput = z.infer<typeof harmSchema>;

/** One thing that was done, with its time; `called`: somebody from outside was called for it. */
const measureFields = {
  text: textInput(2000),
  called: z.enum(outsideBodies).optional(),
  /** When it was done; now when left out. */
  at: instantInputSchema.optional(),
};

/** What happened and where suffice: the story is written into the case that stands by then. */
export const createEmergencyBodySchema = z.strictObject({
  category: z.enum(emergencyCategories),
  unitId: z.uuid().optional(),
  place: textInput(200).optional(),
  contact: contactInputSchema.optional(),
  description: textInput(10_000).optional(),
  channel: channelSchema,
  occurredAt: instantInputSchema.optional(),
  harm: harmSchema.optional(),
  /** Higher than the facts say; never lower. */
  severity: z.enum(severities).optional(),
  /** The complaint about it, where there is one. */
  complaintId: z.uuid().optional(),
  measures: z.array(z.strictObject(measureFields)).max(20).optional(),
  attachmentIds: attachmentIdsSchema.optional(),
});
export type CreateEmergencyBody = z.infer<typeof createEmergencyBodySchema>;

const versioned = { version: z.int().positive().optional() };
export const emergencyMoveBodies = {
  amend: z.strictObject({
    ...versioned,
    category: z.enum(emergencyCategories).optional(),
    unitId: z.uuid().nullable().optional(),
    place: textInput(200).optional(),
    contact: contactInputSchema.optional(),
    description: textInput(10_000).optional(),
    occurredAt: instantInputSchema.optional(),
    harm: harmSchema.optional(),
    complaintId: z.uuid().nullable().optional(),
  }),
  /** Names who is in charge on the spot; oneself when left out. */
  'take-over': z.strictObject({ ...versioned, inChargeId: z.uuid().optional() }),
  /** Who is sent where; told at once (MG8). Two who press at the same time both count. */
  deploy: z.strictObject({ staffIds: z.array(z.uuid()).min(1).max(30), task: textInput(500) }),
  measure: z.strictObject({ ...measureFields, attachmentIds: attachmentIdsSchema.optional() }),
  raise: z.strictObject({ ...versioned, severity: z.enum(severities), reason: textInput(2000) }),
  lower: z.strictObject({ ...versioned, severity: z.enum(severities), reason: textInput(2000) }),
  resolve: z.strictObject({
    ...versioned,
    cause: z.enum(emergencyCauses),
    result: textInput(5000),
    harm: harmSchema.optional(),
    at: instantInputSchema.optional(),
    attachmentIds: attachmentIdsSchema.optional(),
  }),
  /** What went well, what did not, what follows from it. */
  review: z.strictObject({ ...versioned, text: textInput(5000) }),
  reopen: z.strictObject({ ...versioned, reason: textInput(2000) }),
  /** A false alarm: nothing had happened. */
  dismiss: z.strictObject({ ...versioned, reason: textInput(2000) }),
} as const satisfies Record<Exclude<EmergencyMove, 'close'>, z.ZodType>;
export type EmergencyMoveBody<Name extends Exclude<EmergencyMove, 'close'>> = z.infer<
  (typeof emergencyMoveBodies)[Name]
>;

/** Which fact a level rests on: the category's own least level, or one of those of CP2. */
export const emergencyLevelFacts = ['category', 'loss', 'death', 'injury', 'media', 'raised', 'none'] as const;
export type EmergencyLevelFact = (typeof emergencyLevelFacts)[number];
export const emergencyFollowUps = ['none', 'due', 'not-owed', 'reviewed'] as const;

export const emergencySchema = caseAnswerSchema.extend({
  kind: z.literal('emergency'),
  state: emergencyStateSchema,
  category: z.enum(emergencyCategories),
  severity: severitySchema,
  proposedSeverity: severitySchema,
  /** Why that level is proposed. */
  levelFact: z.enum(emergencyLevelFacts),
  description: z.string().nullable(),
  /** Masked (PR1). */
  contact: z.object({ name: z.string().nullable(), phone: z.string().nullable() }),
  occurredAt: z.string(),
  harm: z.object({
    people: z.int().nullable(),
    deaths: z.int().nullable(),
    injury: z.enum(injuries).nullable(),
    lossFen: z.int().nullable(),
    mediaReports: z.int().nullable(),
    mediaDays: z.int().nullable(),
    mediaOutlets: z.int().nullable(),
  }),
  inCharge: personSchema.nullable(),
  takenOverAt: z.string().nullable(),
  takenOverBy: personSchema.nullable(),
  /** Whose it is to take it over at this level. */
  takenOverByRole: z.string(),
  /** Who was sent where. */
  deployed: z.array(z.object({ person: personSchema, task: z.string(), at: z.string() })),
  complaint: z.object({ id: z.uuid(), code: z.string() }).nullable(),
  cause: z.enum(emergencyCauses).nullable(),
  result: z.string().nullable(),
  resolvedAt: z.string().nullable(),
  review: z.object({ text: z.string(), by: personSchema, at: z.string() }).nullable(),
  reviewedByRole: z.string(),
  followUp: z.enum(emergencyFollowUps),
  /** Which row of the standard its follow-up goes by. */
  followUpWhat: z.enum(['major-critical-event', 'other']),
  /** MG16: the last day of its keeping; null until it is filed. */
  keptUntil: z.string().nullable(),
});
export type Emergency = z.infer<typeof emergencySchema>;

const communityParams = z.object({ communityId: z.uuid() });
const emergencyParams = communityParams.extend({ id: z.uuid() });

const moveRoute = <const Name extends Exclude<EmergencyMove, 'close'>>(name: Name, zh: string, en: string) =>
  route({
    method: 'POST',
    path: `/communities/{communityId}/emergencies/{id}/${name}`,
    summary: { zh, en },
    permission: 'emergency.move',
    params: emergencyParams,
    body: emergencyMoveBodies[name],
    response: emergencySchema,
    errors: ['stale_version', ...emergencyRefusals],
    staleShows: 'getEmergency',
  });

export const emergencyRoutes = {
  createEmergency: route({
    method: 'POST',
    path: '/communities/{communityId}/emergencies',
    summary: { zh: '登记突发事件', en: 'Record an emergency' },
    permission: 'emergency.record',
    params: communityParams,
    body: createEmergencyBodySchema,
    response: emergencySchema,
    status: 201,
    needsKey: true,
  }),
  getEmergency: route({
    method: 'GET',
    path: '/communities/{communityId}/emergencies/{id}',
    summary: { zh: '一起突发事件', en: 'An emergency with its measures, clocks and moves' },
    permission: 'case.read',
    params: emergencyParams,
    response: emergencySchema,
  }),
  listEmergenciesOf: route({
    method: 'GET',
    path: '/communities/{communityId}/cases/{id}/emergencies',
    summary: { zh: '与一件投诉关联的突发事件', en: 'Emergencies that a complaint is about' },
    permission: 'case.read',
    params: emergencyParams,
    response: z.object({
      items: z.array(
        z.object({
          id: z.uuid(),
          code: z.string(),
          state: emergencyStateSchema,
          category: z.enum(emergencyCategories),
          severity: severitySchema,
          occurredAt: z.string(),
        }),
      ),
    }),
  }),
} as const;

export const emergencyMoveRoutes = {
  amend: moveRoute('amend', '补充更改', 'Amend facts of an emergency'),
  'take-over': moveRoute('take-over', '接手指挥', 'Take an emergency over'),
  deploy: moveRoute('deploy', '派人到场', 'Send people somewhere'),
  measure: moveRoute('measure', '记一项处置措施', 'Note a measure taken'),
  raise: moveRoute('raise', '升级', 'Raise the level'),
  lower: moveRoute('lower', '降级', 'Lower the level'),
  resolve: moveRoute('resolve', '处置完毕', 'It is over: cause and result'),
  review: moveRoute('review', '复盘', 'Look back on it'),
  reopen: moveRoute('reopen', '重新处置', 'Take it up again'),
  dismiss: moveRoute('dismiss', '误报', 'A false alarm'),
} as const;
export const emergencyServed = {
  ...emergencyRoutes,
  amendEmergency: emergencyMoveRoutes.amend,
  takeOverEmergency: emergencyMoveRoutes['take-over'],
  deployToEmergency: emergencyMoveRoutes.deploy,
  noteMeasure: emergencyMoveRoutes.measure,
  raiseEmergency: emergencyMoveRoutes.raise,
  lowerEmergency: emergencyMoveRoutes.lower,
  resolveEmergency: emergencyMoveRoutes.resolve,
  reviewEmergency: emergencyMoveRoutes.review,
  reopenEmergency: emergencyMoveRoutes.reopen,
  dismissEmergency: emergencyMoveRoutes.dismiss,
} as const;
