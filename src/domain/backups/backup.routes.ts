// Routes of backups.
import type { FastifyInstance } from 'fastify';
import type { House } from '../../platform/house.ts';
import type { Handlers } from '../access/call.ts';
import { type Gate, registerRoutes } from '../access/gate.ts';
import { backupRoutes } from './backup.contract.ts';
import { readLastBackup } from './backup.service.ts';

const handlers: Handlers<typeof backupRoutes> = { lastBackup: readLastBackup };

export const registerBackupRoutes = (app: FastifyInstance, house: House, gate: Gate): void =>
  registerRoutes(app, house, gate, backupRoutes, handlers);
