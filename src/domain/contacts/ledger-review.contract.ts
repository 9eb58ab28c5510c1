// The supervisor's daily look at the desk ledger 台账检查 (FD5): what was not done stands before her.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { personSchema } from '../cases/case.contract.ts';
import { contactSchema } from './contact.contract.ts';

const communityParams = z.object({ communityId: z.uuid() });

export const ledgerReviewSchema = z.object({
  id: z.uuid(),
  day: z.string(),
  /** What she saw then; the day may have gone on since. */
  lines: z.int(),
  undone: z.int(),
  remark: z.string(),
  by: personSchema,
  at: z.string(),
});
export type LedgerReview = z.infer<typeof ledgerReviewSchema>;

export const ledgerDaySchema = z.object({
  day: z.string(),
  lines: z.int(),
  /** Lines of that day that still owe something, oldest first. */
  undone: z.array(contactSchema),
  reviews: z.array(ledgerReviewSchema),
  /** Days before today with lines and no review, newest first; at most ten. */
  notReviewed: z.array(z.string()),
});
export type LedgerDay = z.infer<typeof ledgerDaySchema>;

export const ledgerReviewRoutes = {
  getLedgerDay: route({
    method: 'GET',
    path: '/communities/{communityId}/ledger-days/{day}',
    summary: { zh: '台账的一天：未办结的和检查记录', en: 'A day of the ledger: what is not done, and its reviews' },
    permission: 'contact.read',
    params: communityParams.extend({ day: z.iso.date() }),
    response: ledgerDaySchema,
  }),
  reviewLedger: route({
    method: 'POST',
    path: '/communities/{communityId}/ledger-days/{day}/review',
    summary: { zh: '检查完这一天的台账', en: 'The day’s ledger has been reviewed' },
    permission: 'contact.review',
    params: communityParams.extend({ day: z.iso.date() }),
    body: z.strictObject({ remark: z.string().trim().max(1000).default('') }),
    response: ledgerDaySchema,
    status: 201,
  }),
} as const;
