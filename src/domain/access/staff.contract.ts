// Staff 员工 of a community with their load, accounts 账号 and the posts they hold: lists for everybody, changes for
// those who keep accounts (spec/12 account.write, role.grant).
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { departmentSchema, roleSchema } from './role.contract.ts';
import { newPasswordSchema, presetSchema } from './session.contract.ts';

export const staffSchema = z.object({
  id: z.uuid(),
  communityId: z.uuid(),
  username: z.string(),
  name: z.string(),
  roles: z.array(roleSchema),
  departments: z.array(departmentSchema),
  /** Open cases that wait for this person. */
  load: z.number().int(),
  /** What they are out on now: on the way, or there (RP13). */
  out: z.object({ caseId: z.uuid(), code: z.string(), state: z.string(), where: z.string().nullable() }).nullable(),
  /** By the roster, at this moment; nothing entered counts as present. */
  isAbsent: z.boolean(),
  standIn: z.object({ id: z.uuid(), name: z.string() }).nullable(),
});
export type Staff = z.infer<typeof staffSchema>;

export const grantSchema = z.object({
  id: z.uuid(),
  role: roleSchema,
  /** null: the whole organization. */
  communityId: z.uuid().nullable(),
  department: departmentSchema.nullable(),
});

export const accountSchema = z.object({
  id: z.uuid(),
  username: z.string(),
  name: z.string(),
  disabledAt: z.iso.datetime().nullable(),
  hasSecondFactor: z.boolean(),
  grants: z.array(grantSchema),
  version: z.number().int(),
});
export type Account = z.infer<typeof accountSchema>;

export const grantBodySchema = z.strictObject({
  role: roleSchema,
  communityId: z.uuid().nullable(),
  department: departmentSchema.nullish(),
});

const areaSchema = z.object({ buildingIds: z.array(z.uuid()).max(200), unitIds: z.array(z.uuid()).max(2000) });
const account = '/accounts/{id}';
const area = '/communities/{communityId}/staff/{id}/area';

export const staffRoutes = {
  listCommunities: route({
    method: 'GET',
    path: '/communities',
    summary: { zh: '我能看的小区', en: 'The communities that I may see' },
    permission: null,
    response: z.object({
      items: z.array(z.object({ id: z.uuid(), code: z.string(), name: z.string(), standard: presetSchema })),
      nextCursor: z.null(),
    }),
    errors: [],
  }),
  listStaff: route({
    method: 'GET',
    path: '/communities/{communityId}/staff',
    summary: { zh: '员工和在手事项数；可按岗位筛选', en: 'Staff with their load; by role' },
    permission: 'staff.read',
    query: z.object({ role: roleSchema.optional() }),
    response: z.object({ items: z.array(staffSchema), nextCursor: z.null() }),
    errors: [],
  }),
  readArea: route({
    method: 'GET',
    path: area,
    summary: { zh: '管家责任区', en: "A butler's area" },
    permission: 'staff.read',
    response: areaSchema,
    errors: ['not_found'],
  }),
  changeArea: route({
    method: 'PUT',
    path: area,
    summary: { zh: '划定管家责任区', en: "Sets a butler's area" },
    permission: 'role.grant',
    body: areaSchema.strict(),
    response: areaSchema,
    errors: ['not_found', 'account.not_a_butler'],
  }),
  listAccounts: route({
    method: 'GET',
    path: '/accounts',
    summary: { zh: '账号列表', en: 'Accounts' },
    permission: 'role.grant',
    query: z.object({
      q: z.string().trim().max(60).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: z.string().max(300).optional(),
    }),
    response: z.object({ items: z.array(accountSchema), nextCursor: z.string().nullable() }),
    errors: [],
  }),
  createAccount: route({
    method: 'POST',
    path: '/accounts',
    summary: { zh: '新建账号（首次登录须改密码）', en: 'A new account; its password is changed at the first sign-in' },
    permission: 'account.write',
    body: z.strictObject({
      username: z
        .string()
        .trim()
        .regex(/^[a-z][a-z0-9._-]{1,31}$/),
      name: z.string().trim().min(1).max(60),
      password: newPasswordSchema,
      grants: z.array(grantBodySchema).max(20).default([]),
    }),
    response: accountSchema,
    status: 201,
    errors: ['account.username_taken', 'role.not_yours_to_grant'],
  }),
  disableAccount: route({
    method: 'POST',
    path: `${account}/disable`,
    summary: { zh: '停用账号，立即退出所有登录', en: 'Disables an account and ends its sessions at once' },
    permission: 'account.write',
    response: accountSchema,
    errors: ['not_found', 'account.not_oneself'],
  }),
  enableAccount: route({
    method: 'POST',
    path: `${account}/enable`,
    summary: { zh: '恢复账号', en: 'Enables an account again' },
    permission: 'account.write',
    response: accountSchema,
    errors: ['not_found'],
  }),
  resetPassword: route({
    method: 'POST',
    path: `${account}/reset-password`,
    summary: { zh: '重设密码，立即退出所有登录', en: 'Sets a new first password and ends all sessions' },
    permission: 'account.write',
    ignoresKey: true,
    body: z.strictObject({ password: newPasswordSchema }),
    response: accountSchema,
    errors: ['not_found', 'account.not_oneself'],
  }),
  grantRole: route({
    method: 'POST',
    path: `${account}/grants`,
    summary: { zh: '授予岗位', en: 'Grants a post' },
    permission: 'role.grant',
    body: grantBodySchema,
    response: accountSchema,
    status: 201,
    errors: ['not_found', 'account.not_oneself', 'role.not_yours_to_grant', 'role.held_already'],
  }),
  endGrant: route({
    method: 'POST',
    path: `${account}/grants/{grantId}/end`,
    summary: { zh: '收回岗位', en: 'Ends a post' },
    permission: 'role.grant',
    response: accountSchema,
    errors: ['not_found', 'account.not_oneself', 'role.not_yours_to_grant'],
  }),
} as const;
