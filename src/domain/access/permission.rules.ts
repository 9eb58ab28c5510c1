// Who may do what, and how far it reaches (spec/12 Permissions). All that is not in the table is refused.
import type { Role } from './role.contract.ts';

/** How far a permission reaches: the whole community, a butler's area, a head's department, or one's own orders. */
export const breadths = ['own', 'area', 'department', 'community'] as const;
export type Breadth = (typeof breadths)[number];

const everyStaff = [
  'general_manager',
  'head_office',
  'manager',
  'cs_supervisor',
  'front_desk',
  'chief_butler',
  'butler',
  'customer_assistant',
  'cashier',
  'finance',
  'engineering_supervisor',
  'technician',
  'duty_technician',
  'order_supervisor',
  'environment_supervisor',
  'environment_assistant',
  'hr_admin',
  'cook',
  'auditor',
] as const satisfies readonly Role[];

const reach = (breadth: Breadth, ...roles: readonly Role[]): Partial<Record<Role, Breadth>> =>
  Object.fromEntries(roles.map((role) => [role, breadth]));

const butlers = ['butler', 'chief_butler', 'customer_assistant'] as const;
const leaders = ['cs_supervisor', 'manager', 'general_manager'] as const;
const heads = ['engineering_supervisor', 'order_supervisor', 'environment_supervisor'] as const;
/** They lead a department to which a complaint may be sent. */
const officeHeads = ['finance', 'hr_admin'] as const;

const table = {
  // Masked household data and search; technicians and contractors see those of their own open orders only.
  'household.read': {
    ...reach(
      'community',
      'front_desk',
      ...butlers,
      ...leaders,
      'cashier',
      'finance',
      'engineering_supervisor',
      'order_supervisor',
    ),
    ...reach('own', 'technician', 'duty_technician', 'contractor', 'resident'),
  },
  'household.reveal-phone': {
    ...reach('community', 'front_desk', ...butlers, 'cs_supervisor', 'manager', 'cashier'),
    ...reach('own', 'technician', 'duty_technician', 'contractor', 'resident'),
  },
  'household.reveal-identity': reach('community', 'cs_supervisor', 'manager', 'finance'),
  'household.write': reach('community', 'front_desk', 'cs_supervisor', 'manager'),
  // PR3: what the house remembers of a person is for the butler of the area and the supervisor only.
  'household.memory': { ...reach('community', 'cs_supervisor'), ...reach('area', ...butlers) },
  // Registers and old cases are the manager's; what is charged and was paid is finance's, never the administrator's (spec/12).
  'import.run': reach('community', 'manager', 'admin', 'finance'),
  'import.register': reach('community', 'manager', 'admin'),
  'import.money': reach('community', 'manager', 'finance'),
  'contact.write': reach('community', ...everyStaff.filter((role) => role !== 'cook')),
  'contact.read': reach('community', 'front_desk', ...leaders, 'auditor', ...butlers),
  // FD5: the supervisor looks at each day's ledger. FD2: a telephone system's token tells of calls.
  'contact.review': reach('community', ...leaders),
  'telephone.write': reach('community', 'front_desk', 'manager', 'admin'),
  'case.read': {
    ...reach('own', ...everyStaff, 'contractor', 'resident'),
    ...reach('area', ...butlers),
    ...reach('department', ...heads, ...officeHeads),
    ...reach('community', 'front_desk', ...leaders, 'auditor'),
  },
  // RP8: the desk chases each open order; butlers those of their area, heads those of their department.
  'case.remind': {
    ...reach('area', ...butlers),
    ...reach('department', ...heads),
    ...reach('community', 'front_desk', ...leaders),
  },
  'repair.create': {
    ...reach('community', 'front_desk', 'duty_technician', ...butlers, ...leaders, ...heads, 'technician'),
    ...reach('own', 'resident'),
  },
  // Which move is whose is the state table's; this only keeps out those who have none at all.
  'repair.move': {
    ...reach('community', 'front_desk', ...leaders),
    ...reach('area', ...butlers),
    ...reach('department', ...heads),
    ...reach('own', 'technician', 'duty_technician', 'contractor', 'resident'),
  },
  // Follow-ups (spec/12): who calls never had a hand in the work, which the rule looks at; who reviews never called.
  'follow-up.read': {
    ...reach('community', 'front_desk', ...leaders, 'auditor'),
    ...reach('area', ...butlers),
  },
  'follow-up.call': { ...reach('community', 'front_desk', ...leaders), ...reach('area', ...butlers) },
  'follow-up.review': reach('community', ...leaders),
  // FU0, FU5: the supervisor names the callers and reports the month.
  'follow-up.plan': reach('community', ...leaders),
  'follow-up.analysis': reach('community', ...leaders, 'auditor'),
  // Household visits (FU7): who visits is the standard's; arranging for others and reviewing are the leaders'.
  'visit.read': {
    ...reach('own', ...heads),
    ...reach('area', ...butlers),
    ...reach('community', 'front_desk', ...leaders, 'auditor', 'head_office'),
  },
  'visit.move': reach('community', 'front_desk', ...butlers, ...leaders, ...heads),
  'visit.arrange': reach('community', ...leaders),
  'visit.review': reach('community', ...leaders),
  // Surveys (FU8): made by those who lead, entered by the desk and the butlers, read by who answers for the result.
  'survey.read': reach('community', 'front_desk', ...butlers, ...leaders, 'auditor', 'head_office'),
  'survey.write': reach('community', ...leaders),
  'survey.enter': reach('community', 'front_desk', ...butlers, ...leaders),
  // What a visit or a survey leads to: anybody may be asked for an improvement, those who lead look whether it was made.
  'improvement.read': {
    ...reach('own', ...everyStaff),
    ...reach('community', 'front_desk', ...leaders, 'auditor', 'head_office'),
  },
  'improvement.move': reach('community', ...everyStaff),
  'improvement.settle': reach('community', ...leaders),
  // FU5: the supervisor's report, then the manager's reading of it.
  'follow-up.hand-over-month': reach('community', 'cs_supervisor'),
  'follow-up.acknowledge-month': reach('community', 'manager', 'general_manager'),
  // Everybody of the centre takes complaints, residents their own; which move is whose is the state table's.
  'complaint.record': { ...reach('community', ...everyStaff), ...reach('own', 'resident') },
  'complaint.move': { ...reach('community', ...everyStaff), ...reach('own', 'contractor', 'resident') },
  // CP11: statistics and register of a month, to supervisor and manager; they choose whom to visit again.
  'complaint.month': reach('community', ...leaders, 'auditor'),
  'complaint.visits': reach('community', ...leaders),
  'complaint.judge': reach('community', 'manager', 'general_manager'),
  // MG8: everybody of the centre may report one and write down what was done; which move is whose is the state table's.
  'emergency.record': reach('community', ...everyStaff),
  'emergency.move': reach('community', ...everyStaff),
  // Enquiries and suggestions: who took one, whom it was handed to, the desk and its supervisors; the rule decides.
  'enquiry.move': reach('community', ...everyStaff),
  // CP8: the desk enters what comes in writing; a reply leaves with the manager's yes, never the writer's own.
  'letter.read': reach('community', 'front_desk', ...leaders, 'auditor'),
  'letter.write': reach('community', 'front_desk', ...leaders),
  'letter.approve': reach('community', 'manager', 'general_manager'),
  'attachment.write': { ...reach('community', ...everyStaff), ...reach('own', 'contractor', 'resident') },
  'clock.read': {
    ...reach('own', ...everyStaff, 'contractor', 'resident'),
    ...reach('area', ...butlers),
    ...reach('department', ...heads, ...officeHeads),
    ...reach('community', 'front_desk', ...leaders, 'auditor'),
  },
  'staff.read': reach('community', ...everyStaff, 'admin'),
  // Who is there is everybody's to see; entered by those who lead: the centre's by manager and supervisor, the
  // engineers' by their head.
  'roster.read': reach('community', ...everyStaff),
  'roster.write': {
    ...reach('community', 'cs_supervisor', 'manager'),
    ...reach('department', 'engineering_supervisor'),
  },
  'standard.read': reach('community', ...everyStaff, 'admin'),
  'standard.edit': reach('community', 'manager'),
  // Whose a step is follows from its chain; this only keeps out those who have none at all.
  'approval.read': { ...reach('own', ...everyStaff), ...reach('community', ...leaders, 'head_office', 'auditor') },
  'approval.decide': reach('own', ...everyStaff),
  // RP5: the price list is published; its versions and drafts are the staff's.
  'price-list.read': reach('community', ...everyStaff, 'admin', 'contractor', 'resident'),
  'price-list.versions': reach('community', ...everyStaff, 'admin'),
  'price-list.edit': reach('community', 'engineering_supervisor', 'manager'),
  'price-list.approve': reach('community', 'general_manager'),
  // RP7: contact data of all contractors are at hand; who answers for what is kept by those who lead.
  'contractor.read': reach('community', ...everyStaff),
  'contractor.reveal-phone': reach(
    'community',
    'front_desk',
    ...butlers,
    ...leaders,
    ...heads,
    'technician',
    'duty_technician',
  ),
  'contractor.write': reach('community', 'engineering_supervisor', 'cs_supervisor', 'manager'),
  'warranty.read': reach('community', ...everyStaff),
  'warranty.write': reach('community', 'engineering_supervisor', 'cs_supervisor', 'manager'),
  // How the contractors kept their promises: for those who lead and check.
  'scorecard.read': reach('community', ...leaders, 'engineering_supervisor', 'auditor', 'head_office'),
  // Money (spec/12): finance runs, refunds and keeps the books; whoever the standard lets collect takes; the desk reads and
  // prints. Who may take which kind of charge is the standard's.
  'receipt-book.write': reach('community', 'finance'),
  'receipt.read': reach('community', 'front_desk', 'cashier', 'finance', ...leaders, 'auditor'),
  'receipt.void': reach('community', 'front_desk', 'cashier', 'finance'),
  'payment.read': reach('community', 'front_desk', 'cashier', 'finance', ...leaders, 'auditor'),
  'payment.take': reach('community', 'front_desk', 'cashier', 'finance'),
  'payment.reverse': reach('community', 'finance'),
  // MN7: what was paid ahead goes back by finance, approved by another.
  'prepaid.refund': reach('community', 'finance'),
  // MN5a: whoever the standard lets collect goes to the door; another than the collector counts what comes back.
  'doorstep.write': reach('community', 'front_desk', 'cashier', 'finance', 'cs_supervisor', 'manager'),
  'doorstep.receive': reach('community', 'cashier', 'finance'),
  // MN6: an alarm over money is looked into by finance and those above.
  'money-alarm.read': reach('community', 'finance', 'manager', 'general_manager', 'auditor', 'head_office'),
  'money-alarm.settle': reach('community', 'finance', 'manager', 'general_manager'),
  'deposit.write': reach('community', 'front_desk', 'cashier', 'finance'),
  'deposit.refund': reach('community', 'finance'),
  'waiver.ask': reach('community', 'cashier', 'finance', ...leaders),
  // MN1, MN4: prices and readings; MN2: a run is finance's, approved by the manager; its state table says whose each move is.
  'charge-item.read': reach(
    'community',
    'front_desk',
    ...butlers,
    ...leaders,
    'cashier',
    'finance',
    'auditor',
    'head_office',
  ),
  'charge-item.edit': reach('community', 'finance', 'manager'),
  'meter.read': reach(
    'community',
    'front_desk',
    ...leaders,
    'cashier',
    'finance',
    'auditor',
    'engineering_supervisor',
    'technician',
    'duty_technician',
  ),
  'meter.write': reach(
    'community',
    'finance',
    'manager',
    'cashier',
    'engineering_supervisor',
    'technician',
    'duty_technician',
  ),
  'billing-run.read': reach('community', ...leaders, 'cashier', 'finance', 'auditor', 'head_office'),
  'billing-run.move': reach('community', 'finance', 'manager'),
  'charge.read': reach(
    'community',
    'front_desk',
    ...butlers,
    ...leaders,
    'cashier',
    'finance',
    'auditor',
    'head_office',
  ),
  // MN3: notices carry a household's debts; the desk prints and sends them.
  'fee-notice.send': reach('community', 'front_desk', 'cs_supervisor', 'manager', 'cashier', 'finance'),
  'holiday.write': reach('community', 'admin', 'manager'),
  'wall.read': reach('community', ...everyStaff),
  'feed.read': reach('community', ...everyStaff, 'contractor', 'resident', 'admin'),
  // MN12: whoever answers a question about a bill; no names and no numbers of people stand on it.
  'statement.read': {
    ...reach('area', ...butlers),
    ...reach('community', 'front_desk', ...leaders, 'cashier', 'finance', 'auditor'),
  },
  // The books leave the house through finance only.
  'ledger.export': reach('community', 'finance'),
  // MN8: the cashier counts, finance receives and seals; the manager seals where finance is the cashier.
  'daily-close.read': {
    ...reach('own', 'cashier', 'front_desk'),
    ...reach('community', 'finance', 'manager', 'general_manager', 'auditor', 'head_office'),
  },
  'daily-close.count': reach('own', 'cashier', 'front_desk', 'finance'),
  'daily-close.receive': reach('community', 'finance'),
  'daily-close.seal': reach('community', 'finance', 'manager'),
  'daily-close.inspect': reach('community', 'finance'),
  // Money's figures join with the money; finance then reads those.
  'indicator.read': reach('community', ...leaders, 'auditor'),
  'audit.read': reach('community', 'auditor'),
  'account.write': reach('community', 'admin'),
  'role.grant': reach('community', 'admin', 'manager'),
  'token.write': reach('community', 'admin'),
  'setting.write': reach('community', 'admin'),
  'backup.read': reach('community', 'manager', 'general_manager', 'head_office', 'admin'),
} as const satisfies Record<string, Partial<Record<Role, Breadth>>>;

export type Permission = keyof typeof table;
export const permissions = Object.keys(table) as Permission[];
export const permissionTable: Record<Permission, Partial<Record<Role, Breadth>>> = table;
export const isPermission = (text: string): text is Permission => text in table;

export type Grant = { role: Role; communityId: string | null; department: string | null };

/** Who asks. `cut` narrows a machine's token to some communities and permissions. */
export type Actor = {
  accountId: string;
  organizationId: string;
  name: string;
  username: string;
  grants: readonly Grant[];
  cut: { communityIds: readonly string[]; permissions: readonly string[] } | null;
};

/** The posts held in one community, those of the whole organization included. */
export function rolesIn(actor: Actor, communityId: string): Role[] {
  if (actor.cut && !actor.cut.communityIds.includes(communityId)) return [];
  const held = actor.grants.filter((grant) => grant.communityId === null || grant.communityId === communityId);
  return [...new Set(held.map((grant) => grant.role))];
}

/** How far a permission reaches for these posts; null: not at all. The widest post counts. */
export function breadthOf(roles: readonly Role[], permission: Permission): Breadth | null {
  let widest = -1;
  for (const role of roles) {
    const breadth = permissionTable[permission][role];
    if (breadth) widest = Math.max(widest, breadths.indexOf(breadth));
  }
  return breadths[widest] ?? null;
}

/** `may(actor, permission, community)`: null is a no. */
export function may(actor: Actor, permission: Permission, communityId: string): Breadth | null {
  if (actor.cut && !actor.cut.permissions.includes(permission)) return null;
  return breadthOf(rolesIn(actor, communityId), permission);
}

/** Staff who reach past their own get 403; contractors and residents may not learn that it exists: 404 (spec/12). */
export const isOutsider = (roles: readonly Role[]): boolean =>
  roles.every((role) => role === 'contractor' || role === 'resident');
