// Alarms over money 资金报警 (MN6): what finance and those above it have to look into, and the check of a receipt's number.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { moneyAlarmKinds } from '../standards/standard.contract.ts';

const person = z.object({ id: z.uuid(), name: z.string() });

export const moneyAlarmSchema = z.object({
  id: z.uuid(),
  kind: z.enum(moneyAlarmKinds),
  /** Whose drawer, cash or book it is about. */
  about: person.nullable(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  at: z.string(),
  settled: z.object({ by: person, at: z.string(), note: z.string() }).nullable(),
});
export type MoneyAlarm = z.infer<typeof moneyAlarmSchema>;

export const receiptCheckSchema = z.object({
  code: z.string(),
  /** `outside`: in no range that finance issued; `blank`: in a range, not written yet. */
  found: z.enum(['issued', 'voided', 'reversed', 'blank', 'outside']),
  receiptId: z.uuid().nullable(),
});
export type ReceiptCheck = z.infer<typeof receiptCheckSchema>;

const communityParams = z.object({ communityId: z.uuid() });

export const moneyAlarmRoutes = {
  listMoneyAlarms: route({
    method: 'GET',
    path: '/communities/{communityId}/money-alarms',
    summary: { zh: '资金报警：未处理的在前', en: 'Alarms over money, open ones first' },
    permission: 'money-alarm.read',
    params: communityParams,
    response: z.object({ items: z.array(moneyAlarmSchema) }),
  }),
  settleMoneyAlarm: route({
    method: 'POST',
    path: '/communities/{communityId}/money-alarms/{id}/settle',
    summary: { zh: '处理资金报警，写明查明的情况', en: 'Settle one with what was found' },
    permission: 'money-alarm.settle',
    params: communityParams.extend({ id: z.uuid() }),
    body: z.strictObject({ note: z.string().trim().min(1).max(500) }),
    response: moneyAlarmSchema,
    errors: ['money-alarm.settled_already', 'money-alarm.about_oneself'],
  }),
  checkReceipt: route({
    method: 'POST',
    path: '/communities/{communityId}/receipt-checks',
    summary: { zh: '核对收据号：不在发放号段内的即报警', en: 'Check a number; one in no issued range is an alarm' },
    permission: 'receipt.read',
    params: communityParams,
    body: z.strictObject({ code: z.string().trim().min(1).max(20) }),
    response: receiptCheckSchema,
  }),
} as const;

export const moneyAlarmRefusals = ['money-alarm.settled_already', 'money-alarm.about_oneself'] as const;
