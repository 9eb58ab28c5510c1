// Where the page of a case 事项 stands, for every list, bell and search that leads to it.
import type { CaseKind } from '../../case.contract.ts';

const folders: Record<CaseKind, string> = {
  repair: 'repairs',
  complaint: 'complaints',
  emergency: 'emergencies',
  enquiry: 'enquiries',
  suggestion: 'suggestions',
  service: 'services',
};

const kindOfSeries: Readonly<Record<string, CaseKind>> = {
  BX: 'repair',
  TS: 'complaint',
  TF: 'emergency',
  ZX: 'enquiry',
  JY: 'suggestion',
  FW: 'service',
};

/** The number that people quote says the kind: for a bell that knows no more of a case. */
export const kindOfCode = (code: string | null): CaseKind => kindOfSeries[code?.slice(0, 2) ?? ''] ?? 'repair';

export const caseAddress = (communityCode: string, caseId: string, kind: CaseKind = 'repair'): string =>
  `/c/${communityCode}/${folders[kind]}/${caseId}`;

/** The three-part order on paper. */
export const casePrintAddress = (communityCode: string, caseId: string): string =>
  `${caseAddress(communityCode, caseId)}/print`;
