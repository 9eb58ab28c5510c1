// A real SMTP server for tests, as small as it can be: plain or STARTTLS, with or without sign-in, answering as it is told.

import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

export type ReceivedMail = { from: string; to: string[]; text: string; user: string | null; encrypted: boolean };

export class SmtpReceiver {
  readonly mails: ReceivedMail[] = [];
  /** Every line that clients said, passwords included: for tests of what is never said. */
  readonly lines: string[] = [];
  /** Answers to one verb instead of the usual ones: `{ RCPT: '550 no such mailbox' }`. */
  answers: Record<string, string> = {};
  /** Says nothing at all, not even a greeting. */
  isMute = false;
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();

  constructor(private readonly options: { tls?: { cert: Buffer; key: Buffer }; signIn?: boolean } = {}) {}

  /** Open already, it stays as it is. */
  async open(port = 0): Promise<number> {
    this.server ??= createServer((socket) => this.talk(socket));
    const { server } = this;
    if (!server.listening) await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    const { server } = this;
    this.server = undefined;
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  private talk(socket: Socket, encrypted = false): void {
    this.sockets.add(socket);
    socket.on('error', () => {});
    let pending = '';
    let body: string[] | null = null;
    let user: string | null = null;
    let mail: ReceivedMail = { from: '', to: [], text: '', user: null, encrypted };
    const say = (line: string): void => {
      socket.write(`${line}\r\n`);
    };
    if (!encrypted && !this.isMute) say('220 receiver ready');
    /** What is answered to a line; nothing within a mail, and where the talk goes on encrypted. */
    const answerTo = (line: string): string[] => {
      if (body) {
        if (line !== '.') {
          body.push(line.replace(/^\.\./, '.'));
          return [];
        }
        const text = body.join('\r\n');
        body = null;
        if (this.answers.DATA) return [this.answers.DATA];
        this.mails.push({ ...mail, text, user, encrypted });
        return ['250 taken'];
      }
      this.lines.push(line);
      const verb = line.split(' ')[0]?.toUpperCase() ?? '';
      const rest = line.slice(line.indexOf(' ') + 1);
      if (verb !== 'DATA' && this.answers[verb]) return [this.answers[verb]];
      switch (verb) {
        case 'EHLO':
          return [
            ...(this.options.tls && !encrypted ? ['250-STARTTLS'] : []),
            ...(this.options.signIn ? ['250-AUTH PLAIN'] : []),
            '250 receiver',
          ];
        case 'STARTTLS': {
          if (!this.options.tls) return ['502 no'];
          say('220 go on');
          socket.removeAllListeners('data');
          const safe = new TLSSocket(socket, { isServer: true, ...this.options.tls });
          safe.on('error', () => {});
          this.talk(safe, true);
          return [];
        }
        case 'AUTH':
          user =
            Buffer.from(rest.split(' ')[1] ?? '', 'base64')
              .toString()
              .split('\0')[1] ?? null;
          return ['235 welcome'];
        case 'MAIL':
          mail = { from: rest, to: [], text: '', user, encrypted };
          return ['250 ok'];
        case 'RCPT':
          mail.to.push(/<(.*)>/.exec(rest)?.[1] ?? '');
          return ['250 ok'];
        case 'DATA':
          body = [];
          return ['354 go on'];
        case 'QUIT':
          return ['221 bye'];
        default:
          return ['250 ok'];
      }
    };
    socket.on('data', (chunk: Buffer) => {
      if (this.isMute) return;
      pending += chunk.toString('utf8');
      for (let end = pending.indexOf('\r\n'); end >= 0; end = pending.indexOf('\r\n')) {
        const line = pending.slice(0, end);
        pending = pending.slice(end + 2);
        for (const answer of answerTo(line)) say(answer);
      }
    });
    socket.on('close', () => this.sockets.delete(socket));
  }
}

/** The text of a mail as a reader sees it: subject and body decoded. */
export function readable(text: string): { subject: string; body: string; header(name: string): string } {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const unfolded = head.replaceAll(/\r\n[ \t]+/g, ' ');
  const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(unfolded)?.[1] ?? '';
  const words = (value: string) =>
    value
      .replaceAll(/\?= =\?/g, '?==?')
      .replaceAll(/=\?UTF-8\?B\?([^?]*)\?=/gi, (_whole, part: string) => `\u0000${part}\u0000`)
      .split('\u0000')
      .map((part, index) => (index % 2 === 1 ? Buffer.from(part, 'base64').toString('utf8') : part))
      .join('')
      .replaceAll(/=\?UTF-8\?Q\?([^?]*)\?=/gi, (_whole, part: string) => unquoted(part.replaceAll('_', ' ')));
  const raw = rest.join('\r\n\r\n');
  const coding = header('Content-Transfer-Encoding').toLowerCase();
  const body =
    coding === 'base64'
      ? Buffer.from(raw, 'base64').toString('utf8')
      : coding === 'quoted-printable'
        ? unquoted(raw)
        : raw;
  return { subject: words(header('Subject')), body, header };
}

const unquoted = (text: string): string =>
  Buffer.from(
    text
      .replaceAll(/=\r\n/g, '')
      .replaceAll(/=([0-9A-F]{2})/gi, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    'latin1',
  ).toString('utf8');
