// Reads the journal that the books are exported as: by hledger itself where it is installed, and by a reader of our own for
// the part of the format that is written. Balances by account, in fen.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const utf8 = { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };
export const hasHledger = spawnSync('hledger', ['--version']).status === 0;

/** Throws at a line that is none of the format, and at a transaction that does not balance. */
export function readJournal(text: string): Map<string, number> {
  const sums = new Map<string, number>();
  let open = 0;
  for (const line of text.split('\n')) {
    const posting = /^ {4}(\S(?:.*?\S)?) {2,}(-?\d+)\.(\d\d) CNY(?: {2}; .*)?$/.exec(line);
    if (posting) {
      const [, account = '', whole = '', part = ''] = posting;
      const fen = Number(`${whole}${part}`);
      sums.set(account, (sums.get(account) ?? 0) + fen);
      open += fen;
    } else if (line === '') {
      if (open !== 0) throw new Error(`a transaction is off by ${open} fen`);
    } else if (!/^(;|commodity |decimal-mark |account |\d{4}-\d\d-\d\d \* \([0-9a-f-]{36}\) )/.test(line))
      throw new Error(`no line of a journal: ${line}`);
  }
  return sums;
}

/** What hledger makes of it, strictly; accounts at zero are not told. */
export function hledgerBalances(text: string): Map<string, number> {
  const folder = mkdtempSync(join(tmpdir(), 'guanjia-journal-'));
  const file = join(folder, 'books.journal');
  writeFileSync(file, text);
  try {
    execFileSync('hledger', ['-f', file, 'check', 'ordereddates', 'commodities'], { env: utf8 });
    const csv = execFileSync('hledger', ['-f', file, 'balance', '-O', 'csv', '--no-total'], { env: utf8 }).toString();
    return new Map(
      csv
        .trim()
        .split('\n')
        .slice(1)
        .map((line): [string, number] => {
          const [account = '', amount = ''] = line.replaceAll('"', '').split(',');
          return [account, Math.round(Number(amount.replace(/[^0-9.-]/g, '')) * 100)];
        }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
