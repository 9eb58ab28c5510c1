import { describe, expect, it } from 'vitest';
import { grantFault } from './grant.rules.ts';
import type { Actor, Grant } from './permission.rules.ts';

const actor = (...grants: Grant[]): Actor => ({
  accountId: 'me',
  organizationId: 'org',
  name: '',
  username: '',
  grants,
  cut: null,
});
const manager = actor({ role: 'manager', communityId: 'a', department: null });
const admin = actor({ role: 'admin', communityId: 'a', department: null });
const chief = actor({ role: 'admin', communityId: null, department: null });
const desk = actor({ role: 'front_desk', communityId: 'a', department: null });

describe('who may give which post', () => {
  it.each([
    ['a manager names a desk clerk here', manager, 'other', 'front_desk', 'a', null],
    ['a manager names no other manager', manager, 'other', 'manager', 'a', 'role.not_yours_to_grant'],
    ['a manager names no auditor', manager, 'other', 'auditor', 'a', 'role.not_yours_to_grant'],
    ['a manager names nobody elsewhere', manager, 'other', 'front_desk', 'b', 'role.not_yours_to_grant'],
    ['a manager names nobody everywhere', manager, 'other', 'front_desk', null, 'role.not_yours_to_grant'],
    ['nobody names himself', chief, 'me', 'front_desk', 'a', 'account.not_oneself'],
    ['an administrator names a manager here', admin, 'other', 'manager', 'a', null],
    ['an administrator of one community not elsewhere', admin, 'other', 'manager', 'b', 'role.not_yours_to_grant'],
    ['the organization’s administrator everywhere', chief, 'other', 'general_manager', null, null],
    ['a clerk nobody', desk, 'other', 'technician', 'a', 'role.not_yours_to_grant'],
  ] as const)('%s', (_, who, account, role, community, fault) => {
    expect(grantFault(who, account, role, community)).toBe(fault);
  });
});
