// How an attempt to say something outside ended, and what bounds it: shared by mail and posts.
import type { Resolve } from './address-check.ts';

/** Codes without a value of anybody's: they are kept, shown and logged. */
export type OutboundFault =
  | 'name_unknown'
  | 'address_not_allowed'
  | 'not_encrypted'
  | 'not_reached'
  | 'timed_out'
  | 'bad_certificate'
  | 'redirected'
  | 'answer_too_large'
  | 'sign_in_refused'
  | 'recipient_refused'
  | 'message_refused'
  | 'busy'
  | 'bad_answer';

export type OutboundAnswer<T = object> = ({ ok: true } & T) | { ok: false; code: OutboundFault };

export type OutboundOptions = {
  /** Loopback, private ranges and plain text; for tests and drills. */
  mayBePrivate: boolean;
  resolve: Resolve;
  /** From looking up the name to the end of the answer. */
  withinMs: number;
  answerBytes: number;
};
