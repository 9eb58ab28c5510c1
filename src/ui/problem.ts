// What came back instead of an answer: RFC 9457 problems of the server, and ours for a lost network.
import { z } from 'zod';

export const problemSchema = z.object({
  title: z.string(),
  status: z.number(),
  detail: z.string().optional(),
  code: z.string(),
  errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })).default([]),
  requestId: z.string().optional(),
  /** With a stale version: the thing as it stands now. */
  current: z.unknown().optional(),
});
export type FieldProblem = z.infer<typeof problemSchema>['errors'][number];

/** `offline`, `timeout`, `bad_answer` and `unknown` are ours; all other codes are the server's. */
export class ProblemError extends Error {
  override name = 'ProblemError';
  /** 0 where no answer came. */
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string | undefined;
  readonly errors: readonly FieldProblem[];
  readonly requestId: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  /** What the server sent as the thing's state now (412); see `currentIn`. */
  readonly current: unknown;
  constructor(facts: {
    status: number;
    code: string;
    title: string;
    detail?: string | undefined;
    errors?: readonly FieldProblem[];
    requestId?: string | undefined;
    retryAfterSeconds?: number | undefined;
    current?: unknown;
  }) {
    super(`${facts.status} ${facts.code}`);
    this.status = facts.status;
    this.code = facts.code;
    this.title = facts.title;
    this.detail = facts.detail;
    this.errors = facts.errors ?? [];
    this.requestId = facts.requestId;
    this.retryAfterSeconds = facts.retryAfterSeconds;
    this.current = facts.current;
  }

  /** The words for one field, or undefined when it is right. */
  at(path: string): string | undefined {
    return this.errors.find((error) => error.path === path)?.message;
  }
}

/** The thing as somebody else left it, when this problem is a stale version and the server said how it stands now. */
export function currentIn<T extends z.ZodType>(schema: T, problem: unknown): z.output<T> | undefined {
  if (!(problem instanceof ProblemError) || problem.status !== 412 || problem.current === undefined) return undefined;
  const parsed = schema.safeParse(problem.current);
  return parsed.success ? parsed.data : undefined;
}

/** Whether trying the same again may help: nothing answered, or the server was busy. */
export const mayRetry = (problem: ProblemError): boolean =>
  problem.status === 0 ? problem.code !== 'bad_answer' : problem.status === 429 || problem.status >= 500;

/** An answer that isn't a success as a ProblemError; a proxy's page or an empty body gets our words. */
export function problemOf(
  status: number,
  body: unknown,
  retryAfter: string | null,
  words: { unknown: string },
): ProblemError {
  const retryAfterSeconds = retryAfter !== null && /^\d+$/.test(retryAfter) ? Number(retryAfter) : undefined;
  const parsed = problemSchema.safeParse(body);
  if (parsed.success) return new ProblemError({ ...parsed.data, status, retryAfterSeconds });
  return new ProblemError({ status, code: 'unknown', title: words.unknown, retryAfterSeconds });
}
