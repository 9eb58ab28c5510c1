// The walls: every route from the route table is asked without a session and with another community's id, and the
// program's own connection is looked at from inside.
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { sql } from '../src/platform/database/database.ts';
import { type Community, type Person, useHouse } from './house.ts';

type Operation = { method: string; path: string; isPublic: boolean };
const publicRoutes = new Set([
  'POST /api/v1/session',
  'POST /api/v1/setup',
  'POST /api/v1/survey-links/open',
  'POST /api/v1/survey-links/answer',
  'GET /api/v1/openapi.json',
  'GET /api/docs',
  'GET /healthz',
  'GET /readyz',
  'GET /metrics',
]);

describe('walls', () => {
  const house = useHouse();
  let operations: Operation[] = [];
  let here: Community;
  let there: Community;
  let everybody: Person;

  beforeAll(async () => {
    [here, there] = [await house.community(), await house.community()];
    everybody = await house.person(
      [
        'front_desk',
        'manager',
        'cs_supervisor',
        'engineering_supervisor',
        'technician',
        'auditor',
        'finance',
        'butler',
        'admin',
      ],
      here,
    );
    const routes: { method: string; url: string }[] = house.server.routes;
    operations = routes.map(({ method, url }) => ({
      method,
      path: url,
      isPublic: publicRoutes.has(`${method} ${url}`),
    }));
  });

  const fill = (path: string, communityId: string) =>
    path.replace(':communityId', communityId).replaceAll(/:\w+/g, '019a0000-0000-7000-8000-000000000001');

  it('stands on the server that this run is about', async () => {
    const [{ version }] = await house.asOwner("select current_setting('server_version_num')::int as version");
    expect(Math.floor(version / 10_000)).toBe(inject('server').major);
  });

  it('has every route of the program in its table', () => {
    expect(operations.length).toBeGreaterThan(60);
  });

  it('answers 401 without a session on every route but the public ones', async () => {
    for (const { method, path, isPublic } of operations) {
      if (isPublic || !path.startsWith('/api/')) continue;
      const answer = await fetch(house.address + fill(path, here.id), { method, signal: AbortSignal.timeout(5000) });
      expect(answer.status, `${method} ${path}`).toBe(401);
    }
  });

  it('describes every route to whoever asks, as a document and as a page', async () => {
    const document = (await (await fetch(`${house.address}/api/v1/openapi.json`)).json()) as {
      openapi: string;
      paths: object;
    };
    expect(document.openapi).toMatch(/^3\.1/);
    const page = await (await fetch(`${house.address}/api/docs`)).text();
    for (const path of Object.keys(document.paths)) expect(page).toContain(path);
  });

  it('answers 404 for another community on every route of one, whoever asks', async () => {
    let asked = 0;
    for (const { method, path } of operations) {
      if (!path.includes(':communityId')) continue;
      asked++;
      const answer = await everybody.ask(
        method,
        fill(path, there.id).replace('/api/v1', ''),
        method === 'GET' ? undefined : {},
      );
      expect(answer.status, `${method} ${path}`).toBe(404);
      expect(answer.body.code).toBe('not_found');
    }
    expect(asked).toBeGreaterThan(40);
  });

  it('refuses every write without the CSRF token of its session, before it looks at anything else', async () => {
    const writes = operations.filter(
      ({ method, path, isPublic }) => method !== 'GET' && !isPublic && path.startsWith('/api/'),
    );
    expect(new Set(writes.map(({ method }) => method)).size).toBeGreaterThan(1);
    for (const { method, path } of writes) {
      const there404 = fill(path, there.id).replace('/api/v1', '');
      const { body } = await everybody.ask(method, there404, {}, { 'x-csrf-token': 'another' });
      expect(body, `${method} ${path}`).toMatchObject({ status: 403, code: 'forbidden', facts: { reason: 'csrf' } });
    }
  });

  it('checks in one order, so that an answer never tells more than its asker may know', async () => {
    const [desk, auditor, tech, other] = [
      await house.person('front_desk', here),
      await house.person('auditor', here),
      await house.person('technician', here),
      await house.person('technician', here),
    ];
    const made = await desk.post(`${here.path}/repairs`, {
      place: '中心花园',
      category: 'public-area',
      urgency: 'major',
      description: '路灯不亮',
      channel: 'patrol',
    });
    const order = (community: Community, id: string) => `${community.path}/repairs/${id}`;
    const own = order(here, made.body.id);
    const nowhere = '019a0000-0000-7000-8000-000000000001';
    const dispatch = `${order(here, nowhere)}/dispatch`;
    // Each asks with every fault that comes later still in it.
    const bad = { version: 'x' };
    const text = { 'content-type': 'text/plain' };
    const wrongCsrf = { 'x-csrf-token': 'another' };
    const status = async (answer: Promise<{ status: number }>) => (await answer).status;
    const nobody = fetch(`${house.address}/api/v1${order(there, nowhere)}/dispatch`, { method: 'POST', body: 'x' });
    const rows: [string, number, Promise<number>][] = [
      ['session', 401, status(nobody)],
      ['CSRF', 403, status(tech.post(`${order(there, nowhere)}/dispatch`, bad, { ...text, ...wrongCsrf }))],
      ['community', 404, status(tech.post(`${order(there, nowhere)}/dispatch`, bad, text))],
      ['permission', 403, status(auditor.post(dispatch, bad, text))],
      ['type', 415, status(desk.post(dispatch, bad, text))],
      ['size', 413, status(desk.post(dispatch, { reason: 'x'.repeat(3_000_000) }))],
      ['shape', 422, status(desk.post(dispatch, bad))],
      ['object', 404, status(desk.post(dispatch, { version: 9, technicianId: nowhere }))],
      ['own or not', 403, status(other.post(`${own}/accept`, { version: 1 }))],
      ['version', 412, status(desk.post(`${own}/dispatch`, { version: 9, technicianId: tech.id }))],
      ['state', 409, status(desk.post(`${own}/log`, { version: 1 }))],
    ];
    for (const [check, expected, answered] of rows) expect(await answered, check).toBe(expected);
    // A key is asked for before the shape, on what must never be done twice.
    const keyless = { method: 'POST', path: `${here.path}/repairs` };
    const answer = await desk.ask(keyless.method, keyless.path, bad, { 'idempotency-key': '' });
    expect([answer.status, answer.body.code]).toEqual([428, 'key_required']);
  });

  it('works as a role that is neither superuser nor above the policies', async () => {
    const { rows } = await house.house.database.pool.query<{ name: string; strong: boolean }>(
      'select current_user as name, rolsuper or rolbypassrls or rolcreaterole as strong from pg_roles where rolname = current_user',
    );
    expect(rows).toEqual([{ name: 'guanjia_app', strong: false }]);
  });

  it('shows no row of a community to a store call that names none', async () => {
    await everybody.post(`${here.path}/contacts`, { channel: 'phone', request: '问路', outcome: 'answered' });
    const { database } = house.house;
    for (const table of ['contacts', 'audit_log', 'service_standards'] as const) {
      const count = (scope: string[]) =>
        database.read(
          scope,
          async (tx) =>
            (await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(tx)).rows[0]?.n,
        );
      expect(await count([]), table).toBe(0);
      expect(await count([there.id]), table).toBe(table === 'service_standards' ? 1 : 0);
      expect(await count([here.id]), table).toBeGreaterThan(0);
    }
  });

  it('has a policy on every table that belongs to a community', async () => {
    const open = await house.asOwner(`
      select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'community_id' and not a.attisdropped
      where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and not c.relrowsecurity`);
    expect(open.map((row) => row.relname)).toEqual(['role_grants']);
  });

  it('keeps the community in the key of every table of a community, and in every key to another', async () => {
    const loose = await house.asOwner(`
      select con.conrelid::regclass::text as table, con.conname from pg_constraint con
      join pg_attribute own on own.attrelid = con.conrelid and own.attname = 'community_id' and not own.attisdropped
      left join pg_attribute theirs on theirs.attrelid = con.confrelid and theirs.attname = 'community_id' and not theirs.attisdropped
      where con.connamespace = 'public'::regnamespace and not own.attnum = any (con.conkey)
        and (con.contype = 'p' or (con.contype = 'f' and theirs.attnum is not null)) and con.conrelid <> 'role_grants'::regclass`);
    expect(loose).toEqual([]);
  });

  it('lets nobody who serves requests change or take back what was said', async () => {
    const { pool } = house.house.database;
    for (const table of ['case_events', 'clock_events', 'audit_log', 'audit_seals']) {
      await expect(pool.query(`delete from ${table}`), table).rejects.toThrow(/permission denied/);
      await expect(pool.query(`update ${table} set community_id = community_id`), table).rejects.toThrow(
        /permission denied/,
      );
    }
    // Who was away or on duty decides who was told: such a row is cut short or marked, never gone.
    for (const table of ['absences', 'duty_shifts'])
      await expect(pool.query(`delete from ${table}`), table).rejects.toThrow(/permission denied/);
    await expect(pool.query('create table x ()')).rejects.toThrow(/permission denied/);
  });
});
