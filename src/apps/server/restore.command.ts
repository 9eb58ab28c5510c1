// `restore`: a backup into an empty database. The file, the key, the schema and the database are all asked first.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { sealAll } from '../../domain/audit/audit-check.service.ts';
import { leftOutTables, rememberRestore } from '../../domain/backups/backup.service.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { unwrapKey } from '../../platform/backup/key-wrap.ts';
import type { Manifest } from '../../platform/backup/manifest.ts';
import { openBackup } from '../../platform/backup/read-backup.ts';
import { checkEmpty, checkSchema, restoreBackup } from '../../platform/backup/restore-backup.ts';
import type { Access } from '../../platform/database/database.ts';
import { appPassword, appRole, ensureAppRole } from '../../platform/database/roles.ts';
import type { Log } from '../../platform/log.ts';
import { makeFolderStore } from '../../platform/object-store.ts';
import { keepSecretKey, loadSecretKey, makeSecrets } from '../../platform/secrets.ts';
import type { TimeSource } from '../../platform/time-source.ts';
import { secretIn } from './account.command.ts';
import { leastPassphraseLength } from './backup.command.ts';
import { type FoundBreach, findBreaches } from './checks.ts';
import type { Command } from './command.ts';
import { commandWords } from './command.words.ts';
import { connectChecked, findServer, prepare } from './opening.ts';
import { neededOption } from './option.rules.ts';
import { makeHouse, productFolder } from './wiring.ts';

export const restore: Command = async (context) => {
  const { config, log, options, say, time } = context;
  const file = resolve(neededOption(options, 'from'));
  const found: FoundBreach[] = [];
  await restoreFrom({
    file,
    passphrase: secretIn(context, 'passphrase-file', leastPassphraseLength),
    keyFile: config.secretKeyFile,
    dataDir: config.dataDir,
    appUrl: config.databaseAppUrl,
    log,
    time,
    // Alone: a program that served this folder would write into what is being restored.
    findServer: () => findServer(config, log, true),
    onRead: (manifest) => say(commandWords.backupRead(manifest.takenAt, manifest.program)),
    onBreach: (breach) => found.push(breach),
  });
  for (const breach of found) say(commandWords.breach(breach));
  say(found.length === 0 ? commandWords.restored : commandWords.breaches(found.length));
  return found.length === 0 ? 0 : 1;
};

export async function restoreFrom(wanted: {
  file: string;
  passphrase: string | null;
  keyFile: string;
  dataDir: string;
  appUrl: string | null;
  log: Log;
  time: TimeSource;
  findServer(): Promise<{ owner: Access; stop(): Promise<void> }>;
  onRead(manifest: Manifest): void;
  onBreach(breach: FoundBreach): void;
}): Promise<void> {
  const migrationsFolder = join(productFolder(), 'migrations');
  const backup = await openBackup(wanted.file);
  try {
    const { manifest } = backup;
    wanted.onRead(manifest);
    checkSchema(manifest, migrationsFolder);
    const { key, isNew } = keyFor(manifest, wanted.keyFile, wanted.passphrase);
    const server = await wanted.findServer();
    try {
      const client = await connectChecked(server.owner);
      try {
        await checkEmpty(client, appRole, leftOutTables);
        if (isNew) keepSecretKey(wanted.keyFile, key);
        await ensureAppRole(client, appPassword(key));
      } finally {
        await client.end();
      }
      const objects = makeFolderStore(join(wanted.dataDir, 'attachments'));
      await restoreBackup({ backup, owner: server.owner, objects, migrationsFolder });
      const access = await prepare(server.owner, key, wanted.appUrl);
      const { dataDir, log, time } = wanted;
      const house = makeHouse({ access, secretKey: key, dataDir, log, time });
      try {
        await rememberRestore(house, manifest.takenAt);
        await sealAll(house.database);
        await findBreaches(house, server.owner, wanted.onBreach);
      } finally {
        await house.database.close();
      }
    } finally {
      await server.stop();
    }
  } finally {
    await backup.close();
  }
}

/**
 * The key under which the backup's values are sealed: the one in its place, else the one in the file. Refusals:
 * `restore.wrong_key`, `restore.key_missing`, `restore.wrong_passphrase`.
 */
function keyFor(manifest: Manifest, keyFile: string, passphrase: string | null): { key: Buffer; isNew: boolean } {
  const { fingerprint, wrapped } = manifest.key;
  const unwrapped = passphrase !== null && wrapped ? unwrapKey(wrapped, passphrase, fingerprint) : null;
  const facts = { file: keyFile, expected: fingerprint, isWrapped: wrapped !== null };
  if (existsSync(keyFile)) {
    const { key } = loadSecretKey(keyFile);
    const found = makeSecrets(key).fingerprint();
    if (found !== fingerprint) throw new Refusal('restore.wrong_key', { ...facts, found });
    return { key, isNew: false };
  }
  if (!unwrapped) throw new Refusal('restore.key_missing', facts);
  if (makeSecrets(unwrapped).fingerprint() !== fingerprint) throw new Refusal('restore.wrong_key', facts);
  return { key: unwrapped, isNew: true };
}
