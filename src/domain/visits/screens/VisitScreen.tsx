// The page of one visit 上门拜访: the appointment, the record, what it led to, and what may be done next.
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Card, Facts } from '../../../ui/Card.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { MoveButtons } from '../../../ui/MoveButtons.tsx';
import { serverNow } from '../../../ui/now.ts';
import { PageHead } from '../../../ui/PageHead.tsx';
import { Problem } from '../../../ui/Problem.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { briefMoment } from '../../../ui/wallTime.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { improvementPartWords } from '../../improvements/improvement.words.ts';
import { ImprovementList } from '../../improvements/screens/parts/ImprovementList.tsx';
import type { VisitMove } from '../visit.contract.ts';
import { metWords, visitMoveWords, visitStateWords } from '../visit.words.ts';
import { visitPageWords } from '../visit-page.words.ts';
import { VisitMoveDialog } from './parts/VisitMoveDialog.tsx';
import { useRefreshVisits, useVisit } from './useVisits.ts';
import './parts/visits.css';

const words = visitPageWords.page;

export function VisitScreen() {
  const { visitId } = useParams({ strict: false }) as { visitId?: string };
  const community = useCommunity();
  const found = useVisit(visitId ?? '');
  const refresh = useRefreshVisits();
  const [open, setOpen] = useState<VisitMove | null>(null);
  if (found.error) return <Problem error={found.error} retry={() => void found.refetch()} />;
  const visit = found.data;
  if (!visit) return <div className="busyline" role="status" aria-label={uiWords.loading} />;
  const moment = (at: string) => briefMoment(at, serverNow());
  // Moves that are somebody else's say so; those of another state only stand in the way.
  const moves = visit.moves.filter((move) => move.allowed);
  return (
    <div className="stack visitpage">
      <PageHead
        title={
          <>
            <span className="num">{visit.unit.label}</span> {visitPageWords.title}
          </>
        }
        tags={
          <>
            <span className={visit.isLate ? 'tag late' : 'tag accent'}>
              {visit.isLate ? visitPageWords.late : visitStateWords[visit.state]}
            </span>
            {visit.isInterview ? <span className="tag">{visitPageWords.interview}</span> : null}
          </>
        }
      >
        <Link className="btn" to={`/c/${community.code}/visits`}>
          {words.back}
        </Link>
        <Link className="btn" to={`/c/${community.code}/visits/${visit.id}/print`}>
          {words.print}
        </Link>
      </PageHead>
      {visit.remark === null ? null : <p className="notice warn">{words.returned(visit.remark)}</p>}
      {moves.length === 0 ? null : (
        <MoveButtons
          label={words.moves}
          moves={moves.map((move) => ({ name: move.name, word: visitMoveWords[move.name], isAllowed: true }))}
          likely={visit.state === 'recorded' ? 'review' : 'record'}
          onMove={(name) => setOpen(name as VisitMove)}
        />
      )}
      <Card title={words.appointment}>
        <Facts
          items={[
            { name: visitPageWords.columns.at, value: <span className="num">{moment(visit.at)}</span> },
            { name: visitPageWords.columns.visitor, value: visit.visitor.name },
            {
              name: visitPageWords.columns.unit,
              value: (
                <Link className="num" to={`/c/${community.code}/households/${visit.unit.id}`}>
                  {visit.unit.label}
                </Link>
              ),
            },
            { name: words.madeBy, value: `${visit.madeBy.name} ${moment(visit.madeAt)}` },
            ...(visit.purpose === null
              ? []
              : [{ name: visitPageWords.dialog.purpose, value: visit.purpose, full: true }]),
            ...(visit.reason === null ? [] : [{ name: words.reason, value: visit.reason, full: true }]),
          ]}
        />
      </Card>
      <Card title={words.result}>
        {visit.result === null ? (
          <EmptyState title={words.noResult} />
        ) : (
          <Facts
            items={[
              { name: words.heldAt, value: <span className="num">{moment(visit.result.heldAt)}</span> },
              { name: words.met, value: metWords[visit.result.met] },
              {
                name: visitPageWords.record.said,
                value: <span className="visittext">{visit.result.said}</span>,
                full: true,
              },
              {
                name: visitPageWords.record.opinions,
                value: <span className="visittext">{visit.result.opinions ?? '—'}</span>,
                full: true,
              },
              ...(visit.review === null
                ? []
                : [
                    {
                      name: words.review,
                      value: `${visit.review.by.name} ${moment(visit.review.at)}${visit.review.comment === null ? '' : `：${visit.review.comment}`}`,
                      full: true,
                    },
                  ]),
            ]}
          />
        )}
      </Card>
      {visit.improvements.length === 0 ? null : (
        <Card title={improvementPartWords.title} flush>
          <ImprovementList items={visit.improvements} onChanged={refresh} />
        </Card>
      )}
      {open === null ? null : (
        <VisitMoveDialog
          visit={visit}
          move={open}
          onClose={() => setOpen(null)}
          onDone={async () => {
            setOpen(null);
            await refresh();
          }}
        />
      )}
    </div>
  );
}
