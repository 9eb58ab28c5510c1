// What the slices above have to say of this case, between its clocks and its household.
import { Suspense } from 'react';
import type { CaseKind } from '../../case.contract.ts';
import { besideCards } from './knownCards.ts';

export function BesideCards(props: { communityId: string; caseId: string; kind: CaseKind }) {
  return besideCards().map((Card, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: they are handed over once and never change places
    <Suspense key={index}>
      <Card {...props} />
    </Suspense>
  ));
}
