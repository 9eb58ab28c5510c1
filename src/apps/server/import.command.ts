// `import <file.xlsx> --community CODE --username NAME [--dry-run] [--partial]`: a workbook taken in at the terminal, also
// while the program serves. Says counts and faults, never what stood in a cell. Exit code 1 when it wasn't taken.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { systemCall } from '../../domain/access/call.ts';
import { findWhoAndWhere } from '../../domain/access/terminal.service.ts';
import { takeFile } from '../../domain/places/import.service.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Command } from './command.ts';
import { commandWords } from './command.words.ts';
import { openHouse } from './opening.ts';
import { neededOption } from './option.rules.ts';

const faultsSaid = 50;

export const importFile: Command = async ({ config, log, time, options, rest, readFile, say }) => {
  const [file] = rest;
  if (file === undefined) throw new Refusal('command.option_missing', { option: 'file' }, 422);
  const [communityCode, username] = [neededOption(options, 'community'), neededOption(options, 'username')];
  let bytes: Buffer;
  try {
    bytes = readFile(file);
  } catch {
    throw new Refusal('command.file_unreadable', { file });
  }
  const folder = mkdtempSync(join(tmpdir(), 'guanjia-import-'));
  const opened = await openHouse(config, log, { exclusive: false, time });
  try {
    const { account, communityId } = await findWhoAndWhere(opened.house, username, communityCode);
    // A copy: the import takes its file over.
    const path = join(folder, 'file.xlsx');
    writeFileSync(path, bytes, { mode: 0o600 });
    const sha256 = createHash('sha256').update(bytes).digest();
    const wish = { kind: 'households', dryRun: options.has('dry-run'), acceptPartial: options.has('partial') } as const;
    const call = systemCall(opened.house, communityId, account);
    const end = await takeFile(call, { path, fileName: basename(file), sha256 }, wish, null);
    say(commandWords.importEnd(end.state, end.rows, end.accepted, end.written, end.rejectedCount));
    const { created, changed } = end.summary;
    for (const noun of new Set([...Object.keys(created), ...Object.keys(changed)]))
      say(commandWords.importCounts(noun, created[noun] ?? 0, changed[noun] ?? 0));
    for (const one of end.rejected.slice(0, faultsSaid)) say(commandWords.importRejected(one));
    if (end.rejectedCount > faultsSaid) say(commandWords.importMore(end.rejectedCount - faultsSaid));
    return end.state === 'done' || end.state === 'previewed' ? 0 : 1;
  } finally {
    await opened.close();
    rmSync(folder, { recursive: true, force: true });
  }
};
