// A browser's live stream for tests: reads server-sent events, comes back by itself, goes on after the last one heard.
import { eventReader, type StreamEvent } from '../src/ui/eventStream.ts';
import type { Community, Person } from './house.ts';

export class LiveClient {
  readonly events: StreamEvent[] = [];
  /** Pieces as they came over the line, heartbeats included. */
  readonly pieces: string[] = [];
  lastId: string | null = null;
  connects = 0;
  hasEnded = false;
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    private readonly person: Person,
    private readonly community: Community,
    private readonly options: { from?: string; comesBack?: boolean } = {},
  ) {
    this.lastId = options.from ?? null;
  }

  /** Answers once the stream stands. */
  async start(): Promise<this> {
    this.running = this.run();
    await this.until(() => this.pieces.length > 0);
    return this;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        const headers: Record<string, string> = this.lastId === null ? {} : { 'last-event-id': this.lastId };
        const answer = await this.person.open(`${this.community.path}/events`, headers, this.stopping.signal);
        if (answer.status === 200 && answer.body) {
          this.connects++;
          const read = eventReader();
          for await (const piece of answer.body.pipeThrough(new TextDecoderStream())) {
            this.pieces.push(piece);
            for (const event of read(piece)) {
              if (event.id !== null) this.lastId = event.id;
              if (event.text !== '') this.events.push(event);
            }
          }
        }
      } catch {
        // The line broke.
      }
      if (!this.options.comesBack) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    this.hasEnded = true;
  }

  /** The changes heard, without hello and reset. */
  changes = (): { no: number; action: string; noun: string; nounId: string | null; caseId?: string }[] =>
    this.events.filter((event) => event.event === 'message').map((event) => JSON.parse(event.text));

  async until(isSo: () => boolean, withinMs = 8_000): Promise<void> {
    const end = Date.now() + withinMs;
    while (!isSo()) {
      if (Date.now() > end)
        throw new Error(`not within ${withinMs} ms; heard: ${JSON.stringify(this.events.slice(-5))}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }
}
