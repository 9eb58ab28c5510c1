// Two browsers with four tabs each look at the board while the program is killed between two changes: no tab misses one,
// none is loaded anew, and each browser holds one stream for all its tabs.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flags } from '../browser.ts';
import { type Person, testPassword } from '../house.ts';
import { clerk, Program, pathOf, type Run, setUp } from '../program.ts';

describe('the board in eight tabs of two browsers', () => {
  const ground = mkdtempSync(join(tmpdir(), 'guanjia-tabs-'));
  const run: Run = { env: { DATA_DIR: join(ground, 'data') } };
  /** Open streams, by the session that holds them. */
  const streams = new Map<IncomingMessage, string>();
  let program: Program;
  let door: Server;
  let browser: Browser;
  let house: { address: string };
  let desk: Person;
  let path = '';

  /** Stands before the program like an office's gateway, so that its address stays, and counts who holds a stream. */
  function openDoor(): Server {
    return createServer((asked, answer) => {
      const { hostname, port } = new URL(program.address);
      const { url = '/', method = 'GET', headers } = asked;
      const inner = request({ hostname, port, path: url, method, headers }, (answered) => {
        if (url.endsWith('/events') && answered.statusCode === 200) {
          streams.set(answered, headers.cookie ?? '');
          answered.once('close', () => streams.delete(answered));
        }
        answer.writeHead(answered.statusCode ?? 502, answered.headers);
        answered.once('error', () => answer.destroy());
        answered.pipe(answer);
      });
      inner.once('error', () => answer.destroy());
      answer.once('close', () => inner.destroy());
      asked.pipe(inner);
    });
  }

  beforeAll(async () => {
    program = await Program.start(run);
    await setUp(program);
    door = openDoor().listen(0, '127.0.0.1');
    await new Promise((resolve) => door.once('listening', resolve));
    house = { address: `http://127.0.0.1:${(door.address() as AddressInfo).port}` };
    desk = await clerk(house, run, ground);
    await clerk(house, run, ground, 'wang');
    path = await pathOf(desk);
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: flags });
  });
  afterAll(async () => {
    await browser?.close();
    door?.closeAllConnections();
    door?.close();
    await program?.stop();
    rmSync(ground, { recursive: true, force: true });
  });

  async function tabsOf(username: string): Promise<Page[]> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 844 }, locale: 'zh-CN' });
    const first = await context.newPage();
    await first.goto(`${house.address}/c/LYHT/cases`);
    await first.locator('input').first().fill(username);
    await first.locator('input[type=password]').fill(testPassword);
    await first.keyboard.press('Enter');
    await first.getByText('中心花园').first().waitFor();
    const others = await Promise.all([1, 2, 3].map(() => context.newPage()));
    await Promise.all(others.map((page) => page.goto(`${house.address}/c/LYHT/cases`)));
    return [first, ...others];
  }

  async function change(): Promise<string> {
    const { status, body } = await desk.post(`${path}/repairs`, {
      place: '中心花园',
      category: 'public-area',
      urgency: 'major',
      description: '路灯不亮',
      channel: 'patrol',
    });
    expect(status).toBe(201);
    return body.code;
  }

  it('misses no change when the program is killed between two, and needs one stream a browser', {
    timeout: 180_000,
  }, async () => {
    const codes = [await change()];
    const tabs = [...(await tabsOf('lin')), ...(await tabsOf('wang'))];
    const showAll = () =>
      Promise.all(tabs.flatMap((tab) => codes.map((code) => tab.getByText(code).first().waitFor({ timeout: 45_000 }))));
    await showAll();
    for (const tab of tabs) await tab.evaluate("window.sameAsBefore = 'yes'");
    await expect.poll(() => streams.size, { timeout: 10_000 }).toBe(2);

    codes.push(await change());
    await showAll();
    // Confirmed, and the program is dead before it could tell anybody.
    codes.push(await change());
    await program.kill();
    program = await Program.start(run);
    codes.push(await change());
    await showAll();

    await expect.poll(() => streams.size, { timeout: 40_000 }).toBe(2);
    expect(new Set(streams.values()).size).toBe(2);
    for (const tab of tabs) expect(await tab.evaluate('window.sameAsBefore')).toBe('yes');
  });
});
