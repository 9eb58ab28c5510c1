// Routes of units, households and the search.
import type { FastifyInstance } from 'fastify';
import type { House } from '../../platform/house.ts';
import type { Handlers } from '../access/call.ts';
import { type Gate, registerRoutes } from '../access/gate.ts';
import {
  addRelation,
  addVehicle,
  changeOwner,
  changeUnit,
  createParty,
  createUnit,
  endRelation,
  listBuildings,
  listParties,
  listUnits,
  readHousehold,
  removeVehicle,
} from './household.service.ts';
import { findRooms, search, searchEverywhere } from './search.service.ts';
import { unitRoutes } from './unit.contract.ts';

const handlers: Handlers<typeof unitRoutes> = {
  listUnits,
  findRooms,
  listBuildings,
  readHousehold,
  createUnit,
  changeUnit,
  addRelation,
  endRelation,
  changeOwner,
  addVehicle,
  removeVehicle,
  listParties,
  createParty,
  search,
  searchEverywhere,
};

export const registerUnitRoutes = (app: FastifyInstance, house: House, gate: Gate): void =>
  registerRoutes(app, house, gate, unitRoutes, handlers);
