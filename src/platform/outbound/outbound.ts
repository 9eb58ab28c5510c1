// What the program says to the outside on its own: mail and HTTP posts, only to addresses that were checked, within a
// time, without following anybody elsewhere. Answers how it went instead of throwing: a receiver that is away is no fault.
import { askDns } from './address-check.ts';
import { type HttpPost, postHttp } from './http-post.ts';
import type { OutboundAnswer, OutboundOptions } from './outbound-answer.ts';
import { type Mail, sendMail } from './send-mail.ts';

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
