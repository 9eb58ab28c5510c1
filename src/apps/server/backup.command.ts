// `backup`: the whole house in one file, taken beside its work.
import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { sealAll } from '../../domain/audit/audit-check.service.ts';
import type { LastBackup } from '../../domain/backups/backup.contract.ts';
import { attachmentKeys, auditNotes, leftOutTables, rememberBackup } from '../../domain/backups/backup.service.ts';
import { openBackup } from '../../platform/backup/read-backup.ts';
import { takeBackup } from '../../platform/backup/take-backup.ts';
import type { Access } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import { loadSecretKey } from '../../platform/secrets.ts';
import { secretIn } from './account.command.ts';
import type { Command } from './command.ts';
import { commandWords } from './command.words.ts';
import { openHouse } from './opening.ts';
import { neededOption } from './option.rules.ts';
import { productVersion } from './wiring.ts';

/** The shortest passphrase: it stands between a stolen file and everything in it. */
export const leastPassphraseLength = 12;

export const backup: Command = async (context) => {
  const { config, log, options, say, time } = context;
  const file = resolve(neededOption(options, 'to'));
  const passphrase = secretIn(context, 'passphrase-file', leastPassphraseLength);
  const opened = await openHouse(config, log, { exclusive: false, time });
  try {
    const taken = await backUp(opened.house, opened.ownerAccess, {
      file,
      key: loadSecretKey(config.secretKeyFile).key,
      passphrase,
      verify: options.has('verify'),
    });
    say(commandWords.backupTaken(file, taken.bytes, taken.verified));
    if (taken.missing > 0) say(commandWords.filesMissing(taken.missing));
    if (passphrase === null) say(commandWords.keyNotInBackup(config.secretKeyFile));
    return 0;
  } finally {
    await opened.close();
  }
};

export async function backUp(
  house: House,
  owner: Access,
  wanted: { file: string; key: Buffer; passphrase: string | null; verify: boolean },
): Promise<LastBackup & { missing: number }> {
  // So that the heads of the chains in the file stand for all but the last moment.
  await sealAll(house.database);
  const at = house.time.now();
  const { manifest, bytes } = await takeBackup({
    owner,
    objects: house.objects,
    file: wanted.file,
    program: productVersion(),
    takenAt: at,
    key: { bytes: wanted.key, fingerprint: house.secrets.fingerprint() },
    passphrase: wanted.passphrase,
    leftOut: leftOutTables,
    objectKeys: attachmentKeys,
    notes: auditNotes,
  });
  if (wanted.verify) await (await openBackup(wanted.file)).close();
  const taken = { at, fileName: basename(wanted.file), bytes: statSync(wanted.file).size, verified: wanted.verify };
  await rememberBackup(house, taken);
  return { ...taken, bytes, missing: manifest.missingObjects.length };
}
