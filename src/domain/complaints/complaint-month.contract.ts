// The complaints of a month for the papers 客户投诉案件统计表 and 客户投诉案件登记追踪表 (CP11), and which of them are to be
// visited again.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { severitySchema } from '../standards/standard.contract.ts';
import { complaintStateSchema, validities } from './complaint-shapes.contract.ts';

const monthSchema = z.string().refine((text) => /^\d{4}-(0[1-9]|1[0-2])$/.test(text), {
  params: { code: 'not_a_month' },
});

/** `cutoff`: to the 30th, as it goes to supervisor and manager; `month`: the whole calendar month, as the figure has it. */
export const monthExtents = ['cutoff', 'month'] as const;
export type MonthExtent = (typeof monthExtents)[number];
export const complaintPapers = ['statistics', 'register'] as const;
export type ComplaintPaper = (typeof complaintPapers)[number];
export const paperFormats = ['xlsx', 'docx'] as const;
export type PaperFormat = (typeof paperFormats)[number];

/** How it stands with the promise to finish. */
export const punctualities = ['in-time', 'late', 'running'] as const;
export type Punctuality = (typeof punctualities)[number];
export const visitReasons = ['repeated', 'late', 'grave', 'not-satisfied', 'follow-up-failed'] as const;
export type VisitReason = (typeof visitReasons)[number];
export const monthSections = ['kind', 'level', 'department', 'building'] as const;
export type MonthSection = (typeof monthSections)[number];

/** What is counted of a set of complaints; every number is that of the items to which it applies. */
export const monthTallySchema = z.object({
  received: z.int(),
  valid: z.int(),
  invalid: z.int(),
  undecided: z.int(),
  handled: z.int(),
  inTime: z.int(),
  late: z.int(),
  repeated: z.int(),
});
export type MonthTally = z.infer<typeof monthTallySchema>;

export const monthComplaintSchema = z.object({
  id: z.uuid(),
  code: z.string(),
  state: complaintStateSchema,
  /** Of an anonymous one to the hour, for every reader. */
  receivedAt: z.string(),
  channel: z.string(),
  /** Nobody's of an anonymous one. */
  taker: z.string().nullable(),
  unit: z.string().nullable(),
  building: z.string().nullable(),
  place: z.string().nullable(),
  customer: z.string().nullable(),
  anonymous: z.boolean(),
  category: z.string().nullable(),
  level: severitySchema,
  validity: z.enum(validities),
  account: z.string(),
  department: z.string(),
  responsible: z.string().nullable(),
  dueAt: z.string().nullable(),
  resolvedAt: z.string().nullable(),
  result: z.string(),
  cause: z.string().nullable(),
  punctuality: z.enum(punctualities),
  toldAt: z.string().nullable(),
  opinion: z.string(),
  satisfied: z.boolean().nullable(),
  followUp: z.enum(['acceptable', 'not-acceptable', 'not-reached']).nullable(),
  /** How often this event was raised. */
  raisings: z.int(),
  /** Why a further visit is proposed; empty: nothing speaks for it. */
  reasons: z.array(z.enum(visitReasons)),
  isChosen: z.boolean(),
});
export type MonthComplaint = z.infer<typeof monthComplaintSchema>;

export const complaintMonthSchema = z.object({
  month: z.string(),
  extent: z.enum(monthExtents),
  /** The last day that is counted. */
  until: z.string(),
  /** The day of the month by the standard; in February its last. */
  cutoffDay: z.int(),
  reckonedAt: z.string(),
  total: monthTallySchema,
  sections: z.array(
    z.object({
      by: z.enum(monthSections),
      rows: z.array(monthTallySchema.extend({ key: z.string().nullable(), label: z.string().nullable() })),
    }),
  ),
  trend: z.array(z.object({ month: z.string(), received: z.int(), handled: z.int() })),
  items: z.array(monthComplaintSchema),
});
export type ComplaintMonth = z.infer<typeof complaintMonthSchema>;

export const visitChoiceBodySchema = z.strictObject({
  choose: z.array(z.uuid()).max(500).default([]),
  drop: z.array(z.uuid()).max(500).default([]),
});
export type VisitChoiceBody = z.infer<typeof visitChoiceBodySchema>;

const monthParams = z.object({ communityId: z.uuid(), month: monthSchema });
const extentQuery = z.strictObject({ extent: z.enum(monthExtents).default('cutoff') });

export const complaintMonthRoutes = {
  readComplaintMonth: route({
    method: 'GET',
    path: '/communities/{communityId}/complaint-months/{month}',
    summary: { zh: '一个月的投诉：统计与登记追踪', en: "A month's complaints: statistics and register" },
    permission: 'complaint.month',
    params: monthParams,
    query: extentQuery,
    response: complaintMonthSchema,
  }),
  exportComplaintMonth: route({
    method: 'GET',
    path: '/communities/{communityId}/complaint-months/{month}/{paper}',
    summary: { zh: '导出投诉统计表或登记追踪表', en: 'Statistics or register as a workbook or document' },
    permission: 'complaint.month',
    params: monthParams.extend({ paper: z.enum(complaintPapers) }),
    query: extentQuery.extend({ format: z.enum(paperFormats).default('xlsx') }),
    response: z.any(),
  }),
  chooseComplaintVisits: route({
    method: 'POST',
    path: '/communities/{communityId}/complaint-months/{month}/visits',
    summary: { zh: '选定再次走访的投诉', en: 'Choose complaints to be visited again' },
    permission: 'complaint.visits',
    params: monthParams,
    body: visitChoiceBodySchema,
    response: complaintMonthSchema,
  }),
} as const;
