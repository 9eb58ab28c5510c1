// Routes of persons and companies.
import type { FastifyInstance } from 'fastify';
import type { House } from '../../platform/house.ts';
import type { Handlers } from '../access/call.ts';
import { type Gate, registerRoutes } from '../access/gate.ts';
import { partyRoutes } from './party.contract.ts';
import { changeParty, readParty, revealPartyField } from './party.service.ts';

const handlers: Handlers<typeof partyRoutes> = { readParty, changeParty, revealPartyField };

export const registerPartyRoutes = (app: FastifyInstance, house: House, gate: Gate): void =>
  registerRoutes(app, house, gate, partyRoutes, handlers);
