// Every indicator of a month counted again, slowly and from the pages alone (spec/08 Indicators, spec/11 Denominators).
import type { CasePage, Clock, Facts, Unit } from './pages.ts';

export type Row = {
  id: string;
  counts: boolean;
  points?: number;
  at: string;
  level: string | null;
  category: string | null;
  cause: string | null;
  department: string | null;
  building: string | null;
  butlers: string;
};
/** The lot a household below the line lies in. */
export type Home = { building: string; butlers: string };
export type Count = { rows: Row[]; homes: Home[] | null };

const shanghai = (at: string): string => new Date(Date.parse(at) + 8 * 3_600_000).toISOString();
const dayOf = (at: string): string => shanghai(at).slice(0, 10);
const isIn = (at: string, month: string): boolean => shanghai(at).startsWith(month);
const days = 86_400_000;

const nextMonth = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
};
const lastDayOf = (month: string): string =>
  new Date(Date.parse(`${nextMonth(month)}-01T00:00:00Z`) - days).toISOString().slice(0, 10);

/** What group a row falls into, as the page takes a figure apart. */
export const groupings = ['building', 'butler', 'department', 'level', 'category', 'cause', 'hour'] as const;
export type Grouping = (typeof groupings)[number];
export function groupOf(row: Row, by: Grouping): string {
  if (by === 'butler') return row.butlers;
  if (by !== 'hour') return row[by] ?? 'none';
  const local = shanghai(row.at);
  const weekday = new Date(`${local.slice(0, 10)}T00:00:00Z`).getUTCDay();
  return `${weekday === 0 ? 7 : weekday}-${local.slice(11, 13)}`;
}

// ── where it lay ────────────────────────────────────────────────────────────────────────────────────

function butlersAt(facts: Facts, unitId: string | null, buildingId: string | null): string {
  const holding = (test: (area: { buildingIds: string[]; unitIds: string[] }) => boolean) =>
    [...facts.areas].filter(([, area]) => test(area)).map(([id]) => id);
  const own = unitId === null ? [] : holding((area) => area.unitIds.includes(unitId));
  const all = own.length > 0 || buildingId === null ? own : holding((area) => area.buildingIds.includes(buildingId));
  return all.length === 0 ? 'none' : all.sort().join(',');
}

function placeOf(facts: Facts, unitId: string | null): { building: string | null; butlers: string } {
  const unit = unitId === null ? undefined : facts.units.get(unitId);
  const building = unit ? (facts.buildings.get(unit.building) ?? null) : null;
  return { building, butlers: butlersAt(facts, unitId, building) };
}

const rowOf = (facts: Facts, page: CasePage, at: string, counts: boolean): Row => ({
  id: page.id,
  counts,
  // The minute of an anonymous one is nobody's to read off a figure (CP12).
  at: page.anonymous ? `${at.slice(0, 13)}:00:00.000Z` : at,
  level: page.urgency ?? page.severity ?? null,
  category: page.category,
  cause: page.cause ?? null,
  department: page.department,
  ...placeOf(facts, page.unitId),
});

// ── promises ────────────────────────────────────────────────────────────────────────────────────────

const timesOf = (page: CasePage, action: string): string[] =>
  page.timeline
    .filter((entry) => entry.kind === 'move' && entry.action === action)
    .map((entry) => entry.at)
    .sort();

/** Kept by its own dates, whatever state is written beside them. */
const isKept = (clock: Clock): boolean =>
  clock.dueAt !== null && clock.stoppedAt !== null && clock.stoppedAt <= clock.dueAt;

/** Of one kind, those that ended with this month's work: kept all, one broken, or none there. */
function promises(page: CasePage, kind: string, after: string | undefined, until: string): 'kept' | 'broken' | 'none' {
  const ended = page.clocks.filter(
    (clock) =>
      clock.kind === kind &&
      clock.state !== 'void' &&
      clock.stoppedAt !== null &&
      clock.stoppedAt <= until &&
      (after === undefined || clock.stoppedAt > after),
  );
  if (ended.length === 0) return 'none';
  return ended.every(isKept) ? 'kept' : 'broken';
}

// ── repairs ─────────────────────────────────────────────────────────────────────────────────────────

type Finished = { page: CasePage; at: string; finishes: string[]; before: string | undefined };

function finishedIn(facts: Facts, month: string): Finished[] {
  return facts.repairs.flatMap((page) => {
    const all = timesOf(page, 'finish');
    const finishes = all.filter((at) => isIn(at, month));
    const at = finishes.at(-1);
    if (at === undefined) return [];
    const before = all.filter((one) => dayOf(one) < `${month}-01`).at(-1);
    return [{ page, at, finishes, before }];
  });
}

/** Sent back within the standard's days of a finish of this month. */
function isReworked({ page, finishes }: Finished, withinDays: number): boolean {
  const within = withinDays * days;
  return timesOf(page, 'rework').some((back) =>
    finishes.some((finish) => back >= finish && Date.parse(back) - Date.parse(finish) <= within),
  );
}

/** The first signature said yes, and nothing was sent back before it. */
function isAcceptedAtFirst({ page }: Finished): boolean {
  const sign = page.timeline.find((entry) => entry.kind === 'move' && entry.action === 'sign');
  if (!sign) return false;
  const back = timesOf(page, 'rework')[0];
  return sign.facts.satisfied === true && (back === undefined || back >= sign.at);
}

/** Somebody answered when asked about what was finished or handled in this month. */
const isReached = (facts: Facts, caseId: string, month: string, what: readonly string[]): boolean =>
  facts.followUps.some(
    (one) =>
      one.caseId === caseId &&
      one.kind === 'finished' &&
      one.month === month &&
      what.includes(one.what) &&
      one.result !== null &&
      one.result.verdict !== 'not-reached',
  );

// ── complaints ──────────────────────────────────────────────────────────────────────────────────────

const receivedIn = (facts: Facts, month: string): CasePage[] =>
  facts.complaints.filter((page) => !page.mergedInto && isIn(page.receivedAt, month));

/** Stands resolved: nothing was opened again after it was resolved last. */
const isResolved = (page: CasePage): boolean => {
  const last = page.timeline.filter((one) => one.kind === 'move' && ['resolve', 'reopen'].includes(one.action)).at(-1);
  return last?.action === 'resolve';
};

/** Resolved in this month, and so it stood at its end. */
function handledIn(facts: Facts, month: string): { page: CasePage; at: string; before: string | undefined }[] {
  return facts.complaints.flatMap((page) => {
    const all = timesOf(page, 'resolve');
    const at = all.filter((one) => isIn(one, month)).at(-1);
    if (at === undefined || page.mergedInto) return [];
    if (timesOf(page, 'reopen').some((again) => again > at && isIn(again, month))) return [];
    return [{ page, at, before: all.filter((one) => dayOf(one) < `${month}-01`).at(-1) }];
  });
}

/** Delivered units with an owner or occupant on that day; sold ones where nobody wrote the day of delivery down. */
function isHousehold(unit: Unit, day: string): boolean {
  const isDelivered = unit.deliveredOn === null ? unit.state !== 'unsold' : unit.deliveredOn <= day;
  const lives = unit.people.some(
    (one) => one.relation !== 'contact' && one.fromOn <= day && (one.untilOn === null || one.untilOn >= day),
  );
  return isDelivered && lives;
}

// ── visits and surveys ──────────────────────────────────────────────────────────────────────────────

function visitRows(facts: Facts, month: string): Row[] {
  const { roles, perPersonPerMonth } = facts.standard('followUp.householdVisits') as {
    roles: string[];
    perPersonPerMonth: number;
  };
  return facts.staff
    .filter((person) => person.roles.some((role) => roles.includes(role)))
    .map((person) => {
      const held = facts.visits.flatMap((visit) =>
        visit.visitor.id === person.id &&
        ['recorded', 'reviewed'].includes(visit.state) &&
        visit.result &&
        isIn(visit.result.heldAt, month)
          ? [{ unitId: visit.unit.id, at: visit.result.heldAt }]
          : [],
      );
      return {
        id: person.id,
        counts: new Set(held.map((one) => one.unitId)).size >= perPersonPerMonth,
        at:
          held
            .map((one) => one.at)
            .sort()
            .at(-1) ?? new Date(Date.parse(`${month}-01T00:00:00+08:00`)).toISOString(),
        level: null,
        category: null,
        cause: null,
        department: null,
        building: null,
        butlers: 'none',
      };
    });
}

function surveyRows(facts: Facts, month: string, withPoints: boolean): Row[] {
  const { satisfiedFrom } = facts.standard('followUp.surveyScale') as { satisfiedFrom: number };
  return facts.surveys
    .filter((survey) => survey.closedAt !== null && isIn(survey.closedAt, month))
    .flatMap(({ questions, sheets }) =>
      sheets.map((sheet): Row => {
        const overall = questions.findIndex((question) => question.isOverall);
        const steps = [...sheet.steps.values()].filter((step) => !Number.isNaN(step));
        const points = Math.floor(steps.reduce((sum, step) => sum + (step - 1) * 25, 0) / steps.length + 0.5);
        // Which room it was stays out of a figure: of its place only the building, and whose building that is.
        const { building } = placeOf(facts, sheet.unitId);
        return {
          id: sheet.id,
          counts: (sheet.steps.get(overall) ?? 0) >= satisfiedFrom,
          ...(withPoints ? { points } : {}),
          at: sheet.answeredAt,
          level: null,
          category: null,
          cause: null,
          department: null,
          building,
          butlers: butlersAt(facts, null, building),
        };
      }),
    );
}

// ── the table ───────────────────────────────────────────────────────────────────────────────────────

type Formula = {
  count(facts: Facts, month: string): Row[];
  homes?: true;
  target(standard: Facts['standard']): number | null;
  isMet(value: number, target: number): boolean;
};
const atLeast = (value: number, target: number) => value >= target - 1e-12;
const atMost = (value: number, target: number) => value <= target + 1e-12;
const below = (value: number, target: number) => value < target;
const figure = (path: string) => (standard: Facts['standard']) => standard(path) as number;
const share = (path: string, name: string) => (standard: Facts['standard']) =>
  (standard(path) as Record<string, number>)[name] ?? null;
const noTarget = () => null;

export const formulas: Record<string, Formula> = {
  'repair-timeliness': {
    count: (facts, month) =>
      finishedIn(facts, month).map(({ page, at, before }) =>
        rowOf(facts, page, at, promises(page, 'complete', before, at) === 'kept'),
      ),
    target: figure('repair.targets.timeliness'),
    isMet: atLeast,
  },
  'repair-arrival': {
    count: (facts, month) =>
      finishedIn(facts, month).flatMap(({ page, at, before }) => {
        const kept = promises(page, 'on-site', before, at);
        return kept === 'none' ? [] : [rowOf(facts, page, at, kept === 'kept')];
      }),
    target: noTarget,
    isMet: atLeast,
  },
  'repair-rework': {
    count: (facts, month) =>
      finishedIn(facts, month).map((one) =>
        rowOf(facts, one.page, one.at, isReworked(one, facts.standard('repair.reworkWithinDays') as number)),
      ),
    target: figure('repair.targets.rework'),
    isMet: atMost,
  },
  'minor-repairs-passed': {
    count: (facts, month) =>
      finishedIn(facts, month)
        .filter(({ page, before }) => page.urgency === 'ordinary' && before === undefined)
        .map((one) => rowOf(facts, one.page, one.at, isAcceptedAtFirst(one))),
    target: figure('repair.targets.minorPassedAtFirst'),
    isMet: atLeast,
  },
  'repair-follow-up': {
    count: (facts, month) =>
      finishedIn(facts, month).map(({ page, at }) =>
        rowOf(facts, page, at, isReached(facts, page.id, month, ['repair'])),
      ),
    target: (standard) => followUpShare(standard, 'repair'),
    isMet: atLeast,
  },
  'complaints-handled': {
    count: (facts, month) =>
      receivedIn(facts, month).map((page) => rowOf(facts, page, page.receivedAt, isResolved(page))),
    target: figure('complaint.handledTarget'),
    isMet: atLeast,
  },
  'complaint-timeliness': {
    count: (facts, month) =>
      handledIn(facts, month).map(({ page, at, before }) =>
        rowOf(facts, page, at, promises(page, 'complete', before, at) === 'kept'),
      ),
    target: noTarget,
    isMet: atLeast,
  },
  'complaint-answered': {
    count: (facts, month) =>
      receivedIn(facts, month).flatMap((page) => {
        const asked = page.clocks.filter((clock) => clock.kind === 'answer' && clock.state !== 'void');
        return asked.length === 0 ? [] : [rowOf(facts, page, page.receivedAt, asked.every(isKept))];
      }),
    target: figure('complaint.answeredTarget'),
    isMet: atLeast,
  },
  'complaint-follow-up': {
    count: (facts, month) =>
      handledIn(facts, month).map(({ page, at }) =>
        rowOf(facts, page, at, isReached(facts, page.id, month, ['complaint', 'major-critical-event'])),
      ),
    target: (standard) => followUpShare(standard, 'complaint'),
    isMet: atLeast,
  },
  'valid-complaints': {
    count: (facts, month) =>
      receivedIn(facts, month)
        .filter((page) => page.validity === 'valid')
        .map((page) => rowOf(facts, page, page.receivedAt, true)),
    homes: true,
    target: figure('complaint.validBelow'),
    isMet: below,
  },
  'household-visits': { count: visitRows, target: () => 1, isMet: atLeast },
  'satisfaction-rate': {
    count: (facts, month) => surveyRows(facts, month, false),
    target: share('followUp.survey', 'satisfiedRate'),
    isMet: atLeast,
  },
  'satisfaction-index': {
    count: (facts, month) => surveyRows(facts, month, true),
    target: share('followUp.survey', 'index'),
    isMet: atLeast,
  },
};

function followUpShare(standard: Facts['standard'], what: string): number | null {
  const rules = standard('followUps') as { what: string; share: number | null }[];
  return rules.find((one) => one.what === what)?.share ?? null;
}

export function countAgain(facts: Facts, name: string, month: string): Count {
  const formula = formulas[name];
  if (!formula) throw new Error(`no formula for ${name}`);
  const today = dayOf(facts.now);
  const day = today < lastDayOf(month) ? today : lastDayOf(month);
  const homes = formula.homes
    ? [...facts.units.values()]
        .filter((unit) => isHousehold(unit, day))
        .map((unit): Home => {
          const building = facts.buildings.get(unit.building) ?? 'none';
          return { building, butlers: butlersAt(facts, unit.id, building) };
        })
    : null;
  return { rows: formula.count(facts, month), homes };
}
