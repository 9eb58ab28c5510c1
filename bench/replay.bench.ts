// How long the trial of a draft over a demo quarter takes: every clock of the last 13 weeks folded again under it, from the
// press of the button to the table. `--address http://… --password …` for a program that runs already with demo data; else
// a demo is filled (`--scale 0.1` for a small one).
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from './bench.contract.ts';
import { benchPassword, startProgram, Visitor } from './ground.ts';
import { roundTo } from './measure.ts';

const rounds = 3;

export async function run({ ground, options, report }: Context): Promise<void> {
  const address = options.get('address');
  const folder = () => join(mkdtempSync(join(ground.folder, 'replay-')), 'data');
  const env = () => ({ DATA_DIR: folder(), DEMO_PASSWORD: benchPassword });
  const program = address ? null : await startProgram([], env(), ['--demo', '--scale', options.get('scale') ?? '1']);
  try {
    for (const username of ['manager', 'manager-b']) {
      const visitor = await new Visitor(address ?? program?.address ?? '').signIn(
        username,
        options.get('password') ?? benchPassword,
      );
      const read = async (path: string) => JSON.parse((await visitor.get(path)).body);
      const { items } = await read('/communities');
      const base = `/communities/${items[0].id}`;
      const known = (await read(`${base}/standards`)).items.find((one: { state: string }) => one.state === 'draft');
      const draft = known ?? JSON.parse((await visitor.post(`${base}/standards`, {})).body);
      const path = `${base}/standards/${draft.id}`;
      const times: number[] = [];
      const seen = new Set<number>();
      let replay = { state: '', cases: 0, casesDone: 0, counts: [] as { was: Record<string, number> }[] };
      for (let round = 0; round < rounds; round++) {
        const startedAt = performance.now();
        await visitor.post(`${path}/replays`, {});
        for (;;) {
          ({ replay } = await read(`${path}/replay`));
          if (replay.state !== 'running') break;
          seen.add(replay.casesDone);
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
        if (replay.state !== 'done') throw new Error(`the trial ended as ${replay.state}`);
        times.push(performance.now() - startedAt);
      }
      const clocks = replay.counts.reduce(
        (sum, { was }) => sum + Object.values(was).reduce((all, count) => all + count, 0),
        0,
      );
      report({
        what: `a quarter of ${items[0].code}`,
        measure: 'from the press to the table, s',
        value: roundTo((times.toSorted((a, b) => a - b)[1] ?? 0) / 1000),
        detail: { cases: replay.cases, clocks, longestS: roundTo(Math.max(...times) / 1000), progressSeen: seen.size },
      });
      visitor.leave();
    }
  } finally {
    await program?.stop();
  }
}
