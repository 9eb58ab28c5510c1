// Routes of notification channels and what they carried.
import type { Handlers } from '../access/call.ts';
import type { channelRoutes } from './channel.contract.ts';
import {
  amendChannel,
  amendChannelSettings,
  createChannel,
  readChannel,
  readChannels,
  removeChannel,
  switchChannel,
} from './channel.service.ts';
import { decideDelivery, readDeliveries, testChannel } from './delivery.service.ts';

export const channelHandlers: Handlers<typeof channelRoutes> = {
  listChannels: (call) => readChannels(call),
  createChannel: async (call, { body }) => readChannel(call, await createChannel(call, body)),
  amendChannel: async (call, { params, body }) => readChannel(call, await amendChannel(call, params.id, body)),
  switchChannel: async (call, { params, body }) => readChannel(call, await switchChannel(call, params.id, body)),
  testChannel: (call, { params }) => testChannel(call, params.id),
  removeChannel: async (call, { params, body }) => ({ id: await removeChannel(call, params.id, body) }),
  amendChannelSettings: (call, { body }) => amendChannelSettings(call, body),
  listDeliveries: (call, { query }) => readDeliveries(call, query),
  retryDelivery: (call, { params }) => decideDelivery(call, params.id, 'retry'),
  dropDelivery: (call, { params }) => decideDelivery(call, params.id, 'drop'),
};
