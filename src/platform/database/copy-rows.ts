// COPY over an ordinary connection: rows of a table out of and into PostgreSQL as text, streamed, with back pressure
// both ways. `pg` carries the messages of COPY but brings no stream for them.
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import type pg from 'pg';

/** What of a connection COPY needs; `pg` has it, its published types leave it out. */
type Wire = {
  stream: Duplex;
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
};

/** A statement as the client drives it: each method answers one kind of message. */
type Statement = {
  submit(wire: Wire): void;
  handleError(fault: Error): void;
  handleReadyForQuery(): void;
  handleCommandComplete(message: { text: string }): void;
  handleCopyData(message: { chunk: Buffer }): void;
  handleCopyInResponse(): void;
};

const submit = (client: pg.ClientBase, statement: Statement) =>
  (client as unknown as { query(one: Statement): void }).query(statement);

/** Beyond this much waiting the server is told to wait too. */
const aheadBytes = 4 * 1024 * 1024;

/** The bytes of `copy … to stdout`, in pieces of any size; rows end with a newline. Read it to its end. */
export async function* copyOut(client: pg.ClientBase, sql: string): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let bytes = 0;
  let wire: Wire | undefined;
  let fault: Error | undefined;
  let isDone = false;
  let wake = () => {};
  submit(client, {
    submit(connection) {
      wire = connection;
      connection.query(sql);
    },
    handleCopyData({ chunk }) {
      // The parser uses its buffer again.
      waiting.push(Buffer.from(chunk));
      bytes += chunk.length;
      if (bytes > aheadBytes) wire?.stream.pause();
      wake();
    },
    handleError(error) {
      fault = error;
      wake();
    },
    handleCommandComplete() {},
    handleReadyForQuery() {
      isDone = true;
      wake();
    },
    handleCopyInResponse() {},
  });
  for (;;) {
    if (waiting.length > 0) {
      const piece = Buffer.concat(waiting);
      waiting = [];
      bytes = 0;
      wire?.stream.resume();
      yield piece;
    } else if (fault) throw fault;
    else if (isDone) return;
    else
      await new Promise<void>((next) => {
        wake = next;
      });
  }
}

/** Feeds `copy … from stdin`; answers how many rows the server took. A fault of `source` undoes the statement. */
export function copyIn(client: pg.ClientBase, sql: string, source: AsyncIterable<Buffer>): Promise<number> {
  return new Promise((resolve, reject) => {
    let wire: Wire;
    let rows = 0;
    let failed = false;
    let ofSource: unknown;
    const fail = (fault: unknown) => {
      failed = true;
      reject(fault);
    };
    const feed = async () => {
      try {
        for await (const chunk of source) {
          if (failed) return;
          wire.sendCopyFromChunk(chunk);
          if (wire.stream.writableNeedDrain) await once(wire.stream, 'drain');
        }
        if (!failed) wire.endCopyFrom();
      } catch (fault) {
        ofSource = fault;
        if (!failed) wire.sendCopyFail('the source failed');
      }
    };
    submit(client, {
      submit(connection) {
        wire = connection;
        connection.query(sql);
      },
      handleCopyInResponse: () => void feed(),
      handleCopyData() {},
      handleError: (fault) => fail(ofSource ?? fault),
      handleCommandComplete: ({ text }) => {
        rows = Number(/^COPY (\d+)/.exec(text)?.[1] ?? 0);
      },
      handleReadyForQuery: () => {
        if (!failed) resolve(rows);
      },
    });
  });
}
