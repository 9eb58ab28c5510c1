// The pages of the phone app: a slice that has one adds its line here. No page may load antd.
import type { ComponentType } from 'react';
import type { PhonePageName } from './phone.words.ts';

export type PhonePage = {
  /** Behind `/m/`, one word: `orders`; the page gets what follows as `rest`: `/m/orders/018f…` → `018f…`. */
  path: string;
  /** In the bar at the bottom under this name; without it the page is reached from others. */
  name?: PhonePageName;
  permission: string | null;
  load: () => Promise<ComponentType<{ rest: string }>>;
};

export const pages: readonly PhonePage[] = [
  {
    path: 'orders',
    name: 'orders',
    permission: 'repair.move',
    load: async () => (await import('../../domain/repairs/screens/phone/OrdersPage.tsx')).OrdersPage,
  },
  {
    path: 'report',
    name: 'report',
    permission: 'contact.write',
    load: async () => (await import('../../domain/contacts/screens/phone/ReportPage.tsx')).ReportPage,
  },
  {
    path: 'visits',
    name: 'followUps',
    permission: 'follow-up.call',
    load: async () => (await import('../../domain/follow-ups/screens/phone/VisitsPage.tsx')).VisitsPage,
  },
  {
    path: 'household-visits',
    name: 'householdVisits',
    permission: 'visit.move',
    load: async () => (await import('../../domain/visits/screens/phone/HouseholdVisitsPage.tsx')).HouseholdVisitsPage,
  },
];
