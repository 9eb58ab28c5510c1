// The three ways a request can end badly without being our fault: the business refuses, the thing
// is not there (or not yours to see), or the input is wrong. A fault of ours is any other error.

/** JSON facts a refusal carries for its wording: codes, ids, numbers, instants; never personal values. */
export type Facts = Record<string, string | number | boolean | null | readonly string[]>;

/** The business says no. `code` is `<noun>.<reason>` and stable; answered as 409 unless `status` says otherwise. */
export class Refusal extends Error {
  override name = 'Refusal';
  constructor(
    readonly code: string,
    readonly facts: Facts = {},
    readonly status: 401 | 403 | 404 | 409 | 412 | 413 | 415 | 422 | 428 | 429 | 503 = 409,
  ) {
    super(code);
  }
}

export const notFound = (noun = 'resource') => new Refusal('not_found', { noun }, 404);
export const forbidden = (permission = '') => new Refusal('forbidden', { permission }, 403);

/** Somebody changed it meanwhile. `shown`: the thing as it stands now, as its own GET shows it to the asker. */
export class StaleVersion extends Refusal {
  override name = 'StaleVersion';
  constructor(
    readonly version: number,
    readonly shown?: unknown,
  ) {
    super('stale_version', { current: version }, 412);
  }
}
export const staleVersion = (version: number) => new StaleVersion(version);

/** One fault per field. `path` as the client sent it, `code` stable (`too_short`, `in_the_past`), `facts` for the wording. */
export type FieldFault = { path: string; code: string; facts?: Facts };

/** The shape or a value is wrong: answered 422 `bad_input` with every fault at once. */
export class BadInput extends Error {
  override name = 'BadInput';
  constructor(readonly faults: readonly FieldFault[]) {
    super(faults.map((fault) => `${fault.path}: ${fault.code}`).join('; '));
  }
}

export const badField = (path: string, code: string, facts?: Facts) => new BadInput([{ path, code, facts }]);
