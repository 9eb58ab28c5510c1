// The shape of one route of the public interface, as a fact shared by the server that answers and the browser that asks.
import type { ZodType } from 'zod';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export type RouteContract = {
  method: HttpMethod;
  /** Below `/api/v1`, parameters in braces: `/communities/{communityId}/repairs`. */
  path: string;
  summary: { zh: string; en: string };
  /** The permission it needs; null: anybody signed in. */
  permission: string | null;
  /** Answers without a session. */
  public?: true;
  params?: ZodType;
  query?: ZodType;
  body?: ZodType;
  response: ZodType;
  /** What success answers; 200 when left out. */
  status?: 200 | 201 | 204;
  /** Refused with 428 without an `Idempotency-Key`. */
  needsKey?: true;
  /** A repeated key has no meaning here (signing in, looking at a sealed value). */
  ignoresKey?: true;
  /** Codes it may refuse with, besides those of every route. */
  errors?: readonly string[];
  /** The sibling GET whose answer a stale version gets as `current`: what somebody else made of it meanwhile. */
  staleShows?: string;
  /** The body travels as multipart/form-data. */
  multipart?: true;
};

export const route = <const T extends RouteContract>(contract: T): T => contract;
