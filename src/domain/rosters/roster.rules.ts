// Who is there 在岗: present at an instant, on shift at an instant, who may stand in for whom, whose roster is whose
// (spec/11 Ladders: absent by roster → stand-in → next up; spec/10 dispatch: active here, on shift).
import { type FieldFault, Refusal } from '../../kernel/refusal.ts';
import { dayOf, type Instant, plusDays, startOfDay } from '../../kernel/time.ts';
import type { Breadth } from '../access/permission.rules.ts';
import type { Role } from '../access/role.contract.ts';

/** Half open: away from `from`, back at `until`; null: until somebody ends it. */
export type Span = { from: Instant; until: Instant | null };
export type AbsenceFact = Span & { id: string; staffId: string; standInId: string | null };
export type ShiftFact = Span & { id: string; staffId: string; role: Role; until: Instant };

export const holds = (span: Span, at: Instant): boolean => span.from <= at && (span.until === null || at < span.until);

/** One that ends at 12:00 and one that begins at 12:00 do not meet. */
export const overlap = (a: Span, b: Span): boolean =>
  (b.until === null || a.from < b.until) && (a.until === null || b.from < a.until);

export type Away = { until: Instant | null; standInId: string | null };

/** Who is away at an instant. Nobody entered: everybody is present. */
export function awayAt(absences: readonly AbsenceFact[], at: Instant): Map<string, Away> {
  return new Map(
    absences
      .filter((one) => holds(one, at))
      .map(({ staffId, until, standInId }): [string, Away] => [staffId, { until, standInId }]),
  );
}

/** The Shanghai day of an instant: what a roster is made for, so that its shifts decide who else is on duty. */
export const dayAround = (at: Instant): { from: Instant; until: Instant } => {
  const day = dayOf(at);
  return { from: startOfDay(day), until: startOfDay(plusDays(day, 1)) };
};

/**
 * On shift in a post. Where no shift of that post touches the day, no roster was made for it and everybody who holds the
 * post is on shift: an empty table must not leave a burst pipe to nobody. Whoever is away is on no shift.
 */
export function isOnShift(
  staffId: string,
  role: Role,
  at: Instant,
  shifts: readonly ShiftFact[],
  away: ReadonlyMap<string, Away>,
): boolean {
  if (away.has(staffId)) return false;
  const today = shifts.filter((one) => one.role === role && overlap(one, dayAround(at)));
  return today.length === 0 || today.some((one) => one.staffId === staffId && holds(one, at));
}

/** Somebody as the roster sees them: the posts they hold here. */
export type Rostered = { id: string; posts: readonly { role: Role; department: string | null }[] };

/** Not of the service centre: no roster holds them and they stand in for nobody. */
const outside: readonly Role[] = ['resident', 'owners_committee', 'developer', 'rental_agency', 'contractor'];
const worksHere = (person: Rostered | undefined): boolean =>
  person?.posts.some((post) => !outside.includes(post.role)) ?? false;

/** The posts of a head's own people, besides those whose post names the head's department. */
const peopleOf: Partial<Record<Role, { department: string; roles: readonly Role[] }>> = {
  engineering_supervisor: {
    department: 'engineering',
    roles: ['engineering_supervisor', 'technician', 'duty_technician'],
  },
};

/** Whether a keeper of rosters may enter something for this person. */
export function isOwnPerson(breadth: Breadth, keeperRoles: readonly Role[], person: Rostered): boolean {
  if (breadth === 'community') return true;
  if (breadth !== 'department') return false;
  return keeperRoles.some((role) => {
    const own = peopleOf[role];
    return own && person.posts.some((post) => own.roles.includes(post.role) || post.department === own.department);
  });
}

export type RosterAsk = {
  keeper: { breadth: Breadth; roles: readonly Role[] };
  /** Everybody with a post in this community, by id. */
  people: ReadonlyMap<string, Rostered>;
  /** Absences and shifts that touch the asked stretch. */
  absences: readonly AbsenceFact[];
  shifts: readonly ShiftFact[];
};

export type AskedAbsence = Span & { staffId: string; standInId: string | null };

/** What is wrong with a new absence, each with its field; throws where the state of things refuses it. */
export function absenceFaults(asked: AskedAbsence, ask: RosterAsk): FieldFault[] {
  const person = ask.people.get(asked.staffId);
  if (!person || !worksHere(person)) return [{ path: 'staffId', code: 'not_staff_here' }];
  if (!isOwnPerson(ask.keeper.breadth, ask.keeper.roles, person))
    throw new Refusal('roster.not_your_people', { staffId: asked.staffId }, 403);
  const other = ask.absences.find((one) => one.staffId === asked.staffId && overlap(one, asked));
  if (other) throw new Refusal('roster.absence_overlaps', { id: other.id, from: other.from, until: other.until });
  if (asked.standInId === null) return [];
  if (asked.standInId === asked.staffId) return [{ path: 'standInId', code: 'stands_in_for_oneself' }];
  if (!worksHere(ask.people.get(asked.standInId))) return [{ path: 'standInId', code: 'stand_in_without_post' }];
  return isAwayWithin(asked.standInId, asked, ask.absences) ? [{ path: 'standInId', code: 'stand_in_is_away' }] : [];
}

/** Away for any part of it: a stand-in who is away too represents nobody. */
export const isAwayWithin = (staffId: string, span: Span, absences: readonly AbsenceFact[]): boolean =>
  absences.some((one) => one.staffId === staffId && overlap(one, span));

export type AskedShift = { staffId: string; role: Role; from: Instant; until: Instant };

export function shiftFaults(asked: AskedShift, ask: RosterAsk): FieldFault[] {
  const person = ask.people.get(asked.staffId);
  if (!person || !worksHere(person)) return [{ path: 'staffId', code: 'not_staff_here' }];
  if (!isOwnPerson(ask.keeper.breadth, ask.keeper.roles, person))
    throw new Refusal('roster.not_your_people', { staffId: asked.staffId }, 403);
  if (!person.posts.some((post) => post.role === asked.role)) return [{ path: 'role', code: 'post_not_held' }];
  const absence = ask.absences.find((one) => one.staffId === asked.staffId && overlap(one, asked));
  if (absence) throw new Refusal('roster.is_absent', { id: absence.id, from: absence.from, until: absence.until });
  const other = ask.shifts.find((one) => one.staffId === asked.staffId && overlap(one, asked));
  if (other) throw new Refusal('roster.shift_overlaps', { id: other.id, from: other.from, until: other.until });
  return [];
}

/** Ended early it is cut to now; what has not begun is taken back; what is over stays as it was. */
export function endOf(absence: Span, now: Instant): { until: Instant } | { removed: true } {
  if (absence.until !== null && absence.until <= now) throw new Refusal('roster.ended_already');
  return absence.from >= now ? { removed: true } : { until: now };
}
