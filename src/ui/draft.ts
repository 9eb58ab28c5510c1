// Drafts 草稿: what somebody typed and hasn't saved, kept on this device per person and form; never a password.
import type { Instant } from '../kernel/time.ts';

export type Draft<Value> = { savedAt: Instant; value: Value };

/** An unsaved form older than this is no longer what somebody meant to send. */
const keptDays = 14;
const prefix = 'guanjia:draft:';
const secretField = /password|secret|passphrase|^pin$|token|otp/i;

/** Storage as the functions below need it, so that they can be tested without a browser. */
export type TextStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** `person` keeps two clerks at one computer apart. */
export const draftKey = (person: string, form: string): string => `${prefix}${person}:${form}`;

/** The value without fields that must not lie on a disk, at any depth. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !secretField.test(name))
      .map(([name, inner]) => [name, withoutSecrets(inner)]),
  );
}

export function readDraft<Value>(store: TextStore, key: string, now: Instant): Draft<Value> | null {
  const text = store.getItem(key);
  if (text === null) return null;
  try {
    const draft = JSON.parse(text) as Draft<Value>;
    // A device's clock is set back now and then: what was typed "in the future" is not old.
    const age = Math.abs(Date.parse(now) - Date.parse(draft.savedAt));
    if (age <= keptDays * 86_400_000 && draft.value !== undefined) return draft;
  } catch {
    // Not ours or cut off: as good as none.
  }
  store.removeItem(key);
  return null;
}

/** False when the device has no room or keeps nothing; the form goes on without. */
export function writeDraft(store: TextStore, key: string, value: unknown, now: Instant): boolean {
  try {
    store.setItem(key, JSON.stringify({ savedAt: now, value: withoutSecrets(value) }));
    return true;
  } catch {
    return false;
  }
}
