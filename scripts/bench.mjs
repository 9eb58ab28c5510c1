// npm run bench: builds, then measures everything against floors of the same run (`--only create,board`, `--large`,
// `--list`). Answers a table and a file in bench/results/.
import { build, checkNode, install, run, tool } from './steps.mjs';

checkNode();
install();
await build();
process.exitCode = await run(process.execPath, [tool('tsx/dist/cli.mjs'), 'bench/run.ts', ...process.argv.slice(2)]);
