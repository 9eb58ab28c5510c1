import { expect, test } from 'vitest';
import { draftKey, readDraft, type TextStore, withoutSecrets, writeDraft } from './draft.ts';

function memory(room = Number.POSITIVE_INFINITY): TextStore & { size: () => number } {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => {
      if (value.length > room) throw new Error('quota');
      values.set(key, value);
    },
    removeItem: (key) => void values.delete(key),
    size: () => values.size,
  };
}
const written = '2026-11-22T06:00:00.000Z';

test('what was typed comes back after a crash', () => {
  const store = memory();
  writeDraft(store, draftKey('lin', 'repair.new'), { description: '厨房漏水' }, written);
  expect(readDraft(store, draftKey('lin', 'repair.new'), '2026-11-22T06:05:00.000Z')).toEqual({
    savedAt: written,
    value: { description: '厨房漏水' },
  });
});

test('two clerks at one computer do not see each other’s drafts', () => {
  const store = memory();
  writeDraft(store, draftKey('lin', 'repair.new'), { description: '厨房漏水' }, written);
  expect(readDraft(store, draftKey('zhao', 'repair.new'), written)).toBeNull();
});

test('a password never lies on the disk, however deep in the form', () => {
  const form = { username: 'admin', adminPassword: 'x', nested: [{ secret: 'y', note: 'z' }], at: null };
  expect(withoutSecrets(form)).toEqual({ username: 'admin', nested: [{ note: 'z' }], at: null });
});

test('a draft of last month is not put before anybody again', () => {
  const store = memory();
  writeDraft(store, draftKey('lin', 'a'), 1, written);
  expect(readDraft(store, draftKey('lin', 'a'), '2026-12-07T06:00:00.000Z')).toBeNull();
  expect(store.size()).toBe(0);
});

test('a clock that is set back loses nothing that was typed', () => {
  const store = memory();
  writeDraft(store, draftKey('lin', 'a'), '厨房漏水', written);
  expect(readDraft(store, draftKey('lin', 'a'), '2026-11-22T05:59:58.000Z')?.value).toBe('厨房漏水');
});

test('a broken draft and a full device disturb nobody', () => {
  const store = memory(60);
  store.setItem(draftKey('lin', 'a'), '{"savedAt":');
  expect(readDraft(store, draftKey('lin', 'a'), written)).toBeNull();
  expect(writeDraft(store, draftKey('lin', 'b'), 'x'.repeat(100), written)).toBe(false);
});
