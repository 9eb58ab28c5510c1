import { describe, expect, it } from 'vitest';
import { newId } from '../kernel/id.ts';
import { runQueue, type Sender } from './offlineRun.ts';
import type { KeptPhoto, OfflineStore, QueuedAct } from './offlineStore.ts';
import { ProblemError } from './problem.ts';

const start = Date.parse('2026-11-23T01:00:00.000Z');
const problem = (status: number, code: string) => new ProblemError({ status, code, title: code });

/** A device in memory: the same answers as IndexedDB gives. */
function device() {
  const acts: QueuedAct[] = [];
  const photos = new Map<string, KeptPhoto>();
  const store: OfflineStore = {
    listActs: async (personId) => acts.filter((act) => act.personId === personId).map((act) => ({ ...act })),
    addAct: async (act) => void acts.push({ ...act, no: acts.length + 1 }),
    putAct: async (act) => {
      acts[acts.findIndex((one) => one.no === act.no)] = act;
    },
    removeAct: async (act) => {
      for (const id of act.photoIds) photos.delete(id);
      acts.splice(
        acts.findIndex((one) => one.no === act.no),
        1,
      );
    },
    getPhoto: async (id) => photos.get(id),
    putPhoto: async (photo) => void photos.set(photo.id, photo),
  };
  const put = (caseId: string, action: string, more: Partial<QueuedAct> = {}) =>
    store.addAct({
      key: newId(),
      personId: 'me',
      communityId: 'c',
      caseId,
      caseCode: caseId,
      path: `/${caseId}/${action}`,
      action,
      body: {},
      happenedAt: new Date(start - 3_600_000).toISOString(),
      photoIds: [],
      says: '',
      isFirst: true,
      isTried: false,
      ...more,
    });
  const photo = async (id: string) =>
    store.putPhoto({ id, personId: 'me', communityId: 'c', blob: new Blob(), state: 'waiting', keptAt: '' });
  return { acts, store, put, photo };
}

function wire(refuse: (line: string) => ProblemError | undefined = () => undefined) {
  const lines: string[] = [];
  const bodies: Record<string, unknown>[] = [];
  const say = (line: string) => {
    lines.push(line);
    const refused = refuse(line);
    if (refused) throw refused;
  };
  const sender: Sender = {
    act: async (act, body) => {
      bodies.push(body);
      say(`${act.caseId} ${act.action}`);
    },
    photo: async (_, id) => say(`photo ${id}`),
    report: async (acts, ids) =>
      say(`report ${acts.map((act) => act.action)} [${ids}] ${acts[0]?.reportKey ? 'keyed' : ''}`),
  };
  return { lines, bodies, sender };
}
/** Pages that wait for these presses, and what they are told. */
function pages(...keys: string[]) {
  const told = new Map<string, ProblemError>();
  return {
    told,
    has: (key: string) => keys.includes(key),
    refuse: (key: string, error: ProblemError) => told.set(key, error),
  };
}
const run = (store: OfflineStore, sender: Sender, waiters = pages()) =>
  runQueue(store, 'me', sender, () => start, waiters);

describe('what waits on the phone', () => {
  it('goes in the order of pressing, photos first, with the time of the press', async () => {
    const { acts, store, put, photo } = device();
    await photo('p1');
    await put('a', 'arrive');
    await put('a', 'finish', { photoIds: ['p1'] });
    await put('b', 'accept');
    const { lines, bodies, sender } = wire();
    expect((await run(store, sender)).isDone).toBe(true);
    expect(lines).toEqual(['a arrive', 'photo p1', 'a finish', 'b accept']);
    expect(bodies[1]).toEqual({ attachmentIds: ['p1'], happenedAt: '2026-11-23T00:00:00.000Z' });
    expect(acts).toEqual([]);
  });

  it.each([
    ['no answer', 0, 'offline'],
    ['a session that ended', 401, 'unauthenticated'],
    ['a server that starts', 503, 'not_ready'],
  ])('stops at %s and loses nothing', async (_, status, code) => {
    const { acts, store, put } = device();
    await put('a', 'accept');
    await put('a', 'depart');
    const { lines, sender } = wire((line) => (line === 'a accept' ? problem(status, code) : undefined));
    expect((await run(store, sender)).isDone).toBe(false);
    expect(lines).toEqual(['a accept']);
    expect(acts.map((act) => act.action)).toEqual(['accept', 'depart']);
    const again = wire();
    await run(store, again.sender);
    expect(again.lines).toEqual(['a accept', 'a depart']);
  });

  it('keeps all that was refused of one case as one note, under one key even when its answer got lost', async () => {
    const { acts, store, put, photo } = device();
    await photo('p1');
    await put('a', 'accept');
    await put('b', 'accept');
    await put('a', 'finish', { photoIds: ['p1'] });
    let isLost = true;
    const { lines, sender } = wire((line) => {
      if (line.startsWith('a ')) return problem(403, 'forbidden');
      return line.startsWith('report') && isLost ? problem(0, 'offline') : undefined;
    });
    expect((await run(store, sender)).isDone).toBe(false);
    const key = acts[0]?.reportKey;
    isLost = false;
    expect((await run(store, sender)).isDone).toBe(true);
    expect((await run(store, sender)).isDone).toBe(true);
    expect(lines.filter((line) => line.startsWith('report'))).toEqual(Array(2).fill('report accept,finish [p1] keyed'));
    expect(acts.map((act) => [act.action, act.reportKey === key, act.isReported])).toEqual([
      ['accept', true, true],
      ['finish', true, true],
    ]);
  });

  it('leaves out a picture that the server refuses and does the work all the same', async () => {
    const { store, put, photo } = device();
    await photo('bad');
    await photo('good');
    await put('a', 'finish', { photoIds: ['bad', 'good'] });
    const { bodies, sender } = wire((line) =>
      line === 'photo bad' ? problem(415, 'attachment.unreadable') : undefined,
    );
    await run(store, sender);
    expect(bodies).toEqual([expect.objectContaining({ attachmentIds: ['good'] })]);
  });

  it('tells a fresh press at once what the server says, and never touches what is another person’s', async () => {
    const { acts, store, put } = device();
    await put('a', 'accept', { personId: 'other' });
    await put('a', 'accept', { happenedAt: new Date(start - 1_000).toISOString(), key: 'k', body: { version: 3 } });
    const { lines, bodies, sender } = wire(() => problem(412, 'stale_version'));
    const waiters = pages('k');
    await run(store, sender, waiters);
    expect(waiters.told.get('k')?.status).toBe(412);
    expect(bodies).toEqual([{ version: 3 }]);
    expect(lines).toHaveLength(1);
    expect(acts.map((act) => act.personId)).toEqual(['other']);
  });

  it('keeps the refusal of a young press whose page has gone on: nobody else would read it', async () => {
    const { acts, store, put } = device();
    const happenedAt = new Date(start - 1_000).toISOString();
    await put('a', 'record', { happenedAt, key: 'k', body: { version: 3 } });
    const { bodies, sender } = wire((line) => (line === 'a record' ? problem(409, 'move_not_allowed') : undefined));
    await run(store, sender);
    expect(bodies).toEqual([{ version: 3, happenedAt }]);
    expect(acts.map((act) => act.refusal?.code)).toEqual(['move_not_allowed']);
  });

  it('dates the first of several by its press, however young it is: the next may not stand before it', async () => {
    const { store, put } = device();
    const happenedAt = new Date(start - 1_000).toISOString();
    await put('a', 'accept', { happenedAt });
    await put('a', 'depart', { happenedAt, isFirst: false });
    const { bodies, sender } = wire();
    await run(store, sender, { ...pages(), has: () => true });
    expect(bodies).toEqual([{ happenedAt }, { happenedAt }]);
  });
});
