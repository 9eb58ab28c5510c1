// Finding a household among a hundred thousand (a million with --large) by whatever somebody remembers: the room in
// every spelling, a name, pinyin, initials, the tail of a phone, a phone, a plate, two characters. Floor: one probe of the
// index, in a transaction of its own, through the driver.
import pg from 'pg';
import { digitsHash, sealPersonal } from '../src/domain/parties/party-seal.service.ts';
import { namePinyin, parseQuery } from '../src/domain/places/search.rules.ts';
import { indexUnits } from '../src/domain/places/search-index.service.ts';
import { atMost, type Context } from './bench.contract.ts';
import { settleDown } from './fill.ts';
import { type BenchCommunity, type BenchDatabase, makeAccount, makeBenchCommunity, uuidOf, Visitor } from './ground.ts';
import { measureTimes, roundTo } from './measure.ts';

const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕'];
const givenNames = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国文辉玲红春梅海燕志宁晨雪佳慧'];
const pick = (from: readonly string[], n: number): string => from[n % from.length] as string;
const nameOf = (n: number) =>
  pick(surnames, n * 7) +
  pick(givenNames, Math.floor(n / 40) * 3 + n) +
  pick(givenNames, Math.floor(n / 1600) + n * 11);
const phoneOf = (n: number) => `199${String(10_000_000 + ((n * 7919) % 89_999_999)).padStart(8, '0')}`;
const plateOf = (n: number) =>
  `京A${String(n % 1_000_000)
    .padStart(6, '0')
    .slice(-5)}${n >= 100_000 ? pick([...'BCDEFGHJK'], Math.floor(n / 100_000) - 1) : ''}`;

const times = 60;
const chunk = 2000;

export async function run({ ground, report, large, say, options }: Context): Promise<void> {
  const base = await ground.database('bench_search');
  const program = await base.serve();
  const pool = new pg.Pool({ ...base.appAccess, max: 1 });
  try {
    for (const size of large ? [100_000, 1_000_000] : [Number(options.get('units') ?? 100_000)]) {
      const community = await makeBenchCommunity(base, `F${String(size).slice(0, 7)}`, size);
      await fillHouseholds(base, community);
      const username = `desk-${size}`;
      await makeAccount(base, username, community.id, ['front_desk']);
      const desk = await new Visitor(program.address).signIn(username);
      const one = 4321 % size;
      const name = nameOf(one);
      const ways: Record<string, string[]> = {
        'room in every spelling': [
          '1栋101',
          '1-1-101',
          '44栋1单元602',
          '四十四号楼一单元602室',
          '101',
          '44-',
          '44#602',
        ],
        name: [name, pick(surnames, 2)],
        pinyin: [namePinyin(name), 'zhang', 'z'],
        initials: ['zs', 'wl', 'lxm'],
        'phone tail': [phoneOf(one).slice(-4)],
        phone: [phoneOf(one)],
        plate: [plateOf(one), plateOf(one).slice(1), 'A1'],
        'two characters': [name.slice(1), '建国'],
      };
      const hash = digitsHash(base.house, community.id);
      for (const route of ['units', 'search'])
        for (const [way, texts] of Object.entries(ways)) {
          const token = parseQuery(texts[0] ?? '', hash)[0]?.token ?? '';
          const floor = await measureTimes(times, () => probeOnce(pool, community.id, token));
          let worst = { text: '', p95Ms: 0, p50Ms: 0, found: 0 };
          for (const text of texts) {
            const path = `${community.path}/${route}?q=${encodeURIComponent(text)}`;
            const { p95Ms, p50Ms } = await measureTimes(times, async () => void (await desk.get(path)));
            const body = JSON.parse((await desk.get(path)).body) as { items?: unknown[]; households?: unknown[] };
            const found = (body.items ?? body.households ?? []).length;
            if (found === 0) say(`  ${route}: ${text} found nobody`);
            if (p95Ms > worst.p95Ms) worst = { text, p95Ms, p50Ms, found };
          }
          report({
            what: `${size} units, ${route}, ${way}`,
            measure: 'p95 of the slowest spelling, ms',
            ...atMost(worst.p95Ms, 20),
            detail: {
              spelling: worst.text,
              found: worst.found,
              p50Ms: worst.p50Ms,
              floorP50Ms: floor.p50Ms,
              floorP95Ms: floor.p95Ms,
              timesFloorP50: roundTo(worst.p50Ms / floor.p50Ms, 1),
            },
          });
        }
      desk.leave();
    }
  } finally {
    await pool.end();
    await program.stop();
    await base.close();
  }
}

async function probeOnce(pool: pg.Pool, communityId: string, token: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query(`begin read only; select set_config('app.communities', '${communityId}', true)`);
    await client.query('select noun_id from search_tokens where community_id = $1 and token = $2 limit 60', [
      communityId,
      token,
    ]);
    await client.query('commit');
  } finally {
    client.release();
  }
}

/** One owner with a phone and a car in each unit, and the tokens that the program makes of them. */
async function fillHouseholds(base: BenchDatabase, community: BenchCommunity): Promise<void> {
  const { house, owner } = base;
  const now = house.time.now();
  for (let from = 0; from < community.unitIds.length; from += chunk) {
    const unitIds = community.unitIds.slice(from, from + chunk);
    const numbers = unitIds.map((_, index) => from + index);
    const { rows } = await owner.query<{ id: string }>(
      `select ${uuidOf("'party' || n")} as id from unnest($2::int[]) n order by n`,
      [community.id, numbers],
    );
    const ids = rows.map((row) => row.id);
    const sealed = ids.map((id, index) => sealPersonal(house, community.id, id, { phone: phoneOf(from + index) }));
    await owner.query(
      `insert into parties (community_id, id, kind, name, name_pinyin, phone_sealed, phone_hash, phone_masked, created_at)
       select $1::uuid, id, 'person', name, pinyin, sealed, hash, masked, $8::timestamptz
       from unnest($2::uuid[], $3::text[], $4::text[], $5::bytea[], $6::bytea[], $7::text[]) as p(id, name, pinyin, sealed, hash, masked)`,
      [
        community.id,
        ids,
        numbers.map(nameOf),
        numbers.map((n) => namePinyin(nameOf(n))),
        sealed.map((one) => one.phoneSealed),
        sealed.map((one) => one.phoneHash),
        sealed.map((one) => one.phoneMasked),
        now,
      ],
    );
    await owner.query(
      `insert into unit_parties (community_id, id, unit_id, party_id, relation, from_on)
       select $1::uuid, ${uuidOf("'relation' || party_id")}, unit_id, party_id, 'owner', '2020-01-01'
       from unnest($2::uuid[], $3::uuid[]) as r(unit_id, party_id)`,
      [community.id, unitIds, ids],
    );
    await owner.query(
      `insert into vehicles (community_id, id, unit_id, party_id, plate)
       select $1::uuid, ${uuidOf("'car' || party_id")}, unit_id, party_id, plate
       from unnest($2::uuid[], $3::uuid[], $4::text[]) as r(unit_id, party_id, plate)`,
      [community.id, unitIds, ids, numbers.map(plateOf)],
    );
    await house.database.write([community.id], (tx) =>
      indexUnits(tx, { house, communityId: community.id, now }, unitIds, true),
    );
  }
  await settleDown(base, 'units', 'parties', 'unit_parties', 'vehicles', 'search_tokens');
}
