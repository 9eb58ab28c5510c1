// Routes of the test clock: anybody of the staff of a demo may move it.
import { newId } from '../../kernel/id.ts';
import { forbidden } from '../../kernel/refusal.ts';
import { type Call, effect, type Handlers } from '../access/call.ts';
import { isOutsider } from '../access/permission.rules.ts';
import { record } from '../audit/audit.service.ts';
import type { timeRoutes } from './time.contract.ts';

const present = ({ house }: Call) => ({ now: house.time.now(), isMovable: house.time.isMovable() });

export const timeHandlers: Handlers<typeof timeRoutes> = {
  getTime: async (call) => present(call),
  moveTime: async (call, { body }) => {
    if (isOutsider(call.actor.grants.map((grant) => grant.role))) throw forbidden();
    await effect(call, newId(), async (tx) => {
      call.house.time.moveTo(body.to);
      await record(tx, call, {
        action: 'clock.move',
        noun: 'clock',
        nounId: null,
        changed: { now: [call.now, body.to] },
      });
    });
    return present(call);
  },
};
