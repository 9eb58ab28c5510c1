// The pages of the staff app, in the order of the list at the left: a slice that has a page adds its line here.
// What isn't here doesn't exist: the list shows nothing that can't be opened.
import { HomeOutlined, SettingOutlined } from '@ant-design/icons';
import type { ComponentType } from 'react';
import type { PageName } from './staff.words.ts';

export type StaffPage = {
  /** Behind `/c/{community code}/`; parameters with a dollar: `repairs/$repairId`. */
  path: string;
  /** Shown in the list under this name; without it the page is reached from others. */
  name?: PageName;
  /** Lines of the list with the same group stand together. */
  group?: 'now' | 'money' | 'tell' | 'know';
  icon?: ComponentType;
  /** Needed to see it; null: everybody of the community. */
  permission: string | null;
  /** Opens it from anywhere: `f4`. */
  hotkey?: string;
  /** Stands alone in the window, without the frame: the wall board. */
  isBare?: true;
  load: () => Promise<ComponentType>;
};

export const pages: readonly StaffPage[] = [
  {
    path: 'households',
    name: 'households',
    group: 'now',
    icon: HomeOutlined,
    permission: 'household.read',
    load: async () => (await import('./householdPages.tsx')).HouseholdsPage,
  },
  {
    path: 'households/$unitId',
    permission: 'household.read',
    load: async () => (await import('./householdPages.tsx')).HouseholdPage,
  },
  {
    path: 'settings',
    name: 'settings',
    group: 'know',
    icon: SettingOutlined,
    permission: 'role.grant',
    load: async () => (await import('./settingsPages.tsx')).AccountsPage,
  },
  {
    path: 'settings/permissions',
    permission: 'staff.read',
    load: async () => (await import('../../domain/access/screens/PermissionsScreen.tsx')).PermissionsScreen,
  },
  {
    path: 'imports',
    permission: 'import.run',
    load: async () => (await import('../../domain/places/screens/ImportsScreen.tsx')).ImportsScreen,
  },
];

/** What slices put into the frame itself. */
export const frameSlots: {
  /** The one box that finds everything; mounted on every page. */
  omnibox: (() => Promise<ComponentType>) | null;
  /** The acts beside it: new contact F2, payment F4. */
  actions: (() => Promise<ComponentType>) | null;
  /** Bell and the like, left of the user's menu. */
  bell: (() => Promise<ComponentType>) | null;
  /** Counts shown in the list, by page; a hook, so it may ask the server. */
  useCounts: (communityId: string) => Partial<Record<PageName, { text: string; isHot: boolean }>>;
} = {
  omnibox: null,
  actions: null,
  bell: null,
  useCounts: () => ({}),
};
