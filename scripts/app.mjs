// npm run app -- <command>: any command of the program (`backup --to F`, `verify`, `user add` …), built first.
import { build, checkNode, install, run } from './steps.mjs';

checkNode();
install();
await build({ only: ['server'] });
process.exitCode = await run(process.execPath, [
  '--enable-source-maps',
  'dist/server/main.js',
  ...process.argv.slice(2),
]);
