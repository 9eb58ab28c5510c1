// What a browser loads to show the board at a desk and the orders on a phone for the first time: every script it asked
// for, compressed as the program sends it to those who take gzip.
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { atMost, type Context } from './bench.contract.ts';
import { benchPassword, makeAccount, makeBenchCommunity } from './ground.ts';
import { roundTo } from './measure.ts';

const flags = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'];
const kilobytes = (bytes: number) => roundTo(bytes / 1000, 1);

export async function run({ ground, report, say, options }: Context): Promise<void> {
  const base = await ground.database('bench_load');
  const program = await base.serve();
  const browser = await chromium.launch({
    executablePath: options.get('browser') ?? '/usr/bin/chromium',
    args: flags,
  });
  try {
    const community = await makeBenchCommunity(base, 'LOAD', 8);
    await makeAccount(base, 'desk', community.id, ['front_desk']);
    await makeAccount(base, 'technician', community.id, ['technician']);
    for (const page of [
      {
        what: 'staff: the board',
        username: 'desk',
        path: `/c/${community.code}/cases`,
        width: 1440,
        counts: 'script',
        most: 450,
      },
      { what: 'phone: the first page', username: 'technician', path: '/m/', width: 390, counts: 'all', most: 120 },
    ] as const) {
      const context = await browser.newContext({ viewport: { width: page.width, height: 844 }, locale: 'zh-CN' });
      const signIn = await context.request.post(`${program.address}/api/v1/session`, {
        data: { username: page.username, password: benchPassword },
      });
      if (!signIn.ok()) throw new Error(`sign-in answered ${signIn.status()}`);
      const tab = await context.newPage();
      const parts: Promise<{ type: string; name: string; size: number }>[] = [];
      tab.on('response', (answer) => {
        const name = new URL(answer.url()).pathname;
        if (name.startsWith('/api/') || answer.status() !== 200) return;
        parts.push(
          answer.body().then((body) => ({ type: answer.request().resourceType(), name, size: gzipSync(body).length })),
        );
      });
      await tab.goto(program.address + page.path, { waitUntil: 'load' });
      await tab.locator('main, h1').first().waitFor({ timeout: 20_000 });
      await tab.waitForTimeout(1500);
      const loaded = await Promise.all(parts);
      const sum = (some: typeof loaded) => kilobytes(some.reduce((total, one) => total + one.size, 0));
      const scripts = loaded.filter((one) => one.type === 'script' || one.name.endsWith('.js'));
      for (const one of loaded.toSorted((a, b) => b.size - a.size).slice(0, 8))
        say(`  ${kilobytes(one.size)} kB  ${one.name}`);
      if (scripts.length === 0) throw new Error(`${page.path} loaded no script`);
      report({
        what: page.what,
        measure: page.counts === 'script' ? 'scripts, kB gz' : 'all files, kB gz',
        ...atMost(page.counts === 'script' ? sum(scripts) : sum(loaded), page.most),
        detail: { files: loaded.length, scriptsKb: sum(scripts), allKb: sum(loaded) },
      });
      await context.close();
    }
  } finally {
    await browser.close();
    await program.stop();
    await base.close();
  }
}
