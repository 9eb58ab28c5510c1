// Who sees of an anonymous complaint 匿名投诉 who took it and at which minute (spec/12 Anonymity, CP12): a department must
// not find out from taker and minute who it was that complained about it.
import type { Instant } from '../../kernel/time.ts';
import type { Department, Role } from '../access/role.contract.ts';
import type { ClockAnswer, Person, TimelineEntry } from '../cases/case.contract.ts';
import { clockToTheHour, toTheHour } from '../cases/case-sight.rules.ts';
import type { ComplaintFacts } from './complaint-facts.rules.ts';

export type Viewer = { id: string; roles: readonly Role[] };
export type AnonymityFacts = Pick<
  ComplaintFacts,
  'anonymous' | 'against' | 'againstStaffId' | 'department' | 'firstContactId'
>;

/** `minute`: shown as it is, or to the hour only. Phone, party and unit of an anonymous one are not even stored. */
export type AnonymitySight = { taker: boolean; minute: boolean };
const everything: AnonymitySight = { taker: true, minute: true };
const nothing: AnonymitySight = { taker: false, minute: false };

const departmentOf: Partial<Record<Role, Department>> = {
  cs_supervisor: 'customer-service',
  front_desk: 'customer-service',
  chief_butler: 'customer-service',
  butler: 'customer-service',
  customer_assistant: 'customer-service',
  engineering_supervisor: 'engineering',
  technician: 'engineering',
  duty_technician: 'engineering',
  order_supervisor: 'order',
  environment_supervisor: 'environment',
  environment_assistant: 'environment',
  finance: 'finance',
  cashier: 'finance',
  hr_admin: 'hr',
  cook: 'hr',
};
/** Above the departments, or bound to look at everything. */
const above: readonly Role[] = ['manager', 'general_manager', 'auditor'];
/** Who takes complaints and keeps their register. */
const keepers: readonly Role[] = ['front_desk', 'cs_supervisor'];

export function anonymitySight(viewer: Viewer, complaint: AnonymityFacts): AnonymitySight {
  if (!complaint.anonymous) return everything;
  // Whoever took it knows it anyway; whoever it is about learns nothing, whatever his post.
  if (complaint.firstContactId !== null && viewer.id === complaint.firstContactId) return everything;
  if (viewer.id === complaint.againstStaffId) return nothing;
  if (viewer.roles.some((role) => above.includes(role))) return everything;
  const isAbout = (department: Department | undefined) =>
    department !== undefined &&
    (department === complaint.against || (department === complaint.department && department !== 'customer-service'));
  if (viewer.roles.some((role) => isAbout(departmentOf[role]))) return nothing;
  return viewer.roles.some((role) => keepers.includes(role)) ? everything : nothing;
}

/** In exports the hour is rounded for every reader (spec/12). */
export const exportedTime = (instant: Instant, anonymous: boolean): Instant =>
  anonymous ? toTheHour(instant) : instant;

/** What of a case's answer could tell. */
export type AnonymousView = {
  receivedAt: string;
  createdAt: string;
  unitId: string | null;
  unit: string | null;
  firstContact: Person | null;
  contact: { name: string | null; phone: string | null };
  clocks: ClockAnswer[];
  timeline: TimelineEntry[];
  attachmentIds: string[];
  takenOverAt: string | null;
  /** A lower level that was asked for: by whom and when. */
  lowering: { askedAt: string; askedBy: Person | null } | null;
};

/** An id of version 7 says at which millisecond it was made. */
const tellsTime = (id: string): boolean => id[14] === '7';
const isUuid = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value);
const isInstant = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(value);

/**
 * The answer as this reader may see it. Everything up to the first sending gives away the minute of the talk, and with it
 * each clock that began then and each step of its ladder; what happens afterwards is the department's own. `opaque` gives
 * an id that tells nothing for one that would, the same each time.
 */
export function maskAnonymous<View extends AnonymousView>(
  view: View,
  complaint: Pick<ComplaintFacts, 'anonymous' | 'firstContactId'>,
  sight: AnonymitySight,
  opaque: (id: string) => string,
): View {
  if (!complaint.anonymous) return view;
  const withoutPerson = { ...view, unitId: null, unit: null, contact: { name: null, phone: null } };
  if (sight.taker && sight.minute) return withoutPerson;
  const takerId = complaint.firstContactId;
  const isTaker = (person: { id: string | null } | null) => takerId !== null && person?.id === takerId;
  const sentAt = view.timeline.find((entry) => entry.toState === 'sent')?.at ?? null;
  const isBefore = (at: string) => sentAt === null || at < sentAt;
  const time = (at: string) => (!sight.minute && isBefore(at) ? toTheHour(at) : at);
  const value = (fact: unknown): unknown =>
    Array.isArray(fact) ? fact.map(value) : isUuid(fact) ? opaque(fact) : isInstant(fact) ? time(fact) : fact;
  const shownFile = (id: string) => !tellsTime(id);
  return {
    ...withoutPerson,
    receivedAt: time(view.receivedAt),
    createdAt: time(view.createdAt),
    takenOverAt: view.takenOverAt === null ? null : time(view.takenOverAt),
    attachmentIds: view.attachmentIds.filter(shownFile),
    firstContact: sight.taker ? view.firstContact : null,
    lowering:
      view.lowering === null
        ? null
        : {
            ...view.lowering,
            askedAt: time(view.lowering.askedAt),
            askedBy: sight.taker || !isTaker(view.lowering.askedBy) ? view.lowering.askedBy : null,
          },
    timeline: view.timeline.map((entry) => {
      // A step of a ladder stands so many minutes after the start of its clock.
      const when = (at: string) => (entry.kind === 'clock' && !sight.minute ? toTheHour(at) : time(at));
      return {
        ...entry,
        id: opaque(entry.id),
        at: when(entry.at),
        recordedAt: when(entry.recordedAt),
        ...(isBefore(entry.at) ? { source: 'staff-web' as const } : {}),
        facts: Object.fromEntries(Object.entries(entry.facts).map(([name, fact]) => [name, value(fact)])),
        attachmentIds: entry.attachmentIds.filter(shownFile),
        ...(sight.taker || !isTaker(entry.by) ? {} : { by: null, byRole: null }),
        ...(sight.taker || !isTaker(entry.for) ? {} : { for: null }),
      };
    }),
    clocks: view.clocks.map((clock) => ({
      ...(sight.minute || !isBefore(clock.startedAt) ? clock : clockToTheHour(clock)),
      id: opaque(clock.id),
      ...(sight.taker || !isTaker(clock.owner) ? {} : { owner: { ...clock.owner, id: null, name: null } }),
    })),
  };
}
