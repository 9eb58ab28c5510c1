// Times and shares: how long each of many takes, with how many at once.

export type Timing = { perSecond: number; p50Ms: number; p95Ms: number; p99Ms: number; maxMs: number; count: number };

export const roundTo = (value: number, digits = 2): number => Number(value.toFixed(digits));

export function timingOf(samplesMs: readonly number[], elapsedMs: number): Timing {
  const sorted = samplesMs.toSorted((a, b) => a - b);
  const at = (share: number) => roundTo(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return {
    perSecond: roundTo((sorted.length / elapsedMs) * 1000, 1),
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    maxMs: roundTo(sorted.at(-1) ?? 0),
    count: sorted.length,
  };
}

/** `clients` of them at once for `forMs`, each waiting for its answer before the next; the warm-up is not counted. */
export async function measureClosed(
  clients: number,
  forMs: number,
  one: (client: number, turn: number) => Promise<void>,
  warmMs = Math.min(2000, forMs / 3),
): Promise<Timing> {
  let samples: number[] = [];
  const begin = performance.now();
  const countFrom = begin + warmMs;
  const until = countFrom + forMs;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let turn = 0; ; turn++) {
        const startedAt = performance.now();
        if (startedAt >= until) return;
        await one(client, turn);
        const endedAt = performance.now();
        if (startedAt >= countFrom && endedAt <= until) samples.push(endedAt - startedAt);
      }
    }),
  );
  const result = timingOf(samples, forMs);
  samples = [];
  return result;
}

/** The same a fixed number of times, one after the other. */
export async function measureTimes(times: number, one: (turn: number) => Promise<void>, warm = 5): Promise<Timing> {
  for (let turn = 0; turn < warm; turn++) await one(turn);
  const samples: number[] = [];
  const begin = performance.now();
  for (let turn = 0; turn < times; turn++) {
    const startedAt = performance.now();
    await one(turn);
    samples.push(performance.now() - startedAt);
  }
  return timingOf(samples, performance.now() - begin);
}

export async function elapsedMs(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

export const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
