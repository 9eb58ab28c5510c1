// Routes of repairs: each answers the repair as it stands afterwards.
import type { Call, Handlers, InputOf } from '../access/call.ts';
import { createRepair, getRepair, type RepairMove, repairMoveRoutes, signForOrder } from './repair.contract.ts';
import * as service from './repair.service.ts';

export const repairRoutes = { createRepair, getRepair, signForOrder, ...repairMoveRoutes } as const;

type MoveName = Exclude<RepairMove, 'close'>;
const move =
  <Name extends MoveName>(name: Name) =>
  async (call: Call, input: InputOf<(typeof repairMoveRoutes)[Name]>) =>
    service.readMovedRepair(
      call,
      await service.moveRepair(call, name, (input.params as { id: string }).id, input.body as never),
    );

export const repairHandlers: Handlers<typeof repairRoutes> = {
  createRepair: async (call, { body }) => service.readMovedRepair(call, await service.createRepair(call, body)),
  getRepair: (call, { params }) => service.readRepair(call, params.id),
  signForOrder: async (call, { params, body }) =>
    service.readMovedRepair(call, await service.signForOrder(call, params.id, body)),
  amend: move('amend'),
  log: move('log'),
  dispatch: move('dispatch'),
  accept: move('accept'),
  'hand-back': move('hand-back'),
  depart: move('depart'),
  arrive: move('arrive'),
  quote: move('quote'),
  agree: move('agree'),
  decline: move('decline'),
  pause: move('pause'),
  resume: move('resume'),
  finish: move('finish'),
  sign: move('sign'),
  'return-voucher': move('return-voucher'),
  confirm: move('confirm'),
  rework: move('rework'),
  transfer: move('transfer'),
  cancel: move('cancel'),
};
