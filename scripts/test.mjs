// npm test: installs and builds where needed, finds a Chromium, runs every test, ends with `N passed, N failed`.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, checkNode, install, root, run, say, stop, tool } from './steps.mjs';

checkNode();
install();
await build();

const { findChromium } = await import('./chromium.mjs');
const chromium = await findChromium();
if (chromium === null)
  stop(
    '没有可用的 Chromium，浏览器测试无法进行。请安装（Debian：apt-get install chromium fonts-noto-cjk）或用 CHROMIUM_PATH 指明。\n' +
      'No working Chromium for the browser tests: install one, or name it by CHROMIUM_PATH.\n0 passed, 1 failed',
  );

const folder = join(root, '.tmp');
const report = join(folder, `tests-${process.pid}.json`);
mkdirSync(folder, { recursive: true });
const code = await run(
  process.execPath,
  [
    tool('vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { env: { ...process.env, CHROMIUM_PATH: chromium } },
);

/** Tests by their outcome; a file that could not load, and a run that broke without naming a test, count as failed. */
function countsOf(path) {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(path, 'utf8'));
    const unloaded = testResults.filter(
      (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
    ).length;
    return { passed: numPassedTests, failed: numFailedTests + unloaded };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

const { passed, failed: counted } = countsOf(report);
rmSync(report, { force: true });
const failed = code !== 0 && counted === 0 ? 1 : counted;
if (code !== 0 && counted === 0) say(`vitest: exit ${code}`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
