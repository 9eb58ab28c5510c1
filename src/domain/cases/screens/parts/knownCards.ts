// Cards that slices above put beside a case 事项 of any kind: handed over once by the app, like the looks of the kinds.
import type { ComponentType } from 'react';
import type { CaseKind } from '../../case.contract.ts';

export type BesideCard = ComponentType<{ communityId: string; caseId: string; kind: CaseKind }>;

let cards: readonly BesideCard[] = [];
export const knowBesideCards = (given: readonly BesideCard[]): void => {
  cards = given;
};
export const besideCards = (): readonly BesideCard[] => cards;
