// A small property company's whole dump (`npm run bench -- houses --file F`): its houses, prices and meter figures taken in,
// both of its months billed by the program, each of its own charges looked for among ours: same, or why not; and its payments
// taken at the till, each for its charge, with the receipt found again and the sums of both compared.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { systemCall } from '../src/domain/access/call.ts';
import { insertRun, updateRun } from '../src/domain/charges/billing-run.store.ts';
import { workOnRun } from '../src/domain/charges/billing-work.service.ts';
import { chargesDeriveAnew } from '../src/domain/charges/charge-check.service.ts';
import { booksBalance } from '../src/domain/ledger/ledger-check.service.ts';
import { takePayment } from '../src/domain/payments/payment.service.ts';
import { issueBook } from '../src/domain/receipts/receipt-book.service.ts';
import { newId } from '../src/kernel/id.ts';
import { fenOfYuan, yuanOfFen } from '../src/kernel/money.ts';
import { makeAccount, makeBenchCommunity, openGround } from './ground.ts';

const file = process.argv[process.argv.indexOf('--file') + 1];
if (!process.argv.includes('--file') || file === undefined) {
  process.stdout.write('houses --file <dump.json.gz>\n');
  process.exit(2);
}
type House = Record<
  'id' | 'parent_building' | 'parent_unit' | 'house_num' | 'house_area' | 'is_sold' | 'owner_name',
  string
>;
type Visit = {
  id: string;
  item_name: string;
  house_id: string;
  price: string | null;
  use_count: string | null;
  read_date: string;
};
type Pay = { id: string; charge_id: string; pay_money: string; pay_type: string };
type Item = { charge_name: string; price_desc: string | null };
const dump = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as {
  house_info: House[];
  property_charge_item: Item[];
  property_charge_visit: Visit[];
  property_pay_visit: Pay[];
};
const say = (line: string) => process.stdout.write(`${line}\n`);
const untilDoneMs = 600_000;
const kinds: Record<string, string> = { 物业费: 'management', 水费: 'water', 电费: 'electricity' };

/** `每平米0.5元` → 5000 ten-thousandths of a yuan; the first item of a name that says its price counts. */
const priceOf = (name: string): number | null => {
  for (const { charge_name, price_desc } of dump.property_charge_item) {
    const match = charge_name === name ? /每\D+(\d+(?:\.\d{1,2})?)元/.exec(price_desc ?? '') : null;
    const fen = match ? fenOfYuan(match[1] as string) : null;
    if (fen !== null) return fen * 100;
  }
  return null;
};

const methodOf: Record<string, 'cash' | 'online' | 'card'> = {
  现金: 'cash',
  支付宝: 'online',
  微信: 'online',
  刷卡: 'card',
};

const ground = await openGround();
try {
  const base = await ground.database('bench_houses');
  const accountId = await makeAccount(base, 'biller', null, []);
  const { id: communityId } = await makeBenchCommunity(base, 'HOUSE', 0);
  const ask = (text: string, values: unknown[]) => base.owner.query(text, values);
  const buildings = new Map<string, string>();
  const units = new Map<string, string>();
  for (const house of dump.house_info) {
    if (!buildings.has(house.parent_building)) {
      buildings.set(house.parent_building, newId());
      await ask('insert into buildings (community_id, id, name) values ($1, $2, $3)', [
        communityId,
        buildings.get(house.parent_building),
        house.parent_building,
      ]);
    }
    const [unitId, partyId] = [newId(), newId()];
    units.set(String(Number(house.id)), unitId);
    const label = `${house.parent_building}-${house.parent_unit}-${house.house_num}`;
    await ask(
      `insert into units (community_id, id, building_id, entrance, room, label, sort_key, area_hundredths_m2, state)
       values ($1, $2, $3, $4, $5, $6, $6, $7, $8) on conflict do nothing`,
      [
        ...[communityId, unitId, buildings.get(house.parent_building), house.parent_unit, house.house_num, label],
        ...[Number(house.house_area) * 100, house.is_sold === '1' ? 'occupied' : 'unsold'],
      ],
    );
    if (house.is_sold !== '1') continue;
    await ask(
      `insert into parties (community_id, id, kind, name, created_at) values ($1, $2, 'person', $3, '2022-01-01')`,
      [communityId, partyId, house.owner_name || '—'],
    );
    await ask(
      `insert into unit_parties (community_id, id, unit_id, party_id, relation, from_on) values ($1, $2, $3, $4, 'owner', '2021-01-01')`,
      [communityId, newId(), unitId, partyId],
    );
  }
  const items = new Map<string, string>();
  for (const [name, kind] of Object.entries(kinds)) {
    const price = priceOf(name);
    if (price === null) continue;
    const id = newId();
    items.set(name, id);
    const rule =
      kind === 'management'
        ? { kind: 'area', areaOf: 'built', priceTenThousandths: price }
        : {
            kind: 'metered',
            tiersOf: 'month',
            publicShare: null,
            tiers: [{ upToThousandths: null, priceTenThousandths: price }],
          };
    await ask(
      `insert into charge_items (community_id, id, code, name, kind, due_day, created_at) values ($1, $2, $3, $3, $4, 28, '2022-01-01')`,
      [communityId, id, name, kind],
    );
    await ask(
      `insert into price_versions (community_id, id, item_id, from_on, rule, rounding, payer, unsold_percent, vacant_percent, entered_at)
       values ($1, $2, $3, '2022-01-01', $4, 'fen', 'owner', 100, 100, '2022-01-01')`,
      [communityId, newId(), id, JSON.stringify(rule)],
    );
  }
  const months = [...new Set(dump.property_charge_visit.map((visit) => visit.read_date.slice(0, 7)))].sort();
  for (const visit of dump.property_charge_visit) {
    const [unitId, itemId] = [units.get(visit.house_id), items.get(visit.item_name)];
    if (!unitId || !itemId || visit.item_name === '物业费' || visit.use_count === null) continue;
    const meterId = newId();
    // A meter for its one reading: in the other month the house has none, and is not charged.
    await ask(
      `insert into meters (community_id, id, item_id, unit_id, code, dial_figures, installed_on, start_thousandths, removed_on, created_at)
       values ($1, $2, $3, $4, $5, 6, $6, 0, ($6::date + interval '1 month' - interval '1 day')::date, '2022-01-01')`,
      [communityId, meterId, itemId, unitId, `${visit.item_name}${visit.id}`, `${visit.read_date.slice(0, 7)}-01`],
    );
    await ask(
      `insert into meter_readings (community_id, id, meter_id, month, on_day, thousandths, used_thousandths, days, source, entered_at)
       values ($1, $2, $3, $4, $5, $6, $6, 30, 'import', '2022-01-01')`,
      [
        ...[communityId, newId(), meterId, visit.read_date.slice(0, 7), visit.read_date.slice(0, 10)],
        Number(visit.use_count) * 1000,
      ],
    );
  }
  const { house } = base;
  for (const month of months) {
    const id = newId();
    await house.database.write([communityId], (tx) =>
      insertRun(tx, communityId, {
        ...{ id, month, itemIds: [], createdBy: accountId, units: units.size },
        createdAt: house.time.now(),
      }),
    );
    await workOnRun(house, communityId, id, untilDoneMs);
    await house.database.write([communityId], (tx) =>
      updateRun(tx, communityId, id, { state: 'posting', postBy: accountId, postAt: house.time.now() }),
    );
    await workOnRun(house, communityId, id, untilDoneMs);
    const { rows } = await ask(
      'select state, charges, posted_charges, not_computed, odd, fen from billing_runs where id = $1',
      [id],
    );
    say(`${month}: ${JSON.stringify(rows[0])}`);
  }
  let same = 0;
  for (const visit of dump.property_charge_visit) {
    const { rows } = await ask(
      `select sum(amount_fen)::int as fen from charges where community_id = $1 and unit_id = $2 and item_id = $3 and month = $4`,
      [communityId, units.get(visit.house_id), items.get(visit.item_name), visit.read_date.slice(0, 7)],
    );
    const ours = (rows[0] as { fen: number | null }).fen;
    const theirs = visit.price === null ? null : Number(visit.price);
    if (ours === theirs) same++;
    const shown = (fen: number | null) => (fen === null ? '–' : yuanOfFen(fen));
    say(
      `${visit.id} ${visit.item_name} house ${visit.house_id}: theirs ${shown(theirs)}, ours ${shown(ours)}${ours === theirs ? '' : '  ≠'}`,
    );
  }
  say(`${same} of ${dump.property_charge_visit.length} the same`);

  // ── its payments ──────────────────────────────────────────────────────────────────────────────────
  const tillId = await makeAccount(base, 'till', communityId, ['cashier']);
  const till = systemCall(house, communityId, { id: tillId, organizationId: base.organizationId });
  const cashier = { ...till, roles: ['cashier', 'front_desk', 'finance'] as const };
  await issueBook(
    { ...cashier, roles: [...cashier.roles] },
    { ...{ series: 'H', from: 1, to: 99 }, holderId: tillId, usedAt: 'counter' },
  );
  const visitOf = new Map(dump.property_charge_visit.map((visit) => [String(Number(visit.id)), visit]));
  let [theirsFen, oursFen, settledFen, aheadFen, found] = [0, 0, 0, 0, 0];
  for (const pay of dump.property_pay_visit) {
    const fen = Number(pay.pay_money);
    theirsFen += fen;
    const visit = visitOf.get(pay.charge_id);
    const unitId = visit === undefined ? undefined : units.get(visit.house_id);
    if (visit === undefined || unitId === undefined) {
      say(`payment ${pay.id}: no charge ${pay.charge_id} in the file`);
      continue;
    }
    const { rows } = await ask(
      `select c.id, coalesce(sum(l.amount_fen), 0)::int as open from charges c
       left join ledger_lines l on l.community_id = c.community_id and l.charge_id = c.id and l.account = 'receivable'
       where c.community_id = $1 and c.unit_id = $2 and c.item_id = $3 and c.month = $4 group by c.id`,
      [communityId, unitId, items.get(visit.item_name), visit.read_date.slice(0, 7)],
    );
    const charge = rows[0] as { id: string; open: number } | undefined;
    const part = Math.min(fen, charge?.open ?? 0);
    const id = await takePayment(
      { ...cashier, roles: [...cashier.roles] },
      {
        ...{ unitId, method: methodOf[pay.pay_type] ?? 'cash', amountFen: fen, takenAt: 'counter', note: '' },
        allocations: charge && part > 0 ? [{ chargeId: charge.id, amountFen: part }] : [],
      },
    );
    const { rows: kept } = await ask(
      `select p.amount_fen::int as fen, p.prepaid_fen::int as ahead, r.series || lpad(r.number::text, 7, '0') as code,
         (select sum((line ->> 'amountFen')::bigint) from jsonb_array_elements(r.lines) line)::int as said
       from payments p join receipts r on r.community_id = p.community_id and r.source_id = p.id where p.id = $1`,
      [id],
    );
    const one = kept[0] as { fen: number; ahead: number; code: string; said: number };
    oursFen += one.fen;
    aheadFen += one.ahead;
    settledFen += one.fen - one.ahead;
    if (one.fen === fen && one.said === fen) found++;
    say(
      `payment ${pay.id} ${visit.item_name} house ${visit.house_id} ${pay.pay_type}: theirs ${yuanOfFen(fen)}, ours ${yuanOfFen(one.fen)} receipt ${one.code}${one.ahead > 0 ? `, ${yuanOfFen(one.ahead)} of it paid ahead: its charge asks for no more` : ''}`,
    );
  }
  say(
    `${found} of ${dump.property_pay_visit.length} payments the same, theirs ${yuanOfFen(theirsFen)}, ours ${yuanOfFen(oursFen)} (settled ${yuanOfFen(settledFen)}, paid ahead ${yuanOfFen(aheadFen)})`,
  );
  const { rows: sums } = await ask(
    `select (select sum(amount_fen) from charges where community_id = $1)::bigint::text as charged,
       (select sum(amount_fen) from ledger_lines where community_id = $1 and account = 'receivable')::bigint::text as open,
       (select sum(amount_fen) from ledger_lines where community_id = $1 and account in ('cash', 'online', 'card'))::bigint::text as taken`,
    [communityId],
  );
  const { charged, open, taken } = sums[0] as Record<'charged' | 'open' | 'taken', string>;
  say(
    `charged ${yuanOfFen(Number(charged))}, open ${yuanOfFen(Number(open))}, taken ${yuanOfFen(Number(taken))}: charged − settled ${Number(charged) - settledFen === Number(open) ? '=' : '≠'} open`,
  );
  let breaches = 0;
  for (const check of [booksBalance, chargesDeriveAnew])
    await house.database.read([communityId], async (tx) => {
      for await (const breach of check(tx, house)) {
        breaches++;
        say(JSON.stringify(breach));
      }
    });
  say(`${breaches} breaches of the books`);
  await base.close();
} finally {
  await ground.close();
}
