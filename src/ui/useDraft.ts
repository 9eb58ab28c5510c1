// A form that survives a crash, a closed tab and a sign-out: its values go to this device while one types.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Instant } from '../kernel/time.ts';
import { devicePerson, deviceStore } from './device.ts';
import { draftKey, readDraft, writeDraft } from './draft.ts';

const writeAfterMs = 250;
/** Drafts are stamped with the device's own time: they never leave it. */
const deviceNow = (): Instant => new Date().toISOString();

export type DraftState<Value> = {
  value: Value;
  setValue: (next: Value | ((before: Value) => Value)) => void;
  /** When the restored draft was last touched; null: nothing was restored. */
  restoredAt: Instant | null;
  /** After saving, or when somebody starts afresh. */
  clear: () => void;
};

/** `form` names the form and what it is about: `repair.new`, `complaint.respond:018f…`. */
export function useDraft<Value>(form: string, initial: Value): DraftState<Value> {
  const [key] = useState(() => draftKey(devicePerson(), form));
  const [start] = useState(() => readDraft<Value>(deviceStore, key, deviceNow()));
  const [value, setValueOnly] = useState<Value>(start ? mergeOver(initial, start.value) : initial);
  const [restoredAt, setRestoredAt] = useState<Instant | null>(start?.savedAt ?? null);
  const [first] = useState(() => initial);
  const waiting = useRef<{ value: Value } | null>(null);

  const flush = useCallback(() => {
    if (waiting.current === null) return;
    writeDraft(deviceStore, key, waiting.current.value, deviceNow());
    waiting.current = null;
  }, [key]);

  const setValue = useCallback(
    (next: Value | ((before: Value) => Value)) => {
      setValueOnly((before) => {
        const after = typeof next === 'function' ? (next as (before: Value) => Value)(before) : next;
        if (waiting.current === null) setTimeout(flush, writeAfterMs);
        waiting.current = { value: after };
        return after;
      });
    },
    [flush],
  );

  const clear = useCallback(() => {
    waiting.current = null;
    deviceStore.removeItem(key);
    setRestoredAt(null);
    setValueOnly(first);
  }, [key, first]);

  useEffect(() => {
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [flush]);

  return { value, setValue, restoredAt, clear };
}

/** A draft of an older release may lack a field that the form has now. */
function mergeOver<Value>(initial: Value, restored: Value): Value {
  const isRecord = (one: unknown): one is object => one !== null && typeof one === 'object' && !Array.isArray(one);
  return isRecord(initial) && isRecord(restored) ? { ...initial, ...restored } : restored;
}
