// The role the program works as, `guanjia_app`: it may read and write rows, never change the schema,
// and policies hold for it. The owner makes it; its password follows from the secret key.
import { hkdfSync } from 'node:crypto';
import type pg from 'pg';
import { Refusal } from '../../kernel/refusal.ts';
import { scramVerifier } from './scram.ts';

export const appRole = 'guanjia_app';

/** The same for the same key: nothing has to be stored, and a restored key opens a restored database. */
export function appPassword(secretKey: Buffer): string {
  if (secretKey.length < 32) throw new Error('the secret key must have at least 32 bytes');
  return Buffer.from(hkdfSync('sha256', secretKey, '', `guanjia database role ${appRole}`, 32)).toString('base64url');
}

// Serialises the programs that migrate one database; any number that nobody else uses.
const roleLock = 7_206_114_001;

/**
 * Makes the app role, or gives it this password, and lets it connect. Refusals: `database.app_role_too_strong`
 * (a role of that name may bypass policies), `database.may_not_create_roles` (the owner lacks CREATEROLE).
 */
export async function ensureAppRole(ownerClient: pg.Client, password: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await ownerClient.query('begin');
      await ownerClient.query('select pg_advisory_xact_lock($1)', [roleLock]);
      await makeOrMend(ownerClient, password);
      await ownerClient.query('commit');
      return;
    } catch (error) {
      await ownerClient.query('rollback');
      const code = (error as { code?: string }).code;
      if (code === '42501') throw new Refusal('database.may_not_create_roles', { role: appRole }, 503);
      // Advisory locks hold within one database, roles are shared by all of a server: two databases that
      // are set up at once meet here as a duplicate name or as "tuple concurrently updated".
      const met = code === '42710' || code === '23505' || code === 'XX000';
      if (!met || attempt === 10) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20 * attempt));
    }
  }
}

async function makeOrMend(owner: pg.Client, password: string): Promise<void> {
  const verifier = owner.escapeLiteral(scramVerifier(password));
  const found = await owner.query<{ strong: boolean }>(
    `select rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication as strong
       from pg_roles where rolname = $1`,
    [appRole],
  );
  const role = found.rows[0];
  if (!role) {
    await owner.query(
      `create role ${appRole} login nosuperuser nobypassrls nocreatedb nocreaterole noreplication password ${verifier}`,
    );
  } else if (role.strong) {
    // Not mended in silence: only a superuser may take these away, and somebody gave them on purpose.
    throw new Refusal('database.app_role_too_strong', { role: appRole }, 503);
  } else {
    await owner.query(`alter role ${appRole} login password ${verifier}`);
  }
  const database = await owner.query<{ name: string }>('select current_database() as name');
  await owner.query(`grant connect on database ${owner.escapeIdentifier(database.rows[0]?.name ?? '')} to ${appRole}`);
}
