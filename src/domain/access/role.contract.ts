// The posts 职位 of a service centre (spec/00) and the departments that own work.
import { z } from 'zod';

export const roles = [
  'general_manager',
  'head_office',
  'manager',
  'cs_supervisor',
  'front_desk',
  'chief_butler',
  'butler',
  'customer_assistant',
  'cashier',
  'finance',
  'engineering_supervisor',
  'technician',
  'duty_technician',
  'order_supervisor',
  'environment_supervisor',
  'environment_assistant',
  'hr_admin',
  'cook',
  'contractor',
  'auditor',
  'resident',
  'owners_committee',
  'developer',
  'rental_agency',
  'admin',
] as const;
export const roleSchema = z.enum(roles);
export type Role = (typeof roles)[number];

export const departments = ['customer-service', 'engineering', 'order', 'environment', 'finance', 'hr'] as const;
export const departmentSchema = z.enum(departments);
export type Department = (typeof departments)[number];
