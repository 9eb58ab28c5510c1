// The floor of a request: the statements it really sent, taken down from the pool and sent again through the driver
// with fresh ids, the same transactions and the same number of connections.
import pg from 'pg';
import { newId } from '../src/kernel/id.ts';
import type { House } from '../src/platform/house.ts';

export type Statement = { text: string; values: unknown[]; name?: string };

/** What the house's pool sends while `work` runs. */
export async function traceOf(house: House, work: () => Promise<unknown>): Promise<Statement[]> {
  const taken: Statement[] = [];
  const pool = house.database.pool;
  const connect = pool.connect.bind(pool) as () => Promise<pg.PoolClient>;
  const bare = new Map<pg.PoolClient, pg.PoolClient['query']>();
  (pool as { connect: unknown }).connect = async () => {
    const client = await connect();
    if (!bare.has(client)) {
      const query = client.query;
      bare.set(client, query);
      (client as { query: unknown }).query = (
        first: string | pg.QueryConfig,
        values?: unknown[],
        ...rest: unknown[]
      ) => {
        const config = typeof first === 'string' ? { text: first, values } : first;
        taken.push({
          text: config.text,
          values: [...((Array.isArray(values) ? values : config.values) ?? [])],
          ...('name' in config && config.name ? { name: config.name } : {}),
        });
        return (query as (...all: unknown[]) => unknown).call(client, first, values, ...rest);
      };
    }
    return client;
  };
  try {
    await work();
  } finally {
    (pool as { connect: unknown }).connect = connect;
    for (const [client, query] of bare) (client as { query: unknown }).query = query;
  }
  return taken;
}

const idPattern = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const idsIn = (value: unknown): string[] =>
  typeof value === 'string' ? (value.match(idPattern) ?? []) : Array.isArray(value) ? value.flatMap(idsIn) : [];

/** Ids that stand in one taking but not in a second of the same request: made anew each time. */
export function freshIds(one: readonly Statement[], other: readonly Statement[]): Set<string> {
  const known = new Set(other.flatMap((statement) => statement.values.flatMap(idsIn)));
  return new Set(one.flatMap((statement) => statement.values.flatMap(idsIn)).filter((id) => !known.has(id)));
}

type Swap = ReadonlyMap<string, string>;
const swapped = (value: unknown, swap: Swap, buffers: readonly [Buffer, Buffer][]): unknown => {
  if (typeof value === 'string') return value.replace(idPattern, (id) => swap.get(id) ?? id);
  if (Array.isArray(value)) return value.map((one) => swapped(one, swap, buffers));
  if (Buffer.isBuffer(value)) return buffers.find(([from]) => from.equals(value))?.[1] ?? value;
  return value;
};

/** Where a value holds an id at all; the others are sent as they are. */
type Prepared = Statement & { holes: number[] };

/** As many connections as the program has; for several replays, which then find it warm. */
export const replayPool = (access: pg.PoolConfig, max = 20): pg.Pool =>
  new pg.Pool({ ...access, max, options: '-c timezone=UTC -c client_encoding=UTF8 -c jit=off' });

export type Replay = {
  turn(ids?: Swap): Promise<void>;
  /** What each statement took so far, over all turns. */
  spentMs: number[];
  close(): Promise<void>;
};

/**
 * Sends the statements of one request again: each `begin` takes a connection of a pool as large as the program's, each
 * `commit` gives it back. `fresh` ids are new at every turn.
 */
export function makeReplay(
  access: pg.PoolConfig,
  statements: readonly Statement[],
  fresh: ReadonlySet<string>,
  pool = replayPool(access),
): Replay {
  const prepared: Prepared[] = statements.map((statement) => ({
    ...statement,
    holes: statement.values.flatMap((value, index) => (idsIn(value).length > 0 ? [index] : [])),
  }));
  const spentMs = statements.map(() => 0);
  return {
    spentMs,
    async turn(ids = new Map()) {
      const swap = new Map(ids);
      for (const id of fresh) swap.set(id, newId());
      let client: pg.PoolClient | undefined;
      try {
        for (const [place, { text, values, name, holes }] of prepared.entries()) {
          const startedAt = performance.now();
          if (/^begin/.test(text)) client = await pool.connect();
          const given = [...values];
          for (const index of holes) given[index] = swapped(given[index], swap, []);
          const filled = ids.size > 0 ? text.replace(idPattern, (id) => swap.get(id) ?? id) : text;
          if (given.length === 0 && !name) await client?.query(filled);
          else await client?.query({ text: filled, values: given, ...(name ? { name } : {}) });
          spentMs[place] = (spentMs[place] ?? 0) + performance.now() - startedAt;
          if (text === 'commit') {
            client?.release();
            client = undefined;
          }
        }
      } finally {
        client?.release(true);
      }
    },
    close: () => pool.end(),
  };
}
