// Several repairs 报修 to one technician at once 批量派工: each is its own move with its own version, so one refusal
// stops none of the others and is told by number.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { newId } from '../../../../kernel/id.ts';
import { call } from '../../../../ui/call.ts';
import { ProblemError } from '../../../../ui/problem.ts';
import { useCommunity, useMay } from '../../../access/screens/parts/session.ts';
import { staffRoutes } from '../../../access/staff.contract.ts';
import type { BoardRow } from '../../../cases/case.contract.ts';
import { getRepair, repairMoveRoutes } from '../../repair.contract.ts';
import { repairPageWords } from '../../repair-page.words.ts';
import { refusalInWords } from './MoveDialog.tsx';

const words = repairPageWords.bulk;

type Outcome = { done: number; refused: readonly { code: string; why: string }[] };

export function BulkDispatch({
  rows,
  onDone,
}: {
  rows: readonly BoardRow[];
  onDone: (ids: readonly string[]) => void;
}) {
  const { id: communityId } = useCommunity();
  const client = useQueryClient();
  const [technicianId, setTechnicianId] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const staff = useQuery({
    queryKey: ['staff', communityId, 'technician'],
    queryFn: ({ signal }) =>
      call(staffRoutes.listStaff, { params: { communityId }, query: { role: 'technician' }, signal }),
  });

  const mayMove = useMay()('repair.move');
  if (!mayMove) return null;

  const dispatchAll = async () => {
    setBusy(true);
    setOutcome(null);
    const done: string[] = [];
    const refused: { code: string; why: string }[] = [];
    for (const row of rows) {
      try {
        const params = { communityId, id: row.id };
        const repair = await call(getRepair, { params });
        const move = repair.moves.find((one) => one.name === 'dispatch');
        if (!move?.allowed)
          refused.push({ code: row.code, why: move?.reason ? refusalInWords(move.reason) : words.notYours });
        else {
          await call(repairMoveRoutes.dispatch, {
            params,
            body: { version: repair.version, technicianId },
            key: newId(),
          });
          done.push(row.id);
        }
      } catch (error) {
        refused.push({ code: row.code, why: error instanceof ProblemError ? error.title : words.failed });
      }
    }
    setOutcome({ done: done.length, refused });
    setBusy(false);
    onDone(done);
    await client.invalidateQueries({ queryKey: ['case', communityId] });
    await client.invalidateQueries({ queryKey: ['staff', communityId] });
  };
  return (
    <>
      {rows.length === 0 ? null : (
        <span className="row">
          <select
            aria-label={words.technician}
            value={technicianId}
            disabled={isBusy}
            onChange={(event) => setTechnicianId(event.target.value)}
          >
            <option value="">{words.technician}</option>
            {staff.data?.items.map((person) => (
              <option key={person.id} value={person.id}>
                {person.load > 0 ? words.withLoad(person.name, person.load) : person.name}
              </option>
            ))}
          </select>
          <button
            type="button"
            className="btn primary"
            disabled={technicianId === '' || isBusy}
            aria-busy={isBusy}
            onClick={() => void dispatchAll()}
          >
            {isBusy ? words.sending : words.dispatch(rows.length)}
          </button>
        </span>
      )}
      {outcome === null ? null : (
        <span role="status" className={outcome.refused.length > 0 ? 'bulknews bad' : 'bulknews'}>
          {outcome.done > 0 ? words.done(outcome.done) : null}
          {outcome.refused.map((one) => (
            <span key={one.code}> {words.refused(one.code, one.why)}</span>
          ))}
        </span>
      )}
    </>
  );
}
