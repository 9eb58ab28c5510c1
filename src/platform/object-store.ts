// Where the bytes of attachments lie: a folder now; four methods, so that a bucket can follow.
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { newId } from '../kernel/id.ts';

/** Keys are `<community id>/<sha256 hex>`; a key's bytes never change. */
export type ObjectStore = {
  put(key: string, bytes: Buffer): Promise<void>;
  /** null when it is not there. */
  get(key: string): Promise<{ stream: Readable; bytes: number } | null>;
  remove(key: string): Promise<void>;
  list(): AsyncIterable<string>;
};

export function makeFolderStore(folder: string): ObjectStore {
  const pathOf = (key: string) => {
    const [community = '', hash = ''] = key.split('/');
    if (!/^[0-9a-f-]{36}$/.test(community) || !/^[0-9a-f]{64}$/.test(hash)) throw new TypeError('not an object key');
    return join(folder, community, hash.slice(0, 2), hash);
  };
  return {
    async put(key, bytes) {
      const path = pathOf(key);
      const known = await stat(path).catch(() => null);
      if (known?.size === bytes.length) return;
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const partial = `${path}.${newId()}`;
      await writeFile(partial, bytes, { mode: 0o600, flush: true });
      await rename(partial, path);
    },
    async get(key) {
      const path = pathOf(key);
      const known = await stat(path).catch(() => null);
      return known ? { stream: createReadStream(path), bytes: known.size } : null;
    },
    remove: async (key) => {
      await rm(pathOf(key), { force: true });
    },
    async *list() {
      for (const community of await readdir(folder).catch(() => [] as string[]))
        for (const shard of await readdir(join(folder, community)))
          for (const hash of await readdir(join(folder, community, shard)))
            if (/^[0-9a-f]{64}$/.test(hash)) yield `${community}/${hash}`;
    },
  };
}
