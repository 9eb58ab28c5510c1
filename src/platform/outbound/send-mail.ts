// One mail to one address through one SMTP server (nodemailer), encrypted from the first byte or by STARTTLS, never in
// plain text outside of tests. The same message keeps its Message-ID over all attempts, so that a receiver can tell.
import { createTransport } from 'nodemailer';
import { checkedAddress } from './address-check.ts';
import { faultOf } from './http-post.ts';
import type { OutboundAnswer, OutboundFault, OutboundOptions } from './outbound-answer.ts';

export const mailSecurities = ['tls', 'starttls', 'none'] as const;
export type MailSecurity = (typeof mailSecurities)[number];

export type MailServer = {
  host: string;
  port: number;
  security: MailSecurity;
  signIn: { username: string; password: string } | null;
};
export type Mail = {
  server: MailServer;
  from: { name: string; address: string };
  to: string;
  subject: string;
  text: string;
  messageId: string;
};

export async function sendMail(mail: Mail, options: OutboundOptions): Promise<OutboundAnswer> {
  const { host, port, security, signIn } = mail.server;
  if (security === 'none' && !options.mayBePrivate) return { ok: false, code: 'not_encrypted' };
  const checked = await checkedAddress(host, options.resolve, options.mayBePrivate);
  if (!checked.ok) return checked;
  const transport = createTransport({
    // The address that was checked; the certificate is asked for the name.
    host: checked.address.address,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { servername: host },
    ...(signIn ? { auth: { user: signIn.username, pass: signIn.password } } : {}),
    connectionTimeout: options.withinMs,
    greetingTimeout: options.withinMs,
    socketTimeout: options.withinMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<OutboundAnswer>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, code: 'timed_out' }), options.withinMs);
  });
  const sent = transport
    .sendMail({
      from: mail.from,
      to: { name: '', address: mail.to },
      subject: mail.subject,
      text: mail.text,
      messageId: mail.messageId,
      // RFC 3834: nobody's absence note answers a machine.
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    .then(
      (): OutboundAnswer => ({ ok: true }),
      (fault: unknown): OutboundAnswer => ({ ok: false, code: mailFaultOf(fault) }),
    );
  try {
    return await Promise.race([sent, late]);
  } finally {
    clearTimeout(timer);
    transport.close();
  }
}

function mailFaultOf(fault: unknown): OutboundFault {
  const {
    code = '',
    originalCode,
    responseCode = 0,
  } = fault as { code?: string; originalCode?: string; responseCode?: number };
  if (code === 'EAUTH') return 'sign_in_refused';
  // A 4xx asks to come again, a 5xx says no (RFC 5321 4.2.1).
  if (responseCode >= 400 && responseCode < 500) return 'busy';
  if (code === 'EENVELOPE' && responseCode >= 500) return 'recipient_refused';
  if (code === 'EMESSAGE' && responseCode >= 500) return 'message_refused';
  // A server that doesn't offer STARTTLS, though it was asked for.
  return code === 'ETLS' ? 'not_encrypted' : faultOf({ code: originalCode ?? code });
}
