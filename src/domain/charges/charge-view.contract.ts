// Posted charges 应收 as people read them: of a household, one by one explained in plain words (MN2, MN12).
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { chargeKindSchema, payerSchema } from './charge.contract.ts';

export const chargeView = z.object({
  id: z.uuid(),
  communityId: z.uuid(),
  unit: z.object({ id: z.uuid(), label: z.string() }),
  item: z.object({ id: z.uuid(), name: z.string(), kind: chargeKindSchema }),
  month: z.string().nullable(),
  dueOn: z.string(),
  payer: payerSchema,
  payerName: z.string(),
  amountFen: z.int(),
  openFen: z.int(),
  isReversed: z.boolean(),
  explanation: z.array(z.string()),
  difference: z.string(),
  /** A late fee: of which charge. */
  lateFeeOf: z.object({ chargeId: z.uuid(), what: z.string() }).nullable(),
  billingRunId: z.uuid().nullable(),
  postedAt: z.string(),
});
export type ChargeView = z.infer<typeof chargeView>;

const communityParams = z.object({ communityId: z.uuid() });
const oneParams = communityParams.extend({ id: z.uuid() });

export const chargeRoutes = {
  listUnitCharges: route({
    method: 'GET',
    path: '/communities/{communityId}/units/{id}/charges',
    summary: { zh: '一户的应收，逐笔说明', en: 'Charges of a unit, each explained' },
    permission: 'charge.read',
    params: oneParams,
    query: z.object({ open: z.enum(['true', 'false']).default('false') }),
    response: z.object({ items: z.array(chargeView), openFen: z.int(), nextCursor: z.null() }),
    errors: ['not_found'],
  }),
  readCharge: route({
    method: 'GET',
    path: '/communities/{communityId}/charges/{id}',
    summary: { zh: '一笔应收：怎么算的、为什么和上月不同', en: 'One charge: how it came about and why it differs' },
    permission: 'charge.read',
    params: oneParams,
    response: chargeView,
    errors: ['not_found'],
  }),
} as const;
