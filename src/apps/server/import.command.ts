// `import`: a workbook taken in at the terminal, by the same path as on the page, also while the program serves.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { systemCall } from '../../domain/access/call.ts';
import { may, rolesIn } from '../../domain/access/permission.rules.ts';
import { findAccountByUsername, listCommunities, listGrants } from '../../domain/access/session.store.ts';
import { readImport, startImport } from '../../domain/places/import.service.ts';
import { type ImportAnswer, importKinds } from '../../domain/places/import-run.contract.ts';
import { forbidden, Refusal } from '../../kernel/refusal.ts';
import type { House } from '../../platform/house.ts';
import type { Command } from './command.ts';
import { commandWords } from './command.words.ts';
import { openHouse } from './opening.ts';
import { chosenOption, neededOption, optionOf } from './option.rules.ts';

const askEveryMs = 1_000;
/** A line each; the report on the page holds all. */
const rejectionsSaid = 50;

/**
 * `import F --community LYHT --kind households --username manager [--dry-run] [--partial]`. Says counts and faults, never
 * what stood in a cell.
 */
export const importFile: Command = async ({ config, log, options, rest, readFile, say, time }) => {
  const file = rest[0] ?? neededOption(options, 'file');
  const kind = chosenOption('kind', optionOf(options, 'kind') ?? 'households', importKinds);
  const [username, code] = [neededOption(options, 'username'), neededOption(options, 'community')];
  let bytes: Buffer;
  try {
    bytes = readFile(file);
  } catch {
    throw new Refusal('command.file_unreadable', { file });
  }
  const opened = await openHouse(config, log, { exclusive: false, time });
  const folder = mkdtempSync(join(tmpdir(), 'guanjia-import-'));
  try {
    const call = await callOf(opened.house, username, code);
    const path = join(folder, 'upload.xlsx');
    writeFileSync(path, bytes, { mode: 0o600 });
    let seen: ImportAnswer = await startImport(call, {
      params: { communityId: call.communityId },
      query: undefined,
      body: { kind, dryRun: options.has('dry-run'), acceptPartial: options.has('partial') },
      uploads: [
        {
          field: 'file',
          fileName: basename(file),
          mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
          path,
          bytes: bytes.length,
          sha256: createHash('sha256').update(bytes).digest(),
        },
      ],
    });
    while (seen.state === 'running') {
      say(commandWords.importRunning(seen.rowsRead));
      await wait(askEveryMs);
      seen = await readImport(call, { params: { communityId: call.communityId, id: seen.id } } as never);
    }
    say(commandWords.importEnded(seen));
    for (const one of seen.rejected.slice(0, rejectionsSaid)) say(commandWords.importRejected(one));
    return seen.state === 'done' || seen.state === 'previewed' ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await opened.close();
  }
};

/** As the person named, who must be allowed to import here: the audit then names a hand. */
export async function callOf(house: House, username: string, code: string) {
  return house.database.everywhere(async (tx) => {
    const known = await listCommunities(tx);
    const community = known.find((one) => one.code === code.toUpperCase());
    if (!community) throw new Refusal('community.unknown', { code, known: known.map((one) => one.code) }, 404);
    const account = await findAccountByUsername(tx, username);
    if (!account || account.disabledAt !== null) throw new Refusal('account.unknown', { username }, 404);
    const call = systemCall(house, community.id, account);
    const actor = { ...call.actor, name: account.name, username, grants: await listGrants(tx, account.id) };
    if (!may(actor, 'import.run', community.id)) throw forbidden('import.run');
    return { ...call, actor, roles: rolesIn(actor, community.id), source: 'staff-web' as const };
  });
}
