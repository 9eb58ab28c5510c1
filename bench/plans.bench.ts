// How PostgreSQL carries out each list that people open, with a hundred thousand cases and ledger lines (a million with
// --large): as the app role, behind the policies. A whole table read for one page is a miss.
import type pg from 'pg';
import { makeClient } from '../src/platform/database/own-client.ts';
import type { Context } from './bench.contract.ts';
import { takeStatements } from './board.bench.ts';
import { copyRows, fillCases, recordPattern, settleDown, withoutTriggers } from './fill.ts';
import { type BenchDatabase, makeBenchCommunity, uuidOf } from './ground.ts';
import { roundTo } from './measure.ts';
import type { Statement } from './trace.ts';

type Plan = {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  'Rows Removed by Filter'?: number;
  Plans?: Plan[];
};

/** A page of fifty that reads more rows than this to find them goes by no index that fits. */
const rowsReadAtMost = 5_000;

export async function run({ ground, report, large, say, options }: Context): Promise<void> {
  const size = Number(options.get('rows') ?? (large ? 1_000_000 : 100_000));
  const base = await ground.database('bench_plans');
  const program = await base.serve();
  const client = makeClient(base.appAccess);
  await client.connect();
  try {
    const community = await makeBenchCommunity(base, 'PLANS', 2000);
    const pattern = await recordPattern(base, program, community);
    await pattern.desk.post(`${community.path}/contacts`, {
      channel: 'phone',
      request: '问停车费怎么交',
      outcome: 'answered',
      unitId: community.unitIds[0],
    });
    await fillCases(base, community, pattern, { from: 1, to: size });
    await fillLines(base, community.id, size);
    await markOrigins(base, community.id);
    pattern.desk.leave();
    await program.stop();
    const at = `${community.path}/`;
    const lists: [string, string][] = [
      ['board, by due', `${at}cases?state=open&sort=due`],
      ['board, overdue of one person', `${at}cases?overdue=true&responsible=${pattern.responsibleIds[0]}`],
      ['board, mine', `${at}cases?responsible=me&state=open`],
      ['board, nobody', `${at}cases?responsible=none&state=open`],
      ['board, one state', `${at}cases?state=closed&sort=newest`],
      ['board, one kind', `${at}cases?kind=repair&sort=newest`],
      ['board, one unit', `${at}cases?unit=${community.unitIds[7]}`],
      ['board, words', `${at}cases?q=${encodeURIComponent('滴水')}`],
      ['board, from a hotline', `${at}cases?origin=hotline&sort=newest`],
      ['board, a hotline’s by due', `${at}cases?origin=hotline&sort=due`],
      ['board, what a hotline called so', `${at}cases?origin=hotline:${encodeURIComponent('举报')}&sort=due`],
      ['origins', `${at}cases/origins`],
      ['counts', `${at}cases/counts?by=state`],
      ['clocks', `${at}clocks?state=running`],
      ['desk', `${at}desk`],
      ['wall', `${at}wall`],
      ['ledger, a day', `${at}contacts?day=2026-01-05`],
      ['ledger, what is owed', `${at}contacts?owing=true`],
      ['ledger, one unit', `${at}contacts?unit=${community.unitIds[0]}`],
      ['units', `${at}units?limit=50`],
      ['units, found', `${at}units?q=101`],
      ['bell', '/notifications'],
      ['price list', `${at}price-list`],
    ];
    await explainLists(
      { base, client, communityId: community.id, username: `desk-${community.code}`, size, report, say },
      lists,
    );
  } finally {
    await client.end();
    await base.close();
  }
}

/** Each list's reads explained; a list may say how many rows it has to read, where its answer is a sum of them. */
export async function explainLists(
  {
    base,
    client,
    communityId,
    username,
    size,
    report,
    say,
  }: Pick<Context, 'report' | 'say'> & {
    base: BenchDatabase;
    client: pg.Client;
    communityId: string;
    username: string;
    size: number;
  },
  lists: readonly (readonly [what: string, path: string, readAtMost?: number])[],
): Promise<void> {
  for (const [what, path, readAtMost = rowsReadAtMost] of lists) {
    const statements = await takeStatements(base, [path], username);
    const reads = statements.filter(isRead);
    const scans: string[] = [];
    let most = 0;
    let ms = 0;
    for (const statement of reads) {
      const explained = await explain(client, base, communityId, statement);
      ms += explained.ms;
      if (explained.rowsRead > readAtMost)
        say(`  ${what}: ${explained.greediest} in ${statement.text.replace(/\s+/g, ' ').slice(0, 240)}`);
      most = Math.max(most, explained.rowsRead);
      scans.push(...explained.scans);
    }
    if (scans.length > 0) say(`  ${what}: ${[...new Set(scans)].join(', ')}`);
    report({
      what: `${what}, ${size} rows`,
      measure: 'rows read by the greediest step',
      value: most,
      budget: `≤ ${readAtMost}, no table read whole`,
      isMet: most <= readAtMost && scans.length === 0,
      detail: { statements: reads.length, executionMs: roundTo(ms) },
    });
  }
}

/** The oldest sixth came from a hotline: what is asked for lies at the far end of every other order. */
async function markOrigins(base: BenchDatabase, communityId: string): Promise<void> {
  await base.owner.query(
    `with old as (select id, row_number() over (order by received_at) as n, count(*) over () as of from cases where community_id = $1)
     update cases c set origin_source = 'hotline', origin_kind = (array['投诉', '咨询', '建议', '求助', '咨询', '举报'])[old.n % 6 + 1]
     from old where c.community_id = $1 and c.id = old.id and old.n * 6 < old.of`,
    [communityId],
  );
  await settleDown(base, 'cases');
}

async function fillLines(base: BenchDatabase, communityId: string, count: number): Promise<void> {
  await withoutTriggers(base, ['contacts', 'contact_texts'], async () => {
    const textId = uuidOf("'line text' || n");
    const range = { from: 1, to: count };
    await copyRows(base, 'contact_texts', communityId, 'true', range, { id: textId });
    await copyRows(base, 'contacts', communityId, `t.code not like 'DJ-2020%'`, range, {
      id: uuidOf("'line' || n"),
      code: `'DJ-2020-' || n`,
      request_text_id: textId,
      unit_id: `(select id from units where community_id = '${communityId}' order by id offset n % 2000 limit 1)`,
      created_at: `t.created_at - make_interval(secs => n * 31)`,
      started_at: `t.started_at - make_interval(secs => n * 31)`,
    });
  });
  await settleDown(base, 'contacts', 'contact_texts');
}

const isRead = ({ text }: Statement): boolean => /^\s*(select|with)\b/i.test(text) && !text.includes('set_config');

/** What the database says that these took in it, of three goes the quickest of each. */
export async function executionMs(
  base: BenchDatabase,
  communityId: string,
  statements: readonly Statement[],
): Promise<number> {
  const client = makeClient(base.appAccess);
  await client.connect();
  try {
    let sum = 0;
    for (const statement of statements.filter(isRead)) {
      const goes: number[] = [];
      for (let go = 0; go < 3; go++) goes.push((await explain(client, base, communityId, statement)).ms);
      sum += Math.min(...goes);
    }
    return sum;
  } finally {
    await client.end();
  }
}

async function explain(
  client: pg.Client,
  base: BenchDatabase,
  communityId: string,
  { text, values }: Statement,
): Promise<{ scans: string[]; rowsRead: number; greediest: string; ms: number }> {
  await client.query('begin read only');
  try {
    await client.query("select set_config('app.communities', $1, true)", [`${communityId},${base.organizationId}`]);
    const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan; 'Execution Time': number }] }>(
      `explain (analyze, format json) ${text}`,
      values,
    );
    const [told] = rows[0]?.['QUERY PLAN'] ?? [];
    if (!told) throw new Error('no plan');
    const steps = stepsOf(told.Plan);
    const reading = steps
      .filter((step) => step['Relation Name'] !== undefined)
      .toSorted((a, b) => readBy(b) - readBy(a));
    const [most] = reading;
    return {
      greediest: `${most?.['Node Type']} of ${most?.['Relation Name']} by ${most?.['Index Name'] ?? 'no index'}`,
      scans: steps
        .filter((step) => step['Node Type'] === 'Seq Scan' && readBy(step) > rowsReadAtMost)
        .map((step) => `${step['Relation Name']} read whole`),
      rowsRead: most === undefined ? 0 : readBy(most),
      ms: told['Execution Time'],
    };
  } finally {
    await client.query('rollback');
  }
}

const stepsOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(stepsOf)];
const readBy = (step: Plan): number =>
  ((step['Actual Rows'] ?? 0) + (step['Rows Removed by Filter'] ?? 0)) * (step['Actual Loops'] ?? 1);
