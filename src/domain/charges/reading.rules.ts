// Meter readings 抄表 (MN4): what was used, through exchanges and past the last figure of the dial; what stops for
// confirmation; and how what all use together is shared out 公摊. Figures are thousandths of the meter's unit.
import { splitByWeight, sumFen } from '../../kernel/money.ts';
import type { FieldFault } from '../../kernel/refusal.ts';
import { type Day, daysBetween } from '../../kernel/time.ts';

/** From the service standard. */
export type ReadingRule = {
  /** So many times the usual use of a day, or so small a part of it, stops for confirmation. */
  farTimes: number;
  /** Below this use of a day nothing is far: a household that was away comes home. */
  littleThousandths: number;
};

export type Reading = { on: Day; thousandths: number };
/** The old meter's last figure and the new one's first. */
export type MeterExchange = { on: Day; finalThousandths: number; startThousandths: number };

export const readingFindings = [
  'reading_lower_than_last',
  'reading_far_above_usual',
  'reading_far_below_usual',
] as const;
export type ReadingFinding = (typeof readingFindings)[number];
/** How a low figure is explained: the dial began again, or it is what it is and a person has looked again. */
export type ReadingConfirmation = { finding: ReadingFinding; as: 'rolled-over' | 'looked-again'; reason: string };

export type ReadingFacts = {
  last: Reading;
  exchanges: readonly MeterExchange[];
  /** Whole figures on the dial: 99999 is five. */
  dialFigures: number;
  /** What was used in earlier periods; empty: nothing usual is known. */
  before: readonly { days: number; usedThousandths: number }[];
  today: Day;
};

export type ReadingVerdict =
  | { usedThousandths: number; findings: readonly ReadingFinding[]; faults: readonly [] }
  | { usedThousandths: null; findings: readonly ReadingFinding[]; faults: readonly FieldFault[] };

const dialSize = (figures: number): number => 10 ** figures * 1000;

/** What a reading says, what is odd about it, and what makes it no reading at all. */
export function judgeReading(
  reading: Reading,
  facts: ReadingFacts,
  rule: ReadingRule,
  confirmed: readonly ReadingConfirmation[] = [],
): ReadingVerdict {
  const { last, exchanges, dialFigures, today } = facts;
  const faults: FieldFault[] = [];
  if (reading.on > today) faults.push({ path: 'on', code: 'in_the_future' });
  if (reading.on <= last.on) faults.push({ path: 'on', code: 'reading_day_not_after_last', facts: { last: last.on } });
  if (reading.thousandths < 0) faults.push({ path: 'reading', code: 'reading_below_nothing' });
  if (reading.thousandths >= dialSize(dialFigures))
    faults.push({ path: 'reading', code: 'reading_beyond_dial', facts: { figures: dialFigures } });
  const within = exchanges.filter(({ on }) => on > last.on && on <= reading.on).sort((a, b) => (a.on < b.on ? -1 : 1));
  if (faults.length > 0) return { usedThousandths: null, findings: [], faults };

  const findings: ReadingFinding[] = [];
  const isRolledOver = confirmed.some((one) => one.finding === 'reading_lower_than_last' && one.as === 'rolled-over');
  let from = last.thousandths;
  let used = 0;
  for (const { finalThousandths, startThousandths } of within) {
    if (finalThousandths < from)
      return { usedThousandths: null, findings, faults: [{ path: 'exchange', code: 'exchange_lower_than_last' }] };
    used += finalThousandths - from;
    from = startThousandths;
  }
  if (reading.thousandths >= from) used += reading.thousandths - from;
  else {
    findings.push('reading_lower_than_last');
    // Without an exchange and without a dial that began again a lower figure has no use that could be charged.
    if (isRolledOver) used += dialSize(dialFigures) - from + reading.thousandths;
  }
  const far = farFrom(used, daysBetween(last.on, reading.on), facts.before, rule);
  if (far && (isRolledOver || !findings.includes('reading_lower_than_last'))) findings.push(far);
  const open = findings.filter((finding) => !isConfirmed(finding, confirmed));
  return open.length > 0
    ? {
        usedThousandths: null,
        findings: open,
        faults: open.map((code) => ({ path: 'reading', code, facts: { last: last.thousandths } })),
      }
    : { usedThousandths: used, findings, faults: [] };
}

function isConfirmed(finding: ReadingFinding, confirmed: readonly ReadingConfirmation[]): boolean {
  const wanted = finding === 'reading_lower_than_last' ? 'rolled-over' : 'looked-again';
  return confirmed.some((one) => one.finding === finding && one.as === wanted && one.reason.trim() !== '');
}

/** Compares a day's use with the usual day's, in whole numbers: `used ÷ days` against `before ÷ its days`. */
function farFrom(used: number, days: number, before: ReadingFacts['before'], rule: ReadingRule): ReadingFinding | null {
  const usualDays = sumFen(before.map((one) => one.days));
  const usualUsed = sumFen(before.map((one) => one.usedThousandths));
  if (usualDays === 0) return null;
  const [is, usual] = [BigInt(used) * BigInt(usualDays), BigInt(usualUsed) * BigInt(days)];
  const [times, little] = [BigInt(rule.farTimes), BigInt(rule.littleThousandths) * BigInt(days) * BigInt(usualDays)];
  if (is > little && is >= usual * times && is > usual) return 'reading_far_above_usual';
  return usual > little && is * times <= usual ? 'reading_far_below_usual' : null;
}

export type PublicShareFacts = {
  masterThousandths: number;
  units: readonly { unitId: string; usedThousandths: number; areaHundredthsM2: number }[];
  by: 'area' | 'household' | 'usage';
};

/** What the main meter shows beyond all the units', shared out so that the shares sum to it; a fault when it shows less. */
export function sharePublicUse({
  masterThousandths,
  units,
  by,
}: PublicShareFacts):
  | { shares: readonly { unitId: string; shareThousandths: number }[]; fault: null }
  | { shares: null; fault: 'share_below_nothing' | 'share_among_nobody' } {
  const rest = masterThousandths - sumFen(units.map((unit) => unit.usedThousandths));
  if (rest < 0) return { shares: null, fault: 'share_below_nothing' };
  if (units.length === 0 && rest > 0) return { shares: null, fault: 'share_among_nobody' };
  const weight = { area: 'areaHundredthsM2', usage: 'usedThousandths' } as const;
  const whole = splitByWeight(
    rest,
    units.map((unit) => (by === 'household' ? 1 : unit[weight[by]])),
  );
  return {
    shares: units.map(({ unitId }, index) => ({ unitId, shareThousandths: whole[index] as number })),
    fault: null,
  };
}
