// Several cases chased at once 批量催办 (RP8): each is its own reminder, so one that reaches nobody stops none of the others.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { newId } from '../../../../kernel/id.ts';
import { call } from '../../../../ui/call.ts';
import { ProblemError } from '../../../../ui/problem.ts';
import { useCommunity, useMay } from '../../../access/screens/parts/session.ts';
import { casePageWords as words } from '../../board.words.ts';
import type { BoardRow } from '../../case.contract.ts';
import { caseReminderRoutes } from '../../case-reminder.contract.ts';

type Outcome = { done: number; refused: readonly { code: string; why: string }[] };

export function BulkRemind({ rows }: { rows: readonly BoardRow[] }) {
  const { id: communityId } = useCommunity();
  const may = useMay();
  const client = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  if (!may('case.remind')) return null;
  const remindAll = async () => {
    setBusy(true);
    setOutcome(null);
    let done = 0;
    const refused: { code: string; why: string }[] = [];
    for (const row of rows)
      try {
        await call(caseReminderRoutes.remindOfCase, { params: { communityId, id: row.id }, body: {}, key: newId() });
        done++;
      } catch (error) {
        refused.push({ code: row.code, why: error instanceof ProblemError ? error.title : String(error) });
      }
    setOutcome({ done, refused });
    setBusy(false);
    await client.invalidateQueries({ queryKey: ['case', communityId] });
  };
  return (
    <>
      {rows.length === 0 ? null : (
        <button type="button" className="btn" disabled={isBusy} aria-busy={isBusy} onClick={() => void remindAll()}>
          {isBusy ? words.bulkReminding : words.bulkRemind(rows.length)}
        </button>
      )}
      {outcome === null ? null : (
        <span role="status" className={outcome.refused.length > 0 ? 'bulknews bad' : 'bulknews'}>
          {outcome.done > 0 ? words.bulkReminded(outcome.done) : null}
          {outcome.refused.map((one) => (
            <span key={one.code}> {words.bulkNotReminded(one.code, one.why)}</span>
          ))}
        </span>
      )}
    </>
  );
}
