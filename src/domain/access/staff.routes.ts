// Routes of communities, staff, accounts and areas.
import type { FastifyInstance } from 'fastify';
import type { House } from '../../platform/house.ts';
import type { Handlers } from './call.ts';
import { type Gate, registerRoutes } from './gate.ts';
import { staffRoutes } from './staff.contract.ts';
import {
  changeArea,
  createAccount,
  disableAccount,
  enableAccount,
  endGrant,
  grantRole,
  listAccounts,
  listCommunities,
  listStaff,
  readArea,
  resetPassword,
} from './staff.service.ts';

const handlers: Handlers<typeof staffRoutes> = {
  listCommunities,
  listStaff,
  readArea,
  changeArea,
  listAccounts,
  createAccount,
  disableAccount,
  enableAccount,
  resetPassword,
  grantRole,
  endGrant,
};

export const registerStaffRoutes = (app: FastifyInstance, house: House, gate: Gate): void =>
  registerRoutes(app, house, gate, staffRoutes, handlers);
