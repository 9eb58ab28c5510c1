// The app role: made once, whoever asks at the same moment, and never stronger than it must be.
import { mkdtempSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClusterAccess, openCluster } from './cluster.ts';
import { makeClient } from './own-client.ts';
import { appPassword, ensureAppRole } from './roles.ts';
import { scramVerifier } from './scram.ts';

let dataDir: string;
let access: ClusterAccess;
let stop: () => Promise<void>;

beforeAll(async () => {
  dataDir = mkdtempSync('/tmp/guanjia-roles-');
  ({ access, stop } = await openCluster({ dataDir, fsync: false, log: () => {} }));
});
afterAll(async () => {
  await stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function connect(user = access.ownerUser, password = access.ownerPassword, database = access.database) {
  const client = makeClient({ host: access.host, port: access.port, user, password, database });
  await client.connect();
  return client;
}

async function dropRole() {
  const owner = await connect();
  const there = await owner.query("select from pg_roles where rolname = 'guanjia_app'");
  const databases = await owner.query("select datname from pg_database where datname not like 'template%'");
  for (const { datname } of there.rowCount ? databases.rows : []) {
    await owner.query(`revoke all on database ${owner.escapeIdentifier(datname)} from guanjia_app`);
  }
  await owner.query('drop role if exists guanjia_app');
  await owner.end();
}

describe('the password of the app role', () => {
  it('follows from the secret key alone', () => {
    const key = Buffer.alloc(32, 7);
    expect(appPassword(key)).toBe(appPassword(Buffer.alloc(32, 7)));
    expect(appPassword(key)).not.toBe(appPassword(Buffer.alloc(32, 8)));
    expect(appPassword(key)).toMatch(/^[\w-]{43}$/);
    expect(() => appPassword(Buffer.alloc(8))).toThrow();
  });

  it('is kept in the form of RFC 7677, so that no statement holds the password itself', () => {
    // The example of RFC 7677: user "user", password "pencil".
    expect(scramVerifier('pencil', Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'))).toBe(
      'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
    );
  });
});

describe('the app role', () => {
  it('may connect, and neither is nor makes anything strong; a second time changes only the password', async () => {
    await dropRole();
    const owner = await connect();
    await ensureAppRole(owner, 'first-password');
    await ensureAppRole(owner, 'second-password');
    await expect(connect('guanjia_app', 'first-password')).rejects.toMatchObject({ code: '28P01' });
    const app = await connect('guanjia_app', 'second-password');
    const { rows } = await app.query(
      `select rolcanlogin, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication
         from pg_roles where rolname = current_user`,
    );
    expect(rows).toEqual([
      {
        rolcanlogin: true,
        rolsuper: false,
        rolbypassrls: false,
        rolcreatedb: false,
        rolcreaterole: false,
        rolreplication: false,
      },
    ]);
    await expect(app.query('create table mine (id int)')).rejects.toMatchObject({ code: '42501' });
    await app.end();
    await owner.end();
  });

  it('is made once by twelve programs at the same moment in three databases', async () => {
    await dropRole();
    const owner = await connect();
    for (const name of ['one', 'two', 'three']) await owner.query(`create database ${name}`);
    const clients = await Promise.all(
      Array.from({ length: 12 }, (_, index) => connect(undefined, undefined, ['one', 'two', 'three'][index % 3])),
    );
    await Promise.all(clients.map((client) => ensureAppRole(client, 'same-password')));
    for (const client of clients) await client.end();
    await (await connect('guanjia_app', 'same-password', 'two')).end();
    await owner.end();
  });

  it('is refused when somebody gave it more rights', async () => {
    await dropRole();
    const owner = await connect();
    await owner.query('create role guanjia_app login createdb');
    await expect(ensureAppRole(owner, 'password')).rejects.toMatchObject({ code: 'database.app_role_too_strong' });
    await owner.query('drop role guanjia_app');
    await owner.end();
  });

  it('is refused with a clear code where the owner may not make roles', async () => {
    await dropRole();
    const owner = await connect();
    await owner.query(`create role weak login password '${scramVerifier('weak-password')}'`);
    const weak = await connect('weak', 'weak-password');
    await expect(ensureAppRole(weak, 'password')).rejects.toMatchObject({ code: 'database.may_not_create_roles' });
    await weak.end();
    await owner.query('drop role weak');
    await owner.end();
  });
});
