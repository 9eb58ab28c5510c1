// npm run bench: builds, then measures everything against floors of the same run (`--only create,board`, `--large`,
// `--list`). Answers a table and a file in bench/results/. `storm --file F` replays a real day instead, `lives --file F`
// each report's whole life, `texts --file F` looks at real messages in a running program, `siblings --file F` judges the
// sibling rule by complaints that a person read; `formulas --file F` expresses another system's price
// formulas, `houses --file F` bills a small company's dump, `ledger --sequences N` runs random days of money against a plain model.
import { build, checkNode, install, run, tool } from './steps.mjs';

checkNode();
install();
const [first, ...rest] = process.argv.slice(2);
// The pure ones need no program that is built.
if (!['formulas', 'houses', 'ledger'].includes(first)) await build();
const [script, args] = ['storm', 'lives', 'texts', 'siblings', 'formulas', 'houses', 'ledger'].includes(first)
  ? [`bench/${first}.ts`, rest]
  : ['bench/run.ts', process.argv.slice(2)];
process.exitCode = await run(process.execPath, [tool('tsx/dist/cli.mjs'), script, ...args]);
