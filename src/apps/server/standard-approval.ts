// A draft of the service standard as a subject of approvals: standards stand below, so both ends are tied here.
import { type ApprovalSubject, endSubject, openApproval } from '../../domain/approvals/approval.service.ts';
import { listApprovedStandards, listSubmittedStandards } from '../../domain/standards/standard-check.service.ts';
import { lockStandard, type StandardAsking, standardDecided } from '../../domain/standards/standard-edit.service.ts';
import { draftAskedInWords } from '../../domain/standards/standard-edit.words.ts';

export const standardAsking: StandardAsking = {
  ask: async (tx, call, { id, note, writtenBy, facts }) => {
    const barredIds = writtenBy === null ? [] : [writtenBy];
    await openApproval(tx, call, { kind: 'standard', subjectId: id, facts, reason: note, barredIds });
  },
  takeBack: (tx, call, id) => endSubject(tx, call, { kind: 'standard', subjectId: id }),
};

export const standardApprovals: ApprovalSubject = {
  kind: 'standard',
  describe: (facts, id) => ({ ...draftAskedInWords(facts), page: `standard?version=${id}` }),
  lock: lockStandard,
  ended: (tx, call, { subjectId, outcome, remark }) =>
    standardDecided(tx, call, subjectId, outcome === 'approved', remark),
  listWaiting: listSubmittedStandards,
  listMoved: listApprovedStandards,
};
