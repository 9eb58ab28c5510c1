// The program's own rhythm: sealing the audit, sweeping clocks, sending the outbox. Each runs alone, never twice at
// once in one process, and sooner when something was just committed.
import type { House } from '../../platform/house.ts';

export type Timers = {
  poke(): void;
  stop(): Promise<void> /** Runs every timer once, for tests and commands. */;
  runAll(): Promise<void>;
};

export type TimerWork = {
  /** Each answers how much it did. */
  seal(): Promise<number>;
  sweep?(): Promise<number>;
  send?(): Promise<number>;
  /** Out of the house: may wait for others, so it has a rhythm of its own. */
  post?(): Promise<number>;
  /** Previews and charges of billing runs, a turn at a time. */
  bill?(): Promise<number>;
  housekeep?(): Promise<number>;
};

const everyMs = { seal: 100, sweep: 500, send: 500, post: 1_000, bill: 200, housekeep: 60_000 };
/** After a commit the feed is at most this late. */
const pokeMs = 20;

export function startTimers(house: House, work: TimerWork, isOn: boolean): Timers {
  const loops = (Object.keys(work) as (keyof TimerWork)[]).map((name) =>
    makeLoop(name, work[name] as () => Promise<number>),
  );

  function makeLoop(name: keyof TimerWork, run: () => Promise<number>) {
    let timer: NodeJS.Timeout | undefined;
    let running: Promise<void> | undefined;
    let again = false;
    let isSoon = false;
    let stopped = false;
    const once = async () => {
      try {
        await run();
      } catch (fault) {
        house.log.error('timer.failed', { timer: name }, fault);
      }
    };
    const tick = () => {
      if (running) {
        again = true;
        return;
      }
      clearTimeout(timer);
      isSoon = false;
      running = once().finally(() => {
        running = undefined;
        if (stopped) return;
        const soon = again;
        again = false;
        timer = setTimeout(tick, soon ? pokeMs : everyMs[name]);
      });
    };
    if (isOn) timer = setTimeout(tick, everyMs[name]);
    return {
      name,
      poke: () => {
        if (!isOn || stopped) return;
        if (running) {
          again = true;
          return;
        }
        // Already on its way: a steady stream of commits must not push it off for ever.
        if (isSoon) return;
        isSoon = true;
        clearTimeout(timer);
        timer = setTimeout(tick, pokeMs);
      },
      once,
      stop: async () => {
        stopped = true;
        clearTimeout(timer);
        await running;
      },
    };
  }

  return {
    poke: () => {
      for (const loop of loops) if (loop.name === 'seal' || loop.name === 'send') loop.poke();
    },
    runAll: async () => {
      for (const name of ['sweep', 'send', 'post', 'bill', 'seal', 'housekeep'] as const)
        await loops.find((loop) => loop.name === name)?.once();
    },
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}
