// Opening the house: the database found or started and checked, migrated as its owner, entered as the app role.
import { join } from 'node:path';
import type pg from 'pg';
import { Refusal } from '../../kernel/refusal.ts';
import type { Config } from '../../platform/config.ts';
import { joinCluster, openCluster } from '../../platform/database/cluster.ts';
import type { Access } from '../../platform/database/database.ts';
import { databaseProblems } from '../../platform/database/locale-check.ts';
import { migrate } from '../../platform/database/migrate.ts';
import { makeClient } from '../../platform/database/own-client.ts';
import { appPassword, appRole, ensureAppRole } from '../../platform/database/roles.ts';
import type { House } from '../../platform/house.ts';
import type { Log } from '../../platform/log.ts';
import { loadSecretKey } from '../../platform/secrets.ts';
import type { TimeSource } from '../../platform/time-source.ts';
import { makeHouse, productFolder } from './wiring.ts';

export type Opened = {
  house: House;
  /** How to enter as the owner: migrations, backup and restore only. */
  ownerAccess: Access;
  secretKeyMade: boolean;
  isBundled: boolean;
  close(): Promise<void>;
};

/** `exclusive`: for `serve`, which owns DATA_DIR; other commands join the running program's database. */
export async function openHouse(
  config: Config,
  log: Log,
  options: { exclusive: boolean; time?: TimeSource },
): Promise<Opened> {
  const { key, made } = loadSecretKey(config.secretKeyFile);
  const server = await findServer(config, log, options.exclusive);
  try {
    const appAccess = await prepare(server.owner, key, config.databaseAppUrl);
    const house = makeHouse({
      access: appAccess,
      secretKey: key,
      dataDir: config.dataDir,
      log,
      time: options.time,
      outbound: { mayBePrivate: config.mayReachPrivate },
    });
    return {
      house,
      ownerAccess: server.owner,
      secretKeyMade: made,
      isBundled: config.databaseUrl === null,
      close: async () => {
        await house.database.close();
        await server.stop();
      },
    };
  } catch (fault) {
    await server.stop();
    throw fault;
  }
}

/** The server of DATABASE_URL, or the bundled one; only its owner's access, nothing in it is touched. */
export async function findServer(
  config: Config,
  log: Log,
  exclusive: boolean,
): Promise<{ owner: Access; stop(): Promise<void> }> {
  if (config.databaseUrl) return { owner: { connectionString: config.databaseUrl }, stop: async () => {} };
  const options = {
    dataDir: config.dataDir,
    log: (event: string, facts: object) => log.info(event, facts),
    fsync: !config.isTest,
  };
  const cluster = await (exclusive ? openCluster(options) : joinCluster(options));
  const { host, port, ownerUser, ownerPassword, database } = cluster.access;
  return { owner: { host, port, user: ownerUser, password: ownerPassword, database }, stop: cluster.stop };
}

/** Checks, migrates, makes the app role; answers how the program itself connects. */
export async function prepare(owner: Access, key: Buffer, appUrl: string | null): Promise<Access> {
  const client = await connectChecked(owner);
  try {
    const password = appPassword(key);
    // Where roles are given by others, theirs must exist; the grants of the walls still name ours.
    await ensureAppRole(client, password);
    await migrate(client, join(productFolder(), 'migrations'));
    if (appUrl) return { connectionString: appUrl };
    if ('connectionString' in owner) {
      const url = new URL(owner.connectionString);
      url.username = appRole;
      url.password = password;
      return { connectionString: url.toString() };
    }
    return { ...owner, user: appRole, password };
  } finally {
    await client.end();
  }
}

/** A connection to a server that can carry the product; the caller ends it. */
export async function connectChecked(owner: Access): Promise<pg.Client> {
  const client = makeClient(owner);
  try {
    await client.connect();
  } catch (fault) {
    throw new Refusal(
      'database.unreachable',
      { reason: fault instanceof Error && 'code' in fault ? String(fault.code) : 'unknown' },
      503,
    );
  }
  try {
    const [first] = await databaseProblems(async (sql) => (await client.query(sql)).rows);
    if (first) throw new Refusal(first.code, first.facts as Refusal['facts'], 503);
    return client;
  } catch (fault) {
    await client.end();
    throw fault;
  }
}
