// Warranty 维保期: whether a fault is still the builder's, until which day, which firm answers, and why (RP7, PP1).
import { type Day, plusDays } from '../../kernel/time.ts';

export type KeeperFact = {
  contractorId: string;
  /** null: from the beginning. */
  fromOn: Day | null;
};

export type TermFact = {
  id: string;
  /** Inside the units, or what all share. */
  covers: 'units' | 'common';
  buildingId: string | null;
  unitId: string | null;
  category: string;
  /** 部位; null: the whole category. */
  part: string | null;
  /** One of these two. */
  months: number | null;
  untilOn: Day | null;
  /** Counts from here instead of the delivery. */
  startsOn: Day | null;
  keepers: readonly KeeperFact[];
};

export type ContractorSpan = { activeFrom: Day; activeUntil: Day | null };

/** Where the fault is. Inside a unit, or a common place; the building of a place may be unknown. */
export type WhereFact =
  | { unitId: string; buildingId: string; deliveredOn: Day | null }
  | { unitId: null; buildingId: string | null; deliveredOn: Day | null };

export const warrantyReasons = ['under', 'expired', 'not-begun', 'no-delivery-day', 'no-term'] as const;
export type WarrantyReason = (typeof warrantyReasons)[number];

export type Verdict = {
  isUnder: boolean;
  reason: WarrantyReason;
  termId: string | null;
  category: string;
  part: string | null;
  months: number | null;
  /** The day it counts from; null where the term only names its last day. */
  countsFrom: Day | null;
  /** Still under warranty on this whole day. */
  lastDay: Day | null;
  contractorId: string | null;
  contractorFrom: Day | null;
  /** Who answered before, where the firm changed. */
  contractorBefore: string | null;
  /** The firm that the register names has ended its contract by that day: somebody has to decide. */
  contractorEnded: boolean;
  /** No part was named although the parts of this category differ: judged by the longest, in the customer's favour. */
  isPartOpen: boolean;
};

const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/**
 * The last day of a term of months (民法典 201, 202): the first day is not counted, the period ends with the same day of
 * its last month, and where that month has no such day with the month's last one.
 */
export function lastDayOf(countsFrom: Day, months: number): Day {
  const [year, month, day] = countsFrom.split('-').map(Number) as [number, number, number];
  const index = year * 12 + (month - 1) + months;
  const [toYear, toMonth] = [Math.floor(index / 12), (index % 12) + 1];
  const toDay = Math.min(day, daysInMonth(toYear, toMonth));
  return `${String(toYear).padStart(4, '0')}-${String(toMonth).padStart(2, '0')}-${String(toDay).padStart(2, '0')}`;
}

const spanOf = (term: TermFact, where: WhereFact): { countsFrom: Day | null; lastDay: Day | null } => {
  const countsFrom = term.startsOn ?? where.deliveredOn;
  if (term.untilOn !== null) return { countsFrom, lastDay: term.untilOn };
  return { countsFrom, lastDay: countsFrom === null ? null : lastDayOf(countsFrom, term.months ?? 0) };
};

/** 2: for this unit alone, 1: for its building, 0: everywhere; null: not here. */
function narrowness(term: TermFact, where: WhereFact): number | null {
  if (term.covers !== (where.unitId === null ? 'common' : 'units')) return null;
  if (term.unitId !== null) return term.unitId === where.unitId ? 2 : null;
  if (term.buildingId !== null) return term.buildingId === where.buildingId ? 1 : null;
  return 0;
}

/** Of each part the term that counts here: the one for the unit before the building's before everybody's. */
export function termsHere(terms: readonly TermFact[], where: WhereFact): TermFact[] {
  const best = new Map<string, { term: TermFact; rank: number }>();
  for (const term of terms) {
    const rank = narrowness(term, where);
    if (rank === null) continue;
    const key = JSON.stringify([term.category, term.part]);
    const known = best.get(key);
    if (!known || rank > known.rank) best.set(key, { term, rank });
  }
  return [...best.values()].map((one) => one.term);
}

/** The firm that answers on a day, and the one before it. */
export function keeperOn(
  keepers: readonly KeeperFact[],
  day: Day,
): { keeper: KeeperFact | null; before: KeeperFact | null } {
  const sorted = [...keepers].sort((a, b) => (a.fromOn ?? '').localeCompare(b.fromOn ?? ''));
  const begun = sorted.filter((one) => one.fromOn === null || one.fromOn <= day);
  return { keeper: begun.at(-1) ?? null, before: begun.at(-2) ?? null };
}

const isActive = (span: ContractorSpan | undefined, day: Day): boolean =>
  span !== undefined && span.activeFrom <= day && (span.activeUntil === null || day <= span.activeUntil);

export type WarrantyAsk = {
  where: WhereFact;
  category: string;
  part: string | null;
  /** The day of the report, Shanghai calendar. */
  day: Day;
};

/** What holds at this place on this day, one verdict for each part of the category that has a term. */
function judge(
  term: TermFact,
  ask: WarrantyAsk,
  contractors: ReadonlyMap<string, ContractorSpan>,
  isPartOpen: boolean,
): Verdict {
  const { countsFrom, lastDay } = spanOf(term, ask.where);
  const reason: WarrantyReason =
    lastDay === null
      ? 'no-delivery-day'
      : ask.day > lastDay
        ? 'expired'
        : countsFrom !== null && ask.day < countsFrom
          ? 'not-begun'
          : 'under';
  const { keeper, before } = keeperOn(term.keepers, ask.day);
  const ended = keeper !== null && !isActive(contractors.get(keeper.contractorId), ask.day);
  return {
    isUnder: reason === 'under',
    reason,
    termId: term.id,
    category: term.category,
    part: term.part,
    months: term.months,
    countsFrom,
    lastDay,
    contractorId: reason === 'under' && !ended ? (keeper?.contractorId ?? null) : null,
    contractorFrom: keeper?.fromOn ?? null,
    contractorBefore: before?.contractorId ?? null,
    contractorEnded: reason === 'under' && ended,
    isPartOpen,
  };
}

/**
 * The verdict on a fault. A named part goes by its own term, else by the one of its whole category; without a part the
 * term that runs longest counts, because the customer can't know what the register calls a part.
 */
export function warrantyOf(
  ask: WarrantyAsk,
  terms: readonly TermFact[],
  contractors: ReadonlyMap<string, ContractorSpan>,
): Verdict {
  const here = termsHere(
    terms.filter((term) => term.category === ask.category),
    ask.where,
  );
  const whole = here.find((term) => term.part === null);
  if (ask.part !== null) {
    const term = here.find((one) => one.part === ask.part) ?? whole;
    return term ? judge(term, ask, contractors, false) : noTerm(ask);
  }
  const verdicts = here.map((term) => judge(term, ask, contractors, false));
  const longest = verdicts.reduce<Verdict | null>(
    (best, one) =>
      best === null || rankOf(one) > rankOf(best) || (rankOf(one) === rankOf(best) && one.part === null) ? one : best,
    null,
  );
  if (longest === null) return noTerm(ask);
  const isPartOpen = verdicts.some(
    (one) => one.isUnder !== longest.isUnder || (one.isUnder && one.contractorId !== longest.contractorId),
  );
  return { ...longest, isPartOpen };
}

/** Under before not under, then the later last day. */
const rankOf = (one: Verdict): string => `${one.isUnder ? 1 : 0}${one.lastDay ?? '0000-00-00'}`;

const noTerm = (ask: WarrantyAsk): Verdict => ({
  isUnder: false,
  reason: 'no-term',
  termId: null,
  category: ask.category,
  part: ask.part,
  months: null,
  countsFrom: null,
  lastDay: null,
  contractorId: null,
  contractorFrom: null,
  contractorBefore: null,
  contractorEnded: false,
  isPartOpen: false,
});

/** Everything still running at a place on a day, soonest to end first: the household's list. */
export function runningHere(
  where: WhereFact,
  day: Day,
  terms: readonly TermFact[],
  contractors: ReadonlyMap<string, ContractorSpan>,
): Verdict[] {
  return termsHere(terms, where)
    .map((term) => judge(term, { where, category: term.category, part: term.part, day }, contractors, false))
    .filter((one) => one.isUnder)
    .sort((a, b) => (a.lastDay ?? '').localeCompare(b.lastDay ?? '') || a.category.localeCompare(b.category));
}

/**
 * Which building a common place lies in, by the name it begins with: `3栋大堂` → 3栋. Names of digits alone are followed
 * by 栋, 幢, 座 or 号楼, so that `12栋` is not taken for `1`.
 */
export function buildingOfPlace<Building extends { name: string }>(
  place: string,
  buildings: readonly Building[],
): Building | null {
  const text = place.replaceAll(/\s/g, '');
  const fits = buildings.filter(({ name }) => {
    if (!text.startsWith(name)) return false;
    const next = text.slice(name.length);
    return /\d$/.test(name) ? /^(号楼|栋|幢|座|楼|#)/.test(next) : true;
  });
  return fits.sort((a, b) => b.name.length - a.name.length)[0] ?? null;
}

/** A new firm takes over after the one before it began, and while its own contract runs. */
export function keeperFaults(
  keepers: readonly KeeperFact[],
  next: { contractorId: string; fromOn: Day },
  contractor: ContractorSpan | undefined,
): { path: string; code: string }[] {
  if (!contractor) return [{ path: 'contractorId', code: 'unknown_contractor' }];
  const latest = [...keepers].sort((a, b) => (a.fromOn ?? '').localeCompare(b.fromOn ?? '')).at(-1);
  if (latest && (latest.fromOn ?? '') >= next.fromOn) return [{ path: 'fromOn', code: 'not_after_last_change' }];
  if (latest?.contractorId === next.contractorId) return [{ path: 'contractorId', code: 'same_contractor' }];
  if (!isActive(contractor, next.fromOn)) return [{ path: 'fromOn', code: 'contractor_not_active' }];
  return [];
}

/** The day before a change: what the one before answered until. */
export const dayBefore = (day: Day): Day => plusDays(day, -1);
