// Route of the statement 对账单.
import type { Handlers } from '../access/call.ts';
import type { statementRoutes } from './statement.contract.ts';
import { readStatement } from './statement.service.ts';

export const statementHandlers: Handlers<typeof statementRoutes> = {
  getStatement: (call, { params, query }) => readStatement(call, params.id, query.from),
};
