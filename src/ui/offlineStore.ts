// What the device keeps for times without a signal, in IndexedDB: acts waiting to be sent with their photos, and the last
// answers of the pages that must open in a basement. Everything carries the person whose it is.
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Instant } from '../kernel/time.ts';

export type QueuedAct = {
  /** The order of pressing over everything on this device; given by the store. */
  no?: number;
  /** The Idempotency-Key: however often it is sent, it happens once. */
  key: string;
  personId: string;
  communityId: string;
  /** Strictly in order within one case. */
  caseId: string;
  /** What people call the case, for the tray. */
  caseCode: string;
  /** Below /api/v1, filled in. */
  path: string;
  action: string;
  /** What people call the act, for the tray; without it the page's own words say it. */
  word?: string;
  body: Record<string, unknown>;
  /** The device's time of the press. */
  happenedAt: Instant;
  /** Photos that go first. */
  photoIds: string[];
  /** What was written with it, for the note that keeps it if it is refused. */
  says: string;
  /** Pressed on a page that knew nothing of earlier waiting acts, so its `version` still means something. */
  isFirst: boolean;
  isTried: boolean;
  refusal?: { code: string; title: string };
  /** Key of the note that keeps what was refused; acts under one key are one note. */
  reportKey?: string;
  isReported?: boolean;
};

export type KeptPhoto = {
  id: string;
  personId: string;
  communityId: string;
  blob: Blob;
  state: 'waiting' | 'sent' | 'refused';
  refusal?: string;
  keptAt: Instant;
};

/** As the runner needs it, so that it can be tested without a browser. */
export type OfflineStore = {
  listActs(personId: string): Promise<QueuedAct[]>;
  addAct(act: QueuedAct): Promise<void>;
  putAct(act: QueuedAct): Promise<void>;
  /** Takes the act and the photos that went with it. */
  removeAct(act: QueuedAct): Promise<void>;
  getPhoto(id: string): Promise<KeptPhoto | undefined>;
  putPhoto(photo: KeptPhoto): Promise<void>;
};

type Kept = { personId: string; name: string; answer: unknown };

interface Shape extends DBSchema {
  acts: { key: number; value: QueuedAct; indexes: { person: string } };
  photos: { key: string; value: KeptPhoto; indexes: { person: string } };
  kept: { key: [string, string]; value: Kept };
}

let opened: Promise<IDBPDatabase<Shape>> | undefined;
const open = (): Promise<IDBPDatabase<Shape>> => {
  opened ??= openDB<Shape>('guanjia-offline', 1, {
    upgrade(database) {
      database.createObjectStore('acts', { keyPath: 'no', autoIncrement: true }).createIndex('person', 'personId');
      database.createObjectStore('photos', { keyPath: 'id' }).createIndex('person', 'personId');
      database.createObjectStore('kept', { keyPath: ['personId', 'name'] });
    },
    terminated: () => {
      opened = undefined;
    },
  });
  return opened;
};

export const deviceQueue: OfflineStore = {
  listActs: async (personId) => (await open()).getAllFromIndex('acts', 'person', personId),
  addAct: async (act) => void (await (await open()).add('acts', act)),
  putAct: async (act) => void (await (await open()).put('acts', act)),
  async removeAct(act) {
    const work = (await open()).transaction(['acts', 'photos'], 'readwrite');
    for (const id of act.photoIds) await work.objectStore('photos').delete(id);
    if (act.no !== undefined) await work.objectStore('acts').delete(act.no);
    await work.done;
  },
  getPhoto: async (id) => (await open()).get('photos', id),
  putPhoto: async (photo) => void (await (await open()).put('photos', photo)),
};

export const removePhoto = async (id: string): Promise<void> => (await open()).delete('photos', id);

export const keepAnswer = async (personId: string, name: string, answer: unknown): Promise<void> =>
  void (await (await open()).put('kept', { personId, name, answer }));

export const keptAnswer = async (personId: string, name: string): Promise<unknown> =>
  (await (await open()).get('kept', [personId, name]))?.answer;

/** Of answers whose name begins so, keeps only these: an order that is no longer mine leaves the device. */
export async function keepOnly(personId: string, prefix: string, names: readonly string[]): Promise<void> {
  const database = await open();
  for (const key of await database.getAllKeys('kept'))
    if (key[0] === personId && key[1].startsWith(prefix) && !names.includes(key[1])) await database.delete('kept', key);
}

/** At sign-out: the answers go; acts and photos stay where some still wait, for their person only. */
export async function forgetPerson(personId: string): Promise<void> {
  const database = await open();
  for (const key of await database.getAllKeys('kept')) if (key[0] === personId) await database.delete('kept', key);
  if ((await database.countFromIndex('acts', 'person', personId)) > 0) return;
  for (const id of await database.getAllKeysFromIndex('photos', 'person', personId))
    await database.delete('photos', id);
}
