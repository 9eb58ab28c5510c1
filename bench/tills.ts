// Sixteen tills on two receipt books over HTTP while the program is killed (SIGKILL) again and again (MN6): every payment that
// was acknowledged is there once with the receipt it was told, the others are wholly there or wholly absent, numbers run
// without a gap, their times never backwards, what was voided stays, and `verify` finds nothing.
//   npm run bench -- tills [--kills 100]
import { pathToFileURL } from 'node:url';
import { findBreaches } from '../src/apps/server/checks.ts';
import { bookBreaches } from '../src/domain/receipts/receipt.rules.ts';
import { newId } from '../src/kernel/id.ts';
import { type BenchDatabase, makeAccount, makeBenchCommunity, openGround, type Program, Visitor } from './ground.ts';

const tills = 16;
const numbersInBook = 1000;

export type TillsResult = {
  kills: number;
  acknowledged: number;
  /** Asked when the program died, never answered, and not asked again. */
  abandoned: number;
  voided: number;
  faults: string[];
};

type Till = { visitor: Visitor; unitId: string; owedFen: number };
type Told = { id: string; code: string; amountFen: number };

export async function runTills(base: BenchDatabase, kills: number, say: (line: string) => void): Promise<TillsResult> {
  let program = await base.serve();
  const community = await makeBenchCommunity(base, 'TILL', tills);
  const finance = await openTill(base, program, community.id, 'till-finance', 'finance');
  await makeAccount(base, 'till-head', community.id, ['manager']);
  const cashiers = await Promise.all(
    [0, 1].map((at) => openTill(base, program, community.id, `till-${at}`, 'cashier')),
  );
  let from = 1;
  const moreNumbers = async () => {
    for (const { accountId } of cashiers) {
      const body = { series: 'K', from, to: from + numbersInBook - 1, holderId: accountId };
      await finance.ask('POST', `${community.path}/receipt-books`, body);
      from += numbersInBook;
    }
  };
  await moreNumbers();
  const visitors = await Promise.all(
    Array.from({ length: tills }, (_, at) =>
      new Visitor(program.address, cashiers[at % 2]?.accountId ?? '').signIn(`till-${at % 2}`),
    ),
  );
  const tillsOpen: Till[] = visitors.map((visitor, at) => ({
    visitor,
    unitId: community.unitIds[at] ?? '',
    owedFen: 0,
  }));
  const told: Told[] = [];
  const voidedCodes: string[] = [];
  const faults: string[] = [];
  let abandoned = 0;
  let isOver = false;
  const back = { opened: Promise.resolve() };

  const work = async (till: Till, at: number): Promise<void> => {
    for (let turn = 0; !isOver; turn++) {
      const key = newId();
      const amountFen = 1000 + at * 100_000 + turn;
      const body = { unitId: till.unitId, method: 'cash', amountFen, allocations: [] };
      const isAbandoned = turn % 4 === 3;
      for (;;) {
        await back.opened;
        const sent = await till.visitor
          .ask('POST', `${community.path}/payments`, body, { 'idempotency-key': key })
          .catch(() => null);
        if (sent?.status === 201) {
          const { id, receipt } = JSON.parse(sent.body) as { id: string; receipt: { id: string; code: string } };
          told.push({ id, code: receipt.code, amountFen });
          if (turn % 3 === 2) {
            const reason = { reason: '卡纸' };
            const gone = await till.visitor
              .ask('POST', `${community.path}/receipts/${receipt.id}/void`, reason)
              .catch(() => null);
            if (gone?.status === 200) voidedCodes.push(receipt.code);
          }
          break;
        }
        if (sent !== null && sent.status < 500) {
          faults.push(`a payment was answered ${sent.status}: ${sent.body.slice(0, 200)}`);
          isOver = true;
          return;
        }
        if (isAbandoned || isOver) {
          abandoned++;
          break;
        }
      }
    }
  };
  const working = tillsOpen.map(work);
  for (let kill = 1; kill <= kills; kill++) {
    // Somewhere in the middle of what is under way, never at the same place.
    const before = told.length;
    for (let waited = 0; waited < 30_000 && told.length < before + tills; waited += 20)
      await new Promise((go) => setTimeout(go, 20));
    await new Promise((go) => setTimeout(go, (kill * 37) % 170));
    let open = () => {};
    back.opened = new Promise((go) => {
      open = go;
    });
    await program.stop('SIGKILL');
    program = await base.serve();
    for (const { visitor } of tillsOpen) visitor.address = program.address;
    finance.address = program.address;
    if (told.length > from - numbersInBook) await moreNumbers();
    open();
    if (kill % 10 === 0) say(`${kill} kills, ${told.length} payments acknowledged`);
  }
  await new Promise((go) => setTimeout(go, 300));
  isOver = true;
  await Promise.all(working);
  for (const { visitor } of tillsOpen) visitor.leave();
  await waitSealed(base);
  await program.stop();
  await lookAt(base, community.id, told, voidedCodes, faults);
  return { kills, acknowledged: told.length, abandoned, voided: voidedCodes.length, faults };
}

async function openTill(
  base: BenchDatabase,
  program: Program,
  communityId: string,
  username: string,
  role: 'cashier' | 'finance',
): Promise<Visitor> {
  const accountId = await makeAccount(base, username, communityId, [role]);
  return new Visitor(program.address, accountId).signIn(username);
}

/** The sealer numbers audit rows after the commit. */
async function waitSealed(base: BenchDatabase): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const { rows } = await base.owner.query<{ open: number }>('select count(*)::int as open from audit_unsealed');
    if (rows[0]?.open === 0) return;
    await new Promise((go) => setTimeout(go, 100));
  }
}

async function lookAt(
  base: BenchDatabase,
  communityId: string,
  told: readonly Told[],
  voidedCodes: readonly string[],
  faults: string[],
): Promise<void> {
  type Row = { id: string; amount_fen: number; codes: string[]; lines: number; sum: number };
  const { rows } = await base.owner.query<Row>(
    `select p.id, p.amount_fen::float8 as amount_fen,
       array(select r.series || lpad(r.number::text, 7, '0') from receipts r where r.community_id = p.community_id and r.source_id = p.id) as codes,
       (select count(*)::int from ledger_lines l where l.community_id = p.community_id and l.entry_id = p.entry_id) as lines,
       (select sum(l.amount_fen)::float8 from ledger_lines l where l.community_id = p.community_id and l.entry_id = p.entry_id) as sum
     from payments p where p.community_id = $1`,
    [communityId],
  );
  const kept = new Map(rows.map((row) => [row.id, row]));
  for (const { id, code, amountFen } of told) {
    const row = kept.get(id);
    if (!row) faults.push(`payment ${id} was acknowledged and is gone`);
    else if (row.amount_fen !== amountFen || !row.codes.includes(code))
      faults.push(
        `payment ${id} was told ${code} over ${amountFen} and is ${row.codes.join(' ')} over ${row.amount_fen}`,
      );
  }
  if (new Set(told.map((one) => one.id)).size !== told.length) faults.push('a payment was acknowledged twice');
  for (const row of rows)
    if (row.codes.length === 0 || row.lines < 2 || row.sum !== 0) faults.push(`payment ${row.id} is not whole`);
  const orphans = await base.owner.query(
    `select r.id from receipts r where r.community_id = $1 and r.kind = 'payment'
       and not exists (select from payments p where p.community_id = r.community_id and p.id = r.source_id)`,
    [communityId],
  );
  if (orphans.rows.length > 0) faults.push(`${orphans.rows.length} receipts without money`);
  const books = await base.owner.query(
    'select id, from_number as "from", to_number as "to", next_number as "next" from receipt_books where community_id = $1',
    [communityId],
  );
  for (const book of books.rows) {
    const receipts = await base.owner.query(
      'select number, issued_at as "issuedAt" from receipts where community_id = $1 and book_id = $2 order by number',
      [communityId, book.id],
    );
    for (const breach of bookBreaches(book, receipts.rows))
      faults.push(`book ${book.id}: ${breach.code} ${breach.number}`);
  }
  const voided = await base.owner.query<{ code: string }>(
    `select r.series || lpad(r.number::text, 7, '0') as code from receipts r join receipt_events e
       on e.community_id = r.community_id and e.receipt_id = r.id and e.action = 'void' where r.community_id = $1`,
    [communityId],
  );
  const isVoided = new Set(voided.rows.map((row) => row.code));
  for (const code of voidedCodes) if (!isVoided.has(code)) faults.push(`${code} was voided and stands`);
  const { host, port, user = '', password, database = '' } = base.owner;
  const owner = { host, port, user, database, ...(typeof password === 'string' ? { password } : {}) };
  await findBreaches(base.house, owner, (breach) => {
    // Rooms of a benchmark are made past the program and are in no search.
    if (breach.check !== 'search')
      faults.push(`verify: ${breach.check} ${breach.what} ${JSON.stringify(breach.facts)}`);
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const at = process.argv.indexOf('--kills');
  const kills = at < 0 ? 100 : Number(process.argv[at + 1]);
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const ground = await openGround();
  try {
    const result = await runTills(await ground.database('bench_tills'), kills, say);
    say(JSON.stringify({ ...result, faults: result.faults.length }));
    for (const fault of result.faults.slice(0, 20)) say(fault);
    process.exitCode = result.faults.length > 0 ? 1 : 0;
  } finally {
    await ground.close();
  }
}
