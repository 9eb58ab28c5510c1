// npm start: installs and builds where needed, then serves. `npm start -- --demo --clock 2026-11-23T07:45:00+08:00`.
import { build, checkNode, install, run } from './steps.mjs';

checkNode();
install();
await build();
process.exitCode = await run(process.execPath, ['dist/server/main.js', 'serve', ...process.argv.slice(2)]);
