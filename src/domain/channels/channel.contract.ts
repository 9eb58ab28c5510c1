// Channel 通知渠道: where messages leave the house by mail, WeCom group robot 企业微信群机器人 or signed webhook. Secrets go in
// and never come out: an answer says only that one is set.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { noticeFactsSchema } from '../notifications/notification.contract.ts';

export const channelKinds = ['mail', 'wecom', 'webhook'] as const;
export type ChannelKind = (typeof channelKinds)[number];

/** Which messages go there: quiet and loud ones of the bell, and those the standard sends out. */
export const channelGroups = ['quiet', 'loud', 'out'] as const;
export type ChannelGroup = (typeof channelGroups)[number];

const text = (max: number) => z.string().trim().min(1).max(max);
const noCode = (code: string) => ({ params: { code } });

/** A host as it is compared: lower case, no scheme, no port. */
const hostPattern = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$|^\[?[0-9a-f:]+\]?$/;
export const hostSchema = z
  .string()
  .trim()
  .toLowerCase()
  .refine((host) => hostPattern.test(host), noCode('not_a_host'));
const addressSchema = z
  .string()
  .trim()
  .max(200)
  // Header and command injection ends here: one line, one @, no angle brackets.
  .refine((address) => /^[^\s@<>(),;:"\\[\]]+@[^\s@<>(),;:"\\[\]]+\.[a-z0-9-]+$/i.test(address), noCode('not_a_mail'));
const urlSchema = z
  .string()
  .trim()
  .max(500)
  .refine((address) => {
    if (!URL.canParse(address)) return false;
    const url = new URL(address);
    return /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  }, noCode('not_a_url'));

export const mailSecuritySchema = z.enum(['tls', 'starttls', 'none']);

/** An address that mail goes to; with a person only what that person is told. `id` keeps the one that stands there. */
export const destinationSchema = z.strictObject({
  id: z.uuid().optional(),
  address: addressSchema,
  staffId: z.uuid().nullable().default(null),
});

const shared = {
  name: text(40),
  groups: z
    .array(z.enum(channelGroups))
    .min(1)
    .max(3)
    .refine((groups) => new Set(groups).size === groups.length, noCode('twice')),
};
const mailFields = {
  host: hostSchema,
  port: z.int().min(1).max(65_535),
  security: mailSecuritySchema,
  username: z.string().trim().max(200).default(''),
  from: addressSchema,
  destinations: z.array(destinationSchema).min(1).max(50),
};
// Left out at a change, a secret stays as it was.
const secret = (max: number) => z.string().min(1).max(max);
const signingKey = z.string().trim().min(24).max(200);

export const channelBodySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('mail'), ...shared, ...mailFields, password: secret(200).optional() }),
  z.strictObject({ kind: z.literal('wecom'), ...shared, url: urlSchema }),
  z.strictObject({ kind: z.literal('webhook'), ...shared, url: urlSchema, signingKey }),
]);
export type ChannelBody = z.output<typeof channelBodySchema>;

const version = { version: z.int().positive().optional() };
export const amendChannelSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('mail'),
    ...shared,
    ...mailFields,
    password: secret(200).optional(),
    ...version,
  }),
  z.strictObject({ kind: z.literal('wecom'), ...shared, url: urlSchema.optional(), ...version }),
  z.strictObject({
    kind: z.literal('webhook'),
    ...shared,
    url: urlSchema.optional(),
    signingKey: signingKey.optional(),
    ...version,
  }),
]);
export type AmendChannelBody = z.output<typeof amendChannelSchema>;

export const channelSchema = z.object({
  id: z.uuid(),
  kind: z.enum(channelKinds),
  name: z.string(),
  isOn: z.boolean(),
  groups: z.array(z.enum(channelGroups)),
  host: z.string(),
  isHostAllowed: z.boolean(),
  /** Of mail only. */
  mail: z
    .object({
      port: z.int(),
      security: mailSecuritySchema,
      username: z.string(),
      from: z.string(),
      isPasswordSet: z.boolean(),
      destinations: z.array(z.object({ id: z.uuid(), address: z.string(), staffId: z.uuid().nullable() })),
    })
    .nullable(),
  waiting: z.int(),
  failed: z.int(),
  lastSentAt: z.string().nullable(),
  lastFailedAt: z.string().nullable(),
  lastErrorCode: z.string().nullable(),
  /** Set while it is left alone because it could not be reached. */
  resumesAt: z.string().nullable(),
  version: z.int(),
});
export type Channel = z.infer<typeof channelSchema>;

export const channelSettingsSchema = z.object({
  allowedHosts: z.array(z.string()),
  linkBase: z.string().nullable(),
  version: z.int(),
});
export type ChannelSettings = z.infer<typeof channelSettingsSchema>;

export const deliveryStates = ['waiting', 'sent', 'failed', 'dropped'] as const;
export const deliverySchema = z.object({
  id: z.uuid(),
  channelId: z.uuid(),
  channelKind: z.enum(channelKinds),
  /** `test` besides the kinds of notifications. */
  kind: z.string(),
  facts: noticeFactsSchema,
  caseId: z.uuid().nullable(),
  code: z.string().nullable(),
  state: z.enum(deliveryStates),
  attempts: z.int(),
  arisenAt: z.string(),
  dueAt: z.string(),
  sentAt: z.string().nullable(),
  errorCode: z.string().nullable(),
});
export type Delivery = z.infer<typeof deliverySchema>;

export const channelRefusals = ['channel.host_not_allowed', 'channel.delivery_over', 'channel.host_in_use'] as const;

const communityParams = z.object({ communityId: z.uuid() });
const oneParams = communityParams.extend({ id: z.uuid() });
const base = '/communities/{communityId}/channels';

export const channelRoutes = {
  listChannels: route({
    method: 'GET',
    path: base,
    summary: { zh: '通知渠道和允许的主机', en: 'Notification channels and the hosts allowed' },
    permission: 'setting.write',
    params: communityParams,
    response: z.object({ items: z.array(channelSchema), settings: channelSettingsSchema, nextCursor: z.null() }),
  }),
  createChannel: route({
    method: 'POST',
    path: base,
    summary: { zh: '新建通知渠道（先停用，测试后启用）', en: 'Make a channel; it starts switched off' },
    permission: 'setting.write',
    params: communityParams,
    body: channelBodySchema,
    response: channelSchema,
    status: 201,
    needsKey: true,
    errors: ['channel.host_not_allowed'],
  }),
  amendChannel: route({
    method: 'POST',
    path: `${base}/{id}/amend`,
    summary: { zh: '修改通知渠道；不填的密钥保持不变', en: 'Change a channel; secrets left out stay' },
    permission: 'setting.write',
    params: oneParams,
    body: amendChannelSchema,
    response: channelSchema,
    errors: ['channel.host_not_allowed', 'stale_version'],
  }),
  switchChannel: route({
    method: 'POST',
    path: `${base}/{id}/switch`,
    summary: { zh: '启用或停用；停用时未发的消息不再发', en: 'Switch on or off; what waits is dropped when off' },
    permission: 'setting.write',
    params: oneParams,
    body: z.strictObject({ isOn: z.boolean(), ...version }),
    response: channelSchema,
    errors: ['channel.host_not_allowed', 'stale_version'],
  }),
  testChannel: route({
    method: 'POST',
    path: `${base}/{id}/test`,
    summary: { zh: '马上发一条测试消息', en: 'Send a test message now' },
    permission: 'setting.write',
    params: oneParams,
    response: z.object({ items: z.array(deliverySchema) }),
    ignoresKey: true,
    errors: ['channel.host_not_allowed'],
  }),
  removeChannel: route({
    method: 'POST',
    path: `${base}/{id}/remove`,
    summary: { zh: '删除通知渠道和它的密钥', en: 'Remove a channel and its secrets' },
    permission: 'setting.write',
    params: oneParams,
    body: z.strictObject(version),
    response: z.object({ id: z.uuid() }),
    errors: ['stale_version'],
  }),
  amendChannelSettings: route({
    method: 'POST',
    path: '/communities/{communityId}/channel-settings',
    summary: { zh: '允许的主机、消息里的访问地址', en: 'Hosts allowed, and the address in links' },
    permission: 'setting.write',
    params: communityParams,
    body: z.strictObject({
      allowedHosts: z.array(hostSchema).max(50),
      linkBase: urlSchema.nullable(),
      version: z.int().min(0).optional(),
    }),
    response: channelSettingsSchema,
    errors: ['stale_version', 'channel.host_in_use'],
  }),
  listDeliveries: route({
    method: 'GET',
    path: '/communities/{communityId}/deliveries',
    summary: { zh: '发出和未发出的消息，新的在前', en: 'Messages sent out or not, newest first' },
    permission: 'setting.write',
    params: communityParams,
    query: z.strictObject({
      channelId: z.uuid().optional(),
      state: z.enum(deliveryStates).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: z.string().max(500).optional(),
    }),
    response: z.object({ items: z.array(deliverySchema), nextCursor: z.string().nullable() }),
  }),
  retryDelivery: route({
    method: 'POST',
    path: '/communities/{communityId}/deliveries/{id}/retry',
    summary: { zh: '再发一次没有发出的消息', en: 'Try a failed message again' },
    permission: 'setting.write',
    params: oneParams,
    response: deliverySchema,
    errors: ['channel.delivery_over'],
  }),
  dropDelivery: route({
    method: 'POST',
    path: '/communities/{communityId}/deliveries/{id}/drop',
    summary: { zh: '不再发送', en: 'Drop a message that waits or failed' },
    permission: 'setting.write',
    params: oneParams,
    response: deliverySchema,
    errors: ['channel.delivery_over'],
  }),
} as const;
