// The demo: its towns by the numbers, a small one lived through the real services, and what may happen to it afterwards.
import { describe, expect, it } from 'vitest';
import { Person, useHouse } from '../../../tests/house.ts';
import { hasHledger, hledgerBalances, readJournal } from '../../../tests/journal.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { dayOf } from '../../kernel/time.ts';
import { makeLog } from '../../platform/log.ts';
import { sweepClocks } from '../cases/escalation.jobs.ts';
import { sweepFollowUps } from '../follow-ups/follow-up.jobs.ts';
import { monthAfter } from '../indicators/indicator.rules.ts';
import { fillDemo } from './demo.service.ts';
import { communityPlans, planTown } from './demo-town.rules.ts';
import { makeRandom } from './seeded-random.rules.ts';

const townOf = (code: string, seed = 'one') => {
  const plan = communityPlans.find((one) => one.code === code);
  if (!plan) throw new Error(`no plan ${code}`);
  return planTown(makeRandom(seed), plan, '2026-11-26', 1);
};

describe('the towns of the demo', () => {
  it.each([
    ['LYHT', 1248, 12],
    ['CTJY', 864, 9],
  ])('%s has %d households in %d buildings', (code, households, buildings) => {
    const town = townOf(code);
    expect([town.units.length, new Set(town.units.map((unit) => unit.building)).size]).toEqual([households, buildings]);
    expect(town.units.some((unit) => String(unit.building) === '1' && unit.room === '101')).toBe(true);
  });

  it('are the same by the same seed and others by another', () => {
    expect(townOf('LYHT')).toEqual(townOf('LYHT'));
    expect(townOf('LYHT', 'two')).not.toEqual(townOf('LYHT'));
  });

  it('use numbers that nobody has', () => {
    const phones = townOf('CTJY').parties.flatMap((party) => (party.phone ? [party.phone] : []));
    expect(phones.length).toBeGreaterThan(500);
    // 100 to 109 is given to no operator.
    expect(phones.filter((phone) => !/^10\d{9}$/.test(phone))).toEqual([]);
  });
});

/** The accounts that api.md names, with the post each holds. */
const accounts = {
  LYHT: {
    manager: 'manager',
    supervisor: 'cs_supervisor',
    desk: 'front_desk',
    desk2: 'front_desk',
    butler: 'butler',
    cashier: 'cashier',
    cashier2: 'cashier',
    finance: 'finance',
    engineer: 'engineering_supervisor',
    tech1: 'technician',
    tech2: 'technician',
    contractor: 'contractor',
    env: 'environment_supervisor',
    order: 'order_supervisor',
    hr: 'hr_admin',
    auditor: 'auditor',
    owner1: 'resident',
  },
  CTJY: {
    'manager-b': 'manager',
    'supervisor-b': 'cs_supervisor',
    'desk-b': 'front_desk',
    'cashier-b': 'cashier',
    'tech-b': 'technician',
  },
} as const;

describe('a small demo, lived through the real services', () => {
  const house = useHouse({ startAt: '2026-11-26T02:00:00.000Z' });

  it('is refused beside real data, and nothing is written', async () => {
    await house.asOwner('update organizations set is_demo = false');
    await expect(
      fillDemo(house.house, { password: 'seven calm rivers', sweep: sweepClocks, sweepFollowUps }),
    ).rejects.toThrow(Refusal);
    expect(await house.asOwner("select 1 from communities where code = 'LYHT'")).toEqual([]);
  });

  it('has its people, its work and a calm morning, and a second fill changes nothing', {
    timeout: 240_000,
  }, async () => {
    await house.asOwner('delete from accounts; delete from organizations');
    const refused: string[] = [];
    const log = makeLog('fatal');
    house.house.log = { ...log, warn: (...said: unknown[]) => void refused.push(JSON.stringify(said)) } as typeof log;
    const fill = () =>
      fillDemo(house.house, { password: 'seven calm rivers', scale: 0.06, sweep: sweepClocks, sweepFollowUps });
    // The morning of the fill, however long it takes: promises do not run out while a slow machine writes.
    const time = house.house.time;
    const morning = time.now();
    house.house.time = { ...time, now: () => morning };
    expect(await fill()).toBe(true);
    expect(refused).toEqual([]);
    // What a story would do tomorrow is not done yet: the house's clock would have to run behind it.
    expect(await house.asOwner(`select action, at from audit_log where at > '${morning}' limit 5`)).toEqual([]);
    expect(await house.asOwner('select name from organizations')).toEqual([{ name: '祥和物业服务有限公司' }]);
    const held = await house.asOwner(`
      select a.username, g.role, c.code from accounts a join role_grants g on g.account_id = a.id left join communities c on c.id = g.community_id`);
    for (const [code, posts] of Object.entries(accounts))
      for (const [username, role] of Object.entries(posts)) expect(held).toContainEqual({ username, role, code });
    expect(held).toContainEqual({ username: 'gm', role: 'general_manager', code: null });
    expect(held.filter((one) => one.username === 'admin').map((one) => one.role)).toEqual(['admin']);
    const [{ today, presets }] = await house.asOwner(`
      select (select count(*)::int from cases where received_at >= '${dayOf('2026-11-26T02:00:00.000Z')}T00:00:00+08:00') as today,
        (select array_agg(preset order by preset) from communities) as presets`);
    expect(today).toBeGreaterThan(0);
    expect(presets).toEqual(['luxury', 'standard']);

    // FU7, FU8: visits of both communities with every ending, improvements, one survey over and one being answered.
    const [rounds] = await house.asOwner(`
      select (select array_agg(distinct state order by state) from household_visits) as visits,
        (select count(distinct community_id)::int from household_visits where state = 'reviewed') as communities,
        (select count(*)::int from improvements) as improvements,
        (select array_agg(state order by state) from surveys) as surveys,
        (select array_agg(distinct channel order by channel) from survey_households where channel is not null) as channels`);
    expect(rounds.visits).toEqual(expect.arrayContaining(['appointed', 'missed', 'reviewed']));
    expect([rounds.communities, rounds.surveys]).toEqual([2, ['closed', 'closed', 'open', 'open']]);
    expect(rounds.channels).toEqual(expect.arrayContaining(['link', 'paper']));
    expect(rounds.improvements).toBeGreaterThan(6);

    // MG8: emergencies of both communities, over and looked back on, each taken over before its limit was out.
    const emergencies = await house.asOwner(`
      select o.code, e.category, c.state in ('resolved', 'closed') as over, e.reviewed_at is not null as reviewed,
        (select state from clocks k where k.case_id = c.id and k.kind = 'respond') as responded
      from emergencies e join cases c on c.id = e.id join communities o on o.id = c.community_id order by o.code, c.code`);
    expect(emergencies).toEqual([
      { code: 'CTJY', category: 'gas', over: true, reviewed: true, responded: null },
      { code: 'LYHT', category: 'flooding', over: true, reviewed: true, responded: 'met' },
      { code: 'LYHT', category: 'storm', over: true, reviewed: false, responded: 'met' },
    ]);

    const [roster] = await house.asOwner(`
      select (select count(*)::int from duty_shifts s join role_grants g on g.account_id = s.staff_id and g.role = s.role and g.community_id = s.community_id) as held,
        (select count(*)::int from duty_shifts) as shifts,
        (select count(*)::int from absences where stand_in_id is not null and from_at <= '2026-11-26T02:00:00Z' and until_at > '2026-11-26T02:00:00Z') as away`);
    expect(roster.shifts).toBeGreaterThan(21);
    expect(roster.held).toBe(roster.shifts);
    expect(roster.away).toBeGreaterThan(0);

    // MN6: who takes money holds a full book of numbers that nobody else has; B has one cashier.
    const books = await house.asOwner(`
      select a.username, b.from_number, b.to_number, b.state from receipt_books b join accounts a on a.id = b.holder_id
      where b.state <> 'taken-back' order by b.from_number, a.username`);
    expect(books).toEqual([
      { username: 'cashier', from_number: 1, to_number: 500, state: 'issued' },
      { username: 'cashier-b', from_number: 1, to_number: 500, state: 'issued' },
      { username: 'cashier2', from_number: 501, to_number: 1000, state: 'issued' },
    ]);

    // The months before: every day that took money is sealed, today none; some owe since months, some have paid ahead.
    const [till] = await house.asOwner(`
      select (select count(*)::int from payments) as payments,
        (select count(*)::int from daily_closes where state <> 'sealed') as unsealed,
        (select count(distinct (cashier_id, close_on))::int from ledger_entries where close_on is not null) as days,
        (select count(*)::int from daily_closes) as closes,
        (select count(*)::int from ledger_entries where close_on >= '2026-11-26') as today,
        (select count(*)::int from payment_reversals where state = 'done') as reversed,
        (select count(*)::int from deposits) as deposits,
        (select count(*)::int from waivers where state = 'granted') as waived,
        (select count(*)::int from money_alarms) as alarms`);
    expect(till).toMatchObject({ unsealed: 0, days: till.closes, today: 0, alarms: 0 });
    for (const sum of [till.payments, till.closes, till.reversed, till.deposits, till.waived])
      expect(sum).toBeGreaterThan(0);
    const standing = await house.asOwner(`
      select account, count(*) filter (where fen > 0)::int as debit, count(*) filter (where fen < 0)::int as credit from (
        select account, unit_id, sum(amount_fen) as fen from ledger_lines where account in ('receivable', 'prepaid') group by 1, 2) s
      group by account order by account`);
    expect(standing).toEqual([
      { account: 'prepaid', debit: 0, credit: expect.any(Number) },
      { account: 'receivable', debit: expect.any(Number), credit: 0 },
    ]);
    expect(standing[0].credit).toBeGreaterThan(0);
    expect(standing[1].debit).toBeGreaterThan(0);
    expect(await house.breaches()).toEqual([]);

    // Water is read before each month is billed, and each home with a meter pays what it used with its share of the rest.
    const [water] = await house.asOwner(`
      select (select count(*)::int from meters where unit_id is not null) as homes,
        (select count(*)::int from meter_readings r join meters m on m.community_id = r.community_id and m.id = r.meter_id
          where m.unit_id is not null) as readings,
        (select count(*)::int from charges c join charge_items i on i.community_id = c.community_id and i.id = c.item_id
          where i.code = 'SF' and c.amount_fen > 0) as charged`);
    expect(water.homes).toBeGreaterThan(3);
    expect(water).toMatchObject({ readings: 12 * water.homes, charged: 12 * water.homes });

    // The year as accounting gets it: read by others, it comes to the sums of the ledger.
    const finance = await new Person(house, 'finance', 'finance').signIn('seven calm rivers');
    const { id } = (await finance.get('/communities')).body.items[0];
    const { name, value } = finance.sessionCookie;
    const texts = [];
    for (let past = 11; past >= 0; past--) {
      const month = monthAfter('2026-11', -past);
      const path = `${house.address}/api/v1/communities/${id}/books/journal?month=${month}`;
      texts.push(await (await fetch(path, { headers: { cookie: `${name}=${value}` } })).text());
    }
    const read = readJournal(texts.join('\n'));
    const [{ owed, ahead }] = await house.asOwner(`
      select (sum(amount_fen) filter (where account = 'receivable'))::bigint as owed,
        (sum(amount_fen) filter (where account = 'prepaid'))::bigint as ahead from ledger_lines where community_id = '${id}'`);
    const sumOf = (name: string) =>
      [...read].filter(([one]) => one.startsWith(name)).reduce((sum, [, fen]) => sum + fen, 0);
    expect([sumOf('资产:应收账款'), sumOf('负债:预收账款')]).toEqual([Number(owed), Number(ahead)]);
    if (hasHledger)
      expect(hledgerBalances(texts.join('\n'))).toEqual(new Map([...read].filter(([, fen]) => fen !== 0)));

    // Who moved out is found by himself.
    const [{ lost, gone }] = await house.asOwner(`
      select count(*)::int as gone, count(*) filter (where not exists (select 1 from search_tokens s
          where s.community_id = p.community_id and s.noun = 'party' and s.noun_id = p.id))::int as lost
      from parties p where not exists (select 1 from unit_parties u where u.community_id = p.community_id and u.party_id = p.id
        and (u.until_on is null or u.until_on >= '2026-11-26'))`);
    expect(gone).toBeGreaterThan(0);
    expect(lost).toBe(0);

    await house.tick();
    const alarms = await house.asOwner(`
      select recipient_id, array_agg(kind || ' ' || case_code) as open from notifications n left join lateral (select code as case_code from cases c where c.id = n.case_id) c on true
      where loud and acknowledged_at is null group by 1`);
    for (const one of alarms) expect(one.open.length, one.open.join('\n')).toBeLessThanOrEqual(3);
    house.house.time = time;
    expect(await house.asOwner("select 1 from notifications where kind = 'digest'")).toEqual([]);

    const before = await house.asOwner('select count(*)::int as n from audit_log');
    expect(await fill()).toBe(false);
    expect(await house.asOwner('select count(*)::int as n from audit_log')).toEqual(before);
  });
});
