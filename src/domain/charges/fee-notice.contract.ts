// Fee notices 收费通知单 (MN3): per household and payer, what a month brings with its sums in words, and what is owed from before.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { payerSchema } from './charge.contract.ts';

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, { error: 'not_a_month' });

export const noticeLineSchema = z.object({
  chargeId: z.uuid(),
  item: z.string(),
  month: z.string().nullable(),
  dueOn: z.string(),
  /** How long what is open of it has been due (MN13); 0: not yet. */
  overdueDays: z.int(),
  explanation: z.array(z.string()),
  amountFen: z.int(),
  openFen: z.int(),
});
export const feeNoticeSchema = z.object({
  unit: z.object({ id: z.uuid(), label: z.string() }),
  payer: payerSchema,
  payerName: z.string(),
  month: z.string(),
  /** This month's. */
  lines: z.array(noticeLineSchema),
  /** Still open from before. */
  earlier: z.array(noticeLineSchema),
  amountFen: z.int(),
  earlierFen: z.int(),
  /** What is to be paid now. */
  toPayFen: z.int(),
  toPayInCapitals: z.string(),
  dueOn: z.string(),
});
export type FeeNotice = z.infer<typeof feeNoticeSchema>;

const communityParams = z.object({ communityId: z.uuid() });
const notices = '/communities/{communityId}/fee-notices';
const chosen = {
  month,
  buildingId: z.uuid().optional(),
  unitId: z.uuid().optional(),
  /** Only where something is still to be paid. */
  open: z.enum(['true', 'false']).default('true'),
};

export const feeNoticeRoutes = {
  listFeeNotices: route({
    method: 'GET',
    path: notices,
    summary: { zh: '收费通知单（逐户）', en: 'Fee notices, household by household' },
    permission: 'charge.read',
    params: communityParams,
    query: z.object({
      ...chosen,
      limit: z.coerce.number().int().min(1).max(200).default(100),
      cursor: z.string().max(300).optional(),
    }),
    response: z.object({
      items: z.array(feeNoticeSchema),
      noticeText: z.string(),
      nextCursor: z.string().nullable(),
    }),
  }),
  exportFeeNotices: route({
    method: 'GET',
    path: `${notices}/document`,
    summary: { zh: '下载收费通知单 .docx', en: 'Fee notices as .docx' },
    permission: 'fee-notice.send',
    params: communityParams,
    query: z.object(chosen),
    response: z.any(),
  }),
  sendFeeNotices: route({
    method: 'POST',
    path: `${notices}/send`,
    summary: { zh: '发送收费通知给有账号的住户', en: 'Tell residents with an account of their notices' },
    permission: 'fee-notice.send',
    params: communityParams,
    body: z.strictObject({ month, buildingId: z.uuid().optional(), unitId: z.uuid().optional() }),
    response: z.object({ told: z.int(), households: z.int(), withoutAccount: z.int() }),
    status: 200,
    needsKey: true,
  }),
} as const;
