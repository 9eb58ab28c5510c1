// Sheets of paper as Chromium prints them: their sizes in millimetres, and words that leave them or lie on each other.
import { writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const millimetresPerPoint = 25.4 / 72;

/** The sizes of the pages of a PDF, in whole millimetres, as Chromium writes them. */
export async function pagesOf(page: Page, name: string): Promise<string[]> {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  if (process.env.SHOTS) writeFileSync(`${process.env.SHOTS}/${name}.pdf`, pdf);
  return [...pdf.toString('latin1').matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g)].map(
    ([, width, height]) =>
      [width, height].map((points) => Math.round(Number(points) * millimetresPerPoint)).join(' × '),
  );
}

/** Words that leave their sheet or their box, and words that lie on others: there must be none. */
export const misplaced = (page: Page): Promise<string[]> => page.evaluate(findMisplaced);
const findMisplaced = `(() => {
  const faults = [];
  const inked = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return range.getBoundingClientRect();
  };
  for (const sheet of document.querySelectorAll('.paper')) {
    const edge = sheet.getBoundingClientRect();
    for (const one of sheet.querySelectorAll('.at, .line, td, th, h1, header > span, .say')) {
      const box = one.getBoundingClientRect();
      if (box.right > edge.right + 1 || box.bottom > edge.bottom + 1 || box.left < edge.left - 1)
        faults.push('outside the sheet: ' + one.textContent);
      if (one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1) faults.push('cut: ' + one.textContent);
    }
    const placed = [...sheet.querySelectorAll('.at')].filter((one) => one.textContent.trim());
    placed.forEach((one, index) => {
      for (const other of placed.slice(index + 1)) {
        const [a, b] = [inked(one), inked(other)];
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 1 && down > 4) faults.push('on each other: ' + one.textContent + ' | ' + other.textContent);
      }
    });
  }
  return faults;
})()`;
