// npm run bench: builds, then measures everything against floors of the same run (`--only create,board`, `--large`,
// `--list`). Answers a table and a file in bench/results/. `storm --file F` replays a real day instead, `lives --file F`
// each report's whole life, `texts --file F` looks at real messages in a running program, `siblings --file F` judges the
// sibling rule by complaints that a person read.
import { build, checkNode, install, run, tool } from './steps.mjs';

checkNode();
install();
await build();
const [first, ...rest] = process.argv.slice(2);
const [script, args] = ['storm', 'lives', 'texts', 'siblings'].includes(first)
  ? [`bench/${first}.ts`, rest]
  : ['bench/run.ts', process.argv.slice(2)];
process.exitCode = await run(process.execPath, [tool('tsx/dist/cli.mjs'), script, ...args]);
