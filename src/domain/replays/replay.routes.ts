// Routes of replays.
import type { Handlers } from '../access/call.ts';
import type { replayRoutes } from './replay.contract.ts';
import { readReplay, readReplayRows, startReplay } from './replay.service.ts';

export const replayHandlers: Handlers<typeof replayRoutes> = {
  startReplay: (call, { params }) => startReplay(call, params.id),
  getReplay: (call, { params }) => readReplay(call, params.id),
  listReplayRows: (call, { params, query }) => readReplayRows(call, params.id, query),
};
