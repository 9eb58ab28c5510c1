// First start on an empty folder and restart with its data, from the process's first moment to its first ready answer.
// Floor: PostgreSQL alone, made and started, started again. Start this on a folder that keeps nothing.
import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { openCluster } from '../src/platform/database/cluster.ts';
import { atMost, type Context } from './bench.contract.ts';
import { startProgram } from './ground.ts';
import { elapsedMs, medianOf, roundTo } from './measure.ts';

const rounds = 3;
const seconds = (values: readonly number[]) => roundTo(medianOf(values) / 1000);

export async function run({ ground, report }: Context): Promise<void> {
  const floor = { first: [] as number[], again: [] as number[] };
  const program = { first: [] as number[], again: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    const bare = join(mkdtempSync(join(ground.folder, 'bare-')), 'data');
    for (const kind of ['first', 'again'] as const) {
      let stop = async () => {};
      floor[kind].push(
        await elapsedMs(async () => {
          const cluster = await openCluster({ dataDir: bare, fsync: true, log: () => {} });
          stop = () => cluster.stop();
        }),
      );
      await stop();
    }
    const dataDir = join(mkdtempSync(join(ground.folder, 'start-')), 'data');
    mkdirSync(dataDir);
    for (const kind of ['first', 'again'] as const) {
      const started = await startProgram([], { DATA_DIR: dataDir });
      program[kind].push(started.readyMs);
      await started.stop();
    }
  }
  for (const [what, kind, most] of [
    ['first start, empty folder', 'first', 10],
    ['restart with its data', 'again', 2],
  ] as const)
    report({
      what,
      measure: 'ready after, s',
      ...atMost(seconds(program[kind]), most),
      detail: { floorS: seconds(floor[kind]), longestS: roundTo(Math.max(...program[kind]) / 1000) },
    });
}
