// Routes of the service standard.
import type { Call, Handlers } from '../access/call.ts';
import { readStandard, readStandards } from './standard.service.ts';
import type { WriterMove } from './standard-edit.contract.ts';
import { createStandard, moveStandard, type StandardInput } from './standard-edit.service.ts';
import type { standardRoutes } from './standard-view.contract.ts';

const moveBy =
  (name: WriterMove) =>
  async (call: Call, { params, body }: { params: { id: string }; body: StandardInput }) =>
    readStandard(call, await moveStandard(call, params.id, name, body));

export const standardHandlers: Handlers<typeof standardRoutes> = {
  getStandard: (call) => readStandard(call),
  listStandards: (call) => readStandards(call),
  getStandardVersion: (call, { params }) => readStandard(call, params.id),
  createStandard: async (call, { body }) => readStandard(call, await createStandard(call, body?.note ?? '')),
  amendStandard: moveBy('amend'),
  submitStandard: moveBy('submit'),
  withdrawStandard: moveBy('withdraw'),
  dropStandard: moveBy('drop'),
};
