// What `verify` asks of approvals 审批: the open step's clock folded anew says what the row says, and the story has no gap.
import { type Breach, type Check, checkPage } from '../../platform/checks.ts';
import { sql } from '../../platform/database/database.ts';
import { policyOf } from '../standards/standard.service.ts';
import { loadStepCalendars, settleClock } from './approval.service.ts';
import { type ApprovalRow, listApprovalEvents } from './approval.store.ts';

export const approvalsFoldAnew: Check = async function* (tx) {
  for (let after = ''; ; ) {
    const { rows } = await sql<ApprovalRow>`
      select * from approvals where ${after} = '' or id > nullif(${after}, '')::uuid order by id limit ${checkPage}`.execute(
      tx,
    );
    for (const row of rows) {
      const events = await listApprovalEvents(tx, row.communityId, [row.id]);
      const own = events.get(row.id) ?? [];
      const breach = (what: string, column = ''): Breach => ({
        communityId: row.communityId,
        what,
        facts: { approvalId: row.id, column },
      });
      if (own.some((event, index) => event.seq !== index + 1) || own.length !== row.eventSeq)
        yield breach('events_have_gaps');
      await loadStepCalendars(tx, events);
      const anew = { ...row };
      settleClock(anew, own, await policyOf(tx, row.communityId, row.standardVersionId));
      for (const column of ['dueAt', 'overdueFrom', 'nextStepAt'] as const)
        if (anew[column] !== row[column]) yield breach('column_differs', column);
    }
    if (rows.length < checkPage) return;
    after = rows.at(-1)?.id ?? '';
  }
};
