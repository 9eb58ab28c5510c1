// What `verify` asks of the database itself: no row points at one that is not there. Foreign keys see to that, unless
// somebody with more rights than the program took one away or loaded rows around it.
import type { Breach, Check } from '../checks.ts';
import { sql } from './database.ts';

type ForeignKey = {
  table: string;
  target: string;
  name: string;
  columns: string[];
  targetColumns: string[];
  validated: boolean;
};

export const referencesHold: Check = async function* (tx): AsyncGenerator<Breach> {
  const { rows } = await sql<ForeignKey>`
    select c.conrelid::regclass::text as table, c.confrelid::regclass::text as target, c.conname::text as name, c.convalidated as validated,
      array(select quote_ident(a.attname) from unnest(c.conkey) with ordinality k(no, place) join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.no order by k.place) as columns,
      array(select quote_ident(a.attname) from unnest(c.confkey) with ordinality k(no, place) join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.no order by k.place) as target_columns
    from pg_constraint c where c.contype = 'f' and c.connamespace = 'public'::regnamespace order by 1, 3`.execute(tx);
  for (const key of rows) {
    if (!key.validated)
      yield { communityId: null, what: 'key_not_validated', facts: { table: key.table, key: key.name } };
    const all = key.columns.map((column) => `r.${column} is not null`).join(' and ');
    const joined = key.columns.map((column, index) => `t.${key.targetColumns[index]} = r.${column}`).join(' and ');
    const found = await sql<{ rows: number }>`${sql.raw(
      `select count(*) as rows from ${key.table} r where ${all} and not exists (select from ${key.target} t where ${joined})`,
    )}`.execute(tx);
    const lost = found.rows[0]?.rows ?? 0;
    if (lost > 0)
      yield { communityId: null, what: 'rows_point_nowhere', facts: { table: key.table, key: key.name, rows: lost } };
  }
};
