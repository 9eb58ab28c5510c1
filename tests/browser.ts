// A real Chromium for journeys: pages of people who are signed in, and every fault of every page remembered.
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Person, TestHouse } from './house.ts';

/** How the browser is started: nothing of it may ask the network by itself. */
export const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const wide = { width: 1440, height: 900 };
export const narrow = { width: 390, height: 844 };

export class TestBrowser {
  browser!: Browser;
  /** What the pages themselves threw. */
  readonly faults: string[] = [];

  constructor(private readonly house: TestHouse | null) {}

  async context(options: Parameters<Browser['newContext']>[0] = {}): Promise<BrowserContext> {
    return this.browser.newContext({
      viewport: wide,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      // A mouse of the test presses and lets go within a dialog that still grows, and then has pressed nothing.
      reducedMotion: 'reduce',
      ...options,
    });
  }

  /** A page of this person, signed in already, at a path of the house. */
  async page(person: Person | null, path: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
    const context = await this.context(options);
    if (person && this.house) await context.addCookies([{ ...person.sessionCookie, url: this.house.address }]);
    const page = await context.newPage();
    page.on('pageerror', (fault) => this.faults.push(`${page.url()}: ${fault.message}`));
    if (this.house) await page.goto(this.house.address + path);
    return page;
  }
}

/** One browser for a test file; at its end no page may have thrown. */
export function useBrowser(house: TestHouse | null): TestBrowser {
  const all = new TestBrowser(house);
  beforeAll(async () => {
    all.browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: flags,
    });
  });
  afterAll(async () => {
    await all.browser?.close();
    expect(all.faults).toEqual([]);
  });
  return all;
}
