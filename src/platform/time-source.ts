// The only source of business time (spec/12 Time). A demo database can run on a clock of its own that starts
// elsewhere and only moves forward; sessions and brakes use the machine's time.
import { Refusal } from '../kernel/refusal.ts';
import { type Instant, instantOf, msOf } from '../kernel/time.ts';

export type TimeSource = {
  now(): Instant;
  /** The offset to the machine's clock; 0 outside demo runs. */
  offsetMs(): number;
  /** Forward only; refused where no test clock was asked for. */
  moveTo(to: Instant): void;
  isMovable(): boolean;
};

/** Sessions, second factors and brakes: the machine's own time, whatever the demo clock says. */
export const machineMs = (): number => Date.now();

export function makeTimeSource(options: { startAt?: Instant; movable?: boolean } = {}): TimeSource {
  let offset = options.startAt ? msOf(options.startAt) - Date.now() : 0;
  const isMovable = options.movable ?? options.startAt !== undefined;
  return {
    now: () => instantOf(Date.now() + offset),
    offsetMs: () => offset,
    isMovable: () => isMovable,
    moveTo(to) {
      if (!isMovable) throw new Refusal('clock.not_movable');
      const wanted = msOf(to) - Date.now();
      if (wanted < offset) throw new Refusal('clock.forward_only');
      offset = wanted;
    },
  };
}
