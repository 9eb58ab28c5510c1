// Runs the benchmarks one after the other on a ground of their own, prints a table and writes bench/results/<time>.json
// and the same as a table for people, bench/results/latest.md.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Bench, Row } from './bench.contract.ts';
import { openGround } from './ground.ts';

const folder = import.meta.dirname;
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.slice(0, -'.bench.ts'.length))
  .sort();

const options = new Map<string, string>();
const given = process.argv.slice(2);
for (let index = 0; index < given.length; index++) {
  const one = given[index] as string;
  const next = given[index + 1];
  if (!one.startsWith('--')) continue;
  options.set(one.slice(2), next !== undefined && !next.startsWith('--') ? next : 'true');
}
const say = (line: string) => process.stdout.write(`${line}\n`);
if (options.has('list')) {
  say(names.join('\n'));
  process.exit(0);
}
const only = options.get('only')?.split(',');
const unknown = only?.filter((name) => !names.includes(name)) ?? [];
if (unknown.length > 0) {
  say(`no such benchmark: ${unknown.join(', ')}; there are ${names.join(', ')}`);
  process.exit(2);
}

const rows: (Row & { bench: string })[] = [];
const failed: string[] = [];
const startedAt = new Date();
const ground = await openGround();
try {
  for (const name of only ?? names) {
    say(`── ${name}`);
    const bench = (await import(pathToFileURL(join(folder, `${name}.bench.ts`)).href)) as Bench;
    try {
      await bench.run({
        ground,
        large: options.has('large'),
        options,
        say,
        report: (row) => {
          rows.push({ bench: name, ...row });
          const verdict =
            row.isMet === undefined ? '' : row.isMet ? ` (${row.budget}: met)` : ` (${row.budget}: MISSED)`;
          say(`${row.what} · ${row.measure}: ${row.value}${verdict}  ${JSON.stringify(row.detail)}`);
        },
      });
    } catch (fault) {
      failed.push(name);
      say(`failed: ${fault instanceof Error ? fault.stack : String(fault)}`);
    }
  }
} finally {
  await ground.close();
}

const machine = {
  node: process.versions.node,
  cpu: cpus()[0]?.model ?? '',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
};
mkdirSync(join(folder, 'results'), { recursive: true });
const file = join(folder, 'results', `${startedAt.toISOString().replaceAll(/[:.]/g, '-')}.json`);
writeFileSync(file, `${JSON.stringify({ startedAt, machine, rows, failed }, null, 2)}\n`);

const escaped = (text: string) => text.replaceAll('|', '\\|');
const verdictOf = (row: Row) => (row.isMet === undefined ? '' : row.isMet ? 'met' : '**missed**');
const markdown = [
  '| what | measure | figure | budget | | behind it |',
  '| --- | --- | ---: | --- | --- | --- |',
  ...rows.map((row) => {
    const behind = Object.entries(row.detail).map(([name, value]) => `${name} ${value}`);
    const line = [
      `${row.bench}: ${row.what}`,
      row.measure,
      row.value,
      row.budget ?? '',
      verdictOf(row),
      behind.join(', '),
    ];
    return `| ${line.map((cell) => escaped(String(cell))).join(' | ')} |`;
  }),
  ...failed.map((name) => `| ${name} | failed | | | | |`),
];
writeFileSync(
  join(folder, 'results/latest.md'),
  `${startedAt.toISOString()}, ${machine.cores} cores, ${machine.memoryGiB} GiB, Node ${machine.node}\n\n${markdown.join('\n')}\n`,
);

say('');
const cells = rows.map((row) => [
  `${row.bench}: ${row.what}`,
  row.measure,
  String(row.value),
  row.budget ?? '',
  row.isMet === undefined ? '' : row.isMet ? 'met' : 'MISSED',
]);
const head = ['what', 'measure', 'value', 'budget', ''];
const widths = head.map((title, column) => Math.max(title.length, ...cells.map((line) => (line[column] ?? '').length)));
for (const line of [head, ...cells]) say(line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
say(`\n${file}`);
process.exitCode = failed.length > 0 ? 1 : 0;
