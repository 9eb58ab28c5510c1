// A case as a small card: on a phone's list and on the board by state.
import { Link } from '@tanstack/react-router';
import { boardWords as words } from '../../board.words.ts';
import type { BoardRow } from '../../case.contract.ts';
import { type CaseLooks, raisedOf, stateWordOf } from './caseFace.ts';
import { LevelTag } from './LevelTag.tsx';
import { RowClock } from './RowClock.tsx';

export function CaseCard(props: {
  row: BoardRow;
  faces: CaseLooks;
  to: string | null;
  withState?: boolean;
  isMarked?: boolean;
}) {
  const { row, faces } = props;
  const inside = (
    <>
      <span className="row wrap">
        <b className="num">{row.code}</b>
        <LevelTag row={row} faces={faces} />
        {raisedOf(faces, row).map((word) => (
          <span key={word} className="tag raised">
            {word}
          </span>
        ))}
        {props.withState ? <span className="tag">{stateWordOf(faces, row.kind, row.state)}</span> : null}
      </span>
      <span className="clip2">{row.summary}</span>
      <span className="row faint">
        <span className="grow clip num">{row.unit ?? row.place ?? words.none}</span>
        <span className="nowrap">{row.responsible?.name ?? words.nobody}</span>
      </span>
      <RowClock row={row} faces={faces} />
    </>
  );
  const className = props.isMarked ? 'casecard fresh' : 'casecard';
  return props.to === null ? (
    <div className={className}>{inside}</div>
  ) : (
    <Link className={className} to={props.to}>
      {inside}
    </Link>
  );
}
