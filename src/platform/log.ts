// The log: event names, codes, ids and durations. Never a personal value, a request body or a query string (PR7).
import { pino } from 'pino';

export type Log = {
  info(event: string, facts?: object): void;
  warn(event: string, facts?: object): void;
  error(event: string, facts?: object, fault?: unknown): void;
};

/** A fault keeps its stack and code, but not its message when it comes from the database: messages there quote values. */
function faultFacts(fault: unknown): object {
  if (!(fault instanceof Error)) return { fault: typeof fault };
  const fromDatabase = 'severity' in fault && 'code' in fault;
  const code = 'code' in fault ? String(fault.code) : undefined;
  const stack = (fault.stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 12);
  const constraint = 'constraint' in fault ? String(fault.constraint) : undefined;
  return { fault: fault.name, code, constraint, message: fromDatabase ? undefined : fault.message, stack };
}

export function makeLog(level: string, destination?: { write(line: string): void }): Log {
  const logger = destination ? pino({ level, base: null }, destination) : pino({ level, base: null });
  return {
    info: (event, facts = {}) => logger.info({ event, ...facts }),
    warn: (event, facts = {}) => logger.warn({ event, ...facts }),
    error: (event, facts = {}, fault) =>
      logger.error({ event, ...facts, ...(fault === undefined ? {} : faultFacts(fault)) }),
  };
}
