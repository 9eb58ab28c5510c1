// One HTTP post to one checked address: certificate always asked, no redirect followed, the answer cut at a limit.
import { type IncomingMessage, type RequestOptions, request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { checkedAddress } from './address-check.ts';
import type { OutboundAnswer, OutboundFault, OutboundOptions } from './outbound-answer.ts';

export type HttpPost = { url: string; headers: Readonly<Record<string, string>>; body: string };

type Answer = OutboundAnswer<{ status: number; text: string }>;

export async function postHttp(post: HttpPost, options: OutboundOptions): Promise<Answer> {
  const url = new URL(post.url);
  const isTls = url.protocol === 'https:';
  if (!isTls && !(options.mayBePrivate && url.protocol === 'http:')) return { ok: false, code: 'not_encrypted' };
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const deadline = AbortSignal.timeout(options.withinMs);
  const checked = await Promise.race([
    checkedAddress(host, options.resolve, options.mayBePrivate),
    new Promise<{ ok: false; code: 'timed_out' }>((resolve) => {
      deadline.addEventListener('abort', () => resolve({ ok: false, code: 'timed_out' }), { once: true });
    }),
  ]);
  if (!checked.ok) return checked;
  const { address, family } = checked.address;
  return new Promise((resolve) => {
    const ask: RequestOptions = {
      method: 'POST',
      headers: { ...post.headers, 'content-length': Buffer.byteLength(post.body) },
      // The address that was checked, whatever the name says by now.
      lookup: (_name, wanted, found) =>
        wanted.all ? found(null, [{ address, family }]) : found(null, address, family),
      agent: false,
      signal: deadline,
    };
    const request = (isTls ? requestTls : requestPlain)(url, ask, (answer) => {
      void readAnswer(answer, options.answerBytes).then((read) => {
        if (!read.ok) request.destroy();
        resolve(read);
      });
    });
    request.on('error', (fault) => resolve({ ok: false, code: deadline.aborted ? 'timed_out' : faultOf(fault) }));
    request.end(post.body);
  });
}

async function readAnswer(answer: IncomingMessage, limit: number): Promise<Answer> {
  const status = answer.statusCode ?? 0;
  if (status >= 300 && status < 400) return { ok: false, code: 'redirected' };
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of answer as AsyncIterable<Buffer>) {
      bytes += part.length;
      if (bytes > limit) return { ok: false, code: 'answer_too_large' };
      parts.push(part);
    }
  } catch (fault) {
    const isLate = fault instanceof Error && (fault.name === 'AbortError' || fault.name === 'TimeoutError');
    return { ok: false, code: isLate ? 'timed_out' : 'not_reached' };
  }
  return { ok: true, status, text: Buffer.concat(parts).toString('utf8') };
}

/** What OpenSSL and Node call the ways in which a certificate is not the right one. */
const certificateFaults =
  /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)|HOSTNAME_MISMATCH|INVALID_CA)/;

export function faultOf(fault: unknown): OutboundFault {
  const { code = '' } = fault as { code?: string };
  if (certificateFaults.test(code)) return 'bad_certificate';
  if (/^(ERR_SSL|EPROTO)/.test(code)) return 'not_encrypted';
  return code === 'ETIMEDOUT' ? 'timed_out' : 'not_reached';
}
