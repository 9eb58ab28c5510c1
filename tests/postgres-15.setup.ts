// The same house on PostgreSQL 15, as on a server that somebody else keeps: its owner may make roles and databases,
// and nothing more.
import type { TestProject } from 'vitest/node';
import { makeClient } from '../src/platform/database/own-client.ts';
import { provideTemplate } from './database.setup.ts';
import { findPostgres15, startPostgres15 } from './postgres-15.ts';

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const binaries = findPostgres15();
  if (binaries === null) throw new Error('PostgreSQL 15 was here a moment ago');
  const { host, port, user, password, stop } = await startPostgres15(binaries);
  const superuser = makeClient({ host, port, user, password, database: 'postgres' });
  await superuser.connect();
  const owner = { user: 'guanjia_owner', password: 'of the owner' };
  await superuser.query(`create role ${owner.user} login createrole createdb password '${owner.password}'`);
  await superuser.end();
  await provideTemplate(project, { host, port, ...owner, major: 15 });
  return stop;
}
