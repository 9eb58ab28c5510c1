// What a household's page needs to know of cases 事项, which live further down: handed over where the app is wired.
import type { CaseOfUnit } from '../../unit.contract.ts';

export type CaseSight = {
  inWords: (one: CaseOfUnit) => { kind: string; state: string; about: string };
  /** Behind `/c/{community code}/`. */
  pathOf: (one: CaseOfUnit) => string;
  /** The contact form with the household filled in. */
  contactPath: (unitId: string) => string;
  /** The registration of a complaint with the household filled in. */
  complaintPath: (unitId: string) => string;
  /** The household's statement of what it owes and paid. */
  statement: { path: (unitId: string) => string; word: string };
  /** How many open cases each unit has; null where one may not read cases. A hook. */
  useOpenCases: (communityId: string) => ReadonlyMap<string, number> | null;
};
