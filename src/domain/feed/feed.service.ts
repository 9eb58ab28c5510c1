// Feed 动态: one listener a process wakes all streams; each goes by the number it has reached, so that nothing is
// missed whatever breaks: a lost wake-up is healed by the poll, a lost stream by Last-Event-ID.
import { Readable } from 'node:stream';
import type pg from 'pg';
import type { Tx } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import type { Role } from '../access/role.contract.ts';
import { feedChannel } from '../audit/audit.service.ts';
import type { FeedEvent } from './feed.contract.ts';
import { type FeedRow, findHead, listFeed } from './feed.store.ts';

export type FeedOptions = {
  heartbeatMs: number;
  /** Safety net where a wake-up is lost. */
  pollMs: number;
  /** How often a stream asks whether its session and rights still stand. */
  recheckMs: number;
  /** Who is farther behind is told to ask for everything anew instead. */
  backlogLimit: number;
};

const usual: FeedOptions = { heartbeatMs: 20_000, pollMs: 2_000, recheckMs: 60_000, backlogLimit: 5_000 };
/** Rows read at once, and rows kept for all streams of a community. */
const pageRows = 500;
const keptRows = 2_000;
const longestReconnectMs = 5_000;

/** What the feed has to ask of slices above it. */
export type FeedLinks = {
  /** Nouns whose id is a case's. */
  caseNouns: readonly string[];
  /** Those of these cases which a contractor or resident may know of. */
  casesInReach(tx: Tx, communityId: string, accountId: string, caseIds: readonly string[]): Promise<Set<string>>;
  /** Nouns of which some are hidden from some; the others ask nothing. */
  hidingNouns: readonly string[];
  /** Those of these cases that this person must not see come and go live: the minute would tell who it was. */
  hiddenFrom(
    tx: Tx,
    communityId: string,
    reader: { id: string; roles: readonly Role[] },
    caseIds: readonly string[],
  ): Promise<Set<string>>;
};

export type Follower = {
  communityId: string;
  accountId: string;
  roles: readonly Role[];
  /** Contractor or resident: hears of cases in reach only. */
  isOutsider: boolean;
  /** Undefined: from now on. Null: came with a number that is none of ours. */
  lastNo: number | null | undefined;
  isStillAllowed(): Promise<boolean>;
};

export type Feed = {
  /** A stream of server-sent events; it ends when the right to it does, or the feed is closed. */
  follow(follower: Follower): Promise<Readable>;
  close(): Promise<void>;
};

/** One community as this process has read it. */
type Tail = { communityId: string; lastNo: number; recent: FeedRow[]; streams: Set<Stream> };
type Stream = { pump(): void; end(): void };

export function openFeed(house: House, links: FeedLinks, changed: Partial<FeedOptions> = {}): Feed {
  const options = { ...usual, ...changed };
  const tails = new Map<string, Tail>();
  const closing = new AbortController();
  const closed = new Promise<void>((resolve) => closing.signal.addEventListener('abort', () => resolve()));
  let listener: Promise<void> | undefined;
  let poll: NodeJS.Timeout | undefined;

  /** Reads what is new for all followed communities at once; wake-ups meanwhile make one more round. */
  const wake = oneAtATime(async () => {
    for (let isMore = true; isMore && !closing.signal.aborted; ) {
      const followed = [...tails.values()].filter((tail) => tail.streams.size > 0);
      if (followed.length === 0) return;
      const ids = followed.map((tail) => tail.communityId);
      const wanted = followed.map((tail) => ({ communityId: tail.communityId, no: tail.lastNo }));
      const rows = await house.database.read(ids, (tx) => listFeed(tx, wanted, links.caseNouns, pageRows));
      for (const row of rows) {
        const tail = tails.get(row.communityId);
        if (tail?.lastNo !== row.no - 1) continue;
        tail.lastNo = row.no;
        tail.recent.push(row);
        if (tail.recent.length > keptRows) tail.recent.shift();
      }
      for (const tail of followed) for (const stream of tail.streams) stream.pump();
      isMore = rows.length >= pageRows;
    }
  }, house);

  const listen = async () => {
    let waitMs = 100;
    while (!closing.signal.aborted) {
      let client: pg.Client | undefined;
      try {
        client = await house.database.connect();
        const ended = new Promise<void>((resolve) => {
          client?.once('end', resolve);
          client?.on('error', () => resolve());
        });
        client.on('notification', () => wake());
        await client.query(`listen ${feedChannel}`);
        waitMs = 100;
        // What was sealed before the connection stood.
        wake();
        await Promise.race([ended, closed]);
      } catch (fault) {
        house.log.warn('feed.listener_lost', { code: fault instanceof Error ? fault.name : '' });
      }
      await client?.end().catch(() => undefined);
      if (!closing.signal.aborted) await Promise.race([pause(waitMs), closed]);
      waitMs = Math.min(longestReconnectMs, waitMs * 2);
    }
  };

  const start = () => {
    listener ??= listen();
    poll ??= setInterval(wake, options.pollMs);
  };

  async function tailOf(communityId: string): Promise<Tail> {
    const known = tails.get(communityId);
    if (known && known.streams.size > 0) return known;
    const lastNo = await house.database.read([communityId], (tx) => findHead(tx, communityId));
    const meanwhile = tails.get(communityId);
    if (meanwhile && meanwhile.streams.size > 0) return meanwhile;
    const tail: Tail = { communityId, lastNo, recent: [], streams: new Set() };
    tails.set(communityId, tail);
    return tail;
  }

  return {
    async follow(follower) {
      // Who asks while the program is leaving would otherwise wait at a stream that nobody ends, and hold the program.
      if (closing.signal.aborted) return Readable.from([]);
      start();
      const head = await house.database.read([follower.communityId], (tx) => findHead(tx, follower.communityId));
      const tail = await tailOf(follower.communityId);
      if (closing.signal.aborted) return Readable.from([]);
      return openStream(house, links, options, tail, follower, head);
    },
    async close() {
      closing.abort();
      clearInterval(poll);
      for (const tail of tails.values()) for (const stream of [...tail.streams]) stream.end();
      await listener;
    },
  };
}

function openStream(
  house: House,
  links: FeedLinks,
  options: FeedOptions,
  tail: Tail,
  follower: Follower,
  head: number,
): Readable {
  const { lastNo } = follower;
  const mustReset =
    lastNo === null || (lastNo !== undefined && (lastNo > head || head - lastNo > options.backlogLimit));
  let cursor = lastNo === undefined || lastNo === null || mustReset ? head : lastNo;
  let isFull = false;
  /** Cases this stream has shown: who loses one hears of that too, else it would stay on the screen for ever. */
  const shownCases = new Set<string>();

  const page = async (): Promise<FeedRow[]> => {
    if (cursor >= tail.lastNo) return [];
    const first = tail.recent[0];
    if (first && first.no <= cursor + 1)
      return tail.recent.slice(cursor + 1 - first.no, cursor + 1 - first.no + pageRows);
    const wanted = [{ communityId: tail.communityId, no: cursor }];
    return house.database.read([tail.communityId], (tx) => listFeed(tx, wanted, links.caseNouns, pageRows));
  };

  const visible = async (rows: readonly FeedRow[]): Promise<Set<FeedRow>> => {
    const mine = rows.filter((row) => row.recipientId === null || row.recipientId === follower.accountId);
    if (!follower.isOutsider) return withoutHidden(mine);
    const asked = [...new Set(mine.flatMap((row) => (row.caseId && !shownCases.has(row.caseId) ? [row.caseId] : [])))];
    if (asked.length > 0) {
      const inReach = await house.database.read([tail.communityId], (tx) =>
        links.casesInReach(tx, tail.communityId, follower.accountId, asked),
      );
      for (const id of inReach) shownCases.add(id);
    }
    return new Set(
      mine.filter((row) => row.recipientId !== null || (row.caseId !== null && shownCases.has(row.caseId))),
    );
  };

  const withoutHidden = async (mine: readonly FeedRow[]): Promise<Set<FeedRow>> => {
    // What is sent to this person alone they are told of anyway.
    const asked = [
      ...new Set(mine.flatMap((row) => (row.caseId && links.hidingNouns.includes(row.noun) ? [row.caseId] : []))),
    ];
    if (asked.length === 0) return new Set(mine);
    const { communityId, accountId: id, roles } = follower;
    const hidden = await house.database.read([communityId], (tx) =>
      links.hiddenFrom(tx, communityId, { id, roles }, asked),
    );
    return new Set(mine.filter((row) => row.recipientId !== null || row.caseId === null || !hidden.has(row.caseId)));
  };

  const pump = oneAtATime(async () => {
    while (!isFull && !readable.destroyed && !readable.readableEnded) {
      const rows = await page();
      const last = rows.at(-1);
      if (!last || readable.destroyed) return;
      const shown = await visible(rows);
      if (readable.destroyed) return;
      cursor = last.no;
      const text = rows
        .filter((row) => shown.has(row))
        .map(changeText)
        .join('');
      // A number without data moves Last-Event-ID on past what is not for this person.
      isFull = !readable.push(shown.has(last) ? text : `${text}id: ${last.no}\n\n`);
    }
  }, house);

  const readable = new Readable({
    highWaterMark: 64 * 1024,
    read() {
      isFull = false;
      pump();
    },
    destroy(fault, done) {
      leave();
      done(fault);
    },
  });
  const heartbeat = setInterval(() => {
    // A browser that does not read gets no more to read.
    if (!isFull) isFull = !readable.push(': beat\n\n');
  }, options.heartbeatMs);
  const recheck = setInterval(async () => {
    // The database away for a moment is no sign-out.
    if (!(await follower.isStillAllowed().catch(() => true))) stream.end();
  }, options.recheckMs);
  const leave = () => {
    clearInterval(heartbeat);
    clearInterval(recheck);
    tail.streams.delete(stream);
  };
  const stream: Stream = {
    pump,
    end: () => {
      leave();
      if (!readable.destroyed) readable.push(null);
    },
  };
  tail.streams.add(stream);
  // Said with the headers: whoever asks for a page after this line misses nothing.
  readable.push(mustReset || lastNo === undefined ? namedText(mustReset ? 'reset' : 'hello', cursor) : ': here\n\n');
  return readable;
}

const changeText = ({ no, action, noun, nounId, caseId }: FeedRow): string => {
  const event: FeedEvent = { no, action, noun, nounId, ...(caseId ? { caseId } : {}) };
  return `id: ${no}\ndata: ${JSON.stringify(event)}\n\n`;
};
const namedText = (name: string, no: number): string =>
  `event: ${name}\nid: ${no}\ndata: ${JSON.stringify({ no })}\n\n`;

/** Never twice at once; being asked meanwhile makes it run once more. A fault is logged: the next wake-up tries again. */
function oneAtATime(work: () => Promise<void>, house: House): () => void {
  let isRunning = false;
  let again = false;
  const run = async () => {
    isRunning = true;
    do {
      again = false;
      try {
        await work();
      } catch (fault) {
        house.log.warn('feed.read_failed', { code: fault instanceof Error ? fault.name : '' });
      }
    } while (again);
    isRunning = false;
  };
  return () => {
    if (isRunning) again = true;
    else void run();
  };
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());
