// Which finished cases owe a follow-up 抽样 (FU1, spec/11 Sampling): of each group of finished cases exactly the planned
// share, by a permutation that follows from the month's secret seed, so that nobody chooses and anybody can check later.

export type SamplePlan = {
  /** The floor of the month; null: none is set, then every one is owed, for nobody decided to leave any out. */
  share: number | null;
  /** Added so that the month's floor holds although some are not reached. */
  room: number;
  /** Cases of one group. */
  of: number;
};

/** Random words from 128 bits of seed (sfc32): the same on every machine. */
function wordsFrom(seed: string, group: number): () => number {
  const part = (index: number) => Number.parseInt(seed.slice(index * 8, index * 8 + 8).padEnd(8, '0'), 16) >>> 0;
  let [a, b, c, counter] = [part(0), part(1), part(2), (part(3) ^ group) >>> 0];
  const next = () => {
    const sum = (a + b + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + sum) >>> 0;
    return sum;
  };
  for (let round = 0; round < 15; round++) next();
  return next;
}

/** Below `bound`, each as likely: words that would favour the first ones are thrown away. */
function below(bound: number, next: () => number): number {
  const fair = Math.floor(0x1_0000_0000 / bound) * bound;
  for (;;) {
    const word = next();
    if (word < fair) return word % bound;
  }
}

/** The places 0 … of − 1 in an order that follows from seed and group. */
export function permutationOf(seed: string, group: number, of: number): number[] {
  const next = wordsFrom(seed, group);
  const places = Array.from({ length: of }, (_, index) => index);
  for (let last = of - 1; last > 0; last--) {
    const other = below(last + 1, next);
    [places[last], places[other]] = [places[other] as number, places[last] as number];
  }
  return places;
}

/** How many of each group are owed: share and room, rounded up, never more than all; of a share of nothing none. */
export const owedOfEach = ({ share, room, of }: SamplePlan): number =>
  share === null ? of : share === 0 ? 0 : Math.max(0, Math.ceil(Math.min(1, share + room) * of - 1e-9));

export type Draw = {
  seed: string;
  /** 0 for the first group of the month. */
  group: number;
  /** Within its group, in the order of finishing. */
  position: number;
  /** What the permutation made of it: the lowest are owed. */
  place: number;
  owed: number;
  of: number;
  share: number | null;
  isOwed: boolean;
};

/** The draw of the month's n-th finished case, counted from 0. */
export function drawOf(seed: string, index: number, plan: SamplePlan): Draw {
  const { of, share } = plan;
  const [group, position] = [Math.floor(index / of), index % of];
  const place = permutationOf(seed, group, of)[position] as number;
  const owed = owedOfEach(plan);
  return { seed, group, position, place, owed, of, share, isOwed: place < owed };
}
