// A real HTTP receiver for tests: keeps what is posted and answers as it is told.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export type ReceivedPost = { path: string; headers: IncomingMessage['headers']; text: string; body: any };

export class HttpReceiver {
  readonly posts: ReceivedPost[] = [];
  /** How the next posts are answered. */
  reply: (response: ServerResponse, post: ReceivedPost) => void = (response) => response.end('{"errcode":0}');
  private readonly server;

  constructor(tls?: { cert: Buffer; key: Buffer }) {
    const take = (request: IncomingMessage, response: ServerResponse) => {
      let text = '';
      request.on('data', (part: Buffer) => {
        text += part.toString('utf8');
      });
      request.on('end', () => {
        const post = { path: request.url ?? '', headers: request.headers, text, body: JSON.parse(text || 'null') };
        this.posts.push(post);
        this.reply(response, post);
      });
    };
    this.server = tls ? createTlsServer(tls, take) : createServer(take);
  }

  async open(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}
