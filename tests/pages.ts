// What several journeys do on a page: a picture where pictures are asked for, its width, a case's dialogs by keyboard.
import type { Page } from 'playwright-core';

/** Written where `SHOTS` names a folder. */
export async function shoot(page: Page, name: string): Promise<void> {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true });
}

/** By how many pixels the page is wider than its window. */
export const widerThanWindow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** The dialog of a move opens by its key. */
export async function openMove(page: Page, key: string): Promise<void> {
  await page.locator('.casehead').waitFor();
  await page.keyboard.press(key);
  await page.locator('dialog.move').waitFor();
}

export async function submitMove(page: Page): Promise<void> {
  await page.keyboard.press('Control+Enter');
  await page.locator('dialog.move').waitFor({ state: 'detached' });
}
