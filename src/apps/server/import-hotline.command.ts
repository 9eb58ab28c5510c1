// `import-hotline`: a hotline's list of old cases (a JSON object a line, packed or plain) filed as complaints, enquiries and
// suggestions; says the totals by their original names, to be held against the file.
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { hotlineFaultWords, hotlineReportWords } from '../../domain/old-cases/hotline.words.ts';
import { importHotline } from '../../domain/old-cases/old-case.service.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Command } from './command.ts';
import { callOf } from './import.command.ts';
import { openHouse } from './opening.ts';
import { neededOption } from './option.rules.ts';

const mostBytes = 256 * 2 ** 20;
const faultsSaid = 50;

/** `import-hotline --file F --community LYHT --username manager [--partial]`. Says counts and faults, never what a line held. */
export const importHotlineFile: Command = async ({ config, log, options, rest, readFile, say, time }) => {
  const file = rest[0] ?? neededOption(options, 'file');
  const [username, code] = [neededOption(options, 'username'), neededOption(options, 'community')];
  let text: string;
  try {
    const bytes = readFile(file);
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    text = (isPacked ? gunzipSync(bytes, { maxOutputLength: mostBytes }) : bytes).toString('utf8');
  } catch {
    throw new Refusal('command.file_unreadable', { file });
  }
  const opened = await openHouse(config, log, { exclusive: false, time });
  try {
    const call = await callOf(opened.house, username, code);
    const outcome = await importHotline(call, text, options.has('partial'), basename(file));
    for (const fault of outcome.faults.slice(0, faultsSaid)) say(hotlineFaultWords(fault));
    const isWritten = outcome.faults.length === 0 || options.has('partial');
    if (!isWritten) say(hotlineReportWords.nothing(new Set(outcome.faults.map(({ line }) => line)).size));
    say(hotlineReportWords.total(outcome.lines, outcome.written, outcome.unchanged));
    const { kept } = outcome;
    const counted = (read: (row: (typeof kept)[number]) => string) => {
      const counts = new Map<string, number>();
      for (const row of kept) counts.set(read(row), (counts.get(read(row)) ?? 0) + row.cases);
      return [...counts].sort((a, b) => b[1] - a[1]);
    };
    say(
      hotlineReportWords.counts(
        'kinds',
        counted((row) => row.kind ?? ''),
      ),
    );
    say(
      hotlineReportWords.counts(
        'channels',
        counted((row) => row.channel ?? ''),
      ),
    );
    say(
      hotlineReportWords.counts(
        'identities',
        counted((row) => (row.anonymous ? 'anonymous' : 'named')),
      ),
    );
    say(
      hotlineReportWords.transfers(
        kept.reduce((sum, row) => sum + row.handed, 0),
        kept.reduce((sum, row) => sum + row.transfers, 0),
      ),
    );
    return isWritten ? 0 : 1;
  } finally {
    await opened.close();
  }
};
