// Routes of all kinds together: the board, its counts, notes on a time line, clocks.
import type { Handlers } from '../access/call.ts';
import { readBoard, readBoardEverywhere, readCounts, readOrigins } from './board.service.ts';
import {
  addCaseNote,
  countCases,
  keepOfflineRefused,
  listCases,
  listCasesEverywhere,
  listClocks,
  listClocksEverywhere,
  listOrigins,
} from './case.contract.ts';
import { readClocks, readClocksEverywhere } from './case-clock.service.ts';
import { addNote } from './case-note.service.ts';
import { casePromiseRoutes } from './case-promise.contract.ts';
import { makePromise, readMessages } from './case-promise.service.ts';
import { caseReminderRoutes } from './case-reminder.contract.ts';
import { remindOfCase } from './case-reminder.service.ts';
import { keepRefused } from './offline-refused.service.ts';

export const caseRoutes = {
  listCases,
  countCases,
  listCasesEverywhere,
  addCaseNote,
  keepOfflineRefused,
  listClocks,
  listClocksEverywhere,
  listOrigins,
  ...casePromiseRoutes,
  ...caseReminderRoutes,
} as const;

export const caseHandlers: Handlers<typeof caseRoutes> = {
  listCases: (call, { query }) => readBoard(call, query),
  countCases: (call, { query }) => readCounts(call, query.kind),
  listCasesEverywhere: (call, { query }) => readBoardEverywhere(call, query),
  addCaseNote: (call, { params, body }) => addNote(call, params.id, body),
  keepOfflineRefused: (call, { params, body }) => keepRefused(call, params.id, body),
  listClocks: (call, { query }) => readClocks(call, query),
  listClocksEverywhere: (call, { query }) => readClocksEverywhere(call, query),
  listOrigins: (call) => readOrigins(call),
  promiseCallBack: (call, { params, body }) =>
    makePromise(call, params.id, (key) => ({ kind: 'call-back', at: body.at ?? null, text: body.text, key })),
  leaveMessage: (call, { params, body }) =>
    makePromise(call, params.id, (key) => ({ kind: 'message', toId: body.toId, text: body.text, key })),
  readMessage: (call, { params }) => readMessages(call, params.id),
  remindOfCase: (call, { params, body }) => remindOfCase(call, params.id, body),
};
