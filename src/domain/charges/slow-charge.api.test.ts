// Every posted charge of a random town worked out again by the second, slow program from the bare rows (V cashier: accuracy
// 100 %): prices, owners, lessees, vacancies, free periods, own prices, vehicles and meters that change within the month.
import { describe, expect, it } from 'vitest';
import { type Community, useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';
import { workBillingRuns } from './billing-work.service.ts';
import { type SlowRows, slowCharge } from './slow-charge.fixture.ts';

const startAt = '2026-11-26T02:00:00.000Z';
const months = ['2026-09', '2026-10', '2026-02'];

/** The same numbers at every run. */
function dice(seed: number) {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('posted charges', () => {
  const house = useHouse({ startAt });

  async function town(community: Community) {
    const roll = dice(20_261_126);
    const day = () => `2026-${String(1 + roll(11)).padStart(2, '0')}-${String(1 + roll(28)).padStart(2, '0')}`;
    const span = () => {
      const [a, b] = [day(), day()].sort() as [string, string];
      return [a, roll(3) === 0 ? null : b] as const;
    };
    const text = (value: string | null) => (value === null ? 'null' : `'${value}'`);
    const c = community.id;
    const statements: string[] = [];
    const developer = newId();
    const parties = [developer, ...Array.from({ length: 40 }, () => newId())];
    statements.push(
      `insert into parties (community_id, id, kind, name, created_at) values ${parties.map((id, n) => `('${c}', '${id}', 'person', '甲${n}', '2026-01-01T00:00:00Z')`).join(',')}`,
      `insert into charging_settings (community_id, developer_id) values ('${c}', '${developer}')`,
    );
    const building = newId();
    statements.push(`insert into buildings (community_id, id, name) values ('${c}', '${building}', '1')`);
    const items = ['area', 'fixed', 'water', 'parking'].map((name) => ({ name, id: newId() }));
    for (const { name, id } of items) {
      const kind = { area: 'management', fixed: 'other', water: 'water', parking: 'parking' }[name];
      statements.push(
        `insert into charge_items (community_id, id, code, name, kind, due_day, created_at) values ('${c}', '${id}', '${name}', '${name}', '${kind}', 20, '2026-01-01T00:00:00Z')`,
      );
      for (const from of new Set(['2026-01-01', day(), day(), day()])) {
        const rule = {
          area: { kind: 'area', areaOf: 'built', priceTenThousandths: 10_000 + roll(30_000) },
          fixed: { kind: 'fixed', amountFen: 500 + roll(9_000) },
          water: {
            kind: 'metered',
            tiersOf: 'month',
            publicShare: null,
            tiers: [
              { upToThousandths: 4_000 + roll(4_000), priceTenThousandths: 20_000 + roll(9_999) },
              { upToThousandths: null, priceTenThousandths: 30_000 + roll(9_999) },
            ],
          },
          parking: {
            kind: 'vehicle',
            classes: [
              { code: 'car', name: '小型车', amountFen: 10_000 + roll(20_000) },
              { code: 'bike', name: '摩托', amountFen: 1_000 + roll(900) },
            ],
          },
        }[name];
        const rounding = ['fen', 'fen', 'jiao', 'yuan'][roll(4)];
        statements.push(
          `insert into price_versions (community_id, id, item_id, from_on, rule, rounding, payer, unsold_percent, vacant_percent, entered_at)
           values ('${c}', '${newId()}', '${id}', '${from}', '${JSON.stringify(rule)}', '${rounding}', '${roll(2) ? 'owner' : 'lessee'}', ${30 + roll(71)}, ${50 + roll(51)}, '2026-01-01T00:00:00Z')`,
        );
      }
    }
    const someone = () => parties[1 + roll(40)] as string;
    for (let n = 0; n < 60; n++) {
      const unit = newId();
      const state = roll(8) === 0 ? 'unsold' : 'occupied';
      const delivered = roll(3) === 0 ? day() : roll(3) === 0 ? null : '2019-05-01';
      statements.push(
        `insert into units (community_id, id, building_id, entrance, room, label, sort_key, area_hundredths_m2, state, delivered_on)
         values ('${c}', '${unit}', '${building}', '1', '${100 + n}', '1-1-${100 + n}', '${100 + n}', ${3_000 + roll(20_000)}, '${state}', ${text(delivered)})`,
      );
      // Two owners one after the other, sold on some day; a lessee for a while.
      const sold = day();
      const holder = (relation: string, from: string, until: string | null) =>
        statements.push(
          `insert into unit_parties (community_id, id, unit_id, party_id, relation, from_on, until_on)
           values ('${c}', '${newId()}', '${unit}', '${someone()}', '${relation}', '${from}', ${text(until)})`,
        );
      holder('owner', '2020-01-01', sold);
      holder('owner', new Date(Date.parse(`${sold}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10), null);
      if (roll(2)) holder('lessee', ...span());
      const term = (
        kind: string,
        itemId: string | null,
        more: { percent?: number; classCode?: string; rule?: object },
      ) => {
        const [from, until] = span();
        statements.push(
          `insert into charge_terms (community_id, id, kind, unit_id, item_id, from_on, until_on, rule, percent, class_code, reason, entered_at)
           values ('${c}', '${newId()}', '${kind}', '${unit}', ${text(itemId)}, '${from}', ${text(until)}, ${more.rule ? `'${JSON.stringify(more.rule)}'` : 'null'},
           ${more.percent ?? 'null'}, ${text(more.classCode ?? null)}, '约定', '2026-01-01T00:00:00Z')`,
        );
      };
      if (roll(3) === 0) term('vacant', null, {});
      if (roll(3) === 0) term('free', roll(2) ? null : (items[roll(4)]?.id ?? null), { percent: 1 + roll(100) });
      if (roll(3) === 0) term('price', items[0]?.id ?? null, { percent: 40 + roll(60) });
      if (roll(6) === 0)
        term('price', items[1]?.id ?? null, {
          percent: 100,
          rule: { kind: 'area', areaOf: 'built', priceTenThousandths: 777 },
        });
      for (let cars = roll(3); cars > 0; cars--)
        term('vehicle', items[3]?.id ?? null, { classCode: roll(3) ? 'car' : 'bike' });
      if (roll(5) > 0) {
        const meter = newId();
        statements.push(
          `insert into meters (community_id, id, item_id, unit_id, code, dial_figures, installed_on, start_thousandths, created_at)
           values ('${c}', '${meter}', '${items[2]?.id}', '${unit}', 'M${n}', 5, '2025-12-31', 0, '2026-01-01T00:00:00Z')`,
        );
        months.forEach((month, at) => {
          statements.push(
            `insert into meter_readings (community_id, id, meter_id, month, on_day, thousandths, used_thousandths, days, source, entered_at)
             values ('${c}', '${newId()}', '${meter}', '${month}', '${month}-28', ${1_000_000 * at}, ${roll(15_000)}, 30, 'hand', '2026-01-01T00:00:00Z')`,
          );
        });
      }
    }
    await house.asOwner(statements.join(';\n'));
    return { items, developer };
  }

  it('are what the slow program says from the bare rows, every one to the fen', async () => {
    const community = await house.community();
    const finance = await house.person('finance', community);
    const manager = await house.person('manager', community);
    const { items, developer } = await town(community);
    for (const month of months) {
      const run = await finance.post(`${community.path}/billing-runs`, { month });
      expect(run.body, JSON.stringify(run.body)).toMatchObject({ notComputed: 0, isComputed: true });
      for (const [who, name] of [
        [finance, 'submit'],
        [manager, 'approve'],
        [finance, 'post'],
      ] as const)
        expect((await who.post(`${community.path}/billing-runs/${run.body.id}/${name}`)).status).toBe(200);
      await workBillingRuns(house.house);
    }
    const c = community.id;
    const [units, holders, terms, versions, used, posted] = await Promise.all([
      house.asOwner(
        `select id, area_hundredths_m2::int as area, state, delivered_on::text as "deliveredOn" from units where community_id = '${c}'`,
      ),
      house.asOwner(
        `select unit_id, party_id as "partyId", relation, from_on::text as "from", until_on::text as "until" from unit_parties where community_id = '${c}' order by from_on, id`,
      ),
      house.asOwner(
        `select unit_id, kind, item_id as "itemId", from_on::text as "from", until_on::text as "until", percent, class_code as "classCode", rule from charge_terms where community_id = '${c}' order by from_on, id`,
      ),
      house.asOwner(
        `select item_id, from_on::text as "from", rule, rounding, payer, unsold_percent as unsold, vacant_percent as vacant from price_versions where community_id = '${c}'`,
      ),
      house.asOwner(
        `select m.unit_id, r.month, r.used_thousandths::int as used from meters m join meter_readings r on r.meter_id = m.id where m.community_id = '${c}'`,
      ),
      house.asOwner(
        `select unit_id, item_id, month, payer_role || ' ' || coalesce(payer_id::text, 'null') as payer, amount_fen::int as fen from charges where community_id = '${c}'`,
      ),
    ]);
    let compared = 0;
    let wrong: string[] = [];
    const seen = new Map<string, number>(
      posted.map((row) => [`${row.unit_id} ${row.item_id} ${row.month} ${row.payer}`, row.fen]),
    );
    for (const month of months)
      for (const unit of units)
        for (const item of items) {
          const rows = {
            unit,
            holders: holders.filter((one) => one.unit_id === unit.id),
            terms: terms.filter((one) => one.unit_id === unit.id),
            versions: versions.filter((one) => one.item_id === item.id),
            used: used.find((one) => one.unit_id === unit.id && one.month === month)?.used ?? null,
            developerId: developer,
          } as unknown as SlowRows;
          if (item.name === 'water' && rows.used === null) continue;
          for (const [payer, fen] of slowCharge(rows, item.id, month)) {
            const key = `${unit.id} ${item.id} ${month} ${payer}`;
            if (seen.get(key) !== fen)
              wrong = [...wrong, `${item.name} ${month} ${payer}: slow ${fen}, posted ${seen.get(key)}`];
            seen.delete(key);
            compared++;
          }
        }
    expect(wrong).toEqual([]);
    expect([...seen.keys()]).toEqual([]);
    expect(compared).toBeGreaterThan(500);
  });
});
