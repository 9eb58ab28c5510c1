// Session 会话: signing in, who I am, the first start and the second factor, as server and browser share them.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { roleSchema } from './role.contract.ts';

export const userSchema = z.object({ id: z.uuid(), name: z.string(), username: z.string() });

export const memberCommunitySchema = z.object({
  id: z.uuid(),
  code: z.string(),
  name: z.string(),
  roles: z.array(roleSchema),
  permissions: z.array(z.string()),
});
export type MemberCommunity = z.infer<typeof memberCommunitySchema>;

/** `must-set-up`: admin, finance and general manager at their first sign-in; nothing else is open until then. */
export const secondFactorStateSchema = z.enum(['off', 'on', 'must-set-up']);

export const meSchema = z.object({
  user: userSchema,
  communities: z.array(memberCommunitySchema),
  locale: z.enum(['zh-CN']),
  csrfToken: z.string(),
  /** The product's time, which is not the machine's where a test clock runs; browsers count down by it. */
  now: z.iso.datetime(),
  /** Filled by `--demo`: a banner says so. */
  isDemo: z.boolean(),
  /** Somebody else chose the password: nothing is open but changing it. */
  mustChangePassword: z.boolean(),
  secondFactor: secondFactorStateSchema,
});
export type Me = z.infer<typeof meSchema>;

export const signInBodySchema = z.object({
  username: z.string().trim().min(1).max(64),
  password: z.string().min(1).max(256),
  /** Six digits of the authenticator, or a recovery code. */
  code: z.string().trim().max(32).optional(),
});

/** Long rather than complicated: length is what slows guessing down (NIST SP 800-63B). */
export const newPasswordSchema = z.string().min(12).max(256);
export const presetSchema = z.enum(['standard', 'luxury']);

export const setupBodySchema = z.object({
  /** Printed in the terminal at the first start; works once. */
  secret: z.string().trim().min(1).max(256),
  organizationName: z.string().trim().min(1).max(100),
  communityName: z.string().trim().min(1).max(100),
  /** What people say and type: `LYHT`. */
  communityCode: z
    .string()
    .trim()
    .regex(/^[A-Z][A-Z0-9]{1,11}$/),
  preset: presetSchema,
  adminUsername: z
    .string()
    .trim()
    .regex(/^[a-z][a-z0-9._-]{1,31}$/),
  adminName: z.string().trim().min(1).max(50),
  adminPassword: newPasswordSchema,
});
export type SetupBody = z.infer<typeof setupBodySchema>;

const signedInSchema = z.object({ user: userSchema, csrfToken: z.string() });

export const sessionRoutes = {
  signIn: route({
    method: 'POST',
    path: '/session',
    summary: { zh: '登录', en: 'Sign in' },
    permission: null,
    public: true,
    body: signInBodySchema,
    response: signedInSchema,
    status: 200,
    errors: ['session.wrong_credentials', 'second_factor_required', 'session.wrong_code', 'too_many_requests'],
  }),
  signOut: route({
    method: 'DELETE',
    path: '/session',
    summary: { zh: '退出登录', en: 'Sign out' },
    permission: null,
    response: z.void(),
    status: 204,
  }),
  signOutEverywhere: route({
    method: 'DELETE',
    path: '/sessions',
    summary: { zh: '在所有设备上退出登录', en: 'Sign out on every device' },
    permission: null,
    response: z.void(),
    status: 204,
  }),
  me: route({
    method: 'GET',
    path: '/me',
    summary: { zh: '我是谁，能看哪些小区', en: 'Who I am and which communities I may see' },
    permission: null,
    response: meSchema,
  }),
  setup: route({
    method: 'POST',
    path: '/setup',
    summary: { zh: '首次启动：建立公司、小区和管理员', en: 'First start: organization, community and administrator' },
    permission: null,
    public: true,
    body: setupBodySchema,
    response: signedInSchema,
    status: 201,
    errors: ['not_found', 'setup.wrong_secret'],
  }),
  beginSecondFactor: route({
    method: 'POST',
    path: '/me/second-factor',
    summary: { zh: '取得两步验证的密钥', en: 'Obtain a key for the second factor' },
    permission: null,
    response: z.object({ key: z.string(), otpauthUrl: z.string() }),
    status: 200,
  }),
  confirmSecondFactor: route({
    method: 'POST',
    path: '/me/second-factor/confirm',
    summary: { zh: '用一次验证码确认并启用两步验证', en: 'Confirm the second factor with one code' },
    permission: null,
    body: z.object({ code: z.string().trim().min(1).max(32) }),
    response: z.object({ recoveryCodes: z.array(z.string()) }),
    status: 200,
    errors: ['session.wrong_code'],
  }),
  changePassword: route({
    method: 'POST',
    path: '/me/password',
    summary: { zh: '修改密码', en: 'Change my password' },
    permission: null,
    body: z.object({ currentPassword: z.string().min(1).max(256), newPassword: newPasswordSchema }),
    response: z.void(),
    status: 204,
    errors: ['session.wrong_credentials'],
  }),
} as const;
