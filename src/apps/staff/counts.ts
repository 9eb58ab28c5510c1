// The counts beside the names of pages, of every slice that has one.
import { useApprovalCount } from '../../domain/approvals/screens/approvalCount.ts';
import { useFollowUpCount } from '../../domain/follow-ups/screens/followUpCount.ts';
import { useFrameCounts } from '../../domain/workbench/screens/frameCounts.ts';
import type { PageName } from './staff.words.ts';

export function useCounts(communityId: string): Partial<Record<PageName, { text: string; isHot: boolean }>> {
  return { ...useFrameCounts(communityId), ...useFollowUpCount(communityId), ...useApprovalCount(communityId) };
}
