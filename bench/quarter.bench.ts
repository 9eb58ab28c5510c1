// A quarter of the demo counted again: the built program fills a demo, its pages are read over HTTP, and every indicator of
// each month, community and group is held against a slow count from those pages alone. `--scale 0.1` for a small demo,
// `--address http://… --password …` for a program that runs already.
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { atMost, type Context } from './bench.contract.ts';
import { startProgram } from './ground.ts';
import { elapsedMs, roundTo } from './measure.ts';
import { compareMonths, quarterOf } from './recount/compare.ts';
import { type Facts, type Reader, readFacts } from './recount/pages.ts';

const demoPassword = 'a password for benchmarks';

export async function run({ ground, options, report, say }: Context): Promise<void> {
  const address = options.get('address');
  const program = address
    ? null
    : await startProgram(
        [],
        { DATA_DIR: join(mkdtempSync(join(ground.folder, 'quarter-')), 'data'), DEMO_PASSWORD: demoPassword },
        ['--demo', '--scale', options.get('scale') ?? '1'],
      );
  try {
    const at = address ?? program?.address ?? '';
    for (const username of ['manager', 'manager-b']) {
      const reader = await signIn(at, username, options.get('password') ?? demoPassword);
      const { items } = (await reader.json('/communities')) as { items: { id: string; code: string }[] };
      for (const { id, code } of items) {
        let facts: Facts | undefined;
        const readMs = await elapsedMs(async () => {
          facts = await readFacts(reader, id);
        });
        if (!facts) return;
        const months = quarterOf(facts);
        const { differences, figures, rows, groups } = await compareMonths(reader, id, facts, months);
        for (const one of differences) say(JSON.stringify(one));
        report({
          what: `${code}, ${months[0]} to ${months.at(-1)}`,
          measure: 'figures, rows and groups that differ',
          ...atMost(differences.length, 0),
          detail: {
            figures,
            rows,
            groups,
            repairs: facts.repairs.length,
            complaints: facts.complaints.length,
            visits: facts.visits.length,
            readS: roundTo(readMs / 1000),
          },
        });
      }
    }
  } finally {
    await program?.stop();
  }
}

async function signIn(address: string, username: string, password: string): Promise<Reader> {
  const answer = await fetch(`${address}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status}: ${await answer.text()}`);
  const cookie = (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  const get = async (path: string) => {
    const read = await fetch(`${address}/api/v1${path}`, { headers: { cookie } });
    if (read.status !== 200) throw new Error(`${path} answered ${read.status}: ${await read.text()}`);
    return read;
  };
  return {
    json: async (path) => (await get(path)).json(),
    file: async (path) => new Uint8Array(await (await get(path)).arrayBuffer()),
  };
}
