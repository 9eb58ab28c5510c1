// Real messages through the product: after `app -- import --kind cases --file F`, every one is there at its own time, and
// the longest and strangest stand in board, case page and search without breaking the page or running a script.
//   npm run bench -- texts --file F --address http://127.0.0.1:3000 --username supervisor --password … [--community LYHT]
import ExcelJS from 'exceljs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { Visitor } from './ground.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const options = new Map<string, string>();
for (let index = 2; index < process.argv.length; index++) {
  const one = process.argv[index] ?? '';
  if (one.startsWith('--')) options.set(one.slice(2), process.argv[index + 1] ?? 'true');
}
const needed = (name: string): string => {
  const value = options.get(name);
  if (!value) throw new Error(`--${name} is needed`);
  return value;
};

type Message = { at: string; title: string; text: string; isDateCell: boolean };

/** A second reading of the sheet by another library than the product's. */
async function readMessages(file: string): Promise<Message[]> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(file);
  const sheet = book.worksheets[0];
  if (!sheet) throw new Error('the file has no sheet');
  const titles = (sheet.getRow(1).values as unknown[]).map(String);
  const column = (title: string) => titles.indexOf(title);
  const messages: Message[] = [];
  sheet.eachRow((row, number) => {
    if (number === 1) return;
    const when = row.getCell(column('留言时间')).value;
    const isDateCell = when instanceof Date;
    messages.push({
      at: isDateCell ? wallOf(when) : instantOf(String(when)),
      title: String(row.getCell(column('留言主题')).value ?? ''),
      text: String(row.getCell(column('留言详情')).value ?? ''),
      isDateCell,
    });
  });
  return messages;
}

/** A date cell holds wall time as if it were UTC, to the second. */
const wallOf = (date: Date): string => new Date(Math.round(date.getTime() / 1000) * 1000 - 8 * 3_600_000).toISOString();

/** `2019/2/28 11:25:05` in Shanghai. */
function instantOf(text: string): string {
  const [year, month, day, hour = 0, minute = 0, second = 0] = (text.match(/\d+/g) ?? []).map(Number);
  if (!year || !month || !day) throw new Error(`no time: ${text}`);
  return new Date(Date.UTC(year, month - 1, day, hour - 8, minute, second)).toISOString();
}

type Row = { id: string; code: string; receivedAt: string; summary: string; flags: string[] };

async function allImported(visitor: Visitor, path: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (let cursor = ''; ; ) {
    const page = JSON.parse(
      (
        await visitor.get(
          `${path}/cases?kind=repair&state=closed&limit=200${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
        )
      ).body,
    ) as { items: Row[]; nextCursor: string | null };
    rows.push(...page.items.filter((row) => row.flags.includes('imported')));
    if (page.nextCursor === null) return rows;
    cursor = page.nextCursor;
  }
}

const counted = (values: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

const longestRun = (text: string): number => Math.max(0, ...(text.match(/[!-~]+/g) ?? []).map((one) => one.length));

/** The longest, those with the longest words, with signs beyond the common plane, and with signs of markup. */
function strangest(messages: readonly Message[], count: number): Message[] {
  const by = (rank: (one: Message) => number) =>
    messages.toSorted((a, b) => rank(b) - rank(a)).slice(0, Math.ceil(count / 4));
  return [
    ...new Set([
      ...by((one) => one.text.length),
      ...by((one) => longestRun(one.text)),
      ...by((one) => (one.text.match(/[\u{10000}-\u{10ffff}]/gu) ?? []).length),
      ...by((one) => (one.text.match(/[<>&{}"'`\\]/g) ?? []).length),
    ]),
  ].slice(0, count);
}

const widths = [1440, 390] as const;

async function openPage(browser: Browser, address: string, width: number, ran: string[]): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'zh-CN' });
  const page = await context.newPage();
  page.on('dialog', (dialog) => {
    ran.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (fault) => ran.push(fault.message));
  await page.goto(address);
  await page.locator('input').first().fill(needed('username'));
  await page.locator('input[type=password]').fill(needed('password'));
  await page.keyboard.press('Enter');
  await page.locator('input[type=password]').waitFor({ state: 'detached' });
  await page.locator('main, h1').first().waitFor();
  return page;
}

const overflow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

async function main(): Promise<boolean> {
  const messages = await readMessages(needed('file'));
  const dateCells = messages.filter((one) => one.isDateCell).length;
  say(`${messages.length} messages, ${dateCells} date cells, ${messages.length - dateCells} text dates`);
  const address = needed('address');
  const visitor = await new Visitor(address).signIn(needed('username'), needed('password'));
  const code = options.get('community') ?? 'LYHT';
  const { items } = JSON.parse((await visitor.get('/communities')).body) as { items: { id: string; code: string }[] };
  const path = `/communities/${items.find((one) => one.code === code)?.id}`;
  const rows = await allImported(visitor, path);
  const there = counted(rows.map((row) => row.receivedAt));
  const wanted = counted(messages.map((one) => one.at));
  const wrongTimes = [...wanted].filter(([at, count]) => there.get(at) !== count).length;
  say(`${rows.length} on the board, ${wrongTimes} times that differ from the second reading`);

  const chosen = strangest(messages, 60);
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const ran: string[] = [];
  let [broken, unfound, seen] = [0, 0, 0];
  try {
    for (const width of widths) {
      const page = await openPage(browser, address, width, ran);
      for (const message of chosen) {
        const row = rows.find((one) => one.receivedAt === message.at && one.summary.startsWith(firstWords(message)));
        if (!row) {
          unfound++;
          say(`not on the board: ${message.at}`);
          continue;
        }
        if (width === widths[0]) {
          const words = encodeURIComponent(searchWords(message));
          const found = JSON.parse((await visitor.get(`${path}/cases?q=${words}&limit=200`)).body) as { items: Row[] };
          if (!found.items.some((one) => one.id === row.id)) {
            unfound++;
            say(`not found by words: ${row.code}`);
          }
        }
        for (const place of [`repairs/${row.id}`, `cases?state=closed&q=${row.code}`]) {
          await page.goto(`${address}/c/${code}/${place}`);
          await page.getByText(row.code).first().waitFor();
          const over = await overflow(page);
          if (over > 0) {
            broken++;
            say(`${row.code} at ${width}: the page is ${over} px too wide (${place.split('/')[0]})`);
          }
          seen++;
        }
      }
    }
  } finally {
    await browser.close();
    visitor.leave();
  }
  const scripts = ran.filter((one) => !one.startsWith('ResizeObserver'));
  say(`${seen} pages seen, ${broken} too wide, ${unfound} not found, ${scripts.length} scripts ran or faults`);
  for (const one of scripts.slice(0, 5)) say(`  ${one}`);
  return rows.length === messages.length && wrongTimes === 0 && broken + unfound + scripts.length === 0;
}

const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim();
/** How the board's line begins: the title, else the text. */
const firstWords = (message: Message): string => tidy(message.title || message.text).slice(0, 6);
/** The search knows a text's first pairs of characters, some 400; words from there, as somebody would remember them. */
const known = 350;
const searchWords = (message: Message): string =>
  (`${message.title}\n${message.text.trim()}`.slice(0, known).match(/[一-鿿]{4,}/g) ?? [])
    .toSorted((a, b) => b.length - a.length)[0]
    ?.slice(0, 6) ?? '';

const isGood = await main();
say(isGood ? 'all well' : 'NOT all well');
process.exitCode = isGood ? 0 : 1;
