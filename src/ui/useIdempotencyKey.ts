// One key per thing somebody means to do once: a double click, a resend after a lost answer and a reload
// carry the same key until it has succeeded, so the server does it once.
import { useCallback, useState } from 'react';
import { newId } from '../kernel/id.ts';
import { devicePerson, deviceStore } from './device.ts';

const prefix = 'guanjia:attempt:';

/** `form` as in useDraft keeps the key over a reload; without it the key lives as long as the component. */
export function useIdempotencyKey(form?: string): { key: string; renew: () => void } {
  const [place] = useState(() => (form === undefined ? null : `${prefix}${devicePerson()}:${form}`));
  const [key, setKey] = useState(() => (place === null ? null : deviceStore.getItem(place)) ?? fresh(place));
  const renew = useCallback(() => {
    if (place !== null) deviceStore.removeItem(place);
    setKey(fresh(place));
  }, [place]);
  return { key, renew };
}

function fresh(place: string | null): string {
  const key = newId();
  if (place !== null) {
    try {
      deviceStore.setItem(place, key);
    } catch {
      // No room on the device: the key then lives in the page only.
    }
  }
  return key;
}
