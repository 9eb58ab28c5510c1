// What is mine to know 通知, as the bell and the alarm strip both show it.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../../ui/call.ts';
import { useSession } from '../../access/screens/parts/session.ts';
import { caseAddress, kindOfCode } from '../../cases/screens/parts/caseAddress.ts';
import type { ClockKind } from '../../clocks/clock.contract.ts';
import { clockKindWords } from '../../clocks/clock.words.ts';
import { type Notification, notificationRoutes } from '../../notifications/notification.contract.ts';
import { notificationInWords, urgencyNames } from '../../notifications/notification.words.ts';

const shown = 30;
const askAgainMs = 60_000;

export const inWords = (one: Notification): string =>
  notificationInWords(one, {
    clockWord: (kind) => clockKindWords[kind as ClockKind] ?? kind,
    levelWord: (level) => urgencyNames[level] ?? level,
  });
export const needsAnswer = (one: Notification): boolean => one.loud && one.acknowledgedAt === null;

export function useNotifications() {
  const { me, community } = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [error, setError] = useState<unknown>(null);
  // The stream of a community touches what carries its id in second place.
  const key = ['notification', community?.id ?? '', me.user.id];
  const list = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call(notificationRoutes.listNotifications, { query: { limit: shown }, signal }),
    refetchInterval: askAgainMs,
  });
  const unreadCount = useQuery({
    queryKey: [...key, 'unread'],
    queryFn: ({ signal }) =>
      call(notificationRoutes.listNotifications, { query: { limit: 1, unread: 'true', count: 'true' }, signal }),
    refetchInterval: askAgainMs,
  });
  const items = list.data?.items ?? [];

  const act = async (work: () => Promise<unknown>) => {
    setError(null);
    try {
      await work();
    } catch (caught) {
      setError(caught);
    } finally {
      await client.invalidateQueries({ queryKey: ['notification'] });
    }
  };
  return {
    items,
    isLoaded: list.data !== undefined,
    error: list.error ?? error,
    unread: unreadCount.data?.total ?? items.filter((one) => !one.read).length,
    loud: items.filter(needsAnswer),
    acknowledge: (those: readonly Notification[]) =>
      act(async () => {
        for (const one of those) await call(notificationRoutes.acknowledgeNotification, { params: { id: one.id } });
      }),
    readAll: () => act(() => call(notificationRoutes.readAllNotifications)),
    open: (one: Notification) => {
      if (!one.read) void act(() => call(notificationRoutes.readNotification, { params: { id: one.id } }));
      const where = me.communities.find((each) => each.id === one.communityId);
      if (!where) return;
      if (one.caseId !== null) void navigate({ to: caseAddress(where.code, one.caseId, kindOfCode(one.code)) });
      else if (typeof one.facts.approvalId === 'string')
        void navigate({ to: `/c/${where.code}/approvals`, search: { tab: 'all', open: one.facts.approvalId } });
      else if (typeof one.facts.visitId === 'string')
        void navigate({ to: `/c/${where.code}/visits/${one.facts.visitId}` });
      else if (one.kind.startsWith('visits-short')) void navigate({ href: `/c/${where.code}/visits?tab=month` });
      else if (typeof one.facts.improvementId === 'string')
        void navigate({ href: `/c/${where.code}/visits?tab=improvements&show=mine` });
    },
  };
}
