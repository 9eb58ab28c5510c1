// Routes of approvals.
import type { Call, Handlers } from '../access/call.ts';
import type { approvalRoutes, PersonalMove } from './approval.contract.ts';
import { type MoveInput, moveApproval } from './approval.service.ts';
import { readApproval, readApprovals, readApprovalsEverywhere } from './approval-read.service.ts';

const moveBy =
  (name: PersonalMove) =>
  async (call: Call, { params, body }: { params: { id: string }; body: MoveInput }) =>
    readApproval(call, await moveApproval(call, params.id, name, body));

export const approvalHandlers: Handlers<typeof approvalRoutes> = {
  listApprovals: (call, { query }) => readApprovals(call, query),
  listApprovalsEverywhere: (call, { query }) => readApprovalsEverywhere(call, query),
  getApproval: (call, { params }) => readApproval(call, params.id),
  approveApproval: moveBy('approve'),
  rejectApproval: moveBy('reject'),
  returnApproval: moveBy('return'),
  withdrawApproval: moveBy('withdraw'),
};
