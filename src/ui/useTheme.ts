// Light or dark: the system's choice, or the one made on this device.
import { useSyncExternalStore } from 'react';
import { deviceStore } from './device.ts';

export const themeChoices = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof themeChoices)[number];

const place = 'guanjia:theme';
const listeners = new Set<() => void>();
const systemDark = () => window.matchMedia('(prefers-color-scheme: dark)');

export function themeChoice(): ThemeChoice {
  const kept = deviceStore.getItem(place);
  return themeChoices.find((choice) => choice === kept) ?? 'system';
}

export function chooseTheme(choice: ThemeChoice): void {
  if (choice === 'system') {
    deviceStore.removeItem(place);
    delete document.documentElement.dataset.theme;
  } else {
    deviceStore.setItem(place, choice);
    document.documentElement.dataset.theme = choice;
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  const media = systemDark();
  listeners.add(listener);
  media.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    media.removeEventListener('change', listener);
  };
}

export const useThemeChoice = (): ThemeChoice => useSyncExternalStore(subscribe, themeChoice);

export const useIsDark = (): boolean =>
  useSyncExternalStore(subscribe, () => {
    const choice = themeChoice();
    return choice === 'system' ? systemDark().matches : choice === 'dark';
  });
