// Routes of collections at the door 上门收费.
import type { Handlers } from '../access/call.ts';
import type { doorstepRoutes } from './doorstep.contract.ts';
import {
  arrangeCollection,
  endCollection,
  handInCash,
  readCarried,
  readCash,
  readCollection,
  readCollections,
  rescheduleCollection,
} from './doorstep.service.ts';

export const doorstepHandlers: Handlers<typeof doorstepRoutes> = {
  listCollections: (call, { query }) => readCollections(call, query),
  arrangeCollection: async (call, { body }) => readCollection(call, await arrangeCollection(call, body)),
  getCollection: (call, { params }) => readCollection(call, params.id),
  rescheduleCollection: async (call, { params, body }) =>
    readCollection(call, await rescheduleCollection(call, params.id, body)),
  missCollection: async (call, { params, body }) =>
    readCollection(call, await endCollection(call, params.id, { ...body, name: 'miss' })),
  cancelCollection: async (call, { params, body }) =>
    readCollection(call, await endCollection(call, params.id, { ...body, name: 'cancel' })),
  listCarried: (call) => readCarried(call),
  handInCash: async (call, { params, body }) => readCash(call, await handInCash(call, params.id, body)),
};
