// The filters of the list of follow-ups as they stand in the address, and as the server is asked.
import type { z } from 'zod';
import { flagCodec, oneOfCodec, textCodec, type ValuesOf } from '../../../ui/addressState.ts';
import { type followUpQuerySchema, followUpSorts, verdicts } from '../follow-up.contract.ts';

export const followUpTabs = ['due', 'door', 'review', 'all'] as const;
export type FollowUpTab = (typeof followUpTabs)[number];

export const followUpCodecs = {
  tab: oneOfCodec(followUpTabs, 'due'),
  /** '' anybody, `me`, `none`, or an account. */
  caller: textCodec(),
  month: textCodec(),
  verdict: oneOfCodec(['', ...verdicts], ''),
  /** Of the tab of all: `open`, or one state, those nobody has to do anything about included. */
  state: oneOfCodec(['', 'open', 'due', 'visit-due', 'recorded', 'reviewed', 'not-owed', 'void'], ''),
  /** Records that are for somebody else to review, too. */
  others: flagCodec(),
  sort: oneOfCodec(followUpSorts, 'due'),
  /** The follow-up that lies open beside the list. */
  open: textCodec(),
};
export type FollowUpFilters = ValuesOf<typeof followUpCodecs>;

/** What "clear" leaves standing; the tab stays. */
export const noFilters = {
  caller: '',
  month: '',
  verdict: '',
  state: '',
  others: false,
} as const satisfies Partial<FollowUpFilters>;

export const isFiltered = (filters: FollowUpFilters): boolean =>
  Object.entries(noFilters).some(([name, value]) => filters[name as keyof typeof noFilters] !== value);

export type FollowUpAsk = Partial<z.input<typeof followUpQuerySchema>>;

const isMonth = (text: string): boolean => /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
const stateOfTab = { due: 'due', door: 'visit-due', review: 'recorded' } as const;

export const tabAsk = (tab: FollowUpTab, isReviewer: boolean): FollowUpAsk =>
  tab === 'all'
    ? {}
    : { state: stateOfTab[tab], ...(tab === 'review' && isReviewer ? { toReview: 'true' as const } : {}) };

export function askOf(filters: FollowUpFilters, isReviewer: boolean): FollowUpAsk {
  return {
    ...tabAsk(filters.tab, isReviewer && !filters.others),
    ...(filters.tab === 'all' && filters.state !== '' ? { state: filters.state } : {}),
    ...(filters.caller === '' ? {} : { caller: filters.caller }),
    ...(isMonth(filters.month) ? { month: filters.month } : {}),
    ...(filters.verdict === '' ? {} : { verdict: filters.verdict }),
    sort: filters.sort,
  };
}

/** The months one may choose: this one and those before, newest first. */
export function lastMonths(month: string, count: number): string[] {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return Array.from({ length: count }, (_, back) => {
    const months = year * 12 + number - 1 - back;
    return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
  });
}
