// Whether a server can carry the product, bundled or given by DATABASE_URL: its version, and whether it
// knows Chinese characters as letters. A database made with locale C does not, and finds nothing in Chinese.

export type DatabaseProblem = { code: string; facts: object };

export const leastServerVersion = 15;

// "Water pipe leaks", as code points: four characters every desk types in its first week.
const chineseText = "U&'\\6C34\\7BA1\\6F0F\\6C34'";
const createAnew = "create database guanjia encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8' template template0";

/** Every problem with its mend (a command an operator can run), none when all is well. */
export async function databaseProblems(
  query: (sql: string) => Promise<Record<string, unknown>[]>,
): Promise<DatabaseProblem[]> {
  const problems: DatabaseProblem[] = [];
  const value = async (sql: string) => Object.values((await query(sql))[0] ?? {})[0];

  const version = Number(await value("select current_setting('server_version_num')"));
  if (!(version >= leastServerVersion * 10_000)) {
    const found = Math.floor(version / 10_000);
    const mend = `upgrade the server to PostgreSQL ${leastServerVersion} or later`;
    problems.push({ code: 'database.version_too_old', facts: { found, needed: leastServerVersion, mend } });
  }

  const encoding = String(await value("select current_setting('server_encoding')"));
  if (encoding !== 'UTF8') {
    problems.push({ code: 'database.encoding_not_utf8', facts: { found: encoding, mend: createAnew } });
    return problems;
  }

  if (!(await knowsChinese(value))) {
    const lcCtype = String(await value('select datctype from pg_database where datname = current_database()'));
    problems.push({ code: 'database.locale_without_chinese', facts: { lcCtype, mend: createAnew } });
  }
  return problems;
}

async function knowsChinese(value: (sql: string) => Promise<unknown>): Promise<boolean> {
  const schema = await value(
    `select quote_ident(nspname) from pg_extension join pg_namespace n on n.oid = extnamespace
      where extname = 'pg_trgm'`,
  );
  if (typeof schema === 'string') {
    return (await value(`select cardinality(${schema}.show_trgm(${chineseText})) > 0`)) === true;
  }
  // Without the extension: what its trigrams are cut by, the C library's letters of this database's locale.
  const lcCtype = String(await value('select datctype from pg_database where datname = current_database()'));
  return !/^(C|POSIX)$/i.test(lcCtype) && (await value(`select ${chineseText} ~ '^[[:alpha:]]+$'`)) === true;
}
