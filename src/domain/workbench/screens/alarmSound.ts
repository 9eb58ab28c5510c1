// The sound of an alarm 强提醒, and whether this device is silent.
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { deviceStore } from '../../../ui/device.ts';

/** A loud one sounds again until somebody has acknowledged it. */
const soundAgainMs = 20_000;
const mutePlace = 'guanjia:bell:mute';
const listeners = new Set<() => void>();

const isMuted = () => deviceStore.getItem(mutePlace) === 'true';
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};
export const useIsMute = (): boolean => useSyncExternalStore(subscribe, isMuted);
export function toggleMute(): void {
  deviceStore.setItem(mutePlace, String(!isMuted()));
  for (const listener of listeners) listener();
}

/** Two short tones. Browsers keep a page silent until somebody has touched it; then the next repeat is heard. */
export function useAlarm(isOn: boolean, id: string | null): void {
  const audio = useRef<AudioContext | null>(null);
  useEffect(() => {
    if (!isOn || id === null) return;
    const sound = () => {
      audio.current ??= new AudioContext();
      const context = audio.current;
      void context.resume().then(() => {
        for (const [offset, pitch] of [
          [0, 880],
          [0.22, 660],
        ] as const) {
          const tone = context.createOscillator();
          const volume = context.createGain();
          const start = context.currentTime + offset;
          tone.frequency.value = pitch;
          volume.gain.setValueAtTime(0.0001, start);
          volume.gain.exponentialRampToValueAtTime(0.25, start + 0.02);
          volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.2);
          tone.connect(volume).connect(context.destination);
          tone.start(start);
          tone.stop(start + 0.22);
        }
      });
    };
    sound();
    const timer = setInterval(sound, soundAgainMs);
    return () => clearInterval(timer);
  }, [isOn, id]);
}
