// Rows by the hundred thousand: copies of what the program itself once wrote, so that they are as real as the first.
import { type BenchCommunity, type BenchDatabase, makeAccount, type Program, uuidOf, Visitor } from './ground.ts';

/** A copied case's id for the number `n`; the ids of its clocks keep to the clock they are copied from. */
export const copiedCase = uuidOf("'case' || n");

const columnsOf = async (base: BenchDatabase, table: string): Promise<string[]> => {
  const { rows } = await base.owner.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [table],
  );
  return rows.map((row) => row.name);
};

/** Copies the rows of one community that `where` names, once for each `n`; `columns` says what differs, as SQL over `n` and `t`. */
export async function copyRows(
  base: BenchDatabase,
  table: string,
  communityId: string,
  where: string,
  range: { from: number; to: number },
  columns: Readonly<Record<string, string>>,
): Promise<void> {
  const names = await columnsOf(base, table);
  await base.owner.query(
    `insert into ${table} (${names.join(', ')})
     select ${names.map((name) => columns[name]?.replaceAll('$1', `'${communityId}'`) ?? `t.${name}`).join(', ')}
     from ${table} t, generate_series(${range.from}, ${range.to}) n where t.community_id = '${communityId}' and ${where}`,
  );
}

/** Runs `work` without the triggers and foreign keys of these tables, which then hold again for what comes. */
export async function withoutTriggers(
  base: BenchDatabase,
  tables: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  const { rows } = await base.owner.query<{ table: string; name: string; definition: string }>(
    `select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype = 'f' and conrelid = any ($1::regclass[])`,
    [tables],
  );
  for (const table of tables) await base.owner.query(`alter table ${table} disable trigger user`);
  for (const { table, name } of rows) await base.owner.query(`alter table ${table} drop constraint ${name}`);
  await work();
  for (const { table, name, definition } of rows)
    await base.owner.query(
      `alter table ${table} add constraint ${name} ${definition.replace(/ NOT VALID$/, '')} not valid`,
    );
  for (const table of tables) await base.owner.query(`alter table ${table} enable trigger user`);
}

export type Patterned = { caseId: string; desk: Visitor; responsibleIds: string[] };

/** People of a community and one repair recorded over HTTP: the pattern of the copies. */
export async function recordPattern(
  base: BenchDatabase,
  program: Program,
  community: BenchCommunity,
): Promise<Patterned> {
  await makeAccount(base, `head-${community.code}`, community.id, ['cs_supervisor']);
  await makeAccount(base, `leader-${community.code}`, community.id, ['engineering_supervisor']);
  const username = `desk-${community.code}`;
  const responsibleIds = [await makeAccount(base, username, community.id, ['front_desk'])];
  for (let index = 0; index < 19; index++)
    responsibleIds.push(await makeAccount(base, `butler-${community.code}-${index}`, community.id, ['butler']));
  const desk = await new Visitor(program.address).signIn(username);
  const answer = await desk.post(`${community.path}/repairs`, {
    unitId: community.unitIds[0],
    category: 'water',
    urgency: 'ordinary',
    description: '厨房水龙头关不紧，一直在滴水。',
    channel: 'phone',
    contact: { name: '王建国', phone: '19900001234' },
    readBack: true,
  });
  return { caseId: (JSON.parse(answer.body) as { id: string }).id, desk, responsibleIds };
}

/** Cases `from` to `to`: nine in ten ended, open ones due within thirty days before and after now, by twenty people. */
export async function fillCases(
  base: BenchDatabase,
  community: BenchCommunity,
  pattern: Patterned,
  range: { from: number; to: number },
): Promise<void> {
  const people = `(array[${pattern.responsibleIds.map((id) => `'${id}'`).join(',')}]::uuid[])[n % ${pattern.responsibleIds.length} + 1]`;
  const state = `case when n % 10 <> 0 then (array['closed','closed','closed','cancelled'])[n % 4 + 1] else (array['submitted','dispatched','on-site','working'])[n / 10 % 4 + 1] end`;
  await withoutTriggers(base, ['cases', 'case_texts'], async () => {
    const textId = uuidOf("'text' || n");
    await copyRows(
      base,
      'case_texts',
      community.id,
      `t.id = (select summary_text_id from cases where community_id = t.community_id and id = '${pattern.caseId}')`,
      range,
      {
        id: textId,
        case_id: copiedCase,
      },
    );
    const moved = `t.received_at - make_interval(secs => n * 17)`;
    await copyRows(base, 'cases', community.id, `t.id = '${pattern.caseId}'`, range, {
      id: copiedCase,
      code: `'BX-2020-' || lpad(n::text, 7, '0')`,
      state,
      unit_id: `(array[${community.unitIds.map((id) => `'${id}'`).join(',')}]::uuid[])[n % ${community.unitIds.length} + 1]`,
      summary_text_id: textId,
      responsible_id: people,
      received_at: moved,
      created_at: moved,
      ended_at: `case when n % 10 <> 0 then ${moved} + interval '1 day' end`,
      next_due_at: `case when n % 10 = 0 then t.received_at + make_interval(secs => (n * 7919::bigint % 5184000) - 2592000) end`,
    });
  });
  await base.owner.query('delete from case_count_deltas where community_id = $1', [community.id]);
  await base.owner.query('delete from case_counts where community_id = $1', [community.id]);
  await base.owner.query(
    'insert into case_counts (community_id, kind, state, cases) select community_id, kind, state, count(*) from cases where community_id = $1 group by 1, 2, 3',
    [community.id],
  );
  await settleDown(base, 'cases', 'case_texts', 'case_counts', 'case_count_deltas');
}

/** What autovacuum would do in the night after. */
export async function settleDown(base: BenchDatabase, ...tables: string[]): Promise<void> {
  await base.owner.query(`vacuum analyze ${tables.join(', ')}`);
}
