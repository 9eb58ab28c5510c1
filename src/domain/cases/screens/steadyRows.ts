// Rows that change by themselves without moving under the hand: while somebody points at the list, values are renewed in
// place and the new order waits until it is asked for.

/** The shown ids after new rows came in. */
export function nextOrder(shown: readonly string[], fresh: readonly string[], isHeld: boolean): readonly string[] {
  if (!isHeld || shown.length === 0) return fresh;
  // What was appended by "more" follows at the end; it moves nothing.
  const known = new Set(shown);
  const firstKnown = fresh.findLastIndex((id) => known.has(id));
  const appended = fresh.length > shown.length ? fresh.slice(firstKnown + 1).filter((id) => !known.has(id)) : [];
  return appended.length === 0 ? shown : [...shown, ...appended];
}

/** How many rows came, went or would stand elsewhere. */
export function waitingChanges(shown: readonly string[], fresh: readonly string[]): number {
  const here = new Set(shown);
  const there = new Set(fresh);
  const came = fresh.filter((id) => !here.has(id)).length;
  const went = shown.filter((id) => !there.has(id)).length;
  const before = shown.filter((id) => there.has(id));
  const after = fresh.filter((id) => here.has(id));
  const moved = before.filter((id, index) => after[index] !== id).length;
  return came + went + moved;
}

/** Ids of rows whose content is another than before. */
export function changedRows<Row>(
  before: ReadonlyMap<string, Row>,
  after: readonly Row[],
  keyOf: (row: Row) => string,
): string[] {
  return after
    .filter((row) => {
      const was = before.get(keyOf(row));
      return was !== undefined && JSON.stringify(was) !== JSON.stringify(row);
    })
    .map(keyOf);
}
