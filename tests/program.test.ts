// The house's promises, kept by the program as it is delivered: built, a process of its own, asked from outside.
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeClient } from '../src/platform/database/own-client.ts';
import { findPostgres15, type Postgres15, startPostgres15 } from './postgres-15.ts';
import { clerk, command, Program, pathOf, type Run, setUp } from './program.ts';

const ground = mkdtempSync(join(tmpdir(), 'guanjia-program-'));
chmodSync(ground, 0o755);
const running: Program[] = [];
const leftServers: string[] = [];
let folders = 0;
const freshFolder = () => join(ground, `d${++folders}`);
const isRoot = process.getuid?.() === 0;
const nobody = 65_534;

async function serve(run: Run, args: string[] = []): Promise<Program> {
  const program = await Program.start(run, args);
  running.push(program);
  return program;
}

/** The server's process, as the data folder names it. */
const serverOf = (dataDir: string): number =>
  Number(readFileSync(join(dataDir, 'database/postmaster.pid'), 'utf8').split('\n')[0]);

const talk = { channel: 'phone', request: '问路', outcome: 'answered' };
const whole = { code: 0, said: expect.stringContaining('全部核对通过') };

afterEach(async () => {
  for (const program of running.splice(0)) await program.stop();
  for (const dataDir of leftServers.splice(0))
    try {
      process.kill(serverOf(dataDir), 'SIGQUIT');
    } catch {
      // It ended with its program.
    }
});
afterAll(() => rmSync(ground, { recursive: true, force: true }));

describe('the built program with the bundled database', () => {
  it('keeps what it confirmed when it is killed, is back within ten seconds, and shares its folder with commands only', {
    timeout: 300_000,
  }, async () => {
    const dataDir = freshFolder();
    leftServers.push(dataDir);
    const run = { env: { DATA_DIR: dataDir } };
    const first = await serve(run);
    expect(first.startedWithinMs).toBeLessThan(30_000);
    await setUp(first);
    const desk = await clerk(first, run, ground);
    const path = await pathOf(desk);
    const server = serverOf(dataDir);
    if (isRoot) expect(statSync(`/proc/${server}`).uid).not.toBe(0);

    // A second one of the same folder waits for one that is leaving, in vain; meanwhile every other command works.
    const second = command(['serve'], { env: { ...run.env, PORT: '0' } });
    const until = ['--until', '2099-01-01'];
    const token = ['token', 'add', '--name', '报表', '--username', 'lin', '--community', 'LYHT'];
    const file = join(ground, 'house.tar');
    const ended = [
      await command(['verify'], run),
      await command(['backup', '--to', file, '--verify'], run),
      await command([...token, '--permissions', 'case.read', ...until], run),
    ];
    expect(ended.map(({ code, complained }) => [code, complained])).toEqual([
      [0, ''],
      [0, ''],
      [0, ''],
    ]);
    const secret = ended[2]?.said.trim().split('\n').at(-1) ?? '';
    const asMachine = await fetch(`${first.address}/api/v1${path}/cases`, {
      headers: { authorization: `Bearer ${secret}` },
    });
    expect(asMachine.status).toBe(200);
    const demo = await command(['demo'], run);
    expect([demo.code, demo.complained]).toEqual([1, expect.stringContaining('已有正式数据')]);
    const refused = await second;
    expect(refused.code).toBe(1);
    expect(refused.complained).toContain(`数据目录正被另一个管家程序使用（进程 ${first.child.pid}）`);
    expect(refused.complained).toContain('in use');
    expect(serverOf(dataDir)).toBe(server);

    const said: string[] = [];
    for (let count = 0; count < 20; count++) said.push((await desk.post(`${path}/contacts`, talk)).body.id);
    await first.kill();
    expect(() => process.kill(server, 0)).not.toThrow();
    // Ten seconds flat. A machine busy with other work can lose a try to it, so the best of three counts; each is a kill
    // and a start on what the kill left.
    let again = await serve(run);
    const startedWithin = [again.startedWithinMs];
    while (Math.min(...startedWithin) > 10_000 && startedWithin.length < 3) {
      await again.kill();
      again = await serve(run);
      startedWithin.push(again.startedWithinMs);
    }
    expect(Math.min(...startedWithin)).toBeLessThanOrEqual(10_000);
    const back = await clerk(again, run, ground, 'wang');
    const kept = (await back.get(`${path}/contacts?limit=100`)).body.items.map((one: { id: string }) => one.id);
    expect(kept).toHaveLength(20);
    expect(new Set(kept)).toEqual(new Set(said));
    expect(await command(['verify'], run)).toMatchObject(whole);

    await again.stop();
    expect(again.child.exitCode).toBe(0);
    // The server went with it, in order.
    expect(() => serverOf(dataDir)).toThrow(/ENOENT/);
  });
});

const product = resolve(import.meta.dirname, '..');
/** Whether another account may read the product at all. */
const isOpenToAll = ((): boolean => {
  for (let folder = product; folder !== '/'; folder = resolve(folder, '..'))
    if ((statSync(folder).mode & 0o005) !== 0o005) return false;
  return true;
})();

if (!isRoot || isOpenToAll)
  describe('the built program of an ordinary user', () => {
    it('serves from a home that nobody else may enter', { timeout: 120_000 }, async () => {
      const home = freshFolder();
      mkdirSync(home, { mode: 0o700 });
      const uid = isRoot ? nobody : (process.getuid?.() ?? nobody);
      if (isRoot) chownSync(home, uid, uid);
      // Node itself may be installed below a folder of root.
      const node = join(ground, 'node');
      cpSync(process.execPath, node, { dereference: true });
      chmodSync(node, 0o755);
      const run = { env: { DATA_DIR: join(home, 'data'), HOME: home }, node, ...(isRoot ? { uid } : {}) };
      const program = await serve(run);
      await setUp(program);
      expect(statSync(`/proc/${serverOf(join(home, 'data'))}`).uid).toBe(uid);
      const desk = await clerk(program, run, ground);
      expect((await desk.post(`${await pathOf(desk)}/contacts`, talk)).status).toBe(201);
    });
  });

const binaries15 = findPostgres15();
if (binaries15)
  describe('the built program with a database of its own, the oldest it promises to carry', () => {
    let server: Postgres15;
    const owner = { user: 'guanjia_owner', password: 'of the owner' };
    const port = 20_000 + Math.floor(Math.random() * 20_000);
    const urlOf = (database: string) =>
      `postgres://${owner.user}:${encodeURIComponent(owner.password)}@127.0.0.1:${port}/${database}`;
    const runOn = (database: string): Run => ({ env: { DATA_DIR: freshFolder(), DATABASE_URL: urlOf(database) } });

    async function ask(statement: string, database = 'postgres') {
      const { host, user, password } = server;
      const client = makeClient({ host, port, user, password, database });
      await client.connect();
      try {
        return (await client.query(statement)).rows;
      } finally {
        await client.end();
      }
    }

    beforeAll(async () => {
      server = await startPostgres15(binaries15, port);
      await ask(`create role ${owner.user} login createrole password '${owner.password}'`);
    });
    afterAll(() => server.stop());

    it('works there as guanjia_app alone, neither superuser nor above the policies, and starts no other server', async () => {
      await ask(`create database house owner ${owner.user} encoding 'UTF8' lc_ctype 'C.UTF-8' template template0`);
      const dataDir = freshFolder();
      const run = { env: { DATA_DIR: dataDir, DATABASE_URL: urlOf('house'), METRICS: '1' } };
      const program = await serve(run);
      await setUp(program);
      const desk = await clerk(program, run, ground);
      const path = await pathOf(desk);
      const made = await desk.post(`${path}/repairs`, {
        place: '中心花园',
        category: 'public-area',
        urgency: 'major',
        description: '路灯不亮',
        channel: 'patrol',
      });
      expect(made.status).toBe(201);
      const inside = await ask(
        `select distinct usename as name, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as strong
           from pg_stat_activity join pg_roles on rolname = usename where datname = 'house'`,
      );
      expect(inside).toEqual([{ name: 'guanjia_app', strong: false }]);
      expect((await fetch(`${program.address}/metrics`)).status).toBe(200);
      expect(() => statSync(join(dataDir, 'database'))).toThrow();
      expect(await command(['verify'], run)).toMatchObject(whole);
    });

    it('takes over there what another version backed up, whole', { timeout: 120_000 }, async () => {
      const from = { env: { DATA_DIR: freshFolder() } };
      const first = await serve(from);
      await setUp(first);
      const desk = await clerk(first, from, ground);
      const path = await pathOf(desk);
      const made = await desk.post(`${path}/contacts`, talk);
      const file = join(ground, 'moved.tar');
      expect((await command(['backup', '--to', file, '--verify'], from)).code).toBe(0);

      await ask(`create database moved owner ${owner.user} encoding 'UTF8' lc_ctype 'C.UTF-8' template template0`);
      const keyFile = join(from.env.DATA_DIR, 'keys/secret.key');
      const to = { env: { ...runOn('moved').env, SECRET_KEY_FILE: keyFile } };
      const restored = await command(['restore', '--from', file], to);
      expect(restored).toMatchObject({ code: 0, complained: '', said: expect.stringContaining('全部核对通过') });
      expect(await command(['verify'], to)).toMatchObject(whole);
      const second = await serve(to);
      const again = await clerk(second, to, ground, 'wang');
      const { items } = (await again.get(`${path}/contacts`)).body;
      expect(items.map((one: { id: string }) => one.id)).toEqual([made.body.id]);
    });

    it('refuses a database that knows no Chinese, with the mend in both languages, and touches nothing', async () => {
      await ask(
        `create database deaf owner ${owner.user} encoding 'UTF8' lc_collate 'C' lc_ctype 'C' template template0`,
      );
      const { code, complained, said } = await command(['serve'], runOn('deaf'));
      expect([code, said]).toEqual([1, '']);
      expect(complained).toContain('不认识汉字');
      expect(complained).toContain('knows no Chinese');
      const [, mend = ''] = /(create database guanjia [^。\n]*template0)/.exec(complained) ?? [];
      expect(mend).not.toBe('');
      expect(await ask("select from pg_tables where schemaname = 'public'", 'deaf')).toEqual([]);
      // The mend that it names works.
      await ask(`${mend.replace('database guanjia', 'database hearing')} owner ${owner.user}`);
      expect((await command(['verify'], runOn('hearing'))).code).toBe(0);
    });

    it('says in both languages that nobody answers, or that the owner may make no roles', async () => {
      const away = runOn('house');
      const nowhere = { env: { ...away.env, DATABASE_URL: urlOf('house').replace(`:${port}`, ':1') } };
      const { complained } = await command(['serve'], nowhere);
      expect(complained).toContain('连接不上数据库（ECONNREFUSED）');
      expect(complained).toContain('cannot be reached');
      await ask('drop database if exists house with (force)');
      await ask(`create role weak login password 'weak'`);
      await ask("create database poor owner weak encoding 'UTF8' lc_ctype 'C.UTF-8' template template0");
      // The role is there from before: only one who may make roles can give it this key's password.
      const poor = await command(['serve'], {
        env: { ...away.env, DATABASE_URL: `postgres://weak:weak@127.0.0.1:${port}/poor` },
      });
      expect(poor.complained).toContain('没有建立角色的权限');
      expect(poor.complained).toContain('may not create roles');
    });
  });
