// The device's own small memory, which a browser may have closed to the page; then it forgets with the page.
import type { TextStore } from './draft.ts';

const forgetful = (): TextStore => {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
};

function open(): TextStore {
  try {
    window.localStorage.getItem('guanjia:theme');
    return window.localStorage;
  } catch {
    return forgetful();
  }
}

export const deviceStore: TextStore = open();

let person = 'nobody';
/** Whose drafts are read and written; set at sign-in. */
export const setDevicePerson = (id: string): void => {
  person = id;
};
export const devicePerson = (): string => person;
