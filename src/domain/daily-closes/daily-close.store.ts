// SQL of daily closes 日结: the books and receipts of a cashier's day, closes with their events, custody, surprise counts.
import type { Day, Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { Method } from '../ledger/ledger.contract.ts';
import type { Count, DailyCloseMove, DailyCloseState, SealedClose } from './daily-close.contract.ts';
import type { CountedLine } from './daily-close.rules.ts';
import type { BlankReceipts, ReceiptSpan } from './daily-close-view.contract.ts';

export type CloseRow = {
  id: string;
  code: string;
  cashierId: string;
  cashierName: string;
  day: Day;
  state: DailyCloseState;
  cash: Count['cash'];
  slips: Count['slips'];
  lines: CountedLine[];
  blankReceipts: BlankReceipts[];
  receipts: ReceiptSpan[];
  countedAt: Instant;
  receivedBy: string | null;
  receivedByName: string | null;
  handedOverAt: Instant | null;
  slipKind: 'deposit-slip' | 'transfer-record' | null;
  slipNumber: string | null;
  entryIds: string[];
  sealedBy: string | null;
  sealedByName: string | null;
  sealedAt: Instant | null;
  sealNo: number | null;
  seal: string | null;
  version: number;
};

const columns = sql`c.id, c.code, c.cashier_id, ca.name as cashier_name, c.day, c.state, c.cash, c.slips, c.lines, c.blank_receipts, c.receipts,
  c.counted_at, c.received_by, ra.name as received_by_name, c.handed_over_at, c.slip_kind, c.slip_number, c.entry_ids, c.sealed_by,
  sa.name as sealed_by_name, c.sealed_at, c.seal_no, c.seal, c.version`;
const tables = sql`daily_closes c join accounts ca on ca.id = c.cashier_id left join accounts ra on ra.id = c.received_by
  left join accounts sa on sa.id = c.sealed_by`;

export async function listCloseRows(
  tx: Tx,
  communityId: string,
  filter: { from: Day; until: Day; cashierId?: string | undefined },
): Promise<CloseRow[]> {
  const { rows } = await sql<CloseRow>`
    select ${columns} from ${tables} where c.community_id = ${communityId} and c.day >= ${filter.from} and c.day <= ${filter.until}
      ${filter.cashierId === undefined ? sql`` : sql`and c.cashier_id = ${filter.cashierId}`}
    order by c.day desc, c.id desc`.execute(tx);
  return rows;
}

export async function findClose(
  tx: Tx,
  communityId: string,
  by: { id: string } | { cashierId: string; day: Day },
  lock = false,
): Promise<CloseRow | undefined> {
  const { rows } = await sql<CloseRow>`
    select ${columns} from ${tables} where c.community_id = ${communityId}
      and ${'id' in by ? sql`c.id = ${by.id}` : sql`c.cashier_id = ${by.cashierId} and c.day = ${by.day}`}
    ${lock ? sql`for update of c` : sql``}`.execute(tx);
  return rows[0];
}

/** Counted or further: nothing comes into that day any more. */
export async function isCounted(tx: Tx, communityId: string, cashierId: string, day: Day): Promise<boolean> {
  const { rows } = await sql`
    select 1 from daily_closes where community_id = ${communityId} and cashier_id = ${cashierId} and day = ${day}`.execute(
    tx,
  );
  return rows.length > 0;
}

export type CountedDay = Pick<CloseRow, 'cash' | 'slips' | 'lines' | 'blankReceipts' | 'receipts' | 'countedAt'>;

export async function insertClose(
  tx: Tx,
  communityId: string,
  row: CountedDay & Pick<CloseRow, 'id' | 'code' | 'cashierId' | 'day'>,
): Promise<void> {
  await sql`
    insert into daily_closes (community_id, id, code, cashier_id, day, state, cash, slips, lines, blank_receipts, receipts, counted_at)
    values (${communityId}, ${row.id}, ${row.code}, ${row.cashierId}, ${row.day}, 'counted', ${JSON.stringify(row.cash)}, ${JSON.stringify(row.slips)},
      ${JSON.stringify(row.lines)}, ${JSON.stringify(row.blankReceipts)}, ${JSON.stringify(row.receipts)}, ${row.countedAt})`.execute(
    tx,
  );
}

export async function recountClose(tx: Tx, communityId: string, id: string, row: CountedDay): Promise<void> {
  await sql`
    update daily_closes set cash = ${JSON.stringify(row.cash)}, slips = ${JSON.stringify(row.slips)}, lines = ${JSON.stringify(row.lines)},
      blank_receipts = ${JSON.stringify(row.blankReceipts)}, receipts = ${JSON.stringify(row.receipts)}, counted_at = ${row.countedAt},
      version = version + 1
    where community_id = ${communityId} and id = ${id}`.execute(tx);
}

export async function handOverClose(
  tx: Tx,
  communityId: string,
  id: string,
  { receivedBy, at, slip, entryIds }: HandedOver,
): Promise<void> {
  await sql`
    update daily_closes set state = 'handed-over', received_by = ${receivedBy}, handed_over_at = ${at}, slip_kind = ${slip.kind},
      slip_number = ${slip.number}, entry_ids = ${entryIds}::uuid[], version = version + 1
    where community_id = ${communityId} and id = ${id}`.execute(tx);
}
type HandedOver = {
  receivedBy: string;
  at: Instant;
  slip: { kind: string; number: string };
  entryIds: string[];
};

/** The chain's end, nobody else adding to it until the commit. */
export async function lastSeal(tx: Tx, communityId: string): Promise<{ no: number; seal: string } | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`seal:${communityId}`}, 0))`.execute(tx);
  const { rows } = await sql<{ no: number; seal: string }>`
    select seal_no as no, seal from daily_closes where community_id = ${communityId} and seal_no is not null
    order by seal_no desc limit 1`.execute(tx);
  return rows[0];
}

export async function auditHead(tx: Tx, communityId: string): Promise<string> {
  const { rows } = await sql<{ head: string }>`
    select no::text || ' ' || encode(hash, 'hex') as head from audit_heads where community_id = ${communityId}`.execute(
    tx,
  );
  return rows[0]?.head ?? '';
}

export async function sealClose(
  tx: Tx,
  communityId: string,
  id: string,
  { no, seal, sealed }: { no: number; seal: string; sealed: SealedClose },
): Promise<void> {
  await sql`
    update daily_closes set state = 'sealed', sealed_by = ${sealed.sealedById}, sealed_at = ${sealed.sealedAt}, seal_no = ${no}, seal = ${seal},
      sealed = ${JSON.stringify(sealed)}, version = version + 1
    where community_id = ${communityId} and id = ${id}`.execute(tx);
}

export const insertCloseEvent = (
  tx: Tx,
  communityId: string,
  event: { id: string; closeId: string; move: DailyCloseMove; at: Instant; byId: string },
): Promise<unknown> =>
  tx
    .insertInto('dailyCloseEvents')
    .values({ ...event, communityId })
    .execute();

export async function writeSignature(
  tx: Tx,
  communityId: string,
  closeId: string,
  role: 'cashier' | 'receiver',
  drawing: string,
): Promise<void> {
  await sql`
    insert into daily_close_signatures (community_id, close_id, role, drawing) values (${communityId}, ${closeId}, ${role}, ${drawing})
    on conflict (community_id, close_id, role) do update set drawing = excluded.drawing`.execute(tx);
}

export async function readSignatures(tx: Tx, communityId: string, closeId: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ role: string; drawing: string }>`
    select role, drawing from daily_close_signatures where community_id = ${communityId} and close_id = ${closeId}`.execute(
    tx,
  );
  return new Map(rows.map(({ role, drawing }) => [role, drawing]));
}

/** The first day with takings after the last sealed one that is before this day: days are closed in their order. */
export async function earliestOpen(tx: Tx, communityId: string, cashierId: string, before: Day): Promise<Day | null> {
  const [open] = await listOpenHands(tx, communityId, cashierId, ['sealed']);
  if (open === undefined) return null;
  const { rows } = await sql<{ day: Day | null }>`
    select min(e.close_on) as day from ledger_entries e
    where e.community_id = ${communityId} and e.cashier_id = ${cashierId} and e.close_on > ${open.doneUntil} and e.close_on < ${before}`.execute(
    tx,
  );
  return rows[0]?.day ?? null;
}

type OpenHand = { cashierId: string; doneUntil: Day };

/**
 * Who took money after the last day that is done, and which day that was. Asked by itself, so that the days go into the next
 * question as they are: of a day that is to be looked up first the planner believes that a third of all years lies after it.
 */
async function listOpenHands(
  tx: Tx,
  communityId: string,
  cashierId: string | undefined,
  done: readonly DailyCloseState[],
): Promise<OpenHand[]> {
  const { rows } = await sql<OpenHand>`
    select g.account_id as cashier_id, last.day as done_until
    from (select distinct account_id from role_grants where community_id = ${communityId} or community_id is null) g
    cross join lateral (
      select coalesce((select max(c.day) from daily_closes c where c.community_id = ${communityId} and c.cashier_id = g.account_id
        and c.state = any (${[...done]}::text[])), '0001-01-01'::date) as day) last
    where (select max(e.close_on) from ledger_entries e where e.community_id = ${communityId} and e.cashier_id = g.account_id) > last.day
      ${cashierId === undefined ? sql`` : sql`and g.account_id = ${cashierId}`}`.execute(tx);
  return rows;
}

const afterThose = (hands: readonly OpenHand[]) =>
  sql`(${sql.join(
    hands.map((one) => sql`(e.cashier_id = ${one.cashierId} and e.close_on > ${one.doneUntil})`),
    sql` or `,
  )})`;

/** Days with takings of which no count was made yet, by cashier. */
export async function listOpenDays(
  tx: Tx,
  communityId: string,
  cashierId: string | undefined,
): Promise<{ cashierId: string; cashierName: string; day: Day; bookFen: number }[]> {
  const hands = await listOpenHands(tx, communityId, cashierId, ['sealed']);
  if (hands.length === 0) return [];
  const { rows } = await sql<{ cashierId: string; cashierName: string; day: Day; bookFen: number }>`
    select e.cashier_id, a.name as cashier_name, e.close_on as day, sum(l.amount_fen)::bigint as book_fen
    from ledger_entries e
    join ledger_lines l on l.community_id = e.community_id and l.entry_id = e.id
      and l.account in ('cash', 'card', 'transfer', 'cheque', 'bank-collection', 'online')
    join accounts a on a.id = e.cashier_id
    where e.community_id = ${communityId} and ${afterThose(hands)}
      and not exists (select from daily_closes c where c.community_id = e.community_id and c.cashier_id = e.cashier_id and c.day = e.close_on)
    group by e.cashier_id, a.name, e.close_on order by e.close_on, a.name`.execute(tx);
  return rows;
}

/** Days with takings that nobody has signed for, by cashier. */
export async function listNotHandedOver(
  tx: Tx,
  communityId: string,
  since: Day,
): Promise<{ cashierId: string; day: Day; fen: number }[]> {
  const hands = await listOpenHands(tx, communityId, undefined, ['sealed']);
  if (hands.length === 0) return [];
  const { rows } = await sql<{ cashierId: string; day: Day; fen: number }>`
    select e.cashier_id, e.close_on as day, sum(l.amount_fen)::bigint as fen
    from ledger_entries e
    join ledger_lines l on l.community_id = e.community_id and l.entry_id = e.id
      and l.account in ('cash', 'card', 'transfer', 'cheque', 'bank-collection', 'online')
    where e.community_id = ${communityId} and ${afterThose(hands)} and e.close_on >= ${since}
      and not exists (select from daily_closes c where c.community_id = e.community_id and c.cashier_id = e.cashier_id
        and c.day = e.close_on and c.state in ('handed-over', 'sealed'))
    group by e.cashier_id, e.close_on having sum(l.amount_fen) <> 0`.execute(tx);
  return rows;
}

/** What was taken with a receipt and what was given back, of one close. */
export async function sumTakings(
  tx: Tx,
  communityId: string,
  cashierId: string,
  day: Day,
): Promise<{ takenFen: number; givenFen: number; takings: number }> {
  const { rows } = await sql<{ takenFen: number; givenFen: number; takings: number }>`
    select coalesce(sum(l.amount_fen) filter (where e.kind in ('payment', 'deposit-take')), 0)::bigint as taken_fen,
      coalesce(-sum(l.amount_fen) filter (where e.kind in ('refund', 'deposit-refund', 'reversal')), 0)::bigint as given_fen,
      count(distinct e.id) filter (where e.kind in ('payment', 'deposit-take'))::int as takings
    from ledger_entries e join ledger_lines l on l.community_id = e.community_id and l.entry_id = e.id
      and l.account in ('cash', 'card', 'transfer', 'cheque', 'bank-collection', 'online')
    where e.community_id = ${communityId} and e.cashier_id = ${cashierId} and e.close_on = ${day}`.execute(tx);
  return rows[0] ?? { takenFen: 0, givenFen: 0, takings: 0 };
}

/** Receipts that belong to a close: those of its takings, and blanks spoiled in its time. */
export async function listReceiptSpans(
  tx: Tx,
  communityId: string,
  cashierId: string,
  { day, from, until }: { day: Day; from: Instant; until: Instant },
): Promise<{ spans: ReceiptSpan[]; fen: number }> {
  const { rows } = await sql<ReceiptSpan & { fen: number }>`
    with sources as (
      select s.id from ledger_entries e join payments s on s.community_id = e.community_id and s.entry_id = e.id
      where e.community_id = ${communityId} and e.cashier_id = ${cashierId} and e.close_on = ${day}
      union all
      select s.id from ledger_entries e join deposits s on s.community_id = e.community_id and s.entry_id = e.id
      where e.community_id = ${communityId} and e.cashier_id = ${cashierId} and e.close_on = ${day}),
    own as (
      select r.id, r.book_id, r.series, r.number, r.amount_fen from sources s
      join receipts r on r.community_id = ${communityId} and r.source_id = s.id
      union all
      select r.id, r.book_id, r.series, r.number, r.amount_fen from receipts r
      where r.community_id = ${communityId} and r.cashier_id = ${cashierId} and r.kind = 'blank'
        and r.issued_at > ${from} and r.issued_at <= ${until})
    select o.series, min(o.number) as from, max(o.number) as to,
      coalesce(array_agg(o.number order by o.number) filter (where v.id is not null), '{}') as voided,
      coalesce(sum(o.amount_fen) filter (where v.id is null), 0)::bigint as fen
    from own o left join receipt_events v on v.community_id = ${communityId} and v.receipt_id = o.id and v.action = 'void'
    group by o.book_id, o.series order by o.series, min(o.number)`.execute(tx);
  return {
    spans: rows.map(({ series, from: first, to, voided }) => ({ series, from: first, to, voided })),
    fen: rows.reduce((sum, row) => sum + row.fen, 0),
  };
}

/** Blank receipts in a hand: books issued or in use, with what is left of each. */
export async function listBlanks(
  tx: Tx,
  communityId: string,
  cashierId?: string,
): Promise<(BlankReceipts & { holderId: string })[]> {
  const { rows } = await sql<BlankReceipts & { holderId: string }>`
    select id as book_id, series, next_number as next, to_number as to, holder_id from receipt_books
    where community_id = ${communityId} and state in ('issued', 'in-use') ${cashierId === undefined ? sql`` : sql`and holder_id = ${cashierId}`}
    order by series, from_number`.execute(tx);
  return rows;
}

/** What is in each drawer now, over all days that are not handed over. */
export async function listDrawers(
  tx: Tx,
  communityId: string,
  cashierId?: string,
): Promise<{ cashierId: string; method: Method; fen: number; since: Day }[]> {
  const hands = await listOpenHands(tx, communityId, cashierId, ['handed-over', 'sealed']);
  if (hands.length === 0) return [];
  const { rows } = await sql<{ cashierId: string; method: Method; fen: number; since: Day }>`
    select e.cashier_id, l.account as method, sum(l.amount_fen)::bigint as fen, min(e.close_on) as since
    from ledger_entries e
    join ledger_lines l on l.community_id = e.community_id and l.entry_id = e.id
      and l.account in ('cash', 'card', 'transfer', 'cheque', 'bank-collection', 'online')
    where e.community_id = ${communityId} and ${afterThose(hands)}
    group by e.cashier_id, l.account having sum(l.amount_fen) <> 0`.execute(tx);
  return rows;
}

export type SurpriseRow = {
  id: string;
  cashierId: string;
  cashierName: string;
  at: Instant;
  lines: CountedLine[];
  blankReceipts: BlankReceipts[];
  note: string;
  inspectedBy: string;
  inspectorName: string;
};

export async function insertSurprise(
  tx: Tx,
  communityId: string,
  row: Omit<SurpriseRow, 'cashierName' | 'inspectorName'> & Pick<Count, 'cash' | 'slips'> & { signature: string },
): Promise<void> {
  await sql`
    insert into surprise_counts (community_id, id, cashier_id, at, cash, slips, lines, blank_receipts, note, inspected_by, cashier_signature)
    values (${communityId}, ${row.id}, ${row.cashierId}, ${row.at}, ${JSON.stringify(row.cash)}, ${JSON.stringify(row.slips)},
      ${JSON.stringify(row.lines)}, ${JSON.stringify(row.blankReceipts)}, ${row.note}, ${row.inspectedBy}, ${row.signature})`.execute(
    tx,
  );
}

export async function listSurprises(tx: Tx, communityId: string, id?: string): Promise<SurpriseRow[]> {
  const { rows } = await sql<SurpriseRow>`
    select s.id, s.cashier_id, ca.name as cashier_name, s.at, s.lines, s.blank_receipts, s.note, s.inspected_by, ia.name as inspector_name
    from surprise_counts s join accounts ca on ca.id = s.cashier_id join accounts ia on ia.id = s.inspected_by
    where s.community_id = ${communityId} ${id === undefined ? sql`` : sql`and s.id = ${id}`} order by s.at desc, s.id desc limit 200`.execute(
    tx,
  );
  return rows;
}

export async function nameOf(tx: Tx, id: string): Promise<string | undefined> {
  const row = await tx.selectFrom('accounts').select('name').where('id', '=', id).executeTakeFirst();
  return row?.name;
}
