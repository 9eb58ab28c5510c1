// Routes of complaints: each answers the complaint as it stands afterwards.
import type { Call, Handlers, InputOf } from '../access/call.ts';
import { complaintMoveRoutes, complaintRoutes } from './complaint.contract.ts';
import { createComplaint, moveComplaint } from './complaint.service.ts';
import { decideLowering } from './complaint-lowering.service.ts';
import type { ComplaintPaper, complaintMonthRoutes } from './complaint-month.contract.ts';
import { chooseComplaintVisits, exportComplaintMonth, readComplaintMonth } from './complaint-month.service.ts';
import type { ComplaintMove } from './complaint-shapes.contract.ts';
import { findSiblings, listCallBacks, listSiblings, markCalled } from './complaint-siblings.service.ts';
import { listComplaints, readComplaint, readMovedComplaint } from './complaint-view.service.ts';

export const complaintServed = { ...complaintRoutes, ...complaintMoveRoutes } as const;

const move =
  <Name extends ComplaintMove>(name: Name) =>
  async (call: Call, input: InputOf<(typeof complaintMoveRoutes)[Name]>) =>
    readMovedComplaint(call, await moveComplaint(call, name, (input.params as { id: string }).id, input.body as never));

export const complaintHandlers: Handlers<typeof complaintServed> = {
  createComplaint: async (call, { body }) => readMovedComplaint(call, await createComplaint(call, body)),
  listComplaints: (call, { query }) => listComplaints(call, query),
  getComplaint: (call, { params }) => readComplaint(call, params.id),
  findSiblings: (call, { body }) => findSiblings(call, body),
  listSiblings: (call, { params }) => listSiblings(call, params.id),
  listCallBacks: (call, { params }) => listCallBacks(call, params.id),
  markCalled: (call, { params, body }) => markCalled(call, params.id, params.callBackId, body),
  approveLowering: async (call, { params, body }) =>
    readMovedComplaint(call, await decideLowering(call, params.id, { ...body, isApproved: true })),
  rejectLowering: async (call, { params, body }) =>
    readMovedComplaint(call, await decideLowering(call, params.id, { ...body, isApproved: false })),
  amend: move('amend'),
  forward: move('forward'),
  'take-over': move('take-over'),
  classify: move('classify'),
  raise: move('raise'),
  mishandled: move('mishandled'),
  lower: move('lower'),
  respond: move('respond'),
  send: move('send'),
  accept: move('accept'),
  transfer: move('transfer'),
  wait: move('wait'),
  resume: move('resume'),
  resolve: move('resolve'),
  'tell-customer': move('tell-customer'),
  close: move('close'),
  reopen: move('reopen'),
  invalidate: move('invalidate'),
  validate: move('validate'),
  link: move('link'),
  unlink: move('unlink'),
  merge: move('merge'),
};

export const complaintMonthHandlers: Handlers<typeof complaintMonthRoutes> = {
  readComplaintMonth: (call, { params, query }) => readComplaintMonth(call, params.month, query.extent),
  exportComplaintMonth: (call, { params, query }) =>
    exportComplaintMonth(call, params.month, { paper: params.paper as ComplaintPaper, ...query }),
  chooseComplaintVisits: (call, { params, body }) => chooseComplaintVisits(call, params.month, body),
};
