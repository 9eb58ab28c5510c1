// Routes of complaints.
import type { Call, Handlers } from '../access/call.ts';
import type { ComplaintMove, complaintRoutes } from './complaint.contract.ts';
import { moveComplaint, readComplaint } from './complaint.service.ts';

const moveBy =
  (name: ComplaintMove) =>
  async (
    call: Call,
    { params, body }: { params: { id: string }; body: { version?: number | undefined; text?: string } },
  ) =>
    readComplaint(call, await moveComplaint(call, name, params.id, body));

export const complaintHandlers: Handlers<typeof complaintRoutes> = {
  getComplaint: (call, { params }) => readComplaint(call, params.id),
  resolveComplaint: moveBy('resolve'),
  closeComplaint: moveBy('close'),
};
