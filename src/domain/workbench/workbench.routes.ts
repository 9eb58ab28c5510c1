// Routes of the workbench and the wall.
import type { Handlers } from '../access/call.ts';
import type { workbenchRoutes } from './workbench.contract.ts';
import { readDesk, readWall } from './workbench.service.ts';

export const workbenchHandlers: Handlers<typeof workbenchRoutes> = {
  getDesk: (call) => readDesk(call),
  getWall: (call) => readWall(call),
};
