// One PostgreSQL for the whole run (fsync off), migrated once into a template; each test file copies it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openCluster } from '../src/platform/database/cluster.ts';
import { migrate } from '../src/platform/database/migrate.ts';
import { makeClient } from '../src/platform/database/own-client.ts';
import { appPassword, ensureAppRole } from '../src/platform/database/roles.ts';

export type TestServer = {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  /** The major version of PostgreSQL that this run is about. */
  major: number;
};

declare module 'vitest' {
  interface ProvidedContext {
    server: TestServer;
  }
}

/** The key of all test houses; a real one is random. */
export const testKey = Buffer.alloc(32, 7);

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'guanjia-test-'));
  const cluster = await openCluster({ dataDir: folder, fsync: false, log: () => {} });
  const { host, port, ownerUser: user, ownerPassword: password = '' } = cluster.access;
  await provideTemplate(project, { host, port, user, password, major: 18 });
  return async () => {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

/** Makes the migrated database that each test file copies, and tells the files where it lies. */
export async function provideTemplate(project: TestProject, access: Omit<TestServer, 'database'>): Promise<void> {
  const template = 'house_template';
  const owner = makeClient({ ...access, database: 'postgres' });
  await owner.connect();
  await owner.query(`create database ${template} template template0 encoding 'UTF8'`);
  await owner.end();
  const client = makeClient({ ...access, database: template });
  await client.connect();
  await ensureAppRole(client, appPassword(testKey));
  await migrate(client, 'migrations');
  await client.end();
  project.provide('server', { ...access, database: template });
}
