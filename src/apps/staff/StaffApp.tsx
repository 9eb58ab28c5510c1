// The staff app behind the sign-in: look, routes, pages. Loaded after the gate, so that signing in is light.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, RouterProvider } from '@tanstack/react-router';
import { lazy } from 'react';
import { knowLooks } from '../../domain/cases/screens/parts/caseFace.ts';
import { knowBesideCards } from '../../domain/cases/screens/parts/knownCards.ts';
import { complaintLook } from '../../domain/complaints/screens/parts/complaintLook.ts';
import { emergencyLook } from '../../domain/emergencies/screens/parts/emergencyLook.ts';
import { enquiryLook, suggestionLook } from '../../domain/enquiries/screens/parts/enquiryLook.ts';
import { repairLook } from '../../domain/repairs/screens/parts/repairLook.ts';
import { CrashNote } from '../../ui/Crash.tsx';
import { watchAddress } from '../../ui/useAddressState.ts';
import { AntdLook } from './AntdLook.tsx';
import { pages } from './pages.ts';
import { FirstPage, NoSuchPage, Shell } from './Shell.tsx';
import '../../ui/frame.css';

watchAddress();
knowLooks([repairLook, complaintLook, emergencyLook, enquiryLook, suggestionLook]);
knowBesideCards([
  lazy(async () => ({
    default: (await import('../../domain/follow-ups/screens/parts/FollowUpCard.tsx')).FollowUpCard,
  })),
  lazy(async () => ({
    default: (await import('../../domain/emergencies/screens/parts/EmergenciesOf.tsx')).EmergenciesOf,
  })),
  lazy(async () => ({
    default: (await import('../../domain/letters/screens/parts/LettersCard.tsx')).LettersCard,
  })),
  lazy(async () => ({
    default: (await import('../../domain/old-cases/screens/parts/OriginCard.tsx')).OriginCard,
  })),
]);

const root = createRootRoute({ component: Shell, notFoundComponent: NoSuchPage, errorComponent: CrashNote });
const router = createRouter({
  routeTree: root.addChildren([
    createRoute({ getParentRoute: () => root, path: '/', component: FirstPage }),
    createRoute({ getParentRoute: () => root, path: '/c/$communityCode', component: FirstPage }),
    createRoute({
      getParentRoute: () => root,
      path: '/account',
      component: lazyRouteComponent(() => import('../../domain/access/screens/AccountScreen.tsx'), 'AccountScreen'),
    }),
    ...pages.map((page) =>
      createRoute({
        getParentRoute: () => root,
        path: `/c/$communityCode/${page.path}`,
        component: lazyRouteComponent(async () => ({ Page: await page.load() }), 'Page'),
      }),
    ),
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
});

export function StaffApp() {
  return (
    <AntdLook>
      <RouterProvider router={router} />
    </AntdLook>
  );
}
