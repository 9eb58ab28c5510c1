// Routes of imports.
import type { FastifyInstance } from 'fastify';
import type { House } from '../../platform/house.ts';
import type { Handlers } from '../access/call.ts';
import { type Gate, registerRoutes } from '../access/gate.ts';
import {
  listImports,
  readImport,
  readImportReport,
  readImportTemplate,
  startImport,
  undoImport,
} from './import.service.ts';
import { importRoutes } from './import-run.contract.ts';

const handlers: Handlers<typeof importRoutes> = {
  startImport,
  listImports,
  readImportTemplate,
  readImport,
  readImportReport,
  undoImport,
};

export const registerImportRoutes = (app: FastifyInstance, house: House, gate: Gate): void =>
  registerRoutes(app, house, gate, importRoutes, handlers);
