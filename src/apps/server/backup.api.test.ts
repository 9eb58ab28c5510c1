import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { testKey } from '../../../tests/database.setup.ts';
import { type Community, type Person, useHouse } from '../../../tests/house.ts';
import { findPostgres15, type Postgres15, startPostgres15 } from '../../../tests/postgres-15.ts';
import { attachmentKeys, auditNotes, leftOutTables } from '../../domain/backups/backup.service.ts';
import { indexUnits } from '../../domain/places/search-index.service.ts';
import { newId } from '../../kernel/id.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { readArchive, tail, tailBytes } from '../../platform/backup/archive.ts';
import { openBackup } from '../../platform/backup/read-backup.ts';
import { checkSchema } from '../../platform/backup/restore-backup.ts';
import { takeBackup } from '../../platform/backup/take-backup.ts';
import type { Access } from '../../platform/database/database.ts';
import { migrate, readMigrations } from '../../platform/database/migrate.ts';
import { makeClient } from '../../platform/database/own-client.ts';
import { appPassword, ensureAppRole } from '../../platform/database/roles.ts';
import { makeLog } from '../../platform/log.ts';
import { makeFolderStore } from '../../platform/object-store.ts';
import { makeSecrets } from '../../platform/secrets.ts';
import { makeTimeSource } from '../../platform/time-source.ts';
import { backUp } from './backup.command.ts';
import { type CheckName, type FoundBreach, findBreaches } from './checks.ts';
import { restoreFrom } from './restore.command.ts';

// biome-ignore lint/correctness/useHookAtTopLevel: a house of this file's tests, no hook of a component
const house = useHouse({ timers: true });
const folder = mkdtempSync(join(tmpdir(), 'guanjia-backup-'));
const goodKey = join(folder, 'secret.key');
const file = join(folder, 'house.guanjia');
const made: string[] = [];
let community: Community;
let desk: Person;
let attachmentFile = '';

const ownerOf = (database: string): Access => {
  const { host, port, user, password } = inject('server');
  return { host, port, user, password, database };
};

// biome-ignore lint/suspicious/noExplicitAny: rows of whatever was asked
async function ask(owner: Access, sql: string): Promise<any[]> {
  const client = makeClient(owner);
  await client.connect();
  try {
    const result = await client.query(sql);
    return ([result].flat().at(-1) as pg.QueryResult).rows;
  } finally {
    await client.end();
  }
}

async function database(template = 'template0'): Promise<Access> {
  const name = `backup_${randomBytes(5).toString('hex')}`;
  made.push(name);
  await house.asOwner(
    `create database ${name} template ${template}${template === 'template0' ? " encoding 'UTF8'" : ''}`,
    'postgres',
  );
  return ownerOf(name);
}

type Restored = { breaches: FoundBreach[]; dataDir: string; touched: boolean };

async function restored(
  from: string,
  owner: Access,
  options: { keyFile?: string; passphrase?: string; seen?: { touched: boolean } } = {},
): Promise<Restored> {
  const result: Restored = { breaches: [], dataDir: mkdtempSync(join(folder, 'data-')), touched: false };
  await restoreFrom({
    file: from,
    passphrase: options.passphrase ?? null,
    keyFile: options.keyFile ?? goodKey,
    dataDir: result.dataDir,
    appUrl: null,
    log: makeLog('fatal'),
    time: makeTimeSource(),
    findServer: async () => {
      if (options.seen) options.seen.touched = true;
      return { owner, stop: async () => {} };
    },
    onRead: () => {},
    onBreach: (breach) => result.breaches.push(breach),
  });
  return result;
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no refusal',
    (fault: unknown) => {
      if (fault instanceof Refusal) return fault.code;
      throw fault;
    },
  );

const backUpTo = async (to: string, passphrase: string | null = null) => {
  const [{ name }] = await house.asOwner('select current_database() as name');
  return backUp(house.house, ownerOf(name), { file: to, key: testKey, passphrase, verify: true });
};

beforeAll(async () => {
  writeFileSync(goodKey, `${testKey.toString('base64')}\n`);
  community = await house.community();
  desk = await house.person('front_desk', community, '林小满');
  const [building, unit] = [newId(), newId()];
  await house.asOwner(`
    insert into buildings (community_id, id, name) values ('${community.id}', '${building}', '1');
    insert into units (community_id, id, building_id, entrance, room, label) values ('${community.id}', '${unit}', '${building}', '1', '101', '1-1-101')`);
  await house.house.database.write([community.id], (tx) =>
    indexUnits(tx, { house: house.house, communityId: community.id, now: house.house.time.now() }, [unit]),
  );
  const picture = new FormData();
  const png = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  picture.append('file', new Blob([new Uint8Array(png)], { type: 'image/png' }), 'leak.png');
  const photo = await desk.post(`${community.path}/attachments`, picture);
  expect(photo.status, JSON.stringify(photo.body)).toBe(201);
  // Text that a careless format would break: tabs, newlines, backslashes, quotes, characters beyond the basic plane.
  const made = await desk.post(`${community.path}/repairs`, {
    unitId: unit,
    category: 'water',
    urgency: 'ordinary',
    description: '水管\\漏水\t第一行\n第二行 "引号" \\N \\. 𠮷',
    channel: 'phone',
    attachmentIds: [photo.body.id],
  });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const talk = { channel: 'phone', request: '问路', outcome: 'answered' };
  expect((await desk.post(`${community.path}/contacts`, talk)).status).toBe(201);
});

afterAll(async () => {
  for (const name of made) await house.asOwner(`drop database if exists ${name} with (force)`, 'postgres');
  rmSync(folder, { recursive: true, force: true });
});

describe('a backup taken while the desk works', () => {
  let copy: Access;
  let first: Restored;
  let during = 0;

  beforeAll(async () => {
    let isWriting = true;
    const writer = async () => {
      while (isWriting) {
        const answer = await desk.post(`${community.path}/repairs`, {
          place: '中心花园',
          category: 'public-area',
          urgency: 'major',
          description: `路灯不亮 ${randomBytes(4).toString('hex')}`,
          channel: 'patrol',
        });
        if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
        during++;
      }
    };
    const writers = [writer(), writer(), writer()];
    await sleep(500);
    const before = during;
    await backUpTo(file, 'correct horse battery');
    during -= before;
    isWriting = false;
    await Promise.all(writers);
    copy = await database();
    first = await restored(file, copy);
  });

  it('holds nobody up, and is restored to one instant at which every invariant holds', async () => {
    expect(during).toBeGreaterThan(0);
    expect(first.breaches).toEqual([]);
    const [{ count }] = await ask(copy, 'select count(*)::int as count from cases');
    expect(count).toBeGreaterThan(1);
    const [{ total }] = await house.asOwner('select count(*)::int as total from cases');
    expect(total).toBeGreaterThan(count);
  });

  it('brings back every text, time and file as it was', async () => {
    const digest = `select md5(string_agg(t::text, '|' order by id)) as digest from`;
    const upTo = (await ask(copy, 'select max(id::text) as id from cases'))[0].id;
    for (const table of ['case_texts', 'case_events', 'clocks', 'clock_events', 'attachments', 'accounts']) {
      const ids = (await ask(copy, `select array_agg(id::text) as ids from ${table}`))[0].ids as string[];
      // Notices and steps may have moved on since; what is compared is what can't change.
      const columns =
        table === 'clocks' ? '(select id, case_id, kind, started_at, due_at from clocks) t' : `${table} t`;
      const sql = `${digest} ${columns} where id = any ('{${ids.join(',')}}'::uuid[])`;
      expect((await ask(copy, sql))[0].digest, `${table} up to ${upTo}`).toBe((await house.asOwner(sql))[0].digest);
    }
    const [{ key }] = await ask(
      copy,
      "select community_id || '/' || encode(sha256, 'hex') as key from attachments limit 1",
    );
    attachmentFile = join(first.dataDir, 'attachments', key.slice(0, 36), key.slice(37, 39), key.slice(37));
    expect(readFileSync(attachmentFile).length).toBeGreaterThan(0);
  });

  it('asks everybody to sign in again, and tells the audit', async () => {
    expect(await ask(copy, 'select from sessions')).toEqual([]);
    const rows = await ask(
      copy,
      "select s.no from audit_log l join audit_seals s on s.audit_id = l.id where l.action = 'backup.restore'",
    );
    expect(rows).toHaveLength(1);
  });

  it('names the heads of the audit chains, which stand in the house to this day', async () => {
    const backup = await openBackup(file);
    const heads = backup.manifest.notes.auditHeads as { communityId: string; no: number; hash: string }[];
    await backup.close();
    expect(heads.map((head) => head.communityId)).toContain(community.id);
    for (const { communityId, no, hash } of heads)
      expect(
        await house.asOwner(
          `select encode(hash, 'hex') as hash from audit_seals where community_id = '${communityId}' and no = ${no}`,
        ),
      ).toEqual([{ hash }]);
  });

  it('goes on counting where it stopped: ids of the deltas and numbers of cases are new ones', async () => {
    const [{ next, used }] = await ask(
      copy,
      "select nextval(pg_get_serial_sequence('case_count_deltas', 'id')) as next, (select max(id) from case_count_deltas) as used",
    );
    expect(next).toBeGreaterThan(used ?? 0);
    const triggers = await ask(copy, "select from pg_trigger where not tgisinternal and tgenabled <> 'O'");
    expect(triggers).toEqual([]);
  });

  it('is refused into a database that holds rows, or that a program works in', async () => {
    expect(await codeOf(restored(file, copy))).toBe('restore.database_not_empty');
    const [{ name }] = await house.asOwner('select current_database() as name');
    expect(await codeOf(restored(file, ownerOf(name)))).toBe('restore.program_running');
  });

  it('is shown to the manager as the last good one', async () => {
    const manager = await house.person('manager', community);
    const answer = await manager.get('/backups/last');
    expect(answer.body.backup).toMatchObject({ fileName: 'house.guanjia', verified: true });
    expect((await desk.get('/backups/last')).status).toBe(403);
  });

  it('never takes the place of another file', async () => {
    expect(await codeOf(backUpTo(file))).toBe('backup.file_exists');
  });

  it('opens with an ordinary tar', () => {
    const names = execFileSync('tar', ['-tf', file], { encoding: 'utf8' }).split('\n');
    expect(names).toContain('manifest.json');
    const rows = execFileSync('sh', ['-c', `tar -xOf ${file} tables/organizations/000001.copy.gz | gunzip`], {
      encoding: 'utf8',
    });
    expect(rows).toContain('测试物业');
  });

  it('is refused in every one of a hundred damaged copies before a server is even asked', async () => {
    const whole = readFileSync(file);
    const damagedFile = join(folder, 'damaged');
    let seed = 20_261_124;
    // A fixed seed, so that a miss can be looked at again.
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
      return Math.floor((seed / 0x80000000) * below);
    };
    const empty = await database();
    for (let copyNo = 0; copyNo < 100; copyNo++) {
      writeFileSync(damagedFile, whole);
      if (copyNo % 4 === 0) truncateSync(damagedFile, random(whole.length));
      else if (copyNo % 25 === 1) appendFileSync(damagedFile, Buffer.alloc(512));
      else {
        // The last four blocks, which carry the checksum itself, get their share.
        const at = copyNo % 5 === 0 ? whole.length - 1 - random(2048) : random(whole.length);
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ (1 + random(255));
        writeFileSync(damagedFile, bytes);
      }
      const seen = { touched: false };
      expect(await codeOf(restored(damagedFile, empty, { seen })), `copy ${copyNo}`).toBe('backup.damaged');
      expect(seen.touched).toBe(false);
    }
    expect(await ask(empty, "select from pg_class where relnamespace = 'public'::regnamespace")).toEqual([]);
  });

  it('is refused by the sum of an entry, of a table and of a file alike, where somebody made the file’s own sum fit', async () => {
    const archive = await readArchive(file);
    await archive.close();
    const bodies = archive.entries.filter((entry) => entry.bytes > 100 && entry.name !== 'manifest.json');
    const chosen = [
      bodies.find((entry) => entry.name.startsWith('objects/')),
      bodies.find((entry) => entry.name.startsWith('tables/cases/')),
    ];
    const empty = await database();
    const damagedFile = join(folder, 'resealed');
    for (const entry of chosen) {
      if (!entry) throw new Error('the backup holds no file, or no case');
      const body = readFileSync(file).subarray(0, -tailBytes);
      const at = entry.offset + Math.floor(entry.bytes / 2);
      body[at] = (body[at] ?? 0) ^ 1;
      writeFileSync(damagedFile, Buffer.concat([body, tail(createHash('sha256').update(body).digest('hex'))]));
      const seen = { touched: false };
      expect(await codeOf(restored(damagedFile, empty, { seen })), entry.name).toBe('backup.damaged');
      expect(seen.touched).toBe(false);
    }
  });

  it('is refused under another key, without a key, and with the wrong passphrase', async () => {
    const seen = { touched: false };
    const empty = await database();
    const otherKey = join(folder, 'other.key');
    writeFileSync(otherKey, `${randomBytes(32).toString('base64')}\n`);
    const noKey = join(folder, 'keys/none.key');
    expect(await codeOf(restored(file, empty, { keyFile: otherKey, seen }))).toBe('restore.wrong_key');
    expect(await codeOf(restored(file, empty, { keyFile: noKey, seen }))).toBe('restore.key_missing');
    const passphrase = 'correct horse bbttery';
    expect(await codeOf(restored(file, empty, { keyFile: noKey, passphrase, seen }))).toBe('restore.wrong_passphrase');
    expect(seen.touched).toBe(false);
    expect(existsSync(noKey)).toBe(false);
  });

  it('brings its key along for who knows the passphrase', async () => {
    const keyFile = join(folder, 'keys/brought.key');
    const { breaches } = await restored(file, await database(), { keyFile, passphrase: 'correct horse battery' });
    expect(breaches).toEqual([]);
    expect(Buffer.from(readFileSync(keyFile, 'utf8'), 'base64').equals(testKey)).toBe(true);
  });

  const planted: [CheckName, string, string][] = [
    [
      'references',
      'rows_point_nowhere',
      `alter table cases drop constraint cases_community_id_standard_version_id_fkey;
      update cases set standard_version_id = gen_random_uuid();
      alter table cases add foreign key (community_id, standard_version_id) references service_standards not valid`,
    ],
    ['clocks', 'column_differs', "update clocks set due_at = due_at + interval '1 minute'"],
    ['clocks', 'column_differs', "update clocks set state = 'met' where state = 'running'"],
    ['clocks', 'column_differs', 'update clocks set spent_minutes = spent_minutes + 1 where spent_minutes is not null'],
    ['clocks', 'column_differs', "update clocks set next_step_at = next_step_at - interval '1 second'"],
    ['clocks', 'column_differs', "update clock_events set at = at - interval '5 minutes' where type = 'start'"],
    ['clocks', 'events_have_gaps', 'update clock_events set seq = seq + 100'],
    ['clocks', 'clock_without_start', 'delete from clock_events'],
    ['next-due', 'next_due_differs', "update cases set next_due_at = next_due_at + interval '1 hour'"],
    ['next-due', 'next_due_differs', "update cases set next_clock_kind = 'visit'"],
    ['time-lines', 'events_have_gaps', 'update case_events set seq = seq + 100'],
    ['time-lines', 'events_have_gaps', 'delete from case_events where seq = 1'],
    [
      'counts',
      'count_differs',
      'insert into case_count_deltas (community_id, kind, state, delta) select community_id, kind, state, 1 from cases limit 1',
    ],
    ['numbers', 'number_behind', "update counters set last = last - 1 where series = 'BX'"],
    ['numbers', 'number_behind', "update counters set last = last - 1 where series = 'DJ'"],
    [
      'audit-chain',
      'chain_hash',
      `update audit_log set changed = '{"state": ["a", "b"]}' where action = 'repair.create'`,
    ],
    ['audit-chain', 'chain_gap', 'delete from audit_seals where no = 2'],
    [
      'audit-chain',
      'chain_head',
      'delete from audit_seals s using (select community_id, max(no) as no from audit_seals group by 1) l where s.community_id = l.community_id and s.no = l.no',
    ],
    [
      'audit-seals',
      'entry_forgotten',
      `alter table audit_log disable trigger user;
      insert into audit_log (community_id, id, at, action, noun) select id, gen_random_uuid(), now(), 'repair.create', 'repair' from communities`,
    ],
    [
      'audit-seals',
      'entry_unsealed',
      `insert into audit_log (community_id, id, at, action, noun)
      select id, '01900000-0000-7000-8000-000000000000', now(), 'repair.create', 'repair' from communities limit 1`,
    ],
    ['files', 'file_missing', "update attachments set sha256 = decode(repeat('00', 32), 'hex')"],
    ['search', 'tokens_missing', 'delete from search_tokens'],
  ];

  it.each(planted)('verify finds a breach of %s: %s', async (check, what, sql) => {
    const broken = await database((copy as { database: string }).database);
    await ask(broken, sql);
    const found: FoundBreach[] = [];
    const objects = makeFolderStore(join(first.dataDir, 'attachments'));
    await findBreaches({ ...house.house, objects }, broken, (breach) => found.push(breach));
    expect(found.map((breach) => [breach.check, breach.what])).toContainEqual([check, what]);
  });

  it('verify finds a file whose bytes changed', async () => {
    const before = readFileSync(attachmentFile);
    writeFileSync(attachmentFile, Buffer.concat([before.subarray(1), Buffer.from([0])]));
    const found: FoundBreach[] = [];
    const objects = makeFolderStore(join(first.dataDir, 'attachments'));
    await findBreaches({ ...house.house, objects }, copy, (breach) => found.push(breach));
    writeFileSync(attachmentFile, before);
    expect([...new Set(found.map((breach) => breach.what))]).toEqual(['file_changed']);
  });
});

describe('a backup and another program', () => {
  it('of an older release is restored and brought up to date', async () => {
    const old = await database();
    const client = makeClient(old);
    await client.connect();
    await ensureAppRole(client, appPassword(testKey));
    await migrate(client, 'migrations', 1);
    await client.query(
      "insert into organizations (id, name, created_at) values (gen_random_uuid(), '旧版物业', now())",
    );
    await client.end();
    const older = join(folder, 'older.guanjia');
    await takeBackup({
      owner: old,
      objects: makeFolderStore(folder),
      file: older,
      program: '0.0.1',
      takenAt: new Date().toISOString(),
      key: { bytes: testKey, fingerprint: makeSecrets(testKey).fingerprint() },
      passphrase: null,
      leftOut: leftOutTables,
      objectKeys: attachmentKeys,
      notes: auditNotes,
    });
    const target = await database();
    expect((await restored(older, target)).breaches).toEqual([]);
    const [{ newest }] = await ask(target, 'select max(number) as newest from schema_migrations');
    expect(newest).toBe(readMigrations('migrations').length);
    expect(await ask(target, 'select name from organizations')).toEqual([{ name: '旧版物业' }]);
  });

  it('of a newer release is refused', async () => {
    const backup = await openBackup(file);
    const migrations = [...backup.manifest.migrations];
    await backup.close();
    migrations.push({ number: migrations.length + 1, name: '9999_next.sql', sha256: '0'.repeat(64) });
    const check = async () => checkSchema({ ...backup.manifest, migrations }, 'migrations');
    expect(await codeOf(check())).toBe('restore.program_too_old');
  });
});

const binaries15 = findPostgres15();
if (binaries15)
  describe('a backup and another PostgreSQL', () => {
    let server: Postgres15;
    const on15 = (database: string): Access => {
      const { host, port, user, password } = server;
      return { host, port, user, password, database };
    };

    beforeAll(async () => {
      server = await startPostgres15(binaries15);
      await ask(on15('postgres'), 'create database house');
    });
    afterAll(() => server.stop());

    it('goes from PostgreSQL 18 to 15 and back, whole both times', { timeout: 120_000 }, async () => {
      expect((await restored(file, on15('house'))).breaches).toEqual([]);
      const back = join(folder, 'from-15.guanjia');
      const { dataDir } = await restored(file, await database());
      await takeBackup({
        owner: on15('house'),
        objects: makeFolderStore(join(dataDir, 'attachments')),
        file: back,
        program: '0.1.0',
        takenAt: new Date().toISOString(),
        key: { bytes: testKey, fingerprint: makeSecrets(testKey).fingerprint() },
        passphrase: null,
        leftOut: leftOutTables,
        objectKeys: attachmentKeys,
        notes: auditNotes,
      });
      const home = await database();
      expect((await restored(back, home)).breaches).toEqual([]);
      const count = 'select count(*)::int as cases from cases';
      expect(await ask(home, count)).toEqual(await ask(on15('house'), count));
    });
  });
