// npm run check: types of server and web, lint and format, the structure of the house.
import { existsSync } from 'node:fs';
import { checkNode, install, root, run, say, tool } from './steps.mjs';

checkNode();
install();
const node = process.execPath;
const checks = [
  ['types, server', node, [tool('typescript/bin/tsc'), '-p', 'tsconfig.server.json']],
  ['types, web', node, [tool('typescript/bin/tsc'), '-p', 'tsconfig.web.json']],
  ['lint and format', node, [tool('@biomejs/biome/bin/biome'), 'check', '--diagnostic-level=error']],
];
if (existsSync(`${root}/tests/tidy.test.ts`))
  checks.push(['tidy', node, [tool('vitest/vitest.mjs'), 'run', 'tests/tidy.test.ts', '--reporter=dot']]);
let failed = 0;
for (const [name, command, args] of checks) {
  const code = await run(command, args);
  say(`${code === 0 ? '✓' : '✗'} ${name}`);
  if (code !== 0) failed++;
}
process.exitCode = failed === 0 ? 0 : 1;
