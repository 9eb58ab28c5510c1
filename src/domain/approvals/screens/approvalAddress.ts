// What the page 审批 keeps in its address: the tab, the filters, the one that lies open.
import { oneOfCodec, textCodec } from '../../../ui/addressState.ts';
import { approvalKinds } from '../../standards/standard.contract.ts';
import { approvalStates } from '../approval.contract.ts';

export const approvalTabs = ['to-decide', 'asked', 'decided', 'all'] as const;
export type ApprovalTab = (typeof approvalTabs)[number];

export const approvalCodecs = {
  tab: oneOfCodec(approvalTabs, 'to-decide'),
  kind: oneOfCodec([...approvalKinds, ''] as const, ''),
  state: oneOfCodec([...approvalStates, ''] as const, ''),
  open: textCodec(),
};
