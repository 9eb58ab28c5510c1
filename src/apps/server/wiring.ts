// Where all is wired: the outside world made once, slices' routes registered, links between slices that point upward.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Gate } from '../../domain/access/gate.ts';
import { registerSessionRoutes } from '../../domain/access/session.routes.ts';
import { makeGate } from '../../domain/access/session.service.ts';
import { onCommunityMade } from '../../domain/access/setup.service.ts';
import { registerStaffRoutes } from '../../domain/access/staff.routes.ts';
import { linkLoadOf } from '../../domain/access/staff.service.ts';
import { sealAudit } from '../../domain/audit/audit.service.ts';
import { casesOfUnit, countOpenOf, findCases, unitsOfOrders } from '../../domain/cases/household-cases.service.ts';
import { loadHolidays } from '../../domain/clocks/calendar.service.ts';
import { linkUnitsOfOrders } from '../../domain/parties/own-households.service.ts';
import { registerPartyRoutes } from '../../domain/parties/party.routes.ts';
import { linkParties } from '../../domain/parties/party.service.ts';
import { linkCasesOfUnit } from '../../domain/places/household.service.ts';
import { registerImportRoutes } from '../../domain/places/import.routes.ts';
import { markInterruptedImports } from '../../domain/places/import-run.service.ts';
import { namePinyin } from '../../domain/places/search.rules.ts';
import { linkCasesFound } from '../../domain/places/search.service.ts';
import { indexParty } from '../../domain/places/search-index.service.ts';
import { registerUnitRoutes } from '../../domain/places/unit.routes.ts';
import { adoptPreset, usePresets } from '../../domain/standards/standard.service.ts';

import { type Access, openDatabase } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import { makeApp } from '../../platform/http/app.ts';
import type { Log } from '../../platform/log.ts';
import { makeFolderStore } from '../../platform/object-store.ts';
import { makeSecrets } from '../../platform/secrets.ts';
import { makeTimeSource, type TimeSource } from '../../platform/time-source.ts';
import { startTimers, type Timers } from './timers.ts';
import { wording } from './wording.ts';

/** Where migrations, standards and web files lie, in the source tree and beside the bundle alike. */
export const productFolder = (): string => findUp(import.meta.dirname);

function findUp(folder: string): string {
  try {
    const text = readFileSync(join(folder, 'package.json'), 'utf8');
    if ((JSON.parse(text) as { name?: string }).name === 'guanjia') return folder;
  } catch {
    // Not here: one folder up.
  }
  const parent = join(folder, '..');
  if (parent === folder) throw new Error('the product folder was not found');
  return findUp(parent);
}

export const productVersion = (): string =>
  (JSON.parse(readFileSync(join(productFolder(), 'package.json'), 'utf8')) as { version: string }).version;

export type HouseOptions = { access: Access; secretKey: Buffer; dataDir: string; log: Log; time?: TimeSource };

/** The outside world as services see it. */
export function makeHouse(options: HouseOptions): House {
  const root = productFolder();
  loadHolidays(join(root, 'standards/holidays.json'));
  usePresets(join(root, 'standards'));
  linkSlices();
  const house: House = {
    database: openDatabase(options.access, (fault) => options.log.error('database.connection_lost', {}, fault)),
    time: options.time ?? makeTimeSource(),
    secrets: makeSecrets(options.secretKey),
    objects: makeFolderStore(join(options.dataDir, 'attachments')),
    log: options.log,
    committed: () => {},
  };
  return house;
}

let linked = false;
/** Links upward, each a typed function: what happens in a slice above when something happens in one below. */
function linkSlices(): void {
  if (linked) return;
  linked = true;
  onCommunityMade(async (tx, community) => {
    await adoptPreset(tx, community.id, community.preset, community.accountId, community.createdAt);
  });
  linkParties({ reindex: indexParty, sortKey: namePinyin });
  linkUnitsOfOrders(unitsOfOrders);
  linkCasesOfUnit(casesOfUnit);
  linkCasesFound(findCases);
  linkLoadOf(countOpenOf);
}

export type Server = { app: FastifyInstance; timers: Timers; close(): Promise<void> };

export type ServerOptions = {
  webFolder?: string | null;
  tls?: { cert: Buffer; key: Buffer } | null;
  trustProxy?: boolean;
  timers?: boolean;
};

export async function makeServer(house: House, options: ServerOptions = {}): Promise<Server> {
  const secure = Boolean(options.tls) || options.trustProxy === true;
  const webFolder = options.webFolder === undefined ? join(productFolder(), 'dist/web') : options.webFolder;
  const app = await makeApp({
    log: house.log,
    wording,
    webFolder,
    tls: options.tls ?? null,
    trustProxy: options.trustProxy ?? false,
    version: productVersion(),
  });
  const gate = makeGate(house, { secure });
  registerSessionRoutes(app, house, gate, { secure });
  registerSlices(app, house, gate);
  const timers = startTimers(
    house,
    { seal: () => sealAudit(house.database), housekeep: () => markInterruptedImports(house) },
    options.timers ?? true,
  );
  house.committed = timers.poke;
  registerStateRoutes(app, house);
  await app.ready();
  return {
    app,
    timers,
    close: async () => {
      await timers.stop();
      await app.close();
    },
  };
}

/** Each slice: its contract beside its handlers. */
function registerSlices(app: FastifyInstance, house: House, gate: Gate): void {
  registerStaffRoutes(app, house, gate);
  registerPartyRoutes(app, house, gate);
  registerUnitRoutes(app, house, gate);
  registerImportRoutes(app, house, gate);
}

/** Process up; ready; the interface's own description. All without sign-in. */
function registerStateRoutes(app: FastifyInstance, house: House): void {
  const hidden = { schema: { hide: true } as object };
  app.get('/healthz', hidden, async () => ({ status: 'up' }));
  app.get('/readyz', hidden, async (_request, reply) => {
    const problem = await readiness(house);
    if (problem) return reply.code(503).header('retry-after', '2').send({ status: 'not_ready', reason: problem });
    return { status: 'ready' };
  });
  app.get('/api/v1/openapi.json', hidden, async () => app.swagger());
}

async function readiness(house: House): Promise<string | null> {
  try {
    const { rows } = await house.database.pool.query<{ now: string; migrated: boolean }>(
      "select clock_timestamp() as now, to_regclass('schema_migrations') is not null as migrated",
    );
    const row = rows[0];
    if (!row?.migrated) return 'migrations';
    // Promises are counted on our clock and kept in the database: two clocks apart would judge them wrongly.
    const machineNow = Date.parse(house.time.now()) - house.time.offsetMs();
    if (Math.abs(Date.parse(row.now) - machineNow) > 2000) return 'clock_off';
    return null;
  } catch {
    return 'database';
  }
}
