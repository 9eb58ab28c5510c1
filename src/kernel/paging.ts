// Paging by cursor: the sort values of the last row, opaque on the wire, so that a page costs the same at any depth.
import { badField } from './refusal.ts';

export type Page<T> = { items: T[]; nextCursor: string | null; total?: number };

export const encodeCursor = (values: readonly (string | number | null)[]): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(values))))
    .replaceAll('+', '-')
    .replaceAll('/', '_');

/** The values of a cursor that we made; anything else is bad input at `cursor`. */
export function decodeCursor(text: string, length: number): (string | number | null)[] {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
      letter.charCodeAt(0),
    );
    const values: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (Array.isArray(values) && values.length === length) return values as (string | number | null)[];
  } catch {
    // Falls through to the same answer as a cursor of the wrong shape.
  }
  throw badField('cursor', 'not_a_cursor');
}

/** Cuts the one row too many that tells whether there is a next page. */
export function pageOf<R, T>(
  rows: R[],
  limit: number,
  key: (row: R) => (string | number | null)[],
  shape: (row: R) => T,
): Page<T> {
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { items: rows.slice(0, limit).map(shape), nextCursor: last === undefined ? null : encodeCursor(key(last)) };
}

/**
 * A page of what is read by falling id, newest first: `list` reads those before an id, one more than were asked for; `shape`
 * makes them what they are on the wire. Answers bad input at `cursor` for one that was not made here.
 */
export async function pageById<R extends { id: string }, T>(
  query: { cursor?: string | undefined; limit: number },
  list: (from: { beforeId: string | undefined; limit: number }) => Promise<R[]>,
  shape: (rows: R[]) => Promise<T[]>,
): Promise<Page<T>> {
  const [beforeId] = query.cursor === undefined ? [] : decodeCursor(query.cursor, 1);
  if (beforeId !== undefined && typeof beforeId !== 'string') throw badField('cursor', 'not_a_cursor');
  const rows = await list({ beforeId, limit: query.limit + 1 });
  const { items, nextCursor } = pageOf(
    rows,
    query.limit,
    (row) => [row.id],
    (row) => row,
  );
  return { items: await shape(items), nextCursor };
}
