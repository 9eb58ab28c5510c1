// Households with what they show of cases: the cases' words, pages and counts live further down than places.
import { useQuery } from '@tanstack/react-query';
import { useCommunity, useMay } from '../../domain/access/screens/parts/session.ts';
import { type CaseKind, listCases } from '../../domain/cases/case.contract.ts';
import { caseKindWords } from '../../domain/cases/case.words.ts';
import { lookOf } from '../../domain/cases/screens/parts/caseFace.ts';
import { UnitChargesCard } from '../../domain/charges/screens/parts/UnitChargesCard.tsx';
import { LettersCard } from '../../domain/letters/screens/parts/LettersCard.tsx';
import { HouseholdScreen } from '../../domain/places/screens/HouseholdScreen.tsx';
import { HouseholdsScreen } from '../../domain/places/screens/HouseholdsScreen.tsx';
import type { CaseSight } from '../../domain/places/screens/parts/caseSight.ts';
import type { CaseOfUnit } from '../../domain/places/unit.contract.ts';
import { statementPageWords } from '../../domain/statements/statement.words.ts';
import { SurveysCard } from '../../domain/surveys/screens/parts/SurveysCard.tsx';
import { VisitsCard } from '../../domain/visits/screens/parts/VisitsCard.tsx';
import { call } from '../../ui/call.ts';

const pageSize = 200;
/** Open cases are few against households; more than this are not counted. */
const mostPages = 10;

async function countOpenCases(communityId: string, signal: AbortSignal): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const query = { state: 'open', limit: pageSize, ...(cursor === undefined ? {} : { cursor }) };
    const answer = await call(listCases, { params: { communityId }, query, signal });
    for (const { unitId } of answer.items) if (unitId !== null) counts.set(unitId, (counts.get(unitId) ?? 0) + 1);
    if (answer.nextCursor === null) break;
    cursor = answer.nextCursor;
  }
  return counts;
}

function useOpenCases(communityId: string): ReadonlyMap<string, number> | null {
  const mayRead = useMay()('case.read');
  const counts = useQuery({
    queryKey: ['case', communityId, 'open-by-unit'],
    queryFn: ({ signal }) => countOpenCases(communityId, signal),
    enabled: mayRead,
  });
  return mayRead ? (counts.data ?? new Map()) : null;
}

const cases: CaseSight = {
  inWords: (one: CaseOfUnit) => ({
    kind: caseKindWords[one.kind as CaseKind] ?? one.kind,
    state: lookOf(one.kind as CaseKind)?.stateWord(one.state) ?? one.state,
    about: one.category === null ? '' : (lookOf(one.kind as CaseKind)?.categoryWord(one.category) ?? one.category),
  }),
  pathOf: (one) => lookOf(one.kind as CaseKind)?.pathOf(one.id) ?? 'cases',
  contactPath: (unitId) => `contacts/new?unit=${unitId}`,
  complaintPath: (unitId) => `complaints/new?unit=${unitId}`,
  useOpenCases,
  statement: { path: (unitId) => `households/${unitId}/account`, word: statementPageWords.open },
};

export const HouseholdsPage = () => <HouseholdsScreen cases={cases} />;
export function HouseholdPage() {
  const { id } = useCommunity();
  return (
    <HouseholdScreen
      cases={cases}
      more={(unitId) => (
        <>
          <UnitChargesCard unitId={unitId} />
          <VisitsCard unitId={unitId} />
          <SurveysCard unitId={unitId} />
          <LettersCard communityId={id} unitId={unitId} />
        </>
      )}
    />
  );
}
