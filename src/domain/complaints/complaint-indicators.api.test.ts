// The month's figures of complaints over HTTP on a small month lived through, against a slow count made from each
// complaint's own page; groups, trend, and months that freeze (CP13; spec/08; spec/11 Denominators).
import { describe, expect, it } from 'vitest';
import { useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';
import { monthOf } from '../../kernel/time.ts';
import { frozenMonthsAddUp } from '../indicators/indicator-check.service.ts';
import { freezeMonths } from '../indicators/indicator-freeze.jobs.ts';
import {
  type Centre,
  follow,
  later,
  makeCentre,
  pathOf,
  recorded,
  review,
  story,
  toTold,
  walk,
} from './complaint-centre.fixture.ts';

describe('figures of complaints', { timeout: 180_000 }, () => {
  // Monday 16 November 2026, 10:00 in Shanghai.
  const house = useHouse({ startAt: '2026-11-16T02:00:00.000Z' });
  /** At each month's end: in December the lessee has left and the shop was handed over. */
  const households: Record<string, number> = { '2026-11': 2, '2026-12': 2 };
  const names = [
    'complaints-handled',
    'complaint-timeliness',
    'complaint-answered',
    'complaint-follow-up',
    'valid-complaints',
  ];

  /** Two homes with people, one with a contact only, one not sold; the first home's building is a butler's area. */
  async function settle({ community, unitId, otherUnitId, butler }: Centre) {
    const [owner, agent, moved, unsold, shop] = Array.from({ length: 5 }, () => newId());
    await house.asOwner(`
      insert into parties (community_id, id, kind, name, created_at)
        select '${community.id}', p::uuid, 'person', '人', timestamptz '2026-01-01' from unnest(array['${owner}','${agent}','${moved}']) p;
      insert into units (community_id, id, building_id, entrance, room, label, state, delivered_on)
        select community_id, '${unsold}'::uuid, building_id, '1', '702', '3-1-702', 'unsold', null::date from units where id = '${unitId}'
        union all select community_id, '${shop}'::uuid, building_id, '1', '102', '3-1-102', 'occupied', date '2026-12-01' from units where id = '${unitId}';
      insert into unit_parties (community_id, id, unit_id, party_id, relation, from_on, until_on) values
        ('${community.id}', gen_random_uuid(), '${unitId}', '${owner}', 'owner', '2026-01-01', null),
        ('${community.id}', gen_random_uuid(), '${otherUnitId}', '${moved}', 'lessee', '2026-01-01', '2026-11-30'),
        ('${community.id}', gen_random_uuid(), '${otherUnitId}', '${agent}', 'contact', '2026-01-01', null),
        ('${community.id}', gen_random_uuid(), '${unsold}', '${owner}', 'owner', '2026-01-01', null),
        ('${community.id}', gen_random_uuid(), '${shop}', '${owner}', 'owner', '2026-01-01', null);
      insert into staff_areas (community_id, id, account_id, building_id)
        select '${community.id}', gen_random_uuid(), '${butler.id}', building_id from units where id = '${unitId}'`);
  }

  const make = (centre: Centre, body: Record<string, unknown> = {}) =>
    recorded(centre.desk, centre.community, {
      ...story,
      unitId: centre.unitId,
      contact: { name: '张', phone: '13800001234' },
      ...body,
    });
  const validate = { reason: '属实', explained: 'call' };

  /** Seven complaints of November in a centre, phase by phase; the clock only goes forward, so all centres go along. */
  function* phases(centre: Centre, preset: 'luxury' | 'standard', lived: Record<string, any>) {
    const { community, desk, supervisor } = centre;
    yield (async () => {
      await settle(centre);
      lived.good = await make(centre);
      await walk(community, lived.good.id, [
        ['respond', desk, { how: 'call', answer: '已安排' }],
        ['validate', supervisor, validate],
      ]);
    })();
    yield (async () => {
      await toTold(centre, lived.good.id);
      lived.twin = await make(centre);
      await walk(community, lived.twin.id, [['merge', supervisor, { intoId: lived.good.id }]]);
      lived.invalid = await make(centre, { unitId: centre.otherUnitId, against: 'order' });
      await walk(community, lived.invalid.id, [
        ['invalidate', supervisor, { reason: '非我方责任', explained: 'call' }],
      ]);
      lived.late = await make(centre);
      lived.unnamed = await recorded(desk, community, { ...story, anonymous: true });
    })();
    yield (async () => {
      await walk(community, lived.late.id, [['validate', supervisor, validate]]);
      await toTold(centre, lived.late.id);
      lived.again = await make(centre);
    })();
    yield toTold(centre, lived.again.id);
    yield (async () => {
      lived.open = await make(centre, { unitId: centre.otherUnitId });
    })();
    yield (async () => {
      if (preset === 'luxury') await review(centre, await follow(centre, lived.good.id, { verdict: 'acceptable' }));
      await walk(community, lived.again.id, [
        ['reopen', supervisor, { reason: '问题又出现' }],
        ['resolve', centre.engineer, { result: '重新处理', cause: 'workmanship' }],
        ['tell-customer', desk, { how: 'call', answer: '已重新处理', opinion: '可以', satisfied: true }],
      ]);
    })();
  }

  type Lived = Record<'good' | 'twin' | 'invalid' | 'late' | 'unnamed' | 'again' | 'open', any> & { centre: Centre };
  /** From the 16th of November into December. */
  async function live(): Promise<Record<'luxury' | 'standard', Lived>> {
    const made = { luxury: {}, standard: {} } as Record<'luxury' | 'standard', Lived>;
    const runs = [];
    for (const preset of ['luxury', 'standard'] as const) {
      made[preset].centre = await makeCentre(house, preset);
      runs.push(phases(made[preset].centre, preset, made[preset]));
    }
    const pauses = [0, 60, 26 * 60, 30, '2026-11-30T15:30:00.000Z', '2026-12-01T02:00:00.000Z'];
    for (const pause of pauses) {
      if (typeof pause === 'string') house.house.time.moveTo(pause);
      else if (pause > 0) later(house, pause);
      for (const run of runs) await run.next().value;
    }
    return made;
  }
  let both: ReturnType<typeof live> | null = null;
  const lives = () => {
    both ??= live();
    return both;
  };

  const ask = async ({ centre }: Lived, rest: string) => {
    const answer = await centre.manager.get(`${centre.community.path}/indicators${rest}`);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return answer.body;
  };
  const figures = async (lived: Lived, month: string): Promise<Record<string, [number, number]>> =>
    Object.fromEntries(
      (await ask(lived, `?month=${month}`)).items
        .filter((one: any) => names.includes(one.name))
        .map((one: any) => [one.name, [one.numerator, one.denominator]]),
    );

  /** The same events counted the slow way: each complaint's own page, read one by one. */
  async function slowly(lived: Lived, month: string): Promise<Record<string, [number, number]>> {
    const { centre, ...rest } = lived;
    const { community, manager } = centre;
    const pages: any[] = [];
    for (const one of Object.values(rest) as { id: string; code?: string }[])
      if (one.code !== undefined) pages.push((await manager.get(pathOf(community, one.id))).body);
    const own = pages.filter((page) => page.mergedInto === null);
    const received = own.filter((page) => monthOf(page.receivedAt) === month);
    const moves = (page: any, name: string) =>
      page.timeline
        .filter((entry: any) => entry.action === name && monthOf(entry.at) === month)
        .map((entry: any) => entry.at);
    const resolvedIn = own.filter((page) => {
      const last = moves(page, 'resolve').at(-1);
      return last !== undefined && !moves(page, 'reopen').some((at: string) => at >= last);
    });
    const clocks = (page: any, kind: string) =>
      page.clocks.filter((clock: any) => clock.kind === kind && clock.state !== 'void');
    const within = (clock: any) => clock.stoppedAt !== null && monthOf(clock.stoppedAt) === month;
    const inTime = resolvedIn.filter((page) => {
      const ended = clocks(page, 'complete').filter(within);
      return ended.length > 0 && ended.every((clock: any) => clock.stoppedAt <= clock.dueAt);
    });
    const promised = received.filter((page) => clocks(page, 'answer').length > 0);
    const followed: any[] = [];
    for (const page of resolvedIn) {
      const { body } = await manager.get(`${community.path}/follow-ups?caseId=${page.id}`);
      if (
        body.items.some(
          (one: any) => one.month === month && one.result !== null && one.result.verdict !== 'not-reached',
        )
      )
        followed.push(page);
    }
    return {
      'complaints-handled': [received.filter((page) => page.resolvedAt !== null).length, received.length],
      'complaint-timeliness': [inTime.length, resolvedIn.length],
      'complaint-answered': [
        promised.filter((page) =>
          clocks(page, 'answer').every((clock: any) => clock.stoppedAt !== null && clock.stoppedAt <= clock.dueAt),
        ).length,
        promised.length,
      ],
      'complaint-follow-up': [followed.length, resolvedIn.length],
      'valid-complaints': [received.filter((page) => page.validity === 'valid').length, households[month] ?? -1],
    };
  }

  it('are those of a slow count of the same events, in both presets and both months (CP13)', async () => {
    for (const preset of ['standard', 'luxury'] as const) {
      const lived = (await lives())[preset];
      for (const month of ['2026-11', '2026-12'])
        expect(await figures(lived, month), `${preset} ${month}`).toEqual(await slowly(lived, month));
      expect(await figures(lived, '2026-11'), preset).toEqual({
        // good, late and again of six: the twin is no complaint of its own.
        'complaints-handled': [3, 6],
        'complaint-timeliness': [2, 3],
        'complaint-answered': preset === 'standard' ? [expect.any(Number), 6] : [0, 0],
        'complaint-follow-up': [preset === 'luxury' ? 1 : 0, 3],
        'valid-complaints': [2, 2],
      });
      const items = (await ask(lived, '?month=2026-11')).items;
      const targetOf = (name: string) => items.find((one: any) => one.name === name);
      expect(names.map((name) => targetOf(name).target)).toEqual([1, null, 1, preset === 'luxury' ? 1 : 0.5, 0.02]);
      expect([targetOf('valid-complaints').comparison, targetOf('valid-complaints').per]).toEqual([
        'below',
        'households',
      ]);
    }
  });

  it('open to rows that count to the figure, by building, butler, department, level, category, cause and hour', async () => {
    const { standard: lived } = await lives();
    for (const name of names)
      for (const by of ['building', 'butler', 'department', 'level', 'category', 'cause', 'hour']) {
        const { items } = await ask(lived, `/${name}/groups?month=2026-11&by=${by}`);
        const [numerator, denominator] = (await figures(lived, '2026-11'))[name] ?? [];
        const sum = (pick: (one: any) => number) => items.reduce((all: number, one: any) => all + pick(one), 0);
        expect(
          sum((one) => one.numerator),
          `${name} ${by}`,
        ).toBe(numerator);
        if (name !== 'valid-complaints' || by === 'building' || by === 'butler')
          expect(
            sum((one) => one.denominator),
            `${name} ${by}`,
          ).toBe(denominator);
        // Each group opens to its rows; of two figures, for time's sake.
        for (const one of /handled|valid/.test(name) ? items : []) {
          const rows = (await lived.centre.manager.get(one.rowsUrl.replace('/api/v1', ''))).body;
          expect(rows.total, `${name} ${by} ${one.key}`).toBe(one.rows);
          expect(rows.items.filter((row: any) => row.counts).length).toBe(one.numerator);
        }
      }
    const buildings = (await ask(lived, '/complaints-handled/groups?month=2026-11&by=building')).items;
    expect(buildings.map((one: any) => [one.label, one.numerator, one.denominator])).toEqual([
      ['3', 3, 5],
      [null, 0, 1],
    ]);
    const butlers = (await ask(lived, '/valid-complaints/groups?month=2026-11&by=butler')).items;
    expect(butlers.map((one: any) => [one.label, one.numerator, one.denominator])).toEqual([['管家', 2, 2]]);
    const bad = await lived.centre.manager.get(
      `${lived.centre.community.path}/indicators/complaints-handled/rows?month=2026-11&by=level`,
    );
    expect(bad.body.errors.map((one: any) => [one.path, one.code])).toEqual([['key', 'required']]);
  });

  it('show of an anonymous one neither taker nor minute nor number, to nobody (CP12)', async () => {
    const { standard: lived } = await lives();
    const { body } = await lived.centre.manager.get(
      `${lived.centre.community.path}/indicators/complaints-handled/rows?month=2026-11`,
    );
    const row = body.items.find((one: any) => one.caseId === lived.unnamed.id);
    expect(row).toMatchObject({ unit: null, building: null, butlers: [] });
    expect(row.at).toMatch(/T\d\d:00:00\.000Z$/);
    expect(Object.keys(row)).not.toEqual(expect.arrayContaining(['firstContact', 'contact', 'phone']));
  });

  it('stand as they were once the month is closed, rows and all, whatever is corrected later', async () => {
    const { luxury: lived } = await lives();
    const { centre, late, open, invalid } = lived;
    const { community, supervisor } = centre;
    const before = await figures(lived, '2026-11');
    const before2 = (await ask(lived, '/valid-complaints/rows?month=2026-11')).items;
    house.house.time.moveTo('2026-12-02T02:00:00.000Z');
    expect(await freezeMonths(house.house)).toBe(0);
    const dayAfter = (await ask(lived, '?month=2026-11')).items
      .map((one: any) => one.finalOn)
      .sort()
      .at(-1);
    // The supervisor's check is due on the 3rd, the last promises a little later (MG1, spec/11).
    expect(dayAfter >= '2026-12-03').toBe(true);
    house.house.time.moveTo('2026-12-20T02:00:00.000Z');
    const soon = (await ask(lived, '?month=2026-11')).items.find((one: any) => one.name === 'valid-complaints');
    expect([soon.isFinal, soon.frozenAt]).toEqual([true, null]);
    expect(await freezeMonths(house.house)).toBeGreaterThanOrEqual(names.length);
    expect(await freezeMonths(house.house)).toBe(0);
    await walk(community, late.id, [['invalidate', supervisor, { reason: '复核后认定', explained: 'call' }]]);
    await walk(community, invalid.id, [['validate', supervisor, { reason: '复核后认定', explained: 'call' }]]);
    await walk(community, open.id, [
      ['send', centre.desk, { department: 'engineering' }],
      ['accept', centre.engineer],
      ['resolve', centre.engineer, { result: '已修复', cause: 'late' }],
    ]);
    await house.asOwner(`update units set building_id = building_id, label = '3-1-502' where id = '${centre.unitId}';
      delete from staff_areas where community_id = '${community.id}';
      update unit_parties set until_on = '2026-11-01' where community_id = '${community.id}'`);
    const frozen = (await ask(lived, '?month=2026-11')).items.filter((one: any) => names.includes(one.name));
    expect(
      frozen.every((one: any) => one.frozenAt?.startsWith('2026-12-20') && one.isFinal && one.formulaVersion === 1),
    ).toBe(true);
    expect(await figures(lived, '2026-11')).toEqual(before);
    expect((await ask(lived, '/valid-complaints/rows?month=2026-11')).items).toEqual(before2);
    const butlers = (await ask(lived, '/valid-complaints/groups?month=2026-11&by=butler')).items;
    expect(butlers.map((one: any) => [one.label, one.numerator, one.denominator])).toEqual([['管家', 2, 2]]);
    // The open month goes on counting.
    expect((await figures(lived, '2026-12'))['complaint-timeliness']?.[1]).toBeGreaterThanOrEqual(2);
    const trend = (await ask(lived, '/complaints-handled/trend?month=2026-12')).items;
    expect(trend.length).toBe(12);
    expect(
      trend.slice(-2).map((one: any) => [one.month, one.numerator, one.denominator, one.frozenAt !== null]),
    ).toEqual([
      ['2026-11', ...(before['complaints-handled'] ?? []), true],
      ['2026-12', 0, 0, false],
    ]);
    const breaches = async () => {
      const found: string[] = [];
      await house.house.database.everywhere(async (tx) => {
        for await (const breach of frozenMonthsAddUp(tx, house.house)) found.push(breach.what);
      });
      return found;
    };
    expect(await breaches()).toEqual([]);
    // Whoever serves requests cannot alter it; the owner can, and then `verify` says so.
    await expect(
      house.house.database.write([community.id], (tx) => tx.deleteFrom('indicatorMonthRows').execute()),
    ).rejects.toThrow(/permission denied/);
    await house.asOwner(
      `update indicator_month_rows set counts = false where community_id = '${community.id}' and name = 'valid-complaints' and position = 0`,
    );
    expect(await breaches()).toEqual(['frozen_month_differs']);
  });
});
