// Keys of a page: F2, F4, `/`, Ctrl+K, J, K, Enter, Esc. Letters are left alone while somebody types in a field.
import { useEffect, useRef } from 'react';

/** `ctrl+k` also answers to ⌘K. Names as KeyboardEvent.key, in lower case: `f2`, `/`, `enter`, `arrowdown`. */
export type KeyMap = Record<string, (event: KeyboardEvent) => void>;

export function keyName(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): string {
  const name = event.key.toLowerCase();
  const withCtrl = event.ctrlKey || event.metaKey ? `ctrl+${name}` : name;
  return event.altKey ? `alt+${withCtrl}` : withCtrl;
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select'));

/** Keys that may be pressed in the middle of a field, because no field wants them. */
const reachesThroughFields = (name: string): boolean => /^f\d+$/.test(name) || /^(ctrl|alt)\+/.test(name);

export function useKeys(keys: KeyMap, isActive = true): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    if (!isActive) return;
    const onKey = (event: KeyboardEvent) => {
      // An input method is choosing a character: the key belongs to it.
      if (event.defaultPrevented || event.isComposing) return;
      const name = keyName(event);
      const action = current.current[name];
      if (!action || (isTyping(event.target) && !reachesThroughFields(name))) return;
      // Esc in a dialog closes the dialog, and nothing of the page behind it.
      if (name === 'escape' && event.target instanceof Element && event.target.closest('[role="dialog"]')) return;
      // Enter and space on a button or link are that button's.
      if (/^(enter| )$/.test(name) && event.target instanceof Element && event.target.closest('button, a, summary'))
        return;
      event.preventDefault();
      action(event);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [isActive]);
}
