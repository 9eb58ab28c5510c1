// The next promise of a row: it runs, or there is none to keep.
import { ClockBar } from '../../../../ui/ClockBar.tsx';
import { clockKindWords } from '../../../clocks/clock.words.ts';
import { boardWords as words } from '../../board.words.ts';
import type { BoardRow } from '../../case.contract.ts';
import type { CaseLooks } from './caseFace.ts';

export function RowClock({ row, faces }: { row: BoardRow; faces: CaseLooks }) {
  if (row.nextDueAt === null)
    return <span className="faint">{faces[row.kind]?.isEnded(row.state) ? words.ended : words.noDue}</span>;
  return (
    <ClockBar
      facts={{ state: 'running', startedAt: row.receivedAt, dueAt: row.nextDueAt }}
      label={row.nextClockKind === null ? '' : clockKindWords[row.nextClockKind]}
    />
  );
}
