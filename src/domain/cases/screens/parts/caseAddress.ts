// Where the page of a case 事项 stands, for every list, bell and search that leads to it.

export const caseAddress = (communityCode: string, caseId: string): string => `/c/${communityCode}/cases/${caseId}`;

/** The three-part order on paper. */
export const casePrintAddress = (communityCode: string, caseId: string): string =>
  `${caseAddress(communityCode, caseId)}/print`;
