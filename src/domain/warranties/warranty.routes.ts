// Routes of the warranty register.
import type { Handlers } from '../access/call.ts';
import { amendContractor, createContractor, listContractors, revealContractorPhone } from './contractor.service.ts';
import type { warrantyRoutes } from './warranty.contract.ts';
import {
  changeTermContractor,
  createTerm,
  findWarranty,
  listDeliveries,
  listTerms,
  removeTerm,
  setDelivery,
} from './warranty.service.ts';

export const warrantyHandlers: Handlers<typeof warrantyRoutes> = {
  listContractors,
  createContractor,
  amendContractor,
  revealContractorPhone,
  listTerms,
  createTerm,
  changeTermContractor,
  removeTerm,
  findWarranty,
  listDeliveries,
  setDelivery,
};
