// Whose time it was 计时归属 (spec/11, 6): each interval of a clock is charged to one party; in whole seconds and minutes
// too the parts sum to the whole, whatever is rounded away.
import { minuteMs } from '../../kernel/time.ts';
import { type ChargeParty, chargePartySchema } from './clock.contract.ts';

export const chargeParties = chargePartySchema.options;
export type Charged = Record<ChargeParty, number>;
export const nothingCharged: Charged = { customer: 0, centre: 0, department: 0, contractor: 0 };

/**
 * Units of each party, summing to the units of the total. Cut at running totals, so that nobody gains or loses a full
 * unit: rounded one by one, three parties of half a minute would be three minutes or none, and together they are 1:30.
 */
function chargedUnits(spentMs: Charged, unitMs: number, round: (units: number) => number): Charged {
  const charged = { ...nothingCharged };
  let running = 0;
  let given = 0;
  for (const party of chargeParties) {
    running += spentMs[party];
    const units = round(running / unitMs);
    charged[party] = units - given;
    given = units;
  }
  return charged;
}

export const chargedSeconds = (spentMs: Charged): Charged => chargedUnits(spentMs, 1000, Math.floor);
/** Begun minutes, as `spentMinutes` counts them. */
export const chargedMinutes = (spentMs: Charged): Charged => chargedUnits(spentMs, minuteMs, Math.ceil);

export const sumCharged = (charged: Charged): number => chargeParties.reduce((sum, party) => sum + charged[party], 0);

export const addCharged = (a: Charged, b: Charged): Charged =>
  Object.fromEntries(chargeParties.map((party) => [party, a[party] + b[party]])) as Charged;
