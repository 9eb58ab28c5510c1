// The household page 一户一档, whole.
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Problem } from '../../../ui/Problem.tsx';
import { ProblemError } from '../../../ui/problem.ts';
import { uiWords } from '../../../ui/ui.words.ts';
import { usePageTitle } from '../../../ui/useTitle.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { householdWords } from '../household.words.ts';
import type { CaseSight } from './parts/caseSight.ts';
import { HouseholdCards } from './parts/HouseholdCards.tsx';
import { useHousehold } from './parts/useHousehold.ts';
import './parts/households.css';

const words = householdWords;

/** `more`: what other subjects say of the household, further down than places. */
export function HouseholdScreen({ cases, more }: { cases: CaseSight; more?: (unitId: string) => ReactNode }) {
  const community = useCommunity();
  const { unitId = '' } = useParams({ strict: false }) as { unitId?: string };
  const household = useHousehold(community.id, unitId);
  usePageTitle(household.data?.label, community.name);
  const back = (
    <Link to={`/c/${community.code}/households`} className="btn">
      {words.back}
    </Link>
  );
  if (household.isPending) return <div className="busyline" role="status" aria-label={uiWords.loading} />;
  if (household.error) {
    // Not there, not ours, or no id at all: the same to whoever looks.
    const isAbsent = household.error instanceof ProblemError && [403, 404, 422].includes(household.error.status);
    return isAbsent ? (
      <EmptyState
        title={household.error.message === '' ? uiWords.notFound.title : titleOf(household.error)}
        action={back}
      />
    ) : (
      <Problem error={household.error} retry={() => void household.refetch()} />
    );
  }
  return (
    <div className="stack">
      <HouseholdCards key={household.data.id} household={household.data} cases={cases} isSide={false} actions={back} />
      {more?.(household.data.id)}
    </div>
  );
}

const titleOf = (error: Error) => (error instanceof ProblemError ? error.title : uiWords.notFound.title);
