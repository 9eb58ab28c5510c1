// Routes of alarms over money 资金报警.
import type { Handlers } from '../access/call.ts';
import type { moneyAlarmRoutes } from './money-alarm.contract.ts';
import { checkReceipt, readMoneyAlarm, readMoneyAlarms, settleMoneyAlarm } from './money-alarm.service.ts';

export const moneyAlarmHandlers: Handlers<typeof moneyAlarmRoutes> = {
  listMoneyAlarms: (call) => readMoneyAlarms(call),
  settleMoneyAlarm: async (call, { params, body }) =>
    readMoneyAlarm(call, await settleMoneyAlarm(call, params.id, body.note)),
  checkReceipt: (call, { body }) => checkReceipt(call, body.code),
};
