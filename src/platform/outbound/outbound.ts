// What the program says to the outside on its own: mail and HTTP posts, only to addresses that were checked, within a
// time, without following anybody elsewhere. Answers how it went instead of throwing: a receiver that is away is no fault.
import { askDns, type Resolve } from './address-check.ts';
import { type HttpPost, postHttp } from './http-post.ts';
import { type Mail, sendMail } from './send-mail.ts';

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

export type Outbound = {
  postHttp(post: HttpPost): Promise<OutboundAnswer<{ status: number; text: string }>>;
  sendMail(mail: Mail): Promise<OutboundAnswer>;
  /** Whether plain text is let through; then addresses without encryption may be entered. */
  mayBePlain: boolean;
};

const usual: OutboundOptions = { mayBePrivate: false, resolve: askDns, withinMs: 15_000, answerBytes: 64 * 1024 };

export function makeOutbound(changed: Partial<OutboundOptions> = {}): Outbound {
  const options = { ...usual, ...changed };
  return {
    mayBePlain: options.mayBePrivate,
    postHttp: (post) => postHttp(post, options),
    sendMail: (mail) => sendMail(mail, options),
  };
}
